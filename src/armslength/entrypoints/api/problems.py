"""Refusals as problem details (RFC 9457), and the one table from errors to HTTP status.

422 is said only of a request that is not of the documented shape. A request of the right shape that the desk refuses
with what it holds is a conflict, 409, and its code says which. Nothing from inside leaves with a fault.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from armslength.core.error_table import ERROR_TABLE
from armslength.core.errors import ArmslengthError, LocalError, PeerError, Unavailable, VerificationError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:armslength:error:"

OF_FAMILY: Final[Mapping[type[ArmslengthError], int]] = {
    LocalError: 409,
    PeerError: 409,
    VerificationError: 409,
    Unavailable: 503,
}
"""Family -> status, for every code that is not named below."""

OF_CODE: Final[Mapping[str, int]] = {
    "ALARM-UNKNOWN": 404,
    "API-BODY-SIZE": 413,
    "API-BODY-SLOW": 408,
    "API-FAULT": 500,
    "API-HOST": 403,
    "API-MEDIA-TYPE": 415,
    "API-METHOD": 405,
    "API-ORIGIN": 403,
    "API-PATH": 404,
    "API-REQUEST": 422,
    "API-ROLE": 403,
    "API-TOKEN": 401,
    "CALL-UNKNOWN": 404,
    "CHANNEL-UNKNOWN": 404,
    "CONCERN-UNKNOWN": 404,
    "CONSOLE-ORIGIN": 403,
    "CONTACT-UNKNOWN": 404,
    "DECISION-UNKNOWN": 404,
    "DELEGATION-UNKNOWN": 404,
    "DRAFT-FORM-UNKNOWN": 404,
    "DRAFT-UNKNOWN": 404,
    "DRILL-UNKNOWN": 404,
    "ENTRY-UNKNOWN": 404,
    "ERROR-UNKNOWN": 404,
    "FACILITY-UNKNOWN": 404,
    "FEED-UNNAMED": 404,
    "IDEMPOTENCY-KEY-REUSED": 422,
    "IMPORT-UNKNOWN": 404,
    "LADDER-UNKNOWN": 404,
    "LINE-NOT-FOUND": 404,
    "LINE-UNKNOWN": 404,
    "LIST-UNKNOWN": 404,
    "LOCALE-UNKNOWN": 404,
    "MAP-LAYER-UNKNOWN": 404,
    "MESSAGE-UNKNOWN": 404,
    "NOTICE-UNKNOWN": 404,
    "PARTY-UNKNOWN": 404,
    "REPORT-UNKNOWN": 404,
    "ROLE-REFUSED": 403,
    "RUN-UNKNOWN": 404,
    "SESSION-EXPIRED": 401,
    "SESSION-LOCKED": 423,
    "SESSION-NONE": 401,
    "SHEET-UNKNOWN": 404,
    "SIGN-IN-LATER": 429,
    "SIGN-IN-REFUSED": 401,
    "STORE-FAILED": 503,
    "SUBMIT-OTHER-OFFICER": 403,
    "TERM-UNKNOWN": 404,
    "TRANSLATION-SUBJECT-UNKNOWN": 404,
    "TRANSLATION-UNKNOWN": 404,
    "WINDOW-UNKNOWN": 404,
}
"""Code -> status, where it is not its family's."""

EVERYWHERE: Final[Mapping[int, str]] = {
    401: "No token or session, or one that no officer of this node has.",
    403: "The officer's roles do not allow it, or the request came from elsewhere than this machine's own programs.",
    404: "What was named does not exist, or the name fits several.",
    405: "The path has other methods; `Allow` names them.",
    408: "The body did not arrive in time.",
    409: "The desk refuses it with what it holds now; the code says why. Nothing was changed.",
    413: "The body is larger than any request needs.",
    415: "The body is not application/json.",
    422: "The request is not of the documented shape.",
    423: "The session at the console is locked; it shows alarms and sends a STOP, nothing else.",
    429: "Too many refused attempts to sign in at the console; waiting is right.",
    500: "A fault of the node; its log names it.",
    503: "The node cannot do it just now; trying again is right.",
}
"""Every status that any operation may answer beside its success, with its meaning."""

DETAILS_MAX: Final = 16
"""Details shown of one error; a shape with many faults is told by its first ones."""


def status_of(error: ArmslengthError) -> int:
    """Return the HTTP status of an error."""
    return OF_CODE.get(error.code) or OF_FAMILY[type(error)]


def problem(error: ArmslengthError) -> dict[str, Any]:
    """Return an error as a problem detail."""
    return {
        "type": TYPE_PREFIX + error.code,
        "title": ERROR_TABLE[error.code].sentence,
        "status": status_of(error),
        "detail": error.sentence,
        "code": error.code,
        "next_step": error.next_step,
        "details": {name: shown(value) for name, value in list(error.details.items())[:DETAILS_MAX]},
    }


def problem_bytes(error: ArmslengthError) -> bytes:
    """Return the body of a refusal."""
    return json.dumps(problem(error), ensure_ascii=True, separators=(",", ":")).encode()


def documented() -> dict[int | str, dict[str, Any]]:
    """Return the refusals of every operation, as OpenAPI responses."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": text, "content": content} for status, text in EVERYWHERE.items()}

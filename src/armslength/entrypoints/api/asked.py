"""What an operation needs of its request: the node, whose token it is, and answers as JSON."""

# ruff: noqa: TC001 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias, cast

from fastapi import Header, Path, Query, Response
from pydantic import WithJsonSchema

from armslength.entrypoints.api.gate import Caller
from armslength.entrypoints.api.shapes import NAME_CHARS_MAX

if TYPE_CHECKING:
    from fastapi import Request

    from armslength.node import Node

PAGE_MAX: Final = 1_000
"""Journal entries in one answer."""

INDEX_DIGITS: Final = r"^(0|[1-9][0-9]{0,14})$"
"""A whole number in plain digits, below 2^53; other spellings of a number are refused."""

KEY_PATTERN: Final = r"^[A-Za-z0-9._~-]{8,128}$"
"""An idempotency key: letters, digits and signs that no header or log changes."""

LOCALE: Final = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
LOCALE_CHARS_MAX: Final = 35
"""As RFC 5646, 4.4.1 recommends for a language tag."""


def _plain(**schema: object) -> WithJsonSchema:
    """Describe what may be left out as a text: the null that stands for that in Python does not exist in a URL."""
    return WithJsonSchema({"type": "string", **schema})


PathName: TypeAlias = Annotated[str, Path(min_length=1, max_length=NAME_CHARS_MAX)]
PathIndex: TypeAlias = Annotated[str, Path(pattern=INDEX_DIGITS)]
LineQuery: TypeAlias = Annotated[
    str | None,
    _plain(maxLength=NAME_CHARS_MAX),
    Query(max_length=NAME_CHARS_MAX, description="Peer's party code or start of the line's id."),
]
LocaleQuery: TypeAlias = Annotated[
    str | None,
    _plain(maxLength=LOCALE_CHARS_MAX, pattern=LOCALE),
    Query(max_length=LOCALE_CHARS_MAX, pattern=LOCALE, description="Language of the text; our first when missing."),
]
NameQuery: TypeAlias = Annotated[str | None, _plain(maxLength=NAME_CHARS_MAX), Query(max_length=NAME_CHARS_MAX)]
NeededQuery: TypeAlias = Annotated[str, Query(min_length=1, max_length=NAME_CHARS_MAX)]
FlagQuery: TypeAlias = Annotated[str, Query(pattern="^(true|false)$")]
KeyHeader: TypeAlias = Annotated[
    str | None,
    _plain(pattern=KEY_PATTERN),
    Header(
        alias="Idempotency-Key",
        pattern=KEY_PATTERN,
        description="The same key and body again get the same answer; the same key with another body is refused.",
    ),
]
IndexQuery: TypeAlias = Annotated[str, Query(pattern=INDEX_DIGITS)]


def node_of(request: Request) -> Node:
    """Return the node behind this API."""
    return cast("Node", request.app.state.node)


def caller_of(request: Request) -> Caller:
    """Return whose token the gate found."""
    return cast("Caller", request.state.caller)


def as_json(value: Any) -> Response:  # noqa: ANN401 - plain values of the desk
    """Return plain values as an answer."""
    return Response(json_bytes(value), media_type="application/json")


def json_bytes(value: Any) -> bytes:  # noqa: ANN401 - plain values of the desk
    """Return plain values as JSON in UTF-8; no NaN, which JSON does not have."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()

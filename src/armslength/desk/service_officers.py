"""What the faces read and prepare of officers, their keys, and changes of both."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from typing import TYPE_CHECKING, Any, Final

from armslength.core.attestation import Kind
from armslength.core.errors import LocalError
from armslength.core.instants import rfc3339
from armslength.desk import cast, officer_changes, officer_manifest, officering, policy, service_read, views
from armslength.desk.officer_changes import Change, Status, What
from armslength.desk.prepared import prepared_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.attestation import OfficerKey
    from armslength.desk.books import Books
    from armslength.desk.prepared import Prepared

Json = dict[str, Any]

when = service_read.when

LISTED: Final = 50
"""Changes in one answer when nobody says how many."""

LISTED_MAX: Final = 500
"""The same at most."""

KINDS: Final[Mapping[int, str]] = {Kind.RAW_KEY: "file-key", Kind.WEBAUTHN: "passkey"}
"""Kind of a key -> the word for it."""


# --- officers ---------------------------------------------------------------------------------------------------------


def read_officers(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return our officers as the manifest in force has them, each with keys, and whether they are blocked here."""
    del query
    ours, standing = books.manifest(), books.roster().officers
    since, seen = _since(books), _signed_in(books)
    found = []
    for officer, one in sorted(ours.officers.items()):
        may = standing.get(officer)
        kept = {key.key_id for key in may.keys} if may is not None else set()
        found.append(
            {
                "officer": officer,
                "name": one.name,
                "roles": sorted(may.roles if may is not None else one.roles),
                "blocked": may is None,
                "last_sign_in": when(seen.get(officer)),
                "keys": [_key_json(books, officer, key, since, blocked=key.key_id not in kept) for key in one.keys],
            }
        )
    return found


def _key_json(books: Books, officer: str, key: OfficerKey, since: Mapping[bytes, int], *, blocked: bool) -> Json:
    held = books.unit.get(views.OFFICER_CREDENTIALS, officer.encode() + b"\x00" + key.key_id)
    return {
        "key_id": key.key_id.hex(),
        "kind": KINDS[key.kind],
        "credential_id": b64encode(held).decode() if isinstance(held, bytes) else None,
        "since": when(since.get(key.key_id)),
        "blocked": blocked,
    }


def _since(books: Books) -> dict[bytes, int]:
    """Return key id -> issue of the first of our manifests since which it is listed without a break."""
    found: dict[bytes, int] = {}
    for _, data in books.unit.scan(views.MANIFESTS, books.party.encode() + b"\x00"):
        one = cast.parsed_manifest(bytes(data), books.realm)  # type: ignore[arg-type]  # this view holds bytes
        listed = [key.key_id for officer in one.officers.values() for key in officer.keys]
        found = {key_id: found.get(key_id, one.issued_at) for key_id in listed}
    return found


def _signed_in(books: Books) -> dict[str, int]:
    """Return officer -> when he last signed in at the console, where that is among the newest entries."""
    found: dict[str, int] = {}
    for _, value in books.unit.scan("sign-ins", reverse=True, limit=LISTED_MAX):
        row: Any = value
        if row.get(20) in {"signed-in", "unlocked"} and row.get(21):
            found.setdefault(str(row[21]), int(row[1]))
    return found


# --- changes ----------------------------------------------------------------------------------------------------------


def read_changes(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return changes of officers and keys, the newest first; of one status where the query names it."""
    limit, status = min(int(query.get("limit") or LISTED), LISTED_MAX), query.get("status")
    found = [
        _change_json(key.decode(), row)
        for key, row in reversed(views.rows(books.unit, views.OFFICER_CHANGES))
        if status is None or row[1] == str(status).upper()
    ]
    return found[:limit]


def _change_json(number: str, row: views.Row) -> Json:
    held = row[2]
    key = held.get(officer_changes.KEY)
    known = None if key is None else officer_changes.key_from_value(key)
    key_id = known.key_id if known is not None else held.get(officer_changes.KEY_ID)
    return {
        "change": number,
        "status": row[1],
        "what": held[officer_changes.WHAT],
        "officer": held[officer_changes.OFFICER],
        "name": held.get(officer_changes.NAME),
        "roles": list(held.get(officer_changes.ROLES_FIELD, ())),
        "key_id": None if key_id is None else key_id.hex(),
        "key_kind": None if known is None else KINDS[known.kind],
        "label": held.get(officer_changes.LABEL, ""),
        "undoes": held.get(officer_changes.UNDOES),
        "reason": row[12] or "",
        "proposed_by": row[3],
        "proposed_at": when(row[4]),
        "code_until": when(row[11]) if row[1] == Status.CODE else None,
        "decided_by": row[6],
        "decided_at": when(row[7]),
        "decision": row[13] or "",
        "manifest": row[9],
        "blocks_now": row[1] == Status.APPROVED and held[officer_changes.WHAT] in officer_changes.URGENT,
    }


# --- the next manifest ------------------------------------------------------------------------------------------------


def asked_manifest(books: Books, *, relying_parties: tuple[tuple[bytes, str], ...], software: tuple[str, str]) -> Json:
    """Return what the root is asked to sign now, with the file that is carried to it."""
    request = officer_manifest.next_request(books, relying_parties=relying_parties, software=software)
    ending = request.before.valid_until - request.next.issued_at
    return {
        "request": b64encode(request.encode()).decode(),
        "sequence": request.next.sequence,
        "changes": list(request.changes),
        "valid_until": rfc3339(request.before.valid_until),
        "due": bool(request.changes) or ending <= officer_manifest.RENEW_WITHIN_US,
        "differences": [list(pair) for pair in officer_manifest.differences(request.before, request.next)],
    }


def enter_manifest(books: Books, text: str) -> Json:
    """Enter our next manifest, in base64; return its sequence, its entry, and our introduction file with it.

    Raises:
        LocalError: MANIFEST-ENTERED, PREPARED-MALFORMED.
        PeerError: MANIFEST-...
    """
    try:
        data = b64decode(text, validate=True)
    except (Base64Error, ValueError) as error:
        raise LocalError("PREPARED-MALFORMED", part="base64") from error
    index = officer_manifest.enter(books, data)
    return {
        "sequence": books.manifest().sequence,
        "index": index,
        "valid_until": rfc3339(books.manifest().valid_until),
        "introduction": b64encode(cast.introduction(books.unit, books.party)).decode(),
    }


# --- preparing --------------------------------------------------------------------------------------------------------


def _change(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    key = given.get("public")
    key_id = given.get("key_id")
    asked = str(given["what"]).upper()
    if asked not in set(What):
        raise LocalError(officer_changes.CODE, field="what", expected=", ".join(What), got=asked)
    change = Change(
        what=What(asked),
        officer=str(given["concerned"]),
        name=given.get("name"),
        roles=frozenset(str(role) for role in given.get("roles") or ()),
        key=None if key is None else officer_changes.key_from_value((int(Kind.RAW_KEY), -19, bytes.fromhex(str(key)))),
        key_id=None if key_id is None else bytes.fromhex(str(key_id)),
        label=str(given.get("label") or ""),
        undoes=given.get("undoes"),
    )
    return officering.prepare_change(books, officer, change, str(given["reason"]))


def _approval(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    approve = given.get("approve", True) is True
    return officering.prepare_approval(
        books, officer, str(given["change"]), approve=approve, reason=str(given["reason"])
    )


def coded(books: Books, officer: str, given: Mapping[str, Any]) -> Json:
    """Return the prepared leave to register a key with a code, and the code.

    Raises:
        LocalError: ROLE-REFUSED, OFFICER-... codes.
    """
    what = What.RECOVER if given.get("recover") is True else What.ADD_KEY
    prepared, code = officering.prepare_code(books, officer, what, str(given["concerned"]), str(given["reason"]))
    known = books.roster().officers.get(officer)
    if known is None or officering.ADMINISTRATOR not in known.roles:
        raise LocalError("ROLE-REFUSED", officer=officer, expected=officering.ADMINISTRATOR)
    act, _ = policy.LOCAL_ACTS["officer-change"]
    return {**prepared_json(books.realm, prepared, act, officering.ADMINISTRATOR, officer), "code": code}


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "officer-change": _change,
    "officer-approval": _approval,
}
"""Kinds of `Service.prepare_local` that this file adds."""

READS: Final[dict[str, Callable[[Books, Mapping[str, Any]], Any]]] = {
    "officers": read_officers,
    "officer-changes": read_changes,
}
"""Word of `Client.read` -> what is read, with the query."""

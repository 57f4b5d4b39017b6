"""Officers' keys as this node holds them beside the manifest: credential ids of passkeys, and who is blocked.

The manifest in force says who may act, for us and for peers. An approved removal blocks here before the root has signed
the manifest that says so; what is blocked is read from the journal's own records and from nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from armslength.core import cbor
from armslength.desk import views
from armslength.desk.officer_changes import Change, change_from_value, restricted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.attestation import Roster
    from armslength.desk.books import Books
    from armslength.desk.ports import Unit


def waiting(unit: Unit) -> list[tuple[str, Change]]:
    """Return the approved changes that no manifest of ours holds yet, with their numbers, as they were approved."""
    found = unit.scan(views.OFFICER_WAITING)
    rows = sorted((cast("Mapping[int, Any]", value)[1], key.decode()) for key, value in found)
    return [(number, _change(unit, number)) for _, number in rows]


def _change(unit: Unit, number: str) -> Change:
    row = views.row(unit, views.OFFICER_CHANGES, number.encode()) or {}
    return _parsed(cbor.encode(row[2]))


@lru_cache(maxsize=256)
def _parsed(data: bytes) -> Change:
    return change_from_value(cast("Mapping[int, Any]", cbor.decode(data)))


def standing_roster(unit: Unit, roster: Roster) -> Roster:
    """Return who of our own officers may act here now: those of the manifest, without what was approved to end."""
    pending = waiting(unit)
    if not pending:
        return roster
    return replace(roster, officers=restricted(roster.officers, [change for _, change in pending]))


def blocked(books: Books, officer: str, key_id: bytes | None = None) -> bool:
    """Tell whether an officer, or one key of his, may no longer be used here: neither to act nor to sign in.

    A session ends with the officer who has it, and with the key by which it was opened.
    """
    known = books.roster().officers.get(officer)
    if known is None:
        return True
    return key_id is not None and all(key.key_id != key_id for key in known.keys)


def credential_ids(books: Books, officer: str) -> dict[bytes, bytes]:
    """Return key id -> credential id of an officer's passkeys that may be used now (WebAuthn's allowCredentials)."""
    known = books.roster().officers.get(officer)
    found: dict[bytes, bytes] = {}
    for key in () if known is None else known.keys:
        held = books.unit.get(views.OFFICER_CREDENTIALS, officer.encode() + b"\x00" + key.key_id)
        if isinstance(held, bytes):
            found[key.key_id] = held
    return found


def every_credential(books: Books, officer: str) -> list[bytes]:
    """Return every credential id that was ever registered for an officer (WebAuthn's excludeCredentials)."""
    return [cast("bytes", held) for _, held in books.unit.scan(views.OFFICER_CREDENTIALS, officer.encode() + b"\x00")]

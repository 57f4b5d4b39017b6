"""The views: tables made from the journal, each named once here, and the keys of their rows.

Truth is the journal's entries plus their contents; `armslength rebuild` makes every view again from them. What is
*not* made from the journal - keys, tokens, own settings, the high-water mark - is a setting of the store and no view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.ports import Unit

PARTIES: Final = "parties"
"""party code -> {1: sequence, 2: manifest hash, 3: root key id, 4: pinned at, 5: pinned by, 6: ours}."""
MANIFESTS: Final = "manifests"
"""party code, zero byte, sequence -> manifest bytes."""
LINES: Final = "lines"
"""line id -> {1: peer, 2: charter hash, 3: our assent, 4: theirs, 5: charter, 6: opened, 7: frozen, 8: our entry}."""
SESSIONS: Final = "sessions"
"""line id -> session value."""
DIRECTIONS: Final = "directions"
"""line id, "o" or "i" -> direction value of the braid."""
NUMBERS: Final = "numbers"
"""line id, "o" or "i", number -> envelope hash."""
MESSAGES: Final = "messages"
"""envelope hash -> summary of a numbered record (see projection)."""
EXCHANGES: Final = "exchanges"
"""envelope hash -> exchange value; due at its next deadline."""
RECORD_IDS: Final = "record-ids"
"""line id, record id -> envelope hash; record id alone of what stays at home -> {1: entry index, 2: body hash}."""
OUTBOX: Final = "outbox"
"""line id, 3 - precedence, number -> {1: envelope hash, 2: entry index}; lives until the peer's R0 is journalled."""
ISSUED: Final = "issued"
"""envelope hash of a record received -> entry index of the R0 that we issued for it."""
DRAFTS: Final = "drafts"
"""body hash -> draft summary."""
ALARMS: Final = "alarms"
"""alarm id -> alarm; due at once until somebody was notified."""
GAPS: Final = "gaps"
"""line id -> {1: first missing, 2: last missing, 3: since}; due when it alarms."""
WITNESS: Final = "witness"
"""line id -> {1: size, 2: root} of the peer's journal that we last cosigned; 3: newest note seen."""
COSIGNED: Final = "cosigned"
"""line id -> {1: size, 2: root, 3: note with the peer's cosignatures} of our own journal."""
REPORTS: Final = "reports"
FACILITIES: Final = "facilities"
CONCERNS: Final = "concerns"
CONTACTS: Final = "contacts"
DECISIONS: Final = "decisions"
DELEGATIONS: Final = "delegations"
"""record id -> delegation; due while a countersignature is owed."""
SUSPECTS: Final = "suspects"
"""hash -> what was refused or in conflict, by entry index."""

OUT: Final = b"o"
IN: Final = b"i"

Row = dict[int, Any]


def row(unit: Unit, view: str, key: bytes) -> Row | None:
    """Return a row that is a map, or None."""
    value = unit.get(view, key)
    return None if value is None else dict(cast("Mapping[int, Any]", value))


def rows(unit: Unit, view: str, prefix: bytes = b"") -> list[tuple[bytes, Row]]:
    """Return all rows below a prefix, in key order."""
    return [(key, dict(cast("Mapping[int, Any]", value))) for key, value in unit.scan(view, prefix)]


def number_key(line: bytes, direction: bytes, number: int) -> bytes:
    """Return the key of a number in a direction."""
    return line + direction + number.to_bytes(8, "big")


def outbox_key(line: bytes, precedence: int, number: int) -> bytes:
    """Return the outbox key: FLASH sorts first, then by number."""
    return line + bytes((3 - precedence,)) + number.to_bytes(8, "big")


def hash_at(unit: Unit, line: bytes, direction: bytes, number: int) -> bytes | None:
    """Return the envelope hash at a number, or None."""
    value = unit.get(NUMBERS, number_key(line, direction, number))
    return cast("bytes | None", value)


def manifest_key(party: str, sequence: int) -> bytes:
    """Return the key of one manifest of a party."""
    return party.encode() + b"\x00" + sequence.to_bytes(4, "big")

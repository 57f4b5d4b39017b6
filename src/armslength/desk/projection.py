"""From entries to views: the only place where views change, live and in a rebuild alike.

`project` is called with every entry in journal order. It reads nothing but the entry, its record and the views made
so far, so that a rebuild gives the same rows to the byte.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from armslength.core.errors import LocalError
from armslength.desk import (
    closed_reads,
    policy,
    projection_alarms,
    projection_book,
    projection_calls,
    projection_cases,
    projection_codebook,
    projection_contacts,
    projection_feeds,
    projection_line_checks,
    projection_lines,
    projection_local,
    projection_maps,
    projection_notices,
    projection_officers,
    projection_register,
    projection_shifts,
    projection_translations,
    projection_watch,
    sign_ins,
    views,
)

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.core.realm import Realm
    from armslength.core.record import Verified
    from armslength.desk.ports import Unit
    from armslength.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One entry with all that a projector may look at."""

    unit: Unit
    index: int
    entry: Entry
    verified: Verified
    realm: Realm
    own: str

    @property
    def body(self) -> dict[int, CborValue]:
        """The record's body map."""
        return dict(self.verified.item.body)

    @property
    def line(self) -> bytes:
        """The entry's line id (only where the kind always has one)."""
        return self.entry.line or b""

    @property
    def author(self) -> str:
        """Party code of the record's author."""
        return str(self.verified.item.body.get(3))


Projector = Callable[[Fact], None]


def _nothing(_fact: Fact) -> None:
    """Some entries are evidence only and change no view."""


def project(unit: Unit, index: int, entry: Entry, verified: Verified, *, realm: Realm, own: str) -> None:
    """Apply one entry to the views.

    Args:
        unit: the open writing unit.
        index: the entry's index in the journal.
        entry: the entry.
        verified: the record that the entry holds.
        realm: this node's realm.
        own: this node's party code.
    """
    projector = _PROJECTORS.get(entry.kind)
    if projector is None:
        raise LocalError("JOURNAL-ENTRY-VALUE", field="kind", got=entry.kind)
    fact = Fact(unit=unit, index=index, entry=entry, verified=verified, realm=realm, own=own)
    projector(fact)
    if entry.kind in _SUBMITTED_HERE and fact.author == own and verified.item.acts:
        # Under the record id alone, which no line's record has: the same act submitted again finds what it became.
        unit.put(views.RECORD_IDS, cast("bytes", fact.body[1]), {1: index, 2: verified.body_hash})


def _suspect(fact: Fact) -> None:
    key = fact.entry.kind.encode() + fact.index.to_bytes(8, "big")
    fact.unit.put(views.SUSPECTS, key, {1: fact.index, 2: fact.entry.at, 3: fact.body.get(20), 4: fact.line})
    if fact.entry.kind == "conflict" and fact.line:
        row = views.row(fact.unit, views.LINES, fact.line)
        if row is not None:
            fact.unit.put(views.LINES, fact.line, {**row, 7: str(fact.body.get(20))})


_SUBMITTED_HERE: Final = frozenset({"check", *policy.LOCAL_ACTS})
"""Kinds of entries that officers submit and that no peer receipts."""

_PROJECTORS: Final[dict[str, Projector]] = {
    "genesis": _nothing,
    "outbox": _nothing,
    "conflict": _suspect,
    "refused": _suspect,
    **closed_reads.PROJECTORS,
    **projection_lines.PROJECTORS,
    **projection_local.PROJECTORS,
    **projection_alarms.PROJECTORS,
    **projection_register.PROJECTORS,
    **projection_watch.PROJECTORS,
    **projection_feeds.PROJECTORS,
    **projection_maps.PROJECTORS,
    **projection_book.PROJECTORS,
    **projection_contacts.PROJECTORS,
    **projection_line_checks.PROJECTORS,
    **projection_calls.PROJECTORS,
    **projection_cases.PROJECTORS,
    **projection_shifts.PROJECTORS,
    **projection_codebook.PROJECTORS,
    **projection_translations.PROJECTORS,
    **sign_ins.PROJECTORS,
    **projection_notices.PROJECTORS,
    **projection_officers.PROJECTORS,
}

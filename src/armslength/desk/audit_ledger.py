"""What an audit report is gathered in while the journal is read once, from its first entry to the last one asked for.

Nothing but entries and their contents goes in, so that a rebuilt node, and another auditor, gather the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from armslength.core.attestation import Attestation, parse_attestation
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.record import parse_item
from armslength.journal.entry import parse_leaf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from armslength.core.instants import Instant
    from armslength.core.realm import Realm
    from armslength.core.record import Item
    from armslength.desk.ports import Unit

SECTIONS: Final[Mapping[str, str]] = {
    "closed-reads": "Reads of closed records",
    "sign-ins": "Sign-ins, and sign-ins that were refused",
    "officers": "Officers, roles and keys: added, changed, removed",
    "delegations": "Delegations: given, used, countersigned, run out",
    "overrides": "Where a person went on alone or against a warning",
    "alarms": "Alarms, and how long each waited for a person",
    "passed-alarms": "Alarms passed to another post, shelved or silenced",
    "missed": "Deadlines that passed: theirs and ours",
    "imports": "Files of reports and facilities that were entered",
    "feeds": "Feeds set up, changed or switched, and their troubles",
    "rules": "Rules of the watch that were put in force",
}
"""Sections in the order in which they are read -> their titles. Each says of what it lists that this is all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row.

    Args:
        index: the entry of the journal that says so.
        at: when, by this node's clock.
        what: a stable word for this kind of row within its section.
        officer: who; empty for the node.
        role: in which role, as the signature says; empty where nobody signed.
        sentence: what happened.
    """

    index: int
    at: int
    what: str
    officer: str
    role: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One entry with what it holds; ``leaf`` is read further only where its line is asked for."""

    index: int
    kind: str
    at: int
    leaf: bytes
    item: Item

    @property
    def body(self) -> Mapping[int, Any]:
        """The record's body, whose fields were checked before it entered the journal."""
        return self.item.body

    @property
    def line(self) -> bytes:
        """The line, empty for none."""
        return parse_leaf(self.leaf).line or b""

    @property
    def envelope_hash(self) -> bytes:
        """The hash by which the other side knows the record."""
        return sha256(self.item.envelope).digest()

    @property
    def acts(self) -> tuple[Attestation, ...]:
        """What persons signed of it."""
        return tuple(parse_attestation(one) for one in self.item.acts)

    @property
    def officer(self) -> str:
        """Who recorded it; empty for the node."""
        return str(self.body.get(5) or "")

    @property
    def role(self) -> str:
        """The role in which the last person signed, which is the one who decided."""
        acts = self.acts
        return acts[-1].role if acts else ""


@dataclass(slots=True, kw_only=True)
class Ledger:
    """Everything gathered so far.

    Args:
        realm: the node's realm.
        own: this party's code.
        since: start of the period.
        until: its end, which does not belong to it.
    """

    realm: Realm
    own: str
    since: Instant
    until: Instant
    last_at: int = 0
    destroyed: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SECTIONS})
    held: dict[type, Any] = field(default_factory=dict)

    def within(self, at: int) -> bool:
        """Tell whether an instant belongs to the period."""
        return self.since <= at < self.until

    def add(
        self,
        section: str,
        seen: Seen,
        what: str,
        sentence: str,
        *,
        officer: str | None = None,
        role: str | None = None,
    ) -> None:
        """Add the row of an entry, if that was entered in the period."""
        if self.within(seen.at):
            row = Row(
                index=seen.index,
                at=seen.at,
                what=what,
                officer=seen.officer if officer is None else officer,
                role=seen.role if role is None else role,
                sentence=" ".join(sentence.split()),
            )
            self.rows[section].append(row)

    def of(self, kind: type[Any]) -> Any:  # noqa: ANN401 - the one object of that kind, made without arguments
        """Return what one part of the report remembers from entry to entry."""
        return self.held.setdefault(kind, kind())


def entries(unit: Unit, size: int, kinds: frozenset[str], ledger: Ledger) -> Iterator[Seen]:
    """Yield the entries of some kinds in journal order, one at a time; count all of the period.

    Raises:
        LocalError: STORE-DAMAGED.
    """
    for index in range(size):
        leaf = unit.leaf(index)
        kind, at = kind_and_at(leaf)
        ledger.last_at = max(ledger.last_at, at)
        if ledger.within(at):
            ledger.counts[kind] = ledger.counts.get(kind, 0) + 1
        if kind not in kinds:
            continue
        content = unit.content(index)
        if content is None:
            ledger.destroyed += ledger.within(at)
            continue
        try:
            item = parse_item(content[1])
        except ArmslengthError as error:
            raise LocalError("STORE-DAMAGED", because=error.code) from error
        yield Seen(index=index, kind=kind, at=at, leaf=leaf, item=item)


_HEAD: Final = b"\xa4\x01"
_AT_HEAD: Final = b"\x02\x1b"
_SHORT_TEXT: Final = 0x60
_SHORT_TEXT_MAX: Final = 0x77
"""A text of up to 23 bytes has its length in its first byte (RFC 8949, 3.1); kinds and instants are shorter."""


def kind_and_at(leaf: bytes) -> tuple[str, int]:
    """Return kind and instant of a leaf of our own journal, read from their places, which halves the reading of leaves.

    A leaf begins with a map of four, 1: a text of at most 23 bytes, 2: an integer of eight bytes; any other is parsed.
    """
    head = leaf[2]
    end = 3 + head - _SHORT_TEXT
    if leaf[:2] != _HEAD or not _SHORT_TEXT <= head <= _SHORT_TEXT_MAX or leaf[end : end + 2] != _AT_HEAD:
        entry = parse_leaf(leaf)
        return entry.kind, entry.at
    return leaf[3:end].decode("ascii"), int.from_bytes(leaf[end + 2 : end + 10], "big")

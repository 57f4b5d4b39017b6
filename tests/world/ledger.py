"""What a node has committed, kept outside it: read from its journal after every commit, and never from its views.

The invariants are judged against this, so that a view that goes wrong is seen and not believed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from armslength.core import cose
from armslength.core.precedence import Precedence
from armslength.core.record import RECORD_LABELS, Header, Item, Verified, body_hash, parse_header, parse_item
from armslength.journal import entry as entries
from armslength.journal import tree
from armslength.journal.compare import ChainLink
from armslength.line import braid, exchange, fields
from armslength.line.receipts import HOLDING_VERBS, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.core.realm import Realm
    from armslength.desk.ports import Unit
    from armslength.journal.entry import Entry

HALF_LEVELS = frozenset({Level.HELD, Level.READ})
"""What is still owed after a message was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A message or a receipt R1 to R4 as a journal holds it."""

    line: bytes
    number: int
    envelope_hash: bytes
    type: str
    form: str
    precedence: Precedence
    released_at: int
    reply_by: int | None
    index: int
    record_id: bytes
    link: ChainLink


@dataclass(slots=True)
class Book:
    """One direction of one node: numbered records by line and number, and by hash."""

    lines: dict[bytes, dict[int, Numbered]] = field(default_factory=dict)
    by_hash: dict[bytes, Numbered] = field(default_factory=dict)

    def add(self, record: Numbered) -> None:
        self.lines.setdefault(record.line, {})[record.number] = record
        self.by_hash[record.envelope_hash] = record

    def line(self, line: bytes) -> dict[int, Numbered]:
        return self.lines.get(line, {})

    def chain(self, line: bytes) -> list[ChainLink]:
        return [record.link for record in self.line(line).values()]


@dataclass(slots=True)
class Owed:
    """What a message still waits for at one node: level -> due, by the charter and what came later.

    ``since`` is the loop's time when this node first could know: a message may arrive overdue.
    """

    message: Numbered
    ours: bool
    due: dict[Level, int]
    since: float
    noted_at: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Ledger:
    """Everything committed by one node."""

    leaves: list[bytes] = field(default_factory=list)
    roots: list[bytes] = field(default_factory=lambda: [tree.EMPTY_ROOT])
    frontier: tree.Frontier = field(default_factory=tree.Frontier)
    kinds: list[str] = field(default_factory=list)
    out: Book = field(default_factory=Book)
    inn: Book = field(default_factory=Book)
    r0_given: dict[bytes, bytes] = field(default_factory=dict)
    r0_held: set[bytes] = field(default_factory=set)
    owed: dict[bytes, Owed] = field(default_factory=dict)
    causes: dict[tuple[str, bytes, bytes, int], bytes] = field(default_factory=dict)
    raised_at: dict[bytes, float] = field(default_factory=dict)
    marked: set[bytes] = field(default_factory=set)
    sizes_cosigned: dict[bytes, int] = field(default_factory=dict)

    def grow(self, hashes: Sequence[bytes]) -> None:
        """Add leaf hashes, and the root after each."""
        for leaf_hash in hashes:
            self.frontier = tree.append(self.frontier, leaf_hash).frontier
            self.leaves.append(leaf_hash)
            self.roots.append(tree.root(self.frontier))

    def waiting(self, line: bytes) -> set[bytes]:
        """Return the hashes of what was sent on a line and is not receipted."""
        return {record.envelope_hash for record in self.out.line(line).values()} - self.r0_held


def replayed(unit: Unit, index: int) -> tuple[Entry, Verified]:
    """Return an entry and its record as a rebuild sees them."""
    entry = entries.parse_leaf(unit.leaf(index))
    content = unit.content(index)
    assert content is not None, "the world destroys no contents"
    entries.verify_content(entry, *content)
    item = parse_item(content[1])
    header = header_of(item)
    digest = body_hash(header.realm, header.type, header.line, item.body_seed, item.body)
    return entry, Verified(header=header, item=item, envelope_hash=item.envelope_hash, body_hash=digest)


def header_of(item: Item) -> Header:
    """Return what stands in clear under an item's signature."""
    return parse_header(cose.parse_sign1(item.envelope, size_max=65_536, understood=RECORD_LABELS))


def numbered(index: int, verified: Verified) -> Numbered:
    """Return a numbered record of an entry."""
    body, link = verified.item.body, braid.parse_link(verified.item.link)
    is_receipt = verified.header.type == "receipt"
    return Numbered(
        line=verified.header.line,
        number=link.number,
        envelope_hash=verified.envelope_hash,
        type=verified.header.type,
        form="RECEIPT" if is_receipt else str(body[fields.FORM_CODE]),
        precedence=Precedence.PRIORITY if is_receipt else Precedence(cast("int", body[fields.PRECEDENCE])),
        released_at=link.released_at,
        reply_by=None if is_receipt else cast("int | None", body.get(fields.REPLY_BY)),
        index=index,
        record_id=cast("bytes", body[1]),
        link=ChainLink(
            number=link.number,
            envelope_hash=verified.envelope_hash,
            prev_hash=link.previous if link.number > 1 else None,
            peer_number=link.accepted_number,
            peer_hash=link.accepted_hash if link.accepted_number else None,
        ),
    )


def opens(message: Numbered, *, ours: bool, deadlines: Any, since: float) -> Owed:
    """Return what a new message is owed by the charter."""
    due: dict[Level, int] = {}
    for level in exchange.EXPECTED_LEVELS[message.form]:
        if level is Level.ANSWERED and message.reply_by is not None:
            due[level] = message.reply_by
        else:
            due[level] = message.released_at + deadlines[message.precedence][level] * 1_000_000
    return Owed(message=message, ours=ours, due=due, since=since)


def receipted(owed: Owed, body: Any) -> None:
    """Take a receipt R1 to R4 into account."""
    level = Level(body[20])
    owed.due.pop(level, None)
    if level is Level.ANSWERED and body.get(40) in HOLDING_VERBS and body.get(42) is not None:
        owed.due[level] = body[42]


def taken_back(owed: Owed) -> None:
    """Take into account that a message was recalled, updated or discontinued."""
    owed.due = {level: at for level, at in owed.due.items() if level in HALF_LEVELS}


def realm_of(verified: Verified) -> Realm:
    """Return the realm under a record's signature."""
    return verified.header.realm

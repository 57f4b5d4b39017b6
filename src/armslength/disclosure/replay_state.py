"""What an auditor has gathered of one journal so far: who is who, the braid, the exchanges, and what was stated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from armslength.core.errors import ArmslengthError, PeerError
from armslength.line import braid, exchange, fields

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from armslength.core.attestation import Attestation, Roster
    from armslength.core.cose import VerifyKey
    from armslength.core.instants import Instant
    from armslength.core.precedence import Precedence
    from armslength.core.realm import Realm
    from armslength.core.record import Verified
    from armslength.disclosure.export_reading import Opened
    from armslength.line.charter import Charter
    from armslength.line.exchange import Event, Exchange, Reached
    from armslength.line.manifest import Manifest

_T = TypeVar("_T")

RECEIPT_FORM: Final = "RECEIPT"
"""Stands in the place of a form code for R1 to R4 (line.exchange)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A message or a receipt R1 to R4 as the journal holds it; ``target`` is the message that a receipt speaks of."""

    index: int
    recorded_at: Instant
    author: str
    verified: Verified
    link: braid.Link
    form: str
    version: int | None
    precedence: Precedence
    acts: tuple[Attestation, ...] = ()
    target: bytes | None = None

    @property
    def envelope_hash(self) -> bytes:
        """The record's name for ever."""
        return self.verified.envelope_hash

    @property
    def is_message(self) -> bool:
        """Whether it is a message and not a receipt."""
        return self.verified.header.type == "message"

    @property
    def relation(self) -> tuple[str, bytes] | None:
        """The relation field where it has the shape of one; a form that nobody here knows may hold anything."""
        match self.verified.item.body.get(fields.RELATION):
            case (str(verb), bytes(target)):
                return verb, target
            case _:
                return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One level stated of a record: what the machine took, which party signed it, and in which entry it stands."""

    reached: Reached
    author: str
    index: int
    envelope_hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosignature:
    """A checkpoint with the other side's cosignatures: note, size, root, and the witness's time in seconds."""

    note: str
    size: int
    root: bytes
    at_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """Something that a reader must know although the export verifies: a code, the entry if it is of one, a detail."""

    code: str
    index: int | None
    detail: str


@dataclass(slots=True)
class Ledger:
    """Everything that the entries so far amount to; directions, numbers and statements are kept by author."""

    opened: Opened
    in_force: dict[str, list[Manifest]] = field(default_factory=dict)
    charter: Charter | None = None
    charter_hash: bytes = b""
    assented: set[str] = field(default_factory=set)
    directions: dict[str, braid.Direction] = field(default_factory=dict)
    numbered: dict[bytes, Numbered] = field(default_factory=dict)
    hashes: dict[tuple[str, int], bytes] = field(default_factory=dict)
    record_ids: dict[bytes, bytes] = field(default_factory=dict)
    exchanges: dict[bytes, Exchange] = field(default_factory=dict)
    statements: dict[bytes, list[Statement]] = field(default_factory=dict)
    peer_roots: dict[int, bytes] = field(default_factory=dict)
    peer_indexes: dict[bytes, int] = field(default_factory=dict)
    accepted_by_peer: int = 0
    cosigned: Cosignature | None = None
    peer_cosigned: Cosignature | None = None
    private: list[tuple[int, str]] = field(default_factory=list)
    noticed: list[Noticed] = field(default_factory=list)

    @property
    def realm(self) -> Realm:
        """The export's realm."""
        return self.opened.head.realm

    @property
    def line(self) -> bytes:
        """The export's line."""
        return self.opened.head.line

    @property
    def own(self) -> str:
        """Party code of the exporter."""
        return self.opened.head.party

    @property
    def peer(self) -> str:
        """Party code of the other side."""
        return self.opened.peer

    def other(self, party: str) -> str:
        """Return the counterpart."""
        return self.peer if party == self.own else self.own

    def direction(self, author: str) -> braid.Direction:
        """Return one direction of the line as it stands."""
        return self.directions.get(author, braid.EMPTY)

    def acceptable(self, party: str) -> Sequence[Manifest]:
        """Return the manifests whose node keys count now, newest first: the one in force and the one before.

        The one before stays good for what was under way when the keys changed, as on receipt.
        """
        return self.in_force.get(party, [])[:-3:-1]

    def roster(self, party: str) -> Roster:
        """Return who may act for a party at this place of the journal."""
        return self.in_force[party][-1].roster()

    def sign_key(self, party: str, key_id: bytes) -> VerifyKey:
        """Return a party's record-signing key.

        Raises:
            PeerError: RECORD-KEY.
        """
        for known in self.acceptable(party):
            if key_id == known.node_key_id("sign"):
                return known.node_keys["sign"].verifier()
        raise PeerError("RECORD-KEY", line=self.line, author=party)

    def under_keys_of(self, party: str, check: Callable[[Manifest], _T]) -> _T:
        """Return what a check gives under the first acceptable manifest of a party under which it holds."""
        refused: ArmslengthError = PeerError("RECORD-KEY", line=self.line, author=party)
        for position, known in enumerate(self.acceptable(party)):
            try:
                return check(known)
            except ArmslengthError as error:
                refused = refused if position else error
        raise refused

    def notice(self, code: str, index: int | None, detail: str) -> None:
        """Remember something for the reader."""
        self.noticed.append(Noticed(code=code, index=index, detail=detail))

    def step(self, envelope_hash: bytes, event: Event, now: Instant) -> None:
        """Apply an event to an exchange; a message that nobody holds has none."""
        state = self.exchanges.get(envelope_hash)
        if state is not None:
            self.exchanges[envelope_hash] = exchange.step(state, event, now).state

    def state(self, target: bytes, statement: Statement) -> None:
        """Keep a statement about a record."""
        self.statements.setdefault(target, []).append(statement)

    def stated(self, target: bytes) -> Sequence[Statement]:
        """Return the statements about a record, in journal order."""
        return self.statements.get(target, ())

"""Receipts R0 to R4: five statements that are never mixed up, and what each of them does not mean.

Specified in docs/spec/receipts.md. R0 is the node's; R1 to R4 are acts of officers. None is consent, permission or
action.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

from armslength.core.errors import PeerError
from armslength.core.fieldmap import FieldReader
from armslength.core.limits import NOTE_CHARS_MAX, PROOF_NODES_MAX
from armslength.core.places import READ_BACK_WARN_M, Place, place_from_cbor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant

_CODE = "RECEIPT-MALFORMED"


class Level(IntEnum):
    """Levels; the numbers are the wire's."""

    HELD = 0
    READ = 1
    UNDERSTOOD = 2
    PASSED = 3
    ANSWERED = 4

    @property
    def short(self) -> str:
        """The level as people say it: R0 to R4."""
        return f"R{self.value}"


class Proof(StrEnum):
    """How a level is known; a public statement never claims a stronger class."""

    SIGNED = "SIGNED"
    ATTESTED = "ATTESTED"
    REPORTED = "REPORTED"


LEVEL_ROLES: Final[Mapping[Level, frozenset[str]]] = {
    Level.READ: frozenset({"watch-officer", "linguist", "releasing-officer", "principal"}),
    Level.UNDERSTOOD: frozenset({"watch-officer", "linguist", "releasing-officer", "principal"}),
    Level.PASSED: frozenset({"watch-officer", "releasing-officer", "principal"}),
    Level.ANSWERED: frozenset({"watch-officer", "releasing-officer", "principal"}),
}
"""Roles that may sign each level."""

VERBS: Final = frozenset({"confirm", "comply", "reject", "not-ours", "being-examined", "answer-follows"})
"""Verbs of R4 (after Whiteflag's reference codes and CPDLC's split)."""

HOLDING_VERBS: Final = frozenset({"being-examined", "answer-follows"})
"""Answers that promise another answer; the deadline moves to the instant promised, it does not vanish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeReceipt:
    """R0: the node holds the envelope durably."""

    envelope_hash: bytes
    index: int
    checkpoint: str
    place: str
    since: int
    path: tuple[bytes, ...]
    received_at: Instant

    def fields(self) -> dict[int, CborValue]:
        """Return body fields 20 and on."""
        return {
            20: int(Level.HELD),
            21: self.envelope_hash,
            22: self.index,
            23: self.checkpoint,
            24: self.place,
            25: self.since,
            26: self.path,
            27: self.received_at,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """R1 to R4: an officer's statement about one message. Distances are metres."""

    level: Level
    envelope_hash: bytes
    number: int
    language: str | None = None
    rendered_hash: bytes | None = None
    place: Place | None = None
    distance_m: int | None = None
    doubt: bool = False
    read_back_at: Instant | None = None
    command: str | None = None
    how: str | None = None
    verb: str | None = None
    reply_body_hash: bytes | None = None
    answer_by: Instant | None = None

    def fields(self) -> dict[int, CborValue]:
        """Return body fields 20 and on; absent values are absent fields."""
        everything: dict[int, CborValue] = {
            20: int(self.level),
            21: self.envelope_hash,
            22: self.number,
            30: self.language,
            31: self.rendered_hash,
            32: None if self.place is None else self.place.to_cbor(),
            33: self.distance_m,
            34: self.doubt or None,
            35: self.read_back_at,
            36: self.command,
            37: self.how,
            40: self.verb,
            41: self.reply_body_hash,
            42: self.answer_by,
        }
        return {number: value for number, value in everything.items() if value is not None}


def parse_node_receipt(body: Mapping[int, CborValue]) -> NodeReceipt:
    """Check the body of an R0.

    Raises:
        PeerError: RECEIPT-MALFORMED, RECEIPT-LEVEL.
    """
    read = FieldReader(body, _CODE)
    if read.integer(20, 0, 255) != Level.HELD:
        raise PeerError("RECEIPT-LEVEL", expected=0, got=read.integer(20, 0, 255))
    path = read.array(26, PROOF_NODES_MAX)
    for node in path:
        if not isinstance(node, bytes) or len(node) != 32:
            read.refuse(field=26)
    place = read.text(24, 16)
    if place not in {"ACCEPTED", "AHEAD"}:
        read.refuse(field=24, got=place)
    return NodeReceipt(
        envelope_hash=read.octets(21, 32),
        index=read.integer(22),
        checkpoint=read.text(23, NOTE_CHARS_MAX),
        place=place,
        since=read.integer(25),
        path=tuple(bytes(node) for node in path if isinstance(node, bytes)),
        received_at=read.instant(27),
    )


def parse_receipt(body: Mapping[int, CborValue]) -> Receipt:
    """Check the body of R1 to R4, each level with the fields that it must have.

    Raises:
        PeerError: RECEIPT-MALFORMED, RECEIPT-LEVEL, RECEIPT-VERB, RECEIPT-READ-BACK.
    """
    read = FieldReader(body, _CODE)
    level = read.integer(20, 0, 255)
    if level not in {1, 2, 3, 4}:
        raise PeerError("RECEIPT-LEVEL", got=level)
    receipt = Receipt(
        level=Level(level),
        envelope_hash=read.octets(21, 32),
        number=read.integer(22, 1),
        language=read.text(30, 16) if read.has(30) else None,
        rendered_hash=read.octets(31, 32) if read.has(31) else None,
        place=_place(read),
        distance_m=read.integer(33, 0, 30_000_000) if read.has(33) else None,
        doubt=read.flag(34),
        read_back_at=read.instant(35) if read.has(35) else None,
        command=read.text(36, 200) if read.has(36) else None,
        how=read.text(37, 200) if read.has(37) else None,
        verb=read.text(40, 32) if read.has(40) else None,
        reply_body_hash=read.octets(41, 32) if read.has(41) else None,
        answer_by=read.instant(42) if read.has(42) else None,
    )
    check_receipt(receipt, PeerError)
    return receipt


def check_receipt(receipt: Receipt, family: type[PeerError] = PeerError) -> None:
    """Check that a receipt has what its level means: a text read, a place read back, a named command, a verb.

    Raises:
        PeerError: RECEIPT-MALFORMED, RECEIPT-VERB, RECEIPT-READ-BACK.
    """
    if receipt.level in {Level.READ, Level.UNDERSTOOD} and (receipt.language is None or receipt.rendered_hash is None):
        raise family(_CODE, level=receipt.level.short, missing="language read or hash of the text read")
    if receipt.level is Level.PASSED and receipt.command is None:
        raise family(_CODE, level="R3", missing="the named command")
    if receipt.level is Level.ANSWERED and receipt.verb not in VERBS:
        raise family("RECEIPT-VERB", got=receipt.verb)
    if receipt.verb in HOLDING_VERBS and receipt.answer_by is None:
        raise family("RECEIPT-VERB", verb=receipt.verb, missing="answer by")
    if receipt.place is not None:
        expected = receipt.distance_m is not None and receipt.distance_m > READ_BACK_WARN_M
        if receipt.distance_m is None or receipt.doubt != expected:
            raise family("RECEIPT-READ-BACK", distance_m=receipt.distance_m)


def _place(read: FieldReader) -> Place | None:
    return place_from_cbor(read.value(32)) if read.has(32) else None

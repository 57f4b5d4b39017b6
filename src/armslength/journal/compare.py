"""Two journals against each other: the chain of one direction as its sender and as its receiver hold it.

The journals are private and differ; what must agree are the two chains of envelopes that crossed the line. The
comparison names the first number at which they part and says how, so that two officers know what to talk about.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from armslength.core.errors import VerificationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FIRST_NUMBER: Final = 1
"""The first message of a direction has this number and no predecessor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """One envelope of one direction, as a journal holds it.

    Args:
        number: its number in its direction.
        envelope_hash: SHA-256 of the signed envelope.
        prev_hash: the envelope hash of number - 1 that it states; None for the first.
        peer_number: the last number that its sender had accepted from the other direction; 0 for none.
        peer_hash: that envelope's hash; None for none.
    """

    number: int
    envelope_hash: bytes
    prev_hash: bytes | None
    peer_number: int
    peer_hash: bytes | None


class DifferenceKind(StrEnum):
    """How two chains part; the texts are for people."""

    MISSING_AT_THEIRS = "missing at theirs"
    MISSING_AT_OURS = "missing at ours"
    DIFFERENT_ENVELOPE = "different envelope"
    FORK = "two envelopes under one number"
    BROKEN_LINK = "broken link"
    GAP = "gap"
    TAIL_NOT_RECEIVED = "tail not yet received"


_CODES: Final = {
    DifferenceKind.FORK: "CHAIN-FORK",
    DifferenceKind.GAP: "CHAIN-GAP",
    DifferenceKind.BROKEN_LINK: "CHAIN-BROKEN",
}
_TELLING: Final = (
    DifferenceKind.FORK,
    DifferenceKind.DIFFERENT_ENVELOPE,
    DifferenceKind.MISSING_AT_THEIRS,
    DifferenceKind.MISSING_AT_OURS,
    DifferenceKind.BROKEN_LINK,
    DifferenceKind.GAP,
    DifferenceKind.TAIL_NOT_RECEIVED,
)
"""At one number, the kind that says most is named: a gap at ours is what theirs has and ours lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The first number at which something is wrong, and what.

    Args:
        number: the message's number in its direction.
        kind: how.
        at: whose journal shows it by itself ("ours", "theirs"), or "" when only the comparison does.
    """

    number: int
    kind: DifferenceKind
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The verdict on one direction.

    Args:
        agree: nothing contradicts; a tail that is still under way does not.
        first_difference: the first one, or None when the chains are equal.
        same: how many numbers, from the first on, both hold with the same envelope.
    """

    agree: bool
    first_difference: Difference | None
    same: int


def compare(ours: Sequence[ChainLink], theirs: Sequence[ChainLink], *, we_sent: bool = True) -> Comparison:
    """Compare one direction's chain in two journals.

    Args:
        ours: our links of this direction, in any order (a message that overtook another was journalled first).
        theirs: theirs of the same direction.
        we_sent: whether this is our outgoing direction; what only the sender has at the end is under way, what only
            the receiver has is lost at the sender.
    """
    ours_by, theirs_by = _by_number(ours), _by_number(theirs)
    found = [
        difference
        for difference in (
            _first_fault(ours, "ours"),
            _first_fault(theirs, "theirs"),
            _first_contradiction(ours_by, theirs_by, we_sent=we_sent),
        )
        if difference is not None
    ]
    # A tail under way is no contradiction, so it must not hide one that comes after it.
    first = min(found, key=_weight, default=None)
    until = first.number if first else max(ours_by, default=0) + 1
    same = sum(1 for number in ours_by.keys() & theirs_by.keys() if number < until)
    agree = first is None or first.kind is DifferenceKind.TAIL_NOT_RECEIVED
    return Comparison(agree=agree, first_difference=first, same=same)


def check_chain(links: Sequence[ChainLink]) -> None:
    """Check that one journal's chain of a direction is whole by itself: from the first on, linked, without a fork.

    Raises:
        VerificationError: CHAIN-FORK, CHAIN-GAP or CHAIN-BROKEN, with the number.
    """
    fault = _first_fault(links, "")
    if fault is not None:
        raise VerificationError(_CODES[fault.kind], number=fault.number)


def check_braid(links: Iterable[ChainLink], other_direction: Iterable[ChainLink]) -> None:
    """Check that what each envelope says about the other direction is what the journal holds of that.

    Raises:
        VerificationError: CHAIN-PEER-LINK, with the number of the envelope that says otherwise.
    """
    others = {link.number: link.envelope_hash for link in other_direction}
    others_or_none: dict[int, bytes | None] = {0: None, **others}
    for link in sorted(links, key=_number):
        if link.peer_number not in others_or_none or others_or_none[link.peer_number] != link.peer_hash:
            raise VerificationError("CHAIN-PEER-LINK", number=link.number, peer_number=link.peer_number)


def _first_fault(links: Iterable[ChainLink], at: str) -> Difference | None:
    """Return the first thing wrong with a chain by itself."""
    number, last = FIRST_NUMBER - 1, None
    previous: ChainLink | None = None
    for link in sorted(links, key=_number):
        if link == previous:
            # The same envelope twice is a repeated delivery, not a fork.
            continue
        if link.number == number:
            return Difference(number=number, kind=DifferenceKind.FORK, at=at)
        if link.number != number + 1:
            return Difference(number=number + 1, kind=DifferenceKind.GAP, at=at)
        if link.prev_hash != last:
            return Difference(number=link.number, kind=DifferenceKind.BROKEN_LINK, at=at)
        number, last, previous = link.number, link.envelope_hash, link
    return None


def _first_contradiction(
    ours: Mapping[int, ChainLink], theirs: Mapping[int, ChainLink], *, we_sent: bool
) -> Difference | None:
    """Return the first number at which the two do not hold the same."""
    received_last = max(theirs if we_sent else ours, default=0)
    for number in sorted(ours.keys() | theirs.keys()):
        if number not in theirs:
            under_way = we_sent and number > received_last
            kind = DifferenceKind.TAIL_NOT_RECEIVED if under_way else DifferenceKind.MISSING_AT_THEIRS
        elif number not in ours:
            under_way = not we_sent and number > received_last
            kind = DifferenceKind.TAIL_NOT_RECEIVED if under_way else DifferenceKind.MISSING_AT_OURS
        elif ours[number] != theirs[number]:
            kind = DifferenceKind.DIFFERENT_ENVELOPE
        else:
            continue
        return Difference(number=number, kind=kind)
    return None


def _by_number(links: Iterable[ChainLink]) -> dict[int, ChainLink]:
    return {link.number: link for link in links}


def _number(link: ChainLink) -> int:
    return link.number


def _weight(difference: Difference) -> tuple[bool, int, int]:
    """Order differences: a real one before a tail, then by number, then by how much the kind says."""
    tail = difference.kind is DifferenceKind.TAIL_NOT_RECEIVED
    return tail, difference.number, _TELLING.index(difference.kind)

"""The braid: numbers and links of the two directions of a line.

Specified in docs/spec/braid.md. One machine judges both directions and knows no side: an auditor replays either journal
through it. ``judge`` says what an arriving number means; it never changes anything by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.errors import PeerError
from armslength.core.fieldmap import FieldReader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant

ZERO_HASH: Final = bytes(32)
"""Stands for "none" where a link names a predecessor."""

NUMBER_MAX: Final = 2**40
"""A line at a thousand messages a second for thirty years stays below."""

AHEAD_MAX: Final = 4_096
"""Numbers held beyond a gap; more is a flood, refused and sent again by an honest peer."""

_CODE = "BRAID-MALFORMED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The link map of a numbered record. Instants in microseconds UTC."""

    number: int
    previous: bytes
    accepted_number: int
    accepted_hash: bytes
    released_at: Instant
    charter: bytes

    def fields(self) -> dict[int, CborValue]:
        """Return the link map of docs/spec/braid.md."""
        return {
            1: self.number,
            2: self.previous,
            3: self.accepted_number,
            4: self.accepted_hash,
            5: self.released_at,
            6: self.charter,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """One direction of a line as one side holds it: the last number in order, its hash and release time, what is ahead.

    ``ahead`` maps a held number to (envelope hash, previous hash, released at).
    """

    number: int = 0
    hash: bytes = ZERO_HASH
    released_at: int = 0
    accepted_number: int = 0
    ahead: Mapping[int, tuple[bytes, bytes, int, int]]


class Place(StrEnum):
    """Where an arriving record stands in its direction."""

    IN_ORDER = "ACCEPTED"
    AHEAD = "AHEAD"
    REPEATED = "REPEATED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an arrival means: its place, the direction afterwards, numbers now in order, numbers missing."""

    place: Place
    direction: Direction
    now_in_order: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()


EMPTY: Final = Direction(ahead={})


def parse_link(fields: Mapping[int, CborValue]) -> Link:
    """Check the shape of a link map.

    Raises:
        PeerError: BRAID-MALFORMED.
    """
    read = FieldReader(fields, _CODE)
    return Link(
        number=read.integer(1, 1, NUMBER_MAX),
        previous=read.octets(2, 32),
        accepted_number=read.integer(3, 0, NUMBER_MAX),
        accepted_hash=read.octets(4, 32),
        released_at=read.instant(5),
        charter=read.octets(6, 32),
    )


def judge(
    direction: Direction,
    link: Link,
    envelope_hash: bytes,
    *,
    hash_at: Callable[[int], bytes | None],
    own_hash_at: Callable[[int], bytes | None],
    clock_tolerance_us: int,
) -> Judgement:
    """Judge an arriving numbered record against what is held.

    Args:
        direction: what is held of this direction.
        link: the record's link.
        envelope_hash: the record's envelope hash.
        hash_at: envelope hash accepted earlier at a number of this direction, or None.
        own_hash_at: envelope hash that the *receiver* sent at a number of the other direction, or None.
        clock_tolerance_us: how far release times may step back.

    Raises:
        PeerError: BRAID-FORK, BRAID-BACKDATED, BRAID-BACKWARD, BRAID-UNKNOWN-LINK, BRAID-AHEAD-LIMIT.
    """
    if link.number <= direction.number:
        if hash_at(link.number) == envelope_hash:
            return Judgement(place=Place.REPEATED, direction=direction)
        raise PeerError("BRAID-FORK", number=link.number)
    _check_accepted(link, own_hash_at)
    if link.number > direction.number + 1:
        return _hold(direction, link, envelope_hash)
    _check_next(direction, link, clock_tolerance_us)
    held = direction.ahead.get(link.number)
    if held is not None and held[0] != envelope_hash:
        raise PeerError("BRAID-FORK", number=link.number)
    return _advance(direction, link, envelope_hash, clock_tolerance_us)


def _check_accepted(link: Link, own_hash_at: Callable[[int], bytes | None]) -> None:
    expected = ZERO_HASH if link.accepted_number == 0 else own_hash_at(link.accepted_number)
    if expected is None or expected != link.accepted_hash:
        raise PeerError("BRAID-UNKNOWN-LINK", number=link.accepted_number)


def _check_next(direction: Direction, link: Link, clock_tolerance_us: int) -> None:
    if link.previous != direction.hash:
        raise PeerError("BRAID-FORK", number=link.number, because="names another predecessor")
    if link.released_at < direction.released_at - clock_tolerance_us:
        raise PeerError("BRAID-BACKDATED", number=link.number)
    if link.accepted_number < direction.accepted_number:
        raise PeerError("BRAID-BACKWARD", expected=direction.accepted_number, got=link.accepted_number)


def _hold(direction: Direction, link: Link, envelope_hash: bytes) -> Judgement:
    held = direction.ahead.get(link.number)
    if held is not None:
        if held[0] != envelope_hash:
            raise PeerError("BRAID-FORK", number=link.number)
        return Judgement(place=Place.REPEATED, direction=direction)
    if link.number > direction.number + AHEAD_MAX:
        raise PeerError("BRAID-AHEAD-LIMIT", limit=AHEAD_MAX, number=link.number)
    before, after = direction.ahead.get(link.number - 1), direction.ahead.get(link.number + 1)
    if (before is not None and before[0] != link.previous) or (after is not None and after[1] != envelope_hash):
        raise PeerError("BRAID-FORK", number=link.number, because="does not join what is held")
    entry = (envelope_hash, link.previous, int(link.released_at), link.accepted_number)
    ahead = {**direction.ahead, link.number: entry}
    return Judgement(
        place=Place.AHEAD,
        direction=replace(direction, ahead=ahead),
        missing=tuple(n for n in range(direction.number + 1, link.number) if n not in ahead),
    )


def _advance(direction: Direction, link: Link, envelope_hash: bytes, clock_tolerance_us: int) -> Judgement:
    number, last, released_at, accepted = link.number, envelope_hash, int(link.released_at), link.accepted_number
    if not direction.ahead:
        return Judgement(
            place=Place.IN_ORDER,
            direction=Direction(
                number=number, hash=last, released_at=released_at, accepted_number=accepted, ahead=direction.ahead
            ),
            now_in_order=(number,),
        )
    ahead = {n: held for n, held in direction.ahead.items() if n != number}
    in_order = [number]
    while number + 1 in ahead:
        held_hash, previous, held_at, held_accepted = ahead.pop(number + 1)
        if previous != last:
            raise PeerError("BRAID-FORK", number=number + 1, because="does not join what is held")
        if held_at < released_at - clock_tolerance_us:
            raise PeerError("BRAID-BACKDATED", number=number + 1)
        if held_accepted < accepted:
            raise PeerError("BRAID-BACKWARD", expected=accepted, got=held_accepted)
        number, last, released_at, accepted = number + 1, held_hash, held_at, held_accepted
        in_order.append(number)
    after = Direction(number=number, hash=last, released_at=released_at, accepted_number=accepted, ahead=ahead)
    return Judgement(
        place=Place.IN_ORDER,
        direction=after,
        now_in_order=tuple(in_order),
        missing=tuple(n for n in range(number + 1, max(ahead, default=0)) if n not in ahead),
    )


def missing_numbers(direction: Direction) -> tuple[int, ...]:
    """Return the numbers of a direction's gap, lowest first."""
    return tuple(n for n in range(direction.number + 1, max(direction.ahead, default=0)) if n not in direction.ahead)


def direction_value(direction: Direction) -> tuple[CborValue, ...]:
    """Return a direction as an encodable value (views)."""
    return (
        direction.number,
        direction.hash,
        direction.released_at,
        direction.accepted_number,
        dict(direction.ahead.items()),
    )


def direction_from_value(value: CborValue) -> Direction:
    """Return a direction from `direction_value`'s result, as our own views hold it."""
    number, last, released_at, accepted, ahead = cast("tuple[int, bytes, int, int, Any]", value)
    return Direction(number=number, hash=last, released_at=released_at, accepted_number=accepted, ahead=ahead)

"""Vectors of the braid: sequences of arrivals in one direction, and what the receiver must think of each."""

from __future__ import annotations

from typing import Any

from armslength.core import cbor
from armslength.line.braid import AHEAD_MAX, ZERO_HASH
from maker.cast import SECOND, START, seed
from maker.records import link
from maker.vector import OK, Vector

TOLERANCE_S = 120
Arrival = tuple[dict[int, Any], bytes]


def name_of(number: int) -> bytes:
    """Return the envelope hash of the sender's record of this number."""
    return ZERO_HASH if number == 0 else seed(f"record {number} of the sender")


def ours(number: int) -> bytes:
    """Return the envelope hash of the receiver's own record of this number."""
    return ZERO_HASH if number == 0 else seed(f"record {number} of the receiver")


def arrival(number: int, *, accepted: int = 0, **changes: Any) -> Arrival:  # noqa: ANN401 - field -> value
    """Return an honest arrival, with link fields changed as named (_2, _4 ...) or another envelope hash."""
    fields = link(number, name_of(number - 1), (accepted, ours(accepted)))
    envelope_hash = changes.pop("envelope_hash", name_of(number))
    return {**fields, **{int(name[1:]): value for name, value in changes.items()}}, envelope_hash


def _case(name: str, expect: str, what: str, arrivals: list[Arrival], places: str = "", order: int = 0) -> Vector:
    return Vector(
        name=f"braid/{name}",
        expect=expect,
        what=what,
        run="judge",
        values={"clock-tolerance-s": str(TOLERANCE_S)},
        octets={"sent": cbor.encode({n: ours(n) for n in (1, 2)}), "arrivals": cbor.encode(arrivals)},
        gives={"places": places, "in-order": str(order)} if expect == OK else {},
    )


def _good() -> list[Vector]:
    one, two, three, four = (arrival(n) for n in (1, 2, 3, 4))
    late = arrival(2, _5=START - (TOLERANCE_S - 2) * SECOND)
    return [
        _case("good-in-order", OK, "Three in their order.", [one, two, three], "ACCEPTED ACCEPTED ACCEPTED", 3),
        _case("good-repeated", OK, "The first comes again.", [one, two, one], "ACCEPTED ACCEPTED REPEATED", 2),
        _case("good-ahead", OK, "The third overtakes the second.", [one, three], "ACCEPTED AHEAD", 1),
        _case(
            "good-gap-closed",
            OK,
            "The second closes the gap.",
            [one, four, three, two],
            "ACCEPTED AHEAD AHEAD ACCEPTED",
            4,
        ),
        _case(
            "good-ahead-repeated",
            OK,
            "What is held ahead comes again.",
            [one, three, three],
            "ACCEPTED AHEAD REPEATED",
            1,
        ),
        _case(
            "good-accepted",
            OK,
            "It names records of ours that it had accepted.",
            [arrival(1, accepted=1), arrival(2, accepted=2)],
            "ACCEPTED ACCEPTED",
            2,
        ),
        _case(
            "good-clock-back",
            OK,
            "The sender's clock went back by less than the tolerance.",
            [one, late],
            "ACCEPTED ACCEPTED",
            2,
        ),
    ]


def _refused() -> list[Vector]:
    one, two, three = (arrival(n) for n in (1, 2, 3))
    other = seed("another record")
    back = START - (TOLERANCE_S + 1) * SECOND
    far = arrival(AHEAD_MAX + 2)
    return [
        _case("fork-number", "BRAID-FORK", "Another envelope under number 1.", [one, arrival(1, envelope_hash=other)]),
        _case("fork-previous", "BRAID-FORK", "The second names another first.", [one, arrival(2, _2=other)]),
        _case("fork-first", "BRAID-FORK", "The first names a predecessor.", [arrival(1, _2=other)]),
        _case(
            "fork-ahead",
            "BRAID-FORK",
            "Another envelope under a number that is held ahead.",
            [one, three, arrival(3, envelope_hash=other)],
        ),
        _case(
            "fork-held-join",
            "BRAID-FORK",
            "The third that is held does not name the second that comes.",
            [one, three, arrival(2, envelope_hash=other)],
        ),
        _case(
            "fork-held-neighbours",
            "BRAID-FORK",
            "Two that are held ahead do not join.",
            [one, arrival(4), arrival(3, envelope_hash=other)],
        ),
        _case(
            "unknown-link",
            "BRAID-UNKNOWN-LINK",
            "It names a third record of ours, and we sent two.",
            [arrival(1, accepted=3)],
        ),
        _case(
            "unknown-link-hash",
            "BRAID-UNKNOWN-LINK",
            "It names our first by another hash.",
            [arrival(1, accepted=1, _4=other)],
        ),
        _case("unknown-link-none", "BRAID-UNKNOWN-LINK", "It accepted none and names a hash.", [arrival(1, _4=other)]),
        _case(
            "backward",
            "BRAID-BACKWARD",
            "It had accepted two of ours, and now one.",
            [arrival(1, accepted=2), arrival(2, accepted=1)],
        ),
        _case(
            "backdated",
            "BRAID-BACKDATED",
            "Released before the one before it, by more than the tolerance.",
            [one, arrival(2, _5=back)],
        ),
        _case(
            "backdated-held",
            "BRAID-BACKDATED",
            "What was held is back-dated against what closes the gap.",
            [one, arrival(3, _5=back), two],
        ),
        _case("ahead-limit", "BRAID-AHEAD-LIMIT", "Further ahead than a receiver must hold.", [one, far]),
        _case("malformed-number", "BRAID-MALFORMED", "Number 0.", [arrival(1, _1=0)]),
        _case("malformed-hash", "BRAID-MALFORMED", "A previous hash of 31 bytes.", [arrival(1, _2=bytes(31))]),
        _case("malformed-time", "BRAID-MALFORMED", "Released before 1990.", [arrival(1, _5=0)]),
        _case(
            "malformed-missing",
            "BRAID-MALFORMED",
            "A link without charter.",
            [({n: v for n, v in one[0].items() if n != 6}, one[1])],
        ),
    ]


def vectors() -> list[Vector]:
    """Return the vectors of this area."""
    return [*_good(), *_refused()]

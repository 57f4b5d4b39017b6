from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import PeerError
from armslength.core.instants import Instant
from armslength.line import braid
from armslength.line.braid import AHEAD_MAX, EMPTY, NUMBER_MAX, ZERO_HASH, Direction, Judgement, Link, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLERANCE_US = 120_000_000
START = 1_668_942_000_000_000
OWN = {0: ZERO_HASH} | {n: sha256(f"ours {n}".encode()).digest() for n in range(1, 9)}

Record = tuple[Link, bytes]


def name(link: Link, salt: str = "") -> bytes:
    return sha256(f"{link}{salt}".encode()).digest()


def link_to(number: int, previous: bytes, *, accepted: int = 0, at: int | None = None) -> Link:
    return Link(
        number=number,
        previous=previous,
        accepted_number=accepted,
        accepted_hash=OWN.get(accepted, bytes([7]) * 32),
        released_at=Instant(START + number * 1_000_000 if at is None else at),
        charter=bytes(32),
    )


def chain(length: int, salt: str = "") -> list[Record]:
    found: list[Record] = []
    previous = ZERO_HASH
    for number in range(1, length + 1):
        link = link_to(number, previous, accepted=min(number // 2, 8))
        previous = name(link, salt)
        found.append((link, previous))
    return found


class Receiver:
    """One direction as a node holds it: what was judged good is remembered, what was refused is not."""

    def __init__(self) -> None:
        self.direction: Direction = EMPTY
        self.held: dict[int, bytes] = {}

    def take(self, record: Record) -> Judgement:
        link, envelope_hash = record
        judged = braid.judge(
            self.direction,
            link,
            envelope_hash,
            hash_at=self.held.get,
            own_hash_at=OWN.get,
            clock_tolerance_us=TOLERANCE_US,
        )
        self.direction = judged.direction
        if judged.place is not Place.REPEATED:
            self.held[link.number] = envelope_hash
        return judged


def after(records: Sequence[Record]) -> Receiver:
    receiver = Receiver()
    for record in records:
        receiver.take(record)
    return receiver


def refusal(receiver: Receiver, record: Record) -> str:
    before = receiver.direction
    with pytest.raises(PeerError) as caught:
        receiver.take(record)
    assert receiver.direction == before
    return caught.value.code


CHAIN = chain(8)
FORK = chain(8, "another account")

# --- the seven rules --------------------------------------------------------------------------------------------------


def test_rule_1_the_next_number_with_the_right_predecessor_is_accepted_in_order() -> None:
    receiver = Receiver()
    for record in CHAIN:
        judged = receiver.take(record)
        assert (judged.place, judged.now_in_order, judged.missing) == (Place.IN_ORDER, (record[0].number,), ())
    assert (receiver.direction.number, receiver.direction.hash) == (8, CHAIN[-1][1])


def test_rule_1_what_was_held_and_now_follows_is_accepted_in_turn() -> None:
    receiver = after([CHAIN[0], CHAIN[2], CHAIN[3], CHAIN[6]])
    judged = receiver.take(CHAIN[1])
    assert (judged.place, judged.now_in_order, judged.missing) == (Place.IN_ORDER, (2, 3, 4), (5, 6))


def test_rule_2_the_next_number_with_another_predecessor_is_a_fork() -> None:
    assert refusal(after(CHAIN[:3]), FORK[3]) == "BRAID-FORK"
    assert refusal(Receiver(), (link_to(1, bytes([1]) * 32), b"x" * 32)) == "BRAID-FORK"


def test_rule_3_a_number_that_overtakes_is_held_and_the_gap_is_named() -> None:
    receiver = after(CHAIN[:2])
    judged = receiver.take(CHAIN[5])
    assert (judged.place, judged.now_in_order, judged.missing) == (Place.AHEAD, (), (3, 4, 5))
    assert receiver.direction.number == 2
    assert receiver.take(CHAIN[3]).missing == (3,)
    assert braid.missing_numbers(receiver.direction) == (3, 5)


def test_rule_3_what_overtakes_too_far_is_refused() -> None:
    far = link_to(AHEAD_MAX + 1, bytes([5]) * 32)
    assert refusal(Receiver(), (far, name(far))) == "BRAID-AHEAD-LIMIT"
    near = link_to(AHEAD_MAX, bytes([5]) * 32)
    assert Receiver().take((near, name(near))).place is Place.AHEAD


@pytest.mark.parametrize("number", [1, 3, 5])
def test_rule_4_the_same_envelope_again_is_repeated_and_changes_nothing(number: int) -> None:
    receiver = after([*CHAIN[:3], CHAIN[4]])
    before = receiver.direction
    judged = receiver.take(CHAIN[number - 1])
    assert (judged.place, judged.direction) == (Place.REPEATED, before)


@pytest.mark.parametrize("number", [1, 3, 5])
def test_rule_4_another_envelope_at_a_number_accepted_or_held_is_a_fork(number: int) -> None:
    assert refusal(after([*CHAIN[:3], CHAIN[4]]), FORK[number - 1]) == "BRAID-FORK"


@pytest.mark.parametrize("accepted", [9, 2**39])
def test_rule_5_a_number_of_ours_that_we_never_sent_is_refused(accepted: int) -> None:
    link = link_to(4, CHAIN[2][1], accepted=accepted)
    assert refusal(after(CHAIN[:3]), (link, name(link))) == "BRAID-UNKNOWN-LINK"


@pytest.mark.parametrize("accepted", [0, 1, 3])
def test_rule_5_another_hash_at_a_number_of_ours_is_refused(accepted: int) -> None:
    link = replace(link_to(4, CHAIN[2][1], accepted=accepted), accepted_hash=bytes([9]) * 32)
    assert refusal(after(CHAIN[:3]), (link, name(link))) == "BRAID-UNKNOWN-LINK"
    ahead = replace(link_to(6, bytes([1]) * 32, accepted=accepted), accepted_hash=bytes([9]) * 32)
    assert refusal(after(CHAIN[:3]), (ahead, name(ahead))) == "BRAID-UNKNOWN-LINK"


def test_rule_5_the_number_accepted_from_us_does_not_go_back() -> None:
    receiver = after(CHAIN[:5])
    link = link_to(6, CHAIN[4][1], accepted=1)
    assert refusal(receiver, (link, name(link))) == "BRAID-BACKWARD"


def test_rule_5_holds_for_what_was_held_when_the_gap_closes() -> None:
    first, second = CHAIN[3], link_to(5, CHAIN[3][1], accepted=1)
    receiver = after([*CHAIN[:3], (second, name(second))])
    assert refusal(receiver, first) == "BRAID-BACKWARD"


@pytest.mark.parametrize(
    ("case", "back_us", "refused"),
    [("within the tolerance", TOLERANCE_US, False), ("a microsecond more", TOLERANCE_US + 1, True)],
)
def test_rule_7_a_release_before_the_one_before_it_is_back_dated(case: str, back_us: int, refused: bool) -> None:
    receiver = after(CHAIN[:3])
    link = link_to(4, CHAIN[2][1], accepted=2, at=int(CHAIN[2][0].released_at) - back_us)
    if refused:
        assert refusal(receiver, (link, name(link))) == "BRAID-BACKDATED", case
    else:
        assert receiver.take((link, name(link))).place is Place.IN_ORDER, case


def test_rule_7_holds_for_what_was_held_when_the_gap_closes() -> None:
    late = link_to(5, CHAIN[3][1], accepted=2, at=int(CHAIN[3][0].released_at) - TOLERANCE_US - 1)
    assert refusal(after([*CHAIN[:3], (late, name(late))]), CHAIN[3]) == "BRAID-BACKDATED"


@pytest.mark.parametrize("years", [-20, 20])
def test_rule_7_a_clock_that_differs_from_ours_is_no_reason_to_refuse(years: int) -> None:
    link = link_to(1, ZERO_HASH, at=START + years * 31_557_600_000_000)
    assert Receiver().take((link, name(link))).place is Place.IN_ORDER


# --- any order --------------------------------------------------------------------------------------------------------

LONG = chain(12)


@given(order=st.permutations(LONG), repeated=st.lists(st.sampled_from(LONG), max_size=12), seed=st.randoms())
def test_any_order_of_delivery_ends_in_the_same_direction(
    order: list[Record], repeated: list[Record], seed: Any
) -> None:
    mail = [*order, *repeated]
    seed.shuffle(mail)
    receiver = after(mail)
    assert receiver.direction == after(LONG).direction
    assert receiver.held == {link.number: envelope_hash for link, envelope_hash in LONG}
    assert braid.missing_numbers(receiver.direction) == ()


@given(
    point=st.integers(0, 11),
    order=st.permutations(range(12)),
    lie_first=st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_a_fork_is_always_caught_whatever_the_order(point: int, order: list[int], lie_first: list[bool]) -> None:
    lie = list(LONG[:point])
    previous = LONG[point - 1][1] if point else ZERO_HASH
    for honest, _ in LONG[point:]:
        link = replace(honest, previous=previous)
        previous = name(link, "another account")
        lie.append((link, previous))
    caught: list[str] = []
    receiver = Receiver()
    for at in order:
        for record in (lie[at], LONG[at]) if lie_first[at] else (LONG[at], lie[at]):
            try:
                receiver.take(record)
            except PeerError as error:
                caught.append(error.code)
    assert caught
    assert set(caught) == {"BRAID-FORK"}
    # Both accounts were shown; at most one stands at each number, and what stands is one chain.
    for number in range(2, receiver.direction.number + 1):
        links = {h: link for link, h in (*LONG, *lie)}
        assert links[receiver.held[number]].previous == receiver.held[number - 1]


@given(order=st.permutations(LONG), count=st.integers(0, 12))
def test_a_direction_survives_its_view(order: list[Record], count: int) -> None:
    direction = after(order[:count]).direction
    assert braid.direction_from_value(braid.direction_value(direction)) == direction


# --- shape ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (1, 0),
        (1, NUMBER_MAX + 1),
        (1, "1"),
        (2, bytes(31)),
        (3, -1),
        (3, None),
        (4, "x"),
        (5, 0),
        (5, 2**63),
        (6, bytes(33)),
    ],
)
def test_a_link_of_another_shape_is_refused(number: int, value: Any) -> None:
    good = CHAIN[4][0].fields()
    assert braid.parse_link(good) == CHAIN[4][0]
    with pytest.raises(PeerError, match="BRAID-MALFORMED"):
        braid.parse_link({**good, number: value})
    with pytest.raises(PeerError, match="BRAID-MALFORMED"):
        braid.parse_link({n: v for n, v in good.items() if n != number})

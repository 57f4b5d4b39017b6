from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import VerificationError
from armslength.journal.compare import (
    ChainLink,
    Comparison,
    Difference,
    DifferenceKind,
    check_braid,
    check_chain,
    compare,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = DifferenceKind


def envelope(number: int, text: str = "") -> bytes:
    return sha256(f"{number}{text}".encode()).digest()


def link(number: int, text: str = "", previous: str = "") -> ChainLink:
    before = envelope(number - 1, previous) if number > 1 else None
    return ChainLink(
        number=number, envelope_hash=envelope(number, text), prev_hash=before, peer_number=0, peer_hash=None
    )


def chain(*numbers: int) -> list[ChainLink]:
    return [link(number) for number in numbers]


def upto(last: int) -> list[ChainLink]:
    return chain(*range(1, last + 1))


def swapped(links: list[ChainLink], number: int, **fields: object) -> list[ChainLink]:
    return [replace(one, **fields) if one.number == number else one for one in links]  # type: ignore[arg-type]


CASES: dict[str, tuple[list[ChainLink], list[ChainLink], Difference | None, bool]] = {
    "both empty": ([], [], None, True),
    "equal": (upto(5), upto(5), None, True),
    "equal, journalled in another order": (upto(5), chain(1, 2, 4, 3, 5), None, True),
    "one delivered twice": (upto(5), chain(1, 2, 3, 3, 4, 5), None, True),
    "the last two under way": (upto(5), upto(3), Difference(number=4, kind=Kind.TAIL_NOT_RECEIVED), True),
    "all under way": (upto(2), [], Difference(number=1, kind=Kind.TAIL_NOT_RECEIVED), True),
    "missing at theirs": (upto(5), chain(1, 2, 4, 5), Difference(number=3, kind=Kind.MISSING_AT_THEIRS), False),
    "first missing at theirs": (upto(3), chain(2, 3), Difference(number=1, kind=Kind.MISSING_AT_THEIRS), False),
    "missing at ours": (chain(1, 2, 4, 5), upto(5), Difference(number=3, kind=Kind.MISSING_AT_OURS), False),
    "our tail is lost": (upto(3), upto(5), Difference(number=4, kind=Kind.MISSING_AT_OURS), False),
    "missing at both": (chain(1, 2, 4), chain(1, 2, 4), Difference(number=3, kind=Kind.GAP, at="ours"), False),
    "different envelope": (
        upto(5),
        swapped(upto(5), 3, envelope_hash=envelope(3, "x")),
        Difference(number=3, kind=Kind.DIFFERENT_ENVELOPE),
        False,
    ),
    "different last envelope": (
        upto(5),
        swapped(upto(5), 5, envelope_hash=envelope(5, "x")),
        Difference(number=5, kind=Kind.DIFFERENT_ENVELOPE),
        False,
    ),
    "another branch from 3 on": (
        upto(5),
        [*upto(2), link(3, "x"), link(4, "x", "x"), link(5, "x", "x")],
        Difference(number=3, kind=Kind.DIFFERENT_ENVELOPE),
        False,
    ),
    "same envelope, its link told differently": (
        upto(5),
        swapped(upto(5), 4, prev_hash=envelope(9)),
        Difference(number=4, kind=Kind.DIFFERENT_ENVELOPE),
        False,
    ),
    "both hold the same broken link": (
        swapped(upto(5), 4, prev_hash=envelope(9)),
        swapped(upto(5), 4, prev_hash=envelope(9)),
        Difference(number=4, kind=Kind.BROKEN_LINK, at="ours"),
        False,
    ),
    "first one names a predecessor": (
        swapped(upto(2), 1, prev_hash=envelope(0)),
        swapped(upto(2), 1, prev_hash=envelope(0)),
        Difference(number=1, kind=Kind.BROKEN_LINK, at="ours"),
        False,
    ),
    "two under one number at theirs": (
        upto(4),
        [*upto(4), link(3, "x")],
        Difference(number=3, kind=Kind.FORK, at="theirs"),
        False,
    ),
    "a broken link in the tail is not hidden by the tail": (
        swapped(upto(5), 5, prev_hash=envelope(9)),
        upto(3),
        Difference(number=5, kind=Kind.BROKEN_LINK, at="ours"),
        False,
    ),
    "a gap in the tail is not hidden by the tail": (
        chain(1, 2, 3, 5),
        upto(2),
        Difference(number=4, kind=Kind.GAP, at="ours"),
        False,
    ),
    "number 0": (chain(0, 1), chain(1), Difference(number=0, kind=Kind.FORK, at="ours"), False),
}


@pytest.mark.parametrize("name", CASES)
def test_outgoing(name: str) -> None:
    ours, theirs, difference, agree = CASES[name]
    got = compare(ours, theirs)
    assert (got.first_difference, got.agree) == (difference, agree)


MIRROR = {
    Kind.MISSING_AT_OURS: Kind.MISSING_AT_THEIRS,
    Kind.MISSING_AT_THEIRS: Kind.MISSING_AT_OURS,
}


@pytest.mark.parametrize("name", CASES)
def test_the_other_party_finds_the_same_in_its_own_words(name: str) -> None:
    sent, received, difference, agree = CASES[name]
    got = compare(received, sent, we_sent=False)
    assert got.agree is agree
    if difference is None:
        assert got.first_difference is None
    else:
        assert got.first_difference is not None
        assert got.first_difference.number == difference.number
        assert got.first_difference.kind is MIRROR.get(difference.kind, difference.kind)


def test_it_says_how_many_are_the_same() -> None:
    assert compare(upto(5), upto(5)) == Comparison(agree=True, first_difference=None, same=5)
    assert compare(upto(5), upto(3)).same == 3
    assert compare(upto(5), swapped(upto(5), 3, envelope_hash=bytes(32))).same == 2


@given(st.integers(2, 30), st.data())
def test_any_one_change_of_what_was_received_is_found_at_its_number(last: int, data: st.DataObject) -> None:
    ours = upto(last)
    number = data.draw(st.integers(1, last - 1))
    change: Callable[[list[ChainLink]], list[ChainLink]] = data.draw(
        st.sampled_from(
            [
                lambda links: [one for one in links if one.number != number],
                lambda links: swapped(links, number, envelope_hash=bytes(32)),
                lambda links: swapped(links, number, prev_hash=bytes(32)),
                lambda links: swapped(links, number, peer_number=7),
                lambda links: swapped(links, number, peer_hash=bytes(32)),
            ]
        )
    )
    theirs = data.draw(st.permutations(change(upto(last))))
    got = compare(ours, theirs)
    assert not got.agree
    assert got.first_difference is not None
    assert got.first_difference.number == number
    assert got.same == number - 1


CHAIN_FAULTS = {
    "gap": (chain(1, 2, 4), "CHAIN-GAP", 3),
    "first missing": (chain(2, 3), "CHAIN-GAP", 1),
    "broken": (swapped(upto(3), 2, prev_hash=bytes(32)), "CHAIN-BROKEN", 2),
    "replaced, so that the next does not fit": (swapped(upto(3), 2, envelope_hash=bytes(32)), "CHAIN-BROKEN", 3),
    "fork": ([*upto(3), link(2, "x")], "CHAIN-FORK", 2),
}


@pytest.mark.parametrize("name", CHAIN_FAULTS)
def test_a_chain_that_is_not_whole(name: str) -> None:
    links, code, number = CHAIN_FAULTS[name]
    with pytest.raises(VerificationError) as error:
        check_chain(links)
    assert (error.value.code, error.value.details["number"]) == (code, number)


def test_whole_chains() -> None:
    check_chain([])
    check_chain(upto(9))
    check_chain(chain(3, 1, 2, 2))


def test_the_braid_names_what_the_other_direction_holds() -> None:
    other = upto(3)
    mine = swapped(swapped(upto(4), 3, peer_number=2, peer_hash=envelope(2)), 4, peer_number=3, peer_hash=envelope(3))
    check_braid(mine, other)
    for wrong in (
        swapped(mine, 3, peer_hash=envelope(3)),
        swapped(mine, 3, peer_hash=None),
        swapped(mine, 3, peer_number=9),
        swapped(mine, 3, peer_number=0),
    ):
        with pytest.raises(VerificationError) as error:
            check_braid(wrong, other)
        assert (error.value.code, error.value.details["number"]) == ("CHAIN-PEER-LINK", 3)

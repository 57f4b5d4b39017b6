"""What of a case cannot both hold: contacts, decisions and accounts, each pair once, in whatever order they came."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.channels.cases_accounts import Account
from armslength.channels.cases_contradictions import NotUsed, Spoken, contradictions
from armslength.core.instants import Instant

T = 1_678_773_780_000_000
HOUR = 3600 * 1_000_000
SPOKEN = Spoken(
    reference="CT-2023-000001",
    channel="eucom-ndmc",
    outcome="REACHED",
    initiated_by="US",
    from_at=Instant(T),
    until_at=Instant(T + HOUR),
)
UNUSED = NotUsed(reference="D-2023-000001", channel="eucom-ndmc", from_at=Instant(T), until_at=Instant(T))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, True),
        ({"outcome": "NO-ANSWER"}, False),
        ({"channel": "cjcs-cgs"}, False),
        ({"from_at": Instant(T + 1), "until_at": Instant(T + HOUR)}, False),
    ],
)
def test_reached_and_not_used_at_one_time(changes: dict[str, object], found: bool) -> None:
    spoken = replace(SPOKEN, **changes)  # type: ignore[arg-type]  # fields of a contact, by name
    result = contradictions((), (spoken,), (UNUSED,))
    assert [one.pair for one in result] == ([("CT-2023-000001", "D-2023-000001")] if found else [])


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"initiated_by": "RU"}, True),
        ({"initiated_by": ""}, False),
        ({"initiated_by": "RU", "channel": "cjcs-cgs"}, False),
        ({"initiated_by": "RU", "from_at": Instant(T + 2 * HOUR), "until_at": Instant(T + 3 * HOUR)}, False),
    ],
)
def test_two_records_of_one_contact_begun_by_two(changes: dict[str, object], found: bool) -> None:
    other = replace(SPOKEN, reference="CT-2023-000002", **changes)  # type: ignore[arg-type]  # as above
    assert bool(contradictions((), (SPOKEN, other))) is found


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.booleans()), max_size=8), st.randoms(use_true_random=False))
def test_each_pair_is_found_once_in_any_order(given_: list[tuple[str, bool]], random: object) -> None:
    accounts = [
        Account(number=number, source=source, question="used", about="", answer=used, says="x")
        for number, (source, used) in enumerate(given_, start=1)
    ]
    found = contradictions(accounts)
    shuffled = list(accounts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's Random
    assert {one.pair for one in contradictions(shuffled)} == {one.pair for one in found}
    assert len({one.pair for one in found}) == len(found)
    yes = sum(used for _, used in given_)
    assert len(found) == yes * (len(given_) - yes)

"""Decisions: a record of before there were numbers is read as ever, a new one says what a later reader asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.channels.counting import ProofClass
from armslength.channels.decisions import FIELD_NAMES, Decision, check_whole, decision_body, decision_from_body
from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339

AT = parse_rfc3339("2022-11-15T23:00:00Z")
OLD = {20: "send it", 21: ("send", "wait"), 22: "send", 23: "two sources", 24: "", 25: AT}
FULL = Decision(
    what="whether to use the line",
    options=("use it", "do not use the channel"),
    chosen="do not use the channel",
    reason="it would say that it was theirs",
    information="two accounts",
    at=AT,
    number="D-2022-000001",
    channel="eucom-ndmc",
    concern="C-2022-0001",
    case="CASE-2022-000001",
    not_used=True,
    taken_from=Instant(AT - 60),
    taken_until=AT,
    decided_by="the principal",
    proof=ProofClass.REPORTED,
    sources=("a newspaper",),
    evidence=("R-1",),
    subject="missile",
)


def test_an_old_record_is_read_and_a_new_one_comes_back() -> None:
    old = decision_from_body({5: "us-watch-1", **OLD})
    assert (old.what, old.information, old.number, old.proof) == ("send it", "", "", ProofClass.ATTESTED)
    assert (old.began_at, old.ended_at) == (AT, AT)
    assert decision_body(replace(old, proof=ProofClass.ATTESTED)) == {**OLD, 34: "ATTESTED"}
    assert set(decision_body(FULL)) == set(FIELD_NAMES)
    assert decision_from_body(decision_body(FULL)) == FULL
    assert (FULL.began_at, FULL.ended_at) == (AT - 60, AT)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "7"},
        {"channel": "Red Telephone"},
        {"not_used": True, "channel": ""},
        {"proof": ProofClass.SIGNED},
        {"sources": ()},
        {"taken_until": None},
        {"taken_until": Instant(AT - 61)},
        {"options": ("",)},
        {"evidence": ("x" * 501,)},
        {"decided_by": "x" * 129},
    ],
    ids=str,
)
def test_a_decision_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(LocalError, match="DECISION-VALUE"):
        replace(FULL, **change)


@pytest.mark.parametrize(
    "change", [{"what": " "}, {"reason": ""}, {"information": ""}, {"number": ""}, {"chosen": "x"}]
)
def test_a_new_decision_says_it_whole(change: dict[str, Any]) -> None:
    check_whole(FULL)
    with pytest.raises(LocalError, match="DECISION-VALUE"):
        check_whole(replace(FULL, **change))


VALUES = st.none() | st.booleans() | st.integers(-5, 2**64) | st.text(max_size=5) | st.binary(max_size=33)


@given(number=st.sampled_from([*FIELD_NAMES, 38]), value=VALUES | st.lists(VALUES, max_size=2).map(tuple))
def test_a_record_from_outside_is_a_decision_or_a_typed_refusal(number: int, value: Any) -> None:
    try:
        one = decision_from_body({**decision_body(FULL), number: value})
    except LocalError:
        return
    assert decision_from_body(decision_body(one)) == one

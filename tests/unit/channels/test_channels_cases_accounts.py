"""Accounts: what can be compared is, what cannot is left to people, and what is no answer is refused."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.channels.cases_accounts import (
    COUNT_MAX,
    QUESTIONS,
    Account,
    Answer,
    account_from_value,
    account_value,
    answer_text,
    differs,
)
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import Instant
from armslength.core.places import Place

T = 1_678_773_780_000_000
HOUR = 3600 * 1_000_000


def account(question: str, answer: Answer, source: str = "A", about: str = "") -> Account:
    return Account(number=1, source=source, question=question, about=about, answer=answer, says="as said")


def place(lat_e7: int, precision_m: int) -> Place:
    return Place(lat_e7=lat_e7, lon_e7=330_000_000, precision_m=precision_m)


def span(first: int, last: int) -> tuple[Instant, Instant]:
    return Instant(T + first * HOUR), Instant(T + last * HOUR)


@pytest.mark.parametrize(
    ("question", "ours", "theirs", "says"),
    [
        ("initiated-by", "US", "US", ""),
        ("initiated-by", "US", "RU", "US / RU"),
        ("used", True, False, "yes / no"),
        ("ours", False, False, ""),
        ("count", 12, 20, "12 / 20"),
        ("time", span(0, 2), span(2, 3), ""),
        ("time", span(0, 1), span(2, 3), "2023-03-14T06:03:00Z to 2023-03-14T07:03:00Z / "),
        ("place", place(450_000_000, 5_000), place(450_800_000, 5_000), ""),
        ("place", place(450_000_000, 100), place(450_800_000, 100), "8891 m apart"),
        ("read-out", ("the zone", "safety"), ("Safety", "the  zone"), ""),
        ("read-out", ("the zone",), ("safety",), "only A: the zone; only B: safety"),
        ("read-out", ("the zone",), ("safety", "the zone"), "only B: safety"),
        ("said", None, None, ""),
        ("law", None, None, ""),
    ],
)
def test_what_cannot_both_hold(question: str, ours: Answer, theirs: Answer, says: str) -> None:
    found = differs(account(question, ours), account(question, theirs, "B"))
    assert found.startswith(says)
    assert bool(found) is bool(says)


def test_another_question_or_another_matter_is_no_contradiction() -> None:
    assert differs(account("used", True), account("happened", False)) == ""
    assert differs(account("used", True, about="CT-1"), account("used", False, about="CT-2")) == ""
    assert differs(account("used", True, about="The Dam"), account("used", False, about="the dam")) == "yes / no"


ANSWERS: dict[str, st.SearchStrategy[Answer]] = {
    "initiated-by": st.sampled_from(("US", "RU", "NDMC")),
    "used": st.booleans(),
    "count": st.integers(0, COUNT_MAX),
    "time": st.tuples(st.integers(0, 9), st.integers(10, 19)).map(lambda pair: span(*pair)),
    "place": st.tuples(st.integers(0, 800_000_000), st.integers(1, 100_000)).map(lambda pair: place(*pair)),
    "read-out": st.lists(st.sampled_from(("a", "b", "c")), min_size=1, max_size=3).map(tuple),
    "said": st.none(),
}


@given(st.data())
def test_an_account_comes_back_as_it_was_and_differs_from_itself_in_nothing(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(sorted(ANSWERS)))
    one = account(question, data.draw(ANSWERS[question]))
    assert account_from_value(account_value(one)) == one
    assert differs(one, one) == ""
    assert (answer_text(one.answer) == "") is (one.answer is None)


@given(st.data())
def test_a_contradiction_is_one_from_either_side(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(sorted(ANSWERS)))
    first, second = (account(question, data.draw(ANSWERS[question]), source) for source in "AB")
    assert bool(differs(first, second)) is bool(differs(second, first))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=11).map(tuple),
    max_leaves=20,
)


@given(JUNK)
def test_what_is_no_account_is_refused_with_a_code(value: Any) -> None:
    with pytest.raises(ArmslengthError):
        account_from_value(value)


@given(st.sampled_from(sorted(QUESTIONS)), JUNK)
def test_an_answer_of_another_kind_is_refused_with_a_code(question: str, answer: Any) -> None:
    # Some junk is an answer; whatever is not leaves as an error of the house, and as no other.
    with suppress(ArmslengthError):
        held = account_from_value((1, "A", question, "", answer, "x", "", None, "", None))
        assert account_value(held)[4] == answer  # type: ignore[index]  # an account is a row


@pytest.mark.parametrize(
    ("source", "question", "says"),
    [("", "said", "x"), ("A", "said", " "), ("A", "rumour", "x"), ("A" * 1025, "said", "x")],
)
def test_an_account_has_a_source_a_question_and_words(source: str, question: str, says: str) -> None:
    with pytest.raises(LocalError):
        Account(number=0, source=source, question=question, about="", answer=None, says=says)

"""What people write: a day stands for the day, a month for the month, and nothing unknown is let in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.channels.plain import Plain, span_of
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import Instant, parse_rfc3339

KNOWN = ("text", "number", "flag", "list", "when")


def read(**given: Any) -> Plain:
    return Plain(given, "LADDER-VALUE", KNOWN, "thing")


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2022", "2022-01-01T00:00:00Z", "2023-01-01T00:00:00Z"),
        ("2022-12", "2022-12-01T00:00:00Z", "2023-01-01T00:00:00Z"),
        ("2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"),
        ("2022-12-31", "2022-12-31T00:00:00Z", "2023-01-01T00:00:00Z"),
    ],
)
def test_a_date_stands_for_all_of_its_time(text: str, first: str, after: str) -> None:
    assert span_of(text) == (parse_rfc3339(first), Instant(parse_rfc3339(after) - 1))
    assert read(when=text).after("when") == parse_rfc3339(after)


@pytest.mark.parametrize("text", ["2022-11-20T09:15:00Z", "200915Z NOV 22"])
def test_an_instant_stands_for_itself(text: str) -> None:
    at = parse_rfc3339("2022-11-20T09:15:00Z")
    assert span_of(text) == (at, at)
    assert (read(when=text).first("when"), read(when=text).after("when")) == (at, at)


@pytest.mark.parametrize("text", ["2023-02-29", "2022-13", "9999", "0000", "1969", "today", "2022-11-20T09:15:00"])
def test_no_time_is_refused(text: str) -> None:
    with pytest.raises(LocalError, match="TIME-"):
        span_of(text)


@pytest.mark.parametrize(
    ("given_", "ask"),
    [
        ({"text": 1}, lambda one: one.text("text")),
        ({"number": "1"}, lambda one: one.number("number")),
        ({"number": True}, lambda one: one.number("number")),
        ({}, lambda one: one.number("number")),
        ({"flag": 1}, lambda one: one.flag("flag")),
        ({"list": "abc"}, lambda one: one.items("list")),
        ({"list": [1]}, lambda one: one.texts("list")),
        ({"list": [1]}, lambda one: one.rows("list", ())),
        ({"list": ["a"] * 1025}, lambda one: one.items("list")),
    ],
)
def test_what_is_of_another_type_is_refused(given_: dict[str, Any], ask: Any) -> None:
    with pytest.raises(LocalError, match="LADDER-VALUE"):
        ask(read(**given_))


def test_unknown_names_and_things_that_are_no_object_are_refused() -> None:
    with pytest.raises(LocalError, match="thing: colour"):
        read(colour="red")
    with pytest.raises(LocalError, match="LADDER-VALUE"):
        Plain([1], "LADDER-VALUE", KNOWN, "thing")


def test_what_was_not_given_is_empty() -> None:
    one = read()
    assert (one.text("text"), one.texts("list"), one.first("when"), one.last("when")) == ("", (), None, None)
    assert (one.flag("flag"), one.number("number", 3), one.has("text")) == (False, 3, False)


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_a_typed_error(text: str) -> None:
    try:
        first, last = span_of(text)
    except ArmslengthError:
        return
    assert first <= last

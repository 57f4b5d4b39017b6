"""Right to left: known by the tag, and no mark of it in any text that is hashed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.text import is_invisible
from armslength.language.direction import ISOLATE, POP, direction, isolated, unmarked


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("en", "ltr"),
        ("ru", "ltr"),
        ("uk-UA", "ltr"),
        ("ar", "rtl"),
        ("AR-eg", "rtl"),
        ("fa", "rtl"),
        ("he", "rtl"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("ks-Deva", "ltr"),
        ("x", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_tag_says_which_way_its_language_is_written(tag: str, way: str) -> None:
    assert direction(tag) == way


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("حتى 2022-11-20 14:30Z وبعد", ["2022-11-20 14:30Z"]),
        ("في 47.51220N 34.58580E.", ["47.51220N 34.58580E"]),
        ('"EUCOM 5" في 12', ["EUCOM 5", "12"]),
        ("010 / 012", ["010 / 012"]),
        ("-5 درجة", ["-5"]),
        ("حتى", []),
        ("А 1\nБ 2", ["А 1", "Б 2"]),
    ],
)
def test_dates_places_and_codes_keep_their_order_in_a_right_to_left_line(text: str, runs: list[str]) -> None:
    marked = isolated(text, "ar")
    assert [part.split(POP)[0] for part in marked.split(ISOLATE)[1:]] == runs
    assert unmarked(marked) == text
    assert isolated(text, "ru") == text


@given(st.text(st.sampled_from('ab1 -.:Zابج\n",;()/'), max_size=40))
def test_marks_are_paired_never_nested_and_taken_out_again(text: str) -> None:
    marked = isolated(text, "ar")
    depth = 0
    for char in marked:
        depth += (char == ISOLATE) - (char == POP)
        assert depth in (0, 1)
        assert depth == 0 or char != "\n"
    assert depth == 0
    assert unmarked(marked) == text
    assert is_invisible(ISOLATE)

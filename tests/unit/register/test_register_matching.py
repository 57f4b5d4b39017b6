"""Inside, possibly, outside: the doubt about a place decides, and the middle of it never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.register.matching import Answer, answer_for


@pytest.mark.parametrize(
    ("distance_m", "doubt_m", "answer"),
    [
        (0.0, 0, Answer.INSIDE),
        (5000.0, 0, Answer.INSIDE),
        (5000.001, 0, Answer.OUTSIDE),
        (4000.0, 1000, Answer.INSIDE),
        (4000.001, 1000, Answer.POSSIBLY),
        (6000.0, 1000, Answer.POSSIBLY),
        (6000.001, 1000, Answer.OUTSIDE),
        (0.0, 5001, Answer.POSSIBLY),
        (55_000.0, 60_000, Answer.POSSIBLY),
    ],
)
def test_the_edge_belongs_to_the_ring(distance_m: float, doubt_m: int, answer: Answer) -> None:
    assert answer_for(distance_m, doubt_m, 5000) is answer


@given(distance=st.integers(0, 200_000), doubt=st.integers(0, 40_000), shift=st.integers(-40_000, 40_000))
def test_wherever_the_true_place_is_within_the_doubt_it_never_contradicts_the_answer(
    distance: int, doubt: int, shift: int
) -> None:
    true_m = abs(distance + max(-doubt, min(doubt, shift)))
    answer = answer_for(float(distance), doubt, 30_000)
    assert answer is not Answer.INSIDE or true_m <= 30_000
    assert answer is not Answer.OUTSIDE or true_m > 30_000


@given(distance=st.integers(0, 200_000), doubt=st.integers(0, 40_000), radius=st.integers(1, 100_000))
def test_a_wider_ring_never_answers_less(distance: int, doubt: int, radius: int) -> None:
    order = [Answer.OUTSIDE, Answer.POSSIBLY, Answer.INSIDE]
    narrow, wide = (answer_for(float(distance), doubt, metres) for metres in (radius, radius + 5_000))
    assert order.index(narrow) <= order.index(wide)

"""A place is told no more precisely than was chosen, on both axes and in every digit."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import LocalError
from armslength.core.places import Place, degrees_text, distance_m
from armslength.register.disclosing import PRECISION_M_MAX, coarsened

ZNPP = Place(lat_e7=475_122_345, lon_e7=345_858_765, precision_m=10)


@pytest.mark.parametrize(
    ("precision_m", "expected", "text"),
    [
        (10, (475_122_000, 345_858_000), "47.5122N 34.5858E"),
        (500, (475_100_000, 345_900_000), "47.510N 34.590E"),
        (1_000, (475_100_000, 345_800_000), "47.51N 34.58E"),
        (10_000, (475_000_000, 346_000_000), "47.5N 34.6E"),
    ],
)
def test_a_place_as_it_is_told(precision_m: int, expected: tuple[int, int], text: str) -> None:
    told = coarsened(ZNPP, precision_m)
    assert (told.lat_e7, told.lon_e7) == expected
    assert degrees_text(told) == text
    assert told.precision_m >= precision_m


@given(
    lat=st.integers(-89 * 10**7, 89 * 10**7),
    lon=st.integers(-180 * 10**7, 180 * 10**7),
    precision_m=st.integers(1, PRECISION_M_MAX),
)
def test_no_place_is_told_finer_than_chosen(lat: int, lon: int, precision_m: int) -> None:
    told = coarsened(Place(lat_e7=lat, lon_e7=lon, precision_m=1), precision_m)
    place = Place(lat_e7=lat, lon_e7=lon, precision_m=1)
    assert distance_m(place, told) <= told.precision_m * 1.01 + 1
    # Every place within half a step gives the same answer: the answer holds no more than the step.
    again = coarsened(Place(lat_e7=told.lat_e7, lon_e7=told.lon_e7, precision_m=1), precision_m)
    assert (again.lat_e7, again.lon_e7) == (told.lat_e7, told.lon_e7)
    decimals = max(0, math.ceil(math.log10(111_320 / precision_m)))
    assert told.lat_e7 % 10 ** (7 - min(decimals, 7)) == 0


def test_a_place_known_worse_than_asked_for_says_so() -> None:
    assert coarsened(Place(lat_e7=0, lon_e7=0, precision_m=5_000), 100).precision_m == 5_000


@pytest.mark.parametrize("precision_m", [0, -1, PRECISION_M_MAX + 1, True])
def test_a_precision_that_is_none_is_refused(precision_m: int) -> None:
    with pytest.raises(LocalError, match="DISCLOSE-VALUE"):
        coarsened(ZNPP, precision_m)

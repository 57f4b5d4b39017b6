"""The bounds hold the geodesic between them, and the quick inverse agrees with Karney's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from armslength.core.places import Place, bearing_deg, distance_m
from armslength.register.geodesy import (
    CHORD_SLACK_M,
    F64,
    REACH_M_MAX,
    chord2_beyond,
    chord2_within,
    ecef,
    exact_distance_m,
    near_inverse,
)

KARNEY = Geod(ellps="WGS84")
PAIRS = 40_000


def pairs() -> tuple[F64, F64, F64, F64, F64, F64]:
    """Points, second points, lengths and bearings: all latitudes, poles, equator, meridians, 1 mm to 1,200 km."""
    rng = np.random.default_rng(20221122)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, PAIRS)))
    lat[:50], lat[50:100], lat[100:200] = 90.0, -90.0, 0.0
    lon, azimuth = rng.uniform(-180, 180, PAIRS), rng.uniform(0, 360, PAIRS)
    azimuth[::7] = np.round(azimuth[::7] / 90.0) * 90.0
    length = 10 ** rng.uniform(-3, math.log10(REACH_M_MAX), PAIRS)
    lon2, lat2, _ = KARNEY.fwd(lon, lat, azimuth, length)
    bearing, _, length = KARNEY.inv(lon, lat, lon2, lat2)
    return lat, lon, lat2, lon2, length, np.mod(bearing, 360.0)


def test_the_chord_of_every_geodesic_lies_between_the_two_bounds() -> None:
    lat, lon, lat2, lon2, length, _ = pairs()
    gap = np.array(ecef(lat, lon)) - np.array(ecef(lat2, lon2))
    square = (gap * gap).sum(axis=0)
    assert not (square < chord2_within(length)).any()
    assert not (square > chord2_beyond(length)).any()


@pytest.mark.parametrize(("length_m", "band_m"), [(1_000.0, 2e-5), (30_000.0, 6e-4), (100_000.0, 0.022), (5e5, 2.7)])
def test_the_band_between_the_bounds_is_as_narrow_as_it_is_said_to_be(length_m: float, band_m: float) -> None:
    length = np.array([length_m])
    band = np.sqrt(chord2_beyond(length)) - np.sqrt(chord2_within(length))
    assert 0.0 < band[0] < band_m


def test_no_chord_is_within_a_length_below_zero_and_every_chord_is_beyond_it() -> None:
    below = np.array([-0.001, -5e5])
    assert (chord2_within(below) < 0.0).all()
    assert (chord2_beyond(below) < 0.0).all()
    # A length of nothing: no chord is surely within, the rounding of one point twice is not surely beyond.
    assert chord2_within(np.zeros(1))[0] < 0.0
    assert math.isclose(chord2_beyond(np.zeros(1))[0], CHORD_SLACK_M**2)


def test_the_quick_inverse_is_karneys_within_ten_micrometres() -> None:
    lat, lon, lat2, lon2, length, bearing = pairs()
    some = slice(0, PAIRS, 8)
    quick = np.array(
        [near_inverse(*row) for row in zip(lat[some], lon[some], lat2[some], lon2[some], strict=True)], dtype=float
    )
    assert np.abs(quick[:, 0] - length[some]).max() < 1e-5
    turn = np.mod(quick[:, 1] - bearing[some] + 180.0, 360.0) - 180.0
    far = length[some] > 1.0
    assert np.abs(np.radians(turn[far]) * length[some][far]).max() < 1e-5
    assert ((quick[:, 1] >= 0.0) & (quick[:, 1] < 360.0)).all()


coordinate = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(coordinate, coordinate)
def test_the_exact_distance_is_that_of_the_rest_of_the_house(a: tuple[float, float], b: tuple[float, float]) -> None:
    here, there = (Place(lat_e7=round(lat * 1e7), lon_e7=round(lon * 1e7), precision_m=0) for lat, lon in (a, b))
    metres = exact_distance_m(here.lat_deg, here.lon_deg, there.lat_deg, there.lon_deg)
    assert metres == distance_m(here, there)
    if 1.0 < metres < REACH_M_MAX:
        quick, bearing = near_inverse(here.lat_deg, here.lon_deg, there.lat_deg, there.lon_deg)
        assert math.isclose(quick, metres, abs_tol=1e-5)
        turn = (bearing - bearing_deg(here, there) + 180.0) % 360.0 - 180.0
        assert abs(math.radians(turn) * metres) < 1e-5


@pytest.mark.parametrize(
    ("lat", "lon", "lat2", "lon2"), [(47.5, 34.6, 47.5, 34.6), (90.0, 12.0, 90.0, -50.0), (5.0, 180.0, 5.0, -180.0)]
)
def test_one_place_by_two_names_is_no_metre_and_no_bearing(lat: float, lon: float, lat2: float, lon2: float) -> None:
    assert near_inverse(lat, lon, lat2, lon2) == (0.0, 0.0)
    assert exact_distance_m(lat, lon, lat2, lon2) < 1e-8

"""Zones keep what they were given and refuse what is none."""

from __future__ import annotations

import math

import numpy as np
import pytest

from armslength.core.errors import LocalError
from armslength.register.zones import (
    CIRCLE,
    CORRIDOR,
    POLYGON,
    RADIUS_M_MAX,
    Circle,
    Corridor,
    Polygon,
    Zone,
    ZoneSet,
    usable,
    wrapped,
)

SQUARE = [(34.0, 47.0), (34.1, 47.0), (34.1, 47.1), (34.0, 47.1)]


def test_a_mixed_set_keeps_order_kind_and_reach() -> None:
    zones = ZoneSet.build(
        [
            Polygon(rings=[SQUARE], buffer_m=50.0),
            Circle(lat_deg=47.0, lon_deg=180.0, radius_m=5_000.0),
            Corridor(points=SQUARE, half_width_m=20.0),
        ]
    )
    assert len(zones) == 3
    assert zones.kind.tolist() == [POLYGON, CIRCLE, CORRIDOR]
    assert zones.reach_m.tolist() == [50.0, 5_000.0, 20.0]
    assert zones.lon_deg.tolist() == [34.0, -180.0, 34.0]
    assert zones.lines is not None
    assert zones.lines.ring.sum() == 4


def test_a_set_of_circles_has_no_lines_and_takes_one_radius_for_all() -> None:
    zones = ZoneSet.circles(np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.array(7.0))
    assert zones.lines is None
    assert zones.reach_m.tolist() == [7.0, 7.0]
    assert ZoneSet.build([Circle(lat_deg=1.0, lon_deg=3.0, radius_m=7.0)]).lines is None
    assert len(ZoneSet.build([])) == 0


def circle(lat: float = 47.0, lon: float = 34.0, radius: float = 10.0) -> Circle:
    return Circle(lat_deg=lat, lon_deg=lon, radius_m=radius)


@pytest.mark.parametrize(
    "zone",
    [
        circle(lat=90.001),
        circle(lat=math.nan),
        circle(lon=180.001),
        circle(lon=math.inf),
        circle(radius=-1.0),
        circle(radius=math.nan),
        circle(radius=RADIUS_M_MAX + 1.0),
        Corridor(points=SQUARE[:1], half_width_m=1.0),
        Corridor(points=[(34.0, 47.0), (34.0, 91.0)], half_width_m=1.0),
        Corridor(points=SQUARE, half_width_m=math.nan),
        Polygon(rings=[]),
        Polygon(rings=[SQUARE[:2]]),
        Polygon(rings=[[SQUARE[0], SQUARE[1], SQUARE[0]]]),
        Polygon(rings=[SQUARE, []]),
        Polygon(rings=[SQUARE], buffer_m=-1.0),
        Polygon(rings=[[(34.0, 47.0), (34.1, math.nan), (34.1, 47.1)]]),
        Polygon(rings=[[(34.0, 47.0, 5.0), (34.1, 47.0, 5.0), (34.1, 47.1, 5.0)]]),
        Polygon(rings=[[(34.0,), (34.1,), (34.2,)]]),
        # Twice around the earth.
        Polygon(rings=[[(0.0, 80.0), (120.0, 80.0), (-120.0, 80.0)] * 2 + [(0.0, 81.0)]]),
    ],
)
def test_what_is_no_zone_is_refused(zone: Zone) -> None:
    with pytest.raises(LocalError) as caught:
        ZoneSet.build([circle(), zone])
    assert caught.value.code == "ZONE-VALUE"


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(LocalError):
        ZoneSet.circles(np.zeros(2), np.zeros(3), np.zeros(2))


def test_the_antimeridian_has_one_name() -> None:
    assert wrapped(np.array([180.0, -180.0, 179.9])).tolist() == [-180.0, -180.0, 179.9]


def test_numbers_that_are_none_are_no_coordinates() -> None:
    assert usable(np.array([90.0, -90.0]), np.array([180.0, -180.0]))
    assert usable(np.array([]), np.array([]))
    assert not usable(np.array([0.0, math.nan]), np.array([0.0, 0.0]))
    assert not usable(np.array([0.0]), np.array([math.nan]))

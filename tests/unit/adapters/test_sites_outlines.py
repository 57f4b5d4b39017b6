"""A mapped site has a point that lies within it, and rings that close by themselves."""

from __future__ import annotations

import pytest

from armslength.adapters.format_geo import Geometry, LineString, MultiPolygon, Point, Polygon
from armslength.adapters.sites_outlines import outline_of

SQUARE = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0))
HOLE = ((0.5, 0.5), (1.5, 0.5), (1.5, 1.5), (0.5, 1.5), (0.5, 0.5))
BESIDE = ((2.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 2.0), (2.0, 0.0))


def test_a_point_has_no_shape() -> None:
    found = outline_of(Geometry(shape=Point(lat_deg=47.5, lon_deg=34.5)), "map", None, precision_m=3)
    assert (found.place.to_cbor(), found.shape) == ((475000000, 345000000, 3), None)


@pytest.mark.parametrize(
    ("shape", "rings", "middle"),
    [
        (Polygon(outer=SQUARE), [[4]], (10000000, 10000000)),
        (MultiPolygon(polygons=(Polygon(outer=SQUARE), Polygon(outer=BESIDE))), [[4], [4]], (10000000, 20000000)),
    ],
)
def test_an_outline_and_its_middle(shape: Polygon, rings: list[list[int]], middle: tuple[int, int]) -> None:
    found = outline_of(Geometry(shape=shape), "map", None)
    assert found.shape is not None
    assert [[len(ring) for ring in part] for part in found.shape.parts] == rings
    assert (found.place.lat_e7, found.place.lon_e7) == middle


def test_the_point_of_a_ring_lies_on_the_ring_and_not_in_its_hole() -> None:
    found = outline_of(Geometry(shape=Polygon(outer=SQUARE, holes=(HOLE,))), "map", None)
    assert not (5000000 < found.place.lat_e7 < 15000000 and 5000000 < found.place.lon_e7 < 15000000)


def test_the_point_of_a_line_lies_on_it() -> None:
    found = outline_of(Geometry(shape=LineString(points=((0.0, 0.0), (0.0, 2.0)))), "map", None)
    assert found.shape is not None
    assert found.shape.kind == "LINE"
    assert (found.place.lat_e7, found.place.lon_e7) == (10000000, 0)

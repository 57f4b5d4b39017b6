"""What an index leaves out cannot be there, and what it flags is inside."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import Polygon as Area
from shapely import contains_xy

from armslength.register.cover import circle_index, shape_index
from armslength.register.items import circle_items, shape_items
from armslength.register.zones import Circle, Corridor, Polygon, ZoneSet
from builders.zone_oracle import star

SQUARE = [(34.0, 47.0), (34.5, 47.0), (34.5, 47.5), (34.0, 47.5)]


def test_an_index_of_circles_numbers_its_items_by_place_and_keeps_their_zones() -> None:
    zones = ZoneSet.circles(np.array([10.0, -10.0, 10.0]), np.array([5.0, 5.0, 5.1]), np.array([900.0, 800.0, 700.0]))
    items = circle_items(zones)
    index = circle_index(zones, items, 0.0)
    assert items.zone.tolist() == [1, 0, 2]
    assert set((index.entries >> 1).tolist()) == {0, 1, 2}
    assert index.most == np.diff(index.offsets).max()


@pytest.mark.parametrize("pad_m", [0.0, 1_000.0])
def test_cells_of_a_polygon_are_flagged_within_asked_at_the_border_and_empty_without(pad_m: float) -> None:
    rng = np.random.default_rng(1)
    ring = star(rng, 47.5, 34.5, 60_000.0, 30)
    zones = ZoneSet.build([Polygon(rings=[[(float(x), float(y)) for x, y in ring]])])
    assert zones.lines is not None
    items = shape_items(zones, borders=pad_m > 0.0)
    index, strips = shape_index(zones, items, zones.lines, pad_m)
    lon, lat = rng.uniform(33.5, 35.5, 4_000), rng.uniform(46.8, 48.2, 4_000)
    inside = contains_xy(Area(ring), lon, lat)
    cells = index.grid.cells_of(lat, lon)
    some = index.offsets[cells + 1] > index.offsets[cells]
    assert not (inside & ~some).any()
    flagged = some & (index.entries[np.minimum(index.offsets[cells], len(index.entries) - 1)] & 1 == 1)
    assert flagged.sum() > 500
    assert inside[flagged].all()
    assert not some.all()
    assert len(strips.ends) == 30
    assert strips.offsets[-1] == len(strips.edges) >= 30


def test_a_cell_that_lies_inside_as_a_whole_keeps_one_entry_of_its_zone() -> None:
    zones = ZoneSet.build([Corridor(points=[(34.0, 47.0), (34.5, 47.0)], half_width_m=20_000.0)])
    assert zones.lines is not None
    items = shape_items(zones, borders=False)
    index, _ = shape_index(zones, items, zones.lines, 0.0)
    cell = index.grid.cells_of(np.array([47.0]), np.array([34.25]))[0]
    entries = index.entries[index.offsets[cell] : index.offsets[cell + 1]]
    assert len(entries) == 1
    assert entries[0] & 1


def test_borders_are_cut_only_where_a_distance_to_them_is_asked() -> None:
    zones = ZoneSet.build(
        [
            Polygon(rings=[SQUARE]),
            Polygon(rings=[SQUARE], buffer_m=10.0),
            Circle(lat_deg=47.0, lon_deg=34.0, radius_m=5.0),
        ]
    )
    bare, full = (shape_items(zones, borders=borders) for borders in (False, True))
    assert bare.pieces is not None
    assert full.pieces is not None
    assert set(bare.pieces.zone.tolist()) == {1}
    assert set(full.pieces.zone.tolist()) == {0, 1}
    # Zone by zone, the inside before the pieces; a circle is its centre.
    assert (np.diff(full.zone) >= 0).all()
    assert full.zone[full.inner].tolist() == [0, 1]
    assert (full.runs[full.zone == 2] == 0.0).all()

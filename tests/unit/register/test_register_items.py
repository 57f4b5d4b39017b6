"""Items are the zones' own numbers in another order."""

from __future__ import annotations

import numpy as np
import pytest

from armslength.register.geodesy import ecef
from armslength.register.items import circle_items, shape_items
from armslength.register.zones import Circle, Polygon, ZoneSet


def test_every_circle_is_one_item_with_its_own_place_and_reach() -> None:
    rng = np.random.default_rng(2)
    lat, lon = rng.uniform(-90, 90, 500), rng.uniform(-180, 180, 500)
    zones = ZoneSet.circles(lat, lon, rng.uniform(0, 5e5, 500))
    items = circle_items(zones)
    assert sorted(items.zone.tolist()) == list(range(500))
    assert (items.table[:, :3] == np.stack(ecef(lat, lon), axis=1)[items.zone]).all()
    assert (items.sites[:, 0] == lat[items.zone]).all()
    assert (items.table[:, 3] < items.table[:, 4]).all()
    assert not items.shapes
    assert items.nbytes >= 500 * 40


def test_circles_alone_are_no_shapes() -> None:
    zones = ZoneSet.build([Circle(lat_deg=1.0, lon_deg=2.0, radius_m=3.0)])
    with pytest.raises(TypeError):
        shape_items(zones, borders=True)
    ring = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)]
    assert shape_items(ZoneSet.build([Polygon(rings=[ring])]), borders=False).shapes

"""The kernel decides what the bounds allow, leaves open what they do not, and works in portions."""

from __future__ import annotations

import numpy as np
import pytest

from armslength.register import kernel
from armslength.register.cover import circle_index
from armslength.register.geodesy import chord2_within
from armslength.register.items import circle_items
from armslength.register.kernel import (
    INSIDE,
    OUTSIDE,
    POSSIBLY,
    UNDECIDED,
    Found,
    Search,
    decide,
    probe,
    search,
    way_bounds,
)
from armslength.register.zones import ZoneSet


def ready(lat: list[float], lon: list[float], radius: list[float], pad_m: float = 0.0) -> Search:
    zones = ZoneSet.circles(np.array(lat), np.array(lon), np.array(radius))
    items = circle_items(zones)
    return Search(index=circle_index(zones, items, pad_m), items=items)


@pytest.mark.parametrize(
    ("low", "high", "doubt", "answer"),
    [
        (900.0, 901.0, 0.0, INSIDE),
        (999.0, 1_000.0, 0.0, INSIDE),
        (999.9, 1_000.1, 0.0, UNDECIDED),
        (1_000.1, 1_000.2, 0.0, OUTSIDE),
        (900.0, 901.0, 99.0, INSIDE),
        (900.0, 901.0, 99.5, UNDECIDED),
        (900.0, 901.0, 150.0, POSSIBLY),
        (1_100.0, 1_101.0, 100.5, UNDECIDED),
        (1_100.0, 1_101.0, 99.0, OUTSIDE),
        (1_100.0, 1_101.0, 101.0, POSSIBLY),
        # Below zero: inside a polygon, by its depth.
        (-501.0, -500.0, 1_400.0, INSIDE),
        (-501.0, -500.0, 1_600.0, POSSIBLY),
        (-np.inf, -np.inf, 9e5, INSIDE),
        (np.inf, np.inf, 9e5, OUTSIDE),
    ],
)
def test_bounds_and_doubt_decide_or_leave_it_open(low: float, high: float, doubt: float, answer: int) -> None:
    assert decide(np.array([low]), np.array([high]), np.array([1_000.0]), doubt).tolist() == [answer]


def test_the_bounds_of_a_way_are_the_inverse_of_the_bounds_of_a_chord() -> None:
    metres = 10 ** np.linspace(-2, 6, 50)
    low, high = way_bounds(np.maximum(chord2_within(metres), 0.0), 0.0)
    assert (low <= metres).all()
    assert (high <= metres * (1 + 1e-12)).all()
    assert (high >= metres - 1e-5).all()


def test_a_point_on_the_very_edge_is_left_to_the_geodesic() -> None:
    what = ready([47.5, 47.5], [34.6, 34.6], [0.0, 9_000.0])
    found = [one for one in search(what, np.array([47.5]), np.array([34.6]), None) if len(one.point)]
    assert found[0].answer.tolist() == [UNDECIDED, INSIDE]
    assert probe(what, 47.5, 34.6, 0.0) is None
    assert probe(what, 47.51, 34.6, 0.0) is not None


def rows(found: list[Found]) -> list[tuple[int, ...]]:
    return [row for one in found for row in zip(*(column.tolist() for column in one), strict=True)]


def test_portions_hold_every_point_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    what = ready(*(column.tolist() for column in (rng.normal(47, 1, 90), rng.normal(34, 1, 90), np.full(90, 30e3))))
    lat, lon = rng.normal(47, 1, 700), rng.normal(34, 1, 700)
    whole = [
        (p, z, a) for one in search(what, lat, lon, None) for p, z, a in zip(*(c.tolist() for c in one), strict=True)
    ]
    monkeypatch.setattr(kernel, "ENTRIES_PER_STEP", 50)
    monkeypatch.setattr(kernel, "POINTS_PER_STEP", 64)
    steps = list(search(what, lat, lon, None))
    assert len(steps) > 20
    assert rows(steps) == whole
    assert len(whole) > 700


def test_a_probe_far_from_everything_finds_nothing() -> None:
    assert probe(ready([47.5], [34.6], [100.0]), -20.0, 10.0, 0.0) == []

"""The compiled kernel is the same text as the plain one, and its answers are those of the numpy kernel."""

from __future__ import annotations

import numpy as np
import pytest

from armslength.register import kernel, kernel_numba
from armslength.register.engine import Engine
from armslength.register.zones import Circle, Corridor, Polygon, ZoneSet

COMPILED = (
    *("_row_of", "_cell_of", "_looked_up", "_placed", "_flattened", "_measured", "_emitted", "_search_circles"),
    *("_decided", "_held", "_held_in_band", "_chord2_to", "_search_zones", "_near", "_probed"),
)


def zones(*, circles_only: bool) -> ZoneSet:
    rng = np.random.default_rng(3)
    circles = [
        Circle(lat_deg=float(lat), lon_deg=float(lon), radius_m=float(radius))
        for lat, lon, radius in zip(
            rng.normal(47, 0.3, 40), rng.normal(34, 0.3, 40), rng.uniform(0, 20e3, 40), strict=True
        )
    ]
    if circles_only:
        return ZoneSet.build(circles)
    ring = [(33.8, 46.8), (34.2, 46.8), (34.2, 47.2), (33.8, 47.2)]
    return ZoneSet.build([*circles, Polygon(rings=[ring], buffer_m=700.0), Polygon(rings=[ring]),
                          Corridor(points=ring, half_width_m=900.0)])  # fmt: skip


def pairs(engine: Engine, doubt: np.ndarray[tuple[int], np.dtype[np.float64]] | float) -> set[tuple[int, int, int]]:
    rng = np.random.default_rng(8)
    lat, lon = rng.normal(47, 0.3, 60), rng.normal(34, 0.3, 60)
    # Corners, borders and centres.
    lat[:4], lon[:4] = (46.8, 47.2, 46.8, 47.0), (33.8, 34.2, 34.0, 33.8)
    lat[4:10], lon[4:10] = engine.zones.lat_deg[:6], engine.zones.lon_deg[:6]
    found = set()
    for block in engine.join(lat, lon, doubt):
        found |= set(zip(block.point.tolist(), block.zone.tolist(), block.answer.tolist(), strict=True))
    return found


@pytest.mark.long
@pytest.mark.parametrize("circles_only", [True, False])
@pytest.mark.parametrize("doubt", [0.0, 800.0])
def test_plain_compiled_and_numpy_agree(circles_only: bool, doubt: float, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = zones(circles_only=circles_only)
    wanted = pairs(Engine(watched, "numpy", uncertainty_m_max=doubt), doubt)
    engine = Engine(watched, "numba", uncertainty_m_max=doubt)
    assert len(wanted) > 90
    assert pairs(engine, doubt) == wanted
    hits = engine.probe(47.01, 34.01, doubt)
    for name in COMPILED:
        monkeypatch.setattr(kernel_numba, name, getattr(kernel_numba, name).py_func)
    assert pairs(engine, doubt) == wanted
    # The processor may fuse a multiplication and an addition: equal to far below a micrometre.
    plain = engine.probe(47.01, 34.01, doubt)
    assert [hit[:2] for hit in plain] == [hit[:2] for hit in hits]
    assert np.allclose([hit[2:] for hit in plain], [hit[2:] for hit in hits], atol=1e-7)


def test_a_block_too_small_for_a_batch_takes_fewer_points_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(zones(circles_only=True), "numba")
    wanted = pairs(engine, 0.0)
    monkeypatch.setattr(kernel_numba, "PAIRS_PER_BLOCK", 1)
    assert pairs(engine, 0.0) == wanted


def test_without_a_folder_for_translations_they_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def njit(**options: bool | str) -> object:
        if options.get("cache"):
            raise RuntimeError
        return lambda function: made.append(function) or function

    monkeypatch.setattr(kernel_numba.numba, "njit", njit)
    assert kernel_numba._compiled(kernel.decide) is kernel.decide
    assert made == [kernel.decide]

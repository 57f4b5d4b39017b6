"""The grid drops no point of a cap and flags no cell that reaches out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from pyproj import Geod

from armslength.register.grid import HEIGHTS_DEG, Index, caps, choose_height, make_grid, pack, spread

if TYPE_CHECKING:
    from armslength.register.geodesy import F64

KARNEY = Geod(ellps="WGS84")


def index_of(lat: F64, lon: F64, reach: F64, inner: F64, height: float) -> Index:
    # One circle needs no grid of the whole world.
    grid = make_grid(height, 46.0, 49.0) if len(lat) == 1 else make_grid(height, -90.0, 90.0)
    return pack(grid, caps(grid, np.arange(len(lat)), lat, lon, reach, inner), 0.0)


def entries_at(index: Index, lat: F64, lon: F64) -> list[set[int]]:
    cells = index.grid.cells_of(lat, lon)
    return [set(index.entries[index.offsets[c] : index.offsets[c + 1]].tolist()) for c in cells]


@pytest.mark.parametrize("height", [0.15, 1.2, 8.0])
def test_every_point_within_a_cap_finds_it_and_no_flag_lies(height: float) -> None:
    rng = np.random.default_rng(round(height * 100))
    lat = np.concatenate(([90.0, -90.0, 89.999, 0.0, 45.0, 45.0], np.degrees(np.arcsin(rng.uniform(-1, 1, 40)))))
    lon = np.concatenate(([0.0, 0.0, 77.0, -180.0, 179.9999, -180.0], rng.uniform(-180, 180, 40)))
    reach = 10 ** rng.uniform(0, 4.8 if height < 0.2 else 5.6, len(lat))
    index = index_of(lat, lon, reach, reach, height)
    zone = np.repeat(np.arange(len(lat)), 20)
    # On the very edge, just within it, and anywhere.
    share = np.tile(np.concatenate((np.full(7, 1.0), np.full(6, 1 - 1e-9), rng.uniform(0, 2, 7))), len(lat))
    to_lon, to_lat, _ = KARNEY.fwd(lon[zone], lat[zone], rng.uniform(0, 360, len(zone)), reach[zone] * share)
    to_lon = np.where(to_lon >= 180.0, -180.0, to_lon)
    for number, found, part in zip(zone.tolist(), entries_at(index, to_lat, to_lon), share.tolist(), strict=True):
        if part <= 1.0:
            assert {2 * number, 2 * number + 1} & found
        if part > 1.0 + 1e-9:
            assert 2 * number + 1 not in found


def test_a_large_circle_flags_most_of_its_cells() -> None:
    index = index_of(np.array([47.5]), np.array([34.6]), np.array([30_000.0]), np.array([30_000.0]), 0.05)
    assert (index.entries & 1).mean() > 0.6
    assert index.most == 1


def test_a_cap_narrower_than_its_pad_flags_nothing() -> None:
    index = index_of(np.array([47.5]), np.array([34.6]), np.array([30_000.0]), np.array([-1.0]), 0.2)
    assert not (index.entries & 1).any()


@pytest.mark.parametrize("height", [height for height in HEIGHTS_DEG if height >= 0.1])
def test_the_poles_and_the_antimeridian_have_a_cell_in_every_grid(height: float) -> None:
    grid = make_grid(height, -90.0, 90.0)
    cells = grid.cells_of(np.array([90.0, -90.0, 0.0, 0.0]), np.array([0.0, 0.0, -180.0, np.nextafter(180.0, 0.0)]))
    assert ((cells >= 0) & (cells < grid.cells)).all()


def test_a_grid_over_a_band_has_no_cell_beyond_it() -> None:
    grid = make_grid(0.1, 44.0, 52.5)
    assert grid.rows < 100
    cells = grid.cells_of(np.array([10.0, 48.0, 80.0]), np.array([30.0, 30.0, 30.0]))
    assert cells[0] == cells[2] == grid.cells
    assert 0 <= cells[1] < grid.cells


def test_the_height_keeps_entries_and_cells_few() -> None:
    rng = np.random.default_rng(3)
    for number, radius in ((75, 30_000.0), (100_000, 15_000.0), (3_000, 500_000.0), (100_000, 1.0)):
        lat = rng.uniform(-80, 80, number)
        height = choose_height(lat, np.full(number, radius))
        assert (1.0 + 2.0 * radius / (height * 111_195.0)) ** 2 * number <= 20 * number + 700_000
        assert 160.0 / height * 360.0 / height * 0.6 <= 8_000_000
    assert choose_height(np.array([]), np.array([])) == HEIGHTS_DEG[-1]


def test_ranges_are_spread_with_their_owner() -> None:
    owner, member = spread(np.array([5, 0, 9]), np.array([2, 0, 3]))
    assert owner.tolist() == [0, 0, 2, 2, 2]
    assert member.tolist() == [5, 6, 9, 10, 11]

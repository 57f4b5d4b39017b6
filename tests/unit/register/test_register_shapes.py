"""Edges are unrolled, closed and cut so that nothing is lost and nothing is invented."""

from __future__ import annotations

import math

import numpy as np
import pytest

from armslength.register.geodesy import ecef, exact_distance_m
from armslength.register.shapes import PIECE_M_MAX, STRAY_M_MAX, Lines, holds, make_lines, make_pieces, nearest_place
from builders.zone_oracle import border_m

SQUARE = [(34.0, 47.0), (34.1, 47.0), (34.1, 47.1), (34.0, 47.1)]


def ring(*points: tuple[float, float]) -> Lines:
    return make_lines({0: [points]}, np.array([True]))


def line(*points: tuple[float, float]) -> Lines:
    return make_lines({0: [points]}, np.array([False]))


def test_a_ring_is_closed_once_whether_its_first_point_is_repeated_or_not() -> None:
    open_, closed = ring(*SQUARE), ring(*SQUARE, SQUARE[0])
    assert len(open_.zone) == len(closed.zone) == 4
    assert (open_.ends == closed.ends).all()
    assert open_.ring.all()
    assert open_.real.all()


def test_a_line_is_not_closed_and_counts_for_no_inside() -> None:
    lines = line(*SQUARE)
    assert len(lines.zone) == 3
    assert not lines.ring.any()


@pytest.mark.parametrize(
    ("points", "wanted"),
    [
        ([(179.0, 5.0), (-179.0, 6.0)], [(179.0, 181.0)]),
        ([(-179.0, 5.0), (179.0, 6.0)], [(-179.0, -181.0)]),
        ([(-100.0, 5.0), (70.0, 6.0)], [(-100.0, 70.0)]),
    ],
)
def test_an_edge_takes_the_short_way_round(
    points: list[tuple[float, float]], wanted: list[tuple[float, float]]
) -> None:
    ends = line(*points).ends
    turn = 360.0 if wanted[0][1] < -180.0 else 0.0
    assert [(a, b) for a, b in ends[:, (0, 2)].tolist()] == [(a + turn, b + turn) for a, b in wanted]


def test_a_ring_around_a_pole_is_closed_over_it_and_the_closing_is_no_border() -> None:
    lines = ring((0.0, 80.0), (120.0, 82.0), (-120.0, 81.0))
    assert len(lines.zone) == 6
    assert lines.real.sum() == 3
    assert holds(lines.ends, 90.0, 12.0)
    assert holds(lines.ends, 85.0, -170.0)
    assert not holds(lines.ends, 79.0, 12.0)


def test_where_two_halves_of_a_zone_meet_there_is_no_border_and_where_one_reaches_further_there_is() -> None:
    west = [(170.0, 10.0), (180.0, 10.0), (180.0, 20.0), (170.0, 20.0)]
    east = [(-180.0, 12.0), (-170.0, 12.0), (-170.0, 22.0), (-180.0, 22.0)]
    lines = make_lines({0: [west, east]}, np.array([True]))
    seam = lines.real & (np.abs(lines.ends[:, 0]) == 180.0) & (lines.ends[:, 0] == lines.ends[:, 2])
    assert sorted((a, b) for a, b in lines.ends[seam][:, (1, 3)].tolist()) == [(10.0, 12.0), (20.0, 22.0)]
    assert not lines.ring[seam].any()


@pytest.mark.parametrize(
    "points",
    [
        [(34.0, 47.0), (36.0, 48.0)],
        [(0.0, 0.0), (0.0, 3.0)],
        [(-3.0, 70.0), (3.0, 70.0)],
        [(0.0, 89.0), (170.0, 89.0)],
        [(0.0, 89.9), (60.0, 89.0)],
        [(34.0, 47.0), (34.0, 47.0)],
    ],
)
def test_pieces_are_short_meet_and_stray_no_further_than_they_say(points: list[tuple[float, float]]) -> None:
    pieces = make_pieces(line(*points), np.array([True]))
    assert pieces.ends[0, :2].tolist() == list(points[0])
    assert pieces.ends[-1, 2:].tolist() == list(points[-1])
    assert (np.abs(pieces.ends[1:, :2] - pieces.ends[:-1, 2:]) < 1e-9).all()
    assert np.sqrt((pieces.run**2).sum(axis=1)).max() <= PIECE_M_MAX * 1.001
    assert pieces.stray_m.max() < 1.5 * STRAY_M_MAX
    for share in (0.1, 0.37, 0.5, 0.62, 0.9):
        at = pieces.ends[:, :2] + (pieces.ends[:, 2:] - pieces.ends[:, :2]) * share
        gap = np.stack(ecef(at[:, 1], at[:, 0]), axis=1) - (pieces.start + pieces.run * share)
        assert (np.sqrt((gap**2).sum(axis=1)) <= pieces.stray_m).all()


def test_only_the_borders_that_are_asked_for_are_cut() -> None:
    lines = make_lines({0: [SQUARE], 2: [SQUARE]}, np.array([True, False, True]))
    assert set(make_pieces(lines, np.array([False, False, True])).zone.tolist()) == {2}


@pytest.mark.parametrize(("lat", "lon"), [(47.05, 34.3), (47.2, 33.9), (47.05, 34.05), (48.0, 36.0), (47.0, 34.05)])
def test_the_nearest_place_of_a_border_is_nearest_to_a_millimetre(lat: float, lon: float) -> None:
    pieces = make_pieces(ring(*SQUARE), np.array([True]))
    place = nearest_place(pieces.ends, pieces.start, pieces.run, pieces.stray_m, lat, lon)
    borders = np.concatenate((np.array(SQUARE), np.roll(np.array(SQUARE), -1, axis=0)), axis=1)
    assert math.isclose(exact_distance_m(*place, lat, lon), border_m(borders, lat, lon), abs_tol=1e-3)


def test_a_ring_holds_its_border_and_its_corners() -> None:
    ends = ring(*SQUARE).ends
    for lon, lat in [*SQUARE, (34.05, 47.0), (34.1, 47.05), (34.05, 47.1), (34.0, 47.05), (34.05, 47.05)]:
        assert holds(ends, lat, lon)
    for lat, lon in [(47.05, 33.999999), (46.999999, 34.05), (47.05, 34.100001), (47.1, 33.9), (47.0, 34.2)]:
        assert not holds(ends, lat, lon)

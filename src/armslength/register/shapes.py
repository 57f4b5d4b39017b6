"""Corridors and polygons as edges and pieces: unrolled at the antimeridian, closed at a pole, cut into short segments.

Edges are straight in longitude and latitude (RFC 7946, 3.1.1). For *inside or not* an edge is used as it is; for a
distance it is cut into pieces of a kilometre at most, each taken for the straight segment through the earth between its
ends. How far the true edge strays from that segment, two to ten centimetres, is measured for each piece and loosens its
bounds; what they leave open is settled on the true edge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from armslength.core.errors import LocalError
from armslength.register.geodesy import F64, I64, RHO_MAX, ecef

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PIECE_M_MAX: Final = 1_000.0
"""Metres of a piece: long enough that a pipeline has few, short enough that its segment strays by centimetres."""

STRAY_M_MAX: Final = 0.1
"""Metres by which a true edge may stray from a piece's segment; edges near a pole are cut shorter for it."""

PIECES_MAX: Final = 20_000_000
"""Pieces of one set: at some 100 bytes each they fit the memory of one machine; 20 million kilometres of line."""

ON_EDGE_DEG: Final = 1e-11
"""A point this near to an edge, a micrometre, lies on it: less than the rounding of coordinates can tell."""

_FINE: Final = 64
"""Parts into which the nearest piece is cut again for the true edge: it then strays by 30 micrometres."""

BOOL = npt.NDArray[np.bool_]
"""An array of yes and no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Edges of corridors and polygons, by zone; longitudes run on past 180 where an edge crosses the antimeridian.

    Args:
        zone: number of each edge's zone.
        ends: longitude and latitude of the first end, then of the second, in degrees.
        ring: whether the edge counts for *inside or not*.
        real: whether the edge is a border; a cut along the antimeridian or on to a pole is none.
    """

    zone: I64
    ends: F64 = field(repr=False)
    ring: BOOL = field(repr=False)
    real: BOOL = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Short segments through the earth, by zone.

    Args:
        zone: number of each piece's zone.
        ends: longitudes and latitudes of the two ends in degrees.
        start: x, y, z of the first end in metres.
        run: x, y, z from the first end to the second in metres.
        stray_m: metres by which the true edge strays from the segment at most.
    """

    zone: I64
    ends: F64 = field(repr=False)
    start: F64 = field(repr=False)
    run: F64 = field(repr=False)
    stray_m: F64 = field(repr=False)

    def __len__(self) -> int:
        return len(self.zone)


def make_lines(lines: Mapping[int, Sequence[Sequence[tuple[float, float]]]], polygon: BOOL) -> Lines:
    """Return the edges of shapes.

    Args:
        lines: number of the zone -> its lines or rings, each of points ``(lon, lat)`` in degrees.
        polygon: for each zone of the set whether it is a polygon.

    Raises:
        LocalError: ZONE-VALUE.
    """
    zones, ends, ring, real = [], [], [], []
    for number, parts in lines.items():
        closed = bool(polygon[number])
        found = [_edges(part, closed=closed) for part in parts]
        both = np.concatenate([edges for edges, _ in found])
        border = np.concatenate([flags for _, flags in found])
        counts = np.full(len(both), closed)
        if closed:
            both, border, counts = _without_seam(both, border)
        zones.append(np.full(len(both), number, dtype=np.int64))
        ends.append(both)
        ring.append(counts)
        real.append(border)
    return Lines(
        zone=np.concatenate(zones), ends=np.concatenate(ends), ring=np.concatenate(ring), real=np.concatenate(real)
    )


def _edges(points: Sequence[tuple[float, float]], *, closed: bool) -> tuple[F64, BOOL]:
    """Edges of one line or ring, and which of them are a border."""
    try:
        path = np.array(points, dtype=np.float64).reshape(len(points), 2)
    except (TypeError, ValueError):
        raise LocalError("ZONE-VALUE", expected="points of two numbers, longitude first") from None
    if not (np.abs(path) <= (180.0, 90.0)).all():
        raise LocalError("ZONE-VALUE", expected="longitude -180 to 180, then latitude -90 to 90 degrees")
    if closed and (path[0] != path[-1]).any():
        path = np.concatenate((path, path[:1]))
    step = np.diff(path[:, 0])
    # The short way round; a step of 360 is the upper or lower side of a map, drawn as RFC 7946 (3.1.9) cuts it.
    crossing = (np.abs(step) > 180.0) & (np.abs(step) < 360.0)
    path[1:, 0] -= 360.0 * np.cumsum(np.where(crossing, np.sign(step), 0.0))
    border = len(path) - 1
    if closed:
        path = _closed_at_pole(path)
        if path[:, 0].max() - path[:, 0].min() > 360.0:
            raise LocalError("ZONE-VALUE", expected="rings that run around the earth at most once")
    path[:, 0] -= 360.0 * math.floor((path[:, 0].min() + 180.0) / 360.0)
    edges = np.concatenate((path[:-1], path[1:]), axis=1)
    real = np.arange(len(edges)) < border
    return edges, real & ~((np.abs(edges[:, 1]) == 90.0) & (np.abs(edges[:, 3]) == 90.0))


def _closed_at_pole(path: F64) -> F64:
    """A ring that runs around a pole is closed over the pole of its own side, where the map has its upper edge."""
    if abs(path[-1, 0] - path[0, 0]) < 180.0:
        return path
    pole = math.copysign(90.0, float(path[:-1, 1].mean()))
    return np.concatenate((path, [(path[-1, 0], pole), (path[0, 0], pole), path[0]]))


def _without_seam(edges: F64, real: BOOL) -> tuple[F64, BOOL, BOOL]:
    """Take from the border what lies on the antimeridian twice: the two halves of one zone meet there."""
    ring = np.ones(len(edges), dtype=np.bool_)
    seam = real & (edges[:, 0] == edges[:, 2]) & (np.mod(edges[:, 0], 360.0) == 180.0)
    if seam.sum() < 2:
        return edges, real, ring
    low = np.minimum(edges[seam, 1], edges[seam, 3])
    high = np.maximum(edges[seam, 1], edges[seam, 3])
    marks = np.unique(np.concatenate((low, high)))
    odd = ((low[:, None] <= marks[:-1]) & (high[:, None] >= marks[1:])).sum(axis=0) % 2 == 1
    kept = np.stack([np.full(len(marks) - 1, -180.0), marks[:-1], np.full(len(marks) - 1, -180.0), marks[1:]], axis=1)
    kept = kept[odd]
    return (
        np.concatenate((edges, kept)),
        np.concatenate((real & ~seam, np.ones(len(kept), dtype=np.bool_))),
        np.concatenate((ring, np.zeros(len(kept), dtype=np.bool_))),
    )


# --- pieces -----------------------------------------------------------------------------------------------------------


def make_pieces(lines: Lines, wanted: BOOL) -> Pieces:
    """Return the borders of some zones, cut into pieces.

    Args:
        lines: all edges.
        wanted: for each zone of the set whether its border is asked for.

    Raises:
        LocalError: ZONE-VALUE, too many pieces.
    """
    chosen = lines.real & wanted[lines.zone]
    zone, ends = lines.zone[chosen], lines.ends[chosen]
    counts = _cuts(ends)
    if counts.sum() > PIECES_MAX:
        raise LocalError("ZONE-VALUE", expected=f"at most {PIECES_MAX} pieces of a kilometre")
    edge = np.repeat(np.arange(len(ends)), counts)
    part = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts)
    low, high = part / counts[edge], (part + 1) / counts[edge]
    cut = np.concatenate((_along(ends[edge], low), _along(ends[edge], high)), axis=1)
    # The last end is the edge's own, not one that rounding moved.
    cut[:, 2:] = np.where((part + 1 == counts[edge])[:, None], ends[edge, 2:], cut[:, 2:])
    start, stop = _space(cut[:, 0], cut[:, 1]), _space(cut[:, 2], cut[:, 3])
    return Pieces(zone=zone[edge], ends=cut, start=start, run=stop - start, stray_m=_stray(cut, start, stop))


def _cuts(ends: F64) -> I64:
    """Number of pieces of each edge."""
    east = np.radians(np.abs(ends[:, 2] - ends[:, 0]))
    north = np.radians(np.abs(ends[:, 3] - ends[:, 1]))
    flattest = np.where(ends[:, 1] * ends[:, 3] < 0.0, 0.0, np.minimum(np.abs(ends[:, 1]), np.abs(ends[:, 3])))
    length = RHO_MAX * np.hypot(north, east * np.cos(np.radians(flattest)))
    # A parallel's arc over an angle e strays from its chord by R e^2 sin(2 phi) / 16, at most R e^2 / 16.
    stray = RHO_MAX * east * east * np.sin(2.0 * np.radians(np.maximum(flattest, 45.0))) / 16.0
    bend = RHO_MAX * east * north / 4.0
    needed = np.maximum(length / PIECE_M_MAX, np.sqrt((stray + bend) / STRAY_M_MAX))
    counts: I64 = np.maximum(1, np.ceil(needed)).astype(np.int64)
    return counts


def _along(ends: F64, share: F64) -> F64:
    return ends[:, :2] + (ends[:, 2:] - ends[:, :2]) * share[:, None]


def _space(lon: F64, lat: F64) -> F64:
    return np.stack(ecef(lat, lon), axis=1)


def _stray(cut: F64, start: F64, stop: F64) -> F64:
    widest = np.zeros(len(cut))
    for share in (0.25, 0.5, 0.75):
        at = _along(cut, np.full(len(cut), share))
        gap = _space(at[:, 0], at[:, 1]) - (start + (stop - start) * share)
        widest = np.maximum(widest, np.sqrt((gap * gap).sum(axis=1)))
    # Between the three shares a parabola rises above the highest of them by nothing; a fifth covers what is none.
    return 1.2 * widest + 1e-7


# --- one point --------------------------------------------------------------------------------------------------------


def chord2_to(start: F64, run: F64, at: F64) -> tuple[F64, F64]:
    """Return the squares of the chords from points to segments, row by row, and where along the segment they end."""
    gap = at - start
    length2 = (run * run).sum(axis=1)
    share = np.clip((gap * run).sum(axis=1) / np.where(length2 > 0.0, length2, 1.0), 0.0, 1.0)
    gap = gap - run * share[:, None]
    return (gap * gap).sum(axis=1), share


def nearest_place(ends: F64, start: F64, run: F64, stray_m: F64, lat: float, lon: float) -> tuple[float, float]:
    """Return latitude and longitude of the place on the true border that is nearest to a point.

    Args:
        ends: ends of the border's pieces.
        start: as in `Pieces`.
        run: as in `Pieces`.
        stray_m: as in `Pieces`.
        lat: the point, degrees north.
        lon: the point, degrees east.
    """
    at = _space(np.array([lon]), np.array([lat]))
    chord = np.sqrt(chord2_to(start, run, at)[0])
    open_ = np.flatnonzero(chord - stray_m <= (chord + stray_m).min())
    share = np.linspace(0.0, 1.0, _FINE + 1)
    fine = ends[open_, None, :2] + (ends[open_, None, 2:] - ends[open_, None, :2]) * share[None, :, None]
    low, high = fine[:, :-1].reshape(-1, 2), fine[:, 1:].reshape(-1, 2)
    first, second = _space(low[:, 0], low[:, 1]), _space(high[:, 0], high[:, 1])
    square, along = chord2_to(first, second - first, at)
    best = int(square.argmin())
    place = low[best] + (high[best] - low[best]) * along[best]
    return float(place[1]), float(place[0])


def holds(ends: F64, lat: float, lon: float) -> bool:
    """Tell whether rings hold a point, the border included; `ends` are all ring edges of one polygon."""
    crossed, touched = ring_tests(ends, np.full(len(ends), lon), np.full(len(ends), lat))
    return bool(touched.any() or crossed.sum() % 2)


def ring_tests(ends: F64, lon: F64, lat: F64) -> tuple[I64, BOOL]:
    """Return, row by row, how often a ray east from a point crosses an edge, and whether the point lies on it.

    An edge runs on past 180 degrees, so the point is held against it at its own longitude and at 360 degrees more.
    """
    x1, y1, x2, y2 = ends[:, 0], ends[:, 1], ends[:, 2], ends[:, 3]
    between = (y1 > lat) != (y2 > lat)
    rise = np.where(between, y2 - y1, 1.0)
    at = x1 + (lat - y1) * (x2 - x1) / rise
    crossed = (between & (lon < at)).astype(np.int64) + (between & (lon + 360.0 < at))
    touched = np.zeros(len(lon), dtype=np.bool_)
    slack = ON_EDGE_DEG
    upright = (lat >= np.minimum(y1, y2) - slack) & (lat <= np.maximum(y1, y2) + slack)
    reach = slack * (np.abs(x2 - x1) + np.abs(y2 - y1))
    for x in (lon, lon + 360.0):
        level = (x >= np.minimum(x1, x2) - slack) & (x <= np.maximum(x1, x2) + slack)
        cross = (x2 - x1) * (lat - y1) - (y2 - y1) * (x - x1)
        touched |= upright & level & (np.abs(cross) <= reach)
    return crossed, touched

"""The kernel in numpy: points against an index, a portion at a time, in whole arrays.

A portion is as many points as draw some ten thousand entries, so that what it takes stays in the processor's cache and
no list of all pairs is ever held. Answers are exact but for the few pairs whose chord lies between the two bounds:
those leave the kernel as UNDECIDED, and the engine asks the geodesic.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from armslength.register.geodesy import CHORD_SLACK_M, F64, I8, I64, RHO_MAX, RHO_MIN, ecef, near_inverse
from armslength.register.grid import spread
from armslength.register.shapes import BOOL, ring_tests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.register.cover import Strips
    from armslength.register.grid import Index
    from armslength.register.items import Items

INSIDE: Final = 2
"""The answer INSIDE in arrays."""

POSSIBLY: Final = 1
"""The answer POSSIBLY in arrays."""

OUTSIDE: Final = 0
"""The answer OUTSIDE in arrays; no block shows it."""

UNDECIDED: Final = -1
"""The chord lies between the two bounds; never leaves the engine."""

ENTRIES_PER_STEP: Final = 1 << 16
"""Entries looked at in one step: with all that they draw some 5 MB, which stays in the cache of a processor."""

POINTS_PER_STEP: Final = 1 << 15
"""Points whose cells are looked up in one step."""

NO_CHORD2: Final = 1e30
"""The square of a chord that is longer than any: the point is near no border."""


class Found(NamedTuple):
    """Pairs: number of the point, number of the zone, answer; by point."""

    point: I64
    zone: I64
    answer: I8


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is searched.

    Args:
        index: the cells; its pad is at least every uncertainty asked with it.
        items: what the entries of the index stand for.
        strips: of sets with polygons, their edges by band of latitude.
    """

    index: Index
    items: Items
    strips: Strips | None = None


class _Points(NamedTuple):
    lat: F64
    lon: F64
    doubt: F64 | None


class _Entries(NamedTuple):
    owner: I64
    item: I64
    flagged: I64


def search(what: Search, lat: F64, lon: F64, doubt: F64 | None) -> Iterator[Found]:
    """Yield the pairs that are not OUTSIDE, in portions.

    Args:
        what: the zones made ready.
        lat: degrees north.
        lon: degrees east, -180 to below 180.
        doubt: uncertainty in metres, one a point; None for all zero.
    """
    index, items = what.index, what.items
    for start in range(0, len(lat), POINTS_PER_STEP):
        part = slice(start, start + POINTS_PER_STEP)
        cells = index.grid.cells_of(lat[part], lon[part])
        first = index.offsets[cells].astype(np.int64)
        counts = index.offsets[cells + 1] - first
        some = np.flatnonzero(counts)
        point, first, counts = some + start, first[some], counts[some]
        for low, high in _portions(counts):
            run = slice(low, high)
            here = point[run]
            owner, member = spread(first[run], counts[run])
            entry = index.entries[member]
            points = _Points(lat[here], lon[here], None if doubt is None else doubt[here])
            entries = _Entries(owner, entry >> 1, entry & 1)
            found = _shapes(what, points, entries) if items.shapes else _circles(items, points, entries)
            yield Found(here[found.point], found.zone, found.answer)


def _portions(counts: I64) -> list[tuple[int, int]]:
    """Cut points into runs of about `ENTRIES_PER_STEP` entries."""
    if len(counts) == 0:
        return []
    ends = np.cumsum(counts, dtype=np.int64)
    marks = np.searchsorted(ends, np.arange(ENTRIES_PER_STEP, int(ends[-1]), ENTRIES_PER_STEP), side="right")
    cuts = [0, *np.unique(marks).tolist(), len(counts)]
    return [(a, b) for a, b in pairwise(cuts) if b > a]


# --- circles ----------------------------------------------------------------------------------------------------------


def _circles(items: Items, points: _Points, entries: _Entries) -> Found:
    x, y, z = ecef(points.lat, points.lon)
    answer = np.full(len(entries.item), INSIDE, dtype=np.int8)
    # A flag speaks for every doubt up to the pad of the index.
    asked = np.flatnonzero(entries.flagged == 0)
    who, what = entries.owner[asked], entries.item[asked]
    row = items.table.take(what, axis=0)
    square = np.square(x[who] - row[:, 0])
    square += np.square(y[who] - row[:, 1])
    square += np.square(z[who] - row[:, 2])
    if points.doubt is None:
        # Two comparisons of bytes: beyond the upper bound 0, below the lower one 2, between them -1.
        answer[asked] = (square < row[:, 3]).astype(np.int8) * np.int8(3) - (square <= row[:, 4])
    else:
        answer[asked] = decide(*way_bounds(square, 0.0), items.reach_m[items.zone[what]], points.doubt[who])
    keep = np.flatnonzero(answer)
    return Found(entries.owner[keep], items.zone[entries.item[keep]].astype(np.int64), answer[keep])


def way_bounds(square: F64, slack_m: F64 | float) -> tuple[F64, F64]:
    """Return the least and the greatest length over the ground for the square of a chord, in metres."""
    chord = np.sqrt(square)
    slack = CHORD_SLACK_M + slack_m
    low = 2.0 * RHO_MAX * np.arcsin(np.clip((chord - slack) / (2.0 * RHO_MAX), 0.0, 1.0))
    high = 2.0 * RHO_MIN * np.arcsin(np.clip((chord + slack) / (2.0 * RHO_MIN), 0.0, 1.0))
    return low, high


def decide(low: F64, high: F64, reach_m: F64, doubt: F64 | float) -> I8:
    """Return the answers for distances known between two bounds.

    Args:
        low: metres from the site at least; below zero inside it.
        high: metres from the site at most.
        reach_m: metres from the site that belong to the zone.
        doubt: metres by which the point may be elsewhere.
    """
    answer = np.full(len(low), UNDECIDED, dtype=np.int8)
    answer[(low + doubt > reach_m) & (high - doubt <= reach_m)] = POSSIBLY
    answer[high + doubt <= reach_m] = INSIDE
    answer[low - doubt > reach_m] = OUTSIDE
    return answer


def probe(what: Search, lat: float, lon: float, doubt: float) -> list[list[float]] | None:
    """Return zone, answer, distance and bearing of one point's hits in circles; None where the geodesic must decide.

    Args:
        what: circles made ready, with a pad of at least the doubt.
        lat: degrees north.
        lon: degrees east, -180 to below 180.
        doubt: uncertainty in metres.
    """
    index, items = what.index, what.items
    point = np.array([lat]), np.array([lon])
    cell = int(index.grid.cells_of(*point)[0])
    entry = index.entries[index.offsets[cell] : index.offsets[cell + 1]]
    if len(entry) == 0:
        return []
    item = entry >> 1
    gap = items.table[item, :3] - np.stack(ecef(*point), axis=1)
    zone = items.zone[item]
    answer = decide(*way_bounds((gap * gap).sum(axis=1), 0.0), items.reach_m[zone], doubt)
    answer[(entry & 1) == 1] = INSIDE
    if (answer == UNDECIDED).any():
        return None
    rows = zip(zone.tolist(), answer.tolist(), items.sites[item].tolist(), strict=True)
    return [[number, said, *near_inverse(site[0], site[1], lat, lon)] for number, said, site in rows if said]


# --- corridors and polygons -------------------------------------------------------------------------------------------


def _shapes(what: Search, points: _Points, entries: _Entries) -> Found:
    items = what.items
    inner = items.inner[entries.item] & (entries.flagged == 0)
    zone = items.zone[entries.item].astype(np.int64)
    # Entries of one point and zone stand side by side: items are numbered zone by zone.
    fresh = (entries.owner[1:] != entries.owner[:-1]) | (zone[1:] != zone[:-1])
    start = np.flatnonzero(np.concatenate(([True], fresh)))
    settled = np.maximum.reduceat(entries.flagged, start) > 0
    holds = np.zeros(len(zone), dtype=np.bool_)
    asked = np.flatnonzero(inner)
    who = entries.owner[asked]
    holds[asked] = _held(what.strips, points.lat[who], points.lon[who], zone[asked])
    square, stray = _borders(items, points, entries, inner)
    nearest = np.minimum.reduceat(square, start)
    owner, zone = entries.owner[start], zone[start]
    doubt = np.zeros(len(owner)) if points.doubt is None else points.doubt[owner]
    answer = decide(
        *signed_bounds(nearest, np.maximum.reduceat(stray, start), np.logical_or.reduceat(holds, start)),
        items.reach_m[zone],
        doubt,
    )
    answer[settled] = INSIDE
    keep = np.flatnonzero(answer)
    return Found(owner[keep], zone[keep], answer[keep])


def signed_bounds(square: F64, stray_m: F64, holds: BOOL) -> tuple[F64, F64]:
    """Return the bounds of the distance to a site, below zero inside it, from the chord to its nearest piece."""
    low, high = way_bounds(square, stray_m)
    far = square >= NO_CHORD2
    low, high = np.where(far, np.inf, low), np.where(far, np.inf, high)
    return np.where(holds, -high, low), np.where(holds, -low, high)


def _borders(items: Items, points: _Points, entries: _Entries, inner: BOOL) -> tuple[F64, F64]:
    """Square of the chord from each entry's point to its piece or centre, and how far the border strays from it."""
    square, stray = np.full(len(inner), NO_CHORD2), np.zeros(len(inner))
    asked = np.flatnonzero((entries.flagged == 0) & ~inner)
    who = entries.owner[asked]
    row, run = items.table.take(entries.item[asked], axis=0), items.runs.take(entries.item[asked], axis=0)
    x, y, z = (at[who] - row[:, axis] for axis, at in enumerate(ecef(points.lat, points.lon)))
    share = np.clip((x * run[:, 0] + y * run[:, 1] + z * run[:, 2]) * run[:, 3], 0.0, 1.0)
    x, y, z = x - share * run[:, 0], y - share * run[:, 1], z - share * run[:, 2]
    square[asked] = x * x + y * y + z * z
    stray[asked] = run[:, 4]
    return square, stray


def _held(strips: Strips | None, lat: F64, lon: F64, zone: I64) -> BOOL:
    """Whether polygons hold points, by the edges of the polygon in the point's band."""
    holds = np.zeros(len(zone), dtype=np.bool_)
    if strips is None or len(zone) == 0:
        return holds
    above = np.floor((lat - strips.south_deg) / strips.height_deg).astype(np.int64) - strips.low_row[zone]
    # A cell that an edge only comes near may reach into bands that have none.
    passed = (above >= 0) & (above < strips.first[zone + 1] - strips.first[zone])
    strip = np.where(passed, strips.first[zone] + above, 0)
    first = strips.offsets[strip]
    counts = np.where(passed, strips.offsets[strip + 1] - first, 0)
    for low, high in _portions(counts):
        owner, member = spread(first[low:high], counts[low:high])
        owner += low
        crossed, touched = ring_tests(strips.ends[strips.edges[member]], lon[owner], lat[owner])
        odd = np.bincount(owner, weights=crossed, minlength=len(zone)).astype(np.int64) % 2 == 1
        holds |= odd
        holds[owner[touched]] = True
    return holds

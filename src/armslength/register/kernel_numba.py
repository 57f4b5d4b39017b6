"""The kernel compiled: the same answers as the one in numpy, some two to three times as fast (extra ``fast``).

The functions are plain Python over arrays and numbers. `numba` translates them at their first call and keeps the result
beside this file or in the user's cache, so that a second process starts in half a second. Points are taken in batches
and in stages (cells, places, tests), so that a stage's reads from memory do not wait for one another.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numba
import numpy as np

from armslength.register.geodesy import (
    AXIS_A,
    CHORD_SLACK_M,
    ECCENTRICITY_2,
    F64,
    I8,
    I32,
    I64,
    RHO_MAX,
    RHO_MIN,
    near_inverse,
)
from armslength.register.kernel import INSIDE, NO_CHORD2, OUTSIDE, POSSIBLY, UNDECIDED, Found
from armslength.register.shapes import BOOL, ON_EDGE_DEG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from armslength.register.cover import Strips
    from armslength.register.kernel import Search

PAIRS_PER_BLOCK: Final = 1 << 17
"""Pairs of one block: two megabytes, which are still in the cache when the block is looked at."""

_BATCH: Final = 1024
"""Points taken together through the stages: what they need stays in the innermost cache."""

_ENTRIES: Final = 1 << 14
"""Entries of a batch: more than a thousand points usually draw."""

_RADIANS: Final = math.pi / 180.0


def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    try:
        compiled: Callable[..., Any] = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        # No folder to keep the translation in (a read-only installation): it is made anew in each process.
        compiled = numba.njit(nogil=True, error_model="numpy")(function)
    return compiled


# --- places -----------------------------------------------------------------------------------------------------------


def _row(lat: float, south: float, height: float, rows: int) -> int:
    return min(max(math.floor((lat - south) / height), -1), rows)


_row_of = _compiled(_row)


def _cell(lat: float, lon: float, south: float, height: float, columns: F64, first: I64) -> int:
    row = _row_of(lat, south, height, len(columns))
    if row < 0 or row == len(columns):
        return int(first[-1])
    return int(first[row] + min(int((lon + 180.0) * (columns[row] / 360.0)), int(columns[row]) - 1))


_cell_of = _compiled(_cell)


def _look_up(
    at: int,
    until: int,
    lat: F64,
    lon: F64,
    south: float,
    height: float,
    columns: F64,
    first: I64,
    offsets: I32,
    point: I64,
    low: I32,
    high: I32,
) -> tuple[int, int]:
    """Points from ``at`` whose cells have entries, and the entries; returns how many of both."""
    some, drawn = 0, 0
    for here in range(at, until):
        cell = _cell_of(lat[here], lon[here], south, height, columns, first)
        point[some], low[some], high[some] = here, offsets[cell], offsets[cell + 1]
        drawn += offsets[cell + 1] - offsets[cell]
        some += offsets[cell + 1] > offsets[cell]
    return some, drawn


_looked_up = _compiled(_look_up)


def _place(some: int, point: I64, lat: F64, lon: F64, x: F64, y: F64, z: F64) -> None:
    """Coordinates in space of the points of a batch, as `armslength.register.geodesy.ecef`."""
    for one in range(some):
        phi, lam = lat[point[one]] * _RADIANS, lon[point[one]] * _RADIANS
        sin_phi, cos_phi = math.sin(phi), math.cos(phi)
        prime = AXIS_A / math.sqrt(1.0 - ECCENTRICITY_2 * sin_phi * sin_phi)
        x[one], y[one] = prime * cos_phi * math.cos(lam), prime * cos_phi * math.sin(lam)
        z[one] = prime * (1.0 - ECCENTRICITY_2) * sin_phi


_placed = _compiled(_place)


# --- circles ----------------------------------------------------------------------------------------------------------


def _flatten(some: int, low: I32, high: I32, entries: I32, entry: I32, owner: I32) -> int:
    """The entries of a batch in one row, each with its point's number in the batch."""
    flat = 0
    for one in range(some):
        for k in range(low[one], high[one]):
            entry[flat], owner[flat] = entries[k], one
            flat += 1
    return flat


_flattened = _compiled(_flatten)


def _measure(flat: int, entry: I32, owner: I32, x: F64, y: F64, z: F64, table: F64, code: I8) -> None:
    """For each entry 2 inside, 0 beyond, 3 between the bounds; without a branch that could be guessed wrong."""
    for k in range(flat):
        item, one = np.uint64(entry[k] >> 1), np.uint64(owner[k])
        dx, dy, dz = x[one] - table[item, 0], y[one] - table[item, 1], z[one] - table[item, 2]
        square = dx * dx + dy * dy + dz * dz
        within, near = np.int8(square < table[item, 3]), np.int8(square <= table[item, 4])
        # The flag alone says 2.
        code[k] = np.int8(2) if entry[k] & 1 else np.int8(3) * near - within


_measured = _compiled(_measure)


def _emit(
    flat: int,
    entry: I32,
    owner: I32,
    code: I8,
    point: I64,
    item_zone: I32,
    pairs: int,
    out_point: I64,
    out_zone: I64,
    out_answer: I8,
) -> int:
    """Write a pair for each entry and step on where it is one."""
    for k in range(flat):
        out_point[pairs] = point[np.uint64(owner[k])]
        out_zone[pairs] = item_zone[np.uint64(entry[k] >> 1)]
        # 3 becomes UNDECIDED.
        out_answer[pairs] = code[k] - ((code[k] & 1) << 2)
        pairs += code[k] >> 1
    return pairs


_emitted = _compiled(_emit)


def _circles(
    start: int,
    lat: F64,
    lon: F64,
    south: float,
    height: float,
    columns: F64,
    first: I64,
    offsets: I32,
    entries: I32,
    item_zone: I32,
    table: F64,
    most: int,
    out_point: I64,
    out_zone: I64,
    out_answer: I8,
) -> tuple[int, int]:
    """Fill a block with the pairs of points without doubt; returns the next point and the number of pairs."""
    point, low, high = np.empty(_BATCH, np.int64), np.empty(_BATCH, np.int32), np.empty(_BATCH, np.int32)
    x, y, z = np.empty(_BATCH), np.empty(_BATCH), np.empty(_BATCH)
    room = max(most, _ENTRIES)
    entry, owner, code = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int8)
    pairs, at, size = 0, start, _BATCH
    while at < len(lat):
        until = min(at + size, len(lat))
        some, drawn = _looked_up(at, until, lat, lon, south, height, columns, first, offsets, point, low, high)
        if pairs > 0 and pairs + drawn >= len(out_point):
            return at, pairs
        if drawn > room or drawn >= len(out_point):
            # One point alone always fits.
            size = max(1, size // 2)
            continue
        _placed(some, point, lat, lon, x, y, z)
        flat = _flattened(some, low, high, entries, entry, owner)
        _measured(flat, entry, owner, x, y, z, table, code)
        pairs = _emitted(flat, entry, owner, code, point, item_zone, pairs, out_point, out_zone, out_answer)
        at = until
    return at, pairs


_search_circles = _compiled(_circles)


# --- any zones --------------------------------------------------------------------------------------------------------


def _decide(square: float, stray: float, holds: int, reach: float, doubt: float) -> int:
    """As `armslength.register.kernel.decide` of `signed_bounds`."""
    if square >= NO_CHORD2:
        return INSIDE if holds else OUTSIDE
    chord, slack = math.sqrt(square), CHORD_SLACK_M + stray
    low = 2.0 * RHO_MAX * math.asin(min(max((chord - slack) / (2.0 * RHO_MAX), 0.0), 1.0))
    high = 2.0 * RHO_MIN * math.asin(min(max((chord + slack) / (2.0 * RHO_MIN), 0.0), 1.0))
    if holds:
        low, high = -high, -low
    if low - doubt > reach:
        return OUTSIDE
    if high + doubt <= reach:
        return INSIDE
    if low + doubt > reach and high - doubt <= reach:
        return POSSIBLY
    return UNDECIDED


_decided = _compiled(_decide)


def _hold(lat: float, lon: float, low: int, high: int, strip_edges: I32, ends: F64) -> bool:
    """Whether the edges of a strip hold a point, as `armslength.register.shapes.ring_tests` does."""
    crossed = 0
    for k in range(low, high):
        edge = strip_edges[k]
        x1, y1, x2, y2 = ends[edge, 0], ends[edge, 1], ends[edge, 2], ends[edge, 3]
        if lat < min(y1, y2) - ON_EDGE_DEG or lat > max(y1, y2) + ON_EDGE_DEG:
            continue
        between = (y1 > lat) != (y2 > lat)
        at = x1 + (lat - y1) * (x2 - x1) / (y2 - y1 if between else 1.0)
        for turn in range(2):
            x = lon + 360.0 * turn
            if between and x < at:
                crossed += 1
            if min(x1, x2) - ON_EDGE_DEG <= x <= max(x1, x2) + ON_EDGE_DEG:
                cross = (x2 - x1) * (lat - y1) - (y2 - y1) * (x - x1)
                if abs(cross) <= ON_EDGE_DEG * (abs(x2 - x1) + abs(y2 - y1)):
                    return True
    return crossed % 2 == 1


_held = _compiled(_hold)


def _hold_in_band(
    lat: float,
    lon: float,
    zone: int,
    bands: tuple[float, float],
    low_row: I64,
    first_strip: I64,
    strip_offsets: I64,
    strip_edges: I32,
    ends: F64,
) -> bool:
    # A cell that an edge only comes near may reach into bands that have none.
    above = math.floor((lat - bands[0]) / bands[1]) - low_row[zone]
    if above < 0 or above >= first_strip[zone + 1] - first_strip[zone]:
        return False
    strip = first_strip[zone] + above
    return bool(_held(lat, lon, strip_offsets[strip], strip_offsets[strip + 1], strip_edges, ends))


_held_in_band = _compiled(_hold_in_band)


def _chord2(x: float, y: float, z: float, item: int, table: F64, runs: F64) -> float:
    """Square of the chord to a centre or a piece."""
    dx, dy, dz = x - table[item, 0], y - table[item, 1], z - table[item, 2]
    if len(runs) > 0:
        share = min(max((dx * runs[item, 0] + dy * runs[item, 1] + dz * runs[item, 2]) * runs[item, 3], 0.0), 1.0)
        dx, dy, dz = dx - share * runs[item, 0], dy - share * runs[item, 1], dz - share * runs[item, 2]
    return float(dx * dx + dy * dy + dz * dz)


_chord2_to = _compiled(_chord2)


def _zones(
    start: int,
    lat: F64,
    lon: F64,
    doubt: F64,
    south: float,
    height: float,
    columns: F64,
    first: I64,
    offsets: I32,
    entries: I32,
    item_zone: I32,
    table: F64,
    runs: F64,
    inner: BOOL,
    reach: F64,
    bands: tuple[float, float],
    low_row: I64,
    first_strip: I64,
    strip_offsets: I64,
    strip_edges: I32,
    ends: F64,
    out_point: I64,
    out_zone: I64,
    out_answer: I8,
) -> tuple[int, int]:
    """Fill a block with the pairs of points and zones of any form; returns the next point and the number of pairs."""
    pairs, one = 0, np.zeros(1, np.int64)
    x, y, z = np.empty(1), np.empty(1), np.empty(1)
    for here in range(start, len(lat)):
        cell = _cell_of(lat[here], lon[here], south, height, columns, first)
        low, high = offsets[cell], offsets[cell + 1]
        if low == high:
            continue
        if pairs + high - low > len(out_point):
            return here, pairs
        one[0] = here
        _placed(1, one, lat, lon, x, y, z)
        square, stray, holds, settled = NO_CHORD2, 0.0, False, False
        for k in range(low, high):
            entry = entries[k]
            item = entry >> 1
            zone = item_zone[item]
            if entry & 1:
                settled = True
            elif len(inner) > 0 and inner[item]:
                holds = _held_in_band(
                    lat[here], lon[here], zone, bands, low_row, first_strip, strip_offsets, strip_edges, ends
                )
            elif not settled:
                square = min(square, _chord2_to(x[0], y[0], z[0], item, table, runs))
                stray = max(stray, runs[item, 4]) if len(runs) > 0 else 0.0
            # The zone's last entry in this cell: what was found makes its answer.
            if k + 1 == high or item_zone[entries[k + 1] >> 1] != zone:
                said = INSIDE if settled else _decided(square, stray, holds, reach[zone], doubt[here])
                if said != OUTSIDE:
                    out_point[pairs], out_zone[pairs], out_answer[pairs] = here, zone, said
                    pairs += 1
                square, stray, holds, settled = NO_CHORD2, 0.0, False, False
    return len(lat), pairs


_search_zones = _compiled(_zones)


# --- one point among circles ------------------------------------------------------------------------------------------


_near = _compiled(near_inverse)


def _probe(
    lat: float,
    lon: float,
    doubt: float,
    south: float,
    height: float,
    columns: F64,
    first: I64,
    offsets: I32,
    entries: I32,
    item_zone: I32,
    table: F64,
    reach: F64,
    sites: F64,
    out: F64,
) -> int:
    """Fill rows of zone, answer, distance and bearing; returns their number, -1 where the geodesic must decide."""
    cell = _cell_of(lat, lon, south, height, columns, first)
    one, x, y, z = np.zeros(1, np.int64), np.empty(1), np.empty(1), np.empty(1)
    _placed(1, one, np.array([lat]), np.array([lon]), x, y, z)
    pairs = 0
    for k in range(offsets[cell], offsets[cell + 1]):
        item = entries[k] >> 1
        zone, said = item_zone[item], INSIDE
        if entries[k] & 1 == 0:
            dx, dy, dz = x[0] - table[item, 0], y[0] - table[item, 1], z[0] - table[item, 2]
            said = _decided(dx * dx + dy * dy + dz * dz, 0.0, 0, reach[zone], doubt)
        if said == UNDECIDED:
            return -1
        if said != OUTSIDE:
            out[pairs, 0], out[pairs, 1] = zone, said
            out[pairs, 2], out[pairs, 3] = _near(sites[item, 0], sites[item, 1], lat, lon)
            pairs += 1
    return pairs


_probed = _compiled(_probe)


def probe(what: Search, lat: float, lon: float, doubt: float) -> list[list[float]] | None:
    """Return zone, answer, distance and bearing of one point's hits, as `armslength.register.kernel.probe` does."""
    grid, index, items = what.index.grid, what.index, what.items
    out = np.empty((index.most, 4))
    pairs = _probed(
        lat,
        lon,
        doubt,
        grid.south_deg,
        grid.height_deg,
        grid.columns,
        grid.first,
        index.offsets,
        index.entries,
        items.zone,
        items.table,
        items.reach_m,
        items.sites,
        out,
    )
    rows: list[list[float]] = out[:pairs].tolist()
    return None if pairs < 0 else rows


# --- the search -------------------------------------------------------------------------------------------------------


def search(what: Search, lat: F64, lon: F64, doubt: F64 | None) -> Iterator[Found]:
    """Yield the pairs that are not OUTSIDE, as `armslength.register.kernel.search` does."""
    grid, index, items = what.index.grid, what.index, what.items
    place = (grid.south_deg, grid.height_deg, grid.columns, grid.first, index.offsets, index.entries, items.zone)
    plain = doubt is None and not items.shapes
    rest = (items.table, items.runs, items.inner, items.reach_m, *_strips(what.strips))
    around = np.zeros(len(lat)) if doubt is None else doubt
    # A single point needs no block of megabytes, and the pairs of one point always fit.
    start, size = 0, max(min(PAIRS_PER_BLOCK, 64 * len(lat)), index.most + 1)
    while start < len(lat):
        out = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int8)
        if plain:
            start, pairs = _search_circles(start, lat, lon, *place, items.table, index.most, *out)
        else:
            start, pairs = _search_zones(start, lat, lon, around, *place, *rest, *out)
        yield Found(out[0][:pairs], out[1][:pairs], out[2][:pairs])


def _strips(strips: Strips | None) -> tuple[tuple[float, float], I64, I64, I64, I32, F64]:
    if strips is None:
        none = np.zeros(0, dtype=np.int64)
        return (0.0, 1.0), none, none, none, np.zeros(0, dtype=np.int32), np.zeros((0, 4))
    bands = (strips.south_deg, strips.height_deg)
    return bands, strips.low_row, strips.first, strips.offsets, strips.edges, strips.ends

"""The index: a grid of cells over latitude and longitude, and for each cell the items that reach it.

Rows have one height in degrees; each row has as many columns as make its cells about as wide as high, down to one at
the poles. A cell's items stand side by side in one array (compressed rows), each with a flag that says *the whole cell
lies inside*, so that most points inside a zone need no arithmetic at all.

A circle of radius r on the ellipsoid lies within the cap of angle r / rho_min about the same latitude and longitude on
a sphere, and holds the cap of angle r / rho_max: the ellipsoid's metric lies between those of the two spheres. So a
cap's rows and columns, widened by six millimetres for rounding, cover the circle at the antimeridian and at the poles
as everywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from armslength.register.geodesy import F64, I32, I64, RHO_MAX, RHO_MIN

HEIGHTS_DEG: Final = (0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.08, 0.11, 0.15, 0.2, 0.3, 0.5, 0.8, 1.2, 2.0, 4.0, 8.0)
"""Heights of a cell to choose from, 1 to 900 km."""

CELLS_MAX: Final = 8_000_000
"""Cells of an index of circles, four bytes each: more of them cost more time to reach than they save."""

_SLACK_RAD: Final = 1e-9
"""Six millimetres on the ground: coordinates in radians are right to 1e-15, so that rounding drops no cell."""

_METRES_PER_DEGREE: Final = 111_195.0
"""Metres of a degree on a sphere of 6,371 km: for choosing a height, where one in a hundred does not matter."""

_SPANS_PER_STEP: Final = 1 << 18
"""Rows of circles covered at once: bounds what the covering takes in passing to some 40 MB."""

INSIDE_FLAG: Final = 1
"""The lowest bit of an entry: the whole cell lies inside; the other bits are the item's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows and columns.

    Args:
        height_deg: height of a row.
        south_deg: latitude of the lowest row's lower edge.
        columns: columns of each row, as doubles.
        first: number of each row's first cell, and at the end the number of cells.
    """

    height_deg: float
    south_deg: float
    columns: F64 = field(repr=False)
    first: I64 = field(repr=False)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.columns)

    @property
    def cells(self) -> int:
        """Number of cells; one more, always empty, stands for what lies north or south of all rows."""
        return int(self.first[-1])

    def row_of(self, lat_deg: F64) -> I64:
        """Return the row of each latitude, beyond the grid -1 or the number of rows."""
        row = np.floor((lat_deg - self.south_deg) / self.height_deg)
        return np.clip(row, -1.0, float(self.rows)).astype(np.int64)

    def column_of(self, row: I64, lon_deg: F64) -> I64:
        """Return the column of each longitude, not wrapped: beyond +-180 degrees below 0 or past the last."""
        return np.floor((lon_deg + 180.0) * (self.columns[row] / 360.0)).astype(np.int64)

    def cells_of(self, lat_deg: F64, lon_deg: F64) -> I64:
        """Return the cell of each point; longitudes are -180 to below 180."""
        row = self.row_of(lat_deg)
        within = (row >= 0) & (row < self.rows)
        row = np.where(within, row, 0)
        column = np.minimum(self.column_of(row, lon_deg), self.columns[row].astype(np.int64) - 1)
        return np.where(within, self.first[row] + column, self.cells)

    def edges_deg(self, row: I64) -> tuple[F64, F64]:
        """Return the lower and upper latitude of rows; beyond a pole they stop at it."""
        low = self.south_deg + row * self.height_deg
        return np.clip(low, -90.0, 90.0), np.clip(low + self.height_deg, -90.0, 90.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A grid and the items of its cells.

    Args:
        grid: rows and columns.
        offsets: cell -> its first entry; two more than there are cells, so that the cell of nowhere is empty.
        entries: twice the item's number, plus `INSIDE_FLAG`; ascending within a cell.
        pad_m: metres by which each item was widened: points known within this need no other index.
        most: entries of the fullest cell.
    """

    grid: Grid
    offsets: I32 = field(repr=False)
    entries: I32 = field(repr=False)
    pad_m: float
    most: int

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self.offsets.nbytes + self.entries.nbytes + self.grid.columns.nbytes + self.grid.first.nbytes


def choose_height(lat_deg: F64, reach_m: F64, cells_max: int = CELLS_MAX) -> float:
    """Return the height of a cell: the least with which entries and cells stay few for the number of items.

    Args:
        lat_deg: a latitude of each item.
        reach_m: metres by which each item reaches out.
        cells_max: cells of a large set at most.
    """
    if len(reach_m) == 0:
        return HEIGHTS_DEG[-1]
    reach = reach_m[:: max(1, len(reach_m) // 4096)]
    tall = min(180.0, float(lat_deg.max() - lat_deg.min()) + 2 * float(reach_m.max()) / _METRES_PER_DEGREE)
    entries_max, cells_max = 20 * len(reach_m) + 700_000, min(cells_max, 40 * len(reach_m) + 4_000_000)
    for height in HEIGHTS_DEG:
        metres = height * _METRES_PER_DEGREE
        entries = float(((1.0 + 2.0 * reach / metres) ** 2).mean()) * len(reach_m)
        cells = tall / height * 360.0 / height * 0.7
        if entries <= entries_max and cells <= cells_max:
            return height
    return HEIGHTS_DEG[-1]


def make_grid(height_deg: float, south_deg: float, north_deg: float) -> Grid:
    """Return a grid over a band of latitudes, which is widened to whole rows."""
    # Rows of all grids lie on the same lines, a whole number of heights from the south pole.
    first = max(0, int(np.floor((south_deg + 90.0) / height_deg)) - 1)
    # The pole itself falls into a row of its own where the heights divide 180 degrees.
    last = min(int(180.0 / height_deg) + 1, int(np.ceil((north_deg + 90.0) / height_deg)) + 1)
    low = -90.0 + height_deg * np.arange(first, max(last, first + 1))
    nearest = np.where(low >= 0.0, low, np.minimum(0.0, low + height_deg))
    columns = np.maximum(1.0, np.floor(360.0 * np.cos(np.radians(nearest)) / height_deg))
    return Grid(
        height_deg=height_deg,
        south_deg=float(low[0]),
        columns=columns,
        first=np.concatenate(([0], np.cumsum(columns.astype(np.int64)))),
    )


def pack(grid: Grid, keys: I64, pad_m: float) -> Index:
    """Return the index of entries given as keys, ``cell << 32 | entry``; the keys are sorted in place."""
    keys.sort()
    cells = keys >> 32
    offsets = np.zeros(grid.cells + 2, dtype=np.int32)
    counts = np.bincount(cells, minlength=grid.cells + 1)
    np.cumsum(counts, out=offsets[1:])
    return Index(
        grid=grid, offsets=offsets, entries=(keys & 0xFFFFFFFF).astype(np.int32), pad_m=pad_m, most=int(counts.max())
    )


def caps(grid: Grid, item: I64, lat_deg: F64, lon_deg: F64, reach_m: F64, inner_m: F64) -> I64:
    """Return the keys of caps, not sorted.

    Args:
        grid: rows and columns.
        item: number of each item.
        lat_deg: centre.
        lon_deg: centre.
        reach_m: metres within which a cell may be touched.
        inner_m: metres within which a cell that lies there whole is flagged; below zero nothing is.
    """
    outer = reach_m / RHO_MIN + _SLACK_RAD
    lat = np.radians(lat_deg)
    low = np.maximum(grid.row_of(np.degrees(lat - outer)), 0)
    high = np.minimum(grid.row_of(np.degrees(lat + outer)), grid.rows - 1)
    heights = high - low + 1
    found = []
    for start, end in _steps(heights):
        part = slice(start, end)
        cap, row = spread(low[part], heights[part])
        cap += start
        found.append(_cap_rows(grid, item[cap], row, lat[cap], lon_deg[cap], outer[cap], inner_m[cap] / RHO_MAX))
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _steps(heights: I64) -> list[tuple[int, int]]:
    """Cut items into runs of about `_SPANS_PER_STEP` rows."""
    if len(heights) == 0:
        return []
    marks = np.searchsorted(np.cumsum(heights), np.arange(0, int(heights.sum()), _SPANS_PER_STEP)[1:])
    cuts = [0, *np.unique(marks).tolist(), len(heights)]
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def spread(first: I64, counts: I64) -> tuple[I64, I64]:
    """Return, for ranges ``first .. first + counts - 1``, the number of each member's range and the member."""
    owner = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts)
    member = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts - first, counts)
    return owner, member


def _cap_rows(grid: Grid, item: I64, row: I64, lat: F64, lon_deg: F64, outer: F64, inner: F64) -> I64:
    """Keys of caps cut into rows: one cap and one row each."""
    low, high = (np.radians(edge) for edge in grid.edges_deg(row))
    # The cap is widest where sin(phi) = sin(phi0) / cos(delta), and past that only narrower on both sides.
    widest = np.arcsin(np.clip(np.sin(lat) / np.cos(np.minimum(outer, 1.5)), -1.0, 1.0))
    reach = _half_width(lat, np.clip(widest, low, high), outer) + _SLACK_RAD / np.cos(lat).clip(1e-9)
    inner = inner - _SLACK_RAD
    narrow = np.minimum(_half_width(lat, low, inner), _half_width(lat, high, inner))
    return columns_keys(grid, item, row, lon_deg, np.degrees(reach), np.degrees(narrow))


def _half_width(lat: F64, at: F64, delta: F64) -> F64:
    """Half the width in longitude of a cap at a latitude; below zero where the cap does not reach it (radians)."""
    # The haversine form keeps its digits for a cap of one metre, which the law of cosines loses.
    room = np.sin(delta / 2) ** 2 - np.sin((at - lat) / 2) ** 2
    scale = np.cos(at) * np.cos(lat)
    share = room / np.maximum(scale, 1e-300)
    width = 2.0 * np.arcsin(np.sqrt(np.clip(share, 0.0, 1.0)))
    return np.where((room < 0.0) | (delta <= 0.0), -1.0, width)


def columns_keys(grid: Grid, item: I64, row: I64, lon_deg: F64, outer_deg: F64, inner_deg: F64) -> I64:
    """Return the keys of spans of longitude in rows.

    Args:
        grid: rows and columns.
        item: number of each span's item.
        row: row of each span.
        lon_deg: middle of each span.
        outer_deg: degrees to both sides that are touched.
        inner_deg: degrees to both sides within which a cell is flagged; below zero nothing is.
    """
    columns = grid.columns[row].astype(np.int64)
    west = grid.column_of(row, lon_deg - outer_deg)
    east = grid.column_of(row, lon_deg + outer_deg)
    whole = (east - west + 1 >= columns) | (outer_deg >= 179.999)
    # A row touched all around is counted from the side away from the middle, so that flagged columns stay one run.
    west = np.where(whole, grid.column_of(row, lon_deg - 180.0), west)
    count = np.where(whole, columns, east - west + 1)
    inner_west = grid.column_of(row, lon_deg - inner_deg) + 1
    inner_east = grid.column_of(row, lon_deg + inner_deg) - 1
    around = inner_deg >= 179.999
    span, column = spread(west, count)
    flagged = around[span] | ((column >= inner_west[span]) & (column <= inner_east[span]) & (inner_deg[span] >= 0.0))
    cell = grid.first[row][span] + np.mod(column, columns[span])
    return (cell << 32) | (item[span] << 1) | flagged

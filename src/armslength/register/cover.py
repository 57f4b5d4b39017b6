"""Which cells each item reaches: circles and pieces as caps, polygons by their edges and, between those, whole.

The inside of a polygon is asked edge by edge, but only of the edges that pass the point's own narrow band of latitude:
they stand ready as *strips*, one for each polygon and band. Cells that no edge touches lie inside or outside as a
whole, which one look along the middle of each row decides for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from armslength.register import grid
from armslength.register.geodesy import F64, I32, I64, RHO_MIN
from armslength.register.zones import CIRCLE

if TYPE_CHECKING:
    from armslength.register.grid import Grid, Index
    from armslength.register.items import Items
    from armslength.register.shapes import Lines
    from armslength.register.zones import ZoneSet

_METRES_PER_DEGREE: Final = 110_500.0
"""Less than any degree of latitude has, so that a band of latitudes in degrees is wide enough."""

_MARGIN_DEG: Final = 1e-7
"""A centimetre around every edge: a point on it is always asked edge by edge."""


SHAPE_CELLS_MAX: Final = 25_000_000
"""Cells of an index with polygons, four bytes each: a point in a cell of the border costs more than one of a circle."""

STRIPS_PER_ROW: Final = 8
"""Strips of one row of cells: a strip of a polygon of some hundred corners then holds a handful of edges."""

STRIP_EDGES_MAX: Final = 40_000_000
"""Edges in all strips of a set, beyond which strips are as high as rows: four bytes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strips:
    """Ring edges by polygon and narrow bands of latitude.

    Args:
        south_deg: latitude of the lower edge of band 0.
        height_deg: height of a band.
        low_row: zone -> its lowest band.
        first: zone -> number of the strip of that band; one more at the end. Zones without rings have no strip.
        offsets: strip -> its first edge; one more at the end.
        edges: rows of ``ends``.
        ends: the edges, as in `armslength.register.shapes.Lines`.
    """

    south_deg: float
    height_deg: float
    low_row: I64 = field(repr=False)
    first: I64 = field(repr=False)
    offsets: I64 = field(repr=False)
    edges: I32 = field(repr=False)
    ends: F64 = field(repr=False)


def circle_index(zones: ZoneSet, items: Items, pad_m: float) -> Index:
    """Return the index of a set of circles."""
    lat, lon, reach = (column[items.zone] for column in (zones.lat_deg, zones.lon_deg, zones.reach_m))
    rows = _grid_for(lat, reach + pad_m, grid.CELLS_MAX)
    keys = grid.caps(rows, np.arange(len(zones)), lat, lon, reach + pad_m, reach - pad_m)
    return grid.pack(rows, keys, pad_m)


def _grid_for(lat: F64, reach: F64, cells_max: int) -> Grid:
    height = grid.choose_height(lat, reach, cells_max)
    wide = reach / _METRES_PER_DEGREE + _MARGIN_DEG
    low, high = float((lat - wide).min(initial=90.0)), float((lat + wide).max(initial=-90.0))
    return grid.make_grid(height, max(low, -90.0), min(high, 90.0))


def shape_index(zones: ZoneSet, items: Items, lines: Lines, pad_m: float) -> tuple[Index, Strips]:
    """Return the index of a set with corridors or polygons, and the strips of its polygons."""
    pieces = items.pieces
    if pieces is None:
        raise TypeError
    number = np.arange(len(items.zone))
    own = np.flatnonzero(zones.kind[items.zone] == CIRCLE)
    cut = np.flatnonzero((zones.kind[items.zone] != CIRCLE) & ~items.inner)
    middle = (pieces.ends[:, :2] + pieces.ends[:, 2:]) / 2.0
    half = np.sqrt((pieces.run * pieces.run).sum(axis=1)) / 2.0 + pieces.stray_m
    lat = np.concatenate((zones.lat_deg[items.zone[own]], middle[:, 1]))
    lon = np.concatenate((zones.lon_deg[items.zone[own]], middle[:, 0]))
    reach = zones.reach_m[items.zone[np.concatenate((own, cut))]]
    beyond = np.concatenate((np.zeros(len(own)), half))
    stray = np.concatenate((np.zeros(len(own)), pieces.stray_m))
    ring = lines.ring
    tall = np.abs(lines.ends[ring, 3] - lines.ends[ring, 1]) * _METRES_PER_DEGREE / 2.0
    rows = _grid_for(
        np.concatenate((lat, lines.ends[ring, 1], lines.ends[ring, 3])),
        np.concatenate((reach + beyond * 1.001 + pad_m, tall, tall)),
        SHAPE_CELLS_MAX,
    )
    keys = [
        grid.caps(
            rows, number[np.concatenate((own, cut))], lat, lon, reach + beyond * 1.001 + pad_m, reach - stray - pad_m
        )
    ]
    inside_item = np.full(len(zones), -1)
    inside_item[items.zone[items.inner]] = number[items.inner]
    # A point this deep inside its polygon is inside whatever its doubt.
    keys.append(_polygon_keys(rows, lines, inside_item, np.maximum(0.0, pad_m - zones.reach_m)))
    index = grid.pack(rows, np.concatenate(keys), pad_m)
    return _without_settled(index, items), _strips(rows, zones, lines)


def _polygon_keys(rows: Grid, lines: Lines, item: I64, margin_m: F64) -> I64:
    """Keys of polygons' insides: cells that an edge comes near are asked, cells between are flagged."""
    ends, zone = lines.ends[lines.ring], lines.zone[lines.ring]
    if len(ends) == 0:
        return np.empty(0, dtype=np.int64)
    touched = _edge_keys(rows, ends, item[zone], margin_m[zone])
    inner = _inner_keys(rows, ends, zone, item)
    # The flag is the lowest bit: of a cell that is both, the entry to be asked comes first.
    both = np.sort(np.concatenate((touched, inner)))
    fresh = np.concatenate(([True], both[1:] >> 1 != both[:-1] >> 1))
    return both[fresh]


def _edge_keys(rows: Grid, ends: F64, item: I64, margin_m: F64) -> I64:
    """Keys of the cells that edges, widened by a margin, touch."""
    wide = margin_m / _METRES_PER_DEGREE + _MARGIN_DEG
    south, north = np.minimum(ends[:, 1], ends[:, 3]) - wide, np.maximum(ends[:, 1], ends[:, 3]) + wide
    low = np.maximum(rows.row_of(south), 0)
    high = np.minimum(rows.row_of(north), rows.rows - 1)
    edge, row = grid.spread(low, np.maximum(high - low + 1, 0))
    floor, ceiling = rows.edges_deg(row)
    part = ends[edge]
    # What of the edge lies within the row and the margin around it, as shares of the edge.
    rise = part[:, 3] - part[:, 1]
    flat = np.abs(rise) < 1e-12
    safe = np.where(flat, 1.0, rise)
    one = (floor - wide[edge] - part[:, 1]) / safe
    two = (ceiling + wide[edge] - part[:, 1]) / safe
    first = np.where(flat, 0.0, np.clip(np.minimum(one, two), 0.0, 1.0))
    last = np.where(flat, 1.0, np.clip(np.maximum(one, two), 0.0, 1.0))
    span = part[:, 2] - part[:, 0]
    west = part[:, 0] + span * np.where(span < 0.0, last, first)
    east = part[:, 0] + span * np.where(span < 0.0, first, last)
    polewards = np.minimum(90.0, np.maximum(np.abs(floor), np.abs(ceiling)) + wide[edge])
    # asin(sin d / cos phi), without leaving its range near a pole: there the whole row is touched.
    share = np.sin(margin_m[edge] / RHO_MIN) / np.maximum(np.cos(np.radians(polewards)), 1e-12)
    widen = np.where(share >= 1.0, 180.0, np.degrees(np.arcsin(np.minimum(share, 1.0)))) + _MARGIN_DEG
    return grid.columns_keys(
        rows, item[edge], row, (west + east) / 2.0, (east - west) / 2.0 + widen, np.full(len(edge), -1.0)
    )


def _inner_keys(rows: Grid, ends: F64, zone: I64, item: I64) -> I64:
    """Keys of the cells along the middle of each row between the first and the second crossing, and so on."""
    south, north = np.minimum(ends[:, 1], ends[:, 3]), np.maximum(ends[:, 1], ends[:, 3])
    low = np.maximum(rows.row_of(south), 0)
    high = np.minimum(rows.row_of(north), rows.rows - 1)
    edge, row = grid.spread(low, np.maximum(high - low + 1, 0))
    floor, ceiling = rows.edges_deg(row)
    middle = (floor + ceiling) / 2.0
    part = ends[edge]
    crossing = (part[:, 1] > middle) != (part[:, 3] > middle)
    edge, row, middle, part = edge[crossing], row[crossing], middle[crossing], part[crossing]
    at = part[:, 0] + (middle - part[:, 1]) * (part[:, 2] - part[:, 0]) / (part[:, 3] - part[:, 1])
    order = np.lexsort((at, row, zone[edge]))
    edge, row, at = edge[order], row[order], at[order]
    west, east = at[0::2], at[1::2]
    owner = item[zone[edge[0::2]]]
    keys = grid.columns_keys(
        rows, owner, row[0::2], (west + east) / 2.0, (east - west) / 2.0, np.full(len(owner), -1.0)
    )
    return keys | grid.INSIDE_FLAG


def _without_settled(index: Index, items: Items) -> Index:
    """Keep one flagged entry of a zone whose cell lies inside as a whole, and none of its others there."""
    cell = np.repeat(np.arange(index.grid.cells + 1), np.diff(index.offsets))
    zone = items.zone[index.entries >> 1]
    if len(zone) == 0:
        return index
    start = np.flatnonzero(np.concatenate(([True], (cell[1:] != cell[:-1]) | (zone[1:] != zone[:-1]))))
    flagged = (index.entries & 1).astype(np.int8)
    settled = np.repeat(np.maximum.reduceat(flagged, start), np.diff(np.concatenate((start, [len(zone)]))))
    count = np.cumsum(flagged)
    before = np.repeat(count[start] - flagged[start], np.diff(np.concatenate((start, [len(zone)]))))
    keep = (settled == 0) | ((flagged == 1) & (count - before == 1))
    offsets = np.zeros_like(index.offsets)
    counts = np.bincount(cell[keep], minlength=index.grid.cells + 1)
    np.cumsum(counts, out=offsets[1:])
    return grid.Index(
        grid=index.grid, offsets=offsets, entries=index.entries[keep], pad_m=index.pad_m, most=int(counts.max())
    )


def _strips(rows: Grid, zones: ZoneSet, lines: Lines) -> Strips:
    """Return the ring edges by polygon and band."""
    ends, zone = lines.ends[lines.ring], lines.zone[lines.ring]
    south = np.minimum(ends[:, 1], ends[:, 3]) - _MARGIN_DEG - rows.south_deg
    north = np.maximum(ends[:, 1], ends[:, 3]) + _MARGIN_DEG - rows.south_deg
    height = rows.height_deg / STRIPS_PER_ROW
    if ((north - south) / height + 1.0).sum() > STRIP_EDGES_MAX:
        height = rows.height_deg
    low, high = np.floor(south / height).astype(np.int64), np.floor(north / height).astype(np.int64)
    low_row, high_row = np.full(len(zones), 1 << 40), np.full(len(zones), -(1 << 40))
    np.minimum.at(low_row, zone, low)
    np.maximum.at(high_row, zone, high)
    first = np.concatenate(([0], np.cumsum(np.maximum(high_row - low_row + 1, 0))))
    edge, row = grid.spread(low, high - low + 1)
    strip = first[zone[edge]] + row - low_row[zone[edge]]
    counts = np.bincount(strip, minlength=int(first[-1]))
    return Strips(
        south_deg=rows.south_deg,
        height_deg=height,
        low_row=low_row,
        first=first,
        offsets=np.concatenate(([0], np.cumsum(counts))),
        edges=edge[np.argsort(strip, kind="stable")].astype(np.int32),
        ends=ends,
    )

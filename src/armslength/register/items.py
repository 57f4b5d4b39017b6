"""What the entries of an index stand for, as tables that both kernels read.

In a set of circles an item is a zone's centre, and items are numbered along the rows of a coarse grid, so that zones
that are near on the ground are near in memory: with a hundred thousand of them that is a fifth of the time. With
corridors and polygons items are numbered zone by zone, so that all items of a zone in one cell stand side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from armslength.register.geodesy import F64, I32, I64, chord2_beyond, chord2_within, ecef
from armslength.register.grid import make_grid
from armslength.register.shapes import BOOL, Pieces, make_pieces
from armslength.register.zones import CIRCLE, POLYGON

if TYPE_CHECKING:
    from armslength.register.zones import ZoneSet

_ORDER_DEG = 0.5
"""Height of the rows along which circles are numbered: a few zones of a cell share a line of the cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Items of a set.

    Args:
        zone: item -> zone.
        table: of circles x, y, z of the centre, the square of the chord below which a point lies inside, that above
            which it lies outside; of shapes x, y, z of the first end or of a circle's centre.
        runs: of shapes x, y, z to the second end, one over the square of their length (0 for a point), metres by which
            the true border strays; empty for circles.
        reach_m: radius, half width or buffer of each zone.
        sites: of circles, latitude and longitude of each item's centre; empty for shapes.
        inner: of shapes, whether the item asks *inside or not*; empty for circles.
        first_piece: of shapes, zone -> its first piece, and one more.
        pieces: of shapes, the cut borders, by zone.
    """

    zone: I32 = field(repr=False)
    table: F64 = field(repr=False)
    runs: F64 = field(repr=False)
    reach_m: F64 = field(repr=False)
    sites: F64 = field(repr=False)
    inner: BOOL = field(repr=False)
    first_piece: I64 = field(repr=False)
    pieces: Pieces | None = None

    @property
    def shapes(self) -> bool:
        """Whether there are corridors or polygons."""
        return self.pieces is not None

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self.zone.nbytes + self.table.nbytes + self.runs.nbytes + self.sites.nbytes + self.inner.nbytes


def circle_items(zones: ZoneSet) -> Items:
    """Return the items of a set of circles."""
    rows = make_grid(_ORDER_DEG, -90.0, 90.0)
    order = np.argsort(rows.cells_of(zones.lat_deg, zones.lon_deg), kind="stable")
    table = np.empty((len(zones), 5))
    table[:, 0], table[:, 1], table[:, 2] = ecef(zones.lat_deg[order], zones.lon_deg[order])
    table[:, 3] = chord2_within(zones.reach_m[order])
    table[:, 4] = chord2_beyond(zones.reach_m[order])
    return Items(
        zone=order.astype(np.int32),
        table=table,
        runs=np.empty((0, 5)),
        reach_m=zones.reach_m,
        sites=np.stack((zones.lat_deg[order], zones.lon_deg[order]), axis=1),
        inner=np.empty(0, dtype=np.bool_),
        first_piece=np.empty(0, dtype=np.int64),
    )


def shape_items(zones: ZoneSet, *, borders: bool) -> Items:
    """Return the items of a set with corridors or polygons.

    Args:
        zones: the set; its lines are there.
        borders: whether distances to the border of a polygon without a buffer are asked for too.
    """
    if zones.lines is None:
        raise TypeError
    cut = make_pieces(zones.lines, (zones.kind != POLYGON) | (zones.reach_m > 0.0) | borders)
    # A circle's centre and a polygon's inside come before the zone's pieces.
    own = np.flatnonzero((zones.kind == CIRCLE) | (zones.kind == POLYGON))
    zone = np.concatenate((own, cut.zone))
    order = np.argsort(zone, kind="stable")
    centres = np.stack(ecef(zones.lat_deg[own], zones.lon_deg[own]), axis=1)
    runs = np.zeros((len(zone), 5))
    runs[len(own) :, :3] = cut.run
    length2 = (cut.run * cut.run).sum(axis=1)
    runs[len(own) :, 3] = np.where(length2 > 0.0, 1.0 / np.where(length2 > 0.0, length2, 1.0), 0.0)
    runs[len(own) :, 4] = cut.stray_m
    inner = np.concatenate((zones.kind[own] == POLYGON, np.zeros(len(cut), dtype=np.bool_)))
    return Items(
        zone=zone[order].astype(np.int32),
        table=np.concatenate((centres, cut.start))[order],
        runs=runs[order],
        reach_m=zones.reach_m,
        sites=np.empty((0, 2)),
        inner=inner[order],
        pieces=cut,
        first_piece=np.searchsorted(cut.zone, np.arange(len(zones) + 1)),
    )

"""Polygons instead of circles: ours, and shapely prepared. Edges are straight in longitude and latitude."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from watch_peers import own
from watch_peers.contract import MissingError, Peer, chunked
from watch_peers.world import Points, stars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watch_peers.world import Indexes, Zones


class Own(own.Numba):
    """Our engine, compiled."""

    def build(self, zones: Zones) -> None:
        """Make the grid of the polygons around the same centres."""
        from armslength.register.zones import Polygon, ZoneSet

        polygons = [Polygon(rings=[list(map(tuple, ring.tolist()))]) for ring in stars(zones)]
        self._engine = self._make_engine(ZoneSet.build(polygons), kernel=self.kernel)


class Shapely(Peer):
    """An STRtree of prepared polygons, asked for many points at once (of two ways tried the faster)."""

    def __init__(self) -> None:
        try:
            import shapely
        except ImportError:
            raise MissingError("shapely is not installed: pip install shapely") from None
        self._shapely: Any = shapely

    def build(self, zones: Zones) -> None:
        """Make and prepare polygons, and their tree."""
        polygons = np.array([self._shapely.Polygon(ring) for ring in stars(zones)])
        self._shapely.prepare(polygons)
        self._tree = self._shapely.STRtree(polygons)

    def blocks(self, points: Points) -> Iterator[tuple[Indexes, Indexes]]:
        """Ask the tree for the polygons around each point."""
        for first, part in chunked(points):
            point, zone = self._tree.query(self._shapely.points(part.lon, part.lat), predicate="within")
            yield point + first, zone

    def probe(self, lat: float, lon: float) -> int:
        """Ask for one point."""
        return len(self._tree.query(self._shapely.Point(lon, lat), predicate="within"))

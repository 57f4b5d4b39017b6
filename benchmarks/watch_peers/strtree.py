"""shapely 2: an STRtree of the circles' boxes, then the chord on the ellipsoid, in numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from watch_peers.contract import MissingError, Peer, chunked
from watch_peers.world import Points, boxes, chord2, ecef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watch_peers.world import Indexes, Zones

import numpy as np


class StrTree(Peer):
    """The usual embedded index, made exact."""

    def __init__(self) -> None:
        try:
            import shapely
        except ImportError:
            raise MissingError("shapely is not installed: pip install shapely") from None
        self._shapely: Any = shapely

    def build(self, zones: Zones) -> None:
        """Make the tree and the circles' places on the ellipsoid."""
        found = boxes(zones)
        self._tree = self._shapely.STRtree(self._shapely.box(found.west, found.south, found.east, found.north))
        self._zone = found.zone
        self._at = np.ascontiguousarray(ecef(zones.lat, zones.lon).T)
        self._limit = chord2(zones.radius_m)

    def blocks(self, points: Points) -> Iterator[tuple[Indexes, Indexes]]:
        """Ask the tree for the boxes around each point, then measure."""
        for first, part in chunked(points, 32_768):
            point, box = self._tree.query(self._shapely.points(part.lon, part.lat))
            zone = self._zone[box]
            apart = self._at[zone]
            apart -= ecef(part.lat, part.lon).T[point]
            near = np.einsum("ij,ij->i", apart, apart) <= self._limit[zone]
            yield point[near] + first, zone[near]

    def probe(self, lat: float, lon: float) -> int:
        """Ask for one point."""
        zone = self._zone[self._tree.query(self._shapely.Point(lon, lat))]
        apart = self._at[zone] - ecef(lat, lon)
        return int(np.count_nonzero(np.einsum("ij,ij->i", apart, apart) <= self._limit[zone]))

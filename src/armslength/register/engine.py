"""The engine of the watch: points against zones, in bulk and one at a time, with the same answers.

    zones = ZoneSet.circles(lat, lon, radius_m)
    engine = Engine(zones)
    for block in engine.join(lat, lon, uncertainty_m): block.point, block.zone, block.answer
    engine.count(lat, lon, group, groups)
    engine.probe(lat, lon)

Answers are right to a millimetre on WGS 84. A point that is known within u metres lies INSIDE when d + u <= r,
POSSIBLY inside when d - u <= r, and else OUTSIDE, where d is the distance to the site: to a circle's centre, to a
corridor's line, to a polygon's edge, counted below zero inside it. Nothing holds a list of all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from armslength.core.errors import LocalError
from armslength.register import kernel
from armslength.register.cover import circle_index, shape_index
from armslength.register.geodesy import F64, I8, I64, exact_distance_m, near_inverse
from armslength.register.items import circle_items, shape_items
from armslength.register.kernel import UNDECIDED, Found, Search, decide
from armslength.register.shapes import holds, nearest_place
from armslength.register.zones import CIRCLE, POLYGON, RADIUS_M_MAX, ZoneSet, usable, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from armslength.register.items import Items

    Finder = Callable[[Search, F64, F64, F64 | None], Iterator[Found]]
    Asker = Callable[[Search, float, float, float], list[list[float]] | None]

ENGINE_VERSION: Final = "1"
"""Named by every alert: it changes when the same points and zones may get another answer."""

PADS_M: Final = (0.0, 1_000.0, 5_000.0, 20_000.0, 80_000.0, RADIUS_M_MAX)
"""Uncertainties for which an index is made when a point first needs it, beside the one made at the start."""


class Hit(NamedTuple):
    """One zone that a point lies in or may lie in.

    Args:
        zone: its number.
        answer: INSIDE (2) or POSSIBLY (1).
        distance_m: metres from the site, 0 inside a polygon.
        bearing_deg: true bearing from the nearest place of the site to the point; 0 where the distance is 0.
    """

    zone: int
    answer: int
    distance_m: float
    bearing_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some of the pairs of a join, by point, then by zone.

    Args:
        point: number of the point, ascending.
        zone: number of the zone.
        answer: INSIDE (2) or POSSIBLY (1); what lies outside is not there.
    """

    point: I64
    zone: I64
    answer: I8


class Engine:
    """Zones made ready to be asked.

    Args:
        zones: the zones; they stay as they are.
        kernel: ``numpy``, ``numba``, or ``auto`` for numba where it is installed; the answers are the same.
        uncertainty_m_max: metres of doubt for which the first index is made; larger ones get an index when they come.

    Raises:
        LocalError: ZONE-KERNEL, ZONE-VALUE.
    """

    def __init__(self, zones: ZoneSet, kernel: str = "auto", uncertainty_m_max: float = 0.0) -> None:
        if not 0.0 <= uncertainty_m_max <= RADIUS_M_MAX:
            raise LocalError("ZONE-VALUE", expected=f"an uncertainty of 0 to {RADIUS_M_MAX:.0f} m")
        self.zones = zones
        self.kernel, self._find, self._ask = _kernel(kernel)
        self._items: dict[bool, Items] = {}
        self._searches: dict[float, Search] = {}
        self._first_pad_m = float(uncertainty_m_max)
        self._first = self._search(self._first_pad_m)

    def _search(self, pad_m: float) -> Search:
        """The zones made ready for points known within some metres."""
        found = self._searches.get(pad_m)
        if found is None:
            found = self._searches[pad_m] = self._prepared(pad_m)
        return found

    def _prepared(self, pad_m: float) -> Search:
        zones, lines = self.zones, self.zones.lines
        # A polygon without a buffer needs its border cut up only for points that may be elsewhere.
        borders = lines is not None and pad_m > 0.0
        items = self._items.get(borders)
        if items is None:
            items = circle_items(zones) if lines is None else shape_items(zones, borders=borders)
            self._items[borders] = items
        if lines is None:
            return Search(index=circle_index(zones, items, pad_m), items=items)
        index, strips = shape_index(zones, items, lines, pad_m)
        return Search(index=index, items=items, strips=strips)

    @property
    def nbytes(self) -> int:
        """Bytes held by tables and indexes."""
        held = sum(items.nbytes for items in self._items.values())
        return held + sum(ready.index.nbytes for ready in self._searches.values())

    def join(self, lat_deg: F64, lon_deg: F64, uncertainty_m: F64 | float = 0.0) -> Iterator[Block]:
        """Yield all pairs of a point and a zone that it lies in or may lie in, in blocks by ascending point.

        Args:
            lat_deg: degrees north.
            lon_deg: degrees east.
            uncertainty_m: metres, one a point or one for all.

        Raises:
            LocalError: PLACE-RANGE.
        """
        lat, lon = _points(lat_deg, lon_deg)
        doubt = _doubts(uncertainty_m, lat)
        for low, high, ready in self._levels(doubt, len(lat)):
            run = slice(low, high)
            for found in self._find(ready, lat[run], lon[run], None if doubt is None else doubt[run]):
                block = Block(point=found.point + low if low else found.point, zone=found.zone, answer=found.answer)
                yield self._settled(ready, block, (lat, lon, doubt))

    def _levels(self, doubt: F64 | None, points: int) -> Iterator[tuple[int, int, Search]]:
        """Cut points into runs that one index serves."""
        if doubt is None or points == 0:
            yield 0, points, self._first
            return
        pads = np.array([self._first_pad_m, *(pad for pad in PADS_M if pad > self._first_pad_m)])
        level = np.searchsorted(pads, doubt)
        cuts = [0, *(np.flatnonzero(np.diff(level)) + 1).tolist(), points]
        for low, high in pairwise(cuts):
            yield low, high, self._search(float(pads[level[low]]))

    def _settled(self, ready: Search, block: Block, points: tuple[F64, F64, F64 | None]) -> Block:
        """Put the geodesic's answer where the bounds left it open."""
        left = np.flatnonzero(block.answer == UNDECIDED)
        if len(left) == 0:
            return block
        lat, lon, doubt = points
        answer = block.answer.copy()
        for pair in left.tolist():
            zone, point = int(block.zone[pair]), int(block.point[pair])
            metres = np.array([self._exact(ready.items, zone, float(lat[point]), float(lon[point]))])
            answer[pair] = decide(metres, metres, self.zones.reach_m[zone], 0.0 if doubt is None else doubt[point])[0]
        keep = np.flatnonzero(answer)
        return Block(point=block.point[keep], zone=block.zone[keep], answer=answer[keep])

    def _exact(self, items: Items, zone: int, lat: float, lon: float) -> float:
        """Metres from a zone's site, below zero inside a polygon."""
        site = self._site(items, zone, lat, lon)
        metres = exact_distance_m(*site, lat, lon)
        return -metres if self._holds(zone, lat, lon) else metres

    def _site(self, items: Items, zone: int, lat: float, lon: float) -> tuple[float, float]:
        """Latitude and longitude of the place of a zone's site, or of its border, that is nearest to a point."""
        cut = items.pieces
        if cut is None or self.zones.kind[zone] == CIRCLE:
            return float(self.zones.lat_deg[zone]), float(self.zones.lon_deg[zone])
        own = slice(int(items.first_piece[zone]), int(items.first_piece[zone + 1]))
        return nearest_place(cut.ends[own], cut.start[own], cut.run[own], cut.stray_m[own], lat, lon)

    def _holds(self, zone: int, lat: float, lon: float) -> bool:
        lines = self.zones.lines
        if lines is None or self.zones.kind[zone] != POLYGON:
            return False
        own = slice(*np.searchsorted(lines.zone, (zone, zone + 1)))
        return holds(lines.ends[own][lines.ring[own]], lat, lon)

    def count(self, lat_deg: F64, lon_deg: F64, group: I64, groups: int) -> I64:
        """Return for each zone and group how many points lie inside, the edge included and no doubt regarded.

        Args:
            lat_deg: degrees north.
            lon_deg: degrees east.
            group: number of each point's group, 0 to below ``groups``.
            groups: number of groups.

        Raises:
            LocalError: PLACE-RANGE, ZONE-VALUE.
        """
        members = np.asarray(group, dtype=np.int64)
        if len(members) and not (members.min() >= 0 and members.max() < groups):
            raise LocalError("ZONE-VALUE", expected=f"groups 0 to {groups - 1}")
        counts = np.zeros(len(self.zones) * groups, dtype=np.int64)
        for block in self.join(lat_deg, lon_deg):
            np.add.at(counts, block.zone * groups + members[block.point], 1)
        return counts.reshape(len(self.zones), groups)

    def probe(self, lat_deg: float, lon_deg: float, uncertainty_m: float = 0.0) -> list[Hit]:
        """Return the zones that one point lies in or may lie in, by zone.

        Args:
            lat_deg: degrees north.
            lon_deg: degrees east.
            uncertainty_m: metres by which the point may be elsewhere.

        Raises:
            LocalError: PLACE-RANGE.
        """
        quick = None
        usual = -90.0 <= lat_deg <= 90.0 and -180.0 <= lon_deg < 180.0
        if usual and self.zones.lines is None and 0.0 <= uncertainty_m <= self._first_pad_m:
            quick = self._ask(self._first, lat_deg, lon_deg, uncertainty_m)
        if quick is not None:
            return sorted([Hit(int(zone), int(answer), metres, bearing) for zone, answer, metres, bearing in quick])
        found = [
            (zone, answer)
            for block in self.join(np.array([lat_deg]), np.array([lon_deg]), uncertainty_m)
            for zone, answer in zip(block.zone.tolist(), block.answer.tolist(), strict=True)
        ]
        return [Hit(zone, answer, *self.distance(zone, lat_deg, lon_deg)) for zone, answer in sorted(found)]

    def distance(self, zone: int, lat_deg: float, lon_deg: float) -> tuple[float, float]:
        """Return metres from a zone's site to a point and the bearing, as in `Hit`, wherever the point is."""
        if self._holds(zone, lat_deg, lon_deg):
            return 0.0, 0.0
        items = self._items.get(True) or self._first.items
        if items.pieces is not None and items.first_piece[zone] == items.first_piece[zone + 1]:
            items = self._search(max(self._first_pad_m, PADS_M[1])).items
        return near_inverse(*self._site(items, zone, lat_deg, lon_deg), lat_deg, lon_deg)


def _points(lat_deg: F64, lon_deg: F64) -> tuple[F64, F64]:
    lat = np.ascontiguousarray(lat_deg, dtype=np.float64)
    lon = np.ascontiguousarray(lon_deg, dtype=np.float64)
    if lat.ndim != 1 or lat.shape != lon.shape or not usable(lat, lon):
        raise LocalError("PLACE-RANGE", expected="latitude -90 to 90 and longitude -180 to 180 degrees")
    return lat, wrapped(lon)


def _doubts(uncertainty_m: F64 | float, lat: F64) -> F64 | None:
    doubt = np.asarray(uncertainty_m, dtype=np.float64)
    if doubt.size == 0 or not doubt.any():
        return None
    if not (doubt.min() >= 0.0 and doubt.max() <= RADIUS_M_MAX):
        raise LocalError("PLACE-RANGE", expected=f"an uncertainty of 0 to {RADIUS_M_MAX:.0f} m")
    return np.ascontiguousarray(np.broadcast_to(doubt, lat.shape))


def _kernel(name: str) -> tuple[str, Finder, Asker]:
    """Return the kernel's name, its search, and its search for one point among circles."""
    if name == "auto":
        name = "numba" if find_spec("numba") is not None else "numpy"
    if name == "numpy":
        return name, kernel.search, kernel.probe
    if name == "numba" and find_spec("numba") is not None:
        # Imported here: it takes half a second, and who asked for numpy need not have it.
        from armslength.register import kernel_numba  # noqa: PLC0415 - as above

        return name, kernel_numba.search, kernel_numba.probe
    raise LocalError("ZONE-KERNEL", expected="auto, numpy or numba", got=name)

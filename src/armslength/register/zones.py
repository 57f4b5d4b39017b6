"""Zones of the watch as arrays: circles, corridors and polygons with a buffer, ready for the index and the kernels.

A zone is a site and a distance to it; its edge belongs to it. The index knows a zone by its *items*: a circle is one
item, its centre; a corridor is its pieces; a polygon is one item for its inside and, where the distance to its edge
matters, its pieces. A piece is a straight segment through the earth, so that one test, the chord from a point to a
segment, serves all three.

Edges of corridors and polygons are straight lines in longitude and latitude, as RFC 7946 (3.1.1) says, and neither
great circles nor geodesics: at 50 degrees north the two are 0.6 m apart in an edge of 5 km and 21 m in one of 30 km.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from armslength.core.errors import LocalError
from armslength.register import shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.register.geodesy import F64, I8

RADIUS_M_MAX: Final = 500_000.0
"""The largest radius, half width, buffer or uncertainty: the bounds of a chord are held by tests to the sum of two."""

ZONES_MAX: Final = 4_000_000
"""Zones of one set: their table and index take some 200 bytes each, so that these fit the memory of one machine."""

CIRCLE, CORRIDOR, POLYGON = 0, 1, 2
"""The kinds of zones in arrays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """All points within ``radius_m`` metres of a centre in degrees."""

    lat_deg: float
    lon_deg: float
    radius_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """All points within ``half_width_m`` metres of a line of two or more points ``(lon, lat)`` in degrees."""

    points: Sequence[tuple[float, float]]
    half_width_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon:
    """All points inside rings or within ``buffer_m`` metres of them.

    Args:
        rings: outer rings and holes of one or several parts, each of three or more points ``(lon, lat)`` in degrees,
            the first repeated at the end or not, in any direction. A point is inside when an odd number of rings hold
            it. A ring that crosses the antimeridian may be cut there (RFC 7946, 3.1.9) or not; one that runs around a
            pole holds the pole on its own side of the equator.
        buffer_m: metres beyond the edge that still belong to the zone.
    """

    rings: Sequence[Sequence[tuple[float, float]]]
    buffer_m: float = 0.0


Zone: TypeAlias = Circle | Corridor | Polygon
"""The three forms of a zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneSet:
    """Many zones as arrays, row by row; a zone's number is its place in the order given.

    Args:
        kind: CIRCLE, CORRIDOR or POLYGON.
        lat_deg: latitude of a circle's centre, else of the first point.
        lon_deg: its longitude, -180 to below 180.
        reach_m: radius, half width or buffer.
        lines: the edges of corridors and polygons; None in a set of circles only.
    """

    kind: I8
    lat_deg: F64
    lon_deg: F64
    reach_m: F64
    lines: shapes.Lines | None = None

    def __len__(self) -> int:
        return len(self.reach_m)

    @classmethod
    def circles(cls, lat_deg: F64, lon_deg: F64, radius_m: F64) -> ZoneSet:
        """Return one circle a row.

        Args:
            lat_deg: centres, degrees north.
            lon_deg: centres, degrees east.
            radius_m: radii in metres, or one radius for all.

        Raises:
            LocalError: ZONE-VALUE.
        """
        lat = np.ascontiguousarray(lat_deg, dtype=np.float64)
        lon = np.ascontiguousarray(lon_deg, dtype=np.float64)
        reach = np.ascontiguousarray(np.broadcast_to(np.asarray(radius_m, dtype=np.float64), lat.shape))
        _check(lat, lon, reach)
        return cls(
            kind=np.zeros(len(lat), dtype=np.int8),
            lat_deg=lat,
            lon_deg=wrapped(lon),
            reach_m=reach,
        )

    @classmethod
    def build(cls, zones: Sequence[Zone]) -> ZoneSet:
        """Return zones of any form, in the order given.

        Raises:
            LocalError: ZONE-VALUE.
        """
        try:
            anchors = np.array([_anchor(zone) for zone in zones], dtype=np.float64).reshape(-1, 4)
        except (TypeError, ValueError):
            raise LocalError("ZONE-VALUE", expected="numbers, and points of two numbers, longitude first") from None
        found = cls.circles(anchors[:, 0], anchors[:, 1], anchors[:, 2])
        kind = anchors[:, 3].astype(np.int8)
        if not kind.any():
            return found
        lines = {
            number: (zone.points,) if isinstance(zone, Corridor) else zone.rings
            for number, zone in enumerate(zones)
            if not isinstance(zone, Circle)
        }
        return cls(
            kind=kind,
            lat_deg=found.lat_deg,
            lon_deg=found.lon_deg,
            reach_m=found.reach_m,
            lines=shapes.make_lines(lines, kind == POLYGON),
        )


def wrapped(lon_deg: F64) -> F64:
    """Return longitudes with 180 written as -180, so that the antimeridian has one name."""
    if lon_deg.max(initial=0.0) < 180.0:
        return lon_deg
    return np.where(lon_deg >= 180.0, lon_deg - 360.0, lon_deg)


def usable(lat_deg: F64, lon_deg: F64) -> bool:
    """Tell whether all are coordinates in degrees; numbers that are none fail every comparison."""
    if len(lat_deg) == 0:
        return True
    extremes = (lat_deg.min() >= -90.0, lat_deg.max() <= 90.0, lon_deg.min() >= -180.0, lon_deg.max() <= 180.0)
    return bool(all(extremes))


def _check(lat: F64, lon: F64, reach: F64) -> None:
    if lat.ndim != 1 or lat.shape != lon.shape or len(lat) > ZONES_MAX:
        raise LocalError("ZONE-VALUE", expected=f"at most {ZONES_MAX} zones, as many latitudes as longitudes")
    if not usable(lat, lon):
        raise LocalError("ZONE-VALUE", expected="latitude -90 to 90 and longitude -180 to 180 degrees")
    if len(reach) and not (reach.min() >= 0.0 and reach.max() <= RADIUS_M_MAX):
        raise LocalError("ZONE-VALUE", expected=f"a radius, half width or buffer of 0 to {RADIUS_M_MAX:.0f} m")


def _anchor(zone: Zone) -> tuple[float, float, float, int]:
    """Latitude, longitude, reach and kind of a zone."""
    if isinstance(zone, Circle):
        return zone.lat_deg, zone.lon_deg, zone.radius_m, CIRCLE
    if isinstance(zone, Corridor):
        if len(zone.points) < 2:
            raise LocalError("ZONE-VALUE", expected="a corridor of two points or more")
        lon, lat = zone.points[0]
        return lat, lon, zone.half_width_m, CORRIDOR
    if not zone.rings or min(len({tuple(point) for point in ring}) for ring in zone.rings) < 3:
        raise LocalError("ZONE-VALUE", expected="rings of three different points or more")
    lon, lat = zone.rings[0][0]
    return lat, lon, zone.buffer_m, POLYGON

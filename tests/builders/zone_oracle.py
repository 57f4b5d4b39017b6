"""Answers of the watch's geometry worked out the slow way, by other people's code: Karney's geodesic of PROJ, GEOS."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod

from armslength.register.zones import Corridor, Polygon

if TYPE_CHECKING:
    from armslength.register.engine import Engine

F64: TypeAlias = npt.NDArray[np.float64]

KARNEY = Geod(ellps="WGS84")

Table: TypeAlias = npt.NDArray[np.int64]


def turned(lon: F64 | float) -> F64:
    """Longitudes brought to -180 to below 180."""
    return np.mod(np.asarray(lon) + 180.0, 360.0) - 180.0


def answers(signed_m: F64, doubt: F64, reach_m: F64) -> Table:
    """2, 1, 0 for points (rows) and zones (columns) from the distances, below zero inside a site."""
    around = doubt[:, None]
    return np.where(signed_m + around <= reach_m, 2, np.where(signed_m - around <= reach_m, 1, 0))


def circle_distances(lat: F64, lon: F64, centre_lat: F64, centre_lon: F64) -> F64:
    """Metres of all pairs."""
    point, zone = np.indices((len(lat), len(centre_lat)))
    return KARNEY.inv(centre_lon[zone.ravel()], centre_lat[zone.ravel()], lon[point.ravel()], lat[point.ravel()])[
        2
    ].reshape(point.shape)


def joined(engine: Engine, lat: F64, lon: F64, doubt: F64 | float = 0.0) -> Table:
    """The engine's answers as a table, after holding its blocks to their promises."""
    table = np.zeros((len(lat), len(engine.zones)), dtype=np.int64)
    last = -1
    for block in engine.join(lat, lon, doubt):
        assert set(block.answer.tolist()) <= {1, 2}
        assert (np.diff(block.point) >= 0).all()
        if len(block.point):
            assert block.point[0] >= last
            last = int(block.point[-1])
        assert not table[block.point, block.zone].any()
        table[block.point, block.zone] = block.answer
    return table


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A zone and its site in plane coordinates whose longitudes run on past 180."""

    zone: Polygon | Corridor
    borders: F64 = field(repr=False)
    area: shapely.Geometry | None = None
    about_lon: float = 0.0

    @property
    def reach_m(self) -> float:
        """Metres beyond the site."""
        return self.zone.buffer_m if isinstance(self.zone, Polygon) else self.zone.half_width_m

    def signed_m(self, lat: float, lon: float) -> float:
        """Metres from the site, below zero inside it."""
        x = self.about_lon + float(turned(lon - self.about_lon))
        inside = self.area is not None and bool(shapely.covers(self.area, shapely.Point(x, lat)))
        metres = border_m(self.borders, lat, lon)
        return -metres if inside else metres


def border_m(borders: F64, lat: float, lon: float) -> float:
    """Metres to straight lines in longitude and latitude: looked for along each line, then closer and closer."""
    share = np.linspace(0.0, 1.0, 201)
    along = borders[:, None, :2] + (borders[:, None, 2:] - borders[:, None, :2]) * share[None, :, None]
    metres = _metres(along.reshape(-1, 2), lat, lon).reshape(along.shape[:2])
    best = float(metres.min())
    for line in np.argsort(metres.min(axis=1))[:3].tolist():
        middle = int(metres[line].argmin())
        low, high = share[max(0, middle - 1)], share[min(200, middle + 1)]
        for _ in range(5):
            parts = np.linspace(low, high, 41)
            places = borders[line, :2] + (borders[line, 2:] - borders[line, :2]) * parts[:, None]
            near = _metres(places, lat, lon)
            at = int(near.argmin())
            best = min(best, float(near[at]))
            low, high = parts[max(0, at - 1)], parts[min(40, at + 1)]
    return best


def _metres(places: F64, lat: float, lon: float) -> F64:
    count = len(places)
    found: F64 = KARNEY.inv(places[:, 0], places[:, 1], np.full(count, lon), np.full(count, lat))[2]
    return found


def sides(ring: F64) -> F64:
    """Edges of a ring whose first point is not repeated."""
    return np.concatenate((ring, np.roll(ring, -1, axis=0)), axis=1)


def star(rng: np.random.Generator, lat: float, lon: float, size_m: float, corners: int) -> F64:
    """A ring of corners about a place, longitudes running on about it."""
    while True:
        azimuth = np.sort(rng.uniform(0, 360, corners))
        reach = size_m * rng.uniform(0.5, 1.0, corners)
        x, y, _ = KARNEY.fwd(np.full(corners, lon), np.full(corners, lat), azimuth, reach)
        ring = np.stack([lon + turned(x - lon), y], axis=1)
        if shapely.Polygon(ring).is_valid:
            return ring


def points_of(ring: F64) -> list[tuple[float, float]]:
    """A ring as people write it, longitudes -180 to 180."""
    return [(float(turned(x)), float(y)) for x, y in ring]

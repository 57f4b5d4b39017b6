"""The reference: every pair near a circle's edge or within it, measured by Karney's geodesic, whatever an engine says.

Candidates are found in a way that no engine uses and that cannot lose one: a geodesic of r metres changes the latitude
by at most r over the least radius of curvature, and the straight line through the earth is never longer than the
geodesic. All that remain are measured with PROJ's geodesic (Karney's own C code), some again with geographiclib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from watch_peers.contract import MissingError
from watch_peers.world import RADIUS_M, RHO_MIN_M, Floats, Indexes, Points, Zones, ecef

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

TOLERANCE_M = 0.001
"""The product promises a millimetre."""
AGAIN = 400
"""Pairs measured again with geographiclib, those nearest to an edge: it is slow."""


def _sweep() -> Callable[..., int]:
    import numba

    @numba.njit
    def sweep(
        at: Floats, low: Indexes, high: Indexes, centre: Floats, reach2: Floats, point: Indexes, zone: Indexes
    ) -> int:
        found = 0
        for i in range(len(at)):
            for j in range(low[i], high[i]):
                x, y, z = at[i, 0] - centre[j, 0], at[i, 1] - centre[j, 1], at[i, 2] - centre[j, 2]
                if x * x + y * y + z * z <= reach2[j]:
                    if found < len(point):
                        point[found], zone[found] = i, j
                    found += 1
        return found

    return sweep


class Reference:
    """The true pairs of some points.

    Args:
        zones: circles.
        points: points.

    Raises:
        MissingError: numba, pyproj or geographiclib is not installed.
    """

    def __init__(self, zones: Zones, points: Points) -> None:
        try:
            import pyproj

            sweep = _sweep()
        except ImportError as error:
            raise MissingError(f"{error.name} is not installed: pip install {error.name}") from None
        self._zones, self._count = len(zones), len(points)
        self._point, self._zone = _candidates(zones, points, sweep)
        point, zone = self._point, self._zone
        geod = pyproj.Geod(ellps="WGS84")
        _, _, apart = geod.inv(zones.lon[zone], zones.lat[zone], points.lon[point], points.lat[point])
        self.off_m: Floats = np.asarray(apart) - zones.radius_m[zone]
        self._code = point * self._zones + zone
        order = np.argsort(self._code)
        self._code, self.off_m = self._code[order], self.off_m[order]
        self._point, self._zone = point[order], zone[order]
        self.again_mm = self._again(zones, points)

    def _again(self, zones: Zones, points: Points) -> float:
        from geographiclib.geodesic import Geodesic

        nearest = np.argsort(np.abs(self.off_m))[:AGAIN]
        worst = 0.0
        for one in nearest.tolist():
            i, j = self._point[one], self._zone[one]
            ends = (zones.lat[j], zones.lon[j], points.lat[i], points.lon[i])
            found = Geodesic.WGS84.Inverse(*map(float, ends))["s12"]
            worst = max(worst, abs(found - zones.radius_m[j] - self.off_m[one]) * 1e3)
        return worst

    def about(self) -> Json:
        """Return what the comparison covers."""
        near = np.abs(self.off_m)
        return {
            "points": self._count,
            "pairs": int((self.off_m <= 0).sum()),
            "within_20_m_of_an_edge": int((near <= 20).sum()),
            "within_10_mm_of_an_edge": int((near <= 0.01).sum()),
            "geographiclib_differs_mm": round(self.again_mm, 6),
        }

    def judge(self, point: Indexes, zone: Indexes, count: int) -> Json:
        """Compare an engine's pairs of the first `count` points."""
        codes, times = np.unique(point * self._zones + zone, return_counts=True)
        mine = self._point < count
        code, off = self._code[mine], self.off_m[mine]
        at = np.searchsorted(code, codes)
        known = (at < len(code)) & (code[np.minimum(at, len(code) - 1)] == codes)
        false_by = off[at[known]]
        told = np.zeros(len(code), bool)
        told[at[known]] = True
        missed_by = -off[~told]
        # A pair that is no candidate is wrong by more than its circle's chord.
        wrong = np.concatenate((false_by[false_by > 0], missed_by[missed_by > 0]))
        return {
            "checked_points": count,
            "false": int((false_by > TOLERANCE_M).sum() + (~known).sum()),
            "missed": int((missed_by > TOLERANCE_M).sum()),
            "twice": int((times > 1).sum()),
            "at_no_tolerance": len(wrong),
            "worst_mm": round(float(wrong.max() * 1e3), 3) if len(wrong) else 0.0,
        }


def _candidates(zones: Zones, points: Points, sweep: Callable[..., int]) -> tuple[Indexes, Indexes]:
    order = np.argsort(zones.lat)
    lat, radius = zones.lat[order], zones.radius_m[order]
    band = np.degrees(RADIUS_M[1] / RHO_MIN_M) + 1e-6
    low, high = np.searchsorted(lat, points.lat - band), np.searchsorted(lat, points.lat + band, side="right")
    at = np.ascontiguousarray(ecef(points.lat, points.lon).T)
    centre = np.ascontiguousarray(ecef(lat, zones.lon[order]).T)
    # Wider, so that a pair just outside is told by how much.
    reach2 = (radius * 1.01 + 10.0) ** 2
    room = 1 << 20
    while True:
        point, zone = np.empty(room, np.int64), np.empty(room, np.int64)
        found = sweep(at, low, high, centre, reach2, point, zone)
        if found <= room:
            return point[:found], order[zone[:found]]
        room = found

"""The work that every engine gets: seeded circles, clustered points, and points set at the edges of circles.

Zones are circles of 1 to 30 km. Nine in ten zones and points lie in the same 38 places of the earth, one in ten
anywhere, and a share at the poles and on the antimeridian. With 10^5 zones a point has some 3.5 of them; the number
grows with the zones. One point in twenty lies 2 mm to 20 m from a circle's edge, to either side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]

A_M, F = 6378137.0, 1 / 298.257223563
B_M = A_M * (1 - F)
E2 = F * (2 - F)
RHO_MIN_M, RHO_MAX_M = B_M * B_M / A_M, A_M * A_M / B_M
"""Least and greatest radius of curvature on WGS 84."""

SEED = 20221115
RADIUS_M = (1_000.0, 30_000.0)
EDGE_SHARE = 0.05
EDGE_M = (0.002, 20.0)
CLUSTERS, CLUSTER_DEG = 38, 2.1
SCATTERED_SHARE = 0.1
POLAR_SHARE = ANTIMERIDIAN_SHARE = 0.004


@dataclass(frozen=True, slots=True)
class Zones:
    """Circles: centres in degrees, radii in metres."""

    lat: Floats
    lon: Floats
    radius_m: Floats

    def __len__(self) -> int:
        return len(self.lat)


@dataclass(frozen=True, slots=True)
class Points:
    """Points in degrees."""

    lat: Floats
    lon: Floats

    def __len__(self) -> int:
        return len(self.lat)

    def first(self, count: int) -> Points:
        """Return the first points; any part of the whole is alike."""
        return Points(self.lat[:count], self.lon[:count])


def _wrapped(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    return np.clip(lat, -90.0, 90.0), (lon + 180.0) % 360.0 - 180.0


def _places(rng: np.random.Generator, count: int, centres: Points, special: float = 1.0) -> tuple[Floats, Floats]:
    """Return places of the common distribution, `special` times the usual share of them at poles and antimeridian."""
    which = rng.integers(0, len(centres), count)
    spread = rng.standard_normal((2, count)) * CLUSTER_DEG
    lat = centres.lat[which] + spread[0]
    lon = centres.lon[which] + spread[1] / np.cos(np.radians(centres.lat[which]))
    kind = rng.random(count)
    anywhere = kind < SCATTERED_SHARE
    lat[anywhere] = np.degrees(np.arcsin(rng.uniform(-1, 1, anywhere.sum())))
    lon[anywhere] = rng.uniform(-180, 180, anywhere.sum())
    polar = kind > 1 - POLAR_SHARE * special
    lat[polar] = rng.choice((-1.0, 1.0), polar.sum()) * (90.0 - 0.6 * rng.random(polar.sum()) ** 2)
    lon[polar] = rng.uniform(-180, 180, polar.sum())
    at_180 = (kind <= 1 - POLAR_SHARE * special) & (kind > 1 - (POLAR_SHARE + ANTIMERIDIAN_SHARE) * special)
    lon[at_180] = 180.0 + rng.standard_normal(at_180.sum()) * 0.2
    lat, lon = _wrapped(lat, lon)
    # Some lie on the pole and on the antimeridian themselves, which has two names.
    lat[polar & (rng.random(count) < 0.01)] = 90.0
    lon[at_180 & (rng.random(count) < 0.05)] = 180.0
    lon[at_180 & (rng.random(count) < 0.05)] = -180.0
    return lat, lon


def _centres(rng: np.random.Generator) -> Points:
    lat = np.degrees(np.arcsin(rng.uniform(-0.6, 0.9, CLUSTERS)))
    return Points(lat, rng.uniform(-180, 180, CLUSTERS))


def make_zones(count: int) -> Zones:
    """Return the circles of one size."""
    rng = np.random.default_rng((SEED, count))
    lat, lon = _places(rng, count, _centres(np.random.default_rng(SEED)))
    return Zones(lat, lon, rng.uniform(*RADIUS_M, count))


def make_points(zones: Zones, count: int) -> Points:
    """Return points, one in twenty of them at an edge."""
    rng = np.random.default_rng((SEED, len(zones), count))
    lat, lon = _places(rng, count, _centres(np.random.default_rng(SEED)))
    edge = rng.choice(count, int(count * EDGE_SHARE), replace=False)
    lat[edge], lon[edge] = _at_edges(rng, zones, rng.integers(0, len(zones), len(edge)))
    return Points(lat, lon)


def make_hard_points(zones: Zones, count: int) -> Points:
    """Return points for the comparison with Karney: half of them at edges, poles and antimeridian many times over."""
    rng = np.random.default_rng((SEED, len(zones), count, 1))
    lat, lon = _places(rng, count, _centres(np.random.default_rng(SEED)), special=25.0)
    edge = rng.choice(count, count // 2, replace=False)
    special = np.flatnonzero((np.abs(zones.lat) > 89) | (np.abs(zones.lon) > 179.5))
    which = rng.integers(0, len(zones), len(edge))
    if len(special):
        which[: len(edge) // 3] = rng.choice(special, len(edge) // 3)
    lat[edge], lon[edge] = _at_edges(rng, zones, which)
    return Points(lat, lon)


def _at_edges(rng: np.random.Generator, zones: Zones, which: Indexes) -> tuple[Floats, Floats]:
    import pyproj

    off = np.exp(rng.uniform(np.log(EDGE_M[0]), np.log(EDGE_M[1]), len(which))) * rng.choice((-1, 1), len(which))
    azimuth = rng.uniform(-180, 180, len(which))
    geod = pyproj.Geod(ellps="WGS84")
    lon, lat, _ = geod.fwd(zones.lon[which], zones.lat[which], azimuth, zones.radius_m[which] + off)
    return np.asarray(lat), np.asarray(lon)


VERTICES = (50, 500)


def stars(zones: Zones) -> list[Floats]:
    """Return a ring (lon, lat) for each circle, its vertices between a third of the radius and the radius.

    None reaches a pole or the antimeridian, which the flat geometry of others knows nothing of.
    """
    rng = np.random.default_rng((SEED, 2))
    rings = []
    for lat, lon, radius_m in zip(np.clip(zones.lat, -75, 75), zones.lon * 0.98, zones.radius_m, strict=True):
        count = int(rng.integers(VERTICES[0], VERTICES[1] + 1))
        angle = np.sort(rng.uniform(0, 2 * np.pi, count))
        out = np.degrees(radius_m / A_M) * rng.uniform(1 / 3, 1, count)
        ring = np.stack((lon + out * np.cos(angle) / np.cos(np.radians(lat)), lat + out * np.sin(angle)), axis=1)
        rings.append(ring)
    return rings


# --- what several engines are built from ------------------------------------------------------------------------------


def ecef(lat: Floats | float, lon: Floats | float) -> Floats:
    """Return x, y, z in metres, shape (3, n), of points on the ellipsoid."""
    phi, lam = np.radians(lat), np.radians(lon)
    sin, cos = np.sin(phi), np.cos(phi)
    n = A_M / np.sqrt(1 - E2 * sin * sin)
    return np.stack((n * cos * np.cos(lam), n * cos * np.sin(lam), n * (1 - E2) * sin))


def chord2(radius_m: Floats) -> Floats:
    """Return the square of the chord of a geodesic of this length, right to 0.3 mm up to 30 km.

    The chord of an arc of radius p is 2 p sin(s / 2p); p between its least and greatest differs by 0.56 mm at 30 km,
    and the engines compared here take the middle. (Ours proves both sides and asks Karney in between.)
    """
    rho = (RHO_MIN_M + RHO_MAX_M) / 2
    return (2 * rho * np.sin(radius_m / (2 * rho))) ** 2


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes in degrees that cover the circles; one that crosses the antimeridian is two."""

    zone: Indexes
    south: Floats
    north: Floats
    west: Floats
    east: Floats


PAD_DEG = 1e-9
"""A tenth of a millimetre: boxes are looked up in floating point."""


def boxes(zones: Zones) -> Boxes:
    """Return the boxes: delta = r / least curvature, half width asin(sin delta / cos phi), all longitudes at a pole."""
    delta = zones.radius_m / RHO_MIN_M
    # Geodetic latitude changes by at most s / least curvature; the width holds on the reduced sphere with a margin.
    south, north = (zones.lat + sign * (np.degrees(delta) * 1.0001 + PAD_DEG) for sign in (-1, 1))
    over = (north >= 90) | (south <= -90)
    ratio = np.where(over, 1.0, np.sin(delta * 1.0001) / np.cos(np.radians(zones.lat)))
    half = np.where(over | (ratio >= 1), 180.0, np.degrees(np.arcsin(np.minimum(ratio, 1.0))) * 1.0001 + PAD_DEG)
    whole = half >= 180
    west = np.where(whole, -180.0, zones.lon - half)
    east = np.where(whole, 180.0, zones.lon + half)
    left, right = west < -180, east > 180
    index = np.arange(len(zones))
    extra = np.flatnonzero(left | right)
    return Boxes(
        zone=np.concatenate((index, extra)),
        south=np.concatenate((south, south[extra])),
        north=np.concatenate((north, north[extra])),
        west=np.concatenate((np.maximum(west, -180), np.where(left[extra], west[extra] + 360, -180.0))),
        east=np.concatenate((np.minimum(east, 180), np.where(left[extra], 180.0, east[extra] - 360))),
    )

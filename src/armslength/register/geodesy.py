"""The ellipsoid for the watch: points in space, two-sided bounds from a chord to the way over the ground, the way.

Most questions of the watch are *is it within r?*, and the straight chord through the earth answers nearly all of them:
between two points a way of length s has a chord c with

    2 rho_min sin(s / 2 rho_min)  <=  c  <=  2 rho_max sin(s / 2 rho_max),

where rho_min = b^2/a and rho_max = a^2/b are the least and the greatest radius of curvature of the WGS 84 ellipsoid.
The lower bound is Schur's theorem on the chord of a curve whose curvature is bounded; the upper one is held by tests to
1,200 km. Only a chord between the two bounds (0.6 mm at 30 km, 2.6 m at 500 km) needs the geodesic (Karney 2013).
"""

from __future__ import annotations

import math
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

F64: TypeAlias = npt.NDArray[np.float64]
"""An array of doubles: degrees, metres."""

I32: TypeAlias = npt.NDArray[np.int32]
"""An array of row numbers that fit in 32 bits."""

I64: TypeAlias = npt.NDArray[np.int64]
"""An array of row numbers."""

I8: TypeAlias = npt.NDArray[np.int8]
"""An array of answers."""

AXIS_A: Final = 6_378_137.0
"""Half of the long axis of WGS 84 in metres (NIMA TR8350.2)."""

FLATTENING: Final = 1 / 298.257223563
"""Flattening of WGS 84 (NIMA TR8350.2)."""

AXIS_B: Final = AXIS_A * (1 - FLATTENING)
"""Half of the short axis in metres."""

ECCENTRICITY_2: Final = FLATTENING * (2 - FLATTENING)
"""The square of the first eccentricity."""

RHO_MIN: Final = AXIS_B * AXIS_B / AXIS_A
"""The least radius of curvature in metres: along the meridian at the equator."""

RHO_MAX: Final = AXIS_A * AXIS_A / AXIS_B
"""The greatest radius of curvature in metres: at the poles."""

CHORD_SLACK_M: Final = 2e-6
"""Metres by which both bounds are loosened: rounding of coordinates in space is 2e-9 m, of the geodesic 1.5e-8 m."""

REACH_M_MAX: Final = 1_200_000.0
"""Metres up to which the bounds and `near_inverse` are held by tests; a radius and an uncertainty are 500 km each."""

_ITERATIONS_MAX: Final = 50
"""Vincenty's iteration ends after 3 to 5 rounds below 1,200 km; only near-antipodal points would need more."""


def ecef(lat_deg: F64, lon_deg: F64) -> tuple[F64, F64, F64]:
    """Return x, y, z in metres, earth-centred and earth-fixed, of points on the ellipsoid."""
    lat, lon = np.radians(lat_deg), np.radians(lon_deg)
    sin_lat, cos_lat = np.sin(lat), np.cos(lat)
    prime = AXIS_A / np.sqrt(1.0 - ECCENTRICITY_2 * sin_lat * sin_lat)
    level = prime * cos_lat
    return level * np.cos(lon), level * np.sin(lon), prime * (1.0 - ECCENTRICITY_2) * sin_lat


def chord2_within(length_m: F64, slack_m: float | F64 = 0.0) -> F64:
    """Return the square of the chord below which the way is shorter than a length; -1, which no chord is, without one.

    Args:
        length_m: metres over the ground; below zero nothing is that near.
        slack_m: metres by which the chord measured may be too short.
    """
    chord = 2.0 * RHO_MIN * np.sin(np.minimum(length_m / (2.0 * RHO_MIN), math.pi / 2)) - CHORD_SLACK_M - slack_m
    return np.where((length_m < 0.0) | (chord <= 0.0), -1.0, chord * chord)


def chord2_beyond(length_m: F64, slack_m: float | F64 = 0.0) -> F64:
    """Return the square of the chord above which the way is longer than a length; -1, which every chord is, below zero.

    Args:
        length_m: metres over the ground.
        slack_m: metres by which the chord measured may be too long.
    """
    chord = 2.0 * RHO_MAX * np.sin(np.minimum(length_m / (2.0 * RHO_MAX), math.pi / 2)) + CHORD_SLACK_M + slack_m
    return np.where(length_m < 0.0, -1.0, chord * chord)


def exact_distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the metres of the shortest way over the ellipsoid (Karney 2013), right to some 15 nanometres.

    It takes 35 microseconds, so it is for the few pairs that the bounds leave open.
    """
    # Imported here: `armslength --help` must not wait for it.
    from geographiclib.geodesic import Geodesic  # noqa: PLC0415 - as above

    return float(Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2, Geodesic.DISTANCE)["s12"])


def near_inverse(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float]:
    """Return metres and true bearing (0 to below 360, 0 at the same place) from the first point to the second.

    Vincenty's inverse (Survey Review XXIII, 1975): within ten micrometres of Karney below `REACH_M_MAX`, ten times as
    fast, and of plain arithmetic, so that the compiled kernel runs this very text. It is for showing a distance; what
    lies inside is decided by the bounds and by Karney.
    """
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    sin1, cos1 = (1 - FLATTENING) * math.sin(phi1), math.cos(phi1)
    sin2, cos2 = (1 - FLATTENING) * math.sin(phi2), math.cos(phi2)
    norm1, norm2 = math.sqrt(sin1 * sin1 + cos1 * cos1), math.sqrt(sin2 * sin2 + cos2 * cos2)
    sin1, cos1, sin2, cos2 = sin1 / norm1, cos1 / norm1, sin2 / norm2, cos2 / norm2
    span = math.radians((lon2 - lon1 + 540.0) % 360.0 - 180.0)
    lam, north, east, sigma, cos2_alpha, cos_2m, sin_s, cos_s = span, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0
    for _ in range(_ITERATIONS_MAX):
        sin_l, cos_l = math.sin(lam), math.cos(lam)
        east = cos2 * sin_l
        north = cos1 * sin2 - sin1 * cos2 * cos_l
        sin_s = math.sqrt(east * east + north * north)
        if sin_s < 1e-14:  # below a tenth of a micrometre: one place
            return 0.0, 0.0
        cos_s = sin1 * sin2 + cos1 * cos2 * cos_l
        sigma = math.atan2(sin_s, cos_s)
        sin_alpha = cos1 * east / sin_s
        cos2_alpha = 1.0 - sin_alpha * sin_alpha
        cos_2m = cos_s - 2.0 * sin1 * sin2 / cos2_alpha if cos2_alpha > 1e-15 else 0.0
        c = FLATTENING / 16.0 * cos2_alpha * (4.0 + FLATTENING * (4.0 - 3.0 * cos2_alpha))
        inner = sigma + c * sin_s * (cos_2m + c * cos_s * (2.0 * cos_2m * cos_2m - 1.0))
        before, lam = lam, span + (1.0 - c) * FLATTENING * sin_alpha * inner
        if abs(lam - before) < 1e-14:
            break
    u2 = cos2_alpha * (AXIS_A * AXIS_A - AXIS_B * AXIS_B) / (AXIS_B * AXIS_B)
    big_a = 1.0 + u2 / 16384.0 * (4096.0 + u2 * (-768.0 + u2 * (320.0 - 175.0 * u2)))
    big_b = u2 / 1024.0 * (256.0 + u2 * (-128.0 + u2 * (74.0 - 47.0 * u2)))
    twice = 2.0 * cos_2m * cos_2m - 1.0
    third = big_b / 6.0 * cos_2m * (4.0 * sin_s * sin_s - 3.0) * (4.0 * cos_2m * cos_2m - 3.0)
    change = big_b * sin_s * (cos_2m + big_b / 4.0 * (cos_s * twice - third))
    bearing = math.degrees(math.atan2(east, north)) % 360.0
    return AXIS_B * big_a * (sigma - change), 0.0 if bearing >= 360.0 else bearing

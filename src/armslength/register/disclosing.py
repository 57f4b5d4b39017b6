"""How much of a facility is told: the fields chosen, and the place at the precision chosen (domain.md F1).

A place is rounded onto a grid whose steps are, on both axes, no finer than the precision asked for, and has no digit
that the grid has not. What is told cannot be made untold: a withdrawal ends what a notice says, not what was read.
"""

from __future__ import annotations

import math
from typing import Final

from armslength.core.errors import LocalError
from armslength.core.places import E7, LAT_E7_MAX, LON_E7_MAX, Place

DISCLOSABLE: Final = frozenset({"names", "place", "special-sign", "legal-basis"})
"""What a notice may say beside the first name and the kind, which it always says."""

PRECISION_M_MAX: Final = 100_000
"""A coarser place says a region; then it is better left out."""

_METRES_PER_E7: Final = 111_195 / E7
"""Metres of 1e-7 degree along a meridian, to three digits: enough to choose a grid."""

_STEPS_E7: Final[tuple[int, ...]] = (*(unit * 10**power for power in range(8) for unit in (1, 2, 5)), 10**8)
"""Grid steps: 1, 2 and 5 of every digit, from 1e-7 to 10 degrees."""


def coarsened(place: Place, precision_m: int) -> Place:
    """Return a place rounded to a precision in metres, which it then states itself.

    Each axis is rounded to the finest step of 1, 2 or 5 in some digit that is at least ``precision_m`` long there. The
    precision stated is that of the longer step, or the place's own when that is worse.

    Raises:
        LocalError: DISCLOSE-VALUE.
    """
    if type(precision_m) is not int or not 1 <= precision_m <= PRECISION_M_MAX:
        raise LocalError("DISCLOSE-VALUE", field="precision", expected=f"1 to {PRECISION_M_MAX} m", got=precision_m)
    lat_step = _step(precision_m, _METRES_PER_E7)
    lat_e7 = _rounded(place.lat_e7, lat_step, LAT_E7_MAX)
    # The length of a degree of longitude is taken at the rounded latitude: what is told fixes the grid, nothing else.
    along = _METRES_PER_E7 * max(math.cos(math.radians(lat_e7 / E7)), 1e-9)
    lon_step = _step(precision_m, along)
    lon_e7 = _rounded(place.lon_e7, lon_step, LON_E7_MAX)
    told_m = max(math.ceil(lat_step * _METRES_PER_E7), math.ceil(lon_step * along), place.precision_m)
    return Place(lat_e7=lat_e7, lon_e7=lon_e7, precision_m=told_m)


def _step(precision_m: int, metres_per_e7: float) -> int:
    return next((step for step in _STEPS_E7 if step * metres_per_e7 >= precision_m), _STEPS_E7[-1])


def _rounded(value_e7: int, step: int, most: int) -> int:
    """Round half away from zero in whole numbers; the edge of the grid stays on the Earth."""
    count, rest = divmod(abs(value_e7), step)
    rounded: int = min((count + (2 * rest >= step)) * step, most)
    return -rounded if value_e7 < 0 else rounded

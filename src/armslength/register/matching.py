"""Whether a report lies inside a ring around a site: yes, possibly, or no, and never a guess between them.

Distances are geodesics on the ellipsoid. A report's place is known only within its uncertainty and a site's only
within its precision, so a ring's edge may run through the doubt; then the answer is POSSIBLY, whatever the distance
between the two points says.
"""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """The three answers."""

    INSIDE = "INSIDE"
    """The report lies in the ring, wherever within its uncertainty it is."""
    POSSIBLY = "POSSIBLY"
    """The ring's edge runs through the uncertainty."""
    OUTSIDE = "OUTSIDE"
    """The report lies outside, wherever within its uncertainty it is."""


def answer_for(distance_m: float, uncertainty_m: int, radius_m: int) -> Answer:
    """Return the answer for one ring; its edge belongs to it.

    Args:
        distance_m: metres from the site to the report's place.
        uncertainty_m: metres by which that distance may be wrong.
        radius_m: width of the ring in metres.
    """
    if distance_m + uncertainty_m <= radius_m:
        return Answer.INSIDE
    if distance_m - uncertainty_m <= radius_m:
        return Answer.POSSIBLY
    return Answer.OUTSIDE

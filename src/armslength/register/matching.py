"""Whether a report lies inside a facility's watch rings: yes, possibly, or no, and never a guess between them.

Distances are geodesics on the ellipsoid. A report's place is known only within its uncertainty and a facility's only
within its precision, so a ring's edge may run through the doubt; then the answer is POSSIBLY, whatever the distance
between the two points says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from armslength.core.places import bearing_deg, compass_point, distance_m

if TYPE_CHECKING:
    from armslength.register.facilities import Facility
    from armslength.register.reports import Report


class Answer(StrEnum):
    """The three answers."""

    INSIDE = "INSIDE"
    """The report lies in the ring, wherever within its uncertainty it is."""
    POSSIBLY = "POSSIBLY"
    """The ring's edge runs through the uncertainty."""
    OUTSIDE = "OUTSIDE"
    """The report lies outside, wherever within its uncertainty it is."""


class Basis(StrEnum):
    """Why a report is held against a facility."""

    PLACE = "PLACE"
    """By the distance between their places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One report held against one facility.

    Args:
        answer: the answer for the innermost ring that the report lies in or may lie in; OUTSIDE of all.
        ring_m: that ring's width in metres from the edge of the site; the outermost ring when OUTSIDE.
        certain_ring_m: width of the innermost ring that the report lies in for certain, None without one.
        distance_m: metres between the two points, rounded to the nearest.
        uncertainty_m: metres by which that distance may be wrong.
        basis: why the two are held against each other.
        bearing_deg: true bearing from the facility to the report, whole degrees, 0 to 359.
    """

    answer: Answer
    ring_m: int
    certain_ring_m: int | None
    distance_m: int
    uncertainty_m: int
    basis: Basis
    bearing_deg: int

    @property
    def sentence(self) -> str:
        """The match in one line for the watch officer."""
        at = (
            f"{self.distance_m} m {compass_point(self.bearing_deg)} of its point" if self.distance_m else "at its point"
        )
        where = f"{at}, known within {self.uncertainty_m} m"
        said = {
            Answer.INSIDE: f"inside the ring of {self.ring_m} m",
            Answer.POSSIBLY: f"possibly inside the ring of {self.ring_m} m",
            Answer.OUTSIDE: f"outside all rings, the widest of {self.ring_m} m",
        }[self.answer]
        if self.answer is Answer.POSSIBLY and self.certain_ring_m is not None:
            said += f", certainly inside that of {self.certain_ring_m} m"
        return f"{said}; {where}"


def answer_for(distance: float, uncertainty_m: int, radius_m: int) -> Answer:
    """Return the answer for one circle; its edge belongs to it.

    Args:
        distance: metres between the two points.
        uncertainty_m: metres by which the distance may be wrong.
        radius_m: radius of the circle in metres.
    """
    if distance + uncertainty_m <= radius_m:
        return Answer.INSIDE
    if distance - uncertainty_m <= radius_m:
        return Answer.POSSIBLY
    return Answer.OUTSIDE


def match(report: Report, facility: Facility) -> Match:
    """Hold a report against a facility by place."""
    metres = distance_m(facility.place, report.place)
    # The footprint and the digits of one place overlap; the doubts about two places add up.
    uncertainty = max(report.uncertainty_m, report.place.precision_m) + facility.place.precision_m
    rings = [(ring, answer_for(metres, uncertainty, facility.site_radius_m + ring)) for ring in facility.rings_m]
    certain = next((ring for ring, answer in rings if answer is Answer.INSIDE), None)
    ring, answer = next(((r, a) for r, a in rings if a is not Answer.OUTSIDE), rings[-1])
    return Match(
        answer=answer,
        ring_m=ring,
        certain_ring_m=certain,
        distance_m=round(metres),
        uncertainty_m=uncertainty,
        basis=Basis.PLACE,
        bearing_deg=round(bearing_deg(facility.place, report.place)) % 360,
    )

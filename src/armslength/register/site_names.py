"""What the watch needs of a facility: where it is, how it is called, what it needs, and when it exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from armslength.core.instants import Instant
    from armslength.register.facilities import Facility
    from armslength.register.facility_parts import Life, Shape

SETTLEMENT: Final = "settlement"
"""Kind of a component that is the town built for the site; what happens in it reaches the site's staff and lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the watch needs of a facility.

    Args:
        facility_id: which.
        kind: a code of FACILITY_KINDS.
        lat_e7: latitude of its point in 1e-7 degree.
        lon_e7: longitude of its point.
        precision_m: metres within which the point is known.
        site_radius_m: metres around the point that are the site.
        rings_m: watch rings, ascending.
        names: (language, name).
        towns: names of the town built for it.
        needs: (what it depends on, kind of dependency).
        shape: its outline or course, None without one.
        life: when it exists.
        from_at: the instant from which this version of its record holds; None, from ever.
        until_at: the instant from which a later version holds; None for the last one.
    """

    facility_id: str
    kind: str
    lat_e7: int
    lon_e7: int
    precision_m: int
    site_radius_m: int
    rings_m: tuple[int, ...]
    names: tuple[tuple[str, str], ...] = ()
    towns: tuple[str, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    shape: Shape | None = None
    life: tuple[Life, ...] = ()
    from_at: Instant | None = None
    until_at: Instant | None = None

    def holds_at(self, at: Instant) -> bool:
        """Tell whether this version of the record is the one of an instant, and the site existed then."""
        version = (self.from_at is None or self.from_at <= at) and (self.until_at is None or at < self.until_at)
        return version and self.exists_at(at)

    def exists_at(self, at: Instant) -> bool:
        """Tell whether it existed at an instant by any of its sources; without a source it always did."""
        return not self.life or any(
            (one.from_at is None or one.from_at <= at) and (one.until_at is None or at < one.until_at)
            for one in self.life
        )


def site_of(facility: Facility, *, from_at: Instant | None = None, until_at: Instant | None = None) -> Site:
    """Return what the watch needs of a facility, or of a version of it that holds between two instants."""
    return Site(
        facility_id=facility.facility_id,
        kind=facility.kind,
        lat_e7=facility.place.lat_e7,
        lon_e7=facility.place.lon_e7,
        precision_m=facility.place.precision_m,
        site_radius_m=facility.site_radius_m,
        rings_m=facility.rings_m,
        names=facility.names,
        towns=tuple(one.name for one in facility.components if one.kind == SETTLEMENT),
        needs=tuple((one.on, one.kind) for one in facility.dependencies),
        shape=facility.shape,
        life=facility.life,
        from_at=from_at,
        until_at=until_at,
    )

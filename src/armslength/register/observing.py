"""Reports held against the register: by place, by name, by the town built for a site, and by what a site depends on.

`Watched` is made ready once from the register's sites and asked with every batch. It keeps no report. What it gives are
observations, which the rules of the watch judge; a report that touches no site gives none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from armslength.core.places import E7
from armslength.register.baselines import heat_cell
from armslength.register.duplicates import text_key
from armslength.register.engine import ENGINE_VERSION, Engine
from armslength.register.geodesy import near_inverse
from armslength.register.matching import answer_for
from armslength.register.names import Certainty, NameBasis, NameEntry, NameIndex
from armslength.register.observations import Observation
from armslength.register.vocabularies import HOT_SPOT
from armslength.register.zones import Circle, Corridor, Polygon, ZoneSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from armslength.register.names import NameHit
    from armslength.register.reports import Report
    from armslength.register.site_names import Site
    from armslength.register.zones import Zone

    Latin = Callable[[str, str], tuple[str, ...]]
    """Latin spellings of a name in a language; the linguist's, passed in by the desk."""

NAMES_SITES_MAX: Final = 200_000
"""Sites whose names are searched for in texts: with more the index takes gigabytes, and places alone are matched."""

PROBE_DOUBT_M: Final = 200_000.0
"""Doubt with which a site's own distance is asked for: as much as any report may have, so that its zone is found."""

_TOWN: Final = "SETTLEMENT"
_LINE: Final = "POWER-LINE"


class Watched:
    """The register made ready for the watch.

    Args:
        sites: every site.
        reach_m: metres around a site within which the rules need its reports.
        kernel: of the engine.
        latin: gives Latin spellings of names, to be searched for as well.
        spelling: key of a word that its other spellings share.
    """

    def __init__(
        self,
        sites: Sequence[Site],
        reach_m: int,
        *,
        kernel: str = "auto",
        latin: Latin | None = None,
        spelling: Callable[[str], str] | None = None,
    ) -> None:
        self.sites = tuple(sites)
        self.by_id = {site.facility_id: site for site in self.sites}
        self.engine_version = ENGINE_VERSION
        self._reach_m = reach_m
        self._engine = Engine(ZoneSet.build([_zone(site, reach_m) for site in self.sites]), kernel) if sites else None
        searched = self.sites if len(self.sites) <= NAMES_SITES_MAX else ()
        self._names = NameIndex.build(_entries(searched, latin), spelling=spelling)
        self.names_searched = bool(searched) or not self.sites

    def observe(self, reports: Sequence[Report]) -> dict[str, list[Observation]]:
        """Return what each site has to do with some reports, by facility id, in the order of the reports.

        A report that names a site and lies near it gives two observations, one for each basis.
        """
        found: dict[str, list[Observation]] = {}
        for number, site, metres, bearing in self._near(reports):
            report = reports[number]
            if site.exists_at(report.from_at):
                doubt = max(report.uncertainty_m, report.place.precision_m) + site.precision_m
                answer = answer_for(metres, doubt, max(self._reach_m, site.rings_m[-1])).value
                one = _observation(site, report, "PLACE", answer, round(metres), bearing)
                found.setdefault(site.facility_id, []).append(one)
        for report in reports:
            if report.what == HOT_SPOT:
                continue
            for hit in self._names.find(report.text):
                site = self.by_id[hit.facility_id]
                if site.exists_at(report.from_at):
                    found.setdefault(site.facility_id, []).append(_named(site, report, hit))
        return found

    def _near(self, reports: Sequence[Report]) -> Iterable[tuple[int, Site, float, int]]:
        if self._engine is None or not reports:
            return
        lat = np.array([report.place.lat_e7 for report in reports], dtype=np.float64) / E7
        lon = np.array([report.place.lon_e7 for report in reports], dtype=np.float64) / E7
        doubt = np.array([float(_known_within(report)) for report in reports])
        for block in self._engine.join(lat, lon, doubt):
            for number, zone in zip(block.point.tolist(), block.zone.tolist(), strict=True):
                site = self.sites[zone]
                metres, bearing = self._from_site(zone, site, float(lat[number]), float(lon[number]))
                yield number, site, metres, round(bearing) % 360

    def _from_site(self, zone: int, site: Site, lat: float, lon: float) -> tuple[float, float]:
        """Return metres from the site's edge, 0 within it, and the bearing from its point or nearest edge."""
        if site.shape is not None and self._engine is not None:
            # A few sites have outlines; each of their reports is asked for by itself.
            hits = self._engine.probe(lat, lon, PROBE_DOUBT_M)
            hit = next((one for one in hits if one.zone == zone), None)
            if hit is not None:
                return max(0.0, hit.distance_m - site.shape.buffer_m), hit.bearing_deg
        metres, bearing = near_inverse(site.lat_e7 / E7, site.lon_e7 / E7, lat, lon)
        return max(0.0, metres - site.site_radius_m), bearing


def _known_within(report: Report) -> int:
    return max(report.uncertainty_m, report.place.precision_m)


def _zone(site: Site, reach_m: int) -> Zone:
    """Return the zone in which the watch looks at reports; the doubt about the site's own place belongs to it."""
    reach = float(max(reach_m, site.rings_m[-1]) + site.precision_m)
    if site.shape is None:
        return Circle(lat_deg=site.lat_e7 / E7, lon_deg=site.lon_e7 / E7, radius_m=reach + site.site_radius_m)
    lines = [[(lon / E7, lat / E7) for lat, lon in ring] for part in site.shape.parts for ring in part]
    wide = reach + site.shape.buffer_m
    if site.shape.kind == "LINE" and len(lines) == 1:
        return Corridor(points=lines[0], half_width_m=wide)
    return Polygon(rings=lines, buffer_m=wide)


def _entries(sites: Iterable[Site], latin: Latin | None) -> Iterable[NameEntry]:
    for site in sites:
        for language, name in site.names:
            yield NameEntry(facility_id=site.facility_id, language=language, name=name, kind=site.kind)
            for spelt in latin(name, language) if latin is not None else ():
                yield NameEntry(facility_id=site.facility_id, language="en", name=spelt, kind=site.kind)
        for town in site.towns:
            yield NameEntry(
                facility_id=site.facility_id, language="", name=town, kind=_TOWN, basis=NameBasis.DEPENDENCY
            )
        for needed, kind in site.needs:
            if kind == "OFF-SITE-POWER":
                yield NameEntry(
                    facility_id=site.facility_id, language="", name=needed, kind=_LINE, basis=NameBasis.DEPENDENCY
                )


def _named(site: Site, report: Report, hit: NameHit) -> Observation:
    town = hit.name in site.towns
    sure = town or hit.certainty is not Certainty.POSSIBLE
    metres, bearing = near_inverse(
        site.lat_e7 / E7, site.lon_e7 / E7, report.place.lat_e7 / E7, report.place.lon_e7 / E7
    )
    basis = "SETTLEMENT" if town else hit.basis.value
    return _observation(site, report, basis, "INSIDE" if sure else "POSSIBLY", round(metres), round(bearing) % 360)


def _observation(site: Site, report: Report, basis: str, answer: str, metres: int, bearing: int) -> Observation:
    hot = report.what == HOT_SPOT
    return Observation(
        facility_id=site.facility_id,
        report_id=report.report_id or "",
        kind=report.kind.value,
        what=report.what,
        from_at=report.from_at,
        until_at=report.until_at,
        basis=basis,
        answer=answer,
        distance_m=metres,
        bearing_deg=bearing,
        uncertainty_m=_known_within(report),
        grade=report.grade.short,
        source_kind="HOT-SPOT" if hot else "ALARM" if report.what == "AIR-ALERT" else "TEXT",
        cell=heat_cell(report.place.lat_e7, report.place.lon_e7) if hot else None,
        text_key=text_key(report),
        located_by=report.located_by,
    )

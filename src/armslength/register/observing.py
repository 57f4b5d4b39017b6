"""Reports held against the register: by place, by name, by the town built for a site, and by what a site depends on.

`Watched` is made ready once from the register's sites and asked with every batch. It keeps no report. What it gives are
observations, which the rules of the watch judge; a report that touches no site gives none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from armslength.core.errors import LocalError
from armslength.core.instants import INSTANT_MIN
from armslength.core.places import E7
from armslength.register.baselines import heat_cell
from armslength.register.duplicates import text_key
from armslength.register.engine import ENGINE_VERSION, Engine
from armslength.register.geodesy import near_inverse
from armslength.register.matching import answer_for
from armslength.register.names import Certainty, NameBasis, NameEntry, NameIndex
from armslength.register.observations import Observation
from armslength.register.vocabularies import HOT_SPOT
from armslength.register.zones import CIRCLE, RADIUS_M_MAX, Circle, Corridor, Polygon, ZoneSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from armslength.register.engine import Block
    from armslength.register.facility_parts import Shape
    from armslength.register.names import NameHit
    from armslength.register.reports import Report
    from armslength.register.site_names import Site
    from armslength.register.zones import Zone

    Latin = Callable[[str, str], tuple[str, ...]]
    """Latin spellings of a name in a language; the linguist's, passed in by the desk."""

NAMES_SITES_MAX: Final = 200_000
"""Sites whose names are searched for in texts: with more the index takes gigabytes, and places alone are matched."""

USUAL_DOUBT_M: Final = 5_000.0
"""Metres within which most reports are placed: the index made at the start serves them all."""

_TOWN: Final = "SETTLEMENT"
_LINE: Final = "POWER-LINE"


COMPILED_FROM: Final = 20_000
"""Zones from which the watch uses the compiled kernel where it is installed."""


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
        self.by_id: dict[str, Site] = {}
        self._versions: dict[str, list[Site]] = {}
        for site in self.sites:
            self._versions.setdefault(site.facility_id, []).append(site)
            newest = self.by_id.get(site.facility_id)
            if newest is None or _since(site) >= _since(newest):
                self.by_id[site.facility_id] = site
        self.engine_version = ENGINE_VERSION
        self._reach_m = reach_m
        zones = [(zone, site) for site in self.sites for zone in _zones(site, reach_m)]
        self._site_of = [site for _, site in zones]
        self._engine = _engine([zone for zone, _ in zones], kernel)
        searched = self.sites if len(self.sites) <= NAMES_SITES_MAX else ()
        self._names = NameIndex.build(_entries(searched, latin), spelling=spelling)
        self.names_searched = bool(searched) or not self.sites

    def warm(self) -> None:
        """Ask once, so that what is compiled or loaded for the first question is there before a report waits for it."""
        if self._engine is not None:
            self._engine.probe(0.0, 0.0, USUAL_DOUBT_M)

    def observe(self, reports: Sequence[Report]) -> dict[str, list[Observation]]:
        """Return what each site has to do with some reports, by facility id, in the order of the reports.

        A report that names a site and lies near it gives two observations, one for each basis. Each is held against
        the register as of its own date: a site in the version that held then, and if it existed.
        """
        found: dict[str, list[Observation]] = {}
        # One report may lie near a hundred sites.
        keys = [text_key(report) for report in reports]
        for number, site, metres, bearing in self._near(reports):
            report = reports[number]
            doubt = _known_within(report) + site.precision_m
            answer = answer_for(metres, doubt, max(self._reach_m, site.rings_m[-1])).value
            one = _observation(site, report, "PLACE", answer, round(metres), bearing, keys[number])
            found.setdefault(site.facility_id, []).append(one)
        for report, key in zip(reports, keys, strict=True):
            if report.what == HOT_SPOT:
                continue
            for hit in self._names.find(report.text):
                named = self._as_of(hit, report)
                if named is not None:
                    found.setdefault(named.facility_id, []).append(_named(named, report, hit, key))
        return found

    def _as_of(self, hit: NameHit, report: Report) -> Site | None:
        """Return a named site as it was when it happened; None when there was none. A name once used stays a name."""
        return next((one for one in self._versions[hit.facility_id] if one.holds_at(report.from_at)), None)

    def _near(self, reports: Sequence[Report]) -> Iterable[tuple[int, Site, float, int]]:
        if self._engine is None or not reports:
            return
        lat = np.array([report.place.lat_e7 for report in reports], dtype=np.float64) / E7
        lon = np.array([report.place.lon_e7 for report in reports], dtype=np.float64) / E7
        doubt = np.array([float(_known_within(report)) for report in reports])
        for block in self._engine.join(lat, lon, doubt):
            yield from self._nearest(block, reports, lat, lon)

    def _nearest(
        self, block: Block, reports: Sequence[Report], lat: NDArray[np.float64], lon: NDArray[np.float64]
    ) -> Iterator[tuple[int, Site, float, int]]:
        """Yield each pair of a report and a site once, with the nearest of the site's lines."""
        engine = self._engine
        last: tuple[int, Site, float, float] | None = None
        for number, zone in zip(block.point.tolist(), block.zone.tolist(), strict=True):
            site = self._site_of[zone]
            if engine is None or not site.holds_at(reports[number].from_at):
                continue
            metres, bearing = self._from_site(engine, zone, site, float(lat[number]), float(lon[number]))
            if last is not None and last[0] == number and last[1] is site:
                last = min(last, (number, site, metres, bearing), key=lambda one: one[2])
                continue
            if last is not None:
                yield *last[:3], round(last[3]) % 360
            last = (number, site, metres, bearing)
        if last is not None:
            yield *last[:3], round(last[3]) % 360

    def _from_site(self, engine: Engine, zone: int, site: Site, lat: float, lon: float) -> tuple[float, float]:
        """Return metres from the site's edge, 0 within it, and the bearing from its point or nearest edge."""
        if site.shape is not None and engine.zones.kind[zone] != CIRCLE:
            metres, bearing = engine.distance(zone, lat, lon)
            return max(0.0, metres - site.shape.buffer_m), bearing
        metres, bearing = near_inverse(site.lat_e7 / E7, site.lon_e7 / E7, lat, lon)
        return max(0.0, metres - site.site_radius_m), bearing


def _engine(zones: Sequence[Zone], kernel: str) -> Engine | None:
    if not zones:
        return None
    # Loading the compiled kernel takes a second or two, which a few thousand zones never give back.
    few = kernel == "auto" and len(zones) < COMPILED_FROM
    return Engine(ZoneSet.build(zones), "numpy" if few else kernel, USUAL_DOUBT_M)


def _since(site: Site) -> int:
    return INSTANT_MIN if site.from_at is None else site.from_at


def _known_within(report: Report) -> int:
    return max(report.uncertainty_m, report.place.precision_m)


def _zones(site: Site, reach_m: int) -> list[Zone]:
    """Return where the watch looks at reports, one zone a line; the doubt about the site's own place belongs to it."""
    reach = float(max(reach_m, site.rings_m[-1]) + site.precision_m)
    if site.shape is not None:
        zones = _outlined(site.shape, min(reach + site.shape.buffer_m, RADIUS_M_MAX))
        try:
            ZoneSet.build(zones)
        except LocalError:
            # An outline that is none must not blind the watch for every other site: this one is its point.
            zones = []
        if zones:
            return zones
    radius = min(reach + site.site_radius_m, RADIUS_M_MAX)
    return [Circle(lat_deg=site.lat_e7 / E7, lon_deg=site.lon_e7 / E7, radius_m=radius)]


def _outlined(shape: Shape, wide: float) -> list[Zone]:
    lines = [[(lon / E7, lat / E7) for lat, lon in ring] for part in shape.parts for ring in part]
    if shape.kind == "LINE":
        return [Corridor(points=line, half_width_m=wide) for line in lines]
    return [Polygon(rings=lines, buffer_m=wide)]


def _entries(sites: Iterable[Site], latin: Latin | None) -> Iterable[NameEntry]:
    for site in sites:
        # Versions of one site share most names; the index takes a name twice without harm.
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


def _named(site: Site, report: Report, hit: NameHit, key: str) -> Observation:
    town = hit.basis is NameBasis.DEPENDENCY and hit.name in site.towns
    sure = town or hit.certainty is not Certainty.POSSIBLE
    metres, bearing = near_inverse(
        site.lat_e7 / E7, site.lon_e7 / E7, report.place.lat_e7 / E7, report.place.lon_e7 / E7
    )
    basis = "SETTLEMENT" if town else hit.basis.value
    return _observation(site, report, basis, "INSIDE" if sure else "POSSIBLY", round(metres), round(bearing) % 360, key)


def _observation(
    site: Site, report: Report, basis: str, answer: str, metres: int, bearing: int, key: str
) -> Observation:
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
        text_key=key,
        located_by=report.located_by,
    )

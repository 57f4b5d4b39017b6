"""The composition root of bulk work: years of reports against a register, out of files and without a node.

It is the same engine that a node asks about one report, so that what it counts is what the watch would have seen.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from armslength.adapters import format_geo as geo
from armslength.adapters.clock import SystemClock
from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.feeds import read_feed
from armslength.adapters.format_json import read_features, read_json
from armslength.adapters.format_points import read_facility_points, read_report_points
from armslength.adapters.format_unpack import open_file
from armslength.adapters.sites import read_sites
from armslength.adapters.sites_reading import SiteOptions
from armslength.core.errors import LocalError
from armslength.core.instants import HOUR_US, Instant
from armslength.language.transliteration import latin_spellings, word_skeleton
from armslength.register.engine import Engine
from armslength.register.flag_types import Act, Facts
from armslength.register.importing import RefusedRow
from armslength.register.observing import Watched
from armslength.register.rules import DEFAULT_RULES, read_rules
from armslength.register.site_names import site_of
from armslength.register.whatif import Batch
from armslength.register.whatif import replay as judged
from armslength.register.zones import Polygon, ZoneSet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from armslength.adapters.format_geo import Shape
    from armslength.adapters.format_points import Points
    from armslength.register.facilities import Facility
    from armslength.register.flag_types import Finding
    from armslength.register.observations import Observation
    from armslength.register.reports import Report
    from armslength.register.rules import Rules
    from armslength.register.whatif import Load

RADII_MAX: Final = 8
"""Radii of one match, as many as a facility has rings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What a bulk match counted.

    Args:
        rows: facility id, month, and one cumulative count a radius, where the largest is above 0.
        facilities: facilities matched.
        reports: reports matched.
        refused: the first refused rows of both files, facilities first.
        refused_count: all of them.
        kernel: the kernel that counted.
    """

    rows: tuple[tuple[str, str, tuple[int, ...]], ...]
    facilities: int
    reports: int
    refused: tuple[RefusedRow, ...]
    refused_count: int
    kernel: str


def match(
    facilities: Path, reports: Path, radii_m: Sequence[float], *, zones: Path | None = None, kernel: str = "auto"
) -> Matched:
    """Count the reports within each radius of each facility by month; the edge belongs to the circle.

    Args:
        facilities: a table with id, latitude and longitude.
        reports: a table with latitude, longitude and date; its month is that of the event's own date.
        radii_m: metres, ascending.
        zones: GeoJSON of site polygons with the facility's id as ``facility_id``; distances are then measured from
            the site's edge, and facilities without a polygon are left out.
        kernel: ``numpy``, ``numba`` or ``auto``.

    Raises:
        LocalError: OPTION-VALUE, FEED-HEADER, FACILITY-VALUE, and what the files raise.
    """
    ascending = all(a < b for a, b in pairwise(radii_m))
    if not 1 <= len(radii_m) <= RADII_MAX or not ascending or radii_m[0] <= 0:
        raise LocalError("OPTION-VALUE", option="--radii", expected="metres, ascending, such as 5000,10000,30000")
    places, points = read_facility_points(facilities), read_report_points(reports)
    sites = None if zones is None else _sites(zones, places.names)
    names = places.names if sites is None else tuple(sites)
    months = sorted(set(points.names))
    number = {month: n for n, month in enumerate(months)}
    group = np.array([number[month] for month in points.names], dtype=np.int64)
    engines = [Engine(_zones(places, sites, radius), kernel) for radius in radii_m]
    counted = [engine.count(points.lat_deg, points.lon_deg, group, max(len(months), 1)) for engine in engines]
    rows = tuple(
        (name, month, tuple(int(counts[zone, at]) for counts in counted))
        for zone, name in sorted(enumerate(names), key=lambda pair: pair[1])
        for at, month in enumerate(months)
        if counted[-1][zone, at] > 0
    )
    return Matched(
        rows=rows,
        facilities=len(names),
        reports=len(points.names),
        refused=(*places.refused, *points.refused),
        refused_count=places.refused_count + points.refused_count,
        kernel=engines[0].kernel,
    )


def write_counts(path: Path, matched: Matched, radii_m: Sequence[float]) -> None:
    """Write counts as a table, whole or not at all."""
    temporary = path.with_name(path.name + ".new")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(["facility_id", "month", *(f"r{radius:g}" for radius in radii_m)])
            writer.writerows([name, month, *counts] for name, month, counts in matched.rows)
        temporary.replace(path)
    except OSError as error:
        raise LocalError("FILE-WRITE", file=path.name, because=error.strerror) from error


def _zones(places: Points, sites: dict[str, list[list[tuple[float, float]]]] | None, radius_m: float) -> ZoneSet:
    if sites is None:
        return ZoneSet.circles(places.lat_deg, places.lon_deg, np.full(len(places.names), float(radius_m)))
    return ZoneSet.build([Polygon(rings=rings, buffer_m=float(radius_m)) for rings in sites.values()])


def _sites(path: Path, known: Sequence[str]) -> dict[str, list[list[tuple[float, float]]]]:
    """Return the rings of each facility's site, (lon, lat) in degrees, by id."""
    names = frozenset(known)
    found: dict[str, list[list[tuple[float, float]]]] = {}
    with open_file(path) as file:
        for feature in read_features(read_json(file), path.name):
            if isinstance(feature, RefusedRow):
                raise LocalError("FEED-ROW", row=feature.row, got=feature.reason)
            name = str(feature.properties.get("facility_id", feature.feature_id))
            if name in names:
                found.setdefault(name, []).extend(_rings(geo.read_geometry(feature.geometry).shape, name))
    if not found:
        raise LocalError("FEED-UNREADABLE", file=path.name, expected="polygons with the facility_id of a facility")
    return found


def _rings(shape: Shape, name: str) -> list[list[tuple[float, float]]]:
    if not isinstance(shape, geo.Polygon | geo.MultiPolygon):
        raise LocalError("FEED-UNREADABLE", expected=f"a polygon for {name}", got=type(shape).__name__)
    parts = shape.polygons if isinstance(shape, geo.MultiPolygon) else (shape,)
    return [list(ring) for part in parts for ring in part.rings]


# --- the watch over the past ------------------------------------------------------------------------------------------

WATCH_US: Final = 8 * HOUR_US
"""Eight hours, the watch of one officer."""

OBSERVED_AT_ONCE: Final = 10_000
"""Reports held against the register in one go, for memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What the watch would have made of some files.

    Args:
        rules: the rules by which it judged.
        facilities: facilities watched.
        reports: reports that were looked at.
        refused: the first refused rows of every file, facilities first.
        refused_count: all of them.
        findings: what was flagged and corroborated, by day.
        held_back: facility id -> findings that raised nothing.
        load: how much a watch of eight hours would have been given, empty watches included.
        worst: flagged in each watch that was given most, as (its beginning, how many).
        names: facility id -> name.
    """

    rules: Rules
    facilities: int
    reports: int
    refused: tuple[RefusedRow, ...]
    refused_count: int
    findings: tuple[Finding, ...]
    held_back: Mapping[str, int]
    load: Load
    worst: tuple[Instant, int] | None
    names: Mapping[str, str]


def replay(
    facilities: Path,
    reports: Sequence[Path],
    *,
    rules: str | None = None,
    since: Instant | None = None,
    until: Instant | None = None,
) -> Replayed:
    """Judge files of reports watch by watch, in the order of what happened, as if nobody dismissed anything.

    What has a date and no time of day is judged in the last watch of its day. A site that others depend on raises no
    observation at them here, and a report that names no facility is seen by its place alone.

    Args:
        facilities: any file that an importer of facilities knows.
        reports: files that a reader of reports knows.
        rules: text of a rule file; the shipped rules without one.
        since: leave out what ended before.
        until: leave out what began at or after.

    Raises:
        LocalError: RULES-..., SITES-FILE, FEED-UNKNOWN, and what the files raise.
    """
    by = DEFAULT_RULES if rules is None else read_rules(rules)
    now = SystemClock().now()
    register = read_sites(facilities, SiteOptions(received_at=now))
    watched = Watched(
        [site_of(one) for one in register.accepted], by.reach_m, latin=latin_spellings, spelling=word_skeleton
    )
    told: dict[str, Report] = {}
    refused, wrong = list(register.refused), register.refused_count
    for path in reports:
        run = read_feed(path, FeedOptions(received_at=now))
        refused, wrong = [*refused, *run.refused], wrong + run.refused_count
        for number, report in enumerate(run.accepted):
            # A report that stands in two files is one report; those without an id of their own cannot be told apart.
            if _within(report, since, until):
                told.setdefault(report.report_id or f"{path}:{number}", report)
    seen = _seen(watched, list(told.values()))
    found = judged(by, _watches(seen), _facts(register.accepted, seen))
    shown = [one for one in found.findings if one.act is not Act.SUPPRESS]
    held_back: dict[str, int] = {}
    for one in found.findings:
        if one.act is Act.SUPPRESS:
            held_back[one.facility_id] = held_back.get(one.facility_id, 0) + 1
    worst = max(found.flagged_by_watch.items(), key=lambda pair: (pair[1], -pair[0]), default=None)
    return Replayed(
        rules=by,
        facilities=len(register.accepted),
        reports=len(told),
        refused=tuple(refused),
        refused_count=wrong,
        findings=tuple(sorted(shown, key=lambda one: (one.day, -one.rank, one.facility_id))),
        held_back=held_back,
        load=found.load,
        worst=None if worst is None else (Instant(worst[0] * WATCH_US), worst[1]),
        names={one.facility_id: one.names[0][1] for one in register.accepted},
    )


def _within(report: Report, since: Instant | None, until: Instant | None) -> bool:
    return (since is None or report.until_at >= since) and (until is None or report.from_at < until)


def _seen(watched: Watched, reports: list[Report]) -> dict[int, dict[str, list[Observation]]]:
    """Return observations by the watch in which what they tell of had ended, and by facility."""
    found: dict[int, dict[str, list[Observation]]] = {}
    for start in range(0, len(reports), OBSERVED_AT_ONCE):
        for facility_id, many in watched.observe(reports[start : start + OBSERVED_AT_ONCE]).items():
            for one in many:
                found.setdefault(one.until_at // WATCH_US, {}).setdefault(facility_id, []).append(one)
    for end in {report.until_at // WATCH_US for report in reports}:
        found.setdefault(end, {})
    return found


def _watches(seen: Mapping[int, dict[str, list[Observation]]]) -> Iterator[Batch]:
    """Yield every watch from the first to the last, those in which nothing came included."""
    for watch in range(min(seen, default=0), max(seen, default=-1) + 1):
        yield Batch(now=Instant((watch + 1) * WATCH_US - 1), watch=watch, observations=seen.get(watch, {}))


def _facts(register: Sequence[Facility], seen: Mapping[int, dict[str, list[Observation]]]) -> list[Facts]:
    """Return what the register says of who was seen at all; who never was costs nothing in any watch."""
    touched = {facility_id for many in seen.values() for facility_id in many}
    return [
        Facts(facility_id=one.facility_id, name=one.names[0][1], kind=one.kind)
        for one in register
        if one.facility_id in touched
    ]

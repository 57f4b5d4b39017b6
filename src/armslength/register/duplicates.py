"""Reports that repeat each other are linked to the first of them, and all of them are kept.

A news text makes events in nine places and on three days; a detection stands in two files of one satellite; two data
sets tell of one strike. Each later report gets a link to the first one and stays what it is: how many independent
voices there are is for the rules and the person to judge.

    SAME-DETECTION   one pixel at one minute by one instrument
    SAME-TEXT        equal words, whatever the signs between them
    SAME-ADDRESS     one web address, which may be a page of running news
    SAME-EVENT       another source, the same activity, at an overlapping time, within what both know of the place
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from armslength.core.folding import fold
from armslength.core.instants import DAY_US, HOUR_US, MINUTE_US
from armslength.core.places import distance_m
from armslength.register.reports import LINKS_MAX, ReportKind
from armslength.register.vocabularies import AIR_ALERT, HOT_SPOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from armslength.register.reports import Report

WORDS_MIN: Final = 4
"""Words from which on two equal texts are one text told twice: "Explosions in Kyiv" is said anew each time."""

DETECTION_E7: Final = 6_000
"""Units of 1e-7 degree, some 65 m: one detection is written with four digits in one file and with five in another, and
neighbouring pixels are 375 m apart."""

EVENT_M_MAX: Final = 5_000
"""Metres within which two sources may mean one event, however little they know of the place: a city has many a day."""

EVENT_DAYS_MAX: Final = 2
"""Days of an interval that can still be one event."""

COMPARED_MAX: Final = 64
"""Earlier reports of one cell and day that a report is compared with: a hostile file puts all of them in one."""

_CELL_E7: Final = 1_000_000
_GENERAL: Final = frozenset({HOT_SPOT, AIR_ALERT, "OTHER-ACTIVITY"})


def text_key(report: Report) -> str:
    """Return a key that reports of one text share, and hot spots of one pixel and minute; empty where none can be told.

    The key is a hash, so that who keeps it keeps no text.
    """
    if report.what == HOT_SPOT:
        # A date alone is no time: two passes of a satellite on one day are two detections.
        if report.until_at - report.from_at > MINUTE_US:
            return ""
        said = f"{report.place.lat_e7} {report.place.lon_e7} {report.from_at} {report.source}"
    else:
        said = fold(report.text)
    return sha256(said.encode()).hexdigest()[:16]


def linked(reports: Iterable[Report], earlier: Iterable[Report] = ()) -> tuple[Report, ...]:
    """Return reports in their order, each with links to the first ones that it repeats.

    Args:
        reports: with identifiers; one without is neither linked nor linked to.
        earlier: reports known before, which may be linked to and are not returned.
    """
    known = _Known()
    for report in earlier:
        known.links(report)
    return tuple(_with(report, known.links(report)) for report in reports)


def _with(report: Report, links: tuple[tuple[str, str], ...]) -> Report:
    fresh = tuple(link for link in links if link not in report.links)
    return replace(report, links=(*report.links, *fresh)[:LINKS_MAX]) if fresh else report


@dataclass(slots=True)
class _Known:
    """The first report of each text, address and detection, and those of each cell and day."""

    texts: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    detections: dict[tuple[int, str, int, int], list[Report]] = field(default_factory=dict)
    events: dict[tuple[str, int, int, int], list[Report]] = field(default_factory=dict)

    def links(self, report: Report) -> tuple[tuple[str, str], ...]:
        """Return a report's links to those before it, and remember it."""
        if report.report_id is None:
            return ()
        if report.what == HOT_SPOT:
            return self._detection(report, report.report_id)
        if report.what == AIR_ALERT:
            # Every alarm of an oblast has the same words, and none repeats another.
            return ()
        return tuple(self._told(report, report.report_id))

    def _detection(self, report: Report, report_id: str) -> tuple[tuple[str, str], ...]:
        if report.until_at - report.from_at > MINUTE_US:
            return ()
        row, column = report.place.lat_e7 // DETECTION_E7, report.place.lon_e7 // DETECTION_E7
        for there in _around(row, column):
            for first in self.detections.get((report.from_at, report.source, *there), ()):
                if first.report_id != report_id and _one_pixel(first, report):
                    return (("SAME-DETECTION", str(first.report_id)),)
        self.detections.setdefault((report.from_at, report.source, row, column), []).append(report)
        return ()

    def _told(self, report: Report, report_id: str) -> Iterator[tuple[str, str]]:
        folded = fold(report.text)
        if folded.count(" ") + 1 >= WORDS_MIN:
            yield from _first(self.texts, folded, report_id, "SAME-TEXT")
        if report.address:
            yield from _first(self.addresses, report.address, report_id, "SAME-ADDRESS")
        yield from self._event(report, report_id)

    def _event(self, report: Report, report_id: str) -> Iterator[tuple[str, str]]:
        if (
            report.kind is not ReportKind.EVENT
            or report.what in _GENERAL
            or report.until_at - report.from_at > EVENT_DAYS_MAX * DAY_US
        ):
            return
        row, column = report.place.lat_e7 // _CELL_E7, report.place.lon_e7 // _CELL_E7
        # The middle, since a local day begins on another day of UTC.
        day = (report.from_at + report.until_at) // 2 // DAY_US
        for when in (day, day - 1, day + 1):
            for there in _around(row, column):
                for first in self.events.get((report.what, when, *there), ()):
                    if _alike(first, report) and first.report_id != report_id:
                        yield "SAME-EVENT", str(first.report_id)
                        return
        kept = self.events.setdefault((report.what, day, row, column), [])
        if len(kept) < COMPARED_MAX:
            kept.append(report)


def _first(known: dict[str, str], key: str, report_id: str, kind: str) -> Iterator[tuple[str, str]]:
    first = known.setdefault(key, report_id)
    if first != report_id:
        yield kind, first


def _around(row: int, column: int) -> Iterator[tuple[int, int]]:
    """Yield a cell and its eight neighbours, itself first."""
    for north in (0, -1, 1):
        for east in (0, -1, 1):
            yield row + north, column + east


def _one_pixel(a: Report, b: Report) -> bool:
    north, east = a.place.lat_e7 - b.place.lat_e7, a.place.lon_e7 - b.place.lon_e7
    return abs(north) <= DETECTION_E7 and abs(east) <= DETECTION_E7


def _alike(a: Report, b: Report) -> bool:
    """Tell whether two reports of one activity may be one event told by two sources."""
    if a.source == b.source:
        # A data set's own rows were told apart by those who made it.
        return False
    if a.from_at > b.until_at + HOUR_US or b.from_at > a.until_at + HOUR_US:
        return False
    return distance_m(a.place, b.place) <= min(EVENT_M_MAX, max(1_000, a.uncertainty_m + b.uncertainty_m))

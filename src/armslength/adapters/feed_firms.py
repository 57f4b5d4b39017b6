"""NASA FIRMS active-fire detections: each row of a CSV file becomes a report of a hot spot.

Reads the native columns of FIRMS downloads (MODIS and VIIRS, archive and near real time, names in either case), and
files that kept position and date only.

The pixel is the uncertainty. Its centre is reported and the fire lies anywhere in it: 1 km for MODIS and 375 m for
VIIRS straight below the satellite, up to 4.8 km at the edge of the swath (columns scan and track). A detection is a hot
pixel. It is not evidence of shelling, and its text says so.

Grade B: the instrument is calibrated and its errors are published. The digit is FIRMS's own confidence on one scale:
high (MODIS from 80 percent, VIIRS h) is 2, nominal 3, low (MODIS below 30, VIIRS l) 4, not stated 6; what FIRMS wrote
stays in the text.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.adapters.feed_reading import day_utc, gather, last_of_day, place_of, wrong
from armslength.adapters.format_rows import clean_cell
from armslength.adapters.format_table import Layout, read_table
from armslength.core.instants import HOUR_US, MINUTE_US, Instant
from armslength.register.reports import CREDIBILITY_CANNOT_BE_JUDGED, Grade, Reliability, Report, ReportKind
from armslength.register.vocabularies import HOT_SPOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.adapters.feed_reading import FeedOptions
    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.register.importing import ImportRun

SOURCE: Final = "NASA LANCE/FIRMS (open data; acknowledgement asked)"
"""The source and its licence."""

FOOTPRINT_M: Final[Mapping[str, int]] = MappingProxyType({"MODIS": 1_000, "VIIRS": 375})
"""Edge of the pixel straight below the satellite, in metres."""

FOOTPRINT_UNSTATED_M: Final = 1_000
"""The larger of the two, where a file does not say which instrument it was."""

PIXEL_KM_MAX: Final = 10
"""Kilometres of a pixel's edge: MODIS reaches 4.8 at the edge of its swath; more is another unit."""

REQUIRED: Final = frozenset({"latitude", "longitude", "acq_date"})
"""Columns without which a row is no report."""

COLUMNS: Final = REQUIRED | {
    "event_id",
    "country_id",
    "brightness",
    "bright_t31",
    "bright_ti4",
    "bright_ti5",
    "scan",
    "track",
    "acq_time",
    "satellite",
    "instrument",
    "confidence",
    "version",
    "frp",
    "daynight",
    "type",
}
"""Every column of a FIRMS download; another one could change what these mean, so the file is refused."""

TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {"0": "vegetation fire", "1": "active volcano", "2": "static source on land", "3": "offshore"}
)
"""What the column type of archive files says; near-real-time files have no such column."""

STATIC_TYPE: Final = "2"
"""A works, a flare or a stack: burning on most days of the year."""

_LAYOUT: Final = Layout(required=REQUIRED, known=COLUMNS, lower=True)
_CREDIBILITY: Final[Mapping[str, int]] = MappingProxyType(
    {"h": 2, "high": 2, "n": 3, "nominal": 3, "l": 4, "low": 4, "": CREDIBILITY_CANNOT_BE_JUDGED}
)
_NOMINAL_FROM, _HIGH_FROM, _PERCENT_MAX = 30, 80, 100
_TIME: Final = re.compile(r"[0-9]{1,4}")
_KM: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")
_POWER: Final = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,4})?")
_SATELLITE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}")
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]{0,63}")


def read_firms(file: OpenFile, options: FeedOptions) -> ImportRun[Report]:
    """Return the detections of a file as reports, in the order of its rows.

    Raises:
        LocalError: FEED-HEADER, FEED-ROW and what the file raises.
    """
    table = read_table(file, _LAYOUT)
    columns = frozenset(table.header)

    def report(row: Row) -> Report:
        return _report(row.cells, columns, options.received_at)

    return gather(file, SOURCE, table.rows, report, options, table.skipped)


def _report(cells: Mapping[str, str], columns: frozenset[str], received_at: Instant) -> Report:
    get = cells.get
    date, clock = cells["acq_date"].strip(), get("acq_time", "").strip()
    from_at, until_at = _interval(date, clock)
    instrument = _instrument(get("instrument", ""))
    confidence = get("confidence", "")
    return Report(
        report_id=_given_id(cells["event_id"]) if "event_id" in columns else _made_id(cells, date, clock),
        kind=ReportKind.EVENT,
        from_at=from_at,
        until_at=until_at,
        place=place_of(cells["latitude"], cells["longitude"]),
        uncertainty_m=_footprint(instrument, get("scan", ""), get("track", "")),
        what=HOT_SPOT,
        who_says="NASA FIRMS",
        source=_source(instrument),
        received_at=received_at,
        text=_text(get("satellite", ""), confidence, get("frp", ""), get("type", "")),
        language="en",
        grade=_grade(confidence),
        located_by="PIXEL",
    )


@lru_cache(maxsize=8_192)
def _interval(date: str, clock: str) -> tuple[Instant, Instant]:
    began = day_utc(date)
    if not clock:
        return began, last_of_day(began)
    if not _TIME.fullmatch(clock):
        raise wrong("acq_time", "hours and minutes UTC such as 0117", clock)
    # Tools that read the column as a number lose its zeros: 117 is 01:17 UTC.
    hours, minutes = divmod(int(clock), 100)
    if hours > 23 or minutes > 59:
        raise wrong("acq_time", "a time that exists", clock)
    from_at = Instant(began + hours * HOUR_US + minutes * MINUTE_US)
    return from_at, Instant(from_at + MINUTE_US - 1)


@lru_cache(maxsize=64)
def _instrument(name: str) -> str:
    found = name.strip().upper()
    if found and found not in FOOTPRINT_M:
        raise wrong("instrument", " or ".join(FOOTPRINT_M), name)
    return found


def _source(instrument: str) -> str:
    return f"NASA LANCE/FIRMS, {instrument or 'instrument not stated'}"


@lru_cache(maxsize=4_096)
def _footprint(instrument: str, scan: str, track: str) -> int:
    least = FOOTPRINT_M.get(instrument, FOOTPRINT_UNSTATED_M)
    return max([least, *(_edge_m(km.strip()) for km in (scan, track) if km.strip())])


def _edge_m(km: str) -> int:
    if not _KM.fullmatch(km) or not 0 < float(km) <= PIXEL_KM_MAX:
        raise wrong("scan and track", f"above 0 to {PIXEL_KM_MAX} km", km)
    # Rounded to a micrometre first, so that 0.61 km, which no double holds, is 610 m and not 611.
    return math.ceil(round(float(km) * 1000, 6))


@lru_cache(maxsize=256)
def _grade(confidence: str) -> Grade:
    said = confidence.strip().lower()
    if said in _CREDIBILITY:
        credibility = _CREDIBILITY[said]
    elif re.fullmatch(r"[0-9]{1,3}", said) and int(said) <= _PERCENT_MAX:
        percent = int(said)
        credibility = _CREDIBILITY["h" if percent >= _HIGH_FROM else "n" if percent >= _NOMINAL_FROM else "l"]
    else:
        raise wrong("confidence", "0 to 100, or l, n, h", confidence)
    return Grade(reliability=Reliability.USUALLY_RELIABLE, credibility=credibility)


def _given_id(text: str) -> str:
    if not _WORD.fullmatch(text):
        raise wrong("event_id", "letters, digits, point, colon, hyphen", text)
    return text


def _made_id(cells: Mapping[str, str], date: str, clock: str) -> str:
    # The same detection gets the same name in every file that holds it with the same digits.
    parts = ["firms"]
    satellite = cells.get("satellite", "").strip()
    if satellite:
        parts.append(_satellite(satellite))
    return ":".join([*parts, date, clock.zfill(4), cells["latitude"], cells["longitude"]])


@lru_cache(maxsize=64)
def _satellite(name: str) -> str:
    if not _SATELLITE.fullmatch(name):
        raise wrong("satellite", "letters and digits", name)
    return name


@lru_cache(maxsize=4_096)
def _text(satellite: str, confidence: str, power: str, type_code: str) -> str:
    parts = ["Hot pixel seen from orbit"]
    if satellite:
        parts.append(f"satellite {_satellite(satellite.strip())}")
    if confidence:
        parts.append(f"confidence {clean_cell(confidence)} as FIRMS states it")
    if power:
        if not _POWER.fullmatch(power):
            raise wrong("frp", "megawatts", power)
        parts.append(f"radiative power {power} MW")
    if type_code:
        if type_code not in TYPES:
            raise wrong("type", ", ".join(TYPES), type_code)
        parts.append(f"FIRMS type {type_code}: {TYPES[type_code]}")
    return "; ".join([*parts, "not evidence of shelling"]) + "."

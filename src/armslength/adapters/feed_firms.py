"""NASA FIRMS active-fire detections: a CSV file becomes reports of hot spots, or nothing at all.

Reads the native columns of FIRMS downloads (MODIS and VIIRS, archive and near real time) in either case, and files that
kept position and date only. A file is read whole or refused with the number of the first wrong row: a feed that is half
imported looks like a quiet night.

The pixel is the uncertainty. Its centre is reported, the fire lies anywhere in it: 1 km for MODIS and 375 m for VIIRS
below the satellite, more at the edge of the swath (columns scan and track). A detection is a hot pixel. It is not
evidence of shelling, and its text says so.
"""

from __future__ import annotations

import csv
import io
import math
import re
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, MINUTE_US, Instant, parse_rfc3339
from armslength.core.places import E7, PRECISION_UNSTATED, Place
from armslength.register.reports import CREDIBILITY_CANNOT_BE_JUDGED, Grade, Reliability, Report, ReportKind
from armslength.register.vocabularies import HOT_SPOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

FILE_BYTES_MAX: Final = 64 * 1024 * 1024
"""A year of one country has 6 MB and a day of the world 10 MB; more is not a file for one desk."""

ROWS_MAX: Final = 500_000
"""Rows of one file: a year of one country has 134,000."""

ROW_CHARS_MAX: Final = 1_024
"""Characters of one row: fifteen short columns have 120."""

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
"""Every column of a FIRMS download; another one could change what these mean, so it is refused."""

_RELIABILITY: Final = Reliability.USUALLY_RELIABLE
_CREDIBILITY: Final[Mapping[str, int]] = MappingProxyType({"h": 2, "high": 2, "n": 3, "nominal": 3, "l": 4, "low": 4})
_NOMINAL_FROM, _HIGH_FROM, _PERCENT_MAX = 30, 80, 100

_DEGREES: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,15})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = re.compile(r"[0-9]{1,4}")
_NUMBER: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]{0,63}")
_BARE_CR: Final = re.compile(r"\r(?!\n)")


def read_firms(path: Path, received_at: Instant) -> list[Report]:
    """Return the detections of a file as reports, in the order of its rows.

    Args:
        path: a CSV file in UTF-8, not packed.
        received_at: when the file reached us.

    Raises:
        LocalError: FEED-UNREADABLE, FEED-HEADER, FEED-ROW (with the number of the row; the header is row 1).
    """
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        raise LocalError("FEED-UNREADABLE", file=path.name, got=error.strerror) from error
    return parse_firms(data, received_at)


def parse_firms(data: bytes, received_at: Instant) -> list[Report]:
    """Return the detections of a file's bytes as reports.

    Raises:
        LocalError: FEED-UNREADABLE, FEED-HEADER, FEED-ROW.
    """
    rows = enumerate(_lines(data), start=1)
    header = _header(next(rows, (1, ""))[1])
    reports: list[Report] = []
    for number, line in rows:
        if number > ROWS_MAX + 1:
            raise LocalError("FEED-UNREADABLE", expected=f"at most {ROWS_MAX} rows")
        cells = _cells(line, number)
        if len(cells) != len(header):
            raise _row_error(number, f"{len(header)} values", f"{len(cells)}")
        reports.append(_Row(number, dict(zip(header, cells, strict=True))).report(received_at))
    return reports


def _lines(data: bytes) -> Iterable[str]:
    if len(data) > FILE_BYTES_MAX:
        raise LocalError("FEED-UNREADABLE", expected=f"at most {FILE_BYTES_MAX} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LocalError("FEED-UNREADABLE", expected="UTF-8", position=error.start) from None
    found = _BARE_CR.search(text)
    if found is not None:
        # Some tools take it for the end of a row and some do not: two readers would see two files.
        raise _row_error(text.count("\n", 0, found.start()) + 1, "rows that end with a line feed", "a carriage return")
    lines = text.replace("\r\n", "\n").split("\n")
    # The line feed that ends the last row begins no further one.
    return lines[:-1] if lines[-1] == "" else lines


def _header(line: str) -> tuple[str, ...]:
    header = tuple(name.strip().lower() for name in _cells(line, 1))
    missing = sorted(REQUIRED - set(header))
    unknown = [name for name in header if name not in COLUMNS]
    if missing or unknown or len(set(header)) != len(header):
        got = f"without {missing[0]}" if missing else f"unknown {unknown[0]}" if unknown else "a column twice"
        raise LocalError("FEED-HEADER", expected=", ".join(sorted(REQUIRED)), got=got)
    return header


def _cells(line: str, number: int) -> list[str]:
    if len(line) > ROW_CHARS_MAX:
        raise _row_error(number, f"at most {ROW_CHARS_MAX} characters", f"{len(line)}")
    try:
        return next(csv.reader(io.StringIO(line), strict=True), [])
    except csv.Error as error:
        raise _row_error(number, "comma-separated values", str(error)) from None


def _row_error(number: int, expected: str, got: object) -> LocalError:
    return LocalError("FEED-ROW", row=number, expected=expected, got=got)


class _Row:
    """One row with its number, which every error names."""

    __slots__ = ("_cells", "_number")

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self._number = number
        self._cells = cells

    def report(self, received_at: Instant) -> Report:
        from_at, until_at = self._interval()
        instrument = self._instrument()
        return Report(
            report_id=self._id(),
            kind=ReportKind.EVENT,
            from_at=from_at,
            until_at=until_at,
            place=self._place(),
            uncertainty_m=self._footprint(instrument),
            what=HOT_SPOT,
            who_says="NASA FIRMS",
            source=f"NASA LANCE/FIRMS, {instrument or 'instrument not stated'}",
            received_at=received_at,
            text=self._text(),
            language="en",
            grade=Grade(reliability=_RELIABILITY, credibility=self._credibility()),
        )

    def _matched(self, name: str, pattern: re.Pattern[str], expected: str) -> str:
        text = self._cells[name]
        if not pattern.fullmatch(text):
            raise _row_error(self._number, f"{name}: {expected}", text)
        return text

    def _stated(self, name: str, pattern: re.Pattern[str], expected: str) -> str | None:
        """A column may be missing, and then it says nothing; an empty cell in a column that is there is a mistake."""
        return self._matched(name, pattern, expected) if name in self._cells else None

    def _degrees(self, name: str, limit: int) -> int:
        degrees = Decimal(self._matched(name, _DEGREES, "decimal degrees"))
        if abs(degrees) > limit:
            raise _row_error(self._number, f"{name}: -{limit} to {limit} degrees", degrees)
        return int((degrees * E7).to_integral_value())

    def _place(self) -> Place:
        # The footprint says how far the place is known; the digits of a pixel's centre say nothing about the fire.
        return Place(
            lat_e7=self._degrees("latitude", 90),
            lon_e7=self._degrees("longitude", 180),
            precision_m=PRECISION_UNSTATED,
        )

    def _interval(self) -> tuple[Instant, Instant]:
        date = self._matched("acq_date", _DATE, "a date such as 2022-08-23")
        stated = self._stated("acq_time", _TIME, "hours and minutes UTC such as 0117")
        # Tools that read the column as a number lose its zeros: 117 is 01:17 UTC.
        clock = (stated or "0").zfill(4)
        try:
            from_at = parse_rfc3339(f"{date}T{clock[:2]}:{clock[2:]}:00Z")
        except LocalError as error:
            raise _row_error(self._number, "a date and time that exist", f"{date} {clock}") from error
        return from_at, Instant(from_at + (DAY_US if stated is None else MINUTE_US) - 1)

    def _instrument(self) -> str | None:
        name = self._cells.get("instrument")
        if name is not None and name not in FOOTPRINT_M:
            raise _row_error(self._number, f"instrument: {' or '.join(FOOTPRINT_M)}", name)
        return name

    def _footprint(self, instrument: str | None) -> int:
        least = FOOTPRINT_UNSTATED_M if instrument is None else FOOTPRINT_M[instrument]
        edges = [Decimal(km) for name in ("scan", "track") if (km := self._stated(name, _NUMBER, "kilometres"))]
        if any(not 0 < km <= PIXEL_KM_MAX for km in edges):
            raise _row_error(self._number, f"scan and track: above 0 to {PIXEL_KM_MAX} km", max(edges))
        return max([least, *(math.ceil(km * 1000) for km in edges)])

    def _credibility(self) -> int:
        text = self._cells.get("confidence")
        if text is None:
            return CREDIBILITY_CANNOT_BE_JUDGED
        # FIRMS' own classes: MODIS in percent with low below 30 and high from 80, VIIRS in letters.
        if text in _CREDIBILITY:
            return _CREDIBILITY[text]
        if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > _PERCENT_MAX:
            raise _row_error(self._number, "confidence: 0 to 100, or l, n, h", text)
        percent = int(text)
        return _CREDIBILITY["h" if percent >= _HIGH_FROM else "n" if percent >= _NOMINAL_FROM else "l"]

    def _id(self) -> str:
        given = self._stated("event_id", _WORD, "letters, digits, point, colon, hyphen")
        if given is not None:
            return given
        # The same detection gets the same name in every file that holds it.
        clock = self._cells.get("acq_time", "").zfill(4)
        names = ("satellite", "acq_date", "latitude", "longitude")
        parts = [self._cells[name] for name in names if name in self._cells]
        return self._checked_id(":".join(["firms", *parts[:-2], clock, *parts[-2:]]))

    def _checked_id(self, text: str) -> str:
        if not _WORD.fullmatch(text):
            raise _row_error(self._number, "satellite: letters and digits", text)
        return text

    def _text(self) -> str:
        stated: list[tuple[str, str, Callable[[str], str]]] = [
            ("satellite", r"[A-Za-z0-9 -]{1,20}", lambda v: f"satellite {v}"),
            ("confidence", r"[A-Za-z0-9]{1,8}", lambda v: f"confidence {v} as FIRMS states it"),
            ("frp", r"[0-9]{1,6}(?:\.[0-9]{1,4})?", lambda v: f"radiative power {v} MW"),
        ]
        parts = [
            say(value)
            for name, pattern, say in stated
            if (value := self._stated(name, re.compile(pattern), "as FIRMS writes it")) is not None
        ]
        return "; ".join(["Hot pixel seen from orbit", *parts, "not evidence of shelling"]) + "."

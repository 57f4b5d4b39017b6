"""What every reader of reports does alike: rows gathered or refused, places and times read with what they are worth.

A reader reads a whole file and enters nothing. A row that cannot be used is refused with its number and the reason, and
the reading goes on; a row left out on purpose is counted with its reason; all else becomes a report. Degrees give a
place without a precision of its own: how far it is known is the report's uncertainty, which each reader derives from
what its source says of the place and never from the number of digits.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, TypeVar
from zoneinfo import ZoneInfo

from armslength.adapters.format_geo import swap_suspicion
from armslength.adapters.format_rows import refusal
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, MINUTE_US, SECOND_US, Instant, instant
from armslength.core.places import E7, PRECISION_UNSTATED, Place
from armslength.register.importing import REFUSED_SHOWN_MAX, ImportRun, RefusedRow
from armslength.register.texts import LINE_BYTES_MAX, RECORD_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from armslength.adapters.format_geo import Region
    from armslength.adapters.format_unpack import OpenFile
    from armslength.register.reports import Report

ROWS_MAX: Final = 500_000
"""Rows of one file: a year of VIINA has 260,000, all of UCDP since 1989 350,000; each costs half a kilobyte."""

ADDRESS_CHARS_MAX: Final = 2_000
"""Characters of a web address that is kept; what no browser would open is no way back to the source."""

SAME_AGAIN: Final = "the same row again"
"""Reason of a row left out because an equal one stands before it in the file."""

TIME_OF_DAY_UNKNOWN: Final = "00:00"
"""What data sets write for a time that nobody noted: half of the rows of VIINA."""

_ROW: Final = "ROW-VALUE"
_DEGREES: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?")
_DATE: Final = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})")
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?")
_ADDRESS: Final = re.compile(r"https?://[!-~]{1,2000}")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

R = TypeVar("R", bound=Any)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOptions:
    """What is said of a file beside its rows.

    Args:
        received_at: when it reached us.
        region: the box in which its places must lie, None for the world; a place outside it is refused.
        mapping: text of a mapping file (TOML), for tables and maps of any form.
        member: which file of an archive.
    """

    received_at: Instant
    region: Region | None = None
    mapping: str = ""
    member: str | None = None


def wrong(column: str, expected: str, got: object) -> LocalError:
    """Return the error of one value of a row, to be raised."""
    return LocalError(_ROW, column=column, expected=expected, got=got)


def gather(
    file: OpenFile,
    source: str,
    rows: Iterable[R | RefusedRow],
    make: Callable[[R], Report | str],
    options: FeedOptions,
    skipped: Mapping[str, int] | None = None,
) -> ImportRun[Report]:
    """Return what the rows of a file give.

    Args:
        file: the opened file, for its hash.
        source: name of the source and its licence.
        rows: the rows in order, each with its `number`, or refused by the format.
        make: makes a row's report, or says in words why the row is left out; a `LocalError` refuses the row.
        options: what was said of the file.
        skipped: what the format itself left out, filled while rows are read.

    Raises:
        LocalError: FILE-TOO-LARGE, and what the rows raise when the rest of the file cannot be read.
    """
    accepted: list[Report] = []
    refused: list[RefusedRow] = []
    left_out: Counter[str] = Counter()
    seen: dict[str, Report] = {}
    read = wrong_rows = 0
    for row in rows:
        read += 1
        if read > ROWS_MAX:
            raise LocalError("FILE-TOO-LARGE", file=file.name, expected=f"at most {ROWS_MAX} rows")
        made = row if isinstance(row, RefusedRow) else _made(row, make, options, seen)
        if isinstance(made, str):
            left_out[made] += 1
        elif isinstance(made, RefusedRow):
            wrong_rows += 1
            if wrong_rows <= REFUSED_SHOWN_MAX:
                refused.append(made)
        else:
            accepted.append(made)
    left_out.update(skipped or {})
    return ImportRun(
        source=source,
        file_hash=file.sha256(),
        rows_read=read,
        accepted=tuple(accepted),
        refused=tuple(refused),
        refused_count=wrong_rows,
        skipped=tuple(sorted(left_out.items())),
    )


def _made(
    row: R, make: Callable[[R], Report | str], options: FeedOptions, seen: dict[str, Report]
) -> Report | RefusedRow | str:
    try:
        report = make(row)
        if isinstance(report, str):
            return report
        if options.region is not None:
            _check_region(report.place, options.region)
        report_id = report.report_id
        if report_id is None:
            return report
        first = seen.setdefault(report_id, report)
        if first is report:
            return report
        if first == report:
            return SAME_AGAIN
        raise wrong("id", "an id of its own", f"{report_id} a second time")
    except LocalError as error:
        return refusal(row.number, error)


def _check_region(place: Place, region: Region) -> None:
    suspicion = swap_suspicion(place.lat_deg, place.lon_deg, region)
    if suspicion is not None:
        raise wrong("place", "a place within the region", suspicion)


# --- places -----------------------------------------------------------------------------------------------------------


def place_of(lat: str, lon: str) -> Place:
    """Return the place of two columns of decimal degrees, its precision unstated.

    Raises:
        LocalError: ROW-VALUE.
    """
    return Place(
        lat_e7=_degrees(lat, "latitude", 90), lon_e7=_degrees(lon, "longitude", 180), precision_m=PRECISION_UNSTATED
    )


def place_at(lat_deg: float, lon_deg: float) -> Place:
    """Return the place of two numbers of degrees, its precision unstated.

    Raises:
        LocalError: PLACE-VALUE when they are outside the globe.
    """
    return Place(lat_e7=round(lat_deg * E7), lon_e7=round(lon_deg * E7), precision_m=PRECISION_UNSTATED)


def _degrees(text: str, name: str, limit: int) -> int:
    if not _DEGREES.fullmatch(text):
        raise wrong(name, "decimal degrees such as 47.5119", text or "nothing")
    # A double holds 15 digits and 1e-7 degree needs 10 of them, so that rounding gives the digits of the file.
    value = round(float(text) * E7)
    if abs(value) > limit * E7:
        raise wrong(name, f"-{limit} to {limit} degrees", text)
    return value


# --- times ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    # The package's own rules, so that two machines read one file alike whatever their systems have.
    with files("tzdata").joinpath("zoneinfo", name).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)


@lru_cache(maxsize=4_096)
def day_utc(date: str) -> Instant:
    """Return the first instant of a date such as ``2022-08-23`` or ``20220823``, in UTC.

    Raises:
        LocalError: ROW-VALUE, or TIME-RANGE before 1990 or after 2119.
    """
    return _start(date, None)


@lru_cache(maxsize=4_096)
def day_local(date: str, zone: str) -> tuple[Instant, Instant]:
    """Return the first and the last instant of a date as a zone's clocks have it; such a day may have 23 or 25 hours.

    Raises:
        LocalError: as `day_utc`.
    """
    began = _start(date, zone)
    year, month, day = _ymd(date)
    following = datetime(year, month, day, tzinfo=UTC) + timedelta(days=1)
    return began, Instant(_start(f"{following:%Y-%m-%d}", zone) - 1)


def minute_local(date: str, clock: str, zone: str) -> tuple[Instant, Instant]:
    """Return the minute of a zone's clock as an interval; the two hours that a clock shows twice are both covered.

    Raises:
        LocalError: as `day_utc`.
    """
    found = _CLOCK.fullmatch(clock)
    if found is None:
        raise wrong("time", "hours and minutes such as 07:45", clock)
    year, month, day = _ymd(date)
    wall = _wall(year, month, day, date).replace(hour=int(found[1]), minute=int(found[2]), tzinfo=_zone(zone))
    both = [_micros(wall.replace(fold=fold)) for fold in (0, 1)]
    return instant(min(both)), instant(max(both) + MINUTE_US - 1)


def _start(date: str, zone: str | None) -> Instant:
    year, month, day = _ymd(date)
    wall = _wall(year, month, day, date)
    return instant(_micros(wall.replace(tzinfo=UTC if zone is None else _zone(zone))))


def _ymd(date: str) -> tuple[int, int, int]:
    found = _DATE.fullmatch(date)
    if found is None:
        raise wrong("date", "a date such as 2022-08-23", date or "nothing")
    return int(found[1]), int(found[2]), int(found[3])


def _wall(year: int, month: int, day: int, date: str) -> datetime:
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - the caller gives it its zone
    except ValueError:
        raise wrong("date", "a date that exists", date) from None


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def last_of_day(began: Instant) -> Instant:
    """Return the last instant of a UTC day."""
    return Instant(began + DAY_US - 1)


def compact(at: Instant) -> str:
    """Return an instant as ``20220315T161034``, to the second, for identifiers."""
    moment = _EPOCH + timedelta(seconds=at // SECOND_US)
    return f"{moment:%Y%m%dT%H%M%S}"


# --- texts ------------------------------------------------------------------------------------------------------------


def address_of(text: str) -> str:
    """Return the first web address of a list, empty when there is none that can be kept as it is."""
    for part in re.split(r"[|\s]+", text[: 4 * ADDRESS_CHARS_MAX]):
        if _ADDRESS.fullmatch(part):
            return part
    return ""


def record_id(prefix: str, name: str, *further: str) -> str:
    """Return an identifier of the register for a source's own: the name itself, or its hash when it does not fit.

    Args:
        prefix: of the feed, such as ``cap``.
        name: the source's identifier, any text.
        further: parts of our own, letters and digits.
    """
    plain = ":".join([prefix, name, *further])
    if RECORD_ID.fullmatch(plain):
        return plain
    return ":".join([prefix, sha256(name.encode(errors="replace")).hexdigest()[:24], *further])


def line_of(text: str) -> str:
    """Return a text as one line that a card has room for, cut where it is longer."""
    line = " ".join(text.split())
    return line if len(line.encode()) <= LINE_BYTES_MAX else line[: LINE_BYTES_MAX // 4]

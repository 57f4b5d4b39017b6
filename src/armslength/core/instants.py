"""Instants: one number for one moment, and the ways in which people read and write it.

On the wire and in every room a time is an integer of microseconds UTC since 1970. Text is for people: RFC 3339 in
programs, the date-time group (DTG) in messages, and the local time of both ends beside it, always with its zone. Local
time without a zone is refused, since an hour's error is a strike's error (abuse case 41).

Month names and zone texts are made here and not by the system's locale, so that two nodes print the same characters;
time zones come from the `tzdata` package and not from the host, for the same reason.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NewType

from armslength.core.errors import LocalError, PeerError

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

Instant = NewType("Instant", int)
"""Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time)."""

SECOND_US: Final = 1_000_000
"""Microseconds in a second."""

MINUTE_US: Final = 60 * SECOND_US
"""Microseconds in a minute."""

HOUR_US: Final = 60 * MINUTE_US
"""Microseconds in an hour."""

DAY_US: Final = 24 * HOUR_US
"""Microseconds in a day."""

INSTANT_MIN: Final = 631_152_000 * SECOND_US
"""1990-01-01T00:00:00Z: no line of ours is older, and a dead clock battery (1970, 1980) must not pass as a time."""

INSTANT_MAX: Final = 4_733_510_400 * SECOND_US - 1
"""The last microsecond of 2119: keys and archives end before, and seconds taken for microseconds fall outside."""

DTG_YEAR_FIRST: Final = 2000
"""A DTG has two digits for the year; they mean 2000 to 2099."""

TIME_CHARS_MAX: Final = 40
"""The longest RFC 3339 text has 35 characters; longer text is refused before any pattern looks at it."""

ZONE_CHARS_MAX: Final = 40
"""The longest name of the time zone database has 32 characters (America/Argentina/ComodRivadavia)."""

OFFSET_MINUTES_MAX: Final = 14 * 60
"""No place on earth is further than fourteen hours from UTC (Kiritimati); more is a typing error."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC3339 = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
_DTG = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2}) ?([A-Za-z]?) ?([A-Za-z]{3}) ?([0-9]{2}|[0-9]{4})")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}")


# --- numbers ----------------------------------------------------------------------------------------------------------


def instant(value: int) -> Instant:
    """Return a number of microseconds UTC as an instant.

    Raises:
        LocalError: TIME-RANGE, before 1990 or after 2119.
    """
    if type(value) is not int or not INSTANT_MIN <= value <= INSTANT_MAX:
        raise LocalError("TIME-RANGE", expected="1990 to 2119, in microseconds", got=_shortened(value))
    return Instant(value)


def instant_from_cbor(value: object) -> Instant:
    """Return a decoded value of the wire as an instant.

    Raises:
        PeerError: PEER-TIME, not an integer or before 1990 or after 2119.
    """
    if type(value) is not int or not INSTANT_MIN <= value <= INSTANT_MAX:
        raise PeerError("PEER-TIME", expected="1990 to 2119, in microseconds", got=_shortened(value))
    return Instant(value)


def _shortened(value: object) -> str:
    # An integer of thousands of digits must not cost time in its conversion to text.
    return f"{value}" if type(value) is int and abs(value) < 1 << 64 else type(value).__name__


def _utc(at: Instant) -> datetime:
    return _EPOCH + timedelta(microseconds=instant(at))


def _from_fields(
    fields: tuple[int, int, int, int, int, int], microsecond: int, offset_minutes: int, text: str
) -> Instant:
    year, month, day, hour, minute, second = fields
    try:
        local = datetime(year, month, day, hour, minute, second, microsecond, tzinfo=UTC)
    except ValueError:
        # A leap second (:60) lands here too: POSIX time has no number for it.
        raise LocalError("TIME-FORMAT", expected="a date and time that exist", got=text) from None
    micros = (local - _EPOCH) // timedelta(microseconds=1) - offset_minutes * MINUTE_US
    return instant(micros)


# --- RFC 3339 ---------------------------------------------------------------------------------------------------------


def parse_rfc3339(text: str) -> Instant:
    """Return the instant of a text such as ``2022-11-20T11:15:00+02:00``; digits past the microsecond are dropped.

    Raises:
        LocalError: TIME-FORMAT, TIME-NO-ZONE (no Z and no offset), TIME-RANGE.
    """
    match = _RFC3339.fullmatch(text) if len(text) <= TIME_CHARS_MAX else None
    if match is None:
        raise LocalError("TIME-FORMAT", expected="2022-11-20T09:15:00Z", got=text)
    *clock, fraction, zone = match.groups()
    if zone is None:
        raise LocalError("TIME-NO-ZONE", expected="Z or an offset such as +02:00 at the end", got=text)
    year, month, day, hour, minute, second = map(int, clock)
    microsecond = int((fraction or "")[:6].ljust(6, "0"))
    return _from_fields((year, month, day, hour, minute, second), microsecond, _offset_minutes(zone, text), text)


def _offset_minutes(zone: str, text: str) -> int:
    if zone in "Zz":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    total = hours * 60 + minutes
    if minutes > 59 or total > OFFSET_MINUTES_MAX:
        raise LocalError("TIME-FORMAT", expected="an offset of at most 14:00", got=text)
    return -total if zone[0] == "-" else total


def rfc3339(at: Instant) -> str:
    """Return ``2022-11-20T09:15:00Z``, with milliseconds only when they are not zero; microseconds are not shown."""
    moment = _utc(at)
    millisecond = moment.microsecond // 1000
    return f"{moment:%Y-%m-%dT%H:%M:%S}{f'.{millisecond:03}' if millisecond else ''}Z"


# --- date-time group --------------------------------------------------------------------------------------------------


def dtg(at: Instant) -> str:
    """Return the date-time group, ``200915Z NOV 22``: day, hour and minute UTC, month, year; seconds are not shown.

    Raises:
        LocalError: TIME-RANGE, a year that two digits cannot tell (before 2000 or after 2099).
    """
    moment = _utc(at)
    if not DTG_YEAR_FIRST <= moment.year < DTG_YEAR_FIRST + 100:
        raise LocalError("TIME-RANGE", expected="2000 to 2099 for a date-time group", got=moment.year)
    return f"{moment:%d%H%M}Z {_MONTHS[moment.month - 1].upper()} {moment.year % 100:02}"


def parse_dtg(text: str) -> Instant:
    """Return the instant of a date-time group; the zone letter must stand there and be Z, months are English.

    Raises:
        LocalError: TIME-FORMAT, TIME-NO-ZONE (no letter, J for local time, or another zone's letter), TIME-RANGE.
    """
    match = _DTG.fullmatch(text.strip()) if len(text) <= TIME_CHARS_MAX else None
    if match is None:
        raise LocalError("TIME-FORMAT", expected="200915Z NOV 22", got=text)
    day, hour, minute, letter, month, year = match.groups()
    if letter.upper() != "Z":
        raise LocalError("TIME-NO-ZONE", expected="the letter Z (UTC) after the minutes", got=text)
    if month.title() not in _MONTHS:
        raise LocalError("TIME-FORMAT", expected="an English month such as NOV", got=text)
    full_year = int(year) if int(year) >= DTG_YEAR_FIRST else DTG_YEAR_FIRST + int(year)
    if full_year >= DTG_YEAR_FIRST + 100:
        raise LocalError("TIME-RANGE", expected="2000 to 2099", got=text)
    fields = (full_year, _MONTHS.index(month.title()) + 1, int(day), int(hour), int(minute), 0)
    return _from_fields(fields, 0, 0, text)


# --- local time of both ends ------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    # Imported here: every command needs instants, few show a local time, and these two take 15 ms to start.
    from importlib.resources import files  # noqa: PLC0415 - as above
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - as above

    if len(name) > ZONE_CHARS_MAX or not _ZONE.fullmatch(name):
        raise LocalError("TIME-ZONE-UNKNOWN", expected="a name such as Europe/Kyiv", got=name)
    try:
        with files("tzdata").joinpath("zoneinfo", name).open("rb") as rules:
            return ZoneInfo.from_file(rules, key=name)
    except (OSError, ValueError):
        raise LocalError("TIME-ZONE-UNKNOWN", expected="a name such as Europe/Kyiv", got=name) from None


def check_zone(name: str) -> str:
    """Return a time zone's name unchanged when the time zone database knows it.

    Raises:
        LocalError: TIME-ZONE-UNKNOWN.
    """
    return _zone(name).key


def wall_clock(at: Instant, zone: str) -> datetime:
    """Return what the clock on a zone's wall shows, summer time included.

    Raises:
        LocalError: TIME-ZONE-UNKNOWN, TIME-RANGE.
    """
    return _utc(at).astimezone(_zone(zone))


def from_wall_clock(day: date, minute: int, zone: str) -> Instant:
    """Return the instant at which a zone's clock shows a minute of a day; RFC 5545 (3.3.5) decides the doubtful ones.

    A time that the clock skips is counted with the offset from before the gap, so 02:30 of a spring night is 03:30; of
    a time that comes twice it is the first one.

    Args:
        day: the day in that zone.
        minute: minutes since midnight, 0 to 1439.
        zone: name of the time zone database.

    Raises:
        LocalError: TIME-ZONE-UNKNOWN, TIME-RANGE.
    """
    hour, rest = divmod(minute, 60)
    shown_there = datetime(day.year, day.month, day.day, hour, rest, tzinfo=_zone(zone))
    offset = shown_there.utcoffset() or timedelta()
    return instant((shown_there.replace(tzinfo=UTC) - offset - _EPOCH) // timedelta(microseconds=1))


def local_text(at: Instant, zone: str) -> str:
    """Return the wall clock of a zone, ``20 Nov 2022 11:15 EET (UTC+2)``; the offset tells a repeated hour apart.

    Raises:
        LocalError: TIME-ZONE-UNKNOWN, TIME-RANGE.
    """
    local = wall_clock(at, zone)
    # Zones without letters of their own are named by digits ("+03"), which the offset already says.
    name = local.tzname() or ""
    letters = f" {name}" if name.isalpha() else ""
    return (
        f"{local.day} {_MONTHS[local.month - 1]} {local.year} {local:%H:%M}{letters}"
        f" ({_offset_text(local.utcoffset() or timedelta())})"
    )


def _offset_text(offset: timedelta) -> str:
    minutes = offset // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def both_clocks(at: Instant, zone_ours: str, zone_theirs: str) -> str:
    """Return one moment on three clocks: UTC as a date-time group, then ours, then theirs (B2, B5)."""
    return f"{dtg(at)} | ours {local_text(at, zone_ours)} | theirs {local_text(at, zone_theirs)}"


# --- durations and marks ----------------------------------------------------------------------------------------------

_UNITS: Final = (("d", DAY_US), ("h", HOUR_US), ("min", MINUTE_US), ("s", SECOND_US), ("ms", 1000))


def duration_text(us: int) -> str:
    """Return a duration in its two largest units, ``2 h 5 min``; smaller units are dropped, not rounded up."""
    if us < 0:
        return f"minus {duration_text(-us)}"
    for place, (unit, size) in enumerate(_UNITS):
        if us >= size:
            whole, rest = divmod(us, size)
            below, below_size = _UNITS[min(place + 1, len(_UNITS) - 1)]
            part = rest // below_size if size > SECOND_US else 0
            return f"{whole} {unit}" + (f" {part} {below}" if part else "")
    return "0 s" if us == 0 else "under 1 ms"


def _hhmm(at: Instant) -> str:
    return f"{_utc(at):%H:%M}Z"


def _pair(first: Instant, second: Instant) -> tuple[str, str]:
    """Two times as short as they can be told apart: with their day when they lie on different days."""
    if first // DAY_US == second // DAY_US:
        return _hhmm(first), _hhmm(second)
    return rfc3339(first)[:16] + "Z", rfc3339(second)[:16] + "Z"


def late_mark(sent: Instant, received: Instant, limit_s: int) -> str | None:
    """Return ``sent 22:05Z, received 22:31Z, 26 min late`` when a message took longer than its limit, else None (I6).

    Args:
        sent: the time that the sender signed.
        received: the time on our own clock.
        limit_s: seconds that the message may take before it is marked.
    """
    took = instant(received) - instant(sent)
    if took <= limit_s * SECOND_US:
        return None
    left, right = _pair(sent, received)
    return f"sent {left}, received {right}, {duration_text(took)} late"


def implausible_clock(claimed: Instant, received: Instant, tolerance_s: int) -> str | None:
    """Return a ``???`` mark when a message claims to be from after its arrival, else None (I6).

    One of the two clocks is wrong and the mark does not say which; a message from long before its arrival is late, and
    `late_mark` says so.

    Args:
        claimed: the time that the sender signed.
        received: the time on our own clock.
        tolerance_s: seconds by which two honest clocks may differ.
    """
    ahead = instant(claimed) - instant(received)
    if ahead <= tolerance_s * SECOND_US:
        return None
    left, right = _pair(claimed, received)
    return f"??? claims {left}, received {right}, {duration_text(ahead)} before it was sent: a clock is wrong"

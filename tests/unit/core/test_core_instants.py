"""Instants: text in and out without a local clock ever being guessed."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from armslength.core.errors import LocalError, PeerError
from armslength.core.instants import (
    DAY_US,
    HOUR_US,
    INSTANT_MAX,
    INSTANT_MIN,
    MINUTE_US,
    SECOND_US,
    Instant,
    both_clocks,
    check_zone,
    dtg,
    duration_text,
    implausible_clock,
    instant,
    instant_from_cbor,
    late_mark,
    local_text,
    parse_dtg,
    parse_rfc3339,
    rfc3339,
)

NOV_20 = Instant(1_668_935_700 * SECOND_US)
"""2022-11-20T09:15:00Z, the morning of the seed scenario."""

INSTANTS = st.integers(INSTANT_MIN, INSTANT_MAX).map(Instant)
DTG_INSTANTS = st.integers(946_684_800 // 60, 4_102_444_800 // 60 - 1).map(lambda minute: Instant(minute * MINUTE_US))
ZONES = ("Europe/Kyiv", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo")


def test_bounds_are_the_years_they_name() -> None:
    assert rfc3339(Instant(INSTANT_MIN)) == "1990-01-01T00:00:00Z"
    assert rfc3339(Instant(INSTANT_MAX)) == "2119-12-31T23:59:59.999Z"


@pytest.mark.parametrize(
    "value",
    [
        INSTANT_MIN - 1,
        INSTANT_MAX + 1,
        0,
        -1,
        NOV_20 // SECOND_US,
        pytest.param(10**5000, id="huge"),
        True,
        1.5,
        None,
        "1",
    ],
)
def test_out_of_range_is_refused_by_who_sent_it(value: object) -> None:
    with pytest.raises(LocalError, match="TIME-RANGE"):
        instant(value)  # type: ignore[arg-type]
    with pytest.raises(PeerError, match="PEER-TIME"):
        instant_from_cbor(value)


def test_in_range_passes_unchanged() -> None:
    assert instant(NOV_20) == instant_from_cbor(int(NOV_20)) == NOV_20


@pytest.mark.parametrize("show", [rfc3339, dtg])
def test_showing_refuses_what_is_no_instant(show: object) -> None:
    with pytest.raises(LocalError, match="TIME-RANGE"):
        show(Instant(0))  # type: ignore[operator]


# --- RFC 3339 ---


@pytest.mark.parametrize(
    ("text", "offset_us"),
    [
        ("2022-11-20T09:15:00Z", 0),
        ("2022-11-20t09:15:00z", 0),
        ("2022-11-20 09:15:00Z", 0),
        ("2022-11-20T11:15:00+02:00", 0),
        ("2022-11-20T04:15:00-05:00", 0),
        ("2022-11-20T15:00:00+05:45", 0),
        ("2022-11-20T09:15:00-00:00", 0),
        ("2022-11-20T23:15:00+14:00", 0),
        ("2022-11-20T09:15:00.5Z", 500_000),
        ("2022-11-20T09:15:00.000001Z", 1),
        ("2022-11-20T09:15:00.123456789Z", 123_456),
    ],
)
def test_rfc3339_is_read(text: str, offset_us: int) -> None:
    assert parse_rfc3339(text) == NOV_20 + offset_us


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2022-11-20T09:15:00", "TIME-NO-ZONE"),
        ("2022-11-20 09:15:00.25", "TIME-NO-ZONE"),
        ("2022-11-20", "TIME-FORMAT"),
        ("2022-11-20T09:15Z", "TIME-FORMAT"),
        ("2022-11-20T09:15:00 Z", "TIME-FORMAT"),
        ("2022-11-20T09:15:00Z\n", "TIME-FORMAT"),
        ("2022-11-20T09:15:00+0200", "TIME-FORMAT"),
        ("2022-11-20T09:15:00+14:01", "TIME-FORMAT"),
        ("2022-11-20T09:15:00+02:60", "TIME-FORMAT"),
        ("2022-11-20T09:15:00EET", "TIME-FORMAT"),
        ("2022-02-29T09:15:00Z", "TIME-FORMAT"),
        ("2022-11-20T24:00:00Z", "TIME-FORMAT"),
        ("2016-12-31T23:59:60Z", "TIME-FORMAT"),
        ("0000-01-01T00:00:00Z", "TIME-FORMAT"),
        ("２０２２-11-20T09:15:00Z", "TIME-FORMAT"),
        pytest.param("2022-11-20T09:15:00." + "1" * 5000 + "Z", "TIME-FORMAT", id="long"),
        ("", "TIME-FORMAT"),
        ("1989-12-31T23:59:59Z", "TIME-RANGE"),
        ("2120-01-01T00:00:00Z", "TIME-RANGE"),
        ("9999-12-31T23:59:59-14:00", "TIME-RANGE"),
        ("0001-01-01T00:00:00+14:00", "TIME-RANGE"),
    ],
)
def test_rfc3339_is_refused(text: str, code: str) -> None:
    with pytest.raises(LocalError) as caught:
        parse_rfc3339(text)
    assert caught.value.code == code


@given(at=INSTANTS)
def test_rfc3339_round_trips_to_the_millisecond(at: Instant) -> None:
    assert parse_rfc3339(rfc3339(at)) == at // 1000 * 1000


@given(at=INSTANTS)
def test_rfc3339_agrees_with_the_standard_library(at: Instant) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
    assert parse_rfc3339(moment.isoformat(timespec="microseconds")) == at


def test_rfc3339_shows_a_fraction_only_when_there_is_one() -> None:
    assert rfc3339(NOV_20) == "2022-11-20T09:15:00Z"
    assert rfc3339(Instant(NOV_20 + 7_000)) == "2022-11-20T09:15:00.007Z"


@given(text=st.text(alphabet="0123456789TZ:+-. ZJANOV", max_size=45))
def test_any_text_gives_an_instant_or_a_typed_error(text: str) -> None:
    for read in (parse_rfc3339, parse_dtg):
        with suppress(LocalError):
            assert INSTANT_MIN <= read(text) <= INSTANT_MAX


# --- date-time group ---


@pytest.mark.parametrize(
    "text",
    ["200915Z NOV 22", "200915ZNOV22", "200915z nov 22", " 200915Z Nov 2022 ", "200915 Z NOV 22"],
)
def test_dtg_is_read(text: str) -> None:
    assert parse_dtg(text) == NOV_20


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("200915 NOV 22", "TIME-NO-ZONE"),
        ("200915J NOV 22", "TIME-NO-ZONE"),
        ("201115B NOV 22", "TIME-NO-ZONE"),
        ("200915Z НОЯ 22", "TIME-FORMAT"),
        ("200915Z XYZ 22", "TIME-FORMAT"),
        ("310915Z NOV 22", "TIME-FORMAT"),
        ("202415Z NOV 22", "TIME-FORMAT"),
        ("200960Z NOV 22", "TIME-FORMAT"),
        ("0915Z", "TIME-FORMAT"),
        ("200915Z NOV", "TIME-FORMAT"),
        ("200915Z NOV 2122", "TIME-RANGE"),
        pytest.param("200915Z NOV 22" + " " * 5000, "TIME-FORMAT", id="padded"),
    ],
)
def test_dtg_is_refused(text: str, code: str) -> None:
    with pytest.raises(LocalError) as caught:
        parse_dtg(text)
    assert caught.value.code == code


@given(at=DTG_INSTANTS)
def test_dtg_round_trips_to_the_minute(at: Instant) -> None:
    assert parse_dtg(dtg(at)) == at
    assert dtg(Instant(at + MINUTE_US - 1)) == dtg(at)


def test_dtg_refuses_a_year_of_another_century() -> None:
    with pytest.raises(LocalError, match="TIME-RANGE"):
        dtg(parse_rfc3339("1999-12-31T23:59:59Z"))
    with pytest.raises(LocalError, match="TIME-RANGE"):
        dtg(parse_rfc3339("2100-01-01T00:00:00Z"))


# --- local time ---


@pytest.mark.parametrize(
    ("utc", "zone", "expected"),
    [
        ("2022-11-20T09:15:00Z", "Europe/Kyiv", "20 Nov 2022 11:15 EET (UTC+2)"),
        ("2022-11-20T09:15:00Z", "Europe/Berlin", "20 Nov 2022 10:15 CET (UTC+1)"),
        ("2022-11-20T09:15:00Z", "Europe/Moscow", "20 Nov 2022 12:15 MSK (UTC+3)"),
        ("2022-11-20T09:15:00Z", "Europe/Istanbul", "20 Nov 2022 12:15 (UTC+3)"),
        ("2022-11-20T09:15:00Z", "Asia/Kathmandu", "20 Nov 2022 15:00 (UTC+5:45)"),
        ("2022-11-20T02:15:00Z", "America/New_York", "19 Nov 2022 21:15 EST (UTC-5)"),
        ("2022-11-20T02:15:00Z", "America/St_Johns", "19 Nov 2022 22:45 NST (UTC-3:30)"),
        ("2022-11-20T09:15:00Z", "UTC", "20 Nov 2022 09:15 UTC (UTC+0)"),
        ("2022-10-30T00:30:00Z", "Europe/Kyiv", "30 Oct 2022 03:30 EEST (UTC+3)"),
        ("2022-10-30T01:30:00Z", "Europe/Kyiv", "30 Oct 2022 03:30 EET (UTC+2)"),
        ("2022-03-27T00:59:59Z", "Europe/Kyiv", "27 Mar 2022 02:59 EET (UTC+2)"),
        ("2022-03-27T01:00:00Z", "Europe/Kyiv", "27 Mar 2022 04:00 EEST (UTC+3)"),
    ],
)
def test_local_text(utc: str, zone: str, expected: str) -> None:
    assert local_text(parse_rfc3339(utc), zone) == expected


@pytest.mark.parametrize(
    "zone",
    [
        "",
        "Kyiv",
        "Europe/Kiew",
        "Europe",
        "../etc/passwd",
        "/etc/localtime",
        "Europe/../UTC",
        "UTC\0",
        "tzdata.zi",
        "A" * 99,
    ],
)
def test_an_unknown_zone_is_a_typed_error(zone: str) -> None:
    with pytest.raises(LocalError, match="TIME-ZONE-UNKNOWN"):
        check_zone(zone)


def test_a_known_zone_is_returned() -> None:
    assert check_zone("America/Argentina/ComodRivadavia") == "America/Argentina/ComodRivadavia"


def _wall_and_offset(text: str) -> Instant:
    """Read a local text back by its own offset, with nothing but the characters on the screen."""
    wall, _, offset = text.partition("(UTC")
    moment = datetime.strptime(" ".join(wall.split()[:4]) + "+0000", "%d %b %Y %H:%M%z")
    hours, _, minutes = offset[1:].rstrip(")").partition(":")
    shift = timedelta(hours=int(hours), minutes=int(minutes or 0)) * (-1 if offset[0] == "-" else 1)
    return parse_rfc3339((moment - shift).isoformat())


# Each example lies at an end or a start of summer time; the drawn minutes cover the hours around it.
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("turn", ["2022-03-27T01:00:00Z", "2022-10-30T01:00:00Z", "2023-04-01T15:00:00Z"])
@given(minutes=st.integers(-24 * 60, 24 * 60))
@example(minutes=0)
@example(minutes=-1)
def test_local_text_names_one_moment_also_in_gaps_and_repeated_hours(zone: str, turn: str, minutes: int) -> None:
    at = Instant(parse_rfc3339(turn) + minutes * MINUTE_US)
    assert _wall_and_offset(local_text(at, zone)) == at


@given(at=DTG_INSTANTS, zone=st.sampled_from(ZONES))
def test_local_text_names_one_moment_in_any_year(at: Instant, zone: str) -> None:
    assert _wall_and_offset(local_text(at, zone)) == at


@given(minutes=st.integers(0, 59), hour=st.integers(0, 23))
def test_a_wall_clock_without_zone_is_never_taken(minutes: int, hour: int) -> None:
    # 27 March 2022 had no 03:30 in Kyiv: without a zone nobody could say which moment is meant.
    for text in (f"2022-03-27T{hour:02}:{minutes:02}:00", f"2022-03-27 {hour:02}:{minutes:02}:00.5"):
        with pytest.raises(LocalError, match="TIME-NO-ZONE"):
            parse_rfc3339(text)
    with pytest.raises(LocalError, match="TIME-NO-ZONE"):
        parse_dtg(f"27{hour:02}{minutes:02} MAR 22")


def test_both_clocks_shows_utc_ours_and_theirs() -> None:
    assert both_clocks(NOV_20, "Europe/Berlin", "Europe/Moscow") == (
        "200915Z NOV 22 | ours 20 Nov 2022 10:15 CET (UTC+1) | theirs 20 Nov 2022 12:15 MSK (UTC+3)"
    )


# --- durations and marks ---


@pytest.mark.parametrize(
    ("us", "expected"),
    [
        (0, "0 s"),
        (1, "under 1 ms"),
        (999, "under 1 ms"),
        (350_000, "350 ms"),
        (45 * SECOND_US, "45 s"),
        (45 * SECOND_US + 900_000, "45 s"),
        (90 * SECOND_US, "1 min 30 s"),
        (2 * HOUR_US + 5 * MINUTE_US, "2 h 5 min"),
        (2 * HOUR_US + 5 * SECOND_US, "2 h"),
        (3 * DAY_US + 4 * HOUR_US + 59 * MINUTE_US, "3 d 4 h"),
        (-26 * MINUTE_US, "minus 26 min"),
    ],
)
def test_duration_text(us: int, expected: str) -> None:
    assert duration_text(us) == expected


def _at(text: str) -> Instant:
    return parse_rfc3339(text)


def test_late_mark_says_sent_received_and_by_how_much() -> None:
    mark = late_mark(_at("2022-11-19T22:05:00Z"), _at("2022-11-19T22:31:00Z"), 120)
    assert mark == "sent 22:05Z, received 22:31Z, 26 min late"


def test_late_mark_names_the_days_when_they_differ() -> None:
    mark = late_mark(_at("2022-11-19T23:50:00Z"), _at("2022-11-20T00:31:00Z"), 120)
    assert mark == "sent 2022-11-19T23:50Z, received 2022-11-20T00:31Z, 41 min late"


@pytest.mark.parametrize("took_s", [-600, 0, 119, 120])
def test_no_late_mark_up_to_the_limit(took_s: int) -> None:
    assert late_mark(NOV_20, Instant(NOV_20 + took_s * SECOND_US), 120) is None


def test_late_mark_begins_one_microsecond_past_the_limit() -> None:
    assert late_mark(NOV_20, Instant(NOV_20 + 120 * SECOND_US + 1), 120) is not None


def test_implausible_clock_marks_a_message_from_the_future() -> None:
    mark = implausible_clock(_at("2022-11-19T22:31:00Z"), _at("2022-11-19T22:05:00Z"), 60)
    assert mark == "??? claims 22:31Z, received 22:05Z, 26 min before it was sent: a clock is wrong"


@pytest.mark.parametrize("ahead_s", [-86_400, 0, 60])
def test_no_clock_mark_within_tolerance_or_for_the_past(ahead_s: int) -> None:
    assert implausible_clock(Instant(NOV_20 + ahead_s * SECOND_US), NOV_20, 60) is None

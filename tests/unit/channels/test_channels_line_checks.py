"""The instants for which a plan plans checks: wall clocks, holidays, turns, and the check that a call is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.channels.calendars import Calendar, DayRule, Days
from armslength.channels.line_checks import (
    Caller,
    CheckPlan,
    Turns,
    check_of,
    closes_at,
    next_planned,
    planned,
    previous_planned,
)
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, HOUR_US, MINUTE_US, Instant, parse_rfc3339, rfc3339, wall_clock

NINE_FIVE = (9 * 60, 17 * 60)
BEGIN = parse_rfc3339("2023-01-01T00:00:00Z")
EARLY = parse_rfc3339("2022-01-01T00:00:00Z")
ZONES = ("Asia/Seoul", "Europe/Kyiv", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


def plan(**changes: object) -> CheckPlan:
    given_ = {"channel": "red", "times": NINE_FIVE, "zone": "Asia/Seoul", "from_at": BEGIN} | changes
    return CheckPlan(**given_)  # type: ignore[arg-type]  # named by the test


def between(one: CheckPlan, after: str, until: str) -> list[str]:
    return [rfc3339(check.at) for check in planned(one, parse_rfc3339(after), parse_rfc3339(until))]


def test_seoul_calls_at_nine_and_five_on_working_days() -> None:
    one = plan(days=Days(rule=DayRule.OURS))
    assert between(one, "2023-04-06T12:00:00Z", "2023-04-10T12:00:00Z") == [
        "2023-04-07T00:00:00Z",
        "2023-04-07T08:00:00Z",
        "2023-04-10T00:00:00Z",
        "2023-04-10T08:00:00Z",
    ]


def test_a_time_that_the_clock_skips_is_one_check() -> None:
    one = plan(times=(150, 210), zone="Europe/Berlin")
    # 02:30 does not exist that night and is 03:30 (RFC 5545): with the 03:30 that is planned too it is one check.
    assert between(one, "2023-03-25T12:00:00Z", "2023-03-26T12:00:00Z") == ["2023-03-26T01:30:00Z"]


def test_a_time_that_comes_twice_is_one_check_at_the_first() -> None:
    one = plan(times=(150,), zone="Europe/Berlin")
    assert between(one, "2023-10-28T12:00:00Z", "2023-10-29T12:00:00Z") == ["2023-10-29T00:30:00Z"]


def test_the_wall_clock_stays_the_same_across_summer_time_and_the_instant_moves() -> None:
    one = plan(zone="Europe/Kyiv")
    assert between(one, "2023-03-25T00:00:00Z", "2023-03-26T23:00:00Z") == [
        "2023-03-25T07:00:00Z",
        "2023-03-25T15:00:00Z",
        "2023-03-26T06:00:00Z",
        "2023-03-26T14:00:00Z",
    ]


def test_a_day_that_a_zone_skipped_gives_no_double_check() -> None:
    one = plan(times=(600,), zone="Pacific/Apia", from_at=parse_rfc3339("2011-01-01T00:00:00Z"))
    found = between(one, "2011-12-29T00:00:00Z", "2012-01-01T00:00:00Z")
    assert found == ["2011-12-29T20:00:00Z", "2011-12-30T20:00:00Z", "2011-12-31T20:00:00Z"]


def test_leap_days_and_month_ends_are_days() -> None:
    one = plan(times=(600,), zone="UTC", from_at=parse_rfc3339("2024-01-01T00:00:00Z"))
    assert between(one, "2024-02-28T00:00:00Z", "2024-03-01T12:00:00Z") == [
        "2024-02-28T10:00:00Z",
        "2024-02-29T10:00:00Z",
        "2024-03-01T10:00:00Z",
    ]


def test_washington_has_the_even_hours_and_moscow_the_odd() -> None:
    one = plan(times=(), every_min=60, zone="UTC", turns=Turns.ALTERNATING)
    found = [(rfc3339(check.at)[11:13], check.caller) for check in planned(one, BEGIN, Instant(BEGIN + 4 * HOUR_US))]
    assert found == [("01", "THEIRS"), ("02", "OURS"), ("03", "THEIRS"), ("04", "OURS")]


def test_a_holiday_changes_nobodys_turn() -> None:
    off = Calendar(weekdays=(1, 2, 3, 4, 5, 6, 7), holidays=(("2023-01-03", "off"),))
    turns = {"times": (540,), "turns": Turns.ALTERNATING, "zone": "UTC"}
    every, with_holiday = plan(**turns), plan(**turns, days=Days(rule=DayRule.OURS, ours=off))
    until = Instant(BEGIN + 10 * DAY_US)
    assert set(planned(with_holiday, BEGIN, until)) < set(planned(every, BEGIN, until))


def test_a_weekly_check_is_on_its_day() -> None:
    one = plan(times=(600,), zone="Asia/Kolkata", days=Days(weekdays=(2,)))
    assert between(one, "2023-05-01T00:00:00Z", "2023-05-20T00:00:00Z") == [
        "2023-05-02T04:30:00Z",
        "2023-05-09T04:30:00Z",
        "2023-05-16T04:30:00Z",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"times": ()},
        {"every_min": 60},
        {"times": (540, 540)},
        {"times": (1020, 540)},
        {"times": (1440,)},
        {"times": (), "every_min": 4},
        {"times": (), "every_min": 10_081},
        {"zone": "Europe/Nowhere"},
        {"answer_s": 0},
        {"late_s": 86_401},
        {"languages": ()},
        {"channel": "Not An Id"},
        {"until_at": BEGIN},
        {"line_peer": "NDMC", "turns": Turns.THEIRS},
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(LocalError):
        plan(**changes)


def test_a_check_has_its_time_until_its_windows_are_over_or_the_next_begins() -> None:
    first = next_planned(plan(), BEGIN)
    assert first is not None
    assert closes_at(plan(), first.at) - first.at == (900 + 3600) * 1_000_000
    hourly = plan(times=(), every_min=60)
    assert closes_at(hourly, BEGIN) - BEGIN == HOUR_US


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(-16, None), (-15, 0), (0, 0), (74, 0), (75, None), (464, None), (465, 480), (8 * 60 + 10, 480)],
)
def test_a_call_is_the_check_whose_time_it_is(minutes: int, expected: int | None) -> None:
    nine = parse_rfc3339("2023-04-07T00:00:00Z")
    found = check_of(plan(), Instant(nine + minutes * MINUTE_US))
    assert found == (None if expected is None else (nine + expected * MINUTE_US, Caller.OURS))


def test_an_early_call_is_the_next_check_only_when_the_one_before_is_nearly_over() -> None:
    hourly = plan(times=(), every_min=60)
    assert check_of(hourly, Instant(BEGIN + 44 * MINUTE_US)) == (BEGIN, Caller.OURS)
    assert check_of(hourly, Instant(BEGIN + 46 * MINUTE_US)) == (BEGIN + HOUR_US, Caller.OURS)


def test_a_plan_ends_where_it_says() -> None:
    one = plan(until_at=parse_rfc3339("2023-01-02T08:00:00Z"))
    assert between(one, "2023-01-01T10:00:00Z", "2024-01-01T00:00:00Z") == ["2023-01-02T00:00:00Z"]
    assert next_planned(one, parse_rfc3339("2023-01-02T00:00:00Z")) is None


# --- properties -------------------------------------------------------------------------------------------------------

holidays = st.lists(st.dates(date(2022, 1, 1), date(2026, 12, 31)), max_size=6, unique=True).map(
    lambda days: Calendar(holidays=tuple((day.isoformat(), "off") for day in sorted(days)))
)
plans = st.builds(
    lambda times, zone, rule, ours, theirs: plan(
        times=times,
        zone=zone,
        days=Days(rule=rule, ours=ours, theirs=theirs),
        from_at=parse_rfc3339("2022-01-01T00:00:00Z"),
    ),
    st.lists(st.integers(0, 1439), min_size=1, max_size=4, unique=True).map(lambda one: tuple(sorted(one))),
    st.sampled_from(ZONES),
    st.sampled_from(list(DayRule)),
    holidays,
    holidays,
)
minute_plans = st.builds(
    lambda every, zone, rule: plan(times=(), every_min=every, zone=zone, days=Days(rule=rule)),
    st.integers(5, 3000),
    st.sampled_from(ZONES),
    st.sampled_from(list(DayRule)),
)
instants = st.integers(parse_rfc3339("2022-06-01T00:00:00Z"), parse_rfc3339("2026-01-01T00:00:00Z")).map(Instant)


@settings(max_examples=40, deadline=None)
@given(plans | minute_plans, instants, st.integers(1, 40 * DAY_US), st.integers(1, 40 * DAY_US))
def test_what_is_planned_does_not_depend_on_how_it_is_asked(one: CheckPlan, at: Instant, first: int, more: int) -> None:
    middle, end = Instant(at + first), Instant(at + first + more)
    whole = list(planned(one, at, end))
    assert whole == [*planned(one, at, middle), *planned(one, middle, end)]
    assert [check.at for check in whole] == sorted({check.at for check in whole})
    following = next_planned(one, at)
    assert following is not None
    assert whole[:1] == ([following] if following.at <= end else [])
    if whole:
        assert previous_planned(one, end) == whole[-1]


@settings(max_examples=40, deadline=None)
@given(plans, instants)
def test_every_working_day_has_each_of_its_times_once(one: CheckPlan, at: Instant) -> None:
    start = wall_clock(at, one.zone).date() + timedelta(days=1)
    after = Instant(parse_rfc3339(f"{start}T00:00:00Z") - 15 * HOUR_US)
    shown: dict[date, list[int]] = {}
    for check in planned(one, after, Instant(after + 6 * DAY_US)):
        there = wall_clock(check.at, one.zone)
        shown.setdefault(there.date(), []).append(there.hour * 60 + there.minute)
    for day in (start + timedelta(days=number) for number in range(3)):
        minutes = shown.get(day, [])
        if not one.days.hold(day):
            assert minutes == []
        else:
            # A time that a clock skipped is shown later by the gap; nothing is lost and nothing comes twice.
            assert len(minutes) == len(set(minutes))
            assert set(one.times) - set(minutes) <= {minute for minute in one.times if minute < 240}
            assert len(minutes) in {len(one.times), len(one.times) - 1, len(one.times) - 2}

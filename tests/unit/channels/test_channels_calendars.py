"""Working days and holidays of both ends."""

from __future__ import annotations

from datetime import date

import pytest

from armslength.channels.calendars import WEEK, Calendar, DayRule, Days, day_of
from armslength.core.errors import LocalError

GOOD_FRIDAY, SATURDAY, MONDAY = date(2023, 4, 7), date(2023, 4, 8), date(2023, 4, 10)
OURS = Calendar(holidays=(("2023-04-10", "Easter Monday"),))
THEIRS = Calendar(weekdays=(1, 2, 3, 4, 5, 6), holidays=(("2023-04-07", "Good Friday"),))


@pytest.mark.parametrize(
    ("rule", "held"),
    [
        (DayRule.EVERY_DAY, {GOOD_FRIDAY, SATURDAY, MONDAY}),
        (DayRule.OURS, {GOOD_FRIDAY}),
        (DayRule.THEIRS, {SATURDAY, MONDAY}),
        (DayRule.BOTH, set()),
    ],
)
def test_a_rule_says_on_whose_days(rule: DayRule, held: set[date]) -> None:
    days = Days(rule=rule, ours=OURS, theirs=THEIRS)
    assert {day for day in (GOOD_FRIDAY, SATURDAY, MONDAY) if days.hold(day)} == held


def test_a_day_without_checks_says_why() -> None:
    days = Days(rule=DayRule.BOTH, ours=OURS, theirs=THEIRS)
    assert [days.why_not(day) for day in (GOOD_FRIDAY, SATURDAY, MONDAY)] == [
        "Good Friday",
        "no working day",
        "Easter Monday",
    ]
    assert days.why_not(date(2023, 4, 11)) == ""


def test_a_leap_day_is_a_day_like_another() -> None:
    assert Days(weekdays=(4,)).hold(date(2024, 2, 29))
    assert Calendar(holidays=(("2024-02-29", "a day off"),)).holiday(date(2024, 2, 29)) == "a day off"


@pytest.mark.parametrize("text", ["2023-02-29", "20230407", "2023-W14-5", "7 April", "", "2023-4-7"])
def test_a_holiday_is_a_day_of_the_calendar(text: str) -> None:
    with pytest.raises(LocalError) as refused:
        day_of(text)
    assert refused.value.code == "CHECK-PLAN-VALUE"


@pytest.mark.parametrize("weekdays", [(), (0,), (8,), (1, 1)])
def test_weekdays_are_one_to_seven_each_once(weekdays: tuple[int, ...]) -> None:
    with pytest.raises(LocalError):
        Calendar(weekdays=weekdays)


def test_a_plan_that_would_never_have_a_check_is_refused() -> None:
    with pytest.raises(LocalError):
        Days(rule=DayRule.BOTH, ours=Calendar(weekdays=(1,)), theirs=Calendar(weekdays=(2,)))
    with pytest.raises(LocalError):
        Days(rule=DayRule.OURS, weekdays=(7,))
    assert Days(rule=DayRule.OURS, ours=Calendar(weekdays=WEEK), weekdays=(7,)).hold(date(2023, 4, 9))

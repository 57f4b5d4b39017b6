"""Days on which a line is checked: weekdays and holidays of both ends, and the wall clock of one time zone.

In April 2023 two calls a day went unanswered on a Friday, nobody called at the weekend, and on Monday it was the fourth
day of another line: without both calendars no streak is counted right (domain.md S7). A time that a clock skips in
spring, or shows twice in autumn, is one instant and one check (`core.instants.from_wall_clock`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from armslength.channels.texts import one_line, several
from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterable

CODE: Final = "CHECK-PLAN-VALUE"

HOLIDAYS_MAX: Final = 366
"""Holidays of one end that one plan names: a dozen years of them, and a plan is set anew before they run out."""

WEEK: Final = (1, 2, 3, 4, 5, 6, 7)
"""Days of a week, Monday is 1 (ISO 8601)."""

WORKING_WEEK: Final = (1, 2, 3, 4, 5)
"""The working week of an end that says nothing else."""


class DayRule(StrEnum):
    """On which days a check is planned."""

    EVERY_DAY = "EVERY-DAY"
    OURS = "OUR-WORKING-DAYS"
    THEIRS = "THEIR-WORKING-DAYS"
    BOTH = "WORKING-DAYS-OF-BOTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When one end works.

    Args:
        weekdays: its working days of the week, Monday is 1.
        holidays: days on which it does not work all the same, as ``2023-04-07``, each with its name.
    """

    weekdays: tuple[int, ...] = WORKING_WEEK
    holidays: tuple[tuple[str, str], ...] = ()
    _closed: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_weekdays(self.weekdays, "weekdays")
        several(self.holidays, HOLIDAYS_MAX, "holidays", CODE)
        for _, name in self.holidays:
            one_line(name, "holiday", CODE)
        object.__setattr__(self, "_closed", frozenset(day_of(day) for day, _ in self.holidays))

    def works(self, day: date) -> bool:
        """Tell whether the end works on a day."""
        return day.isoweekday() in self.weekdays and day not in self._closed

    def holiday(self, day: date) -> str:
        """Return the name of the holiday on a day, nothing when there is none."""
        return next((name for text, name in self.holidays if text == day.isoformat()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """On which days a check is planned.

    Args:
        rule: whose working days they are.
        ours: when our end works.
        theirs: when their end works.
        weekdays: of these days of the week only, for a weekly check; all by default.
    """

    rule: DayRule = DayRule.EVERY_DAY
    ours: Calendar = field(default_factory=Calendar)
    theirs: Calendar = field(default_factory=Calendar)
    weekdays: tuple[int, ...] = WEEK

    def __post_init__(self) -> None:
        check_weekdays(self.weekdays, "on")
        open_days = set(self.weekdays)
        for calendar in self._calendars():
            open_days &= set(calendar.weekdays)
        if not open_days:
            # Holidays run out and weekdays do not: such a plan would never have a next check.
            raise LocalError(CODE, field="on", expected="a day of the week on which the ends work", got="none")

    def _calendars(self) -> tuple[Calendar, ...]:
        return {
            DayRule.EVERY_DAY: (),
            DayRule.OURS: (self.ours,),
            DayRule.THEIRS: (self.theirs,),
            DayRule.BOTH: (self.ours, self.theirs),
        }[self.rule]

    def hold(self, day: date) -> bool:
        """Tell whether checks are planned on a day of the plan's time zone."""
        return day.isoweekday() in self.weekdays and all(one.works(day) for one in self._calendars())

    def why_not(self, day: date) -> str:
        """Return why no check is planned on a day: a holiday, or no working day; nothing when one is planned."""
        if self.hold(day):
            return ""
        names = [name for one in self._calendars() if (name := one.holiday(day))]
        return ", ".join(names) or "no working day"


def check_weekdays(days: Iterable[int], name: str) -> None:
    """Refuse what is no set of days of the week.

    Raises:
        LocalError: CHECK-PLAN-VALUE.
    """
    found = list(days)
    if not found or len(set(found)) != len(found) or not set(found) <= set(WEEK):
        raise LocalError(CODE, field=name, expected="days of the week, 1 is Monday, each once", got=found)


def day_of(text: str) -> date:
    """Return a day from ``2023-04-07``.

    Raises:
        LocalError: CHECK-PLAN-VALUE.
    """
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    # Python also reads 20230407 and week dates, which no person compares with a calendar on the wall.
    if found is None or found.isoformat() != text:
        raise LocalError(CODE, field="holiday", expected="a day such as 2023-04-07", got=text)
    return found

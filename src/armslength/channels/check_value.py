"""Plans of line checks and where they stand as encodable values and back, for records and views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from armslength.channels.calendars import CODE, HOLIDAYS_MAX, Calendar, DayRule, Days
from armslength.channels.check_states import Result, Standing, Status, Streak
from armslength.channels.line_checks import (
    EVERY_MIN_MOST,
    LANGUAGES_MAX,
    SECONDS_MAX,
    TIMES_MAX,
    Caller,
    CheckPlan,
    Planned,
    Turns,
)
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import Instant

if TYPE_CHECKING:
    from enum import StrEnum

    from armslength.core.cbor import CborKey, CborValue

    _Member = TypeVar("_Member", bound=StrEnum)


# --- the plan ---------------------------------------------------------------------------------------------------------


def plan_value(plan: CheckPlan) -> dict[int, CborValue]:
    """Return a plan as an encodable value, fields 1 to 20."""
    days = plan.days
    return {
        1: plan.channel,
        2: plan.times,
        3: plan.every_min,
        4: plan.zone,
        5: days.rule.value,
        6: days.weekdays,
        7: days.ours.weekdays,
        8: days.ours.holidays,
        9: days.theirs.weekdays,
        10: days.theirs.holidays,
        11: plan.turns.value,
        12: plan.first.value,
        13: plan.from_at,
        14: plan.until_at,
        15: plan.early_s,
        16: plan.answer_s,
        17: plan.late_s,
        18: plan.languages,
        19: plan.with_text,
        20: plan.line_peer or None,
    }


def plan_from_value(value: CborValue) -> CheckPlan:
    """Return a plan from `plan_value`'s result, whoever sends it.

    Raises:
        LocalError: CHECK-PLAN-VALUE, TIME-ZONE-UNKNOWN.
    """
    read = FieldReader(cast("dict[int, CborValue]", value), CODE, LocalError)
    return CheckPlan(
        channel=read.text(1),
        times=_numbers(read, 2, TIMES_MAX),
        every_min=read.integer(3, 0, EVERY_MIN_MOST),
        zone=read.text(4),
        days=Days(
            rule=_member(DayRule, read, 5),
            weekdays=_numbers(read, 6, 7),
            ours=Calendar(weekdays=_numbers(read, 7, 7), holidays=_holidays(read, 8)),
            theirs=Calendar(weekdays=_numbers(read, 9, 7), holidays=_holidays(read, 10)),
        ),
        turns=_member(Turns, read, 11),
        first=_member(Caller, read, 12),
        from_at=read.instant(13),
        until_at=read.instant(14) if read.has(14) else None,
        early_s=read.integer(15, 0, SECONDS_MAX),
        answer_s=read.integer(16, 0, SECONDS_MAX),
        late_s=read.integer(17, 0, SECONDS_MAX),
        languages=read.texts(18, LANGUAGES_MAX),
        with_text=read.flag(19),
        line_peer=read.text(20) if read.has(20) else "",
    )


def _numbers(read: FieldReader, number: CborKey, longest: int) -> tuple[int, ...]:
    found = read.array(number, longest)
    if not all(type(one) is int for one in found):
        read.refuse(field=number, expected="whole numbers")
    return cast("tuple[int, ...]", found)


def _holidays(read: FieldReader, number: CborKey) -> tuple[tuple[str, str], ...]:
    found = []
    for one in read.array(number, HOLIDAYS_MAX):
        match one:
            case (str(day), str(name)):
                found.append((day, name))
            case _:
                read.refuse(field=number, expected="pairs of a day and its name")
    return tuple(found)


def _member(kind: type[_Member], read: FieldReader, number: CborKey) -> _Member:
    text = read.text(number)
    found = next((one for one in kind if one.value == text), None)
    if found is None:
        read.refuse(field=number, expected=", ".join(one.value for one in kind), got=text)
    return found


# --- where it stands --------------------------------------------------------------------------------------------------


def standing_value(state: Standing) -> tuple[CborValue, ...]:
    """Return where a plan stands as an encodable value."""
    return (
        state.status.value,
        None if state.due is None else (state.due.at, state.due.caller.value),
        None if state.next is None else (state.next.at, state.next.caller.value),
        streak_value(state.streak),
        state.last,
        None if state.held is None else state.held.value,
        None if state.before is None else streak_value(state.before),
    )


def standing_from_value(value: CborValue) -> Standing:
    """Return where a plan stands from `standing_value`'s result; it comes out of our own views."""
    status, due, following, streak, last, held, before = cast("tuple[Any, ...]", value)
    return Standing(
        status=Status(status),
        due=None if due is None else Planned(Instant(due[0]), Caller(due[1])),
        next=None if following is None else Planned(Instant(following[0]), Caller(following[1])),
        streak=streak_from_value(streak),
        last=last,
        held=None if held is None else Result(held),
        before=None if before is None else streak_from_value(before),
    )


def streak_value(streak: Streak) -> tuple[CborValue, ...]:
    """Return a streak as an encodable value."""
    return (
        *(streak.answered, streak.answered_longest, streak.unanswered, streak.unanswered_longest),
        *(streak.unanswered_days, streak.unanswered_since, streak.unanswered_last),
        *(streak.missed, streak.missed_since, streak.answered_at, streak.counts, streak.attempts),
    )


def streak_from_value(value: CborValue) -> Streak:
    """Return a streak from `streak_value`'s result; it comes out of our own views."""
    row = cast("tuple[Any, ...]", value)
    return Streak(
        answered=row[0],
        answered_longest=row[1],
        unanswered=row[2],
        unanswered_longest=row[3],
        unanswered_days=row[4],
        unanswered_since=row[5],
        unanswered_last=row[6],
        missed=row[7],
        missed_since=row[8],
        answered_at=row[9],
        counts=row[10],
        attempts=row[11],
    )

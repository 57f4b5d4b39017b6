"""Where a channel's line checks stand: the check whose time it is, and the streaks of answers and of silence.

Silence is counted and never judged: so many checks unanswered are UNANSWERED, and that a channel is CUT is said by a
person and by nobody else (A2). The plan goes on through silence. What is not in the table is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.channels import line_checks
from armslength.core.errors import LocalError
from armslength.core.instants import SECOND_US, Instant, wall_clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.channels.line_checks import CheckPlan, Planned

PASSED_MAX: Final = 128
"""Checks that passed in an outage and are recorded in one entry; the next tick takes the next ones."""

MISSED_RINGS: Final = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000)
"""Checks in a row without an answer at which people are rung: a desk is not flooded by a silence of months."""


class Result(StrEnum):
    """What came of a check."""

    ANSWERED = "ANSWERED"
    NO_MESSAGE = "NO-MESSAGE"
    LATE = "LATE"
    NO_ANSWER = "NO-ANSWER"
    GARBLED = "GARBLED"
    NOT_MADE = "NOT-MADE"


class Reason(StrEnum):
    """What a result that is not well is put down to."""

    OWN_FAULT = "OWN-FAULT"
    THEIRS = "THEIRS"
    PATH = "PATH"
    WEATHER = "WEATHER"
    UNKNOWN = "UNKNOWN"


IN_TIME: Final = frozenset({Result.ANSWERED, Result.NO_MESSAGE})
"""Somebody answered within the time, with something or with nothing to say."""

ALIVE: Final = frozenset({*IN_TIME, Result.LATE, Result.GARBLED})
"""Somebody is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """Checks in a row, and counts since the first plan.

    Args:
        answered: answered in a row, late ones too; a check that was not made neither adds nor ends.
        answered_longest: the most of them ever.
        unanswered: called and not answered, in a row; whatever comes back ends it, garbled too.
        unanswered_longest: the most of them ever.
        unanswered_days: days on which these calls were made.
        unanswered_since: for when the first of them was planned.
        missed: without an answer in a row, whether called or not: by these people are rung.
        missed_since: for when the first of them was planned.
        answered_at: for when the last answered one was planned.
        counts: number of each result, in the order of `Result`.
        attempts: calls beside the plan.
    """

    answered: int = 0
    answered_longest: int = 0
    unanswered: int = 0
    unanswered_longest: int = 0
    unanswered_days: int = 0
    unanswered_since: Instant | None = None
    unanswered_last: Instant | None = None
    missed: int = 0
    missed_since: Instant | None = None
    answered_at: Instant | None = None
    counts: tuple[int, ...] = field(default=(0,) * len(Result))
    attempts: int = 0

    def after(self, result: Result, at: Instant, zone: str) -> Streak:
        """Return the streak after one more planned check."""
        counted = replace(self, counts=tuple(n + (one is result) for n, one in zip(self.counts, Result, strict=True)))
        if result in ALIVE:
            return counted.alive(at, garbled=result is Result.GARBLED)
        missed = replace(counted, missed=self.missed + 1, missed_since=self.missed_since or at)
        return missed if result is Result.NOT_MADE else missed.silent(at, zone)

    def alive(self, at: Instant, *, garbled: bool = False) -> Streak:
        """Return the streak after somebody was there."""
        answered = 0 if garbled else self.answered + 1
        return replace(
            self,
            answered=answered,
            answered_longest=max(answered, self.answered_longest),
            unanswered=0,
            unanswered_days=0,
            unanswered_since=None,
            unanswered_last=None,
            missed=0,
            missed_since=None,
            answered_at=self.answered_at if garbled else at,
        )

    def silent(self, at: Instant, zone: str) -> Streak:
        """Return the streak after nobody answered."""
        last = self.unanswered_last
        same_day = last is not None and wall_clock(last, zone).date() == wall_clock(at, zone).date()
        return replace(
            self,
            answered=0,
            unanswered=self.unanswered + 1,
            unanswered_longest=max(self.unanswered + 1, self.unanswered_longest),
            unanswered_days=self.unanswered_days + (not same_day),
            unanswered_since=self.unanswered_since or at,
            unanswered_last=at,
        )

    def beside(self, result: Result) -> Streak:
        """Return the streak after a call beside the plan: a sign of life ends a silence, and nothing else counts."""
        tried = replace(self, attempts=self.attempts + 1)
        if result not in ALIVE:
            return tried
        return replace(
            tried,
            unanswered=0,
            unanswered_days=0,
            unanswered_since=None,
            unanswered_last=None,
            missed=0,
            missed_since=None,
        )


def settled(held: Result | None, new: Result, *, corrects: bool) -> Result:
    """Return the result of a check of which there is one more record: the first sign of life stands unless corrected.

    Args:
        held: what it was, None when there was no record.
        new: what the new record says.
        corrects: whether a person says that the record before was wrong.
    """
    if held is None or corrects or held is Result.NOT_MADE:
        return new
    return held if held in ALIVE or new is Result.NOT_MADE else new


class Status(StrEnum):
    """Where the clock stands."""

    WAITING = "WAITING"
    DUE = "DUE"
    ENDED = "ENDED"


class EventKind(StrEnum):
    """What happens."""

    TICK = "TICK"
    RESULT = "RESULT"
    BESIDE = "BESIDE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event; ``check`` is the planned check that a result is of, ``made_at`` when the call was made."""

    kind: EventKind
    check: Instant | None = None
    result: Result | None = None
    corrects: bool = False
    made_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a channel's checks stand.

    Args:
        status: where the clock stands.
        due: the check whose time it is, when DUE.
        next: the one after.
        streak: with all that was recorded.
        last: the newest planned check that has a result.
        held: its result.
        before: the streak without it; None when only a recount knows.
    """

    status: Status
    due: Planned | None = None
    next: Planned | None = None
    streak: Streak = field(default_factory=Streak)
    last: Instant | None = None
    held: Result | None = None
    before: Streak | None = None


class EffectKind(StrEnum):
    """What a step obliges to."""

    CLOSE = "CLOSE"
    PASS = "PASS"  # noqa: S105 - a check that passed, no secret
    OPEN = "OPEN"
    RECOUNT = "RECOUNT"


class Effect(NamedTuple):
    """One obligation: the checks that it is about, and what came of them."""

    kind: EffectKind
    checks: tuple[Planned, ...] = ()
    result: Result | None = None
    reason: Reason | None = None


class Step(NamedTuple):
    """The state after, and what follows from it."""

    state: Standing
    effects: tuple[Effect, ...]


def begin(plan: CheckPlan, streak: Streak, now: Instant) -> Standing:
    """Return where a plan stands that is set now: nothing of the past is owed, and streaks go on."""
    following = line_checks.next_planned(plan, Instant(max(now, plan.from_at) - 1))
    return Standing(status=Status.ENDED if following is None else Status.WAITING, next=following, streak=streak)


def next_deadline(plan: CheckPlan, state: Standing) -> Instant | None:
    """Return when the machine wants to be called with a tick."""
    if state.status is Status.DUE and state.due is not None:
        return line_checks.closes_at(plan, state.due.at)
    return state.next.at if state.status is Status.WAITING and state.next is not None else None


def step(plan: CheckPlan, state: Standing, event: Event, now: Instant) -> Step:
    """Apply one event.

    Raises:
        LocalError: CHECK-TRANSITION, what is not in the table.
    """
    handler = TRANSITIONS.get((state.status, event.kind))
    if handler is None or (event.kind is not EventKind.TICK and event.result is None):
        raise LocalError("CHECK-TRANSITION", state=state.status.value, event=event.kind.value)
    return handler(plan, state, event, now)


def _tick(plan: CheckPlan, state: Standing, _event: Event, now: Instant) -> Step:
    effects = []
    if state.due is not None and now >= line_checks.closes_at(plan, state.due.at):
        # Of our own line the node itself called; of a telephone it knows only that nobody recorded anything.
        result = Result.NO_ANSWER if plan.automatic else Result.NOT_MADE
        effects.append(Effect(EffectKind.CLOSE, (state.due,), result, Reason.UNKNOWN))
        state = _counted(plan, state, state.due.at, result)
    passed: list[Planned] = []
    while state.due is None and state.next is not None and state.next.at <= now and len(passed) < PASSED_MAX:
        check = state.next
        state = _forward(plan, state, check.at)
        if now < line_checks.closes_at(plan, check.at):
            effects += _passed(passed)
            effects.append(Effect(EffectKind.OPEN, (check,)))
            return Step(replace(state, status=Status.DUE, due=check), tuple(effects))
        # The node did not run, or its clock jumped: one record each, and no burst of calls for what is over.
        passed.append(check)
        state = _counted(plan, state, check.at, Result.NOT_MADE)
    effects += _passed(passed)
    return Step(state, tuple(effects))


def _passed(passed: list[Planned]) -> list[Effect]:
    return [Effect(EffectKind.PASS, tuple(passed), Result.NOT_MADE, Reason.OWN_FAULT)] if passed else []


def _forward(plan: CheckPlan, state: Standing, at: Instant) -> Standing:
    following = line_checks.next_planned(plan, at)
    return replace(state, status=Status.ENDED if following is None else Status.WAITING, next=following)


def _counted(plan: CheckPlan, state: Standing, at: Instant, result: Result) -> Standing:
    after = state.streak.after(result, at, plan.zone)
    status = Status.ENDED if state.next is None else Status.WAITING
    return replace(state, status=status, due=None, streak=after, last=at, held=result, before=state.streak)


def _result(plan: CheckPlan, state: Standing, event: Event, _now: Instant) -> Step:
    at, result = event.check, event.result
    if at is None or result is None:
        raise LocalError("CHECK-TRANSITION", state=state.status.value, event=event.kind.value)
    if state.due is not None and at == state.due.at:
        return Step(_counted(plan, state, at, result), ())
    if state.next is not None and at == state.next.at:
        # Called early, while the check before it still had its time: nobody will make that one now.
        over = state.due
        effects = () if over is None else (Effect(EffectKind.CLOSE, (over,), Result.NOT_MADE, Reason.UNKNOWN),)
        closed = state if over is None else _counted(plan, state, over.at, Result.NOT_MADE)
        return Step(_counted(plan, _forward(plan, closed, at), at, result), effects)
    if at == state.last and state.before is not None and state.held is not None:
        final = settled(state.held, result, corrects=event.corrects)
        return Step(replace(state, streak=state.before.after(final, at, plan.zone), held=final), ())
    return Step(state, (Effect(EffectKind.RECOUNT),))


def _beside(_plan: CheckPlan, state: Standing, event: Event, _now: Instant) -> Step:
    if event.result is None:
        raise LocalError("CHECK-TRANSITION", state=state.status.value, event=event.kind.value)
    if event.made_at is not None and state.last is not None and event.made_at < state.last:
        return Step(state, (Effect(EffectKind.RECOUNT),))
    return Step(replace(state, streak=state.streak.beside(event.result), before=None), ())


TRANSITIONS: Final[Mapping[tuple[Status, EventKind], Callable[[CheckPlan, Standing, Event, Instant], Step]]] = (
    MappingProxyType(
        {
            (Status.WAITING, EventKind.TICK): _tick,
            (Status.DUE, EventKind.TICK): _tick,
            **{(status, EventKind.RESULT): _result for status in Status},
            **{(status, EventKind.BESIDE): _beside for status in Status},
        }
    )
)
"""(status, event) -> what handles it. An ended plan has no clock; people may still record and correct."""


def in_time(plan: CheckPlan, at: Instant, made_at: Instant, result: Result) -> Result:
    """Return the result with LATE in place of an answer that came after its time."""
    late = made_at > at + plan.answer_s * SECOND_US
    return Result.LATE if late and result in IN_TIME else result


def rings(before: Streak, after: Streak, *, least: int = 1) -> int | None:
    """Return the number of missed checks at which people are rung now, None when it is not reached just now.

    Args:
        before: the streak before a record.
        after: the streak after it.
        least: do not ring for fewer: who records a missed check himself needs no bell for it.
    """
    reached = [number for number in MISSED_RINGS if least <= number <= after.missed]
    known = before.missed if before.missed_since == after.missed_since else 0
    return reached[-1] if reached and reached[-1] > known else None

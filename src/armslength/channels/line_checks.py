"""The plan of a channel's line checks, and the instants for which it plans them (domain.md D4).

A crisis line is worth what its habit is worth: hourly between Washington and Moscow, at 09:00 and 17:00 between Seoul
and Pyongyang, weekly between two directors of operations. A plan says when, on whose working days, and who calls. Every
planned check is one instant that follows from the plan alone: no node's clock, restart or jump moves it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.channels.book import CHANNEL_ID, LANGUAGE_TAG
from armslength.channels.calendars import CODE, Days
from armslength.channels.texts import matching, several
from armslength.core.errors import LocalError
from armslength.core.instants import (
    DAY_US,
    INSTANT_MAX,
    INSTANT_MIN,
    MINUTE_US,
    SECOND_US,
    Instant,
    check_zone,
    from_wall_clock,
    wall_clock,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMES_MAX: Final = 48
"""Times of day of one plan: more often than every half hour is a plan of minutes."""

EVERY_MIN_LEAST: Final = 5
"""Minutes between two checks: closer ones would run into each other's windows."""

EVERY_MIN_MOST: Final = 7 * 24 * 60
"""Minutes between two checks: what is rarer than weekly is no habit."""

SECONDS_MAX: Final = 24 * 3600
"""The longest window of a check: after a day it is the next day's."""

LANGUAGES_MAX: Final = 8
"""Languages of one plan's texts."""

LOOKAHEAD_US: Final = 16 * 366 * DAY_US
"""How far a next check is looked for: a weekly one with every holiday that a plan may name on its day."""

_EDGE_US: Final = 2 * DAY_US
"""Kept from the ends of time, so that a day before or after one still has a number."""


class Turns(StrEnum):
    """Who calls."""

    OURS = "OURS"
    THEIRS = "THEIRS"
    ALTERNATING = "ALTERNATING"


class Caller(StrEnum):
    """Who calls for one check."""

    OURS = "OURS"
    THEIRS = "THEIRS"


class Planned(NamedTuple):
    """One planned check."""

    at: Instant
    caller: Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPlan:
    """When a channel is checked and by whom.

    Args:
        channel: id of the channel.
        times: minutes of the day on the wall clock of `zone`; none when it goes by `every_min`.
        every_min: minutes from one check to the next, counted from `from_at` and not by any wall clock; else 0.
        zone: name of the time zone of `times`, and of the days in any case.
        days: on which days.
        turns: who calls; ALTERNATING counts all days and times, so that a holiday changes nobody's turn.
        first: who begins when they alternate: even hours of hourly checks from midnight, the first time of a day.
        from_at: no check before.
        until_at: no check from then on; None for no end.
        early_s: a call made so long before its time still is that check.
        answer_s: within so many seconds an answer is in time.
        late_s: within so many more it is late; after that there was none.
        languages: of the text that is read out, ours first.
        with_text: whether a text of the pool is read out and read back.
        line_peer: party of the peer of our own line when the nodes check it by themselves, ringing nobody.
    """

    channel: str
    times: tuple[int, ...] = ()
    every_min: int = 0
    zone: str = "UTC"
    days: Days = field(default_factory=Days)
    turns: Turns = Turns.OURS
    first: Caller = Caller.OURS
    from_at: Instant
    until_at: Instant | None = None
    early_s: int = 900
    answer_s: int = 900
    late_s: int = 3600
    languages: tuple[str, ...] = ("en",)
    with_text: bool = True
    line_peer: str = ""

    def __post_init__(self) -> None:
        matching(self.channel, CHANNEL_ID, "channel", CODE)
        check_zone(self.zone)
        self._check_cadence()
        self._check_windows()
        several(self.languages, LANGUAGES_MAX, "languages", CODE)
        for tag in self.languages:
            matching(tag, LANGUAGE_TAG, "languages", CODE)
        if not self.languages:
            raise wrong("languages", "at least one", "none")
        if self.until_at is not None and self.until_at <= self.from_at:
            raise wrong("until", "after its beginning", "before")
        if self.automatic and (self.turns is not Turns.OURS or not self.with_text):
            # Their node asks by its own plan and we answer it; what it learns is its own record.
            raise wrong("turns", "OURS, with a text: the nodes ask each other by their own plans", self.turns.value)

    def _check_cadence(self) -> None:
        several(self.times, TIMES_MAX, "times", CODE)
        if bool(self.times) == bool(self.every_min):
            raise wrong("times", "times of day, or minutes between two checks", "both or neither")
        if tuple(sorted(set(self.times))) != self.times or not all(0 <= one < 24 * 60 for one in self.times):
            raise wrong("times", "ascending, each once, 00:00 to 23:59", ", ".join(map(str, self.times)))
        if self.every_min and not EVERY_MIN_LEAST <= self.every_min <= EVERY_MIN_MOST:
            raise wrong("every_min", f"{EVERY_MIN_LEAST} to {EVERY_MIN_MOST}", self.every_min)

    def _check_windows(self) -> None:
        for name, least in (("early_s", 0), ("answer_s", 1), ("late_s", 0)):
            value = getattr(self, name)
            if not least <= value <= SECONDS_MAX:
                raise wrong(name, f"{least} to {SECONDS_MAX} seconds", value)

    @property
    def automatic(self) -> bool:
        """Whether the nodes check their own line, ringing nobody."""
        return bool(self.line_peer)


def wrong(field_name: str, expected: str, got: object) -> LocalError:
    """Return the refusal of a plan."""
    return LocalError(CODE, field=field_name, expected=expected, got=got)


def planned(plan: CheckPlan, after: Instant, until: Instant) -> Iterator[Planned]:
    """Yield the planned checks after an instant and not after another, in order, each instant once.

    Args:
        plan: the plan.
        after: only what is later.
        until: only what is not later.
    """
    begin = max(after, plan.from_at - 1, INSTANT_MIN + _EDGE_US)
    end = min(until, INSTANT_MAX - _EDGE_US, INSTANT_MAX if plan.until_at is None else plan.until_at - 1)
    if begin >= end:
        return
    last = begin
    for one in _by_times(plan, begin, end) if plan.times else _by_minutes(plan, begin, end):
        # Two times of one night may be one instant where a clock is put forward.
        if last < one.at <= end:
            last = one.at
            yield one


def _by_times(plan: CheckPlan, begin: int, end: int) -> Iterator[Planned]:
    # A day to either side: what a clock skips at midnight, or a zone with its day, may lie there.
    day = wall_clock(Instant(begin), plan.zone).date() - timedelta(days=1)
    stop = wall_clock(Instant(end), plan.zone).date() + timedelta(days=1)
    while day <= stop:
        if plan.days.hold(day):
            base = day.toordinal() * len(plan.times)
            yield from sorted(
                Planned(from_wall_clock(day, minute, plan.zone), _turn(plan, base + place))
                for place, minute in enumerate(plan.times)
            )
        day += timedelta(days=1)


def _by_minutes(plan: CheckPlan, begin: int, end: int) -> Iterator[Planned]:
    step_us = plan.every_min * MINUTE_US
    number = (begin - plan.from_at) // step_us + 1
    while (at := plan.from_at + number * step_us) <= end:
        day = wall_clock(Instant(at), plan.zone).date()
        if plan.days.hold(day):
            yield Planned(Instant(at), _turn(plan, number))
            number += 1
            continue
        tomorrow = from_wall_clock(day + timedelta(days=1), 0, plan.zone)
        number = max(number + 1, -((plan.from_at - tomorrow) // step_us))


def _turn(plan: CheckPlan, number: int) -> Caller:
    if plan.turns is not Turns.ALTERNATING:
        return Caller(plan.turns.value)
    if number % 2 == 0:
        return plan.first
    return Caller.THEIRS if plan.first is Caller.OURS else Caller.OURS


def next_planned(plan: CheckPlan, after: Instant) -> Planned | None:
    """Return the first planned check after an instant, None when the plan has ended."""
    start = max(after, plan.from_at - 1)
    return next(planned(plan, after, Instant(start + LOOKAHEAD_US)), None)


def previous_planned(plan: CheckPlan, until: Instant) -> Planned | None:
    """Return the last planned check not after an instant, None when there was none."""
    for days in (1, 8, 64, 512, 4096, 40_000):
        since = Instant(until - days * DAY_US)
        found = deque(planned(plan, since, until), maxlen=1)
        if found:
            return found[0]
        if since < plan.from_at:
            return None
    return None


def closes_at(plan: CheckPlan, at: Instant) -> Instant:
    """Return when the check planned for an instant has had its time: its windows are over, or the next one begins."""
    end = Instant(at + (plan.answer_s + plan.late_s) * SECOND_US)
    following = next(planned(plan, at, end), None)
    return end if following is None else following.at


def check_of(plan: CheckPlan, made_at: Instant) -> Planned | None:
    """Return the planned check that a call is, None for one beside the plan.

    Args:
        plan: the plan.
        made_at: when the call was made.
    """
    found = previous_planned(plan, Instant(made_at + plan.early_s * SECOND_US))
    if found is None:
        return None
    if found.at > made_at:
        # Called early; but while the check before it still has its time, it is that one.
        before = previous_planned(plan, made_at)
        if before is not None and made_at < closes_at(plan, before.at) - plan.early_s * SECOND_US:
            return before
        return found
    return found if made_at < closes_at(plan, found.at) else None

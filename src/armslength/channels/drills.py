"""A drill: planned, begun, ended or called off, and never near a change of the watch (domain.md K2).

Hawaii, January 2018: a drill at the change of the watch, whose two supervisors understood it differently, became an
alarm to a million people. So no drill stands within half an hour of a change unless a supervisor of both watches is
named, and what is played is the script that was planned, to the letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.channels.shifts import changes
from armslength.channels.texts import one_line, several
from armslength.core.errors import LocalError
from armslength.core.instants import HOUR_US, MINUTE_US, Instant, rfc3339
from armslength.core.limits import TEXT_BYTES_MAX
from armslength.core.text import check_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from armslength.channels.shifts import Change, Watch

CODE: Final = "DRILL-VALUE"

NUMBER: Final = re.compile(r"DR-[0-9]{4}-[0-9]{6}")

CLEAR_US: Final = 30 * MINUTE_US
"""Half an hour before and after a change of the watch (K2)."""

LENGTH_US_MAX: Final = 72 * HOUR_US
"""Three days: the longest exercise of a line that anybody plans as one."""

SUPERVISORS_MAX: Final = 32
"""Watches for which a supervisor is named."""

HISTORY_MAX: Final = 64
"""Steps of one drill."""


class Status(StrEnum):
    """Where a drill stands."""

    PLANNED = "PLANNED"
    RUNNING = "RUNNING"
    STOPPED = "STOPPED"
    ENDED = "ENDED"
    CALLED_OFF = "CALLED-OFF"


class EventKind(StrEnum):
    """What happens to it; all but STOP are a person's, signed."""

    PLAN = "PLAN"
    BEGIN = "BEGIN"
    STOP = "STOP"
    END = "END"
    CALL_OFF = "CALL-OFF"


_S, _E = Status, EventKind
LIVE: Final = (_S.PLANNED, _S.RUNNING, _S.STOPPED)
"""Where a drill is still to be begun, ended or called off."""

TRANSITIONS: Final[Mapping[tuple[Status | None, EventKind], Status]] = MappingProxyType(
    {
        (None, _E.PLAN): _S.PLANNED,
        (_S.PLANNED, _E.BEGIN): _S.RUNNING,
        (_S.RUNNING, _E.STOP): _S.STOPPED,
        # What was stopped is begun again only by a person, who finds the watch settled.
        (_S.STOPPED, _E.BEGIN): _S.RUNNING,
        (_S.RUNNING, _E.END): _S.ENDED,
        (_S.STOPPED, _E.END): _S.ENDED,
        **{(status, _E.CALL_OFF): _S.CALLED_OFF for status in LIVE},
    }
)
"""(status, event) -> next status; None is a drill that does not exist yet. What is not here is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is planned.

    Args:
        number: its number, for example DR-2022-000001.
        title: what it is called.
        script: what is played; it cannot be changed afterwards.
        from_at: when it is to begin.
        until_at: when it is to end.
        supervisors: pairs of watch and officer: who of that watch supervises it.
    """

    number: str
    title: str
    script: str
    from_at: Instant
    until_at: Instant
    supervisors: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not NUMBER.fullmatch(self.number):
            raise wrong("number", NUMBER.pattern, self.number)
        one_line(self.title, "title", CODE)
        if not self.script.strip():
            raise wrong("script", "what is played", "nothing")
        check_text(self.script, bytes_max=TEXT_BYTES_MAX)
        several(self.supervisors, SUPERVISORS_MAX, "supervisors", CODE)
        for pair in self.supervisors:
            for text in pair:
                one_line(text, "supervisor", CODE)
        if not 0 < self.until_at - self.from_at <= LENGTH_US_MAX:
            raise wrong("time", "a drill of at most three days", f"{rfc3339(self.from_at)} to {rfc3339(self.until_at)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: what, who, why; PLAN has the plan."""

    kind: EventKind
    officer: str = ""
    reason: str = ""
    plan: Plan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was taken."""

    kind: EventKind
    at: Instant
    officer: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A drill: its plan, where it stands, when it was begun, and what was done."""

    plan: Plan
    status: Status
    begun_at: Instant | None
    history: tuple[Taken, ...]

    @property
    def live(self) -> bool:
        """Whether it is still to be begun, ended or called off."""
        return self.status in LIVE


def step(state: Drill | None, event: Event, now: Instant) -> Drill:
    """Apply one event; None is the state before a drill is planned.

    Raises:
        LocalError: DRILL-TRANSITION (not in the table), DRILL-VALUE.
    """
    status = None if state is None else state.status
    following = TRANSITIONS.get((status, event.kind))
    if following is None:
        raise LocalError("DRILL-TRANSITION", state=status.value if status else "none", event=event.kind.value)
    one_line(event.reason, "reason", CODE)
    taken = Taken(kind=event.kind, at=now, officer=event.officer, note=event.reason)
    if state is None:
        return _planned(following, event, taken, now)
    if len(state.history) >= HISTORY_MAX:
        raise wrong("history", f"at most {HISTORY_MAX} steps", event.kind.value)
    begun_at = now if event.kind is EventKind.BEGIN else state.begun_at
    return replace(state, status=following, begun_at=begun_at, history=(*state.history, taken))


def _planned(following: Status, event: Event, taken: Taken, now: Instant) -> Drill:
    plan = event.plan
    if plan is None:
        raise wrong("plan", "a plan", "nothing")
    if plan.until_at <= now:
        raise wrong("time", "an end still to come", rfc3339(plan.until_at))
    return Drill(plan=plan, status=following, begun_at=None, history=(taken,))


def clash(
    from_at: Instant, until_at: Instant, watches: Sequence[Watch], supervisors: Iterable[tuple[str, str]]
) -> Change | None:
    """Return the first change of the watch that a drill stands too near to, None when it stands clear.

    A change is no clash when of every watch around it somebody is named as supervisor who is on it, and there are two
    watches at least: at the edge of the roster nobody knows who comes.
    """
    named = set(supervisors)
    for change in changes(watches, Instant(from_at - CLEAR_US), Instant(until_at + CLEAR_US)):
        around = [
            one for one in watches if one.from_at <= change.at + CLEAR_US and one.until_at >= change.at - CLEAR_US
        ]
        if len(around) < _BOTH or not all(any((one.name, who) in named for who in one.people) for one in around):
            return change
    return None


_BOTH: Final = 2


def wrong(field: str, expected: str, got: object) -> LocalError:
    """Return the error of a field of a drill."""
    return LocalError(CODE, field=field, expected=expected, got=got)

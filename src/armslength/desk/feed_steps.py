"""The life of a feed: when it is asked, what is a trouble of it, and when a trouble is over.

A feed that fails is asked again after a while that grows; one that brings nothing new for too long is late, whether it
answers or not, since silence of a source is told to a person and never taken for peace. Each trouble is raised once and
ended once. What is not in the table is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.instants import SECOND_US, Instant

if TYPE_CHECKING:
    from collections.abc import Mapping

RETRY_FIRST_S: Final = 30
"""Seconds until a feed that failed is asked again; doubled with each failure."""

RETRY_MAX_S: Final = 3_600
"""A source that is down for long is still asked once an hour, or as often as it is asked when all is well."""

_DOUBLINGS_MAX: Final = 12
"""More doublings than these reach the bound in any case."""


class Status(StrEnum):
    """Where a feed stands."""

    OFF = "OFF"
    """Switched off by an officer."""
    IDLE = "IDLE"
    """Waits for its time; the last reading brought nothing."""
    DUE = "DUE"
    """Is to be read now."""
    READING = "READING"
    """Is being read."""
    ENTERED = "ENTERED"
    """Waits for its time; the last reading brought something."""
    HELD = "HELD"
    """Has more than it may enter in an hour; waits until it may go on."""
    FAILED = "FAILED"
    """Could not be read; waits until it is asked again."""


class Trouble(StrEnum):
    """What a person is told of."""

    UNREACHABLE = "UNREACHABLE"
    REFUSED = "REFUSED"
    LATE = "LATE"


class EventKind(StrEnum):
    """What happens to a feed."""

    TICK = "TICK"
    BEGIN = "BEGIN"
    FILE = "FILE"
    """One file was read: with rows refused, or whole."""
    DONE = "DONE"
    """Everything that the source offered was read."""
    HOLD = "HOLD"
    FAIL = "FAIL"


class EffectKind(StrEnum):
    """What follows."""

    READ = "READ"
    RAISE = "RAISE"
    END = "END"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as the machine sees it.

    Args:
        status: where it stands.
        every_s: seconds from one reading to the next.
        late_after_s: seconds without anything new after which it is late.
        next_at: when it is asked next.
        new_at: when it last brought something new; before that, when it was set up.
        failures: in a row.
        brought: whether this reading brought something.
        troubles: each with the instant from which it stands.
    """

    status: Status
    every_s: int
    late_after_s: int
    next_at: Instant
    new_at: Instant
    failures: int = 0
    brought: bool = False
    troubles: tuple[tuple[Trouble, Instant], ...] = ()

    def since(self, trouble: Trouble) -> Instant | None:
        """Return the instant from which a trouble stands, None when it does not."""
        return next((at for one, at in self.troubles if one is trouble), None)

    @property
    def late_at(self) -> Instant:
        """The instant at which it is late unless something new comes."""
        return Instant(self.new_at + self.late_after_s * SECOND_US)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happens.

    Args:
        kind: which.
        refused: FILE: rows refused, 1 for a file that is refused as a whole.
        new_at: FILE, HOLD: when the feed last brought something new, as the journal has it.
        until: HOLD: when it may go on; DONE: when to come back sooner than usual.
    """

    kind: EventKind
    refused: int = 0
    new_at: Instant | None = None
    until: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing that follows; a trouble that is raised or ended is named."""

    kind: EffectKind
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The feed after an event, and what follows."""

    feed: Feed
    effects: tuple[Effect, ...] = ()


_WAITING: Final = frozenset({Status.IDLE, Status.ENTERED, Status.HELD, Status.FAILED})

TRANSITIONS: Final[Mapping[EventKind, frozenset[Status]]] = {
    EventKind.TICK: frozenset({Status.OFF, Status.DUE, Status.READING, *_WAITING}),
    EventKind.BEGIN: frozenset({Status.DUE}),
    EventKind.FILE: frozenset({Status.READING}),
    EventKind.DONE: frozenset({Status.READING}),
    EventKind.HOLD: frozenset({Status.READING}),
    EventKind.FAIL: frozenset({Status.READING}),
}
"""What may happen in which status; anything else is refused."""


def step(feed: Feed, event: Event, now: Instant) -> Step:
    """Return a feed after an event.

    Raises:
        LocalError: FEED-TRANSITION.
    """
    if feed.status not in TRANSITIONS[event.kind]:
        raise LocalError("FEED-TRANSITION", state=feed.status.value, event=event.kind.value)
    if event.kind is EventKind.TICK:
        return _tick(feed, now)
    if event.kind is EventKind.BEGIN:
        return Step(feed=replace(feed, status=Status.READING, brought=False))
    if event.kind is EventKind.FILE:
        return _file(feed, event, now)
    if event.kind is EventKind.FAIL:
        failures = feed.failures + 1
        at = Instant(now + _retry_s(feed, failures) * SECOND_US)
        return _raised(replace(feed, status=Status.FAILED, failures=failures, next_at=at), Trouble.UNREACHABLE, now)
    return _waiting(feed, event, now)


def next_deadline(feed: Feed) -> Instant | None:
    """Return when to come back; None for a feed that is off or at work."""
    if feed.status not in _WAITING:
        return None
    return feed.next_at if feed.since(Trouble.LATE) is not None else min(feed.next_at, feed.late_at)


def _tick(feed: Feed, now: Instant) -> Step:
    if feed.status not in _WAITING:
        return Step(feed=feed)
    effects: tuple[Effect, ...] = ()
    if now >= feed.late_at:
        late = _raised(feed, Trouble.LATE, now)
        feed, effects = late.feed, late.effects
    if now >= feed.next_at:
        return Step(feed=replace(feed, status=Status.DUE), effects=(*effects, Effect(kind=EffectKind.READ)))
    return Step(feed=feed, effects=effects)


def _file(feed: Feed, event: Event, now: Instant) -> Step:
    told = _news(feed, event)
    reached = _ended(told.feed, Trouble.UNREACHABLE)
    last = _raised(reached.feed, Trouble.REFUSED, now) if event.refused else _ended(reached.feed, Trouble.REFUSED)
    return Step(feed=last.feed, effects=(*told.effects, *reached.effects, *last.effects))


def _news(feed: Feed, event: Event) -> Step:
    """Take what the journal says of when something new last came; with it a feed is late no longer."""
    new_at = max(feed.new_at, event.new_at or feed.new_at)
    after = replace(feed, new_at=new_at, brought=feed.brought or new_at > feed.new_at)
    late_since = after.since(Trouble.LATE)
    return _ended(after, Trouble.LATE) if late_since is not None and new_at >= late_since else Step(feed=after)


def _waiting(feed: Feed, event: Event, now: Instant) -> Step:
    """End a reading: the source answered, whatever it offered."""
    at = Instant(now + feed.every_s * SECOND_US)
    held = event.kind is EventKind.HOLD
    if event.until is not None:
        at = event.until if held else min(at, event.until)
    told = _news(feed, event)
    status = Status.HELD if held else Status.ENTERED if told.feed.brought else Status.IDLE
    after = _ended(replace(told.feed, status=status, failures=0, next_at=at, brought=False), Trouble.UNREACHABLE)
    return Step(feed=after.feed, effects=(*told.effects, *after.effects))


def _raised(feed: Feed, trouble: Trouble, now: Instant) -> Step:
    if feed.since(trouble) is not None:
        return Step(feed=feed)
    after = replace(feed, troubles=(*feed.troubles, (trouble, now)))
    return Step(feed=after, effects=(Effect(kind=EffectKind.RAISE, trouble=trouble),))


def _ended(feed: Feed, trouble: Trouble) -> Step:
    if feed.since(trouble) is None:
        return Step(feed=feed)
    after = replace(feed, troubles=tuple(pair for pair in feed.troubles if pair[0] is not trouble))
    return Step(feed=after, effects=(Effect(kind=EffectKind.END, trouble=trouble),))


def _retry_s(feed: Feed, failures: int) -> int:
    doubled: int = RETRY_FIRST_S << min(failures - 1, _DOUBLINGS_MAX)
    return min(doubled, RETRY_MAX_S, max(feed.every_s, RETRY_FIRST_S))

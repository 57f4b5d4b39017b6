"""The ladder of a subject and a run up it: which channel next when nobody answers (domain.md E3, E4).

A run never climbs by itself. When a rung has had its time the next one is proposed, once; a person uses it, waits,
skips it or stops, and whoever uses a rung first says what using it says by itself: a minister's call is louder than its
words. What is not in the table is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.channels.book import CHANNEL_ID
from armslength.channels.texts import matching, one_line, several
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, SECOND_US, Instant, rfc3339

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CODE: Final = "LADDER-VALUE"

SUBJECT: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""What a ladder is for, as people type it, for example ``nuclear-plant``."""

RUNGS_MAX: Final = 16
"""Rungs of one ladder, and steps when none of them answered."""

WAIT_S_MAX: Final = 30 * 24 * 3600
"""No rung is waited on longer than thirty days: what is then still silent is not being climbed."""

LINKS_MAX: Final = 16
"""Concerns, cases and messages that one run is for."""

HISTORY_MAX: Final = 256
"""Steps of one run; a run that is longer is stopped and begun anew."""

_AHEAD_US: Final = DAY_US * 366
"""A person puts a run off by a year at most."""


class StepKind(StrEnum):
    """What is done when no rung answered (E4)."""

    THIRD_PARTY = "THIRD-PARTY"
    PUBLIC = "PUBLIC"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A channel on the ladder.

    Args:
        channel: its id.
        wait_s: how long it is waited on before the next is proposed.
        note: what to bear in mind on it.
    """

    channel: str
    wait_s: int
    note: str = ""

    def __post_init__(self) -> None:
        matching(self.channel, CHANNEL_ID, "channel", CODE)
        one_line(self.note, "note", CODE, optional=True)
        if not 0 < self.wait_s <= WAIT_S_MAX:
            raise wrong("wait_s", f"1 to {WAIT_S_MAX} seconds", self.wait_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastStep:
    """A step when no rung answered.

    Args:
        kind: by whom or before whom.
        text: what is done.
        wait_s: how long it is waited on.
    """

    kind: StepKind
    text: str
    wait_s: int

    def __post_init__(self) -> None:
        one_line(self.text, "text", CODE)
        if not 0 < self.wait_s <= WAIT_S_MAX:
            raise wrong("wait_s", f"1 to {WAIT_S_MAX} seconds", self.wait_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The ladder of a subject: rungs from the first to be tried, then what is done when none answered."""

    subject: str
    rungs: tuple[Rung, ...]
    plan: tuple[LastStep, ...] = ()

    def __post_init__(self) -> None:
        matching(self.subject, SUBJECT, "subject", CODE)
        several(self.rungs, RUNGS_MAX, "rungs", CODE)
        several(self.plan, RUNGS_MAX, "plan", CODE)
        channels = [rung.channel for rung in self.rungs]
        if not channels or len(set(channels)) != len(channels):
            raise wrong("rungs", "at least one channel, each once", ", ".join(channels) or "none")

    @property
    def height(self) -> int:
        """Rungs and last steps together."""
        return len(self.rungs) + len(self.plan)

    def at(self, place: int) -> Rung | LastStep | None:
        """Return what stands at a place, None above the top."""
        places: tuple[Rung | LastStep, ...] = (*self.rungs, *self.plan)
        return places[place] if 0 <= place < self.height else None

    def place_of(self, name: str) -> int:
        """Return the place of a channel, or of a last step by its kind.

        Raises:
            LocalError: LADDER-VALUE.
        """
        names = [*(rung.channel for rung in self.rungs), *(step.kind.value for step in self.plan)]
        if name not in names:
            raise wrong("rung", ", ".join(names), name)
        return names.index(name)


def name_of(rung: Rung | LastStep | None) -> str:
    """Return what people call a rung: its channel, or the kind of the last step; nothing above the top."""
    if rung is None:
        return ""
    return rung.channel if isinstance(rung, Rung) else rung.kind.value


# --- a run ------------------------------------------------------------------------------------------------------------


class Status(StrEnum):
    """Where a run stands."""

    TRYING = "TRYING"
    PROPOSED = "PROPOSED"
    WAITING = "WAITING"
    ANSWERED = "ANSWERED"
    STOPPED = "STOPPED"


class EventKind(StrEnum):
    """What happens to a run; all but TICK are a person's, signed."""

    BEGIN = "BEGIN"
    TICK = "TICK"
    USE = "USE"
    WAIT = "WAIT"
    SKIP = "SKIP"
    ANSWERED = "ANSWERED"
    STOP = "STOP"


_S, _E = Status, EventKind
LIVE: Final = (_S.TRYING, _S.PROPOSED, _S.WAITING)
"""Where a run still waits for somebody or something."""

TRANSITIONS: Final[Mapping[tuple[Status | None, EventKind], Status]] = MappingProxyType(
    {
        (None, _E.BEGIN): _S.TRYING,
        (_S.TRYING, _E.TICK): _S.PROPOSED,
        (_S.WAITING, _E.TICK): _S.PROPOSED,
        # Nobody has to wait for a clock to call the next one.
        **{(status, _E.USE): _S.TRYING for status in LIVE},
        (_S.PROPOSED, _E.WAIT): _S.WAITING,
        (_S.WAITING, _E.WAIT): _S.WAITING,
        (_S.PROPOSED, _E.SKIP): _S.PROPOSED,
        **{(status, _E.ANSWERED): _S.ANSWERED for status in LIVE},
        **{(status, _E.STOP): _S.STOPPED for status in LIVE},
    }
)
"""(status, event) -> next status; None is a run that does not exist yet. What is not here is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    Args:
        kind: what happens.
        officer: who; empty for the clock.
        reason: why.
        rung: BEGIN and USE: the channel, or the kind of the last step.
        says: BEGIN and USE: what using this rung itself says (E3).
        approved_by: BEGIN and USE: who approved it, where the channel asks for that.
        at: BEGIN and USE: since when it is tried; WAIT: until when.
        number: BEGIN: the run's number.
        ladder: BEGIN: the ladder.
        links: BEGIN: pairs of kind and reference of what it is for.
        reference: ANSWERED: the contact or message that is the answer.
    """

    kind: EventKind
    officer: str = ""
    reason: str = ""
    rung: str = ""
    says: str = ""
    approved_by: str = ""
    at: Instant | None = None
    number: str = ""
    ladder: Ladder | None = None
    links: tuple[tuple[str, str], ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was taken: what, when, by whom, on which rung, and what was said of it."""

    kind: EventKind
    at: Instant
    officer: str
    rung: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run up a ladder.

    Args:
        number: its number, for example P-2022-000001.
        ladder: the ladder as it stood when the run began.
        links: what it is for.
        status: where it stands.
        place: the rung that is tried, or was last.
        since_at: since when it is tried.
        due_at: when the clock has something to say; None when a person has.
        proposed: the place proposed; None when nothing is.
        proposals: how often something was proposed.
        history: what was done, the oldest first.
    """

    number: str
    ladder: Ladder
    links: tuple[tuple[str, str], ...]
    status: Status
    place: int
    since_at: Instant
    due_at: Instant | None
    proposed: int | None
    proposals: int
    history: tuple[Taken, ...]

    @property
    def rung(self) -> str:
        """The rung that is tried, or was last."""
        return name_of(self.ladder.at(self.place))

    @property
    def next_rung(self) -> str:
        """The rung that is proposed; nothing when none is left or none is proposed."""
        return "" if self.proposed is None else name_of(self.ladder.at(self.proposed))

    @property
    def live(self) -> bool:
        """Whether it still waits for somebody."""
        return self.status in LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A run after an event, and whether a rung was proposed by the clock just now."""

    state: Run
    proposed: bool = False


def next_deadline(state: Run) -> Instant | None:
    """Return when the machine wants to be called with a tick, None when a person is to speak."""
    return state.due_at


def step(state: Run | None, event: Event, now: Instant) -> Step:
    """Apply one event; None is the state before a run is begun.

    Raises:
        LocalError: RUNG-TRANSITION (not in the table), RUNG-PERSON (no officer or no reason), RUNG-SAYS (what using the
            rung says is not said), LADDER-VALUE.
    """
    status = None if state is None else state.status
    following = TRANSITIONS.get((status, event.kind))
    if following is None:
        raise LocalError("RUNG-TRANSITION", state=status.value if status else "none", event=event.kind.value)
    if event.kind is not EventKind.TICK:
        one_line(event.officer, "officer", "RUNG-PERSON")
        one_line(event.reason, "reason", "RUNG-PERSON")
    if state is None:
        return Step(state=_begun(event, now))
    return _HANDLERS[event.kind](state, following, event, now)


def _begun(event: Event, now: Instant) -> Run:
    ladder = event.ladder
    if ladder is None:
        raise wrong("ladder", "a ladder", "nothing")
    several(event.links, LINKS_MAX, "links", CODE)
    for kind, reference in event.links:
        one_line(kind, "link", CODE)
        one_line(reference, "link", CODE)
    place = ladder.place_of(event.rung) if event.rung else 0
    name = name_of(ladder.at(place))
    since_at, due_at = _tried(ladder, place, event, now)
    return Run(
        number=one_line(event.number, "number", CODE),
        ladder=ladder,
        links=event.links,
        status=Status.TRYING,
        place=place,
        since_at=since_at,
        due_at=due_at,
        proposed=None,
        proposals=0,
        history=(_taken(event, now, name, _used_note(event)),),
    )


def _tried(ladder: Ladder, place: int, event: Event, now: Instant) -> tuple[Instant, Instant]:
    """Return since when a rung is tried and until when it is waited on; whoever tries it has said what that says."""
    one_line(event.says, "what using this rung itself says", "RUNG-SAYS")
    one_line(event.approved_by, "approved_by", CODE, optional=True)
    rung = ladder.at(place)
    if rung is None:
        raise wrong("rung", "a rung of the ladder", "none is left")
    since_at = now if event.at is None else event.at
    if since_at > now:
        raise wrong("since", "a time that has come", rfc3339(since_at))
    return since_at, Instant(since_at + rung.wait_s * SECOND_US)


def _used_note(event: Event) -> str:
    approved = f"; approved by {event.approved_by}" if event.approved_by else ""
    return f"{event.reason}; it says: {event.says}{approved}"


def _taken(event: Event, now: Instant, rung: str, note: str) -> Taken:
    return Taken(kind=event.kind, at=now, officer=event.officer, rung=rung, note=note)


def _moved(state: Run, following: Status, taken: Taken) -> Run:
    if len(state.history) >= HISTORY_MAX:
        raise wrong("history", f"at most {HISTORY_MAX} steps", taken.kind.value)
    return replace(state, status=following, history=(*state.history, taken))


def _ticked(state: Run, following: Status, event: Event, now: Instant) -> Step:
    if state.due_at is None or now < state.due_at:
        # The clock was set back since the deadline was looked up: nothing has happened yet.
        return Step(state=state)
    # After a wait the rung proposed before still stands; after a try it is the next one up.
    place = state.proposed if state.proposed is not None else state.place + 1
    name = name_of(state.ladder.at(place))
    note = f"no answer on {state.rung} since {rfc3339(state.since_at)}; due {rfc3339(state.due_at)}"
    moved = _moved(state, following, _taken(event, now, name, note))
    return Step(
        state=replace(moved, due_at=None, proposed=place, proposals=state.proposals + 1),
        proposed=True,
    )


def _used(state: Run, following: Status, event: Event, now: Instant) -> Step:
    place = _chosen(state, event)
    since_at, due_at = _tried(state.ladder, place, event, now)
    name = name_of(state.ladder.at(place))
    moved = _moved(state, following, _taken(event, now, name, _used_note(event)))
    return Step(state=replace(moved, place=place, since_at=since_at, due_at=due_at, proposed=None))


def _chosen(state: Run, event: Event) -> int:
    if event.rung:
        return state.ladder.place_of(event.rung)
    return state.proposed if state.proposed is not None else state.place + 1


def _waited(state: Run, following: Status, event: Event, now: Instant) -> Step:
    until_at = event.at
    if until_at is None or not now < until_at <= now + _AHEAD_US:
        raise wrong("until", "a time to come, within a year", "nothing" if until_at is None else rfc3339(until_at))
    taken = _taken(event, now, state.next_rung, f"{event.reason}; until {rfc3339(until_at)}")
    return Step(state=replace(_moved(state, following, taken), due_at=until_at))


def _skipped(state: Run, following: Status, event: Event, now: Instant) -> Step:
    place = state.place + 1 if state.proposed is None else state.proposed
    if state.ladder.at(place) is None:
        raise wrong("rung", "a rung that can be skipped", "none is left")
    moved = _moved(state, following, _taken(event, now, state.next_rung, event.reason))
    return Step(state=replace(moved, proposed=place + 1))


def _ended(state: Run, following: Status, event: Event, now: Instant) -> Step:
    note = f"{event.reason}; answer: {event.reference}" if event.reference else event.reason
    moved = _moved(state, following, _taken(event, now, state.rung, one_line(note, "reason", CODE)))
    return Step(state=replace(moved, due_at=None, proposed=None))


def wrong(field: str, expected: str, got: object) -> LocalError:
    """Return the error of a field of a ladder or a run."""
    return LocalError(CODE, field=field, expected=expected, got=got)


_HANDLERS: Final[Mapping[EventKind, Callable[[Run, Status, Event, Instant], Step]]] = {
    EventKind.TICK: _ticked,
    EventKind.USE: _used,
    EventKind.WAIT: _waited,
    EventKind.SKIP: _skipped,
    EventKind.ANSWERED: _ended,
    EventKind.STOP: _ended,
}

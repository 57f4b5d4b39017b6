"""A window of silence: from the proposal to closure, as one table of steps (domain.md F6; the repairs of 2025).

A window is GREEN only by a person, and only while every party asked has given its assurance in writing for the whole
time of the window. A receipt is no assurance, a spoken word is none, and one assurance of two is none. Crews are
released only into a window that is green and has begun; what ends the green calls them back. The machine knows no
side: the proposer's node, a party's node and an auditor step the same state. What is not in the table is refused.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.instants import rfc3339
from armslength.register.texts import matching, one_line
from armslength.register.window_types import (
    CODE,
    HISTORY_MAX,
    VIOLATIONS_MAX,
    WINDOW_ID,
    WRITTEN,
    Effect,
    Event,
    EventKind,
    Means,
    Said,
    Status,
    Step,
    Taken,
    Window,
    wrong,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.instants import Instant
    from armslength.register.window_types import Assurance

_S, _E = Status, EventKind
_LIVE: Final = (_S.PROPOSED, _S.ASSURING, _S.TOLD_GREEN, _S.GREEN, _S.ACTIVE, _S.VIOLATED)
_OPEN: Final = (*_LIVE, _S.MISSED, _S.ENDED)
_FINAL: Final = (_S.ABORTED, _S.CLOSED)

TRANSITIONS: Final[Mapping[tuple[Status | None, EventKind], Status]] = MappingProxyType(
    {
        (None, _E.PROPOSE): _S.PROPOSED,
        # Another time: assurances that cover it stand, GREEN has to be said anew.
        (_S.PROPOSED, _E.RESCHEDULE): _S.PROPOSED,
        (_S.ASSURING, _E.RESCHEDULE): _S.ASSURING,
        (_S.GREEN, _E.RESCHEDULE): _S.ASSURING,
        (_S.TOLD_GREEN, _E.RESCHEDULE): _S.ASSURING,
        (_S.MISSED, _E.RESCHEDULE): _S.ASSURING,
        (_S.ENDED, _E.RESCHEDULE): _S.ASSURING,
        # An assurance never makes a window green by itself; a refusal or a withdrawal takes GREEN away (`_assured`).
        **{(status, _E.ASSURANCE): status for status in (_S.MISSED, _S.ENDED, *_FINAL)},
        (_S.PROPOSED, _E.ASSURANCE): _S.ASSURING,
        (_S.ASSURING, _E.ASSURANCE): _S.ASSURING,
        (_S.GREEN, _E.ASSURANCE): _S.GREEN,
        (_S.TOLD_GREEN, _E.ASSURANCE): _S.TOLD_GREEN,
        (_S.ACTIVE, _E.ASSURANCE): _S.ACTIVE,
        (_S.VIOLATED, _E.ASSURANCE): _S.VIOLATED,
        (_S.PROPOSED, _E.GREEN): _S.GREEN,
        (_S.ASSURING, _E.GREEN): _S.GREEN,
        (_S.GREEN, _E.VIOLATION): _S.VIOLATED,
        (_S.ACTIVE, _E.VIOLATION): _S.VIOLATED,
        (_S.TOLD_GREEN, _E.VIOLATION): _S.VIOLATED,
        (_S.VIOLATED, _E.VIOLATION): _S.VIOLATED,
        # Evidence that comes in late is counted all the same.
        **{(status, _E.VIOLATION): status for status in (_S.ENDED, *_FINAL)},
        (_S.VIOLATED, _E.RESUME): _S.ACTIVE,
        (_S.ACTIVE, _E.CREWS_OUT): _S.ACTIVE,
        **{(status, _E.CREWS_BACK): status for status in (*_OPEN, _S.ABORTED)},
        **{(status, _E.ABORT): _S.ABORTED for status in _OPEN},
        **{(status, _E.CLOSE): _S.CLOSED for status in (_S.ACTIVE, _S.VIOLATED, _S.ENDED, _S.MISSED, _S.ABORTED)},
        **{(status, kind): status for status in Status for kind in (_E.TICK, _E.TOLD)},
    }
)
"""(status, event) -> next status; None is a window that does not exist yet. What is not here is refused."""

PERSON_STEPS: Final = frozenset({_E.GREEN, _E.RESUME, _E.CREWS_OUT, _E.CREWS_BACK, _E.ABORT, _E.CLOSE, _E.RESCHEDULE})
"""Steps that only a person takes, by name and with a reason; a reschedule may also be the proposer's message."""


def window_id(proposer: str, year: int, number: int) -> str:
    """Return the id of a proposer's n-th window of a year; the number is the caller's to keep.

    Raises:
        LocalError: WINDOW-VALUE.
    """
    return matching(f"{proposer}-W-{year:04}-{number:04}", WINDOW_ID, "window id", CODE)


def next_deadline(state: Window) -> Instant | None:
    """Return when the machine wants to be called with a tick, None when the clock has nothing more to say."""
    if state.status in {*_FINAL, Status.MISSED, Status.ENDED}:
        return None
    plan = state.plan
    points = [plan.from_at, plan.until_at]
    if state.owed:
        points.append(plan.assure_by)
    points += [one.until_at for one in _given(state)]
    done = state.ticked_at
    return min((at for at in points if done is None or at > done), default=None)


def _given(state: Window) -> list[Assurance]:
    return [one for one in state.assurances.values() if one.said is Said.GIVEN and one.means in WRITTEN]


def step(state: Window | None, event: Event, now: Instant) -> Step:
    """Apply one event; None is the state before a window is proposed.

    Raises:
        LocalError: WINDOW-TRANSITION (not in the table), WINDOW-PERSON (a person's step without officer or reason),
            WINDOW-NOT-GREEN (an assurance is missing; crews into what is not green), WINDOW-TIME (outside its time),
            WINDOW-CREWS-OUT (closing while crews are out), WINDOW-VALUE.
    """
    status = None if state is None else state.status
    following = TRANSITIONS.get((status, event.kind))
    if following is None:
        _refuse_crews(state, event)
        raise LocalError("WINDOW-TRANSITION", state=status.value if status else "none", event=event.kind.value)
    _check_person(event)
    if state is None:
        return _proposed(event, now)
    return _HANDLERS[event.kind](state, following, event, now)


def _refuse_crews(state: Window | None, event: Event) -> None:
    # The one refusal that a crew hears: it says who is missing, not how a table is built.
    if event.kind is EventKind.CREWS_OUT and state is not None:
        missing = ", ".join(state.missing) or "none"
        if state.status is Status.GREEN:
            raise LocalError("WINDOW-TIME", window=state.plan.window_id, begins=rfc3339(state.plan.from_at))
        raise LocalError("WINDOW-NOT-GREEN", window=state.plan.window_id, state=state.status.value, missing=missing)


def _check_person(event: Event) -> None:
    by_message = event.kind is EventKind.RESCHEDULE and not event.officer
    if event.kind in PERSON_STEPS and not by_message:
        one_line(event.officer, "officer", "WINDOW-PERSON")
        one_line(event.reason, "reason", "WINDOW-PERSON")


def _proposed(event: Event, now: Instant) -> Step:
    if event.plan is None:
        raise wrong("plan", "a value", "nothing")
    taken = Taken(kind=event.kind, at=now, officer=event.officer, note=event.reason)
    state = Window(
        plan=event.plan,
        status=Status.PROPOSED,
        changed_at=now,
        assurances={},
        followed=event.followed,
        history=(taken,),
    )
    return Step(state=state)


def _moved(state: Window, following: Status, event: Event, now: Instant, note: str = "") -> Window:
    if len(state.history) >= HISTORY_MAX:
        raise wrong("history", f"at most {HISTORY_MAX} steps", event.kind.value)
    taken = Taken(kind=event.kind, at=now, officer=event.officer, note=note or event.reason)
    changed_at = state.changed_at if following is state.status else now
    return replace(state, status=following, changed_at=changed_at, history=(*state.history, taken))


def _lost_green(before: Window, after: Window) -> tuple[Effect, ...]:
    """Return what must follow when a window that stood no longer does."""
    green = {Status.GREEN, Status.TOLD_GREEN, Status.ACTIVE}
    if before.status not in {*green, Status.VIOLATED} or after.status in {*green, Status.CLOSED}:
        return ()
    crews = (Effect.CALL_CREWS_BACK,) if after.crews_out else ()
    return crews if before.status is after.status else (*crews, Effect.NOT_GREEN)


def _rescheduled(state: Window, following: Status, event: Event, now: Instant) -> Step:
    plan = event.plan
    if plan is None or plan.terms != state.plan.terms or plan.window_id != state.plan.window_id:
        raise wrong("plan", "the same window with another time", "another window")
    if plan.until_at <= now:
        raise wrong("time", "an end still to come", plan.until_at)
    if state.crews_out:
        raise LocalError("WINDOW-CREWS-OUT", crews=", ".join(state.crews_out))
    moved = _moved(state, following, event, now)
    after = replace(moved, plan=plan, ticked_at=now)
    return Step(state=after, effects=(*_lost_green(state, after), *_may_be_green(state, after)))


def _may_be_green(before: Window, after: Window) -> tuple[Effect, ...]:
    awaited = after.status in {Status.PROPOSED, Status.ASSURING} and not after.missing
    was = before.status in {Status.PROPOSED, Status.ASSURING} and not before.missing
    return (Effect.PROPOSE_GREEN,) if awaited and not was else ()


def _assured(state: Window, following: Status, event: Event, now: Instant) -> Step:
    said = event.assurance
    if said is None or said.party not in state.plan.parties:
        raise wrong("assurance", "of a party that was asked", said.party if said else "nothing")
    before = state.assurances.get(said.party)
    if before is not None and replace(before, at=said.at) == said:
        # A message that arrives by a second bearer is the same message; a call and the letter behind it are two.
        return Step(state=state)
    if before is not None and before.means in WRITTEN and said.means is Means.VOICE and said.said is Said.GIVEN:
        # What was written is not weakened by a call that confirms it; a call that takes it back is heard.
        return Step(state=_moved(state, state.status, event, now, f"{said.party} by voice"))
    note = f"{said.party} {said.said.value} by {said.means.value}"
    assured = replace(_moved(state, following, event, now, note), assurances={**state.assurances, said.party: said})
    if assured.missing and assured.status in {Status.GREEN, Status.ACTIVE, Status.VIOLATED}:
        assured = replace(assured, status=Status.ASSURING, changed_at=now)
    return Step(state=assured, effects=(*_lost_green(state, assured), *_may_be_green(state, assured)))


def _green(state: Window, following: Status, event: Event, now: Instant) -> Step:
    if state.followed:
        # A party hears no other party: only the proposer can know.
        raise LocalError("WINDOW-NOT-GREEN", window=state.plan.window_id, expected=f"the word of {state.plan.proposer}")
    if state.missing:
        raise LocalError("WINDOW-NOT-GREEN", window=state.plan.window_id, missing=", ".join(state.missing))
    if now >= state.plan.until_at:
        raise LocalError("WINDOW-TIME", window=state.plan.window_id, ended=rfc3339(state.plan.until_at))
    begun = now >= state.plan.from_at
    return Step(state=_moved(state, Status.ACTIVE if begun else following, event, now))


def _ticked(state: Window, _following: Status, _event: Event, now: Instant) -> Step:
    due = next_deadline(state)
    if due is None or due > now:
        return Step(state=state)
    ticked = replace(state, ticked_at=now)
    plan = state.plan
    effects: list[Effect] = []
    if (
        _between(state.ticked_at, plan.assure_by, now)
        and state.owed
        and state.status in {Status.PROPOSED, Status.ASSURING}
    ):
        effects.append(Effect.ASSURANCE_OVERDUE)
    if now >= plan.until_at:
        return _time_passed(state, ticked, now)
    if state.owed and any(_between(state.ticked_at, one.until_at, now) for one in _given(state)):
        effects.append(Effect.ASSURANCE_EXPIRED)
    if _between(state.ticked_at, plan.from_at, now):
        if state.status is Status.GREEN:
            ticked = replace(ticked, status=Status.ACTIVE, changed_at=now)
        elif state.status in {Status.PROPOSED, Status.ASSURING} and not state.followed:
            effects.append(Effect.SLOT_AT_RISK)
    return Step(state=ticked, effects=tuple(effects))


def _between(done: Instant | None, at: Instant, now: Instant) -> bool:
    return at <= now and (done is None or at > done)


def _time_passed(state: Window, ticked: Window, now: Instant) -> Step:
    if state.followed:
        # What became of it the proposer says.
        return Step(state=replace(ticked, status=Status.ENDED, changed_at=now))
    if state.status in {Status.PROPOSED, Status.ASSURING}:
        missed = replace(ticked, status=Status.MISSED, changed_at=now)
        crews = (Effect.CALL_CREWS_BACK,) if state.crews_out else ()
        return Step(state=missed, effects=(*crews, Effect.SLOT_MISSED))
    ended = replace(ticked, status=Status.ENDED, changed_at=now)
    crews = (Effect.CALL_CREWS_BACK,) if state.crews_out else ()
    return Step(state=ended, effects=(*crews, Effect.TIME_PASSED))


def _violated(state: Window, following: Status, event: Event, now: Instant) -> Step:
    violation = event.violation
    if violation is None:
        raise wrong("violation", "a value", "nothing")
    if not state.plan.from_at <= violation.at < state.plan.until_at:
        raise LocalError("WINDOW-TIME", window=state.plan.window_id, observed_at=rfc3339(violation.at))
    if violation in state.violations:
        return Step(state=state)
    if len(state.violations) >= VIOLATIONS_MAX:
        raise wrong("violations", f"at most {VIOLATIONS_MAX}", len(state.violations))
    if not violation.counted:
        # What nobody shows evidence for moves nothing; it is kept and shown.
        kept = _moved(state, state.status, event, now, violation.what)
        return Step(state=replace(kept, violations=(*state.violations, violation)), effects=(Effect.KEEP_ALLEGATION,))
    moved = replace(_moved(state, following, event, now, violation.what), violations=(*state.violations, violation))
    return Step(state=moved, effects=(*_lost_green(state, moved), Effect.COUNT_VIOLATION))


def _resumed(state: Window, following: Status, event: Event, now: Instant) -> Step:
    if state.missing:
        raise LocalError("WINDOW-NOT-GREEN", window=state.plan.window_id, missing=", ".join(state.missing))
    if now < state.plan.from_at:
        following = Status.GREEN
    return Step(state=_moved(state, following, event, now))


def _crews_out(state: Window, following: Status, event: Event, now: Instant) -> Step:
    plan = state.plan
    if state.missing:
        raise LocalError("WINDOW-NOT-GREEN", window=plan.window_id, missing=", ".join(state.missing))
    if not plan.from_at <= now < plan.until_at:
        raise LocalError(
            "WINDOW-TIME", window=plan.window_id, begins=rfc3339(plan.from_at), ends=rfc3339(plan.until_at)
        )
    _known_crews(event.crews, plan.crews)
    out = tuple(dict.fromkeys((*state.crews_out, *event.crews)))
    return Step(state=replace(_moved(state, following, event, now), crews_out=out))


def _crews_back(state: Window, following: Status, event: Event, now: Instant) -> Step:
    _known_crews(event.crews, state.crews_out)
    still = tuple(crew for crew in state.crews_out if crew not in event.crews)
    return Step(state=replace(_moved(state, following, event, now), crews_out=still))


def _known_crews(crews: tuple[str, ...], known: tuple[str, ...]) -> None:
    if not crews or not set(crews) <= set(known):
        raise wrong("crews", ", ".join(known) or "none is out", ", ".join(crews) or "none")


def _aborted(state: Window, following: Status, event: Event, now: Instant) -> Step:
    after = replace(_moved(state, following, event, now), outcome=event.reason)
    crews = (Effect.CALL_CREWS_BACK,) if state.crews_out else ()
    return Step(state=after, effects=(*crews, Effect.NOT_GREEN))


def _closed(state: Window, following: Status, event: Event, now: Instant) -> Step:
    if state.crews_out:
        raise LocalError("WINDOW-CREWS-OUT", crews=", ".join(state.crews_out))
    if state.status is Status.ABORTED and event.pillars:
        raise wrong("pillars", "none, the works were broken off", event.pillars[0][0])
    after = replace(_moved(state, following, event, now), outcome=event.reason, pillars=event.pillars)
    return Step(state=after, effects=(Effect.REPORT_PILLARS,) if event.pillars else ())


def _told(state: Window, following: Status, event: Event, now: Instant) -> Step:
    one_line(event.told, "status told", CODE)
    note = f"{event.author} {event.told}"
    if state.followed and event.author == state.plan.proposer:
        following = _FOLLOWED.get((state.status in {*_FINAL, Status.ENDED}, event.told), following)
    after = replace(_moved(state, following, event, now, note), told=(note, now))
    moved = after.status is not state.status
    return Step(state=after, effects=_lost_green(state, after) if moved else ())


_FOLLOWED: Final[Mapping[tuple[bool, str], Status]] = MappingProxyType(
    {
        (False, "GREEN"): _S.TOLD_GREEN,
        (False, "NOT-GREEN"): _S.ASSURING,
        (False, "RECALLED"): _S.ASSURING,
        (False, "VIOLATED"): _S.VIOLATED,
        (False, "ABORTED"): _S.ABORTED,
        (False, "CLOSED"): _S.CLOSED,
        (True, "ABORTED"): _S.ABORTED,
        (True, "CLOSED"): _S.CLOSED,
    }
)
"""(its time is over, what the proposer states) -> where a party's node puts the window."""


_HANDLERS: Final = MappingProxyType(
    {
        EventKind.RESCHEDULE: _rescheduled,
        EventKind.ASSURANCE: _assured,
        EventKind.GREEN: _green,
        EventKind.TICK: _ticked,
        EventKind.VIOLATION: _violated,
        EventKind.RESUME: _resumed,
        EventKind.CREWS_OUT: _crews_out,
        EventKind.CREWS_BACK: _crews_back,
        EventKind.ABORT: _aborted,
        EventKind.CLOSE: _closed,
        EventKind.TOLD: _told,
    }
)

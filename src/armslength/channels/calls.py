"""A call, from the ring to the agreed text, as one table of steps (domain.md A5, E6, G3, I7; 2016 and 2008).

Any officer on duty takes any call at any hour: nothing here waits for a certain person, and the minutes that somebody
did wait are counted. A voice is nobody until a call-back on a number of the book or a challenge says who it is. What an
unverified caller asks for is written down and passed on to nobody; a call to stop fire rings our own post all the same,
with that word beside it, since stopping harms nobody. What is not in the table is refused.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.channels.call_types import (
    CALL_BACK_DUE_S,
    CALL_TEXTS_BYTES_MAX,
    CLOCK_SLACK_S,
    STEPS_MAX,
    Call,
    CalledBack,
    Direction,
    Effect,
    Event,
    EventKind,
    Identity,
    Means,
    Status,
    Step,
    Taken,
    Wait,
    check_event,
    wrong,
)
from armslength.core.errors import LocalError
from armslength.core.instants import SECOND_US, Instant
from armslength.core.places import read_back

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_E, _S = EventKind, Status

TALK: Final = frozenset(
    {_E.JOINED, _E.SAID, _E.ASKED, _E.DENIAL, _E.READ_BACK, _E.TICKED, _E.RECORDING, _E.WAIT, _E.WAIT_OVER}
)
"""What happens while two speak; written up later, it still carries a time within the call."""

AFTERWARDS: Final = frozenset({_E.TRANSCRIPT, _E.GIST, _E.AGREED})
"""What is made of a call when it is over."""

ANY_TIME: Final = frozenset(
    {_E.VERIFIED, _E.DISOWNED, _E.BREAK_IN, _E.RUNG, _E.PASSED_ON, _E.NOTE, _E.CALLED_BACK, _E.TICK}
)
"""What may be during a call or after it: a call-back comes when the other one has hung up."""

TRANSITIONS: Final[Mapping[tuple[Status, EventKind], Status]] = MappingProxyType(
    {
        **{(status, kind): status for status in Status for kind in TALK | ANY_TIME},
        **{(_S.ENDED, kind): _S.ENDED for kind in AFTERWARDS},
        (_S.LIVE, _E.ENDED): _S.ENDED,
    }
)
"""(status, event) -> next status; what is not here is refused."""

PERSON_STEPS: Final = frozenset(EventKind) - {_E.TICK, _E.CALLED_BACK}
"""Steps that an officer records; the others follow from the clock and from another call."""

_NEEDS_IDENTITY: Final = frozenset({_E.PASSED_ON, _E.AGREED})
"""Steps by which something is done with what a voice said: refused while nobody knows whose it is (I7)."""


def begun(call: Call, *, on_book_number: bool) -> Call:
    """Return a call as it begins: one that we place on a number of the book needs no further proof of who answers.

    Args:
        call: as it was recorded, not yet verified.
        on_book_number: whether its number is one of the other side's in the channel book.
    """
    if call.direction is Direction.OUT and on_book_number:
        return replace(call, identity=Identity.VERIFIED, verified_by=Means.BOOK_NUMBER, verified_at=call.began_at)
    return replace(call, identity=Identity.UNVERIFIED)


def next_deadline(call: Call) -> Instant | None:
    """Return when the machine wants to be called with a tick: when a call-back that is owed was not made."""
    return call.call_back_due_at


def step(call: Call, event: Event, now: Instant) -> Step:
    """Apply one event.

    Args:
        call: the call so far.
        event: what happened.
        now: when it is recorded.

    Raises:
        LocalError: CALL-STEP (not in the table, a time that cannot be, too many steps); CALL-OPEN (it is not over yet);
            CALL-UNVERIFIED (something would be done with what an unverified voice said); CALL-VALUE.
    """
    following = TRANSITIONS.get((call.status, event.kind))
    if following is None:
        if event.kind in AFTERWARDS:
            raise LocalError("CALL-OPEN", call=call.number, step=event.kind.value)
        raise LocalError("CALL-STEP", call=call.number, state=call.status.value, got=event.kind.value)
    check_event(event)
    _check_size(call, event)
    _check_time(call, event, now)
    if event.kind in _NEEDS_IDENTITY and call.identity is not Identity.VERIFIED:
        raise LocalError("CALL-UNVERIFIED", call=call.number, identity=call.identity.value, step=event.kind.value)
    taken = call if event.kind is _E.TICK else replace(call, steps=(*call.steps, Taken(event=event, at=now)))
    handler = _HANDLERS.get(event.kind)
    stepped = Step(call=taken) if handler is None else handler(taken, event, now)
    return replace(stepped, call=replace(stepped.call, status=following))


def _check_size(call: Call, event: Event) -> None:
    said = sum(len(taken.event.text.encode()) for taken in call.steps) + len(event.text.encode())
    if event.kind in PERSON_STEPS and (len(call.steps) >= STEPS_MAX or said > CALL_TEXTS_BYTES_MAX):
        limit = f"at most {STEPS_MAX} steps and {CALL_TEXTS_BYTES_MAX} bytes of text"
        raise LocalError("CALL-STEP", call=call.number, expected=limit, got=f"{len(call.steps)} and {said}")


def _check_time(call: Call, event: Event, now: Instant) -> None:
    if event.kind is _E.TICK:
        return
    last = now + CLOCK_SLACK_S * SECOND_US
    if call.ended_at is not None and event.kind in TALK:
        last = min(last, call.ended_at)
    if not call.began_at <= event.at <= last:
        raise LocalError("CALL-STEP", call=call.number, expected="a time of the call, and none to come", got=event.at)


# --- what each step does ----------------------------------------------------------------------------------------------


def _joined(call: Call, event: Event, _now: Instant) -> Step:
    ours = (*call.ours, *event.names) if event.side == "OURS" else call.ours
    theirs = (*call.theirs, *event.names) if event.side == "THEIRS" else call.theirs
    interpreter = call.interpreter
    if event.side == "INTERPRETER":
        interpreter = ", ".join(part for part in (interpreter, *event.names) if part)
    return Step(call=replace(call, ours=ours, theirs=theirs, interpreter=interpreter))


def _verified(call: Call, event: Event, _now: Instant) -> Step:
    if call.identity is not Identity.UNVERIFIED:
        raise LocalError("CALL-STEP", call=call.number, identity=call.identity.value, got=event.kind.value)
    means = Means(event.by)
    if means is Means.BOOK_NUMBER:
        raise wrong("by", "CALL-BACK or CHALLENGE; a call that came in is on nobody's number", event.by)
    known = replace(call, identity=Identity.VERIFIED, verified_by=means, verified_at=event.at, call_back_due_at=None)
    return Step(call=known)


def _disowned(call: Call, event: Event, _now: Instant) -> Step:
    if call.identity is Identity.DISOWNED:
        raise LocalError("CALL-STEP", call=call.number, identity=call.identity.value, got=event.kind.value)
    gone = replace(call, identity=Identity.DISOWNED, verified_at=event.at, verified_by=None, call_back_due_at=None)
    return Step(call=gone)


def _owing(call: Call, now: Instant) -> Call:
    """Return a call whose call-back is owed from now on, unless it was made or begun."""
    if call.identity is Identity.VERIFIED or call.call_backs or call.call_back_due_at is not None:
        return call
    return replace(call, call_back_due_at=Instant(now + CALL_BACK_DUE_S * SECOND_US))


def _asked(call: Call, event: Event, now: Instant) -> Step:
    if not event.important or call.identity is Identity.VERIFIED:
        return Step(call=call)
    return Step(call=_owing(call, now), effects=(Effect.UNVERIFIED,))


def _broke_in(call: Call, event: Event, now: Instant) -> Step:
    first = call.broke_in_at if call.broke_in_at is not None else event.at
    return Step(call=_owing(replace(call, broke_in_at=first), now), effects=(Effect.RING_OPERATIONS,))


def _rung(call: Call, event: Event, _now: Instant) -> Step:
    if call.broke_in_at is None:
        raise LocalError("CALL-STEP", call=call.number, expected="a break-in first", got=event.kind.value)
    if call.rung_at is not None:
        return Step(call=call)
    return Step(call=replace(call, rung_at=event.at, rung=", ".join(event.names)))


def _read_back(call: Call, event: Event, _now: Instant) -> Step:
    return Step(call=call, effects=() if agrees(event) else (Effect.READ_BACK_DOUBT,))


def agrees(event: Event) -> bool:
    """Tell whether what was read back is what was sent: a place within 500 m, a number digit by digit."""
    if event.sent is not None and event.heard is not None:
        return read_back(event.sent, event.heard).within
    sent, heard = ("".join(one.split()).casefold() for one in event.figures)
    return sent == heard


def _recording(call: Call, event: Event, _now: Instant) -> Step:
    return Step(call=replace(call, recording=event.item))


def _wait(call: Call, event: Event, _now: Instant) -> Step:
    if any(one.until_at is None for one in call.waits):
        raise LocalError("CALL-STEP", call=call.number, expected="the end of the other wait", got=event.kind.value)
    return Step(call=replace(call, waits=(*call.waits, Wait(who=", ".join(event.names), from_at=event.at))))


def _wait_over(call: Call, event: Event, _now: Instant) -> Step:
    if not call.waits or call.waits[-1].until_at is not None or event.at < call.waits[-1].from_at:
        raise LocalError("CALL-STEP", call=call.number, expected="a wait that is not over", got=event.kind.value)
    return Step(call=replace(call, waits=(*call.waits[:-1], replace(call.waits[-1], until_at=event.at))))


def _called_back(call: Call, event: Event, _now: Instant) -> Step:
    made = CalledBack(call=event.reference, at=event.at)
    return Step(call=replace(call, call_backs=(*call.call_backs, made), call_back_due_at=None))


def _ended(call: Call, event: Event, _now: Instant) -> Step:
    waits = tuple(one if one.until_at is not None else replace(one, until_at=event.at) for one in call.waits)
    latest = max((taken.event.at for taken in call.steps[:-1] if taken.event.kind in TALK), default=call.began_at)
    if event.at < latest:
        raise LocalError("CALL-STEP", call=call.number, expected="an end after what was said", got=event.at)
    return Step(call=replace(call, ended_at=event.at, outcome=event.item, waits=waits))


def _tick(call: Call, _event: Event, now: Instant) -> Step:
    if call.call_back_due_at is None or now < call.call_back_due_at:
        return Step(call=call)
    return Step(call=replace(call, call_back_due_at=None, call_back_missed=True), effects=(Effect.CALL_BACK_OWED,))


_HANDLERS: Final[Mapping[EventKind, Callable[[Call, Event, Instant], Step]]] = MappingProxyType(
    {
        _E.JOINED: _joined,
        _E.VERIFIED: _verified,
        _E.DISOWNED: _disowned,
        _E.ASKED: _asked,
        _E.BREAK_IN: _broke_in,
        _E.RUNG: _rung,
        _E.READ_BACK: _read_back,
        _E.RECORDING: _recording,
        _E.WAIT: _wait,
        _E.WAIT_OVER: _wait_over,
        _E.CALLED_BACK: _called_back,
        _E.ENDED: _ended,
        _E.TICK: _tick,
    }
)
"""Steps that change more than the list of steps; the others (said, denial, ticked, gist, ...) are kept as they came."""

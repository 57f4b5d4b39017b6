"""The life of one message after release: receipts, deadlines, and being taken back. A table, and it knows no side.

The same machine runs at the sender (what do they owe us, until when), at the receiver (what do we owe them) and in an
auditor's hands over either journal. What is not in the table is refused. Time is an argument; `next_deadline` says
when to come back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import PeerError
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.line.receipts import HOLDING_VERBS, Level, Proof

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue


class Status(StrEnum):
    """Where an exchange stands as a whole; levels reached are kept apart from it."""

    LIVE = "LIVE"
    ANSWERED = "ANSWERED"
    RECALLED = "RECALLED"
    UPDATED = "UPDATED"
    DISCONTINUED = "DISCONTINUED"


class EventKind(StrEnum):
    """What can happen to an exchange."""

    RECEIPT = "receipt"
    TICK = "tick"
    RECALL = "recalls"
    UPDATE = "updates"
    DISCONTINUE = "discontinues"


TRANSITIONS: Final[Mapping[Status, Mapping[EventKind, Status]]] = {
    Status.LIVE: {
        EventKind.RECEIPT: Status.LIVE,
        EventKind.TICK: Status.LIVE,
        EventKind.RECALL: Status.RECALLED,
        EventKind.UPDATE: Status.UPDATED,
        EventKind.DISCONTINUE: Status.DISCONTINUED,
    },
    Status.ANSWERED: {
        EventKind.RECEIPT: Status.ANSWERED,
        EventKind.TICK: Status.ANSWERED,
        EventKind.RECALL: Status.RECALLED,
        EventKind.UPDATE: Status.UPDATED,
        EventKind.DISCONTINUE: Status.DISCONTINUED,
    },
    Status.RECALLED: {EventKind.RECEIPT: Status.RECALLED, EventKind.TICK: Status.RECALLED},
    Status.UPDATED: {
        EventKind.RECEIPT: Status.UPDATED,
        EventKind.TICK: Status.UPDATED,
        EventKind.RECALL: Status.RECALLED,
        EventKind.DISCONTINUE: Status.DISCONTINUED,
    },
    Status.DISCONTINUED: {EventKind.RECEIPT: Status.DISCONTINUED, EventKind.TICK: Status.DISCONTINUED},
}
"""(status, event) -> next status. A receipt of level R4 with a final verb turns LIVE into ANSWERED (see `step`)."""

EXPECTED_LEVELS: Final[Mapping[str, tuple[Level, ...]]] = {
    "TEST": (Level.HELD, Level.READ),
    "CONCERN": (Level.HELD, Level.READ, Level.UNDERSTOOD, Level.PASSED, Level.ANSWERED),
    "CLARIFICATION-REQUEST": (Level.HELD, Level.READ, Level.UNDERSTOOD, Level.ANSWERED),
    "REPLY": (Level.HELD, Level.READ),
    "NOT-OURS": (Level.HELD, Level.READ),
    "INCIDENT": (Level.HELD, Level.READ, Level.UNDERSTOOD, Level.PASSED, Level.ANSWERED),
    "STOP": (Level.HELD, Level.READ, Level.UNDERSTOOD, Level.PASSED, Level.ANSWERED),
    "SERVICE": (Level.HELD, Level.READ),
    "QUERY-RECEIPT": (Level.HELD, Level.READ),
    "WINDOW": (Level.HELD, Level.READ, Level.UNDERSTOOD, Level.PASSED, Level.ANSWERED),
    "ASSURANCE": (Level.HELD, Level.READ, Level.UNDERSTOOD),
    "WINDOW-STATUS": (Level.HELD, Level.READ, Level.PASSED),
    "SITE-NOTICE": (Level.HELD, Level.READ, Level.PASSED),
    "LIST-EXCHANGE": (Level.HELD, Level.READ),
    "ACTIVITY-NOTICE": (Level.HELD, Level.READ, Level.PASSED),
    "LAUNCH-NOTICE": (Level.HELD, Level.READ, Level.PASSED),
    "MOVE-NOTICE": (Level.HELD, Level.READ, Level.PASSED),
    "DAILY-PLAN": (Level.HELD, Level.READ, Level.PASSED, Level.ANSWERED),
    "CALL-REQUEST": (Level.HELD, Level.READ, Level.ANSWERED),
    "CALL-RECORD": (Level.HELD, Level.READ, Level.ANSWERED),
    "SUSPEND": (Level.HELD, Level.READ),
    "RESUME": (Level.HELD, Level.READ),
    "PUBLIC-WORDING": (Level.HELD, Level.READ, Level.ANSWERED),
    "PRESENCE-QUERY": (Level.HELD, Level.READ, Level.ANSWERED),
    "PRESENCE": (Level.HELD, Level.READ),
    "PHRASE": (Level.HELD, Level.READ, Level.UNDERSTOOD, Level.ANSWERED),
    "CODEBOOK": (Level.HELD, Level.READ),
    "RECEIPT": (Level.HELD,),
}
"""Levels that a form waits for; an unknown form waits for R0 and R1."""

ANSWERED_BY_ITSELF: Final = frozenset({"DAILY-PLAN", "PUBLIC-WORDING"})
"""Forms that are answered by the same form sent back: the plan as both hold it, the wording agreed to."""

EXPECTED_OF_UNKNOWN: Final = (Level.HELD, Level.READ)
STILL_OWED_AFTER_TAKING_BACK: Final = frozenset({Level.HELD, Level.READ})
"""Whoever takes a message back still needs to know that the other side holds and has read the first one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One level reached: when, by whom (``NDMC`` or ``NDMC/watch-officer``), how it is known, and the verb of an R4.

    ``by`` names the party and the role in which the officer acted, ``officer`` the person (empty for a node).
    """

    level: Level
    at: Instant
    by: str
    proof: Proof = Proof.SIGNED
    verb: str | None = None
    doubt: bool = False
    officer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """State of one message. ``due`` and ``overdue`` hold levels still owed and levels already found missing."""

    envelope_hash: bytes
    form: str
    precedence: Precedence
    released_at: Instant
    status: Status = Status.LIVE
    due: Mapping[Level, Instant] = field(default_factory=dict)
    overdue: frozenset[Level] = frozenset()
    reached: tuple[Reached, ...] = ()

    def has(self, level: Level) -> bool:
        """Tell whether a level was reached by any proof class."""
        return any(r.level is level for r in self.reached)

    def first(self, level: Level) -> Reached | None:
        """Return the first receipt of a level."""
        return next((r for r in self.reached if r.level is level), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event; ``reached`` belongs to receipts, ``answer_by`` to holding answers."""

    kind: EventKind
    reached: Reached | None = None
    answer_by: Instant | None = None


class EffectKind(StrEnum):
    """What the desk must do after a step, in order of obligation."""

    RAISE_OVERDUE = "raise-overdue"
    TRY_NEXT_BEARER = "try-next-bearer"
    PROPOSE_QUERY_RECEIPT = "propose-query-receipt"
    PROPOSE_NEXT_RUNG = "propose-next-rung"
    LEVEL_REACHED = "level-reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One obligation, for one level."""

    kind: EffectKind
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step gives: the state afterwards and what must be done, in order."""

    state: Exchange
    effects: tuple[Effect, ...] = ()


def open_exchange(
    *,
    envelope_hash: bytes,
    form: str,
    precedence: Precedence,
    released_at: Instant,
    deadlines_s: tuple[int | None, ...],
    reply_by: Instant | None,
    answers: bool = False,
) -> Exchange:
    """Return the exchange of a message just released.

    Args:
        deadlines_s: seconds from release to R0..R4, from the charter; None means none.
        reply_by: the message's own deadline for an answer, which replaces the charter's for R4.
        answers: the message itself answers another.
    """
    due: dict[Level, Instant] = {}
    for level in EXPECTED_LEVELS.get(form, EXPECTED_OF_UNKNOWN):
        if level is Level.ANSWERED and answers and form in ANSWERED_BY_ITSELF:
            continue
        seconds = deadlines_s[level]
        if level is Level.ANSWERED and reply_by is not None:
            due[level] = reply_by
        elif seconds is not None:
            due[level] = Instant(released_at + seconds * 1_000_000)
    return Exchange(envelope_hash=envelope_hash, form=form, precedence=precedence, released_at=released_at, due=due)


def next_deadline(state: Exchange) -> Instant | None:
    """Return the instant at which the machine wants to be called with a tick, None when nothing is owed."""
    return min((at for level, at in state.due.items() if level not in state.overdue), default=None)


def step(state: Exchange, event: Event, now: Instant) -> Step:
    """Apply one event.

    Raises:
        PeerError: EXCHANGE-TRANSITION for an event that the table does not allow.
    """
    following = TRANSITIONS[state.status].get(event.kind)
    if following is None:
        raise PeerError("EXCHANGE-TRANSITION", state=state.status.value, event=event.kind.value)
    if event.kind is EventKind.RECEIPT:
        return _receipt(replace(state, status=following), event)
    if event.kind is EventKind.TICK:
        return _tick(state, now)
    kept = {level: at for level, at in state.due.items() if level in STILL_OWED_AFTER_TAKING_BACK}
    return Step(state=replace(state, status=following, due=kept))


def _receipt(state: Exchange, event: Event) -> Step:
    reached = event.reached
    if reached is None:
        raise PeerError("EXCHANGE-TRANSITION", state=state.status.value, event="receipt without a level")
    if any(
        (r.level, r.by, r.officer, r.verb) == (reached.level, reached.by, reached.officer, reached.verb)
        for r in state.reached
    ):
        # The same statement by the same person again: duplicates are normal and change nothing.
        return Step(state=state)
    due = {level: at for level, at in state.due.items() if level is not reached.level}
    overdue = state.overdue - {reached.level}
    status = state.status
    if reached.level is Level.ANSWERED:
        if reached.verb in HOLDING_VERBS and event.answer_by is not None:
            due[Level.ANSWERED] = event.answer_by
        elif status is Status.LIVE:
            status = Status.ANSWERED
    after = replace(state, status=status, due=due, overdue=overdue, reached=(*state.reached, reached))
    return Step(state=after, effects=(Effect(kind=EffectKind.LEVEL_REACHED, level=reached.level),))


def _tick(state: Exchange, now: Instant) -> Step:
    late = sorted(level for level, at in state.due.items() if at <= now and level not in state.overdue)
    effects: list[Effect] = []
    for level in late:
        effects.append(Effect(kind=EffectKind.RAISE_OVERDUE, level=level))
        if level is Level.HELD:
            effects.append(Effect(kind=EffectKind.TRY_NEXT_BEARER, level=level))
        elif level is Level.ANSWERED or level is Level.PASSED:
            effects.append(Effect(kind=EffectKind.PROPOSE_NEXT_RUNG, level=level))
        else:
            effects.append(Effect(kind=EffectKind.PROPOSE_QUERY_RECEIPT, level=level))
    return Step(state=replace(state, overdue=state.overdue | frozenset(late)), effects=tuple(effects))


def exchange_value(state: Exchange) -> dict[int, CborValue]:
    """Return the state as an encodable value (views)."""
    return {
        1: state.envelope_hash,
        2: state.form,
        3: int(state.precedence),
        4: state.released_at,
        5: state.status.value,
        6: {int(level): at for level, at in state.due.items()},
        7: tuple(sorted(int(level) for level in state.overdue)),
        8: tuple((int(r.level), r.at, r.by, r.proof.value, r.verb, r.doubt, r.officer) for r in state.reached),
    }


def exchange_from_value(value: Mapping[int, CborValue]) -> Exchange:
    """Return a state from `exchange_value`'s result, as our own views hold it."""
    row: Mapping[int, Any] = value
    return Exchange(
        envelope_hash=row[1],
        form=row[2],
        precedence=Precedence(row[3]),
        released_at=row[4],
        status=Status(row[5]),
        due={Level(level): Instant(at) for level, at in row[6].items()},
        overdue=frozenset(Level(level) for level in row[7]),
        reached=tuple(
            Reached(level=Level(r[0]), at=r[1], by=r[2], proof=Proof(r[3]), verb=r[4], doubt=r[5], officer=r[6])
            for r in row[8]
        ),
    )

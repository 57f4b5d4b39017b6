"""A concern: from the flag that software may raise to the moment it was conveyed, as one table of steps.

Software may flag a concern and add reports to it. What becomes of it a person says, by name and with a reason. Conveyed
it is only by the other node's receipt R0, or by a recorded call: a message drafted, released or even sent conveys
nothing yet. What is not in the table is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.register.texts import RECORD_ID, matching, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborKey, CborValue
    from armslength.core.instants import Instant

EVIDENCE_MAX: Final = 1_000
"""Reports cited by one concern: a feed's burst is cited as one batch, and more single ones nobody reads."""

HISTORY_MAX: Final = 1_000
"""Steps of one concern: a person takes each of them, so that even a year of daily ones fits."""

CONCERN_ID: Final = re.compile(r"C-[0-9]{4}-[0-9]{4,8}")
"""``C-2022-0001``: the year and a running number of the node, as people say it on the telephone."""

_ENVELOPE_HASH: Final = re.compile(r"[0-9a-f]{64}")


# --- the machine ------------------------------------------------------------------------------------------------------


class Status(StrEnum):
    """Where a concern stands."""

    FLAGGED = "FLAGGED"
    CORROBORATED = "CORROBORATED"
    PURSUED = "PURSUED"
    HELD = "HELD"
    DISMISSED = "DISMISSED"
    CONVEYED = "CONVEYED"
    CLOSED = "CLOSED"


class EventKind(StrEnum):
    """What can happen to a concern."""

    FLAG = "flag"
    CORROBORATE = "corroborate"
    PURSUE = "pursue"
    HOLD = "hold"
    DISMISS = "dismiss"
    CONVEY = "convey"
    CLOSE = "close"
    REOPEN = "reopen"


_S, _E = Status, EventKind
TRANSITIONS: Final[Mapping[tuple[Status | None, EventKind], Status]] = MappingProxyType(
    {
        (None, _E.FLAG): _S.FLAGGED,
        (_S.FLAGGED, _E.CORROBORATE): _S.CORROBORATED,
        (_S.FLAGGED, _E.PURSUE): _S.PURSUED,
        (_S.FLAGGED, _E.HOLD): _S.HELD,
        (_S.FLAGGED, _E.DISMISS): _S.DISMISSED,
        (_S.CORROBORATED, _E.CORROBORATE): _S.CORROBORATED,
        (_S.CORROBORATED, _E.PURSUE): _S.PURSUED,
        (_S.CORROBORATED, _E.HOLD): _S.HELD,
        (_S.CORROBORATED, _E.DISMISS): _S.DISMISSED,
        # New evidence brings a held concern back before a person.
        (_S.HELD, _E.CORROBORATE): _S.CORROBORATED,
        (_S.HELD, _E.PURSUE): _S.PURSUED,
        (_S.HELD, _E.HOLD): _S.HELD,
        (_S.HELD, _E.DISMISS): _S.DISMISSED,
        (_S.PURSUED, _E.CORROBORATE): _S.PURSUED,
        (_S.PURSUED, _E.HOLD): _S.HELD,
        (_S.PURSUED, _E.DISMISS): _S.DISMISSED,
        (_S.PURSUED, _E.CONVEY): _S.CONVEYED,
        # What a person dismissed or closed only a person reopens; evidence that still comes in is kept and shown.
        (_S.DISMISSED, _E.CORROBORATE): _S.DISMISSED,
        (_S.DISMISSED, _E.REOPEN): _S.FLAGGED,
        # What was conveyed cannot be dismissed: it is taken back on the line, and then closed.
        (_S.CONVEYED, _E.CORROBORATE): _S.CONVEYED,
        (_S.CONVEYED, _E.CONVEY): _S.CONVEYED,
        (_S.CONVEYED, _E.CLOSE): _S.CLOSED,
        (_S.CLOSED, _E.CORROBORATE): _S.CLOSED,
        (_S.CLOSED, _E.REOPEN): _S.FLAGGED,
    }
)
"""(status, event) -> next status; None is a concern that does not exist yet. What is not here is refused."""

PERSON_STEPS: Final = frozenset({_E.PURSUE, _E.HOLD, _E.DISMISS, _E.CLOSE, _E.REOPEN})
"""Steps that only a person takes, by name and with a reason."""


class Means(StrEnum):
    """How a concern was conveyed; there is no third way."""

    R0 = "R0"
    """The other node's signed receipt of the message."""
    RECORDED_CALL = "RECORDED-CALL"
    """A call that an officer recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conveyance:
    """Proof that a concern was conveyed: for R0 the envelope hash in 64 hexadecimal digits, for a call its record's id.

    Raises:
        LocalError: CONCERN-NOT-CONVEYED.
    """

    means: Means
    reference: str
    at: Instant

    def __post_init__(self) -> None:
        pattern = _ENVELOPE_HASH if self.means is Means.R0 else RECORD_ID
        matching(self.reference, pattern, f"reference of {self.means.value}", "CONCERN-NOT-CONVEYED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    Args:
        kind: what happens.
        reason: for a flag the rule's sentence, for a person's step his reason.
        officer: id of the officer; empty for what software may do.
        report_ids: for flag and corroborate, the reports it rests on.
        conveyance: for convey, the proof.
        concern_id: for flag, the new concern's id (`concern_id`).
        facility_id: for flag, the facility it is about.
    """

    kind: EventKind
    reason: str = ""
    officer: str = ""
    report_ids: tuple[str, ...] = ()
    conveyance: Conveyance | None = None
    concern_id: str = ""
    facility_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One step in a concern's history; officer empty for software."""

    kind: EventKind
    at: Instant
    officer: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """State of one concern; reports, conveyances and steps in the order in which they came."""

    concern_id: str
    facility_id: str
    status: Status
    flagged_at: Instant
    changed_at: Instant
    evidence: tuple[str, ...]
    conveyances: tuple[Conveyance, ...] = ()
    history: tuple[Taken, ...] = ()


class Effect(StrEnum):
    """What the desk must do after a step."""

    RING_WATCH = "ring-watch"
    """A person must look at it."""
    PROPOSE_DRAFT = "propose-draft"
    """A CONCERN may be drafted from it; nothing is sent."""
    PROPOSE_UPDATE = "propose-update"
    """The message that conveyed it may need an update."""
    PROPOSE_REOPEN = "propose-reopen"
    """Evidence came in after a person had laid it aside."""


_EFFECTS: Final[Mapping[tuple[Status | None, EventKind], tuple[Effect, ...]]] = MappingProxyType(
    {
        (None, _E.FLAG): (Effect.RING_WATCH,),
        (_S.FLAGGED, _E.CORROBORATE): (Effect.RING_WATCH,),
        (_S.HELD, _E.CORROBORATE): (Effect.RING_WATCH,),
        (_S.FLAGGED, _E.PURSUE): (Effect.PROPOSE_DRAFT,),
        (_S.CORROBORATED, _E.PURSUE): (Effect.PROPOSE_DRAFT,),
        (_S.HELD, _E.PURSUE): (Effect.PROPOSE_DRAFT,),
        (_S.CONVEYED, _E.CORROBORATE): (Effect.PROPOSE_UPDATE,),
        (_S.DISMISSED, _E.CORROBORATE): (Effect.PROPOSE_REOPEN,),
        (_S.CLOSED, _E.CORROBORATE): (Effect.PROPOSE_REOPEN,),
        (_S.DISMISSED, _E.REOPEN): (Effect.RING_WATCH,),
        (_S.CLOSED, _E.REOPEN): (Effect.RING_WATCH,),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step gives: the state afterwards and what must be done, in order."""

    state: Concern
    effects: tuple[Effect, ...] = ()


def concern_id(year: int, number: int) -> str:
    """Return the id of the node's n-th concern of a year, ``C-2022-0001``; the number is the caller's to keep.

    Raises:
        LocalError: CONCERN-VALUE.
    """
    return matching(f"C-{year:04}-{number:04}", CONCERN_ID, "concern id", "CONCERN-VALUE")


def step(state: Concern | None, event: Event, now: Instant) -> Step:
    """Apply one event; None is the state before a concern is flagged.

    Raises:
        LocalError: CONCERN-TRANSITION (not in the table), CONCERN-PERSON (a person's step without officer or reason),
            CONCERN-NOT-CONVEYED (no R0 and no recorded call), CONCERN-EVIDENCE (no report, or too many), CONCERN-VALUE.
    """
    status = None if state is None else state.status
    following = TRANSITIONS.get((status, event.kind))
    if following is None:
        raise LocalError("CONCERN-TRANSITION", state=status.value if status else "none", event=event.kind.value)
    _check_person(event)
    effects = _EFFECTS.get((status, event.kind), ())
    if state is None:
        return Step(state=_flagged(event, now), effects=effects)
    if event.kind is EventKind.CORROBORATE:
        return _corroborated(state, following, event, now, effects)
    if event.kind is EventKind.CONVEY:
        return _conveyed(state, following, event, now, effects)
    return Step(state=_moved(state, following, event, now), effects=effects)


def _check_person(event: Event) -> None:
    by_call = event.conveyance is not None and event.conveyance.means is Means.RECORDED_CALL
    if event.kind in PERSON_STEPS or by_call:
        one_line(event.officer, "officer", "CONCERN-PERSON")
        one_line(event.reason, "reason", "CONCERN-PERSON")
    elif event.reason:
        one_line(event.reason, "reason", "CONCERN-VALUE")


def _moved(state: Concern, following: Status, event: Event, now: Instant) -> Concern:
    if len(state.history) >= HISTORY_MAX:
        raise LocalError(
            "CONCERN-VALUE", field="history", expected=f"at most {HISTORY_MAX} steps", got=event.kind.value
        )
    return replace(
        state,
        status=following,
        changed_at=now,
        history=(*state.history, Taken(kind=event.kind, at=now, officer=event.officer, reason=event.reason)),
    )


def _flagged(event: Event, now: Instant) -> Concern:
    one_line(event.reason, "reason", "CONCERN-VALUE")
    return Concern(
        concern_id=matching(event.concern_id, CONCERN_ID, "concern id", "CONCERN-VALUE"),
        facility_id=matching(event.facility_id, RECORD_ID, "facility id", "CONCERN-VALUE"),
        status=Status.FLAGGED,
        flagged_at=now,
        changed_at=now,
        evidence=_joined((), event),
        history=(Taken(kind=event.kind, at=now, officer=event.officer, reason=event.reason),),
    )


def _joined(evidence: tuple[str, ...], event: Event) -> tuple[str, ...]:
    if not event.report_ids:
        raise LocalError("CONCERN-EVIDENCE", expected="at least one report")
    for report_id in event.report_ids:
        matching(report_id, RECORD_ID, "report id", "CONCERN-EVIDENCE")
    joined = tuple(dict.fromkeys((*evidence, *event.report_ids)))
    if len(joined) > EVIDENCE_MAX:
        raise LocalError("CONCERN-EVIDENCE", expected=f"at most {EVIDENCE_MAX} reports", got=len(joined))
    return joined


def _corroborated(state: Concern, following: Status, event: Event, now: Instant, effects: tuple[Effect, ...]) -> Step:
    evidence = _joined(state.evidence, event)
    if evidence == state.evidence:
        # The same report again is no corroboration; it rings nobody and moves nothing.
        return Step(state=state)
    changed_at = state.changed_at if following is state.status else now
    return Step(state=replace(state, status=following, changed_at=changed_at, evidence=evidence), effects=effects)


def _conveyed(state: Concern, following: Status, event: Event, now: Instant, effects: tuple[Effect, ...]) -> Step:
    if event.conveyance is None:
        raise LocalError("CONCERN-NOT-CONVEYED", expected="an R0 or a recorded call")
    if any((c.means, c.reference) == (event.conveyance.means, event.conveyance.reference) for c in state.conveyances):
        # A receipt that arrives by a second bearer is the same receipt.
        return Step(state=state)
    moved = _moved(state, following, event, now)
    return Step(state=replace(moved, conveyances=(*state.conveyances, event.conveyance)), effects=effects)


# --- views ------------------------------------------------------------------------------------------------------------


def concern_value(state: Concern) -> dict[int, CborValue]:
    """Return the state as an encodable value (views)."""
    return {
        1: state.concern_id,
        2: state.facility_id,
        3: state.status.value,
        4: state.flagged_at,
        5: state.changed_at,
        6: state.evidence,
        7: tuple((c.means.value, c.reference, c.at) for c in state.conveyances),
        8: tuple((taken.kind.value, taken.at, taken.officer or None, taken.reason or None) for taken in state.history),
    }


def concern_from_value(value: CborValue) -> Concern:
    """Return a state from `concern_value`'s result.

    Raises:
        LocalError: CONCERN-VALUE.
    """
    read = FieldReader(value, "CONCERN-VALUE", LocalError)
    return Concern(
        concern_id=matching(read.text(1), CONCERN_ID, "concern id", "CONCERN-VALUE"),
        facility_id=read.text(2),
        status=_member(Status, read.text(3)),
        flagged_at=read.instant(4),
        changed_at=read.instant(5),
        evidence=read.texts(6, EVIDENCE_MAX),
        conveyances=tuple(
            Conveyance(means=_member(Means, row.text(0)), reference=row.text(1), at=row.instant(2))
            for row in _rows(read, 7, 3)
        ),
        history=tuple(
            Taken(
                kind=_member(EventKind, row.text(0)),
                at=row.instant(1),
                officer=row.text(2) if row.has(2) else "",
                reason=row.text(3) if row.has(3) else "",
            )
            for row in _rows(read, 8, 4)
        ),
    )


_Member = TypeVar("_Member", bound=StrEnum)


def _member(kind: type[_Member], text: str) -> _Member:
    try:
        return kind(text)
    except ValueError:
        raise LocalError("CONCERN-VALUE", expected=", ".join(kind), got=text) from None


def _rows(read: FieldReader, number: int, width: int) -> tuple[FieldReader, ...]:
    rows: list[FieldReader] = []
    for row in read.array(number, HISTORY_MAX):
        if not isinstance(row, tuple) or len(row) != width:
            read.refuse(field=number, expected=f"rows of {width} values", got=type(row).__name__)
        cells: dict[CborKey, CborValue] = dict(enumerate(row))
        rows.append(FieldReader(cells, "CONCERN-VALUE", LocalError))
    return tuple(rows)

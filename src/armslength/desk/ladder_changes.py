"""What a record does to a run up a ladder: read once, used live and by the projection alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from armslength.channels import ladders
from armslength.channels.ladders import Event, EventKind, Run, Step
from armslength.channels.ladders_value import ladder_from_value, member, pairs, run_from_value, run_value
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.desk import views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.channels.ladders import Ladder
    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.desk.ports import Unit

_TEXT: Final = {22: "rung", 24: "reason", 25: "says", 26: "approved_by", 29: "reference"}
"""Fields of a record `rung` that are texts and may be left out."""


def ladder(unit: Unit, subject: str) -> Ladder | None:
    """Return the ladder of a subject in force, None when there is none."""
    row = views.row(unit, views.LADDERS, subject.encode()) if ladders.SUBJECT.fullmatch(subject) else None
    return None if row is None else ladder_from_value(row[3])


def run(unit: Unit, number: str) -> Run | None:
    """Return a run, None when there is none."""
    value = unit.get(views.RUNGS, number.encode()) if number.isascii() else None
    return None if value is None else run_from_value(value)


def put(unit: Unit, state: Run) -> None:
    """Store a run, due at its next deadline."""
    value = cast("CborValue", run_value(state))
    unit.put(views.RUNGS, state.number.encode(), value, due=ladders.next_deadline(state))


def by_record(unit: Unit, body: Mapping[int, CborValue], now: Instant) -> Step:
    """Return the run that a record `rung` leaves.

    Raises:
        LocalError: RUN-UNKNOWN, LADDER-UNKNOWN, and the codes of the machine.
    """
    read = FieldReader(body, ladders.CODE, LocalError)
    kind = member(EventKind, read.text(20))
    number = read.text(21)
    if kind is EventKind.BEGIN:
        return ladders.step(None, _event(unit, read, kind, number), now)
    state = run(unit, number)
    if state is None:
        raise LocalError("RUN-UNKNOWN", asked=number)
    return ladders.step(state, _event(unit, read, kind, number), now)


def _event(unit: Unit, read: FieldReader, kind: EventKind, number: str) -> Event:
    texts = {name: read.text(field) for field, name in _TEXT.items() if read.has(field)}
    begun = kind is EventKind.BEGIN
    found = ladder(unit, read.text(27)) if begun else None
    if begun and found is None:
        raise LocalError("LADDER-UNKNOWN", asked=read.text(27))
    return Event(
        kind=kind,
        officer=read.text(5) if read.has(5) else "",
        at=read.instant(23) if read.has(23) else None,
        number=number,
        ladder=found,
        links=pairs(read, 28) if read.has(28) else (),
        **texts,
    )

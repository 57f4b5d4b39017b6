"""A call as the views hold it, and what one record makes of it: shared by what officers submit and by the projector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.channels import call_value, calls
from armslength.channels.call_types import Call, Event, EventKind
from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.desk import views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.channels.call_types import Effect
    from armslength.core.cbor import CborValue
    from armslength.desk.ports import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A call after a record, and what that obliges to."""

    call: Call
    row: views.Row
    effects: tuple[Effect, ...] = ()

    def put(self, unit: Unit) -> None:
        """Store the call, due when a call-back is owed."""
        unit.put(views.CALLS, self.call.number.encode(), self.row, due=calls.next_deadline(self.call))


def held(unit: Unit, number: str) -> Change | None:
    """Return a call as it is held, None when there is none."""
    row = views.row(unit, views.CALLS, number.encode())
    return None if row is None else of_row(row)


def of_row(row: views.Row) -> Change:
    """Return the call of a row: what began it, and every step since, taken again."""
    begin = row[2]
    call = calls.begun(call_value.call_from_fields(begin), on_book_number=call_value.on_book_number(begin))
    for fields, at in row[3]:
        call = calls.step(call, call_value.event_from_fields(fields), Instant(at)).call
    return Change(call=call, row=row)


def begun(body: Mapping[int, CborValue], entry: int) -> Change:
    """Return the call that a `call` record begins.

    Raises:
        LocalError: CALL-VALUE.
    """
    call = calls.begun(call_value.call_from_fields(body), on_book_number=call_value.on_book_number(body))
    kept = {number: value for number, value in body.items() if number == _OFFICER or number >= _OWN}
    return Change(call=call, row={1: entry, 2: kept, 3: ()})


_OFFICER: Final = 5
_OWN: Final = 20
"""Fields of the records, as `call_value` writes them."""


def stepped(change: Change, event: Event, now: Instant) -> Change:
    """Return a call after a step.

    Raises:
        LocalError: CALL-... codes.
    """
    step = calls.step(change.call, event, now)
    fields = call_value.event_fields(change.call.number, event)
    if event.officer:
        fields[_OFFICER] = event.officer
    return Change(call=step.call, row={**change.row, 3: (*change.row[3], (fields, now))}, effects=step.effects)


def by_step(unit: Unit, body: Mapping[int, CborValue], now: Instant) -> Change:
    """Return the call after a `call-step` record.

    Raises:
        LocalError: CALL-UNKNOWN, CALL-... codes.
    """
    number = body.get(20)
    before = held(unit, number) if isinstance(number, str) else None
    if before is None:
        raise LocalError("CALL-UNKNOWN", asked=number)
    return stepped(before, call_value.event_from_fields(body), now)


def called_back(unit: Unit, call: Call, now: Instant) -> Change | None:
    """Return the call that another one finds out about, after that one was placed; None when it finds out about none.

    Raises:
        LocalError: CALL-UNKNOWN, CALL-STEP.
    """
    if not call.calls_back:
        return None
    before = held(unit, call.calls_back)
    if before is None:
        raise LocalError("CALL-UNKNOWN", asked=call.calls_back)
    return stepped(before, Event(kind=EventKind.CALLED_BACK, at=call.began_at, reference=call.number), now)


def tick(change: Change, now: Instant) -> tuple[Change, Event]:
    """Return a call after its call-back fell due, and the event that says so."""
    event = Event(kind=EventKind.TICK, at=now)
    return stepped(change, event, now), event

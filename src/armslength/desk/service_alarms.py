"""What the faces read of alarms: state, bell, whom they were passed to, the shelf, and which screen shows the cause.

Silencing a bell is a console's own matter for half a minute and stands nowhere: ``silenced_until`` is always null here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.core.instants import Instant, rfc3339
from armslength.desk import alarm_causes, alarm_state, alarms, views

if TYPE_CHECKING:
    from armslength.desk.books import Books

Json = dict[str, Any]


def when(at: Any) -> str | None:  # noqa: ANN401 - an instant of a row
    """Return an instant as text, None for none."""
    return rfc3339(Instant(at)) if at else None


def read_alarms(books: Books, *, every: bool = False) -> list[Json]:
    """Return alarms by the time at which they were raised, unaccepted ones only unless all are asked for."""
    rows = views.rows(books.unit, views.ALARMS) if every else alarm_state.unaccepted(books.unit, None)
    return sorted((alarm_json(books, *one) for one in rows), key=lambda alarm: str(alarm["raised_at"]))


def read_ringing(books: Books, limit: int) -> tuple[list[Json], int]:
    """Return what nobody accepted, the most urgent and newest first, and how many more there are."""
    rows = alarm_state.unaccepted(books.unit, limit)
    count = len(rows) if len(rows) < limit else len(books.unit.scan(views.ALARMS_OPEN, limit=_COUNTED))
    return [alarm_json(books, *one) for one in rows], count - len(rows)


_COUNTED = 10_000


def alarm_json(books: Books, identity: bytes, row: views.Row) -> Json:
    """Return one alarm."""
    met = alarm_causes.met(books.unit, row)
    precedence = alarm_causes.precedence(books.unit, row)
    passed = row.get(12) or (None, None, None, None)
    return {
        "id": identity.hex(),
        "kind": row[1],
        "sentence": alarms.ALARM_KINDS.get(row[1], row[1]),
        "detail": row[5],
        "line": row[2].hex(),
        "raised_at": when(row[6]),
        "notified_at": when(row[7]),
        "rung": row.get(10) is True,
        "accepted_at": when(row[8]),
        "accepted_by": row[9],
        "ended_at": when(row.get(11)),
        "state": _state(row, met=met),
        "cause_met": met,
        "precedence": None if precedence is None else precedence.name,
        "passed_to": passed[0],
        "passed_by": passed[1],
        "passed_at": when(passed[2]),
        "passed_because": passed[3],
        "shelf": _shelf_json(row, books.now),
        "shelved_until": when(alarm_state.shelved_until(row, books.now)),
        "silenced_until": None,
        "may_shelve": row[8] is None and not alarm_causes.never_shelved(books.unit, row),
        "bell": alarm_state.bell(row[1]),
        "opens": alarm_causes.opens(row),
    }


def _state(row: views.Row, *, met: bool) -> str:
    if row[8] is None:
        return "unaccepted"
    return "answered" if met else "accepted"


def _shelf_json(row: views.Row, now: Instant) -> Json | None:
    held = alarm_state.shelf(row)
    if held is None:
        return None
    state = held[0]
    if state != alarm_state.ENDED and held[1] <= now:
        state = alarm_state.ENDED
    return {
        "state": state,
        "until": when(held[1]),
        "reason": held[2],
        "asked_by": held[3],
        "asked_at": when(held[4]),
        "signed_by": held[5],
        "signed_at": when(held[6]),
    }

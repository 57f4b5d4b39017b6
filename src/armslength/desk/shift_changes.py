"""What records and the clock do to the shift and to drills: read once, used live and by the projection alike.

The row `CHANGE` falls due a quarter of an hour after the next beginning of a watch for which nobody has signed; the
row of a running drill when the next change of the watch comes within half an hour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels import drills, shifts
from armslength.channels.drills import CLEAR_US, Drill, Event, EventKind
from armslength.channels.drills_value import drill_from_value, drill_value, member, plan_from_value
from armslength.channels.shifts_value import roster_from_value
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import HOUR_US, MINUTE_US, Instant
from armslength.desk import views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.channels.shifts import Roster, Watch
    from armslength.core.cbor import CborValue
    from armslength.desk.ports import Unit

GRACE_US: Final = 15 * MINUTE_US
"""A hand-over takes a quarter of an hour; after that its lack is an alarm."""

EARLY_US: Final = HOUR_US
"""Who comes an hour early takes over the watch that is to begin."""

SHIFT, NOW, CHANGE = b"s", b"now", b"change"
"""Keys of SHIFTS: a prefix of hand-overs and takings over; who has the watch; the next beginning of a watch."""

SPAN, VALUE = b"r", b"v"
"""Prefixes of ROSTERS: the span of a roster, and the roster itself; each with its entry."""


def key(prefix: bytes, entry: int) -> bytes:
    """Return the key of an entry under a prefix; keys sort as entered."""
    return prefix + entry.to_bytes(8, "big")


# --- rosters ----------------------------------------------------------------------------------------------------------


def rosters(unit: Unit, first: Instant, last: Instant) -> list[Roster]:
    """Return the rosters that touch a span of time, the newest first."""
    found = []
    for name, value in unit.scan(views.ROSTERS, SPAN, reverse=True):
        row = cast("Mapping[int, Any]", value)
        if row[1] <= last and row[2] >= first:
            held = unit.get(views.ROSTERS, VALUE + name[len(SPAN) :])
            found.append(roster_from_value(held))
    return found


def watches(unit: Unit, first: Instant, last: Instant) -> list[Watch]:
    """Return the watches that hold around a span of time, by their beginning."""
    margin = shifts.WATCH_US_MAX
    return shifts.watches_of(rosters(unit, Instant(first - margin), Instant(last + margin)))


def reckon(unit: Unit, settled_at: Instant) -> None:
    """Store the next beginning of a watch for which nobody has signed, after everything settled until an instant."""
    before = views.row(unit, views.SHIFTS, CHANGE)
    settled = Instant(max(settled_at, 0 if before is None else before[1]))
    watch = shifts.next_beginning(watches(unit, settled, Instant(2**62)), settled)
    row: dict[int, CborValue] = {1: settled, 2: None if watch is None else watch.from_at}
    due = None if watch is None else Instant(watch.from_at + GRACE_US)
    unit.put(views.SHIFTS, CHANGE, {**row, 3: "" if watch is None else watch.name}, due=due)


def beginning_for(unit: Unit, at: Instant, officer: str) -> Watch | None:
    """Return the watch that an officer takes who takes over at an instant.

    It is the last to begin until an hour later; yet who is on the roster for the one that runs, and not for the one
    that is to begin, takes the one that runs.
    """
    until = Instant(at + EARLY_US)
    around = watches(unit, at, until)
    running, coming = shifts.last_beginning(around, at), shifts.last_beginning(around, until)
    if running is None or coming is None or running == coming:
        return coming
    return running if officer in running.people and officer not in coming.people else coming


# --- drills -----------------------------------------------------------------------------------------------------------


def drill(unit: Unit, number: str) -> Drill | None:
    """Return a drill, None when there is none."""
    value = unit.get(views.DRILLS, number.encode()) if drills.NUMBER.fullmatch(number) else None
    return None if value is None else drill_from_value(value)


def live_drills(unit: Unit) -> list[Drill]:
    """Return every drill that is still to be begun, ended or called off."""
    live = {status.value for status in drills.LIVE}
    return [drill_from_value(cast("CborValue", row)) for _, row in views.rows(unit, views.DRILLS) if row[1] in live]


def put(unit: Unit, state: Drill) -> None:
    """Store a drill; a running one is due when it comes near a change of the watch."""
    value = cast("CborValue", drill_value(state))
    unit.put(views.DRILLS, state.plan.number.encode(), value, due=next_clash(unit, state))


def next_clash(unit: Unit, state: Drill) -> Instant | None:
    """Return when a running drill first stands too near a change of the watch, None when it does not run or never."""
    if state.status is not drills.Status.RUNNING or state.begun_at is None:
        return None
    begun = Instant(max(state.begun_at, 0))
    far = Instant(begun + drills.LENGTH_US_MAX + shifts.WATCH_US_MAX)
    found = drills.clash(begun, far, watches(unit, begun, far), state.plan.supervisors)
    return None if found is None else Instant(max(begun, found.at - CLEAR_US))


def by_record(unit: Unit, body: Mapping[int, CborValue], now: Instant) -> Drill:
    """Return the drill that a record `drill` leaves.

    Raises:
        LocalError: DRILL-UNKNOWN, DRILL-VALUE, DRILL-TRANSITION.
    """
    read = FieldReader(body, drills.CODE, LocalError)
    kind = member(EventKind, read.text(20))
    officer = read.text(5) if read.has(5) else ""
    event = Event(
        kind=kind,
        officer=officer,
        reason=read.text(27),
        plan=plan_from_value(read) if kind is EventKind.PLAN else None,
    )
    if kind is EventKind.PLAN:
        return drills.step(None, event, now)
    state = drill(unit, read.text(21))
    if state is None:
        raise LocalError("DRILL-UNKNOWN", asked=read.text(21))
    return drills.step(state, event, now)

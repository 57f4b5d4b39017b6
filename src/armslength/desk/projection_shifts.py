"""Views of the shift: roster, hand-over, drills.

ROSTERS: under `SPAN` {1: from, 2: until, 3: roster id, 4: at, 5: officer, 6: entry, 7: reason}; under `VALUE` the
roster itself. SHIFTS: under `SHIFT` {1: entry, 2: at, 3: officer, 4: watch, 5: kind, 6: hash of the form, 7: entry of
the hand-over taken, 8: reason}; `NOW` {1: entry, 2: at, 3: officer, 4: watch, 5: entry of a hand-over that waits};
`CHANGE` as `shift_changes.reckon` says. DRILLS: drill number -> the drill (`drills_value`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.channels.shifts_value import roster_from_value
from armslength.core.instants import Instant
from armslength.desk import shift_changes, views
from armslength.desk.shift_changes import CHANGE, GRACE_US, NOW, SHIFT, SPAN, VALUE, key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.projection import Fact, Projector


def _roster(fact: Fact) -> None:
    value = fact.body[20]
    roster = roster_from_value(value)
    span: dict[int, CborValue] = {
        1: roster.from_at,
        2: roster.until_at,
        3: roster.roster_id,
        4: fact.entry.at,
        5: fact.body.get(5),
        6: fact.index,
        7: fact.body[21],
    }
    fact.unit.put(views.ROSTERS, key(SPAN, fact.index), span)
    fact.unit.put(views.ROSTERS, key(VALUE, fact.index), value)
    # What passed before anybody was on the roster is nobody's fault; the last quarter of an hour still counts.
    shift_changes.reckon(fact.unit, Instant(fact.entry.at - GRACE_US))
    for state in shift_changes.live_drills(fact.unit):
        shift_changes.put(fact.unit, state)


def _shift(fact: Fact) -> None:
    at, body = Instant(fact.entry.at), fact.body
    if body[20] == "OVERDUE":
        shift_changes.reckon(fact.unit, Instant(at - GRACE_US))
        return
    row: dict[int, CborValue] = {
        1: fact.index,
        2: at,
        3: body.get(5),
        4: body[23],
        5: body[20],
        6: body[22],
        7: body.get(26),
        8: body.get(24),
    }
    fact.unit.put(views.SHIFTS, key(SHIFT, fact.index), row)
    held = views.row(fact.unit, views.SHIFTS, NOW)
    if body[20] == "HAND-OVER":
        # Until somebody takes it, who handed it over still has it.
        before = held or {1: fact.index, 2: at, 3: body.get(5), 4: body[23]}
        fact.unit.put(views.SHIFTS, NOW, {**before, 5: fact.index})
        return
    fact.unit.put(views.SHIFTS, NOW, {1: fact.index, 2: at, 3: body.get(5), 4: body[23], 5: None})
    begins = shift_changes.beginning_for(fact.unit, at, str(body.get(5)))
    if begins is not None:
        shift_changes.reckon(fact.unit, begins.from_at)
    elif views.row(fact.unit, views.SHIFTS, CHANGE) is not None:
        shift_changes.reckon(fact.unit, Instant(0))


def _drill(fact: Fact) -> None:
    shift_changes.put(fact.unit, shift_changes.by_record(fact.unit, fact.body, Instant(fact.entry.at)))


PROJECTORS: Final[Mapping[str, Projector]] = {"roster": _roster, "shift": _shift, "drill": _drill}

from __future__ import annotations

from typing import Any

import pytest

from armslength.adapters.store_memory import MemoryStore
from armslength.core.instants import MINUTE_US, Instant
from armslength.desk import alarm_state, alarms, views
from armslength.desk.alarm_state import ASKED, BELLS, ENDED, FLASH, SHELVED, next_ring, shelved_until, steps_passed

AT = 1_700_000_000_000_000
LATER = AT + MINUTE_US


def row(kind: str = "FLASH-RECEIVED", **parts: Any) -> views.Row:
    given = {int(name[1:]): value for name, value in parts.items()}
    return {1: kind, 2: b"l", 3: b"r", 4: 0, 5: "", 6: AT, 7: None, 8: None, 9: None, **given}


def test_every_kind_has_its_bell_and_no_bell_is_without_a_kind() -> None:
    assert BELLS.keys() == alarms.ALARM_KINDS.keys()


def test_what_lives_depend_on_rings_like_a_flash() -> None:
    flash = {kind for kind, bell in BELLS.items() if bell == FLASH}
    assert flash == {"STOP-RECEIVED", "FLASH-RECEIVED", "WINDOW-CALL-BACK", "CALL-BREAK-IN", "JOURNAL-FAILED"}


def shelf(state: str, until: int) -> tuple[Any, ...]:
    return (state, until, "noise", "a", AT, "b", AT)


RINGS = {
    "never rung": (row(), AT),
    "never rung, though accepted": (row(_8=LATER, _9="w"), AT),
    "rung once": (row(_7=LATER), AT + 2 * MINUTE_US),
    "rung after two minutes": (row(_7=LATER, _14=1), AT + 5 * MINUTE_US),
    "rung after five minutes": (row(_7=LATER, _14=2), AT + 10 * MINUTE_US),
    "rung after ten minutes": (row(_7=LATER, _14=3), None),
    "accepted": (row(_7=LATER, _8=LATER), None),
    "ended": (row(_7=LATER, _11=LATER), None),
    "a message rings once": (row("MESSAGE-RECEIVED", _7=LATER), None),
    "a shelf ends": (row("GAP", _7=LATER, _15=AT + 60 * MINUTE_US), AT + 60 * MINUTE_US),
    "passed on": (row(_7=LATER, _15=LATER + 1), LATER + 1),
}


@pytest.mark.parametrize(("given", "expected"), RINGS.values(), ids=RINGS)
def test_when_a_bell_is_due(given: views.Row, expected: int | None) -> None:
    assert next_ring(given) == expected


@pytest.mark.parametrize(("minutes", "steps"), [(0, 0), (1, 0), (2, 1), (4, 1), (5, 2), (10, 3), (600, 3)])
def test_steps_that_passed_while_the_node_was_down_count_together(minutes: int, steps: int) -> None:
    assert steps_passed(row(), Instant(AT + minutes * MINUTE_US)) == steps


SHELVES = {
    "none": (row(), None),
    "asked for": (row(_13=shelf(ASKED, LATER)), None),
    "on it": (row(_13=shelf(SHELVED, LATER)), LATER),
    "over": (row(_13=shelf(SHELVED, AT)), None),
    "taken down": (row(_13=shelf(ENDED, LATER)), None),
    "accepted meanwhile": (row(_8=AT, _13=shelf(SHELVED, LATER)), None),
}


@pytest.mark.parametrize(("given", "expected"), SHELVES.values(), ids=SHELVES)
def test_until_when_an_alarm_is_on_the_shelf(given: views.Row, expected: int | None) -> None:
    assert shelved_until(given, Instant(AT)) == expected


def test_what_nobody_accepted_is_listed_the_most_urgent_and_newest_first() -> None:
    store = MemoryStore()
    with store.write() as unit:
        for name, kind, at in [(b"1", "GAP", 5), (b"2", "FLASH-RECEIVED", 1), (b"3", "GAP", 9), (b"4", "FORK", 7)]:
            alarm_state.put(unit, name, {**row(kind), 6: at})
        alarm_state.put(unit, b"3", {**row("GAP"), 6: 9, 8: 10})
        alarm_state.drop(unit, b"4")
        alarm_state.drop(unit, b"unknown")
        assert [key for key, _ in alarm_state.unaccepted(unit)] == [b"2", b"1"]
        assert [key for key, _ in alarm_state.unaccepted(unit, 1)] == [b"2"]


@pytest.mark.parametrize(
    ("parts", "said"),
    [({}, "ringing"), ({"_7": LATER, "_10": True}, "rung"), ({"_7": LATER, "_10": False}, "nobody was rung")],
)
def test_what_came_of_the_last_ring(parts: dict[str, Any], said: str) -> None:
    store = MemoryStore()
    with store.write() as unit:
        assert alarm_state.last_rung(unit) == "nothing to ring"
        alarm_state.put(unit, b"1", row(**parts))
        assert alarm_state.last_rung(unit) == said

"""A drill: its table of steps, and half an hour clear of every change of the watch unless both sides are supervised."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.channels import drills
from armslength.channels.drills import Drill, Event, EventKind, Plan, Status
from armslength.channels.drills_value import drill_from_value, drill_value
from armslength.channels.shifts import Watch
from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import MINUTE_US, Instant, parse_rfc3339

CHANGE = parse_rfc3339("2022-11-20T18:00:00Z")
DAY = Watch(
    name="day",
    from_at=Instant(CHANGE - 720 * MINUTE_US),
    until_at=CHANGE,
    officers=(("anna", "watch-officer"),),
    supervisor="boris",
)
NIGHT = Watch(
    name="night",
    from_at=CHANGE,
    until_at=Instant(CHANGE + 720 * MINUTE_US),
    officers=(("clara", "watch-officer"),),
)
BOTH = (("day", "boris"), ("night", "clara"))


def at(minutes: int) -> Instant:
    return Instant(CHANGE + minutes * MINUTE_US)


def plan(**changes: Any) -> Plan:
    fields: dict[str, Any] = {
        "number": "DR-2022-000001",
        "title": "Reachability",
        "script": "Call and say: this is an exercise.",
        "from_at": at(60),
        "until_at": at(120),
        "supervisors": BOTH,
    }
    return Plan(**{**fields, **changes})


def take(state: Drill | None, kind: EventKind, minutes: int = 61) -> Drill:
    event = Event(kind=kind, officer="anna", reason="as planned", plan=plan() if kind is EventKind.PLAN else None)
    return drills.step(state, event, at(minutes))


def standing(status: Status | None) -> Drill | None:
    planned = take(None, EventKind.PLAN, 0)
    running = take(planned, EventKind.BEGIN)
    states = {
        None: None,
        Status.PLANNED: planned,
        Status.RUNNING: running,
        Status.STOPPED: take(running, EventKind.STOP),
        Status.ENDED: take(running, EventKind.END),
        Status.CALLED_OFF: take(planned, EventKind.CALL_OFF),
    }
    return states[status]


@pytest.mark.parametrize("status", [None, *Status])
@pytest.mark.parametrize("kind", list(EventKind))
def test_what_is_not_in_the_table_is_refused(status: Status | None, kind: EventKind) -> None:
    expected = drills.TRANSITIONS.get((status, kind))
    if expected is None:
        with pytest.raises(LocalError, match="DRILL-TRANSITION"):
            take(standing(status), kind)
    else:
        assert take(standing(status), kind).status is expected


@pytest.mark.parametrize(
    ("begin", "end", "clear"),
    [
        (31, 120, True),
        (30, 120, False),
        (29, 120, False),
        (-120, -31, True),
        (-120, -30, False),
        (-60, 60, False),
        (-10, -5, False),
    ],
)
def test_half_an_hour_around_a_change_is_clear_of_drills(begin: int, end: int, clear: bool) -> None:
    found = drills.clash(at(begin), at(end), (DAY, NIGHT), ())
    assert (found is None) is clear
    assert drills.clash(at(begin), at(end), (DAY, NIGHT), BOTH) is None


@pytest.mark.parametrize(
    ("case", "supervisors"),
    [
        ("of one watch only", (("day", "boris"),)),
        ("one man for both who is on one", (("day", "boris"), ("night", "boris"))),
        ("somebody who is on neither", (("day", "dora"), ("night", "dora"))),
    ],
)
def test_a_supervisor_of_both_watches_is_on_both(case: str, supervisors: tuple[tuple[str, str], ...]) -> None:
    assert drills.clash(at(-10), at(10), (DAY, NIGHT), supervisors) is not None, case


def test_at_the_edge_of_the_roster_nobody_knows_who_comes() -> None:
    assert drills.clash(at(-60), at(-10), (DAY,), (("day", "boris"),)) is not None


@given(st.integers(-300, 300), st.integers(1, 120))
@settings(max_examples=100)
def test_clear_means_further_than_half_an_hour_from_beginning_and_end(begin: int, length: int) -> None:
    clear = begin > 30 or begin + length < -30
    assert (drills.clash(at(begin), at(begin + length), (DAY, NIGHT), ()) is None) is clear


@pytest.mark.parametrize(
    ("case", "changes"),
    [
        ("no number", {"number": "drill 1"}),
        ("no title", {"title": ""}),
        ("no script", {"script": " "}),
        ("no end", {"until_at": at(60)}),
        ("a week of it", {"until_at": at(10_080)}),
        ("a supervisor without a name", {"supervisors": (("day", ""),)}),
    ],
)
def test_a_plan_that_cannot_be_is_refused(case: str, changes: dict[str, Any]) -> None:
    with pytest.raises(LocalError, match="DRILL-VALUE"):
        plan(**changes)
    assert case


def test_nothing_is_planned_for_the_past_or_without_a_reason() -> None:
    with pytest.raises(LocalError, match="DRILL-VALUE"):
        take(None, EventKind.PLAN, 121)
    with pytest.raises(LocalError, match="DRILL-VALUE"):
        drills.step(standing(Status.PLANNED), Event(kind=EventKind.BEGIN, officer="anna"), at(61))


def test_a_drill_goes_through_its_bytes_and_each_field_is_judged() -> None:
    for status in Status:
        state = standing(status)
        assert state is not None
        assert drill_from_value(cbor.decode(cbor.encode(drill_value(state)))) == state  # type: ignore[arg-type]  # integer keys
    running = standing(Status.RUNNING)
    assert running is not None
    for field in (1, 3, *range(21, 27)):
        for wrong in (None, 7, b"x", (1,), {1: 1}):
            with pytest.raises(ArmslengthError):
                drill_from_value({**drill_value(running), field: wrong})  # type: ignore[dict-item]  # wrong on purpose

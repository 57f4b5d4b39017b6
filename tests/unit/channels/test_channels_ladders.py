"""The ladder: proposed once at the right instant whatever the clock does, used by a person who says what it says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.channels import ladders
from armslength.channels.ladders import Event, EventKind, Ladder, LastStep, Run, Rung, Status, StepKind
from armslength.channels.ladders_value import (
    ladder_from_document,
    ladder_from_value,
    ladder_value,
    run_from_value,
    run_value,
)
from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import SECOND_US, Instant, parse_rfc3339

START = parse_rfc3339("2022-11-20T09:00:00Z")
WAIT_S = 7_200
LADDER = Ladder(
    subject="nuclear-plant",
    rungs=(Rung(channel="eucom-ndmc", wait_s=WAIT_S), Rung(channel="cjcs-cgs", wait_s=14_400, note="tell allies")),
    plan=(LastStep(kind=StepKind.PUBLIC, text="state it in public", wait_s=3_600),),
)
USED = {"officer": "eucom-watch-1", "reason": "no answer", "says": "soldiers take it seriously"}
PERSON = {"officer": "eucom-watch-1", "reason": "as decided"}


def after_s(seconds: int) -> Instant:
    return Instant(START + seconds * SECOND_US)


def begun(**changes: Any) -> Run:
    fields: dict[str, Any] = {
        "kind": EventKind.BEGIN,
        "number": "P-2022-000001",
        "ladder": LADDER,
        "rung": "eucom-ndmc",
        "at": START,
        "links": (("case", "CASE-2022-000001"),),
        **USED,
    }
    return ladders.step(None, Event(**{**fields, **changes}), START).state


def take(state: Run, kind: EventKind, now: Instant, **parts: Any) -> Run:
    return ladders.step(state, Event(kind=kind, **parts), now).state


def proposed() -> Run:
    return take(begun(), EventKind.TICK, after_s(WAIT_S))


def test_a_rung_that_had_its_time_is_followed_by_a_proposal_and_nothing_is_used() -> None:
    state = proposed()
    assert (state.status, state.rung, state.next_rung) == (Status.PROPOSED, "eucom-ndmc", "cjcs-cgs")
    assert ladders.next_deadline(state) is None
    used = take(state, EventKind.USE, after_s(WAIT_S + 60), **USED)
    assert (used.status, used.rung, used.due_at) == (Status.TRYING, "cjcs-cgs", after_s(WAIT_S + 60 + 14_400))


def test_above_the_last_rung_comes_the_plan_and_then_nothing() -> None:
    state = take(proposed(), EventKind.SKIP, after_s(WAIT_S), **PERSON)
    assert state.next_rung == "PUBLIC"
    state = take(state, EventKind.USE, after_s(WAIT_S), **USED)
    state = take(state, EventKind.TICK, after_s(2 * WAIT_S))
    assert (state.next_rung, state.proposed, state.proposals) == ("", 3, 2)
    for kind in (EventKind.USE, EventKind.SKIP):
        with pytest.raises(LocalError, match="LADDER-VALUE"):
            take(state, kind, after_s(2 * WAIT_S), **USED)


def test_who_waits_is_asked_again_about_the_same_rung() -> None:
    state = take(proposed(), EventKind.WAIT, after_s(WAIT_S), at=after_s(2 * WAIT_S), **PERSON)
    assert (state.status, state.due_at) == (Status.WAITING, after_s(2 * WAIT_S))
    again = take(state, EventKind.TICK, after_s(2 * WAIT_S))
    assert (again.next_rung, again.proposals) == ("cjcs-cgs", 2)


def test_an_answer_ends_the_run_and_names_where_it_stands() -> None:
    state = take(begun(), EventKind.ANSWERED, after_s(60), reference="CT-2022-000007", **PERSON)
    assert (state.status, state.due_at, state.live) == (Status.ANSWERED, None, False)
    assert state.history[-1].note.endswith("answer: CT-2022-000007")


@pytest.mark.parametrize("status", [None, *Status])
@pytest.mark.parametrize("kind", list(EventKind))
def test_what_is_not_in_the_table_is_refused(status: Status | None, kind: EventKind) -> None:
    states: dict[Status | None, Any] = {
        None: lambda: None,
        Status.TRYING: begun,
        Status.PROPOSED: proposed,
        Status.WAITING: lambda: take(proposed(), EventKind.WAIT, after_s(WAIT_S), at=after_s(2 * WAIT_S), **PERSON),
        Status.ANSWERED: lambda: take(begun(), EventKind.ANSWERED, START, **PERSON),
        Status.STOPPED: lambda: take(begun(), EventKind.STOP, START, **PERSON),
    }
    now = after_s(2 * WAIT_S)
    at = after_s(3 * WAIT_S) if kind is EventKind.WAIT else now
    event = Event(kind=kind, at=at, number="P-2022-000002", ladder=LADDER, **USED)
    expected = ladders.TRANSITIONS.get((status, kind))
    if expected is None:
        with pytest.raises(LocalError, match="RUNG-TRANSITION"):
            ladders.step(states[status](), event, now)
    else:
        assert ladders.step(states[status](), event, now).state.status is expected


@pytest.mark.parametrize(
    ("case", "kind", "parts", "code"),
    [
        ("used without a word", EventKind.USE, {**PERSON}, "RUNG-SAYS"),
        ("used with blanks", EventKind.USE, {**PERSON, "says": "  "}, "RUNG-SAYS"),
        ("used by nobody", EventKind.USE, {**USED, "officer": ""}, "RUNG-PERSON"),
        ("skipped without a reason", EventKind.SKIP, {**PERSON, "reason": ""}, "RUNG-PERSON"),
        ("a rung of no ladder", EventKind.USE, {**USED, "rung": "dcia"}, "LADDER-VALUE"),
        ("used tomorrow", EventKind.USE, {**USED, "at": after_s(10 * WAIT_S)}, "LADDER-VALUE"),
        ("waited for nothing", EventKind.WAIT, {**PERSON}, "LADDER-VALUE"),
        ("waited until yesterday", EventKind.WAIT, {**PERSON, "at": START}, "LADDER-VALUE"),
    ],
)
def test_a_person_says_why_and_what_it_says(case: str, kind: EventKind, parts: dict[str, Any], code: str) -> None:
    with pytest.raises(LocalError) as refused:
        take(proposed(), kind, after_s(WAIT_S), **parts)
    assert refused.value.code == code, case


@given(st.lists(st.integers(-3 * WAIT_S, 3 * WAIT_S), min_size=1, max_size=30))
@settings(max_examples=150)
def test_a_deadline_fires_once_at_the_first_clock_at_or_after_it_however_the_clock_jumps(jumps: list[int]) -> None:
    state, now, fired = begun(), 0, []
    for jump in jumps:
        now = max(-3_600, now + jump)
        due = ladders.next_deadline(state)
        if due is not None and due <= after_s(now):
            found = ladders.step(state, Event(kind=EventKind.TICK), after_s(now))
            assert found.proposed
            state = found.state
            fired.append(now)
    clock, late = 0, []
    for jump in jumps:
        clock = max(-3_600, clock + jump)
        late += [clock] if clock >= WAIT_S else []
    assert fired == late[:1]


@given(st.integers(-WAIT_S, WAIT_S - 1))
@settings(max_examples=50)
def test_a_tick_before_the_deadline_changes_nothing(seconds: int) -> None:
    before = begun()
    found = ladders.step(before, Event(kind=EventKind.TICK), after_s(seconds))
    assert (found.state, found.proposed) == (before, False)


@pytest.mark.parametrize(
    ("case", "document"),
    [
        ("no rungs", {"subject": "a", "rungs": []}),
        ("no subject", {"rungs": [{"channel": "a", "wait_s": 1}]}),
        ("a rung twice", {"subject": "a", "rungs": [{"channel": "a", "wait_s": 1}, {"channel": "a", "wait_s": 2}]}),
        ("no wait", {"subject": "a", "rungs": [{"channel": "a", "wait_s": 0}]}),
        ("a wait of months", {"subject": "a", "rungs": [{"channel": "a", "wait_s": 10**8}]}),
        ("no kind of step", {"subject": "a", "rungs": [{"channel": "a", "wait_s": 1}], "plan": [{"kind": "WAR"}]}),
        ("an unknown name", {"subject": "a", "rungs": [{"channel": "a", "wait_s": 1, "colour": "red"}]}),
        ("no object", ["a"]),
    ],
)
def test_a_ladder_that_cannot_be_climbed_is_refused(case: str, document: object) -> None:
    with pytest.raises(LocalError, match="LADDER-VALUE"):
        ladder_from_document(document)
    assert case


def test_ladders_and_runs_go_through_their_bytes() -> None:
    assert ladder_from_value(cbor.decode(cbor.encode(ladder_value(LADDER)))) == LADDER  # type: ignore[arg-type]  # integer keys
    waiting = take(proposed(), EventKind.WAIT, after_s(WAIT_S), at=after_s(2 * WAIT_S), **PERSON)
    for state in (begun(), proposed(), waiting):
        assert run_from_value(cbor.decode(cbor.encode(run_value(state)))) == state  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("field", range(1, 11))
@pytest.mark.parametrize("wrong", ["", b"x", (1,), ((1,),), {1: 1}, -1])
def test_each_field_of_a_run_is_judged(field: int, wrong: Any) -> None:
    with pytest.raises(ArmslengthError):
        run_from_value({**run_value(proposed()), field: wrong})

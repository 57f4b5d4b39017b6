"""The concern machine: what is not in the table is refused, people decide by name, and only R0 or a call conveys."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339
from armslength.register.concerns import (
    EVIDENCE_MAX,
    HISTORY_MAX,
    PERSON_STEPS,
    TRANSITIONS,
    Concern,
    Conveyance,
    Effect,
    Event,
    EventKind,
    Means,
    Status,
    concern_from_value,
    concern_id,
    concern_value,
    step,
)

AT = parse_rfc3339("2022-11-20T11:00:00Z")
LATER = Instant(AT + 60_000_000)
R0 = Conveyance(means=Means.R0, reference="ab" * 32, at=LATER)
CALL = Conveyance(means=Means.RECORDED_CALL, reference="CALL-7", at=LATER)

FLAG = Event(
    kind=EventKind.FLAG,
    reason="Flagged: EVENT of SHELLING.",
    report_ids=("IAEA-1",),
    concern_id="C-2022-0001",
    facility_id="UA-ZNPP",
)


def by_person(kind: EventKind) -> Event:
    return Event(kind=kind, officer="watch-1", reason="The IAEA saw it.")


def event_of(kind: EventKind) -> Event:
    """Return an event with everything that its kind could need, so that only the table can refuse it."""
    return replace(FLAG, kind=kind, officer="watch-1", report_ids=("NEW-1",), conveyance=R0)


def state_in(status: Status) -> Concern:
    return Concern(
        concern_id="C-2022-0001",
        facility_id="UA-ZNPP",
        status=status,
        flagged_at=AT,
        changed_at=AT,
        evidence=("IAEA-1",),
    )


PAIRS = list(itertools.product([None, *Status], EventKind))


@pytest.mark.parametrize(("status", "kind"), PAIRS)
def test_every_pair_of_state_and_event_is_in_the_table_or_refused(status: Status | None, kind: EventKind) -> None:
    state = None if status is None else state_in(status)
    following = TRANSITIONS.get((status, kind))
    if following is None:
        with pytest.raises(LocalError) as refused:
            step(state, event_of(kind), LATER)
        assert refused.value.code == "CONCERN-TRANSITION"
    else:
        assert step(state, event_of(kind), LATER).state.status is following


def test_the_table_is_this_one() -> None:
    words = {
        (status.value if status else "-", kind.value): following.value
        for (status, kind), following in TRANSITIONS.items()
    }
    assert words == {
        ("-", "flag"): "FLAGGED",
        ("FLAGGED", "corroborate"): "CORROBORATED",
        ("FLAGGED", "pursue"): "PURSUED",
        ("FLAGGED", "hold"): "HELD",
        ("FLAGGED", "dismiss"): "DISMISSED",
        ("CORROBORATED", "corroborate"): "CORROBORATED",
        ("CORROBORATED", "pursue"): "PURSUED",
        ("CORROBORATED", "hold"): "HELD",
        ("CORROBORATED", "dismiss"): "DISMISSED",
        ("HELD", "corroborate"): "CORROBORATED",
        ("HELD", "pursue"): "PURSUED",
        ("HELD", "hold"): "HELD",
        ("HELD", "dismiss"): "DISMISSED",
        ("PURSUED", "corroborate"): "PURSUED",
        ("PURSUED", "hold"): "HELD",
        ("PURSUED", "dismiss"): "DISMISSED",
        ("PURSUED", "convey"): "CONVEYED",
        ("DISMISSED", "corroborate"): "DISMISSED",
        ("DISMISSED", "reopen"): "FLAGGED",
        ("CONVEYED", "corroborate"): "CONVEYED",
        ("CONVEYED", "convey"): "CONVEYED",
        ("CONVEYED", "close"): "CLOSED",
        ("CLOSED", "corroborate"): "CLOSED",
        ("CLOSED", "reopen"): "FLAGGED",
    }


def test_every_state_can_be_reached_and_left() -> None:
    assert set(TRANSITIONS.values()) == set(Status)
    for status in Status:
        assert any(state is status and following is not status for (state, _), following in TRANSITIONS.items())


@pytest.mark.parametrize("kind", sorted(PERSON_STEPS))
@pytest.mark.parametrize("missing", ["officer", "reason"])
def test_a_persons_step_needs_his_name_and_his_reason(kind: EventKind, missing: str) -> None:
    status = next(state for (state, event) in TRANSITIONS if event is kind)
    assert status is not None
    with pytest.raises(LocalError) as refused:
        step(state_in(status), replace(by_person(kind), **{missing: " "}), LATER)
    assert refused.value.code == "CONCERN-PERSON"


def test_software_takes_no_step_that_decides() -> None:
    deciding = {kind for (_, kind), after in TRANSITIONS.items() if after in {Status.PURSUED, Status.HELD}}
    assert deciding - {EventKind.CORROBORATE} <= PERSON_STEPS
    assert {EventKind.DISMISS, EventKind.CLOSE, EventKind.REOPEN} <= PERSON_STEPS


def test_a_concern_from_flag_to_close() -> None:
    flagged = step(None, FLAG, AT)
    assert flagged.effects == (Effect.RING_WATCH,)
    pursued = step(flagged.state, by_person(EventKind.PURSUE), LATER)
    assert pursued.effects == (Effect.PROPOSE_DRAFT,)
    conveyed = step(pursued.state, Event(kind=EventKind.CONVEY, conveyance=R0), LATER).state
    closed = step(conveyed, by_person(EventKind.CLOSE), LATER).state
    assert closed.status is Status.CLOSED
    assert closed.conveyances == (R0,)
    assert [(taken.kind.value, taken.officer) for taken in closed.history] == [
        ("flag", ""),
        ("pursue", "watch-1"),
        ("convey", ""),
        ("close", "watch-1"),
    ]
    assert (closed.flagged_at, closed.changed_at) == (AT, LATER)


def test_nothing_is_conveyed_without_proof() -> None:
    with pytest.raises(LocalError) as refused:
        step(state_in(Status.PURSUED), Event(kind=EventKind.CONVEY, officer="watch-1", reason="sent"), LATER)
    assert refused.value.code == "CONCERN-NOT-CONVEYED"


@pytest.mark.parametrize(
    ("means", "reference"), [(Means.R0, "CALL-7"), (Means.R0, "AB" * 32), (Means.RECORDED_CALL, "")]
)
def test_a_proof_names_the_envelope_or_the_record_of_the_call(means: Means, reference: str) -> None:
    with pytest.raises(LocalError) as refused:
        Conveyance(means=means, reference=reference, at=AT)
    assert refused.value.code == "CONCERN-NOT-CONVEYED"


def test_a_call_is_conveyed_by_the_officer_who_recorded_it() -> None:
    called = Event(kind=EventKind.CONVEY, conveyance=CALL)
    with pytest.raises(LocalError) as refused:
        step(state_in(Status.PURSUED), called, LATER)
    assert refused.value.code == "CONCERN-PERSON"
    named = replace(called, officer="watch-1", reason="read out in Russian")
    assert step(state_in(Status.PURSUED), named, LATER).state.conveyances == (CALL,)


def test_the_same_receipt_by_a_second_bearer_changes_nothing() -> None:
    once = step(state_in(Status.PURSUED), Event(kind=EventKind.CONVEY, conveyance=R0), LATER).state
    again = Event(kind=EventKind.CONVEY, conveyance=replace(R0, at=Instant(LATER + 1)))
    assert step(once, again, Instant(LATER + 1)).state is once
    both = step(once, replace(again, conveyance=CALL, officer="watch-1", reason="by voice too"), LATER).state
    assert both.conveyances == (R0, CALL)


@pytest.mark.parametrize(
    ("status", "effects"),
    [
        (Status.FLAGGED, (Effect.RING_WATCH,)),
        (Status.HELD, (Effect.RING_WATCH,)),
        (Status.CORROBORATED, ()),
        (Status.PURSUED, ()),
        (Status.CONVEYED, (Effect.PROPOSE_UPDATE,)),
        (Status.DISMISSED, (Effect.PROPOSE_REOPEN,)),
        (Status.CLOSED, (Effect.PROPOSE_REOPEN,)),
    ],
)
def test_more_evidence_is_kept_in_every_state_and_says_what_to_do(status: Status, effects: tuple[Effect, ...]) -> None:
    after = step(state_in(status), Event(kind=EventKind.CORROBORATE, report_ids=("UA-1", "UA-1")), LATER)
    assert after.state.evidence == ("IAEA-1", "UA-1")
    assert after.effects == effects


def test_the_same_report_again_rings_nobody() -> None:
    state = state_in(Status.FLAGGED)
    after = step(state, Event(kind=EventKind.CORROBORATE, report_ids=("IAEA-1",)), LATER)
    assert after.state is state
    assert after.effects == ()


@pytest.mark.parametrize(
    ("report_ids", "code"),
    [
        ((), "CONCERN-EVIDENCE"),
        (("a b",), "CONCERN-EVIDENCE"),
        (tuple(f"R-{n}" for n in range(EVIDENCE_MAX)), "CONCERN-EVIDENCE"),
    ],
    ids=["none", "no id", "too many"],
)
def test_a_concern_rests_on_reports_that_can_be_cited(report_ids: tuple[str, ...], code: str) -> None:
    with pytest.raises(LocalError) as refused:
        step(state_in(Status.FLAGGED), Event(kind=EventKind.CORROBORATE, report_ids=report_ids), LATER)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "change", [{"concern_id": "concern 1"}, {"facility_id": ""}, {"reason": ""}, {"reason": "a\u202eb"}], ids=str
)
def test_a_flag_without_id_facility_or_rule_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(LocalError):
        step(None, replace(FLAG, **change), AT)


def test_a_reason_that_cannot_be_shown_is_refused_from_software_too() -> None:
    with pytest.raises(LocalError, match="TEXT-CONTROL"):
        step(state_in(Status.PURSUED), Event(kind=EventKind.CONVEY, conveyance=R0, reason="\x1b[2J"), AT)


def test_the_history_of_one_concern_is_bounded() -> None:
    taken = step(None, FLAG, AT).state.history * HISTORY_MAX
    with pytest.raises(LocalError, match="CONCERN-VALUE"):
        step(replace(state_in(Status.HELD), history=taken), by_person(EventKind.HOLD), LATER)


def test_ids_are_numbers_of_the_year_and_nothing_is_drawn() -> None:
    assert concern_id(2022, 1) == "C-2022-0001"
    assert concern_id(2022, 12345) == "C-2022-12345"
    for year, number in [(22222, 1), (2022, -1), (2022, 10**9)]:
        with pytest.raises(LocalError, match="CONCERN-VALUE"):
            concern_id(year, number)


def test_the_state_comes_back_from_its_view() -> None:
    state = step(None, FLAG, AT).state
    state = step(state, by_person(EventKind.PURSUE), LATER).state
    state = step(state, Event(kind=EventKind.CONVEY, conveyance=R0), LATER).state
    assert concern_from_value(cbor.decode(cbor.encode(concern_value(state)))) == state


@pytest.mark.parametrize(
    ("number", "value"),
    [
        *((number, None) for number in range(1, 9)),
        (1, "C-1"),
        (3, "OPEN"),
        (7, (("R0",),)),
        (7, (("PIGEON", "ab" * 32, AT),)),
        (8, (("flag", 0, None, None),)),
        (8, ("flag",)),
    ],
)
def test_a_damaged_view_gives_a_typed_error(number: int, value: Any) -> None:
    with pytest.raises(LocalError, match="CONCERN-VALUE"):
        concern_from_value({**concern_value(step(None, FLAG, AT).state), number: value})  # type: ignore[dict-item]

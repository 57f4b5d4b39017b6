"""The machine of a case: its table, what only persons do, and that nothing told is ever changed."""

from __future__ import annotations

from itertools import product

import pytest

from armslength.channels import cases
from armslength.channels.cases import TRANSITIONS, Case, Event, EventKind, Status, case_from_value, case_value, step
from armslength.channels.cases_accounts import Account
from armslength.core.errors import LocalError
from armslength.core.instants import Instant

NOW = Instant(1_678_773_780_000_000)
OPEN = Event(kind=EventKind.OPEN, officer="w", reason="reports", number="CASE-2023-000001", title="A loss")


def opened() -> Case:
    return step(None, OPEN, NOW).state


def told(state: Case, source: str, *, used: bool) -> Case:
    account = Account(number=0, source=source, question="used", about="", answer=used, says="x")
    return step(state, Event(kind=EventKind.ACCOUNT, officer="w", reason="told", account=account), NOW).state


def taken(state: Case, kind: EventKind, *, pair: tuple[str, str] | None = None, reason: str = "because") -> Case:
    reference = ("log", "7") if kind in {EventKind.JOIN, EventKind.LEAVE} else None
    return step(state, Event(kind=kind, officer="w", reason=reason, pair=pair, reference=reference), NOW).state


@pytest.mark.parametrize(("status", "kind"), list(product((None, *Status), EventKind)))
def test_what_is_not_in_the_table_is_refused(status: Status | None, kind: EventKind) -> None:
    state = None if status is None else opened()
    if state is not None and status is Status.CLOSED:
        state = taken(state, EventKind.CLOSE)
    event = Event(kind=kind, officer="w", reason="because", number="CASE-2023-000001", title="A loss")
    if (status, kind) not in TRANSITIONS:
        with pytest.raises(LocalError, match="CASE-TRANSITION"):
            step(state, event, NOW)


@pytest.mark.parametrize("kind", sorted(cases.PERSON_STEPS))
def test_a_step_needs_an_officer_and_a_reason(kind: EventKind) -> None:
    state = None if kind is EventKind.OPEN else opened()
    if kind is EventKind.REOPEN:
        state = taken(opened(), EventKind.CLOSE)
    for officer, reason in (("", "because"), ("w", " ")):
        with pytest.raises(LocalError, match="CASE-PERSON"):
            step(state, Event(kind=kind, officer=officer, reason=reason), NOW)


def test_accounts_are_numbered_and_never_change() -> None:
    state = told(told(opened(), "A", used=True), "B", used=False)
    assert [(one.number, one.source, one.answer) for one in state.accounts] == [(1, "A", True), (2, "B", False)]
    after = taken(taken(state, EventKind.CONTRADICTION, pair=("account 2", "account 1")), EventKind.ASSESS)
    assert after.accounts == state.accounts
    assert case_from_value(case_value(after)) == after


def test_a_case_closes_when_what_was_stated_was_assessed() -> None:
    state = told(told(opened(), "A", used=True), "B", used=False)
    state = taken(state, EventKind.CONTRADICTION, pair=("account 2", "account 1"))
    with pytest.raises(LocalError, match="CASE-UNASSESSED"):
        taken(state, EventKind.CLOSE)
    # A general assessment of the case judges no pair.
    with pytest.raises(LocalError, match="CASE-UNASSESSED"):
        taken(taken(state, EventKind.ASSESS), EventKind.CLOSE)
    state = taken(state, EventKind.ASSESS, pair=("account 1", "account 2"), reason="both stay")
    assert taken(state, EventKind.CLOSE).status is Status.CLOSED
    assert taken(taken(state, EventKind.CLOSE), EventKind.REOPEN).status is Status.OPEN


@pytest.mark.parametrize(
    "pair", [None, ("account 1", "account 1"), ("", "x"), ("account 1", "account 9"), ("account 1", "account 2")]
)
def test_a_pair_is_two_of_the_case_stated_once(pair: tuple[str, str] | None) -> None:
    state = told(told(opened(), "A", used=True), "B", used=False)
    state = taken(state, EventKind.CONTRADICTION, pair=("account 1", "account 2"))
    with pytest.raises(LocalError, match="CASE-VALUE"):
        taken(state, EventKind.CONTRADICTION, pair=pair)


def test_comparing_is_no_step_of_the_story() -> None:
    state = opened()
    after = step(state, Event(kind=EventKind.COMPARE), NOW)
    assert (after.state.history, after.effects) == (state.history, (cases.Effect.COMPARE,))


def test_references_have_one_order() -> None:
    assert cases.in_order("account 10", "account 9") == ("account 9", "account 10")
    assert cases.in_order("D-2023-000001", "CT-2023-000001") == ("CT-2023-000001", "D-2023-000001")


@pytest.mark.parametrize("value", [None, {}, {1: 1}, {1: "CASE-2023-000001", 2: "x", 5: "GONE", 6: NOW, 7: NOW}])
def test_what_is_no_case_is_refused(value: object) -> None:
    with pytest.raises(LocalError, match="CASE-VALUE"):
        case_from_value(value)  # type: ignore[arg-type]  # what a damaged view may hold


@pytest.mark.parametrize(
    "reference", [None, ("rumour", "1"), ("log", ""), ("log", "a b"), ("log", "x" * 129), ("message", "zz zz")]
)
def test_what_is_no_reference_is_refused(reference: tuple[str, str] | None) -> None:
    with pytest.raises(LocalError, match="CASE-VALUE"):
        cases.check_reference(reference)

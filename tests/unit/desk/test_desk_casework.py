"""Cases at the desk: opened, joined by other records, told of, held against each other, rebuilt to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.desk import case_changes, case_reading, casework, clockwork, service_cases, views
from armslength.desk.prepared import Prepared
from armslength.desk.rebuilding import rebuild
from armslength.line import fields
from builders import two_nodes
from builders.local_acts import record
from builders.three_nodes import alarms_of, by_officer
from builders.two_nodes import LEGAL, WATCH

if TYPE_CHECKING:
    from builders.two_nodes import Party, TwoNodes

Json = Any
CASE = "CASE-2022-000001"


@pytest.fixture
def party() -> Party:
    made = two_nodes.Party(code="EUCOM", time=two_nodes.Time())
    made.found()
    return made


def open_case(party: Party, **more: Json) -> str:
    given = {"title": "Shelling of the plant", "subject": "ZNPP", "reason": "several reports on one event", **more}
    return str(record(party, "case", given)[20])


def step(party: Party, kind: str, **more: Json) -> None:
    record(party, "case-step", {"case": CASE, "step": kind, **more})


def account(party: Party, source: str, question: str, *answer: str, about: str = "", says: str = "as quoted") -> None:
    step(party, "account", source=source, question=question, answer=list(answer), about=about, says=says)


def shown(party: Party) -> Json:
    with party.read() as books:
        return case_reading.read_case(books, CASE)


def same_after_rebuild(party: Party) -> None:
    with party.write() as books:
        rebuild(books)


def test_two_accounts_stay_two_and_ring_once(party: Party) -> None:
    assert open_case(party) == CASE
    account(party, "Ministry A", "by-whom", "NDMC")
    account(party, "Ministry B", "by-whom", "UA-GS")
    account(party, "Monitor", "law", says="the place is protected")
    found = shown(party)
    assert [len(one["accounts"]) for one in found["questions"]] == [2, 1]
    assert [(one["first"], one["second"], one["state"]) for one in found["disputes"]] == [
        ("account 1", "account 2", "FOUND")
    ]
    rung = alarms_of(party, "CASE-CONTRADICTION")
    assert len(rung) == 1
    assert "Ministry A / Ministry B: NDMC / UA-GS" in rung[0][2]
    step(party, "join", reference=f"log:{log_line(party)}", reason="the same hour")
    assert len(alarms_of(party, "CASE-CONTRADICTION")) == 1
    same_after_rebuild(party)


def log_line(party: Party, text: str = "a line") -> int:
    record(party, "log", {"text": text, "tags": ["plant"]})
    with party.read() as books:
        return books.unit.frontier().size - 1


def test_a_suggestion_is_accepted_assessed_and_only_then_the_case_closes(party: Party) -> None:
    open_case(party)
    account(party, "A", "count", "12")
    account(party, "B", "count", "20")
    step(party, "contradiction", first="1", second="2")
    assert shown(party)["disputes"][0]["what"] == "How many? A / B: 12 / 20"
    with pytest.raises(LocalError, match="CASE-UNASSESSED"):
        step(party, "close", reason="over")
    step(party, "assess", first="2", second="1", reason="different hours are counted; both stand")
    assert shown(party)["disputes"][0]["state"] == "ASSESSED"
    step(party, "close", reason="over")
    with pytest.raises(LocalError, match="CASE-TRANSITION"):
        account(party, "C", "count", "13")
    step(party, "reopen", reason="a third count")
    account(party, "C", "count", "13")
    assert shown(party)["contradictions"] == 3
    same_after_rebuild(party)


def test_what_left_a_case_is_kept_with_its_reason(party: Party) -> None:
    open_case(party)
    reference = f"log:{log_line(party)}"
    step(party, "join", reference=reference, reason="looked like it")
    with pytest.raises(LocalError, match="CASE-REFERENCE"):
        step(party, "join", reference=reference, reason="twice")
    step(party, "leave", reference=reference, reason="another place")
    found = shown(party)
    assert found["joins"] == []
    assert found["left"][0]["because"] == "another place"
    step(party, "join", reference=reference, reason="after all")
    assert [one["title"] for one in shown(party)["joins"]] == ["a line"]
    same_after_rebuild(party)


@pytest.mark.parametrize(
    ("case", "kind", "given", "code"),
    [
        ("no such case", "case-step", {"case": "CASE-2022-000009", "step": "close", "reason": "x"}, "CASE-UNKNOWN"),
        ("a step of no machine", "case-step", {"step": "merge", "reason": "x"}, "CASE-VALUE"),
        ("no step of a person", "case-step", {"step": "compare", "reason": "x"}, "CASE-TRANSITION"),
        ("without a reason", "case-step", {"step": "close"}, "CASE-PERSON"),
        ("what is not there", "case-step", {"step": "join", "reference": "CT-2022-000001"}, "CASE-REFERENCE"),
        ("no statement exists", "case-step", {"step": "join", "reference": "statement:1"}, "CASE-REFERENCE"),
        ("left before it joined", "case-step", {"step": "leave", "reference": "log:0"}, "CASE-REFERENCE"),
        ("no answer", "case-step", {"step": "account", "source": "A", "question": "count", "says": "x"}, "CASE-VALUE"),
        ("no pair", "case-step", {"step": "contradiction", "reason": "x"}, "CASE-VALUE"),
        ("nobody's", "case-step", {"step": "contradiction", "first": "1", "second": "2", "reason": "x"}, "CASE-VALUE"),
        ("an empty title", "case", {"title": " ", "reason": "x"}, "CASE-VALUE"),
        ("a log line of tomorrow", "log", {"text": "x", "at": "2022-11-21T12:00:00Z"}, "LOG-VALUE"),
    ],
)
def test_what_a_case_refuses(party: Party, case: str, kind: str, given: Json, code: str) -> None:
    open_case(party)
    with pytest.raises(LocalError) as caught:
        record(party, kind, {"case": CASE, **given})
    assert caught.value.code == code, case


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({20: CASE, 21: "compare", 22: "x"}, "CASE-TRANSITION"),
        ({20: CASE, 21: 7, 22: "x"}, "CASE-VALUE"),
        ({20: CASE, 21: "account", 22: "x", 24: (1, "A", "place", "", (0, 0), "x", "", None, "", None)}, "CASE-VALUE"),
        ({20: CASE, 21: "account", 22: "x", 24: "no account"}, "CASE-VALUE"),
        ({20: CASE, 21: "join", 22: "x", 23: ("log", "9999")}, "CASE-REFERENCE"),
        ({20: CASE, 21: "join", 22: "x", 23: ("case",)}, "CASE-VALUE"),
        ({20: CASE, 21: "contradiction", 22: "x", 25: ("same", "same")}, "CASE-VALUE"),
    ],
)
def test_a_body_from_outside_is_checked_again(party: Party, body: Json, code: str) -> None:
    open_case(party)

    def prepare(books: Any) -> Prepared:
        return Prepared(type="case-step", line=b"", seed=bytes(32), body={**books.common(party.officer(WATCH)), **body})

    assert by_officer(party, "assess", prepare, casework.submit).startswith(code)


def test_a_number_is_taken_once_and_roles_are_held(party: Party) -> None:
    with party.read() as books:
        first = casework.prepare_case(books, party.officer(WATCH), {"title": "One", "reason": "x"})
        second = casework.prepare_case(books, party.officer(WATCH), {"title": "Two", "reason": "x"})
        third = casework.prepare_case(books, party.officer(LEGAL), {"title": "Three", "reason": "x"})
    with party.write() as books:
        casework.submit(books, party.signed(first, "record", WATCH))
    with party.write() as books, pytest.raises(LocalError, match="NUMBER-TAKEN"):
        casework.submit(books, party.signed(second, "record", WATCH))
    with party.write() as books, pytest.raises(LocalError, match="ROLE-REFUSED"):
        casework.submit(books, party.signed(third, "record", LEGAL))


def test_records_join_by_themselves_and_the_clock_compares(party: Party) -> None:
    open_case(party)
    record(party, "log", {"text": "noted for the case", "references": [CASE]})
    with party.read() as books:
        assert clockwork.next_due(books.unit) == books.now
    with party.write() as books:
        clockwork.tick(books)
    with party.read() as books:
        assert books.unit.next_due(views.CASES) is None
        assert [one.kind for one in case_changes.links(books.unit, CASE)] == ["log"]
    same_after_rebuild(party)


def test_a_message_joins_the_case_that_it_names_and_so_does_its_answer() -> None:
    two: TwoNodes = two_nodes.opened()
    open_case(two.eucom)
    sent = two.eucom.send(two.line, values={**two_nodes.CONCERN_VALUES, fields.CASE_REFERENCE: CASE})
    two.flush()
    reply = two.ndmc.send(
        two.line, "REPLY", {fields.ANSWERS: sent, 100: "confirm", fields.CASE_REFERENCE: CASE}, Precedence.IMMEDIATE
    )
    two.flush()
    with two.eucom.read() as books:
        found = [one.reference for one in case_changes.links(books.unit, CASE)]
        timeline = service_cases.READS_ONE["case-timeline"](books, CASE, {})
    assert found == [sent.hex(), reply.hex()]
    assert [(one["kind"], one["proof"]) for one in timeline if one["kind"] == "message"] == [("message", "SIGNED")] * 2
    with two.ndmc.read() as books:
        # What the other side calls a case joins nothing here, though a case of that number stands.
        assert books.unit.scan(views.CASE_LINKS) == []
    same_after_rebuild(two.eucom)

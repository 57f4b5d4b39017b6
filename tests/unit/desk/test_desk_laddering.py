"""Ladders at the desk: the clock proposes once and rings, a person decides, and every step rebuilds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from armslength.channels.ladders import Status
from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.desk import clockwork, ladder_changes, laddering
from armslength.desk.prepared import Prepared
from armslength.desk.rebuilding import rebuild
from builders.channel_books import book, refusal, with_book
from builders.local_acts import record
from builders.three_nodes import alarms_of
from builders.two_nodes import RELEASER, WATCH

if TYPE_CHECKING:
    from armslength.channels.ladders import Run
    from builders.two_nodes import Party

SUBJECT = "critical-infrastructure"
BEGIN: dict[str, Any] = {
    "subject": SUBJECT,
    "says": "a staff matter, no threat",
    "reason": "shelling near the plant",
    "links": [["concern", "C-2022-0001"]],
}
RUN = "P-2022-000001"
USE = {"run": RUN, "answer": "use", "reason": "no answer for two hours", "says": "soldiers take it seriously"}
APPROVED = {"approved_by": "the Chairman"}


@pytest.fixture
def party() -> Party:
    return with_book()


def state(party: Party, number: str = RUN) -> Run:
    with party.read() as books:
        return laddering.run(books, number)


def tick(party: Party, seconds: float = 0) -> int:
    party.time.pass_s(seconds)
    with party.write() as books:
        return clockwork.tick(books)


def test_a_run_is_proposed_the_next_rung_once_and_a_person_uses_it(party: Party) -> None:
    record(party, "rung-begin", BEGIN)
    assert tick(party, 7_199) == 0
    assert tick(party, 1) == 1
    assert tick(party, 3_600) == 0
    assert [(kind, detail.split(",")[0]) for _, kind, detail in alarms_of(party, "RUNG-")] == [("RUNG-PROPOSED", RUN)]
    assert (state(party).status, state(party).next_rung) == (Status.PROPOSED, "cjcs-cgs")
    assert refusal(party, "rung", USE) == "RUNG-APPROVAL"
    assert refusal(party, "rung", {**USE, **APPROVED}) == ""
    assert (state(party).status, state(party).rung) == (Status.TRYING, "cjcs-cgs")
    assert "approved by the Chairman" in state(party).history[-1].note
    with party.write() as books:
        rebuild(books)
    assert refusal(party, "rung", {"run": RUN, "answer": "answered", "reason": "CGS called", "reference": "CT-1"}) == ""
    assert tick(party, 10**6) == 0


def test_a_rung_used_since_long_is_proposed_at_once(party: Party) -> None:
    record(party, "rung-begin", {**BEGIN, "since": "2022-11-20T08:00:00Z"})
    assert tick(party) == 1


def test_a_clock_that_is_set_back_and_forth_rings_once(party: Party) -> None:
    record(party, "rung-begin", BEGIN)
    start = party.time.at
    for hours in (-5, 1, 3, -5, 3, 9):
        party.time.at = Instant(start + hours * 3_600_000_000)
        with party.write() as books:
            clockwork.tick(books)
    assert len(alarms_of(party, "RUNG-PROPOSED")) == 1
    assert state(party).proposals == 1


def test_waiting_skipping_and_the_plan_at_the_end(party: Party) -> None:
    record(party, "rung-begin", {**BEGIN, "rung": "dcia", **APPROVED})
    tick(party, 172_800)
    wait = {"run": RUN, "answer": "wait", "reason": "their holiday", "until": "2022-11-23T11:00:00Z"}
    assert refusal(party, "rung", wait) == ""
    assert tick(party, 86_400) == 1
    assert state(party).next_rung == "THIRD-PARTY"
    assert refusal(party, "rung", {"run": RUN, "answer": "skip", "reason": "no time"}) == ""
    assert refusal(party, "rung", {**USE, "says": "the world is told"}) == ""
    assert state(party).rung == "PUBLIC"
    tick(party, 86_400)
    assert alarms_of(party, "RUNG-")[-1][2].endswith("next: no rung is left")
    assert refusal(party, "rung", {"run": RUN, "answer": "stop", "reason": "nothing is left"}) == ""
    with party.write() as books:
        rebuild(books)
        assert laddering.runs(books, 5) == []
        assert [one.number for one in laddering.runs(books, 5, every=True)] == [RUN]


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("rung-begin", {**BEGIN, "subject": "weather"}, "LADDER-UNKNOWN"),
        ("rung-begin", {**BEGIN, "says": ""}, "RUNG-SAYS"),
        ("rung-begin", {**BEGIN, "reason": ""}, "RUNG-PERSON"),
        ("rung-begin", {**BEGIN, "rung": "secdef-mod"}, "RUNG-APPROVAL"),
        ("rung-begin", {**BEGIN, "rung": "nowhere"}, "LADDER-VALUE"),
        ("rung-begin", {**BEGIN, "links": [["case", ""]]}, "LADDER-VALUE"),
        ("rung", {**USE, "run": "P-2022-000009"}, "RUN-UNKNOWN"),
        ("rung", {**USE, "run": "№ 1"}, "RUN-UNKNOWN"),
        ("rung", {**USE, **APPROVED, "says": ""}, "RUNG-SAYS"),
        ("rung", {**USE, "answer": "wait"}, "RUNG-TRANSITION"),
        ("rung", {**USE, "answer": "climb"}, "LADDER-VALUE"),
        ("rung", {**USE, "answer": "tick"}, "RUNG-PERSON"),
    ],
)
def test_what_no_person_may_do_is_refused(party: Party, kind: str, given: dict[str, Any], code: str) -> None:
    record(party, "rung-begin", BEGIN)
    assert refusal(party, kind, given) == code


def test_a_ladder_has_channels_of_the_book_and_is_set_by_who_decides(party: Party) -> None:
    (ladder,) = book()["ladders"]
    given = {"document": {**ladder, "rungs": [{"channel": "nowhere", "wait_s": 60}]}, "reason": "shorter"}
    assert refusal(party, "ladder", given, RELEASER) == "CHANNEL-UNKNOWN"
    assert refusal(party, "ladder", {"document": ladder, "reason": ""}, RELEASER) == "LADDER-VALUE"
    assert refusal(party, "ladder", {"document": ladder, "reason": "again"}, WATCH) == "ROLE-REFUSED"
    with party.read() as books, pytest.raises(LocalError, match="LADDER-UNKNOWN"):
        laddering.ladder(books, "weather")


def test_a_run_keeps_the_ladder_it_began_on(party: Party) -> None:
    record(party, "rung-begin", BEGIN)
    (ladder,) = book()["ladders"]
    shorter = {**ladder, "rungs": ladder["rungs"][:1]}
    record(party, "ladder", {"document": shorter, "reason": "shorter"}, RELEASER)
    tick(party, 7_200)
    assert state(party).next_rung == "cjcs-cgs"
    with party.write() as books:
        rebuild(books)


@pytest.mark.parametrize("field", [20, 21, 22, 23, 24, 25, 27, 28])
@pytest.mark.parametrize("wrong", [None, 7, b"x", (1,), {1: 1}, "№"])
def test_a_body_from_outside_is_judged_field_by_field(party: Party, field: int, wrong: Any) -> None:
    with party.write() as books:
        prepared = laddering.prepare_begin(
            books, party.officer(WATCH), SUBJECT, rung="", reason="why", says="what it says"
        )
        body = {**prepared.body, field: wrong}
        made = Prepared(type="rung", line=b"", seed=prepared.seed, body=body)
        if (field, wrong) in ((22, None), (23, None), (24, "№"), (25, "№"), (28, None)):
            laddering.submit_rung(books, party.signed(made, "decide", WATCH))
            return
        with pytest.raises(LocalError):
            laddering.submit_rung(books, party.signed(made, "decide", WATCH))


def test_open_runs_are_found_behind_any_number_of_ended_ones(party: Party) -> None:
    record(party, "rung-begin", BEGIN)
    before = state(party)
    with party.write() as books:
        for number in range(2, 303):
            name = f"P-2022-{number:06}"
            ladder_changes.put(books.unit, replace(before, number=name, status=Status.STOPPED, due_at=None))
        assert [one.number for one in laddering.runs(books, 10)] == [RUN]
        assert len(laddering.runs(books, 300, every=True)) == 300


def test_two_runs_prepared_at_once_do_not_take_one_number(party: Party) -> None:
    with party.write() as books:
        made = [
            laddering.prepare_begin(books, party.officer(WATCH), SUBJECT, rung="", reason="why", says="what it says")
            for _ in range(2)
        ]
        laddering.submit_rung(books, party.signed(made[0], "decide", WATCH))
        with pytest.raises(LocalError, match="NUMBER-TAKEN"):
            laddering.submit_rung(books, party.signed(made[1], "decide", WATCH))

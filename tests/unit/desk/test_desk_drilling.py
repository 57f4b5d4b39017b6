"""Drills at the desk: clear of every change of the watch, with the script that was planned, stopped by a new roster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.channels.drills import Status
from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339
from armslength.desk import clockwork, drilling
from armslength.desk.prepared import Prepared
from armslength.desk.rebuilding import rebuild
from builders.channel_books import founded, refusal
from builders.local_acts import record
from builders.three_nodes import alarms_of
from builders.two_nodes import RELEASER, WATCH
from builders.watches import ROSTER, WATCHES, on_watch

if TYPE_CHECKING:
    from builders.two_nodes import Party

PLAN: dict[str, Any] = {
    "title": "Reachability",
    "script": "Call and say: this is an exercise.",
    "from": "2022-11-20T12:00:00Z",
    "until": "2022-11-20T13:00:00Z",
    "reason": "monthly",
}
NUMBER = "DR-2022-000001"
BOTH = [["day", "eucom-release-1"], ["night", "eucom-principal-1"]]
NEAR = {**PLAN, "from": "2022-11-20T17:00:00Z", "until": "2022-11-20T17:45:00Z"}


@pytest.fixture
def party() -> Party:
    return on_watch()


def step(party: Party, name: str, post: str = WATCH) -> str:
    return refusal(party, "drill", {"drill": NUMBER, "step": name, "reason": "as planned"}, post)


def status(party: Party) -> Status:
    with party.read() as books:
        return drilling.drill(books, NUMBER).status


def at(party: Party, text: str) -> int:
    party.time.at = parse_rfc3339(text)
    with party.write() as books:
        return clockwork.tick(books)


def test_a_drill_is_planned_begun_and_ended(party: Party) -> None:
    record(party, "drill-plan", PLAN)
    at(party, "2022-11-20T12:00:00Z")
    assert step(party, "begin") == ""
    assert step(party, "end") == ""
    assert step(party, "begin") == "DRILL-TRANSITION"
    assert status(party) is Status.ENDED
    with party.write() as books:
        rebuild(books)


@pytest.mark.parametrize(
    ("case", "changes", "code"),
    [
        ("near the change", NEAR, "DRILL-SHIFT"),
        ("over the change", {**NEAR, "until": "2022-11-20T19:00:00Z"}, "DRILL-SHIFT"),
        ("one watch supervised", {**NEAR, "supervisors": BOTH[:1]}, "DRILL-SHIFT"),
        ("somebody who is on none", {**NEAR, "supervisors": [["day", "x"], ["night", "y"]]}, "DRILL-SHIFT"),
        ("both supervised", {**NEAR, "supervisors": BOTH}, ""),
        ("beyond the roster", {"from": "2022-11-25T12:00:00Z", "until": "2022-11-25T13:00:00Z"}, "DRILL-ROSTER"),
        ("in the past", {"from": "2022-11-20T08:00:00Z", "until": "2022-11-20T09:00:00Z"}, "DRILL-VALUE"),
        ("no script", {"script": " "}, "DRILL-VALUE"),
    ],
)
def test_a_drill_stands_clear_of_the_change_of_the_watch(
    party: Party, case: str, changes: dict[str, Any], code: str
) -> None:
    assert refusal(party, "drill-plan", {**PLAN, **changes}) == code, case


def test_without_a_roster_nobody_knows_when_the_watch_changes() -> None:
    assert refusal(founded(), "drill-plan", PLAN) == "DRILL-ROSTER"


@pytest.mark.parametrize("text", ["2022-11-20T11:29:00Z", "2022-11-20T13:00:00Z"])
def test_a_drill_begins_in_its_time(party: Party, text: str) -> None:
    record(party, "drill-plan", PLAN)
    at(party, text)
    assert step(party, "begin") == "DRILL-VALUE"


def test_a_running_drill_that_meets_a_changed_roster_is_stopped_and_rings(party: Party) -> None:
    record(party, "drill-plan", PLAN)
    at(party, "2022-11-20T12:00:00Z")
    assert step(party, "begin") == ""
    earlier = [{**WATCHES[0], "until": "2022-11-20T12:20:00Z"}, {**WATCHES[1], "from": "2022-11-20T12:20:00Z"}]
    record(party, "roster", {"document": {**ROSTER, "watches": earlier}, "reason": "illness"})
    at(party, "2022-11-20T12:00:00Z")
    assert status(party) is Status.STOPPED
    assert [kind for _, kind, _ in alarms_of(party, "DRILL-")] == ["DRILL-STOPPED"]
    assert step(party, "begin") == "DRILL-SHIFT"
    assert step(party, "call-off") == ""
    assert at(party, "2022-11-20T12:10:00Z") == 0
    with party.write() as books:
        rebuild(books)


def test_a_drill_that_runs_on_is_stopped_half_an_hour_before_the_change_once(party: Party) -> None:
    record(party, "drill-plan", PLAN)
    at(party, "2022-11-20T12:00:00Z")
    assert step(party, "begin") == ""
    at(party, "2022-11-20T17:29:59Z")
    assert status(party) is Status.RUNNING
    for text in ("2022-11-20T17:30:00Z", "2022-11-20T12:30:00Z", "2022-11-20T17:40:00Z"):
        at(party, text)
    assert status(party) is Status.STOPPED
    assert len(alarms_of(party, "DRILL-STOPPED")) == 1


def test_a_planned_drill_that_a_new_roster_crosses_rings(party: Party) -> None:
    record(party, "drill-plan", PLAN)
    earlier = [{**WATCHES[0], "until": "2022-11-20T12:20:00Z"}, {**WATCHES[1], "from": "2022-11-20T12:20:00Z"}]
    record(party, "roster", {"document": {**ROSTER, "watches": earlier}, "reason": "illness"})
    assert [detail for _, _, detail in alarms_of(party, "DRILL-")] == [
        f"{NUMBER} is planned near the change of the watch at 2022-11-20T12:20:00Z"
    ]
    assert status(party) is Status.PLANNED


def test_what_is_begun_is_what_was_planned(party: Party) -> None:
    record(party, "drill-plan", PLAN)
    party.time.at = Instant(party.time.at + 3_600_000_000)
    with party.write() as books:
        made = drilling.prepare_step(books, party.officer(WATCH), NUMBER, "BEGIN", "why")
        other = Prepared(type="drill", line=b"", seed=made.seed, body={**made.body, 28: b"\x00" * 32})
        with pytest.raises(LocalError, match="DRILL-VALUE"):
            drilling.submit_drill(books, party.signed(other, "decide", WATCH))


@pytest.mark.parametrize("kind", ["stop", "climb", ""])
def test_only_the_node_stops_and_nobody_does_what_is_no_step(party: Party, kind: str) -> None:
    record(party, "drill-plan", PLAN)
    assert step(party, kind) == "DRILL-VALUE"
    assert refusal(party, "drill", {"drill": "DR-2022-000009", "step": "end", "reason": "x"}) == "DRILL-UNKNOWN"


@pytest.mark.parametrize("field", range(20, 28))
@pytest.mark.parametrize("wrong", [None, 7, b"x", (1,), {1: 1}])
def test_a_body_from_outside_is_judged_field_by_field(party: Party, field: int, wrong: Any) -> None:
    with party.write() as books:
        made = drilling.prepare_plan(
            books,
            party.officer(RELEASER),
            title="t",
            script="s",
            from_at=parse_rfc3339(PLAN["from"]),
            until_at=parse_rfc3339(PLAN["until"]),
            reason="r",
        )
        bad = Prepared(type="drill", line=b"", seed=made.seed, body={**made.body, field: wrong})
        with pytest.raises(LocalError):
            drilling.submit_drill(books, party.signed(bad, "decide", RELEASER))

from __future__ import annotations

import json
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.precedence import Precedence
from armslength.desk import alarms, drafting, service_floor, views, watching
from armslength.entrypoints.api.floor import Floor
from armslength.line.receipts import Level
from builders import two_nodes
from builders.two_nodes import WATCH, Party, TwoNodes

if TYPE_CHECKING:
    from armslength.desk.kept import Kept


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def floor(party: Party, kept: Kept | None = None) -> dict[str, Any]:
    with party.read() as books:
        if kept is not None:
            object.__setattr__(books, "kept", kept)
        found = service_floor.read_floor(books)
    json.dumps(found, allow_nan=False)
    return Floor.model_validate(found).model_dump()


def test_an_empty_floor_is_whole(two: TwoNodes) -> None:
    found = floor(two.eucom)
    assert [line["peer"] for line in found["lines"]] == ["NDMC"]
    assert (found["owed"], found["drafts_waiting"], found["checks"]) == ([], 0, [])
    assert found["concerns"] == {"open": 0, "unassessed": 0}
    assert found["watch"]["holder"] is None
    assert {one["officer"] for one in found["releasers"]} == {"eucom-release-1", "eucom-principal-1"}


def test_what_is_owed_stands_on_both_floors_until_the_receipt_is_there(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line, precedence=Precedence.FLASH)
    two.flush()
    ours, theirs = floor(two.eucom), floor(two.ndmc)
    assert {(one["who"], one["party"], one["level"]) for one in ours["owed"]} >= {("them", "NDMC", "R1")}
    assert {(one["who"], one["party"], one["level"]) for one in theirs["owed"]} >= {("us", "NDMC", "R1")}
    assert ours["lines"][0]["owed_by_us"] == []
    assert theirs["alarms"] == {"unaccepted": 1, "flash": 1, "shelved": 0}
    assert ours["next_deadline"]["opens"] == {"screen": "messages", "name": sent.hex()}
    two.ndmc.receipt(sent, Level.READ)
    two.flush()
    assert "R1" not in {one["level"] for one in floor(two.eucom)["owed"]}


def test_what_is_late_stays_on_the_floor_after_its_last_deadline(two: TwoNodes) -> None:
    from armslength.desk import clockwork

    two.eucom.send(two.line, "TEST", {100: "x"}, Precedence.ROUTINE)
    two.time.pass_s(10_000_000)
    with two.eucom.write() as books:
        while clockwork.tick(books):
            pass
    late = [one for one in floor(two.eucom)["owed"] if one["late"]]
    assert late
    assert all(one["who"] == "them" for one in late)


def test_drafts_and_concerns_are_counted_from_one_look_to_the_next(two: TwoNodes) -> None:
    from armslength.desk.kept import Kept

    kept = Kept()
    assert floor(two.eucom, kept)["drafts_waiting"] == 0
    with two.eucom.write() as books:
        values = two_nodes.CONCERN_VALUES
        prepared = drafting.prepare_message(
            books, books.line(two.line), two.eucom.officer(WATCH), "CONCERN", Precedence.IMMEDIATE, values
        )
        drafting.submit_draft(books, two.eucom.signed(prepared, "draft", WATCH))
        books.note("concern", "concern", {20: "C-2026-0001", 21: "F-1", 22: "[r] near", 23: ("R-1",)})
    seen = floor(two.eucom, kept)
    assert (seen["drafts_waiting"], seen["concerns"]) == (1, {"open": 1, "unassessed": 1})
    assert (seen["drafts_waiting"], seen["concerns"]) == (
        floor(two.eucom)["drafts_waiting"],
        floor(two.eucom)["concerns"],
    )
    two.eucom.send(two.line)
    assert floor(two.eucom, kept)["drafts_waiting"] == 1
    with two.eucom.write() as books:
        step = watching.prepare_concern_step(
            books, two.eucom.officer(WATCH), "C-2026-0001", "dismiss", "a thunderstorm"
        )
        watching.submit_local(books, two.eucom.signed(step, "assess", WATCH))
    assert floor(two.eucom, kept)["concerns"] == {"open": 0, "unassessed": 0}


def test_a_clock_that_drifts_and_an_alarm_that_rang_nobody_stand_on_the_floor(two: TwoNodes) -> None:
    assert floor(two.eucom)["health"]["clock"] == "holds"
    with two.eucom.write() as books:
        identity = alarms.begin(books, "CLOCK-DRIFT", detail="ahead")
        assert identity is not None
        alarms.mark_notified(books, identity, delivered=False)
    health = floor(two.eucom)["health"]
    assert (health["clock"], health["notify"]) == ("doubtful", "nobody was rung")
    with two.eucom.write() as books:
        alarms.end(books, "CLOCK-DRIFT")
    assert floor(two.eucom)["health"]["clock"] == "holds"


def test_every_view_that_falls_due_has_its_screen() -> None:
    from armslength.desk import owed

    assert service_floor.SCREENS.keys() == {views.EXCHANGES, *owed.CLOCKED}


def test_a_floor_with_many_open_deadlines_costs_what_one_with_few_does(two: TwoNodes) -> None:
    two.eucom.send(two.line, precedence=Precedence.FLASH)
    with two.eucom.write() as books:
        [(_, value)] = books.unit.scan(views.EXCHANGES)
        for number in range(3_000):
            books.unit.put(views.EXCHANGES, number.to_bytes(32, "big"), value, due=books.now)
    with two.eucom.read() as books:
        service_floor.read_floor(books)
        began = perf_counter()
        service_floor.read_floor(books)
        took = perf_counter() - began
    # A tenth of a second would be a floor that reads all of them; it takes some milliseconds.
    assert took < 0.1

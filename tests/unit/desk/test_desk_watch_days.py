"""Once a day, and no more, the watch asks of whom nothing new was said for too long."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from armslength.core.instants import DAY_US, Instant
from armslength.core.places import Place
from armslength.desk import clockwork, views, watch_days, watch_state, watching
from armslength.desk.rebuilding import rebuild
from armslength.journal.entry import parse_leaf
from armslength.register import concerns
from armslength.register.facilities import Facility
from armslength.register.facility_parts import Monitor, PillarReport
from armslength.register.rules import read_rules
from builders import two_nodes
from builders.two_nodes import DAY, START, WATCH, TwoNodes

if TYPE_CHECKING:
    from armslength.desk.prepared import Prepared

PLANT = Facility(
    facility_id="F-1",
    names=(("en", "Plant"),),
    kind="NUCLEAR-POWER-PLANT",
    place=Place(lat_e7=475122000, lon_e7=345858000, precision_m=12),
    site_radius_m=0,
    rings_m=(5000,),
)
SPOKEN = PillarReport(pillar="OPERATING-STAFF", status="HELD", note="", source="monitor", as_of=START)
WATCHED = replace(
    PLANT, pillars=(SPOKEN,), monitors=(Monitor(who="monitor", access="GRANTED", since=START, note="", source="it"),)
)


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.strangers()


def enter(two: TwoNodes, facility: Facility) -> None:
    party = two.eucom
    with party.read() as books:
        prepared: Prepared = watching.prepare_facility(books, party.officer(WATCH), facility)
    with party.write() as books:
        watching.submit_local(books, party.signed(prepared, "record", WATCH))


def live(two: TwoNodes, days: int, *, ticks_a_day: int = 4) -> None:
    """Let days pass, with the clockwork looking some times each day."""
    for _ in range(days * ticks_a_day):
        two.time.pass_s(DAY / ticks_a_day / 1_000_000)
        with two.eucom.write() as books:
            clockwork.tick(books)


def reasons(two: TwoNodes) -> list[str]:
    with two.eucom.read() as books:
        every = [concerns.concern_from_value(value) for _, value in books.unit.scan(views.CONCERNS)]
    return [one.history[0].reason for one in every]


def judged_days(two: TwoNodes) -> int:
    with two.eucom.read() as books:
        kinds = [parse_leaf(books.unit.leaf(index)).kind for index in range(books.unit.frontier().size)]
    return kinds.count("deadline")


def test_a_monitor_that_is_silent_for_too_long_is_one_concern(two: TwoNodes) -> None:
    enter(two, WATCHED)
    live(two, 3)
    assert reasons(two) == []
    live(two, 1)
    [said] = reasons(two)
    assert "monitor" in said
    assert "4 days" in said
    live(two, 3)
    assert len(reasons(two)) == 1
    with two.eucom.write() as books:
        rebuild(books)


def test_a_newer_status_ends_the_silence(two: TwoNodes) -> None:
    enter(two, WATCHED)
    live(two, 3)
    newer = replace(SPOKEN, as_of=Instant(START + 3 * DAY_US))
    enter(two, replace(WATCHED, pillars=(SPOKEN, newer)))
    live(two, 3)
    assert reasons(two) == []


def test_a_review_that_is_due_is_said_the_day_after(two: TwoNodes) -> None:
    enter(two, replace(PLANT, review_due_at=Instant(START + 2 * DAY_US)))
    live(two, 2)
    assert reasons(two) == []
    live(two, 1)
    [said] = reasons(two)
    assert "reviewed a day ago" in said


def test_a_day_is_judged_once_however_often_the_clock_looks_and_not_without_anybody_to_ask(two: TwoNodes) -> None:
    enter(two, PLANT)
    live(two, 2)
    assert judged_days(two) == 0
    enter(two, WATCHED)
    live(two, 2, ticks_a_day=24)
    assert judged_days(two) == 2
    enter(two, replace(PLANT, special_sign="DISPLAYED"))
    live(two, 3)
    assert judged_days(two) == 3
    with two.eucom.write() as books:
        assert books.unit.get(views.WATCH_DAY, views.DAY) is None
        rebuild(books)


def test_a_node_that_was_off_for_days_judges_the_present_one_once(two: TwoNodes) -> None:
    enter(two, WATCHED)
    two.time.pass_s(4 * DAY / 1_000_000)
    for _ in range(3):
        with two.eucom.write() as books:
            clockwork.tick(books)
    assert (judged_days(two), len(reasons(two))) == (1, 1)


def test_whom_nothing_was_said_of_for_longest_is_asked_first(two: TwoNodes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_days, "ASKED_MAX", 1)
    for number in range(3):
        due = Instant(START + (3 - number) * DAY_US)
        enter(two, replace(PLANT, facility_id=f"F-{number}", review_due_at=due))
    two.time.pass_s(9 * DAY / 1_000_000)
    with two.eucom.read() as books:
        assert watch_days.silent(books, watch_state.rules(books.unit)) == ("F-2",)
        assert watch_days.silent(books, read_rules('name = "quiet"\n[rules.report-age]\non = false\n')) == ()


def test_what_is_reported_is_judged_by_what_came_in_and_not_by_its_age(two: TwoNodes) -> None:
    enter(two, WATCHED)
    two.time.pass_s(10 * DAY / 1_000_000)
    with two.eucom.read() as books:
        state = watch_state.facility(books.unit, "F-1")
        assert watch_state.facts_of(books, "F-1", state, (), ()).monitor_last_at is None
        assert watch_state.facts_of(books, "F-1", state, (), (), aged=True).monitor_last_at == START

"""The shift as plain values, in the shapes that the API documents, and as a sheet of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter

from armslength.core.errors import LocalError
from armslength.desk import service_shifts
from armslength.desk.printing import Boxes, Paragraph, Table
from armslength.entrypoints.api import shifts as api
from builders.local_acts import record
from builders.two_nodes import WATCH_2
from builders.watches import on_watch

if TYPE_CHECKING:
    from builders.two_nodes import Party

PLAN = {
    "title": "Reachability",
    "script": "This is an exercise.",
    "from": "2022-11-20T12:00:00Z",
    "until": "2022-11-20T13:00:00Z",
    "reason": "monthly",
    "supervisors": [["day", "eucom-release-1"]],
}


@pytest.fixture
def party() -> Party:
    return on_watch()


def test_who_has_the_watch_and_the_hand_overs_are_told(party: Party) -> None:
    record(party, "shift-handover", {"notes": "quiet", "keys": ["safe 2"]})
    with party.read() as books:
        waiting = service_shifts.read_shift(books, "waiting", {})
        TypeAdapter(api.WatchNow).validate_python(service_shifts.read_watch(books, {}))
    record(party, "shift-take", {"form": waiting["code"]}, WATCH_2)
    with party.read() as books:
        listed = service_shifts.read_shifts(books, {"limit": "5"})
        one = service_shifts.read_shift(books, str(waiting["entry"]), {})
        taken = service_shifts.read_shift(books, str(listed[0]["entry"]), {})
    TypeAdapter(list[api.ShiftSummary]).validate_python(listed)
    TypeAdapter(api.ShiftKnown).validate_python(one)
    assert [row["step"] for row in listed] == ["TAKE", "HAND-OVER"]
    assert (taken["text"], taken["took"], taken["form"]) == (None, waiting["entry"], waiting["form"])
    assert "- safe 2\n" in one["text"]


@pytest.mark.parametrize("name", ["waiting", "0", "-1", "nine", "9" * 30, "٣"])
def test_a_hand_over_that_is_not_there_is_a_typed_error(party: Party, name: str) -> None:
    with party.read() as books, pytest.raises(LocalError, match="SHIFT-VALUE"):
        service_shifts.read_shift(books, name, {})


def test_rosters_are_listed_and_shown_on_their_wall_clock(party: Party) -> None:
    with party.read() as books:
        listed = service_shifts.read_rosters(books, {})
        one = service_shifts.read_roster(books, "2022-11", {})
        assert service_shifts.read_roster(books, str(listed[0]["entry"]), {}) == one
        with pytest.raises(LocalError, match="ROSTER-VALUE"):
            service_shifts.read_roster(books, "2023-01", {})
    TypeAdapter(list[api.RosterSummary]).validate_python(listed)
    TypeAdapter(api.RosterKnown).validate_python(one)
    assert one["watches"][0]["from_local"] == "20 Nov 2022 07:00 CET (UTC+1)"


def test_the_form_and_who_can_act_are_told_before_anything_is_signed(party: Party) -> None:
    with party.read() as books:
        form = service_shifts.read_form(books, {"notes": "look at the plant"})
        who = service_shifts.read_who(books, {})
    TypeAdapter(api.FormNow).validate_python(form)
    TypeAdapter(api.Who).validate_python(who)
    assert form["parts"][-1]["lines"] == ["look at the plant"]


def test_drills_are_listed_and_shown(party: Party) -> None:
    record(party, "drill-plan", PLAN)
    with party.read() as books:
        listed = service_shifts.read_drills(books, {})
        one = service_shifts.read_drill(books, "dr-2022-000001", {})
    TypeAdapter(list[api.DrillSummary]).validate_python(listed)
    TypeAdapter(api.DrillKnown).validate_python(one)
    assert (one["status"], one["script"]) == ("PLANNED", "This is an exercise.")


def test_the_sheet_is_to_be_filled_by_hand_or_holds_what_was_signed(party: Party) -> None:
    with party.read() as books:
        empty = service_shifts.SHEETS["handover"](books, "", {})
    record(party, "shift-handover", {"notes": "quiet"})
    with party.read() as books:
        signed = service_shifts.SHEETS["handover"](books, "waiting", {})
    assert any(isinstance(part, Boxes) for part in empty.parts)
    woken = next(part for part in empty.parts if isinstance(part, Table))
    assert woken.rows[0] == ("eucom-principal-1", "telephone at the bed", "eucom-release-1")
    assert "- quiet" in [part.text for part in signed.parts if isinstance(part, Paragraph)]

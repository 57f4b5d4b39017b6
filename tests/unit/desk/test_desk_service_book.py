"""The channel book as plain values, in the shapes that the API documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from armslength.core.errors import LocalError
from armslength.desk import clockwork, service_book
from armslength.entrypoints.api import book as api
from builders import two_nodes
from builders.channel_books import book, document, with_book
from builders.local_acts import record

if TYPE_CHECKING:
    from builders.two_nodes import Party

BEGIN = {"subject": "critical-infrastructure", "says": "a staff matter", "reason": "shelling"}
CONTACT = {
    "channel": "eucom-ndmc",
    "from": "2022-11-20T10:00:00Z",
    "outcome": "NO-ANSWER",
    "initiated_by": "EUCOM",
}


@pytest.fixture
def party() -> Party:
    return with_book()


def test_every_channel_is_one_line_with_its_holders_and_its_last_contact(party: Party) -> None:
    record(
        party,
        "contact",
        {**CONTACT, "from": "2022-11-20T09:00:00Z", "until": "2022-11-20T09:30:00Z", "outcome": "REACHED"},
    )
    record(party, "contact", CONTACT)
    with party.read() as books:
        found = service_book.read_channels(books, {})
    TypeAdapter(list[api.ChannelSummary]).validate_python(found)
    line = next(one for one in found if one["channel"] == "eucom-ndmc")
    assert (line["observed"], line["declared"][0]["by"], line["apart"]) == ("OPEN", "EUCOM", False)
    assert line["holders"][0]["names"] == ["Christopher G. Cavoli"]
    # The attempt at ten reached nobody, and is no contact that anybody had.
    last = line["last_contact"]
    assert (last["outcome"], last["at"], last["until"]) == ("REACHED", "2022-11-20T09:00:00Z", "2022-11-20T09:30:00Z")


def test_a_channel_is_shown_whole_and_as_it_was(party: Party) -> None:
    before = "2022-11-20T11:00:00Z"
    party.time.pass_s(60)
    record(party, "channel", {"document": document(name="The line"), "reason": "the name"})
    with party.read() as books:
        now = service_book.read_channel(books, "eucom-ndmc", {"at": None})
        then = service_book.read_channel(books, "eucom-ndmc", {"at": before})
        TypeAdapter(api.ChannelKnown).validate_python(now)
        with pytest.raises(LocalError, match="CHANNEL-UNKNOWN"):
            service_book.read_channel(books, "nowhere", {})
    assert now["name"] == "The line"
    assert then["name"].startswith("US European Command")
    assert [one["source"] for one in now["establishment"]] == [
        "press report of 28 November 2022",
        "press reports of March 2022",
        "Pentagon briefing of 4 March 2022, as carried by the press",
    ]
    assert (len(now["states"]), len(now["versions"])) == (2, 2)


def test_office_holders_are_asked_for_an_instant(party: Party) -> None:
    with party.read() as books:
        found = service_book.read_holders(books, "eucom-ndmc", {"at": "2022-04-01T00:00:00Z"})
    TypeAdapter(list[api.HolderAt]).validate_python(found)
    assert [one["name"] for one in found] == ["Tod D. Wolters", "Mikhail Mizintsev"]


def test_ladders_and_runs_say_what_the_next_rung_costs_and_says(party: Party) -> None:
    record(party, "rung-begin", BEGIN)
    party.time.pass_s(7_200)
    with party.write() as books:
        clockwork.tick(books)
    with party.read() as books:
        ladders = service_book.read_ladders(books, {})
        ladder = service_book.read_ladder(books, "critical-infrastructure", {})
        runs = service_book.read_runs(books, {})
        run = service_book.read_run(books, "p-2022-000001", {})
    TypeAdapter(list[api.LadderKnown]).validate_python(ladders)
    TypeAdapter(api.LadderShown).validate_python(ladder)
    TypeAdapter(list[api.RunSummary]).validate_python(runs)
    TypeAdapter(api.Run).validate_python(run)
    assert runs[0]["proposed"] == "cjcs-cgs"
    assert run["next_approves"] == ["the Chairman of the Joint Chiefs of Staff"]
    assert run["history"][-1]["officer"] is None


def test_who_was_reached_on_the_rung_since_is_told_and_ends_nothing_by_itself(party: Party) -> None:
    record(party, "contact", {**CONTACT, "outcome": "REACHED"})
    record(party, "rung-begin", BEGIN)
    with party.read() as books:
        assert service_book.read_run(books, "P-2022-000001", {})["heard"] is None
    party.time.pass_s(600)
    record(party, "contact", {**CONTACT, "outcome": "REACHED", "from": "2022-11-20T11:05:00Z"})
    with party.read() as books:
        run = service_book.read_run(books, "P-2022-000001", {})
    TypeAdapter(api.Run).validate_python(run)
    assert (run["heard"]["at"], run["status"]) == ("2022-11-20T11:05:00Z", "TRYING")


def test_a_channel_over_our_own_line_says_how_the_line_stands() -> None:
    two = two_nodes.opened()
    given = document(medium="OUR-LINE", line_peer="NDMC")
    record(two.eucom, "channel", {"document": given})
    with two.eucom.read() as books:
        found = service_book.read_channel(books, "eucom-ndmc", {})
    TypeAdapter(api.ChannelKnown).validate_python(found)
    assert (found["line"]["peer"], found["line"]["declared"]) == ("NDMC", "OPEN")


def test_a_line_that_was_never_opened_is_none(party: Party) -> None:
    given = document(medium="OUR-LINE", line_peer="NDMC")
    record(party, "channel", {"document": given, "reason": "they will run a node"})
    with party.read() as books:
        assert service_book.read_channel(books, "eucom-ndmc", {})["line"] is None


def test_a_book_is_taken_apart_into_its_records() -> None:
    kinds = [kind for kind, _ in service_book.records_of(book(), "example")]
    assert kinds == ["channel"] * 5 + ["channel-state"] * 2 + ["ladder"]
    with pytest.raises(LocalError, match="CHANNEL-VALUE"):
        service_book.records_of({"chanels": []}, "example")


def test_a_page_of_the_book_is_printed_with_what_nobody_approved_in_bold(party: Party) -> None:
    with party.read() as books:
        sheet = service_book.SHEETS["channel"](books, "eucom-ndmc", {})
    texts: list[Any] = [getattr(part, "text", "") for part in sheet.parts]
    assert any("Национальный центр управления обороной" in text for text in texts)
    assert sheet.title == "Channel eucom-ndmc"
    assert [part.strong for part in sheet.parts if getattr(part, "text", "").startswith("ru:")] == [True]  # type: ignore[union-attr]  # a paragraph

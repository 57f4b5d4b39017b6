"""The sheet of a call: blank for a channel, or with a message told in both languages, every number to be read back."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.adapters.format_fluent import LOCALES, load_renderer, load_scripts
from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.desk import service_sheets
from armslength.desk.call_sheet import Words, call_script, call_sheet
from armslength.desk.printing import Boxes, Fields, Heading, Paragraph, Sheet, Spoken, Table
from builders import channel_books, two_nodes
from builders.local_acts import record
from builders.two_nodes import CONCERN_VALUES, Party

WORDS = Words(renderer=load_renderer(), scripts=load_scripts())
NUMBER = "+7 495 000 00 00 (constructed)"


def with_channel(party: Party, **changes: object) -> Party:
    document = channel_books.document(**changes)
    for end in document["ends"]:
        if end["side"] == "THEIRS":
            end["numbers"] = [{"medium": "TELEPHONE", "value": NUMBER}]
    record(party, "channel", {"document": document, "reason": "entered for a test"})
    return party


@pytest.fixture
def eucom() -> Party:
    return with_channel(channel_books.founded())


def sheet(party: Party, name: str = "eucom-ndmc", **query: Any) -> Sheet:
    with party.read() as books:
        return call_sheet(books, WORDS, name, query)


def spoken(made: Sheet) -> list[Spoken]:
    return [one for one in made.parts if isinstance(one, Spoken)]


def test_a_blank_sheet_says_first_that_nobody_is_verified_and_has_room_for_everything(eucom: Party) -> None:
    made = sheet(eucom)
    assert isinstance(made.parts[0], Paragraph)
    assert made.parts[0].strong
    assert made.parts[0].text.startswith("UNVERIFIED")
    fields = dict(next(one for one in made.parts if isinstance(one, Fields)).pairs)
    assert (fields["Number of the book"], fields["Interpreter"]) == (NUMBER, "")
    tables = [one for one in made.parts if isinstance(one, Table)]
    assert [one.head[0] for one in tables] == ["Rang at", "What"]
    assert all(set(row) == {""} for one in tables for row in one.rows)
    assert ["reached" in one.labels for one in made.parts if isinstance(one, Boxes)] == [False, True, False]
    assert "If they say: stop" in [one.text for one in made.parts if isinstance(one, Heading)]


def test_the_officer_has_the_other_sides_words_and_how_they_sound(eucom: Party) -> None:
    greeting = next(one for one in spoken(sheet(eucom)) if one.step == "Greeting")
    assert (greeting.theirs, greeting.pronunciation) == (
        "Здравствуйте. Говорит дежурный офицер, EUCOM.",
        "Zdravstvuyte. Govorit dezhurny ofitser, EUCOM.",
    )
    assert spoken(sheet(eucom))[0].step == "Opening; they have NOT approved this form of address"
    # A record is never changed, only followed by another: the same channel with the approval of the other side.
    approved = {"approved_by": "NDMC", "approved_at": "2022-05-01T00:00:00Z"}
    sheets = [{**one, **approved} for one in channel_books.document()["address_sheets"]]
    assert spoken(sheet(with_channel(eucom, address_sheets=sheets)))[0].step == "Opening, as they approved it"


def test_the_script_on_the_screen_says_what_the_sheet_says(eucom: Party) -> None:
    with eucom.read() as books:
        script = call_script(books, WORDS, "eucom-ndmc", {"language": "en", "theirs": "ru"})
    made = sheet(eucom, language="en", theirs="ru")
    assert [(one["step"], one["theirs"]) for one in script["lines"]] == [(one.step, one.theirs) for one in spoken(made)]
    assert script["read_backs"] == []


@pytest.mark.parametrize("ours", LOCALES)
@pytest.mark.parametrize("theirs", LOCALES)
def test_every_pair_of_languages_makes_a_sheet(eucom: Party, ours: str, theirs: str) -> None:
    made = sheet(eucom, language=ours, theirs=theirs)
    assert made.language == ours
    assert all(one.theirs for one in spoken(made))


def test_a_language_without_a_script_is_refused(eucom: Party) -> None:
    for query in ({"language": "tlh"}, {"theirs": "tlh"}):
        with pytest.raises(LocalError, match="LOCALE-UNKNOWN"):
            sheet(eucom, **query)


def test_the_sheet_of_a_call_has_what_is_known_of_it(eucom: Party) -> None:
    given = {"channel": "eucom-ndmc", "direction": "OUT", "about": "the plant", "interpreter": "a linguist"}
    record(eucom, "call", given)
    fields = dict(next(one for one in sheet(eucom, "cl-2022-000001").parts if isinstance(one, Fields)).pairs)
    assert (fields["Number of the call"], fields["About"]) == ("CL-2022-000001", "the plant")
    assert fields["We: name, post"] == "eucom-watch-1"


@pytest.mark.parametrize("how", ["message", "draft"])
def test_a_message_is_told_field_by_field_its_place_and_number_digit_by_digit(how: str) -> None:
    two = two_nodes.opened()
    eucom = with_channel(two.eucom)
    sent = eucom.send(two.line, "CONCERN", CONCERN_VALUES, Precedence.IMMEDIATE)
    if how == "draft":
        with eucom.read() as books:
            (key, _), *_ = books.unit.scan("drafts")
        made = sheet(eucom, draft=key.hex())
    else:
        made = sheet(eucom, message=sent.hex()[:12])
    heads = [one.text for one in made.parts if isinstance(one, Heading)]
    assert "The message, CONCERN" in heads
    said = [one.theirs for one in spoken(made)]
    assert "Место, по цифрам: четыре семь точка пять один два два" in "\n".join(said)
    assert any("Озабоченность" in one or "АЕС" in one for one in said)
    assert ("Номер сообщения, по цифрам: один." in said) is (how == "message")
    assert "Просим ответить до 2022-11-20 15:00 по всемирному времени." in said
    backs = next(one for one in made.parts if isinstance(one, Table) and one.head[0] == "What")
    assert any(row[1] == "47.51220N 34.58580E   36T XT 19403 63304" for row in backs.rows)
    assert all(row[2:] == ("", "") for row in backs.rows)
    paper = next(one for one in made.parts if isinstance(one, Table) and one.head[0] == "Line")
    assert all(row[0][-3] == "/" for row in paper.rows if row[0][-1].isdigit())


def test_what_is_to_be_told_must_be_there(eucom: Party) -> None:
    for query, code in (({"draft": "00"}, "DRAFT-UNKNOWN"), ({"concern": "C-2022-0001"}, "CONCERN-UNKNOWN")):
        with pytest.raises(LocalError, match=code):
            sheet(eucom, **query)


# --- every kind of sheet ----------------------------------------------------------------------------------------------


class Lines:
    """A printer that prints the title."""

    def pdf(self, sheet: Sheet) -> bytes:
        """Return it."""
        return sheet.title.encode()


def test_a_sheet_of_any_kind_is_made_by_who_knows_it_and_an_unknown_one_is_named(eucom: Party) -> None:
    with eucom.read() as books:
        made = service_sheets.make(books, lambda: WORDS, "call", "eucom-ndmc", {})
        assert service_sheets.printed(Lines(), made, "call", "eucom-ndmc")["pdf"] == "Q2FsbCBzaGVldA=="
        with pytest.raises(LocalError, match="SHEET-UNKNOWN"):
            service_sheets.make(books, lambda: WORDS, "poem", "", {})
    with pytest.raises(LocalError, match="PRINT-MISSING"):
        service_sheets.printed(None, made, "call", "eucom-ndmc")


def test_who_may_not_read_a_thing_gets_no_sheet_of_it() -> None:
    assert "linguist" in service_sheets.roles("call")
    for kind in service_sheets.service_cases.SHEETS:
        assert "linguist" not in service_sheets.roles(kind), kind
    assert "spokesperson" not in service_sheets.roles("call") | service_sheets.roles("poem")

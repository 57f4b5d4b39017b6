"""What is asked, in the reader's words, and which of it an answer covers; and the same text at both ends."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.format_fluent import LOCALES, load_renderer
from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.desk import asking, drafting, service_read
from armslength.desk.form_json import draft_values, values_from_names
from armslength.line import fields
from armslength.line.forms import FORMS
from armslength.line.receipts import Level
from builders import two_nodes
from builders.two_nodes import SENT_PLACE, START, WATCH, TwoNodes
from unit.line.message_values import HASH, example

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue

QUESTIONS: dict[int, Any] = {fields.PLACE: SENT_PLACE, 101: ("PURPOSE-OF-ACTIVITY", "EXACT-PLACE", "CASUALTIES")}
HOUR = 3_600_000_000


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def found(two: TwoNodes, body: dict[int, CborValue], locale: str = "en") -> list[tuple[str, bool | None]]:
    with two.ndmc.read() as books:
        items = asking.asked_json(books, body, load_renderer().texts(locale))
    return [(item["asked"], item["answered"]) for item in items]


def test_a_request_lists_its_questions_in_the_readers_words(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line, "CLARIFICATION-REQUEST", QUESTIONS, Precedence.ROUTINE)
    two.flush()
    body = two.ndmc.body(sent)
    assert found(two, body) == [
        ("What is the purpose of the activity?", None),
        ("What is the exact place?", None),
        ("Are there casualties?", None),
    ]
    assert found(two, body, "ru")[1][0] != found(two, body, "uk")[1][0]


def test_a_reply_shows_what_it_covers(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line, "CLARIFICATION-REQUEST", QUESTIONS, Precedence.ROUTINE)
    two.flush()
    reply: dict[int, Any] = {fields.ANSWERS: sent, 100: "confirm", 105: "An exercise.", 107: START + HOUR}
    assert [covered for _, covered in found(two, reply)] == [True, False, False]


def test_an_answer_to_what_is_not_held_covers_nothing_and_is_read(two: TwoNodes) -> None:
    assert found(two, {fields.ANSWERS: HASH, 100: "confirm"}) == []
    assert found(two, {fields.ANSWERS: "earlier"}) == []


def test_the_blank_form_has_a_numbered_line_for_every_item(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line, "CLARIFICATION-REQUEST", QUESTIONS, Precedence.ROUTINE)
    two.flush()
    body, texts = two.ndmc.body(sent), load_renderer().texts("en")
    with two.ndmc.read() as books:
        asked = asking.asked_json(books, body, texts)
    lines = asking.reply_form({"id": sent.hex(), "asked": asked}, texts).splitlines()
    assert lines[:2] == ["REPLY", f"In answer to message: {sent.hex()}"]
    assert [line.strip("_ ") for line in lines[2:]] == [
        "100 Answer:",
        "1. What is the purpose of the activity?",
        "105 Purpose of the activity:",
        "2. What is the exact place?",
        "34 Place:",
        "106 Area:",
        "3. Are there casualties?",
        "30 Text:",
    ]


# --- the same text at both ends ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["CONCERN", "MOVE-NOTICE", "CALL-RECORD"])
def test_both_ends_read_the_same_text_and_the_receipt_names_it(two: TwoNodes, form: str, locale: str) -> None:
    values = {number: value for number, value in example(form).items() if number > fields.LANGUAGE}
    sent = two.eucom.send(two.line, form, values, Precedence.PRIORITY)
    two.flush()
    shown = []
    for party in (two.eucom, two.ndmc):
        row, body = party.row(sent), party.body(sent)
        with party.read() as books:
            shown.append(service_read.render_message(books, load_renderer(), books.line(two.line), row, body, locale))
    assert shown[0].text == shown[1].text
    given = two.ndmc.receipt(sent, Level.READ, language=locale, rendered=shown[1].text)
    two.flush()
    assert two.eucom.body(given)[31] == sha256(shown[0].text.encode()).digest() == shown[0].sha256


# --- agreements and lead times ----------------------------------------------------------------------------------------


def test_a_notice_under_a_suspended_agreement_is_not_drafted(two: TwoNodes) -> None:
    values = {number: value for number, value in example("ACTIVITY-NOTICE").items() if number > fields.LANGUAGE}
    with two.eucom.write() as books:
        line = books.line(two.line)
        for status, code in (("suspended", "AGREEMENT-SUSPENDED"), (None, "AGREEMENT-UNKNOWN"), ("in-force", "")):
            held = () if status is None else (("INCSEA-1972", status),)
            carried = replace(line, charter=replace(line.charter, agreements=held))
            refused = ""
            try:
                drafting.prepare_message(
                    books, carried, two.eucom.officer(WATCH), "ACTIVITY-NOTICE", Precedence.ROUTINE, values
                )
            except LocalError as error:
                refused = error.code
            assert refused == code


def test_a_notice_says_its_lead_time_by_both_clocks() -> None:
    body = example("MOVE-NOTICE") | {fields.TAKES_EFFECT_AT: START + 20 * HOUR}
    shown = service_read.validity(body, Instant(START + HOUR), released_at=START)
    assert shown["lead_time_at_release"] == "20 h"
    assert shown["lead_time_at_receipt"] == "19 h"
    assert (shown["lead_time_due"], shown["short_notice"]) == ("1 d", "5 h less than is due")
    early = service_read.validity(body, Instant(START - 10 * HOUR))
    assert "short_notice" not in early
    assert "lead_time_at_release" not in early


# --- pasted fields ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(set(FORMS) - {"PHRASE", "CODEBOOK"}))
def test_what_a_form_holds_can_be_drafted_again_to_the_last_digit(code: str) -> None:
    values = example(code)
    head = {fields.FORM_CODE, fields.FORM_VERSION, fields.PRECEDENCE}
    assert values_from_names(code, draft_values(code, values)) == {n: v for n, v in values.items() if n not in head}


def test_a_field_that_the_form_has_not_cannot_be_drafted() -> None:
    with pytest.raises(LocalError, match="DRAFT-FIELD-UNKNOWN"):
        draft_values("STOP", example("STOP") | {250: 1})
    with pytest.raises(LocalError, match="DRAFT-FORM-UNKNOWN"):
        draft_values("WEATHER-NOTICE", {})

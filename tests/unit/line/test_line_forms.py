"""The catalogue says of every form what an officer must know, and the wire's page says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.line import fields as no
from armslength.line.charter import CHARTER_FORMS, EXCLUDED_TOPICS, PERMITTED_TOPICS, TWO_PERSON_FORMS
from armslength.line.forms import FORMS, MESSAGE_FIELDS, STOP, fields_of, form, is_use, known, unknown_fields
from armslength.line.manifest import ROLES
from armslength.line.vocabularies import TOPIC, VERB
from tidy.forms_doc import DOCUMENT, PARTS, document, parts_named
from unit.line.message_values import HASH, example

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue


def test_the_catalogue_is_what_the_charter_carries() -> None:
    assert tuple(FORMS) == CHARTER_FORMS


def test_a_second_person_is_needed_where_the_default_charter_says_so() -> None:
    assert {code: f.two_persons_from for code, f in FORMS.items() if f.two_persons_from is not None} == dict(
        TWO_PERSON_FORMS
    )


def test_the_topics_are_those_of_the_default_charter() -> None:
    assert tuple(TOPIC.codes) == PERMITTED_TOPICS + EXCLUDED_TOPICS


@pytest.mark.parametrize("code", FORMS)
def test_a_form_says_when_it_is_sent_and_by_whom(code: str) -> None:
    entry = form(code)
    assert entry.purpose.startswith("Sent ")
    assert entry.purpose.endswith(".")
    assert entry.purpose.count(".") == 1
    assert entry.drafters
    assert entry.releasers
    assert entry.drafters | entry.releasers <= ROLES
    assert set(entry.replies) <= set(VERB.codes)
    assert len(set(entry.precedences)) == len(entry.precedences) > 0


@pytest.mark.parametrize("code", FORMS)
def test_the_fields_of_a_form_are_its_own_and_in_order(code: str) -> None:
    entry = form(code)
    numbers = [field.number for field in entry.fields]
    assert numbers == sorted(set(numbers))
    assert all(number >= no.FORM_FIELDS_FROM for number in numbers)
    names = [field.name for field in fields_of(entry).values()]
    assert len(set(names)) == len(names)
    common = {field.number for field in MESSAGE_FIELDS}
    assert entry.requires | entry.requires_one_of <= common


@pytest.mark.parametrize("code", FORMS)
def test_an_answer_is_due_sooner_the_higher_the_precedence(code: str) -> None:
    due = [form(code).reply_due(level) for level in Precedence]
    seconds = [second for second in due if second is not None]
    assert len(seconds) in (0, len(Precedence))
    assert seconds == sorted(seconds, reverse=True)
    assert not seconds or form(code).replies


def test_a_concern_has_every_field_that_b3_asks_for() -> None:
    entry = form("CONCERN")
    names = {field.name: field for field in fields_of(entry).values()}
    required = {field.name for field in entry.fields if field.required} | {
        field.name for field in MESSAGE_FIELDS if field.number in entry.requires
    }
    assert {
        *("place", "activity", "activity-window", "hazards", "requested-action"),
        *("reply-by", "basis-of-knowledge", "legal-basis", "attribution", "evidence-level"),
    } <= required
    assert {"facility-id", "facility", "free-text", "pillars", "action-addressees"} <= set(names)
    assert (names["pillars"].vocabulary, names["pillars"].grades) == ("PILLAR", "PILLAR_STATUS")
    assert entry.without_prejudice


def test_stop_waits_for_nobody() -> None:
    assert STOP.two_persons_from is None
    assert not STOP.legal_tick
    assert not STOP.linguist_check
    assert STOP.precedences == (Precedence.FLASH,)
    assert "watch-officer" in STOP.drafters & STOP.releasers
    assert not any(field.required for field in STOP.fields)
    assert STOP.requires == frozenset()
    assert STOP.requires_one_of == {no.FACILITY_ID, no.PLACE}


def test_an_unknown_form_is_named_with_those_there_are() -> None:
    with pytest.raises(LocalError, match="DRAFT-FORM-UNKNOWN") as caught:
        form("WEATHER-NOTICE")
    assert "CONCERN" in str(caught.value)


@pytest.mark.parametrize(
    ("code", "version", "expected"),
    [("STOP", 1, True), ("STOP", 2, False), ("STOP", None, False), ("WEATHER-NOTICE", 1, False), (17, 1, False)],
)
def test_a_form_is_known_in_its_version_only(code: object, version: object, *, expected: bool) -> None:
    assert known(code, version) is expected


def test_fields_of_a_newer_node_are_counted_and_those_of_the_record_are_not() -> None:
    assert unknown_fields(STOP, {1: b"", 7: (), no.PLACE: (), 31: 1, 99: 1, 100: 1, 250: 1}) == (31, 99, 250)


@pytest.mark.parametrize(
    ("code", "extra", "expected"),
    [
        ("CONCERN", {}, True),
        ("INCIDENT", {}, True),
        ("STOP", {}, True),
        ("CLARIFICATION-REQUEST", {}, True),
        ("CLARIFICATION-REQUEST", {no.ANSWERS: HASH}, False),
        ("CONCERN", {no.RELATION: ("updates", HASH)}, False),
        ("STOP", {no.RELATION: ("recalls", HASH)}, False),
        ("REPLY", {}, False),
        ("NOT-OURS", {}, False),
        ("TEST", {}, False),
        ("SERVICE", {}, False),
        ("QUERY-RECEIPT", {}, False),
    ],
)
def test_only_what_opens_a_matter_is_a_use(code: str, extra: dict[int, CborValue], *, expected: bool) -> None:
    assert is_use(form(code), example(code) | extra) is expected


def test_the_wires_page_is_what_the_code_says() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert sorted(parts_named(text)) == sorted(PARTS)
    assert document(text) == text, "run tests/tidy/forms_doc.py"


def test_every_refusal_of_the_forms_stands_on_the_wires_page() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for code in ("FORM-FIELD-MISSING", "FORM-CODE-UNKNOWN", "RELATION-REFUSED", "PAPER-CHECK-DIGITS"):
        assert f"`{code}`" in text

"""What is asked is listed item by item, and what an answer covers of it; whether that is enough, people judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.line import fields as no
from armslength.line.forms import FORMS, REPLY, fields_of, form
from armslength.line.questions import answered, asked
from armslength.line.vocabularies import VOCABULARIES
from unit.line.message_values import HASH, NOON, ZNPP, example

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue

VIENNA = (
    *("PURPOSE-OF-ACTIVITY", "EXACT-PLACE", "TIME-OF-END"),
    *("UNITS-INVOLVED", "SUBORDINATION", "NUMBERS-AND-TYPES"),
)


def request(*codes: str) -> dict[int, CborValue]:
    return example("CLARIFICATION-REQUEST") | {101: codes}


def test_the_items_of_the_vienna_document_have_fields_of_their_own() -> None:
    items = asked(request(*VIENNA))
    assert tuple(item.code for item in items) == VIENNA
    fields = [set(item.fields) - {no.PLACE, no.FREE_TEXT} for item in items]
    assert all(fields)
    assert sum(map(len, fields)) == len(set.union(*fields))


@pytest.mark.parametrize("code", VOCABULARIES["QUESTION"].codes)
def test_every_question_is_answered_by_fields_of_a_reply(code: str) -> None:
    (item,) = asked(request(code))
    assert item.fields
    assert set(item.fields) <= fields_of(REPLY).keys()


def test_what_is_covered_is_told_from_what_is_not() -> None:
    reply = example("REPLY") | {106: ("CIRCLE", ZNPP, 50), 107: NOON}
    found = answered(asked(request("EXACT-PLACE", "TIME-OF-END", "UNITS-INVOLVED")), reply)
    assert [(one.item.code, one.covered) for one in found] == [
        ("EXACT-PLACE", True),
        ("TIME-OF-END", True),
        ("UNITS-INVOLVED", False),
    ]


def test_an_action_asked_for_is_answered_by_the_verb() -> None:
    items = asked(example("CONCERN"))
    assert [(item.code, item.vocabulary, item.fields) for item in items] == [
        ("CEASE-FIRE-AT-PLACE", "REQUESTED_ACTION", (100,)),
        ("EXAMINE-AND-ANSWER", "REQUESTED_ACTION", (100,)),
    ]
    assert asked(example("CONCERN") | {105: ("NO-ACTION-REQUESTED",)}) == ()


@pytest.mark.parametrize("code", sorted(set(FORMS) - {"CLARIFICATION-REQUEST", "CONCERN", "INCIDENT"}))
def test_other_forms_ask_nothing_item_by_item(code: str) -> None:
    assert asked({no.FORM_CODE: code, no.FORM_VERSION: form(code).version, 101: ("EXACT-PLACE",)}) == ()


@pytest.mark.parametrize("odd", [None, 7, "EXACT-PLACE", (), ("TASTE", 7), (("EXACT-PLACE",),)])
def test_what_this_node_cannot_read_is_left_out(odd: CborValue) -> None:
    assert asked(request() | {101: odd, no.ANSWERS: HASH}) == ()
    assert asked({101: ("EXACT-PLACE",)}) == ()

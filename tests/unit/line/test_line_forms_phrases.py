"""The forms of the codebook: who may send them, what is no use of the line, and what is refused on the wire."""

from __future__ import annotations

import pytest

from armslength.core.errors import PeerError
from armslength.core.precedence import Precedence
from armslength.line import fields as no
from armslength.line.charter import CHARTER_FORMS, TWO_PERSON_FORMS
from armslength.line.form_values import validate
from armslength.line.forms import form, is_use
from armslength.line.forms_phrases import CODEBOOK, PHRASE, only_service
from unit.line.message_values import HASH, NOON, ZNPP, example


def phrases(*numbers: int) -> dict[int, object]:
    return {100: (1, "f1bff53e", tuple((number,) for number in numbers))}


def test_both_forms_are_in_the_charter_and_take_two_persons() -> None:
    assert {"PHRASE", "CODEBOOK"} <= set(CHARTER_FORMS)
    assert TWO_PERSON_FORMS["PHRASE"] == TWO_PERSON_FORMS["CODEBOOK"] == Precedence.ROUTINE
    assert not PHRASE.linguist_check
    assert CODEBOOK.drafters == {"linguist"}
    assert form("PHRASE") is PHRASE


@pytest.mark.parametrize(
    ("numbers", "use"),
    [
        ((10,), True),
        ((1,), False),
        ((1, 2), False),
        ((1, 10), True),
        ((60, 100), False),
        ((90,), False),
        ((500,), True),
    ],
)
def test_phrases_about_the_line_alone_are_no_use_of_it(numbers: tuple[int, ...], use: bool) -> None:
    assert is_use(PHRASE, phrases(*numbers)) is use  # type: ignore[arg-type]  # values of the wire
    assert only_service(phrases(*numbers)) is not use  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    "values", [{}, {100: None}, {100: (1, "x", ())}, {100: (1, "x", (5,))}, {100: (1, "x", ((),))}]
)
def test_what_holds_no_phrases_is_not_taken_for_service(values: dict[int, object]) -> None:
    assert not only_service(values)  # type: ignore[arg-type]  # as above


def test_an_answer_is_no_use_and_a_service_code_of_another_form_neither_hides_a_use() -> None:
    assert not is_use(PHRASE, phrases(10) | {no.ANSWERS: HASH})  # type: ignore[arg-type, operator]  # as above
    assert is_use(form("CONCERN"), example("CONCERN"))


@pytest.mark.parametrize(
    "value",
    [
        None,
        (1, "f1bff53e"),
        (0, "f1bff53e", ((10,),)),
        (True, "f1bff53e", ((10,),)),
        (1, "", ((10,),)),
        (1, "x" * 65, ((10,),)),
        (1, "a\u202eb", ((10,),)),
        (1, "f1bff53e", ()),
        (1, "f1bff53e", ((10,),) * 17),
        (1, "f1bff53e", (10,)),
        (1, "f1bff53e", ((),)),
        (1, "f1bff53e", ((0,),)),
        (1, "f1bff53e", ((1000,),)),
        (1, "f1bff53e", ((True,),)),
        (1, "f1bff53e", ((10, *range(7)),)),
        (1, "f1bff53e", ((10, -1),)),
        (1, "f1bff53e", ((10, None),)),
        (1, "f1bff53e", ((10, b"x"),)),
        (1, "f1bff53e", ((10, "a\nb"),)),
        (1, "f1bff53e", ((10, "x" * 401),)),
        (1, "f1bff53e", ((10, (1, 2)),)),
        (1, "f1bff53e", ((10, ("A", "en")),)),
        (1, "f1bff53e", ((10, ()),)),
    ],
)
def test_hostile_phrases_are_malformed(value: object) -> None:
    values = example("PHRASE") | {100: value}
    with pytest.raises(PeerError, match="FORM-FIELD-MALFORMED"):
        validate(PHRASE, values, Precedence.PRIORITY, family=PeerError)  # type: ignore[arg-type]  # as above


def test_a_site_of_an_unknown_kind_is_refused_and_unknown_numbers_are_let_through() -> None:
    with pytest.raises(PeerError, match="FORM-CODE-UNKNOWN"):
        validate(
            PHRASE,
            example("PHRASE") | {100: (1, "f1bff53e", ((21, ("A", "en", "CASTLE")),))},
            Precedence.PRIORITY,
            family=PeerError,
        )
    later = (9, "0badcafe", ((999, 5, NOON, "name", ZNPP, ("A", "en", "DAM")),))
    validate(PHRASE, example("PHRASE") | {100: later}, Precedence.PRIORITY, family=PeerError)

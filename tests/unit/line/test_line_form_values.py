"""What a message must hold: the same findings refuse our draft and the peer's message, each under its own code."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import LocalError, PeerError
from armslength.core.limits import FLASH_TEXT_BYTES_MAX, FLASH_WORDS_MAX, TEXT_BYTES_MAX
from armslength.core.precedence import Precedence
from armslength.line import fields as no
from armslength.line.form_values import Finding, problems, takes_back, validate, word_count
from armslength.line.forms import CONCERN, FORMS, STOP, TEST, form
from armslength.line.relations import RULES
from unit.line.message_values import EVENING, HASH, MORNING, ZNPP, example, messages

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue

FLASH, IMMEDIATE, PRIORITY = Precedence.FLASH, Precedence.IMMEDIATE, Precedence.PRIORITY


def at(code: str) -> Precedence:
    return form(code).precedences[0]


@pytest.mark.parametrize("code", FORMS)
def test_a_complete_message_has_no_problem(code: str) -> None:
    validate(form(code), example(code), at(code))
    validate(form(code), example(code), at(code), family=PeerError)


@pytest.mark.parametrize("code", FORMS)
def test_each_required_field_is_missed(code: str) -> None:
    entry, values = form(code), example(code)
    required = {20, 21, 22, 23} | entry.requires | {field.number for field in entry.fields if field.required}
    for number in required:
        left = {n: value for n, value in values.items() if n != number}
        assert [(p.finding, p.field) for p in problems(entry, left, at(code))] == [(Finding.MISSING, number)]
        with pytest.raises(LocalError, match="DRAFT-FIELD-MISSING"):
            validate(entry, left, at(code))
        with pytest.raises(PeerError, match="FORM-FIELD-MISSING"):
            validate(entry, left, at(code), family=PeerError)


def test_stop_needs_a_place_or_a_facility_and_nothing_else() -> None:
    head = {n: value for n, value in example("STOP").items() if n != no.PLACE}
    validate(STOP, head | {no.PLACE: ZNPP}, FLASH)
    validate(STOP, head | {no.FACILITY_ID: "UA-ZNPP"}, FLASH)
    with pytest.raises(LocalError, match="at least one of facility-id or place"):
        validate(STOP, head, FLASH)


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("verb", ["recalls", "discontinues"])
def test_taking_a_message_back_needs_its_hash_only(code: str, verb: str) -> None:
    bare = {n: value for n, value in example(code).items() if n < no.RELATION} | {no.RELATION: (verb, HASH)}
    validate(form(code), bare, at(code))


def test_what_takes_back_is_what_the_relations_say() -> None:
    assert {verb for verb in RULES if takes_back({no.RELATION: (verb, HASH)})} == {
        verb for verb, rule in RULES.items() if rule.takes_back
    }


MALFORMED = [
    (no.PLACE, (475122000, 345858000)),
    (no.PLACE, (900_000_001, 0, 0)),
    (no.PLACE, (0, 1_800_000_001, 0)),
    (no.PLACE, (0, 0, -1)),
    (no.PLACE, (True, 0, 0)),
    (no.PLACE, "47.5 N"),
    (no.REPLY_BY, "2022-11-20"),
    (no.REPLY_BY, -1),
    (no.REPLY_BY, 1_668_942_900),
    (no.ANSWERS, HASH[:31]),
    (no.ANSWERS, HASH.hex()),
    (no.FREE_TEXT, ""),
    (no.FREE_TEXT, 7),
    (no.FREE_TEXT, "x" * (TEXT_BYTES_MAX + 1)),
    (no.FREE_TEXT, "\n" * 1_000),
    (no.FREE_TEXT, "\udc00"),
    (no.FACILITY_ID, ""),
    (no.FACILITY_ID, " "),
    (no.FACILITY_ID, "UA\nZNPP"),
    (no.FACILITY_ID, "UA\u202eZNPP"),
    (no.FACILITY_ID, "x" * 65),
    (no.ACTION_ADDRESSEES, ()),
    (no.ACTION_ADDRESSEES, ("a", 7)),
    (no.ACTION_ADDRESSEES, ("a",) * 33),
    (no.RELATION, ("updates",)),
    (no.RELATION, ("updates", b"")),
    (no.PRECEDENCE, 4),
    (no.FORM_CODE, "STOP"),
    (no.FORM_VERSION, 2),
    (no.TOPIC, 7),
    (100, ("Name", "uk")),
    (100, ("", "uk", "DAM")),
    (100, ("Name\u0000", "uk", "DAM")),
    (101, ("SHELLING",)),
    (102, (EVENING,)),
    (102, (EVENING, "later")),
    (103, ()),
    (103, "FLOODING"),
    (103, ("FLOODING", "FLOODING")),
    (103, ({},)),
    (104, ()),
    (104, (("OFF-SITE-POWER",),)),
    (104, (("OFF-SITE-POWER", "HELD"), ("OFF-SITE-POWER", "LOST"))),
    (109, ("SQUARE", ZNPP, 5)),
    (109, ("CIRCLE", ZNPP, 0)),
    (109, ("POLYGON", (ZNPP, ZNPP, ZNPP))),
    (109, ()),
]


@pytest.mark.parametrize(("number", "value"), MALFORMED)
def test_a_value_of_the_wrong_kind_is_refused_by_its_number(number: int, value: CborValue) -> None:
    values = example("CONCERN") | {number: value}
    found = problems(CONCERN, values, IMMEDIATE)
    assert Finding.MALFORMED in {problem.finding for problem in found if problem.field == number}
    with pytest.raises(LocalError, match="DRAFT-"):
        validate(CONCERN, values, IMMEDIATE)
    with pytest.raises(PeerError, match="FORM-"):
        validate(CONCERN, values, IMMEDIATE, family=PeerError)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (101, "PARADE"),
        (103, ("FLOODING", "GODZILLA")),
        (104, (("OFF-SITE-POWER", "FINE"),)),
        (104, (("EIGHTH", "HELD"),)),
        (100, ("Name", "uk", "CASTLE")),
        (no.TOPIC, "weather"),
        (no.ATTRIBUTION, "THEY-DID-IT"),
        (no.RELATION, ("approves", HASH)),
    ],
)
def test_a_code_outside_its_vocabulary_is_refused(number: int, value: CborValue) -> None:
    with pytest.raises(LocalError, match="DRAFT-CODE-UNKNOWN"):
        validate(CONCERN, example("CONCERN") | {number: value}, IMMEDIATE)
    with pytest.raises(PeerError, match="FORM-CODE-UNKNOWN"):
        validate(CONCERN, example("CONCERN") | {number: value}, IMMEDIATE, family=PeerError)


@pytest.mark.parametrize(
    "values",
    [{102: (MORNING, EVENING)}, {no.VALID_FROM: MORNING, no.VALID_UNTIL: EVENING}],
)
def test_times_out_of_order_are_refused(values: dict[int, CborValue]) -> None:
    with pytest.raises(LocalError, match="DRAFT-TIME-ORDER"):
        validate(CONCERN, example("CONCERN") | values, IMMEDIATE)
    with pytest.raises(PeerError, match="FORM-TIME-ORDER"):
        validate(CONCERN, example("CONCERN") | values, IMMEDIATE, family=PeerError)


def test_stop_is_flash_and_the_field_repeats_the_precedence() -> None:
    with pytest.raises(LocalError, match="DRAFT-PRECEDENCE"):
        validate(STOP, example("STOP") | {no.PRECEDENCE: 2}, IMMEDIATE)
    with pytest.raises(PeerError, match="FORM-PRECEDENCE"):
        validate(STOP, example("STOP") | {no.PRECEDENCE: 2}, FLASH, family=PeerError)


@pytest.mark.parametrize(
    ("precedence", "words", "refused"),
    [
        (FLASH, FLASH_WORDS_MAX, False),
        (FLASH, FLASH_WORDS_MAX + 1, True),
        (IMMEDIATE, FLASH_WORDS_MAX, False),
        (IMMEDIATE, FLASH_WORDS_MAX + 1, True),
        (PRIORITY, FLASH_WORDS_MAX + 1, False),
    ],
)
def test_an_urgent_draft_is_short_and_a_long_one_from_the_peer_still_arrives(
    precedence: Precedence, words: int, *, refused: bool
) -> None:
    values = example("CONCERN") | {no.PRECEDENCE: int(precedence), no.FREE_TEXT: "word " * words}
    assert word_count(CONCERN, values) == words
    if refused:
        with pytest.raises(LocalError, match="DRAFT-TOO-LONG"):
            validate(CONCERN, values, precedence)
    else:
        validate(CONCERN, values, precedence)
    validate(CONCERN, values, precedence, family=PeerError)


def test_a_flash_of_few_giant_words_is_too_long() -> None:
    values = example("CONCERN") | {no.PRECEDENCE: int(FLASH), no.FREE_TEXT: "ж" * (FLASH_TEXT_BYTES_MAX // 2 + 1)}
    with pytest.raises(LocalError, match="DRAFT-TOO-LONG"):
        validate(CONCERN, values, FLASH)


def test_every_text_of_a_message_counts() -> None:
    values = example("TEST") | {100: "one two", no.FREE_TEXT: "three"}
    assert word_count(TEST, values) == 3


def test_a_field_of_a_newer_node_is_carried_and_our_own_unknown_field_is_refused() -> None:
    values = example("STOP") | {250: "new"}
    validate(STOP, values, FLASH, family=PeerError)
    with pytest.raises(LocalError, match="DRAFT-FIELD-UNKNOWN"):
        validate(STOP, values, FLASH)


def test_fields_of_the_record_are_not_the_forms_business() -> None:
    validate(STOP, example("STOP") | {1: b"id", 4: ("NDMC",)}, FLASH)


@given(messages())
def test_every_valid_message_is_accepted(case: tuple[object, dict[int, CborValue]]) -> None:
    values = case[1]
    entry = FORMS[str(values[no.FORM_CODE])]
    found = problems(entry, values, Precedence(int(str(values[no.PRECEDENCE]))))
    assert [problem for problem in found if problem.finding is not Finding.TOO_LONG] == []


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**64), 2**64 - 1), st.binary(max_size=40), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple), st.dictionaries(st.integers(0, 9), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    code=st.sampled_from(sorted(FORMS)),
    junk=st.dictionaries(st.one_of(st.integers(20, 37), st.integers(100, 112)), VALUES, min_size=1, max_size=6),
)
def test_whatever_arrives_is_accepted_or_refused_and_nothing_else(code: str, junk: dict[int, CborValue]) -> None:
    with contextlib.suppress(PeerError):
        validate(FORMS[code], example(code) | junk, at(code), family=PeerError)

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core import cbor
from armslength.core.errors import PeerError
from armslength.core.precedence import Precedence
from armslength.core.realm import Realm
from armslength.line import charter
from armslength.line.charter import CHARTER_BYTES_MAX, DEADLINE_S_MAX, Charter
from armslength.line.forms import FORMS
from armslength.line.receipts import Level

EUCOM, NDMC = ("EUCOM", bytes([9]) * 16), ("NDMC", bytes([3]) * 16)
REALM = Realm.EXERCISE
DEFAULT = charter.default_charter(REALM, EUCOM, NDMC)
VALUE: Any = cbor.decode(charter.charter_bytes(DEFAULT))


def refusal(value: Any, realm: Realm = REALM) -> str:
    with pytest.raises(PeerError) as caught:
        charter.parse_charter(cbor.encode(value), realm)
    return caught.value.code


def test_two_sides_that_accept_the_defaults_hold_the_same_bytes() -> None:
    theirs = charter.default_charter(REALM, NDMC, EUCOM)
    assert charter.charter_bytes(theirs) == charter.charter_bytes(DEFAULT)
    assert theirs.line_id == DEFAULT.line_id


def test_a_charter_survives_its_bytes() -> None:
    data = charter.charter_bytes(DEFAULT)
    parsed = charter.parse_charter(data, REALM)
    assert charter.charter_bytes(parsed) == data
    assert replace(parsed, counting_rule=DEFAULT.counting_rule) == DEFAULT


@given(
    a=st.binary(min_size=16, max_size=16),
    b=st.binary(min_size=16, max_size=16),
    ordinal=st.integers(0, 1_000),
    realm=st.sampled_from(Realm),
)
def test_a_line_id_is_the_same_from_both_ends_and_another_for_every_ordinal_and_realm(
    a: bytes, b: bytes, ordinal: int, realm: Realm
) -> None:
    here = charter.line_id(realm, a, b, ordinal)
    assert len(here) == 16
    assert here == charter.line_id(realm, b, a, ordinal)
    assert here != charter.line_id(realm, a, b, ordinal + 1)
    assert here != charter.line_id(Realm.REAL if realm is Realm.EXERCISE else Realm.EXERCISE, a, b, ordinal)


def test_the_hash_of_a_charter_is_another_in_the_other_realm() -> None:
    data = charter.charter_bytes(DEFAULT)
    assert charter.charter_hash(REALM, data) != charter.charter_hash(Realm.REAL, data)


def test_each_party_finds_the_other() -> None:
    assert (DEFAULT.other("EUCOM"), DEFAULT.other("NDMC")) == ("NDMC", "EUCOM")


@pytest.mark.parametrize(("form", "precedence"), list(product(FORMS, Precedence)))
def test_a_second_person_releases_from_the_precedence_agreed_and_stop_never(form: str, precedence: Precedence) -> None:
    agreed = charter.TWO_PERSON_FORMS.get(form)
    assert DEFAULT.second_person(form, precedence) is (agreed is not None and precedence >= agreed)
    assert not DEFAULT.second_person("STOP", precedence)


@pytest.mark.parametrize(("precedence", "level"), list(product(Precedence, Level)))
def test_the_default_deadlines_are_those_of_the_specification(precedence: Precedence, level: Level) -> None:
    specified = {
        Precedence.FLASH: (10, 120, 300, 600, 1800),
        Precedence.IMMEDIATE: (30, 1800, 3600, 7200, 14400),
        Precedence.PRIORITY: (120, 10800, 21600, 43200, 86400),
        Precedence.ROUTINE: (600, 21600, 43200, 86400, 172800),
    }
    assert DEFAULT.deadline_s(precedence, level) == specified[precedence][level]


def test_the_default_carries_every_form_and_excludes_what_the_line_is_not_for() -> None:
    assert set(DEFAULT.forms) == set(FORMS)
    assert set(DEFAULT.excluded_topics) == {"targeting", "intelligence", "command-of-forces", "permission-for-aid"}


ROW = (10, 120, 300, 600, 1800)
ROWS = dict.fromkeys(range(4), ROW)


@pytest.mark.parametrize(
    ("code", "case", "field", "value"),
    [
        ("RECORD-PROFILE", "a later profile", 1, 2),
        ("RECORD-REALM", "the other realm", 2, "REAL"),
        ("RECORD-REALM", "a realm that is a map", 2, {}),
        ("CHARTER-PARTIES", "one party", 3, (EUCOM,)),
        ("CHARTER-PARTIES", "parties in the wrong order", 3, (EUCOM, NDMC)),
        ("CHARTER-PARTIES", "a party with itself", 3, (("NDMC", bytes([3]) * 16), ("NDMC", bytes([9]) * 16))),
        ("CHARTER-PARTIES", "one root for both", 3, (("NDMC", bytes(16)), ("EUCOM", bytes(16)))),
        ("CHARTER-PARTIES", "a root key id of 15 bytes", 3, (("NDMC", bytes(15)), EUCOM)),
        ("CHARTER-PARTIES", "a party code that is none", 3, (("ndmc", bytes(16)), EUCOM)),
        ("CHARTER-PARTIES", "a party that is a number", 3, ((1, bytes(16)), EUCOM)),
        ("CHARTER-MALFORMED", "three parties", 3, (NDMC, EUCOM, ("THIRD", bytes([10]) * 16))),
        ("CHARTER-MALFORMED", "a negative ordinal", 4, -1),
        ("CHARTER-MALFORMED", "version 0", 5, 0),
        ("CHARTER-MALFORMED", "no purpose", 6, ""),
        ("CHARTER-MALFORMED", "topics that are numbers", 7, (1,)),
        ("CHARTER-MALFORMED", "excluded topics that are text", 8, "targeting"),
        ("CHARTER-MALFORMED", "nine languages", 9, ("en",) * 9),
        ("CHARTER-MALFORMED", "hours that are a number", 10, 24),
        ("CHARTER-MALFORMED", "deadlines for three precedences", 11, dict.fromkeys(range(3), ROW)),
        ("CHARTER-MALFORMED", "deadlines for a fifth precedence", 11, dict.fromkeys(range(5), ROW)),
        ("CHARTER-MALFORMED", "four deadlines", 11, {**ROWS, 0: ROW[:4]}),
        ("CHARTER-MALFORMED", "a deadline of 0", 11, {**ROWS, 0: (0, *ROW[1:])}),
        ("CHARTER-MALFORMED", "a deadline over a month", 11, {**ROWS, 0: (DEADLINE_S_MAX + 1, *ROW[1:])}),
        ("CHARTER-MALFORMED", "a deadline that is true", 11, {**ROWS, 0: (True, *ROW[1:])}),
        ("CHARTER-MALFORMED", "a test at minute 1440", 12, ((1440, "both"),)),
        ("CHARTER-MALFORMED", "a test without direction", 12, ((360,),)),
        ("CHARTER-MALFORMED", "a test every minute", 12, tuple((n, "both") for n in range(97))),
        ("CHARTER-MALFORMED", "a second person for STOP", 13, {"STOP": 3}),
        ("CHARTER-MALFORMED", "a second person at precedence 4", 13, {"CONCERN": 4}),
        ("CHARTER-MALFORMED", "a form that is a number", 13, {1: 0}),
        ("CHARTER-MALFORMED", "forms that are a map", 14, {}),
        ("CHARTER-MODE", "the deniable mode", 15, "deniable"),
        ("CHARTER-MALFORMED", "no mode", 15, None),
        ("CHARTER-MALFORMED", "no confidentiality", 16, None),
        ("CHARTER-MALFORMED", "a counting rule that is text", 17, "exchange"),
        ("CHARTER-MALFORMED", "no review", 18, 0),
        ("CHARTER-MALFORMED", "no suspension rule", 19, ""),
        ("CHARTER-MALFORMED", "an agreement without status", 20, (("Vienna Document",),)),
        ("CHARTER-MALFORMED", "an agreement that is a number", 20, ((1, "in force"),)),
        ("CHARTER-MALFORMED", "who may open that is text", 21, "principal"),
        ("CHARTER-MALFORMED", "another protection", 22, "none"),
        ("CHARTER-MALFORMED", "no clock tolerance", 23, 0),
        ("CHARTER-MALFORMED", "a clock tolerance over a day", 23, 86_401),
        ("CHARTER-MALFORMED", "late marks for one precedence", 24, {0: 60}),
        ("CHARTER-MALFORMED", "a late mark of 0", 24, {**dict.fromkeys(range(4), 60), 3: 0}),
    ],
)
def test_a_field_out_of_its_bounds_is_refused(code: str, case: str, field: int, value: Any) -> None:
    assert refusal({**VALUE, field: value}) == code, case


@pytest.mark.parametrize("field", range(1, 25))
def test_no_field_may_be_missing(field: int) -> None:
    code = refusal({number: value for number, value in VALUE.items() if number != field})
    assert code == {1: "RECORD-PROFILE", 2: "RECORD-REALM"}.get(field, "CHARTER-MALFORMED")


@pytest.mark.parametrize(("field", "value"), [(11, {**ROWS, 3: (10, None, None, None, None)}), (12, ()), (13, {})])
def test_what_parties_may_leave_open_is_accepted(field: int, value: Any) -> None:
    assert isinstance(charter.parse_charter(cbor.encode({**VALUE, field: value}), REALM), Charter)


def test_a_charter_too_long_to_be_read_aloud_is_refused() -> None:
    data = cbor.encode({**VALUE, 6: "x" * 16_000, 16: "x" * 16_000, 19: "x" * 16_000})
    assert len(data) > CHARTER_BYTES_MAX
    with pytest.raises(PeerError, match="CHARTER-MALFORMED"):
        charter.parse_charter(data, REALM)

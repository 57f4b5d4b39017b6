"""A contact: what it may claim, what it must say, and that its record gives it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.channels.book import Channel, End, Level, Medium, Side
from armslength.channels.contact_uses import use_of
from armslength.channels.contacts import (
    FIELD_NAMES,
    Completeness,
    Contact,
    Outcome,
    Purpose,
    contact_body,
    contact_from_body,
)
from armslength.channels.counting import CALL_FORM, CONTACT_RULE, Direction, ProofClass, count
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, Instant, parse_rfc3339

AT = parse_rfc3339("2022-11-15T20:00:00Z")
PLAIN = Contact(number="CT-2022-000001", channel="eucom-ndmc", outcome=Outcome.REACHED, from_at=AT, until_at=AT)
FULL = replace(
    PLAIN,
    purpose=Purpose.SUBSTANTIVE,
    initiated_by="US",
    until_at=Instant(AT + DAY_US),
    ours=("duty officer",),
    theirs=("the other one",),
    interpreter="a linguist",
    subjects=("halt to strikes", "grid"),
    facilities=("UA-ZNPP",),
    concerns=("C-2022-0001",),
    case="CASE-2022-000001",
    notes="Two\nlines of notes.",
    agreed_text="As agreed.",
    level=0,
    proof=ProofClass.SIGNED,
    message=bytes(32),
    certain=False,
    answers="CT-2022-000002",
    sources=("a newspaper",),
    call="CL-2022-000001",
    corrects="CT-2022-000003",
    because="the day was wrong",
    unknown=("the hour",),
)


@pytest.mark.parametrize("one", [PLAIN, FULL, replace(FULL, purpose=Purpose.TEST, outcome=Outcome.CUT_OFF)])
def test_a_contact_comes_back_from_its_record(one: Contact) -> None:
    assert contact_from_body({5: "us-watch-1", **contact_body(one)}) == one


def test_what_is_empty_is_left_out_and_every_field_has_a_name() -> None:
    assert set(contact_body(PLAIN)) == {20, 21, 22, 24, 25, 35, 37, 38, 39}
    assert set(contact_body(FULL)) == set(FIELD_NAMES)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": "CT-1"}, "CONTACT-VALUE"),
        ({"channel": "Red Telephone"}, "CONTACT-VALUE"),
        ({"initiated_by": "them"}, "PARTY-CODE"),
        ({"answers": "yesterday"}, "CONTACT-VALUE"),
        ({"answers": "CT-2022-000001"}, "CONTACT-VALUE"),
        ({"corrects": "CT-2022-000001", "because": "x"}, "CONTACT-VALUE"),
        ({"corrects": "CT-2022-000009"}, "CONTACT-VALUE"),
        ({"because": "x"}, "CONTACT-VALUE"),
        ({"ours": ("",)}, "CONTACT-VALUE"),
        ({"ours": ("x" * 129,)}, "CONTACT-VALUE"),
        ({"subjects": ("x",) * 33}, "CONTACT-VALUE"),
        ({"subjects": ("two\nlines",)}, "TEXT-CONTROL"),
        ({"notes": "x" * 16_001}, "CONTACT-VALUE"),
        ({"until_at": Instant(AT - 1)}, "CONTACT-VALUE"),
        ({"from_at": Instant(0)}, "CONTACT-VALUE"),
        ({"level": 5}, "CONTACT-VALUE"),
        ({"level": True}, "CONTACT-VALUE"),
        ({"level": 1, "outcome": Outcome.NO_ANSWER}, "CONTACT-VALUE"),
        ({"proof": ProofClass.SIGNED}, "CONTACT-PROOF"),
        ({"proof": ProofClass.REPORTED}, "CONTACT-PROOF"),
        ({"completeness": Completeness.PRESS}, "CONTACT-PROOF"),
        ({"completeness": Completeness.PRESS, "proof": ProofClass.SIGNED, "message": bytes(32)}, "CONTACT-PROOF"),
    ],
    ids=str,
)
def test_a_contact_that_cannot_be_or_claims_too_much_is_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(LocalError) as refusal:
        replace(PLAIN, **change)
    assert refusal.value.code == code


VALUES = st.none() | st.booleans() | st.integers(-5, 2**64) | st.text(max_size=5) | st.binary(max_size=33)


@given(number=st.sampled_from([*FIELD_NAMES, 47, 99]), value=VALUES | st.lists(VALUES, max_size=2).map(tuple))
def test_a_record_from_outside_is_a_contact_or_a_typed_refusal(number: int, value: Any) -> None:
    try:
        one = contact_from_body({**contact_body(FULL), number: value})
    except LocalError:
        return
    assert contact_from_body(contact_body(one)) == one


# --- as uses ----------------------------------------------------------------------------------------------------------

CHANNEL = Channel(
    channel_id="eucom-ndmc",
    name="constructed",
    medium=Medium.TELEPHONE,
    level=Level.DUTY,
    ends=(End(side=Side.OURS, party="EUCOM", post="duty"), End(side=Side.THEIRS, party="NDMC", post="duty")),
    purpose="to prevent a miscalculation",
    languages=("ru",),
)


@pytest.mark.parametrize(
    ("initiated_by", "direction", "names"),
    [
        ("US", Direction.OUTGOING, {"US", "EUCOM"}),
        ("EUCOM", Direction.OUTGOING, {"US", "EUCOM"}),
        ("NDMC", Direction.INCOMING, {"NDMC"}),
        ("CH", None, set()),  # At no end of this channel: nobody knows whose side that is.
        ("", None, set()),
    ],
)
def test_who_began_is_known_by_every_name_of_its_side(
    initiated_by: str, direction: Direction | None, names: set[str]
) -> None:
    use = use_of(replace(PLAIN, initiated_by=initiated_by), CHANNEL, "US")
    assert (use.direction, use.initiator_names) == (direction, names)
    assert use_of(replace(PLAIN, initiated_by=initiated_by), None, "US").form == "WRITTEN"


@pytest.mark.parametrize(
    ("change", "numbers"),
    [
        ({}, (1, 0)),
        *(({"purpose": purpose}, (0, 0)) for purpose in Purpose if purpose is not Purpose.SUBSTANTIVE),
        *(({"outcome": one}, (0, 0)) for one in (Outcome.NO_ANSWER, Outcome.REFUSED, Outcome.BUSY)),
        ({"outcome": Outcome.WRONG_PERSON}, (0, 0)),
        *(({"outcome": one}, (0, 1)) for one in (Outcome.CUT_OFF, Outcome.LEFT_WORD, Outcome.UNKNOWN)),
        ({"certain": False}, (0, 1)),
        ({"answers": "CT-2022-000009"}, (0, 0)),
        ({"until_at": Instant(AT + 14 * DAY_US)}, (0, 1)),
    ],
    ids=str,
)
def test_what_counts_and_what_only_may(change: dict[str, Any], numbers: tuple[int, int]) -> None:
    use = use_of(replace(PLAIN, **change), CHANNEL, "US")
    found = count([use], CONTACT_RULE, parse_rfc3339("2022-11-28T00:00:00Z"))
    assert (found.certain, found.possible) == numbers
    assert use.spoken is (use.form == CALL_FORM) or use.form in {"TEST", "SERVICE"}


def test_the_press_leaves_every_subject_open_and_our_record_does_not() -> None:
    press = replace(
        PLAIN, completeness=Completeness.PRESS, proof=ProofClass.REPORTED, sources=("x",), subjects=("grid",)
    )
    as_of = parse_rfc3339("2022-11-28T00:00:00Z")
    for one, asked, numbers in (
        (press, "GRID", (1, 0)),
        (press, "halt to strikes", (0, 1)),
        (replace(PLAIN, subjects=("halt to strikes",)), "halt-to-strikes", (1, 0)),
        (replace(PLAIN, subjects=("grid",)), "halt to strikes", (0, 0)),
        (PLAIN, "halt to strikes", (0, 1)),
    ):
        found = count([use_of(one, CHANNEL, "US")], CONTACT_RULE, as_of, subject=asked)
        assert (found.certain, found.possible) == numbers, asked

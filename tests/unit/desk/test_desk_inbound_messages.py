from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from armslength.core.places import place_from_cbor
from armslength.core.precedence import Precedence
from armslength.core.record import parse_item
from armslength.desk import views
from armslength.line import fields
from armslength.line.receipts import Level
from builders import two_nodes
from builders.hostile import Hostile
from builders.two_nodes import LINGUIST, PRINCIPAL, RELEASER, SENT_PLACE, WATCH, Party, TwoNodes

IMMEDIATE, FLASH = Precedence.IMMEDIATE, Precedence.FLASH
STOP: dict[int, Any] = {fields.PLACE: SENT_PLACE}


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def taken(two: TwoNodes, item: Any) -> list[str]:
    return [error.code for error in two.deliver(two.eucom, [item]).refused]


def rung(party: Party) -> list[str]:
    with party.read() as books:
        return sorted(row[1] for _, row in views.rows(books.unit, views.ALARMS))


# --- acts that a message must carry -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "signers", "code"),
    [
        ("drafted and released by two", (("draft", WATCH), ("release", RELEASER)), ""),
        ("released only", (("release", RELEASER),), "ACT-SECOND-PERSON"),
        ("drafted only", (("draft", WATCH),), "ACT-MISSING"),
        ("drafted and released by one", (("draft", WATCH), ("release", WATCH)), "ACT-SECOND-PERSON"),
        ("released as a stop", (("draft", WATCH), ("stop", RELEASER)), "ACT-MISSING"),
        ("released by two and drafted by a third", (("draft", WATCH), ("release", PRINCIPAL), ("release", WATCH)), ""),
        ("nobody signed", (), "ACT-MISSING"),
    ],
)
def test_a_concern_needs_two_persons_on_the_wire_too(two: TwoNodes, case: str, signers: Any, code: str) -> None:
    hostile = Hostile(two.eucom, two.line)
    item = hostile.item("message", hostile.concern_body(IMMEDIATE), signers=signers, link=hostile.link())
    assert taken(two, item) == ([code] if code else []), case


@pytest.mark.parametrize(
    ("delegation", "codes"),
    [("voice", []), ("pre-approved", []), ("because", ["BRAID-MALFORMED"]), (True, ["BRAID-MALFORMED"])],
)
def test_a_delegation_on_the_link_lets_one_person_release(two: TwoNodes, delegation: Any, codes: list[str]) -> None:
    hostile = Hostile(two.eucom, two.line)
    signers = (("draft", WATCH), ("release", WATCH))
    link = {**hostile.link(), 7: delegation}
    assert taken(two, hostile.item("message", hostile.concern_body(IMMEDIATE), signers=signers, link=link)) == codes


def stop_body(hostile: Hostile) -> dict[int, Any]:
    body = hostile.concern_body(FLASH)
    return {n: v for n, v in body.items() if n < 100 and n != 37} | {20: "STOP", 34: SENT_PLACE}


def test_a_stop_needs_one_person_and_the_act_of_stopping(two: TwoNodes) -> None:
    hostile = Hostile(two.eucom, two.line)
    body = stop_body(hostile)
    released = hostile.item("message", body, signers=(("release", WATCH),), link=hostile.link())
    assert taken(two, released) == ["ACT-MISSING"]
    assert taken(two, hostile.item("message", body, signers=(("stop", WATCH),), link=hostile.link())) == []
    assert "STOP-RECEIVED" in rung(two.ndmc)


# --- taking back ------------------------------------------------------------------------------------------------------


def alone(two: TwoNodes, body: dict[int, Any]) -> list[str]:
    hostile = Hostile(two.eucom, two.line)
    acts = (("draft", WATCH), ("release", WATCH))
    return taken(two, hostile.item("message", body, signers=acts, link=hostile.link()))


def recalling(two: TwoNodes, target: bytes, verb: str = "recalls") -> dict[int, Any]:
    body = Hostile(two.eucom, two.line).concern_body(FLASH)
    return {**body, fields.RELATION: (verb, target)}


def test_what_two_persons_sent_is_not_taken_back_by_one(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line, precedence=FLASH)
    two.flush()
    assert alone(two, recalling(two, sent)) == ["ACT-SECOND-PERSON"]


def by_one(two: TwoNodes) -> Any:
    hostile = Hostile(two.eucom, two.line)
    signers = (("draft", WATCH), ("release", WATCH))
    link = {**hostile.link(), 7: "voice"}
    return hostile.item("message", hostile.concern_body(FLASH), signers=signers, link=link)


@pytest.mark.parametrize(("verb", "codes"), [("recalls", []), ("discontinues", []), ("updates", ["ACT-SECOND-PERSON"])])
def test_what_one_person_sent_is_taken_back_by_one_and_not_changed_by_one(
    two: TwoNodes, verb: str, codes: list[str]
) -> None:
    first = by_one(two)
    assert taken(two, first) == []
    body = recalling(two, first.envelope_hash, verb)
    hostile = Hostile(two.eucom, two.line)
    link = {**hostile.link(), 1: 2, 2: first.envelope_hash}
    item = hostile.item("message", body, signers=(("draft", WATCH), ("release", WATCH)), link=link)
    assert taken(two, item) == codes


def test_a_recall_by_one_that_overtakes_its_message_is_refused_until_that_is_here(two: TwoNodes) -> None:
    first = by_one(two)
    hostile = Hostile(two.eucom, two.line)
    link = {**hostile.link(), 1: 2, 2: first.envelope_hash}
    signers = (("draft", WATCH), ("release", WATCH))
    body = recalling(two, first.envelope_hash)
    recall = hostile.item("message", body, signers=signers, link=link)
    assert taken(two, recall) == ["ACT-SECOND-PERSON"]
    assert taken(two, first) == []
    assert taken(two, recall) == []


# --- relations --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["recalls", "updates", "adds", "discontinues"])
def test_nobody_changes_the_other_sides_message(two: TwoNodes, verb: str) -> None:
    target = two.ndmc.send(two.line)
    two.flush()
    body = Hostile(two.eucom, two.line).concern_body(IMMEDIATE) | {fields.RELATION: (verb, target)}
    assert taken(two, Hostile(two.eucom, two.line).message(body)) == ["RELATION-REFUSED"]


@pytest.mark.parametrize("which", ["our receipt", "their receipt", "another line"])
def test_what_is_no_message_of_this_line_cannot_be_taken_back(two: TwoNodes, which: str) -> None:
    message = (two.ndmc if which == "their receipt" else two.eucom).send(two.line)
    two.flush()
    if which == "another line":
        second = two.eucom.open_line("NDMC", ordinal=1)
        two.ndmc.open_line("EUCOM", ordinal=1)
        for party in (two.eucom, two.ndmc):
            two.deliver(party, party.assent(second), second)
        target = two.eucom.send(second)
        two.deliver(two.eucom, two.eucom.waiting(second), second)
    else:
        receiver = two.eucom if which == "their receipt" else two.ndmc
        target = receiver.receipt(message, Level.READ)
        two.flush()
    body = Hostile(two.eucom, two.line).concern_body(IMMEDIATE) | {fields.RELATION: ("recalls", target)}
    assert taken(two, Hostile(two.eucom, two.line).message(body)) == ["RELATION-REFUSED"]


def test_a_relation_to_a_message_not_held_is_shown_and_not_judged(two: TwoNodes) -> None:
    body = Hostile(two.eucom, two.line).concern_body(IMMEDIATE) | {fields.RELATION: ("updates", bytes(32))}
    assert taken(two, Hostile(two.eucom, two.line).message(body)) == []


# --- receipts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "level", "post", "act", "code"),
    [
        ("R1 by the linguist", Level.READ, LINGUIST, "receipt", ""),
        ("R3 by the linguist", Level.PASSED, LINGUIST, "receipt", "ACT-ROLE"),
        ("R1 signed as a release", Level.READ, WATCH, "release", "ACT-MISSING"),
        ("R4 by the watch", Level.ANSWERED, WATCH, "receipt", ""),
    ],
)
def test_a_receipt_is_an_act_of_a_role_that_may_give_it(
    two: TwoNodes, case: str, level: Level, post: str, act: str, code: str
) -> None:
    message = two.ndmc.send(two.line)
    two.flush()
    hostile = Hostile(two.eucom, two.line)
    body = hostile.receipt_body(message, level) | {5: two.eucom.officer(post)}
    item = hostile.item("receipt", body, signers=((act, post),), link=hostile.link())
    assert taken(two, item) == ([code] if code else []), case


def test_a_node_gives_no_receipt_of_level_one(two: TwoNodes) -> None:
    message = two.ndmc.send(two.line)
    two.flush()
    hostile = Hostile(two.eucom, two.line)
    body = {n: v for n, v in hostile.receipt_body(message, Level.READ).items() if n != 5}
    assert taken(two, hostile.item("receipt", body, link=hostile.link())) == ["ACT-MISSING"]


@pytest.mark.parametrize(
    ("case", "change", "code"),
    [
        ("of a message we never sent", {21: bytes(32)}, "RECEIPT-UNKNOWN-ENVELOPE"),
        ("under another number", {22: 9}, "RECEIPT-UNKNOWN-ENVELOPE"),
    ],
)
def test_a_receipt_of_another_message_is_refused(two: TwoNodes, case: str, change: dict[int, Any], code: str) -> None:
    message = two.ndmc.send(two.line)
    two.flush()
    hostile = Hostile(two.eucom, two.line)
    assert taken(two, hostile.receipt(hostile.receipt_body(message, Level.READ) | change)) == [code], case


def test_a_receipt_is_not_receipted_by_people(two: TwoNodes) -> None:
    message = two.ndmc.send(two.line)
    two.flush()
    given = two.eucom.receipt(message, Level.READ)
    two.flush()
    other = two.eucom.send(two.line)
    two.flush()
    hostile = Hostile(two.ndmc, two.line)
    body = hostile.receipt_body(other, Level.READ) | {21: given, 22: two.eucom.row(given)[3]}
    outcome = two.deliver(two.ndmc, [hostile.receipt(body)])
    assert [error.code for error in outcome.refused] == ["RECEIPT-LEVEL"]


# --- charter and forms ------------------------------------------------------------------------------------------------


def test_a_link_under_another_charter_is_refused(two: TwoNodes) -> None:
    hostile = Hostile(two.eucom, two.line)
    item = hostile.message(hostile.concern_body(IMMEDIATE), {**hostile.link(), 6: bytes(32)})
    assert taken(two, item) == ["CHARTER-VERSION"]


def test_a_form_that_this_node_does_not_know_is_taken_and_shown(two: TwoNodes) -> None:
    hostile = Hostile(two.eucom, two.line)
    body = hostile.concern_body(IMMEDIATE) | {20: "ULTIMATUM", 21: 7, 200: "later"}
    assert taken(two, hostile.message(body)) == []
    assert taken(two, hostile.message(hostile.concern_body(IMMEDIATE) | {20: "ULTIMATUM", 25: "soon"})) == [
        "FORM-FIELD-MALFORMED"
    ]


# --- bells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "values", "precedence", "bells"),
    [
        ("STOP", STOP, FLASH, ["STOP-RECEIVED"]),
        ("CONCERN", None, FLASH, ["FLASH-RECEIVED"]),
        ("CONCERN", None, IMMEDIATE, ["MESSAGE-RECEIVED"]),
        ("TEST", {100: "one two"}, Precedence.ROUTINE, []),
        ("SERVICE", {100: "LINE-RESUMED"}, Precedence.ROUTINE, []),
    ],
)
def test_each_arrival_rings_what_it_is(
    two: TwoNodes, form: str, values: Any, precedence: Precedence, bells: list[str]
) -> None:
    two.eucom.send(two.line, form, values or two_nodes.CONCERN_VALUES, precedence)
    two.flush()
    assert rung(two.ndmc) == bells


def test_a_read_back_from_elsewhere_and_an_answer_ring(two: TwoNodes) -> None:
    message = two.eucom.send(two.line)
    two.flush()
    far = replace_place(two, message)
    two.ndmc.receipt(message, Level.UNDERSTOOD, place=far)
    two.ndmc.receipt(message, Level.ANSWERED)
    two.flush()
    assert rung(two.eucom) == ["ANSWER-RECEIVED", "READ-BACK-DOUBT"]


def replace_place(two: TwoNodes, message: bytes) -> Any:
    sent = place_from_cbor(two.ndmc.body(message)[fields.PLACE])
    return replace(sent, lat_e7=sent.lat_e7 + 100_000)


def test_a_message_keeps_its_acts_in_the_journal(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line)
    two.flush()
    index = two.ndmc.row(sent)[4]
    with two.ndmc.read() as books:
        content = books.unit.content(index)
    assert content is not None
    assert len(parse_item(content[1]).acts) == 2

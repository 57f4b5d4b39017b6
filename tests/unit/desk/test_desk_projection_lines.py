from __future__ import annotations

from typing import Any

import pytest

from armslength.core.precedence import Precedence
from armslength.desk import views
from armslength.desk.projection_lines import RECEIPT_FORM, WITNESS_HISTORY
from armslength.line import exchange, fields, session
from armslength.line.exchange import Exchange, Status
from armslength.line.receipts import Level, Proof
from armslength.line.session import Declared
from builders import two_nodes
from builders.two_nodes import CONCERN_VALUES, SENT_PLACE, Party, TwoNodes

FLASH, ROUTINE = Precedence.FLASH, Precedence.ROUTINE


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def exchange_of(party: Party, envelope_hash: bytes) -> Exchange:
    with party.read() as books:
        value: Any = books.unit.get(views.EXCHANGES, envelope_hash)
    return exchange.exchange_from_value(value)


def declared(party: Party, line: bytes) -> Declared:
    with party.read() as books:
        return session.session_from_value(books.unit.get(views.SESSIONS, line)).declared


def test_both_sides_hold_the_same_exchange_by_role_and_person(two: TwoNodes) -> None:
    sent = two.converse()
    ours, theirs = exchange_of(two.eucom, sent), exchange_of(two.ndmc, sent)
    assert ours == theirs
    assert [(r.level, r.by, r.officer, r.proof) for r in ours.reached][:2] == [
        (Level.HELD, "NDMC", "", Proof.SIGNED),
        (Level.READ, "NDMC/watch-officer", "ndmc-watch-1", Proof.SIGNED),
    ]


@pytest.mark.parametrize(
    ("verb", "status"),
    [("recalls", Status.RECALLED), ("updates", Status.UPDATED), ("discontinues", Status.DISCONTINUED)],
)
def test_a_relation_steps_the_earlier_exchange_on_both_sides(two: TwoNodes, verb: str, status: Status) -> None:
    sent = two.eucom.send(two.line)
    two.flush()
    two.eucom.send(two.line, values={**CONCERN_VALUES, fields.RELATION: (verb, sent)})
    two.flush()
    assert two.refused == []
    assert [exchange_of(party, sent).status for party in (two.eucom, two.ndmc)] == [status] * 2


def test_what_adds_leaves_the_earlier_exchange_as_it_is(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line)
    two.flush()
    two.eucom.send(two.line, values={**CONCERN_VALUES, fields.RELATION: ("adds", sent)})
    two.flush()
    assert exchange_of(two.ndmc, sent).status is Status.LIVE


@pytest.mark.parametrize(
    ("who", "code", "expected"),
    [
        ("eucom", "LINE-SUSPENDED", (Declared.SUSPENDED_BY_US, Declared.SUSPENDED_BY_THEM)),
        ("ndmc", "LINE-SUSPENDED", (Declared.SUSPENDED_BY_THEM, Declared.SUSPENDED_BY_US)),
        ("ndmc", "LINE-RESUMED", (Declared.OPEN, Declared.OPEN)),
    ],
)
def test_service_messages_declare_the_state_of_the_line_at_both_ends(
    two: TwoNodes, who: str, code: str, expected: tuple[Declared, Declared]
) -> None:
    (two.eucom if who == "eucom" else two.ndmc).send(two.line, "SERVICE", {100: code}, ROUTINE)
    two.flush()
    assert (declared(two.eucom, two.line), declared(two.ndmc, two.line)) == expected
    assert two.refused == []


SUSPENSION = {
    100: two_nodes.START,
    101: "REASON-NOT-STATED",
    102: ("STOPS-AND-RECEIPTS",),
    104: ("The duty desk",),
}


@pytest.mark.parametrize(
    ("who", "steps", "expected"),
    [
        ("eucom", ("SUSPEND",), (Declared.SUSPENDED_BY_US, Declared.SUSPENDED_BY_THEM)),
        ("ndmc", ("SUSPEND",), (Declared.SUSPENDED_BY_THEM, Declared.SUSPENDED_BY_US)),
        ("ndmc", ("SUSPEND", "RESUME"), (Declared.OPEN, Declared.OPEN)),
        ("eucom", ("RESUME",), (Declared.OPEN, Declared.OPEN)),
        ("eucom", ("SUSPEND", "recalls"), (Declared.OPEN, Declared.OPEN)),
        ("eucom", ("SUSPEND", "discontinues"), (Declared.OPEN, Declared.OPEN)),
        ("eucom", ("SUSPEND", "updates"), (Declared.SUSPENDED_BY_US, Declared.SUSPENDED_BY_THEM)),
        ("eucom", ("SUSPEND", "RESUME", "updates"), (Declared.OPEN, Declared.OPEN)),
        ("eucom", ("SUSPEND", "RESUME", "SUSPEND", "recalls"), (Declared.SUSPENDED_BY_US, Declared.SUSPENDED_BY_THEM)),
    ],
    ids=str,
)
def test_a_line_is_suspended_by_its_form_as_by_the_service_code(
    two: TwoNodes, who: str, steps: tuple[str, ...], expected: tuple[Declared, Declared]
) -> None:
    party, first = (two.eucom if who == "eucom" else two.ndmc), b""
    for step in steps:
        two.time.pass_s(60)
        values: Any = SUSPENSION if step == "SUSPEND" else {100: two_nodes.START}
        if step in {"recalls", "discontinues"}:
            values = {fields.RELATION: (step, first)}
        elif step == "updates":
            values = {**SUSPENSION, fields.RELATION: (step, first)}
        sent = party.send(two.line, step if step.isupper() else "SUSPEND", values, ROUTINE)
        first = first or sent
        two.flush()
    assert (declared(two.eucom, two.line), declared(two.ndmc, two.line)) == expected
    assert two.refused == []


def test_a_resumption_that_is_taken_back_leaves_the_line_suspended(two: TwoNodes) -> None:
    two.eucom.send(two.line, "SUSPEND", SUSPENSION, ROUTINE)
    two.time.pass_s(60)
    resumed = two.eucom.send(two.line, "RESUME", {100: two_nodes.START}, ROUTINE)
    two.time.pass_s(60)
    two.eucom.send(two.line, "RESUME", {fields.RELATION: ("recalls", resumed)}, ROUTINE)
    two.flush()
    assert declared(two.ndmc, two.line) is Declared.SUSPENDED_BY_THEM


def test_a_receipt_travels_with_the_precedence_of_its_message(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line, "STOP", {fields.PLACE: SENT_PLACE}, FLASH)
    two.flush()
    given = two.ndmc.receipt(sent, Level.READ)
    row = two.ndmc.row(given)
    assert (row[6], row[7], row[16], row[22]) == (RECEIPT_FORM, FLASH, sent, 1)
    assert two.ndmc.waiting(two.line)[0].envelope_hash == given


@pytest.mark.parametrize(
    ("form", "values", "precedence", "use"),
    [
        ("CONCERN", CONCERN_VALUES, Precedence.IMMEDIATE, True),
        ("STOP", {fields.PLACE: SENT_PLACE}, FLASH, True),
        ("TEST", {100: "one two"}, ROUTINE, False),
        ("SERVICE", {100: "LINE-RESUMED"}, ROUTINE, False),
    ],
)
def test_the_view_says_what_counts_as_a_use(
    two: TwoNodes, form: str, values: Any, precedence: Precedence, use: bool
) -> None:
    assert two.eucom.row(two.eucom.send(two.line, form, values, precedence))[20] is use


def test_an_outbox_row_lives_until_the_peers_receipt_is_in_the_journal(two: TwoNodes) -> None:
    two.eucom.send(two.line)
    item = two.eucom.waiting(two.line)
    two.ndmc.receive(two.line, two.eucom.seal(two.line, item))
    assert two.eucom.waiting(two.line) == item
    two.flush()
    assert two.eucom.waiting(two.line) == []


def test_only_the_latest_roots_of_the_peer_are_kept(two: TwoNodes) -> None:
    for number in range(WITNESS_HISTORY + 4):
        two.eucom.send(two.line, "TEST", {100: f"test {number}"}, ROUTINE)
        two.cosign(two.eucom)
    with two.ndmc.read() as books:
        row = views.row(books.unit, views.WITNESS, two.line)
    assert row is not None
    assert len(row[5]) == WITNESS_HISTORY
    assert row[5][row[1]] == row[2]


def test_a_new_manifest_keeps_who_pinned_the_party(two: TwoNodes) -> None:
    two.eucom.next_manifest(time_zone="Europe/Kyiv")
    two.deliver(two.eucom, two.eucom.notices(two.line, 1))
    with two.ndmc.read() as books:
        row = views.row(books.unit, views.PARTIES, b"EUCOM")
    assert row is not None
    assert (row[1], row[5], row[6]) == (2, "ndmc-keys-1", False)

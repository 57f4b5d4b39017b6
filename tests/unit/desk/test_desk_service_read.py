from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from armslength.adapters.format_fluent import load_renderer
from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.desk import alarms, opening, service_read
from armslength.line import fields
from armslength.line.charter import charter_bytes, default_charter
from armslength.line.receipts import Level
from builders import two_nodes
from builders.hostile import Hostile
from builders.two_nodes import CONCERN_VALUES, SECOND, START, Party, TwoNodes

FLASH, IMMEDIATE = Precedence.FLASH, Precedence.IMMEDIATE


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def messages(party: Party, line: bytes) -> list[dict[str, Any]]:
    with party.read() as books:
        return service_read.read_messages(books, books.line(line))


def test_a_message_is_not_delivered_until_the_peers_receipt_is_here(two: TwoNodes) -> None:
    two.eucom.send(two.line)
    assert messages(two.eucom, two.line)[0]["delivery"] == "not delivered yet: do not report as sent"
    two.flush()
    [ours], [theirs] = messages(two.eucom, two.line), messages(two.ndmc, two.line)
    assert (ours["delivery"], theirs["delivery"]) == ("held by the other node", "received")
    assert (ours["id"], ours["number"], ours["direction"], theirs["direction"]) == (theirs["id"], 1, "out", "in")


def test_receipts_are_shown_by_level_with_who_and_proof(two: TwoNodes) -> None:
    two.converse()
    shown = messages(two.eucom, two.line)[0]["receipts"]
    assert list(shown) == ["R0", "R1", "R2", "R3", "R4"]
    assert (shown["R0"]["by"], shown["R1"]["by"], shown["R4"]["verb"]) == (
        "NDMC",
        "NDMC/watch-officer",
        "being-examined",
    )
    assert {one["proof"] for one in shown.values()} == {"SIGNED"}


def test_one_message_shows_what_each_receipt_said(two: TwoNodes) -> None:
    two.converse()
    with two.eucom.read() as books:
        whole = service_read.read_message(books, load_renderer(), books.line(two.line), "out:1", "en")
    shown = whole["receipts"]
    assert shown["R1"]["language"] is not None
    assert (shown["R2"]["place"]["degrees"], shown["R2"]["distance_m"]) == ("47.51220N 34.58580E", 0)
    assert shown["R3"]["command"]
    assert shown["R4"]["answer_by"].endswith("Z")
    # A list of messages stays a list: what was said is read with the one message.
    assert "command" not in messages(two.eucom, two.line)[0]["receipts"]["R3"]


@pytest.mark.parametrize(
    ("case", "late_s", "marks"),
    [("at once", 1, 0), ("late", 301, 1), ("at the border", 300, 0)],
)
def test_a_message_received_late_is_marked(two: TwoNodes, case: str, late_s: int, marks: int) -> None:
    two.eucom.send(two.line)
    two.time.pass_s(late_s - 0.02)
    two.flush()
    assert len([m for m in messages(two.ndmc, two.line)[0]["marks"] if "late" in m.lower()]) == marks, case


@pytest.mark.parametrize(("ahead_s", "marked"), [(119, False), (3600, True), (400 * 86_400, True)])
def test_a_clock_that_cannot_be_right_is_marked_and_no_reason_to_refuse(
    two: TwoNodes, ahead_s: int, marked: bool
) -> None:
    two.time.at = Instant(START + ahead_s * SECOND)
    two.eucom.send(two.line)
    items = two.eucom.waiting(two.line)
    transport = two.eucom.seal(two.line, items)
    two.time.at = Instant(START + 10 * SECOND)
    outcome = two.ndmc.receive(two.line, transport)
    assert outcome.refused == []
    assert any("???" in mark for mark in messages(two.ndmc, two.line)[0]["marks"]) is marked


def test_a_line_shows_what_is_declared_and_what_is_observed_apart(two: TwoNodes) -> None:
    two.converse()
    two.cosign(two.eucom)
    with two.eucom.read() as books:
        shown = service_read.read_line(books, books.line(two.line))
    assert (shown["declared"], shown["observed"]) == ("OPEN", "UNKNOWN")
    assert (shown["sent"], shown["accepted"], shown["waiting"], shown["missing"]) == (1, 4, 0, [])
    assert shown["cosigned_by_peer"] > 0
    assert shown["frozen"] is None
    assert shown["peer_fingerprint"] == two.ndmc.fingerprint().hex()


def test_a_gap_is_shown_with_its_numbers(two: TwoNodes) -> None:
    for number in range(4):
        two.eucom.send(two.line, values={**CONCERN_VALUES, 35: f"C-{number}"})
    two.deliver(two.eucom, [two.eucom.waiting(two.line)[3]])
    with two.ndmc.read() as books:
        assert service_read.read_line(books, books.line(two.line))["missing"] == [1, 2, 3]
    assert messages(two.ndmc, two.line)[0]["place_in_order"] == "AHEAD"


@pytest.mark.parametrize("locale", ["en", "ru", "uk"])
def test_a_message_reads_in_every_language_of_the_package(two: TwoNodes, locale: str) -> None:
    two.eucom.send(two.line)
    two.flush()
    with two.ndmc.read() as books:
        shown = service_read.read_message(books, load_renderer(), books.line(two.line), "1", locale)
        paper = service_read.read_message(books, load_renderer(), books.line(two.line), "1", locale)["paper"]
    assert "Запорізька АЕС" in shown["text"]
    assert shown["fields"]["facility-id"] == "UA-ZNPP"
    assert "EXERCISE" in paper.splitlines()[-1]


def test_a_form_that_this_node_does_not_know_is_shown_by_numbers(two: TwoNodes) -> None:
    hostile = Hostile(two.eucom, two.line)
    body = hostile.concern_body(IMMEDIATE) | {20: "ULTIMATUM", 250: {1: b"\x01"}}
    assert two.deliver(two.eucom, [hostile.message(body)]).refused == []
    with two.ndmc.read() as books:
        shown = service_read.read_message(books, load_renderer(), books.line(two.line), "1", "en")
    assert shown["fields"]["field-250"] == {"1": "01"}


def test_a_receipt_is_not_read_as_a_message(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line)
    two.flush()
    given = two.ndmc.receipt(sent, Level.READ)
    two.flush()
    with two.eucom.read() as books, pytest.raises(LocalError, match="MESSAGE-UNKNOWN"):
        service_read.read_message(books, load_renderer(), books.line(two.line), given.hex(), "en")


@pytest.mark.parametrize(
    ("effect_s", "until_s", "lead", "expired"),
    [(7_200, 9_999, True, False), (-60, 9_999, False, False), (7_200, 0, True, True)],
)
def test_validity_and_lead_time_are_those_at_receipt(effect_s: int, until_s: int, lead: bool, expired: bool) -> None:
    at = Instant(START)
    body: dict[int, Any] = {
        fields.TAKES_EFFECT_AT: START + effect_s * SECOND,
        fields.VALID_UNTIL: START + until_s * SECOND,
    }
    shown = service_read.validity(body, at)
    assert shown["lead_time_at_receipt"].startswith("none") is not lead
    assert shown["expired_at_receipt"] is expired


def test_a_count_lists_what_it_counted_and_why_not_the_rest(two: TwoNodes) -> None:
    two.converse()
    two.eucom.send(two.line, "TEST", {100: "one two"}, Precedence.ROUTINE)
    two.flush()
    with two.eucom.read() as books:
        ours = service_read.read_count(books, books.now)
    with two.ndmc.read() as books:
        theirs = service_read.read_count(books, books.now)
    assert (ours["certain"], theirs["certain"]) == (1, 0)
    assert [one["form"] for one in ours["listed"]] == ["CONCERN"]
    assert [one["form"] for one in ours["excluded"]] == ["TEST"]


def test_each_line_is_counted_by_the_rule_of_its_own_charter() -> None:
    two = two_nodes.strangers()
    two.eucom.pin(two.ndmc.introduction())
    with two.eucom.write() as books:
        ours, theirs = ((m.party, m.root_key_id) for m in (books.manifest(), books.manifest("NDMC")))
        usual = default_charter(books.realm, ours, theirs)
        rule = {"unit": "message", "direction": "both", "excluded": ("TEST",)}
        opening.open_line(books, "NDMC", charter_bytes(replace(usual, counting_rule=rule)))
    with two.eucom.read() as books:
        said = service_read.read_count(books, books.now)["rule"]
    assert said.startswith("Counted are messages; in both directions; forms not counted: TEST; exercises are counted.")


def test_alarms_are_open_until_accepted_and_health_counts_them(two: TwoNodes) -> None:
    with two.eucom.write() as books:
        alarms.raise_alarm(books, "GAP", detail="missing 3")
    with two.eucom.read() as books:
        [alarm] = service_read.read_alarms(books)
        health = service_read.read_health(books)
    assert (alarm["kind"], alarm["accepted_at"], alarm["sentence"]) == ("GAP", None, alarms.ALARM_KINDS["GAP"])
    assert (health["alarms_unaccepted"], health["party"], health["realm"]) == (1, "EUCOM", "EXERCISE")


def test_an_auditor_sees_every_entry_and_that_a_content_is_destroyed(two: TwoNodes) -> None:
    two.converse()
    with two.eucom.write() as books:
        books.unit.destroy(3)
    with two.eucom.read() as books:
        entries = service_read.read_entries(books, 0, 10_000)
        assert [one["index"] for one in entries] == list(range(books.unit.frontier().size))
        assert [one["index"] for one in entries if one["destroyed"]] == [3]
        assert service_read.read_record(books, 0)["body"]["20"] == "EUCOM"
        with pytest.raises(LocalError, match="CONTENT-DESTROYED"):
            service_read.read_record(books, 3)
        assert service_read.read_entries(books, 10**6, 5) == []


@pytest.mark.parametrize(("at", "text"), [(None, None), (0, None), (START, "2022-11-20T11:00:00Z")])
def test_an_instant_is_shown_or_absent(at: Any, text: str | None) -> None:
    assert service_read.when(at) == text

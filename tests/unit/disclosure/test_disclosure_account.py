"""The account: what a program and a tired officer read of a verified export."""

from __future__ import annotations

import json

from armslength.core.precedence import Precedence
from armslength.disclosure.account import Mark
from armslength.disclosure.verify import verify_export
from armslength.line.receipts import Level
from builders import two_nodes
from builders.exports import exported
from builders.two_nodes import CONCERN_VALUES

TWO = two_nodes.conversed()
OURS = verify_export(exported(TWO.eucom, TWO.line))
THEIRS = verify_export(exported(TWO.ndmc, TWO.line))


def test_the_message_stands_there_with_its_five_receipts_by_whom_and_how_known() -> None:
    (message,) = OURS.as_json()["messages"]
    assert (message["number"], message["form"], message["precedence"]) == (1, "CONCERN", "IMMEDIATE")
    assert (message["from"], message["to"]) == ("EUCOM", "NDMC")
    assert list(message["receipts"]) == ["R0", "R1", "R2", "R3", "R4"]
    assert message["receipts"]["R0"]["by"] == "NDMC"
    assert message["receipts"]["R1"]["by"] == "NDMC/watch-officer"
    assert message["receipts"]["R1"]["officer"] == "ndmc-watch-1"
    assert {one["proof"] for one in message["receipts"].values()} == {"SIGNED"}
    assert message["receipts"]["R4"]["verb"] == "being-examined"
    assert message["owed"] == {"R4": "2022-11-20T12:04:02.080Z"}
    assert message["status"] == "LIVE"


def test_both_sides_give_one_account_of_the_message_but_for_who_says_what_alone() -> None:
    (ours,), (theirs,) = OURS.as_json()["messages"], THEIRS.as_json()["messages"]
    for one in (ours, theirs):
        for key in ("recorded_at", "entry", "statements"):
            del one[key]
        for receipt in one["receipts"].values():
            del receipt["entry"]
    assert theirs["receipts"]["R0"].pop("only_exporter") is True
    assert ours["receipts"]["R0"].pop("only_exporter") is False
    assert ours == theirs


def test_the_account_is_plain_json() -> None:
    assert json.loads(json.dumps(OURS.as_json())) == OURS.as_json()


def test_an_exercise_says_so_in_the_first_and_last_line() -> None:
    for account in (OURS, THEIRS):
        lines = account.lines()
        for line in (lines[0], lines[-1]):
            assert line.startswith("EXERCISE")
            assert "NOT EVIDENCE" in line


def test_the_text_tells_the_journal_s_state_and_claims_no_consent() -> None:
    text = "\n".join(OURS.lines())
    assert "NDMC signed the state of the first" in text
    assert "R3 passed to a named command by NDMC/watch-officer (ndmc-watch-1)" in text
    assert "No receipt means consent, permission or action." in text


def test_what_only_the_exporter_says_is_marked_so() -> None:
    two = two_nodes.opened()
    two.eucom.send(two.line)
    account = verify_export(exported(two.eucom, two.line))
    assert account.messages[0].only_exporter
    text = "\n".join(account.lines())
    assert "Only EUCOM says so." in text
    assert "NDMC has signed no state of this journal" in text
    two.flush()
    account = verify_export(exported(two.eucom, two.line))
    assert not account.messages[0].only_exporter


def test_a_receipt_that_the_other_side_never_took_is_the_exporter_s_word() -> None:
    two = two_nodes.opened()
    sent = two.eucom.send(two.line)
    two.flush()
    two.ndmc.receipt(sent, Level.READ)
    account = verify_export(exported(two.ndmc, two.line))
    assert [(r.level.short, r.only_exporter) for r in account.messages[0].receipts] == [("R0", True), ("R1", True)]
    two.flush()
    account = verify_export(exported(two.ndmc, two.line))
    assert [(r.level.short, r.only_exporter) for r in account.messages[0].receipts] == [("R0", True), ("R1", False)]


def test_what_was_overdue_at_the_time_of_the_export_is_shown() -> None:
    two = two_nodes.opened()
    two.eucom.send(two.line)
    two.flush()
    two.time.pass_s(3_601)
    account = verify_export(exported(two.eucom, two.line))
    assert account.as_json()["messages"][0]["overdue"] == ["R1", "R2"]
    assert "Overdue: R1, R2." in "\n".join(account.lines())


def test_a_message_that_came_late_is_marked() -> None:
    two = two_nodes.opened()
    two.ndmc.send(two.line)
    two.time.pass_s(3_600)
    two.flush()
    account = verify_export(exported(two.eucom, two.line))
    assert [mark.detail for mark in account.marks if mark.code == "LATE"] == ["NDMC 1"]


def test_a_recall_ends_the_exchange() -> None:
    two = two_nodes.opened()
    sent = two.eucom.send(two.line)
    two.flush()
    two.eucom.send(two.line, "CONCERN", {**CONCERN_VALUES, 24: ("recalls", sent)})
    two.flush()
    messages = verify_export(exported(two.ndmc, two.line)).as_json()["messages"]
    assert [m["status"] for m in messages] == ["RECALLED", "LIVE"]
    assert messages[1]["relation"] == ["recalls", sent.hex()]


def test_entries_after_the_last_cosigned_state_are_marked_when_something_crossed() -> None:
    assert [mark.code for mark in OURS.marks] == []
    two = two_nodes.conversed()
    two.eucom.send(two.line, "TEST", {100: "LINE CHECK"}, Precedence.ROUTINE)
    account = verify_export(exported(two.eucom, two.line))
    assert [mark.code for mark in account.marks] == ["AFTER-COSIGNED"]


def test_words_of_the_other_side_cannot_steer_a_terminal() -> None:
    mark = Mark(code="GAP", entry=None, detail="\x1b[2J")
    assert "\x1b" not in mark.sentence

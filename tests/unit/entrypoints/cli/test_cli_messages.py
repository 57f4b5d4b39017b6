"""Receipts and answers are explicit acts; showing a message is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.format_fluent import catalogue
from armslength.language.paper import parse_paper
from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


@pytest.fixture(scope="module")
def stopped(opened: Pair, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    pair = opened.copied(tmp_path_factory.mktemp("stopped"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARMSLENGTH_PASSPHRASE", "demonstration")
        pair.at(pair.eucom, "stop", "--at", "47.5122N 34.5858E")
        pair.carry()
    return pair


@pytest.fixture
def received(stopped: Pair, tmp_path: Any) -> Pair:
    return stopped.copied(tmp_path)


def receipts(pair: Pair) -> list[str]:
    found = pair.at(pair.ndmc, "message", "show", "in:1", "--json").json
    return sorted(found["receipts"])


def test_what_was_held_is_said_and_no_more(received: Pair) -> None:
    out = received.at(received.eucom, "message", "show", "out:1").out
    assert "Delivery: held by the other node.\n" in out
    assert "R0       held by the other node" in out
    assert "Receipt is neither consent nor permission.\nNotification is not a precondition of protection.\n" in out
    assert out.endswith("The duty to verify that a target may be attacked stays with the parties.\n")


def test_showing_a_message_is_no_receipt(received: Pair) -> None:
    assert receipts(received) == ["R0"]
    assert receipts(received) == ["R0"]


def test_the_text_is_shown_in_the_language_asked_for(received: Pair) -> None:
    own = received.at(received.ndmc, "message", "show", "1", "--line", "EUCOM", "--json").json
    english = received.at(received.ndmc, "message", "show", "in:1", "--locale", "en", "--json").json
    assert (own["locale"], english["locale"]) == ("ru", "en")
    assert "STOP: CEASE FIRE AT ONCE" in english["text"]


def test_a_message_is_shown_as_a_sheet_for_the_telephone(received: Pair) -> None:
    sheet = received.at(received.ndmc, "message", "show", "in:1", "--paper", "--locale", "en").out.strip()
    read = parse_paper(catalogue(), sheet + "\n")
    assert (read.author, read.number, read.values[20]) == ("EUCOM", 1, "STOP")
    assert sheet.splitlines()[0] == sheet.splitlines()[-1] == "EXERCISE EXERCISE EXERCISE"


def test_a_message_is_shown_as_numbered_text_and_pasted_into_a_draft(received: Pair, tmp_path: Path) -> None:
    text = received.at(received.ndmc, "message", "show", "in:1", "--osce").out
    assert text.splitlines()[:2] == ["EXERCISE EXERCISE EXERCISE", "PRECEDENCE: FLASH"]
    file = tmp_path / "pasted.txt"
    file.write_text(text, encoding="utf-8")
    pasted = received.at(received.eucom, "message", "paste", str(file), "--json").json
    assert (pasted["form"], pasted["author"], pasted["number"]) == ("STOP", "EUCOM", 1)
    said = received.at(received.eucom, "message", "paste", str(file)).out
    assert said.startswith("EXERCISE  numbered text of EUCOM, number 1: STOP FLASH\n")
    assert "Nothing was entered." in said
    drafted = received.at(received.eucom, "message", "paste", str(file), "--draft", "--json").json
    assert (drafted["form"], drafted["state"]) == ("STOP", "DRAFTED")
    assert drafted["fields"]["place"]["degrees"] == "47.5122N 34.5858E"


@pytest.mark.parametrize(
    ("text", "code"),
    [("hello", "OSCE-INCOMPLETE"), ("EXERCISE EXERCISE EXERCISE\nPRECEDENCE: 3\n", "OSCE-INCOMPLETE")],
)
def test_what_is_no_numbered_text_is_refused(received: Pair, tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "pasted.txt"
    file.write_text(text, encoding="utf-8")
    said = command("message", "paste", str(file), "--home", str(received.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, code)


def test_a_text_of_the_other_realm_is_not_pasted(received: Pair, tmp_path: Path) -> None:
    text = received.at(received.ndmc, "message", "show", "in:1", "--osce").out
    file = tmp_path / "pasted.txt"
    real = text.replace("EXERCISE EXERCISE EXERCISE\n", "").replace("SUBJECT: EXERCISE", "SUBJECT: REAL")
    file.write_text(real, encoding="utf-8")
    said = command("message", "paste", str(file), "--home", str(received.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, "OSCE-REALM")


def test_the_answer_lists_what_is_asked_and_which_of_it_is_answered(pair: Pair) -> None:
    values = ("--field", "questions=EXACT-PLACE,TIME-OF-END", "--field", "place=47.5122N 34.5858E")
    given = ("message", "draft", "CLARIFICATION-REQUEST", "--precedence", "ROUTINE", *values, "--release")
    pair.at(pair.eucom, *given)
    pair.carry()
    asked = "Asked 1: What is the exact place?  --field place or area=..."
    shown = pair.at(pair.ndmc, "message", "show", "in:1", "--locale", "en").out
    assert asked in shown
    form = pair.at(pair.ndmc, "message", "show", "in:1", "--locale", "en", "--reply-form").out
    assert "1. What is the exact place?\n   34 Place: ____" in form
    reply = ("message", "answer", "in:1", "--verb", "confirm", "--field", "place=47.5122N 34.5858E", "--locale", "en")
    out = pair.at(pair.ndmc, *reply).out
    assert asked in out
    (draft,) = (one for one in pair.at(pair.ndmc, "message", "list", "--json").json["drafts"])
    shown = pair.at(pair.ndmc, "message", "show", draft["id"], "--locale", "en").out
    assert "Asked 1: What is the exact place?  answered\n" in shown
    assert "Asked 2: When will the activity end?  NOT ANSWERED\n" in shown


def test_a_draft_has_no_sheet(pair: Pair) -> None:
    values = ("--field", "questions=EXACT-PLACE", "--field", "place=47.5122N 34.5858E")
    draft = pair.at(pair.eucom, "message", "draft", "CLARIFICATION-REQUEST", *values, "--json").json
    said = command("message", "show", draft["id"], "--paper", "--home", str(pair.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, "PAPER-NONE")


def test_each_level_is_its_own_act(received: Pair) -> None:
    at = received.ndmc
    out = received.at(at, "message", "receipt", "in:1", "--level", "R1", "--locale", "en").out
    assert "STOP: CEASE FIRE AT ONCE" in out
    assert "R1 (read by an officer) signed by ndmc-watch-1: not delivered yet" in out
    out = received.at(at, "message", "receipt", "1", "--level", "R2", "--place", "47.5122N 34.5858E").out
    assert "The place you read back lies 0 m from the place sent.\n" in out
    out = received.at(at, "message", "receipt", "1", "--level", "R3", "--command", "HQ", "--how", "telephone").out
    assert out.endswith("Обязанность удостоверяться в характере объектов нападения остаётся за сторонами.\n")
    said = received.at(at, "message", "answer", "in:1", "--verb", "comply", "--json").json
    assert (said["level"], said["reply_draft"]) == ("R4", None)
    assert receipts(received) == ["R0", "R1", "R2", "R3", "R4"]
    received.carry()
    (message,) = received.at(received.eucom, "message", "list", "--json").json["messages"]
    assert sorted(message["receipts"]) == ["R0", "R1", "R2", "R3", "R4"]
    assert message["receipts"]["R4"]["verb"] == "comply"


def test_a_place_read_back_far_off_is_a_doubt(received: Pair) -> None:
    out = received.at(received.ndmc, "message", "receipt", "1", "--level", "R2", "--place", "47.6122N 34.5858E").out
    assert "DOUBT: call and read the place again" in out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("receipt", "in:1", "--level", "R2"), "RECEIPT-INCOMPLETE"),
        (("receipt", "in:1", "--level", "R3"), "RECEIPT-INCOMPLETE"),
        (("receipt", "in:9", "--level", "R1"), "MESSAGE-UNKNOWN"),
        (("receipt", "in:1", "--level", "R1", "--officer", "legal-1"), "ROLE-REFUSED"),
        (("answer", "in:1", "--verb", "being-examined"), "OPTION-VALUE"),
        (("answer", "in:1", "--verb", "perhaps"), "RECEIPT-INCOMPLETE"),
        (("show", "in:9"), "MESSAGE-UNKNOWN"),
    ],
    ids=" ".join,
)
def test_what_lacks_something_is_not_signed(received: Pair, words: tuple[str, ...], code: str) -> None:
    said = command("message", *words, "--home", str(received.ndmc))
    assert (said.status, said.err.split(":")[0]) == (2, code)
    assert receipts(received) == ["R0"]


def test_a_full_answer_drafts_a_reply_beside_the_verb(received: Pair) -> None:
    said = received.at(
        received.ndmc,
        "message",
        "answer",
        "in:1",
        "--verb",
        "answer-follows",
        "--answer-by",
        "2099-11-24T12:00:00Z",
        "--text",
        "Проверяем.",
        "--field",
        "reason=FACTS-BEING-ESTABLISHED",
        "--json",
    )
    (draft,) = received.at(received.ndmc, "message", "list", "--json").json["drafts"]
    assert said.json["reply_draft"]["id"] == draft["id"]
    assert (draft["form"], draft["fields"]["verb"]) == ("REPLY", "answer-follows")
    (sent,) = received.at(received.eucom, "message", "list", "--json").json["messages"]
    assert draft["fields"]["answers"] == sent["id"]


def test_the_list_shows_drafts_apart(received: Pair) -> None:
    received.at(received.ndmc, "message", "draft", "TEST")
    out = received.at(received.ndmc, "message", "list").out
    assert out.startswith("EXERCISE  1 message\nNAME  FORM")
    assert "\nDrafts, not released:\nID " in out

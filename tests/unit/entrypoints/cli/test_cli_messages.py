"""Receipts and answers are explicit acts; showing a message is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.format_fluent import catalogue
from armslength.language.paper import parse_paper
from builders.cli_homes import command

if TYPE_CHECKING:
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
    assert out.endswith("A receipt is not consent.\n")


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


def test_a_draft_has_no_sheet(opened: Pair) -> None:
    values = ("--field", "questions=EXACT-PLACE", "--field", "place=47.5122N 34.5858E")
    draft = opened.at(opened.eucom, "message", "draft", "CLARIFICATION-REQUEST", *values, "--json").json
    said = command("message", "show", draft["id"], "--paper", "--home", str(opened.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, "PAPER-NONE")


def test_each_level_is_its_own_act(received: Pair) -> None:
    at = received.ndmc
    out = received.at(at, "message", "receipt", "in:1", "--level", "R1", "--locale", "en").out
    assert "STOP: CEASE FIRE AT ONCE" in out
    assert "R1 (read by an officer) signed by ndmc-watch-1: not delivered yet" in out
    out = received.at(at, "message", "receipt", "1", "--level", "R2", "--place", "47.5122N 34.5858E").out
    assert "The place you read back lies 0 m from the place sent.\n" in out
    out = received.at(at, "message", "receipt", "1", "--level", "R3", "--command", "HQ", "--how", "telephone").out
    assert out.endswith("A receipt is not consent.\n")
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

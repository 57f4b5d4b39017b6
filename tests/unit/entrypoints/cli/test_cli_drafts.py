"""From a form to a release: drafted, checked, released by a second person, each from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair

CONCERN = {
    "reply-by": "2099-11-25T12:00:00Z",
    "place": "47.5122N 34.5858E",
    "attribution": "NO-ATTRIBUTION",
    "activity": "SHELLING",
    "activity-window": "2022-11-20T04:00:00Z/2022-11-20T10:00:00Z",
    "hazards": "RELEASE-OF-RADIATION",
    "requested-action": "CEASE-FIRE-AT-PLACE,EXAMINE-AND-ANSWER",
    "basis-of-knowledge": "INTERNATIONAL-MONITOR",
    "evidence-level": "CONFIRMED-BY-MONITOR",
    "legal-basis": "AP-I-ARTICLE-56",
}


def fields(**more: str) -> list[str]:
    return [word for name, value in {**CONCERN, **more}.items() for word in ("--field", f"{name}={value}")]


@pytest.fixture
def concern(pair: Pair) -> dict[str, Any]:
    found: dict[str, Any] = pair.at(pair.eucom, "message", "draft", "concern", *fields(), "--json").json
    return found


def test_a_draft_says_what_stands_before_its_release(pair: Pair) -> None:
    out = pair.at(pair.eucom, "message", "draft", "CONCERN", "--to", "NDMC", *fields()).out
    assert "Requested action: cease fire at the place; examine and answer" in out
    assert "It is not released and not sent.\nBefore its release: legal, second person.\n" in out
    assert '--legal --law "..."' in out


def test_a_release_waits_for_the_legal_tick(pair: Pair, concern: dict[str, Any]) -> None:
    said = command("message", "release", concern["id"], "--home", str(pair.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, "CHECK-MISSING")
    checked = pair.at(
        pair.eucom, "message", "check", concern["id"][:8], "--legal", "--law", "AP I Art. 56", "--json"
    ).json
    assert checked["needs"] == ["second person"]
    done = pair.at(pair.eucom, "message", "release", concern["id"][:8], "--json").json
    assert (done["number"], done["delivery"]) == (1, "not delivered yet: do not report as sent")


def test_who_drafted_does_not_release(pair: Pair, concern: dict[str, Any]) -> None:
    pair.at(pair.eucom, "message", "check", concern["id"], "--legal", "--law", "AP I Art. 56")
    said = command("message", "release", concern["id"], "--officer", "watch-1", "--home", str(pair.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, "ROLE-REFUSED")


def test_a_check_returns_a_draft_with_a_note(pair: Pair, concern: dict[str, Any]) -> None:
    out = pair.at(pair.eucom, "message", "check", concern["id"], "--legal", "--return", "cite the law").out
    assert "legal check: returned by eucom-legal-1." in out
    shown = pair.at(pair.eucom, "message", "show", concern["id"][:8]).out
    assert "legal check returned by eucom-legal-1: cite the law" in shown
    said = command("message", "release", concern["id"], "--home", str(pair.eucom))
    assert said.err.startswith("CHECK-RETURNED")


def test_a_tick_without_law_is_no_tick(pair: Pair, concern: dict[str, Any]) -> None:
    said = command("message", "check", concern["id"], "--legal", "--home", str(pair.eucom))
    assert said.err.startswith("CHECK-LAW")


def test_a_free_text_goes_to_the_linguist(pair: Pair, tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("Strong explosions near the site.\n", encoding="utf-8")
    drafted = pair.at(pair.eucom, "message", "draft", "CONCERN", *fields(), "--text-file", str(text), "--json").json
    assert drafted["needs"] == ["legal", "linguist", "second person"]
    after = pair.at(pair.eucom, "message", "check", drafted["id"], "--linguist", "--json").json
    assert after["needs"] == ["legal", "second person"]


def test_a_form_for_one_person_is_released_at_once(pair: Pair) -> None:
    out = pair.at(pair.eucom, "message", "draft", "TEST", "--to", "NDMC", "--precedence", "FLASH", "--release").out
    assert "Officer: eucom-watch-1\n" in out
    assert "Precedence: FLASH\n" in out
    assert "TEST, number 1: not delivered yet: do not report as sent.\n" in out


def test_a_form_for_two_is_not(pair: Pair) -> None:
    said = command("message", "draft", "CONCERN", *fields(), "--release", "--home", str(pair.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, "SECOND-PERSON-NEEDED")
    assert pair.at(pair.eucom, "message", "list", "--json").json == {"messages": [], "drafts": []}


def test_a_message_is_taken_back_by_its_number(pair: Pair, tmp_path: Path) -> None:
    pair.at(pair.eucom, "message", "draft", "TEST", "--release")
    file = tmp_path / "fields.json"
    file.write_text('{"relation": ["recalls", "out:1"]}', encoding="utf-8")
    pair.at(pair.eucom, "message", "draft", "TEST", "--fields-file", str(file), "--release")
    first, second = pair.at(pair.eucom, "message", "list", "--json").json["messages"]
    assert second["relation"] == ["recalls", first["id"]]


def test_fields_come_from_an_object(pair: Pair, tmp_path: Path) -> None:
    file = tmp_path / "fields.json"
    file.write_text("[]", encoding="utf-8")
    said = command("message", "draft", "TEST", "--fields-file", str(file), "--home", str(pair.eucom))
    assert said.err.startswith("FILE-READ")

"""Line checks at the command line: a plan from its file, one line a call, strips, texts, calendar."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from builders.cli_homes import command
from builders.line_checking import channel

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair, Said


@pytest.fixture
def planned(pair: Pair, tmp_path: Path) -> Pair:
    book, plan = tmp_path / "red.json", tmp_path / "plan.json"
    book.write_text(json.dumps(channel("red", time_zone="UTC")), encoding="utf-8")
    hours = [f"{hour:02}:00" for hour in range(24)]
    given = {"channel": "red", "times": hours, "ours": {"holidays": [["2030-05-01", "Labour Day"]]}, "early_s": 3600}
    plan.write_text(json.dumps(given), encoding="utf-8")
    pair.at(pair.eucom, "channel", "add", str(book), "--reason", "the test")
    out = pair.at(pair.eucom, "check", "plan", "set", str(plan), "--reason", "as agreed").out
    assert "line checks of red: UNKNOWN" in out
    assert "ours: MON, TUE, WED, THU, FRI; 2030-05-01 Labour Day" in out
    return pair


def at(pair: Pair, *words: str) -> Said:
    return pair.at(pair.eucom, *words)


def as_json(pair: Pair, *words: str) -> Any:
    return json.loads(at(pair, *words, "--json").out)


def test_a_call_is_recorded_in_one_line_and_shown(planned: Pair) -> None:
    text = next(one["text"] for one in as_json(planned, "check", "text", "red")["texts"] if one["language"] == "en")
    out = at(planned, "check", "log", "red", "--answered", "--received", text).out
    assert "red: ANSWERED" in out
    assert "Of the check planned for" in out
    listed = at(planned, "check", "list", "--channel", "red").out
    assert "ANSWERED" in listed
    assert "A" in at(planned, "check", "strip", "red", "--days", "2").out
    assert "1 plan of line checks" in at(planned, "check", "plan", "list").out
    assert "Answered in a row: 1" in at(planned, "check", "plan", "show", "red").out


def test_a_changed_copy_is_shown_letter_by_letter(planned: Pair, tmp_path: Path) -> None:
    text = next(one["text"] for one in as_json(planned, "check", "text", "red")["texts"] if one["language"] == "en")
    copy = tmp_path / "copy.txt"
    copy.write_text(text.replace("a", "\u0430", 1) + "\n", encoding="utf-8")
    out = at(planned, "check", "log", "red", "--answered", "--received-file", str(copy)).out
    assert "red: GARBLED" in out
    assert "they look alike" in out


def test_a_silence_says_to_keep_on_calling(planned: Pair) -> None:
    at(planned, "check", "log", "red", "--no-answer", "--reason", "path", "--note", "no tone")
    out = at(planned, "check", "strip", "red").out
    assert "red: UNANSWERED (1)" in out
    assert "Keep on calling." in out
    assert "Nobody has said that the channel is cut" in out


def test_the_calendar_and_the_export_are_written(planned: Pair, tmp_path: Path) -> None:
    at(planned, "check", "log", "red", "--no-message")
    calendar, export = tmp_path / "checks.ics", tmp_path / "checks.csv"
    assert "Written: " in at(planned, "check", "calendar", "--to", str(calendar), "--days", "2").out
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    at(planned, "check", "export", "red", "--to", str(export))
    assert export.read_text(encoding="utf-8").startswith("channel,planned,made,result")
    said = command("check", "export", "red", "--to", str(tmp_path), "--home", str(planned.eucom))
    assert said.err.startswith("FILE-WRITE")


def test_what_is_to_come_is_listed(planned: Pair) -> None:
    out = at(planned, "check", "next", "--days", "1").out
    assert "24 to come" in out
    assert len(as_json(planned, "check", "next", "--days", "1")["next"]) == 24


def test_a_plan_without_a_channel_is_refused(planned: Pair, tmp_path: Path) -> None:
    empty = tmp_path / "empty.json"
    empty.write_text("[]", encoding="utf-8")
    said = command("check", "plan", "set", str(empty), "--reason", "x", "--home", str(planned.eucom))
    assert said.err.startswith("CHECK-PLAN-VALUE")
    said = command(
        "check", "log", "red", "--answered", "--received", "a", "--received-file", "b", "--home", str(planned.eucom)
    )
    assert said.err.startswith("OPTION-VALUE")

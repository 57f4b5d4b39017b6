"""The shift at the command line: the form is read before it is signed, and drills stand clear of the change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair, Said

OFFICER = [{"officer": "eucom-watch-1", "role": "watch-officer"}]
WATCHES = [
    {"name": "day", "from": "2090-11-20T06:00:00Z", "until": "2090-11-20T18:00:00Z", "officers": OFFICER},
    {"name": "night", "from": "2090-11-20T18:00:00Z", "until": "2090-11-21T06:00:00Z", "officers": OFFICER},
]


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.json"
    wake = [{"officer": "eucom-release-1", "how": "telephone at the bed"}]
    path.write_text(json.dumps({"roster": "2090-11", "watches": WATCHES, "wake": wake}), encoding="utf-8")
    return path


def at(pair: Pair, *words: str) -> Said:
    return pair.at(pair.eucom, *words)


def test_the_watch_goes_from_hand_to_hand(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    assert at(pair, "shift", "show").out == (
        "EXERCISE  nobody has signed for the watch\nThe roster has nobody for now: armslength shift roster FILE\n"
    )
    out = at(pair, "shift", "handover", "--notes", "quiet night", "--key", "safe 2").out
    assert "HAND-OVER EUCOM EXERCISE" in out
    assert "- quiet night" in out
    assert "- line to NDMC: declared OPEN" in out
    waiting = at(pair, "shift", "show", "waiting", "--json").json
    assert f"who comes types {waiting['code']}" in out
    assert "Handed over in entry" in at(pair, "shift", "show").out
    take = ("shift", "take", "--officer", "release-1", "--home", str(pair.eucom))
    assert command(*take, "--form", "00000000").err.startswith("SHIFT-FORM")
    monkeypatch.setattr("builtins.input", lambda _question: waiting["code"])
    out = at(pair, "shift", "take", "--officer", "release-1").out
    assert out.startswith("HAND-OVER EUCOM EXERCISE")
    assert "eucom-release-1 has the watch since" in out
    listed = at(pair, "shift", "list", "--json").json
    assert [one["step"] for one in listed] == ["TAKE", "HAND-OVER"]
    assert "TAKE" in at(pair, "shift", "list").out
    assert "The form stands in entry" in at(pair, "shift", "show", str(listed[0]["entry"])).out


def test_a_roster_is_entered_and_shown(pair: Pair, roster: Path) -> None:
    out = at(pair, "shift", "roster", str(roster), "--reason", "November").out
    assert "Roster entered" in out
    assert "2090-11" in at(pair, "shift", "roster").out
    shown = at(pair, "shift", "roster", "--show", "2090-11").out
    assert "20 Nov 2090 06:00 UTC (UTC+0)" in shown
    assert "telephone at the bed" in shown
    who = at(pair, "shift", "who").out
    assert who.startswith("EXERCISE  can release now, on the watch:\nnobody; wake one of those below\n")
    assert "NOTES\n- look\n" in at(pair, "shift", "form", "--notes", "look").out


def test_a_drill_is_planned_clear_of_the_change(pair: Pair, roster: Path, tmp_path: Path) -> None:
    at(pair, "shift", "roster", str(roster))
    script = tmp_path / "script.txt"
    script.write_text("Say: this is an exercise.\n", encoding="utf-8")
    plan = ("drill", "plan", "Reachability", "--script", str(script), "--reason", "monthly")
    near = ("--from", "2090-11-20T17:00:00Z", "--until", "2090-11-20T17:45:00Z")
    said = command(*plan, *near, "--home", str(pair.eucom))
    assert said.err.startswith("DRILL-SHIFT")
    out = at(pair, *plan, *near, "--supervisor", "day=eucom-watch-1", "--supervisor", "night=eucom-watch-1").out
    assert "Reachability: PLANNED" in out
    number = at(pair, "drill", "list", "--json").json[0]["drill"]
    begin = command("drill", "begin", number, "--reason", "now", "--home", str(pair.eucom))
    assert begin.err.startswith("DRILL-VALUE")
    assert "CALLED-OFF" in at(pair, "drill", "call-off", number, "--reason", "rain").out
    assert number in at(pair, "drill", "list").out
    assert at(pair, "drill", "list", number, "--json").json["status"] == "CALLED-OFF"

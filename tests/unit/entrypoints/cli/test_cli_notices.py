"""Notices at the command line: a sheet is shown before it is signed, and each person confirms a batch once."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest

from armslength.core.instants import DAY_US, Instant
from armslength.node import system_now
from builders.cli_homes import command
from builders.notice_sheets import movement, sheet, site

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


@pytest.fixture
def plan(tmp_path: Path) -> str:
    begins = Instant(system_now() + 5 * DAY_US)
    path = tmp_path / "plan.csv"
    path.write_bytes(sheet(movement(1, begins), movement(2, begins, "IAEA"), site(1, begins, cargo="x"), "bad,row"))
    return str(path)


def test_a_dry_run_says_what_would_be_entered_and_enters_nothing(pair: Pair, plan: str) -> None:
    out = pair.at(pair.eucom, "notice", "import", plan, "--dry-run").out
    assert out.startswith("EXERCISE  sheet of notices, read as NB-")
    assert "REFUSED, correct and read again:\n  row 5:" in out
    assert "IAEA 3, NDMC 2\n" in out
    assert pair.at(pair.eucom, "notice", "list", "--json").json == []


@pytest.mark.parametrize(("answer", "entered"), [("yes\n", 1), ("no\n", 0), ("", 0)])
def test_nothing_enters_before_somebody_says_yes(
    pair: Pair, plan: str, monkeypatch: pytest.MonkeyPatch, answer: str, entered: int
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(answer))
    command("notice", "import", plan, "--home", str(pair.eucom))
    assert len(pair.at(pair.eucom, "notice", "list", "--json").json) == entered


def test_a_day_of_a_coordinator(pair: Pair, plan: str, tmp_path: Path) -> None:
    assert "3 notices entered. Nobody was told yet." in pair.at(pair.eucom, "notice", "import", plan, "--yes").out
    drafted = pair.at(pair.eucom, "notice", "draft", "--yes").out
    assert "  1 x MOVE-NOTICE to NDMC\n  1 x SITE-NOTICE to NDMC\n" in drafted
    assert "IAEA (no line: by sheet)" in drafted
    refused = command("notice", "release", "--yes", "--home", str(pair.eucom))
    assert refused.err.startswith("CHECK-MISSING: ")
    checked = pair.at(pair.eucom, "notice", "check", "--legal", "--law", "AP I Art. 57", "--yes").out
    assert ": 1 done." in checked
    released = pair.at(pair.eucom, "notice", "release", "--yes").out
    assert "2 done. Not delivered yet: do not report as sent." in released
    assert "waits for this step (release)" in pair.at(pair.eucom, "notice", "release", "--yes").out
    pair.carry()
    grid = pair.at(pair.eucom, "notice", "grid", "--party", "NDMC").out
    assert "NDMC receipted R0 signed" in grid
    assert "Notification is not a precondition of protection" in grid
    first = pair.at(pair.eucom, "notice", "grid", "--json").json["rows"][0]["notice"]
    to = tmp_path / "iaea.csv"
    pair.at(pair.eucom, "notice", "sheet", "IAEA", "--to", str(to), "--handed-over")
    written = to.read_text(encoding="utf-8")
    assert "NDMC" not in written
    for told in (
        "+41 22 000 00 00",
        "Depot 47.0010N 35.1400E; Town 1 46.0010N 34.6500E",
        "Notification is not a precondition of protection",
        "не является условием защиты",
        "не є умовою захисту",
    ):
        assert told in written
    heard = pair.at(
        pair.eucom, "notice", "receipt", first, "IAEA", "--level", "R1", "--how", "read back by telephone"
    ).out
    assert "IAEA receipted R1 attested" in heard
    shown = pair.at(pair.eucom, "notice", "show", first).out
    assert "version 1" in shown
    gone = pair.at(pair.eucom, "notice", "withdraw", first, "--reason", "called off").out
    assert "Whoever was told must be told" in gone
    assert "WITHDRAWN" in pair.at(pair.eucom, "notice", "grid").out


def test_a_sheet_can_be_printed(pair: Pair, plan: str, tmp_path: Path) -> None:
    pair.at(pair.eucom, "notice", "import", plan, "--yes")
    to = tmp_path / "iaea.pdf"
    out = pair.at(pair.eucom, "notice", "sheet", "IAEA", "--to", str(to)).out
    assert "Not recorded as handed over" in out
    assert to.read_bytes().startswith(b"%PDF-")
    nowhere = command("notice", "sheet", "IAEA", "--to", str(tmp_path / "no" / "x.csv"), "--home", str(pair.eucom))
    assert nowhere.err.startswith("FILE-WRITE: ")


def test_without_a_batch_the_program_says_so(pair: Pair) -> None:
    said = command("notice", "draft", "--home", str(pair.eucom))
    assert said.err.startswith("NOTICE-UNKNOWN: ")

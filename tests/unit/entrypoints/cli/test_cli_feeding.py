"""Feeds at the command line: set up by signature, read in the foreground, and shown with what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.cli_homes import command
from builders.feeding import hot_spots

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "feed"
    made.mkdir()
    return made


def complete(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    (folder / f"{name}.done").touch()


def test_a_feed_is_set_up_read_once_and_shown(pair: Pair, folder: Path) -> None:
    add = ("feed", "add", "firms-ua", "--as", "firms", "--from", str(folder), "--every", "3600")
    out = pair.at(pair.eucom, *add).out
    assert f"  from                         {folder}\n" in out
    assert "firms-ua: entered" in out
    complete(folder, "a.csv", hot_spots("2022-11-20", 5).replace("50.0001,31.5", "95,31.5"))
    (read,) = pair.at(pair.eucom, "watch", "run", "--once", "--json").json
    assert (read["status"], read["file"], read["entered"], read["refused"]) == ("ENTERED", "a.csv", 4, 1)
    (listed,) = pair.at(pair.eucom, "feed", "list", "--json").json
    assert (listed["late_after_s"], listed["rows_entered"], listed["troubles"][0]["trouble"]) == (86_400, 4, "REFUSED")
    assert "REFUSED" in pair.at(pair.eucom, "feed", "list").out
    shown = pair.at(pair.eucom, "feed", "show", "firms-ua").out
    assert "rows           5 read, 4 entered, 1 refused\n" in shown
    assert "ROW-VALUE" in shown
    out = pair.at(pair.eucom, "watch", "run", "--once").out
    assert out.endswith("firms-ua: IDLE\n")
    assert command("feed", "show", "others", "--home", str(pair.eucom)).err.startswith("FEED-UNNAMED: ")


def test_a_feed_that_is_off_is_not_read(pair: Pair, folder: Path) -> None:
    add = ("feed", "add", "quiet", "--as", "firms", "--from", str(folder))
    pair.at(pair.eucom, *add, "--switch", "off", "--option", "region=UA")
    complete(folder, "a.csv", hot_spots("2022-11-20", 5))
    assert "No feed is on." in pair.at(pair.eucom, "watch", "run", "--once").out
    shown = pair.at(pair.eucom, "feed", "show", "quiet", "--json").json
    assert (shown["on"], shown["files"], shown["options"]) == (False, 0, {"region": "UA"})
    pair.at(pair.eucom, "feed", "add", "quiet", "--switch", "on", "--move")
    pair.at(pair.eucom, "watch", "run", "--once")
    assert (folder / "done" / "a.csv").exists()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--as", "nonsense"), "FEED-UNKNOWN"),
        (("--from", "http://feeds.invalid/x.csv"), "FEED-VALUE"),
        (("--every", "1"), "FEED-VALUE"),
        (("--late-after", "60"), "FEED-VALUE"),
        (("--rows-per-hour", "0"), "FEED-VALUE"),
        (("--officer", "eucom-linguist-1"), "ROLE-REFUSED"),
    ],
)
def test_what_cannot_be_a_feed_is_refused(pair: Pair, folder: Path, options: tuple[str, ...], code: str) -> None:
    usual = ("--as", "firms", "--from", str(folder))
    said = command("feed", "add", "firms-ua", *usual, *options, "--home", str(pair.eucom))
    assert said.status == 2
    assert said.err.startswith(f"{code}: ")

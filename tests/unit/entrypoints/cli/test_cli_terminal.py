"""What a screen shows, and where a passphrase comes from."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.cli import terminal

if TYPE_CHECKING:
    from pathlib import Path


def test_a_table_is_aligned_and_nothing_steers_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"a": "x\x1b[2J\ny", "b_c": True}, {"a": None, "b_c": ["p", "q"]}]
    terminal.table(rows, ("a", "b_c"), empty="none")
    assert capsys.readouterr().out.splitlines() == [
        "A                      B C",
        "x[U+001B][2J[U+000A]y  yes",
        "-                      p, q",
    ]


def test_an_empty_table_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.table([], ("a",), empty="none")
    assert capsys.readouterr().out == "none\n"


def test_text_keeps_its_lines_and_shows_what_is_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say("one\ntwo\u202e")
    assert capsys.readouterr().out == "one\ntwo[U+202E]\n"


def test_a_passphrase_comes_from_the_file_before_the_environment(tmp_path: Path) -> None:
    one, many = tmp_path / "one", tmp_path / "many"
    one.write_text("for-all\n", encoding="utf-8")
    many.write_text("root=r=1\neucom-watch-1=w\n", encoding="utf-8")
    assert terminal.passphrase(Namespace(passphrase_file=str(one)), "root") == "for-all"
    assert terminal.passphrase(Namespace(passphrase_file=str(many)), "root") == "r=1"
    assert terminal.passphrase(Namespace(passphrase_file=str(many)), "eucom-watch-1") == "w"
    assert terminal.passphrase(Namespace(passphrase_file=None), "root") == "demonstration"
    for bad in (many, tmp_path / "none"):
        with pytest.raises(LocalError, match="PASSPHRASE-FILE"):
            terminal.passphrase(Namespace(passphrase_file=str(bad)), "nobody")


def test_where_nobody_sits_nothing_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARMSLENGTH_PASSPHRASE")
    with pytest.raises(LocalError, match="ANSWER-NEEDED"):
        terminal.passphrase(Namespace(), "root")


def test_a_new_passphrase_is_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARMSLENGTH_PASSPHRASE")
    monkeypatch.setattr(terminal.sys.stdin, "isatty", lambda: True)
    typed = iter(["one", "one", "one", "two"])
    monkeypatch.setattr(terminal, "getpass", lambda _prompt: next(typed))
    assert terminal.passphrase(Namespace(), "root", new=True) == "one"
    with pytest.raises(LocalError, match="PASSPHRASE-MISMATCH"):
        terminal.passphrase(Namespace(), "root", new=True)

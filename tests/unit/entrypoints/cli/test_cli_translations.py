"""The linguist's place at the command line: stages, readers, terms, files of terms, and the drafting checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair

FIELDS = ("--field", "facility=Plant|en|NUCLEAR-POWER-PLANT")


@pytest.fixture
def draft(pair: Pair) -> str:
    asked = (
        *("message", "draft", "SITE-NOTICE", "--field", "facility-id=UA-X"),
        *("--field", 'facility=["Plant", "en", "HOSPITAL"]', "--field", "place=47.5122N 34.5858E"),
        *("--field", "valid-until=2099-01-01T00:00:00Z", "--field", "free-text=We guarantee care near Kiev tonight."),
        *("--precedence", "IMMEDIATE", "--json"),
    )
    return str(pair.at(pair.eucom, *asked).json["id"])


def test_stages_are_recorded_shown_and_read(pair: Pair, draft: str, tmp_path: Path) -> None:
    text = tmp_path / "ru.txt"
    text.write_text("Мы гарантируем осторожность.\n", encoding="utf-8")
    add = ("translate", "add", draft[:12], "--into", "ru")
    out = pair.at(pair.eucom, *add, "--stage", "sight", "--text-file", str(text), "--doubt", "Мы=who?").out
    assert "SIGHT recorded" in out
    assert "No back-translation by a second linguist" in out
    out = pair.at(pair.eucom, "translate", "read", draft, "--into", "ru").out
    assert "| Мы гарантируем осторожность." in out
    assert "Version 1 read." in out
    changed = ("--stage", "rough", "--text", "Мы заверяем.", "--changes", "assure, not guarantee")
    assert "TOLD TO READ AGAIN: eucom-watch-1, version 2." in pair.at(pair.eucom, *add, *changed).out
    out = pair.at(pair.eucom, "translate", "show", draft, "--into", "ru").out
    assert "CHANGES THE MEANING: assure, not guarantee" in out
    assert "HAS YET TO READ version 2: eucom-watch-1." in out
    assert "Doubt: Мы: who?" in out
    assert "eucom-watch-1" in pair.at(pair.eucom, "translate", "list", "--owed").out
    back = ("--stage", "back", "--text", "We assure.", "--same-meaning")
    refused = command(*add, *back, "--home", str(pair.eucom))
    assert refused.err.startswith("TRANSLATION-SECOND-LINGUIST")
    assert command("translate", "machine", draft, "--into", "ru", "--home", str(pair.eucom)).err.startswith("MACHINE-N")
    wrong = command(*add, "--stage", "rough", "--text", "x", "--doubt", "x", "--home", str(pair.eucom))
    assert wrong.err.startswith("OPTION-VALUE")
    missing = command("translate", "read", draft, "--into", "uk", "--home", str(pair.eucom))
    assert missing.err.startswith("TRANSLATION-UNKNOWN")


def test_a_draft_is_linted_and_so_is_a_text(pair: Pair, draft: str) -> None:
    out = pair.at(pair.eucom, "message", "lint", draft).out
    for code in ("GUARANTEE", "NAME-FORM", "TIME-RELATIVE"):
        assert f"  {code}: " in out
    shown = pair.at(pair.eucom, "message", "show", draft).out
    assert '  GUARANTEE: "guarantee" in free-text.' in shown
    assert "No back-translation by a second linguist" in shown
    text = ("message", "lint", "--text", "You attacked the dam.", "--no-attribution", "--json")
    assert [one["code"] for one in pair.at(pair.eucom, *text).json["findings"]] == ["ACCUSATION"]
    assert command("message", "lint", "--home", str(pair.eucom)).err.startswith("OPTION-VALUE")
    unknown = pair.at(pair.eucom, "message", "lint", "--text", "x", "--language", "zz").out
    assert "There are no lists for zz" in unknown
    rule = ("term", "rule", "--names", "ru", "--reason", "charter, article 4")
    assert "charter, article 4" in pair.at(pair.eucom, *rule).out
    assert "NAME-FORM" not in pair.at(pair.eucom, "message", "lint", draft).out
    assert command("term", "rule", "--names", "uk", "--home", str(pair.eucom)).err.startswith("OPTION-VALUE")


def test_terms_are_found_entered_and_carried_as_files(pair: Pair, tmp_path: Path) -> None:
    out = pair.at(pair.eucom, "term", "find", "plotina").out
    assert "плотина" in out
    assert "not reviewed by a native linguist" in out
    entered = ("term", "add", "dam", "--language", "ru", "--term", "гидроузел", "--gender", "m")
    assert "dam: гидроузел (ru) entered" in pair.at(pair.eucom, *entered).out
    assert "гидроузел" in pair.at(pair.eucom, "term", "show", "dam").out
    for kind in ("csv", "tbx-basic", "tbx-core"):
        to = tmp_path / f"{kind}.txt"
        export = pair.at(pair.eucom, "term", "export", "--to", str(to), "--as", kind, "--own", "--json").json
        assert export["terms"] == 1
        if kind != "tbx-core":
            again = pair.at(pair.eucom, "term", "import", str(to), "--dry-run").out
            assert "to enter" in again
    by_name = tmp_path / "own.tbx"
    pair.at(pair.eucom, "term", "export", "--to", str(by_name), "--own")
    assert by_name.read_text(encoding="utf-8").startswith("<?xml")
    every = tmp_path / "all.csv"
    pair.at(pair.eucom, "term", "export", "--to", str(every))
    done = pair.at(pair.ndmc, "term", "import", str(every), "--yes", "--json").json
    assert done["entered"] > 700
    assert len(done["records"]) > 3
    source, target = tmp_path / "en.txt", tmp_path / "ru.txt"
    source.write_text("the dam", encoding="utf-8")
    target.write_text("дамба", encoding="utf-8")
    check = pair.at(pair.eucom, "term", "check", "--texts", f"en={source}", f"ru={target}").out
    assert 'TERM-MISSING: "dam" (dam); preferred: гидроузел' in check
    assert command("term", "check", "--home", str(pair.eucom)).err.startswith("OPTION-VALUE")
    assert command("term", "import", str(tmp_path / "no"), "--home", str(pair.eucom)).err.startswith("FILE-READ")

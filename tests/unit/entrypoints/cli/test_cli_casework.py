"""Cases, log, search, brief and card at the command line: what a tired officer types and reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


def test_a_case_is_opened_told_of_and_read(pair: Pair, tmp_path: Path) -> None:
    def at(*words: str) -> str:
        return pair.at(pair.eucom, *words).out

    opened = pair.at(pair.eucom, "case", "open", "Shelling at Запоріжжя", "--reason", "two reports", "--json").json
    number = opened["case"]
    account = ("case", "account", number, "--question", "happened", "--says", "as said")
    at(*account, "--source", "Ministry A", "--answer", "yes")
    told = at(*account, "--source", "Ministry B", "--answer", "no", "--said-at", "2022-11-20T10:00:00Z")
    assert "account 2  Ministry B, 2022-11-20T10:00Z: no - as said" in told
    assert "FOUND  account 1 / account 2: Did it happen? Ministry A / Ministry B: yes / no" in told
    stated = at("case", "contradiction", number, "1", "2")
    assert "STATED  account 1 / account 2" in stated
    refused = command("case", "close", number, "--reason", "over", "--home", str(pair.eucom))
    assert refused.err.startswith("CASE-UNASSESSED: ")
    at("case", "assess", number, "1", "2", "--reason", "both stay")
    at("log", "add", "the plant is quiet", "--about", number, "--tag", "plant")
    assert "the plant is quiet" in at("case", "timeline", number)
    assert "Joins 1 record:" in at("case", "show", number)
    assert "log  eucom-watch-1  the plant is quiet" in at("log", "list")
    assert f"{number} opened: Shelling at Запоріжжя" in at("search", "Zaporozhye")
    assert "0 entries found" in at("search", "nothing", "--kind", "log")
    brief = at("brief", "--since", "2020-01-01")
    assert "Open cases" in brief
    assert number in brief
    assert "What is NOT known" in at("card", number)
    leaf = pair.at(pair.eucom, "log", "list", "--kind", "log", "--json").json["lines"][0]["entry"]
    at("case", "leave", number, f"log:{leaf}", "--reason", "another place")
    assert "another place" in at("case", "show", number)
    at("case", "close", number, "--reason", "over")
    assert "none" in at("case", "list")
    assert "CLOSED" in at("case", "list", "--all")
    printed = tmp_path / "card.pdf"
    assert str(printed) in at("card", number, "--to", str(printed))
    assert printed.read_bytes().startswith(b"%PDF")
    assert pair.at(pair.eucom, "brief", "--to", str(tmp_path / "brief.pdf"), "--json").json["kind"] == "brief"
    assert command("brief", "--to", str(tmp_path), "--home", str(pair.eucom)).err.startswith("FILE-WRITE: ")

"""`audit report` on the screen, as JSON, as CSV and on paper; and that reading contents at the node itself is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


def test_counts_stand_before_details(pair: Pair) -> None:
    pair.at(pair.eucom, "stop", "--at", "47.5122N 34.5858E")
    pair.carry()
    out = pair.at(pair.eucom, "audit", "report").out
    places = [out.index(part) for part in ("HOW MANY OF WHAT", "TIMES TO RECEIPTS", "READS OF CLOSED", "MESSAGES AND")]
    assert places == sorted(places)
    assert out.startswith("EXERCISE  audit report of EUCOM, the beginning to the last entry")
    assert "STOP out:1 to NDMC went out on one word, as STOP may." in out
    assert "Somebody at the node's own machine" in out


def test_every_form_carries_the_same_hash(pair: Pair, tmp_path: Path) -> None:
    size = str(len(pair.at(pair.eucom, "journal", "entries", "--json").json))
    told = pair.at(pair.eucom, "audit", "report", "--as-of", size, "--json").json
    target, paper = tmp_path / "report.csv", tmp_path / "report.pdf"
    said = pair.at(pair.eucom, "audit", "report", "--as-of", size, "--csv", str(target), "--pdf", str(paper)).out
    assert told["sha256"] in said
    assert told["sha256"] in target.read_text(encoding="utf-8")
    assert paper.read_bytes().startswith(b"%PDF")
    assert told["checkpoint"]["size"] == int(size)


def test_a_file_that_cannot_be_written_is_said(pair: Pair, tmp_path: Path) -> None:
    found = command("audit", "report", "--csv", str(tmp_path / "none" / "x"), "--home", str(pair.eucom))
    assert (found.status, found.err.split(":")[0]) == (2, "FILE-WRITE")

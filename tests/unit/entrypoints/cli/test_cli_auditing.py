"""The journal out of the node: exports, entries, and the views made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.cli.auditing import write_export
from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


def test_an_export_goes_into_a_new_folder_only(pair: Pair, tmp_path: Path) -> None:
    target = tmp_path / "out"
    said = pair.at(pair.eucom, "journal", "export", str(target), "--line", "NDMC", "--json").json
    assert said["files"] == sum(1 for path in target.rglob("*") if path.is_file())
    again = command("journal", "export", str(target), "--home", str(pair.eucom))
    assert (again.status, again.err.split(":")[0]) == (2, "FILE-WRITE")
    out = pair.at(pair.eucom, "journal", "export", str(tmp_path / "other")).out
    assert f"armslength verify {tmp_path / 'other'} --trust" in out


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../b", "a//b", ".x", "a\\b"])
def test_no_name_leaves_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(LocalError, match="FILE-WRITE"):
        write_export(tmp_path / "out", {name: b""})
    assert list(tmp_path.iterdir()) == []


def test_entries_are_listed_without_contents(opened: Pair) -> None:
    found = opened.at(opened.eucom, "journal", "entries", "--limit", "2", "--json").json
    assert [(one["index"], one["kind"]) for one in found] == [(0, "genesis"), (1, "manifest")]
    out = opened.at(opened.eucom, "journal", "entries", "--start", "1", "--limit", "1").out
    assert out.splitlines()[0] == "EXERCISE  journal entries from 1"
    assert out.splitlines()[2].startswith("1      ")


def test_every_view_is_made_again_and_equal(pair: Pair) -> None:
    pair.at(pair.eucom, "stop", "--at", "47.5122N 34.5858E")
    pair.carry()
    for home in (pair.eucom, pair.ndmc):
        said = pair.at(home, "rebuild", "--json").json
        assert said["equal"] is True
        assert said["destroyed"] == 0
        assert said["entries"] == len(pair.at(home, "journal", "entries", "--json").json)
    assert pair.at(pair.eucom, "rebuild").out.endswith("equal to the live views.\n")

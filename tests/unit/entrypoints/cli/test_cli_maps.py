"""Layers of the map at the command line: imported with a disclaimer, listed, taken off again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair

WORDS = "Lines of the ministry as of 2014; this desk takes no position."


@pytest.fixture
def file(tmp_path: Path) -> str:
    line = {"type": "LineString", "coordinates": [[30, 50], [31, 51]]}
    features = [{"type": "Feature", "properties": {}, "geometry": one} for one in (line, None)]
    path = tmp_path / "borders.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return str(path)


def test_a_layer_is_imported_listed_and_taken_off(pair: Pair, file: str) -> None:
    take = ("map", "import", file, "--name", "borders-2014", "--kind", "borders", "--disclaimer", WORDS)
    out = pair.at(pair.eucom, *take).out
    assert "feature 2 refused" in out
    assert "borders-2014: 1 feature on this node's maps, 1 refused" in out
    (listed,) = pair.at(pair.eucom, "map", "list", "--json").json
    assert (listed["kind"], listed["disclaimer"], listed["file"]) == ("borders", WORDS, "borders.geojson")
    assert WORDS in pair.at(pair.eucom, "map", "list").out
    again = pair.at(pair.eucom, *take, "--json").json
    assert (again["name"], again["sha256"]) == ("borders-2014", listed["sha256"])
    assert "taken off" in pair.at(pair.eucom, "map", "remove", "borders-2014").out
    assert pair.at(pair.eucom, "map", "list", "--json").json == []


def test_what_cannot_be_imported_is_refused(pair: Pair, file: str) -> None:
    home = ("--home", str(pair.eucom))
    take = ("map", "import", file, "--kind", "borders", "--disclaimer", WORDS, *home)
    assert command(*take, "--name", "Borders 2014").err.startswith("MAP-LAYER-VALUE: ")
    assert command("map", "remove", "none", *home).err.startswith("MAP-LAYER-UNKNOWN: ")
    missing = ("map", "import", f"{file}.none", "--name", "a", "--kind", "water", "--disclaimer", WORDS, *home)
    assert command(*missing).err.startswith("FILE-READ: ")

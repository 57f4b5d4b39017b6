"""What is read in this process has the words of the API's paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.api.app import OPERATIONS
from armslength.entrypoints.cli import local_reads
from armslength.entrypoints.cli.client import PARTS, InProcess, connect

if TYPE_CHECKING:
    from builders.cli_homes import Pair


def test_every_word_is_a_path_of_the_api() -> None:
    paths = {operation.path for operation in OPERATIONS if operation.method == "GET"}
    asked = {operation.path for operation in OPERATIONS if operation.method == "POST"}
    assert {f"/v1/{what}" for what in local_reads._ASKS} <= asked
    assert {f"/v1/{what}" for what in local_reads._ALL} <= paths
    named = {what for what in local_reads._ONE if what not in PARTS}
    assert {f"/v1/{what}" for what in named} <= {path.rpartition("/{")[0] for path in paths}
    parts = {(path.split("/")[2], path.split("/")[4]) for path in paths if path.count("/") == 4}
    assert set(PARTS.values()) <= parts
    assert set(PARTS) <= set(local_reads._ONE)


@pytest.mark.parametrize("what", sorted(local_reads._ALL))
def test_everything_is_read_from_a_fresh_line(pair: Pair, what: str) -> None:
    way = connect(pair.eucom)
    assert isinstance(way, InProcess)
    try:
        assert way.read(what) is not None
        with pytest.raises(LocalError, match="READ-UNKNOWN"):
            way.read("no-such-thing")
    finally:
        way.close()


def test_one_entry_is_read_by_its_index(pair: Pair) -> None:
    way = connect(pair.eucom)
    try:
        assert way.read("entries", "0")["body"]["20"] == "EUCOM"
        assert way.read("count", as_of="2022-11-20T00:00:00Z")["certain"] == 0
        assert way.read("messages", line="NDMC") == []
    finally:
        way.close()

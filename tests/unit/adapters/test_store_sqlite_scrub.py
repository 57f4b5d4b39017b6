"""The scrub names the first entry that is not as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import apsw
import pytest

from armslength.adapters.store_sqlite import SqliteStore
from armslength.adapters.store_sqlite_scrub import scrub
from armslength.core.errors import LocalError
from world.rng import SeededRng

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = 21


def opened(folder: Path) -> SqliteStore:
    return SqliteStore(folder / "node.db", key=bytes(32), rng=SeededRng())


def filled(folder: Path) -> None:
    store = opened(folder)
    with store.write() as unit:
        for n in range(ENTRIES):
            unit.append(b"leaf %d" % n, b"blind", b"content")
        unit.destroy(4)
    assert scrub(store) == scrub(store, contents=True) == ENTRIES
    store.close()


DAMAGES = {
    "a leaf changed": ("UPDATE leaves SET leaf = x'00' WHERE idx = 5", 5, False),
    "two leaves exchanged": (
        "UPDATE leaves SET leaf = (SELECT o.leaf FROM leaves o WHERE o.idx = 16 - leaves.idx) WHERE idx IN (7, 9)",
        7,
        False,
    ),
    "a leaf gone": ("DELETE FROM leaves WHERE idx = 3", 3, False),
    "the last leaf gone": ("DELETE FROM leaves WHERE idx = 20", 20, False),
    "a leaf's hash changed": ("UPDATE tree SET hash = zeroblob(32) WHERE level = 0 AND idx = 6", 6, False),
    "an inner hash changed": ("UPDATE tree SET hash = zeroblob(32) WHERE level = 2 AND idx = 1", 7, False),
    "an inner hash gone": ("DELETE FROM tree WHERE level = 4 AND idx = 0", 15, False),
    "a leaf's hash too many": ("INSERT INTO tree VALUES (0, 21, zeroblob(32))", 21, False),
    "an inner hash too many": ("INSERT INTO tree VALUES (5, 0, zeroblob(32))", 21, False),
    "a content changed": ("UPDATE contents SET ciphertext = zeroblob(length(ciphertext)) WHERE idx = 8", 8, True),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_first_bad_entry_is_named(tmp_path: Path, damage: str) -> None:
    filled(tmp_path)
    statement, index, contents = DAMAGES[damage]
    connection = apsw.Connection(str(tmp_path / "node.db"))
    connection.execute(statement)
    connection.close()
    store = opened(tmp_path)
    with pytest.raises(LocalError, match="STORE-DAMAGED") as caught:
        scrub(store, contents=contents)
    assert caught.value.details["index"] == index
    if contents:
        assert scrub(store) == ENTRIES  # contents are looked into when asked for
    store.close()


def test_a_damaged_file_is_found_before_its_rows_are_read(tmp_path: Path) -> None:
    filled(tmp_path)
    path = tmp_path / "node.db"
    image = bytearray(path.read_bytes())
    image[-4096 + 3 : -4096 + 5] = b"\xff\xff"  # the number of cells on the last page
    path.write_bytes(image)
    store = opened(tmp_path)
    with pytest.raises(LocalError, match=r"STORE-(DAMAGED|FAILED)"):
        scrub(store)
    store.close()


def test_a_missing_hash_at_the_right_edge_is_damage_and_no_bug_of_the_caller(tmp_path: Path) -> None:
    filled(tmp_path)
    connection = apsw.Connection(str(tmp_path / "node.db"))
    connection.execute("DELETE FROM tree WHERE level = 4")
    connection.close()
    store = opened(tmp_path)
    with pytest.raises(LocalError, match="STORE-DAMAGED"), store.write() as unit:
        unit.append(b"leaf", b"", b"")
    store.close()

"""Every kind of store that holds the contract, made anew in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.adapters.store_memory import MemoryStore
from armslength.adapters.store_sqlite import SqliteStore
from world.rng import SeededRng

if TYPE_CHECKING:
    from pathlib import Path

    from armslength.desk.ports import Store

KEY = bytes(range(32))
SQLITE_KINDS = ("sqlite", "sqlite-exclusive")
KINDS = ("memory", *SQLITE_KINDS)


def make(kind: str, folder: Path) -> Store:
    """Return a store of that kind; a second one of SQLite finds what the first one left."""
    if kind == "memory":
        return MemoryStore()
    return SqliteStore(folder / "node.db", key=KEY, rng=SeededRng(), exclusive=kind == "sqlite-exclusive")

"""The nightly scrub: the whole journal is hashed again from the stored leaves and held against the stored tree.

One flipped bit ended certificate transparency logs (Nimbus 2018, Yeti 2022), since it was found by those who asked for
proofs. Here the node finds its own first, while the peer still holds what crossed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.core.errors import LocalError
from armslength.journal import tree

if TYPE_CHECKING:
    from armslength.adapters.store_sqlite import SqliteStore
    from armslength.adapters.store_sqlite_unit import SqliteUnit


def scrub(store: SqliteStore, *, contents: bool = False) -> int:
    """Check the file, every leaf, every node of the tree and the frontier; return the number of entries checked.

    Args:
        store: readers see the journal as of the start; the writer goes on, unless the store is exclusive.
        contents: decrypt every content too.

    Raises:
        LocalError: STORE-DAMAGED naming the first bad index; STORE-FAILED when the disk does not even read.
    """
    opinion = store.integrity()
    if opinion != "ok":
        raise LocalError("STORE-DAMAGED", expected="ok", got=opinion)
    with store.read() as unit:
        entries, hashes = unit.extent()
        frontier, made = tree.Frontier(), 0
        for index in range(entries):
            appended = _checked(unit, frontier, index)
            frontier, made = appended.frontier, made + len(appended.nodes)
            if contents:
                unit.content(index)
        if made != hashes or unit.frontier() != frontier:
            raise LocalError("STORE-DAMAGED", index=entries, expected=f"{made} hashes", got=hashes)
    return entries


def _checked(unit: SqliteUnit, frontier: tree.Frontier, index: int) -> tree.Appended:
    """Append one stored leaf to the tree so far; each subtree that it completes must be the stored one."""
    try:
        appended = tree.append(frontier, tree.leaf_hash(unit.leaf(index)))
        differ = [node.level for node in appended.nodes if unit.node(node.level, node.index) != node.hash]
    except KeyError:
        raise LocalError("STORE-DAMAGED", index=index, got="a missing row") from None
    if differ:
        raise LocalError("STORE-DAMAGED", index=index, level=differ[0], got="another hash")
    return appended

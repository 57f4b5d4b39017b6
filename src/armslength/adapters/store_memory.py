"""The store in memory: for tests, for trying things out, and as the plain model that the durable stores are held to.

Nothing survives the process. Changes are made in place and undone from a list when a unit or savepoint fails.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from armslength.adapters.store_rows import key_range, pack, unpack
from armslength.adapters.store_turns import Turns
from armslength.core.errors import LocalError
from armslength.desk.ports import ViewRow
from armslength.journal import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from armslength.core.cbor import CborValue, Encodable
    from armslength.core.instants import Instant


class _Row(NamedTuple):
    body: bytes
    due: Instant | None


@dataclass(slots=True)
class _View:
    """Rows by key, the keys in order, and those with a due instant in order of that."""

    rows: dict[bytes, _Row] = field(default_factory=dict)
    keys: list[bytes] = field(default_factory=list)
    dues: list[tuple[Instant, bytes]] = field(default_factory=list)

    def replace(self, key: bytes, row: _Row | None) -> _Row | None:
        """Set a row, or remove it with None; return what was there before."""
        old = self.rows.pop(key, None)
        if old is None and row is not None:
            insort(self.keys, key)
        elif old is not None and row is None:
            del self.keys[bisect_left(self.keys, key)]
        if old is not None and old.due is not None:
            del self.dues[bisect_left(self.dues, (old.due, key))]
        if row is not None:
            self.rows[key] = row
            if row.due is not None:
                insort(self.dues, (row.due, key))
        return old


@dataclass(slots=True)
class _Held:
    """Everything that the store holds."""

    views: dict[str, _View] = field(default_factory=dict)
    settings: dict[str, bytes] = field(default_factory=dict)
    leaves: list[bytes] = field(default_factory=list)
    contents: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    frontier: tree.Frontier = field(default_factory=tree.Frontier)


class MemoryUnit:
    """One transaction of a `MemoryStore`; see `armslength.desk.ports.Unit`."""

    def __init__(self, held: _Held, *, writable: bool) -> None:
        self._now: _Held | None = held
        self._writable = writable
        self._undo: list[Callable[[], object]] = []

    @property
    def _held(self) -> _Held:
        if self._now is None:
            raise LocalError("STORE-MISUSE", got="a unit that was closed")
        return self._now

    def _to_change(self) -> _Held:
        held = self._held
        if not self._writable:
            raise LocalError("STORE-MISUSE", got="a change in a reading unit")
        return held

    def get(self, view: str, key: bytes) -> CborValue | None:
        """Return the value, or None."""
        row = self._held.views.get(view, _View()).rows.get(key)
        return None if row is None else unpack(row.body)

    def put(self, view: str, key: bytes, value: Encodable, due: Instant | None = None) -> None:
        """Insert or replace a row."""
        self._replace(view, key, _Row(pack(value), due))

    def delete(self, view: str, key: bytes) -> None:
        """Remove a row if it is there."""
        self._replace(view, key, None)

    def _replace(self, view: str, key: bytes, row: _Row | None) -> None:
        rows = self._to_change().views.setdefault(view, _View())
        self._undo.append(partial(rows.replace, key, rows.replace(key, row)))

    def scan(
        self,
        view: str,
        prefix: bytes = b"",
        *,
        after: bytes | None = None,
        limit: int | None = None,
        reverse: bool = False,
    ) -> list[tuple[bytes, CborValue]]:
        """Return rows whose key starts with ``prefix``, in key order (or reverse), after key ``after`` (exclusive)."""
        held = self._held.views.get(view, _View())
        low, high = key_range(prefix, after, reverse=reverse)
        keys = held.keys[bisect_left(held.keys, low) : None if high is None else bisect_left(held.keys, high)]
        if reverse:
            keys.reverse()
        return [(key, unpack(held.rows[key].body)) for key in keys[: None if limit is None else max(limit, 0)]]

    def due(self, view: str, until: Instant, limit: int) -> list[tuple[bytes, CborValue]]:
        """Return rows whose due instant is at or before ``until``, earliest first, then by key."""
        held = self._held.views.get(view, _View())
        early = held.dues[: bisect_left(held.dues, (until + 1,))]
        return [(key, unpack(held.rows[key].body)) for _, key in early[: max(limit, 0)]]

    def next_due(self, view: str) -> Instant | None:
        """Return the earliest due instant of a view, or None."""
        held = self._held.views.get(view, _View())
        return held.dues[0][0] if held.dues else None

    def frontier(self) -> tree.Frontier:
        """Return the frontier of the journal's tree as of this unit."""
        return self._held.frontier

    def append(self, leaf: bytes, blind: bytes, content: bytes) -> int:
        """Append a leaf with its blind and content; return its index."""
        held = self._to_change()
        index = held.frontier.size
        appended = tree.append(held.frontier, tree.leaf_hash(leaf))
        self._undo.append(partial(_drop_last, held, held.frontier, appended.nodes))
        held.leaves.append(leaf)
        held.contents[index] = (blind, content)
        held.nodes.update({(node.level, node.index): node.hash for node in appended.nodes})
        held.frontier = appended.frontier
        return index

    def leaf(self, index: int) -> bytes:
        """Return the leaf bytes of an entry (KeyError when there is none: a bug of the caller)."""
        leaves = self._held.leaves
        if not 0 <= index < len(leaves):
            raise KeyError(index)
        return leaves[index]

    def content(self, index: int) -> tuple[bytes, bytes] | None:
        """Return (blind, content), or None when it was destroyed (KeyError when there is no such entry)."""
        self.leaf(index)
        return self._held.contents.get(index)

    def destroy(self, index: int) -> None:
        """Forget an entry's content; the leaf stays (KeyError when there is no such entry)."""
        held = self._to_change()
        self.leaf(index)
        old = held.contents.pop(index, None)
        if old is not None:
            self._undo.append(partial(held.contents.__setitem__, index, old))

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree (KeyError when there is none: a bug of the caller)."""
        return self._held.nodes[level, index]

    def leaf_hashes(self, start: int, end: int) -> Sequence[bytes]:
        """Return leaf hashes of entries start to end, exclusive (KeyError when one does not exist)."""
        nodes = self._held.nodes
        return [nodes[0, index] for index in range(start, end)]

    def setting(self, name: str) -> CborValue | None:
        """Return a setting, or None."""
        body = self._held.settings.get(name)
        return None if body is None else unpack(body)

    def set_setting(self, name: str, value: Encodable) -> None:
        """Store a setting."""
        settings = self._to_change().settings
        old = settings.get(name)
        self._undo.append(partial(settings.pop, name) if old is None else partial(settings.__setitem__, name, old))
        settings[name] = pack(value)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what happened inside when an exception leaves it; the outer unit goes on."""
        self._to_change()
        mark = len(self._undo)
        try:
            yield
        except BaseException:
            self._undo_to(mark)
            raise

    def clear_views(self) -> None:
        """Remove every view row (rebuild)."""
        held = self._to_change()
        self._undo.append(partial(setattr, held, "views", held.views))
        held.views = {}

    def dump_views(self) -> Iterator[ViewRow]:
        """Yield every view row, in (view, key) order."""
        for name, view in sorted(self._held.views.items()):
            for key in tuple(view.keys):
                row = view.rows[key]
                yield ViewRow(name, key, unpack(row.body), row.due)

    def close(self, *, keep: bool) -> None:
        """End the unit: keep what it did, or undo it all. It refuses everything afterwards."""
        if not keep:
            self._undo_to(0)
        self._now = None

    def _undo_to(self, mark: int) -> None:
        while len(self._undo) > mark:
            self._undo.pop()()


def _drop_last(held: _Held, frontier: tree.Frontier, nodes: tuple[tree.TreeNode, ...]) -> None:
    """Undo one append."""
    held.leaves.pop()
    held.contents.pop(frontier.size, None)
    for node in nodes:
        del held.nodes[node.level, node.index]
    held.frontier = frontier


class MemoryStore:
    """A store that lives as long as the process; see `armslength.desk.ports.Store`."""

    def __init__(self) -> None:
        self._held = _Held()
        self._lock = Lock()
        self._turns = Turns()
        self._closed = False

    @contextmanager
    def write(self) -> Iterator[MemoryUnit]:
        """Open a writing unit; keep its changes on leaving, undo them on an exception."""
        with self._unit(writable=True) as unit:
            yield unit

    @contextmanager
    def read(self) -> Iterator[MemoryUnit]:
        """Open a reading unit on what is committed; it waits while another thread writes."""
        with self._unit(writable=False) as unit:
            yield unit

    @contextmanager
    def _unit(self, *, writable: bool) -> Iterator[MemoryUnit]:
        with self._turns.take(self._lock):
            if self._closed:
                raise LocalError("STORE-MISUSE", got="a store that was closed")
            unit = MemoryUnit(self._held, writable=writable)
            try:
                yield unit
            except BaseException:
                unit.close(keep=False)
                raise
            unit.close(keep=True)

    def close(self) -> None:
        """Refuse everything from now on."""
        self._closed = True

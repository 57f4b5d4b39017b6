"""One transaction of the SQLite store: rows sealed, leaves hashed into the tree, every statement in one place."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, NoReturn

import apsw

from armslength.adapters.store_rows import fresh, key_range, pack, unpack
from armslength.core.errors import LocalError
from armslength.desk.ports import ViewRow
from armslength.journal import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from armslength.adapters.store_sqlite_seals import Seals
    from armslength.core.cbor import CborValue, Encodable
    from armslength.core.instants import Instant

_GET: Final = "SELECT due, body FROM views WHERE view = ? AND key = ?"
_PUT: Final = (
    "INSERT INTO views (view, key, due, body) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (view, key) DO UPDATE SET due = excluded.due, body = excluded.body"
)
_DELETE: Final = "DELETE FROM views WHERE view = ? AND key = ?"
_SCANS: Final = {
    # (reverse, with an end): the range is half-open, and a limit of -1 is none.
    (False, True): "SELECT key, due, body FROM views WHERE view = ? AND key >= ? AND key < ? ORDER BY key LIMIT ?",
    (True, True): "SELECT key, due, body FROM views WHERE view = ? AND key >= ? AND key < ? ORDER BY key DESC LIMIT ?",
    (False, False): "SELECT key, due, body FROM views WHERE view = ? AND key >= ? ORDER BY key LIMIT ?",
    (True, False): "SELECT key, due, body FROM views WHERE view = ? AND key >= ? ORDER BY key DESC LIMIT ?",
}
_DUE: Final = "SELECT key, due, body FROM views WHERE view = ? AND due <= ? ORDER BY due, key LIMIT ?"
_NEXT_DUE: Final = "SELECT min(due) FROM views WHERE view = ? AND due IS NOT NULL"
_CLEAR: Final = "DELETE FROM views"
_DUMP: Final = "SELECT view, key, due, body FROM views WHERE (view, key) > (?, ?) ORDER BY view, key LIMIT ?"
_DUMP_FIRST: Final = "SELECT view, key, due, body FROM views ORDER BY view, key LIMIT ?"
_SIZE: Final = "SELECT ifnull(max(idx) + 1, 0) FROM leaves"
_ADD_LEAF: Final = "INSERT INTO leaves (idx, leaf) VALUES (?, ?)"
_ADD_CONTENT: Final = "INSERT INTO contents (idx, key, nonce, ciphertext) VALUES (?, ?, ?, ?)"
_ADD_NODE: Final = "INSERT INTO tree (level, idx, hash) VALUES (?, ?, ?)"
_LEAF: Final = "SELECT leaf FROM leaves WHERE idx = ?"
_CONTENT: Final = "SELECT key, nonce, ciphertext FROM contents WHERE idx = ?"
# The key is overwritten before the row goes, should a copy of the page stay behind where secure_delete does not reach.
_BLANK: Final = "UPDATE contents SET key = zeroblob(length(key)) WHERE idx = ?"
_DESTROY: Final = "DELETE FROM contents WHERE idx = ?"
_NODE: Final = "SELECT hash FROM tree WHERE level = ? AND idx = ?"
_LEAF_HASHES: Final = "SELECT hash FROM tree WHERE level = 0 AND idx >= ? AND idx < ? ORDER BY idx"
_EXTENT: Final = (
    "SELECT max(ifnull((SELECT max(idx) FROM leaves), -1), ifnull((SELECT max(idx) FROM contents), -1),"
    " ifnull((SELECT max(idx) FROM tree WHERE level = 0), -1)) + 1, (SELECT count(*) FROM tree)"
)
_SETTING: Final = "SELECT body FROM settings WHERE name = ?"
_SET: Final = "INSERT INTO settings (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body"

_ROWS_KEPT: Final = 4_096
"""Rows remembered by one unit: those of a full batch; each is some hundred bytes."""

_DUMP_ROWS: Final = 500
"""Rows read at a time by a dump, so that no statement stays open between two of its rows."""

_BUGS: Final = (apsw.SQLError, apsw.MisuseError, apsw.BindingsError, apsw.RangeError, apsw.ThreadingViolationError)
"""Errors that our own program makes; all others are the disk's, and after one of those nothing more is believed."""


class SqliteUnit:
    """One transaction of a `SqliteStore`; see `armslength.desk.ports.Unit`.

    Args:
        connection: in a transaction already.
        seals: the store's keys.
        known: a frontier of this journal, right when its size is; spares reading it again.
        fail: marks the store failed and raises STORE-FAILED.
        writable: whether changes are accepted.
    """

    def __init__(
        self,
        connection: apsw.Connection,
        seals: Seals,
        known: tree.Frontier,
        fail: Callable[[apsw.Error], NoReturn],
        *,
        writable: bool,
    ) -> None:
        self._cursor: Callable[..., apsw.Cursor] = connection.execute
        # One cursor for everything that returns no rows: making one costs as much as a small statement.
        self._change: Callable[..., Any] = _refuse_change
        if writable:
            self._change = connection.cursor().execute
        self._seals = seals
        self._known = known
        self._frontier: tree.Frontier | None = None
        self._fail = fail
        self._depth = 0
        # What this unit has read (values), and what it has put and not read again (packed).
        self._rows: dict[tuple[str, bytes], CborValue | None] = {}
        self._put: dict[tuple[str, bytes], bytes] = {}
        self.destroyed = False

    def _one(self, sql: str, bindings: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a row of any columns, or None
        rows = self._all(sql, bindings)
        return rows[0] if rows else None

    def _all(self, sql: str, bindings: tuple[Any, ...]) -> list[Any]:
        try:
            return self._cursor(sql, bindings).fetchall()
        except _BUGS:
            raise
        except apsw.Error as error:
            self._failed(error)

    def _run(self, sql: str, bindings: tuple[Any, ...]) -> None:
        try:
            self._change(sql, bindings)
        except _BUGS:
            raise
        except apsw.Error as error:
            self._failed(error)

    # --- views --------------------------------------------------------------------------------------------------------

    def get(self, view: str, key: bytes) -> CborValue | None:
        """Return the value, or None."""
        place = (view, key)
        if place in self._rows:
            return fresh(self._rows[place])
        body = self._put.get(place)
        if body is None:
            row = self._one(_GET, place)
            body = None if row is None else self._seals.open_row(view, key, row[0], row[1])
        value = None if body is None else unpack(body, view=view, key=key)
        # Remembered for this unit: a batch asks for the same line and parties at every message.
        if len(self._rows) >= _ROWS_KEPT:
            self._rows.clear()
        self._rows[place] = value
        return fresh(value)

    def put(self, view: str, key: bytes, value: Encodable, due: Instant | None = None) -> None:
        """Insert or replace a row."""
        body = pack(value)
        self._forget(view, key)
        self._run(_PUT, (view, key, due, self._seals.close_row(view, key, due, body)))
        if len(self._put) >= _ROWS_KEPT:
            self._put.clear()
        self._put[view, key] = body

    def delete(self, view: str, key: bytes) -> None:
        """Remove a row if it is there."""
        self._forget(view, key)
        self._run(_DELETE, (view, key))

    def _forget(self, view: str, key: bytes) -> None:
        self._rows.pop((view, key), None)
        self._put.pop((view, key), None)

    def _forget_all(self) -> None:
        self._rows.clear()
        self._put.clear()

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
        low, high = key_range(prefix, after, reverse=reverse)
        ends = (low,) if high is None else (low, high)
        most = -1 if limit is None else max(limit, 0)
        return self._opened(view, self._all(_SCANS[reverse, high is not None], (view, *ends, most)))

    def due(self, view: str, until: Instant, limit: int) -> list[tuple[bytes, CborValue]]:
        """Return rows whose due instant is at or before ``until``, earliest first, then by key."""
        return self._opened(view, self._all(_DUE, (view, until, max(limit, 0))))

    def next_due(self, view: str) -> Instant | None:
        """Return the earliest due instant of a view, or None."""
        earliest: Instant | None = self._one(_NEXT_DUE, (view,))[0]
        return earliest

    def clear_views(self) -> None:
        """Remove every view row (rebuild)."""
        self._forget_all()
        self._run(_CLEAR, ())

    def dump_views(self) -> Iterator[ViewRow]:
        """Yield every view row, in (view, key) order."""
        rows = self._all(_DUMP_FIRST, (_DUMP_ROWS,))
        while rows:
            for view, key, due, body in rows:
                opened = self._seals.open_row(view, key, due, body)
                yield ViewRow(view, key, unpack(opened, view=view, key=key), due)
            rows = self._all(_DUMP, (*rows[-1][:2], _DUMP_ROWS))

    def _opened(self, view: str, rows: list[Any]) -> list[tuple[bytes, CborValue]]:
        open_row = self._seals.open_row
        return [(key, unpack(open_row(view, key, due, body), view=view, key=key)) for key, due, body in rows]

    # --- journal ------------------------------------------------------------------------------------------------------

    def frontier(self) -> tree.Frontier:
        """Return the frontier of the journal's tree as of this unit."""
        if self._frontier is None:
            size = self._one(_SIZE, ())[0]
            # The journal only grows, so the same size is the same tree even when another process wrote meanwhile.
            self._frontier = self._known if self._known.size == size else self._read_frontier(size)
        return self._frontier

    def _read_frontier(self, size: int) -> tree.Frontier:
        try:
            return tree.frontier_at(size, self.node)
        except KeyError as error:
            raise LocalError("STORE-DAMAGED", expected=f"a hash at {error.args[0]}", got="a missing row") from None

    def append(self, leaf: bytes, blind: bytes, content: bytes) -> int:
        """Append a leaf with its blind and content; return its index."""
        frontier = self._frontier or self.frontier()
        index = frontier.size
        appended = tree.append(frontier, tree.leaf_hash(leaf))
        self._run(_ADD_LEAF, (index, leaf))
        self._run(_ADD_CONTENT, (index, *self._seals.close_content(index, blind, content)))
        for node in appended.nodes:
            self._run(_ADD_NODE, (node.level, node.index, node.hash))
        self._frontier = appended.frontier
        return index

    def leaf(self, index: int) -> bytes:
        """Return the leaf bytes of an entry (KeyError when there is none: a bug of the caller)."""
        row = self._one(_LEAF, (index,))
        if row is None:
            raise KeyError(index)
        leaf: bytes = row[0]
        return leaf

    def content(self, index: int) -> tuple[bytes, bytes] | None:
        """Return (blind, content), or None when its key was destroyed (KeyError when there is no such entry)."""
        row = self._one(_CONTENT, (index,))
        if row is None:
            self.leaf(index)
            return None
        return self._seals.open_content(index, *row)

    def destroy(self, index: int) -> None:
        """Destroy key and bytes of an entry's content; the leaf stays (KeyError when there is no such entry)."""
        self._run(_BLANK, (index,))
        self._run(_DESTROY, (index,))
        self.leaf(index)
        self.destroyed = True

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree (KeyError when there is none: a bug of the caller)."""
        row = self._one(_NODE, (level, index))
        if row is None:
            raise KeyError((level, index))
        found: bytes = row[0]
        return found

    def leaf_hashes(self, start: int, end: int) -> Sequence[bytes]:
        """Return leaf hashes of entries start to end, exclusive (KeyError when one does not exist)."""
        hashes = [row[0] for row in self._all(_LEAF_HASHES, (start, end))]
        if len(hashes) != max(end - start, 0):
            raise KeyError((start, end))
        return hashes

    def extent(self) -> tuple[int, int]:
        """Return how many entries any table of the journal speaks of, and how many hashes the tree has."""
        entries, hashes = self._one(_EXTENT, ())
        return entries, hashes

    # --- settings and savepoints --------------------------------------------------------------------------------------

    def setting(self, name: str) -> CborValue | None:
        """Return a setting, or None."""
        row = self._one(_SETTING, (name,))
        return None if row is None else self._seals.open_setting(name, row[0])

    def set_setting(self, name: str, value: Encodable) -> None:
        """Store a setting."""
        self._run(_SET, (name, self._seals.close_setting(name, value)))

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what happened inside when an exception leaves it; the outer unit goes on."""
        before, name = self._frontier, f"inner{self._depth}"
        self._run(f"SAVEPOINT {name}", ())
        self._depth += 1
        try:
            yield
        except BaseException:
            self._frontier = before
            self._forget_all()
            self._take_back(name)
            raise
        else:
            self._run(f"RELEASE {name}", ())
        finally:
            self._depth -= 1

    def _take_back(self, name: str) -> None:
        """Undo to a savepoint while another error is on its way; a failure here fails the store: nothing commits."""
        with suppress(LocalError):
            try:
                self._change(f"ROLLBACK TO {name}", ())
                self._change(f"RELEASE {name}", ())
            except apsw.Error as error:
                self._failed(error)

    def _failed(self, error: apsw.Error) -> NoReturn:
        self._forget_all()
        self._cursor = self._change = _refuse_failed
        self._fail(error)

    def close(self) -> tree.Frontier:
        """Refuse everything from now on; return the frontier that the unit leaves."""
        self._forget_all()
        self._cursor = self._change = _refuse_closed
        return self._frontier or self._known


def _refuse_change(*_statement: object) -> NoReturn:
    raise LocalError("STORE-MISUSE", got="a change in a reading unit")


def _refuse_closed(*_statement: object) -> NoReturn:
    raise LocalError("STORE-MISUSE", got="a unit that was closed")


def _refuse_failed(*_statement: object) -> NoReturn:
    raise LocalError("STORE-FAILED", got="an earlier error")

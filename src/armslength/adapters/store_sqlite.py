"""The durable store: one SQLite file in WAL mode, synchronous=FULL, one writer.

When `write` is left without an exception, the commit has been synced. After any error of the disk the store fails and
stays failed: the state of a file after a failed sync is unknown, so the node stops and recovers from what a fresh start
reads (the lesson of PostgreSQL's fsync error of 2018), and no sync is ever tried again.

Any thread may open a unit: apsw lets each use a connection as long as no two do at once, which the locks see to. With
`exclusive` one connection does everything and the file is locked for others; that is what a VFS without shared memory
needs (the simulated disk). Otherwise readers have a connection of their own and never wait for the writer.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, NoReturn

import apsw

from armslength.adapters.store_sqlite_schema import BUSY_MS, connect, durability_settings, migrate, schema_version
from armslength.adapters.store_sqlite_seals import SALT_BYTES, Seals
from armslength.adapters.store_sqlite_unit import SqliteUnit
from armslength.adapters.store_turns import Turns
from armslength.core.errors import LocalError
from armslength.core.realm import Realm
from armslength.journal.tree import Frontier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from armslength.desk.ports import Rng

_OWNER_ONLY = 0o600
"""Nobody but the node's own user reads the file; SQLite gives its companions the same mode."""


class _Log:
    """How long the write-ahead log is; no method of the store, which a hook would keep alive for ever."""

    def __init__(self) -> None:
        self.pages = 0

    def note(self, _connection: apsw.Connection, _schema: str, pages: int) -> int:
        """Called by SQLite after each commit."""
        self.pages = pages
        return apsw.SQLITE_OK


class SqliteStore:
    """A journal and its views in one file; see `armslength.desk.ports.Store`.

    Args:
        path: the database file; its companions ``-wal`` and ``-shm`` lie beside it.
        key: the storage key, 32 bytes; everything of substance is sealed under keys derived from it.
        rng: nonces, content keys, and the salt of a new file.
        realm: REAL or EXERCISE; a file belongs to the realm that made it, for ever.
        vfs: a VFS registered with SQLite, or None for the system's.
        exclusive: one connection for everything, the file locked for others.
        planted_synchronous: FULL. Anything less is a bug planted by a test, to show that the test can see it.
        checkpoint_pages: WAL pages after which a commit copies them into the database.

    Raises:
        LocalError: STORE-NOT-OPENED, STORE-NOT-DURABLE, STORE-SCHEMA, STORE-REALM or STORE-KEY.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        key: bytes,
        rng: Rng,
        realm: Realm = Realm.EXERCISE,
        vfs: str | None = None,
        exclusive: bool = False,
        planted_synchronous: str = "FULL",
        checkpoint_pages: int = 1_000,
    ) -> None:
        self.path = str(path)
        self._turns, self._writing = Turns(), Lock()
        self._failed = self._closed = self._truncate = False
        self._committed = Frontier()
        self._log, self._log_pages_max = _Log(), checkpoint_pages
        if vfs is None:
            _make_private(self.path)

        def opened() -> apsw.Connection:
            return connect(self.path, vfs=vfs, exclusive=exclusive, synchronous=planted_synchronous)

        self._writer = self._reader = opened()
        try:
            self._seals = _unlocked(self._writer, key, rng, realm)
            if not exclusive:
                self._reader = opened()
                self._reader.pragma("query_only", "ON")
        except BaseException as error:
            self._failed = isinstance(error, apsw.Error)
            self._shut()
            if self._failed:
                raise LocalError("STORE-NOT-OPENED", path=self.path, got=error) from error
            raise
        self._reading = self._writing if exclusive else Lock()
        self._writer.set_wal_hook(self._log.note)

    @contextmanager
    def write(self) -> Iterator[SqliteUnit]:
        """Open a writing unit; commit durably on leaving, roll back on an exception.

        Raises:
            LocalError: STORE-FAILED after any error of the disk; STORE-MISUSE inside another unit of this thread.
        """
        with self._turns.take(self._writing):
            self._execute(self._writer, "BEGIN IMMEDIATE")
            unit = self._unit(self._writer, writable=True)
            try:
                yield unit
                frontier = unit.close()
                self._execute(self._writer, "COMMIT")
            except BaseException:
                unit.close()
                self._roll_back(self._writer)
                raise
            self._committed = frontier
            self._truncate |= unit.destroyed
            self._tend_log()

    @contextmanager
    def read(self) -> Iterator[SqliteUnit]:
        """Open a reading unit on what is committed at this moment; writers go on, and it does not see them.

        Raises:
            LocalError: STORE-FAILED after any error of the disk; STORE-MISUSE inside another unit of this thread.
        """
        with self._turns.take(self._reading):
            self._execute(self._reader, "BEGIN")
            unit = self._unit(self._reader, writable=False)
            try:
                # SQLite takes its snapshot at the first read, and this unit is of now.
                self._execute(self._reader, "SELECT count(*) FROM meta")
                yield unit
            finally:
                unit.close()
                self._roll_back(self._reader)

    def durability(self) -> tuple[str, int]:
        """Return journal mode and synchronous level, as the writing connection reads them back."""
        with self._turns.take(self._writing):
            self._require_usable()
            return durability_settings(self._writer)

    def integrity(self) -> str:
        """Return SQLite's own opinion of the file: ``ok``, or the first thing it finds wrong."""
        with self._turns.take(self._reading):
            self._require_usable()
            return str(self._reader.pragma("integrity_check", 1))

    def close(self) -> None:
        """Release the files; it waits for the units of other threads."""
        with self._turns.take(self._writing), ExitStack() as readers:
            if self._reading is not self._writing:
                readers.enter_context(self._reading)
            self._closed = True
            with suppress(apsw.Error):
                self._shut()

    def _unit(self, connection: apsw.Connection, *, writable: bool) -> SqliteUnit:
        return SqliteUnit(connection, self._seals, self._committed, self._fail, writable=writable)

    def _execute(self, connection: apsw.Connection, statement: str) -> None:
        self._require_usable()
        try:
            connection.execute(statement)
        except apsw.Error as error:
            self._fail(error)
        except BaseException:
            self._failed = True
            raise

    def _roll_back(self, connection: apsw.Connection) -> None:
        """Undo; when even that fails, so does the store, and the error that led here is the one to tell."""
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except apsw.Error:
            self._failed = True

    def _tend_log(self) -> None:
        """Copy a long log into the database; empty it when it still holds what was destroyed.

        Somebody who reads may be in the way; then the next commit tries again. A disk error stops the store.
        """
        if self._truncate:
            mode = apsw.SQLITE_CHECKPOINT_TRUNCATE
        elif self._log.pages >= self._log_pages_max:
            mode = apsw.SQLITE_CHECKPOINT_PASSIVE
        else:
            return
        self._writer.set_busy_timeout(0)
        try:
            self._writer.wal_checkpoint(mode=mode)
            self._truncate = False
        except (apsw.BusyError, apsw.LockedError):
            return
        except apsw.Error as error:
            self._fail(error)
        finally:
            self._writer.set_busy_timeout(BUSY_MS)

    def _fail(self, error: apsw.Error) -> NoReturn:
        self._failed = True
        raise LocalError("STORE-FAILED", path=self.path, got=f"{type(error).__name__}: {error}") from error

    def _require_usable(self) -> None:
        if self._failed:
            raise LocalError("STORE-FAILED", path=self.path, got="an earlier error")
        if self._closed:
            raise LocalError("STORE-MISUSE", got="a store that was closed")

    def _shut(self) -> None:
        """Close the connections; a store that failed leaves its log alone, since a checkpoint would sync again."""
        for connection in {self._reader, self._writer}:
            if self._failed:
                connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        if self._reader is not self._writer:
            self._reader.close(True)
        self._writer.close(True)


def _make_private(path: str) -> None:
    """Make the file before SQLite does, since SQLite would leave its mode to the umask."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY))
    except OSError as error:
        raise LocalError("STORE-NOT-OPENED", path=path, got=error) from error


def _unlocked(connection: apsw.Connection, key: bytes, rng: Rng, realm: Realm) -> Seals:
    """Migrate, then check (of a new file: set) its realm and storage key; all in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        new = schema_version(connection) == 0
        migrate(connection)
        seals = (_marked if new else _matched)(connection, key, rng, realm)
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return seals


def _marked(connection: apsw.Connection, key: bytes, rng: Rng, realm: Realm) -> Seals:
    """Give a new file its realm, its salt, and a value that proves the storage key."""
    salt = rng.bytes(SALT_BYTES)
    seals = Seals(key, salt, realm, rng)
    marks = {"realm": realm.value, "salt": salt, "check": seals.check_value()}
    connection.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", marks.items())
    return seals


def _matched(connection: apsw.Connection, key: bytes, rng: Rng, realm: Realm) -> Seals:
    """Require a file's realm and storage key to be ours."""
    match dict(connection.execute("SELECT name, value FROM meta")):
        case {"realm": str(marked), "salt": bytes(salt), "check": bytes(check)}:
            if marked != realm.value:
                raise LocalError("STORE-REALM", expected=realm.value, got=marked)
            seals = Seals(key, salt, realm, rng)
            seals.require_check(check)
            return seals
        case meta:
            raise LocalError("STORE-DAMAGED", expected="realm, salt and check", got=sorted(meta))

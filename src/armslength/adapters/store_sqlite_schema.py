"""The tables of the SQLite store, as numbered migrations; the settings of every connection to it.

A migration is never edited once released: what a later version needs is the next number. They run in one
transaction, so that a crash leaves the old schema or the new one and nothing between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import apsw

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Sequence

BUSY_MS: Final = 5_000
"""Another process may hold the write lock for one commit; five seconds are many commits even on a slow disk."""

STATEMENTS_CACHED: Final = 100
"""More than the statements that a unit ever uses, so that each is prepared once."""

SYNCHRONOUS: Final = {"OFF": 0, "NORMAL": 1, "FULL": 2}
"""What `PRAGMA synchronous` reads back; only FULL makes a commit in WAL mode survive a power cut."""

MIGRATIONS: Final[tuple[str, ...]] = (
    # 1: facts about the file itself stand in clear in `meta` (schema, realm, salt of the keys, a value that proves the
    # storage key). A content whose key is destroyed has no row; its leaf stays, and the journal verifies without it.
    # The index of due instants ends with the key by itself, since the table is WITHOUT ROWID.
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE leaves (idx INTEGER PRIMARY KEY, leaf BLOB NOT NULL) STRICT;
    CREATE TABLE contents (
        idx INTEGER PRIMARY KEY REFERENCES leaves, key BLOB NOT NULL, nonce BLOB NOT NULL, ciphertext BLOB NOT NULL
    ) STRICT;
    CREATE TABLE tree (
        level INTEGER NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, idx)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE views (
        view TEXT NOT NULL, key BLOB NOT NULL, due INTEGER, body BLOB NOT NULL, PRIMARY KEY (view, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX views_due ON views (view, due) WHERE due IS NOT NULL;
    CREATE TABLE settings (name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
    """,
)


def connect(path: str, *, vfs: str | None, exclusive: bool, synchronous: str = "FULL") -> apsw.Connection:
    """Open the file with the settings that durability rests on, and read them back.

    Args:
        path: the database file; made when it is missing.
        vfs: a registered VFS of SQLite, or None for the system's.
        exclusive: lock the file for this one connection; a VFS without shared memory cannot do WAL otherwise.
        synchronous: FULL; anything less is a planted bug.

    Raises:
        LocalError: STORE-NOT-OPENED, or STORE-NOT-DURABLE when a setting reads back otherwise.
    """
    connection: apsw.Connection | None = None
    try:
        connection = apsw.Connection(path, vfs=vfs, statementcachesize=STATEMENTS_CACHED)
        _set_up(connection, exclusive=exclusive, synchronous=synchronous)
    except BaseException as error:
        if connection is not None:
            connection.close(True)
        if isinstance(error, apsw.Error):
            raise LocalError("STORE-NOT-OPENED", path=path, got=error) from error
        raise
    return connection


def _set_up(connection: apsw.Connection, *, exclusive: bool, synchronous: str) -> None:
    connection.set_busy_timeout(BUSY_MS)
    if exclusive:
        connection.pragma("locking_mode", "EXCLUSIVE")  # before the first access, so that no shared memory is asked for
    connection.pragma("journal_mode", "WAL")
    connection.pragma("synchronous", synchronous)
    connection.pragma("foreign_keys", "ON")
    connection.pragma("secure_delete", "ON")  # destroyed contents are overwritten, not merely unlinked
    connection.pragma("trusted_schema", "OFF")
    connection.pragma("cell_size_check", "ON")
    connection.pragma("temp_store", "MEMORY")
    # SQLite's own checkpoint after a commit ignores a failed sync and tries again later; the store makes its own.
    connection.wal_autocheckpoint(0)
    expected = ("wal", SYNCHRONOUS[synchronous])
    met = durability_settings(connection)
    if met != expected:
        raise LocalError("STORE-NOT-DURABLE", expected=expected, got=met)


def durability_settings(connection: apsw.Connection) -> tuple[str, int]:
    """Return journal mode and synchronous level as SQLite reads them back."""
    return str(connection.pragma("journal_mode")), int(connection.pragma("synchronous"))


def schema_version(connection: apsw.Connection) -> int:
    """Return the number of the last migration that ran; 0 for an empty file.

    Raises:
        LocalError: STORE-DAMAGED when the file has the table but not the number.
    """
    if connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'").get == 0:
        return 0
    version = connection.execute("SELECT value FROM meta WHERE name = 'schema'").get
    if not isinstance(version, int):
        raise LocalError("STORE-DAMAGED", expected="a schema version", got=version)
    return version


def migrate(connection: apsw.Connection, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Run the migrations that the file lacks; the caller has opened a transaction.

    Raises:
        LocalError: STORE-SCHEMA when a later version of the program made the file.
    """
    version = schema_version(connection)
    if version > len(migrations):
        raise LocalError("STORE-SCHEMA", expected=f"at most {len(migrations)}", got=version)
    for number, statements in enumerate(migrations[version:], start=version + 1):
        connection.execute(statements)
        connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('schema', ?)", (number,))

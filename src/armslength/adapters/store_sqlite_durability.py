"""The durability gate: what must be true of this machine before the REAL realm trusts its disk.

Each finding is a fact read back, never a setting believed. The doctor shows them all; a node of the REAL realm refuses
to start unless all hold.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile, TemporaryDirectory
from time import perf_counter_ns
from typing import Final

import apsw

from armslength.adapters.store_sqlite import SqliteStore
from armslength.adapters.store_sqlite_schema import SYNCHRONOUS, connect, durability_settings
from armslength.core.errors import LocalError

SQLITE_MIN: Final = (3, 51, 3)
"""Versions 3.7.0 to 3.51.2 have the WAL-reset race, which corrupts the file."""

FORGETFUL_FILE_SYSTEMS: Final = frozenset(
    {"tmpfs", "ramfs", "devtmpfs", "overlay", "aufs", "nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "fuse.sshfs"}
)
"""Gone with the power or the container, or locking and syncing somewhere else by other rules."""

FSYNC_MIN_NS: Final = 5_000
"""A sync that reaches any device takes tens of microseconds; one that is swallowed takes as long as a system call."""

_FSYNC_ROUNDS: Final = 5
_FSYNC_BYTES: Final = 4_096

_MOUNT_INFO: Final = Path("/proc/self/mountinfo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One condition of durability.

    Args:
        check: what was looked at, in words.
        holds: whether it is as it must be.
        expected: what it must be.
        got: what it is.
    """

    check: str
    holds: bool
    expected: str
    got: str


def durability_report(where: SqliteStore | str | Path) -> tuple[Finding, ...]:
    """Return every finding about an open store, or about a place where one is or will be.

    Args:
        where: an open store, whose settings are read back from it; or the path of a database file, in whose directory a
            passing database and a passing file are made and removed.
    """
    path = Path(where.path if isinstance(where, SqliteStore) else where).absolute()
    return (_sqlite_version(), *_settings(where, path), _file_system(path), _sync_time(path))


def require_durable(where: SqliteStore | str | Path) -> None:
    """Refuse a place whose commits would not survive a power cut.

    Raises:
        LocalError: DURABILITY-GATE, naming the first finding that does not hold.
    """
    for finding in durability_report(where):
        if not finding.holds:
            raise LocalError("DURABILITY-GATE", check=finding.check, expected=finding.expected, got=finding.got)


def file_system_of(path: Path, mount_info: str) -> str:
    """Return the type of the file system that holds a path.

    Args:
        path: absolute, links resolved.
        mount_info: text of ``/proc/self/mountinfo`` (proc_pid_mountinfo(5)).

    Returns:
        The type, or ``unknown`` when no mount covers the path.
    """
    best, kind = -1, "unknown"
    for line in mount_info.splitlines():
        left, separator, right = line.partition(" - ")
        fields = left.split()
        if not separator or len(fields) < 5 or not right.split():
            continue
        point = Path(_unescaped(fields[4]))
        # A later mount on the same point covers the earlier one, hence "at least as long".
        if len(point.parts) >= best and path.is_relative_to(point):
            best, kind = len(point.parts), right.split()[0]
    return kind


def _unescaped(field: str) -> str:
    """Undo the octal escapes of blanks and backslashes in a mount point."""
    for character in " \t\n\\":
        field = field.replace(f"\\{ord(character):03o}", character)
    return field


def _sqlite_version() -> Finding:
    got = apsw.sqlite_lib_version()
    numbers = tuple(int(part) for part in got.split("."))
    least = ".".join(map(str, SQLITE_MIN))
    return Finding(check="SQLite version", holds=numbers >= SQLITE_MIN, expected=f"at least {least}", got=got)


def _settings(where: SqliteStore | str | Path, path: Path) -> tuple[Finding, ...]:
    try:
        mode, level = where.durability() if isinstance(where, SqliteStore) else _settings_beside(path)
    except (LocalError, apsw.Error, OSError) as error:
        return (Finding(check="database opens", holds=False, expected="yes", got=str(error)),)
    full = SYNCHRONOUS["FULL"]
    return (
        Finding(check="journal mode", holds=mode == "wal", expected="wal", got=mode),
        Finding(check="synchronous", holds=level == full, expected=str(full), got=str(level)),
    )


def _settings_beside(path: Path) -> tuple[str, int]:
    with TemporaryDirectory(dir=path.parent, prefix=".durability-") as folder:
        connection = connect(str(Path(folder) / "probe.db"), vfs=None, exclusive=False)
        try:
            return durability_settings(connection)
        finally:
            connection.close(True)


def _file_system(path: Path) -> Finding:
    try:
        kind = file_system_of(path.resolve(), _MOUNT_INFO.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        kind = "unknown"
    holds = kind != "unknown" and kind not in FORGETFUL_FILE_SYSTEMS
    return Finding(check="file system", holds=holds, expected="a local disk", got=kind)


def _sync_time(path: Path) -> Finding:
    least = f"at least {FSYNC_MIN_NS // 1_000} us"
    try:
        taken = _median_sync_ns(path.parent)
    except OSError as error:
        return Finding(check="time of a sync", holds=False, expected=least, got=str(error))
    return Finding(check="time of a sync", holds=taken >= FSYNC_MIN_NS, expected=least, got=f"{taken // 1_000} us")


def _median_sync_ns(folder: Path) -> int:
    times: list[int] = []
    with NamedTemporaryFile(dir=folder, prefix=".durability-", buffering=0) as file:
        for _ in range(_FSYNC_ROUNDS):
            file.write(bytes(_FSYNC_BYTES))
            start = perf_counter_ns()
            os.fsync(file.fileno())
            times.append(perf_counter_ns() - start)
    return int(median(times))

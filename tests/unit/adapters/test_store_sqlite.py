"""What is SQLite's own: the file, its keys, its settings, its failures, and readers beside the writer."""

from __future__ import annotations

import os
import stat
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import apsw
import pytest

from armslength.adapters import store_sqlite, store_sqlite_schema
from armslength.adapters.store_sqlite import SqliteStore
from armslength.adapters.store_sqlite_schema import MIGRATIONS, migrate, schema_version
from armslength.core.errors import LocalError
from armslength.core.realm import Realm
from armslength.journal import tree
from world.disk import SimDisk
from world.rng import Random, SeededRng

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from armslength.desk.ports import Unit

KEY = bytes(range(32))


def opened(folder: Path, **named: Any) -> SqliteStore:
    return SqliteStore(folder / "node.db", **{"key": KEY, "rng": SeededRng(), **named})


def raw(folder: Path, sql: str, bindings: tuple[Any, ...] = ()) -> Any:
    """What somebody with the disk, but not the key, reads or does."""
    connection = apsw.Connection(str(folder / "node.db"))
    connection.set_busy_timeout(1_000)
    try:
        return connection.execute(sql, bindings).fetchall()
    finally:
        connection.close()


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def write(store: SqliteStore, key: bytes = b"k", value: Any = 1) -> None:
    with store.write() as unit:
        unit.put("v", key, value)


# --- opening ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exclusive", [False, True])
def test_settings_read_back_durable(tmp_path: Path, *, exclusive: bool) -> None:
    store = opened(tmp_path, exclusive=exclusive)
    assert store.durability() == ("wal", 2)
    for connection in {store._writer, store._reader}:
        read_back = {name: connection.pragma(name) for name in ("foreign_keys", "secure_delete", "busy_timeout")}
        assert read_back == {"foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5_000}
    store.close()


def test_a_disk_that_cannot_log_ahead_is_refused() -> None:
    """A VFS without shared memory leaves WAL off in silence unless the store is exclusive."""
    disk = SimDisk(Random(1))
    with pytest.raises(LocalError, match="STORE-NOT-DURABLE") as caught:
        SqliteStore("node.db", key=KEY, rng=SeededRng(), vfs=disk.vfs_name)
    assert caught.value.details["got"] == ("delete", 2)
    disk.close()


def test_files_belong_to_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = opened(tmp_path)
        write(store)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("node.db", "node.db-wal", "node.db-shm"), 0o600)
    store.close()


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({"key": bytes(32)}, "STORE-KEY"),
        ({"key": bytes(31)}, "STORE-KEY"),
        ({"key": b""}, "STORE-KEY"),
        ({"realm": Realm.REAL}, "STORE-REALM"),
        ({"vfs": "no such vfs"}, "STORE-NOT-OPENED"),
    ],
    ids=str,
)
def test_a_store_opens_only_with_its_key_and_realm(tmp_path: Path, named: dict[str, Any], code: str) -> None:
    store = opened(tmp_path)
    write(store)
    store.close()
    before = on_disk(tmp_path)
    with pytest.raises(LocalError, match=code):
        opened(tmp_path, **named)
    assert on_disk(tmp_path) == before
    store = opened(tmp_path)
    with store.read() as unit:
        assert unit.get("v", b"k") == 1
    store.close()


def test_the_realm_is_part_of_every_key(tmp_path: Path) -> None:
    """A file whose mark was changed by hand still does not open in the other realm."""
    opened(tmp_path).close()
    raw(tmp_path, "UPDATE meta SET value = 'REAL' WHERE name = 'realm'")
    with pytest.raises(LocalError, match="STORE-KEY"):
        opened(tmp_path, realm=Realm.REAL)


@pytest.mark.parametrize("content", [b"x" * 5_000, b"SQLite format 3\x00" + b"\xff" * 5_000], ids=["text", "header"])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "node.db").write_bytes(content)
    with pytest.raises(LocalError, match="STORE-NOT-OPENED"):
        opened(tmp_path)
    assert (tmp_path / "node.db").read_bytes() == content


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="STORE-NOT-OPENED"):
        opened(tmp_path / "nowhere")


def test_a_store_that_another_process_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_sqlite_schema, "BUSY_MS", 1)
    store = opened(tmp_path, exclusive=True)
    write(store)
    with pytest.raises(LocalError, match="STORE-NOT-OPENED"):
        opened(tmp_path)
    write(store)
    store.close()


# --- schema -----------------------------------------------------------------------------------------------------------


def test_an_empty_file_is_version_zero_and_gets_every_migration(tmp_path: Path) -> None:
    (tmp_path / "node.db").touch()
    connection = apsw.Connection(str(tmp_path / "node.db"))
    assert schema_version(connection) == 0
    connection.close()
    store = opened(tmp_path)
    assert schema_version(store._writer) == len(MIGRATIONS)
    store.close()


def test_a_later_migration_keeps_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(tmp_path)
    write(store, value="kept")
    store.close()
    more = (*MIGRATIONS, "CREATE TABLE later (x ANY) STRICT")
    monkeypatch.setattr(store_sqlite, "migrate", lambda connection: migrate(connection, more))
    store = opened(tmp_path)
    assert schema_version(store._writer) == len(MIGRATIONS) + 1
    with store.read() as unit:
        assert unit.get("v", b"k") == "kept"
    store.close()
    monkeypatch.undo()
    with pytest.raises(LocalError, match="STORE-SCHEMA"):
        opened(tmp_path)


def test_a_migration_that_fails_leaves_the_version_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(tmp_path).close()
    half = (*MIGRATIONS, "CREATE TABLE later (x ANY) STRICT; CREATE TABLE later (x ANY) STRICT")
    with monkeypatch.context() as patched:
        patched.setattr(store_sqlite, "migrate", lambda connection: migrate(connection, half))
        with pytest.raises(LocalError, match="STORE-NOT-OPENED"):
            opened(tmp_path)
    store = opened(tmp_path)
    assert schema_version(store._writer) == len(MIGRATIONS)
    assert store._writer.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").get == 0
    store.close()


# --- secrecy at rest --------------------------------------------------------------------------------------------------

MARKER = b"Zaporizhzhia-plaintext-marker"


def test_plaintext_never_reaches_the_disk(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with store.write() as unit:
        unit.append(b"a leaf is hashes only", MARKER + b" blind", MARKER * 300)
        unit.put("v", b"k", MARKER)
        unit.put("v", b"long", {1: (MARKER.decode(), MARKER * 300)}, due=1)
        unit.set_setting("s", MARKER)
    while_open = on_disk(tmp_path)
    store.close()
    assert b"a leaf is hashes only" in while_open  # the test reads the right files
    assert MARKER not in while_open
    assert MARKER not in on_disk(tmp_path)
    assert KEY not in while_open


def test_the_same_value_twice_is_not_the_same_bytes(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with store.write() as unit:
        for key in (b"a", b"b"):
            unit.put("v", key, "same")
            unit.append(b"leaf", b"same", b"same")
    store.close()
    for column in ("body FROM views", "ciphertext FROM contents", "key FROM contents", "nonce FROM contents"):
        rows = raw(tmp_path, f"SELECT {column}")
        assert len(set(rows)) == 2, column


def test_a_destroyed_content_is_gone_from_every_file(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with store.write() as unit:
        unit.append(b"leaf", b"blind", b"content" * 2_000)
        unit.append(b"leaf", b"blind", b"other")
    (key, ciphertext), *_ = raw(tmp_path, "SELECT key, ciphertext FROM contents ORDER BY idx")
    pieces = (key[12:], ciphertext[:64], ciphertext[-64:])
    assert all(piece in on_disk(tmp_path) for piece in pieces)
    with store.write() as unit:
        unit.destroy(0)
    assert not any(piece in on_disk(tmp_path) for piece in pieces)
    with store.read() as unit:
        assert unit.content(0) is None
        assert unit.content(1) == (b"blind", b"other")
    store.close()


def test_the_log_is_emptied_later_when_a_reader_was_in_the_way(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with store.write() as unit:
        unit.append(b"leaf", b"", b"content")
    ((key,),) = raw(tmp_path, "SELECT key FROM contents")
    inside, leave, saw = Event(), Event(), []

    def look() -> None:
        with store.read() as unit:
            inside.set()
            leave.wait()
            saw.append(unit.content(0))

    reader = Thread(target=look)
    reader.start()
    inside.wait()
    with store.write() as unit:
        unit.destroy(0)
    meanwhile = on_disk(tmp_path)
    leave.set()
    reader.join()
    write(store)
    assert saw == [(b"", b"content")]
    assert key in meanwhile  # or the reader was not in the way, and this test shows nothing
    assert key not in on_disk(tmp_path)
    store.close()


TAMPERINGS: dict[str, tuple[str, Callable[[Unit], object]]] = {
    "a body moved to another key": (
        "UPDATE views SET body = (SELECT body FROM views WHERE key = x'62') WHERE view = 'v'",
        lambda unit: unit.get("v", b"a"),
    ),
    "a body moved to another view": (
        "UPDATE views SET body = (SELECT body FROM views WHERE view = 'w') WHERE key = x'61'",
        lambda unit: unit.get("v", b"a"),
    ),
    "a deadline moved": ("UPDATE views SET due = due + 1", lambda unit: unit.due("v", 9, 9)),
    "a deadline removed": ("UPDATE views SET due = NULL", lambda unit: unit.scan("v")),
    "a changed body": ("UPDATE views SET body = randomblob(length(body))", lambda unit: list(unit.dump_views())),
    "a body too short for a nonce": ("UPDATE views SET body = x'00'", lambda unit: unit.get("v", b"a")),
    "an empty body": ("UPDATE views SET body = x''", lambda unit: unit.get("v", b"a")),
    "a setting moved": (
        "UPDATE settings SET body = (SELECT body FROM settings WHERE name = 't') WHERE name = 's'",
        lambda unit: unit.setting("s"),
    ),
    "a content moved": (
        "REPLACE INTO contents SELECT 0, key, nonce, ciphertext FROM contents WHERE idx = 1",
        lambda unit: unit.content(0),
    ),
    "a ciphertext changed": (
        "UPDATE contents SET ciphertext = randomblob(length(ciphertext))",
        lambda unit: unit.content(0),
    ),
    "a content key changed": ("UPDATE contents SET key = randomblob(length(key))", lambda unit: unit.content(0)),
    "an empty content key": ("UPDATE contents SET key = x''", lambda unit: unit.content(0)),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_is_found(tmp_path: Path, tampering: str) -> None:
    store = opened(tmp_path)
    with store.write() as unit:
        for view, key in (("v", b"a"), ("v", b"b"), ("w", b"a")):
            unit.put(view, key, 1, due=5)
        for name in "st":
            unit.set_setting(name, 1)
            unit.append(b"leaf", b"blind", b"content")
    statement, look = TAMPERINGS[tampering]
    with store.read() as unit:
        look(unit)
    store.close()
    raw(tmp_path, statement)
    store = opened(tmp_path)
    with store.read() as unit, pytest.raises(LocalError, match="STORE-DAMAGED"):
        look(unit)
    store.close()


@pytest.mark.parametrize("name", ["schema", "realm", "salt", "check"])
def test_a_file_without_its_marks_is_damaged_and_not_new(tmp_path: Path, name: str) -> None:
    opened(tmp_path).close()
    raw(tmp_path, "DELETE FROM meta WHERE name = ?", (name,))
    with pytest.raises(LocalError, match="STORE-DAMAGED"):
        opened(tmp_path)


# --- readers, writers, processes --------------------------------------------------------------------------------------


def test_a_reader_neither_waits_for_the_writer_nor_sees_it(tmp_path: Path) -> None:
    store = opened(tmp_path)
    write(store, value="before")
    saw: list[Any] = []

    def look() -> None:
        with store.read() as unit:
            saw.append(unit.get("v", b"k"))

    with store.write() as unit:
        unit.put("v", b"k", "after")
        reader = Thread(target=look)
        reader.start()
        reader.join()  # within the writing unit: the reader has ended before the commit
    look()
    assert saw == ["before", "after"]
    store.close()


def test_a_reading_unit_is_of_the_moment_when_it_was_opened(tmp_path: Path) -> None:
    store = opened(tmp_path)
    write(store, value="before")
    writer = Thread(target=write, args=(store, b"k", "after"))
    with store.read() as unit:
        writer.start()
        writer.join()
        assert unit.get("v", b"k") == "before"
    with store.read() as unit:
        assert unit.get("v", b"k") == "after"
    store.close()


def test_closing_waits_for_a_reader(tmp_path: Path) -> None:
    store = opened(tmp_path)
    write(store, value="read to the end")
    inside, saw = Event(), []

    def look() -> None:
        with store.read() as unit:
            inside.set()
            closing.start()
            saw.append([unit.get("v", b"k") for _ in range(2_000)])

    closing = Thread(target=store.close)
    reader = Thread(target=look)
    reader.start()
    inside.wait()
    reader.join()
    closing.join()
    assert saw == [["read to the end"] * 2_000]
    with pytest.raises(LocalError, match="STORE-MISUSE"), store.read():
        pass


def test_two_processes_append_to_one_journal(tmp_path: Path) -> None:
    one, other = opened(tmp_path), opened(tmp_path, rng=SeededRng(2))
    frontier = tree.Frontier()
    for n in range(12):
        store = (one, other)[n % 3 == 0]
        with store.write() as unit:
            assert unit.append(b"leaf %d" % n, b"", b"") == n
        frontier = tree.append(frontier, tree.leaf_hash(b"leaf %d" % n)).frontier
    for store in (one, other):
        with store.read() as unit:
            assert unit.frontier() == frontier
        store.close()


def test_a_lock_held_too_long_stops_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_sqlite_schema, "BUSY_MS", 1)
    one, other = opened(tmp_path), opened(tmp_path)
    with one.write() as unit:
        unit.put("v", b"k", 1)
        with pytest.raises(LocalError, match="STORE-FAILED"):
            write(other)
    with pytest.raises(LocalError, match="STORE-FAILED"):
        write(other)
    other.close()
    one.close()


# --- failing disks ----------------------------------------------------------------------------------------------------


class FailingVfs(apsw.VFS):
    """The real disk, but for one write, truncation or sync: the n-th from now."""

    def __init__(self, error: type[apsw.Error]) -> None:
        self.name = f"failing-{id(self)}"
        self.left: int | None = None
        self.after = 0
        self.unreadable = False
        self.error = error
        super().__init__(self.name, base="")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return FailingFile(self, name, flags)

    def count(self) -> None:
        if self.left is not None:
            self.left -= 1
            self.after += self.left < 0
            if self.left == 0:
                raise self.error


class FailingFile(apsw.VFSFile):
    """A real file that counts."""

    def __init__(self, vfs: FailingVfs, name: Any, flags: list[int]) -> None:
        self.vfs = vfs
        super().__init__("", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        if self.vfs.unreadable:
            raise self.vfs.error
        return super().xRead(amount, offset)

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802
        self.vfs.count()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.vfs.count()
        super().xSync(flags)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self.vfs.count()
        super().xTruncate(newsize)


@pytest.fixture(params=[apsw.IOError, apsw.FullError], ids=["io", "full"])
def failing(request: pytest.FixtureRequest) -> Iterator[FailingVfs]:
    vfs = FailingVfs(request.param)
    yield vfs
    vfs.unregister()


def fill(store: SqliteStore) -> tuple[str | None, int]:
    """Commit four units; return the code of the error that stopped it, and how many were acknowledged before."""
    for index in range(4):
        try:
            with store.write() as unit:
                unit.append(b"leaf" * 2_000, b"", b"content")
                with unit.savepoint():
                    unit.put("v", b"k", index)
        except LocalError as error:
            return error.code, index
    return None, 4


@pytest.mark.parametrize("exclusive", [False, True])
def test_after_any_error_of_the_disk_the_store_stays_stopped(
    tmp_path: Path, failing: FailingVfs, *, exclusive: bool
) -> None:
    """At every operation in turn: nothing acknowledged is lost, nothing more is accepted, the error is typed."""
    failures = 0
    for n in range(1, 400):
        folder = tmp_path / str(n)
        folder.mkdir()
        store = opened(folder, vfs=failing.name, exclusive=exclusive, checkpoint_pages=8)
        failing.left = n
        code, acknowledged = fill(store)
        if code is None:
            failing.left = None
            store.close()
            break
        assert code == "STORE-FAILED"
        failures += 1
        for _ in range(2):
            with pytest.raises(LocalError, match="STORE-FAILED"):
                write(store)
            with pytest.raises(LocalError, match="STORE-FAILED"), store.read():
                pass
        store.close()
        assert failing.after == 0  # the disk is well again, and the store never touches it, not even while it closes
        failing.left = None
        store = opened(folder)
        with store.read() as unit:
            assert unit.frontier().size in (acknowledged, acknowledged + 1)
            assert unit.get("v", b"k") in (unit.frontier().size - 1, None)
        store.close()
    else:
        pytest.fail("the loop never got past its last operation")
    assert failures > 20
    print(f"{failures} failing operations")


@pytest.mark.parametrize("exclusive", [False, True])
def test_a_disk_that_does_not_read_stops_the_store(tmp_path: Path, failing: FailingVfs, *, exclusive: bool) -> None:
    store = opened(tmp_path, vfs=failing.name, exclusive=exclusive)
    with store.write() as unit:
        for n in range(200):
            unit.append(b"leaf" * 1_000, b"", b"")
            unit.put("v", n.to_bytes(2, "big"), b"value" * 100)
    store.close()
    store = opened(tmp_path, vfs=failing.name, exclusive=exclusive)
    with store.read() as unit:
        failing.unreadable = True
        with pytest.raises(LocalError, match="STORE-FAILED"):
            unit.scan("v")
        failing.unreadable = False
        with pytest.raises(LocalError, match="STORE-FAILED"):
            unit.get("v", b"k")
    for opening in (store.read, store.write):
        with pytest.raises(LocalError, match="STORE-FAILED"), opening():
            pass
    store.close()


def swallow_the_error(unit: Unit) -> None:
    unit.put("v", b"k", 2)
    with pytest.raises(LocalError, match="STORE-FAILED"), unit.savepoint():
        unit.append(b"x" * 100_000, b"", b"")
    with pytest.raises(LocalError, match="STORE-FAILED"):
        unit.get("v", b"k")


def test_a_full_disk_stops_the_store_even_when_a_handler_swallows_the_error(tmp_path: Path) -> None:
    store = opened(tmp_path)
    write(store)
    store._writer.pragma("max_page_count", store._writer.pragma("page_count"))
    with pytest.raises(LocalError, match="STORE-FAILED"), store.write() as unit:
        swallow_the_error(unit)
    store.close()
    store = opened(tmp_path)
    with store.read() as unit:
        assert unit.get("v", b"k") == 1
    store.close()


def test_a_bug_of_the_program_does_not_stop_the_store(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with pytest.raises(apsw.SQLError), store.write() as unit:
        unit._run("no such statement", ())
    with pytest.raises(apsw.SQLError), store.read() as unit:
        unit._all("no such statement", ())
    write(store)
    store.close()

"""The durability gate refuses every place whose commits a power cut could undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from armslength.adapters import store_sqlite_durability as gate
from armslength.adapters.store_sqlite import SqliteStore
from armslength.adapters.store_sqlite_durability import durability_report, file_system_of, require_durable
from armslength.core.errors import LocalError
from world.rng import SeededRng

MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 25 0:27 / /media/memory rw,relatime shared:4 - tmpfs tmpfs rw,size=24684084k
31 27 0:30 / /srv/a\\040b\\134c rw - nfs4 server:/x rw
32 27 0:31 / /srv/covered rw - ext4 /dev/vdb rw
33 27 0:32 / /srv/covered rw - overlay overlay rw
34 27 0:33 / /srv/x rw master:1 propagate_from:2 - xfs /dev/vdc rw
half a line
35 27 0:34 / - ext4
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/var/lib/node.db", "ext4"),
        ("/media/memory", "tmpfs"),
        ("/media/memory/node.db", "tmpfs"),
        ("/media/memoryx/node.db", "ext4"),
        ("/srv/a b\\c/node.db", "nfs4"),
        ("/srv/covered/node.db", "overlay"),
        ("/srv/x/y/z", "xfs"),
    ],
)
def test_the_longest_and_latest_mount_holds_a_path(path: str, kind: str) -> None:
    assert file_system_of(Path(path), MOUNTS) == kind


def test_no_mount_is_unknown() -> None:
    assert file_system_of(Path("/x"), "") == "unknown"


@pytest.fixture
def good_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on what looks like a local disk, wherever the tests run."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text("27 1 254:0 / / rw - ext4 /dev/vda rw\n")
    monkeypatch.setattr(gate, "_MOUNT_INFO", mounts)
    monkeypatch.setattr(gate, "_median_sync_ns", lambda _folder: 40_000)
    place = tmp_path / "place"
    place.mkdir()
    return place


def store_in(folder: Path, **named: Any) -> SqliteStore:
    return SqliteStore(folder / "node.db", key=bytes(32), rng=SeededRng(), **named)


CHECKS = ["SQLite version", "journal mode", "synchronous", "file system", "time of a sync"]


def test_a_good_machine_passes_with_a_store_and_before_there_is_one(good_machine: Path) -> None:
    before = durability_report(good_machine / "node.db")
    require_durable(good_machine / "node.db")
    assert list(good_machine.iterdir()) == []  # the probe leaves nothing
    store = store_in(good_machine)
    require_durable(store)
    after = durability_report(store)
    store.close()
    for report in (before, after):
        assert [finding.check for finding in report] == CHECKS
        assert all(finding.holds for finding in report)
    assert (after[1].got, after[2].got) == ("wal", "2")


def refused(where: Any, check: str) -> None:
    assert [finding.check for finding in durability_report(where) if not finding.holds] == [check]
    with pytest.raises(LocalError, match="DURABILITY-GATE") as caught:
        require_durable(where)
    assert caught.value.details["check"] == check


@pytest.mark.parametrize("level", ["NORMAL", "OFF"])
def test_less_than_full_synchronous_is_refused(good_machine: Path, level: str) -> None:
    store = store_in(good_machine, planted_synchronous=level)
    refused(store, "synchronous")
    store.close()


@pytest.mark.parametrize("kind", ["tmpfs", "nfs", "nfs4", "overlay", "ramfs", "cifs", "unknown"])
def test_a_forgetful_file_system_is_refused(good_machine: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    gate._MOUNT_INFO.write_text(f"27 1 254:0 / / rw - {kind} x rw\n")
    refused(good_machine / "node.db", "file system")


def test_a_machine_without_mount_table_is_refused(good_machine: Path) -> None:
    gate._MOUNT_INFO.unlink()
    refused(good_machine / "node.db", "file system")


def test_a_sync_that_takes_no_time_is_refused(good_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_median_sync_ns", lambda _folder: 900)
    refused(good_machine / "node.db", "time of a sync")


@pytest.mark.parametrize(
    ("version", "holds"), [("3.51.2", False), ("3.40.1", False), ("3.51.3", True), ("4.0.0", True)]
)
def test_the_version_with_the_wal_reset_race_is_refused(
    good_machine: Path, monkeypatch: pytest.MonkeyPatch, *, version: str, holds: bool
) -> None:
    monkeypatch.setattr(gate.apsw, "sqlite_lib_version", lambda: version)
    assert durability_report(good_machine / "node.db")[0].holds == holds
    if not holds:
        refused(good_machine / "node.db", "SQLite version")


def test_a_place_that_does_not_exist_is_a_finding_and_no_traceback(good_machine: Path, monkeypatch: Any) -> None:
    monkeypatch.undo()
    report = {finding.check: finding for finding in durability_report(good_machine / "nowhere" / "node.db")}
    assert not report["database opens"].holds
    assert not report["time of a sync"].holds


def test_a_failed_store_is_a_finding(good_machine: Path) -> None:
    store = store_in(good_machine)
    store.close()
    refused(store, "database opens")


def test_the_time_of_a_sync_is_measured(tmp_path: Path) -> None:
    assert gate._median_sync_ns(tmp_path) > 0
    assert list(tmp_path.iterdir()) == []

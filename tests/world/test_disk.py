"""The simulated disk tells a durable store from one that only seems so."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from armslength.adapters.store_sqlite import SqliteStore
from armslength.adapters.store_sqlite_scrub import scrub
from armslength.core.errors import LocalError
from world.disk import SECTOR, PowerCut, SimDisk
from world.rng import Random, SeededRng

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = "node.db"
LAST_OPERATION = 1_200
"""Where power cuts strike: from the first operation of a new file on to well past several checkpoints."""


def opened(disk: SimDisk, **named: Any) -> SqliteStore:
    return SqliteStore(
        PATH, key=bytes(32), rng=SeededRng(), vfs=disk.vfs_name, exclusive=True, checkpoint_pages=24, **named
    )


class Outcome(NamedTuple):
    """What one run with a power cut left behind."""

    operations: int
    acknowledged: int
    kept: int
    damaged: bool


def run(seed: int, *, lying_fsync: bool = False, **named: Any) -> Outcome:
    """Commit until the power fails, come back (the power may fail again meanwhile), and count."""
    rng = Random(seed)
    disk = SimDisk(rng, lying_fsync=lying_fsync)
    disk.crash_at(rng.randrange(1, LAST_OPERATION))
    acknowledged = commits(disk, rng, **named)
    operations = disk.operations
    if rng.random() < 0.5:
        again(disk, rng)
    disk.power_cut()
    disk.reopen()
    try:
        kept = checked(disk)
    except LocalError:
        return Outcome(operations, acknowledged, 0, damaged=True)
    finally:
        disk.close()
    return Outcome(operations, acknowledged, kept, damaged=False)


def commits(disk: SimDisk, rng: Random, **named: Any) -> int:
    """Return how many units were acknowledged before the power failed."""
    done = 0
    with suppress(PowerCut):
        for _ in fill(opened(disk, **named), rng):
            done += 1
    return done


def fill(store: SqliteStore, rng: Random) -> Iterator[None]:
    while True:
        with store.write() as unit:
            for _ in range(rng.randrange(1, 4)):
                index = unit.append(rng.randbytes(rng.randrange(900)), b"blind", rng.randbytes(rng.randrange(3_000)))
                unit.put("by-index", index.to_bytes(4, "big"), index, due=index)
            if index and rng.random() < 0.1:
                unit.destroy(index - 1)
            unit.set_setting("units", (unit.setting("units") or 0) + 1)  # type: ignore[operator]
        yield


def again(disk: SimDisk, rng: Random) -> None:
    """A second power cut, during recovery."""
    disk.power_cut()
    disk.reopen()
    disk.crash_at(disk.operations + rng.randrange(1, 4))
    with suppress(PowerCut, LocalError):  # LocalError: of a disk that lies, recovery may already find damage
        opened(disk).close()


def checked(disk: SimDisk) -> int:
    """Recover; everything that is there must be whole and agree. Return the units that were kept."""
    store = opened(disk)
    size = scrub(store, contents=True)
    with store.read() as unit:
        assert [index for _, index in unit.scan("by-index")] == list(range(size))
        assert unit.due("by-index", size, size + 1) == unit.scan("by-index")
        units: Any = unit.setting("units") or 0
    store.close()
    return units


def test_no_committed_unit_is_lost_in_200_power_cuts() -> None:
    outcomes = [run(seed) for seed in range(200)]
    assert [n for n, outcome in enumerate(outcomes) if outcome.damaged] == []
    # A commit that the cut interrupted may be there or not; one that returned must be.
    assert [n for n, o in enumerate(outcomes) if not o.acknowledged <= o.kept <= o.acknowledged + 1] == []
    print(f"{sum(outcome.acknowledged for outcome in outcomes)} units committed, 200 power cuts, 0 lost")
    assert sum(outcome.acknowledged for outcome in outcomes) > 2_000


def test_the_disk_catches_synchronous_normal() -> None:
    outcomes = [run(seed, planted_synchronous="NORMAL") for seed in range(60)]
    lost = [outcome.acknowledged - outcome.kept for outcome in outcomes if outcome.kept < outcome.acknowledged]
    print(f"{len(lost)} of 60 runs lost {sum(lost)} committed units")
    assert len(lost) >= 10
    assert not any(outcome.damaged for outcome in outcomes)  # NORMAL loses commits and never the file's integrity


def test_the_disk_catches_a_sync_that_lies() -> None:
    outcomes = [run(seed, lying_fsync=True) for seed in range(40)]
    assert sum(outcome.damaged for outcome in outcomes) >= 5
    assert sum(outcome.kept < outcome.acknowledged for outcome in outcomes) >= 10


def test_a_seed_is_a_run() -> None:
    for named in ({}, {"lying_fsync": True}, {"planted_synchronous": "NORMAL"}):
        assert [run(seed, **named) for seed in range(8)] == [run(seed, **named) for seed in range(8)]  # type: ignore[arg-type]


def test_every_operation_of_a_first_start_can_be_the_last() -> None:
    """From an empty disk to the first commit, a cut at each operation: the next start always succeeds."""
    operation = 0
    while True:
        operation += 1
        for variant in range(3):
            disk = SimDisk(Random(f"{operation}/{variant}"))
            disk.crash_at(operation)
            done = 0
            try:
                store = opened(disk)
                for _ in fill(store, Random(1)):
                    done += 1
                    if done == 2:
                        break
                store.close()
            except PowerCut:
                pass
            else:
                disk.close()
                assert operation > 20
                return
            disk.power_cut()
            disk.reopen()
            assert checked(disk) in (done, done + 1)
            disk.close()


def test_the_cut_strikes_during_the_named_operation_and_everything_after_it_is_dark() -> None:
    disk = SimDisk(Random(1))
    store = opened(disk)
    at = disk.operations + 3
    disk.crash_at(at)
    with pytest.raises(PowerCut), store.write() as unit:
        unit.append(b"x" * 9_000, b"", b"")
    assert disk.operations == at
    for opening in (store.read, store.write):
        with pytest.raises((PowerCut, LocalError)), opening():
            pass
    with pytest.raises(PowerCut):
        opened(disk)
    assert disk.operations == at
    disk.close()


def test_a_killed_process_loses_nothing_that_it_wrote_even_unsynced() -> None:
    disk = SimDisk(Random(1))
    old = opened(disk, planted_synchronous="OFF")
    with old.write() as unit:
        unit.put("v", b"k", "committed")
    entered = old.write()
    entered.__enter__().put("v", b"k", "not committed")
    disk.kill()
    del entered
    with pytest.raises(LocalError, match="STORE-FAILED"), old.read():
        pass
    new = opened(disk)
    with new.read() as unit:
        assert unit.get("v", b"k") == "committed"
    new.close()
    disk.close()


@pytest.mark.parametrize("how", ["collected while dark", "collected later", "closed later"])
def test_an_old_store_does_nothing_to_the_disk(how: str) -> None:
    disk = SimDisk(Random(1))
    old: SqliteStore | None = opened(disk)
    assert old is not None
    with old.write() as unit:
        unit.put("v", b"k", 1)
    if how == "collected while dark":
        disk.crash_at(disk.operations + 1)
        with pytest.raises(PowerCut), old.write() as unit:
            unit.put("v", b"k", 2)
        old = None
        gc.collect()
    disk.power_cut()
    disk.reopen()
    new = opened(disk)
    with new.write() as unit:
        unit.put("v", b"k", 3)
    before, operations = disk.image(), disk.operations
    if old is not None and how == "closed later":
        old.close()
    old = None
    gc.collect()
    assert (disk.image(), disk.operations) == (before, operations)
    with new.read() as unit:
        assert unit.get("v", b"k") == 3
    new.close()
    disk.close()


# --- the disk by itself -----------------------------------------------------------------------------------------------


def handle(disk: SimDisk, name: str = "/file") -> Any:
    import apsw

    flags = [apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_READWRITE, 0]
    return disk._vfs.xOpen(name, flags)


def survivors(*, sync: bool, lying: bool = False) -> set[bytes]:
    """The images that many cuts leave of one write over two old sectors and a half new one."""
    images = set()
    for seed in range(200):
        disk = SimDisk(Random(seed))
        file = handle(disk)
        file.xWrite(b"o" * 2 * SECTOR, 0)
        file.xSync(0)
        disk._lying = lying
        file.xWrite(b"n" * (2 * SECTOR + 100), 0)
        if sync:
            file.xSync(0)
        disk.power_cut()
        disk.reopen()
        images.add(handle(disk).xRead(9_999, 0))
        disk.close()
    return images


OLD, NEW, TAIL = b"o" * SECTOR, b"n" * SECTOR, b"n" * 100
TORN = {
    first + second + tail if tail or second else first + second
    for first in (OLD, NEW)
    for second in (OLD, NEW)
    for tail in (TAIL, b"")
}


def test_unsynced_sectors_survive_in_any_mixture_and_never_torn_within() -> None:
    assert survivors(sync=False) == TORN


def test_synced_bytes_survive_whole() -> None:
    assert survivors(sync=True) == {NEW + NEW + TAIL}


def test_a_lying_sync_is_no_sync() -> None:
    assert survivors(sync=True, lying=True) == TORN


def test_a_file_that_nothing_synced_may_be_gone() -> None:
    left = set()
    for seed in range(20):
        disk = SimDisk(Random(seed))
        handle(disk)
        disk.power_cut()
        left.add("/file" in disk.image())
        disk.close()
    assert left == {True, False}


def test_an_unsynced_truncation_happened_or_not() -> None:
    sizes = set()
    for seed in range(50):
        disk = SimDisk(Random(seed))
        file = handle(disk)
        file.xWrite(b"x" * 1_000, 0)
        file.xSync(0)
        file.xTruncate(10)
        disk.power_cut()
        sizes.add(len(disk.image()["/file"]))
        disk.close()
    assert sizes == {10, 1_000}


def test_a_flipped_bit_is_found_by_the_scrub() -> None:
    disk = SimDisk(Random(1))
    store = opened(disk)
    with store.write() as unit:
        for n in range(20):
            unit.append(b"leaf %03d" % n, b"blind", b"content")
    store.close()
    at = disk.image()["/node.db"].index(b"leaf 013")
    disk.flip(PATH, at + 7, 0)
    store = opened(disk)
    with pytest.raises(LocalError, match="STORE-DAMAGED") as caught:
        scrub(store)
    assert caught.value.details["index"] == 13
    store.close()
    disk.close()

"""The simulated disk: real SQLite on files that live in memory and lose power like real ones.

What was written and not synced survives a power cut in a random subset, torn at sectors of 512 bytes; what was synced
survives whole, unless the disk lies about syncing. A file that was made and never synced may be gone. A deletion is
kept at once. The random numbers are the caller's, so one seed is one run.

    disk = SimDisk(Random(7))
    store = SqliteStore("node.db", vfs=disk.vfs_name, exclusive=True, ...)
    disk.crash_at(disk.operations + 12)     # the 12th operation from now raises PowerCut, and so does all after it
    ...
    disk.power_cut()                        # the image that survives; also without a crash before it
    disk.reopen()                           # the power is back: open a new store on the same path

The old store is dead then: its connections are closed, and whatever it still does goes nowhere. Only one store at a
time may have a file open, as with `exclusive`. What it cannot show: reordered deletions, sectors that turn to rubbish,
bits that flip (`flip` does that on purpose). The salts in SQLite's log come from SQLite's own generator and
differ between runs; no outcome depends on them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

import apsw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from world.rng import Random

SECTOR: Final = 512
"""The unit that a disk writes whole or not at all."""

_FATES: Final = (0.0, 0.1, 0.5, 0.9, 1.0)
"""How likely a piece survives; drawn once for each file and cut, so that all-or-nothing is as usual as a mixture."""

_SOMEDAY: Final = 212_000_000_000_000
"""A Julian day in milliseconds of the year 2006: SQLite's own clock stands still in the simulation."""

_numbers = count()
_disks: WeakValueDictionary[str, SimDisk] = WeakValueDictionary()


class PowerCut(BaseException):
    """The power is gone: no Exception, so that no handler of the product ever catches it."""


@dataclass(slots=True)
class _File:
    """What reads see, what is safe, and what has been done since the last sync."""

    seen: bytearray = field(default_factory=bytearray)
    safe: bytearray = field(default_factory=bytearray)
    undone: list[tuple[int, bytes | None]] = field(default_factory=list)
    synced: bool = False


class SimDisk:
    """A disk with its own VFS in SQLite.

    Args:
        rng: decides what survives.
        lying_fsync: the disk says that it synced, and did not.
    """

    def __init__(self, rng: Random, *, lying_fsync: bool = False) -> None:
        self.vfs_name = f"simdisk-{next(_numbers)}"
        self.operations = 0
        self.burying = False
        self.files: dict[str, _File] = {}
        self._rng = rng
        self._lying = lying_fsync
        self._cut_at: int | None = None
        self._dark = False
        self._life = 0
        self._vfs = _Vfs(self)
        self._connections: list[apsw.Connection] = []
        _disks[self.vfs_name] = self

    def crash_at(self, operation: int | None) -> None:
        """Let the power fail during the operation with this number (the first is 1); None: never."""
        self._cut_at = operation

    def power_cut(self) -> None:
        """Work out what survives, and cut off every store that is open."""
        self._dark, self._cut_at = True, None
        self._abandon()
        for name, file in list(self.files.items()):
            if not file.synced and self._rng.random() < 0.5:
                del self.files[name]
            else:
                self._survive(file)

    def kill(self) -> None:
        """End the process and not the power: what was written stays, synced or not; a new store may open at once."""
        self._abandon()
        self._dark, self._cut_at = False, None

    def reopen(self) -> None:
        """Give the power back."""
        self._dark = False

    def flip(self, name: str, at: int, bit: int) -> None:
        """Flip one bit of a file, as cosmic rays do."""
        file = self.files[f"/{name.lstrip('/')}"]
        for image in (file.seen, file.safe):
            if at < len(image):
                image[at] ^= 1 << bit

    def image(self) -> dict[str, bytes]:
        """Return every file as reads see it."""
        return {name: bytes(file.seen) for name, file in self.files.items()}

    def close(self) -> None:
        """Take the VFS away from SQLite; stores that are open lose power."""
        self._abandon()
        self._vfs.unregister()

    def adopt(self, connection: apsw.Connection) -> None:
        """Keep a connection until the power is cut.

        A store that is collected after PowerCut, and before `power_cut`, would otherwise be closed while the disk is
        dark, and the PowerCut that its last operations raise could reach nobody.
        """
        self._connections.append(connection)

    def _abandon(self) -> None:
        """Close what is open as a power cut does: whatever SQLite then still asks for does not happen."""
        self._life += 1
        self.burying = True
        while self._connections:
            self._connections.pop().close(True)
        self.burying = False

    def _survive(self, file: _File) -> None:
        fate = self._rng.choice(_FATES)
        for at, data in file.undone:
            if data is None:
                if self._rng.random() < fate:
                    _resize(file.safe, at)
                continue
            for start, piece in _torn(at, data):
                if self._rng.random() < fate:
                    _write(file.safe, start, piece)
        file.seen = bytearray(file.safe)
        file.undone.clear()
        file.synced = True

    # --- what the VFS and its files call ------------------------------------------------------------------------------

    @property
    def life(self) -> int:
        """How often the power was cut; a handle of an earlier life is dead."""
        return self._life

    def require_power(self) -> None:
        """Raise PowerCut when the power is gone."""
        if self._dark:
            raise PowerCut(self.operations)

    def happens(self) -> bool:
        """Count one operation; return True when the power fails during it."""
        self.require_power()
        self.operations += 1
        if self.operations == self._cut_at:
            self._dark = True
        return self._dark

    def make(self, name: str) -> None:
        """Make an empty file, which nothing has synced yet."""
        cut = self.happens()
        self.files[name] = _File()
        if cut:
            self.require_power()

    def delete(self, name: str) -> None:
        """Delete a file; a cut during it leaves the file or not."""
        if self.happens():
            if self._rng.random() < 0.5:
                del self.files[name]
            self.require_power()
        del self.files[name]

    def write(self, file: _File, at: int, data: bytes) -> None:
        """Write bytes, unsynced."""
        cut = self.happens()
        _write(file.seen, at, data)
        file.undone.append((at, data))
        if cut:
            self.require_power()

    def truncate(self, file: _File, size: int) -> None:
        """Set the size, unsynced."""
        cut = self.happens()
        _resize(file.seen, size)
        file.undone.append((size, None))
        if cut:
            self.require_power()

    def sync(self, file: _File) -> None:
        """Make everything so far safe; a cut during it leaves what a cut before it would."""
        if self.happens():
            self.require_power()
        file.synced = True
        if not self._lying:
            file.safe = bytearray(file.seen)
            file.undone.clear()


def _adopt(connection: apsw.Connection) -> None:
    disk = _disks.get(connection.open_vfs)
    if disk is not None:
        disk.adopt(connection)


apsw.connection_hooks.append(_adopt)


class _Vfs(apsw.VFS):
    """SQLite's way to the disk; nothing of it reaches the machine."""

    def __init__(self, disk: SimDisk) -> None:
        self._disk = disk
        super().__init__(disk.vfs_name, base="")

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: N802 - SQLite's name
        return pathname in self._disk.files

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        return f"/{name.lstrip('/')}"

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        if self._disk.burying:
            return
        self._disk.require_power()
        if filename not in self._disk.files:
            missing = apsw.IOError(filename)
            missing.extendedresult = apsw.SQLITE_IOERR_DELETE_NOENT
            raise missing
        self._disk.delete(filename)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _Handle:  # type: ignore[override]  # noqa: N802
        self._disk.require_power()
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path is None:
            message = "a store keeps its temporary tables in memory"
            raise AssertionError(message)
        if path not in self._disk.files:
            if not flags[0] & apsw.SQLITE_OPEN_CREATE:
                raise apsw.CantOpenError(path)
            self._disk.make(path)
        flags[1] = flags[0]
        return _Handle(self._disk, self._disk.files[path])

    def xCurrentTimeInt64(self) -> int:  # noqa: N802
        return _SOMEDAY

    def xSleep(self, microseconds: int) -> int:  # noqa: N802
        return microseconds


class _Handle:
    """An open file, for one life of the disk.

    A handle from before the last cut belongs to a process that is no more. SQLite still calls it while the old store is
    closed or collected; it then answers without doing anything, since an exception there could reach nobody.
    """

    def __init__(self, disk: SimDisk, file: _File) -> None:
        self._disk, self._file, self._life = disk, file, disk.life

    @property
    def _alive(self) -> bool:
        if self._life != self._disk.life:
            return False
        self._disk.require_power()
        return True

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        return bytes(self._file.seen[offset : offset + amount]) if self._alive else bytes(amount)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        if self._alive:
            self._disk.write(self._file, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        if self._alive:
            self._disk.truncate(self._file, newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        if self._alive:
            self._disk.sync(self._file)

    def xFileSize(self) -> int:  # noqa: N802
        return len(self._file.seen) if self._alive else 0

    def xSectorSize(self) -> int:  # noqa: N802
        return SECTOR

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        # What SQLite assumes of every real disk: a write never harms bytes beside it.
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def xFileControl(self, op: int, ptr: int) -> bool:  # noqa: N802
        return False

    def xLock(self, level: int) -> None:  # noqa: N802
        """One store at a time: nobody to lock out."""

    def xUnlock(self, level: int) -> None:  # noqa: N802
        """See `xLock`."""

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False

    def xClose(self) -> None:  # noqa: N802
        """Nothing is held."""


def _torn(at: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """Divide a write where sectors end."""
    start = 0
    while start < len(data):
        end = min(len(data), start + SECTOR - (at + start) % SECTOR)
        yield at + start, data[start:end]
        start = end


def _write(image: bytearray, at: int, data: bytes) -> None:
    if len(image) < at:
        _resize(image, at)
    image[at : at + len(data)] = data


def _resize(image: bytearray, size: int) -> None:
    del image[size:]
    image.extend(bytes(size - len(image)))

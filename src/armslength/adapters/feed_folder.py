"""A watched folder as the source of a feed: for what comes by courier, by another program, or over an air gap.

A file is taken when it is complete: its size and time stood still for `STILL_S`, or a file beside it has its name and
``.done`` behind it. Names that begin with a point or end in ``.part``, ``.partial`` or ``.tmp`` are being written and
are left alone, so that a writer who renames at the end needs no marker. Links are not followed, folders below are not
looked into, and nothing is ever deleted: files stay, or are moved to ``done`` and ``refused`` beside them when the
feed's record says so.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError, Unavailable
from armslength.core.instants import SECOND_US
from armslength.desk.feed_sources import FILE_BYTES_MAX, NAME_BYTES_MAX, OFFERED_MAX, Looked, Offered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from armslength.core.instants import Instant

STILL_S: Final = 20
"""Seconds for which size and time must stand still: copying over a slow share pauses for less."""

ENTRIES_MAX: Final = 100_000
"""Entries of one folder: a file a quarter of an hour makes 35,000 a year; in a larger one nothing is found in time."""

DONE_MARKER: Final = ".done"
UNFINISHED: Final = (".part", ".partial", ".tmp", DONE_MARKER)

DONE, REFUSED = "done", "refused"

_CHUNK_BYTES: Final = 1024 * 1024
_FOLDER_FLAGS: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# Not blocking: a pipe in the place of a file would hold the reader for ever.
_FILE_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

Seen = tuple[str, int]
"""The mark of a file, and the instant at which it was first seen with it."""


class FolderSource:
    """Reads watched folders (`armslength.desk.feed_sources.FeedSources`).

    Args:
        still_s: as `STILL_S`.
    """

    def __init__(self, *, still_s: int = STILL_S) -> None:
        self._still_s = still_s
        self._seen: dict[str, dict[str, Seen]] = {}

    def look(self, where: str, known: Mapping[str, str], now: Instant) -> Looked:
        """Return the files that are complete and not known, by name.

        Raises:
            Unavailable: FEED-UNREACHABLE.
        """
        with _folder(where) as folder:
            marks, markers = _marks(folder, where)
        before = self._seen.get(where, {})
        seen: dict[str, Seen] = {}
        ready, waits = [], False
        for name, mark in sorted(marks.items()):
            if known.get(name) == mark:
                continue
            first = before.get(name)
            seen[name] = first if first is not None and first[0] == mark else (mark, now)
            if name in markers or now - seen[name][1] >= self._still_s * SECOND_US:
                ready.append(Offered(name=name, mark=mark))
            else:
                waits = True
        self._seen[where] = seen
        again = 0 if len(ready) > OFFERED_MAX else self._still_s if waits else None
        return Looked(offered=tuple(ready[:OFFERED_MAX]), again_s=again)

    def read(self, where: str, offered: Offered) -> bytes | None:
        """Return the bytes of a file; None when it is gone or changed since it was looked at.

        Raises:
            Unavailable: FEED-UNREACHABLE.
            LocalError: FEED-FILE, it is too large or no plain file.
        """
        with _folder(where) as folder:
            try:
                descriptor = os.open(offered.name, _FILE_FLAGS, dir_fd=folder)
            except FileNotFoundError:
                return None
            except OSError as error:
                raise _unreachable(error) from error
            with os.fdopen(descriptor, "rb") as stream:
                held = os.fstat(descriptor)
                if not stat.S_ISREG(held.st_mode):
                    raise LocalError("FEED-FILE", expected="a plain file", got=offered.name)
                if held.st_size > FILE_BYTES_MAX:
                    raise LocalError("FEED-FILE", expected=f"at most {FILE_BYTES_MAX} bytes", got=held.st_size)
                if _mark(held) != offered.mark:
                    return None
                try:
                    return stream.read(FILE_BYTES_MAX + 1)
                except OSError as error:
                    raise _unreachable(error) from error

    def put_away(self, where: str, offered: Offered, *, accepted: bool) -> None:
        """Move a file to ``done`` or ``refused`` in its folder; a name that is taken there gets a number.

        Raises:
            Unavailable: FEED-UNREACHABLE.
        """
        place = DONE if accepted else REFUSED
        with _folder(where) as folder:
            try:
                with suppress(FileExistsError):
                    os.mkdir(place, 0o700, dir_fd=folder)
                there = os.open(place, _FOLDER_FLAGS | os.O_NOFOLLOW, dir_fd=folder)
                try:
                    _move(offered.name, folder, there)
                finally:
                    os.close(there)
            except OSError as error:
                raise _unreachable(error) from error


def _move(name: str, folder: int, there: int) -> None:
    taken = set(os.listdir(there))
    target, number = name, 1
    while target in taken:
        number += 1
        target = f"{number}-{name}"
    os.rename(name, target, src_dir_fd=folder, dst_dir_fd=there)
    with suppress(FileNotFoundError):
        os.rename(name + DONE_MARKER, target + DONE_MARKER, src_dir_fd=folder, dst_dir_fd=there)


@contextmanager
def _folder(where: str) -> Iterator[int]:
    try:
        descriptor = os.open(where, _FOLDER_FLAGS)
    except (OSError, ValueError) as error:
        raise _unreachable(error) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _marks(folder: int, where: str) -> tuple[dict[str, str], frozenset[str]]:
    """Return the marks of the plain files of a folder by name, and the names that have a marker beside them."""
    marks: dict[str, str] = {}
    markers: set[str] = set()
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= ENTRIES_MAX:
                    raise Unavailable("FEED-UNREACHABLE", because=f"more than {ENTRIES_MAX} entries in {where}")
                name = entry.name
                if name.endswith(DONE_MARKER):
                    markers.add(name.removesuffix(DONE_MARKER))
                if name.startswith(".") or name.endswith(UNFINISHED) or not _sayable(name):
                    continue
                with suppress(FileNotFoundError):
                    if entry.is_file(follow_symlinks=False):
                        marks[name] = _mark(entry.stat(follow_symlinks=False))
    except OSError as error:
        raise _unreachable(error) from error
    return marks, frozenset(markers)


def _sayable(name: str) -> bool:
    """Leave out names that no journal can hold; a person sees them lie in the folder."""
    return name.isprintable() and len(os.fsencode(name)) <= NAME_BYTES_MAX


def _mark(held: os.stat_result) -> str:
    return f"{held.st_size}:{held.st_mtime_ns}"


def _unreachable(error: Exception) -> Unavailable:
    because = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return Unavailable("FEED-UNREACHABLE", because=because)

"""Files from outside, opened for one reading: plain, gzip or zip, in bounded memory, with the hash of what was read.

The SHA-256 is that of the file as it lies on the disk, taken over the very bytes that were read, so that a file changed
between two readings shows. Nothing is ever unpacked onto the disk and no name inside an archive is used as a path. What
is packed is told by its first bytes and not by its name. Every bound is counted on the bytes that really come out: an
archive may lie about its sizes.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, Self

from armslength.core.errors import LocalError
from armslength.core.limits import KIB, MIB

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

FILE_BYTES_MAX: Final = 512 * MIB
"""A file on the disk, read as a stream: the world's UCDP events since 1989 have 250 MB, a year of VIINA 200."""

ARCHIVE_BYTES_MAX: Final = 64 * MIB
"""A zip archive; it is kept in memory, since its list of members stands at its end. A year of VIINA packs to 40 MB."""

CONTENT_BYTES_MAX: Final = 512 * MIB
"""What comes out of a packed file: as much as a plain file may have."""

WHOLE_BYTES_MAX: Final = 64 * MIB
"""A file that must be read whole (JSON, XML, spreadsheets): a country's polygons have 1 MB, its hospitals 10."""

RATIO_MAX: Final = 100
"""Bytes out per byte in: tables pack 5 to 30 times, bombs a thousand times."""

RATIO_FREE_BYTES: Final = 16 * MIB
"""Bytes that may come out at any ratio: a small file of equal rows is no bomb."""

MEMBERS_MAX: Final = 4_096
"""Members of an archive: spreadsheets and data sets have some tens, and each one listed costs a kilobyte."""

GZIP_PARTS_MAX: Final = 10_000
"""Parts of one gzip file: block-packed files have one for 64 KiB; empty ones by the million would take minutes."""

MEMBERS_NAMED_MAX: Final = 8
"""Names of members that an error shows: enough to find the one that was meant."""

CHUNK_BYTES: Final = 256 * KIB
"""Bytes handed on at a time."""

_ZIP_MAGICS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP_MAGIC: Final = b"\x1f\x8b"
_CENTRAL_MAGIC: Final = b"PK\x01\x02"
_DOCUMENT_MEMBERS: Final = frozenset({"[Content_Types].xml", "content.xml", "doc.kml"})
_DOCUMENT_SUFFIXES: Final = (".xlsx", ".ods", ".kmz")
_ENCRYPTED_FLAGS: Final = 0x41
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# All that the zipfile module lets out on bytes made to break it, seen in its source and by flipping bytes.
_ZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    OverflowError,
    LookupError,
    ValueError,
)


class OpenFile:
    """A file opened for one reading from its first byte to its last; a context manager.

    `chunks` or `whole` gives the content once; `sha256` then gives the hash of the file as it lies on the disk, after
    reading what may be left of it.
    """

    def __init__(self, raw: BinaryIO, name: str, *, member: str | None, unpack: bool) -> None:
        self.name = name
        """The file's own name, to be shown."""
        self.member: str | None = None
        """The member that is read, when the file is an archive."""
        self._raw = raw
        self._hash = hashlib.sha256()
        self._bytes_in = 0
        try:
            first = self._read()
            self._content: Iterator[bytes] = self._unpacked(first, member) if unpack else self._plain(first)
        except BaseException:
            raw.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was read stays read."""
        self._raw.close()

    def start(self) -> bytes:
        """Return the first piece of the content without taking it, so that its kind can be told.

        Raises:
            LocalError: as `chunks`.
        """
        first = next(self._content, b"")
        self._content = chain((first,), self._content)
        return first

    def chunks(self) -> Iterator[bytes]:
        """Yield the content, unpacked, piece by piece; a spreadsheet out of an archive may come as one piece.

        Raises:
            LocalError: FILE-READ, FILE-TOO-LARGE, FILE-PACKED, FILE-ENCRYPTED.
        """
        return self._content

    def whole(self, bytes_max: int = WHOLE_BYTES_MAX) -> bytes:
        """Return the content, unpacked, when it has at most so many bytes.

        Raises:
            LocalError: FILE-TOO-LARGE and what `chunks` raises.
        """
        held = bytearray()
        for chunk in self._content:
            held += chunk
            if len(held) > bytes_max:
                raise LocalError("FILE-TOO-LARGE", file=self.name, expected=f"at most {bytes_max} bytes")
        return bytes(held)

    def sha256(self) -> bytes:
        """Return the hash of the whole file as it lies on the disk (32 bytes).

        Raises:
            LocalError: FILE-READ, FILE-TOO-LARGE.
        """
        while self._read():
            pass
        return self._hash.digest()

    def _read(self) -> bytes:
        try:
            chunk = self._raw.read(CHUNK_BYTES)
        except OSError as error:
            raise LocalError("FILE-READ", file=self.name, got=error.strerror) from error
        self._bytes_in += len(chunk)
        if self._bytes_in > FILE_BYTES_MAX:
            raise LocalError("FILE-TOO-LARGE", file=self.name, expected=f"at most {FILE_BYTES_MAX} bytes")
        self._hash.update(chunk)
        return chunk

    def _plain(self, first: bytes) -> Iterator[bytes]:
        while first:
            yield first
            first = self._read()

    def _unpacked(self, first: bytes, member: str | None) -> Iterator[bytes]:
        if first.startswith(_GZIP_MAGIC):
            return self._bounded(self._gunzipped(first))
        if not first.startswith(_ZIP_MAGICS) or self.name.lower().endswith(_DOCUMENT_SUFFIXES):
            return self._plain(first)
        data = bytearray(first)
        while chunk := self._read():
            data += chunk
            if len(data) > ARCHIVE_BYTES_MAX:
                raise LocalError("FILE-TOO-LARGE", file=self.name, expected=f"an archive of {ARCHIVE_BYTES_MAX} bytes")
        packed = bytes(data)
        archive = Archive(packed, self.name)
        if _DOCUMENT_MEMBERS & set(archive.names):
            # A spreadsheet or a map is a zip archive too; its reader takes it as it is.
            return iter((packed,))
        self.member = archive.chosen(member)
        return self._bounded(archive.chunks(self.member))

    def _gunzipped(self, chunk: bytes) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(wbits=31)
        parts = 1
        try:
            while chunk:
                yield unpacker.decompress(chunk, CHUNK_BYTES)
                chunk = unpacker.unconsumed_tail
                if unpacker.eof:
                    # Zeros may pad the end; anything else there is a further part, or damage.
                    chunk = unpacker.unused_data.lstrip(b"\0") or self._read().lstrip(b"\0")
                    if chunk:
                        unpacker = zlib.decompressobj(wbits=31)
                        parts += 1
                elif not chunk:
                    chunk = self._read()
                if parts > GZIP_PARTS_MAX:
                    raise LocalError("FILE-PACKED", file=self.name, expected=f"at most {GZIP_PARTS_MAX} parts")
        except zlib.error as error:
            raise LocalError("FILE-PACKED", file=self.name, expected="a whole gzip file", got=error) from None
        if not unpacker.eof:
            raise LocalError("FILE-PACKED", file=self.name, expected="a whole gzip file", got="its first part only")

    def _bounded(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        total = 0
        for chunk in chunks:
            if not total and chunk.startswith((*_ZIP_MAGICS, _GZIP_MAGIC)):
                raise LocalError("FILE-PACKED", file=self.name, expected="a file packed once", got="packed again")
            total += len(chunk)
            if total > CONTENT_BYTES_MAX or (total > RATIO_FREE_BYTES and total > RATIO_MAX * self._bytes_in):
                expected = f"at most {CONTENT_BYTES_MAX} bytes unpacked, and {RATIO_MAX} for each packed one"
                raise LocalError("FILE-TOO-LARGE", file=self.name, expected=expected)
            if chunk:
                yield chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    name: str
    info: zipfile.ZipInfo


class Archive:
    """A zip archive in memory: its members by name, each read in bounded pieces. Nothing is written anywhere.

    Raises:
        LocalError: FILE-PACKED when it is damaged or has too many members.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        if data.count(_CENTRAL_MAGIC) > MEMBERS_MAX:
            # Counted before the list is read: the list itself would be the bomb.
            raise LocalError("FILE-PACKED", file=name, expected=f"at most {MEMBERS_MAX} members")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise LocalError("FILE-PACKED", file=name, expected="a whole zip archive", got=error) from None
        self._members = [
            _Member(name=info.filename, info=info)
            for info in self._zip.infolist()
            # Folders hold nothing, and one system adds a shadow of every file; a nameless member cannot be meant.
            if info.filename and not info.filename.endswith("/") and not info.filename.startswith("__MACOSX/")
        ]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, folders left out, in the archive's order."""
        return tuple(member.name for member in self._members)

    def chosen(self, member: str | None) -> str:
        """Return the member named, or the only one.

        Raises:
            LocalError: FILE-MEMBER when there is none such, or several to choose from.
        """
        names = self.names
        if member is None and len(names) == 1:
            return names[0]
        if member is None or names.count(member) != 1:
            listed = ", ".join(names[:MEMBERS_NAMED_MAX])
            raise LocalError("FILE-MEMBER", file=self.name, expected=member or "one member", got=listed or "none")
        return member

    def chunks(self, member: str) -> Iterator[bytes]:
        """Yield a member's bytes in pieces of at most 256 KiB; its checksum is tested at the end.

        Raises:
            LocalError: FILE-PACKED, FILE-ENCRYPTED, FILE-MEMBER.
        """
        name = self.chosen(member)
        info = next(each.info for each in self._members if each.name == name)
        if info.flag_bits & _ENCRYPTED_FLAGS:
            raise LocalError("FILE-ENCRYPTED", file=self.name, member=name)
        if info.compress_type not in _METHODS:
            raise LocalError("FILE-PACKED", file=self.name, expected="members stored or deflated", member=name)
        try:
            with self._zip.open(info) as unpacked:
                while chunk := unpacked.read(CHUNK_BYTES):
                    yield chunk
        except _ZIP_ERRORS as error:
            raise LocalError("FILE-PACKED", file=self.name, expected="a whole member", member=name, got=error) from None


def open_file(path: Path, *, member: str | None = None, unpack: bool = True) -> OpenFile:
    """Return a file opened for reading; gzip and zip are unpacked as it is read.

    Args:
        path: a regular file.
        member: name of the member to read; without it a zip archive must have one only.
        unpack: False takes the bytes as they are.

    Raises:
        LocalError: FILE-READ, FILE-TOO-LARGE, FILE-PACKED, FILE-MEMBER, FILE-ENCRYPTED.
    """
    return OpenFile(_opened(path, 0), path.name, member=member, unpack=unpack)


def open_entry(folder: Path, name: str, *, member: str | None = None) -> OpenFile:
    """Return a file of a watched folder opened for reading: an entry of the folder itself, never a link out of it.

    Raises:
        LocalError: FILE-READ and what `open_file` raises.
    """
    if not name or name in {".", ".."} or "/" in name or os.sep in name:
        raise LocalError("FILE-READ", expected="the name of an entry of the folder", file=name)
    return OpenFile(_opened(folder / name, os.O_NOFOLLOW), name, member=member, unpack=True)


def open_bytes(data: bytes, name: str, *, member: str | None = None, unpack: bool = True) -> OpenFile:
    """Return bytes at hand as a file opened for reading, for what comes over the API and not from a disk.

    Raises:
        LocalError: as `open_file`.
    """
    return OpenFile(io.BytesIO(data), name, member=member, unpack=unpack)


def member_names(path: Path) -> tuple[str, ...]:
    """Return the names of the members of a zip archive, so that a person can choose; empty for any other file.

    Raises:
        LocalError: FILE-READ, FILE-TOO-LARGE, FILE-PACKED.
    """
    with open_file(path, unpack=False) as opened:
        data = opened.whole(ARCHIVE_BYTES_MAX)
    return Archive(data, path.name).names if data.startswith(_ZIP_MAGICS) else ()


def _opened(path: Path, flags: int) -> BinaryIO:
    try:
        # A pipe would block for ever and a device never ends, so the kind is asked of what was opened.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | flags)
    except (OSError, ValueError) as error:
        got = error.strerror if isinstance(error, OSError) else "no file name"
        raise LocalError("FILE-READ", file=path.name, got=got) from error
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise LocalError("FILE-READ", file=path.name, expected="a file", got="a folder, pipe or device")
    if found.st_size > FILE_BYTES_MAX:
        os.close(descriptor)
        raise LocalError("FILE-TOO-LARGE", file=path.name, expected=f"at most {FILE_BYTES_MAX} bytes")
    return os.fdopen(descriptor, "rb", buffering=0)

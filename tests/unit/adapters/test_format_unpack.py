"""A file is opened once, unpacked in bounded memory, and its hash is that of the bytes which were read."""

from __future__ import annotations

import gzip
import hashlib
import os
import struct
import tracemalloc
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters import format_unpack
from armslength.adapters.format_unpack import (
    GZIP_PARTS_MAX,
    MEMBERS_MAX,
    RATIO_FREE_BYTES,
    member_names,
    open_bytes,
    open_entry,
    open_file,
)
from armslength.core.errors import LocalError
from builders.sheets import archive, xlsx

if TYPE_CHECKING:
    from pathlib import Path

TEXT = b"latitude,longitude\n47.5122,34.5858\n"


def content(data: bytes, name: str = "file", **options: Any) -> bytes:
    with open_bytes(data, name, **options) as opened:
        return opened.whole()


def refused(data: bytes, **options: Any) -> LocalError:
    with pytest.raises(LocalError) as caught:
        content(data, **options)
    return caught.value


@pytest.mark.parametrize(
    "packed",
    [
        TEXT,
        gzip.compress(TEXT, mtime=0),
        gzip.compress(TEXT[:9], mtime=0) + gzip.compress(TEXT[9:], mtime=0),
        gzip.compress(TEXT, mtime=0) + bytes(600),
        archive({"a.csv": TEXT}),
        archive({"a.csv": TEXT}, packed=False),
        archive({"folder/": b"", "folder/a.csv": TEXT, "__MACOSX/._a.csv": b"x"}),
    ],
)
def test_plain_and_packed_files_have_one_content(packed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "given.csv"
    path.write_bytes(packed)
    with open_file(path) as opened:
        assert opened.start() == TEXT[: len(opened.start())]
        assert opened.whole() == TEXT
        assert opened.sha256() == hashlib.sha256(packed).digest()


def test_the_hash_is_of_the_whole_file_even_when_its_reading_stopped() -> None:
    data = b"x" * 3_000_000
    with open_bytes(data, "file") as opened:
        next(opened.chunks())
        assert opened.sha256() == hashlib.sha256(data).digest()


def test_one_member_of_several_is_named() -> None:
    packed = archive({"a.csv": TEXT, "b.csv": b"b"})
    assert content(packed, member="b.csv") == b"b"
    error = refused(packed)
    assert (error.code, error.details["got"]) == ("FILE-MEMBER", "a.csv, b.csv")
    assert refused(packed, member="c.csv").code == "FILE-MEMBER"
    assert refused(archive({})).code == "FILE-MEMBER"


def test_the_members_of_an_archive_are_listed_for_a_person(tmp_path: Path) -> None:
    path = tmp_path / "events.zip"
    path.write_bytes(archive({"a.csv": TEXT, "b.csv": b"b"}))
    assert member_names(path) == ("a.csv", "b.csv")
    path.write_bytes(TEXT)
    assert member_names(path) == ()


def test_a_name_inside_an_archive_is_never_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert content(archive({"../../escaped.csv": TEXT})) == TEXT
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", ["xlsx", "kmz", "ods", "bin"])
def test_a_spreadsheet_or_a_map_is_left_packed_for_its_reader(suffix: str) -> None:
    data = xlsx({"S": [["a"]]})
    assert content(data, f"sites.{suffix}") == data


def test_without_unpacking_the_bytes_are_taken_as_they_are() -> None:
    assert content(gzip.compress(TEXT, mtime=0), unpack=False) == gzip.compress(TEXT, mtime=0)


def encrypted() -> bytes:
    data = bytearray(archive({"a.csv": TEXT}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def twice() -> bytes:
    return archive({"a.csv": TEXT, "b.csv": b"other"}).replace(b"b.csv", b"a.csv")


def other_method() -> bytes:
    data = bytearray(archive({"a.csv": TEXT}))
    struct.pack_into("<H", data, 8, 12)
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 10, 12)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (gzip.compress(TEXT, mtime=0)[:-1], "FILE-PACKED"),
        (gzip.compress(TEXT, mtime=0)[:12], "FILE-PACKED"),
        (gzip.compress(TEXT, mtime=0) + b"garbage", "FILE-PACKED"),
        (gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0), "FILE-PACKED"),
        (gzip.compress(archive({"a": TEXT}), mtime=0), "FILE-PACKED"),
        (archive({"a.zip": archive({"a": TEXT})}), "FILE-PACKED"),
        (archive({"a.csv": TEXT})[:-1], "FILE-PACKED"),
        (archive({"a.csv": TEXT})[:40], "FILE-PACKED"),
        (encrypted(), "FILE-ENCRYPTED"),
        (twice(), "FILE-MEMBER"),
        (other_method(), "FILE-PACKED"),
        (gzip.compress(b"", mtime=0) * (GZIP_PARTS_MAX + 1), "FILE-PACKED"),
        (b"PK\x03\x04" + b"PK\x01\x02" * (MEMBERS_MAX + 1), "FILE-PACKED"),
    ],
)
def test_a_packed_file_that_is_not_whole_or_not_plain_is_refused(data: bytes, code: str) -> None:
    assert refused(data).code == code


def bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(24)), packer.flush()])


@pytest.mark.parametrize("data", [bomb(), archive({"a": bytes(RATIO_FREE_BYTES + (8 << 20))})])
def test_a_bomb_is_refused_in_little_memory(data: bytes) -> None:
    tracemalloc.start()
    with open_bytes(data, "file") as opened, pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        for _ in opened.chunks():
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20


def test_an_archive_cannot_lie_about_its_sizes() -> None:
    data = bytearray(archive({"a": bytes(1 << 20)}))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 10)
    assert refused(bytes(data)).code == "FILE-PACKED"


def test_sizes_are_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with open_bytes(TEXT, "file") as opened, pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        opened.whole(10)
    monkeypatch.setattr(format_unpack, "CONTENT_BYTES_MAX", 10)
    assert refused(gzip.compress(TEXT, mtime=0)).code == "FILE-TOO-LARGE"
    monkeypatch.setattr(format_unpack, "ARCHIVE_BYTES_MAX", 10)
    monkeypatch.setattr(format_unpack, "CHUNK_BYTES", 8)
    assert refused(archive({"a": TEXT})).code == "FILE-TOO-LARGE"
    monkeypatch.setattr(format_unpack, "FILE_BYTES_MAX", 10)
    assert refused(TEXT).code == "FILE-TOO-LARGE"
    path = tmp_path / "large"
    path.write_bytes(TEXT)
    with pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        open_file(path)


def test_only_a_regular_file_is_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "missing", tmp_path / "nul\0"):
        with pytest.raises(LocalError, match="FILE-READ"):
            open_file(path)


def test_an_entry_of_a_folder_is_no_way_out_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    (tmp_path / "secret").write_bytes(TEXT)
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "feed.csv").write_bytes(TEXT)
    with open_entry(folder, "feed.csv") as opened:
        assert (opened.name, opened.whole()) == ("feed.csv", TEXT)
    for name in ("link", "../secret", "..", "", ".", str(tmp_path / "secret"), "nul\0"):
        with pytest.raises(LocalError, match="FILE-READ"):
            open_entry(folder, name)

"""A watched folder gives files that are complete, and neither follows a link nor deletes anything."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from armslength.adapters import feed_folder
from armslength.adapters.feed_folder import FolderSource
from armslength.core.errors import LocalError, Unavailable
from armslength.desk.feed_sources import Offered
from builders.feeding import at

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def source() -> FolderSource:
    return FolderSource(still_s=20)


def names(source: FolderSource, folder: Path, second: float, known: dict[str, str] | None = None) -> list[str]:
    return [one.name for one in source.look(str(folder), known or {}, at(second)).offered]


def test_a_file_is_taken_when_it_stood_still_for_long_enough(source: FolderSource, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_bytes(b"one")
    assert source.look(str(tmp_path), {}, at(0)).again_s == 20
    (tmp_path / "b.csv").write_bytes(b"one and two")
    assert names(source, tmp_path, 20) == []
    assert names(source, tmp_path, 39) == []
    assert names(source, tmp_path, 40) == ["b.csv"]


def test_a_marker_says_that_a_file_is_complete_and_unfinished_names_are_left_alone(
    source: FolderSource, tmp_path: Path
) -> None:
    for name in ("a.csv", "a.csv.done", "b.csv.part", "c.tmp", ".hidden", "d.partial"):
        (tmp_path / name).write_bytes(b"x")
    assert names(source, tmp_path, 0) == ["a.csv"]
    assert names(source, tmp_path, 100) == ["a.csv"]


def test_what_is_known_is_offered_again_only_when_it_changed(source: FolderSource, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    names(source, tmp_path, 0)
    (one,) = source.look(str(tmp_path), {}, at(20)).offered
    known = {one.name: one.mark}
    assert source.look(str(tmp_path), known, at(40)) == source.look(str(tmp_path), known, at(60))
    assert names(source, tmp_path, 60, known) == []
    (tmp_path / "a.csv").write_bytes(b"xy")
    names(source, tmp_path, 80, known)
    assert names(source, tmp_path, 100, known) == ["a.csv"]


def test_links_pipes_and_folders_are_no_files(source: FolderSource, tmp_path: Path) -> None:
    folder, secret = tmp_path / "feed", tmp_path / "secret.csv"
    folder.mkdir()
    secret.write_bytes(b"not for the feed")
    (folder / "link.csv").symlink_to(secret)
    (folder / "below.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    names(source, folder, 0)
    assert names(source, folder, 100) == []
    with pytest.raises(Unavailable, match="FEED-UNREACHABLE"):
        source.read(str(folder), Offered(name="link.csv", mark=""))
    with pytest.raises(LocalError, match="FEED-FILE"):
        source.read(str(folder), Offered(name="pipe.csv", mark=""))


def test_a_name_never_leads_out_of_the_folder_by_what_lies_there(source: FolderSource, tmp_path: Path) -> None:
    (tmp_path / "new\nline.csv").write_bytes(b"x")
    (tmp_path / "\u202efdp.csv").write_bytes(b"x")
    names(source, tmp_path, 0)
    assert names(source, tmp_path, 100) == []


def test_a_file_too_large_is_refused_before_it_is_read(
    source: FolderSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_folder, "FILE_BYTES_MAX", 3)
    (tmp_path / "a.csv").write_bytes(b"four")
    with pytest.raises(LocalError, match="FEED-FILE"):
        source.read(str(tmp_path), Offered(name="a.csv", mark=""))


def test_a_file_that_is_gone_or_changed_is_looked_at_again(source: FolderSource, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    assert source.read(str(tmp_path), Offered(name="a.csv", mark="1:1")) is None
    assert source.read(str(tmp_path), Offered(name="gone.csv", mark="1:1")) is None


def test_more_files_than_one_go_takes_are_taken_in_the_next(
    source: FolderSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_folder, "OFFERED_MAX", 2)
    for name in ("a", "b", "c"):
        (tmp_path / name).write_bytes(b"x")
    names(source, tmp_path, 0)
    looked = source.look(str(tmp_path), {}, at(20))
    assert ([one.name for one in looked.offered], looked.again_s) == (["a", "b"], 0)


@pytest.mark.parametrize("where", ["/nowhere/at/all", "/dev/null"])
def test_a_folder_that_is_not_there_is_unreachable(source: FolderSource, where: str) -> None:
    with pytest.raises(Unavailable, match="FEED-UNREACHABLE"):
        source.look(where, {}, at(0))


def test_a_folder_with_too_many_entries_is_refused(
    source: FolderSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_folder, "ENTRIES_MAX", 1)
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(Unavailable, match="FEED-UNREACHABLE"):
        source.look(str(tmp_path), {}, at(0))


def test_a_file_is_moved_beside_when_asked_and_never_over_another(source: FolderSource, tmp_path: Path) -> None:
    for content in (b"1", b"2", b"3"):
        (tmp_path / "a.csv").write_bytes(content)
        (tmp_path / "a.csv.done").write_bytes(b"")
        source.put_away(str(tmp_path), Offered(name="a.csv", mark=""), accepted=content != b"3")
    done, refused = tmp_path / "done", tmp_path / "refused"
    assert {one.name: one.read_bytes() for one in done.iterdir() if not one.name.endswith(".done")} == {
        "a.csv": b"1",
        "2-a.csv": b"2",
    }
    assert (refused / "a.csv").read_bytes() == b"3"
    assert not (tmp_path / "a.csv.done").exists()
    with pytest.raises(Unavailable, match="FEED-UNREACHABLE"):
        source.put_away(str(tmp_path), Offered(name="a.csv", mark=""), accepted=True)


def test_a_link_in_the_place_of_done_is_not_followed(source: FolderSource, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "feed", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "done").symlink_to(elsewhere)
    (folder / "a.csv").write_bytes(b"x")
    with pytest.raises(Unavailable, match="FEED-UNREACHABLE"):
        source.put_away(str(folder), Offered(name="a.csv", mark=""), accepted=True)
    assert (folder / "a.csv").exists()
    assert not list(elsewhere.iterdir())

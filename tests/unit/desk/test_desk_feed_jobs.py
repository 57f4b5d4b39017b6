"""Jobs of feeds: what a source or a reader does wrong costs a dead letter, never the node, and nothing enters twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.readers import FileReaders
from armslength.core.errors import LocalError, Unavailable
from armslength.desk import feed_jobs, feed_sources, importing
from armslength.desk.feed_jobs import FeedJobs, Progress
from armslength.desk.feed_sources import Looked, Offered
from builders.desks import simulated
from builders.feeding import Fed, hot_spots, inline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from armslength.core.instants import Instant


@pytest.fixture
def fed(tmp_path: Path) -> Fed:
    made = Fed(folder=tmp_path)
    made.set_up()
    return made


class Shelf:
    """A source that offers what a test puts there."""

    def __init__(self, *offered: Offered, failing: Exception | None = None) -> None:
        self.offered = offered
        self.failing = failing
        self.away: list[tuple[str, bool]] = []
        self.missing: set[str] = set()
        self.broken: set[str] = set()

    def look(self, _where: str, known: Mapping[str, str], _now: Instant) -> Looked:
        if self.failing is not None:
            raise self.failing
        return Looked(offered=tuple(one for one in self.offered if known.get(one.name) != one.mark))

    def read(self, _where: str, offered: Offered) -> bytes | None:
        if offered.name in self.broken:
            raise Unavailable("FEED-UNREACHABLE", because="a bad sector")
        return None if offered.name in self.missing else hot_spots("2022-11-20", 3).encode()

    def put_away(self, _where: str, offered: Offered, *, accepted: bool) -> None:
        self.away.append((offered.name, accepted))


def of(name: str, text: str, mark: str = "1") -> Offered:
    return Offered(name=name, mark=mark, data=text.encode())


def read(fed: Fed, shelf: Shelf, readers: Any = None, *, times: int = 1) -> list[Progress]:
    """Read the feed some times, due or not; return how far it came each time."""
    found: list[Progress] = []

    async def story() -> None:
        desk, _ = fed.again()
        jobs = FeedJobs(desk, readers or FileReaders(), shelf, aside=inline)
        for _ in range(times):
            found.extend(await jobs.run_due(every=True))
        await desk.close()

    simulated(story)
    return found


def test_a_file_is_read_once_and_again_when_its_mark_changed(fed: Fed) -> None:
    shelf = Shelf(of("a.csv", hot_spots("2022-11-20", 3)))
    (first, second) = read(fed, shelf, times=2)
    assert (first.file, first.rows, first.entered, first.status) == ("a.csv", 3, 3, "ENTERED")
    assert (second.entered, second.status) == (0, "IDLE")
    shelf.offered = (of("a.csv", hot_spots("2022-11-20", 5), "2"),)
    (third,) = read(fed, shelf)
    assert (third.rows, third.entered, fed.held()) == (2, 2, 5)


def test_a_reader_that_breaks_down_costs_a_dead_letter_and_not_the_node(fed: Fed) -> None:
    feed_readers = FileReaders()

    class Broken:
        def read(self, source: Any) -> Any:
            if source.name == "bad.csv":
                raise KeyError("a bug")
            return feed_readers.read(source)

        def names(self, what: str) -> tuple[str, ...]:
            return feed_readers.names(what)

    read(fed, Shelf(of("bad.csv", "x"), of("good.csv", hot_spots("2022-11-20", 3))), Broken())
    (letter,) = fed.letters()
    assert (letter["file"], letter["code"]) == ("bad.csv", "FEED-FAULT")
    assert fed.held() == 3


@pytest.mark.parametrize("failing", [Unavailable("FEED-UNREACHABLE"), ValueError("a bug")], ids=["typed", "bug"])
def test_a_source_that_fails_in_any_way_is_unreachable(fed: Fed, failing: Exception) -> None:
    (one,) = read(fed, Shelf(failing=failing))
    assert (one.status, one.error) == ("FAILED", "FEED-UNREACHABLE")
    assert fed.alarms() == [("FEED-UNREACHABLE", False)]


def test_a_file_that_cannot_be_read_holds_up_no_other_and_is_told(fed: Fed) -> None:
    shelf = Shelf(Offered(name="a.csv", mark="1"), of("b.csv", hot_spots("2022-11-20", 4)))
    shelf.broken = {"a.csv"}
    read(fed, shelf)
    assert (fed.held(), fed.alarms()) == (4, [("FEED-UNREACHABLE", False)])
    shelf.broken = set()
    read(fed, shelf)
    assert (fed.row()["files"], fed.alarms()) == (2, [("FEED-UNREACHABLE", True)])


def test_a_file_that_is_gone_is_no_trouble_and_is_looked_at_again(fed: Fed) -> None:
    shelf = Shelf(Offered(name="a.csv", mark="1"))
    shelf.missing = {"a.csv"}
    read(fed, shelf)
    assert (fed.row()["files"], fed.alarms()) == (0, [])
    shelf.missing = set()
    read(fed, shelf)
    assert fed.held() == 3


def test_files_are_moved_only_when_the_record_says_so(fed: Fed) -> None:
    shelf = Shelf(of("a.csv", hot_spots("2022-11-20", 3)), of("b.csv", "nothing of this kind"))
    read(fed, shelf)
    assert shelf.away == []
    fed.two.time.pass_s(1)
    fed.set_up(move=True)
    shelf.offered = (of("c.csv", hot_spots("2022-11-20", 3), "2"), of("d.csv", "nothing of this kind", "2"))
    read(fed, shelf)
    assert shelf.away == [("c.csv", True), ("d.csv", False)]


def test_a_file_too_large_or_with_a_name_too_long_is_refused(fed: Fed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_jobs, "FILE_BYTES_MAX", 4)
    read(fed, Shelf(of("a.csv", "12345")))
    assert [one["code"] for one in fed.letters()] == ["FEED-FILE"]
    assert feed_sources.NAME_BYTES_MAX == 255


def test_a_feed_that_is_off_is_not_read(fed: Fed) -> None:
    fed.set_up(on=False)
    assert read(fed, Shelf(of("a.csv", hot_spots("2022-11-20", 3)))) == []
    assert fed.held() == 0


def test_dead_letters_of_one_file_are_bounded_and_counted(fed: Fed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_jobs, "DEAD_LETTERS_A_FILE", 2)
    text = hot_spots("2022-11-20", 6).replace(",31.5,", ",531.5,")
    read(fed, Shelf(of("a.csv", text + "50.5,31.5,2022-11-20,100,N,VIIRS,n,1.5\n")))
    assert (len(fed.letters()), fed.row()["rows_refused"], fed.held()) == (2, 6, 1)


def test_what_entered_meanwhile_from_elsewhere_does_not_enter_twice(fed: Fed, tmp_path: Path) -> None:
    """Another feed brings the same rows between the look at the books and the entering."""
    other = Fed(folder=tmp_path, two=fed.two)
    text = hot_spots("2022-11-20", 6)
    inner = False

    async def meddling(work: Callable[[], Any]) -> Any:
        nonlocal inner
        done = work()
        if isinstance(done, importing.Staged) and not inner:
            inner = True
            desk, _ = other.again()
            await FeedJobs(desk, FileReaders(), Shelf(of("z.csv", text, "9")), aside=inline).run_due(every=True)
        return done

    async def story() -> None:
        desk, _ = fed.again()
        await FeedJobs(desk, FileReaders(), Shelf(of("a.csv", text)), aside=meddling).run_due(every=True)
        await desk.close()

    simulated(story)
    assert inner
    assert fed.held() == 6


def test_a_changed_record_counts_from_the_next_reading_on(fed: Fed) -> None:
    told: list[Progress] = []

    async def story() -> None:
        desk, _ = fed.again()
        jobs = FeedJobs(desk, FileReaders(), Shelf(), aside=inline)
        jobs.told = told.append
        await jobs.run_due()
        assert jobs.next_deadline() is not None
        fed.set_up(on=False)
        assert await jobs.run_due() == []
        assert jobs.next_deadline() is None
        fed.set_up(on=True)
        assert len(await jobs.run_due()) == 1
        await desk.close()

    simulated(story)
    assert {one.feed for one in told} == {"hotspots"}


def test_a_store_that_fails_stops_the_job(fed: Fed, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any, **_named: Any) -> None:
        raise LocalError("STORE-FAILED")

    monkeypatch.setattr(feed_jobs.watching, "watch_batch", fail)
    with pytest.raises(LocalError, match="STORE-FAILED"):
        read(fed, Shelf(of("a.csv", hot_spots("2022-11-20", 3))))

"""A feed from a folder, set up by an officer, at a desk in virtual time: what the tests of feeds share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from armslength.adapters.feed_folder import FolderSource
from armslength.adapters.feed_where import Sources
from armslength.adapters.readers import FileReaders
from armslength.core.instants import Instant
from armslength.desk import feeds, views
from armslength.desk.feed_jobs import FeedJobs
from armslength.desk.report_lookup import ID_HASH_BYTES
from armslength.journal.entry import parse_leaf
from builders import two_nodes
from builders.desks import Bell, desk_of
from builders.two_nodes import WATCH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from armslength.desk.desk import Desk
    from builders.two_nodes import TwoNodes

HEADER = "latitude,longitude,acq_date,acq_time,satellite,instrument,confidence,frp"


def hot_spots(day: str, count: int, *, first: int = 0) -> str:
    """Return a FIRMS file of some detections of one day, constructed, east of Kyiv."""
    rows = [f"50.{first + n:04},31.5,{day},{100 + n % 50},N,VIIRS,n,1.5" for n in range(count)]
    return "\n".join([HEADER, *rows]) + "\n"


async def inline(work: Callable[[], Any]) -> Any:
    """Run work in the loop itself: virtual time has no threads."""
    return work()


@dataclass
class Fed:
    """EUCOM's desk with its feeds; a crash leaves the store, and `again` starts a new desk over it."""

    folder: Path
    two: TwoNodes = field(default_factory=two_nodes.strangers)
    bell: Bell = field(default_factory=Bell)
    aside: Callable[[Callable[[], Any]], Any] = inline

    def again(self) -> tuple[Desk, FeedJobs]:
        """Return a desk and its jobs as after a start of the node."""
        desk = desk_of(self.two.eucom, bell=self.bell)
        sources = Sources(folder=FolderSource(still_s=20))
        return desk, FeedJobs(desk, FileReaders(), sources, aside=self.aside)

    def set_up(self, **changes: Any) -> None:
        """Let an officer sign the feed ``hotspots`` over the folder, with some of its values changed."""
        given = {
            "name": "hotspots",
            "reader": "firms",
            "where": str(self.folder),
            "every_s": 3600,
            "late_after_s": 30 * 3600,
            "rows_per_hour_max": 10_000,
            **changes,
        }
        party = self.two.eucom
        with party.read() as books:
            prepared = feeds.prepare_feed(books, party.officer(WATCH), given)
        with party.write() as books:
            feeds.submit_feed(books, party.signed(prepared, "record", WATCH))

    def put(self, name: str, text: str) -> None:
        """Let a file come into the folder, whole."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def row(self) -> dict[str, Any]:
        """Return the feed as the faces read it."""
        with self.two.eucom.read() as books:
            return feeds.read_feeds(books)[0]

    def held(self) -> int:
        """Return how many reports the books hold."""
        with self.two.eucom.read() as books:
            rows = [row for _, row in views.rows(books.unit, views.REPORT_BATCHES)]
        held = [row[7][at : at + ID_HASH_BYTES] for row in rows for at in range(0, len(row[7]), ID_HASH_BYTES)]
        assert len(held) == len(set(held)) == sum(row[3] for row in rows), "a report was entered twice"
        return len(held)

    def letters(self) -> list[dict[str, Any]]:
        """Return the dead letters, newest first."""
        with self.two.eucom.read() as books:
            return feeds.read_dead_letters(books)

    def alarms(self) -> list[tuple[str, bool]]:
        """Return kind of every feed's alarm and whether it is over, by time."""
        with self.two.eucom.read() as books:
            rows = [row for _, row in views.rows(books.unit, views.ALARMS) if str(row[1]).startswith("FEED-")]
        return [(str(row[1]), row.get(11) is not None) for row in sorted(rows, key=lambda one: one[6])]

    def runs(self) -> int:
        """Return how many entries of kind feed-run the journal has."""
        with self.two.eucom.read() as books:
            size = books.unit.frontier().size
            return sum(parse_leaf(books.unit.leaf(index)).kind == "feed-run" for index in range(size))


def at(seconds: float) -> Instant:
    """Return an instant after the story's start."""
    return Instant(two_nodes.START + round(seconds * two_nodes.SECOND))

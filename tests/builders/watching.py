"""A node of one party with a small register, and reports entered as a feed or an import enters them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from armslength.core.instants import DAY_US, Instant
from armslength.core.places import E7, Place
from armslength.core.record import parse_item
from armslength.desk import batches, views, watching
from armslength.desk.watch_index import WatchIndex
from armslength.journal.entry import parse_leaf
from armslength.register import concerns, facility_body, reports
from armslength.register.facilities import Facility
from armslength.register.observations import day_of
from armslength.register.reports import Grade, Reliability, Report, ReportKind
from builders.two_nodes import START, WATCH, Party, Time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.desk.prepared import Prepared, Signed

UNDER = b"\x07" * 16
"""What the batches of these tests stand under; no import of that id is there."""

LAT, LON = 47.5, 34.5
TODAY = day_of(START)

SITE = Facility(
    facility_id="F-1",
    names=(("en", "Dovhe substation"), ("uk", "підстанція Довге")),
    kind="SUBSTATION",
    place=Place(lat_e7=round(LAT * E7), lon_e7=round(LON * E7), precision_m=10),
    site_radius_m=0,
    rings_m=(5_000, 10_000),
)
"""A made-up substation: 111 km to the degree of latitude, 75 km to that of longitude."""

STRIKE = Report(
    report_id="r-1",
    kind=ReportKind.EVENT,
    from_at=START,
    until_at=START,
    place=SITE.place,
    uncertainty_m=100,
    what="SHELLING",
    who_says="somebody",
    source="a feed",
    received_at=START,
    text="Shelling was heard.",
    language="en",
    grade=Grade(reliability=Reliability.USUALLY_RELIABLE, credibility=3),
    located_by="MEASURED",
)


def site(facility_id: str, *, north_m: float = 0.0, **changed: Any) -> Facility:
    """Return the substation under another id and name, so many metres farther north."""
    names = (("en", f"Place {facility_id.removeprefix('F-')} office"),)
    return replace(SITE, **{"facility_id": facility_id, "names": names, "place": north(north_m), **changed})


def north(metres: float, precision_m: int = 10) -> Place:
    """Return the place so many metres north of the substation; right to half a percent."""
    return Place(lat_e7=round((LAT + metres / 111_200) * E7), lon_e7=round(LON * E7), precision_m=precision_m)


def strike(report_id: str, *, day: int = 0, north_m: float = 0.0, **changed: Any) -> Report:
    """Return a strike so many days after the start, with words of its own."""
    at = Instant(START + day * DAY_US)
    told = {"report_id": report_id, "from_at": at, "until_at": at, "place": north(north_m)}
    return replace(STRIKE, **{**told, "text": f"Shelling was heard, {report_id}.", **changed})


class Post:
    """One party with a founded node, its own or one that is given, and a register."""

    def __init__(self, *sites: Facility, party: Party | None = None) -> None:
        self.party = party or Party(code="EUCOM", time=Time())
        if party is None:
            self.party.found()
        self.index = WatchIndex("numpy")
        self.add(*sites)

    def write(self, job: Any) -> Any:
        """Run a job with the books of one commit."""
        with self.party.write() as books:
            return job(replace(books, watch=self.index))

    def look(self, job: Any) -> Any:
        """Run a job with the books for looking only."""
        with self.party.read() as books:
            return job(replace(books, watch=self.index))

    def add(self, *sites: Facility) -> list[int]:
        """Enter facilities as records of the node, one by one."""
        return [
            self.write(lambda books, one=one: books.note("facility", "facility", facility_body.facility_body(one)))
            for one in sites
        ]

    def batch(self, kind: str, rows: Sequence[Any], seen: watching.Seen | None = None) -> int:
        """Enter rows as one batch and judge them, in one commit; return the batch's journal index."""
        body = reports.report_body if kind == "report-batch" else facility_body.facility_body
        (made,) = batches.batches([body(one) for one in rows])

        def job(books: Any) -> int:
            index = int(books.note(kind, kind, made.fields(UNDER, "a feed")))
            given = seen or ((books.watch.get(books), books.watch.get(books).observe(rows)) if made_of(kind) else None)
            watching.watch_batch(books, tuple(rows), index, given)
            return index

        return int(self.write(job))

    def report(self, *rows: Report) -> int:
        """Enter reports as one batch and judge them."""
        return self.batch("report-batch", rows)

    def by_hand(self, one: Report) -> int:
        """Enter a report as an officer does."""
        prepared = self.look(lambda books: watching.prepare_report(books, self.party.officer(WATCH), one))
        return int(self.submit(prepared))

    def submit(self, prepared: Prepared, act: str = "record") -> int:
        """Submit a record that an officer of the watch signed."""
        signed: Signed = self.party.signed(prepared, act, WATCH)
        return int(self.write(lambda books: watching.submit_local(books, signed)))

    def assess(self, concern_id: str, step: str) -> None:
        """Take a person's step on a concern."""
        officer = self.party.officer(WATCH)
        self.submit(
            self.look(lambda books: watching.prepare_concern_step(books, officer, concern_id, step, "looked at it")),
            "assess",
        )

    def concerns(self) -> list[concerns.Concern]:
        """Return all concerns in the order of their ids."""
        return [concerns.concern_from_value(value) for _, value in self.scan(views.CONCERNS)]

    def rung(self) -> list[str]:
        """Return what the bells for concerns say."""
        return [str(row[5]) for _, row in self.scan(views.ALARMS) if row[1] == "CONCERN-FLAGGED"]

    def scan(self, view: str) -> list[tuple[bytes, Any]]:
        """Return the rows of a view."""
        return list(self.look(lambda books: books.unit.scan(view)))

    def bodies(self, kind: str) -> list[Mapping[int, Any]]:
        """Return the bodies of all entries of a kind, in the order of the journal."""

        def read(books: Any) -> list[Mapping[int, Any]]:
            kinds = [parse_leaf(books.unit.leaf(index)).kind for index in range(books.unit.frontier().size)]
            held = [books.unit.content(index)[1] for index, found in enumerate(kinds) if found == kind]
            return [parse_item(content).body for content in held]

        return list(self.look(read))


def made_of(kind: str) -> bool:
    """Tell whether a batch holds reports."""
    return kind == "report-batch"

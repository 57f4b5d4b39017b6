"""A report: what somebody says happened, or will happen, or did not; when, where, and how far that is to be trusted.

A report is kept as it came. Its text stays in its own language, its grade is the officer's or the feed's, and an
account that contradicts another stands beside it (F5). A denial is a report too, so that it is never mistaken for the
event that it denies.

A report is a local record. Its body fields:

    20 report id (absent without one)   21 kind          22 interval [from, until]   23 place [lat, lon, precision]
    24 uncertainty, m                   25 what          26 who says so              27 source
    28 received at                      29 text          30 language                 31 grade [reliability, credibility]

and, each absent when there is nothing to say:

    32 acknowledged by [[who, at, source]]   33 place name   34 located by   35 region   36 address of the source
    37 links [[kind, report id]]             38 reports that it stands for
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError, PeerError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import INSTANT_MAX, INSTANT_MIN, Instant
from armslength.core.limits import TEXT_BYTES_MAX
from armslength.core.places import PRECISION_M_MAX, Place, place_from_cbor
from armslength.core.text import check_text
from armslength.register.texts import LANGUAGE_TAG, RECORD_ID, matching, one_line, one_of
from armslength.register.vocabularies import ACTIVITIES, LINK_KINDS, LOCATED_BY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborKey, CborValue

UNCERTAINTY_M_MAX: Final = PRECISION_M_MAX
"""Metres within which a report's place is known: worse ones name a region, which matches everything and nothing."""

LINKS_MAX: Final = 64
"""Links of one report: the most repeated news text of a year made events in nine places."""

ACKNOWLEDGED_MAX: Final = 32
"""Parties that publicly acknowledged one event."""

STANDS_FOR_MAX: Final = 1_000_000
"""Reports behind one event of a data set: VIINA counts up to 156."""

_REGION: Final = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_ADDRESS: Final = re.compile(r"https?://[!-~]{1,2000}")

_CODE: Final = "REPORT-VALUE"


class ReportKind(StrEnum):
    """What sort of statement a report makes."""

    EVENT = "EVENT"
    """Something happened or is happening."""
    WARNING = "WARNING"
    """Somebody announces what he will do, or warns of it."""
    FEARED_ACT = "FEARED-ACT"
    """Somebody fears what another will do."""
    DENIAL = "DENIAL"
    """Somebody says that something did not happen, or was not his."""


class Reliability(StrEnum):
    """How far the source is trusted (Admiralty code, letters)."""

    COMPLETELY_RELIABLE = "A"
    USUALLY_RELIABLE = "B"
    FAIRLY_RELIABLE = "C"
    NOT_USUALLY_RELIABLE = "D"
    UNRELIABLE = "E"
    CANNOT_BE_JUDGED = "F"


CREDIBILITY_CONFIRMED: Final = 1
CREDIBILITY_IMPROBABLE: Final = 5
CREDIBILITY_CANNOT_BE_JUDGED: Final = 6
"""How far the statement is believed (Admiralty code, digits): 1 confirmed, 2 probably true, 3 possibly true,
4 doubtful, 5 improbable, 6 cannot be judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """An Admiralty grade such as B2: the source and the statement are graded apart."""

    reliability: Reliability
    credibility: int

    def __post_init__(self) -> None:
        if not CREDIBILITY_CONFIRMED <= self.credibility <= CREDIBILITY_CANNOT_BE_JUDGED:
            raise LocalError(_CODE, field="credibility", expected="1 to 6", got=self.credibility)

    @property
    def short(self) -> str:
        """The grade as people write it, ``B2``."""
        return f"{self.reliability.value}{self.credibility}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """Who has publicly acknowledged what is reported, when (None where no source says), and who says that he did."""

    who: str
    at: Instant | None
    source: str

    def __post_init__(self) -> None:
        one_line(self.who, "who acknowledged it", _CODE)
        one_line(self.source, "source", _CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One statement by one source.

    Args:
        report_id: the source's or the register's identifier; None until the register gives one.
        kind: what sort of statement.
        from_at: the earliest instant of what is reported.
        until_at: the latest instant of it; equal to `from_at` for a moment.
        place: where.
        uncertainty_m: metres within which the true place lies around `place`; a footprint, or the author's estimate.
        what: a code of ACTIVITIES.
        who_says: who makes the statement.
        source: where it was read or heard.
        received_at: when it reached us.
        text: the statement in its own language.
        language: language tag of the text.
        grade: how far source and statement are trusted.
        acknowledged_by: who has publicly acknowledged it.
        place_name: what the source calls the place, empty when it names none.
        located_by: a code of LOCATED_BY: how the coordinates came about, which says what they are worth.
        region: ISO 3166-2 code of the first-level unit, or the country's, empty when not known.
        address: where it may be read again (a web address), empty without one; nothing ever fetches it.
        links: (code of LINK_KINDS, id of another report): duplicates are linked and kept.
        stands_for: how many reports of its source it stands for.

    Raises:
        LocalError: REPORT-VALUE, or a text error.
    """

    report_id: str | None = None
    kind: ReportKind
    from_at: Instant
    until_at: Instant
    place: Place
    uncertainty_m: int
    what: str
    who_says: str
    source: str
    received_at: Instant
    text: str
    language: str
    grade: Grade
    acknowledged_by: tuple[Acknowledged, ...] = ()
    place_name: str = ""
    located_by: str = "UNSTATED"
    region: str = ""
    address: str = ""
    links: tuple[tuple[str, str], ...] = ()
    stands_for: int = 1

    def __post_init__(self) -> None:
        self._check_further()
        if self.report_id is not None:
            matching(self.report_id, RECORD_ID, "report id", _CODE)
        one_of(self.what, ACTIVITIES, "what", _CODE)
        one_line(self.who_says, "who says so", _CODE)
        one_line(self.source, "source", _CODE)
        matching(self.language, LANGUAGE_TAG, "language", _CODE)
        if not check_text(self.text, bytes_max=TEXT_BYTES_MAX).strip():
            raise LocalError(_CODE, field="text", expected="a text", got="nothing")
        if not 0 <= self.uncertainty_m <= UNCERTAINTY_M_MAX:
            raise LocalError(_CODE, field="uncertainty", expected=f"0 to {UNCERTAINTY_M_MAX} m", got=self.uncertainty_m)
        if self.until_at < self.from_at:
            raise LocalError(_CODE, field="interval", expected="an end not before its beginning", got=self.until_at)

    def _check_further(self) -> None:
        one_line(self.place_name, "place name", _CODE, optional=True)
        one_of(self.located_by, LOCATED_BY, "located by", _CODE)
        if self.region:
            matching(self.region, _REGION, "region", _CODE)
        if self.address:
            matching(self.address, _ADDRESS, "address", _CODE)
        if len(self.links) > LINKS_MAX or len(self.acknowledged_by) > ACKNOWLEDGED_MAX:
            raise LocalError(_CODE, field="links", expected=f"at most {LINKS_MAX}", got=len(self.links))
        for kind, report_id in self.links:
            one_of(kind, LINK_KINDS, "link", _CODE)
            matching(report_id, RECORD_ID, "linked report id", _CODE)
        if not 1 <= self.stands_for <= STANDS_FOR_MAX:
            raise LocalError(_CODE, field="stands for", expected=f"1 to {STANDS_FOR_MAX}", got=self.stands_for)


def report_body(report: Report) -> dict[int, CborValue]:
    """Return body fields 20 to 38 (module docstring)."""
    body: dict[int, CborValue] = {
        21: report.kind.value,
        22: (report.from_at, report.until_at),
        23: report.place.to_cbor(),
        24: report.uncertainty_m,
        25: report.what,
        26: report.who_says,
        27: report.source,
        28: report.received_at,
        29: report.text,
        30: report.language,
        31: (report.grade.reliability.value, report.grade.credibility),
    }
    if report.report_id is not None:
        body[20] = report.report_id
    if report.acknowledged_by:
        body[32] = tuple((one.who, one.at, one.source) for one in report.acknowledged_by)
    texts = {33: report.place_name, 35: report.region, 36: report.address}
    body.update({number: text for number, text in texts.items() if text})
    if report.located_by != "UNSTATED":
        body[34] = report.located_by
    if report.links:
        body[37] = report.links
    if report.stands_for != 1:
        body[38] = report.stands_for
    return body


def parse_report(body: Mapping[int, CborValue]) -> Report:
    """Return the report of a record's body; fields below 20 are the record's own and not read here.

    Raises:
        LocalError: REPORT-VALUE, or a text error.
    """
    fields: dict[CborKey, CborValue] = dict(body.items())
    read = FieldReader(fields, _CODE, LocalError)
    interval, grade = _pair(read, 22), _pair(read, 31)
    return Report(
        report_id=read.text(20) if read.has(20) else None,
        kind=_kind(read),
        from_at=Instant(interval.integer(0, INSTANT_MIN, INSTANT_MAX)),
        until_at=Instant(interval.integer(1, INSTANT_MIN, INSTANT_MAX)),
        place=_place(read.value(23)),
        uncertainty_m=read.integer(24),
        what=read.text(25),
        who_says=read.text(26),
        source=read.text(27),
        received_at=read.instant(28),
        text=read.text(29),
        language=read.text(30),
        grade=Grade(reliability=_reliability(grade), credibility=grade.integer(1)),
        acknowledged_by=tuple(_acknowledged(row) for row in _rows(read, 32, 3, ACKNOWLEDGED_MAX)),
        place_name=read.text(33) if read.has(33) else "",
        located_by=read.text(34) if read.has(34) else "UNSTATED",
        region=read.text(35) if read.has(35) else "",
        address=read.text(36) if read.has(36) else "",
        links=tuple((row.text(0), row.text(1)) for row in _rows(read, 37, 2, LINKS_MAX)),
        stands_for=read.integer(38) if read.has(38) else 1,
    )


def _acknowledged(row: FieldReader) -> Acknowledged:
    return Acknowledged(who=row.text(0), at=row.instant(1) if row.has(1) else None, source=row.text(2))


def _rows(read: FieldReader, number: int, width: int, longest: int) -> tuple[FieldReader, ...]:
    if not read.has(number):
        return ()
    rows: list[FieldReader] = []
    for row in read.array(number, longest):
        if not isinstance(row, tuple) or len(row) != width:
            read.refuse(field=number, expected=f"rows of {width} values", got=type(row).__name__)
        cells: dict[CborKey, CborValue] = dict(enumerate(row))
        rows.append(FieldReader(cells, _CODE, LocalError))
    return tuple(rows)


def _pair(read: FieldReader, number: int) -> FieldReader:
    values = read.array(number, 2)
    if len(values) != 2:
        read.refuse(field=number, expected="two values", got=len(values))
    cells: dict[CborKey, CborValue] = dict(enumerate(values))
    return FieldReader(cells, _CODE, LocalError)


def _kind(read: FieldReader) -> ReportKind:
    text = read.text(21)
    try:
        return ReportKind(text)
    except ValueError:
        raise LocalError(_CODE, field="kind", expected=", ".join(ReportKind), got=text) from None


def _reliability(grade: FieldReader) -> Reliability:
    text = grade.text(0)
    try:
        return Reliability(text)
    except ValueError:
        raise LocalError(_CODE, field="reliability", expected="A to F", got=text) from None


def _place(value: CborValue) -> Place:
    try:
        return place_from_cbor(value)
    except PeerError as error:
        # The bytes are our own record, so what would be the peer's mistake is ours.
        raise LocalError(_CODE, field="place", **error.details) from None

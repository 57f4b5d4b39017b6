"""What the watch saw of one facility in one report: the match and what the rules ask of the report, and no text.

A report that names a facility and lies near it gives two observations, one for each basis. A pass of the watch keeps
its observations packed in the journal, so that a rebuild judges from the same values.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import Struct
from struct import error as struct_error
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import DAY_US, INSTANT_MAX, INSTANT_MIN, Instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.core.cbor import CborValue

BASES: Final = ("PLACE", "NAME", "SETTLEMENT", "DEPENDENCY")
"""Why a report is held against a facility: where it is placed; it names the facility, the town built for it, or what
the facility depends on."""

ANSWERS: Final = ("OUTSIDE", "POSSIBLY", "INSIDE")
"""By place: whether it lies in the rings. By name: INSIDE, the words mean this facility; POSSIBLY, they may."""

SOURCE_KINDS: Final = ("HOT-SPOT", "TEXT", "ALARM", "MEASUREMENT", "STATUS")
"""What sort of source: a pixel, a statement in words, an air-raid alarm, an instrument, a status report."""

KINDS: Final = ("EVENT", "WARNING", "FEARED-ACT", "DENIAL")
"""The kinds of reports (`armslength.register.reports.ReportKind`), in the order of their numbers in the packed form."""

OBSERVATIONS_MAX: Final = 20_000
"""Observations of one pass: a batch of 5,000 hot spots seen by four facilities each."""

TABLE_CHARS_MAX: Final = 4_000_000
"""Characters of all texts of one pass."""

_NO_CELL: Final = -1
_ROW: Final = Struct(">IIHHIHBBBBqqIHIi")
_CODE: Final = "WATCH-VALUE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One report held against one facility.

    Args:
        facility_id: the facility.
        report_id: the report.
        kind: what sort of statement, a code of KINDS.
        what: a code of ACTIVITIES.
        from_at: the earliest instant of what is reported.
        until_at: the latest instant of it.
        basis: a code of BASES.
        answer: a code of ANSWERS.
        distance_m: metres from the site to the report's place.
        bearing_deg: true bearing from the site to it, whole degrees.
        uncertainty_m: metres within which the report's place is known.
        grade: Admiralty grade, ``B2``.
        source_kind: a code of SOURCE_KINDS.
        cell: heat cell of a hot spot (`armslength.register.baselines.heat_cell`), None without one.
        text_key: the same for reports that repeat one text or detection, empty when it is not known.
        located_by: how the report's place came about.
    """

    facility_id: str
    report_id: str
    kind: str
    what: str
    from_at: Instant
    until_at: Instant
    basis: str
    answer: str
    distance_m: int
    bearing_deg: int
    uncertainty_m: int
    grade: str
    source_kind: str
    cell: int | None = None
    text_key: str = ""
    located_by: str = "UNSTATED"

    @property
    def day(self) -> int:
        """The UTC day in which the middle of its time lies, in days since 1970.

        A source that gives a local date gives a day that begins in the evening before, by UTC.
        """
        return day_of(Instant((self.from_at + self.until_at) // 2))


def day_of(at: Instant) -> int:
    """Return the UTC day of an instant, in days since 1970."""
    return at // DAY_US


def observations_value(observations: Sequence[Observation]) -> dict[int, CborValue]:
    """Return observations packed: 1 their texts, each once, one a line; 2 rows of 53 bytes that name them by number.

    Raises:
        LocalError: WATCH-VALUE, too many, or a value that the packed form has no room for.
    """
    if len(observations) > OBSERVATIONS_MAX:
        raise LocalError(_CODE, expected=f"at most {OBSERVATIONS_MAX} observations", got=len(observations))
    table: dict[str, int] = {}
    rows = b"".join(_packed(one, table) for one in observations)
    if any("\n" in text for text in table):
        raise LocalError(_CODE, expected="texts of one line", got="a line feed")
    return {1: "\n".join(table), 2: rows, 3: len(table)}


def _packed(one: Observation, table: dict[str, int]) -> bytes:
    def number(text: str) -> int:
        return table.setdefault(text, len(table))

    try:
        # The short texts first: they are few and their numbers have two bytes.
        what, grade, placed = number(one.what), number(one.grade), number(one.located_by)
        return _ROW.pack(
            number(one.facility_id),
            number(one.report_id),
            what,
            grade,
            number(one.text_key),
            placed,
            KINDS.index(one.kind),
            BASES.index(one.basis),
            ANSWERS.index(one.answer),
            SOURCE_KINDS.index(one.source_kind),
            one.from_at,
            one.until_at,
            one.distance_m,
            one.bearing_deg,
            one.uncertainty_m,
            _NO_CELL if one.cell is None else one.cell,
        )
    except (struct_error, ValueError) as error:
        raise LocalError(_CODE, report=one.report_id, got=str(error)) from None


def observations_from_value(value: CborValue) -> tuple[Observation, ...]:
    """Return observations from `observations_value`'s result.

    Raises:
        LocalError: WATCH-VALUE.
    """
    read = FieldReader(value, _CODE, LocalError)
    rows, size = read.octets(2, longest=OBSERVATIONS_MAX * _ROW.size), _ROW.size
    if not rows:
        return ()
    texts = read.text(1, TABLE_CHARS_MAX).split("\n")
    if len(rows) % size or len(texts) != read.integer(3):
        read.refuse(expected=f"rows of {size} bytes and their texts", got=f"{len(rows)} bytes, {len(texts)} texts")
    try:
        return tuple(_unpacked(rows[at : at + size], texts) for at in range(0, len(rows), size))
    except IndexError:
        raise LocalError(_CODE, expected="numbers of texts that are there", got="another number") from None


def _unpacked(row: bytes, texts: list[str]) -> Observation:
    (facility, report, what, grade, key, placed, kind, basis, answer, source, from_at, until_at, *rest) = _ROW.unpack(
        row
    )
    distance, bearing, uncertainty, cell = rest
    if not INSTANT_MIN <= from_at <= until_at <= INSTANT_MAX:
        raise LocalError(_CODE, expected="an interval from 1990 to 2119", got=from_at)
    return Observation(
        facility_id=texts[facility],
        report_id=texts[report],
        kind=KINDS[kind],
        what=texts[what],
        from_at=Instant(from_at),
        until_at=Instant(until_at),
        basis=BASES[basis],
        answer=ANSWERS[answer],
        distance_m=distance,
        bearing_deg=bearing,
        uncertainty_m=uncertainty,
        grade=texts[grade],
        source_kind=SOURCE_KINDS[source],
        cell=None if cell < 0 else cell,
        text_key=texts[key],
        located_by=texts[placed],
    )

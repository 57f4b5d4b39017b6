"""What every importer of facilities does alike: rows gathered or refused, coordinates read with what they are worth.

An importer reads a whole file and enters nothing. A row that cannot be used is refused with its number and the reason;
a row that by its own word has no place is left out and counted; all else becomes a value of the register. What comes of
it, an `ImportRun`, is shown to a person before anything is entered.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from armslength.adapters.format_geo import Region, swap_suspicion
from armslength.adapters.format_table import read_table
from armslength.core.errors import LocalError
from armslength.core.places import E7, Place
from armslength.register.importing import REFUSED_SHOWN_MAX, Disagreement, ImportRun, Merged, RefusedRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_table import Layout
    from armslength.adapters.format_unpack import OpenFile
    from armslength.core.instants import Instant

ROWS_MAX: Final = 500_000
"""Facilities of one file: the world's power plants are 35,000, its health facilities 300,000."""

DISAGREEMENTS_MAX: Final = 5_000
"""Disagreements listed: more is a file of another kind, and no person reads them."""

A = TypeVar("A")
T = TypeVar("T")

_METRES_PER_DEGREE: Final = 111_320
_DEGREES: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,17})?")


UKRAINE: Final = Region(south_deg=44.0, north_deg=52.6, west_deg=22.0, east_deg=40.5)
"""Ukraine with a margin of some 30 km."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOptions:
    """What a person says of a file beside its rows.

    Args:
        received_at: when the file reached us.
        as_of: the instant for which the file states things; `received_at` where nobody says.
        region: the box in which its places must lie, None for the world.
        kind: kind of facility for formats that state none.
        mapping: text of a mapping file (TOML), for tables and maps of any form.
        member: which file of an archive.
    """

    received_at: Instant
    as_of: Instant | None = None
    region: Region | None = None
    kind: str = "OTHER-FACILITY"
    mapping: str = ""
    member: str | None = None

    @property
    def stated_at(self) -> Instant:
        """The instant for which the file states things."""
        return self.received_at if self.as_of is None else self.as_of


@dataclass(slots=True, kw_only=True)
class Gathering(Generic[T]):
    """The rows of one file as they are read: accepted, refused, left out."""

    source: str
    rows_read: int = 0
    accepted: list[T] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    refused_count: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    merged: list[Merged] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)

    def read(self, row: int, make: Callable[[A], T | None], value: A) -> T | None:
        """Read one row: accept what it makes, refuse it with the error's code, leave it out when it makes nothing.

        Args:
            row: its number in the file.
            make: what turns it into a value of the register.
            value: the row.

        Raises:
            LocalError: SITES-FILE, more rows than are read of one file.
        """
        self.rows_read += 1
        if self.rows_read > ROWS_MAX:
            raise LocalError("SITES-FILE", expected=f"at most {ROWS_MAX} rows")
        try:
            made = make(value)
        except LocalError as error:
            self.refuse(RefusedRow(row=row, code=error.code, reason=error.sentence))
            return None
        if made is not None:
            self.accepted.append(made)
        return made

    def refuse(self, row: RefusedRow) -> None:
        """Count a refused row, and keep its reason while there are few."""
        self.refused_count += 1
        if len(self.refused) < REFUSED_SHOWN_MAX:
            self.refused.append(row)

    def skip(self, reason: str) -> None:
        """Count a row that is left out on purpose."""
        self.skipped[reason] += 1

    def disagree(self, facility_id: str, what: str, sentence: str) -> None:
        """Note what a person must look at."""
        self.disagreements.append(Disagreement(facility_id=facility_id, what=what, sentence=sentence))

    def run(self, file_hash: bytes) -> ImportRun[T]:
        """Return the result.

        Args:
            file_hash: SHA-256 of the file.
        """
        return ImportRun(
            source=self.source,
            file_hash=file_hash,
            rows_read=self.rows_read,
            accepted=tuple(self.accepted),
            refused=tuple(self.refused),
            refused_count=self.refused_count,
            skipped=tuple(sorted(self.skipped.items())),
            merged=tuple(self.merged),
            disagreements=tuple(self.disagreements[:DISAGREEMENTS_MAX]),
        )


def gather_table(
    file: OpenFile, layout: Layout, source: str, make: Callable[[Row, Gathering[T]], T | None]
) -> Gathering[T]:
    """Return the rows of a table, each made into a value of the register, refused or left out.

    Args:
        file: the opened file.
        layout: what its columns must be.
        source: name of the source and its licence.
        make: makes a row's value; None when the row is left out on purpose, which it counts itself.

    Raises:
        LocalError: what reading the table raises; SITES-FILE.
    """
    table = read_table(file, layout)
    gathering: Gathering[T] = Gathering(source=source)
    for row in table.rows:
        if isinstance(row, RefusedRow):
            gathering.rows_read += 1
            gathering.refuse(row)
        else:
            gathering.read(row.number, lambda one: make(one, gathering), row)
    gathering.skipped.update(table.skipped)
    return gathering


# --- coordinates ------------------------------------------------------------------------------------------------------


def place_of(lat: str, lon: str, region: Region | None = None) -> Place:
    """Return the place of two columns of decimal degrees; its precision follows from the digits given.

    Zeros at the end count for nothing, since many tools pad; of the two numbers the longer one tells.

    Raises:
        LocalError: SITES-PLACE (no decimal degrees, one number twice, nought and nought, outside the region).
    """
    lat_e7, lat_decimals = _degrees(lat, 90)
    lon_e7, lon_decimals = _degrees(lon, 180)
    if lat_e7 == lon_e7:
        # One column copied into the other, or both left at nought: nobody protects a site on that diagonal by chance.
        raise LocalError("SITES-PLACE", expected="a latitude and a longitude", got=f"{lat} twice")
    place = Place(lat_e7=lat_e7, lon_e7=lon_e7, precision_m=_precision_m(max(lat_decimals, lon_decimals)))
    if region is not None:
        check_region(place, region)
    return place


def check_region(place: Place, region: Region) -> None:
    """Refuse a place outside the box in which a file's places must lie, and say when its axes look swapped.

    Raises:
        LocalError: SITES-PLACE.
    """
    suspicion = swap_suspicion(place.lat_deg, place.lon_deg, region)
    if suspicion is not None:
        raise LocalError("SITES-PLACE", expected="a place within the region", got=suspicion)


def _degrees(text: str, limit: int) -> tuple[int, int]:
    """Return 1e-7 degrees and the number of decimals that say something."""
    if not _DEGREES.fullmatch(text):
        raise LocalError("SITES-PLACE", expected="decimal degrees such as 47.5119", got=text or "nothing")
    whole, _, fraction = text.partition(".")
    said = fraction.rstrip("0")
    if len(said) <= 7:
        size = int(whole.lstrip("-")) * E7 + int(said.ljust(7, "0"))
    else:
        size = int((abs(Decimal(text)) * E7).to_integral_value(ROUND_HALF_EVEN))
    if size > limit * E7:
        raise LocalError("SITES-PLACE", expected=f"-{limit} to {limit} degrees", got=text)
    return -size if text[0] == "-" else size, len(said)


@lru_cache(maxsize=32)
def _precision_m(decimals: int) -> int:
    return max(1, -(-_METRES_PER_DEGREE // int(10 ** min(decimals, 7))))


# --- names ------------------------------------------------------------------------------------------------------------

_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_RUSSIAN: Final = re.compile(r"[ыэъёЫЭЪЁ]")


def language_of(name: str) -> str:
    """Return the language tag of a name by its letters: ``uk``, ``ru``, or ``en`` for anything in Latin letters.

    A Cyrillic name of Ukraine is Ukrainian unless it has letters that only Russian has.
    """
    if not _CYRILLIC.search(name):
        return "en"
    return "ru" if _RUSSIAN.search(name) else "uk"


_NOT_IN_ID: Final = re.compile(r"[^A-Za-z0-9.:-]+")


def id_of(*parts: str) -> str:
    """Return an identifier of the register made of parts: other signs become hyphens, at most 64 characters.

    Raises:
        LocalError: SITES-ROW, nothing to make one of.
    """
    made = _NOT_IN_ID.sub("-", "-".join(part for part in parts if part)).strip("-.:")[:64]
    if not made:
        raise LocalError("SITES-ROW", expected="an identifier", got="nothing")
    return made


def needed(row: Row, name: str) -> str:
    """Return a cell that must hold something.

    Raises:
        LocalError: SITES-ROW.
    """
    text = row.clean(name)
    if not text:
        raise LocalError("SITES-ROW", expected=f"a value in {name}", got="nothing")
    return text


class Ids:
    """Identifiers of one file, each given once: of two rows with one id, nobody knows which one is meant."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def once(self, facility_id: str) -> str:
        """Return an identifier that was not given before.

        Raises:
            LocalError: SITES-ROW.
        """
        if facility_id in self._seen:
            raise LocalError("SITES-ROW", expected="an id of its own", got=f"{facility_id} a second time")
        self._seen.add(facility_id)
        return facility_id

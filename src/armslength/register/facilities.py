"""A protected facility: where it is, who answers for it, what protects it, what it needs, and the accounts of it.

Two accounts stay two accounts: names, operators, forces in control and facts are lists with a source each. Adding one
never replaces another, and no function here takes one away (F5).

A facility is a local record and never crosses the line as such. Its body fields:

    20 facility id      21 names [[language, name]]       22 kind              23 place [lat, lon, precision]
    24 site radius, m   25 watch rings, m [int]           26 operator de jure [[who, since, source]]
    27 controlling force de facto [[who, since, source]]  28 protected status [[basis, party, note]]
    29 special sign     30 dependencies [[on, kind, note, source]]
    31 facts [[text, value, unit, source, as of]]         32 disclosure

A text that is not stated is null, as is a date that no source gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError, PeerError
from armslength.core.fieldmap import FieldReader
from armslength.core.places import Place, place_from_cbor
from armslength.register.texts import LANGUAGE_TAG, RECORD_ID, matching, one_line, one_of
from armslength.register.vocabularies import (
    DEPENDENCY_KINDS,
    DISCLOSURES,
    FACILITY_KINDS,
    PROTECTION_BASES,
    SPECIAL_SIGNS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborKey, CborValue
    from armslength.core.instants import Instant

NAMES_MAX: Final = 64
"""Names of one facility: GeoNames has 54 spellings of one Ukrainian city, and that is the most seen."""

RINGS_MAX: Final = 8
"""Watch rings of one facility: more would not be told apart by the officer who is woken."""

RING_M_MAX: Final = 500_000
"""Metres of the widest ring: past it a ring names a region and not a neighbourhood."""

SITE_RADIUS_M_MAX: Final = 50_000
"""Metres from the place to the edge of the site: the longest dams and line corridors in sections stay below."""

ACCOUNTS_MAX: Final = 256
"""Entries of one list: with one fact a day kept side by side, most of a year before a new record is due."""

_CODE: Final = "FACILITY-VALUE"
_DECIMAL: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")


def _refuse(field: str, expected: str, got: object) -> LocalError:
    return LocalError(_CODE, field=field, expected=expected, got=got)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One account of who operates or controls a facility; ``since`` is None where its source gives no date."""

    who: str
    since: Instant | None
    source: str

    def __post_init__(self) -> None:
        one_line(self.who, "who", _CODE)
        one_line(self.source, "source", _CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedStatus:
    """One legal basis; ``party`` is the code of the party whose position the note states, empty for the rule itself."""

    basis: str
    party: str
    note: str

    def __post_init__(self) -> None:
        one_of(self.basis, PROTECTION_BASES, "basis", _CODE)
        one_line(self.party, "party", _CODE, optional=True)
        one_line(self.note, "note", _CODE, optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """What the facility needs from elsewhere: the id of another facility, or its name where the register has none."""

    on: str
    kind: str
    note: str
    source: str

    def __post_init__(self) -> None:
        one_line(self.on, "on", _CODE)
        one_of(self.kind, DEPENDENCY_KINDS, "dependency kind", _CODE)
        one_line(self.note, "note", _CODE, optional=True)
        one_line(self.source, "source", _CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement by one source as of one instant.

    Args:
        text: what is stated.
        value: the number as decimal text, empty when there is none; text, so that no digit is lost or made up.
        unit: unit of the value, empty without one.
        source: who states it.
        as_of: the instant for which it is stated.
    """

    text: str
    value: str
    unit: str
    source: str
    as_of: Instant

    def __post_init__(self) -> None:
        one_line(self.text, "text", _CODE)
        one_line(self.source, "source", _CODE)
        one_line(self.unit, "unit", _CODE, optional=True)
        if self.value:
            matching(self.value, _DECIMAL, "value", _CODE)
        # A number without its unit is how 18 million and 18.2 thousand million cubic metres were mixed up.
        if bool(self.value) != bool(self.unit):
            raise _refuse("unit", "a value with its unit, or neither", f"{self.value} {self.unit}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """One entry of the register.

    Args:
        facility_id: the author's identifier, 1 to 64 of letters, digits, point, colon, hyphen.
        names: (language tag, name), the first one is shown; several names in one language are aliases.
        kind: a code of FACILITY_KINDS.
        place: its reference point.
        site_radius_m: metres from the place within which the site lies; 0, the site is a point.
        rings_m: widths of the watch rings in metres from the edge of the site, ascending.
        operator_de_jure: accounts of who operates it lawfully.
        controlling_force_de_facto: accounts of whose forces control it.
        protected_status: legal bases, with the parties' positions.
        special_sign: a code of SPECIAL_SIGNS.
        dependencies: what it needs from elsewhere (F3).
        facts: statements side by side, in the order in which they were entered.
        disclosure: a code of DISCLOSURES.

    Raises:
        LocalError: FACILITY-VALUE, or a text error.
    """

    facility_id: str
    names: tuple[tuple[str, str], ...]
    kind: str
    place: Place
    site_radius_m: int
    rings_m: tuple[int, ...]
    operator_de_jure: tuple[Holding, ...] = ()
    controlling_force_de_facto: tuple[Holding, ...] = ()
    protected_status: tuple[ProtectedStatus, ...] = ()
    special_sign: str = "NOT-KNOWN"
    dependencies: tuple[Dependency, ...] = ()
    facts: tuple[Fact, ...] = ()
    disclosure: str = "private"

    def __post_init__(self) -> None:
        matching(self.facility_id, RECORD_ID, "facility id", _CODE)
        one_of(self.kind, FACILITY_KINDS, "kind", _CODE)
        one_of(self.special_sign, SPECIAL_SIGNS, "special sign", _CODE)
        one_of(self.disclosure, DISCLOSURES, "disclosure", _CODE)
        self._check_names()
        self._check_rings()
        for accounts in (
            self.operator_de_jure,
            self.controlling_force_de_facto,
            self.protected_status,
            self.dependencies,
            self.facts,
        ):
            if len(accounts) > ACCOUNTS_MAX:
                raise _refuse("accounts", f"at most {ACCOUNTS_MAX} in a list", len(accounts))

    def _check_names(self) -> None:
        if not 1 <= len(self.names) <= NAMES_MAX:
            raise _refuse("names", f"1 to {NAMES_MAX}", len(self.names))
        for language, name in self.names:
            matching(language, LANGUAGE_TAG, "language of a name", _CODE)
            one_line(name, "name", _CODE)

    def _check_rings(self) -> None:
        if not 0 <= self.site_radius_m <= SITE_RADIUS_M_MAX:
            raise _refuse("site radius", f"0 to {SITE_RADIUS_M_MAX} m", self.site_radius_m)
        if not 1 <= len(self.rings_m) <= RINGS_MAX:
            raise _refuse("rings", f"1 to {RINGS_MAX}", len(self.rings_m))
        ascending = all(a < b for a, b in zip(self.rings_m, self.rings_m[1:], strict=False))
        if not ascending or self.rings_m[0] < 1 or self.rings_m[-1] > RING_M_MAX:
            raise _refuse("rings", f"1 to {RING_M_MAX} m, ascending", self.rings_m)

    def name(self, language: str) -> str:
        """Return the first name in a language, the first of all when there is none in it."""
        return next((name for tag, name in self.names if tag == language), self.names[0][1])


def with_fact(facility: Facility, fact: Fact) -> Facility:
    """Return the facility with one more fact behind those it has; an equal one is not entered twice."""
    return facility if fact in facility.facts else replace(facility, facts=(*facility.facts, fact))


# --- the record's body ------------------------------------------------------------------------------------------------


def facility_body(facility: Facility) -> dict[int, CborValue]:
    """Return body fields 20 to 32 (module docstring)."""
    return {
        20: facility.facility_id,
        21: facility.names,
        22: facility.kind,
        23: facility.place.to_cbor(),
        24: facility.site_radius_m,
        25: facility.rings_m,
        26: tuple((h.who, h.since, h.source) for h in facility.operator_de_jure),
        27: tuple((h.who, h.since, h.source) for h in facility.controlling_force_de_facto),
        28: tuple((s.basis, s.party or None, s.note or None) for s in facility.protected_status),
        29: facility.special_sign,
        30: tuple((d.on, d.kind, d.note or None, d.source) for d in facility.dependencies),
        31: tuple((f.text, f.value or None, f.unit or None, f.source, f.as_of) for f in facility.facts),
        32: facility.disclosure,
    }


def parse_facility(body: Mapping[int, CborValue]) -> Facility:
    """Return the facility of a record's body; fields below 20 are the record's own and not read here.

    Raises:
        LocalError: FACILITY-VALUE, or a text error.
    """
    fields: dict[CborKey, CborValue] = dict(body.items())
    read = FieldReader(fields, _CODE, LocalError)
    return Facility(
        facility_id=read.text(20),
        names=tuple((row.text(0), row.text(1)) for row in _rows(read, 21, 2)),
        kind=read.text(22),
        place=_place(read.value(23)),
        site_radius_m=read.integer(24),
        rings_m=_integers(read, 25),
        operator_de_jure=tuple(_holding(row) for row in _rows(read, 26, 3)),
        controlling_force_de_facto=tuple(_holding(row) for row in _rows(read, 27, 3)),
        protected_status=tuple(
            ProtectedStatus(basis=row.text(0), party=_optional(row, 1), note=_optional(row, 2))
            for row in _rows(read, 28, 3)
        ),
        special_sign=read.text(29),
        dependencies=tuple(
            Dependency(on=row.text(0), kind=row.text(1), note=_optional(row, 2), source=row.text(3))
            for row in _rows(read, 30, 4)
        ),
        facts=tuple(_fact(row) for row in _rows(read, 31, 5)),
        disclosure=read.text(32),
    )


def _rows(read: FieldReader, number: int, width: int) -> tuple[FieldReader, ...]:
    rows: list[FieldReader] = []
    for row in read.array(number, ACCOUNTS_MAX):
        if not isinstance(row, tuple) or len(row) != width:
            read.refuse(field=number, expected=f"rows of {width} values", got=type(row).__name__)
        cells: dict[CborKey, CborValue] = dict(enumerate(row))
        rows.append(FieldReader(cells, _CODE, LocalError))
    return tuple(rows)


def _integers(read: FieldReader, number: int) -> tuple[int, ...]:
    values = read.array(number, RINGS_MAX)
    positions: dict[CborKey, CborValue] = dict(enumerate(values))
    row = FieldReader(positions, _CODE, LocalError)
    return tuple(row.integer(position) for position in range(len(values)))


def _optional(row: FieldReader, position: int) -> str:
    return row.text(position) if row.has(position) else ""


def _holding(row: FieldReader) -> Holding:
    return Holding(who=row.text(0), since=row.instant(1) if row.has(1) else None, source=row.text(2))


def _fact(row: FieldReader) -> Fact:
    return Fact(
        text=row.text(0), value=_optional(row, 1), unit=_optional(row, 2), source=row.text(3), as_of=row.instant(4)
    )


def _place(value: CborValue) -> Place:
    try:
        return place_from_cbor(value)
    except PeerError as error:
        # The bytes are our own record, so what would be the peer's mistake is ours.
        raise LocalError(_CODE, field="place", **error.details) from None

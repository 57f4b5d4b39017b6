"""A protected facility: where it is, who answers for it, what protects it, what it needs, and the accounts of it.

Two accounts stay two accounts: names, operators, forces in control and facts are lists with a source each. Adding one
never replaces another, and no function here takes one away (F5).

A facility is a local record and never crosses the line as such. Its body fields:

    20 facility id      21 names [[language, name]]       22 kind              23 place [lat, lon, precision]
    24 site radius, m   25 watch rings, m [int]           26 operator de jure [[who, since, source]]
    27 controlling force de facto [[who, since, source]]  28 protected status [[basis, party, note]]
    29 special sign     30 dependencies [[on, kind, note, source]]
    31 facts [[text, value, unit, source, as of]]         32 disclosure

and, each absent when there is nothing to say (the arrays are in `armslength.register.facility_parts`):

    33 positions     34 shape         35 components   36 hazards    37 pillar reports   38 monitors
    39 review due    40 consequences  41 life         42 agreements 43 name sources     44 source of the record
    45 applies from: the instant from which this version of the record holds, absent when from ever

A text that is not stated is null, as is a date that no source gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.register.texts import LANGUAGE_TAG, RECORD_ID, matching, one_line, one_of
from armslength.register.vocabularies import (
    DEPENDENCY_KINDS,
    DISCLOSURES,
    FACILITY_KINDS,
    PROTECTION_BASES,
    SPECIAL_SIGNS,
)

if TYPE_CHECKING:
    from armslength.core.instants import Instant
    from armslength.core.places import Place
    from armslength.register.facility_parts import (
        Agreement,
        Component,
        Consequence,
        Hazard,
        Life,
        Monitor,
        NameSource,
        PillarReport,
        Position,
        Shape,
    )

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
        positions: where each source puts it; `place` is the one that the register goes by.
        shape: the site's outline or course, which the watch measures from where there is one.
        components: parts that can be hit by themselves.
        hazards: what could be set free.
        pillars: the IAEA's pillars and principles, report by report.
        monitors: external monitors and their access.
        review_due_at: when the record must be looked at again.
        consequences: dated accounts of what people suffer or would suffer.
        life: when it exists, by each source; an event outside is not held against it.
        agreements: agreements that cover it.
        name_sources: who uses which name.
        record_source: where the record came from, empty when it was entered by hand.
        applies_from_at: the instant from which this version holds; None, from ever.

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
    positions: tuple[Position, ...] = ()
    shape: Shape | None = None
    components: tuple[Component, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    pillars: tuple[PillarReport, ...] = ()
    monitors: tuple[Monitor, ...] = ()
    review_due_at: Instant | None = None
    consequences: tuple[Consequence, ...] = ()
    life: tuple[Life, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    name_sources: tuple[NameSource, ...] = ()
    record_source: str = ""
    applies_from_at: Instant | None = None

    def __post_init__(self) -> None:
        matching(self.facility_id, RECORD_ID, "facility id", _CODE)
        one_of(self.kind, FACILITY_KINDS, "kind", _CODE)
        one_of(self.special_sign, SPECIAL_SIGNS, "special sign", _CODE)
        one_of(self.disclosure, DISCLOSURES, "disclosure", _CODE)
        one_line(self.record_source, "source", _CODE, optional=True)
        self._check_names()
        self._check_rings()
        for accounts in (
            self.operator_de_jure,
            self.controlling_force_de_facto,
            self.protected_status,
            self.dependencies,
            self.facts,
            self.positions,
            self.components,
            self.hazards,
            self.pillars,
            self.monitors,
            self.consequences,
            self.life,
            self.agreements,
            self.name_sources,
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

    def exists_at(self, at: Instant) -> bool:
        """Tell whether the facility existed at an instant by any of its sources; without a source it always did."""
        return not self.life or any(
            (one.from_at is None or one.from_at <= at) and (one.until_at is None or at < one.until_at)
            for one in self.life
        )

    def name(self, language: str) -> str:
        """Return the first name in a language, the first of all when there is none in it."""
        return next((name for tag, name in self.names if tag == language), self.names[0][1])


def with_fact(facility: Facility, fact: Fact) -> Facility:
    """Return the facility with one more fact behind those it has; an equal one is not entered twice."""
    return facility if fact in facility.facts else replace(facility, facts=(*facility.facts, fact))

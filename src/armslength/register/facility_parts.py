"""What a facility's record is made of beside its name and place: positions, shape, components, hazards, accounts.

Each value carries its source and the instant for which it is stated. Two accounts of one thing are two values; nothing
here replaces another. The array that each value becomes in the record stands in its docstring.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.places import LAT_E7_MAX, LON_E7_MAX, Place
from armslength.register.texts import RECORD_ID, matching, one_line, one_of
from armslength.register.vocabularies import (
    CONSEQUENCE_KINDS,
    FACILITY_KINDS,
    HAZARD_KINDS,
    MONITOR_ACCESS,
    PILLAR_STATUSES,
    PILLARS,
)

if TYPE_CHECKING:
    from armslength.core.instants import Instant

VERTICES_MAX: Final = 20_000
"""Vertices of one site: the largest Ukrainian power site in OpenStreetMap has 300, a line across a country 5,000."""

CODE: Final = "FACILITY-VALUE"
_DECIMAL: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_UNIT: Final = re.compile(r"[^\x00-\x20]{1,24}")

Vertex = tuple[int, int]
"""(latitude, longitude) in 1e-7 degree."""


def refuse(field: str, expected: str, got: object) -> LocalError:
    """Return the error of a facility's value."""
    return LocalError(CODE, field=field, expected=expected, got=got)


def decimal_text(text: str, field: str) -> str:
    """Return a decimal number written as text unchanged: text, so that no digit is lost or made up."""
    return matching(text, _DECIMAL, field, CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSource:
    """Who uses a name, and since when it is known: [name, source, as of]."""

    name: str
    source: str
    as_of: Instant | None

    def __post_init__(self) -> None:
        one_line(self.name, "name", CODE)
        one_line(self.source, "source", CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where one source puts the facility: [place, source, as of]."""

    place: Place
    source: str
    as_of: Instant | None

    def __post_init__(self) -> None:
        one_line(self.source, "source", CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The site's outline or course: [kind, parts, source, as of, buffer in metres].

    Args:
        kind: ``POLYGON`` (parts are polygons, each a list of rings, the first one the outline) or ``LINE`` (parts are
            one list of lines). Edges are straight in longitude and latitude (RFC 7946, 3.1.1).
        parts: polygons -> rings -> vertices; rings are closed by themselves, the last vertex is not the first again.
        source: who drew it.
        as_of: the instant for which it is drawn, None where no source gives one.
        buffer_m: metres around the outline that belong to the site; half the width of a line.
    """

    kind: str
    parts: tuple[tuple[tuple[Vertex, ...], ...], ...]
    source: str
    as_of: Instant | None = None
    buffer_m: int = 0

    def __post_init__(self) -> None:
        one_of(self.kind, frozenset({"POLYGON", "LINE"}), "shape", CODE)
        one_line(self.source, "source", CODE)
        if not 0 <= self.buffer_m <= 50_000:
            raise refuse("shape", "a buffer of 0 to 50000 m", self.buffer_m)
        least = 3 if self.kind == "POLYGON" else 2
        total = 0
        for part in self.parts:
            for ring in part:
                total += len(ring)
                if len(ring) < least or total > VERTICES_MAX:
                    raise refuse("shape", f"rings of {least} to {VERTICES_MAX} vertices", len(ring))
                for lat_e7, lon_e7 in ring:
                    if abs(lat_e7) > LAT_E7_MAX or abs(lon_e7) > LON_E7_MAX:
                        raise refuse("shape", "vertices on the Earth", f"{lat_e7} {lon_e7}")
        if not total:
            raise refuse("shape", "at least one ring", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part that can be hit by itself, a unit, a switchyard, a spent-fuel store: [id, name, kind, place, source]."""

    component_id: str
    name: str
    kind: str
    place: Place | None
    source: str

    def __post_init__(self) -> None:
        matching(self.component_id, RECORD_ID, "component id", CODE)
        one_line(self.name, "name", CODE)
        one_line(self.kind, "component kind", CODE)
        one_line(self.source, "source", CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """What could be set free, with its amount: [kind, value, unit, note, source, as of].

    ``value`` is decimal text in ``unit``, a unit that `armslength.core.quantities` knows; the text as it was read is
    kept in ``note``.
    """

    kind: str
    value: str
    unit: str
    note: str
    source: str
    as_of: Instant | None

    def __post_init__(self) -> None:
        one_of(self.kind, HAZARD_KINDS, "hazard", CODE)
        decimal_text(self.value, "hazard value")
        matching(self.unit, _UNIT, "hazard unit", CODE)
        one_line(self.note, "note", CODE, optional=True)
        one_line(self.source, "source", CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement that covers the facility: [name, party or empty, note, source, since]."""

    name: str
    party: str
    note: str
    source: str
    since: Instant | None

    def __post_init__(self) -> None:
        one_line(self.name, "agreement", CODE)
        one_line(self.party, "party", CODE, optional=True)
        one_line(self.note, "note", CODE, optional=True)
        one_line(self.source, "source", CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarReport:
    """How one pillar or principle of the IAEA stood, by one source: [pillar, status, note, source, as of].

    Reports are a history: the last one of a source is what that source last said, and nothing removes the earlier.
    """

    pillar: str
    status: str
    note: str
    source: str
    as_of: Instant

    def __post_init__(self) -> None:
        one_of(self.pillar, PILLARS, "pillar", CODE)
        one_of(self.status, PILLAR_STATUSES, "pillar status", CODE)
        one_line(self.note, "note", CODE, optional=True)
        one_line(self.source, "source", CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """An external monitor's access: [who, access, since, note, source]."""

    who: str
    access: str
    since: Instant | None
    note: str
    source: str

    def __post_init__(self) -> None:
        one_line(self.who, "monitor", CODE)
        one_of(self.access, MONITOR_ACCESS, "access", CODE)
        one_line(self.note, "note", CODE, optional=True)
        one_line(self.source, "source", CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """A dated account of what people suffer or would suffer: [kind, low, high, unit, note, source, as of, restored].

    ``low`` and ``high`` are decimal text, equal where one number is stated; ``restored_at`` is the instant from which
    the source says that it is over, None while it lasts.
    """

    kind: str
    low: str
    high: str
    unit: str
    note: str
    source: str
    as_of: Instant
    restored_at: Instant | None = None

    def __post_init__(self) -> None:
        one_of(self.kind, CONSEQUENCE_KINDS, "consequence", CODE)
        decimal_text(self.low, "low")
        decimal_text(self.high, "high")
        if float(self.low) > float(self.high):
            raise refuse("consequence", "a range from low to high", f"{self.low} to {self.high}")
        matching(self.unit, _UNIT, "unit", CODE)
        one_line(self.note, "note", CODE, optional=True)
        one_line(self.source, "source", CODE)
        if self.restored_at is not None and self.restored_at < self.as_of:
            raise refuse("consequence", "restored not before it was stated", self.restored_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """When the facility exists: [from, until, source]; None at an end that is open or that no source gives."""

    from_at: Instant | None
    until_at: Instant | None
    source: str

    def __post_init__(self) -> None:
        one_line(self.source, "source", CODE)
        if self.from_at is not None and self.until_at is not None and self.until_at < self.from_at:
            raise refuse("life", "an end not before its beginning", self.until_at)


def facility_kind(code: str) -> str:
    """Return a code of FACILITY_KINDS unchanged."""
    return one_of(code, FACILITY_KINDS, "kind", CODE)

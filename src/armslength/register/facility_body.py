"""A facility as the body of its record, and back; the numbers are listed in `armslength.register.facilities`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from armslength.core.errors import LocalError, PeerError
from armslength.core.fieldmap import FieldReader
from armslength.core.places import LAT_E7_MAX, LON_E7_MAX, Place, place_from_cbor
from armslength.register.facilities import (
    ACCOUNTS_MAX,
    RINGS_MAX,
    Dependency,
    Facility,
    Fact,
    Holding,
    ProtectedStatus,
)
from armslength.register.facility_parts import (
    CODE,
    VERTICES_MAX,
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
    Vertex,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborKey, CborValue
    from armslength.core.instants import Instant

_T = TypeVar("_T")
_PARTS_MAX: Final = 4_096
"""Polygons or rings of one shape: an archipelago of wind turbines has hundreds."""


def facility_body(facility: Facility) -> dict[int, CborValue]:
    """Return body fields 20 to 45; fields 33 and above stand only where there is something to say."""
    body: dict[int, CborValue] = {
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
    further: dict[int, CborValue] = {
        33: tuple((p.place.to_cbor(), p.source, p.as_of) for p in facility.positions),
        34: _shape_value(facility.shape),
        35: tuple(
            (c.component_id, c.name, c.kind, None if c.place is None else c.place.to_cbor(), c.source)
            for c in facility.components
        ),
        36: tuple((h.kind, h.value, h.unit, h.note or None, h.source, h.as_of) for h in facility.hazards),
        37: tuple((p.pillar, p.status, p.note or None, p.source, p.as_of) for p in facility.pillars),
        38: tuple((m.who, m.access, m.since, m.note or None, m.source) for m in facility.monitors),
        39: facility.review_due_at,
        40: tuple(
            (c.kind, c.low, c.high, c.unit, c.note or None, c.source, c.as_of, c.restored_at)
            for c in facility.consequences
        ),
        41: tuple((one.from_at, one.until_at, one.source) for one in facility.life),
        42: tuple((a.name, a.party or None, a.note or None, a.source, a.since) for a in facility.agreements),
        43: tuple((n.name, n.source, n.as_of) for n in facility.name_sources),
        44: facility.record_source or None,
        45: facility.applies_from_at,
    }
    body.update((number, value) for number, value in further.items() if value is not None and value != ())
    return body


def _shape_value(shape: Shape | None) -> CborValue:
    return None if shape is None else (shape.kind, shape.parts, shape.source, shape.as_of, shape.buffer_m)


def parse_facility(body: Mapping[int, CborValue]) -> Facility:
    """Return the facility of a record's body; fields below 20 are the record's own and not read here.

    Raises:
        LocalError: FACILITY-VALUE, or a text error.
    """
    fields: dict[CborKey, CborValue] = dict(body.items())
    read = FieldReader(fields, CODE, LocalError)
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
            ProtectedStatus(basis=row.text(0), party=_text_or(row, 1), note=_text_or(row, 2))
            for row in _rows(read, 28, 3)
        ),
        special_sign=read.text(29),
        dependencies=tuple(
            Dependency(on=row.text(0), kind=row.text(1), note=_text_or(row, 2), source=row.text(3))
            for row in _rows(read, 30, 4)
        ),
        facts=tuple(_fact(row) for row in _rows(read, 31, 5)),
        disclosure=read.text(32),
        positions=_some(read, 33, 3, _position),
        shape=_shape(read),
        components=_some(read, 35, 5, _component),
        hazards=_some(read, 36, 6, _hazard),
        pillars=_some(read, 37, 5, _pillar),
        monitors=_some(read, 38, 5, _monitor),
        review_due_at=_instant_or(read, 39),
        consequences=_some(read, 40, 8, _consequence),
        life=_some(read, 41, 3, _life),
        agreements=_some(read, 42, 5, _agreement),
        name_sources=_some(read, 43, 3, _name_source),
        record_source=_text_or(read, 44),
        applies_from_at=_instant_or(read, 45),
    )


def _rows(read: FieldReader, number: int, width: int) -> tuple[FieldReader, ...]:
    return tuple(_row(read, number, row, width) for row in read.array(number, ACCOUNTS_MAX))


def _row(read: FieldReader, number: int, row: CborValue, width: int) -> FieldReader:
    if not isinstance(row, tuple) or len(row) != width:
        read.refuse(field=number, expected=f"rows of {width} values", got=type(row).__name__)
    cells: dict[CborKey, CborValue] = dict(enumerate(row))
    return FieldReader(cells, CODE, LocalError)


def _some(read: FieldReader, number: int, width: int, make: Callable[[FieldReader], _T]) -> tuple[_T, ...]:
    return tuple(make(row) for row in _rows(read, number, width)) if read.has(number) else ()


def _integers(read: FieldReader, number: int) -> tuple[int, ...]:
    values = read.array(number, RINGS_MAX)
    positions: dict[CborKey, CborValue] = dict(enumerate(values))
    row = FieldReader(positions, CODE, LocalError)
    return tuple(row.integer(position) for position in range(len(values)))


def _text_or(row: FieldReader, position: int) -> str:
    return row.text(position) if row.has(position) else ""


def _instant_or(row: FieldReader, position: int) -> Instant | None:
    return row.instant(position) if row.has(position) else None


def _place(value: CborValue) -> Place:
    try:
        return place_from_cbor(value)
    except PeerError as error:
        # The bytes are our own record, so what would be the peer's mistake is ours.
        raise LocalError(CODE, field="place", **error.details) from None


def _holding(row: FieldReader) -> Holding:
    return Holding(who=row.text(0), since=_instant_or(row, 1), source=row.text(2))


def _fact(row: FieldReader) -> Fact:
    return Fact(
        text=row.text(0), value=_text_or(row, 1), unit=_text_or(row, 2), source=row.text(3), as_of=row.instant(4)
    )


def _position(row: FieldReader) -> Position:
    return Position(place=_place(row.value(0)), source=row.text(1), as_of=_instant_or(row, 2))


def _component(row: FieldReader) -> Component:
    return Component(
        component_id=row.text(0),
        name=row.text(1),
        kind=row.text(2),
        place=_place(row.value(3)) if row.has(3) else None,
        source=row.text(4),
    )


def _hazard(row: FieldReader) -> Hazard:
    return Hazard(
        kind=row.text(0),
        value=row.text(1),
        unit=row.text(2),
        note=_text_or(row, 3),
        source=row.text(4),
        as_of=_instant_or(row, 5),
    )


def _pillar(row: FieldReader) -> PillarReport:
    return PillarReport(
        pillar=row.text(0), status=row.text(1), note=_text_or(row, 2), source=row.text(3), as_of=row.instant(4)
    )


def _monitor(row: FieldReader) -> Monitor:
    return Monitor(
        who=row.text(0), access=row.text(1), since=_instant_or(row, 2), note=_text_or(row, 3), source=row.text(4)
    )


def _consequence(row: FieldReader) -> Consequence:
    return Consequence(
        kind=row.text(0),
        low=row.text(1),
        high=row.text(2),
        unit=row.text(3),
        note=_text_or(row, 4),
        source=row.text(5),
        as_of=row.instant(6),
        restored_at=_instant_or(row, 7),
    )


def _life(row: FieldReader) -> Life:
    return Life(from_at=_instant_or(row, 0), until_at=_instant_or(row, 1), source=row.text(2))


def _agreement(row: FieldReader) -> Agreement:
    return Agreement(
        name=row.text(0), party=_text_or(row, 1), note=_text_or(row, 2), source=row.text(3), since=_instant_or(row, 4)
    )


def _name_source(row: FieldReader) -> NameSource:
    return NameSource(name=row.text(0), source=row.text(1), as_of=_instant_or(row, 2))


def _shape(read: FieldReader) -> Shape | None:
    if not read.has(34):
        return None
    row = _row(read, 34, read.value(34), 5)
    return Shape(
        kind=row.text(0),
        parts=tuple(
            tuple(tuple(_vertex(read, vertex) for vertex in _array(read, ring)) for ring in _array(read, part))
            for part in _array(read, row.value(1))
        ),
        source=row.text(2),
        as_of=_instant_or(row, 3),
        buffer_m=row.integer(4),
    )


def _array(read: FieldReader, value: CborValue) -> tuple[CborValue, ...]:
    if not isinstance(value, tuple) or len(value) > max(VERTICES_MAX, _PARTS_MAX):
        read.refuse(field=34, expected="polygons, rings and vertices", got=type(value).__name__)
    return value


def _vertex(read: FieldReader, value: CborValue) -> Vertex:
    row = _row(read, 34, value, 2)
    return row.integer(0, -LAT_E7_MAX, LAT_E7_MAX), row.integer(1, -LON_E7_MAX, LON_E7_MAX)

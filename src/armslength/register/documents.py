"""Facilities and reports as people write them in a file: named keys, places and times as text.

The document is turned into a record's body and then read by the same parser as a record, so that there is one set of
checks. Unknown keys are refused: a key misspelt would otherwise be a fact left out.

Places are texts such as ``47.5122N 34.5858E`` everywhere, also the vertices of a shape, so that the axes cannot be
mistaken for GeoJSON's; times are RFC 3339 with their zone; numbers of a hazard or a consequence are decimal text with
their unit. A hazard is checked against what a facility of its kind can hold and against the others of the document, so
that 18 million m3 beside 18.2 km3 is refused with an explanation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.core.places import parse_place
from armslength.register.facility_body import parse_facility
from armslength.register.hazards import check_hazards
from armslength.register.reports import parse_report

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.register.facilities import Facility
    from armslength.register.reports import Report

REPORTS_MAX: Final = 100
"""Reports in one file entered by hand."""

_Read: TypeAlias = Callable[[object], "CborValue"]
_CODE: Final = "REGISTER-DOCUMENT"


def _is(kind: type, value: object, expected: str) -> None:
    if type(value) is not kind:
        raise LocalError(_CODE, expected=expected, got=type(value).__name__)


def _text(value: object) -> CborValue:
    _is(str, value, "a text")
    return str(value)


def _whole(value: object) -> CborValue:
    if type(value) is not int or abs(value) >= 1 << 63:
        raise LocalError(_CODE, expected="a whole number", got=type(value).__name__)
    return value


def _time(value: object) -> CborValue:
    return parse_rfc3339(str(_text(value)))


def _place(value: object) -> CborValue:
    return parse_place(str(_text(value))).to_cbor()


def _vertex(value: object) -> CborValue:
    place = parse_place(str(_text(value)))
    return place.lat_e7, place.lon_e7


def _or_null(read: _Read) -> _Read:
    return lambda value: None if value is None or value == "" else read(value)


def _list(read: _Read) -> _Read:
    def read_list(value: object) -> CborValue:
        if not isinstance(value, list):
            raise LocalError(_CODE, expected="a list", got=type(value).__name__)
        return tuple(read(item) for item in value)

    return read_list


def _row(**cells: _Read) -> _Read:
    """Read an object with exactly these keys into an array in this order."""

    def read_row(value: object) -> CborValue:
        found = _keys(value, frozenset(cells))
        return tuple(read(found[key]) if key in found else read(None) for key, read in cells.items())

    return read_row


def _keys(value: object, known: frozenset[str]) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise LocalError(_CODE, expected="an object", got=type(value).__name__)
    unknown = sorted(str(key) for key in value if key not in known)
    if unknown:
        raise LocalError(_CODE, expected=", ".join(sorted(known)), got=unknown[0])
    return value


_HOLDINGS: Final = _list(_row(who=_text, since=_or_null(_time), source=_text))

FACILITY_NEEDED: Final[Mapping[str, tuple[int, _Read]]] = MappingProxyType(
    {
        "facility_id": (20, _text),
        "names": (21, _list(_row(language=_text, name=_text))),
        "kind": (22, _text),
        "place": (23, _place),
        "site_radius_m": (24, _whole),
        "rings_m": (25, _list(_whole)),
        "operator_de_jure": (26, _HOLDINGS),
        "controlling_force_de_facto": (27, _HOLDINGS),
        "protected_status": (28, _list(_row(basis=_text, party=_or_null(_text), note=_or_null(_text)))),
        "special_sign": (29, _text),
        "dependencies": (30, _list(_row(on=_text, kind=_text, note=_or_null(_text), source=_text))),
        "facts": (
            31,
            _list(_row(text=_text, value=_or_null(_text), unit=_or_null(_text), source=_text, as_of=_time)),
        ),
        "disclosure": (32, _text),
    }
)
"""Key of a facility's document to the body field and how it is read; all of these are needed."""

_NOTE: Final = _or_null(_text)
_SINCE: Final = _or_null(_time)

FACILITY_FURTHER: Final[Mapping[str, tuple[int, _Read]]] = MappingProxyType(
    {
        "positions": (33, _list(_row(place=_place, source=_text, as_of=_SINCE))),
        "shape": (
            34,
            _row(kind=_text, parts=_list(_list(_list(_vertex))), source=_text, as_of=_SINCE, buffer_m=_whole),
        ),
        "components": (
            35,
            _list(_row(component_id=_text, name=_text, kind=_text, place=_or_null(_place), source=_text)),
        ),
        "hazards": (36, _list(_row(kind=_text, value=_text, unit=_text, note=_NOTE, source=_text, as_of=_SINCE))),
        "pillars": (37, _list(_row(pillar=_text, status=_text, note=_NOTE, source=_text, as_of=_time))),
        "monitors": (38, _list(_row(who=_text, access=_text, since=_SINCE, note=_NOTE, source=_text))),
        "review_due_at": (39, _time),
        "consequences": (
            40,
            _list(
                _row(
                    kind=_text,
                    low=_text,
                    high=_text,
                    unit=_text,
                    note=_NOTE,
                    source=_text,
                    as_of=_time,
                    restored_at=_SINCE,
                )
            ),
        ),
        "life": (41, _list(_row(from_at=_SINCE, until_at=_SINCE, source=_text))),
        "agreements": (42, _list(_row(name=_text, party=_NOTE, note=_NOTE, source=_text, since=_SINCE))),
        "name_sources": (43, _list(_row(name=_text, source=_text, as_of=_SINCE))),
        "record_source": (44, _text),
        "applies_from_at": (45, _time),
    }
)
"""Keys that a facility's document may have beside them; null says no more than leaving the key out.

A shape's parts are polygons, their rings, their vertices; of a line, one list of lines.
"""

FACILITY_KEYS: Final[Mapping[str, tuple[int, _Read]]] = MappingProxyType({**FACILITY_NEEDED, **FACILITY_FURTHER})
"""Every key of a facility's document."""

REPORT_NEEDED: Final[Mapping[str, tuple[int, _Read]]] = MappingProxyType(
    {
        "report_id": (20, _text),
        "kind": (21, _text),
        "interval": (22, _list(_time)),
        "place": (23, _place),
        "uncertainty_m": (24, _whole),
        "what": (25, _text),
        "who_says": (26, _text),
        "source": (27, _text),
        "received_at": (28, _time),
        "text": (29, _text),
        "language": (30, _text),
        "grade": (31, _row(reliability=_text, credibility=_whole)),
    }
)
"""Key of a report's document to the body field and how it is read; all of these are needed, the id included."""

REPORT_FURTHER: Final[Mapping[str, tuple[int, _Read]]] = MappingProxyType(
    {
        "acknowledged_by": (32, _list(_row(who=_text, at=_SINCE, source=_text))),
        "place_name": (33, _text),
        "located_by": (34, _text),
        "region": (35, _text),
        "address": (36, _text),
        "links": (37, _list(_row(kind=_text, report_id=_text))),
        "stands_for": (38, _whole),
    }
)
"""Keys that a report's document may have beside them."""

REPORT_KEYS: Final[Mapping[str, tuple[int, _Read]]] = MappingProxyType({**REPORT_NEEDED, **REPORT_FURTHER})
"""Every key of a report's document."""

_Made = TypeVar("_Made")


def _made(
    document: object,
    needed: Mapping[str, tuple[int, _Read]],
    further: Mapping[str, tuple[int, _Read]],
    parse: Callable[[Mapping[int, CborValue]], _Made],
) -> _Made:
    keys = {**needed, **further}
    found = _keys(document, frozenset(keys))
    missing = [key for key in needed if key not in found]
    if missing:
        raise LocalError(_CODE, expected=f"the key {missing[0]}", got="nothing")
    # Nothing stated under a key that may be missing is nothing; under one that is needed it is a mistake.
    said = {key: value for key, value in found.items() if key in needed or value is not None}
    return parse({keys[key][0]: keys[key][1](value) for key, value in said.items()})


def facility_from_document(document: object) -> Facility:
    """Return the facility of a decoded JSON document.

    Args:
        document: an object with the keys of `FACILITY_NEEDED` and any of `FACILITY_FURTHER`.

    Raises:
        LocalError: REGISTER-DOCUMENT, FACILITY-VALUE, QUANTITY-UNIT, QUANTITY-BOUNDS, QUANTITY-MAGNITUDE, or the error
            of a place, time or text.
    """
    facility = _made(document, FACILITY_NEEDED, FACILITY_FURTHER, parse_facility)
    check_hazards(facility.hazards)
    return facility


def reports_from_document(document: object) -> tuple[Report, ...]:
    """Return the reports of a decoded JSON document in its order.

    Args:
        document: ``{"reports": [...]}``, each an object with the keys of `REPORT_NEEDED` and any of
            `REPORT_FURTHER`.

    Raises:
        LocalError: REGISTER-DOCUMENT, REPORT-VALUE, or the error of a place, time or text.
    """
    entries = _keys(document, frozenset({"reports"})).get("reports")
    if not isinstance(entries, list) or not 1 <= len(entries) <= REPORTS_MAX:
        raise LocalError(_CODE, expected=f"a list of 1 to {REPORTS_MAX} reports", got=type(entries).__name__)
    return tuple(_made(entry, REPORT_NEEDED, REPORT_FURTHER, parse_report) for entry in entries)

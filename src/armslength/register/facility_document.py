"""A facility as people write it in a file, so that a record can be corrected and entered again without losing anything.

The other way round from `armslength.register.documents`: what is written here is read there to the same record,
but for places, which are rounded within what they are known to.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.instants import Instant, rfc3339
from armslength.core.places import PRECISION_UNSTATED, Place, degrees_text
from armslength.register.documents import FACILITY_KEYS
from armslength.register.facility_body import facility_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.register.facilities import Facility

CELLS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "names": ("language", "name"),
        "operator_de_jure": ("who", "since", "source"),
        "controlling_force_de_facto": ("who", "since", "source"),
        "protected_status": ("basis", "party", "note"),
        "dependencies": ("on", "kind", "note", "source"),
        "facts": ("text", "value", "unit", "source", "as_of"),
        "positions": ("place", "source", "as_of"),
        "components": ("component_id", "name", "kind", "place", "source"),
        "hazards": ("kind", "value", "unit", "note", "source", "as_of"),
        "pillars": ("pillar", "status", "note", "source", "as_of"),
        "monitors": ("who", "access", "since", "note", "source"),
        "consequences": ("kind", "low", "high", "unit", "note", "source", "as_of", "restored_at"),
        "life": ("from_at", "until_at", "source"),
        "agreements": ("name", "party", "note", "source", "since"),
        "name_sources": ("name", "source", "as_of"),
    }
)
"""Lists of a document and the keys of their rows, in the order in which a record's row has them."""

_PLACES: Final = frozenset({"place"})
_TIMES: Final = frozenset({"since", "as_of", "restored_at", "from_at", "until_at", "review_due_at", "applies_from_at"})


def facility_document(facility: Facility) -> dict[str, Any]:
    """Return a facility's document: every key of `FACILITY_KEYS` under which the record says something.

    A place has as many decimals as its precision bears, so that it is rounded within what it is known to; one whose
    source stated none has seven.
    """
    body = facility_body(facility)
    return {key: _written(key, body[number]) for key, (number, _) in FACILITY_KEYS.items() if number in body}


def _written(key: str, value: CborValue) -> object:
    if key == "shape":
        return _shape(cast("tuple[Any, ...]", value))
    if key in CELLS:
        rows = cast("tuple[tuple[CborValue, ...], ...]", value)
        return [{name: _cell(name, one) for name, one in zip(CELLS[key], row, strict=True)} for row in rows]
    if key == "rings_m":
        return list(cast("tuple[int, ...]", value))
    return _cell(key, value)


def _cell(name: str, value: CborValue) -> object:
    if value is None:
        return None
    if name in _PLACES:
        return degrees_text(Place(**dict(zip(("lat_e7", "lon_e7", "precision_m"), cast("Any", value), strict=True))))
    if name in _TIMES:
        return rfc3339(Instant(cast("int", value)))
    return value


def _shape(value: tuple[Any, ...]) -> dict[str, Any]:
    kind, parts, source, as_of, buffer_m = value
    return {
        "kind": kind,
        "parts": [[[_vertex(one) for one in ring] for ring in part] for part in parts],
        "source": source,
        "as_of": None if as_of is None else rfc3339(Instant(as_of)),
        "buffer_m": buffer_m,
    }


def _vertex(value: tuple[int, int]) -> str:
    return degrees_text(Place(lat_e7=value[0], lon_e7=value[1], precision_m=PRECISION_UNSTATED))

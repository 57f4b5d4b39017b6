"""What the faces read of the local register: facilities and delegations, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.core.places import Place, degrees_text, mgrs_text
from armslength.desk import register_cache, views
from armslength.desk.service_read import when

if TYPE_CHECKING:
    from armslength.desk.books import Books

Json = dict[str, Any]


def read_facilities(books: Books) -> list[Json]:
    """Return every facility of the register: id, names, kind, place in degrees and MGRS, rings in metres.

    All but the facts stand in the view, so that a register of many thousands is listed without reading the journal.
    """
    cache = register_cache.Cache(books)
    rows = sorted(views.rows(books.unit, views.FACILITIES), key=lambda pair: (pair[1][1], pair[1][3] or 0))
    return [_facility_json(cache, key.decode(), row) for key, row in rows]


def _facility_json(cache: register_cache.Cache, facility_id: str, row: views.Row) -> Json:
    place = Place(lat_e7=row[4], lon_e7=row[5], precision_m=row[10])
    known = cache.facility(facility_id) if row[16] else None
    return {
        "facility_id": facility_id,
        "names": [{"language": language, "name": name} for language, name in row[11]],
        "kind": row[8],
        "place": degrees_text(place),
        "mgrs": mgrs_text(place),
        "site_radius_m": row[6],
        "rings_m": list(row[7]),
        "special_sign": row[15],
        "facts": [
            {"text": f.text, "value": f.value, "unit": f.unit, "source": f.source, "as_of": when(f.as_of)}
            for f in (() if known is None else known.facts)
        ],
    }


def read_delegations(books: Books) -> list[Json]:
    """Return every delegation and voice authority, and whether a countersignature is still owed."""
    found = []
    for key, row in views.rows(books.unit, views.DELEGATIONS):
        voice = row[20] == "voice"
        signed_at = row.get(32)
        found.append(
            {
                "id": key.hex(),
                "kind": row[20],
                "officers": list(row.get(21, ())),
                "forms": list(row.get(22, ())),
                "facility": row.get(23),
                "valid_from": when(row[24]),
                "valid_until": when(row[25]),
                "covers_checks": row.get(27) is True,
                "draft": row[28].hex() if voice else None,
                "given_by": row.get(29) if voice else row.get(5),
                "recorded_by": row.get(5),
                "countersigned_at": when(signed_at),
                "countersignature_owed": voice and signed_at is None,
            }
        )
    return found

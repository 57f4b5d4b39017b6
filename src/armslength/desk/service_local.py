"""What the faces read of the local register: facilities and delegations, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.core.places import degrees_text, mgrs_text
from armslength.desk import views, watching
from armslength.desk.service_read import when

if TYPE_CHECKING:
    from armslength.desk.books import Books

Json = dict[str, Any]


def read_facilities(books: Books) -> list[Json]:
    """Return every facility of the register: id, names, kind, place in degrees and MGRS, rings in metres."""
    return [
        {
            "facility_id": one.facility_id,
            "names": [{"language": language, "name": name} for language, name in one.names],
            "kind": one.kind,
            "place": degrees_text(one.place),
            "mgrs": mgrs_text(one.place),
            "site_radius_m": one.site_radius_m,
            "rings_m": list(one.rings_m),
            "special_sign": one.special_sign,
            "facts": [
                {"text": f.text, "value": f.value, "unit": f.unit, "source": f.source, "as_of": when(f.as_of)}
                for f in one.facts
            ],
        }
        for one in watching.known_facilities(books)
    ]


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

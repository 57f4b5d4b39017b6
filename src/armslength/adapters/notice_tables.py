"""Notices in bulk, as relief coordinators keep them: one table, CSV or a workbook, one row a site or a movement.

    reference,type,organisation,contact,function,name_en,name_local,language,coordinates,datum,route,starts_at,ends_at,
    vehicles,plates,markings,headcount,cargo,escort,valid_until,urgency,emergency,recipients,supersedes

The columns are those of the humanitarian forms (`sites_ocha`), with `escort` and `urgency` beside them; lists are
divided by semicolons. What the form of a message has codes for must be one of them, or a word that is known to mean
one: a word that nobody knows is a row's error and no other-cargo, since what is carried decides who may pass.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.adapters.format_table import Layout
from armslength.adapters.sites_ocha import FUNCTION_KINDS
from armslength.adapters.sites_reading import Gathering, gather_table, id_of, needed
from armslength.channels.notices import Kind, Notice, Urgency
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.core.places import Route, parse_place
from armslength.core.precedence import Precedence
from armslength.line import fields, form_values, forms, vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.core.places import Place
    from armslength.register.importing import ImportRun

SOURCE: Final = "humanitarian notices"

COLUMNS: Final = (
    *("reference", "type", "organisation", "contact", "function", "coordinates", "datum", "route"),
    *("starts_at", "ends_at", "recipients"),
)
"""What the table must have beside the columns that one kind of row needs."""

ROUTE_WIDTH_M: Final = 1_000
"""Metres of the corridor of a route, when the row does not say: half a kilometre to either side of a road."""

STOPS_MAX: Final = 100
"""Waypoints of one route: what a person can check on a map in a sitting."""

_DATUMS: Final = frozenset({"wgs84", "wgs 84", "wgs-84", "epsg:4326"})
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0", ""})
_COUNT: Final = re.compile(r"([0-9]{1,6})(?: [^0-9]*)?")
"""A number and what it counts; a second number ("3 trucks and 2 cars") would be lost, so the row is refused."""

_WIDTH: Final = re.compile(r"[0-9]{1,6}")

_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "MOVE_FUNCTION": {
            "relief delivery": "DELIVERY-OF-RELIEF",
            "delivery": "DELIVERY-OF-RELIEF",
            "aid delivery": "DELIVERY-OF-RELIEF",
            "evacuation": "EVACUATION-OF-CIVILIANS",
            "medical evacuation": "EVACUATION-OF-SICK-AND-WOUNDED",
            "medevac": "EVACUATION-OF-SICK-AND-WOUNDED",
            "staff movement": "MOVEMENT-OF-STAFF",
            "mission": "MOVEMENT-OF-STAFF",
            "repair": "REPAIR-OF-SERVICES",
            "demining": "HUMANITARIAN-DEMINING",
            "monitoring": "MONITORING-MISSION",
        },
        "MARKING": {
            "red cross": "RED-CROSS-OR-RED-CRESCENT",
            "red crescent": "RED-CROSS-OR-RED-CRESCENT",
            "un": "UNITED-NATIONS",
            "un flag": "UNITED-NATIONS",
            "united nations": "UNITED-NATIONS",
            "logo": "EMBLEM-OF-ORGANISATION",
            "organisation logo": "EMBLEM-OF-ORGANISATION",
            "none": "NOT-MARKED",
        },
        "CARGO": {
            "medicine": "MEDICAL-SUPPLIES",
            "medicines": "MEDICAL-SUPPLIES",
            "medical": "MEDICAL-SUPPLIES",
            "shelter": "SHELTER-AND-CLOTHING",
            "tools": "TOOLS-AND-SPARE-PARTS",
            "people": "PERSONS-ONLY",
            "passengers": "PERSONS-ONLY",
            "none": "NO-CARGO",
        },
        "ESCORT": {
            "": "NO-ESCORT",
            "no": "NO-ESCORT",
            "none": "NO-ESCORT",
            "unarmed": "UNARMED-ESCORT",
            "armed": "ARMED-ESCORT",
        },
    }
)
"""Vocabulary -> words of coordinators' sheets, in small letters, and the code that each means."""


def read_notices(
    file: OpenFile, received_at: Instant, urgency_of: Mapping[str, Urgency] = MappingProxyType({})
) -> ImportRun[Notice]:
    """Return the notices of a table; a row that cannot be told is refused with its number and the reason.

    Args:
        file: the opened file.
        received_at: when it reached us: a notice that comes late is taken and said.
        urgency_of: further words for the three urgencies, in small letters.

    Raises:
        LocalError: what reading a table raises.
    """
    seen: set[str] = set()

    def make(row: Row, gathering: Gathering[Notice]) -> Notice:
        notice = _notice(row, urgency_of)
        _check_form(notice)
        if notice.key in seen:
            raise LocalError("NOTICE-TWICE", reference=notice.reference, organisation=notice.organisation)
        seen.add(notice.key)
        if late := notice.late(received_at):
            gathering.disagree(notice.reference, "LATE", f"{notice.reference} {late}")
        return notice

    gathering = gather_table(file, Layout(required=COLUMNS, lower=True), SOURCE, make)
    return gathering.run(file.sha256())


def _check_form(notice: Notice) -> None:
    """Refuse a row that its form could not carry: found when the messages are drafted, it would hold up all others.

    Raises:
        LocalError: NOTICE-VALUE.
    """
    entry = forms.form(notice.form)
    values: dict[int, CborValue] = {**notice.values}
    if notice.kind is Kind.MOVEMENT:
        # The desk gives number and version when it enters the row.
        values |= {100: "N-0000-000000", 115: 1}
    known = forms.fields_of(entry)
    for problem in form_values.problems(entry, values, Precedence.ROUTINE):
        if problem.field in values and problem.finding is not form_values.Finding.PRECEDENCE:
            name = known[problem.field].name if problem.field in known else problem.name
            raise LocalError("NOTICE-VALUE", field=name, expected=problem.detail, got="a value that no message takes")


def _notice(row: Row, urgency_of: Mapping[str, Urgency]) -> Notice:
    kind = row.clean("type").lower()
    if kind not in {"site", "movement"}:
        raise LocalError("NOTICE-VALUE", field="type", expected="site or movement", got=kind or "nothing")
    starts_at, ends_at = (parse_rfc3339(needed(row, name)) for name in ("starts_at", "ends_at"))
    until = row.clean("valid_until")
    valid_until = parse_rfc3339(until) if until else ends_at
    urgency = _urgency(row, urgency_of)
    if kind == "site":
        place, values = _site(row)
    else:
        place, values = _movement(row, urgency)
        values |= {105: (starts_at, ends_at), fields.TAKES_EFFECT_AT: starts_at}
    return Notice(
        reference=needed(row, "reference"),
        kind=Kind(kind.upper()),
        organisation=needed(row, "organisation"),
        contact=needed(row, "contact"),
        name=_name(row)[0],
        urgency=urgency,
        from_at=starts_at,
        until_at=ends_at,
        valid_until=valid_until,
        recipients=tuple(one.upper() for one in _list(row, "recipients")),
        supersedes=row.clean("supersedes"),
        values={**values, fields.VALID_UNTIL: valid_until},
        place=(place.lat_e7, place.lon_e7),
        form="SITE-NOTICE" if kind == "site" else "MOVE-NOTICE",
    )


def _site(row: Row) -> tuple[Place, dict[int, CborValue]]:
    place = _place(needed(row, "coordinates"), row)
    name, language = _name(row)
    kind = FUNCTION_KINDS.get(needed(row, "function").lower(), "OTHER-FACILITY")
    values: dict[int, CborValue] = {
        fields.FACILITY_ID: id_of("OCHA", needed(row, "reference")),
        fields.PLACE: place.to_cbor(),
        100: (name, language, kind),
    }
    local = row.clean("name_local")
    if local and local != name:
        values[101] = (local,)
    return place, values


def _movement(row: Row, urgency: Urgency) -> tuple[Place, dict[int, CborValue]]:
    stops = [_stop(part, row) for part in _list(row, "route")]
    if not 2 <= len(stops) <= STOPS_MAX:
        raise LocalError("NOTICE-VALUE", field="route", expected=f"2 to {STOPS_MAX} waypoints", got=len(stops))
    width = row.clean("route_width_m") or str(ROUTE_WIDTH_M)
    if not _WIDTH.fullmatch(width):
        raise LocalError("NOTICE-VALUE", field="route_width_m", expected="whole metres", got=width)
    route = Route(points=tuple(place for _, place in stops), width_m=int(width))
    values: dict[int, CborValue] = {
        101: (needed(row, "organisation"),),
        102: (needed(row, "contact"),),
        103: _codes(row, "function", "MOVE_FUNCTION"),
        104: urgency.value,
        106: route.to_cbor(),  # type: ignore[dict-item]  # a tuple of the encoding
        108: _number(row, "vehicles"),
        110: _codes(row, "markings", "MARKING"),
        111: _number(row, "headcount"),
        112: _codes(row, "cargo", "CARGO"),
        113: _code(row.clean("escort"), "escort", "ESCORT"),
    }
    named = _named_stops(row, stops)
    if named:
        values[107] = named
    plates = _list(row, "plates")
    if plates:
        values[109] = tuple(dict.fromkeys(plates))
    if row.clean("supersedes"):
        values[114] = row.clean("supersedes")
    return stops[0][1], values


def _named_stops(row: Row, stops: Iterable[tuple[str, Place]]) -> tuple[CborValue, ...]:
    language = row.clean("language") or "und"
    return tuple(
        (f"STOP-{number}", name, language, "OTHER-FACILITY", place.to_cbor())
        for number, (name, place) in enumerate(stops, start=1)
        if name
    )


def _name(row: Row) -> tuple[str, str]:
    english, local = row.clean("name_en"), row.clean("name_local")
    if english or not local:
        return english or needed(row, "reference"), "en"
    return local, row.clean("language") or "und"


def _stop(text: str, row: Row) -> tuple[str, Place]:
    name, colon, place = text.rpartition(":")
    return (name.strip(), _place(place.strip(), row)) if colon else ("", _place(text, row))


def _place(text: str, row: Row) -> Place:
    datum = row.clean("datum").lower()
    if datum not in _DATUMS:
        # Old maps of the region are up to 150 m off, and nobody sees it.
        raise LocalError("NOTICE-VALUE", field="datum", expected="WGS 84", got=datum or "nothing")
    return parse_place(text)


def _urgency(row: Row, further: Mapping[str, Urgency]) -> Urgency:
    said = row.clean("urgency").lower()
    if not said:
        flag = row.clean("emergency").lower()
        if flag not in _YES | _NO:
            raise LocalError("NOTICE-VALUE", field="emergency", expected="yes or no", got=flag)
        return Urgency.EMERGENCY if flag in _YES else Urgency.ROUTINE
    found = further.get(said) or next((one for one in Urgency if one.value.lower() == said), None)
    if found is None:
        raise LocalError("NOTICE-VALUE", field="urgency", expected="emergency, urgent or routine", got=said)
    return found


def _list(row: Row, name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in row.clean(name).split(";") if part.strip())


def _codes(row: Row, name: str, vocabulary: str) -> tuple[str, ...]:
    said = _list(row, name)
    if not said:
        raise LocalError("NOTICE-VALUE", field=name, expected=", ".join(_known(vocabulary)), got="nothing")
    return tuple(dict.fromkeys(_code(one, name, vocabulary) for one in said))


def _code(said: str, name: str, vocabulary: str) -> str:
    known = _known(vocabulary)
    spelt = said.upper().replace(" ", "-").replace("_", "-")
    found = spelt if spelt in known else _WORDS[vocabulary].get(said.lower())
    if found is None:
        raise LocalError("NOTICE-VALUE", field=name, expected=", ".join(known), got=said)
    return found


def _known(vocabulary: str) -> tuple[str, ...]:
    return tuple(vocabularies.VOCABULARIES[vocabulary].codes)


def _number(row: Row, name: str) -> int:
    said = needed(row, name)
    found = _COUNT.fullmatch(said)
    if found is None:
        raise LocalError("NOTICE-VALUE", field=name, expected="one number, first, for example 3 trucks", got=said)
    return int(found[1])

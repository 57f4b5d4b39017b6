"""Sites and movements as humanitarian organisations notify them (OCHA's forms), from one table.

    reference,type,organisation,contact,function,name_en,name_local,language,coordinates,datum,route,starts_at,ends_at,
    vehicles,plates,markings,headcount,cargo,valid_until,emergency,recipients,supersedes

A row of type ``site`` becomes a facility. A row of type ``movement`` becomes a `Movement` that is kept for the notices
to come; its route is a list of waypoints, ``name: 47.84N 35.14E; name: 47.51N 34.65E``. The datum must be WGS 84: old
maps of the region are up to 150 m off, and nobody sees it. A notice that comes late is taken and said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.adapters.format_table import Layout
from armslength.adapters.sites_reading import Gathering, Ids, check_region, gather_table, id_of, needed
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.core.places import parse_place
from armslength.core.quantities import Dimension, read_quantity
from armslength.register.facilities import Facility, Fact, Holding
from armslength.register.facility_parts import Agreement, Position
from armslength.register.movements import Movement
from armslength.register.site_kinds import KIND_RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.core.instants import Instant
    from armslength.core.places import Place
    from armslength.register.importing import ImportRun

OCHA: Final = "humanitarian notification form"
"""Source of the rows; the organisation that submitted each stands in it."""

COLUMNS: Final = ("reference", "type", "organisation", "contact", "function", "coordinates", "datum", "route")
"""What the table must have beside the columns that one kind of row needs."""

FUNCTION_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("hospital", "health", "clinic", "maternity", "ambulance base"), "HOSPITAL"),
        **dict.fromkeys(("water", "water works", "water supply"), "WATER-WORKS"),
        "pumping station": "PUMPING-STATION",
        "electricity": "SUBSTATION",
        "port": "PORT",
        "fuel": "FUEL-STORE",
        "dam": "DAM",
    }
)
"""Function of a site to the kind of facility; another function is a facility of no kind."""

_DATUMS: Final = frozenset({"wgs84", "wgs 84", "wgs-84", "epsg:4326"})
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What one table of notices holds: the sites as an import, the movements beside them."""

    sites: ImportRun[Facility]
    movements: tuple[Movement, ...]


def read_ocha(file: OpenFile, options: SiteOptions) -> ImportRun[Facility]:
    """Return the sites of a table of notices; movements are counted as left out.

    Raises:
        LocalError: what reading a table raises.
    """
    return read_notices(file, options).sites


def read_notices(file: OpenFile, options: SiteOptions) -> Notices:
    """Return the sites and the movements of a table of notices.

    Raises:
        LocalError: what reading a table raises.
    """
    ids = Ids()
    movements: list[Movement] = []

    def notice(row: Row, gathering: Gathering[Facility]) -> Facility | None:
        kind = row.clean("type").lower()
        if kind == "site":
            site = _site(row, options)
            ids.once(site.facility_id)
            return site
        if kind != "movement":
            raise LocalError("SITES-ROW", expected="the type site or movement", got=kind)
        movement = _movement(row)
        ids.once(movement.reference)
        movements.append(movement)
        gathering.skip("movement, kept for a notice")
        late = movement.short_notice(options.received_at)
        if late:
            gathering.disagree(movement.reference, "NOTICE", late)
        return None

    gathering = gather_table(file, Layout(required=COLUMNS, lower=True), OCHA, notice)
    return Notices(sites=gathering.run(file.sha256()), movements=tuple(movements))


def _source(row: Row) -> str:
    return f"{OCHA} {needed(row, 'reference')} of {needed(row, 'organisation')}"


def _place(text: str, row: Row) -> Place:
    datum = row.clean("datum").lower()
    if datum not in _DATUMS:
        raise LocalError("SITES-PLACE", expected="the datum WGS 84", got=datum or "no datum")
    return parse_place(text)


def _site(row: Row, options: SiteOptions) -> Facility:
    source = _source(row)
    place = _place(needed(row, "coordinates"), row)
    if options.region is not None:
        check_region(place, options.region)
    function = needed(row, "function")
    kind = FUNCTION_KINDS.get(function.lower(), "OTHER-FACILITY")
    local = row.clean("name_local")
    english = row.clean("name_en")
    names = [("en", english)] if english else []
    if local:
        names.append((row.clean("language") or "und", local))
    until = row.clean("valid_until")
    site = Facility(
        facility_id=id_of("OCHA", needed(row, "reference")),
        names=tuple(names),
        kind=kind,
        place=place,
        site_radius_m=0,
        rings_m=KIND_RULES[kind].rings_m,
        operator_de_jure=(Holding(who=needed(row, "organisation"), since=None, source=source),),
        positions=(Position(place=place, source=source, as_of=options.stated_at),),
        facts=_facts(row, source, options.stated_at),
        agreements=(
            Agreement(
                name="humanitarian notification",
                party="",
                note=row.clean("recipients"),
                source=source,
                since=None,
            ),
        ),
        record_source=source,
    )
    return replace(site, review_due_at=parse_rfc3339(until)) if until else site


def _facts(row: Row, source: str, as_of: Instant) -> tuple[Fact, ...]:
    said = [f"function: {needed(row, 'function')}", f"contact at any hour: {needed(row, 'contact')}"]
    for name in ("markings", "supersedes"):
        text = row.clean(name)
        if text:
            said.append(f"{name}: {text}")
    facts = [Fact(text=text, value="", unit="", source=source, as_of=as_of) for text in said]
    headcount = row.clean("headcount")
    if headcount:
        people = read_quantity(headcount, Dimension.PEOPLE, unit="persons")
        facts.append(Fact(text="people there", value=people.value_text, unit="persons", source=source, as_of=as_of))
    return tuple(facts)


def _movement(row: Row) -> Movement:
    headcount = row.clean("headcount")
    people = read_quantity(headcount, Dimension.PEOPLE, unit="persons").value if headcount else None
    described = (row.clean("vehicles"), row.clean("plates"), row.clean("markings"))
    ends_at = parse_rfc3339(needed(row, "ends_at"))
    until = row.clean("valid_until")
    return Movement(
        reference=needed(row, "reference"),
        organisation=needed(row, "organisation"),
        contact=needed(row, "contact"),
        function=needed(row, "function"),
        name=row.clean("name_en") or row.clean("name_local") or needed(row, "reference"),
        stops=tuple(_stop(part.strip(), row) for part in needed(row, "route").split(";") if part.strip()),
        starts_at=parse_rfc3339(needed(row, "starts_at")),
        ends_at=ends_at,
        vehicles="; ".join(part for part in described if part),
        headcount=None if people is None else int(people),
        cargo=row.clean("cargo"),
        valid_until=parse_rfc3339(until) if until else ends_at,
        emergency=_flag(row.clean("emergency")),
        recipients=tuple(part.strip() for part in row.clean("recipients").split(";") if part.strip()),
        supersedes=row.clean("supersedes"),
        source=_source(row),
    )


def _stop(text: str, row: Row) -> tuple[str, Place]:
    name, colon, place = text.rpartition(":")
    return (name.strip(), _place(place.strip(), row)) if colon else ("", _place(text, row))


def _flag(text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise LocalError("SITES-ROW", expected="yes or no for the emergency", got=text)

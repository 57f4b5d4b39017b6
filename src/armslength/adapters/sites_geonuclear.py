"""GeoNuclearData: one row for each reactor of the world becomes one facility for each site.

    Id,Name,Latitude,Longitude,Country,CountryCode,Status,ReactorType,...,Capacity,LastUpdatedAt,Source,IAEAId
    771,Zaporozhye-1,47.508000,34.627000,Ukraine,UA,Operational,PWR,...

Units of one site share the name before their number. Each unit stays a component with its own place and status. Its
coordinates are not to be trusted alone: all six units at Zaporizhzhia stand at the thermal plant 3.1 km from them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from armslength.adapters.format_table import Layout
from armslength.adapters.sites_power import power_site
from armslength.adapters.sites_reading import UKRAINE, Gathering, gather_table, id_of, needed, place_of
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.core.quantities import Dimension, check_magnitude, read_quantity
from armslength.register.facilities import ACCOUNTS_MAX, Facility, Fact
from armslength.register.facility_parts import Component, Hazard, Position
from armslength.register.importing import Merged, RefusedRow
from armslength.register.merging import disagreements_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.core.instants import Instant
    from armslength.core.places import Place
    from armslength.register.importing import ImportRun

GEONUCLEAR: Final = "GeoNuclearData (C. Stoica and contributors), ODbL 1.0"
"""Source of the reactors."""

COLUMNS: Final = ("Id", "Name", "Latitude", "Longitude", "CountryCode", "Status", "Capacity")
"""What the file must have."""

_UNIT: Final = re.compile(r"(.+?)[ -](?:[A-Z]?[0-9]{1,2}[A-Z]?|[IVX]{1,4})")
_OPERATING: Final = "Operational"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactor:
    """One row: a unit with its site's name, its place, status, type, net power in MW, and when that was stated."""

    row: int
    number: str
    name: str
    site: str
    country: str
    place: Place
    status: str
    model: str
    power_mw: Decimal | None
    as_of: Instant


def read_geonuclear(file: OpenFile, options: SiteOptions) -> ImportRun[Facility]:
    """Return the nuclear sites of a GeoNuclearData file, its units merged.

    Raises:
        LocalError: what reading a table raises.
    """

    def unit(row: Row, gathering: Gathering[Reactor]) -> Reactor | None:
        if not row.clean("Latitude") and not row.clean("Longitude"):
            gathering.skip("without a place")
            return None
        return _reactor(row, options)

    units = gather_table(file, Layout(required=COLUMNS), GEONUCLEAR, unit)
    by_site: dict[tuple[str, str], list[Reactor]] = defaultdict(list)
    for reactor in units.accepted:
        by_site[reactor.country, reactor.site].append(reactor)
    sites: Gathering[Facility] = Gathering(
        source=GEONUCLEAR,
        rows_read=units.rows_read,
        refused=units.refused,
        refused_count=units.refused_count,
        skipped=units.skipped,
    )
    for reactors in by_site.values():
        _add_site(sites, reactors)
    return sites.run(file.sha256())


def _add_site(sites: Gathering[Facility], reactors: Sequence[Reactor]) -> None:
    try:
        site = _site(reactors)
    except LocalError as error:
        for reactor in reactors:
            sites.refuse(RefusedRow(row=reactor.row, code=error.code, reason=error.sentence))
        return
    sites.accepted.append(site)
    if len(reactors) > 1:
        rows = tuple(reactor.row for reactor in reactors)
        sites.merged.append(
            Merged(facility_id=site.facility_id, rows=rows, ground=f"units of one site, {reactors[0].site}")
        )
    sites.disagreements += disagreements_of(site)


def _reactor(row: Row, options: SiteOptions) -> Reactor:
    name, country = needed(row, "Name"), needed(row, "CountryCode")
    unit = _UNIT.fullmatch(name)
    region = UKRAINE if options.region is None and country == "UA" else options.region
    power = row.clean("Capacity")
    updated = row.clean("LastUpdatedAt")
    return Reactor(
        row=row.number,
        number=needed(row, "Id"),
        name=name,
        site=unit[1] if unit else name,
        country=country,
        place=place_of(row.clean("Latitude"), row.clean("Longitude"), region),
        status=needed(row, "Status"),
        model=" ".join(part for part in (row.clean("ReactorType"), row.clean("ReactorModel")) if part),
        power_mw=read_quantity(power, Dimension.POWER, unit="MW").value if power else None,
        as_of=_updated(updated) if updated else options.stated_at,
    )


def _updated(text: str) -> Instant:
    """Some rows state the day alone; its first moment UTC is taken."""
    return parse_rfc3339(f"{text}T00:00:00Z" if len(text) == len("2021-05-31") else text)


def _site(reactors: Sequence[Reactor]) -> Facility:
    first = reactors[0]
    # Where the units' points differ, most units decide; of equal numbers the first of the file.
    places = Counter(reactor.place for reactor in reactors)
    site = power_site(
        facility_id=id_of("GND", first.country, _ascii(first.site) or first.number),
        names=[("en", first.site)],
        kind="NUCLEAR-POWER-PLANT",
        place=places.most_common(1)[0][0],
        source=GEONUCLEAR,
        hazards=_power(reactors),
    )
    return replace(
        site,
        positions=tuple(
            Position(place=place, source=f"{GEONUCLEAR}: {_named(reactors, place)}", as_of=None) for place in places
        ),
        components=tuple(
            Component(
                component_id=id_of("GND", reactor.number),
                name=reactor.name,
                kind=f"reactor {reactor.model}".strip(),
                place=reactor.place,
                source=GEONUCLEAR,
            )
            for reactor in reactors[:ACCOUNTS_MAX]
        ),
        facts=tuple(
            Fact(text=f"{reactor.name}: {reactor.status}", value="", unit="", source=GEONUCLEAR, as_of=reactor.as_of)
            for reactor in reactors[:ACCOUNTS_MAX]
        ),
    )


def _named(reactors: Sequence[Reactor], place: Place) -> str:
    return ", ".join(reactor.name for reactor in reactors if reactor.place == place)


def _power(reactors: Sequence[Reactor]) -> tuple[Hazard, ...]:
    """Return the net electric power of the units in operation."""
    running = [reactor for reactor in reactors if reactor.status == _OPERATING and reactor.power_mw is not None]
    if not running:
        return ()
    total = sum((reactor.power_mw for reactor in running if reactor.power_mw is not None), Decimal(0))
    quantity = check_magnitude("ELECTRIC-POWER", read_quantity(f"{total:f}", Dimension.POWER, unit="MW"))
    note = f"net, {len(running)} of {len(reactors)} units in operation"
    as_of = max(reactor.as_of for reactor in running)
    return (
        Hazard(kind="ELECTRIC-POWER", value=quantity.value_text, unit="MW", note=note, source=GEONUCLEAR, as_of=as_of),
    )


def _ascii(name: str) -> str:
    return name.upper() if name.isascii() else ""

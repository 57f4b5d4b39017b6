"""The Global Power Plant Database (WRI), in its full form and the shortened ones in use, and WRI's own raw sheets.

    name,latitude,longitude,primary_fuel,estimated_generation_gwh_2017
    Zaporozhye,47.5119,34.5863,Nuclear,36992.5

Its points are often right to a hundred metres and sometimes wrong by seventeen kilometres (Kyiv CHP-5 stands at CHP-6,
the Dniester dam at the pumped-storage plant), so that it is one source among several. Six solar parks of Perovo share
one point and stay six.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.adapters.format_table import Layout
from armslength.adapters.sites_power import plant_kind, power_site, stated_power
from armslength.adapters.sites_reading import UKRAINE, Gathering, Ids, gather_table, id_of, needed, place_of
from armslength.register.merging import shared_points

if TYPE_CHECKING:
    from armslength.adapters.format_geo import Region
    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.register.facilities import Facility
    from armslength.register.importing import ImportRun

GPPD: Final = "Global Power Plant Database v1.3 (WRI and others), CC BY 4.0"
"""Source of the database."""

WRI: Final = "WRI raw sheet of the Global Power Plant Database, CC BY 4.0"
"""Source of the raw sheets."""

COLUMNS: Final = ("name", "latitude", "longitude", "primary_fuel")
"""What every form of the database has."""

WRI_COLUMNS: Final = ("Power Plant ID", "Name", "Fuel", "Capacity (MW)", "Latitude", "Longitude")
"""What every raw sheet has."""

_NO_PLACE: Final = "without a place"


def read_gppd(file: OpenFile, options: SiteOptions) -> ImportRun[Facility]:
    """Return the plants of a GPPD file; a row's id is the file's line (`G-21928`) where it states no other.

    Args:
        file: the file, full or shortened.
        options: what is said of it.

    Raises:
        LocalError: what reading a table raises.
    """
    ids = Ids()

    def plant(row: Row, gathering: Gathering[Facility]) -> Facility | None:
        found = gppd_plant(row, options, GPPD)
        if found is None:
            gathering.skip(_NO_PLACE)
            return None
        ids.once(found.facility_id)
        return found

    gathering = gather_table(file, Layout(required=COLUMNS), GPPD, plant)
    gathering.disagreements += shared_points(gathering.accepted)
    return gathering.run(file.sha256())


def gppd_plant(row: Row, options: SiteOptions, source: str) -> Facility | None:
    """Return the plant of a row in the database's columns; None for a row without coordinates."""
    name, lat, lon = needed(row, "name"), row.clean("latitude"), row.clean("longitude")
    if not lat and not lon:
        return None
    return power_site(
        facility_id=_id(row),
        names=[("en", name)],
        kind=plant_kind(row.clean("primary_fuel"), name),
        place=place_of(lat, lon, _region(row, options)),
        source=source,
        hazards=stated_power(row.clean("capacity_mw"), source),
    )


def _id(row: Row) -> str:
    """The row of the whole database names a plant in every shortened form of it."""
    number = row.cells.get("gppd_row")
    if number:
        return id_of("G", number)
    return id_of(row.cells.get("gppd_idnr", "")) if row.cells.get("gppd_idnr") else f"G-{row.number}"


def _region(row: Row, options: SiteOptions) -> Region | None:
    return UKRAINE if options.region is None and row.cells.get("country") == "UKR" else options.region


def read_wri(file: OpenFile, options: SiteOptions) -> ImportRun[Facility]:
    """Return the plants of a raw sheet of WRI; many rows have no coordinates, and are left out and counted.

    Raises:
        LocalError: what reading a table raises.
    """
    ids = Ids()

    def plant(row: Row, gathering: Gathering[Facility]) -> Facility | None:
        name, lat, lon = needed(row, "Name"), row.clean("Latitude"), row.clean("Longitude")
        if not lat and not lon:
            gathering.skip(_NO_PLACE)
            return None
        return power_site(
            facility_id=ids.once(id_of(f"WRI{needed(row, 'Power Plant ID')}")),
            names=[("en", name)],
            kind=plant_kind(row.clean("Fuel"), name),
            place=place_of(lat, lon, _wri_region(row, options)),
            source=WRI,
            hazards=stated_power(row.clean("Capacity (MW)"), WRI),
        )

    gathering = gather_table(file, Layout(required=WRI_COLUMNS), WRI, plant)
    gathering.disagreements += shared_points(gathering.accepted)
    return gathering.run(file.sha256())


def _wri_region(row: Row, options: SiteOptions) -> Region | None:
    return UKRAINE if options.region is None and row.clean("Country") == "Ukraine" else options.region

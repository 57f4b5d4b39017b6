"""Lists of facilities with their names in three languages and fixed rings: 5, 10 and 30 km for every one of them.

    facility_id,name_en,name_uk,name_ru,kind,lat,lon,coord_source
    F-ZNPP,Zaporizhzhia NPP,Запорізька АЕС,Запорожская АЭС,nuclear,47.5119,34.5863,GPPD

The kinds are fuels, and ``dam``. Counts for these rings are compared with other people's, so the rings of the kinds do
not apply here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from armslength.adapters.format_table import Layout
from armslength.adapters.sites_power import plant_kind, power_site
from armslength.adapters.sites_reading import Gathering, Ids, gather_table, id_of, needed, place_of
from armslength.core.errors import LocalError
from armslength.register.merging import shared_points

if TYPE_CHECKING:
    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.register.facilities import Facility
    from armslength.register.importing import ImportRun

RINGS_M: Final = (5_000, 10_000, 30_000)
"""Rings of every facility of such a list, metres."""

COLUMNS: Final = ("facility_id", "name_en", "name_uk", "name_ru", "kind", "lat", "lon", "coord_source")
"""What the list must have."""


def read_reference(file: OpenFile, options: SiteOptions) -> ImportRun[Facility]:
    """Return the facilities of a list.

    Raises:
        LocalError: what reading a table raises.
    """
    ids = Ids()

    def site(row: Row, _gathering: Gathering[Facility]) -> Facility:
        names = [(tag, row.clean(f"name_{tag}")) for tag in ("en", "uk", "ru")]
        named = [(tag, name) for tag, name in names if name]
        if not named:
            raise LocalError("SITES-ROW", expected="a name", got="nothing")
        word = needed(row, "kind").lower()
        made = power_site(
            facility_id=ids.once(id_of(needed(row, "facility_id"))),
            names=named,
            kind="DAM" if word == "dam" else plant_kind(word, named[0][1]),
            place=place_of(row.clean("lat"), row.clean("lon"), options.region),
            source=needed(row, "coord_source"),
        )
        return replace(made, rings_m=RINGS_M)

    gathering = gather_table(file, Layout(required=COLUMNS), "list of facilities with fixed rings", site)
    gathering.disagreements += shared_points(gathering.accepted)
    return gathering.run(file.sha256())

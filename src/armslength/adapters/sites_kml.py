"""Any KML or KMZ map of facilities: places, lines and outlines, with a mapping file or by name and extended data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.adapters.format_geo import read_kml
from armslength.adapters.sites_geojson import cells_of, drawn_site, mapping_of
from armslength.adapters.sites_reading import Gathering, Ids
from armslength.register.importing import RefusedRow
from armslength.register.merging import shared_points

if TYPE_CHECKING:
    from armslength.adapters.format_geo import Placemark
    from armslength.adapters.format_unpack import OpenFile
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.register.facilities import Facility
    from armslength.register.importing import ImportRun


def read_kml_sites(file: OpenFile, options: SiteOptions) -> ImportRun[Facility]:
    """Return the facilities of a map; a row is the placemark's place in the document.

    Raises:
        LocalError: SITES-MAPPING, and what reading KML raises.
    """
    mapping = mapping_of(options, file.name)
    gathering: Gathering[Facility] = Gathering(source=mapping.source)
    ids = Ids()

    def site(mark: Placemark) -> Facility | None:
        cell = cells_of({"name": mark.name, **mark.properties}, "")
        return drawn_site(mapping, cell, mark.number, options, mark.geometry, gathering, ids)

    for mark in read_kml(file, repair=True):
        if isinstance(mark, RefusedRow):
            gathering.rows_read += 1
            gathering.refuse(mark)
        else:
            gathering.read(mark.number, site, mark)
    gathering.disagreements += shared_points(gathering.accepted)
    return gathering.run(file.sha256())

"""Any table of facilities, CSV or spreadsheet, read by a mapping file (`armslength.adapters.sites_mapping`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.adapters.sites_mapping import mapped_site, read_mapping
from armslength.adapters.sites_reading import Gathering, Ids, gather_table
from armslength.core.errors import LocalError
from armslength.register.merging import shared_points

if TYPE_CHECKING:
    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.register.facilities import Facility
    from armslength.register.importing import ImportRun

NO_PLACE: Final = "without a place"
"""Reason of a row left out that states no coordinates at all."""


def read_sheet(file: OpenFile, options: SiteOptions) -> ImportRun[Facility]:
    """Return the facilities of a table by the mapping in the options.

    Raises:
        LocalError: SITES-MAPPING, and what reading a table raises.
    """
    if not options.mapping:
        raise LocalError("SITES-MAPPING", key="file", expected="a mapping file for a table of this form", got="none")
    mapping = read_mapping(options.mapping)
    ids = Ids()

    def site(row: Row, gathering: Gathering[Facility]) -> Facility | None:
        made = mapped_site(mapping, row.clean, row.number, options)
        if made is None:
            gathering.skip(NO_PLACE)
            return None
        ids.once(made.facility_id)
        return made

    gathering = gather_table(file, mapping.layout, mapping.source, site)
    gathering.disagreements += shared_points(gathering.accepted)
    return gathering.run(file.sha256())

"""The Global Energy Observatory's plants as the Global Power Plant Database carries them (GEODB).

The columns are the database's own; the points differ from those of GPPD v1.3, which took most of them and moved some,
so that holding both against each other finds the wrong ones.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from armslength.adapters.format_table import Layout
from armslength.adapters.sites_gppd import COLUMNS, gppd_plant
from armslength.adapters.sites_reading import Gathering, Ids, gather_table
from armslength.register.facilities import Holding
from armslength.register.merging import shared_points

if TYPE_CHECKING:
    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.register.facilities import Facility
    from armslength.register.importing import ImportRun

GEODB: Final = "Global Energy Observatory (GEODB) in the Global Power Plant Database, CC BY 4.0"
"""Source of the plants."""

_PREFIX: Final = re.compile(r"GEODB[0-9]+")


def is_geodb(identifier: str) -> bool:
    """Tell whether a row's identifier is one of GEODB; the columns alone do not tell it from GPPD."""
    return _PREFIX.fullmatch(identifier) is not None


def read_geodb(file: OpenFile, options: SiteOptions) -> ImportRun[Facility]:
    """Return the plants of a GEODB file.

    Raises:
        LocalError: what reading a table raises.
    """
    ids = Ids()

    def plant(row: Row, gathering: Gathering[Facility]) -> Facility | None:
        found = gppd_plant(row, options, GEODB)
        if found is None:
            gathering.skip("without a place")
            return None
        ids.once(found.facility_id)
        owner = row.clean("owner")
        return found if not owner else replace(found, operator_de_jure=(Holding(who=owner, since=None, source=GEODB),))

    gathering = gather_table(file, Layout(required=(*COLUMNS, "gppd_idnr")), GEODB, plant)
    gathering.disagreements += shared_points(gathering.accepted)
    return gathering.run(file.sha256())

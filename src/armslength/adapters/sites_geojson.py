"""Any GeoJSON map of facilities: points, lines and outlines, with a mapping file or by plain properties.

Without a mapping a feature's ``name`` (or ``name:uk``, ``name:en``, ``name:ru``) names it, its ``id`` or
``facility_id`` identifies it, ``kind`` is a kind of the register, and the kind that was said for the file holds for the
rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.adapters.format_geo import REPAIRED, read_geometry
from armslength.adapters.format_json import read_features, read_json
from armslength.adapters.format_rows import clean_cell
from armslength.adapters.sites_mapping import SiteMapping, mapped_site, read_mapping
from armslength.adapters.sites_outlines import outline_of
from armslength.adapters.sites_reading import Gathering, Ids
from armslength.core.errors import LocalError
from armslength.register.importing import RefusedRow
from armslength.register.merging import shared_points

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.adapters.format_geo import Geometry
    from armslength.adapters.format_json import Feature
    from armslength.adapters.format_unpack import OpenFile
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.register.facilities import Facility
    from armslength.register.importing import ImportRun

PLAIN: Final = SiteMapping(
    source="a map",
    language="und",
    columns={
        "id": "facility_id",
        "name": "name",
        "kind": "kind",
        "operator": "operator",
        "special_sign": "special_sign",
        "site_radius_m": "site_radius_m",
    },
    names={"uk": "name:uk", "en": "name:en", "ru": "name:ru"},
)
"""What a map without a mapping file is read by."""

_VALUE_CHARS_MAX: Final = 4_000
"""Characters of one property that is read."""


def read_geojson(file: OpenFile, options: SiteOptions) -> ImportRun[Facility]:
    """Return the facilities of a map; a row is the feature's place in the collection.

    Raises:
        LocalError: SITES-MAPPING, and what reading JSON raises.
    """
    mapping = mapping_of(options, file.name)
    gathering: Gathering[Facility] = Gathering(source=mapping.source)
    ids = Ids()

    def site(feature: Feature) -> Facility | None:
        geometry = read_geometry(feature.geometry, repair=True)
        cell = cells_of(feature.properties, feature.feature_id)
        return drawn_site(mapping, cell, feature.number, options, geometry, gathering, ids)

    for feature in read_features(read_json(file), file.name):
        if isinstance(feature, RefusedRow):
            gathering.rows_read += 1
            gathering.refuse(feature)
        else:
            gathering.read(feature.number, site, feature)
    gathering.disagreements += shared_points(gathering.accepted)
    return gathering.run(file.sha256())


def mapping_of(options: SiteOptions, name: str) -> SiteMapping:
    """Return the mapping that was given, or the plain one with the file's name as its source.

    Raises:
        LocalError: SITES-MAPPING.
    """
    if options.mapping:
        return read_mapping(options.mapping)
    return SiteMapping(
        source=f"file {clean_cell(name) or 'without a name'}",
        language=PLAIN.language,
        columns=PLAIN.columns,
        names=PLAIN.names,
    )


def cells_of(properties: Mapping[str, Any], feature_id: str) -> Callable[[str], str]:
    """Return a reader of properties as text; the feature's own id stands in for one that they do not have."""

    def cell(name: str) -> str:
        value = properties.get(name)
        if value is None or isinstance(value, bool | dict | list):
            return clean_cell(feature_id) if name in {"facility_id", "id"} else ""
        text = str(value)
        if len(text) > _VALUE_CHARS_MAX:
            raise LocalError("SITES-ROW", expected=f"at most {_VALUE_CHARS_MAX} characters in {name}", got=len(text))
        return clean_cell(text)

    return cell


def drawn_site(
    mapping: SiteMapping,
    cell: Callable[[str], str],
    number: int,
    options: SiteOptions,
    geometry: Geometry,
    gathering: Gathering[Facility],
    ids: Ids,
) -> Facility | None:
    """Return the facility of one drawn feature.

    Raises:
        LocalError: what a facility's values raise.
    """
    made = mapped_site(mapping, cell, number, options, outline_of(geometry, mapping.source, options.as_of))
    if made is None:
        return None
    ids.once(made.facility_id)
    if REPAIRED in geometry.notes:
        said = f"{made.facility_id}: its outline crosses itself and was repaired; look at it."
        gathering.disagree(made.facility_id, "SHAPE", said)
    return made

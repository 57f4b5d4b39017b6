"""Power plants and substations of OpenStreetMap, as GeoJSON with their outlines.

Mappers write as they please, and nothing of it is dropped or guessed: outputs with their doubts said ("3,680 mW"),
names with a Latin i among Cyrillic letters as they stand (matching folds them), and a name that says "former" ends the
site's life at the latest by the day of the extract. What has no name is called so, since it is a substation none the
less.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from armslength.adapters.format_geo import REPAIRED, read_geometry
from armslength.adapters.format_json import read_features, read_json
from armslength.adapters.format_rows import clean_cell
from armslength.adapters.sites_outlines import outline_of
from armslength.adapters.sites_power import capacity, doubts_said, plant_kind
from armslength.adapters.sites_reading import Gathering, Ids, check_region, id_of, language_of
from armslength.core.errors import LocalError
from armslength.core.folding import fold
from armslength.register.facilities import Facility, Fact, Holding
from armslength.register.facility_parts import Life, Position
from armslength.register.importing import RefusedRow
from armslength.register.site_kinds import KIND_RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.adapters.format_json import Feature
    from armslength.adapters.format_unpack import OpenFile
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.core.instants import Instant
    from armslength.register.facility_parts import Hazard
    from armslength.register.importing import ImportRun

OSM: Final = "OpenStreetMap contributors, ODbL 1.0"
"""Source of the map."""

_FORMER: Final = frozenset(
    {"колишня", "колишній", "колишнє", "бывшая", "бывший", "ex", "former", "закинута", "abandoned"}
)
_OUTPUT: Final = "plant:output:electricity"
_VOLTAGES: Final = re.compile(r"[0-9]{3,7}(?:;[0-9]{3,7}){0,9}")
_TEXT_CHARS_MAX: Final = 500
"""Characters of one tag's value: OpenStreetMap allows 255."""


def read_osm_power(file: OpenFile, options: SiteOptions) -> ImportRun[Facility]:
    """Return the plants and substations of an extract; a feature's row is its place in the collection.

    Args:
        file: GeoJSON, packed or not.
        options: `as_of` is the day of the extract.

    Raises:
        LocalError: what reading JSON raises.
    """
    gathering: Gathering[Facility] = Gathering(source=OSM)
    ids = Ids()

    def site(feature: Feature) -> Facility:
        made = _site(feature, options, gathering)
        ids.once(made.facility_id)
        return made

    for feature in read_features(read_json(file), file.name):
        if isinstance(feature, RefusedRow):
            gathering.rows_read += 1
            gathering.refuse(feature)
        else:
            gathering.read(feature.number, site, feature)
    return gathering.run(file.sha256())


class _Tags:
    """A feature's tags as text."""

    def __init__(self, properties: Mapping[str, Any]) -> None:
        self._properties = properties

    def __call__(self, name: str) -> str:
        value = self._properties.get(name)
        if value is None or isinstance(value, bool | dict | list):
            return ""
        text = clean_cell(str(value))
        if len(text) > _TEXT_CHARS_MAX:
            raise LocalError("SITES-ROW", expected=f"at most {_TEXT_CHARS_MAX} characters in {name}", got=len(text))
        return text


def _site(feature: Feature, options: SiteOptions, gathering: Gathering[Facility]) -> Facility:
    tags = _Tags(feature.properties)
    facility_id = id_of("OSM", tags("osm_type") or "element", tags("osm_id") or feature.feature_id)
    geometry = read_geometry(feature.geometry, repair=True)
    outline = outline_of(geometry, OSM, options.as_of, precision_m=1)
    if options.region is not None:
        check_region(outline.place, options.region)
    if REPAIRED in geometry.notes:
        gathering.disagree(
            facility_id, "SHAPE", f"{facility_id}: its outline crosses itself and was repaired; look at it."
        )
    kind = _kind(tags)
    names = _names(tags, facility_id)
    hazards, facts = _output(tags, facility_id, options.stated_at, gathering)
    plain = Facility(
        facility_id=facility_id,
        names=names,
        kind=kind,
        place=outline.place,
        site_radius_m=0,
        rings_m=KIND_RULES[kind].rings_m,
        shape=outline.shape,
        positions=(Position(place=outline.place, source=OSM, as_of=options.as_of),),
        hazards=hazards,
        facts=(*facts, *_voltage(tags, options.stated_at)),
        record_source=OSM,
    )
    operator = tags("operator")
    if operator:
        plain = replace(plain, operator_de_jure=(Holding(who=operator, since=None, source=OSM),))
    return _ended(plain, options.stated_at)


def _kind(tags: _Tags) -> str:
    power = tags("power")
    if power == "substation":
        return "SUBSTATION"
    if power != "plant":
        raise LocalError("SITES-ROW", expected="power=plant or power=substation", got=power or "no power")
    if "pumped" in tags("plant:method"):
        return "PUMPED-STORAGE-PLANT"
    return plant_kind(tags("plant:source"), f"{tags('name')} {tags('station_name_en')}")


def _names(tags: _Tags, facility_id: str) -> tuple[tuple[str, str], ...]:
    names: dict[tuple[str, str], None] = {}
    for tag in ("name", "name:uk", "name:ru", "name:en", "station_name_en"):
        text = tags(tag)
        if text:
            named = tag.partition(":")[2] or ("en" if tag == "station_name_en" else language_of(text))
            names[named, text] = None
    if not names:
        # A name of ours, so that nobody takes it for one of the map's.
        names["en", f"unnamed {tags('power')} {facility_id}"] = None
    return tuple(names)


def _output(
    tags: _Tags, facility_id: str, as_of: Instant, gathering: Gathering[Facility]
) -> tuple[tuple[Hazard, ...], tuple[Fact, ...]]:
    """Return the output as a hazard where it states an amount, else its text as a fact; doubts go to a person."""
    text = tags(_OUTPUT)
    if not text:
        return (), ()
    kept = (Fact(text=f"{_OUTPUT}: {text}", value="", unit="", source=OSM, as_of=as_of),)
    # A plant that stands still is tagged with a bare nought.
    try:
        hazard, quantity = capacity(text, OSM, as_of, unit="MW" if text == "0" else "")
    except LocalError as error:
        gathering.disagree(facility_id, "ELECTRIC-POWER", f'{facility_id}: "{text}" is kept as text. {error.sentence}')
        return (), kept
    if hazard is None:
        return (), kept
    if quantity.doubts:
        read = f"{hazard.value} {hazard.unit}"
        gathering.disagree(facility_id, "ELECTRIC-POWER", f"{facility_id}: taken for {read}, {doubts_said(quantity)}.")
    return (hazard,), ()


def _voltage(tags: _Tags, as_of: Instant) -> tuple[Fact, ...]:
    text = tags("voltage")
    if not _VOLTAGES.fullmatch(text):
        return () if not text else (Fact(text=f"voltage: {text}", value="", unit="", source=OSM, as_of=as_of),)
    levels = sorted({int(level) for level in text.split(";")}, reverse=True)
    said = " and ".join(f"{level / 1000:g} kV" for level in levels)
    return (Fact(text=f"voltage levels {said}", value=f"{levels[0] / 1000:g}", unit="kV", source=OSM, as_of=as_of),)


def _ended(facility: Facility, extract_at: Instant) -> Facility:
    """Return a facility whose name says that it is no more with the latest possible end of its life."""
    former = [name for _, name in facility.names if _FORMER & set(fold(name).split()[:1])]
    if not former:
        return facility
    source = f'{OSM}: named "{former[0]}"; it ended before this extract, and the map does not say when'
    return replace(facility, life=(Life(from_at=None, until_at=extract_at, source=source),))

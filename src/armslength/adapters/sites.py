"""The importers of facilities by name, and which one a file asks for by its own first bytes.

    run = read_sites(path, SiteOptions(received_at=now))            # told by the file's header
    run = read_sites(path, SiteOptions(received_at=now), "gppd")    # or named

A file that no importer claims needs a mapping file, and with one any table or map is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from armslength.adapters.format_sniffing import first_bytes, header_with, opened
from armslength.adapters.format_unpack import OpenFile
from armslength.adapters.sites_reading import SiteOptions
from armslength.core.errors import LocalError
from armslength.register.facilities import Facility
from armslength.register.importing import ImportRun

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Reader: TypeAlias = Callable[[OpenFile, SiteOptions], ImportRun[Facility]]
"""What an importer is: an opened file and what is said of it, to the facilities that would be entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFormat:
    """One importer.

    Args:
        title: what it reads, for a person.
        module: module of the adapters that holds it, loaded when it is used.
        function: the reader in that module.
        recognises: tells by the first bytes, unpacked, whether a file is meant for it; None for the general ones.
    """

    title: str
    module: str
    function: str
    recognises: Callable[[bytes], bool] | None = None

    def reader(self) -> Reader:
        """Return the reader."""
        found: Reader = getattr(import_module(f"armslength.adapters.{self.module}"), self.function)
        return found


_GPPD = header_with("name", "latitude", "longitude", "primary_fuel")
_GEODB_ROW: Final = re.compile(rb"\n[^\n]*\bGEODB[0-9]{4,}")


def _is_geodb(first: bytes) -> bool:
    return header_with("gppd_idnr", "primary_fuel")(first) and _first_row_is_geodb(first)


def _first_row_is_geodb(first: bytes) -> bool:
    second = first.split(b"\n", 2)[1:2]
    return bool(second) and _GEODB_ROW.search(b"\n" + second[0]) is not None


def _is_osm_power(first: bytes) -> bool:
    return b'"FeatureCollection"' in first and b'"osm_id"' in first and b'"power"' in first


def _is_geojson(first: bytes) -> bool:
    return first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and b'"Feature' in first


def _is_kml(first: bytes) -> bool:
    return b"<kml" in first[:4096] or (first.startswith(b"PK") and b"doc.kml" in first)


SITES: Final[Mapping[str, SiteFormat]] = MappingProxyType(
    {
        "geodb": SiteFormat(
            title="Global Energy Observatory plants in GPPD's columns (CSV)",
            module="sites_geodb",
            function="read_geodb",
            recognises=_is_geodb,
        ),
        "reference": SiteFormat(
            title="list of facilities with names in three languages and rings of 5, 10 and 30 km (CSV)",
            module="sites_reference",
            function="read_reference",
            recognises=header_with("facility_id", "name_en", "name_uk", "name_ru", "coord_source"),
        ),
        "gppd": SiteFormat(
            title="Global Power Plant Database, full or shortened (CSV)",
            module="sites_gppd",
            function="read_gppd",
            recognises=_GPPD,
        ),
        "wri": SiteFormat(
            title="raw sheets of the Global Power Plant Database (CSV)",
            module="sites_gppd",
            function="read_wri",
            recognises=header_with("Power Plant ID", "Capacity (MW)", "Latitude"),
        ),
        "geonuclear": SiteFormat(
            title="GeoNuclearData reactors, merged into sites (CSV)",
            module="sites_geonuclear",
            function="read_geonuclear",
            recognises=header_with("ReactorType", "IAEAId", "Latitude"),
        ),
        "osm-power": SiteFormat(
            title="OpenStreetMap power plants and substations (GeoJSON)",
            module="sites_osm_power",
            function="read_osm_power",
            recognises=_is_osm_power,
        ),
        "geonames": SiteFormat(
            title="GeoNames settlements, as facilities of the kind SETTLEMENT (CSV)",
            module="sites_gazetteer",
            function="read_geonames_sites",
            recognises=header_with("geonameid", "alternatenames", "timezone"),
        ),
        "ocha": SiteFormat(
            title="sites and movements of humanitarian organisations (CSV, spreadsheet)",
            module="sites_ocha",
            function="read_ocha",
            recognises=header_with("reference", "type", "organisation", "datum", "route"),
        ),
        "geojson": SiteFormat(
            title="any GeoJSON map", module="sites_geojson", function="read_geojson", recognises=_is_geojson
        ),
        "kml": SiteFormat(
            title="any KML or KMZ map", module="sites_kml", function="read_kml_sites", recognises=_is_kml
        ),
        "table": SiteFormat(
            title="any table with a mapping file (CSV, spreadsheet)", module="sites_sheet", function="read_sheet"
        ),
    }
)
"""Name of an importer, as in `facility import FILE --as gppd`; those that know a file best stand first."""

_BY_MAPPING: Final = ("geojson", "kml")
"""The importers that a mapping file may speak to, beside the one for tables."""


def read_sites(source: Path | tuple[str, bytes], options: SiteOptions, name: str | None = None) -> ImportRun[Facility]:
    """Return what an import of a file would enter; nothing is entered.

    Args:
        source: a file, or its name and bytes.
        options: what is said of it.
        name: an importer; None has the file tell.

    Raises:
        LocalError: SITES-FILE (no such importer, or no importer claims the file), and what the importer raises.
    """
    chosen = told_by(source, options) if name is None else name
    if chosen not in SITES:
        raise LocalError("SITES-FILE", expected=", ".join(SITES), got=chosen)
    with opened(source, options.member) as file:
        return SITES[chosen].reader()(file, options)


def told_by(source: Path | tuple[str, bytes], options: SiteOptions) -> str:
    """Return the name of the importer that a file is meant for.

    Raises:
        LocalError: SITES-FILE, and what the file itself raises.
    """
    sample = first_bytes(source, options.member)
    # A mapping file says what columns and properties mean, whoever wrote them.
    for name in _BY_MAPPING if options.mapping else SITES:
        recognises = SITES[name].recognises
        if recognises is not None and recognises(sample):
            return name
    if options.mapping:
        return "table"
    raise LocalError("SITES-FILE", expected="a header that an importer knows, or a mapping file", got="another form")

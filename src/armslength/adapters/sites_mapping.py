"""A mapping file: which column of somebody's table, or property of somebody's map, is which field of the register.

    source = "Ministry of Health, list of hospitals, November 2022"
    language = "uk"

    [fields]                      # field of the register = column of the file
    id = "Code"
    name = "Назва"
    latitude = "Lat"
    longitude = "Lon"
    kind = "Тип"

    [names]                       # further names by language
    en = "Name"

    [kinds]                       # the file's words for kinds
    "лікарня" = "HOSPITAL"

    [fixed]                       # the same in every row
    rings_m = [1000, 2000]

An example with every key stands in ``examples/facility_mapping.toml``. A key that is not known is refused, since a key
misspelt is a column left out.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from armslength.adapters.format_geo import Region
from armslength.adapters.format_table import Dialect, Layout
from armslength.adapters.sites_power import doubts_said
from armslength.adapters.sites_reading import check_region, id_of, place_of
from armslength.core.errors import LocalError
from armslength.core.places import parse_place
from armslength.core.quantities import HAZARD_DIMENSIONS, check_magnitude, read_quantity
from armslength.register.facilities import RING_M_MAX, Facility, Fact, Holding
from armslength.register.facility_parts import Hazard, Position
from armslength.register.site_kinds import KIND_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.adapters.sites_outlines import Outline
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.core.places import Place

MAPPING_CHARS_MAX: Final = 65_536
"""Characters of a mapping file: one for a table of fifty columns has 3,000."""

FIELDS: Final = frozenset(
    {
        *("id", "name", "latitude", "longitude", "place", "kind", "site_radius_m"),
        *("operator", "controlling_force", "special_sign", "note"),
    }
)
"""Fields that a column may fill."""

FIXED: Final = frozenset({"kind", "rings_m", "site_radius_m", "operator", "controlling_force", "special_sign"})
"""Fields that one value may fill for every row."""

ENCODINGS: Final = ("utf-8", "utf-16", "windows-1251", "windows-1252", "koi8-u", "koi8-r", "cp866", "iso-8859-1")
"""Encodings of tables in use in the region; Python knows a hundred more, some of which are no text."""

_KEYS: Final = frozenset(
    {"source", "language", "id_prefix", "fields", "names", "kinds", "fixed", "hazards", "table", "region"}
)
_TABLE: Final = frozenset({"separator", "encoding", "sheet", "rows_before", "decimal_comma"})
_REGION: Final = ("south", "west", "north", "east")
_CODE: Final = "SITES-MAPPING"


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardColumn:
    """A column that states an amount: of which hazard, and its unit where the column has bare numbers."""

    kind: str
    column: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMapping:
    """A mapping file as it was read.

    Args:
        source: name of the source and its licence.
        language: language tag of names whose language no key says.
        id_prefix: what goes before the file's own ids, so that two lists do not meet in theirs.
        columns: field -> column.
        names: language -> column.
        kinds: the file's word in lower case -> kind.
        fixed: field -> value of every row.
        hazards: columns with amounts.
        layout: how the table is written.
        decimal_comma: whether coordinates have a decimal comma.
        region: where the places must lie.
    """

    source: str
    language: str = "en"
    id_prefix: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    hazards: tuple[HazardColumn, ...] = ()
    layout: Layout = field(default_factory=Layout)
    decimal_comma: bool = False
    region: Region | None = None


def _refuse(key: str, expected: str, got: object) -> LocalError:
    return LocalError(_CODE, key=key, expected=expected, got=got)


def read_mapping(text: str) -> SiteMapping:
    """Return the mapping of a TOML text.

    Raises:
        LocalError: SITES-MAPPING.
    """
    if len(text) > MAPPING_CHARS_MAX:
        raise _refuse("file", f"at most {MAPPING_CHARS_MAX} characters", len(text))
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise _refuse("file", "TOML", str(error)[:120]) from None
    _known(found, _KEYS, "file")
    table = _table(found, "table", _TABLE)
    columns = _texts(_table(found, "fields", FIELDS), "fields")
    if not columns.get("name") and not _table(found, "names"):
        raise _refuse("fields", "a column for the name", "none")
    kinds = {word.lower(): kind for word, kind in _texts(_table(found, "kinds"), "kinds").items()}
    fixed = _fixed(_table(found, "fixed", FIXED))
    for kind in (*kinds.values(), fixed.get("kind", "OTHER-FACILITY")):
        if kind not in KIND_RULES:
            raise _refuse("kinds", "a kind of the register such as HOSPITAL", kind)
    names = _texts(_table(found, "names"), "names")
    hazards = tuple(_hazard(kind, value) for kind, value in _table(found, "hazards").items())
    language, prefix = found.get("language", "en"), found.get("id_prefix", "")
    if not isinstance(language, str) or not isinstance(prefix, str):
        raise _refuse("language, id_prefix", "texts", f"{language} {prefix}")
    return SiteMapping(
        source=_text(found, "source"),
        language=language,
        id_prefix=prefix,
        columns=MappingProxyType(columns),
        names=MappingProxyType(names),
        kinds=MappingProxyType(kinds),
        fixed=MappingProxyType(fixed),
        hazards=hazards,
        layout=_layout(table, (*columns.values(), *names.values(), *(one.column for one in hazards))),
        decimal_comma=table.get("decimal_comma", False) is True,
        region=_region(_table(found, "region", frozenset(_REGION))),
    )


def _known(found: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
    unknown = sorted(set(found) - keys)
    if unknown:
        raise _refuse(where, ", ".join(sorted(keys)), unknown[0])


def _table(found: Mapping[str, Any], key: str, keys: frozenset[str] | None = None) -> dict[str, Any]:
    value = found.get(key, {})
    if not isinstance(value, dict):
        raise _refuse(key, "a table", type(value).__name__)
    if keys is not None:
        _known(value, keys, key)
    return value


def _texts(table: Mapping[str, Any], where: str) -> dict[str, str]:
    for name, value in table.items():
        if not isinstance(value, str) or not value:
            raise _refuse(f"{where}.{name}", "a text", value)
    return dict(table)


def _text(found: Mapping[str, Any], key: str) -> str:
    value = found.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _refuse(key, "a text", value)
    return value


def _fixed(table: dict[str, Any]) -> dict[str, Any]:
    rings = table.get("rings_m", [1])
    if not isinstance(rings, list) or not all(type(ring) is int and 0 < ring <= RING_M_MAX for ring in rings):
        raise _refuse("fixed.rings_m", f"metres from 1 to {RING_M_MAX}, ascending", rings)
    if type(table.get("site_radius_m", 0)) is not int:
        raise _refuse("fixed.site_radius_m", "metres", table["site_radius_m"])
    _texts({name: value for name, value in table.items() if name not in {"rings_m", "site_radius_m"}}, "fixed")
    return table


def _hazard(kind: str, value: object) -> HazardColumn:
    if kind not in HAZARD_DIMENSIONS:
        raise _refuse("hazards", ", ".join(HAZARD_DIMENSIONS), kind)
    if not isinstance(value, dict) or set(value) - {"column", "unit"} or not isinstance(value.get("column"), str):
        raise _refuse(f"hazards.{kind}", "a column and perhaps a unit", value)
    unit = value.get("unit", "")
    if not isinstance(unit, str):
        raise _refuse(f"hazards.{kind}", "a unit such as million m3", unit)
    return HazardColumn(kind=kind, column=value["column"], unit=unit)


def _layout(table: Mapping[str, Any], columns: tuple[str, ...]) -> Layout:
    separator, rows = table.get("separator"), table.get("rows_before", 0)
    if separator is not None and (not isinstance(separator, str) or len(separator) != 1):
        raise _refuse("table.separator", "one character", separator)
    if type(rows) is not int or not 0 <= rows <= 1_000:
        raise _refuse("table.rows_before", "0 to 1000", rows)
    encoding, sheet = table.get("encoding", "utf-8"), table.get("sheet")
    if encoding not in ENCODINGS:
        raise _refuse("table.encoding", ", ".join(ENCODINGS), encoding)
    return Layout(
        required=tuple(dict.fromkeys(columns)),
        dialect=None if separator is None else Dialect(separator=separator),
        encoding=encoding,
        sheet=sheet if isinstance(sheet, str) else None,
        rows_before=rows,
    )


def _region(table: Mapping[str, Any]) -> Region | None:
    if not table:
        return None
    edges = [table.get(name) for name in _REGION]
    if not all(isinstance(edge, int | float) and not isinstance(edge, bool) and abs(edge) <= 180 for edge in edges):
        raise _refuse("region", "south, west, north and east in degrees", edges)
    south, west, north, east = (float(edge) for edge in edges if edge is not None)
    return Region(south_deg=south, west_deg=west, north_deg=north, east_deg=east)


# --- one row ----------------------------------------------------------------------------------------------------------


def mapped_site(
    mapping: SiteMapping, cell: Callable[[str], str], row: int, options: SiteOptions, outline: Outline | None = None
) -> Facility | None:
    """Return the facility of one row or feature; None for a row without a place.

    Args:
        mapping: the mapping.
        cell: gives a column's text, empty when the row has none.
        row: its number, of which the id is made where no column has one.
        options: what is said of the file.
        outline: the geometry of a feature; a table has none.

    Raises:
        LocalError: SITES-ROW, SITES-PLACE, and what a facility's values raise.
    """

    def value(name: str) -> str:
        column = mapping.columns.get(name)
        return (cell(column) if column else "") or str(mapping.fixed.get(name, ""))

    place = _place(mapping, value, options) if outline is None else outline.place
    if place is None:
        return None
    region = mapping.region or options.region
    if region is not None:
        check_region(place, region)
    kind = _kind(mapping, value, options)
    source = mapping.source
    site = Facility(
        facility_id=id_of(mapping.id_prefix, value("id") or f"row-{row}"),
        names=_names(mapping, cell),
        kind=kind,
        place=place,
        site_radius_m=_metres(value("site_radius_m")),
        rings_m=tuple(mapping.fixed.get("rings_m", KIND_RULES[kind].rings_m)),
        shape=None if outline is None else outline.shape,
        special_sign=value("special_sign") or "NOT-KNOWN",
        positions=(Position(place=place, source=source, as_of=options.as_of),),
        hazards=_hazards(mapping, cell, options),
        record_source=source,
    )
    return _with_accounts(site, value, source, options)


def _with_accounts(site: Facility, value: Callable[[str], str], source: str, options: SiteOptions) -> Facility:
    operator, force, note = value("operator"), value("controlling_force"), value("note")
    if operator:
        site = replace(site, operator_de_jure=(Holding(who=operator, since=None, source=source),))
    if force:
        site = replace(site, controlling_force_de_facto=(Holding(who=force, since=None, source=source),))
    if note:
        fact = Fact(text=note, value="", unit="", source=source, as_of=options.stated_at)
        site = replace(site, facts=(fact,))
    return site


def _place(mapping: SiteMapping, value: Callable[[str], str], options: SiteOptions) -> Place | None:
    written = value("place")
    if written:
        return parse_place(written)
    lat, lon = value("latitude"), value("longitude")
    if not lat and not lon:
        return None
    if mapping.decimal_comma:
        lat, lon = lat.replace(",", "."), lon.replace(",", ".")
    return place_of(lat, lon, mapping.region or options.region)


def _kind(mapping: SiteMapping, value: Callable[[str], str], options: SiteOptions) -> str:
    word = value("kind")
    if not word:
        return options.kind
    kind = mapping.kinds.get(word.lower(), word)
    if kind not in KIND_RULES:
        raise LocalError("SITES-ROW", expected="a kind that the mapping's [kinds] knows", got=word)
    return kind


def _names(mapping: SiteMapping, cell: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    named = [(mapping.language, cell(mapping.columns["name"]))] if "name" in mapping.columns else []
    named += [(language, cell(column)) for language, column in mapping.names.items()]
    names = tuple(dict.fromkeys((language, name) for language, name in named if name))
    if not names:
        raise LocalError("SITES-ROW", expected="a name", got="nothing")
    return names


def _metres(text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or len(text) > 6:
        raise LocalError("SITES-ROW", expected="whole metres for the site's radius", got=text)
    return int(text)


def _hazards(mapping: SiteMapping, cell: Callable[[str], str], options: SiteOptions) -> tuple[Hazard, ...]:
    found = []
    for column in mapping.hazards:
        text = cell(column.column)
        if not text:
            continue
        bare = not any(char.isalpha() for char in text)
        dimension = HAZARD_DIMENSIONS[column.kind]
        quantity = read_quantity(f"{text} {column.unit}" if bare else text, dimension)
        check_magnitude(column.kind, quantity)
        if quantity.value is None:
            raise LocalError("QUANTITY-FORMAT", expected=f"an amount in {column.column}", got=text)
        found.append(
            Hazard(
                kind=column.kind,
                value=quantity.value_text,
                unit=quantity.unit,
                note=doubts_said(quantity),
                source=mapping.source,
                as_of=options.stated_at,
            )
        )
    return tuple(found)

"""Any map or table of reports, read by a mapping file (`armslength.adapters.feed_mapping`).

A point is a place; an area or a line is its middle, with its furthest corner as the uncertainty. The mapping says what
the properties mean, what a point is worth and how the source is graded; without that nothing is read.

Grade: as the mapping says, F6 (cannot be judged) when it says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.adapters.feed_mapping import mapped_report, read_mapping
from armslength.adapters.feed_places import Extent, area_extent
from armslength.adapters.feed_reading import gather, place_at, wrong
from armslength.adapters.format_geo import LineString, MultiPolygon, Point, read_geometry
from armslength.adapters.format_json import read_features, read_json
from armslength.adapters.format_table import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.adapters.feed_reading import FeedOptions
    from armslength.adapters.format_geo import Position, Shape
    from armslength.adapters.format_json import Feature
    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.register.importing import ImportRun
    from armslength.register.reports import Report

PROPERTY_CHARS_MAX: Final = 16_000
"""Characters of one property that is read: what a report's text may have."""


def read_geojson(file: OpenFile, options: FeedOptions) -> ImportRun[Report]:
    """Return the features of a map as reports; a row is the feature's place in the collection.

    Raises:
        LocalError: FEED-MAPPING, FILE-FORMAT, FILE-TOO-LARGE and what the file raises.
    """
    mapping = read_mapping(options.mapping)

    def report(feature: Feature) -> Report:
        cell = _cells(feature.properties, feature.feature_id)
        return mapped_report(mapping, cell, options, feature.number, _extent(read_geometry(feature.geometry).shape))

    return gather(file, mapping.source, read_features(read_json(file), file.name), report, options)


def read_mapped_table(file: OpenFile, options: FeedOptions) -> ImportRun[Report]:
    """Return the rows of a table (CSV, TSV, XLSX, ODS) as reports.

    Raises:
        LocalError: FEED-MAPPING, FEED-HEADER, FEED-ROW and what the file raises.
    """
    mapping = read_mapping(options.mapping)
    table = read_table(file, mapping.layout)

    def report(row: Row) -> Report:
        return mapped_report(mapping, lambda name: row.cells.get(name, ""), options, row.number, None)

    return gather(file, mapping.source, table.rows, report, options, table.skipped)


def _cells(properties: Mapping[str, Any], feature_id: str) -> Callable[[str], str]:
    def cell(name: str) -> str:
        value = properties.get(name)
        if value is None or isinstance(value, bool | dict | list):
            return feature_id if name == "id" else ""
        text = str(value)
        if len(text) > PROPERTY_CHARS_MAX:
            raise wrong(name, f"at most {PROPERTY_CHARS_MAX} characters", len(text))
        return text

    return cell


def _extent(shape: Shape) -> Extent:
    if isinstance(shape, Point):
        return Extent(place_at(shape.lat_deg, shape.lon_deg), 0)
    corners: tuple[Position, ...]
    if isinstance(shape, LineString):
        corners = shape.points
    elif isinstance(shape, MultiPolygon):
        corners = tuple(corner for part in shape.polygons for corner in part.outer)
    else:
        corners = shape.outer
    return area_extent([(lat, lon) for lon, lat in corners])

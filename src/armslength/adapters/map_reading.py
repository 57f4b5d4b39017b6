"""Layers of a map from outside: GeoJSON of borders, places or waters, cut down to what is drawn.

What is kept is geometry and one name a feature. A feature that cannot be read is refused by its number and the rest is
read; a file that is not what it claims to be is refused as a whole. Nothing is fetched.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from armslength.adapters.format_geo import LineString, MultiPolygon, Point, Polygon, read_geometry
from armslength.adapters.format_json import parse_json, read_features
from armslength.adapters.format_rows import clean_cell
from armslength.core.errors import LocalError
from armslength.desk.map_layers import BORDERS, PLACES, LayerRead, RefusedFeature
from armslength.register.importing import RefusedRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.adapters.format_geo import Position
    from armslength.adapters.format_json import Feature

Json = dict[str, Any]

FILE_BYTES_MAX: Final = 32 * 1024 * 1024
"""Bytes of one file: Natural Earth's finest rivers of the world have 13 MB, its finest borders 5."""

FEATURES_MAX: Final = 50_000
"""Features of one layer: Natural Earth has 7,300 places, a country's gazetteer some 30,000 settlements."""

POINTS_MAX: Final = 600_000
"""Points of one layer: the finest borders of the world have 250,000; more of them stop the map under the hand."""

NAME_CHARS: Final = 120
"""Characters of a name on the map; longer ones are cut."""

DECIMALS: Final = 5
"""Decimals of a degree that are kept: a metre."""


class MapReader:
    """Reads layers (`armslength.desk.map_layers.LayerFormats`)."""

    def read(self, name: str, data: bytes, kind: str) -> LayerRead:
        """Return what a file holds for a kind of layer; nothing is entered.

        Raises:
            LocalError: FILE-TOO-LARGE, FILE-FORMAT, MAP-LAYER-EMPTY.
        """
        if len(data) > FILE_BYTES_MAX:
            raise LocalError("FILE-TOO-LARGE", file=name, expected=f"at most {FILE_BYTES_MAX} bytes")
        kept: list[Json] = []
        refused: list[RefusedFeature] = []
        points = 0
        for number, feature in enumerate(read_features(parse_json(data, name), name), start=1):
            if number > FEATURES_MAX:
                raise LocalError("FILE-TOO-LARGE", file=name, expected=f"at most {FEATURES_MAX} features")
            if isinstance(feature, RefusedRow):
                refused.append(RefusedFeature(number=number, code=feature.code, reason=feature.reason))
                continue
            try:
                geometries = [_geometry(one, kind) for one in _single(feature.geometry)]
            except LocalError as error:
                refused.append(RefusedFeature(number=number, code=error.code, reason=str(error)))
                continue
            points += sum(_points(one["coordinates"]) for one in geometries)
            if points > POINTS_MAX:
                raise LocalError("FILE-TOO-LARGE", file=name, expected=f"at most {POINTS_MAX} points")
            named = {"name": _name(feature)}
            kept += [{"type": "Feature", "properties": named, "geometry": one} for one in geometries]
        if not kept:
            raise LocalError(
                "MAP-LAYER-EMPTY", file=name, expected=f"features for {kind}", got=f"{len(refused)} refused"
            )
        collection = {"type": "FeatureCollection", "features": kept}
        text = json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return LayerRead(data=text.encode(), features=len(kept), refused=tuple(refused))


def _single(geometry: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON
    """Yield the parts of several lines or points one by one: each is drawn alone."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    parts = geometry.get("coordinates") if kind in {"MultiLineString", "MultiPoint"} else None
    if isinstance(parts, list):
        yield from ({"type": str(kind).removeprefix("Multi"), "coordinates": part} for part in parts)
    else:
        yield geometry


def _geometry(value: Any, kind: str) -> Json:  # noqa: ANN401 - JSON
    shape = read_geometry(value, repair=True).shape
    if isinstance(shape, Point):
        if kind != PLACES:
            raise LocalError("GEOMETRY-KIND", expected=f"lines or areas for {kind}", got="Point")
        return {"type": "Point", "coordinates": _position((shape.lon_deg, shape.lat_deg))}
    if kind == PLACES:
        raise LocalError("GEOMETRY-KIND", expected="points for places", got=type(shape).__name__)
    if isinstance(shape, LineString):
        return {"type": "LineString", "coordinates": _line(shape.points)}
    polygons = shape.polygons if isinstance(shape, MultiPolygon) else (shape,)
    if kind == BORDERS:
        # An area says whose land it is; a border is a line, and is drawn as one.
        return {"type": "MultiLineString", "coordinates": [_line(ring) for one in polygons for ring in one.rings]}
    return {"type": "MultiPolygon", "coordinates": [_rings(one) for one in polygons]}


def _rings(polygon: Polygon) -> list[list[list[float]]]:
    return [_line(ring) for ring in polygon.rings]


def _line(points: tuple[Position, ...]) -> list[list[float]]:
    return [_position(one) for one in points]


def _position(one: Position) -> list[float]:
    return [round(one[0], DECIMALS), round(one[1], DECIMALS)]


def _points(coordinates: Any) -> int:  # noqa: ANN401 - nested lists of positions
    if coordinates and isinstance(coordinates[0], list):
        return sum(_points(one) for one in coordinates)
    return 1


def _name(feature: Feature) -> str:
    for key in ("name", "NAME", "name_en", "name:en"):
        value = feature.properties.get(key)
        if isinstance(value, str) and value.strip():
            return clean_cell(value)[:NAME_CHARS]
    return ""

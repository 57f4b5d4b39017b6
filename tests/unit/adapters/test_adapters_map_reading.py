"""Layers of a map from outside: what is kept, what is refused, and that one bad feature spoils no file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from armslength.adapters import map_reading
from armslength.adapters.map_reading import MapReader
from armslength.core.errors import LocalError

LINE = {"type": "LineString", "coordinates": [[30.1234567, 50.0], [31.0, 51.0]]}
POINT = {"type": "Point", "coordinates": [34.5858, 47.5122]}
SQUARE = {"type": "Polygon", "coordinates": [[[30, 50], [31, 50], [31, 51], [30, 50]]]}


def _file(*geometries: Any, **properties: Any) -> bytes:
    features = [{"type": "Feature", "properties": properties, "geometry": one} for one in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _read(kind: str, data: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(MapReader().read("a.geojson", data, kind).data)["features"]
    return found


def test_a_line_is_kept_to_a_metre_with_its_name_and_nothing_else() -> None:
    (one,) = _read("borders", _file(LINE, name="a line", pop_est=7, wikipedia="https://example.org"))
    assert one["geometry"] == {"type": "LineString", "coordinates": [[30.12346, 50.0], [31.0, 51.0]]}
    assert one["properties"] == {"name": "a line"}


def test_borders_given_as_areas_become_lines_and_waters_stay_areas() -> None:
    assert [one["geometry"]["type"] for one in _read("borders", _file(SQUARE))] == ["MultiLineString"]
    assert [one["geometry"]["type"] for one in _read("water", _file(SQUARE))] == ["MultiPolygon"]


def test_several_lines_are_drawn_one_by_one() -> None:
    several = {"type": "MultiLineString", "coordinates": [LINE["coordinates"], LINE["coordinates"]]}
    assert len(_read("water", _file(several))) == 2
    assert len(_read("places", _file({"type": "MultiPoint", "coordinates": [[30, 50], [31, 51]]}))) == 2


@pytest.mark.parametrize(
    ("kind", "geometry", "code"),
    [
        ("places", LINE, "GEOMETRY-KIND"),
        ("borders", POINT, "GEOMETRY-KIND"),
        ("borders", None, "GEOMETRY-KIND"),
        ("water", {"type": "LineString", "coordinates": [[400, 1], [1, 1]]}, "GEOMETRY-RANGE"),
        ("water", {"type": "MultiLineString", "coordinates": [7]}, "GEOMETRY-FORM"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_its_number(kind: str, geometry: Any, code: str) -> None:
    good = POINT if kind == "places" else LINE
    found = MapReader().read("a.geojson", _file(good, geometry), kind)
    assert (found.features, [(one.number, one.code) for one in found.refused]) == (1, [(2, code)])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "FILE-FORMAT"),
        (b"<kml/>", "FILE-FORMAT"),
        (b'{"type":"Topology"}', "FILE-FORMAT"),
        (_file(), "MAP-LAYER-EMPTY"),
        (_file(POINT), "MAP-LAYER-EMPTY"),
    ],
)
def test_a_file_with_nothing_to_draw_is_refused_whole(data: bytes, code: str) -> None:
    with pytest.raises(LocalError) as caught:
        MapReader().read("a.geojson", data, "borders")
    assert caught.value.code == code


@pytest.mark.parametrize(("bound", "value"), [("FILE_BYTES_MAX", 10), ("FEATURES_MAX", 1), ("POINTS_MAX", 3)])
def test_a_file_beyond_a_bound_is_refused_whole(monkeypatch: pytest.MonkeyPatch, bound: str, value: int) -> None:
    monkeypatch.setattr(map_reading, bound, value)
    with pytest.raises(LocalError) as caught:
        MapReader().read("a.geojson", _file(LINE, LINE), "borders")
    assert caught.value.code == "FILE-TOO-LARGE"

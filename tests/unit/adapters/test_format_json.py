"""JSON is read as the standard means it, within bounds that are tried before anything is built."""

from __future__ import annotations

import json
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters import format_json
from armslength.adapters.format_json import (
    JSON_DEPTH_MAX,
    Feature,
    JsonRow,
    parse_json,
    read_features,
    read_json,
    read_json_lines,
)
from armslength.adapters.format_unpack import open_bytes
from armslength.core.errors import LocalError
from armslength.register.importing import RefusedRow

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.booleans())
def test_a_document_is_read_as_it_was_written(value: Any, ascii_only: bool) -> None:
    assert parse_json(json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")) == value


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    ("data", "got"),
    [
        (b"", "Expecting value"),
        (b'{"a":1', "Expecting ',' delimiter"),
        (b'{"a":1}x', "Extra data"),
        (b'{"a":1,"a":2}', "the name a twice in one object"),
        (b'{"\\u0061":1,"a":2}', "the name a twice"),
        (b"NaN", "the word NaN"),
        (b"[-Infinity]", "the word -Infinity"),
        (b"[1e999]", "the number 1e999"),
        (b"1" * 30, "a number of 30 digits"),
        (b'"\\ud800"', "half of a surrogate pair"),
        (b'{"\\udc00":1}', "half of a surrogate pair"),
        (b'"\xd0"', "byte 2"),
        (b'"a\nb"', "Invalid control character"),
        ("\ufeff[]".encode("utf-16-le"), "byte 1"),
        (nested(JSON_DEPTH_MAX + 1), "more"),
        (b"[" * 100_000, "more"),
        (b'{"a":' * 50_000, "more"),
        (b'["' + b'\\"' * 100_000, "Unterminated string"),
        (b'["' + b'\\"' * 100_000 + b"\\", "Unterminated string"),
    ],
)
def test_what_is_no_json_or_could_be_read_in_two_ways_is_refused(data: bytes, got: str) -> None:
    began = process_time()
    with pytest.raises(LocalError, match="FILE-FORMAT") as caught:
        parse_json(data)
    assert got in str(caught.value)
    assert process_time() - began < 30  # a quadratic takes minutes


def test_escapes_that_are_whole_characters_are_read() -> None:
    assert parse_json(rb'"\ud83d\ude00 \\ud800"') == "\U0001f600 \\ud800"
    assert parse_json(b"\xef\xbb\xbf" + nested(JSON_DEPTH_MAX)) != []
    assert parse_json(b'"[[[[' + b"[" * 100 + b'"') == "[[[[" + "[" * 100


def test_size_and_number_of_values_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_json, "JSON_VALUES_MAX", 10)
    for data in (b"[" + b"1," * 10 + b"1]", b'"",' * 20):
        with pytest.raises(LocalError, match="FILE-FORMAT"):
            parse_json(data)
    monkeypatch.setattr(format_json, "JSON_BYTES_MAX", 10)
    with pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        parse_json(b"[1,2,3,4,5,6]")
    with pytest.raises(LocalError, match="FILE-TOO-LARGE"), open_bytes(b"[1,2,3,4,5,6]", "file") as opened:
        read_json(opened)


def test_lines_of_json_are_read_or_refused_one_by_one() -> None:
    data = b'{"a":1}\n\n{"a":\n{"a":"\xff"}\n[2]\n"' + b"x" * 200_000 + b'"\n3'
    found = [
        (row.number, row.value) if isinstance(row, JsonRow) else (row.row, row.code) for row in read_json_lines(data)
    ]
    assert found == [(1, {"a": 1}), (3, "ROW-VALUE"), (4, "ROW-TEXT"), (5, [2]), (6, "ROW-SIZE"), (7, 3)]
    with open_bytes(b"1\n2", "file") as opened:
        assert [row.number for row in read_json_lines(opened) if isinstance(row, JsonRow)] == [1, 2]


def test_there_is_an_end_to_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_json, "ROWS_MAX", 2)
    with pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        list(read_json_lines(b"1\n2\n3"))


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


FEATURE: dict[str, Any] = {"type": "Feature", "properties": {"name": "ЗАЕС"}, "geometry": None}


def test_features_are_numbered_and_each_is_judged_alone() -> None:
    broken = [7, {"type": "Thing"}, {**FEATURE, "properties": [1]}, {**FEATURE, "id": 1.5}, {**FEATURE, "id": True}]
    found = list(read_features(collection(FEATURE, *broken, {**FEATURE, "id": 9, "properties": None})))
    first, last = found[0], found[-1]
    assert isinstance(first, Feature)
    assert isinstance(last, Feature)
    assert (first.number, first.properties, first.geometry) == (1, {"name": "ЗАЕС"}, None)
    assert (last.number, last.feature_id, last.properties) == (7, "9", {})
    assert [row.row for row in found if isinstance(row, RefusedRow)] == [2, 3, 4, 5, 6]


def test_a_single_feature_is_a_collection_of_one() -> None:
    assert [row.number for row in read_features(FEATURE) if isinstance(row, Feature)] == [1]


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "OGC:CRS84"]
)
def test_wgs_84_may_be_named(name: str) -> None:
    assert list(read_features(collection(crs={"type": "name", "properties": {"name": name}}))) == []


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        {"type": "Topology"},
        {"type": []},
        {"type": "FeatureCollection"},
        {"type": "FeatureCollection", "features": {}},
        collection(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32636"}}),
        collection(crs={"type": "link"}),
        collection(crs=7),
    ],
)
def test_what_is_no_collection_in_degrees_is_refused(value: Any) -> None:
    with pytest.raises(LocalError, match="FILE-FORMAT"):
        read_features(value)


def test_the_number_of_features_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_json, "FEATURES_MAX", 1)
    with pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        read_features(collection(FEATURE, FEATURE))

"""Any map or table is read by a mapping file, and one that does not say what its points are worth is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from armslength.adapters.feed_documents import read_documents
from armslength.adapters.feed_geojson import read_geojson, read_mapped_table
from armslength.adapters.feed_mapping import read_mapping
from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.format_unpack import open_bytes
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339, rfc3339
from armslength.register.reports import Report, ReportKind

RECEIVED = parse_rfc3339("2022-11-20T00:00:00Z")
MAPPING = """
source = "Notebook of the district, CC0"
grade = "C4"
zone = "Europe/Kyiv"
id_prefix = "district"

[fields]
id = "no"
from = "when"
until = "until"
text = "said"
what = "sort"
kind = "kind"
who_says = "who"
latitude = "lat"
longitude = "lon"
uncertainty_m = "within"
place_name = "place"
region = "oblast"
address = "link"

[what]
"обстріл" = "SHELLING"

[kinds]
"чутка" = "FEARED-ACT"

[fixed]
uncertainty_m = 2000
located_by = "SITE"
"""
ROW = {
    "no": "1",
    "when": "2022-08-23 10:00",
    "until": "2022-08-23T08:00:00Z",
    "said": "Стріляли\u200b біля станції",
    "sort": "Обстріл",
    "kind": "",
    "who": "староста",
    "lat": "47.51",
    "lon": "34.58",
    "within": "",
    "place": "Selo",
    "oblast": "Запорізька",
    "link": "https://example.org/1",
}


def options(mapping: str = MAPPING) -> FeedOptions:
    return FeedOptions(received_at=RECEIVED, mapping=mapping)


def table(mapping: str = MAPPING, **cells: str) -> Any:
    row = {**ROW, **cells}
    text = ";".join(row) + "\n" + ";".join(row.values()) + "\n"
    with open_bytes(text.encode(), "book.csv") as file:
        return read_mapped_table(file, options(mapping))


def one(**cells: str) -> Report:
    found = table(**cells)
    assert found.refused == ()
    report: Report = found.accepted[0]
    return report


def test_a_row_of_any_table_becomes_a_report() -> None:
    report = one()
    assert (report.report_id, report.what, report.kind) == ("district:1", "SHELLING", ReportKind.EVENT)
    assert (rfc3339(report.from_at), rfc3339(report.until_at)) == ("2022-08-23T07:00:00Z", "2022-08-23T08:00:00Z")
    assert (report.uncertainty_m, report.located_by, report.grade.short) == (2_000, "SITE", "C4")
    assert (report.who_says, report.place_name, report.region) == ("староста", "Selo", "UA-23")
    assert (report.language, report.address) == ("uk", "https://example.org/1")
    assert report.text == ROW["said"]


@pytest.mark.parametrize(
    ("when", "from_at", "until_at"),
    [
        ("2022-08-23", "2022-08-22T21:00:00Z", "2022-08-23T20:59:59.999Z"),
        ("20220823", "2022-08-22T21:00:00Z", "2022-08-23T20:59:59.999Z"),
        ("2022-08-23 10:00", "2022-08-23T07:00:00Z", "2022-08-23T07:00:59.999Z"),
        ("2022-08-23T10:00:05", "2022-08-23T07:00:00Z", "2022-08-23T07:00:59.999Z"),
        ("2022-08-23T10:00:05Z", "2022-08-23T10:00:05Z", "2022-08-23T10:00:05Z"),
        ("2022-08-23 10:00:05+02:00", "2022-08-23T08:00:05Z", "2022-08-23T08:00:05Z"),
        ("1661248805000", "2022-08-23T10:00:05Z", "2022-08-23T10:00:05Z"),
    ],
)
def test_times_with_and_without_a_zone(when: str, from_at: str, until_at: str) -> None:
    report = one(when=when, until="")
    assert (rfc3339(report.from_at), rfc3339(report.until_at)) == (from_at, until_at)


def test_words_of_the_file_are_read_by_the_mapping_or_told_from_the_text() -> None:
    assert one(kind="Чутка").kind is ReportKind.FEARED_ACT
    assert one(sort="").what == "OTHER-ACTIVITY"
    assert one(sort="", said="Дрон ударив по станції").what == "UNCREWED-AIRCRAFT-STRIKE"
    assert one(sort="AIR-STRIKE").what == "AIR-STRIKE"
    assert one(within="350.2").uncertainty_m == 351


@pytest.mark.parametrize(
    "cells",
    [
        {"when": "yesterday"},
        {"when": ""},
        {"until": "2022-08-22"},
        {"sort": "picnic"},
        {"kind": "lie"},
        {"within": "5 km"},
        {"within": "900000"},
        {"lat": "x"},
        {"said": ""},
    ],
)
def test_a_wrong_value_refuses_its_row(cells: dict[str, str]) -> None:
    found = table(**cells)
    assert ([row.row for row in found.refused], found.accepted) == ([2], ())


def test_a_map_whose_points_nobody_vouches_for_is_refused_row_by_row() -> None:
    without = MAPPING.replace("uncertainty_m = 2000\n", "")
    assert "how far the place is known" in table(without).refused[0].reason


@pytest.mark.parametrize(
    "change",
    [
        ("source =", "sauce ="),
        ('grade = "C4"', 'grade = "Z9"'),
        ('grade = "C4"', "grade = 4"),
        ('text = "said"\n', ""),
        ('"обстріл" = "SHELLING"', '"обстріл" = "BANG"'),
        ('located_by = "SITE"', 'located_by = "GUESS"'),
        ("uncertainty_m = 2000", 'uncertainty_m = "2 km"'),
        ('"чутка" = "FEARED-ACT"', '"чутка" = "RUMOUR"'),
        ("[fixed]", "[fixd]"),
        ('id_prefix = "district"', 'id_prefix = "a b"'),
        ("[what]", "[what"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused(change: tuple[str, str]) -> None:
    with pytest.raises(LocalError, match="FEED-MAPPING"):
        read_mapping(MAPPING.replace(*change))


def test_a_mapping_may_name_a_separator_and_must_name_a_zone_that_exists() -> None:
    assert read_mapping(MAPPING + '[table]\nseparator = ";"\n').layout.dialect is not None
    for wrong in ('[table]\nseparator = ";;"\n', '[table]\nencoding = "ebcdic"\n', "[table]\nrows_before = -1\n"):
        with pytest.raises(LocalError, match="FEED-MAPPING"):
            read_mapping(MAPPING + wrong)
    with pytest.raises(LocalError, match="TIME-ZONE-UNKNOWN"):
        read_mapping(MAPPING.replace("Europe/Kyiv", "Mars/Olympus"))
    with pytest.raises(LocalError, match="FEED-MAPPING"):
        read_mapping("")


def test_points_and_areas_of_a_map() -> None:
    shapes = [
        {"type": "Point", "coordinates": [34.5858, 47.5122]},
        {"type": "Polygon", "coordinates": [[[34, 47], [34.1, 47], [34.1, 47.1], [34, 47]]]},
        {"type": "LineString", "coordinates": [[34, 47], [34.2, 47]]},
        {"type": "Point", "coordinates": [34.5, 97.5]},
        None,
    ]
    features = [
        {"type": "Feature", "id": f"e-{number}", "properties": {**ROW, "no": None, "until": ""}, "geometry": shape}
        for number, shape in enumerate(shapes)
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    with open_bytes(data, "map.geojson") as file:
        found = read_geojson(file, options(MAPPING.replace('id = "no"', 'id = "id"')))
    assert [report.report_id for report in found.accepted] == ["district:e-0", "district:e-1", "district:e-2"]
    assert [report.uncertainty_m for report in found.accepted][:1] == [2_000]
    assert 6_000 < found.accepted[1].uncertainty_m < 7_500
    assert (found.accepted[2].place.lat_e7, found.accepted[2].place.lon_e7) == (470_000_000, 341_000_000)
    assert [row.row for row in found.refused] == [4, 5]


def test_documents_are_read_one_by_one() -> None:
    entry = {
        "report_id": "R-1", "kind": "EVENT", "interval": ["2022-08-23T10:00:00Z", "2022-08-23T10:05:00Z"],
        "place": "47.5122N 34.5858E", "uncertainty_m": 200, "what": "SHELLING", "who_says": "operator",
        "source": "telephone", "received_at": "2022-08-23T10:30:00Z", "text": "Обстріл", "language": "uk",
        "grade": {"reliability": "B", "credibility": 2},
    }  # fmt: skip
    wrong = {**entry, "report_id": "R-2", "kind": "TALE"}
    with open_bytes(json.dumps({"reports": [entry, wrong, 7, entry]}).encode(), "r.json") as file:
        found = read_documents(file, options(""))
    assert [report.report_id for report in found.accepted] == ["R-1"]
    assert [row.row for row in found.refused] == [2, 3]
    assert found.skipped == (("the same row again", 1),)
    for text in ("[]", '{"reports": {}}', '{"reports": [], "x": 1}'):
        with open_bytes(text.encode(), "r.json") as file, pytest.raises(LocalError, match="FILE-FORMAT"):
            read_documents(file, options(""))

"""Somebody's own table or map is read by a mapping file, and a mapping that is wrong is refused by its key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.sites import read_sites
from armslength.adapters.sites_mapping import read_mapping
from armslength.adapters.sites_reading import SiteOptions
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import parse_rfc3339

NOW = parse_rfc3339("2022-11-20T00:00:00Z")
EXAMPLES = Path(__file__).parents[3] / "examples"
MAPPING = (EXAMPLES / "facility_mapping.toml").read_text(encoding="utf-8")
BARE = 'source = "x"\n[fields]\nname = "n"\nlatitude = "a"\nlongitude = "o"\n'


def table(text: str, mapping: str, **more: Any) -> Any:
    options = SiteOptions(received_at=NOW, mapping=mapping, **more)
    return read_sites(("x.csv", text.encode()), options, "table")


def test_the_example_is_read_as_it_says() -> None:
    found = read_sites(EXAMPLES / "hospitals.csv", SiteOptions(received_at=NOW, mapping=MAPPING))
    assert [(one.facility_id, one.kind) for one in found.accepted] == [
        ("EX-1", "HOSPITAL"),
        ("EX-2", "WATER-WORKS"),
        ("EX-3", "DAM"),
    ]
    first, works, dam = found.accepted
    assert first.names == (("uk", "Обласна лікарня (приклад)"), ("en", "Regional hospital (example)"))
    assert (first.place.lat_e7, first.site_radius_m) == (478401000, 200)
    assert first.operator_de_jure[0].who == "обласна рада"
    assert works.facts[0].text == "дві насосні"
    assert (dam.hazards[0].value, dam.hazards[0].unit) == ("1500000", "m3")
    assert [(row.row, row.code) for row in found.refused] == [(6, "SITES-PLACE"), (7, "SITES-ROW")]
    assert found.skipped == (("without a place", 1),)


def test_fixed_values_and_one_column_of_coordinates() -> None:
    mapping = 'source = "x"\n[fields]\nname = "n"\nplace = "p"\n[fixed]\nkind = "PORT"\nrings_m = [100, 200]\n'
    found = table("n;p\nOdesa;46.4775N 30.7326E\nGrid;36TXT1940363304\nBad;somewhere\n", mapping)
    assert [(one.kind, one.rings_m, one.facility_id) for one in found.accepted] == [
        ("PORT", (100, 200), "row-2"),
        ("PORT", (100, 200), "row-3"),
    ]
    assert [row.code for row in found.refused] == ["PLACE-FORMAT"]


@pytest.mark.parametrize(
    ("text", "got"),
    [
        ("not toml = [", "TOML"),
        ("", "a column for the name"),
        (BARE.replace("source", "sauce"), "sauce"),
        (BARE.replace('"x"', "1"), "source"),
        (BARE + 'colour = "c"\n', "colour"),
        (BARE + '[kinds]\n"a" = "FORTRESS"\n', "FORTRESS"),
        (BARE + '[fixed]\nkind = "FORTRESS"\n', "FORTRESS"),
        (BARE + "[fixed]\nrings_m = [0]\n", "fixed.rings_m"),
        (BARE + '[fixed]\nsite_radius_m = "1"\n', "site_radius_m"),
        (BARE + "[hazards.MAGIC]\n", "MAGIC"),
        (BARE + "[hazards.STORED-WATER]\nunit = 1\n", "a column"),
        (BARE + '[table]\nseparator = ";;"\n', "one character"),
        (BARE + '[table]\nencoding = "rot13"\n', "rot13"),
        (BARE + "[table]\nrows_before = -1\n", "rows_before"),
        (BARE + "[region]\nsouth = 1\n", "region"),
        ("kinds = 1\n" + BARE, "kinds"),
        ("language = 1\n" + BARE, "language"),
        ("#" * 70_000, "at most"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused_by_its_key(text: str, got: str) -> None:
    with pytest.raises(LocalError, match="SITES-MAPPING") as refused:
        read_mapping(text)
    assert got in refused.value.sentence


@given(st.text(max_size=200))
def test_any_text_is_a_mapping_or_a_typed_error(text: str) -> None:
    try:
        read_mapping(text)
    except ArmslengthError:
        return


def test_a_table_needs_its_columns_and_a_mapping() -> None:
    with pytest.raises(LocalError, match="FEED-HEADER"):
        table("n,a\nx,1\n", BARE)
    with pytest.raises(LocalError, match="SITES-MAPPING"):
        read_sites(("x.csv", b"n,a\n"), SiteOptions(received_at=NOW), "table")
    with pytest.raises(LocalError, match="SITES-FILE"):
        read_sites(("x.csv", b"n,a\n"), SiteOptions(received_at=NOW))


SQUARE = [[[35.0, 47.0], [35.1, 47.0], [35.1, 47.1], [35.0, 47.1], [35.0, 47.0]]]
MAP = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": "H-1",
            "properties": {"name:uk": "Лікарня", "name:en": "Hospital", "kind": "HOSPITAL"},
            "geometry": {"type": "Polygon", "coordinates": SQUARE},
        },
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [35, 47]}},
        {
            "type": "Feature",
            "id": "L-1",
            "properties": {"name": "line"},
            "geometry": {"type": "LineString", "coordinates": [[35, 47], [36, 48]]},
        },
    ],
}


def test_any_map_with_plain_properties() -> None:
    found = read_sites(("x.geojson", json.dumps(MAP).encode()), SiteOptions(received_at=NOW, kind="POWER-LINE"))
    hospital, line = found.accepted
    assert (hospital.facility_id, hospital.kind, hospital.place.lat_e7) == ("H-1", "HOSPITAL", 470500000)
    assert hospital.names == (("uk", "Лікарня"), ("en", "Hospital"))
    assert (line.kind, line.shape.kind if line.shape else "") == ("POWER-LINE", "LINE")
    assert [(row.row, row.code) for row in found.refused] == [(2, "SITES-ROW")]
    assert found.source == "file x.geojson"


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>Dam</name><ExtendedData><Data name="kind"><value>DAM</value></Data></ExtendedData>
<Point><coordinates>33.3697,46.7786,0</coordinates></Point></Placemark>
<Placemark><Point><coordinates>1,2</coordinates></Point></Placemark>
</Document></kml>"""


def test_any_kml() -> None:
    found = read_sites(("x.kml", KML.encode()), SiteOptions(received_at=NOW))
    (dam,) = found.accepted
    assert (dam.facility_id, dam.kind, dam.place.lon_e7) == ("row-1", "DAM", 333697000)
    assert [(row.row, row.code) for row in found.refused] == [(2, "SITES-ROW")]


def test_a_mapping_speaks_to_a_map_as_well() -> None:
    mapping = 'source = "ours"\n[fields]\nname = "name:uk"\nid = "facility_id"\n[fixed]\nkind = "PORT"\n'
    found = read_sites(("x", json.dumps(MAP).encode()), SiteOptions(received_at=NOW, mapping=mapping))
    assert [(one.facility_id, one.kind, one.record_source) for one in found.accepted] == [("H-1", "PORT", "ours")]

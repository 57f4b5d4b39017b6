"""OpenStreetMap's power sites: outlines, doubtful outputs, look-alike letters, and what is no more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from armslength.adapters.format_unpack import open_bytes
from armslength.adapters.sites_osm_power import read_osm_power
from armslength.adapters.sites_reading import UKRAINE, SiteOptions
from armslength.core.instants import Instant, parse_rfc3339
from armslength.register.site_keys import name_keys

if TYPE_CHECKING:
    from armslength.register.importing import ImportRun

EXTRACT = parse_rfc3339("2025-10-01T00:00:00Z")
OPTIONS = SiteOptions(received_at=EXTRACT, as_of=EXTRACT, region=UKRAINE)
SQUARE = [[34.58, 47.50], [34.60, 47.50], [34.60, 47.52], [34.58, 47.52], [34.58, 47.50]]
BOW = [[34.58, 47.50], [34.60, 47.52], [34.60, 47.50], [34.58, 47.52], [34.58, 47.50]]


def feature(number: int, geometry: dict[str, Any] | None = None, **tags: Any) -> dict[str, Any]:
    shape = geometry or {"type": "Polygon", "coordinates": [SQUARE]}
    named = {tag.replace("__", ":"): value for tag, value in tags.items()}
    properties = {"osm_type": "way", "osm_id": number, "power": "plant", "plant:source": "hydro", **named}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def run(*features: Any) -> ImportRun[Any]:
    data = json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()
    with open_bytes(data, "x.geojson") as file:
        return read_osm_power(file, OPTIONS)


def test_a_plant_with_its_outline() -> None:
    (plant,) = run(
        feature(7, name="Запорізька АЕС", station_name_en="ZNPP", plant__source="nuclear", operator="НАЕК")
    ).accepted
    assert (plant.facility_id, plant.kind) == ("OSM-way-7", "NUCLEAR-POWER-PLANT")
    assert plant.names == (("uk", "Запорізька АЕС"), ("en", "ZNPP"))
    assert plant.place.to_cbor() == (475100000, 345900000, 1)
    assert plant.shape.kind == "POLYGON"
    assert len(plant.shape.parts[0][0]) == 4
    assert plant.operator_de_jure[0].who == "НАЕК"


def test_h18_outputs_with_doubts_go_to_a_person_and_texts_stay_texts() -> None:
    outputs = ["3,680 mW", "1578,6 MW", "yes", "135 MVA", "0", "0.06 МВт"]
    found = run(*(feature(n, name=f"Site {n}", plant__output__electricity=text) for n, text in enumerate(outputs)))
    amounts = [[(one.value, one.unit) for one in site.hazards] for site in found.accepted]
    assert amounts == [[("3680", "MW")], [("1578.6", "MW")], [], [], [("0", "MW")], [("0.06", "MW")]]
    assert [site.facts[0].text for site in found.accepted if site.facts] == [
        "plant:output:electricity: yes",
        "plant:output:electricity: 135 MVA",
    ]
    assert [(one.facility_id, one.what) for one in found.disagreements] == [
        ("OSM-way-0", "ELECTRIC-POWER"),
        ("OSM-way-3", "ELECTRIC-POWER"),
    ]
    assert "taken for 3680 MW" in found.disagreements[0].sentence


def test_h19_a_former_site_ends_at_the_latest_by_the_extract() -> None:
    former, present = run(feature(1, name="колишня Каховська ГЕС"), feature(2, name="Київська ГЕС")).accepted
    assert former.exists_at(parse_rfc3339("2022-11-20T00:00:00Z"))
    assert not former.exists_at(EXTRACT)
    assert "колишня" in former.life[0].source
    assert present.exists_at(Instant(EXTRACT + 1))


def test_h33_a_look_alike_letter_is_kept_and_folded_for_matching() -> None:
    (site,) = run(feature(1, name="Днiстровська ГЕС")).accepted
    assert site.names[0][1] == "Днiстровська ГЕС"
    assert name_keys(site.names[0][1]) & name_keys("Dniester")


def test_a_substation_without_a_name_is_one_none_the_less() -> None:
    (site,) = run(feature(5, power="substation", voltage="750000;330000")).accepted
    assert site.names == (("en", "unnamed substation OSM-way-5"),)
    assert (site.kind, site.facts[0].value, site.facts[0].unit) == ("SUBSTATION", "750", "kV")


def test_an_outline_that_crosses_itself_is_repaired_and_said() -> None:
    found = run(feature(1, {"type": "Polygon", "coordinates": [BOW]}, name="Bow"))
    assert [one.what for one in found.disagreements] == ["SHAPE"]
    assert len(found.accepted[0].shape.parts) == 2


def test_what_cannot_be_used_is_refused_by_its_number() -> None:
    found = run(
        feature(1, name="A"),
        feature(1, name="B"),
        feature(2, {"type": "Point", "coordinates": [47.5, 34.5]}, name="swapped"),
        feature(3, power="generator"),
        feature(4, {"type": "Point", "coordinates": ["x", 1]}),
        feature(5, plant__source="antimatter"),
        {"type": "Nothing"},
    )
    assert [one.facility_id for one in found.accepted] == ["OSM-way-1"]
    assert [(row.row, row.code) for row in found.refused] == [
        (2, "SITES-ROW"),
        (3, "SITES-PLACE"),
        (4, "SITES-ROW"),
        (5, "GEOMETRY-FORM"),
        (6, "SITES-ROW"),
        (7, "ROW-VALUE"),
    ]
    assert found.rows_read == 7

"""What a person writes in a file is read whole, or refused with the key that is wrong."""

from __future__ import annotations

import copy
import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import rfc3339
from armslength.register.documents import (
    FACILITY_FURTHER,
    FACILITY_KEYS,
    FACILITY_NEEDED,
    REPORT_FURTHER,
    REPORT_KEYS,
    REPORT_NEEDED,
    facility_from_document,
    reports_from_document,
)
from armslength.register.facility_body import facility_body, parse_facility
from armslength.register.reports import parse_report, report_body


def shipped(name: str) -> Any:
    return json.loads(files("armslength.entrypoints").joinpath("demo_data", name).read_text(encoding="utf-8"))


PLANT = shipped("znpp.json")
REPORTS = shipped("iaea_2022-11-20.json")


def test_the_plant_of_the_demonstration() -> None:
    plant = facility_from_document(PLANT)
    assert parse_facility(facility_body(plant)) == plant
    assert (plant.facility_id, plant.kind, plant.disclosure) == ("UA-ZNPP", "NUCLEAR-POWER-PLANT", "private")
    assert (plant.place.lat_e7, plant.place.lon_e7) == (475122000, 345858000)
    assert {language for language, _ in plant.names} == {"en", "uk", "ru"}
    assert plant.rings_m == (5000, 10000, 30000)
    assert len(plant.operator_de_jure) == 2
    assert {dependency.kind for dependency in plant.dependencies} == {"OFF-SITE-POWER", "COOLING-WATER"}
    assert all(fact.source for fact in plant.facts)


def test_the_reports_of_the_demonstration_are_three_accounts() -> None:
    reports = reports_from_document(REPORTS)
    assert [report.report_id for report in reports] == ["IAEA-2022-11-20", "RU-2022-11-20", "UA-2022-11-20"]
    assert [parse_report(report_body(report)) for report in reports] == list(reports)
    assert reports[0].grade.short == "A2"
    assert rfc3339(reports[0].from_at) == "2022-11-19T16:00:00Z"


def changed(document: Any, key: str, value: Any) -> Any:
    document = copy.deepcopy(document)
    document[key] = value
    return document


def without(document: Any, key: str) -> Any:
    return {name: value for name, value in document.items() if name != key}


@pytest.mark.parametrize("key", sorted(FACILITY_NEEDED))
def test_a_facility_without_a_key_is_refused(key: str) -> None:
    with pytest.raises(LocalError, match="REGISTER-DOCUMENT"):
        facility_from_document(without(PLANT, key))


@pytest.mark.parametrize("key", sorted(REPORT_NEEDED))
def test_a_report_without_a_key_is_refused(key: str) -> None:
    with pytest.raises(LocalError, match="REGISTER-DOCUMENT"):
        reports_from_document({"reports": [without(REPORTS["reports"][0], key)]})


DAY = "2022-11-20T00:00:00Z"
FURTHER: dict[str, Any] = {
    "positions": [
        {"place": "47.5119N 34.5863E", "source": "GPPD", "as_of": None},
        {"place": "47.508N 34.627E", "source": "GeoNuclearData", "as_of": DAY},
    ],
    "shape": {
        "kind": "POLYGON",
        "parts": [[["47.50N 34.57E", "47.50N 34.60E", "47.52N 34.60E"]]],
        "source": "OpenStreetMap",
        "as_of": None,
        "buffer_m": 50,
    },
    "components": [{"component_id": "unit-1", "name": "Unit 1", "kind": "reactor", "place": None, "source": "IAEA"}],
    "hazards": [
        {"kind": "ELECTRIC-POWER", "value": "5700", "unit": "MW", "note": None, "source": "IAEA", "as_of": DAY}
    ],
    "pillars": [{"pillar": "OFF-SITE-POWER", "status": "HELD", "note": None, "source": "IAEA", "as_of": DAY}],
    "monitors": [{"who": "ISAMZ", "access": "GRANTED", "since": DAY, "note": None, "source": "IAEA"}],
    "review_due_at": DAY,
    "consequences": [
        {
            "kind": "PEOPLE-WITHOUT-POWER",
            "low": "10000",
            "high": "12000",
            "unit": "persons",
            "note": None,
            "source": "press",
            "as_of": DAY,
            "restored_at": None,
        }
    ],
    "life": [{"from_at": None, "until_at": DAY, "source": "OpenStreetMap"}],
    "agreements": [{"name": "safeguards", "party": None, "note": None, "source": "IAEA", "since": None}],
    "name_sources": [{"name": "ZNPP", "source": "IAEA", "as_of": None}],
    "record_source": "example",
    "applies_from_at": DAY,
}
REPORT_MORE: dict[str, Any] = {
    "acknowledged_by": [{"who": "Russian Federation", "at": DAY, "source": "press"}],
    "place_name": "Енергодар",
    "located_by": "SETTLEMENT",
    "region": "UA-23",
    "address": "https://example.org/report",
    "links": [{"kind": "SAME-TEXT", "report_id": "RU-2022-11-20"}],
    "stands_for": 4,
}


def test_a_document_may_say_everything_that_a_record_may() -> None:
    assert set(FURTHER) == set(FACILITY_FURTHER)
    plant = facility_from_document({**PLANT, **FURTHER})
    assert parse_facility(facility_body(plant)) == plant
    for key in FURTHER:
        assert getattr(plant, key) not in (None, (), ""), key
    assert [one.source for one in plant.positions] == ["GPPD", "GeoNuclearData"]
    assert plant.shape is not None
    assert plant.shape.parts[0][0][0] == (475000000, 345700000)
    assert plant.consequences[0].high == "12000"


@pytest.mark.parametrize("key", sorted(FURTHER))
def test_what_may_be_left_out_may_be_null(key: str) -> None:
    assert facility_from_document({**PLANT, key: None}) == facility_from_document(PLANT)


def test_a_report_may_say_how_it_was_placed_and_who_acknowledged_it() -> None:
    assert set(REPORT_MORE) == set(REPORT_FURTHER)
    (report,) = reports_from_document({"reports": [{**REPORTS["reports"][0], **REPORT_MORE}]})
    assert parse_report(report_body(report)) == report
    assert (report.place_name, report.located_by, report.region) == ("Енергодар", "SETTLEMENT", "UA-23")
    assert report.acknowledged_by[0].who == "Russian Federation"
    assert report.links == (("SAME-TEXT", "RU-2022-11-20"),)
    assert report.stands_for == 4


def water(value: str, unit: str, source: str) -> dict[str, Any]:
    return {"kind": "STORED-WATER", "value": value, "unit": unit, "note": None, "source": source, "as_of": None}


def test_the_kakhovka_trap_is_refused_with_an_explanation() -> None:
    trap = [water("18.2", "km3", "the reservoir's page"), water("18000000", "m3", "press of October 2022")]
    with pytest.raises(LocalError) as refused:
        facility_from_document({**PLANT, "kind": "DAM", "hazards": trap})
    assert refused.value.code == "QUANTITY-MAGNITUDE"
    assert "18.2 km3, as the reservoir's page states" in refused.value.sentence
    assert "1,011" in refused.value.sentence


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("shape", {**FURTHER["shape"], "parts": [[[[47.5, 34.6]]]]}, "REGISTER-DOCUMENT"),
        ("shape", {**FURTHER["shape"], "parts": []}, "FACILITY-VALUE"),
        ("hazards", [water("18200", "km3", "x")], "QUANTITY-BOUNDS"),
        ("hazards", [water("5", "barrels", "x")], "QUANTITY-UNIT"),
        ("pillars", [{**FURTHER["pillars"][0], "status": "BROKEN"}], "FACILITY-VALUE"),
        ("monitors", [{**FURTHER["monitors"][0], "access": None}], "REGISTER-DOCUMENT"),
        ("applies_from_at", "2022-11-20", "TIME-FORMAT"),
    ],
)
def test_further_keys_are_checked_as_the_record_is(key: str, value: Any, code: str) -> None:
    with pytest.raises(LocalError) as refused:
        facility_from_document({**PLANT, key: value})
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("colour", "grey", "REGISTER-DOCUMENT"),
        ("place", [47.5122, 34.5858], "REGISTER-DOCUMENT"),
        ("place", "somewhere", "PLACE-FORMAT"),
        ("place", "147.5 34.5", "PLACE-RANGE"),
        ("site_radius_m", 1000.0, "REGISTER-DOCUMENT"),
        ("site_radius_m", True, "REGISTER-DOCUMENT"),
        ("site_radius_m", 10**30, "REGISTER-DOCUMENT"),
        ("site_radius_m", -1, "FACILITY-VALUE"),
        ("rings_m", 5000, "REGISTER-DOCUMENT"),
        ("names", [{"language": "en", "name": "x", "spelling": "y"}], "REGISTER-DOCUMENT"),
        ("names", [["en", "x"]], "REGISTER-DOCUMENT"),
        ("names", [{"language": "en"}], "REGISTER-DOCUMENT"),
        ("operator_de_jure", [{"who": "x", "since": "2022-03-04", "source": "y"}], "TIME-FORMAT"),
        ("operator_de_jure", [{"who": "x", "since": "2022-03-04T00:00:00", "source": "y"}], "TIME-NO-ZONE"),
        ("kind", "FORTRESS", "FACILITY-VALUE"),
    ],
)
def test_a_facility_that_cannot_be_read_is_refused(key: str, value: Any, code: str) -> None:
    with pytest.raises(LocalError) as refused:
        facility_from_document(changed(PLANT, key, value))
    assert refused.value.code == code


@pytest.mark.parametrize(
    "document",
    [[], None, "x", {}, {"reports": []}, {"reports": {}}, {"reports": [1]}, {"reports": [], "more": 1}, {"report": []}],
)
def test_a_file_that_holds_no_list_of_reports_is_refused(document: Any) -> None:
    with pytest.raises(LocalError, match="REGISTER-DOCUMENT"):
        reports_from_document(document)


def test_too_many_reports_are_a_feed_and_not_a_document() -> None:
    with pytest.raises(LocalError, match="REGISTER-DOCUMENT"):
        reports_from_document({"reports": REPORTS["reports"] * 34})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(key=st.sampled_from(sorted(FACILITY_KEYS)), value=JSON)
def test_whatever_stands_under_a_key_of_a_facility_the_error_is_typed(key: str, value: Any) -> None:
    try:
        facility_from_document(changed(PLANT, key, value))
    except ArmslengthError:
        return


@given(key=st.sampled_from(sorted(REPORT_KEYS)), value=JSON)
def test_whatever_stands_under_a_key_of_a_report_the_error_is_typed(key: str, value: Any) -> None:
    try:
        reports_from_document({"reports": [changed(REPORTS["reports"][0], key, value)]})
    except ArmslengthError:
        return

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
from armslength.register.concerns import should_flag
from armslength.register.documents import FACILITY_KEYS, REPORT_KEYS, facility_from_document, reports_from_document
from armslength.register.facility_body import facility_body, parse_facility
from armslength.register.matching import match
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


def test_the_reports_of_the_demonstration_are_three_accounts_and_each_is_flagged() -> None:
    plant = facility_from_document(PLANT)
    reports = reports_from_document(REPORTS)
    assert [report.report_id for report in reports] == ["IAEA-2022-11-20", "RU-2022-11-20", "UA-2022-11-20"]
    assert [parse_report(report_body(report)) for report in reports] == list(reports)
    assert all(should_flag(match(report, plant), report) for report in reports)
    assert reports[0].grade.short == "A2"
    assert rfc3339(reports[0].from_at) == "2022-11-19T16:00:00Z"


def changed(document: Any, key: str, value: Any) -> Any:
    document = copy.deepcopy(document)
    document[key] = value
    return document


def without(document: Any, key: str) -> Any:
    return {name: value for name, value in document.items() if name != key}


@pytest.mark.parametrize("key", sorted(FACILITY_KEYS))
def test_a_facility_without_a_key_is_refused(key: str) -> None:
    with pytest.raises(LocalError, match="REGISTER-DOCUMENT"):
        facility_from_document(without(PLANT, key))


@pytest.mark.parametrize("key", sorted(REPORT_KEYS))
def test_a_report_without_a_key_is_refused(key: str) -> None:
    with pytest.raises(LocalError, match="REGISTER-DOCUMENT"):
        reports_from_document({"reports": [without(REPORTS["reports"][0], key)]})


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

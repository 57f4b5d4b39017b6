"""A report is held against a site by place and by name, surely or possibly, and as of its own date."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from geographiclib.geodesic import Geodesic

from armslength.core.instants import DAY_US, Instant
from armslength.core.places import E7
from armslength.register.facilities import Dependency
from armslength.register.facility_parts import Component, Life, Shape
from armslength.register.observing import Watched
from armslength.register.site_names import SETTLEMENT, site_of
from armslength.register.vocabularies import HOT_SPOT
from builders.two_nodes import START
from builders.watching import LAT, LON, SITE, north, site, strike

REACH_M = 5_000
PLANT = replace(SITE, facility_id="F-PLANT", kind="NUCLEAR-POWER-PLANT", names=(("en", "Dovhe nuclear power plant"),))


def observe(facilities: Any, *reports: Any, reach_m: int = REACH_M) -> dict[str, list[Any]]:
    given = facilities if isinstance(facilities, list) else [facilities]
    return Watched([site_of(one) for one in given], reach_m, kernel="numpy").observe(reports)


def line(*rings: list[tuple[float, float]], kind: str = "LINE", buffer_m: int = 0) -> Shape:
    parts = (tuple(tuple((round(lat * E7), round(lon * E7)) for lat, lon in ring) for ring in rings),)
    return Shape(kind=kind, parts=parts, source="a map", buffer_m=buffer_m)


@pytest.mark.parametrize(
    ("north_m", "uncertainty_m", "answer"),
    [
        (9_000, 900, "INSIDE"),
        (9_900, 500, "POSSIBLY"),
        (10_300, 500, "POSSIBLY"),
        (10_600, 500, None),
        (0, 0, "INSIDE"),
    ],
)
def test_a_place_and_its_doubt_give_three_answers(north_m: int, uncertainty_m: int, answer: str | None) -> None:
    found = observe(SITE, strike("a", north_m=north_m, uncertainty_m=uncertainty_m))
    assert [one.answer for one in found.get("F-1", [])] == ([] if answer is None else [answer])


def test_the_distance_is_the_geodesic_s_from_the_edge_of_the_site() -> None:
    far = strike("a", north_m=4_321)
    (one,) = observe(replace(SITE, site_radius_m=1_000), far)["F-1"]
    metres = Geodesic.WGS84.Inverse(LAT, LON, far.place.lat_e7 / E7, far.place.lon_e7 / E7)["s12"]
    assert one.distance_m == round(metres - 1_000)
    assert one.bearing_deg == 0
    assert one.basis == "PLACE"


def test_what_lies_inside_an_outline_is_at_the_site_and_the_rest_is_measured_from_its_edge() -> None:
    box = line([(LAT, LON), (LAT, LON + 0.2), (LAT + 0.1, LON + 0.2), (LAT + 0.1, LON)], kind="POLYGON")
    inside = strike("in", north_m=1_000, place=replace(north(1_000), lon_e7=round((LON + 0.1) * E7)))
    south = strike("out", place=replace(north(-2_000), lon_e7=round((LON + 0.1) * E7)))
    found = observe(replace(SITE, shape=box), inside, south)["F-1"]
    assert [one.distance_m for one in found] == [0, pytest.approx(2_000, abs=15)]


def test_the_breadth_of_a_line_belongs_to_it() -> None:
    course = line([(LAT, LON - 0.5), (LAT, LON + 0.5)], buffer_m=100)
    (one,) = observe(replace(SITE, shape=course), strike("a", north_m=1_000))["F-1"]
    assert one.distance_m == pytest.approx(900, abs=40)


def test_two_lines_enclose_nothing_and_the_nearer_one_counts() -> None:
    course = line(
        [(LAT, LON - 0.5), (LAT + 0.4, LON), (LAT, LON + 0.5)], [(LAT - 0.01, LON - 0.5), (LAT - 0.01, LON + 0.5)]
    )
    between = strike("a", north_m=20_000)
    assert observe(replace(SITE, shape=course), between) == {}
    (one,) = observe(replace(SITE, shape=course), strike("b", north_m=200))["F-1"]
    assert one.distance_m == pytest.approx(1_312, abs=40)


@pytest.mark.parametrize("kind", ["POLYGON", "LINE"])
def test_an_outline_that_is_none_does_not_blind_the_watch(kind: str) -> None:
    dot = line([(LAT, LON)] * 3, kind=kind)
    found = observe([replace(SITE, shape=dot), site("F-2", north_m=500)], strike("a", north_m=100))
    assert set(found) == {"F-1", "F-2"}


def test_the_widest_ring_around_the_widest_site_is_still_watched() -> None:
    wide = replace(SITE, site_radius_m=50_000, rings_m=(500_000,))
    assert set(observe([wide, site("F-2")], strike("a", north_m=400_000))) == {"F-1"}


def test_a_site_that_is_not_there_yet_or_any_more_is_not_held_against() -> None:
    span = Life(from_at=START, until_at=Instant(START + 2 * DAY_US), source="a register")
    lived = replace(SITE, life=(span,))
    days = {"before": -1, "first": 0, "last": 1, "end": 2}
    found = observe(lived, *(strike(name, day=day, text="Dovhe substation was shelled.") for name, day in days.items()))
    assert {one.report_id for one in found["F-1"]} == {"first", "last"}


def test_a_version_holds_between_its_dates() -> None:
    turn = Instant(START + DAY_US)
    old, new = site_of(SITE, until_at=turn), site_of(replace(SITE, place=north(60_000)), from_at=turn)
    watched = Watched([new, old], REACH_M, kernel="numpy")
    assert watched.by_id["F-1"] is new
    text = "Dovhe substation was shelled."
    found = watched.observe([strike("a", text=text), strike("b", day=1, text=text, north_m=60_000)])["F-1"]
    assert sorted((one.report_id, one.basis, one.distance_m) for one in found) == [
        ("a", "NAME", 0),
        ("a", "PLACE", 0),
        ("b", "NAME", 0),
        ("b", "PLACE", 0),
    ]


def test_a_name_is_found_however_far_the_report_was_placed() -> None:
    far = strike("a", north_m=300_000, text="Dovhe nuclear power plant was shelled.")
    (one,) = observe(PLANT, far)["F-PLANT"]
    assert (one.basis, one.answer) == ("NAME", "INSIDE")
    assert one.distance_m == pytest.approx(300_000, rel=0.01)


def test_the_town_built_for_a_site_is_told_apart_from_the_site() -> None:
    town = Component(component_id="T-1", name="Enerhodar", kind=SETTLEMENT, place=None, source="a gazetteer")
    found = observe(replace(PLANT, components=(town,)), strike("a", north_m=90_000, text="Shelling in Enerhodar."))
    assert [one.basis for one in found["F-PLANT"]] == ["SETTLEMENT"]


def test_the_line_that_feeds_a_plant_is_a_dependency() -> None:
    need = Dependency(on="ЛЕП Дніпровська", kind="OFF-SITE-POWER", note="", source="a map")
    found = observe(
        replace(PLANT, dependencies=(need,)), strike("a", north_m=90_000, text="Обстріл: пошкоджена ЛЕП «Дніпровська».")
    )
    assert [one.basis for one in found["F-PLANT"]] == ["DEPENDENCY"]


def test_hot_spots_have_a_cell_and_no_words() -> None:
    hot = strike("h", what=HOT_SPOT, text="Dovhe substation.")
    (one,) = observe(SITE, hot)["F-1"]
    assert one.source_kind == "HOT-SPOT"
    assert one.cell is not None
    assert one.basis == "PLACE"


@pytest.mark.parametrize(("what", "source"), [("AIR-ALERT", "ALARM"), ("SHELLING", "TEXT")])
def test_an_alarm_is_no_text_about_a_strike(what: str, source: str) -> None:
    (one,) = observe(SITE, strike("a", what=what))["F-1"]
    assert one.source_kind == source


def test_an_empty_register_sees_nothing() -> None:
    watched = Watched([], REACH_M, kernel="numpy")
    watched.warm()
    assert watched.observe([strike("a")]) == {}
    assert watched.names_searched
    assert observe(SITE) == {}


def test_places_alone_are_watched_where_names_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("armslength.register.observing.NAMES_SITES_MAX", 0)
    watched = Watched([site_of(SITE)], REACH_M, kernel="numpy")
    assert not watched.names_searched
    assert [one.basis for one in watched.observe([strike("a", text="Dovhe substation.")])["F-1"]] == ["PLACE"]

"""Awkward records of the real data, each with what it asks for (`tests/tidy/test_hazards.py` has the whole list).

The texts of the reports are read where they lie and are nowhere written down here.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.feeds import read_feed
from armslength.core.instants import parse_rfc3339
from armslength.core.places import E7, Place
from armslength.register.engine import Engine
from armslength.register.flag_types import Act, Facts
from armslength.register.flagging import History, judge
from armslength.register.geodesy import exact_distance_m
from armslength.register.matching import Answer, answer_for
from armslength.register.observing import Watched
from armslength.register.rules import DEFAULT_RULES
from armslength.register.site_names import Site
from armslength.register.whatif import Replay, replay
from armslength.register.zones import Circle, Polygon, ZoneSet
from builders.shared_data import shared_data
from builders.watch_replay import day_number, facilities, year_2022
from tidy.house import ROOT, repository_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.register.flag_types import Finding
    from armslength.register.reports import Report

INSIDE, POSSIBLY = 2, 1
SPHERE_M = 6_371_008.8
YEAR = ("20220101", "20221231")


def known() -> dict[str, dict[str, str]]:
    return {row["facility_id"]: row for row in facilities()}


def case(name: str) -> dict[str, Any]:
    text = (shared_data("hazards") / "hazards.jsonl").read_text(encoding="utf-8")
    return next(row["rec"] for row in map(json.loads, text.splitlines()) if row["case"] == name)


def outline(name: str, kind: str) -> list[list[tuple[float, float]]]:
    path = shared_data("facilities_osm_power") / "osm_power_ukraine.geojson.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        features = json.load(file)["features"]
    (found,) = [
        one["geometry"]["coordinates"]
        for one in features
        if one["properties"].get("name") == name and one["properties"].get("power") == kind
    ]
    return [[(lon, lat) for lon, lat in ring] for ring in found]


@lru_cache(maxsize=1)
def texts() -> tuple[Report, ...]:
    """The reports of the year as the reader of VIINA gives them."""
    path = shared_data("viina_infra") / "viina_infra_2022.csv.gz"
    return read_feed(path, FeedOptions(received_at=parse_rfc3339("2023-01-01T00:00:00Z"))).accepted


@lru_cache(maxsize=8)
def judged(facility_ids: frozenset[str] | None, first: str, last: str, *, placed: bool = False) -> Replay:
    year = year_2022(facility_ids, first, last)
    return replay(DEFAULT_RULES, year.batches, [at_its_place(one) if placed else one for one in year.facts])


def at_its_place(facts: Facts) -> Facts:
    row = known()[facts.facility_id]
    place = Place(lat_e7=round(float(row["lat"]) * E7), lon_e7=round(float(row["lon"]) * E7), precision_m=0)
    return replace(facts, place=place)


def raised(done: Replay) -> list[Finding]:
    return [one for one in done.findings if one.act is not Act.SUPPRESS]


# --- one text, several places -----------------------------------------------------------------------------------------


def test_h02_one_text_placed_on_two_cities_is_kept_once_with_both_events() -> None:
    both = {"11175", case("H02")["id"]}
    done = judged(frozenset({"F-ZNPP"}), "20221012", "20221012")
    held = [one for one in done.findings if both & set(one.evidence)]
    assert [set(one.evidence) for one in held] == [both]
    assert len([one for one in raised(done) if one.act is Act.FLAG]) == 1


def test_h03_a_wrong_name_of_the_place_does_not_hide_the_plant_that_the_text_names() -> None:
    record = case("H03")
    assert record["place"] == "Nahortsi"
    (one,) = raised(judged(frozenset({"F-CHNPP"}), record["date"], record["date"]))
    assert (one.rule_id, one.evidence) == ("text-named", (record["id"],))
    assert "placed 2.1 km SE of it (the middle of a settlement)" in one.reason


# --- the middle of a town ---------------------------------------------------------------------------------------------


def test_h04_the_middle_of_enerhodar_is_possibly_inside_by_point_and_inside_by_the_outline_of_the_site() -> None:
    record, plant = case("H04"), known()["F-ZNPP"]
    point = Circle(lat_deg=float(plant["lat"]), lon_deg=float(plant["lon"]), radius_m=5_000.0)
    site = Polygon(rings=outline("Запорізька АЕС", "plant"), buffer_m=5_000.0)
    by_point, by_site = (Engine(ZoneSet.build([zone]), kernel="numpy") for zone in (point, site))
    where = (record["lat"], record["lon"])
    assert by_point.probe(*where) == []
    (report,) = [one for one in texts() if one.report_id == f"viina:2022:{record['id']}"]
    assert report.located_by == "SETTLEMENT"
    (doubtful,) = by_point.probe(*where, float(report.uncertainty_m))
    assert doubtful.answer == POSSIBLY
    assert round(doubtful.distance_m / 1000, 1) == record["km_to_ZNPP"]
    (certain,) = by_site.probe(*where)
    assert certain.answer == INSIDE
    # The same in the words of a ring: the doubt about the place decides, not its middle.
    assert answer_for(doubtful.distance_m, report.uncertainty_m, 5_000) is Answer.POSSIBLY


def test_h05_the_middle_of_a_city_is_possibly_near_the_dam_and_raises_nothing_by_that() -> None:
    record, row = case("H05"), known()["F-DNIPRO"]
    dam = Site(
        facility_id="F-DNIPRO",
        kind="HYDRO-POWER-PLANT",
        lat_e7=round(float(row["lat"]) * E7),
        lon_e7=round(float(row["lon"]) * E7),
        precision_m=0,
        site_radius_m=0,
        rings_m=(5_000, 10_000, 30_000),
        names=(("uk", row["name_uk"]), ("ru", row["name_ru"])),
    )
    where = (round(record["lat"] * E7), round(record["lon"] * E7))
    reports = [one for one in texts() if (one.place.lat_e7, one.place.lon_e7) == where]
    assert len(reports) == 53
    seen = Watched([dam], DEFAULT_RULES.reach_m, kernel="numpy").observe(reports)["F-DNIPRO"]
    placed = [one for one in seen if one.basis == "PLACE"]
    assert len(placed) == 53
    assert {answer_for(one.distance_m, one.uncertainty_m, 5_000) for one in placed} == {Answer.POSSIBLY}
    facts = Facts(facility_id="F-DNIPRO", name=row["name_en"], kind=dam.kind)
    found = judge(History(), seen, DEFAULT_RULES, reports[-1].until_at, facts)
    near = [one for one in found if one.rule_id == "text-near"]
    assert {one.act for one in near} == {Act.SUPPRESS}
    assert any("the middle of a settlement, which says nothing about a site there" in one.reason for one in near)
    # What names the dam raises a concern, wherever it was placed.
    raising = [one for one in found if one.act is not Act.SUPPRESS]
    assert {one.rule_id for one in raising} == {"text-named"}
    assert f"viina:2022:{record['id']}" in raising[0].evidence


def test_h09_a_denial_that_a_machine_took_for_events_raises_nothing() -> None:
    ids = set(case("H09")["ids"])
    done = judged(None, "20220813", "20220815")
    assert ids & {report for one in raised(done) for report in one.evidence} == set()


# --- two sites side by side -------------------------------------------------------------------------------------------

PLANTS = {"F-ZNPP": "Zaporizhzhia NPP", "G-21927": "Zaporizhia power station"}


def test_h15_one_fire_at_two_plants_is_one_concern_that_names_both() -> None:
    both = frozenset(PLANTS)
    apart = judged(both, "20220720", "20220825")
    days = {day_number(text) for text in ("20220823", "20220824", "20220825")}
    assert {(one.facility_id, one.day) for one in raised(apart) if one.day in days} == {
        (facility_id, day) for facility_id in both for day in days
    }
    together = [one for one in raised(judged(both, "20220720", "20220825", placed=True)) if one.day in days]
    assert {one.facility_id for one in together} == {"F-ZNPP"}
    assert {one.day for one in together} == days
    for one in together:
        assert "The same reports touch Zaporizhia power station (G-21927), 3.0 km off." in one.reason
        assert "Which of the sites is meant the reports do not say." in one.counter_evidence


@pytest.mark.long
def test_h15_neighbours_told_once_take_away_the_repetitions_of_the_year_and_nothing_else() -> None:
    apart, together = (judged(None, *YEAR, placed=placed) for placed in (False, True))
    assert together.days(Act.FLAG) < apart.days(Act.FLAG)
    page = (ROOT / "docs" / "watch.md").read_text(encoding="utf-8")
    load = together.load
    assert f"neighbours told once | {load.flagged}, worst watch {load.worst} |" in page


# --- heat -------------------------------------------------------------------------------------------------------------


def test_h20_the_steelworks_beside_the_dam_raise_no_concern_a_day() -> None:
    done = judged(frozenset({"F-DNIPRO"}), *YEAR)
    assert len([one for one in raised(done) if one.rule_id == "hot-spot-burst" and one.act is Act.FLAG]) <= 3
    days = {
        one.day
        for batch in year_2022(frozenset({"F-DNIPRO"}), *YEAR).batches
        for one in batch.observations.get("F-DNIPRO", ())
        if one.source_kind == "HOT-SPOT" and one.distance_m <= 10_000
    }
    assert len(days) == 230, "the steelworks burn on as many days, and a count alone would raise each"


def test_h21_the_burst_of_august_raises_exactly_there() -> None:
    record = case("H21")
    done = judged(frozenset({"F-ZNPP"}), "20220720", "20220831")
    by_heat = {one.day for one in raised(done) if one.rule_id == "hot-spot-burst"}
    assert by_heat == {day_number(date) for date in record["days"]}


def test_h22_a_day_of_field_burning_raises_three_at_most_and_one_a_facility() -> None:
    done = judged(None, "20220223", "20220323")
    flagged = [one for one in raised(done) if one.day == day_number("20220323") and one.act is Act.FLAG]
    assert len(flagged) <= 3
    assert len({one.facility_id for one in flagged}) == len(flagged)


# --- the ellipsoid ----------------------------------------------------------------------------------------------------


def _detections() -> tuple[Any, Any]:
    with gzip.open(shared_data("firms_min") / "firms_ua_2022.csv.gz", "rt", encoding="utf-8") as file:
        rows = np.loadtxt(file, delimiter=",", skiprows=1, usecols=(1, 2))
    return rows[:, 0], rows[:, 1]


def _sphere_m(lat: Any, lon: Any, lat0: float, lon0: float) -> Any:
    phi, phi0 = np.radians(lat), np.radians(lat0)
    half = np.sin((phi - phi0) / 2) ** 2 + np.cos(phi) * np.cos(phi0) * np.sin(np.radians(lon - lon0) / 2) ** 2
    return 2 * SPHERE_M * np.arcsin(np.sqrt(half))


def _flips(lat: Any, lon: Any, radius_m: float) -> Iterator[tuple[float, float, float, float, bool]]:
    """Pairs that a sphere answers in another way than the engine: both places, and the engine's answer."""
    rows = list(known().values())
    at = np.array([[float(row["lat"]), float(row["lon"])] for row in rows])
    engine = Engine(ZoneSet.circles(at[:, 0], at[:, 1], np.full(len(rows), radius_m)), kernel="numpy")
    held = {
        (zone, point) for block in engine.join(lat, lon) for zone, point in zip(block.zone, block.point, strict=True)
    }
    for zone, (lat0, lon0) in enumerate(at):
        near = np.flatnonzero(np.abs(lat - lat0) < 0.5)
        inside = _sphere_m(lat[near], lon[near], lat0, lon0) <= radius_m
        ours = np.array([(zone, point) in held for point in near], dtype=bool)
        for point in near[inside != ours]:
            yield lat0, lon0, float(lat[point]), float(lon[point]), (zone, point) in held


def test_h29_distances_are_those_of_the_ellipsoid_and_a_sphere_would_flip_hundreds() -> None:
    lat, lon = _detections()
    flipped = [(radius, *one) for radius in (5_000.0, 10_000.0, 30_000.0) for one in _flips(lat, lon, radius)]
    assert len(flipped) == 354
    for radius, lat0, lon0, lat1, lon1, ours in flipped:
        assert (exact_distance_m(lat0, lon0, lat1, lon1) <= radius) is ours


# --- the map ----------------------------------------------------------------------------------------------------------


def _countries_at(places: dict[str, tuple[float, float]]) -> dict[str, list[str]]:
    text = (shared_data("basemap") / "countries.geojson").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {name: [] for name in places}
    for feature in json.loads(text)["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        # Simplified outlines hold slivers of two points, which hold nothing.
        rings = [[(x, y) for x, y in ring] for part in parts for ring in part if len(set(map(tuple, ring))) > 2]
        engine = Engine(ZoneSet.build([Polygon(rings=rings)]), kernel="numpy")
        for name, (lat, lon) in places.items():
            if engine.probe(lat, lon):
                found[name].append(feature["properties"]["name"])
    return found


def test_h30_the_base_map_has_crimea_within_ukraine() -> None:
    places = {"Simferopol": (44.95, 34.10), "Sevastopol": (44.60, 33.53), "Krasnodar": (45.04, 38.98)}
    assert _countries_at(places) == {"Simferopol": ["Ukraine"], "Sevastopol": ["Ukraine"], "Krasnodar": ["Russia"]}


def test_h30_no_other_map_of_the_world_is_shipped_or_asked_for() -> None:
    maps = {".topojson", ".shp", ".mbtiles", ".pmtiles"}
    assert [path.name for path in repository_files() if path.suffix in maps or "atlas" in path.name] == []
    source = [path for path in repository_files() if path.suffix in {".py", ".toml"}]
    named = [path.name for path in source if "world-" + "atlas" in path.read_text(encoding="utf-8")]
    assert named == []

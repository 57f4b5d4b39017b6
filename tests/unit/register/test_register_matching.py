"""Inside, possibly, outside: the doubt about a place decides, and the middle of it never does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.instants import parse_rfc3339
from armslength.core.places import Place, distance_m
from armslength.register.facilities import Facility
from armslength.register.matching import Answer, Basis, answer_for, match
from armslength.register.reports import Grade, Reliability, Report, ReportKind

AT = parse_rfc3339("2022-11-20T10:00:00Z")
PLANT_AT = Place(lat_e7=475122000, lon_e7=345858000, precision_m=0)
PLANT = Facility(
    facility_id="UA-ZNPP",
    names=(("en", "ZNPP"),),
    kind="NUCLEAR-POWER-PLANT",
    place=PLANT_AT,
    site_radius_m=0,
    rings_m=(5000, 10000, 30000),
)


def report_at(lat_e7: int, lon_e7: int, uncertainty_m: int, precision_m: int = 0) -> Report:
    return Report(
        kind=ReportKind.EVENT,
        from_at=AT,
        until_at=AT,
        place=Place(lat_e7=lat_e7, lon_e7=lon_e7, precision_m=precision_m),
        uncertainty_m=uncertainty_m,
        what="SHELLING",
        who_says="somebody",
        source="somewhere",
        received_at=AT,
        text="Shelling.",
        language="en",
        grade=Grade(reliability=Reliability.FAIRLY_RELIABLE, credibility=3),
    )


# Distances from the plant's point: Enerhodar's centroid in two gazetteers, the city, the thermal plant's point.
ENERHODAR = (474998000, 346560000)  # 5.4 km
CITY = (478388000, 351396000)  # 55 km


@pytest.mark.parametrize(
    ("where", "uncertainty_m", "answer", "ring_m", "certain_ring_m"),
    [
        ((475122000, 345858000), 0, Answer.INSIDE, 5000, 5000),
        ((475122000, 345858000), 5000, Answer.INSIDE, 5000, 5000),
        ((475122000, 345858000), 5001, Answer.POSSIBLY, 5000, 10000),
        (ENERHODAR, 0, Answer.INSIDE, 10000, 10000),
        (ENERHODAR, 1000, Answer.POSSIBLY, 5000, 10000),
        (ENERHODAR, 26_000, Answer.POSSIBLY, 5000, None),
        (CITY, 1000, Answer.OUTSIDE, 30000, None),
        (CITY, 26_000, Answer.POSSIBLY, 30000, None),
        (CITY, 60_000, Answer.POSSIBLY, 5000, None),
    ],
)
def test_named_places_around_the_plant(
    where: tuple[int, int], uncertainty_m: int, answer: Answer, ring_m: int, certain_ring_m: int | None
) -> None:
    found = match(report_at(*where, uncertainty_m), PLANT)
    assert (found.answer, found.ring_m, found.certain_ring_m) == (answer, ring_m, certain_ring_m)
    assert found.basis is Basis.PLACE


def test_distance_and_bearing_are_those_of_the_ellipsoid() -> None:
    found = match(report_at(*ENERHODAR, 0), PLANT)
    assert found.distance_m == 5465
    assert found.bearing_deg == 105
    assert found.sentence == "inside the ring of 10000 m; 5465 m ESE of its point, known within 0 m"


def test_the_edge_belongs_to_the_ring() -> None:
    assert answer_for(5000.0, 0, 5000) is Answer.INSIDE
    assert answer_for(5000.001, 0, 5000) is Answer.OUTSIDE
    assert answer_for(4000.0, 1000, 5000) is Answer.INSIDE
    assert answer_for(6000.0, 1000, 5000) is Answer.POSSIBLY
    assert answer_for(6000.001, 1000, 5000) is Answer.OUTSIDE


def test_rings_begin_at_the_edge_of_the_site() -> None:
    report = report_at(*ENERHODAR, 0)
    assert match(report, PLANT).ring_m == 10000
    assert match(report, replace(PLANT, site_radius_m=1000)).ring_m == 5000


def test_the_doubts_about_both_places_add_up_and_the_larger_of_the_reports_own_counts() -> None:
    facility = replace(PLANT, place=replace(PLANT_AT, precision_m=12))
    assert match(report_at(*ENERHODAR, 1000, precision_m=100), facility).uncertainty_m == 1012
    assert match(report_at(*ENERHODAR, 100, precision_m=1000), facility).uncertainty_m == 1012


@pytest.mark.parametrize(
    ("report", "facility"),
    [((0, 1799999000), (0, -1799999000)), ((899999000, 0), (899999000, 1800000000))],
    ids=["antimeridian", "pole"],
)
def test_the_antimeridian_and_the_poles_are_ordinary_places(report: tuple[int, int], facility: tuple[int, int]) -> None:
    there = replace(PLANT, place=Place(lat_e7=facility[0], lon_e7=facility[1], precision_m=0))
    assert match(report_at(*report, 0), there).ring_m == 5000
    assert match(report_at(*report, 0), there).answer is Answer.INSIDE


def test_each_answer_has_its_words() -> None:
    assert match(report_at(475122000, 345858000, 10), PLANT).sentence == (
        "inside the ring of 5000 m; at its point, known within 10 m"
    )
    assert match(report_at(*ENERHODAR, 1000), PLANT).sentence.startswith(
        "possibly inside the ring of 5000 m, certainly inside that of 10000 m; "
    )
    assert match(report_at(*CITY, 26_000), PLANT).sentence.startswith("possibly inside the ring of 30000 m; ")
    assert match(report_at(*CITY, 0), PLANT).sentence.startswith("outside all rings, the widest of 30000 m; ")


@given(
    d_lat=st.integers(-4_000_000, 4_000_000),
    d_lon=st.integers(-6_000_000, 6_000_000),
    doubt=st.integers(0, 40_000),
    shift=st.floats(0, 1),
)
def test_wherever_the_true_place_is_within_the_doubt_it_never_contradicts_the_answer(
    d_lat: int, d_lon: int, doubt: int, shift: float
) -> None:
    report = report_at(475122000 + d_lat, 345858000 + d_lon, doubt)
    found = match(report, PLANT)
    # A true place on the way to or from the plant, as far from the reported one as the doubt allows at most.
    true = Place(lat_e7=report.place.lat_e7 + round(shift * doubt * 80), lon_e7=report.place.lon_e7, precision_m=0)
    if distance_m(true, report.place) > doubt:
        return
    metres = distance_m(PLANT_AT, true)
    if found.certain_ring_m is not None:
        assert metres <= found.certain_ring_m + 1e-6
    if found.answer is Answer.OUTSIDE:
        assert metres > PLANT.rings_m[-1] - 1e-6
    else:
        narrower = [ring for ring in PLANT.rings_m if ring < found.ring_m]
        assert all(metres > ring - 1e-6 for ring in narrower)
    assert 0 <= found.bearing_deg <= 359

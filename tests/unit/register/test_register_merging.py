"""Sources meet by name, kind and distance, never by coordinates alone, and every account of them is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.core.errors import LocalError
from armslength.core.places import Place
from armslength.register import facility_parts as parts
from armslength.register.facilities import Facility, Holding
from armslength.register.hazards import check_hazards
from armslength.register.merging import disagreements_of, merge, merge_two, shared_points


def site(facility_id: str, name: str, kind: str, lat: float, lon: float, source: str = "A", **more: object) -> Facility:
    place = Place(lat_e7=round(lat * 1e7), lon_e7=round(lon * 1e7), precision_m=12)
    plain = Facility(
        facility_id=facility_id,
        names=(("en", name),),
        kind=kind,
        place=place,
        site_radius_m=0,
        rings_m=(5000, 10000, 30000),
        positions=(parts.Position(place=place, source=source, as_of=None),),
        record_source=source,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


NPP, HYDRO, PUMPED, THERMAL, SOLAR = (
    "NUCLEAR-POWER-PLANT",
    "HYDRO-POWER-PLANT",
    "PUMPED-STORAGE-PLANT",
    "THERMAL-POWER-PLANT",
    "SOLAR-POWER-PLANT",
)


def test_h14_two_sources_of_one_plant_keep_both_points_and_raise_the_alarm() -> None:
    plant = site("G-1", "Zaporozhye", NPP, 47.5119, 34.5863, "GPPD")
    wrong = site("GND-1", "Zaporozhye", NPP, 47.508, 34.627, "GeoNuclearData")
    merging = merge([plant], [wrong])
    (one,) = merging.facilities
    assert one.place == plant.place
    assert [position.source for position in one.positions] == ["GPPD", "GeoNuclearData"]
    assert merging.changed == ("G-1",)
    assert "3096 m apart" in merging.merged[0].ground
    (alarm,) = merging.disagreements
    assert (alarm.what, alarm.distance_m, alarm.limit_m) == ("POSITION", 3096, 1000)
    assert "GPPD puts it at 47.5119 34.5863" in alarm.sentence
    assert "3.1 km away" in alarm.sentence
    assert alarm.sentence.endswith("Which is right?")


def test_h15_neighbours_three_kilometres_apart_stay_two() -> None:
    plant = site("G-1", "Zaporozhye", NPP, 47.5119, 34.5863)
    thermal = site("T-1", "Zaporizhia power station", THERMAL, 47.5089, 34.6253)
    merging = merge([plant], [thermal])
    assert [one.facility_id for one in merging.facilities] == ["G-1", "T-1"]
    assert not merging.merged


def test_h16_no_merge_by_coordinates_alone() -> None:
    parks = [site(f"P-{n}", f"Perovo {n}".strip(), SOLAR, 44.958, 33.923) for n in ("", "I", "II", "III", "IV", "V")]
    dam = site("D-1", "Dniester", HYDRO, 48.5136, 27.4733)
    pumped = site("D-2", "Dniester (pumped storage)", PUMPED, 48.5136, 27.4733)
    merging = merge([*parks, dam], [pumped, *(replace(park, facility_id=f"Q-{park.facility_id}") for park in parks)])
    assert len(merging.facilities) == 8
    assert len(merging.merged) == 6
    assert all(one.ground.startswith("name and kind") for one in merging.merged)
    shared = shared_points(merging.facilities)
    assert [one.sentence.count(";") for one in shared] == [5, 1]


def test_h32_a_wrong_point_is_found_by_the_second_source() -> None:
    gppd = [
        site("G-1", "Dniester", HYDRO, 48.5136, 27.4733, "GPPD"),
        site("G-2", "Kiev CHP-5", THERMAL, 50.532, 30.6625, "GPPD"),
    ]
    geodb = [
        site("E-1", "Dniester (Dnestrovsk) Hydroelectric Power Plant Ukraine", HYDRO, 48.5933, 27.455, "GEODB"),
        site("E-2", "Dniester Pumped Storage Hydroelectric Power Plant Ukraine", PUMPED, 48.5136, 27.4733, "GEODB"),
        site("E-3", "Kiev CHP-5 Power Plant Ukraine", THERMAL, 50.3933, 30.5692, "GEODB"),
        site("E-4", "Kiev CHP-6 Power Plant Ukraine", THERMAL, 50.532, 30.6625, "GEODB"),
    ]
    merging = merge(gppd, geodb)
    assert [one.facility_id for one in merging.facilities] == ["G-1", "G-2", "E-2", "E-4"]
    assert [(one.facility_id, one.distance_m) for one in merging.disagreements] == [("G-1", 8965), ("G-2", 16791)]


def test_one_name_far_away_is_another_place() -> None:
    here, far = site("A", "Nikopol", SOLAR, 47.775, 34.095), site("B", "Nikopol", SOLAR, 43.7, 24.9)
    assert len(merge([here], [far]).facilities) == 2


def test_two_candidates_are_no_answer() -> None:
    register = [site("A", "Kyiv HPP", HYDRO, 50.58, 30.51), site("B", "Київська ГЕС", "DAM", 50.59, 30.50)]
    incoming = site("C", "Kiev", "POWER-PLANT", 50.7, 30.5)
    merging = merge(register, [incoming])
    assert len(merging.facilities) == 3
    assert merging.disagreements[0].what == "WHICH-FACILITY"
    assert "A Kyiv HPP; B Київська ГЕС" in merging.disagreements[0].sentence


def test_of_two_candidates_the_one_of_its_kind_and_place_is_meant() -> None:
    register = [site("A", "Kyiv HPP", HYDRO, 50.58, 30.51), site("B", "Kyiv HPP", HYDRO, 50.75, 30.50)]
    assert merge(register, [site("C", "Kiev", HYDRO, 50.581, 30.511)]).changed == ("A",)


def test_entries_of_one_source_are_never_merged_with_each_other() -> None:
    register = [site("A", "Kyiv HPP", HYDRO, 50.58, 30.51)]
    twice = [site("B", "Kiev", HYDRO, 50.58, 30.51), site("C", "Kiev", HYDRO, 50.58, 30.511)]
    merging = merge(register, twice)
    assert [one.facility_id for one in merging.facilities] == ["A", "C"]
    assert "B was taken for already" in merging.disagreements[-1].sentence


def test_the_same_id_is_the_same_facility_wherever_it_stands() -> None:
    register = [site("A", "Kyiv HPP", HYDRO, 50.58, 30.51)]
    moved = site("A", "another name", HYDRO, 40.0, 20.0, "B")
    merging = merge(register, [moved])
    assert merging.changed == ("A",)
    assert merging.disagreements[0].what == "POSITION"


def test_the_same_file_a_second_time_changes_nothing() -> None:
    register = [site("A", "Kyiv HPP", HYDRO, 50.58, 30.51), site("B", "Kaniv", HYDRO, 49.7665, 31.4717)]
    merging = merge(register, register)
    assert (merging.facilities, merging.changed, merging.merged) == (tuple(register), (), ())


def test_nothing_is_lost_in_a_merge() -> None:
    holding = Holding(who="Energoatom", since=None, source="A")
    other = Holding(who="another company", since=None, source="B")
    one = site("A", "Zaporozhye", NPP, 47.5119, 34.5863, "A", operator_de_jure=(holding,))
    two = site("B", "Запорізька АЕС", NPP, 47.51, 34.588, "B", operator_de_jure=(other, holding))
    merged, trapped = merge_two(one, two)
    assert merged.operator_de_jure == (holding, other)
    assert merged.names == (("en", "Zaporozhye"), ("en", "Запорізька АЕС"))
    assert [(use.name, use.source) for use in merged.name_sources] == [("Zaporozhye", "A"), ("Запорізька АЕС", "B")]
    assert not trapped
    assert not disagreements_of(merged)
    assert merge_two(merged, two)[0] == merged


def water(value: str, unit: str, source: str) -> parts.Hazard:
    return parts.Hazard(kind="STORED-WATER", value=value, unit=unit, note="", source=source, as_of=None)


def test_a_merge_does_not_let_the_kakhovka_trap_in() -> None:
    right = site("A", "Kakhovka", "DAM", 46.7786, 33.3697, "A", hazards=(water("18.2", "km3", "A"),))
    wrong = site("B", "Kakhovka", "DAM", 46.7786, 33.3697, "B", hazards=(water("18000000", "m3", "B"),))
    merged, (explained,) = merge_two(right, wrong)
    assert merged.hazards == right.hazards
    assert explained.what == "STORED-WATER"
    assert "1,011" in explained.sentence
    with pytest.raises(LocalError, match="QUANTITY-MAGNITUDE"):
        check_hazards((*right.hazards, *wrong.hazards))
    check_hazards((water("18.2", "km3", "A"), water("17", "km3", "B")))

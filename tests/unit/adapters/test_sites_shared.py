"""The importers on the real files: what they hold, what is wrong with them, and that each wrong thing is said."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from armslength.adapters.format_unpack import open_file
from armslength.adapters.sites import read_sites, told_by
from armslength.adapters.sites_gazetteer import Codifier, Gazetteer, found_by, read_geonames, read_katottg
from armslength.adapters.sites_reading import SiteOptions
from armslength.adapters.sites_spelling import Spellings, read_spelling
from armslength.core.instants import parse_rfc3339
from armslength.register.merging import merge
from armslength.register.site_keys import name_keys
from builders.shared_data import shared_data

if TYPE_CHECKING:
    from armslength.register.facilities import Facility
    from armslength.register.importing import ImportRun
    from armslength.register.merging import Merging

EXTRACT = parse_rfc3339("2025-10-01T00:00:00Z")
OPTIONS = SiteOptions(received_at=EXTRACT, as_of=EXTRACT)


@lru_cache
def gppd() -> ImportRun[Facility]:
    return read_sites(shared_data("facilities_gppd") / "gppd_v1_3_ukraine.csv", OPTIONS)


@lru_cache
def geodb() -> ImportRun[Facility]:
    return read_sites(shared_data("facilities_gppd") / "geodb_ukraine.csv", OPTIONS)


@lru_cache
def geonuclear() -> ImportRun[Facility]:
    return read_sites(shared_data("facilities_geonuclear") / "nuclear_power_plants.csv.gz", OPTIONS)


@lru_cache
def osm() -> ImportRun[Facility]:
    return read_sites(shared_data("facilities_osm_power") / "osm_power_ukraine.geojson.gz", OPTIONS)


@lru_cache
def gazetteer() -> Gazetteer:
    with open_file(shared_data("gazetteer_geonames_ua") / "geonames_ua_500.csv.gz") as file:
        return Gazetteer(read_geonames(file, OPTIONS).accepted)


@lru_cache
def spellings() -> Spellings:
    with open_file(shared_data("spelling_ukraine") / "spelling_ukraine.csv") as file:
        return Spellings(read_spelling(file, OPTIONS).accepted)


def named(run: ImportRun[Facility] | Merging, name: str) -> Facility:
    facilities = run.facilities if hasattr(run, "facilities") else run.accepted
    (found,) = [one for one in facilities if name in [known for _, known in one.names]]
    return found


@pytest.mark.parametrize(
    ("folder", "file", "name", "read", "accepted", "refused", "skipped"),
    [
        ("facilities_gppd", "gppd_v1_3_ukraine.csv", "gppd", 64, 64, 0, 0),
        ("facilities_gppd", "geodb_ukraine.csv", "geodb", 32, 32, 0, 0),
        ("facilities_gppd", "wri_raw_ukraine.csv", "wri", 61, 37, 2, 22),
        ("facilities_geonuclear", "nuclear_power_plants.csv.gz", "geonuclear", 804, 332, 0, 45),
        ("facilities_osm_power", "osm_power_ukraine.geojson.gz", "osm-power", 999, 999, 0, 0),
        ("gazetteer_geonames_ua", "geonames_ua_500.csv.gz", "geonames", 5488, 5488, 0, 0),
        ("reference_join", "facilities.csv", "reference", 75, 75, 0, 0),
    ],
)
def test_every_file_is_told_and_read_whole(
    folder: str, file: str, name: str, read: int, accepted: int, refused: int, skipped: int
) -> None:
    path = shared_data(folder) / file
    assert told_by(path, OPTIONS) == name
    found = read_sites(path, OPTIONS)
    counts = (found.rows_read, len(found.accepted), found.refused_count, sum(n for _, n in found.skipped))
    assert counts == (read, accepted, refused, skipped)


def test_the_world_is_read_but_for_one_row() -> None:
    path = shared_data("facilities_gppd") / "gppd_v1_3_world_min.csv.gz"
    found = read_sites(path, OPTIONS)
    assert (found.rows_read, len(found.accepted), found.refused_count) == (34936, 34935, 1)
    # One row of the world has its latitude for its longitude.
    assert (found.refused[0].row, found.refused[0].code) == (19273, "SITES-PLACE")


def test_the_reference_list_keeps_its_rings() -> None:
    found = read_sites(shared_data("reference_join") / "facilities.csv", OPTIONS)
    assert {one.rings_m for one in found.accepted} == {(5000, 10000, 30000)}
    assert {one.facility_id for one in gppd().accepted} < {one.facility_id for one in found.accepted}


# --- the hazards ------------------------------------------------------------------------------------------------------


def test_h14_the_reactors_of_zaporizhzhia_are_one_site_and_3_km_off() -> None:
    nuclear = geonuclear()
    site = named(nuclear, "Zaporozhye")
    assert len(site.components) == 6
    assert next(one.rows for one in nuclear.merged if one.facility_id == site.facility_id) == tuple(range(757, 763))
    ours = merge(gppd().accepted, [one for one in nuclear.accepted if one.facility_id.startswith("GND-UA-")])
    (alarm,) = ours.disagreements
    assert (alarm.facility_id, alarm.what, alarm.distance_m, alarm.limit_m) == ("G-21928", "POSITION", 3096, 1000)
    assert alarm.sentence.endswith("Which is right?")
    assert len(named(ours, "Zaporizhia power station").positions) == 1


def test_h15_the_plant_and_the_thermal_plant_beside_it_stay_two() -> None:
    ours = merge(gppd().accepted, osm().accepted)
    plant, thermal = named(ours, "Zaporozhye"), named(ours, "Zaporizhia power station")
    assert (plant.facility_id, thermal.facility_id) == ("G-21928", "G-21927")
    assert ("uk", "Запорізька АЕС") in plant.names
    assert ("uk", "Запорізька ТЕС") in thermal.names


def test_h16_shared_points_are_no_ground_to_merge() -> None:
    found = gppd()
    assert sum(one.names[0][1].startswith("Perovo") for one in found.accepted) == 6
    assert [one.sentence.count(";") for one in found.disagreements if one.what == "SAME-POINT"] == [1, 5]
    ours = merge(found.accepted, geodb().accepted)
    dam, pumped = named(ours, "Dniester"), named(ours, "Dniester (pumped storage)")
    assert len(dam.positions) == len(pumped.positions) == 2
    assert pumped.names[1][1] == "Dniester Pumped Storage Hydroelectric Power Plant Ukraine"


@pytest.mark.parametrize(
    ("sought", "facility_id"),
    [
        ("Dnipro HPP 2", "G-21873"),
        ("Rivne", "G-21910"),
        ("Рівненська АЕС", "G-21910"),
        ("Kharkiv CHP-5", "G-21883"),
        ("Kamianske", "G-21876"),
        ("Vuhlehirska", "G-21925"),
    ],
)
def test_h17_misspelt_and_renamed_plants_are_found_by_their_present_names(sought: str, facility_id: str) -> None:
    register = [spellings().with_aliases(gazetteer().with_current_names(one)) for one in gppd().accepted]
    assert facility_id in [one.facility_id for one in found_by(register, sought)]


def test_h18_outputs_in_free_text() -> None:
    found = osm()
    doubtful = {one.facility_id: one.sentence for one in found.disagreements if one.what == "ELECTRIC-POWER"}
    assert len(doubtful) == 2
    assert any("3680 MW" in said and '"3,680 mW"' in said for said in doubtful.values())
    assert any('"135 MVA" is kept as text' in said for said in doubtful.values())
    assert (named(found, "Дніпровська ГЕС").hazards[0].value) == "1578.6"
    assert (named(found, "Рівненська АЕС").hazards[0].value, named(found, "Рівненська АЕС").hazards[0].unit) == (
        "2.835",
        "GW",
    )


def test_h19_the_kakhovka_plant_of_the_map_is_no_more() -> None:
    (former,) = [one for one in osm().accepted if any("Каховська ГЕС" in name for _, name in one.names)]
    assert former.exists_at(parse_rfc3339("2022-11-20T00:00:00Z"))
    assert not former.exists_at(EXTRACT)


def test_h31_one_code_behind_the_spellings_of_a_region_s_city() -> None:
    with open_file(shared_data("gazetteer_katottg") / "katottg_raw.csv.gz") as file:
        codifier = Codifier(read_katottg(file, OPTIONS).accepted)
    for spelt in ("Zaporizhzhia", "Zaporizhia", "Zaporozhye", "Запорожье"):
        spelling = spellings().of(spelt)
        assert spelling is not None
        cities = [unit for unit in codifier.named(spelling.ukrainian) if unit.category in {"M", "K"}]
        assert [codifier.path(city.code)[0].code[:4] for city in cities] == ["UA23"]


def test_h32_the_dniester_dam_and_kyiv_chp_5_stand_elsewhere_by_their_own_source() -> None:
    found = {one.facility_id: one.distance_m for one in merge(gppd().accepted, geodb().accepted).disagreements}
    assert found == {"G-21874": 8965, "G-21887": 16791}


def test_h33_look_alike_letters_are_kept_and_folded() -> None:
    found = osm()
    mixed = [
        name for one in found.accepted for _, name in one.names if name in {"Днiстровська ГЕС", "Краснохутiрська ГЕС"}
    ]
    assert sorted(mixed) == ["Днiстровська ГЕС", "Краснохутiрська ГЕС"]
    assert name_keys("Днiстровська ГЕС") == name_keys("Дністровська ГЕС")
    case = [
        json.loads(line)
        for line in (shared_data("hazards") / "hazards.jsonl").read_text(encoding="utf-8").splitlines()
        if '"H33"' in line
    ]
    assert all(name in case[0]["why"] for name in mixed)

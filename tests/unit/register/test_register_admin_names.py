"""One key behind every spelling of the 27 first-level units (H31)."""

from __future__ import annotations

import csv
import gzip
import json

import pytest

from armslength.register.admin_names import UNITS, unit_of
from builders.shared_data import shared_data

ZAPORIZHZHIA = (
    "Zaporizhzhya", "Zaporizhia", "Zaporizka oblast", "Zaporizhzhia", "Запорізька", "Запорізька область",
    "Запорожская область", "Zaporizhzhia Oblast", "ZAPORIZHZHIA", "UA-23", "UA23", "UA23000000000064947",
    "Запорізька обл.", "Запорiзька область",
)  # fmt: skip


@pytest.mark.parametrize("name", ZAPORIZHZHIA)
def test_every_spelling_has_the_one_key(name: str) -> None:
    unit = unit_of(name)
    assert unit is not None
    assert (unit.iso, unit.katottg[:4]) == ("UA-23", "UA23")


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("Kiev", "UA-32"), ("Kiev City", "UA-30"), ("Kyiv City", "UA-30"), ("Kyiv", "UA-30"), ("Київ", "UA-30"),
        ("Kyiv Oblast", "UA-32"), ("Київська", "UA-32"), ("Kyivska oblast", "UA-32"), ("UA44", "UA-09"),
        ("UA-43", "UA-43"), ("UA01", "UA-43"), ("Sevastopol'", "UA-40"), ("Ivano-Frankivs'k", "UA-26"),
    ],
)  # fmt: skip
def test_cities_and_oblasts_of_one_name_are_told_apart(name: str, iso: str) -> None:
    unit = unit_of(name)
    assert unit is not None
    assert unit.iso == iso


@pytest.mark.parametrize(
    "name", ["", "Lubenskyi raion", "Запорізький район", "Запорожском", "Zaporiz'ke", "UA-44", "Ukraine", "oblast"]
)
def test_what_is_no_first_level_unit_has_none(name: str) -> None:
    assert unit_of(name) is None


def test_there_are_27_each_with_its_own_keys() -> None:
    assert len({unit.iso for unit in UNITS}) == len({unit.katottg for unit in UNITS}) == len(UNITS) == 27
    for unit in UNITS:
        assert {unit_of(n) for n in (unit.iso, unit.katottg, unit.name_uk, unit.name_en, unit.name_ru)} == {unit}


def _column(dataset: str, file_name: str, column: str) -> set[str]:
    csv.field_size_limit(1 << 24)
    with gzip.open(shared_data(dataset) / file_name, "rt", encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file)}


def test_all_names_of_the_reports_and_alarms_are_known() -> None:
    viina = _column("viina_infra", "viina_infra_2022.csv.gz", "ADM1_NAME")
    assert {name for name in viina if unit_of(name) is None} == {""}
    sirens = _column("air_raid_sirens", "sirens_official_open.csv.gz", "oblast")
    assert {name for name in sirens if unit_of(name) is None} == {"Lubenskyi raion"}


def test_the_base_map_and_the_codifier_agree_with_the_keys() -> None:
    oblasts = json.loads((shared_data("basemap") / "oblasts.geojson").read_text(encoding="utf-8"))
    for feature in oblasts["features"]:
        unit = unit_of(feature["properties"]["name_ne"])
        assert unit is not None
        assert unit.iso == feature["properties"]["iso"]
    with gzip.open(shared_data("gazetteer_katottg") / "katottg_raw.csv.gz", "rt", encoding="utf-8", newline="") as file:
        first = [row for row in csv.reader(file) if row[0].startswith("UA") and not row[1]]
    assert len(first) == 27
    for row in first:
        assert unit_of(row[6]) is unit_of(row[0]) is not None


def test_the_plants_of_openstreetmap_have_units() -> None:
    path = shared_data("facilities_osm_power") / "osm_power_ukraine.geojson.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        names = {feature["properties"]["oblast_name_en"] for feature in json.load(file)["features"]}
    assert len({unit_of(name) for name in names}) == 27
    assert None not in {unit_of(name) for name in names}

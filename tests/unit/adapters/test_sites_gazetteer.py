"""Settlements and units are looked up; a plant is found by what its town is called today."""

from __future__ import annotations

import pytest

from armslength.adapters.format_unpack import open_bytes
from armslength.adapters.sites_gazetteer import (
    Codifier,
    Gazetteer,
    found_by,
    read_geonames,
    read_geonames_sites,
    read_katottg,
)
from armslength.adapters.sites_reading import SiteOptions
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.core.places import Place
from armslength.register.facilities import Facility

OPTIONS = SiteOptions(received_at=parse_rfc3339("2022-11-20T00:00:00Z"))
GEONAMES = """geonameid,name,lat,lon,population,admin1,timezone,alternatenames
709932,Kamianske,48.51716,34.60617,226845,04,Europe/Kyiv,Dniprodzerzhynsk|Кам'янське|Каменское
687700,Zaporizhzhya,47.85167,35.11714,710052,26,Europe/Kyiv,Запоріжжя|Zaporozhye
1,Zaporizhzhya,50.1,27.1,1073,09,Europe/Kyiv,Запоріжжя
2,Broken,x,1,5,,,
3,Crowded,1,2,many,,,
"""
KATOTTG = """,,,,,"ЗАТВЕРДЖЕНО
наказом",
,,,,,,
Кодифікатор,,,,,,
Перший рівень,Другий рівень,Третій рівень,Четвертий рівень,Додатковий рівень,Категорія об’єкта,Назва об’єкта
UA23000000000064947,,,,,O,Запорізька
UA23000000000064947,UA23060000000000001,,,,P,Запорізький
UA23000000000064947,UA23060000000000001,UA23060070000000001,UA23060070010000001,,M,Запоріжжя
,UA1,,,,P,Broken
"""


def plant(name: str, lat: int, lon: int) -> Facility:
    place = Place(lat_e7=lat, lon_e7=lon, precision_m=12)
    return Facility(
        facility_id="P", names=(("en", name),), kind="HYDRO-POWER-PLANT", place=place, site_radius_m=0, rings_m=(5000,)
    )


def test_settlements_by_any_of_their_names() -> None:
    with open_bytes(GEONAMES.encode(), "x.csv") as file:
        found = read_geonames(file, OPTIONS)
    assert [(row.row, row.code) for row in found.refused] == [(5, "SITES-PLACE"), (6, "SITES-ROW")]
    gazetteer = Gazetteer(found.accepted)
    assert [one.population for one in gazetteer.named("ЗАПОРІЖЖЯ")] == [710052, 1073]
    assert gazetteer.named("nowhere") == ()


def test_h17_a_plant_is_found_by_the_present_name_of_its_town() -> None:
    with open_bytes(GEONAMES.encode(), "x.csv") as file:
        gazetteer = Gazetteer(read_geonames(file, OPTIONS).accepted)
    old = plant("Dniprodzerzhynsk", 485485000, 345410000)
    present = gazetteer.with_current_names(old)
    assert present.names == (("en", "Dniprodzerzhynsk"), ("en", "Kamianske HPP"))
    assert present.name_sources[0].source.startswith("GeoNames")
    assert found_by([present, plant("Kaniv", 1, 2)], "Kamianske") == (present,)
    assert found_by([present], "Кам'янська ГЕС") == (present,)
    # Far from the town that it seems to be named for, nothing is added; and what is known is not added twice.
    far = plant("Dniprodzerzhynsk", 1, 2)
    assert gazetteer.with_current_names(far) is far
    assert gazetteer.with_current_names(present) is present


def test_settlements_become_facilities_only_when_asked_for() -> None:
    with open_bytes(GEONAMES.encode(), "x.csv") as file:
        found = read_geonames_sites(file, OPTIONS)
    assert [one.facility_id for one in found.accepted] == ["GN-709932", "GN-687700", "GN-1"]
    assert found.accepted[0].kind == "SETTLEMENT"
    assert found.refused_count == 2


def test_the_codifier_is_a_tree() -> None:
    with open_bytes(KATOTTG.encode(), "x.csv") as file:
        found = read_katottg(file, OPTIONS)
    codifier = Codifier(found.accepted)
    (city,) = codifier.named("Запоріжжя")
    assert city.level == 4
    assert [unit.name for unit in codifier.path(city.code)] == ["Запорізька", "Запорізький", "Запоріжжя"]
    assert [unit.name for unit in codifier.below("UA23000000000064947")] == ["Запорізький"]
    assert [row.code for row in found.refused] == ["SITES-ROW"]
    with pytest.raises(LocalError, match="SITES-ROW"):
        codifier.path("UA99")

"""The Global Power Plant Database in each of its forms, its raw sheets, and GEODB in its columns."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.adapters.format_unpack import open_bytes
from armslength.adapters.sites_geodb import is_geodb, read_geodb
from armslength.adapters.sites_gppd import read_gppd, read_wri
from armslength.adapters.sites_reading import SiteOptions
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339

OPTIONS = SiteOptions(received_at=parse_rfc3339("2022-11-20T00:00:00Z"))


def run(reader: Any, text: str) -> Any:
    with open_bytes(text.encode(), "x.csv") as file:
        return reader(file, OPTIONS)


SHORT = """name,latitude,longitude,primary_fuel,estimated_generation_gwh_2017
Zaporozhye,47.5119,34.5863,Nuclear,36992.5
,47,35,Solar,
Copied,46.8712,46.8712,Solar,1
No place,,,Hydro,1
"Short",1
Kariba Dam South,-16.5222,28.7619,Hydro,
"""


def test_the_short_form() -> None:
    found = run(read_gppd, SHORT)
    plant, dam = found.accepted
    assert (plant.facility_id, plant.kind, plant.rings_m) == ("G-2", "NUCLEAR-POWER-PLANT", (5000, 10000, 30000))
    assert plant.positions[0].place == plant.place
    assert (dam.facility_id, dam.place.lat_e7) == ("G-7", -165222000)
    assert [(row.row, row.code) for row in found.refused] == [(3, "SITES-ROW"), (4, "SITES-PLACE"), (6, "ROW-CELLS")]
    assert (found.rows_read, found.refused_count, found.skipped) == (6, 3, (("without a place", 1),))
    assert len(found.file_hash) == 32


LONG = """gppd_row,name,country,primary_fuel,latitude,longitude,capacity_mw,gppd_idnr
21928,Zaporozhye,UKR,Nuclear,47.5119,34.5863,6000.0,WRI1005114
21901,Perovo,UKR,Solar,44.958,33.923,,
21902,Perovo I,UKR,Solar,44.958,33.923,,
21903,Swapped,UKR,Solar,33.923,44.958,,
21904,Perovo III,UKR,Plutonium,44.958,33.923,,
21902,Twice,UKR,Solar,44.9,33.9,,
"""


def test_the_ukrainian_form_keeps_the_database_s_own_rows() -> None:
    found = run(read_gppd, LONG)
    assert [one.facility_id for one in found.accepted] == ["G-21928", "G-21901", "G-21902"]
    assert (found.accepted[0].hazards[0].value, found.accepted[0].hazards[0].unit) == ("6000", "MW")
    assert [(row.row, row.code) for row in found.refused] == [(5, "SITES-PLACE"), (6, "SITES-ROW"), (7, "SITES-ROW")]
    assert "axes seem swapped" in found.refused[0].reason
    assert [one.what for one in found.disagreements] == ["SAME-POINT"]


def test_geodb_is_told_by_its_ids_and_keeps_the_owner() -> None:
    text = "country,name,gppd_idnr,capacity_mw,latitude,longitude,primary_fuel,owner\n"
    text += "UKR,Kiev CHP-5 Power Plant Ukraine,GEODB0042997,700,50.3933,30.5692,Gas,Kyivenergo\n"
    found = run(read_geodb, text)
    (plant,) = found.accepted
    assert (plant.facility_id, plant.operator_de_jure[0].who) == ("GEODB0042997", "Kyivenergo")
    assert is_geodb(plant.facility_id)
    assert not is_geodb("WRI1005125")


def test_a_raw_sheet() -> None:
    header = "Power Plant ID,Name,Fuel,Capacity (MW),Latitude,Longitude,Country\n"
    rows = "1,A,Hydro,887,47.8,35.1,Ukraine\n1,B,Hydro,5,47.9,35.1,Ukraine\n2,C,Wind,9,,,Ukraine\n"
    rows += "3,D,Natural Gas,x,47.1,35.2,\n"
    found = run(read_wri, header + rows)
    assert [one.facility_id for one in found.accepted] == ["WRI1"]
    assert [(row.row, row.code) for row in found.refused] == [(3, "SITES-ROW"), (5, "SITES-ROW")]
    assert found.skipped == (("without a place", 1),)


def test_other_columns_are_refused_whole() -> None:
    with pytest.raises(LocalError, match="FEED-HEADER"):
        run(read_gppd, "name,lat,lon\nx,1,2\n")

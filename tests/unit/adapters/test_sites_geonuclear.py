"""Reactors become sites, each unit kept as a part with its own place and status."""

from __future__ import annotations

from armslength.adapters.format_unpack import open_bytes
from armslength.adapters.sites_geonuclear import read_geonuclear
from armslength.adapters.sites_reading import SiteOptions
from armslength.core.instants import parse_rfc3339

OPTIONS = SiteOptions(received_at=parse_rfc3339("2022-11-20T00:00:00Z"))
HEADER = "Id,Name,Latitude,Longitude,CountryCode,Status,ReactorType,ReactorModel,Capacity,LastUpdatedAt\n"
ROWS = """771,Zaporozhye-1,47.508000,34.627000,UA,Operational,PWR,VVER V-320,950,2015-05-24T04:51:40+03:00
772,Zaporozhye-2,47.508000,34.627000,UA,Shutdown,PWR,VVER V-320,950,2021-05-31
1,Ågesta,59.206000,18.082900,SE,Shutdown,PHWR,,9,
4,Akhvaz-1,,,IR,Planned,,,,
9,Novovoronezh-1,51.275,39.206,RU,Shutdown,PWR,,197,
10,Novovoronezh-5,52.381,39.211,RU,Operational,PWR,,950,
11,Zaporozhye-3,34.627,47.508,UA,Operational,PWR,,950,
12,Wrong-1,x,2,FR,Operational,PWR,,1,
"""


def test_h14_units_are_merged_into_one_site() -> None:
    with open_bytes((HEADER + ROWS).encode(), "x.csv") as file:
        found = read_geonuclear(file, OPTIONS)
    plant, agesta, novovoronezh = found.accepted
    assert (plant.facility_id, plant.names) == ("GND-UA-ZAPOROZHYE", (("en", "Zaporozhye"),))
    assert [part.name for part in plant.components] == ["Zaporozhye-1", "Zaporozhye-2"]
    assert (plant.hazards[0].value, plant.hazards[0].note) == ("950", "net, 1 of 2 units in operation")
    assert plant.facts[1].text == "Zaporozhye-2: Shutdown"
    assert plant.facts[1].as_of == parse_rfc3339("2021-05-31T00:00:00Z")
    assert (agesta.facility_id, agesta.hazards) == ("GND-SE-1", ())
    assert [one.rows for one in found.merged] == [(2, 3), (6, 7)]
    assert [(one.facility_id, one.distance_m) for one in found.disagreements] == [(novovoronezh.facility_id, 123059)]
    assert [(row.row, row.code) for row in found.refused] == [(8, "SITES-PLACE"), (9, "SITES-PLACE")]
    assert found.skipped == (("without a place", 1),)

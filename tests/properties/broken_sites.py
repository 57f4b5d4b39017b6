"""The importers of facilities that must survive broken files: samples that they read, and how they read them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from armslength.adapters.sites import read_sites
from armslength.adapters.sites_reading import SiteOptions
from armslength.core.instants import parse_rfc3339

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MAPPING: Final = """source = "x"
[fields]
id = "i"
name = "n"
latitude = "a"
longitude = "o"
[hazards.STORED-WATER]
column = "w"
unit = "m3"
"""
_OPTIONS: Final = SiteOptions(received_at=parse_rfc3339("2022-11-20T00:00:00Z"), mapping=_MAPPING)

GPPD: Final = (
    b"name,country,primary_fuel,latitude,longitude,capacity_mw,gppd_idnr\n"
    b"Zaporozhye,UKR,Nuclear,47.5119,34.5863,6000.0,WRI1005114\n"
    b'"Dniester (pumped storage)",UKR,Hydro,48.5136,27.4733,,WRI1005116\n'
)
GEONUCLEAR: Final = (
    "Id,Name,Latitude,Longitude,CountryCode,Status,ReactorType,Capacity,LastUpdatedAt\n"
    "771,Zaporozhye-1,47.508000,34.627000,UA,Operational,PWR,950,2015-05-24T04:51:40+03:00\n"
    "1,Ågesta,59.206000,18.082900,SE,Shutdown,PHWR,9,2021-05-31\n"
).encode()
OSM: Final = (
    '{"type":"FeatureCollection","features":[\n{"type":"Feature","properties":{"osm_id":7,"osm_type":"way",'
    '"power":"plant","name":"Каховська ГЕС","plant:source":"hydro","plant:output:electricity":"1578,6 MW"},'
    '"geometry":{"type":"Polygon","coordinates":[[[33.36,46.77],[33.37,46.77],[33.37,46.78],[33.36,46.77]]]}}]}'
).encode()
OCHA: Final = (
    b"reference,type,organisation,contact,function,name_en,coordinates,datum,route,starts_at,ends_at,headcount\n"
    b"S-1,site,Relief,+380 1,hospital,Hospital 9,47.8388N 35.1389E,WGS84,,,,250\n"
    b"M-1,movement,Relief,+380 1,evacuation,Convoy,,WGS84,47.84N 35.14E; 47.49N 34.66E,2022-11-29T06:00:00Z,"
    b"2022-11-29T18:00:00Z,120\n"
)
TABLE: Final = "i;n;a;o;w\n1;Гребля;47.9;35.2;18,2 km3\n2;Став;47.8;35.1;1500000\n".encode()


def _by(name: str) -> Callable[[bytes], Iterable[object]]:
    def read(data: bytes) -> Iterable[object]:
        run = read_sites(("file", data), _OPTIONS, name)
        return chain(run.accepted, run.refused)

    return read


SITE_READERS: Final[tuple[tuple[str, bytes, Callable[[bytes], Iterable[object]]], ...]] = (
    ("sites: gppd", GPPD, _by("gppd")),
    ("sites: geonuclear", GEONUCLEAR, _by("geonuclear")),
    ("sites: osm-power", OSM, _by("osm-power")),
    ("sites: ocha", OCHA, _by("ocha")),
    ("sites: table", TABLE, _by("table")),
)
"""Name, a sample read without a refusal, and what reads it."""

"""A file is told by its own first bytes, and one that nobody claims is refused with what could be done."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from armslength.adapters.sites import SITES, read_sites, told_by
from armslength.adapters.sites_reading import SiteOptions
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import parse_rfc3339

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = SiteOptions(received_at=parse_rfc3339("2022-11-20T00:00:00Z"))
FIRST = {
    "geodb": "country,name,gppd_idnr,latitude,longitude,primary_fuel\nUKR,x,GEODB0042997,1,2,Gas\n",
    "gppd": "country,name,gppd_idnr,latitude,longitude,primary_fuel\nUKR,x,WRI1005125,1,2,Gas\n",
    "wri": "Power Plant ID,Name,Fuel,Capacity (MW),Latitude,Longitude\n",
    "geonuclear": "Id,Name,Latitude,Longitude,CountryCode,Status,ReactorType,Capacity,IAEAId\n",
    "osm-power": '{"type":"FeatureCollection","features":[{"properties":{"osm_id":1,"power":"plant"}}]}',
    "geonames": "geonameid,name,lat,lon,population,admin1,timezone,alternatenames\n",
    "ocha": "Reference;Type;Organisation;Contact;Function;Coordinates;Datum;Route\n",
    "reference": "facility_id,name_en,name_uk,name_ru,kind,lat,lon,coord_source\n",
    "geojson": '{"type": "FeatureCollection", "features": []}',
    "kml": '<?xml version="1.0"?><kml xmlns="x"></kml>',
}


@pytest.mark.parametrize("name", sorted(FIRST))
def test_every_form_is_told_by_its_first_bytes(name: str) -> None:
    data = FIRST[name].encode()
    assert told_by(("x", data), OPTIONS) == name
    assert told_by(("x.gz", gzip.compress(data)), OPTIONS) == name
    assert told_by(("x", b"\xef\xbb\xbf" + data), OPTIONS) == name


def test_every_importer_can_be_loaded_and_says_what_it_reads() -> None:
    assert set(SITES) == {*FIRST, "table"}
    for name, known in SITES.items():
        assert callable(known.reader()), name
        assert known.title


def test_a_list_with_fixed_rings_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "facility_id,name_en,name_uk,name_ru,kind,lat,lon,coord_source\n"
        "F-KAKH,Kakhovka HPP and dam,Каховська ГЕС,Каховская ГЭС,dam,46.7786,33.3697,GPPD\n"
        "G-21907,Porogi,,,solar,48.2514,28.3341,GPPD\n"
        "G-1,,,,solar,48.2514,28.3341,GPPD\n",
        encoding="utf-8",
    )
    found = read_sites(path, OPTIONS)
    assert [(one.facility_id, one.kind, one.rings_m) for one in found.accepted] == [
        ("F-KAKH", "DAM", (5000, 10000, 30000)),
        ("G-21907", "SOLAR-POWER-PLANT", (5000, 10000, 30000)),
    ]
    assert found.refused_count == 1


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"a,b\n1,2\n", b"PK\x03\x04", b"{" * 50, b"<html>"])
def test_a_file_that_nobody_claims_is_refused(data: bytes) -> None:
    with pytest.raises(LocalError) as refused:
        read_sites(("x", data), OPTIONS)
    assert refused.value.code in {"SITES-FILE", "FILE-PACKED"}
    assert refused.value.next_step


def test_an_importer_that_is_not_there_is_refused() -> None:
    with pytest.raises(LocalError, match="SITES-FILE"):
        read_sites(("x", b""), OPTIONS, "gazette")


@pytest.mark.parametrize("name", sorted(SITES))
@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe\x00", b"\x1f\x8b\x08", b'{"type":"FeatureCollection"}', b"a" * 200_000, b"<kml><kml>", b"[" * 99],
)
def test_any_importer_answers_broken_bytes_with_a_typed_error(name: str, data: bytes) -> None:
    with pytest.raises(ArmslengthError):
        read_sites(("x", data), OPTIONS, name)

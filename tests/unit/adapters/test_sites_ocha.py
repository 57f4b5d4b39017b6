"""Sites and movements as humanitarian organisations notify them, each row read or refused."""

from __future__ import annotations

from armslength.adapters.format_unpack import open_bytes
from armslength.adapters.sites_ocha import read_notices, read_ocha
from armslength.adapters.sites_reading import UKRAINE, SiteOptions
from armslength.core.instants import parse_rfc3339

NOW = parse_rfc3339("2022-11-18T06:00:00Z")
OPTIONS = SiteOptions(received_at=NOW, region=UKRAINE)
COLUMNS = (
    "reference,type,organisation,contact,function,name_en,name_local,language,coordinates,datum,route,starts_at,ends_at,"
    "vehicles,plates,markings,headcount,cargo,valid_until,emergency,recipients,supersedes"
)
ROUTE = "Zaporizhzhia: 47.84N 35.14E; 47.49N 34.66E"
WINDOW = "2022-11-19T06:00:00Z,2022-11-19T18:00:00Z"
ROWS = [
    (
        "S-1,site,Relief,+380 1,hospital,Hospital 9,Лікарня 9,uk,47.8388N 35.1389E,WGS84,,,,,,red cross,250,,"
        "2023-01-01T00:00:00Z,no,A;B,S-0"
    ),
    (
        f"M-1,movement,Relief,+380 1,evacuation,Convoy,,,,WGS 84,{ROUTE},{WINDOW},3 buses,AA 1234,"
        "white flags,120,people,,no,A;B,"
    ),
    f"M-2,movement,Relief,+380 1,evacuation,Convoy,,,,WGS84,{ROUTE},{WINDOW},,,,,,,yes,,",
    "S-2,site,Relief,+380 1,school,School,,,47.8N 35.1E,Pulkovo 1942,,,,,,,,,,,,",
    "S-3,site,Relief,+380 1,school,School,,,35.1N 47.8E,WGS84,,,,,,,,,,,,",
    "S-1,site,Relief,+380 1,school,School,,,47.8N 35.1E,WGS84,,,,,,,,,,,,",
    "S-4,site,Relief,,school,School,,,47.8N 35.1E,WGS84,,,,,,,,,,,,",
    f"M-3,movement,Relief,+380 1,evacuation,Convoy,,,,WGS84,47.84N 35.14E,{WINDOW},,,,,,,perhaps,,",
    "X-1,wish,Relief,+380 1,school,School,,,47.8N 35.1E,WGS84,,,,,,,,,,,,",
]
TEXT = "\n".join([COLUMNS, *ROWS]) + "\n"


def test_a_table_of_notices() -> None:
    with open_bytes(TEXT.encode(), "x.csv") as file:
        notices = read_notices(file, OPTIONS)
    (hospital,) = notices.sites.accepted
    assert (hospital.facility_id, hospital.kind) == ("OCHA-S-1", "HOSPITAL")
    assert hospital.names == (("en", "Hospital 9"), ("uk", "Лікарня 9"))
    assert hospital.review_due_at == parse_rfc3339("2023-01-01T00:00:00Z")
    assert [fact.text for fact in hospital.facts] == [
        "function: hospital",
        "contact at any hour: +380 1",
        "markings: red cross",
        "supersedes: S-0",
        "people there",
    ]
    assert hospital.agreements[0].note == "A;B"
    assert hospital.record_source == "humanitarian notification form S-1 of Relief"
    convoy, emergency = notices.movements
    assert (convoy.reference, convoy.headcount, convoy.vehicles) == ("M-1", 120, "3 buses; AA 1234; white flags")
    assert [(name, place.lat_e7) for name, place in convoy.stops] == [("Zaporizhzhia", 478400000), ("", 474900000)]
    assert convoy.valid_until == convoy.ends_at
    assert (emergency.emergency, emergency.headcount) == (True, None)
    assert [(one.facility_id, one.what) for one in notices.sites.disagreements] == [("M-1", "NOTICE")]
    assert "begins 24 h after it was notified" in notices.sites.disagreements[0].sentence
    assert [(row.row, row.code) for row in notices.sites.refused] == [
        (5, "SITES-PLACE"),
        (6, "SITES-PLACE"),
        (7, "SITES-ROW"),
        (8, "SITES-ROW"),
        (9, "SITES-ROW"),
        (10, "SITES-ROW"),
    ]
    assert notices.sites.skipped == (("movement, kept for a notice", 2),)


def test_sites_alone_are_an_import_like_any_other() -> None:
    with open_bytes(TEXT.encode(), "x.csv") as file:
        assert [one.facility_id for one in read_ocha(file, OPTIONS).accepted] == ["OCHA-S-1"]

"""Everything that a facility's record may say comes back from its bytes, and what no source could mean is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339
from armslength.core.places import Place
from armslength.register import facility_parts as parts
from armslength.register.facilities import Facility
from armslength.register.facility_body import facility_body, parse_facility

AS_OF = parse_rfc3339("2022-11-20T00:00:00Z")
LATER = Instant(AS_OF + 86_400_000_000)
HERE = Place(lat_e7=475122000, lon_e7=345858000, precision_m=12)
THERE = Place(lat_e7=475080000, lon_e7=346270000, precision_m=100)
SQUARE = (((475000000, 345000000), (475000000, 346000000), (476000000, 346000000)),)

BARE = Facility(
    facility_id="UA-ZNPP",
    names=(("en", "Zaporizhzhia NPP"),),
    kind="NUCLEAR-POWER-PLANT",
    place=HERE,
    site_radius_m=0,
    rings_m=(5000,),
)
FULL = replace(
    BARE,
    positions=(
        parts.Position(place=HERE, source="GPPD", as_of=None),
        parts.Position(place=THERE, source="GeoNuclearData", as_of=AS_OF),
    ),
    shape=parts.Shape(kind="POLYGON", parts=(SQUARE,), source="OpenStreetMap", as_of=AS_OF, buffer_m=50),
    components=(parts.Component(component_id="unit-1", name="Unit 1", kind="reactor", place=None, source="IAEA"),),
    hazards=(
        parts.Hazard(kind="ELECTRIC-POWER", value="5700", unit="MW", note="", source="IAEA", as_of=AS_OF),
        parts.Hazard(kind="SPENT-FUEL", value="855.5", unit="t", note="as read", source="press", as_of=None),
    ),
    pillars=(
        parts.PillarReport(pillar="OFF-SITE-POWER", status="HELD", note="", source="IAEA", as_of=AS_OF),
        parts.PillarReport(pillar="OFF-SITE-POWER", status="LOST", note="all lines", source="operator", as_of=LATER),
    ),
    monitors=(parts.Monitor(who="ISAMZ", access="LIMITED", since=AS_OF, note="", source="IAEA"),),
    review_due_at=LATER,
    consequences=(
        parts.Consequence(
            kind="PEOPLE-WITHOUT-POWER",
            low="10000",
            high="12000",
            unit="persons",
            note="",
            source="governor",
            as_of=AS_OF,
            restored_at=LATER,
        ),
    ),
    life=(parts.Life(from_at=None, until_at=LATER, source="OpenStreetMap"),),
    agreements=(parts.Agreement(name="safeguards agreement", party="", note="", source="IAEA", since=None),),
    name_sources=(parts.NameSource(name="Zaporizhzhia NPP", source="IAEA", as_of=None),),
    record_source="example",
    applies_from_at=AS_OF,
)


@pytest.mark.parametrize("facility", [BARE, FULL], ids=["bare", "full"])
def test_a_facility_comes_back_from_the_bytes_of_its_record(facility: Facility) -> None:
    body = cbor.decode(cbor.encode(facility_body(facility)))
    assert parse_facility(body) == facility  # type: ignore[arg-type]


def test_what_is_not_stated_takes_no_field() -> None:
    assert max(facility_body(BARE)) == 32
    assert sorted(facility_body(FULL))[-13:] == list(range(33, 46))


def test_two_sources_keep_two_positions_and_two_accounts_of_a_pillar() -> None:
    assert [one.source for one in FULL.positions] == ["GPPD", "GeoNuclearData"]
    assert [one.status for one in FULL.pillars] == ["HELD", "LOST"]


def test_an_event_after_its_end_is_not_held_against_a_facility() -> None:
    assert FULL.exists_at(AS_OF)
    assert not FULL.exists_at(LATER)
    assert BARE.exists_at(LATER)


def test_a_facility_of_which_one_source_says_that_it_exists_exists() -> None:
    two = replace(FULL, life=(*FULL.life, parts.Life(from_at=AS_OF, until_at=None, source="operator")))
    assert two.exists_at(LATER)


@pytest.mark.parametrize(
    ("field", "row"),
    [
        (33, (("not", "a", "place"), "GPPD", None)),
        (34, ("CIRCLE", ((((0, 0), (0, 1), (1, 1)),),), "OSM", None, 0)),
        (34, ("POLYGON", ((((0, 0), (0, 1)),),), "OSM", None, 0)),
        (34, ("POLYGON", (), "OSM", None, 0)),
        (34, ("POLYGON", ((((0, 0), (0, 1), (1, 10**12)),),), "OSM", None, 0)),
        (34, ("POLYGON", ((((0, 0), (0, 1), (1, 1)),),), "OSM", None, -1)),
        (36, ("ELECTRIC-POWER", "much", "MW", None, "IAEA", None)),
        (36, ("ELECTRIC-POWER", "5700", "", None, "IAEA", None)),
        (36, ("MAGIC", "5700", "MW", None, "IAEA", None)),
        (37, ("OFF-SITE-POWER", "BROKEN", None, "IAEA", 0)),
        (38, ("ISAMZ", "PERHAPS", None, None, "IAEA")),
        (40, ("KILLED", "5", "4", "persons", None, "press", 0, None)),
        (40, ("KILLED", "4", "5", "persons", None, "press", 10, 9)),
        (41, (10, 9, "OSM")),
        (41, (10, 9)),
    ],
)
def test_what_no_source_could_mean_is_refused(field: int, row: Any) -> None:
    body = facility_body(FULL)
    body[field] = row if field == 34 else (row,)
    with pytest.raises(LocalError, match=r"FACILITY-VALUE|PLACE"):
        parse_facility(body)


@pytest.mark.parametrize("field", range(33, 44))
def test_a_field_of_another_type_is_refused(field: int) -> None:
    body = facility_body(FULL)
    body[field] = {1: 2}
    with pytest.raises(LocalError, match="FACILITY-VALUE"):
        parse_facility(body)

"""The records of examples/register are read, complete, each statement with its source, and show what they are for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.register.documents import FACILITY_FURTHER, facility_from_document
from armslength.register.facility_body import facility_body, parse_facility
from armslength.register.merging import disagreements_of
from armslength.register.versions import affected_by

if TYPE_CHECKING:
    from armslength.register.facilities import Facility

FOLDER = Path(__file__).parents[3] / "examples" / "register"
FILES = ("znpp", "kakhovka_dam", "dniprohes")


def record(name: str) -> Facility:
    return facility_from_document(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", FILES)
def test_a_record_is_complete(name: str) -> None:
    facility = record(name)
    assert parse_facility(cbor.decode(cbor.encode(facility_body(facility)))) == facility  # type: ignore[arg-type]
    assert {language for language, _ in facility.names} == {"en", "uk", "ru"}
    assert len(facility.positions) >= 3
    assert {status.basis for status in facility.protected_status} >= {"AP-I-ARTICLE-56", "CUSTOMARY-RULE-42"}
    assert any(status.party for status in facility.protected_status)
    assert facility.review_due_at
    assert facility.hazards
    assert facility.disclosure == "private"


def test_the_plant_says_that_one_source_is_wrong() -> None:
    (alarm,) = disagreements_of(record("znpp"))
    assert alarm.distance_m is not None
    assert alarm.distance_m > 3_000
    assert not disagreements_of(record("kakhovka_dam"))
    assert not disagreements_of(record("dniprohes"))


def test_what_happens_at_the_dam_reaches_the_plant() -> None:
    (plant,) = affected_by([record(name) for name in FILES], "UA-KAKH")
    assert (plant.facility_id, plant.kinds) == ("UA-ZNPP", ("COOLING-WATER",))


def test_the_dam_s_life_ends_with_its_breach() -> None:
    dam = record("kakhovka_dam")
    assert dam.exists_at(parse_rfc3339("2022-10-21T00:00:00Z"))
    assert not dam.exists_at(parse_rfc3339("2023-06-07T00:00:00Z"))


def test_the_reservoir_of_the_press_of_october_2022_is_refused_beside_the_true_one() -> None:
    document = json.loads((FOLDER / "kakhovka_dam.json").read_text(encoding="utf-8"))
    wrong = {"kind": "STORED-WATER", "value": "18", "unit": "hm3", "note": None, "source": "press", "as_of": None}
    document["hazards"].append(wrong)
    with pytest.raises(LocalError, match="QUANTITY-MAGNITUDE"):
        facility_from_document(document)


def test_the_examples_use_most_of_what_a_record_can_say() -> None:
    said = {key for name in FILES for key in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))}
    assert set(FACILITY_FURTHER) - said == {"shape", "applies_from_at"}

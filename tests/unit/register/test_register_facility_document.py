"""A record that is written out and read again is the same record: a correction loses nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from armslength.register.documents import FACILITY_KEYS, facility_from_document
from armslength.register.facility_document import CELLS, facility_document

EXAMPLES = Path(__file__).parents[3] / "examples" / "register"

FURTHER = {
    "shape": {
        "kind": "POLYGON",
        "parts": [[["47.5N 34.5E", "47.5N 34.6E", "47.6N 34.6E", "47.5N 34.5E"]]],
        "source": "survey",
        "as_of": "2022-11-01T00:00:00Z",
        "buffer_m": 0,
    },
    "components": [
        {"component_id": "U-1", "name": "unit 1", "kind": "unit", "place": "47.5122N 34.5858E", "source": "survey"}
    ],
    "applies_from_at": "2022-11-01T00:00:00Z",
}


@pytest.mark.parametrize("name", ["znpp", "kakhovka_dam", "dniprohes"])
def test_what_is_written_out_is_read_to_the_same_record(name: str) -> None:
    """The examples, with an outline, a component's place and an instant beside what they have."""
    document = json.loads((EXAMPLES / f"{name}.json").read_text())
    facility = facility_from_document({**document, **FURTHER})
    written = facility_document(facility)
    assert json.loads(json.dumps(written)) == written
    again = facility_from_document(written)
    assert facility_document(again) == written
    # A place whose axes were known differently well is rounded within what its source said it is known to.
    assert replace(again, positions=facility.positions) == facility
    assert replace(again, site_radius_m=again.site_radius_m + 1) != facility


def test_every_list_of_a_document_has_its_cells() -> None:
    """A list that a later record adds is not written without its keys."""
    assert set(CELLS) <= set(FACILITY_KEYS)
    rest = set(FACILITY_KEYS) - set(CELLS)
    assert rest == {
        "facility_id", "kind", "place", "site_radius_m", "rings_m", "special_sign", "disclosure", "shape",
        "review_due_at", "record_source", "applies_from_at",
    }  # fmt: skip

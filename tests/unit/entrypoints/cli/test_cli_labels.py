"""What is signed is shown whole: no field of a local record is left out."""

from __future__ import annotations

import pytest

from armslength.entrypoints.cli.labels import NAMES, body_rows

BODY = {1: b"i", 2: 3, 20: "C-1", 21: "pursue", 22: "why\u202e", 99: (1, None)}


def test_every_own_field_has_a_row_and_those_of_every_record_have_none() -> None:
    assert body_rows("concern-step", BODY) == [
        ("  concern", "C-1"),
        ("  step", "pursue"),
        ("  reason", "why\u202e"),
        ("  field 99", [1, "-"]),
    ]


@pytest.mark.parametrize("record_type", [*NAMES, "unknown-type"])
def test_a_number_without_a_name_is_shown_as_a_number(record_type: str) -> None:
    assert len(body_rows(record_type, dict.fromkeys(range(20, 60), "x"))) == 40


def test_times_places_and_lists_of_lists_are_readable() -> None:
    rows = body_rows("report", {22: (1_668_902_400_000_000, 1_668_906_000_000_000), 23: (475122000, 345858000, 10)})
    assert rows == [
        ("  interval", ["2022-11-20T00:00:00Z", "2022-11-20T01:00:00Z"]),
        ("  place", "47.51220N 34.58580E, MGRS 36TXT1940363304, precision 10 m"),
    ]
    assert body_rows("report", {23: "nowhere"}) == [("  place", "nowhere")]
    assert body_rows("facility", {21: (("en", "A"), ("ru", "Б"))}) == [("  names", "en; A"), ("  names", "ru; Б")]

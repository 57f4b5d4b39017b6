"""Phrases as people write them: typed by the entry, refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.desk.form_json import names_from_values, values_from_names
from armslength.desk.phrase_values import phrase_from_json, phrases_from_json, phrases_json
from armslength.language.codebook_table import DIGEST, VERSION
from armslength.language.phrases import shown_digest

NOON = parse_rfc3339("2022-11-20T12:00:00Z")


@pytest.mark.parametrize(
    ("given", "wire"),
    [
        ([10], (10,)),
        ("010", (10,)),
        (["011", "21"], (11, 21)),
        ([9, "2022-11-20T12:00:00Z"], (9, NOON)),
        ([9, "201200Z NOV 22"], (9, NOON)),
        (["021", "DAM:uk:Каховська ГЕС: гребля"], (21, ("Каховська ГЕС: гребля", "uk", "DAM"))),
        ([21, ["A", "en", "PORT"]], (21, ("A", "en", "PORT"))),
        ([120, "HF 4125"], (120, "HF 4125")),
    ],
)
def test_a_phrase_is_read_as_its_entry_says(given: Any, wire: tuple[object, ...]) -> None:
    assert phrase_from_json(given) == wire


def test_a_place_is_read_in_degrees_and_shown_in_degrees() -> None:
    value = phrases_from_json([[13, "47.51220N 34.58580E"], [9, "2022-11-20T12:00:00Z"]])
    assert isinstance(value, tuple)
    assert value[:2] == (VERSION, shown_digest(DIGEST))
    assert phrases_json(value)["phrases"] == [
        {"number": 13, "arguments": ["47.51220N 34.58580E"]},
        {"number": 9, "arguments": ["2022-11-20T12:00:00Z"]},
    ]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([999], "CODE-UNKNOWN"),
        (["x"], "CODE-UNKNOWN"),
        ([[]], "CODE-UNKNOWN"),
        ([], "CODE-UNKNOWN"),
        ([11], "CODE-ARGUMENTS"),
        ([11, "soon"], "CODE-ARGUMENTS"),
        ([11, 5, 6], "CODE-ARGUMENTS"),
        ([21, "A"], "CODE-ARGUMENTS"),
        ([21, "NUCLEAR-POWERPLANT:uk:A"], "CODE-ARGUMENTS"),
        ([21, ["A", "uk", "nuclear"]], "CODE-ARGUMENTS"),
        ([21, "DAM:not a tag:A"], "TRANSLATION-VALUE"),
        ([120, ""], "CODE-ARGUMENTS"),
        ([9, "noon"], "TIME-"),
        ([13, "here"], "PLACE-"),
    ],
)
def test_what_does_not_fit_is_refused(given: Any, code: str) -> None:
    with pytest.raises(LocalError, match=code):
        phrase_from_json(given)


@pytest.mark.parametrize("given", [[], [[10]] * 17, "010", 5, None])
def test_one_to_sixteen_phrases(given: Any) -> None:
    with pytest.raises(LocalError, match="CODE-ARGUMENTS"):
        phrases_from_json(given)


def test_a_form_reads_and_shows_them_by_name() -> None:
    values = values_from_names("PHRASE", {"phrases": [[11, 21]], "draft-phrases": True})
    shown = names_from_values("PHRASE", values)
    assert shown["phrases"]["phrases"] == [{"number": 11, "arguments": [21]}]
    odd = names_from_values("PHRASE", {100: (2, "0badcafe", ((999, ("A", "en", "DAM"), 5),))})
    assert odd["phrases"]["phrases"] == [{"number": 999, "arguments": [["A", "en", "DAM"], 5]}]
    assert names_from_values("PHRASE", {100: 5})["phrases"] == 5

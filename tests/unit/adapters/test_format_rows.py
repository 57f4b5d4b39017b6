"""A row keeps what stands in the file, and gives what a person sees."""

from __future__ import annotations

import pytest

from armslength.adapters import format_rows
from armslength.adapters.format_rows import Row, clean_cell, refused
from armslength.core.error_table import ERROR_TABLE


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("Каховська ГЕС", "Каховська ГЕС"),
        ("  Kyiv   HPP ", "Kyiv HPP"),
        ("Enerhodar\u00a0AES", "Enerhodar AES"),
        ("Запо\u00adріжжя", "Запоріжжя"),
        ("\ufeffname\u200b", "name"),
        ("750\u202e kV", "750 kV"),
        ("two\r\nlines", "two lines"),
        ("\u2028", ""),
        ("", ""),
    ],
)
def test_a_cleaned_cell_is_what_a_person_sees(raw: str, seen: str) -> None:
    assert clean_cell(raw) == seen


def test_a_row_keeps_the_raw_text_beside() -> None:
    row = Row(7, {"name": "ZNPP\u200b "})
    assert (row.clean("name"), row.cells["name"], row.clean("no such column")) == ("ZNPP", "ZNPP\u200b ", "")


def test_what_a_hostile_file_wrote_cannot_steer_the_screen_that_shows_its_refusal() -> None:
    row = refused(3, format_rows.ROW_VALUE, expected="a number", got="\x1b[2J\u202e" + "9" * 500)
    assert row.row == 3
    assert "[U+001B]" in row.reason
    assert "\u202e" not in row.reason
    assert len(row.reason) < 300


def test_every_code_of_a_refused_row_is_explained() -> None:
    codes = {value for name, value in vars(format_rows).items() if name.startswith("ROW_")}
    assert codes
    assert codes <= set(ERROR_TABLE)

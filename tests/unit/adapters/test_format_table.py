"""A table gives its rows with the numbers that a person finds in the file, and refuses what does not fit."""

from __future__ import annotations

import csv
import io
import tracemalloc
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.format_rows import Row
from armslength.adapters.format_table import (
    CELL_CHARS_MAX,
    COLUMNS_MAX,
    TAB_UNQUOTED,
    Dialect,
    Layout,
    read_table,
)
from armslength.core.errors import LocalError
from builders.sheets import ods, xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACES = Layout(required={"name", "lat", "lon"})


def rows(text: str | bytes, layout: Layout = Layout()) -> list[Any]:  # noqa: B008 - a frozen value
    data = text.encode() if isinstance(text, str) else text
    return [(row.number, *row.cells.values()) if isinstance(row, Row) else row for row in read_table(data, layout).rows]


def codes(found: Sequence[Any]) -> list[tuple[int, str]]:
    return [(row.row, row.code) for row in found if not isinstance(row, tuple)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_from_the_header(separator: str) -> None:
    text = 'name,lat,lon\n"Kyiv, HPP",50.58,30.51\n'.replace(",", separator)
    assert rows(text, PLACES) == [(2, f"Kyiv{separator} HPP", "50.58", "30.51")]


@pytest.mark.parametrize(
    ("text", "layout", "got"),
    [
        ("name;lat,lon\n", PLACES, "expected: one separator, got: , and ;"),
        ("name:lat:lon\n", PLACES, "without lat"),
        ("name,lat\n", PLACES, "without lon"),
        ("name,lat,lon,lat\n", PLACES, "lat twice"),
        ("name,lat,lon,,x\n", Layout(known={"name", "lat", "lon", "x"}), "unknown column without a name"),
        ("a,,b,,c\n", Layout(), "a column without a name twice"),
        ("name,lat,lon,blast\n", Layout(known={"name", "lat", "lon"}), "unknown blast"),
        ("", PLACES, "without lat"),
        ("", Layout(), "an empty row"),
        ("\nname,lat,lon\n", PLACES, "without lat"),
        ('"name,lat,lon\n', PLACES, "unexpected end of data"),
        ("name,lat,lon\ra,1,2\r", PLACES, "new-line character"),
        ("a" + ",a" * COLUMNS_MAX, Layout(), f"got: {COLUMNS_MAX + 1}"),
        ("x" * 200_000, Layout(), "a longer row"),
        ("1,2,3", Layout(header=("name", "lat")), "expected: 2 columns, got: 3"),
    ],
)
def test_a_header_that_does_not_fit_refuses_the_file(text: str, layout: Layout, got: str) -> None:
    with pytest.raises(LocalError, match="FEED-HEADER") as caught:
        rows(text, layout)
    assert got in str(caught.value)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0", bytes(100), "ім'я,lat\n".encode("windows-1251")])
def test_what_is_no_text_is_no_table(data: bytes) -> None:
    with pytest.raises(LocalError, match="FILE-FORMAT"):
        rows(data)


def test_names_of_columns_are_compared_without_what_nobody_sees() -> None:
    table = read_table(
        "\ufeffNAME\u200b,\u00a0Lat , LON,,\nZNPP,47,34,,\n".encode(), Layout(lower=True, required={"lat"})
    )
    assert table.header == ("name", "lat", "lon")
    assert [row.cells for row in table.rows if isinstance(row, Row)] == [{"name": "ZNPP", "lat": "47", "lon": "34"}]


def test_a_file_without_a_header_is_given_one() -> None:
    layout = Layout(header=("id", "name"), dialect=TAB_UNQUOTED)
    assert rows('1\t"Kyiv\n2\tLviv"\n', layout) == [(1, "1", '"Kyiv'), (2, "2", 'Lviv"')]


def test_titles_before_the_header_are_passed_over() -> None:
    text = '"Approved\nby order",\n,\nname,lat\nZNPP,47\n'
    assert rows(text, Layout(rows_before=2, required={"lat"})) == [(5, "ZNPP", "47")]


def test_a_bare_carriage_return_inside_quotes_is_content() -> None:
    assert rows('a,b\n1,"two\rlines"\n3,4\n') == [(2, "1", "two\rlines"), (3, "3", "4")]


def test_a_bare_carriage_return_outside_quotes_refuses_its_row() -> None:
    found = rows("a,b\n1,2\r3,4\n5,6\n")
    assert codes(found) == [(2, "ROW-QUOTES")]
    assert found[1] == (3, "5", "6")


def test_a_row_is_numbered_by_the_line_on_which_it_begins() -> None:
    found = rows('a,b\r\n1,"x\r\ny\r\nz"\r\n\r\n2\r\n3,4\r\n')
    assert found[0] == (2, "1", "x\r\ny\r\nz")
    assert codes(found) == [(6, "ROW-CELLS")]
    assert found[2] == (7, "3", "4")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1,2,3,4", "ROW-CELLS"),
        ("1,2", "ROW-CELLS"),
        ("1;2;3", "ROW-CELLS"),
        ('1,"a"b"c",3', "ROW-QUOTES"),
        ("1,\0,3", "ROW-TEXT"),
        ("1," + "x" * (CELL_CHARS_MAX + 1) + ",3", "ROW-SIZE"),
        ("1," + "x" * 200_000 + ",3", "ROW-SIZE"),
        ("1," + "," * 1_000_000, "ROW-SIZE"),
        ("1," + "," * 100_000 + "x", "ROW-CELLS"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_and_the_next_one_is_read(line: str, code: str) -> None:
    found = rows(f"a,b,c\n{line}\n7,8,9\n")
    assert codes(found) == [(2, code)]
    assert found[1:] == [(3, "7", "8", "9")]


def test_a_row_that_is_no_utf_8_is_refused_with_the_byte() -> None:
    found = rows(b"a,b\n1,2\n3,\xd0\n5,6\n")
    assert [row for row in found if isinstance(row, tuple)] == [(2, "1", "2"), (4, "5", "6")]
    assert "byte 3 of line 3: D0" in found[1].reason


@pytest.mark.parametrize(
    "text", ['1,"open\n2,3\n4,5\n', '1,"a"b,"x\n2,3\n"\n', '1,"' + "y" * 99 + "\n" + "z,z\n" * 50_000]
)
def test_no_row_is_made_of_what_stands_behind_a_quote_that_is_not_closed(text: str) -> None:
    with pytest.raises(LocalError, match="FEED-ROW") as caught:
        rows(f"a,b\n0,0\n{text}")
    assert caught.value.details["row"] == 3


def test_a_last_row_cut_off_within_quotes_is_refused() -> None:
    found = rows('a,b\n1,2\n3,"fou')
    assert found[0] == (2, "1", "2")
    assert codes(found) == [(3, "ROW-QUOTES")]


def test_a_second_header_of_tags_and_empty_rows_are_passed_over_and_counted() -> None:
    table = read_table(b"a,b\n#meta,#geo+lat\n,\n\n1,#2\n#3,#4\n")
    assert [row.number for row in table.rows if isinstance(row, Row)] == [5, 6]
    assert table.skipped == {"HXL-ROW": 1, "EMPTY-ROW": 2}


def test_runs_of_quotes_are_read_as_the_standard_says() -> None:
    assert rows('a,b\n1,""""""\n2,"""x"""\n3,y"z\n') == [(2, "1", '""'), (3, "2", '"x"'), (4, "3", 'y"z')]


@given(st.lists(st.lists(st.text(alphabet='aй,;"\r\n\t ', max_size=8), min_size=3, max_size=3), max_size=6))
def test_whatever_a_correct_writer_wrote_is_read_back(cells: list[list[str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([["a", "b", "c"], *cells])
    found = [row[1:] for row in rows(out.getvalue(), Layout(dialect=Dialect(separator=",")))]
    assert found == [tuple(row) for row in cells if any(row)]


def test_a_million_columns_are_refused_quickly_and_in_little_memory() -> None:
    data = b"a" + b",a" * 1_000_000 + b"\n"
    tracemalloc.start()
    began = process_time()
    with pytest.raises(LocalError, match="FEED-HEADER"):
        rows(data)
    spent, peak = process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert spent < 30  # a quadratic takes hours
    assert peak < 8 * len(data)


def test_a_year_of_detections_is_read_whole() -> None:
    data = b"event_id,LATITUDE,LONGITUDE,ACQ_DATE\n" + b"firms-2022-000001,47.1005,37.6171,2022-01-01\n" * 134_000
    assert sum(1 for _ in read_table(data).rows) == 134_000


# --- spreadsheets -----------------------------------------------------------------------------------------------------

CELLS = [["name", "lat", "lon"], ["Каховська ГЕС", 46.7767, 33.3714], ["", "", ""], ["ZNPP", 47, True]]


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_spreadsheet_gives_the_same_rows_as_text(make: Any) -> None:
    table = read_table(make({"Sheet 1": CELLS}), PLACES)
    assert [(row.number, *row.cells.values()) for row in table.rows if isinstance(row, Row)] == [
        (2, "Каховська ГЕС", "46.7767", "33.3714"),
        (4, "ZNPP", "47", "true"),
    ]
    assert table.skipped == {"EMPTY-ROW": 1}


def test_a_sheet_is_chosen_by_name_and_its_rows_may_follow_titles() -> None:
    data = xlsx({"Cover": [["x"]], "Sites": [["Title"], [], *CELLS]})
    table = read_table(data, Layout(sheet="Sites", required={"lat"}, rows_before=1))
    assert [row.number for row in table.rows if isinstance(row, Row)] == [4, 6]
    with pytest.raises(LocalError, match="FILE-MEMBER"):
        read_table(data, Layout(sheet="No such sheet"))


def test_rows_of_a_sheet_are_refused_by_number_too() -> None:
    table = read_table(xlsx({"S": [["a", "b"], ["#x", "#y"], ["1", "2", "3"], ["4", "5"]]}))
    found = list(table.rows)
    assert codes(found) == [(3, "ROW-CELLS")]
    assert found[1] == Row(4, {"a": "4", "b": "5"})
    assert table.skipped == {"HXL-ROW": 1}


def test_a_sheet_without_rows_is_no_table() -> None:
    with pytest.raises(LocalError, match="FILE-FORMAT"):
        read_table(xlsx({"S": []}))

"""A spreadsheet is read as text; one that would become more than it seems is refused before it is built."""

from __future__ import annotations

import struct
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from armslength.adapters import format_sheet
from armslength.adapters.format_sheet import SHEET_CELLS_MAX, is_sheet, sheet_rows
from armslength.core.errors import LocalError
from builders.sheets import archive, ods_parts, xlsx, xlsx_parts

if TYPE_CHECKING:
    from collections.abc import Callable

SHEET = "xl/worksheets/sheet1.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_rows(rows: str) -> dict[str, str]:
    parts = xlsx_parts({"S": [["a", "b"]]})
    return {**parts, SHEET: parts[SHEET].replace("</sheetData>", f"{rows}</sheetData>")}


def read(parts: dict[str, str]) -> list[tuple[int, list[str]]]:
    return list(sheet_rows(archive(parts), "file"))


def table(rows: str) -> dict[str, str]:
    return ods_parts(f'<table:table table:name="S">{rows}</table:table>')


def ods_row(text: str = "a", *, row: str = "", cell: str = "") -> str:
    inner = f"<text:p>{text}</text:p>"
    inside = f'<table:table-cell {cell} office:value-type="string">{inner}</table:table-cell>'
    return f"<table:table-row {row}>{inside}</table:table-row>"


def test_values_become_the_text_that_a_person_typed() -> None:
    cells = (
        '<c t="n"><v>20220224</v></c><c><v>47.512200000000001</v></c><c><v>1E+300</v></c><c t="b"><v>0</v></c>'
        '<c t="e"><v>#N/A</v></c><c t="str"><f>1+1</f><v>=2</v></c><c t="d"><v>2022-08-23T23:56:00</v></c>'
    )
    rows = read(with_rows(f"<row>{cells}</row>"))
    assert rows[1] == (2, ["20220224", "47.5122", "1e+300", "false", "", "=2", "2022-08-23T23:56:00"])


def test_dates_are_written_in_one_form() -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd.mm.yyyy hh:mm"/>'
        "</numFmts>"
        '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    parts = with_rows('<row><c s="1"><v>44796</v></c><c s="2"><v>44796.5</v></c></row>')
    parts["xl/styles.xml"] = styles
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="st" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        'Target="styles.xml"/></Relationships>',
    )
    assert read(parts)[1] == (2, ["2022-08-23", "2022-08-23T12:00:00"])


def test_rows_and_columns_keep_their_places_when_a_sheet_begins_elsewhere() -> None:
    parts = with_rows("")
    parts[SHEET] = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="4"><c r="C4"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert [row for row in read(parts) if any(row[1])] == [(4, ["", "", "1"])]


def test_a_corner_that_only_has_a_style_costs_nothing() -> None:
    assert read(with_rows('<row r="1048576"><c r="XFD1048576" s="0"/></row>'))[0] == (1, ["a", "b"])
    cells = '<table:table-cell table:number-columns-repeated="16384"/>'
    far = f'<table:table-row table:number-rows-repeated="1048575">{cells}</table:table-row>'
    assert read(table(ods_row() + far)) == [(1, ["a"])]


SHARED = f'<sst xmlns="{MAIN}"><si><t>{"x" * 1_000_000}</t></si></sst>'
STRINGS_USED = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(100))


@pytest.mark.parametrize(
    "parts",
    [
        with_rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        with_rows('<row r="1048577"><c><v>1</v></c></row>'),
        with_rows('<row r="999999999999"><c><v>1</v></c></row>'),
        with_rows('<row><c r="xfd3"><v>1</v></c></row>'),
        with_rows('<row><c r="A&#49;048576000"><v>1</v></c></row>'),
        with_rows('<x:row xmlns:x="y" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'),
        {**with_rows(STRINGS_USED), "xl/sharedStrings.xml": SHARED},
        table(ods_row() + ods_row(row=f'table:number-rows-repeated="{SHEET_CELLS_MAX}"')),
        table(ods_row(cell='table:number-columns-repeated="900000000"')),
        table(ods_row("x" * 1_000_000, cell='table:number-columns-repeated="100"')),
        table(ods_row(row='table:number-rows-repeated="1048577"')),
        table(ods_row('<text:s text:c="900000000"/>', cell='table:number-columns-repeated="100000"')),
    ],
    ids=lambda parts: str(len(str(parts))),
)
def test_a_sheet_that_would_become_too_large_is_refused_before_it_is_built(parts: dict[str, str]) -> None:
    data = archive(parts)
    tracemalloc.start()
    with pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        sheet_rows(data, "file")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 32 << 20


def test_parts_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_sheet, "SHEET_BYTES_MAX", 500)
    with pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        sheet_rows(xlsx({"S": [["a"]]}), "file")


def changed(change: Callable[[str], str]) -> bytes:
    parts = with_rows("")
    return archive({**parts, SHEET: change(parts[SHEET])})


def lying() -> bytes:
    data = bytearray(xlsx({"S": [["a"]]}))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 10)
    return bytes(data)


LOCKED_ODS = {**ods_parts(""), "META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (changed(lambda text: f"<!DOCTYPE a [<!ENTITY b 'c'>]>{text}"), "FILE-XML-ENTITY"),
        (changed(lambda text: text[:90]), "FILE-FORMAT"),
        (changed(lambda _text: ""), "FILE-FORMAT"),
        (changed(lambda text: text.replace(">a<", ">&b;<")), "FILE-FORMAT"),
        (archive({"[Content_Types].xml": "<a/>"}), "FILE-FORMAT"),
        (archive({"a.csv": "a,b"}), "FILE-FORMAT"),
        (archive({}), "FILE-FORMAT"),
        (lying(), "FILE-PACKED"),
        (OLE + bytes(512), "FILE-FORMAT"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "FILE-ENCRYPTED"),
        (archive(LOCKED_ODS), "FILE-ENCRYPTED"),
    ],
)
def test_what_is_no_whole_and_open_spreadsheet_is_refused(data: bytes, code: str) -> None:
    assert is_sheet(data) or code == "FILE-FORMAT"
    with pytest.raises(LocalError) as caught:
        sheet_rows(data, "file")
    assert caught.value.code == code


def test_a_panic_of_the_package_is_a_damaged_file_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    import python_calamine

    class PanicException(BaseException):
        pass

    def panics(_data: object) -> None:
        raise PanicException

    def interrupted(_data: object) -> None:
        raise KeyboardInterrupt

    data = xlsx({"S": [["a"]]})
    monkeypatch.setattr(python_calamine, "load_workbook", panics)
    with pytest.raises(LocalError, match="FILE-FORMAT"):
        sheet_rows(data, "file")
    monkeypatch.setattr(python_calamine, "load_workbook", interrupted)
    with pytest.raises(KeyboardInterrupt):
        sheet_rows(data, "file")

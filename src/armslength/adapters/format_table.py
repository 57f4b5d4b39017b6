"""Tables from outside: CSV, TSV and their kin, XLSX and ODS, row by row in bounded memory.

The separator is found from the header alone, or given. A row that does not fit is refused with its number and the
reading goes on, as long as it is certain where the next row begins. Where a quote was opened and never closed it is
not, and the file is refused: rows read out of step look like rows. A cell is text as it stands in the file; nothing is
guessed and no formula runs.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

from armslength.adapters.format_lines import ROW_CHARS_MAX, Lines, TooLongError
from armslength.adapters.format_rows import ROW_CELLS, ROW_QUOTES, ROW_SIZE, ROW_TEXT, Row, clean_cell, refused
from armslength.adapters.format_sheet import is_sheet, sheet_rows
from armslength.adapters.format_unpack import OpenFile, open_bytes
from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from armslength.register.importing import RefusedRow

ROWS_MAX: Final = 2_000_000
"""Rows of one file: VIINA has 260,000 a year, the world's UCDP 350,000."""

COLUMNS_MAX: Final = 1_024
"""Columns of one file: UCDP has 50; a header of a million is an attack or a file turned on its side."""

CELL_CHARS_MAX: Final = 32_767
"""Characters of one cell: what a spreadsheet's cell holds; the longest of the real files has 3,827."""

EMPTY_ROW: Final = "EMPTY-ROW"
"""Reason of a row passed over: no cell of it holds anything."""

HXL_ROW: Final = "HXL-ROW"
"""Reason of a row passed over: the second header of the humanitarian exchange language, cells that begin with #."""

_QUOTED: Final = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a text file divides its rows into cells.

    Args:
        separator: one character between cells.
        quoted: whether cells may stand in quotes (RFC 4180); GeoNames' own files never quote.
    """

    separator: str
    quoted: bool = True


COMMA: Final = Dialect(separator=",")
SEMICOLON: Final = Dialect(separator=";")
TAB: Final = Dialect(separator="\t")
TAB_UNQUOTED: Final = Dialect(separator="\t", quoted=False)
PIPE: Final = Dialect(separator="|")
_DETECTED: Final = (COMMA, SEMICOLON, TAB, PIPE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a table must look like to be read.

    Args:
        required: columns without which the file is refused.
        known: every column that the file may have; None allows any.
        header: names of the columns, for a file without a header of its own or with one that is not wanted.
        lower: whether names are compared in lower case.
        dialect: how the text is divided; None finds it from the header, or takes commas where titles stand before it.
        encoding: encoding of the text; UTF-16 with its mark is recognised without being named.
        sheet: name of the spreadsheet's sheet; None takes the first.
        rows_before: rows passed over before the header, such as titles (with `header`, before the first row).
    """

    required: Collection[str] = ()
    known: Collection[str] | None = None
    header: Sequence[str] | None = None
    lower: bool = False
    dialect: Dialect | None = None
    encoding: str = "utf-8"
    sheet: str | None = None
    rows_before: int = 0


ANY: Final = Layout()
"""A table with a header of any columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose header was read and fits.

    Args:
        header: names of the columns, in the file's order.
        rows: the rows, read as they are asked for, once; the iterator raises `LocalError` when the rest of the file
            cannot be read.
        skipped: reason -> rows passed over; complete when `rows` is exhausted.
    """

    header: tuple[str, ...]
    rows: Iterator[Row | RefusedRow]
    skipped: Counter[str] = field(default_factory=Counter)


def read_table(file: OpenFile | bytes, layout: Layout = ANY) -> Table:
    """Return the rows of a CSV, TSV, XLSX or ODS file, told apart by its first bytes.

    Args:
        file: an opened file, or the bytes of a plain one.
        layout: what the table must look like.

    Raises:
        LocalError: FILE-FORMAT when it is no table, FEED-HEADER when its columns are not those asked for,
            FILE-TOO-LARGE, and what the file itself raises. While rows are read also FEED-ROW, when nothing behind
            that row can be told apart any more.
    """
    opened = open_bytes(file, "file", unpack=False) if isinstance(file, bytes) else file
    if is_sheet(opened.start()):
        return _sheet_table(sheet_rows(opened.whole(), opened.name, layout.sheet), layout, opened.name)
    return _text_table(opened.chunks(), layout, opened.name)


# --- the header -------------------------------------------------------------------------------------------------------


def _header(names: Sequence[str], layout: Layout, row: int) -> tuple[str, ...]:
    """Return the columns' names when they fit the layout; names at the end that are empty are dropped."""
    if len(names) > COLUMNS_MAX:
        raise LocalError("FEED-HEADER", row=row, expected=f"at most {COLUMNS_MAX} columns", got=len(names))
    if layout.header is not None:
        return tuple(layout.header)
    header = [clean_cell(name).lower() if layout.lower else clean_cell(name) for name in names]
    while header and not header[-1]:
        header.pop()
    missing = sorted(set(layout.required) - set(header))
    unknown = [] if layout.known is None else [name for name in header if name not in layout.known]
    twice = [name for name, times in Counter(header).items() if times > 1]
    wrong = [
        *(f"without {name}" for name in missing[:1]),
        *(f"unknown {name or 'column without a name'}" for name in unknown[:1]),
        *(f"{name or 'a column without a name'} twice" for name in twice[:1]),
        *(["an empty row"] if not header else []),
    ]
    if wrong:
        expected = ", ".join(sorted(layout.required)) or "one name for each column"
        raise LocalError("FEED-HEADER", row=row, expected=expected, got=wrong[0])
    return tuple(header)


def _is_hxl(cells: Iterable[str]) -> bool:
    stated = [cell for cell in cells if cell and not cell.isspace()]
    return bool(stated) and all(cell.startswith("#") for cell in stated)


# --- text -------------------------------------------------------------------------------------------------------------


def _text_table(chunks: Iterator[bytes], layout: Layout, name: str) -> Table:
    lines = Lines(chunks, encoding=layout.encoding, name=name)
    # Titles before the header say nothing of how it is divided.
    dialect = layout.dialect or (COMMA if layout.rows_before else _detected(_first_line(lines, name), layout))
    reader = _csv_reader(lines, dialect)
    for _ in range(layout.rows_before):
        _names(reader, lines, name)
    number = lines.number + 1
    header = _header(layout.header or _names(reader, lines, name), layout, number)
    skipped: Counter[str] = Counter()
    rows = _text_rows(reader, lines, header, skipped, quoted=dialect.quoted)
    return Table(header=header, rows=rows, skipped=skipped)


def _first_line(lines: Lines, name: str) -> str:
    """Return the first line, which is then read again."""
    try:
        line = next(lines, "")
    except TooLongError:
        raise _header_too_long(1) from None
    _require_text(lines, name)
    if line:
        lines.put_back(line)
    return line


def _require_text(lines: Lines, name: str) -> None:
    if lines.fault:
        raise LocalError("FILE-FORMAT", file=name, expected="text, or the name of its encoding", got=lines.fault)


def _header_too_long(row: int) -> LocalError:
    return LocalError("FEED-HEADER", row=row, expected=f"at most {ROW_CHARS_MAX} characters", got="a longer row")


def _csv_reader(lines: Lines, dialect: Dialect) -> Iterator[list[str]]:
    if dialect.quoted:
        return csv.reader(lines, delimiter=dialect.separator, strict=True)
    return csv.reader(lines, delimiter=dialect.separator, quoting=csv.QUOTE_NONE, strict=True)


def _names(reader: Iterator[list[str]], lines: Lines, name: str) -> list[str]:
    """Return the cells of the header, or of a title before it."""
    lines.chars = 0
    number = lines.number + 1
    try:
        cells = next(reader, [])
    except TooLongError:
        raise _header_too_long(number) from None
    except csv.Error as error:
        got = str(error).partition(" - ")[0]
        raise LocalError("FEED-HEADER", row=number, expected="one row of names", got=got) from None
    _require_text(lines, name)
    return cells


def _detected(line: str, layout: Layout) -> Dialect:
    """Return the dialect that the first line is written in."""
    counts = [(_QUOTED.sub("", line).count(dialect.separator), dialect) for dialect in _DETECTED]
    most = max(count for count, _ in counts)
    best = [dialect for count, dialect in counts if count == most]
    if most and len(best) > 1:
        raise LocalError("FEED-HEADER", expected="one separator", got=" and ".join(each.separator for each in best))
    if layout.header is not None and len(layout.header) != most + 1:
        # A first row of values says less than names do; it must at least divide as it should.
        raise LocalError("FEED-HEADER", expected=f"{len(layout.header)} columns", got=most + 1)
    return best[0] if most else COMMA


def _text_rows(
    reader: Iterator[list[str]], lines: Lines, header: tuple[str, ...], skipped: Counter[str], *, quoted: bool
) -> Iterator[Row | RefusedRow]:
    width = len(header)
    fits = _Fits(header, skipped)
    first = True
    while True:
        number = lines.number + 1
        lines.chars = 0
        lines.fault = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, TooLongError) as error:
            yield _out_of_form(number, lines, error, quoted=quoted)
            continue
        if first or len(cells) != width or lines.fault or lines.chars > CELL_CHARS_MAX:
            found = fits.row(number, cells, lines.fault, first=first)
            first = False
            if found is not None:
                yield found
        elif any(cells):
            yield Row(number, dict(zip(header, cells, strict=True)))
        else:
            skipped[EMPTY_ROW] += 1
        if number > ROWS_MAX:
            raise LocalError("FILE-TOO-LARGE", expected=f"at most {ROWS_MAX} rows")


def _out_of_form(number: int, lines: Lines, error: csv.Error | TooLongError, *, quoted: bool) -> RefusedRow:
    """Return the refusal of a row that cannot be divided, or raise when it is uncertain where the next one begins."""
    if isinstance(error, TooLongError):
        code, expected, got = ROW_SIZE, f"at most {ROW_CHARS_MAX} characters", "more"
        in_step = error.in_step
    else:
        code, expected, got = ROW_QUOTES, "values as RFC 4180 writes them", str(error).partition(" - ")[0]
        in_step = lines.number == number and (lines.ended or lines.line.count('"') % 2 == 0)
    if quoted and not in_step:
        raise LocalError("FEED-ROW", row=number, expected=expected, got=f"{got}; no row behind it is certain")
    return refused(number, code, expected=expected, got=got)


class _Fits:
    """What is tried only on a row that is not plainly right, so that the plain ones cost nothing."""

    def __init__(self, header: tuple[str, ...], skipped: Counter[str]) -> None:
        self._header = header
        self._skipped = skipped

    def row(self, number: int, cells: list[str], fault: str = "", *, first: bool = False) -> Row | RefusedRow | None:
        """Return the row, its refusal, or None when it is passed over."""
        if fault:
            return refused(number, ROW_TEXT, expected="text in the file's encoding", got=fault)
        if not any(cells):
            self._skipped[EMPTY_ROW] += 1
            return None
        if first and _is_hxl(cells):
            self._skipped[HXL_ROW] += 1
            return None
        width = len(self._header)
        if len(cells) < width or any(cells[width:]):
            return refused(number, ROW_CELLS, expected=f"{width} values", got=len(cells))
        longest = max(map(len, cells))
        if longest > CELL_CHARS_MAX:
            return refused(number, ROW_SIZE, expected=f"values of at most {CELL_CHARS_MAX} characters", got=longest)
        return Row(number, dict(zip(self._header, cells, strict=False)))


# --- spreadsheets -----------------------------------------------------------------------------------------------------


def _sheet_table(rows: Iterator[tuple[int, list[str]]], layout: Layout, name: str) -> Table:
    number, cells = 0, list[str]()
    for number, cells in rows:
        if number > layout.rows_before and any(cells):
            break
    else:
        raise LocalError("FILE-FORMAT", file=name, expected="a sheet with rows", got="an empty one")
    header = _header(cells, layout, number)
    skipped: Counter[str] = Counter()
    return Table(header=header, rows=_sheet_rows(_from(rows, number, cells, layout), header, skipped), skipped=skipped)


def _from(
    rows: Iterator[tuple[int, list[str]]], number: int, cells: list[str], layout: Layout
) -> Iterator[tuple[int, list[str]]]:
    # With names given by the layout, the first row found is a row of values.
    return rows if layout.header is None else chain(((number, cells),), rows)


def _sheet_rows(
    rows: Iterator[tuple[int, list[str]]], header: tuple[str, ...], skipped: Counter[str]
) -> Iterator[Row | RefusedRow]:
    fits = _Fits(header, skipped)
    first = True
    for number, cells in rows:
        found = fits.row(number, cells, first=first)
        first = False
        if found is not None:
            yield found

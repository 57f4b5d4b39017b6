"""Spreadsheets, XLSX and ODS, as rows of text; the numbers are those that the spreadsheet kept, no formula runs.

The package that reads them (calamine) believes what a sheet says of itself: one cell in its last corner makes it ask
for 500 GB, and a text used a million times is copied a million times. So every part is first read in a stream that
counts what would come of it, and only the parts that were counted are handed on, in an archive made anew.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from armslength.adapters.format_unpack import Archive
from armslength.adapters.format_xml import strict_parser
from armslength.core.errors import LocalError
from armslength.core.limits import MIB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHEET_BYTES_MAX: Final = 64 * MIB
"""Bytes of all parts of a spreadsheet, unpacked: 35,000 facilities with 20 columns have 31 MB."""

SHEET_CELLS_MAX: Final = 4_000_000
"""Cells from the first row and column to the last ones that hold something: 80,000 rows of 50 columns."""

SHEET_ROWS_MAX: Final = 1_048_576
"""Rows of a sheet: what spreadsheets have; rows beyond would be lost in silence by the package that reads them."""

SHEET_CHARS_MAX: Final = 64 * MIB
"""Characters of all cells together, shared and repeated texts counted each time that they appear."""

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_STRINGS: Final = "xl/sharedStrings.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_COUNT: Final = re.compile(r"[0-9]{1,9}")
_COUNT_WRONG: Final = 10**9


def is_sheet(start: bytes) -> bool:
    """Tell by its first bytes whether a file is a spreadsheet, locked and old ones included."""
    return start.startswith((_ZIP, _OLE))


def sheet_rows(data: bytes, name: str, sheet: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Return the rows of a sheet with the numbers that the sheet shows, the first is 1; each as texts from column A.

    Numbers are in the shortest decimal form, dates and times in ISO 8601, truth as true and false; a formula's error
    is empty.

    Args:
        data: the file.
        name: the file's name, for errors.
        sheet: name of the sheet; None takes the first.

    Raises:
        LocalError: FILE-FORMAT, FILE-ENCRYPTED, FILE-MEMBER, FILE-PACKED, FILE-TOO-LARGE, FILE-XML-ENTITY.
    """
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise LocalError("FILE-ENCRYPTED", file=name)
        raise LocalError("FILE-FORMAT", file=name, expected="XLSX or ODS", got="an older kind of spreadsheet")
    return _rows(_counted(Archive(data, name)), name, sheet)


def _rows(data: io.BytesIO, name: str, sheet: str | None) -> Iterator[tuple[int, list[str]]]:
    # Loaded only where a spreadsheet is read, so that other commands start without it.
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415

    try:
        book = load_workbook(data)
        found = book.get_sheet_by_name(_chosen(book.sheet_names, name, sheet))
    except (CalamineError, ValueError, OSError) as error:
        raise LocalError("FILE-FORMAT", file=name, expected="a spreadsheet", got=error) from None
    except BaseException as error:
        # A panic of the package is no Exception; nothing else of that name exists.
        if type(error).__name__ != "PanicException":
            raise
        raise LocalError("FILE-FORMAT", file=name, expected="a spreadsheet", got="a damaged one") from None
    # The package gives every row from the first one on, but no column before the first that is used.
    before = [""] * (found.start or (0, 0))[1]
    return (
        (number, before + [_text(value) for value in values])
        for number, values in enumerate(found.iter_rows(), start=1)
    )


def _chosen(names: list[str], file: str, sheet: str | None) -> str:
    if sheet is None and names:
        return names[0]
    if sheet is None or sheet not in names:
        raise LocalError("FILE-MEMBER", file=file, expected=sheet or "a sheet", got=", ".join(names) or "none")
    return sheet


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # Every number of a spreadsheet is a float; whole ones are written as people typed them.
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


# --- counting before reading ------------------------------------------------------------------------------------------


def _counted(archive: Archive) -> io.BytesIO:
    """Return the archive made anew from the parts that are read, when what they say of themselves is within bounds."""
    names = archive.names
    if _MANIFEST in names and b"encryption-data" in b"".join(archive.chunks(_MANIFEST)):
        raise LocalError("FILE-ENCRYPTED", file=archive.name)
    count: _CountXlsx | _CountOds = _CountOds() if "content.xml" in names else _CountXlsx()
    kept = [name for name in names if name.endswith((".xml", ".rels"))]
    # Shared texts come first, since the sheets name them by number.
    kept.sort(key=lambda name: name != _STRINGS)
    made = io.BytesIO()
    bytes_left = SHEET_BYTES_MAX
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as into:
        if "mimetype" in names:
            into.writestr(zipfile.ZipInfo("mimetype"), b"".join(archive.chunks("mimetype"))[:256])
        for name in kept:
            with into.open(zipfile.ZipInfo(name), "w") as part:
                feed = _parser(count, archive.name, shared=name == _STRINGS)
                for chunk in archive.chunks(name):
                    bytes_left -= len(chunk)
                    if bytes_left < 0:
                        raise _too_large(archive.name, f"{SHEET_BYTES_MAX} bytes")
                    feed(chunk)
                    part.write(chunk)
                feed(b"")
    made.seek(0)
    return made


def _too_large(name: str, most: str) -> LocalError:
    return LocalError("FILE-TOO-LARGE", file=name, expected=f"at most {most}")


def _parser(count: _CountXlsx | _CountOds, name: str, *, shared: bool) -> Callable[[bytes], None]:
    # The encoding is fixed: the two readers must not see two texts in the same bytes.
    parser = strict_parser(name, "utf-8")
    count.begin(parser, shared=shared)

    def feed(chunk: bytes) -> None:
        try:
            parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            raise LocalError("FILE-FORMAT", file=name, expected="a spreadsheet", got=error) from None
        if count.cells > SHEET_CELLS_MAX:
            raise _too_large(name, f"{SHEET_CELLS_MAX} cells")
        if count.chars > SHEET_CHARS_MAX:
            raise _too_large(name, f"{SHEET_CHARS_MAX} characters")

    return feed


def _number(text: str) -> int:
    return int(text) if _COUNT.fullmatch(text) else _COUNT_WRONG


def _size(rows: int, columns: int) -> int:
    return rows * columns if rows <= SHEET_ROWS_MAX else _COUNT_WRONG


class _CountXlsx:
    """Counts what the sheets of an XLSX file would become: cells up to the last one used, and shared texts."""

    def __init__(self) -> None:
        self.cells = 0
        self.chars = 0
        self._lengths: list[int] = []
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self._row = self._column = self._rows = self._columns = 0
        self._is_shared = False
        self._index: list[str] | None = None

    def begin(self, parser: expat.XMLParserType, *, shared: bool) -> None:
        """Listen to a parser that is about to read a part; `shared` when it is the table of shared texts."""
        self._begin_sheet()
        if shared:
            parser.StartElementHandler = self._start_shared
            parser.CharacterDataHandler = self._data_shared
        else:
            parser.StartElementHandler = self._start
            parser.EndElementHandler = self._end
            parser.CharacterDataHandler = self._data

    def _start_shared(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            self._lengths.append(0)

    def _data_shared(self, text: str) -> None:
        if self._lengths:
            self._lengths[-1] += len(text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "c":
            self._start_cell(attributes)
        elif local == "row":
            self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif local in {"v", "is"}:
            self._rows = max(self._rows, self._row)
            self._columns = max(self._columns, self._column)
            self.cells = max(self.cells, _size(self._rows, self._columns))
            self._index = [] if local == "v" and self._is_shared else None

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._is_shared = attributes.get("t") == "s"
        if "r" not in attributes:
            self._column += 1
            return
        at = _CELL.fullmatch(attributes["r"])
        # A place that is not written as all spreadsheets write it could be read otherwise: it counts as too far.
        self._row, self._column = (int(at[2]), 0) if at else (self._row, _COUNT_WRONG)
        for letter in at[1] if at else "":
            self._column = self._column * 26 + ord(letter) - 64

    def _data(self, text: str) -> None:
        if self._index is not None:
            self._index.append(text)
        else:
            self.chars += len(text)

    def _end(self, tag: str) -> None:
        if self._index is not None and tag.rpartition(":")[2] == "v":
            index = _number("".join(self._index).strip())
            self.chars += self._lengths[index] if index < len(self._lengths) else 0
            self._index = None


class _CountOds:
    """Counts what the tables of an ODS file would become, repeated cells and rows included."""

    def __init__(self) -> None:
        self.cells = 0
        self.chars = 0
        self._begin_table()

    def _begin_table(self) -> None:
        self._rows_passed = self._rows = self._columns = 0
        self._begin_row(1)

    def _begin_row(self, times: int) -> None:
        self._row_times, self._column, self._column_times, self._row_chars, self._row_used = times, 0, 1, 0, False

    def begin(self, parser: expat.XMLParserType, *, shared: bool) -> None:
        """Listen to a parser that is about to read a part; the format has no shared texts."""
        del shared
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "table":
            self._begin_table()
        elif local == "table-row":
            self._begin_row(_repeated(attributes, "number-rows-repeated"))
        elif local in {"table-cell", "covered-table-cell"}:
            self._column_times = _repeated(attributes, "number-columns-repeated")
            self._column += self._column_times
            if any(name.endswith(("value", "value-type", "formula")) for name in attributes):
                self._use(attributes)
        elif local in {"p", "s"}:
            self._use({"": " " * min(_repeated(attributes, "c"), 1024)} if local == "s" else {})

    def _use(self, attributes: dict[str, str]) -> None:
        self._row_used = True
        self._columns = max(self._columns, self._column)
        self._data("".join(attributes.values()))

    def _data(self, text: str) -> None:
        self._row_chars += len(text) * self._column_times

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "table-row":
            self._rows_passed += self._row_times
            if self._row_used:
                self._rows = self._rows_passed
                self.cells = max(self.cells, _size(self._rows, self._columns))
                self.chars += self._row_chars * self._row_times


def _repeated(attributes: dict[str, str], local: str) -> int:
    return next((_number(value) for name, value in attributes.items() if name.rpartition(":")[2] == local), 1)

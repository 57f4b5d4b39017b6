"""What every reader of a table, a list or a map hands on: rows with their number, read or refused with a reason.

A row keeps its cells as they stand in the file. What a person cannot see in a cell (no-break blanks, zero-width
characters, soft hyphens, bidi controls) is taken out only where an importer asks for it, so that the raw text stays
evidence.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from armslength.core.errors import LocalError, shown
from armslength.core.text import is_invisible
from armslength.register.importing import RefusedRow

ROW_CELLS: Final = "ROW-CELLS"
"""Code of a row with more or fewer values than the header has names."""

ROW_QUOTES: Final = "ROW-QUOTES"
"""Code of a row whose quotes or line ends do not fit RFC 4180."""

ROW_SIZE: Final = "ROW-SIZE"
"""Code of a row or cell that is longer than any that is read."""

ROW_TEXT: Final = "ROW-TEXT"
"""Code of a row that holds bytes which are no text."""

ROW_VALUE: Final = "ROW-VALUE"
"""Code of a row that is read but is not what its place in the file asks for."""


class Row(NamedTuple):
    """One row of a file.

    Args:
        number: the line at which the row begins in the file (in a spreadsheet, the sheet's row), the first is 1.
        cells: column name -> text as it stands in the file.
    """

    number: int
    cells: dict[str, str]

    def clean(self, name: str) -> str:
        """Return a cell without hidden characters and surplus blanks; empty when the file has no such column."""
        return clean_cell(self.cells.get(name, ""))


def clean_cell(text: str) -> str:
    """Return text as a person sees it: every kind of blank is one space, what draws nothing is gone, ends trimmed.

    The result differs from the text where something was hidden in it, so a caller can tell by comparing.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = "".join(" " if char.isspace() else "" if is_invisible(char) else char for char in text)
    return " ".join(seen.split())


def refused(number: int, code: str, *, expected: object, got: object) -> RefusedRow:
    """Return a refused row; what came is made harmless to show, since a hostile file wrote it.

    Args:
        number: the row's number in its file; 0 where the format has no rows.
        code: a code of the error table.
        expected: what the row should have held.
        got: what it held.
    """
    return RefusedRow(row=number, code=code, reason=f"Expected {shown(expected)}; got {shown(got)}.")


def refusal(number: int, error: LocalError) -> RefusedRow:
    """Return the refused row that an error about one row of a file means."""
    return RefusedRow(row=number, code=error.code, reason=error.sentence)

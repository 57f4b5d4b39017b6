"""Printed sheets set in type by typst, in this process: A4, fonts of its own, no network and no file.

What stands on a sheet goes to the one template of the package as JSON and is set as text, never read as markup, so that
a name from outside that looks like a command prints as itself. The same sheet gives the same bytes: the only time in
the file is when the sheet was made.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.instants import SECOND_US, rfc3339
from armslength.core.text import visible
from armslength.desk import printing

if TYPE_CHECKING:
    from armslength.desk.printing import Part, Sheet

Json = dict[str, Any]

SIZES_PT: Final = ("11", "10.5", "10", "9.5", "9")
"""Sizes of the letters; what must fit one page is set smaller down to 9 points, below which digits are misread."""

SHEET_BYTES_MAX: Final = 8 * 1024 * 1024
"""A ledger of ten thousand contacts is below 3 MiB; what is larger is a mistake and would hold the node up."""

_FOOT: Final = {
    "en": ("made", "page"),
    "ru": ("составлено", "страница"),
    "uk": ("складено", "сторінка"),
}
"""The words of the last line by language; English where a language has none, since the rest is digits."""

_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS: Final = frozenset({"arab", "hebr", "syrc", "thaa"})
_PRIMARY_CHARS: Final = (2, 3)


class TypstPrinter:
    """Sets sheets by typst, which is loaded when the first one is printed: a node receives and rings without it."""

    def pdf(self, sheet: Sheet) -> bytes:
        """Return the sheet as a PDF; the same sheet gives the same bytes.

        Raises:
            LocalError: PRINT-MISSING, typst is not installed; SHEET-TOO-LONG.
        """
        return self._set(sheet, "pdf")[0]

    def pictures(self, sheet: Sheet, dots_per_inch: float = 90.0) -> list[bytes]:
        """Return the sheet's pages as PNG, for looking at them.

        Raises:
            LocalError: as `pdf`.
        """
        return self._set(sheet, "png", dots_per_inch)

    def _set(self, sheet: Sheet, kind: str, dots_per_inch: float | None = None) -> list[bytes]:
        template = _template()
        data, pages = sheet_data(sheet), 0
        for size in SIZES_PT if sheet.one_page else SIZES_PT[:1]:
            text = json.dumps({**data, "size": size}, ensure_ascii=False)
            if len(text.encode()) > SHEET_BYTES_MAX:
                raise LocalError("SHEET-TOO-LONG", limit=SHEET_BYTES_MAX, got=len(text.encode()))
            compiler = _typst().Compiler(template, ignore_system_fonts=True, sys_inputs={"sheet": text})
            pages = int(compiler.query("<pages>", field="value", one=True))
            if sheet.one_page and pages > 1:
                continue
            made = compiler.compile(template, format=kind, ppi=dots_per_inch, timestamp=int(sheet.made_at) // SECOND_US)
            return list(made) if isinstance(made, list) else [made]
        raise LocalError("SHEET-TOO-LONG", expected="one page", got=f"{pages} pages at {SIZES_PT[-1]} points")


def sheet_data(sheet: Sheet) -> Json:
    """Return what the template is given, without the size of the letters; what draws nothing is made visible."""
    made, page = _FOOT.get(_primary(sheet.language), _FOOT["en"])
    return {
        "title": visible(sheet.title),
        "subtitle": visible(sheet.subtitle),
        "realm": sheet.realm.value,
        "lang": _primary(sheet.language),
        "rtl": right_to_left(sheet.language),
        "landscape": sheet.landscape,
        "foot": {"left": f"{made} {rfc3339(sheet.made_at)}", "page": page},
        "parts": [_part(one) for one in sheet.parts],
    }


def right_to_left(language: str) -> bool:
    """Tell by its tag whether a language is written from right to left."""
    primary, *further = language.lower().replace("_", "-").split("-")
    return primary in _RIGHT_TO_LEFT or not _RIGHT_TO_LEFT_SCRIPTS.isdisjoint(further)


def _primary(language: str) -> str:
    primary = language.lower().replace("_", "-").split("-")[0]
    return primary if primary.isascii() and primary.isalpha() and len(primary) in _PRIMARY_CHARS else "en"


def _part(part: Part) -> Json:
    data = _table(part) if isinstance(part, printing.Table) else _shown(asdict(part))
    return {**data, "kind": type(part).__name__.lower()}


def _shown(value: Any) -> Any:  # noqa: ANN401 - texts, numbers and tuples of them
    """Return a part's values with every invisible character of their texts made visible."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in value.items()}
    return [_shown(one) for one in value] if isinstance(value, list | tuple) else value


def _table(part: printing.Table) -> Json:
    wide = len(part.head)
    # A row that is short or long would move every cell after it into another column.
    rows = [[*row[:wide], *("",) * (wide - len(row))] for row in part.rows]
    widths = list(part.widths) if len(part.widths) == wide else [1] * wide
    return {"head": _shown(part.head), "rows": _shown(rows), "widths": widths}


@lru_cache(maxsize=1)
def _template() -> bytes:
    return files("armslength.adapters").joinpath("typst/sheet.typ").read_bytes()


def _typst() -> Any:  # noqa: ANN401 - a module that may be absent
    try:
        return import_module("typst")
    except ImportError as error:
        raise LocalError("PRINT-MISSING", because=str(error)) from error

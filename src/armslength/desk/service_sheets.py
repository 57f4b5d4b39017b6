"""Printed sheets of every kind: made by the part of the desk that knows the thing, set in type by the printer."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk import (
    policy,
    service_audit,
    service_book,
    service_calls,
    service_cases,
    service_codebook,
    service_contacts,
    service_line_checks,
    service_notices,
    service_shifts,
    service_translations,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.desk.books import Books
    from armslength.desk.call_sheet import Words
    from armslength.desk.printing import Printer, Sheet

Json = dict[str, Any]

SHEETS: Final[Mapping[str, Callable[[Books, str, Mapping[str, Any]], Sheet]]] = {
    **service_audit.SHEETS,
    **service_book.SHEETS,
    **service_contacts.SHEETS,
    **service_line_checks.SHEETS,
    **service_calls.SHEETS,
    **service_cases.SHEETS,
    **service_shifts.SHEETS,
    **service_codebook.SHEETS,
    **service_translations.SHEETS,
    **service_notices.SHEETS,
}
"""Kind of printed sheet -> its contents, by name and query."""


WORDED: Final[Mapping[str, Callable[[Books, Words, str, Mapping[str, Any]], Sheet]]] = {
    **service_calls.SHEETS_WORDED,
    **service_codebook.SHEETS_WORDED,
}
"""The same for sheets that are worded in the counterpart's language too."""

_READ_AS: Final[Mapping[str, str]] = {
    kind: row
    for row, kinds in (
        ("audit", service_audit.SHEETS),
        ("channels", service_book.SHEETS),
        ("contacts", service_contacts.SHEETS),
        ("line-checks", service_line_checks.SHEETS),
        ("calls", {**service_calls.SHEETS, **service_calls.SHEETS_WORDED}),
        ("cases", service_cases.SHEETS),
        ("shifts", service_shifts.SHEETS),
        ("codebook", {**service_codebook.SHEETS, **service_codebook.SHEETS_WORDED}),
        ("translations", service_translations.SHEETS),
        ("notices", service_notices.SHEETS),
    )
    for kind in kinds
}


def roles(kind: str) -> frozenset[str]:
    """Return who may have a sheet of a kind: who may read what stands on it; of an unknown one, who may have any."""
    row = _READ_AS.get(kind)
    return policy.READS["sheets"] & policy.READS[row] if row else policy.READS["sheets"]


def make(books: Books, words: Callable[[], Words], kind: str, name: str, query: Mapping[str, Any]) -> Sheet:
    """Return a sheet, not yet set in type.

    Args:
        books: what it is made from.
        words: gives what it is worded with.
        kind: a key of `SHEETS`.
        name: of what: a channel, a case, a day; as the kind has it.
        query: ``language`` and what the kind asks for.

    Raises:
        LocalError: SHEET-UNKNOWN, and the codes of the kind.
    """
    worded = WORDED.get(kind)
    if worded is not None:
        return worded(books, words(), name, query)
    maker = SHEETS.get(kind)
    if maker is None:
        raise LocalError("SHEET-UNKNOWN", got=kind, expected=", ".join(sorted({*SHEETS, *WORDED})))
    return maker(books, name, query)


def printed(printer: Printer | None, sheet: Sheet, kind: str, name: str) -> Json:
    """Return a sheet set in type, as the faces carry it.

    Raises:
        LocalError: PRINT-MISSING, SHEET-TOO-LONG.
    """
    if printer is None:
        raise LocalError("PRINT-MISSING", because="this node was made without a printer")
    return {"kind": kind, "name": name, "title": sheet.title, "pdf": b64encode(printer.pdf(sheet)).decode()}

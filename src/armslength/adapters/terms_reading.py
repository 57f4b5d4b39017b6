"""Files of terms from outside: CSV, and TBX (ISO 30042:2019) of the dialects Basic and Core in both styles.

Every row or term that does not fit is refused with its number and reason, and the rest is read; a file that is not
what it claims to be is refused as a whole. Nothing is fetched: no schema, no style sheet, no entity.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from armslength.adapters.format_rows import Row
from armslength.adapters.format_table import Layout, read_table
from armslength.adapters.format_xml import parse_xml
from armslength.core.errors import ArmslengthError, LocalError, shown
from armslength.desk.service_terms import RefusedTerm, TermsRead
from armslength.language.term_files import COLUMNS, TBX_GENDER, TBX_NAMESPACE, TBX_PART, TBX_STATUS
from armslength.language.terms import Status, Term, check_term, status_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.adapters.format_xml import Element

FILE_BYTES_MAX: Final = 8 * 1024 * 1024
"""Bytes of one file: the largest public term base of this trade has 3 MB as TBX."""

TERMS_MAX: Final = 20_000
"""Terms of one file: the IAEA's glossaries have some 3,000 in six languages."""

REQUIRED: Final = ("concept", "language", "term")

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_ID: Final = re.compile(r"[^a-z0-9]+")
_STATUS: Final = {
    **{text: status for status, text in TBX_STATUS.items()},
    "supersededTerm-admn-sts": Status.DEPRECATED,
    "standardizedTerm-admn-sts": Status.PREFERRED,
    # TBX-Min has words of its own, and so have many programs.
    "preferred": Status.PREFERRED,
    "admitted": Status.ADMITTED,
    "notRecommended": Status.DEPRECATED,
    "obsolete": Status.DEPRECATED,
    "deprecated": Status.DEPRECATED,
}
_PART: Final = {text: part for part, text in TBX_PART.items()}
_GENDER: Final = {text: gender for gender, text in TBX_GENDER.items() if gender != "pl"}


class TermReader:
    """Reads files of terms (`armslength.desk.service_terms.TermFormats`)."""

    def read(self, name: str, data: bytes) -> TermsRead:
        """Return what a file holds; nothing is entered.

        Raises:
            LocalError: FILE-TOO-LARGE, TERM-FILE, and what XML and tables raise.
        """
        if len(data) > FILE_BYTES_MAX:
            raise LocalError("FILE-TOO-LARGE", file=name, expected=f"at most {FILE_BYTES_MAX} bytes")
        start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
        xml = start.startswith(b"<") or start[:2] in {b"\xff\xfe", b"\xfe\xff"}
        found = list(_tbx(name, data) if xml else _table(data))
        terms = tuple(one for one in found if isinstance(one, Term))
        refused = tuple(one for one in found if isinstance(one, RefusedTerm))
        if len(found) > TERMS_MAX:
            raise LocalError("FILE-TOO-LARGE", file=name, expected=f"at most {TERMS_MAX} terms", got=len(found))
        return TermsRead(reader="tbx" if xml else "csv", terms=terms, refused=refused)


# --- CSV --------------------------------------------------------------------------------------------------------------


def _table(data: bytes) -> Iterator[Term | RefusedTerm]:
    table = read_table(data, Layout(required=REQUIRED, known=COLUMNS, lower=True))
    for row in table.rows:
        if not isinstance(row, Row):
            yield RefusedTerm(row=row.row, code=row.code, reason=row.reason)
            continue
        cells = {column: _undone(str(value).strip()) for column, value in row.cells.items()}
        yield _made(row.number, cells)


def _undone(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running a formula, as our own export puts it there."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@") else cell


def _made(number: int, cells: dict[str, str]) -> Term | RefusedTerm:
    try:
        return check_term(
            Term(
                concept=cells.get("concept", ""),
                language=cells.get("language", ""),
                term=cells.get("term", ""),
                status=status_of(cells.get("status") or Status.PREFERRED.value),
                definition=cells.get("definition", ""),
                source=cells.get("source", ""),
                note=cells.get("note", ""),
                part=cells.get("part", ""),
                gender=cells.get("gender", ""),
                own=True,
            )
        )
    except ArmslengthError as error:
        reason = ", ".join(f"{name} {shown(value)}" for name, value in error.details.items())
        return RefusedTerm(row=number, code=error.code, reason=reason)


# --- TBX --------------------------------------------------------------------------------------------------------------


def _tbx(name: str, data: bytes) -> Iterator[Term | RefusedTerm]:
    root = parse_xml(data, name)
    dialect = root.attributes.get("type", "")
    if root.name != "tbx" or root.namespace != TBX_NAMESPACE or dialect not in {"TBX-Basic", "TBX-Core", "TBX-Min"}:
        raise LocalError("TERM-FILE", file=name, expected="TBX-Basic, TBX-Min or TBX-Core of ISO 30042:2019")
    if root.attributes.get("style", "dct") not in {"dct", "dca"}:
        raise LocalError("TERM-FILE", file=name, expected="style dct or dca", got=root.attributes["style"])
    number = 0
    for entry in (element for element in root.every() if element.name == "conceptEntry"):
        concept = _id(entry.attributes.get("id", ""))
        definition = _category(entry, "definition")
        for section in entry.all("langSec"):
            language = section.attributes.get(_LANGUAGE, "")
            for term in section.all("termSec"):
                number += 1
                yield _made(number, _cells(concept, language, definition or _category(section, "definition"), term))


def _id(text: str) -> str:
    return _NOT_ID.sub("-", text.removeprefix("c-").lower()).strip("-")[:64].strip("-")


def _cells(concept: str, language: str, definition: str, term: Element) -> dict[str, str]:
    said = _category(term, "administrativeStatus")
    # A status that nobody knows is the term's error: what its author advises against must not come out as preferred.
    status = str(_STATUS.get(said, said)) if said else Status.PREFERRED.value
    return {
        "concept": concept,
        "language": language,
        "term": " ".join(term.value("term").split()),
        "status": status,
        "definition": definition,
        "source": _category(term, "source"),
        "note": " ".join(term.value("note").split()),
        "part": _PART.get(_category(term, "partOfSpeech"), ""),
        "gender": _GENDER.get(_category(term, "grammaticalGender"), ""),
    }


def _category(element: Element, kind: str) -> str:
    """Return a data category: an element of its name (DCT), or a general one with its name as type (DCA)."""
    for child in element.children:
        if child.name in {"descripGrp", "termNoteGrp", "adminGrp"}:
            inner = _category(child, kind)
            if inner:
                return inner
        if kind in {child.name, child.attributes.get("type")}:
            return " ".join(child.text.split())
    return ""

"""Terms as files: CSV and TBX (ISO 30042) of the dialects Basic and Core, in both styles, written as text.

The style DCT names the data categories as elements (``<min:partOfSpeech>``), DCA as an attribute of a general element
(``<termNote type="partOfSpeech">``). What a dialect has no place for is left out of it and stands in the CSV.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.text import csv_safe
from armslength.language.terms import Status, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COLUMNS: Final = ("concept", "language", "term", "status", "part", "gender", "definition", "source", "note")
"""Columns of a CSV file of terms, in this order when it is written, in any when it is read."""

DIALECTS: Final = ("TBX-Basic", "TBX-Core")
STYLES: Final = ("dct", "dca")

TBX_NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"
NAMESPACE_OF_MINIMAL: Final = "http://www.tbxinfo.net/ns/min"
NAMESPACE_OF_BASIC: Final = "http://www.tbxinfo.net/ns/basic"

TBX_STATUS: Final[Mapping[Status, str]] = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.DEPRECATED: "deprecatedTerm-admn-sts",
}
TBX_PART: Final[Mapping[str, str]] = {"n": "noun", "v": "verb", "adj": "adjective", "adv": "adverb", "other": "other"}
TBX_GENDER: Final[Mapping[str, str]] = {"m": "masculine", "f": "feminine", "n": "neuter", "pl": "other"}


def to_csv(terms: Iterable[Term]) -> str:
    """Return terms as a CSV file with a header; no cell of it is taken for a formula."""
    lines = [",".join(COLUMNS)]
    for one in terms:
        row = (one.concept, one.language, one.term, one.status.value, one.part, one.gender)
        lines.append(",".join(_quoted(csv_safe(cell)) for cell in (*row, one.definition, one.source, one.note)))
    return "\n".join((*lines, ""))


def _quoted(cell: str) -> str:
    """Return a cell as RFC 4180 has it; line feeds are visible text by now."""
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',"') else cell


def to_tbx(terms: Iterable[Term], *, dialect: str = "TBX-Basic", style: str = "dct", title: str = "Terms") -> str:
    """Return terms as a TBX file.

    Args:
        terms: in any order; concepts come in the order in which they are first met.
        dialect: ``TBX-Basic`` or ``TBX-Core``.
        style: ``dct`` or ``dca``.
        title: what the file says it is.

    Raises:
        LocalError: TERM-FILE, no such dialect or style.
    """
    if dialect not in DIALECTS or style not in STYLES:
        raise LocalError("TERM-FILE", expected=f"{', '.join(DIALECTS)}; {', '.join(STYLES)}", got=f"{dialect} {style}")
    concepts: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for one in terms:
        concepts[one.concept][one.language].append(one)
    lines = _head(dialect, style, title)
    for concept, languages in concepts.items():
        lines += _concept(concept, languages, _Writer(dialect, style))
    lines += ["  </body></text>", "</tbx>", ""]
    return "\n".join(lines)


def _head(dialect: str, style: str, title: str) -> list[str]:
    spaces = f' xmlns:min="{NAMESPACE_OF_MINIMAL}" xmlns:basic="{NAMESPACE_OF_BASIC}"' if style == "dct" else ""
    spaces = spaces if dialect == "TBX-Basic" else ""
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<tbx type="{dialect}" style="{style}" xml:lang="en" xmlns="{TBX_NAMESPACE}"{spaces}>',
        f"  <tbxHeader><fileDesc><titleStmt><title>{escape(title)}</title></titleStmt>",
        "    <sourceDesc><p>Exported by armslength</p></sourceDesc></fileDesc></tbxHeader>",
        "  <text><body>",
    ]


class _Writer:
    """Writes the data categories of one dialect in one style; TBX-Core has none."""

    def __init__(self, dialect: str, style: str) -> None:
        self._basic, self._dct = dialect == "TBX-Basic", style == "dct"

    def category(self, element: str, module: str, kind: str, value: str) -> str:
        if not value or not self._basic:
            return ""
        text = escape(value, quote=False)
        if self._dct:
            return f"<{module}:{kind}>{text}</{module}:{kind}>"
        return f'<{element} type="{kind}">{text}</{element}>'


def _concept(concept: str, languages: Mapping[str, list[Term]], writer: _Writer) -> list[str]:
    # The id of XML must not begin with a digit, so that each has a letter before it.
    lines = [f'    <conceptEntry id="c-{escape(concept)}">']
    definition = next((one.definition for each in languages.values() for one in each if one.definition), "")
    lines += [f"      {line}" for line in [writer.category("descrip", "basic", "definition", definition)] if line]
    for language, terms in languages.items():
        lines.append(f'      <langSec xml:lang="{escape(language)}">')
        for one in terms:
            categories = [
                writer.category("termNote", "min", "partOfSpeech", TBX_PART.get(one.part, "")),
                writer.category("termNote", "basic", "grammaticalGender", TBX_GENDER.get(one.gender, "")),
                writer.category("termNote", "min", "administrativeStatus", TBX_STATUS[one.status]),
                writer.category("admin", "basic", "source", one.source),
            ]
            # A note is part of the core itself, the same in every dialect and style.
            note = f"<note>{escape(one.note, quote=False)}</note>" if one.note else ""
            inner = "".join((f"<term>{escape(one.term, quote=False)}</term>", *categories, note))
            lines.append(f"        <termSec>{inner}</termSec>")
        lines.append("      </langSec>")
    return [*lines, "    </conceptEntry>"]

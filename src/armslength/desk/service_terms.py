"""Files of terms and machine drafts for every face: what needs the world beside the books."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Protocol

from armslength.core.errors import LocalError
from armslength.desk import term_records, translating
from armslength.desk.service_translations import term_json
from armslength.language.translations import MACHINE_MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.books import Books
    from armslength.desk.desk import Desk
    from armslength.language.terms import Term

Json = dict[str, Any]

REFUSED_SHOWN_MAX: Final = 200
"""Refused rows in one answer; the count says how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedTerm:
    """A row or term that does not fit, with the reason."""

    row: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRead:
    """What a file of terms holds."""

    reader: str
    terms: tuple[Term, ...]
    refused: tuple[RefusedTerm, ...]


class TermFormats(Protocol):
    """Reads files of terms."""

    def read(self, name: str, data: bytes) -> TermsRead:
        """Return what a file holds.

        Raises:
            LocalError: the file as a whole is refused.
        """
        ...


class Translator(Protocol):
    """Makes machine drafts with a program of the site's own."""

    @property
    def name(self) -> str:
        """The program's name; empty for none."""
        ...

    async def translate(self, text: str, source: str, target: str) -> str:
        """Return a machine draft between its marks.

        Raises:
            LocalError: MACHINE-NONE, MACHINE-FAILED.
        """
        ...


class LanguageDesk:
    """What a linguist asks of the node beside prepare and submit.

    Args:
        desk: the node's desk.
        formats: reads files of terms.
        translator: makes machine drafts.
    """

    def __init__(self, desk: Desk, formats: TermFormats, translator: Translator) -> None:
        self._desk = desk
        self._formats = formats
        self._translator = translator

    def dry_run(self, given: Mapping[str, Any]) -> Json:
        """Return what a file of terms holds, what of it is known already, and the refused rows; nothing is entered.

        Args:
            given: name and data in base64.

        Raises:
            LocalError: PREPARED-MALFORMED, and what refuses the file.
        """
        try:
            name, data = str(given["name"]), b64decode(str(given["data"]), validate=True)
        except (Base64Error, KeyError, ValueError) as error:
            raise LocalError("PREPARED-MALFORMED", part="name and data") from error
        found = self._formats.read(name, data)
        known = self._desk.read(lambda unit: _own(self._desk.books(unit)))
        new = [one for one in found.terms if term_records.entry_value(one) not in known]
        return {
            "file": name,
            "sha256": sha256(data).hexdigest(),
            "reader": found.reader,
            "rows_read": len(found.terms) + len(found.refused),
            "refused_count": len(found.refused),
            "refused": [
                {"row": one.row, "code": one.code, "reason": one.reason} for one in found.refused[:REFUSED_SHOWN_MAX]
            ],
            "known": len(found.terms) - len(new),
            "to_enter": len(new),
            "concepts": len({one.concept for one in new}),
            "entries": [term_json(one) for one in new],
        }

    async def machine_draft(self, given: Mapping[str, Any]) -> Json:
        """Return a machine draft of a text, or of what a name means, for a linguist's eyes alone; nothing is kept.

        Args:
            given: to; text and from, or name and line.

        Raises:
            LocalError: MACHINE-NONE, MACHINE-FAILED, TRANSLATION-SUBJECT-UNKNOWN, TRANSLATION-VALUE.
        """
        text, source = str(given.get("text") or ""), str(given.get("from") or "")
        if not text:
            name, line = str(given.get("name") or ""), given.get("line")
            meant = self._desk.read(lambda unit: translating.original(self._desk.books(unit), name, line))
            text, source = "\n".join(one for _, one in meant.texts), source or meant.language
        if not text.strip() or not source:
            raise LocalError("TRANSLATION-VALUE", field="text", expected="a text and its language", got="nothing")
        draft = await self._translator.translate(text, source, str(given["to"]))
        return {
            "mark": MACHINE_MARK,
            "program": self._translator.name,
            "from": source,
            "to": str(given["to"]),
            "text": draft,
        }


def _own(books: Books) -> frozenset[tuple[str, ...]]:
    return frozenset(term_records.entry_value(one) for one in term_records.term_base(books).terms if one.own)

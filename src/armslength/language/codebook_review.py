"""The record of how each phrase of the codebook was read back into English, and that no native linguist has read it.

A back-translation is written from the phrase alone and then held against the English one (C6). The record is of one
version; entries of a later version need their own.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.language.codebook_table import ENTRIES, LANGUAGES, VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verdict(StrEnum):
    """What the comparison of a back-translation with the English phrase gave."""

    SAME = "SAME"
    SAME_WITH_DIFFERENCE = "SAME-WITH-DIFFERENCE"
    """The meaning is the same; a difference of wording is written down."""
    OTHER_MEANING = "OTHER-MEANING"
    """The phrase must be changed."""


NOT_NATIVE: Final = "not reviewed by a native linguist"
"""What stands beside every phrase until a native linguist has signed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One back-translation: the English that the phrase gives, the verdict, and what differs."""

    back: str
    verdict: Verdict
    differences: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookReview:
    """All of them.

    Args:
        version: of the codebook.
        reviewer: who read.
        date: when, ISO 8601.
        native: whether a native linguist did.
        source: the language against which the others were held; it has no readings itself.
        readings: language to number to reading.
    """

    version: int
    reviewer: str
    date: str
    native: bool
    source: str
    readings: Mapping[str, Mapping[int, Reading]]

    def of(self, number: int, locale: str) -> Reading | None:
        """Return the reading of a phrase, None for the source language and for a language that a site brings."""
        return self.readings.get(locale, {}).get(number)


def review_from_text(text: str) -> CodebookReview:
    """Return the review of a TOML text.

    Raises:
        LocalError: CODEBOOK-REVIEW, not a review of every phrase of this version.
    """
    try:
        found = tomllib.loads(text)
        source = str(found["source"])
        readings = {
            locale: MappingProxyType({int(number): _reading(row) for number, row in found[locale].items()})
            for locale in LANGUAGES
            if locale != source
        }
        review = CodebookReview(
            version=int(found["version"]),
            reviewer=str(found["reviewer"]),
            date=str(found["date"]),
            native=found["native"] is True,
            source=source,
            readings=MappingProxyType(readings),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LocalError("CODEBOOK-REVIEW", because=type(error).__name__) from error
    if review.version != VERSION or any(set(rows) != set(ENTRIES) for rows in readings.values()):
        raise LocalError("CODEBOOK-REVIEW", expected=f"every phrase of version {VERSION}", got=review.version)
    return review


def _reading(row: Mapping[str, Any]) -> Reading:
    return Reading(back=str(row["back"]), verdict=Verdict(row["verdict"]), differences=str(row.get("differences", "")))

"""Language resources of the package: Fluent files and word lists, read from the installed package and handed inward.

The linguist's room is pure and does not know the signals officer's; here the two meet: the catalogue of forms is
described to the renderer, and the renderer gets its texts.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.language.shapes import Catalogue, FormShape
from armslength.language.words import word_list
from armslength.line.forms import FORMS, fields_of
from armslength.line.receipt_fields import NODE_RECEIPT_FIELDS, RECEIPT_FIELDS
from armslength.line.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from armslength.language.rendering import Renderer

LOCALES: Final = ("en", "ru", "uk")
"""Languages that the package carries; a language is a folder of these three files and a word list."""

_FILES: Final = ("forms.ftl", "vocabulary.ftl", "receipts.ftl")
_PACKAGE: Final = "armslength.language"


def catalogue() -> Catalogue:
    """Return the forms, receipts and vocabularies as the linguist's room wants them described."""
    forms = {
        code: FormShape(
            version=entry.version,
            fields=tuple(fields_of(entry).values()),
            without_prejudice=entry.without_prejudice,
            sentences=entry.sentences,
        )
        for code, entry in FORMS.items()
    }
    return Catalogue(
        forms=MappingProxyType(forms),
        receipts=RECEIPT_FIELDS,
        node_receipts=NODE_RECEIPT_FIELDS,
        vocabularies=MappingProxyType({name: table.codes for name, table in VOCABULARIES.items()}),
    )


@lru_cache(maxsize=1)
def load_renderer() -> Renderer:
    """Return the renderer of all languages of the package; parsed once a process.

    Raises:
        LocalError: RENDER-TEXT-MISSING, a file is missing or does not parse.
    """
    # Fluent takes a quarter of a node's start, and a node that comes back must receive before anybody reads.
    from armslength.language.rendering import Renderer  # noqa: PLC0415

    return Renderer(
        {locale: tuple(_read(f"ftl/{locale}/{name}") for name in _FILES) for locale in LOCALES}, catalogue()
    )


@lru_cache(maxsize=len(LOCALES))
def load_words(locale: str) -> tuple[str, ...]:
    """Return the 256 words in which fingerprints are read aloud in one language.

    Raises:
        LocalError: LOCALE-UNKNOWN, WORDS-LIST.
    """
    if locale not in LOCALES:
        raise LocalError("LOCALE-UNKNOWN", got=locale, expected=", ".join(LOCALES))
    return word_list(_read(f"words_{locale}.txt"))


def _read(name: str) -> str:
    try:
        return files(_PACKAGE).joinpath(name).read_text(encoding="utf-8")
    except OSError:
        raise LocalError("RENDER-TEXT-MISSING", expected=name) from None

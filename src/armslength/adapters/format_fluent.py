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
from armslength.language.codebook_table import DIGEST
from armslength.language.shapes import Catalogue, FormShape
from armslength.language.words import word_list
from armslength.line.forms import FORMS, fields_of
from armslength.line.receipt_fields import NODE_RECEIPT_FIELDS, RECEIPT_FIELDS
from armslength.line.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from armslength.adapters.language_folders import SiteLanguage
    from armslength.language.codebook import Codebook
    from armslength.language.codebook_review import CodebookReview
    from armslength.language.rendering import Renderer
    from armslength.language.texts import Texts

LOCALES: Final = ("en", "ru", "uk")
"""Languages that the package carries: a folder of these files, `CODEBOOK_FILE` and a word list each."""

_FILES: Final = ("forms.ftl", "vocabulary.ftl", "receipts.ftl", "phrases.ftl")
CODEBOOK_FILE: Final = "codebook.ftl"
REVIEW_FILE: Final = "codebook_review.toml"
_PACKAGE: Final = "armslength.language"

_HOMES_KEPT: Final = 4
"""Renderers kept in one process: that of a node, and of the homes that tests open beside it."""


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


@lru_cache(maxsize=_HOMES_KEPT)
def load_renderer(folder: Path | None = None) -> Renderer:
    """Return the renderer of the package's languages and of those that a site brings; parsed once a process.

    Args:
        folder: the site's language folders; one that is not whole is left out, and the fault screen says why.

    Raises:
        LocalError: RENDER-TEXT-MISSING, a file is missing or does not parse; CODEBOOK-DIGEST.
    """
    # Fluent takes a quarter of a node's start, and a node that comes back must receive before anybody reads.
    from armslength.language.rendering import Renderer  # noqa: PLC0415

    texts = {locale: tuple(_read(f"ftl/{locale}/{name}") for name in _FILES) for locale in LOCALES}
    whole = [language for language in load_site_languages(folder) if not language.problems]
    texts |= {language.tag: tuple(language.resources[name] for name in _FILES) for language in whole}
    phrases = {language.tag: language.resources[CODEBOOK_FILE] for language in whole}
    return Renderer(texts, catalogue(), load_codebook(phrases))


def load_codebook(site: Mapping[str, str] | None = None) -> Codebook:
    """Return the codebook of the package, rendered in a site's languages too.

    Args:
        site: language tag to the text of its ``codebook.ftl``.

    Raises:
        LocalError: RENDER-TEXT-MISSING; CODEBOOK-DIGEST, the phrases are not those of the version.
    """
    from armslength.language.codebook import Codebook  # noqa: PLC0415 - as above

    own = {locale: _read(f"ftl/{locale}/{CODEBOOK_FILE}") for locale in LOCALES}
    made = Codebook({**own, **(site or {})}, load_review())
    if made.digest != DIGEST:
        raise LocalError("CODEBOOK-DIGEST", version=made.version, expected=DIGEST, got=made.digest)
    return made


@lru_cache(maxsize=_HOMES_KEPT)
def load_site_languages(folder: Path | None) -> tuple[SiteLanguage, ...]:
    """Return the language folders of a site, whole or not; none without a folder.

    Raises:
        LocalError: RENDER-TEXT-MISSING, a file of the package is missing.
    """
    if folder is None or not folder.is_dir():
        return ()
    from armslength.adapters.language_folders import site_languages  # noqa: PLC0415 - as above

    model = {name: _read(f"ftl/en/{name}") for name in (*_FILES, CODEBOOK_FILE)}
    return site_languages(folder, model, LOCALES)


@lru_cache(maxsize=1)
def load_review() -> CodebookReview:
    """Return the back-translations of the codebook with their verdicts.

    Raises:
        LocalError: RENDER-TEXT-MISSING, CODEBOOK-REVIEW.
    """
    from armslength.language.codebook_review import review_from_text  # noqa: PLC0415 - as above

    return review_from_text(_read(REVIEW_FILE))


@lru_cache(maxsize=1)
def load_scripts() -> Mapping[str, Texts]:
    """Return what is said in calls, by language; apart from the messages, since nothing of it is hashed or sent.

    Raises:
        LocalError: RENDER-TEXT-MISSING, a file is missing or does not parse.
    """
    # As above: nobody makes a call sheet while a node starts.
    from armslength.language.texts import Texts  # noqa: PLC0415

    return MappingProxyType({locale: Texts(locale, (_read(f"ftl/{locale}/calls.ftl"),)) for locale in LOCALES})


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

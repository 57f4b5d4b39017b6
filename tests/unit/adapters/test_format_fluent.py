"""The package's language files are found, complete and read once."""

from __future__ import annotations

from importlib.resources import files

import pytest

from armslength.adapters import format_fluent
from armslength.adapters.format_fluent import LOCALES, catalogue, load_renderer, load_words
from armslength.core.errors import LocalError
from armslength.line.forms import FORMS
from armslength.line.vocabularies import VOCABULARIES

FILES = ["calls.ftl", "codebook.ftl", "forms.ftl", "phrases.ftl", "receipts.ftl", "vocabulary.ftl"]


def test_the_renderer_has_every_language_and_is_made_once() -> None:
    assert load_renderer().locales == LOCALES
    assert load_renderer() is load_renderer()


def test_the_catalogue_describes_every_form_and_vocabulary() -> None:
    assert set(catalogue().forms) == set(FORMS)
    assert {name: dict(codes) for name, codes in catalogue().vocabularies.items()} == {
        name: dict(table.codes) for name, table in VOCABULARIES.items()
    }


def test_a_language_is_a_folder_of_the_same_files() -> None:
    folder = files("armslength.language").joinpath("ftl")
    names = {entry.name: sorted(file.name for file in entry.iterdir()) for entry in folder.iterdir()}
    assert names == dict.fromkeys(LOCALES, FILES)


@pytest.mark.parametrize("locale", LOCALES)
def test_words_are_of_the_language_asked_for(locale: str) -> None:
    first = {"en": "acorn", "ru": "абрикос", "uk": "абрикос"}
    assert load_words(locale)[0] == first[locale]


def test_a_language_that_the_package_does_not_carry_is_refused() -> None:
    with pytest.raises(LocalError, match="LOCALE-UNKNOWN"):
        load_words("tlh")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(LocalError, match=r"RENDER-TEXT-MISSING.*words_tlh\.txt"):
        format_fluent._read("words_tlh.txt")

"""The word lists as the offline commands read them."""

from __future__ import annotations

from armslength.adapters.format_fluent import LOCALES, load_words
from armslength.entrypoints.cli.words import LANGUAGES, word_lists


def test_they_are_the_node_s_lists() -> None:
    assert LANGUAGES == LOCALES
    assert word_lists() == tuple(load_words(locale) for locale in LOCALES)

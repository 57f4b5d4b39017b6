"""No text is missing in any language, and a missing one is an error and not an English word in a Russian sheet."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from armslength.adapters.format_fluent import LOCALES, load_renderer
from armslength.core.errors import LocalError
from armslength.language.shapes import text_id
from armslength.language.texts import Texts, needed
from armslength.line.vocabularies import VOCABULARIES

CYRILLIC = re.compile("[а-яёіїєґ]", re.IGNORECASE)
UKRAINIAN_ONLY, RUSSIAN_ONLY = re.compile("[іїєґ]", re.IGNORECASE), re.compile("[ыэъё]", re.IGNORECASE)
WITHOUT_ARGUMENTS = [i for i in needed(load_renderer().catalogue) if not i.startswith(("line-", "value-"))]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_and_label_has_a_text(locale: str) -> None:
    assert load_renderer().texts(locale).missing(load_renderer().catalogue) == ()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_is_left_over(locale: str) -> None:
    bundle = load_renderer().texts(locale)._bundle
    assert sorted(set(bundle._messages) - set(needed(load_renderer().catalogue))) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_two_codes_of_a_table_never_read_alike(locale: str) -> None:
    say = load_renderer().texts(locale).say
    for name, table in VOCABULARIES.items():
        texts = sorted(say(text_id(name, code)) for code in table.codes)
        assert [one for one, two in pairwise(texts) if one == two] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_label_or_gloss_holds_what_the_paper_version_reads_as_its_own(locale: str) -> None:
    texts = load_renderer().texts(locale)
    for message_id in WITHOUT_ARGUMENTS:
        text = texts.say(message_id)
        assert "(" not in text, message_id
        assert "/" not in text, message_id
        assert text == " ".join(text.split()), message_id
        if message_id.startswith(("field-", "paper-")):
            assert ":" not in text, message_id


@pytest.mark.parametrize(("locale", "foreign"), [("ru", UKRAINIAN_ONLY), ("uk", RUSSIAN_ONLY), ("en", CYRILLIC)])
def test_a_language_is_written_in_its_own_letters(locale: str, foreign: re.Pattern[str]) -> None:
    texts = load_renderer().texts(locale)
    assert [i for i in WITHOUT_ARGUMENTS if foreign.search(texts.say(i))] == []


def test_a_missing_text_is_an_error_that_names_it() -> None:
    with pytest.raises(LocalError, match=r"RENDER-TEXT-MISSING.*nowhere"):
        load_renderer().texts("ru").say("nowhere")


def test_a_text_that_lacks_its_argument_is_an_error() -> None:
    with pytest.raises(LocalError, match="RENDER-TEXT-MISSING"):
        load_renderer().texts("ru").say("value-radius")


def test_a_text_only_of_attributes_is_missing() -> None:
    with pytest.raises(LocalError, match="RENDER-TEXT-MISSING"):
        Texts("en", ("thing =\n    .label = x\n",)).say("thing")


def test_an_argument_is_never_parsed_nor_isolated() -> None:
    shown = load_renderer().texts("en").say("value-unknown-code", code="{ line-exercise } \u2068")
    assert shown == "code { line-exercise } \u2068, which this node does not know"

"""Drafting checks: what must be found is found, what is plain is left alone, and no text of ours is flagged."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.format_fluent import load_codebook
from armslength.core.errors import LocalError
from armslength.language.check_lists import LISTS
from armslength.language.codebook_table import ENTRIES, LANGUAGES
from armslength.language.drafting_checks import NO_ATTRIBUTION, SENTENCES, Check, Setting, check_text
from armslength.language.terms import TermBase, shipped_terms
from armslength.language.toponyms import NameBook, shipped_toponyms
from builders.drafting_sentences import CLEAN, FOUND

SETTING = Setting(
    attribution=NO_ATTRIBUTION, names=NameBook(shipped_toponyms()), rule="uk", terms=TermBase(shipped_terms())
)
POSITIVE = [(language, *line.split("|", 1)) for language, text in FOUND.items() for line in text.splitlines()]
NEGATIVE = [(language, line) for language, text in CLEAN.items() for line in text.splitlines()]
CATALOGUE = [(language, name) for language in LISTS for name in ("forms.ftl", "receipts.ftl", "vocabulary.ftl")]


def test_there_are_forty_of_each_a_language() -> None:
    for language in LISTS:
        assert len(FOUND[language].splitlines()) >= 40
        assert len(CLEAN[language].splitlines()) >= 40


@pytest.mark.parametrize(("language", "code", "text"), POSITIVE)
def test_what_could_be_taken_otherwise_is_found(language: str, code: str, text: str) -> None:
    found = check_text(text, language, SETTING)
    assert code in {one.check.value for one in found}
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.sentence == SENTENCES[one.check]
        assert one.suggestion


@pytest.mark.parametrize(("language", "text"), NEGATIVE)
def test_plain_sentences_are_left_alone(language: str, text: str) -> None:
    assert [(one.check.value, one.text) for one in check_text(text, language, SETTING)] == []


@pytest.mark.parametrize(("language", "name"), CATALOGUE)
def test_the_texts_of_our_own_forms_are_clean(language: str, name: str) -> None:
    text = files("armslength.language").joinpath(f"ftl/{language}/{name}").read_text(encoding="utf-8")
    setting = Setting(names=SETTING.names, terms=SETTING.terms)
    for line in text.splitlines():
        _, equals, value = line.partition(" = ")
        if equals and not line.startswith("#"):
            plain = re.sub(r"\{[^}]*\}", "X", value)
            assert [(one.check.value, one.text) for one in check_text(plain, language, setting)] == []


def test_an_accusation_is_one_only_where_nobody_is_to_be_named() -> None:
    text = "Your forces attacked the substation."
    assert check_text(text, "en") == ()
    assert check_text(text, "en", SETTING)[0].check is Check.ACCUSATION


def test_consent_is_flagged_beside_a_receipt_only() -> None:
    assert check_text("The owner approves of the works.", "en") == ()
    assert check_text("We received it and approve.", "en")[0].check is Check.CONSENT


def test_names_follow_the_rule_of_the_line() -> None:
    for rule, wanted in (("uk", [("Kiev", "Kyiv")]), ("ru", [("Odesa", "Odessa")])):
        setting = Setting(names=SETTING.names, rule=rule)
        found = check_text("Near Kiev and Odesa.", "en", setting)
        assert [(one.text, one.suggestion) for one in found] == wanted


def test_the_longer_of_two_findings_stands() -> None:
    found = check_text("It is a ticking time bomb.", "en")
    assert [one.text for one in found] == ["ticking time bomb"]


def test_a_language_without_lists_is_checked_for_dates_and_numbers() -> None:
    assert [one.check for one in check_text("Tonight 03/04/2023", "de")] == [Check.DATE_AMBIGUOUS]


def test_a_giant_text_is_refused() -> None:
    with pytest.raises(LocalError):
        check_text("a" * 20_001, "en")


@given(st.text(max_size=300), st.sampled_from(["en", "ru", "uk", "de"]))
def test_any_text_is_checked_and_spans_lie_in_it(text: str, language: str) -> None:
    for one in check_text(text, language, SETTING):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_of_the_codebook_could_be_taken_otherwise(language: str) -> None:
    book = load_codebook()
    for number in ENTRIES:
        assert not check_text(book.pattern(number, language), language, SETTING), number


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "The crews come on 5/6.", True),
        ("ru", "Просим ответить до 5/6.", True),
        ("uk", "Просимо відповісти до 5/6.", True),
        ("en", "The tank is 5/6 full.", False),
        ("en", "The crews come on 15/16.", False),
    ],
)
def test_a_day_and_month_without_a_year_have_two_readings(language: str, text: str, found: bool) -> None:
    assert any(one.check is Check.DATE_AMBIGUOUS for one in check_text(text, language, SETTING)) is found


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "We will hit the bridge."), ("ru", "Мы ударим по мосту."), ("uk", "Ми вдаримо по мосту.")],
)
def test_an_announced_strike_is_a_threat(language: str, text: str) -> None:
    assert Check.THREAT in {one.check for one in check_text(text, language, SETTING)}

"""What is said aloud: complete in every language, digit by digit, and pronounced for whoever cannot read it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.format_fluent import LOCALES, load_scripts
from armslength.core.places import parse_place
from armslength.language.call_words import SOUND, Script, aloud, in_ukrainian_letters, place_aloud

SCRIPTS = load_scripts()
IDS = {locale: set(texts._bundle._messages) for locale, texts in SCRIPTS.items()}
ARGUMENT = re.compile(r"\{ \$(\w+) \}")
ARGUMENTS = dict.fromkeys(("party", "place", "digits", "time", "channel", "post", "form"), "X")
PAIRS = [(ours, theirs) for ours in LOCALES for theirs in LOCALES if ours != theirs]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_language_lacks_a_sentence_and_every_one_can_be_said(locale: str) -> None:
    sentences = {one for one in IDS["en"] if not one.endswith(SOUND)}
    assert {one for one in IDS[locale] if not one.endswith(SOUND)} == sentences
    for one in IDS[locale]:
        assert SCRIPTS[locale].say(one, **ARGUMENTS).strip()


def test_every_english_sentence_and_digit_says_how_it_sounds() -> None:
    spoken = {one for one in IDS["en"] if one.startswith(("call-", "digit-", "sign-")) and not one.endswith(SOUND)}
    assert {f"{one}{SOUND}" for one in spoken} <= IDS["en"]
    latin = re.compile("[A-Za-z]")
    for one in spoken:
        assert not latin.search(SCRIPTS["en"].say(f"{one}{SOUND}", **dict.fromkeys(ARGUMENTS, "1")))


@pytest.mark.parametrize("locale", ["ru", "uk"])
def test_no_letter_of_another_language_got_in(locale: str) -> None:
    others = re.compile("[іїєґ]" if locale == "ru" else "[ыэъё]", re.IGNORECASE)
    for one in IDS[locale]:
        assert not others.search(SCRIPTS[locale].say(one, **ARGUMENTS)), one


@pytest.mark.parametrize(
    ("locale", "north", "east"),
    [
        ("en", "four seven point five one two two north", "three four point five eight five eight east"),
        (
            "ru",
            "четыре семь точка пять один два два северной широты",
            "три четыре точка пять восемь пять восемь восточной долготы",
        ),
        (
            "uk",
            "чотири сім крапка п’ять один два два північної широти",
            "три чотири крапка п’ять вісім п’ять вісім східної довготи",
        ),
    ],
)
def test_a_place_is_said_digit_by_digit(locale: str, north: str, east: str) -> None:
    assert place_aloud(parse_place("47.5122N 34.5858E"), SCRIPTS[locale]) == f"{north}, {east}"


@given(st.text(alphabet="0123456789.NSEW ٣x", max_size=20))
def test_no_digit_is_left_out(text: str) -> None:
    words = aloud(text, SCRIPTS["en"]).replace(",", "").split()
    assert len(words) == len("".join(text.split()))


@pytest.mark.parametrize(
    ("ours", "theirs", "sound"),
    [
        ("en", "ru", "Povtorite, pozhaluysta, medlenno."),
        ("en", "uk", "Povtorit, bud laska, povilno."),
        ("ru", "en", "плиз рипит слоули."),
        ("uk", "en", "пліз ріпіт слоулі."),
        ("ru", "uk", ""),
        ("uk", "ru", ""),
    ],
)
def test_the_officer_sees_how_it_sounds_in_letters_that_he_reads(ours: str, theirs: str, sound: str) -> None:
    assert Script(SCRIPTS[ours], SCRIPTS[theirs]).said("repeat").sound == sound


def test_nothing_is_pronounced_for_who_speaks_the_language() -> None:
    said = Script(SCRIPTS["ru"], SCRIPTS["ru"]).said("close")
    assert (said.ours, said.sound) == (said.theirs, "")


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_numbers_and_words_of_others_are_pronounced_as_far_as_they_can_be(ours: str, theirs: str) -> None:
    script = Script(SCRIPTS[ours], SCRIPTS[theirs])
    digits = script.digits("number", "digits", "12")
    assert digits.theirs.count(SCRIPTS[theirs].say("digit-1")) == 1
    assert bool(digits.sound) is ("en" in {ours, theirs})
    free = script.free("Where", "Где")
    assert bool(free.sound) is (ours == "en")


def test_ukrainian_letters_for_the_sound_of_english() -> None:
    assert in_ukrainian_letters("гуд дэй, ёр, эксэрсайз") == "гуд дей, йор, ексерсайз"

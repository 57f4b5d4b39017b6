"""How a phrase sounds, in the letters of whoever reads it aloud."""

from __future__ import annotations

import re

import pytest

from armslength.adapters.format_fluent import load_codebook
from armslength.language.codebook_table import ENTRIES
from armslength.language.pronouncing import pronunciation


@pytest.mark.parametrize(
    ("text", "language", "reader", "sounds"),
    [
        ("Проверка связи. Сообщений нет.", "ru", "en", "Proverka svyazi. Soobshcheniy net."),
        ("Даём заверение.", "ru", "en", "Dayom zavereniye."),
        ("Переходимо на інший канал", "uk", "en", "Perekhodymo na inshyi kanal"),
        ("Line check. No message.", "en", "ru", "Лайн чэк. Ноу мэсидж."),
        ("Line check. No message.", "en", "uk", "Лайн чек. Ноу месідж."),
        ("All times are UTC", "en", "ru", "Олл тимс ар UTC"),
        ("Даём заверение.", "ru", "uk", ""),
        ("Line check.", "en", "en", ""),
        ("xyz", "ar", "en", ""),
    ],
)
def test_sounds(text: str, language: str, reader: str, sounds: str) -> None:
    assert pronunciation(text, language, reader) == sounds


def test_every_phrase_can_be_read_aloud_by_the_other_side() -> None:
    book = load_codebook()
    for number in ENTRIES:
        for language in ("ru", "uk"):
            assert (
                re.search("[а-яёіїєґ]", pronunciation(book.pattern(number, language), language, "en"), re.IGNORECASE)
                is None
            )
            english = pronunciation(book.pattern(number, "en"), "en", language)
            assert [word for word in re.findall("[A-Za-z]+", english) if not word.isupper()] == []


@pytest.mark.parametrize(
    ("text", "language"), [('вблизи "Запорізька АЕС, Ґ"', "ru"), ('поблизу "Крымский мост"', "uk")]
)
def test_a_name_in_the_other_languages_letters_leaves_no_letter_of_theirs(text: str, language: str) -> None:
    assert not re.search("[\u0400-\u04ff]", pronunciation(text, language, "en"))

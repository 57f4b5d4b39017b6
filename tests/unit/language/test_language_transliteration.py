"""Names in Latin letters by the national table, and one key behind the many spellings of a name."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.language.transliteration import (
    latin_spellings,
    russian_to_latin,
    russian_to_latin_passport,
    search_keys,
    skeleton,
    ukrainian_to_latin,
)
from builders.shared_data import shared_data

# The examples of the resolution's own table, and the traps met in the data.
UKRAINIAN = {
    "Алушта Андрій": "Alushta Andrii", "Борщагівка": "Borshchahivka", "Вінниця": "Vinnytsia", "Гадяч": "Hadiach",
    "Ґалаґан": "Galagan", "Донецьк": "Donetsk", "Олег": "Oleh", "Єнакієве": "Yenakiieve", "Наєнко": "Naienko",
    "Житомир": "Zhytomyr", "Закарпаття": "Zakarpattia", "Медвин": "Medvyn", "Івано-Франківськ": "Ivano-Frankivsk",
    "Їжакевич": "Yizhakevych", "Кадиївка": "Kadyivka", "Йосипівка": "Yosypivka", "Стрий": "Stryi", "Київ": "Kyiv",
    "Харків": "Kharkiv", "Біла Церква": "Bila Tserkva", "Чернівці": "Chernivtsi", "Шостка": "Shostka",
    "Щербухи": "Shcherbukhy", "Гоща": "Hoshcha", "Юрій": "Yurii", "Корюківка": "Koriukivka", "Яготин": "Yahotyn",
    "Костянтин": "Kostiantyn", "Згорани": "Zghorany", "Розгон": "Rozghon", "Знам'янка": "Znamianka",
    "Слов’янськ": "Sloviansk", "Запоріжжя": "Zaporizhzhia", "ЗАПОРІЖЖЯ": "ZAPORIZHZHIA", "Щастя": "Shchastia",
    "Запорізька АЕС": "Zaporizka AES", "Чинаді\u0301йово": "Chynadiiovo", "ПС 750 kV": "PS 750 kV",
}  # fmt: skip
RUSSIAN = {
    "Запорожская": ("Zaporozhskaya", "Zaporozhskaia"),
    "Южно-Украинская": ("Yuzhno-Ukrainskaya", "Iuzhno-Ukrainskaia"),
    "Хмельницкий": ("Khmelnitsky", "Khmelnitskii"),
    "Енакиево": ("Yenakiyevo", "Enakievo"),
    "Подъездная": ("Podyezdnaya", "Podieezdnaia"),
    "Белый": ("Bely", "Belyi"),
}
ONE_NAME = (
    "Запоріжжя Запорожье Zaporizhzhia Zaporizhzhya Zaporozhye Zaporizhia Zaporizhya Saporischschja Zaporižžja",
    "Київ Киев Kyiv Kiev Kyyiv Kijów",
    "Харків Харьков Kharkiv Kharkov Karkov",
    "Донецьк Донецк Donetsk Donets'k Donezk",
    "Хмельницький Хмельницкий Khmelnytskyi Khmel'nyts'kyy Khmelnitsky Khmelnitski",
    "Чорнобиль Чернобыль Chornobyl Chernobyl Tschernobyl Tchernobyl",
    "Рівне Ровно Rivne Rovno",
    "Дніпро Днепр Dnipro Dnepr Dneipro",
    "Згурський Zghurskyi",
    "Кременчук Кременчуг Kremenchuk Kremenchug Kremenchuh",
)


@pytest.mark.parametrize("name", UKRAINIAN)
def test_ukrainian_by_the_national_table(name: str) -> None:
    assert ukrainian_to_latin(name) == UKRAINIAN[name]


@pytest.mark.parametrize("name", RUSSIAN)
def test_russian_as_the_press_and_as_passports_write_it(name: str) -> None:
    assert (russian_to_latin(name), russian_to_latin_passport(name)) == RUSSIAN[name]


def test_spellings_follow_from_the_language_and_from_no_other() -> None:
    assert latin_spellings("Запорізька АЕС", "uk") == ("Zaporizka AES",)
    assert latin_spellings("Запорожская АЭС", "ru") == ("Zaporozhskaya AES", "Zaporozhskaia AES")
    assert latin_spellings("Zaporizhzhia NPP", "en") == ()
    assert latin_spellings("ZNPP", "uk") == ()


@pytest.mark.parametrize("names", ONE_NAME)
def test_the_spellings_of_one_name_have_one_key(names: str) -> None:
    assert len({skeleton(name) for name in names.split()}) == 1


def test_different_names_have_different_keys() -> None:
    assert len({skeleton(names.split()[0]) for names in ONE_NAME}) == len(ONE_NAME)
    assert skeleton("Дністер") != skeleton("Дніпро")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Дніпро", "Dnieper"), ("Володимир", "Vladimir"), ("Запорізька", "Запорожская"), ("Миколаїв", "Nikolaev")],
)
def test_what_the_key_does_not_catch_is_known(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_a_text_is_found_by_the_whole_and_by_each_word() -> None:
    assert search_keys("Біла Церква") == {skeleton("Bila Tserkva"), skeleton("Bila"), skeleton("Tserkva")}
    assert skeleton("Івано-Франківськ") == skeleton("Ivanofrankivsk")
    assert search_keys("  —  ") == frozenset()


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    ukrainian_to_latin(text)
    russian_to_latin(text)
    russian_to_latin_passport(text)
    assert skeleton(text) == skeleton(text.strip())


def test_the_vocabulary_of_spelling_ukraine() -> None:
    path = shared_data("spelling_ukraine") / "spelling_ukraine.csv"
    with path.open(encoding="utf-8", newline="") as file:
        places = [row for row in csv.DictReader(file) if row["category"] in {"City", "Settlement", "Town"}]
    by_table = [row["id"] for row in places if ukrainian_to_latin(row["source_uk"]) == row["correct_en"]]
    wrong = [(row["source_uk"], spelling) for row in places for spelling in row["incorrect_en"].split("|") if spelling]
    found = [pair for pair in wrong if skeleton(pair[0]) == skeleton(pair[1])]
    print(f"{len(by_table)} of {len(places)} by the table; {len(found)} of {len(wrong)} wrong spellings by the key")
    # The rest are slips of the list itself (Манхуш without its н), names by other tables (Bilopillya) and other words.
    assert len(by_table) / len(places) >= 0.97
    assert len(found) / len(wrong) >= 0.93

"""Romanisation by named standards: examples of each, and a published package as oracle where it is installed."""

from __future__ import annotations

import pytest

from armslength.core.errors import LocalError
from armslength.language.transliteration_tables import STANDARDS, romanise

EXAMPLES = (
    ("uk-2010", "Згурський, Знам'янка, Щербухи, Юрій", "Zghurskyi, Znamianka, Shcherbukhy, Yurii"),
    ("uk-bgn-1965", "Запоріжжя, Знам'янка, Юрій, Київ", "Zaporizhzhya, Znam”yanka, Yuriy, Kyyiv"),
    ("uk-bgn-1965", "Донецьк", "Donets’k"),
    ("ru-icao", "Подъездная, Цимлянск, Юрий, Щёлково", "Podieezdnaia, Tsimliansk, Iurii, Shchelkovo"),
    ("ru-gost-52535", "Подъездная, Цимлянск, Юрий", "Podezdnaia, Tcimliansk, Iurii"),
    ("ru-bgn-1947", "Енакиево, Подъездная, Белый, Королёв", "Yenakiyevo, Pod”yezdnaya, Belyy, Korolëv"),
    ("ru-press", "Енакиево, Белый", "Yenakiyevo, Bely"),
    ("ru-telegram", "Запорожье, Щёлково, Цюрупинск, Хмельницкий", "Zaporoje, Scelkovo, Ciurupinsk, Hmelnickii"),
    ("ru-telegram", "АЭС 750 kV", "AES 750 kV"),
)
ORACLE = {
    "uk-2010": "UkrainianKMU",
    "ru-icao": "RussianICAO",
    "ru-gost-52535": "RussianGOST2006",
    "ru-telegram": "RussianTelegram",
}
WORDS = {
    "uk": "Алушта Андрій Борщагівка Вінниця Гадяч Донецьк Єнакієве Житомир Закарпаття Їжакевич Кадиївка Київ Щербухи",
    "ru": "Съешь ещё этих мягких французских булок да выпей чаю Энергодар Южноукраинск Цимлянск Йошкар-Ола Щёлково",
}


@pytest.mark.parametrize(("standard", "text", "latin"), EXAMPLES)
def test_examples_of_the_tables(standard: str, text: str, latin: str) -> None:
    assert romanise(text, standard) == latin


@pytest.mark.parametrize("standard", ORACLE)
def test_a_published_package_says_the_same(standard: str) -> None:
    oracle = pytest.importorskip("translitua")
    table = getattr(oracle, ORACLE[standard])
    for word in WORDS[standard[:2]].split():
        assert romanise(word, standard) == oracle.translit(word, table), word


def test_telegrams_are_ascii() -> None:
    assert romanise(WORDS["ru"], "ru-telegram").isascii()


def test_what_is_of_no_table_stays_and_another_standard_is_refused() -> None:
    assert {romanise("ZNPP 47°", standard) for standard in STANDARDS} == {"ZNPP 47°"}
    with pytest.raises(LocalError):
        romanise("x", "ru-own")

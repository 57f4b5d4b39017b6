"""A kind word or phrase is read in three languages, and a word that is none is not taken for one."""

from __future__ import annotations

import pytest

from armslength.core.folding import fold_words
from armslength.register.name_kinds import KINDS_OF, Kind, meaning_known, read_kind
from armslength.register.vocabularies import FACILITY_KINDS

PHRASES = {
    "АЕС": (Kind.NUCLEAR, 1),
    "AEC": (Kind.NUCLEAR, 1),
    "атомної електричної станції": (Kind.NUCLEAR, 3),
    "nuclear power plant": (Kind.NUCLEAR, 3),
    "атомній": (Kind.NUCLEAR, 1),
    "ГЭС": (Kind.HYDRO, 1),
    "hydroelectric power station": (Kind.HYDRO, 3),
    "гідроелектростанцією": (Kind.HYDRO, 1),
    "ГАЕС": (Kind.PUMPED, 1),
    "гідроакумулюючої електростанції": (Kind.PUMPED, 2),
    "pumped storage HPP": (Kind.PUMPED, 3),
    "теплової електростанції": (Kind.THERMAL, 2),
    "coal-fired power plant": (Kind.THERMAL, 4),
    "combined heat and power plant": (Kind.HEAT, 5),
    "solar farm": (Kind.SOLAR, 2),
    "ветровая электростанция": (Kind.WIND, 2),
    "электроподстанции": (Kind.SUBSTATION, 1),
    "греблею": (Kind.DAM, 1),
    "гидроузла": (Kind.DAM, 1),
    "power station": (Kind.ANY_PLANT, 2),
    "електростанція": (Kind.ANY_PLANT, 1),
}


@pytest.mark.parametrize("text", PHRASES)
def test_a_phrase_is_read_whole(text: str) -> None:
    words = fold_words(f"{text} удар")
    assert read_kind(words, 0, len(words)) == PHRASES[text]
    assert meaning_known(words[0].folded)


@pytest.mark.parametrize(
    "text", ["станція", "station", "power outage", "and", "plant", "сесія", "дамбаський", "тес, т"]
)
def test_no_kind_is_read_where_there_is_none(text: str) -> None:
    words = fold_words(text)
    phrase = read_kind(words, 0, len(words))
    assert phrase is None or (text == "тес, т" and phrase == (Kind.THERMAL, 1))


def test_a_phrase_ends_where_another_thought_begins() -> None:
    words = fold_words("nuclear. Power station")
    assert read_kind(words, 0, len(words)) == (Kind.NUCLEAR, 1)


def test_the_kinds_belong_to_the_registers_vocabulary() -> None:
    assert set(KINDS_OF) <= FACILITY_KINDS

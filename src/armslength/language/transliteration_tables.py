"""Romanisation by the national and international standards, each under its name, for people and for bearers of ASCII.

`transliteration` holds what the register searches by; here stand the tables that a form or a passport names. Points
between letters, which BGN/PCGN leaves open, are not written:

=============  ==================================================================================================
uk-2010        Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010 (also UN and BGN/PCGN since 2019)
uk-bgn-1965    BGN/PCGN 1965, still met on maps and in older lists; with apostrophes for the soft sign
ru-icao        Russian passports, ICAO Doc 9303 part 3
ru-gost-52535  GOST R 52535.1-2006, passports of 2006 to 2013: ц is tc, ъ is not written
ru-bgn-1947    BGN/PCGN 1947 with its signs
ru-press       BGN/PCGN without signs, as the English press spells: Zaporozhskaya
ru-telegram    International telegrams: shortest, ASCII; ж is j, щ is sc
=============  ==================================================================================================
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.language.transliteration import russian_to_latin, russian_to_latin_passport, ukrainian_to_latin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_RUSSIAN: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia",
}  # fmt: skip
_GOST_52535: Final = _RUSSIAN | {"ц": "tc"}
_TELEGRAM: Final = _RUSSIAN | {"ж": "j", "х": "h", "ц": "c", "щ": "sc"}
_BGN_RUSSIAN: Final = _RUSSIAN | {"ё": "ë", "й": "y", "ъ": "”", "ь": "’", "ю": "yu", "я": "ya"}
_BGN_UKRAINIAN: Final = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "’", "ю": "yu",
    "я": "ya", "'": "”", "’": "”", "ʼ": "”",
}  # fmt: skip
_AFTER_VOWEL_OR_SIGN: Final = frozenset("аеёиоуыэюяйъь")
_STRESS: Final = re.compile("[\u0300\u0301]")
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼ])*")


def _table(table: Mapping[str, str]) -> Callable[[str], str]:
    return lambda text: _by(text, lambda word, place: table.get(word[place], word[place]))


def _bgn_russian(word: str, place: int) -> str:
    char = word[place]
    if char in "её" and (not place or word[place - 1] in _AFTER_VOWEL_OR_SIGN):
        return "ye" if char == "е" else "yë"
    return _BGN_RUSSIAN.get(char, char)


def _by(text: str, letter: Callable[[str, int], str]) -> str:
    composed = _STRESS.sub("", unicodedata.normalize("NFC", text))
    return _WORD.sub(lambda match: _word(match.group(), letter), composed)


def _word(word: str, letter: Callable[[str, int], str]) -> str:
    lower = word.lower()
    if len(lower) != len(word) or not any("\u0400" <= char <= "\u04ff" for char in lower):
        return word
    shouted = len(word) > 1 and word.isupper()
    parts = []
    for place, char in enumerate(word):
        latin = letter(lower, place)
        capital = char != lower[place]
        parts.append(latin.upper() if capital and shouted else latin.capitalize() if capital else latin)
    return "".join(parts)


STANDARDS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "uk-2010": ukrainian_to_latin,
        "uk-bgn-1965": _table(_BGN_UKRAINIAN),
        "ru-icao": russian_to_latin_passport,
        "ru-gost-52535": _table(_GOST_52535),
        "ru-bgn-1947": lambda text: _by(text, _bgn_russian),
        "ru-press": russian_to_latin,
        "ru-telegram": _table(_TELEGRAM),
    }
)
"""Name of the standard -> what writes a text by it; letters of no table stay as they are."""


def romanise(text: str, standard: str) -> str:
    """Return a text with its Cyrillic words in Latin letters by a standard.

    Args:
        text: the text; what is not Cyrillic stays.
        standard: a key of `STANDARDS`.

    Raises:
        LocalError: TERM-VALUE, no such standard.
    """
    writer = STANDARDS.get(standard)
    if writer is None:
        raise LocalError("TERM-VALUE", field="standard", expected=", ".join(STANDARDS), got=standard)
    return writer(text)

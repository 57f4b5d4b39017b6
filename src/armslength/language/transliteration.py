"""Ukrainian and Russian names in Latin letters, and one key by which the many spellings of a name find each other.

The Ukrainian table is that of the Cabinet of Ministers' resolution 55 of 27 January 2010; for Russian there are the
table of passports (ICAO Doc 9303 part 3) and the spelling of the English press after BGN/PCGN (Zaporozhskaya, Belyy
becomes Bely). Published packages give other standards for Ukrainian and turn зг into zh.

`skeleton` is a key for searching, not a transliteration: it keeps the consonants in classes and the places of the
vowels, so that Запоріжжя, Запорожье, Zaporizhzhia, Zaporozhye and Saporischschja are one. It does not find what is
another word: Дніпро and Dnieper, Володимир and Vladimir, Zaporizka (the adjective) and Zaporozhskaya, German ch and
Polish ch for х, nor a renamed town. Lists of aliases (SpellingUkraine, GeoNames) do that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from armslength.core.folding import Joint, fold_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    _Letter = Callable[[str, int], str]
    """The Latin letters for the letter at a position of a word in small letters."""

# --- tables -----------------------------------------------------------------------------------------------------------

_UKRAINIAN: Final = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia",
}  # fmt: skip

_UKRAINIAN_INITIAL: Final = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
"""At the beginning of a word these five are written otherwise (resolution 55, table)."""

_RUSSIAN: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ы": "y", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip

_RUSSIAN_PASSPORT: Final = _RUSSIAN | {"ё": "e", "й": "i", "ъ": "ie", "ь": "", "ю": "iu", "я": "ia"}

_APOSTROPHES: Final = "'’ʼ`´′"
_WORD: Final = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_APOSTROPHES}\u0300-\u036f])*")
_STRESS: Final = re.compile("[\u0300\u0301]")
_RUSSIAN_VOWELS: Final = frozenset("аеёиоуыэюя")
_SIGNS: Final = frozenset("ъь")


# --- to Latin ---------------------------------------------------------------------------------------------------------


def ukrainian_to_latin(text: str) -> str:
    """Return a text with its Ukrainian words in Latin letters by resolution 55 of 2010; all else stays.

    The apostrophe and the soft sign are not written; зг is zgh, so that it is not read as ж.
    """
    return _WORD.sub(lambda match: _by_letters(match.group(), _ukrainian_letter), _composed(text))


def russian_to_latin(text: str) -> str:
    """Return a text with its Russian words as the English press spells them: Zaporozhskaya, Yuzhno-Ukrainskaya.

    BGN/PCGN 1947 without its signs: е is ye at the beginning and after vowels and signs, a final -ый or -ий is -y.
    """
    return _WORD.sub(lambda match: _by_letters(_RUSSIAN_ENDING.sub("ы", match.group()), _press_letter), _composed(text))


def russian_to_latin_passport(text: str) -> str:
    """Return a text with its Russian words by the table of passports (ICAO Doc 9303): Zaporozhskaia."""
    return _WORD.sub(lambda match: _by_letters(match.group(), _passport_letter), _composed(text))


_RUSSIAN_ENDING: Final = re.compile(r"(?<=[^\W\d_]{2})[ыи]й\Z", re.IGNORECASE)


def latin_spellings(name: str, language: str) -> tuple[str, ...]:
    """Return the Latin spellings that follow from a name by rule, each once, without the name itself.

    Args:
        name: as its source writes it.
        language: ``uk`` or ``ru``; any other has none.
    """
    made = {
        "uk": (ukrainian_to_latin,),
        "ru": (russian_to_latin, russian_to_latin_passport),
    }.get(language, ())
    return tuple(dict.fromkeys(spelling for make in made if (spelling := make(name)) != name))


def _composed(text: str) -> str:
    # A mark that no letter took up is a stress mark of a dictionary, and no part of the spelling.
    return _STRESS.sub("", unicodedata.normalize("NFC", text))


def _by_letters(word: str, letter_at: _Letter) -> str:
    lower = word.lower()
    if len(lower) != len(word) or not _has_cyrillic(lower):
        return word
    shouted = len(word) > 1 and word.isupper()
    parts: list[str] = []
    for position, char in enumerate(word):
        latin = letter_at(lower, position)
        capital = char != lower[position]
        parts.append(latin.upper() if capital and shouted else latin.capitalize() if capital else latin)
    return "".join(parts)


def _ukrainian_letter(word: str, position: int) -> str:
    char = word[position]
    if char in _APOSTROPHES:
        return ""
    if char == "г" and position and word[position - 1] == "з":
        return "gh"
    if position == 0 and char in _UKRAINIAN_INITIAL:
        return _UKRAINIAN_INITIAL[char]
    return _of(_UKRAINIAN, char)


def _press_letter(word: str, position: int) -> str:
    char = word[position]
    before = word[position - 1] if position else ""
    if char in _SIGNS or char in _APOSTROPHES:
        return ""
    if char == "е" and (not before or before in _RUSSIAN_VOWELS or before in _SIGNS):
        return "ye"
    return _of(_RUSSIAN, char)


def _passport_letter(word: str, position: int) -> str:
    char = word[position]
    return "" if char in _APOSTROPHES else _of(_RUSSIAN_PASSPORT, char)


def _of(table: Mapping[str, str], char: str) -> str:
    # A letter of neither alphabet stays, so that the reader sees that something was not covered.
    return table.get(char, char)


def _has_cyrillic(text: str) -> bool:
    return any("\u0400" <= char <= "\u04ff" for char in text)


# --- one key for many spellings ---------------------------------------------------------------------------------------

_VOWEL: Final = "A"
"""One mark for a run of vowels: і and о (Харків, Харьков), и and y, ye and e are not told apart."""

_CYRILLIC_CLASSES: Final = {
    **dict.fromkeys("аеєиіїйоуюяыэё", _VOWEL),
    **dict.fromkeys("ьъ", ""),
    **dict(zip("бдлмнпрт", "BDLMNPRT", strict=True)),
    **dict.fromkeys("вф", "V"),
    **dict.fromkeys("гґкх", "K"),
    **dict.fromkeys("зсц", "S"),
    **dict.fromkeys("жчшщ", "X"),
}

_LATIN_CLASSES: Final = (
    # Longest first. The hushing sounds are one class, since zh, sh, ch and German sch stand for one another.
    ("schtsch", "X"), ("shch", "X"), ("stsch", "X"), ("tsch", "X"), ("tch", "X"), ("zgh", "SK"), ("sch", "X"),
    ("dsch", "X"), ("zh", "X"), ("sh", "X"), ("ch", "X"), ("sz", "X"), ("cz", "X"), ("kh", "K"), ("gh", "K"),
    ("ph", "V"), ("ts", "S"), ("tz", "S"), ("ks", "KS"), ("x", "KS"),
    *((letter, _VOWEL) for letter in "aeiouyj"),
    *zip("bdlmnprt", "BDLMNPRT", strict=True),
    *((letter, "V") for letter in "vwf"),
    *((letter, "K") for letter in "gkhq"),
    *((letter, "S") for letter in "zsc"),
    ("ж", "X"),
)  # fmt: skip
_LATIN_CLASS_OF: Final = dict(_LATIN_CLASSES)
_LATIN_PART: Final = re.compile("|".join(re.escape(part) for part, _ in _LATIN_CLASSES))
_MARKED: Final = str.maketrans({"ž": "ж", "š": "ж", "č": "ж", "ż": "ж", "ș": "ж", "ş": "ж", "ł": "l", "ß": "s"})
_RUNS: Final = re.compile(r"(.)\1+")

SKELETON_WORD_MAX: Final = 64
"""Characters of a word that has a key; longer ones are no names and stand for themselves."""


def skeleton(text: str) -> str:
    """Return the key of a text: one folded key a word, with blanks between; hyphens join, order is kept.

    Two spellings of one name by the usual tables have the same key; two different names may have it too (Рівне and
    Равне), so a caller asks for further evidence, as the register's matcher asks for the kind of facility.
    """
    joined: list[str] = []
    for word in fold_words(text):
        if joined and word.joint is Joint.HYPHEN:
            joined[-1] += word.folded
        else:
            joined.append(word.folded)
    return " ".join(filter(None, map(word_skeleton, joined)))


def search_keys(text: str) -> frozenset[str]:
    """Return the keys under which a text is stored and looked up: that of the whole and that of each word."""
    whole = skeleton(text)
    return frozenset({whole, *whole.split()}) - {""}


@lru_cache(maxsize=16_384)
def _cached_skeleton(folded: str) -> str:
    if _has_cyrillic(folded):
        # Latin cannot tell тс from ц, nor a French tch from тч, so neither does the key: Братське, Bratske.
        raw = "".join(
            _CYRILLIC_CLASSES.get(char, char.upper()) for char in folded.replace("тс", "ц").replace("тч", "ч")
        )
    else:
        plain = folded.translate(_MARKED)
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not "\u0300" <= c <= "\u036f")
        raw = _latin_classes(plain)
    short = _RUNS.sub(r"\1", raw)
    # Endings differ between the languages more than anything else: Рівне, Ровно; Одеса, Odessa; -ський, -sky.
    return short.rstrip(_VOWEL) or short


def word_skeleton(folded: str) -> str:
    """Return the key of one folded word (`armslength.core.folding`)."""
    return _cached_skeleton(folded) if len(folded) <= SKELETON_WORD_MAX else folded.upper()


def _latin_classes(word: str) -> str:
    parts: list[str] = []
    position = 0
    while position < len(word):
        match = _LATIN_PART.match(word, position)
        parts.append(_LATIN_CLASS_OF[match.group()] if match else word[position].upper())
        position = match.end() if match else position + 1
    return "".join(parts)

"""Words folded for comparison: one form for what a reader takes for the same word, with its place in the text kept.

A name in a report comes with a Latin i inside a Cyrillic word, a curly apostrophe, a soft hyphen, a stress mark. None
of these may hide it from a search, and none may be changed in what is stored or shown: a `Word` carries the folded form
and the span of the original. Nothing folded is ever hashed, signed or displayed.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_APOSTROPHES: Final = "'’‘ʼʹ`´′＇"
"""Every sign that stands for the Ukrainian apostrophe or, in Latin spellings, for the soft sign."""

_SILENT: Final = "\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Characters inside a word that draw nothing; a range of a character class."""

_WORD: Final = re.compile(rf"(?:[^\W_]|[\u0300-\u036f{_APOSTROPHES}{_SILENT}])+")
_DROPPED: Final = re.compile(rf"[\u0300-\u036f{_APOSTROPHES}{_SILENT}]")
_BLANKS: Final = re.compile(rf"[\s{_SILENT}]+")
_POSSESSIVE: Final = re.compile(rf"[{_APOSTROPHES}]s$")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_LATIN: Final = re.compile(r"[a-z\u00df-\u024f]")
_DASHES: Final = frozenset("-‐‑‒–—−")
_QUOTES: Final = frozenset("\"«»„“”‟‹›‚‘’'`″")
_NUMERO: Final = frozenset("№#")

_ALIKE: Final = dict(zip("aeiopcxykmthbï", "аеіорсхукмтнвї", strict=True))
"""Latin letters that are drawn as a Cyrillic one, in small or capital form (after the confusables of UTS 39)."""

_TO_CYRILLIC: Final = str.maketrans(_ALIKE)
_TO_LATIN: Final = str.maketrans({cyrillic: latin for latin, cyrillic in _ALIKE.items()})
_SPELLINGS: Final = str.maketrans({"ё": "е", "ґ": "г"})
"""Letters that most writers leave out: Russian prints ё as е, and Ukrainian had no ґ from 1933 to 1990."""

_CACHED_CHARS_MAX: Final = 48
"""Longer words are folded without being remembered, so that a hostile text cannot fill the memory with them."""


class Joint(IntEnum):
    """What stands between a word and the word before it."""

    BLANK = 0
    """Blanks only, or a number sign; also before the first word."""
    HYPHEN = 1
    """A hyphen or dash without blanks around it: Южно-Украинская, ТЕЦ-5."""
    QUOTE = 2
    """Quotation marks, with or without blanks."""
    COMMA = 3
    """One comma: the next item of a list."""
    BREAK = 4
    """Anything else: what follows is another thought."""


class Word(NamedTuple):
    """One word of a text: ``folded`` for comparing, ``[start, end)`` in characters of the original."""

    folded: str
    start: int
    end: int
    joint: Joint


def fold_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order, folded; linear in the length of the text, which the caller bounds."""
    return tuple(_words(text))


def fold(text: str) -> str:
    """Return a text as its folded words with one blank between them: the form in which two names are compared."""
    return " ".join(word.folded for word in _words(text))


def _words(text: str) -> Iterator[Word]:
    end = 0
    for match in _WORD.finditer(text):
        start, stop = match.span()
        raw = match.group()
        folded = _remembered(raw) if len(raw) <= _CACHED_CHARS_MAX else _folded(raw)
        # A lone apostrophe or invisible character is no word; it stays part of the gap.
        if folded:
            yield Word(folded, start, stop, _joint(text[end:start]))
            end = stop


def _joint(gap: str) -> Joint:
    if gap in {" ", ""}:
        return Joint.BLANK
    signs = _BLANKS.sub("", gap)
    if not signs or set(signs) <= _NUMERO:
        return Joint.BLANK
    if set(signs) <= _DASHES:
        return Joint.HYPHEN if signs == gap else Joint.BREAK
    if set(signs) <= _QUOTES:
        return Joint.QUOTE
    return Joint.COMMA if signs == "," else Joint.BREAK


def _folded(raw: str) -> str:
    plain = unicodedata.normalize("NFKC", raw).casefold()
    plain = _POSSESSIVE.sub("", plain) if _LATIN.search(plain) else plain
    # Composed letters (й, ї) survive; stress marks and other loose marks go with the apostrophes.
    plain = _DROPPED.sub("", unicodedata.normalize("NFC", plain))
    return _one_script(plain).translate(_SPELLINGS)


_remembered = lru_cache(maxsize=16_384)(_folded)


def _one_script(word: str) -> str:
    """Return a word of two scripts in the one that can hold all of it; unchanged where neither can."""
    cyrillic, latin = _CYRILLIC.findall(word), _LATIN.findall(word)
    if not cyrillic or not latin:
        return word
    fits_cyrillic = all(letter in _ALIKE for letter in latin)
    fits_latin = all(ord(letter) in _TO_LATIN for letter in cyrillic)
    if fits_cyrillic and (not fits_latin or len(cyrillic) >= len(latin)):
        return word.translate(_TO_CYRILLIC)
    return word.translate(_TO_LATIN) if fits_latin else word


def is_cyrillic(folded: str) -> bool:
    """Tell whether a folded word is written in Cyrillic letters."""
    return bool(_CYRILLIC.search(folded))

"""In which language a report is written, told from its letters alone.

Ukrainian and Russian each have letters that the other lacks; most texts of a sentence hold some. A short text without
any is UNKNOWN rather than guessed, and the register's matcher then looks for names in both. Words are counted, not
letters, and look-alike letters are put right first, so that a Latin i inside a Cyrillic word counts as the Ukrainian і.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from armslength.core.folding import fold_words, is_cyrillic

_UKRAINIAN_ONLY: Final = frozenset("іїєґ")
_RUSSIAN_ONLY: Final = frozenset("ыэъё")
_NEITHER: Final = frozenset("ўјљњћђџќѓѕ")
"""Letters of Belarusian, Serbian and Macedonian: such a text is neither, whatever else it shares."""

_CLEAR_LEAD: Final = 4
"""Times as many words of one language as of the other that make a text one language with a quotation in it."""


class Detected(StrEnum):
    """What the letters tell, as a language tag (RFC 5646) where there is one."""

    UKRAINIAN = "uk"
    RUSSIAN = "ru"
    ENGLISH = "en"
    """Only plain Latin letters: English in this trade, though letters cannot tell it from other languages."""
    SEVERAL = "mul"
    """Ukrainian and Russian words in one text, as in a summary of several reports."""
    UNKNOWN = "und"


def detect(text: str) -> Detected:
    """Return the language of a text as far as its letters tell it."""
    words = [word.folded for word in fold_words(text) if any(char.isalpha() for char in word.folded)]
    cyrillic = [set(word) for word in words if is_cyrillic(word)]
    if not cyrillic:
        plain = bool(words) and all(word.isascii() for word in words)
        return Detected.ENGLISH if plain else Detected.UNKNOWN
    # An English text that quotes a Cyrillic name is English; names of weapons in Latin do not make a text so.
    if len(cyrillic) * _CLEAR_LEAD < len(words) and all(w.isascii() for w in words if not is_cyrillic(w)):
        return Detected.ENGLISH
    if any(letters & _NEITHER for letters in cyrillic):
        return Detected.UNKNOWN
    ukrainian = sum(bool(letters & _UKRAINIAN_ONLY) for letters in cyrillic)
    russian = sum(bool(letters & _RUSSIAN_ONLY) for letters in cyrillic)
    return _of_counts(ukrainian, russian)


def _of_counts(ukrainian: int, russian: int) -> Detected:
    if ukrainian == russian == 0:
        return Detected.UNKNOWN
    if ukrainian > russian * _CLEAR_LEAD:
        return Detected.UKRAINIAN
    if russian > ukrainian * _CLEAR_LEAD:
        return Detected.RUSSIAN
    return Detected.SEVERAL

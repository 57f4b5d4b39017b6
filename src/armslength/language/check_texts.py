"""Texts for line checks: which one is read out, and how what came back differs, character by character (D6).

Every text is our own, neutral, and covers the whole alphabet of its language and all ten digits, as the first test text
of the line between Washington and Moscow was chosen to press every key. None is about war, weather as an omen, animals
that stand for states, or anything that a tired reader could take for a hint.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US
from armslength.core.text import is_invisible
from armslength.language.check_texts_en import TEXTS as TEXTS_EN
from armslength.language.check_texts_ru import TEXTS as TEXTS_RU
from armslength.language.check_texts_uk import TEXTS as TEXTS_UK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from armslength.core.instants import Instant

POOL: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"en": TEXTS_EN, "ru": TEXTS_RU, "uk": TEXTS_UK})
"""Language -> its texts; those of one number in several languages are no translations of each other."""

POOL_SIZE: Final = min(len(texts) for texts in POOL.values())
"""Numbers that every language has."""

ALPHABETS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "abcdefghijklmnopqrstuvwxyz",
        "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'",
    }
)
"""What each text of a language covers, in small letters; Ukrainian with its apostrophe."""

DIGITS: Final = "0123456789"

NO_REPEAT_US: Final = 30 * DAY_US
"""A text read out by people does not come again so soon: who knows it by heart reads back what he expects."""

TEXT_CHARS_MAX: Final = 600
"""Characters of a text and of what came back: a text of the pool has half of it."""

DIFFERENCES_MAX: Final = 32
"""Differences named one by one; a copy with more is simply another text."""

ALIGN_CHARS_MAX: Final = 160
"""Where texts differ, longer stretches are named as one difference, so that a hostile copy costs no time."""

_LATIN: Final = "AaBEeHIiKMOoPpCcTXxyYïÏ"
_CYRILLIC: Final = "АаВЕеНІіКМОоРрСсТХхуУїЇ"
LOOKALIKES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict(zip(_LATIN, _CYRILLIC, strict=True)),
        **dict(zip(_CYRILLIC, _LATIN, strict=True)),
        "'": "’",
        "’": "'",
        "-": "–",
        "–": "-",
    }
)
"""A character -> the one of the other alphabet, or of another typesetter, that looks like it (after UTS 39)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place at which a copy differs.

    Args:
        position: number of the character in the text that was sent, from 1.
        expected: what was sent there; empty when something was put in.
        got: what came back; empty when something is missing.
        note: what a person would not see: a look-alike letter, an invisible character.
    """

    position: int
    expected: str
    got: str
    note: str = ""


def choose(seed: bytes, used: Iterable[tuple[int, Instant]], at: Instant) -> int:
    """Return the number of the text for a check.

    Args:
        seed: bytes that decide; the same ones and the same history give the same text.
        used: numbers used before and when.
        at: when this one is used.

    Returns:
        A number not used in the thirty days before; where every one was, the one used longest ago.
    """
    last: dict[int, int] = {}
    for number, when in used:
        last[number] = max(when, last.get(number, 0))
    order = sorted(range(POOL_SIZE), key=lambda number: sha256(seed + number.to_bytes(2, "big")).digest())
    fresh = [number for number in order if number not in last or at - last[number] >= NO_REPEAT_US]
    return fresh[0] if fresh else min(order, key=lambda number: last[number])


def text_of(number: int, language: str) -> str:
    """Return a text of the pool.

    Raises:
        LocalError: CHECK-TEXT-UNKNOWN, no such number, or no texts in that language.
    """
    texts = POOL.get(language.split("-", 1)[0].lower(), ())
    if not 0 <= number < len(texts):
        raise LocalError("CHECK-TEXT-UNKNOWN", language=language, number=number + 1, expected=", ".join(POOL))
    return texts[number]


def missing(text: str, language: str) -> str:
    """Return the letters and digits that a text of the pool would lack."""
    held = set(text.lower().replace("’", "'"))
    return "".join(char for char in ALPHABETS[language] + DIGITS if char not in held)


def compare(sent: str, received: str) -> tuple[Difference, ...]:
    """Return where a copy differs, in order; nothing when it is the same to the character.

    Both are compared in Unicode NFC, since two machines may write one letter in two ways; blanks and line ends around
    the whole text do not count.
    """
    before, after = _clean(sent), _clean(received)
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    middle = before[start : len(before) - end], after[start : len(after) - end]
    if middle == ("", ""):
        return ()
    if max(map(len, middle)) > ALIGN_CHARS_MAX:
        return (_difference(start, *middle),)
    return tuple(_aligned(*middle, start))[:DIFFERENCES_MAX]


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text[:TEXT_CHARS_MAX]).strip()


def _difference(at: int, expected: str, got: str) -> Difference:
    return Difference(position=at + 1, expected=expected, got=got, note=_note(expected, got))


def _note(expected: str, got: str) -> str:
    if LOOKALIKES.get(expected) == got:
        return f"{_named(got)} in place of {_named(expected)}: they look alike"
    hidden = [char for char in got if is_invisible(char)]
    return f"invisible character {_code(hidden[0])}" if hidden else ""


def _named(char: str) -> str:
    return f"{unicodedata.name(char, 'character').lower()} {_code(char)}"


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"


def _aligned(sent: str, got: str, start: int) -> list[Difference]:
    """Return the fewest changes of single characters, neighbouring ones of a kind not joined."""
    cost = [[row + column if not row * column else 0 for column in range(len(got) + 1)] for row in range(len(sent) + 1)]
    for row, expected in enumerate(sent, 1):
        for column, came in enumerate(got, 1):
            change = cost[row - 1][column - 1] + (expected != came)
            cost[row][column] = min(change, cost[row - 1][column] + 1, cost[row][column - 1] + 1)
    found: list[Difference] = []
    row, column = len(sent), len(got)
    while row or column:
        here = cost[row][column]
        if row and column and here == cost[row - 1][column - 1] + (sent[row - 1] != got[column - 1]):
            row, column = row - 1, column - 1
            if sent[row] != got[column]:
                found.append(_difference(start + row, sent[row], got[column]))
        elif row and here == cost[row - 1][column] + 1:
            row -= 1
            found.append(_difference(start + row, sent[row], ""))
        else:
            column -= 1
            found.append(_difference(start + row, "", got[column]))
    return found[::-1]

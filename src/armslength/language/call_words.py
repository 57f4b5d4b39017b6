"""What is said aloud in a call: digits one by one, places as they are read, and how it sounds to the one who reads it.

An officer who does not know the other side's language reads out what stands beside its words: Russian and Ukrainian in
Latin letters by the tables of `transliteration`, English in Cyrillic letters as written by hand for each sentence. It
carries no stress marks; a linguist on the line is better than any of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.core.places import degrees_text
from armslength.language.transliteration import russian_to_latin, ukrainian_to_latin

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.core.places import Place
    from armslength.language.texts import Texts

SOUND: Final = "-sound"
"""End of the id of a text that says how another text sounds."""

CYRILLIC: Final = frozenset({"ru", "uk"})
"""Languages whose readers read Cyrillic."""

_TO_LATIN: Final[dict[str, Callable[[str], str]]] = {"ru": russian_to_latin, "uk": ukrainian_to_latin}

_FOR_UKRAINIANS: Final = (("ё", "йо"), ("е", "є"), ("э", "е"), ("и", "і"), ("ы", "и"), ("ъ", "’"))
"""English as Russian letters write its sound, in Ukrainian letters; in this order, each letter is changed once."""

_SIGNS: Final = {".": "sign-point", "N": "sign-north", "S": "sign-south", "E": "sign-east", "W": "sign-west"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence of a call.

    Args:
        ours: in the officer's language.
        theirs: in the counterpart's.
        sound: how that is said, for the officer; empty where he reads it himself, or where nobody wrote it down.
    """

    ours: str
    theirs: str
    sound: str


class Script:
    """The sentences of a call in two languages.

    Args:
        ours: texts of the officer's language.
        theirs: texts of the counterpart's.
    """

    __slots__ = ("ours", "theirs")

    def __init__(self, ours: Texts, theirs: Texts) -> None:
        self.ours = ours
        self.theirs = theirs

    def label(self, name: str, **arguments: str) -> str:
        """Return a word of the sheet, in the officer's language.

        Raises:
            LocalError: RENDER-TEXT-MISSING.
        """
        return self.ours.say(f"sheet-{name}", **arguments)

    def said(self, name: str, **arguments: str) -> Said:
        """Return a sentence whose arguments are the same in every language: a code, a time.

        Raises:
            LocalError: RENDER-TEXT-MISSING.
        """
        theirs = self.theirs.say(f"call-{name}", **arguments)
        written = f"call-{name}{SOUND}"
        by_hand = self.theirs.say(written, **arguments) if self.theirs.has(written) else ""
        return Said(ours=self.ours.say(f"call-{name}", **arguments), theirs=theirs, sound=self._sound(theirs, by_hand))

    def free(self, ours: str, theirs: str) -> Said:
        """Return words that are in no script: a field of a message, an address that the other side approved."""
        return Said(ours=ours, theirs=theirs, sound=self._sound(theirs, ""))

    def digits(self, name: str, argument: str, text: str) -> Said:
        """Return a sentence in which a number or a place is read digit by digit.

        Raises:
            LocalError: RENDER-TEXT-MISSING.
        """
        written = f"call-{name}{SOUND}"
        theirs = self.theirs.say(f"call-{name}", **{argument: aloud(text, self.theirs)})
        by_hand = ""
        if self.theirs.has(written):
            by_hand = self.theirs.say(written, **{argument: aloud(text, self.theirs, SOUND)})
        ours = self.ours.say(f"call-{name}", **{argument: aloud(text, self.ours)})
        return Said(ours=ours, theirs=theirs, sound=self._sound(theirs, by_hand))

    def _sound(self, theirs: str, by_hand: str) -> str:
        reader, spoken = self.ours.locale, self.theirs.locale
        if reader == spoken:
            return ""
        if reader in CYRILLIC:
            return in_ukrainian_letters(by_hand) if reader == "uk" else by_hand
        to_latin = _TO_LATIN.get(spoken)
        return "" if to_latin is None else to_latin(theirs)


def aloud(text: str, texts: Texts, end: str = "") -> str:
    """Return a number or a place in degrees as it is said: every digit by itself, a short stop between the parts.

    Args:
        text: digits, points, the letters of the four quarters and blanks; anything else is said as it stands.
        texts: the language it is said in.
        end: `SOUND` for how it sounds.

    Raises:
        LocalError: RENDER-TEXT-MISSING.
    """
    parts = []
    for part in text.split():
        words = [_word(char, texts, end) for char in part]
        parts.append(" ".join(words))
    return ", ".join(parts)


def _word(char: str, texts: Texts, end: str) -> str:
    if char in _SIGNS:
        return texts.say(f"{_SIGNS[char]}{end}")
    # Digits of other scripts are digits to Python; they are said as they stand.
    return texts.say(f"digit-{char}{end}") if char.isascii() and char.isdecimal() else char


def place_aloud(place: Place, texts: Texts, end: str = "") -> str:
    """Return a place in degrees as it is said.

    Raises:
        LocalError: RENDER-TEXT-MISSING.
    """
    return aloud(degrees_text(place), texts, end)


def in_ukrainian_letters(sound: str) -> str:
    """Return the sound of English words, written in Russian letters, in Ukrainian ones."""
    table = {ord(old): new for old, new in _FOR_UKRAINIANS}
    return sound.translate(table)

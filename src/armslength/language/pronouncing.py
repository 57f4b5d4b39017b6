"""How a phrase sounds, in the reader's own letters: Cyrillic phrases in Latin, English ones in Cyrillic.

Made by rule, so that it changes with the phrase. Russian and Ukrainian are written as they are spelt; English is not,
so its rules are rough and the commonest words that break them are listed. It is a help to somebody who reads a phrase
aloud in a language that he does not speak, and never a record of anything.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.language.transliteration import russian_to_latin, ukrainian_to_latin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CYRILLIC: Final = frozenset({"ru", "uk"})
LATIN: Final = frozenset({"en"})

_SHORT_ENDING: Final = re.compile(r"(\w+[ыи])й\b")


def _russian(text: str) -> str:
    # The press writes a final -ий as -y, which nobody would read aloud as it sounds.
    return russian_to_latin(_SHORT_ENDING.sub(lambda match: f"{russian_to_latin(match.group(1))}y", text))


_TO_LATIN: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        # A name keeps its own letters in the other language's phrase, and none of them stays Cyrillic among Latin ones.
        "ru": lambda text: ukrainian_to_latin(_russian(text)),
        "uk": lambda text: russian_to_latin(ukrainian_to_latin(text)),
    }
)

_WORDS: Final[Mapping[str, str]] = {
    "a": "э", "about": "эбаут", "again": "эген", "agree": "эгри", "all": "олл", "an": "эн", "answer": "ансэр",
    "any": "эни", "are": "ар", "as": "эз", "at": "эт", "be": "би", "been": "бин", "by": "бай", "call": "колл",
    "come": "кам", "concern": "консёрн", "do": "ду", "does": "даз", "fire": "файэр", "for": "фор", "from": "фром",
    "hear": "хир", "i": "ай", "is": "из", "it": "ит", "later": "лэйтэр", "line": "лайн", "message": "мэсидж",
    "minute": "минит", "minutes": "минитс", "move": "мув", "movement": "мувмэнт", "movements": "мувмэнтс",
    "no": "ноу", "not": "нот", "of": "ов", "on": "он", "once": "уанс", "one": "уан", "other": "азэр",
    "another": "эназэр", "our": "ауэр", "people": "пипл", "person": "пёрсон", "persons": "пёрсонс", "please": "плиз",
    "put": "пут", "said": "сэд", "site": "сайт", "some": "сам", "suspend": "саспэнд", "the": "зэ", "there": "зэр",
    "these": "зиз", "they": "зэй", "this": "зис", "to": "ту", "understood": "андэрстуд", "us": "ас", "use": "юз",
    "wait": "уэйт", "was": "уоз", "water": "уотэр", "we": "уи", "what": "уот", "who": "ху", "window": "уиндоу",
    "with": "уиз", "within": "уизин", "words": "уёрдс", "word": "уёрд", "workers": "уёркэрс", "wrong": "ронг",
    "you": "ю", "your": "ёр", "zone": "зоун", "exercise": "эксэрсайз", "time": "тайм", "place": "плэйс",
    "cease": "сис", "receipt": "рисит", "received": "рисивд", "real": "риэл", "give": "гив", "given": "гивэн",
    "have": "хэв", "has": "хэз", "know": "ноу", "purpose": "пёрпос", "public": "паблик", "power": "пауэр",
    "nuclear": "ньюклиэр", "between": "битуин", "violation": "вайолэйшн", "silence": "сайлэнс",
    "assurance": "эшурэнс",
}  # fmt: skip
"""Words that the rules would spell too far from their sound."""

_LETTERS: Final = (
    *(("tion", "шн"), ("sion", "жн"), ("ough", "о"), ("augh", "о"), ("eigh", "эй"), ("igh", "ай"), ("tch", "ч")),
    *(("sch", "ск"), ("ture", "чэр"), ("ou", "ау"), ("ow", "оу"), ("oo", "у"), ("ee", "и"), ("ea", "и"), ("ai", "эй")),
    *(("ay", "эй"), ("ey", "эй"), ("oa", "оу"), ("oi", "ой"), ("oy", "ой"), ("au", "о"), ("aw", "о"), ("ie", "и")),
    *(("ew", "ью"), ("ue", "ю"), ("er", "эр"), ("ir", "ёр"), ("ur", "ёр"), ("wr", "р"), ("kn", "н"), ("wh", "у")),
    *(("sh", "ш"), ("ch", "ч"), ("th", "з"), ("ph", "ф"), ("gh", "г"), ("ck", "к"), ("qu", "ку"), ("dge", "дж")),
    *(("ce", "сэ"), ("ci", "си"), ("cy", "си"), ("ge", "джэ"), ("gy", "джи"), ("ng", "нг"), ("ll", "лл")),
    *zip("abcdefghijklmnopqrstuvw", "абкдэфгхижклмнопкрставу", strict=True),
    *(("x", "кс"), ("y", "и"), ("z", "з")),
)
"""Groups of letters and their sound, longest first by their order."""

_PART: Final = re.compile("|".join(letters for letters, _ in _LETTERS))
_SOUND: Final = dict(_LETTERS)
_WORD: Final = re.compile(r"[A-Za-z]+")
_SILENT_E: Final = re.compile(r"(?<=[a-z]{2}[^aeiou])e(s?)\Z")
_UKRAINIAN: Final = str.maketrans({"и": "і", "э": "е", "ы": "и", "ё": "ьо"})


def pronunciation(text: str, language: str, reader: str) -> str:
    """Return a phrase as it sounds, in the letters of a reader's language; empty when the letters are the same.

    Args:
        text: the phrase.
        language: in which it is written.
        reader: the language of whoever reads it aloud.
    """
    if language in CYRILLIC and reader not in CYRILLIC:
        return _TO_LATIN[language](text)
    if language in LATIN and reader in CYRILLIC:
        sounds = _WORD.sub(_english, text)
        return sounds.translate(_UKRAINIAN) if reader == "uk" else sounds
    return ""


def _english(match: re.Match[str]) -> str:
    word = match.group()
    if len(word) > 1 and word.isupper():
        return word  # UTC, WGS, N and E are said letter by letter
    small = word.lower()
    sound = _WORDS.get(small)
    if sound is None:
        sound = _PART.sub(lambda part: _SOUND[part.group()], _SILENT_E.sub(r"\1", small))
    return sound.capitalize() if word[0].isupper() else sound

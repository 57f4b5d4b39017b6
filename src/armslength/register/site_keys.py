"""Keys by which two sources' names of one facility meet: consonants of the name proper, its numbers, without its kind.

"Zaporozhye", "Zaporizhzhia Nuclear Power Plant" and "Запорізька АЕС" share one key; "Kiev CHP-5" and "Kiev CHP-6" do
not, nor do "Perovo I" and "Perovo II". A key only proposes: kind and distance must agree before two entries become one
(`armslength.register.merging`). Matching names inside running text is another task (`armslength.register.names`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from armslength.core.folding import fold

NAME_CHARS_MAX: Final = 300
"""Characters of a name that are looked at; the longest name of the known sources has 120."""

Key = tuple[str, tuple[str, ...]]
"""(consonants of the words, numbers and Roman numerals in their order)."""

_LETTERS: Final = (
    ("щ", "shch"), ("ж", "zh"), ("х", "kh"), ("ц", "ts"), ("ч", "ch"), ("ш", "sh"), ("ю", "iu"), ("я", "ia"),
    ("є", "ie"), ("ї", "i"), ("й", "i"), ("ё", "e"), ("ѕ", "s"), ("ј", "i"), ("ґ", "g"),
)  # fmt: skip
_LATIN: Final = str.maketrans(
    {
        **dict(_LETTERS),
        **dict(zip("абвгдезиіклмнопрстуфыэ", "abvhdezyiklmnoprstufye", strict=True)),
        **dict.fromkeys("ьъ'’ʼ`", ""),
    }
)
_ROMAN: Final = re.compile(r"(?:i{1,3}|iv|vi{0,3}|ix|x)")
_KIND_TEXT: Final = """
aes npp nuclear atomna atomnaia atomic hes ges hpp hydro hydroelectric hydropower haes gaes psp pspp pumped storage tes
tpp thermal coal gas tets tetz chp chpp cogeneration dres hres gres ses fes spp solar ves wpp wind power plant station
park farm elektrostantsiia elektrostantsyia hidroelektrostantsiia hydroelektrostantsyia teploelektrotsentral sonyachna
soniachna dam reservoir ps pidstantsiia podstantsyia substation unit kolyshnia kolyshnii byvshaia ex former the of and
ukraine hesyles mhes
"""
_KIND_WORDS: Final = frozenset(_KIND_TEXT.split())
"""Romanised words that say a kind, or nothing."""

_ENDING: Final = r"(?:aia|aya|yi|yj|iy|ii|oe|oye|a|i|y|)$"
_ADJECTIVES: Final = tuple(
    re.compile(pattern + _ENDING) for pattern in ("[ou]?[iyeo]?[vw]?t?[sz]k", "t?[sz]k", "[ou]?[iyeo]?[vw]k", "k")
)
"""What makes an adjective of a town's name: Kakhov-ska, Kyiv-ska, Kakh-ovka, Zaporiz-ka; each may be the one."""
_NAMED_AFTER: Final = re.compile(r"\b(?:imeni|im|named after|named for)\b.*", re.DOTALL)

_CLASSES: Final = (
    ("shch", "s"), ("tch", "c"), ("zh", "s"), ("kh", "k"), ("ts", "s"), ("tz", "s"), ("ch", "c"), ("sh", "s"),
    ("ph", "f"), ("ck", "k"), ("w", "v"), ("z", "s"), ("g", "k"), ("h", "k"), ("q", "k"), ("x", "ks"),
)  # fmt: skip
_VOWELS: Final = str.maketrans("", "", "aeiouyj")
_DOUBLED: Final = re.compile(r"(.)\1+")


def name_keys(name: str) -> frozenset[Key]:
    """Return the keys of a name; a name in brackets behind another is a name too, unless it says a kind."""
    return _name_keys(name[:NAME_CHARS_MAX])


def numbers_of(name: str) -> tuple[str, ...]:
    """Return the numbers of a name in digits, Roman ones too: of "Perovo IV", 4."""
    return tuple(_number(word) for word in _romanised(name[:NAME_CHARS_MAX]).split() if _is_number(word))


@lru_cache(maxsize=65_536)
def _name_keys(name: str) -> frozenset[Key]:
    # Folding drops the brackets, so that they are read first.
    before, _, rest = name.partition("(")
    inside, _, after = rest.partition(")")
    outer, inner = _romanised(f"{before} {after}"), _romanised(inside)
    numbers = tuple(_number(word) for word in f"{outer} {inner}".split() if _is_number(word))
    keys: set[Key] = set()
    for part in (outer, inner):
        words = [word for word in part.split() if not _is_number(word) and word not in _KIND_WORDS]
        keys.update((bones, numbers) for bones in _bones(words))
    return frozenset(keys)


def _romanised(text: str) -> str:
    latin = fold(text).translate(_LATIN)
    if not latin.isascii():
        latin = "".join(char for char in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(char))
    return _NAMED_AFTER.sub("", latin)


def _is_number(word: str) -> bool:
    return word.isdecimal() or _ROMAN.fullmatch(word) is not None


def _number(word: str) -> str:
    if word.isdecimal():
        return str(int(word))
    values = {"i": 1, "v": 5, "x": 10}
    digits = [values[char] for char in word]
    ahead = [*digits[1:], 0]
    return str(sum(-one if one < two else one for one, two in zip(digits, ahead, strict=True)))


def _bones(words: list[str]) -> set[str]:
    """Return the consonants of the words as they stand, and without the ending that makes a town's adjective."""
    plain = [word.replace("tsk", "k") for word in words]
    found = {" ".join(plain)}
    found |= {" ".join(ending.sub("", word) if len(word) > 4 else word for word in plain) for ending in _ADJECTIVES}
    return {bones for text in found if len((bones := _consonants(text)).replace(" ", "")) >= 2}


def _consonants(text: str) -> str:
    for spelling, letter in _CLASSES:
        text = text.replace(spelling, letter)
    return _DOUBLED.sub(r"\1", text.translate(_VOWELS)).strip()

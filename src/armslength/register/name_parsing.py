"""A facility's name taken apart: the proper words, the kinds that it may be, a number; and the keys of its words.

"колишня Каховська ГЕС імені П. С. Непорожнього" is the proper word Каховська with the kind hydroelectric plant;
"Kiev CHP-5" is Kiev with heat plant and the number 5; "Kakhovka HPP and dam" may be called either. A name without a
kind word takes the kinds of its facility. The keys fold the cases of Ukrainian and Russian names away.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.core.folding import Joint, fold_words, is_cyrillic
from armslength.register.name_kinds import GLUED, KINDS_OF, LETTERED, PLANTS, Kind, is_voltage, read_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from armslength.core.folding import Word

PROPER_WORDS_MAX: Final = 8
"""Proper words of a name; "Hospital No. 3 of the city of Nikopol" has seven, and longer ones are sentences."""

GLUED_HEAD_MIN: Final = 4
"""Letters before ГЕС that make a word (Дніпро) and not initials (ПУ)."""

ALIAS_MIN: Final = 4
"""Letters of a word in brackets that is another name and not a state's code: Rivne (Rouno), Peru (IN)."""

_GLUED_LATIN: Final = re.compile(r"[a-z](?:HES|GES|HPP)(?![A-Za-z])")
"""Latin names written in one word show it by their capitals; "Bridges" is none."""

_FORMER: Final = frozenset(
    {"колишня", "колишній", "колишнє", "бывшая", "бывший", "бывшее", "former", "formerly", "ex", "екс", "экс"}
)
_AFTER_WHOM: Final = frozenset({"імені", "імени", "имени", "ім", "им", "named"})
_AND: Final = frozenset({"and", "та", "и", "і", "й"})
_COUNTRY: Final = frozenset({"ukraine", "україна", "украина"})
_PIECES: Final = re.compile(r"\(([^()]*)\)|\s/\s")


class Parsed(NamedTuple):
    """One reading of a name.

    ``kinds`` is what a text must say with it, empty where the name stands alone. ``switchyard`` marks a substation that
    bears its plant's name: a text must say substation too.
    """

    proper: tuple[str, ...]
    kinds: frozenset[Kind]
    number: str
    stated: frozenset[Kind]
    switchyard: bool


def parse_name(name: str, kind: str) -> tuple[Parsed, ...]:
    """Return the readings of a name, none where it has no proper word (ТЕЦ-5, Котельня): such a name names nothing.

    Args:
        name: one name of a facility as its source writes it.
        kind: the facility's kind in the register's vocabulary.
    """
    outer = _PIECES.sub(" ", name) if "(" in name else _PIECES.split(name)[0]
    inner = [piece for piece in _PIECES.findall(name) if piece] if "(" in name else _PIECES.split(name)[1:]
    main = _take_apart(outer)
    readings: list[Parsed] = []
    for piece in filter(None, inner):
        part = _take_apart(piece)
        if not part.proper:
            main = main._replace(stated=main.stated | part.stated)
        elif part.stated or any(len(word) >= ALIAS_MIN for word in part.proper):
            readings.extend(_readings(part._replace(stated=part.stated or main.stated), kind))
    return tuple(dict.fromkeys((*_readings(main, kind), *readings)))


class _Apart(NamedTuple):
    proper: tuple[str, ...]
    stated: frozenset[Kind]
    number: str
    hyphens: bool
    glued: bool


def _take_apart(text: str) -> _Apart:
    words = _trimmed(fold_words(text))
    proper: list[str] = []
    stated: set[Kind] = set()
    number, hyphens, position = "", False, 0
    glued = bool(_GLUED_LATIN.search(text)) or any(is_cyrillic(word.folded) for word in words)
    while position < len(words):
        phrase = read_kind(words, position, len(words))
        word = words[position].folded
        if phrase is not None:
            stated.add(phrase.kind)
            position = phrase.end
            continue
        if word.isdigit() and not is_voltage(word) and (stated or (glued and proper and _glued(proper[-1]))):
            number = word
        elif not is_voltage(word) and not (stated and (word in _AND or word in _COUNTRY)):
            hyphens |= bool(proper) and words[position].joint is Joint.HYPHEN
            proper.append(word)
        position += 1
    return _Apart(tuple(proper), frozenset(stated), number, hyphens, glued)


def _trimmed(words: tuple[Word, ...]) -> tuple[Word, ...]:
    start = 1 if words and words[0].folded in _FORMER else 0
    # What follows "імені" is the person it is named after, whom no report mentions.
    stop = next((i for i, word in enumerate(words) if i > start and word.folded in _AFTER_WHOM), len(words))
    return words[start:stop]


def _readings(part: _Apart, kind: str) -> Iterator[Parsed]:
    if not part.proper or len(part.proper) > PROPER_WORDS_MAX:
        return
    kinds = accepted(part.stated, kind)
    switchyard = kind == "SUBSTATION" and bool(part.stated & PLANTS)
    yield Parsed(part.proper, kinds, part.number, part.stated, switchyard)
    if part.hyphens:
        yield Parsed(("".join(part.proper),), kinds, part.number, part.stated, switchyard)
    if len(part.proper) == 1:
        yield from _one_word(part, KINDS_OF.get(kind, frozenset()) | part.stated, switchyard=switchyard)


def _glued(word: str) -> str:
    """Return the kind word that ends a word, as in ДніпроГЕС; empty without one."""
    return next((tail for tail in GLUED if word.endswith(tail) and len(word) - len(tail) >= GLUED_HEAD_MIN), "")


def _one_word(part: _Apart, kinds: frozenset[Kind], *, switchyard: bool) -> Iterator[Parsed]:
    """Read a name of one word as one written together (ДніпроГЕС), as initials (ЗАЕС), or write it together."""
    word = part.proper[0]
    glued = _glued(word) if part.glued and Kind.HYDRO in kinds else ""
    lettered = next((t for t in LETTERED if word.endswith(t) and 0 < len(word) - len(t) < GLUED_HEAD_MIN), None)
    if glued:
        yield Parsed((word,), frozenset(), part.number, frozenset({Kind.HYDRO}), switchyard)
        yield Parsed((word.removesuffix(glued),), frozenset({Kind.HYDRO}), part.number, part.stated, switchyard)
    elif lettered and kinds & {Kind.NUCLEAR, Kind.HEAT}:
        yield Parsed((word,), frozenset(), part.number, frozenset({Kind.NUCLEAR}), switchyard)
    elif Kind.HYDRO in part.stated and not adjective_stem(word):
        # In Latin letters hes and ges would turn towns into words: Brid, bridges.
        tails = ("гес", "гэс") if is_cyrillic(word) else ("hpp",)
        for tail in tails:
            yield Parsed((word + tail,), frozenset(), part.number, part.stated, switchyard)


def accepted(stated: frozenset[Kind], kind: str) -> frozenset[Kind]:
    """Return the kinds by which a text may call a facility: those its name states, else those of its kind."""
    of_kind = KINDS_OF.get(kind, frozenset())
    exact = stated - {Kind.ANY_PLANT}
    if not exact:
        return of_kind or (PLANTS if stated else frozenset())
    return exact | {Kind.DAM} if Kind.HYDRO in exact and Kind.DAM in of_kind else exact


# --- keys of words ----------------------------------------------------------------------------------------------------

_ADJECTIVE_ENDINGS: Final[dict[str, str]] = {}
for _genders, _endings in (
    ("f", "а я ая яя ої ьої ой ей ій у ю ую юю ою ею ьою"),
    ("m", "ий ій ый ой ого ього его ому ьому ему им ым ім ом ем е є ое ее"),
    ("p", "і ї ые ие их ых іх им ым ими ыми іми"),
):
    for _ending in _endings.split():
        _ADJECTIVE_ENDINGS[_ending] = _ADJECTIVE_ENDINGS.get(_ending, "") + _genders
"""Case endings of Ukrainian and Russian adjectives with the genders (and p, the plural) that have them."""

_NOMINATIVE: Final = ("ая", "яя", "ий", "ій", "ый", "ой", "ое", "ее", "ые", "ие", "а", "я", "е", "є", "і", "ї")
_NOUN_ENDINGS: Final = frozenset(
    {
        "", "а", "у", "і", "и", "ы", "е", "я", "ю", "о", "ь", "ї", "є", "ом", "ем", "ою", "ею", "ой", "ей", "ам", "ям",
        "ах", "ях", "ів", "ев", "ов", "ові", "еві", "ами", "ями", "ью",
    }
)  # fmt: skip
_STEM_MIN: Final = 3
"""Letters of an adjective's stem: Рав-, the shortest town that is asked for; below it every word would be one."""
_NOUN_STEM_MIN: Final = 4
"""Letters of a noun's stem: порт; shorter ones are shared by too many words."""
_RELATIONAL: Final = ("ськ", "зьк", "цьк", "ск", "цк", "зк")
_NAMELIKE: Final = (*_RELATIONAL, "н", "ов", "ев", "єв", "ів", "їв")
_SPELT_MIN: Final = 5
"""Letters of a word, and one less of its key, below which other spellings are too many to be told apart."""


class Key(NamedTuple):
    """One key of a word of a text; ``genders`` its ending allows, empty for any; ``alike`` where only the sound is."""

    key: str
    genders: str
    alike: bool


def adjective_stem(word: str) -> str:
    """Return the stem of an adjective in the nominative, empty for any other word; ends in a hyphen as a key does."""
    if not is_cyrillic(word):
        return ""
    for ending in _NOMINATIVE:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _STEM_MIN and stem.endswith(_NAMELIKE):
            return f"{stem}-"
    return ""


def is_relational(word: str) -> bool:
    """Tell whether a word is an adjective made from a place's name, feminine singular in any case: київської."""
    return any("f" in _ADJECTIVE_ENDINGS[ending] for ending, stem in _stems(word) if stem.endswith(_RELATIONAL))


def _stems(word: str) -> Iterator[tuple[str, str]]:
    for length in range(1, 4):
        if len(word) - length >= _STEM_MIN and word[-length:] in _ADJECTIVE_ENDINGS:
            yield word[-length:], word[:-length]


def name_keys(parsed: Parsed, spelling: Callable[[str], str] | None) -> tuple[tuple[str, ...], ...]:
    """Return the rows of keys under which a reading of a name is found: by letter, and by sound where there is one."""
    whole = not parsed.kinds and len(parsed.proper) > 1
    glued = not parsed.kinds and len(parsed.proper) == 1 and len(parsed.proper[0]) > _NOUN_STEM_MIN + len(GLUED[0])
    exact = tuple(_name_key(word, noun=whole or glued) for word in parsed.proper)
    alone = not parsed.kinds and len(parsed.proper) == 1
    if spelling is None or alone or any(is_cyrillic(word) for word in parsed.proper):
        return (exact,)
    alike = tuple(_alike(word, spelling) or word for word in parsed.proper)
    return (exact, alike) if alike != exact else (exact,)


def _name_key(word: str, *, noun: bool) -> str:
    stem = adjective_stem(word)
    if stem:
        return stem
    if noun and is_cyrillic(word) and len(word) >= _NOUN_STEM_MIN:
        stem = word.rstrip("аяоеєьії")
        return f"{stem}=" if len(stem) >= _NOUN_STEM_MIN else word
    return word


def _alike(word: str, spelling: Callable[[str], str]) -> str:
    key = spelling(word) if len(word) >= _SPELT_MIN else ""
    return f"~{key}" if len(key) >= _SPELT_MIN - 1 else ""


@lru_cache(maxsize=16_384)
def text_keys(word: str, spelling: Callable[[str], str] | None) -> tuple[Key, ...]:
    """Return the keys under which a word of a text is looked up, surest first."""
    keys = [Key(word, "", alike=False)]
    if is_cyrillic(word):
        keys += [
            Key(f"{stem}-", _ADJECTIVE_ENDINGS[ending] if stem.endswith(_RELATIONAL) else "", alike=False)
            for ending, stem in _stems(word)
        ]
        keys += [
            Key(f"{word[: len(word) - length]}=", "", alike=False)
            for length in range(4)
            if len(word) - length >= _NOUN_STEM_MIN and word[len(word) - length :] in _NOUN_ENDINGS
        ]
    elif spelling is not None and (alike := _alike(word, spelling)):
        keys.append(Key(alike, "", alike=True))
    return tuple(keys)

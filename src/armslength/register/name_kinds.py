"""The words for kinds of facility in Ukrainian, Russian and English: what makes the name of a town that of a plant.

"Запорізька" is a plant, a region and a street; only with its kind word (АЕС, nuclear power plant, підстанція) is it a
name of a facility. This file reads such a kind word or phrase from folded words and says which kinds it can mean.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.core.folding import Joint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.core.folding import Word


class Kind(StrEnum):
    """A kind of facility as texts tell it apart; coarser than the register's vocabulary."""

    NUCLEAR = "nuclear plant"
    HYDRO = "hydroelectric plant"
    DAM = "dam"
    PUMPED = "pumped-storage plant"
    THERMAL = "thermal plant"
    HEAT = "combined heat and power plant"
    SOLAR = "solar plant"
    WIND = "wind plant"
    SUBSTATION = "substation"
    LINE = "power line"
    ANY_PLANT = "power plant of any kind"


PLANTS: Final = frozenset(
    {Kind.NUCLEAR, Kind.HYDRO, Kind.PUMPED, Kind.THERMAL, Kind.HEAT, Kind.SOLAR, Kind.WIND, Kind.ANY_PLANT}
)
"""What "power station" may mean."""

KINDS_OF: Final[dict[str, frozenset[Kind]]] = {
    "NUCLEAR-POWER-PLANT": frozenset({Kind.NUCLEAR}),
    "NUCLEAR-INSTALLATION": frozenset({Kind.NUCLEAR}),
    "DAM": frozenset({Kind.HYDRO, Kind.DAM}),
    "HYDRO-POWER-PLANT": frozenset({Kind.HYDRO, Kind.DAM}),
    "PUMPED-STORAGE-PLANT": frozenset({Kind.PUMPED}),
    "THERMAL-POWER-PLANT": frozenset({Kind.THERMAL, Kind.HEAT}),
    "SOLAR-POWER-PLANT": frozenset({Kind.SOLAR}),
    "WIND-POWER-PLANT": frozenset({Kind.WIND}),
    "POWER-PLANT": PLANTS,
    "SUBSTATION": frozenset({Kind.SUBSTATION}),
    "POWER-LINE": frozenset({Kind.LINE}),
}
"""The kinds that a facility of the register's vocabulary is called by; the others have no kind word here."""


class _Part(StrEnum):
    """A word of a kind phrase that is none by itself."""

    ATOM = "atom"
    WATER = "water"
    STEAM = "steam"
    SUN = "sun"
    WIND = "wind"
    STORE = "store"
    HEAT = "heat"
    POWER = "power"
    HEAD = "head"
    FILLER = "filler"


_FULL: Final[dict[Kind, str]] = {
    # The Latin aec is how a hasty writer types АЕС, letter by look-alike letter.
    Kind.NUCLEAR: "аес аэс npp aes akw kkw aec",
    Kind.HYDRO: "гес гэс мгес мгэс hpp hes ges",
    Kind.PUMPED: "гаес гаэс psp pspp phes haes gaes",
    Kind.THERMAL: "тес тэс грес грэс дрес tpp tes gres dres",
    Kind.HEAT: "тец тэц chp chpp tets",
    Kind.SOLAR: "сес сэс фес фэс spp ses",
    Kind.WIND: "вес вэс wpp",
    Kind.SUBSTATION: "пс substation substations",
    Kind.LINE: "леп лэп пл вл",
    Kind.DAM: "dam dams",
}
_FULL_STEMS: Final[dict[Kind, str]] = {
    Kind.HYDRO: "гідроелектростанці гидроэлектростанци гідростанці гидростанци",
    Kind.THERMAL: "теплоелектростанці теплоэлектростанци",
    Kind.HEAT: "теплоелектроцентрал теплоэлектроцентрал",
    Kind.SUBSTATION: "підстанці подстанци електропідстанці электроподстанци",
    Kind.LINE: "ліні лини",
    Kind.DAM: "дамб гребл плотин гідровузл гідровузол гидроузл гидроузел",
}
_PARTS: Final[dict[_Part, str]] = {
    _Part.ATOM: "nuclear atomic",
    _Part.WATER: "hydro hydroelectric hydropower",
    _Part.STEAM: "thermal coal",
    _Part.SUN: "solar photovoltaic",
    _Part.WIND: "wind",
    _Part.STORE: "pumped storage",
    _Part.HEAT: "cogeneration combined",
    _Part.POWER: "power electric electrical electricity generating ec",
    _Part.HEAD: "plant station park farm",
    _Part.FILLER: "heat and fired",
}
_PART_STEMS: Final[dict[_Part, str]] = {
    _Part.ATOM: "атомн ядерн",
    _Part.WATER: "гідроелектричн гидроэлектрическ",
    _Part.STEAM: "теплов",
    _Part.SUN: "сонячн солнечн",
    _Part.WIND: "вітров ветров вітрян ветрян",
    _Part.STORE: "гідроакумулююч гидроаккумулирующ",
    _Part.POWER: "електричн электрическ",
    _Part.HEAD: "станці станци",
}
_BOTH_STEMS: Final = ("електростанці", "электростанци")
"""Words that are power and head in one."""

_EXACT: Final[dict[str, Kind | _Part]] = {
    word: meaning for table in (_FULL, _PARTS) for meaning, words in table.items() for word in words.split()
}
_STEMS: Final[tuple[tuple[str, Kind | _Part], ...]] = tuple(
    (stem, meaning)
    for table in (_FULL_STEMS, _PART_STEMS)
    for meaning, stems in table.items()
    for stem in stems.split()
)
_ENDING_MAX: Final = 4
"""Letters of the longest case ending after such a stem: -ями, -ього."""

_OF_PART: Final = (
    (_Part.STORE, Kind.PUMPED),
    (_Part.HEAT, Kind.HEAT),
    (_Part.ATOM, Kind.NUCLEAR),
    (_Part.WATER, Kind.HYDRO),
    (_Part.STEAM, Kind.THERMAL),
    (_Part.SUN, Kind.SOLAR),
    (_Part.WIND, Kind.WIND),
    (_Part.POWER, Kind.ANY_PLANT),
)
"""The first that a phrase has decides: a pumped-storage hydroelectric station is the former."""

_HEADLESS: Final = frozenset({_Part.ATOM, _Part.STORE})
"""What stands for the whole without "station": на Запорізькій атомній, Dniester (pumped storage)."""

GLUED: Final = ("гес", "гэс", "hes", "ges", "hpp")
"""What is written in one word with a name: ДніпроГЕС."""

LETTERED: Final = tuple(
    sorted((w for k in (Kind.NUCLEAR, Kind.HEAT) for w in _FULL[k].split()), key=lambda w: (-len(w), w))
)
"""What ends a name of initials: ЗАЕС, ЧАЭС, ZNPP."""

_VOLTAGES: Final = frozenset(
    {"6", "10", "35", "110", "150", "154", "220", "330", "400", "500", "750", "800", "кв", "kv"}
)
_LINE_FILLERS: Final = ("електропередач", "электропередач", "трансформаторн", "тягов")


PHRASE_WORDS_MAX: Final = 6
"""Words of a kind phrase, "pumped-storage hydroelectric power station" has five; a text of such words stays linear."""


class Phrase(NamedTuple):
    """A kind phrase in a text: its kind and the index of the word after it."""

    kind: Kind
    end: int


@lru_cache(maxsize=16_384)
def _meaning(word: str) -> Kind | _Part | None:
    exact = _EXACT.get(word)
    if exact is not None:
        return exact
    return next((m for stem, m in _STEMS if word.startswith(stem) and len(word) - len(stem) <= _ENDING_MAX), None)


def meaning_known(word: str) -> bool:
    """Tell whether a folded word belongs to a kind phrase."""
    return _meaning(word) is not None or word.startswith(_BOTH_STEMS)


def is_voltage(word: str) -> bool:
    """Tell whether a folded word is a voltage or its unit, which names leave out at will: ПС 750 кВ."""
    return word in _VOLTAGES


def is_filler(word: str) -> bool:
    """Tell whether a word may stand between a kind word and the name after it: лінія електропередачі 750 кВ."""
    return is_voltage(word) or word.startswith(_LINE_FILLERS)


def read_kind(words: Sequence[Word], start: int, stop: int) -> Phrase | None:
    """Read the kind phrase that begins at ``words[start]``; None where there is none before ``stop``."""
    parts: set[_Part] = set()
    position = start
    stop = min(stop, start + PHRASE_WORDS_MAX)
    while position < stop and (position == start or words[position].joint in {Joint.BLANK, Joint.HYPHEN}):
        word = words[position].folded
        if word.startswith(_BOTH_STEMS):
            return Phrase(_of_parts(parts | {_Part.POWER}), position + 1)
        meaning = _meaning(word)
        if isinstance(meaning, Kind):
            return _full(meaning, parts, position + 1)
        if meaning is _Part.HEAD:
            # "Станція" alone is a railway's or a metro's.
            return Phrase(_of_parts(parts), position + 1) if parts - {_Part.FILLER} else None
        if meaning is None or (meaning is _Part.FILLER and not parts):
            break
        parts.add(meaning)
        position += 1
    return Phrase(_of_parts(parts), position) if parts & _HEADLESS else None


def _full(kind: Kind, parts: set[_Part], end: int) -> Phrase:
    return Phrase(Kind.PUMPED if kind is Kind.HYDRO and _Part.STORE in parts else kind, end)


def _of_parts(parts: set[_Part]) -> Kind:
    return next(kind for part, kind in _OF_PART if part in parts)

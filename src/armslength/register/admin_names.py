"""The 27 first-level units of Ukraine, one key behind every spelling that the sources use.

VIINA and Natural Earth write old romanisations (Donets'k, Kiev, Transcarpathia), the air-raid alarms adjectives
(Zaporizka oblast), the codifier Ukrainian adjectives. The keys are ISO 3166-2:UA and the codifier KATOTTG; their
numbers agree for most units and not for Crimea (43, 01), Luhansk (09, 44), Chernivtsi (77, 73), Kyiv (30, 80) and
Sevastopol (40, 85), so neither is made from the other. A raion, a town or an unknown word has no unit: nothing is
guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from armslength.core.folding import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminUnit:
    """One first-level unit: an oblast, the Autonomous Republic of Crimea, Kyiv or Sevastopol.

    Args:
        iso: its code in ISO 3166-2, ``UA-23``.
        katottg: its code in the codifier, ``UA23000000000064947``.
        name_uk: its Ukrainian name.
        name_en: its English name by the national transliteration.
        name_ru: its Russian name.
    """

    iso: str
    katottg: str
    name_uk: str
    name_en: str
    name_ru: str


_TABLE: Final = """
UA-43 01000000000013043 Автономна Республіка Крим; Autonomous Republic of Crimea; Автономная Республика Крым; АР Крим; АР Крым; Крим; Крым; Crimea; AR Crimea; Republic of Crimea; Krym
UA-05 05000000000010236 Вінницька; Vinnytsia; Винницкая; Вінниччина; Винница; Vinnytsya; Vinnytska; Vinnitsa
UA-07 07000000000024379 Волинська; Volyn; Волынская; Волинь; Волынь; Volynska; Volhynia
UA-12 12000000000090473 Дніпропетровська; Dnipropetrovsk; Днепропетровская; Дніпропетровщина; Dnipropetrovska; Dnepropetrovsk; Dnipro
UA-14 14000000000091971 Донецька; Donetsk; Донецкая; Донеччина; Donetska
UA-18 18000000000041385 Житомирська; Zhytomyr; Житомирская; Житомирщина; Zhytomyrska; Zhitomir
UA-21 21000000000011690 Закарпатська; Zakarpattia; Закарпатская; Закарпаття; Закарпатье; Zakarpatska; Transcarpathia; Zakarpattya
UA-23 23000000000064947 Запорізька; Zaporizhzhia; Запорожская; Запоріжжя; Запорожье; Zaporizka; Zaporizhzhya; Zaporizhia; Zaporozhye; Zaporizhska
UA-26 26000000000069363 Івано-Франківська; Ivano-Frankivsk; Ивано-Франковская; Прикарпаття; Ivano-Frankivska; Ivano-Frankovsk
UA-32 32000000000030281 Київська; Kyiv Oblast; Киевская; Київщина; Kiev; Kyivska; Kiev Oblast
UA-35 35000000000016081 Кіровоградська; Kirovohrad; Кировоградская; Кіровоградщина; Kirovohradska; Kirovograd
UA-09 44000000000018893 Луганська; Luhansk; Луганская; Луганщина; Luhanska; Lugansk
UA-46 46000000000026241 Львівська; Lviv; Львовская; Львівщина; Lvivska; Lvov
UA-48 48000000000039575 Миколаївська; Mykolaiv; Николаевская; Миколаївщина; Mykolaivska; Mykolayiv; Nikolaev
UA-51 51000000000030770 Одеська; Odesa; Одесская; Одещина; Odeska; Odessa
UA-53 53000000000028050 Полтавська; Poltava; Полтавская; Полтавщина; Poltavska
UA-56 56000000000066151 Рівненська; Rivne; Ровенская; Рівненщина; Ривненская; Rivnenska; Rovno
UA-59 59000000000057109 Сумська; Sumy; Сумская; Сумщина; Sumska
UA-61 61000000000060328 Тернопільська; Ternopil; Тернопольская; Тернопільщина; Ternopilska; Ternopol
UA-63 63000000000041885 Харківська; Kharkiv; Харьковская; Харківщина; Харьковщина; Kharkivska; Kharkov
UA-65 65000000000030969 Херсонська; Kherson; Херсонская; Херсонщина; Khersonska
UA-68 68000000000099709 Хмельницька; Khmelnytskyi; Хмельницкая; Хмельниччина; Khmelnytska; Khmel'nyts'kyy; Khmelnytskyy; Khmelnitsky
UA-71 71000000000010357 Черкаська; Cherkasy; Черкасская; Черкащина; Cherkaska; Cherkassy
UA-77 73000000000044923 Чернівецька; Chernivtsi; Черновицкая; Буковина; Chernivetska; Chernovtsy
UA-74 74000000000025378 Чернігівська; Chernihiv; Черниговская; Чернігівщина; Chernihivska; Chernigov
UA-30 80000000000093317 Київ; Kyiv; Киев; Kyiv City; Kiev City; City of Kyiv; місто Київ; м. Київ; город Киев; г. Киев
UA-40 85000000000065278 Севастополь; Sevastopol; Севастополь; Sevastopol City; місто Севастополь; м. Севастополь; город Севастополь; г. Севастополь
"""  # noqa: E501 - one unit stands on one line, to be compared with its neighbours
"""ISO code, codifier's code, then the Ukrainian, English and Russian name and what else sources write."""

_UNIT_WORDS: Final = ("oblast", "region", "province", "область", "обл", "області", "области")
"""What an oblast's name may end with; the two cities and Crimea have names of their own."""

_NOT_OBLASTS: Final = frozenset({"UA-43", "UA-30", "UA-40"})


def _read(line: str) -> tuple[AdminUnit, tuple[str, ...]]:
    iso, digits, rest = line.split(" ", 2)
    names = tuple(name.strip() for name in rest.split(";"))
    unit = AdminUnit(
        iso=iso,
        katottg=f"UA{digits}",
        name_uk=names[0] if iso in _NOT_OBLASTS else f"{names[0]} область",
        name_en=names[1] if iso in _NOT_OBLASTS else f"{names[1].removesuffix(' Oblast')} Oblast",
        name_ru=names[2] if iso in _NOT_OBLASTS else f"{names[2]} область",
    )
    return unit, names


_ROWS: Final = tuple(_read(line) for line in _TABLE.strip().splitlines())

UNITS: Final[tuple[AdminUnit, ...]] = tuple(unit for unit, _ in _ROWS)
"""The 27 units in the codifier's order, cities last."""

_BY_NAME: Final[dict[str, AdminUnit]] = {
    fold(spelling): unit
    for unit, names in _ROWS
    for spelling in (*names, unit.iso, unit.katottg, unit.katottg[:4], unit.name_uk, unit.name_en, unit.name_ru)
}
_OBLASTS: Final[dict[str, AdminUnit]] = {
    fold(spelling): unit for unit, names in _ROWS if unit.iso not in _NOT_OBLASTS for spelling in names
} | {"kyiv": UNITS[9]}
"""By what stands before the word oblast: "Kyiv Oblast" is the oblast, "Kyiv" alone the city."""


def unit_of(name: str) -> AdminUnit | None:
    """Return the unit that a source's name or code of a first-level unit means, None for any other name.

    "Kiev" alone is the oblast, as in VIINA, Natural Earth and GADM, where the city is "Kiev City"; "Kyiv" and "Київ"
    alone are the city, as in ISO 3166-2 and the codifier. The name of an oblast's capital alone is read as the oblast:
    ask only about a column of first-level units.
    """
    folded = fold(name)
    before, _, last = folded.rpartition(" ")
    if last in _UNIT_WORDS:
        return _OBLASTS.get(before)
    return _BY_NAME.get(folded)

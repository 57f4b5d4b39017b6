"""What a short text speaks of, by the beginnings of its words: an attack, power lost, a denial, or something else.

News reports come without a code for what happened. This gives one, in Ukrainian, Russian and English, for the rules of
the watch; it is no translation and no judgement, and it is wrong about irony, negation far off and long articles. The
first telling word decides: "restored after the strike" is a restoration, "struck, and later restored" a strike.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from armslength.core.folding import fold_words
from armslength.register.reports import ReportKind

WORDS_MAX: Final = 400
"""Words that are read: a headline and the beginning of its article; what is told later is background."""

_QUIET: Final = "OTHER-ACTIVITY"

_STEMS: Final[dict[str, str]] = {
    "CUTTING-OF-POWER": "знеструм обесточ блекаут блэкаут blackout",
    "UNCREWED-AIRCRAFT-STRIKE": "дрон безпілот беспилот шахед бпла drone shahed uav",
    "MISSILE-STRIKE": "ракет missile",
    "AIR-STRIKE": "авіауд авиауд авіаб авиаб бомб airstrike bomb",
    "ROCKET-FIRE": "рсзв рсзо himars хаймарс",
    "SHELLING": "обстріл обстрел артудар артилер артиллер shell артобстр гатил",
    "MINING": "замін заминир мінуван минирован підрив подрыв підірв подорв mined",
    # A strike, damage or fire of which the means is not said.
    "UNKNOWN-EXPLOSIONS": (
        "вибух взрыв детон explo удар вдар атак attack strike struck hit знищ уничтож destroy пошкод поврежд damag "
        "влуч попал поцілил пожеж пожар горит горить палає пылает fire зруйн разруш"
    ),
    "TROOPS-AT-SITE": "захоп захват окупан оккупан боєприпас боеприпас військ войск troops seiz ammunition",
    _QUIET: (
        "відновл відновил восстанов restor арешт арест arrest затрим задерж засуд осудил вирок приговор sentenc "
        "звільнили уволил dismiss призначил назначил appoint"
    ),
}
_DENYING: Final = ("спросту", "опроверг", "опроверж", "запереч", "отрица", "deni", "deny", "refut")
_FEARING: Final = ("готує", "готують", "готовит", "готовят", "планує", "планують", "планирует", "планируют", "plans")
_NOT: Final = frozenset({"не", "нет", "немає", "нема", "no", "not"})
_EVIDENCE: Final = ("вказує", "свідчить", "указыва", "свидетель", "підтвердж", "подтвержд", "indicat", "evidence")
_WITHOUT: Final = frozenset({"без", "without"})
_SUPPLIED: Final[dict[str, tuple[str, ...]]] = {
    "CUTTING-OF-POWER": ("світл", "свет", "електр", "электр", "енерг", "энерг", "тепл", "опален", "отоплен", "power"),
    "CUTTING-OF-WATER": ("вод", "water"),
}
_WITHIN: Final = 6
"""Words after a "not" or "without" in which its object is looked for."""


class Reading(NamedTuple):
    """What a text speaks of: the kind of statement and a code of ACTIVITIES."""

    kind: ReportKind
    what: str


def read_wording(text: str) -> Reading:
    """Return what a text speaks of; the caller bounds its length."""
    words = [word.folded for word in fold_words(text)[:WORDS_MAX]]
    if any(word.startswith(_DENYING) for word in words) or _follows(words, _NOT, _EVIDENCE):
        return Reading(ReportKind.DENIAL, _what(words))
    feared = any(word.startswith(_FEARING) for word in words)
    return Reading(ReportKind.FEARED_ACT if feared else ReportKind.EVENT, _what(words))


def _what(words: list[str]) -> str:
    told = [meaning for word in words if (meaning := _meaning(word)) is not None]
    if told and told[0] == _QUIET:
        return _QUIET
    # What was lost says more than how it was taken, and the means more than "a strike".
    for what, objects in _SUPPLIED.items():
        if _follows(words, _WITHOUT, objects):
            return what
    return min(told, key=list(_STEMS).index, default=_QUIET)


def _follows(words: list[str], first: frozenset[str], then: tuple[str, ...]) -> bool:
    return any(
        after.startswith(then)
        for at, word in enumerate(words)
        if word in first
        for after in words[at + 1 : at + 1 + _WITHIN]
    )


@lru_cache(maxsize=16_384)
def _meaning(word: str) -> str | None:
    return next((what for what, stems in _STEMS.items() if word.startswith(tuple(stems.split()))), None)

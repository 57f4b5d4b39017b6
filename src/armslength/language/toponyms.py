"""Names of places by the rule of a line: one form for each language, and the other forms pointed out (C4).

A name is politics: Kyiv or Kiev says whose name it is. A line's rule says whose form is written in texts of a language
that has several; in Ukrainian and Russian texts a name stands in the form of the text's own language. The list holds
the places that such a line speaks of; a site's register adds the names of its own facilities.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.core.folding import fold, fold_words
from armslength.language.terms import Hit, Status, Term, TermBase
from armslength.language.transliteration import russian_to_latin, ukrainian_to_latin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAME_FORMS: Final[Mapping[str, str]] = {
    "uk": "Ukrainian names by the national romanisation (resolution 55 of 2010): Kyiv, Zaporizhzhia",
    "ru": "Russian names as the English press spells them: Kiev, Zaporozhye",
}
"""Whose form of a name is written in Latin letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place with its form in each language; the Latin forms follow by table where none is established."""

    uk: str
    ru: str
    latin_uk: str
    latin_ru: str
    others: tuple[str, ...] = ()

    def form(self, language: str, rule: str) -> str:
        """Return the form that is written in a text of a language under a rule of `NAME_FORMS`."""
        if language in {"uk", "ru"}:
            return self.uk if language == "uk" else self.ru
        return self.latin_ru if rule == "ru" else self.latin_uk

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form, each once."""
        return tuple(dict.fromkeys((self.uk, self.ru, self.latin_uk, self.latin_ru, *self.others)))


class NameFinding(NamedTuple):
    """A name in another form than the rule says, at characters ``[start, end)``."""

    start: int
    end: int
    text: str
    wanted: str


_LIST: Final = """\
Київ|Киев|Kyiv|Kiev|Kyyiv
Запоріжжя|Запорожье|Zaporizhzhia|Zaporozhye|Zaporizhzhya|Zaporizhia|Zaporozhe
Енергодар|Энергодар|Enerhodar|Energodar
Харків|Харьков|Kharkiv|Kharkov
Одеса|Одесса|Odesa|Odessa
Миколаїв|Николаев|Mykolaiv|Nikolaev|Nikolayev|Mykolayiv
Дніпро|Днепр|Dnipro|Dnepr
Нова Каховка|Новая Каховка|Nova Kakhovka|Novaya Kakhovka
Львів|Львов|Lviv|Lvov
Чорнобиль|Чернобыль|Chornobyl|Chernobyl
Рівне|Ровно|Rivne|Rovno
Хмельницький|Хмельницкий|Khmelnytskyi|Khmelnitsky|Khmelnitskiy|Khmelnytsky
Луганськ|Луганск|Luhansk|Lugansk
Донецьк|Донецк|Donetsk|Donetsk
Маріуполь|Мариуполь|Mariupol|Mariupol
Кривий Ріг|Кривой Рог|Kryvyi Rih|Krivoy Rog|Krivoi Rog
Кременчук|Кременчуг|Kremenchuk|Kremenchug
Чернігів|Чернигов|Chernihiv|Chernigov
Вінниця|Винница|Vinnytsia|Vinnitsa
Тернопіль|Тернополь|Ternopil|Ternopol
Черкаси|Черкассы|Cherkasy|Cherkassy
Полтава|Полтава|Poltava|Poltava
Херсон|Херсон|Kherson|Kherson
Нікополь|Никополь|Nikopol|Nikopol
Марганець|Марганец|Marhanets|Marganets
Олешки|Алёшки|Oleshky|Aleshki
Бердянськ|Бердянск|Berdiansk|Berdyansk
Токмак|Токмак|Tokmak|Tokmak
Авдіївка|Авдеевка|Avdiivka|Avdeyevka|Avdeevka
Бахмут|Бахмут|Bakhmut|Bakhmut
Слов'янськ|Славянск|Sloviansk|Slavyansk|Slavyansk
Краматорськ|Краматорск|Kramatorsk|Kramatorsk
Сєвєродонецьк|Северодонецк|Sievierodonetsk|Severodonetsk|Syeverodonetsk
Південноукраїнськ|Южноукраинск|Pivdennoukrainsk|Yuzhnoukrainsk
Нетішин|Нетешин|Netishyn|Neteshin
Славутич|Славутич|Slavutych|Slavutich
Чорноморськ|Черноморск|Chornomorsk|Chernomorsk
Севастополь|Севастополь|Sevastopol|Sevastopol
Зміїний|Змеиный|Zmiinyi|Zmeiny
"""
"""Ukrainian, Russian, Latin after the Ukrainian form, Latin after the Russian one, other spellings that are met."""


@lru_cache(maxsize=1)
def shipped_toponyms() -> tuple[Toponym, ...]:
    """Return the places of the list."""
    rows = (row.split("|") for row in _LIST.splitlines())
    return tuple(
        Toponym(uk=uk, ru=ru, latin_uk=latin_uk, latin_ru=latin_ru, others=tuple(others))
        for uk, ru, latin_uk, latin_ru, *others in rows
    )


def of_names(names: Iterable[tuple[str, str]]) -> Toponym | None:
    """Return a place of the register from its names by language; None where it has neither a Ukrainian nor Russian one.

    Args:
        names: language tag and name, as a facility has them.
    """
    held: dict[str, str] = {}
    for language, name in names:
        held.setdefault(language, name)
    uk, ru = held.get("uk"), held.get("ru")
    if uk is None or ru is None:
        return None
    return Toponym(uk=uk, ru=ru, latin_uk=ukrainian_to_latin(uk), latin_ru=russian_to_latin(ru))


class NameBook:
    """Places whose names are looked for.

    Args:
        toponyms: the places; of two with one form the first stands.
    """

    __slots__ = ("_base", "_by_id")

    def __init__(self, toponyms: Iterable[Toponym]) -> None:
        self._by_id = {f"p{number}": one for number, one in enumerate(toponyms)}
        self._base = TermBase(
            Term(concept=key, language=script, term=form, status=Status.ADMITTED)
            for key, one in self._by_id.items()
            for form in one.forms
            for script in ("latin" if form.isascii() else "cyrillic",)
        )

    def form(self, name: str, language: str, rule: str) -> str | None:
        """Return the form of a place for a text of a language, None when the place is not known.

        Args:
            name: the place in any of its forms.
            language: tag of the text's language.
            rule: a key of `NAME_FORMS`.
        """
        wanted = fold(name)
        for one in self._by_id.values():
            if any(fold(form) == wanted for form in one.forms):
                return one.form(language, rule)
        return None

    def check(self, text: str, language: str, rule: str) -> tuple[NameFinding, ...]:
        """Return the names in a text that stand in another form than the rule says."""
        script = "cyrillic" if language in {"uk", "ru"} else "latin"
        found = []
        for hit in self._base.match(text, script):
            # A name has a capital: "мир" and "світло" are no places.
            if not hit.text[0].isupper():
                continue
            wanted = self._wanted(hit, language, rule)
            if wanted is not None:
                found.append(NameFinding(hit.start, hit.end, hit.text, wanted))
        return tuple(found)

    def _wanted(self, hit: Hit, language: str, rule: str) -> str | None:
        wanted = [self._by_id[one.concept].form(language, rule) for one in hit.terms]
        if any(_same(form, hit.text) for form in wanted):
            return None
        return wanted[0]


def _same(form: str, text: str) -> bool:
    """Tell whether a text is a form in some ending: the same but for its last letters."""
    first, second = fold_words(form), fold_words(text)
    if len(first) != len(second):
        return False
    return all(
        one.folded[: max(3, len(one.folded) - 3)] == two.folded[: max(3, len(one.folded) - 3)]
        and (not one.folded.isascii() or one.folded == two.folded)
        for one, two in zip(first, second, strict=True)
    )

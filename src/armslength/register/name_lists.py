"""Names by which the press and the operators call well-known facilities of Ukraine, beyond what follows by rule.

One paragraph is one facility: its kind, then its names in Ukrainian, Russian and English, older names and initials with
them. A facility of the register that has one of a paragraph's names gets the others too, so that a register seeded from
a list that says "Zaporozhye" or "Rivne (Rouno)" is found under ЗАЕС and Рівненська АЕС. Sources: the operators' own
names (Energoatom, Ukrhydroenergo, DTEK), IAEA PRIS, Global Power Plant Database (CC BY 4.0), SpellingUkraine (MIT).
"""

from __future__ import annotations

from typing import Final

_LISTED: Final = """
NUCLEAR-POWER-PLANT: Запорізька АЕС | ЗАЕС | ЗАЄС | Енергодарська АЕС | Запорожская АЭС | ЗАЭС |
    Энергодарская АЭС | Zaporizhzhia NPP | ZNPP | ZAES | ZAPP | Zaporizhia NPP | Zaporozhye NPP |
    Zaporizka NPP | Zaporozhskaya NPP | Enerhodar NPP | Energodar NPP

NUCLEAR-POWER-PLANT: Південноукраїнська АЕС | Південно-Українська АЕС | ПУАЕС | ПАЕС | ЮУАЕС |
    Южно-Украинская АЭС | Южноукраинская АЭС | Пивденноукраинская АЭС | ЮУАЭС | ПУАЭС | ЮАЭС |
    South Ukraine NPP | South Ukrainian NPP | Pivdennoukrainska NPP | Pivdennoukrainsk NPP |
    Yuzhnoukrainsk NPP | Yuzhno-Ukrainskaya NPP | SUNPP | PNPP

NUCLEAR-POWER-PLANT: Рівненська АЕС | РАЕС | Ровенская АЭС | Ривненская АЭС | РАЭС | Rivne NPP |
    Rivnenska NPP | Rovno NPP | Rouno NPP | RNPP

NUCLEAR-POWER-PLANT: Хмельницька АЕС | ХАЕС | Хмельницкая АЭС | ХАЭС | Khmelnytskyi NPP | Khmelnytska NPP |
    Khmelnitsky NPP | Khmelnitski NPP | Khmelnitskaya NPP | KhNPP

NUCLEAR-POWER-PLANT: Чорнобильська АЕС | ЧАЕС | Чернобыльская АЭС | Чорнобыльская АЭС | ЧАЭС | Chornobyl NPP |
    Chernobyl NPP | Chornobylska NPP | ChNPP | ChAES

HYDRO-POWER-PLANT: Каховська ГЕС | Каховская ГЭС | Kakhovka HPP | Kakhovska HPP | Kakhovskaya HPP |
    Kakhovka dam | Nova Kakhovka dam | Nova Kakhovka HPP | Новокаховська ГЕС | Новокаховская ГЭС

HYDRO-POWER-PLANT: ДніпроГЕС | Дніпровська ГЕС | ДнепроГЭС | Днепровская ГЭС | Днепрогес | Dnipro HPP |
    Dnieper HPP | Dniprovska HPP | Dnipro dam | Dnieper dam | DniproHES | DneproGES | Danipro HPP

HYDRO-POWER-PLANT: ДніпроГЕС-2 | ДнепроГЭС-2 | Dnipro HPP-2 | Dneipro HPP-2 | Дніпровська ГЕС-2 | Днепровская ГЭС-2

HYDRO-POWER-PLANT: Дністровська ГЕС | Днестровская ГЭС | Дністровська ГЕС-1 | Dnister HPP | Dniester HPP |
    Dnistrovska HPP | Dnestrovsk HPP | Dnistrovsk HPP

PUMPED-STORAGE-PLANT: Дністровська ГАЕС | Днестровская ГАЭС | Dnister PSP | Dniester PSP | Dnistrovska PSP

HYDRO-POWER-PLANT: Київська ГЕС | Киевская ГЭС | Kyiv HPP | Kiev HPP | Kyivska HPP | Вишгородська ГЕС |
    Вышгородская ГЭС | Vyshhorod HPP

PUMPED-STORAGE-PLANT: Київська ГАЕС | Киевская ГАЭС | Kyiv PSP | Kiev PSP | Kyivska PSP

HYDRO-POWER-PLANT: Канівська ГЕС | Каневская ГЭС | Kaniv HPP | Kanivska HPP | Kanev HPP

HYDRO-POWER-PLANT: Кременчуцька ГЕС | Кременчугская ГЭС | Kremenchuk HPP | Kremenchuh HPP | Kremenchug HPP |
    Kremenchutska HPP | Світловодська ГЕС | Светловодская ГЭС

HYDRO-POWER-PLANT: Середньодніпровська ГЕС | Среднеднепровская ГЭС | Кам'янська ГЕС | Каменская ГЭС |
    Middle Dnipro HPP | Middle Dnieper HPP | Kamianske HPP | Dniprodzerzhynsk HPP | Дніпродзержинська ГЕС |
    Днепродзержинская ГЭС

PUMPED-STORAGE-PLANT: Ташлицька ГАЕС | Ташлыкская ГАЭС | Tashlyk PSP | Tashlyk HPP | Tashlytska PSP

THERMAL-POWER-PLANT: Запорізька ТЕС | Запорожская ТЭС | Запорожская ГРЭС | Zaporizhzhia TPP | Zaporizhia TPP |
    Zaporizka TPP | Enerhodar TPP

THERMAL-POWER-PLANT: Бурштинська ТЕС | Бурштынская ТЭС | Burshtyn TPP | Burshtynska TPP

THERMAL-POWER-PLANT: Добротвірська ТЕС | Добротворская ТЭС | Dobrotvir TPP | Dobrotvirska TPP

THERMAL-POWER-PLANT: Трипільська ТЕС | Трипольская ТЭС | Trypillia TPP | Trypilska TPP

THERMAL-POWER-PLANT: Ладижинська ТЕС | Ладыжинская ТЭС | Ladyzhyn TPP | Ladyzhynska TPP

THERMAL-POWER-PLANT: Зміївська ТЕС | Змиевская ТЭС | Zmiiv TPP | Zmiivska TPP

THERMAL-POWER-PLANT: Курахівська ТЕС | Кураховская ТЭС | Kurakhove TPP | Kurakhov TPP | Kurakhivska TPP

THERMAL-POWER-PLANT: Вуглегірська ТЕС | Углегорская ТЭС | Vuhlehirska TPP | Vuglegirska TPP | Vuhlehirsk TPP

THERMAL-POWER-PLANT: Луганська ТЕС | Луганская ТЭС | Luhansk TPP | Luhanska TPP | Lugansk TPP

THERMAL-POWER-PLANT: Слов'янська ТЕС | Славянская ТЭС | Sloviansk TPP | Slavyansk TPP | Slovianska TPP

THERMAL-POWER-PLANT: Старобешівська ТЕС | Старобешевская ТЭС | Starobesheve TPP | Starobeshivska TPP

THERMAL-POWER-PLANT: Зуївська ТЕС | Зуевская ТЭС | Zuivska TPP | Zuevskaya TPP

THERMAL-POWER-PLANT: Криворізька ТЕС | Криворожская ТЭС | Kryvyi Rih TPP | Kryvorizka TPP

THERMAL-POWER-PLANT: Придніпровська ТЕС | Приднепровская ТЭС | Prydniprovska TPP

THERMAL-POWER-PLANT: Миронівська ТЕС | Мироновская ТЭС | Myronivska TPP | Mironovskaya TPP

THERMAL-POWER-PLANT: Краматорська ТЕЦ | Краматорская ТЭЦ | Kramatorsk CHP | Kramatorskaya CHP

THERMAL-POWER-PLANT: Калуська ТЕЦ | Калушская ТЭЦ | Kalush CHP

THERMAL-POWER-PLANT: Черкаська ТЕЦ | Черкасская ТЭЦ | Cherkasy CHP

THERMAL-POWER-PLANT: Чернігівська ТЕЦ | Черниговская ТЭЦ | Chernihiv CHP

THERMAL-POWER-PLANT: Дарницька ТЕЦ | Дарницкая ТЭЦ | Darnytska CHP | Київська ТЕЦ-4 | Киевская ТЭЦ-4 |
    Kyiv CHP-4

THERMAL-POWER-PLANT: Сєвєродонецька ТЕЦ | Северодонецкая ТЭЦ | Sievierodonetsk CHP | Siverskodonetsk CHP

THERMAL-POWER-PLANT: Київська ТЕЦ-5 | Киевская ТЭЦ-5 | Kyiv CHP-5 | Kiev CHP-5

THERMAL-POWER-PLANT: Київська ТЕЦ-6 | Киевская ТЭЦ-6 | Kyiv CHP-6 | Kiev CHP-6

THERMAL-POWER-PLANT: Харківська ТЕЦ-5 | Харьковская ТЭЦ-5 | Kharkiv CHP-5 | Karkov CHP-5
"""


def _read(paragraph: str) -> tuple[str, tuple[str, ...]]:
    kind, _, names = paragraph.partition(":")
    return kind.strip(), tuple(" ".join(name.split()) for name in names.split("|"))


KNOWN_NAMES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = tuple(
    _read(paragraph) for paragraph in _LISTED.split("\n\n")
)
"""(kind of the register's vocabulary, names) of each facility."""

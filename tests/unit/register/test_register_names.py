"""Facilities are found by their names in texts, in three languages and all cases, and a town's name is no plant's."""

from __future__ import annotations

import csv
import gzip
import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.language.transliteration import word_skeleton
from armslength.register.names import Certainty, NameBasis, NameEntry, NameHit, NameIndex
from armslength.register.vocabularies import FACILITY_KINDS
from builders.shared_data import shared_data

FACILITIES: Final = {
    "F-ZNPP": ("NUCLEAR-POWER-PLANT", "Zaporizhzhia NPP", "Запорізька АЕС", "Запорожская АЭС"),
    "F-SUNPP": ("NUCLEAR-POWER-PLANT", "South Ukraine NPP", "Південноукраїнська АЕС", "Южно-Украинская АЭС"),
    "F-RNPP": ("NUCLEAR-POWER-PLANT", "Rivne NPP", "Рівненська АЕС", "Ровенская АЭС"),
    "F-KHNPP": ("NUCLEAR-POWER-PLANT", "Khmelnytskyi NPP", "Хмельницька АЕС", "Хмельницкая АЭС"),
    "F-CHNPP": ("NUCLEAR-POWER-PLANT", "Chornobyl NPP", "Чорнобильська АЕС", "Чернобыльская АЭС"),
    "F-KAKH": ("DAM", "Kakhovka HPP and dam", "колишня Каховська ГЕС імені П. С. Непорожнього", "Каховская ГЭС"),
    "F-DNIPRO": ("DAM", "Dnipro HPP (DniproHES)", "ДніпроГЕС", "ДнепроГЭС"),
    "F-DNISTER": ("DAM", "Dnister HPP", "Днiстровська ГЕС", "Днестровская ГЭС"),
    "F-KYIV": ("DAM", "Kyiv HPP", "Київська ГЕС", "Киевская ГЭС"),
    "F-KANIV": ("DAM", "Kaniv HPP", "Канівська ГЕС", "Каневская ГЭС"),
    "F-KREM": ("DAM", "Kremenchuk HPP", "Кременчуцька ГЕС", "Кременчугская ГЭС"),
    "G-PSP": ("HYDRO-POWER-PLANT", "Dniester (pumped storage)"),
    "G-D2": ("HYDRO-POWER-PLANT", "Dneipro HPP 2"),
    "G-KAM": ("HYDRO-POWER-PLANT", "Dniprodzerzhynsk"),
    "G-TPP": ("THERMAL-POWER-PLANT", "Zaporizhia power station"),
    "G-BUR": ("THERMAL-POWER-PLANT", "Burshtyn power station"),
    "G-VUH": ("THERMAL-POWER-PLANT", "Vuglegirska power station"),
    "G-CHP5": ("THERMAL-POWER-PLANT", "Kiev CHP-5"),
    "G-NIK": ("SOLAR-POWER-PLANT", "Nikopol"),
    "G-VITA": ("SOLAR-POWER-PLANT", "Vita"),
    "S-NYV": ("SUBSTATION", "Нивки-330"),
    "S-KYI": ("SUBSTATION", "Київська - 750"),
    "S-YARD": ("SUBSTATION", "Запорізька АЕС"),
    "H-3": ("HOSPITAL", "Міська лікарня № 3 Нікополя"),
    "P-YUZ": ("PORT", "Порт Південний"),
    "X-HEAT": ("THERMAL-POWER-PLANT", "ТЕЦ-5"),
    "X-NONE": ("SUBSTATION", "Котельня"),
}
"""A register as importers make it: the eleven of the reference, names as GPPD and OpenStreetMap write them."""


def _entries() -> list[NameEntry]:
    entries = [
        NameEntry(facility_id=facility, language="", name=name, kind=kind)
        for facility, (kind, *names) in FACILITIES.items()
        for name in names
    ]
    line = NameEntry(
        facility_id="F-ZNPP",
        language="uk",
        name="підстанція 750 кВ «Дніпровська»",
        kind="SUBSTATION",
        basis=NameBasis.DEPENDENCY,
    )
    return [*entries, line]


INDEX: Final = NameIndex.build(_entries(), spelling=word_skeleton)


def _named(text: str) -> dict[str, str]:
    return {hit.facility_id: hit.said for hit in INDEX.find(text) if hit.basis is NameBasis.NAME}


def _one(text: str) -> NameHit:
    (hit,) = INDEX.find(text)
    return hit


NAMED = {
    # the cases of both languages
    "На Запорізькій АЕС зникло живлення": {"F-ZNPP": "Запорізькій АЕС"},
    "працівники Запорізької АЕС": {"F-ZNPP": "Запорізької АЕС"},
    "обстріляли Запорізьку АЕС": {"F-ZNPP": "Запорізьку АЕС"},
    "над Запорізькою АЕС": {"F-ZNPP": "Запорізькою АЕС"},
    "на Запорожской АЭС": {"F-ZNPP": "Запорожской АЭС"},
    "обстреляли Запорожскую АЭС": {"F-ZNPP": "Запорожскую АЭС"},
    "дым над Кременчугской ГЭС": {"F-KREM": "Кременчугской ГЭС"},
    "шлюз Київської ГЕС": {"F-KYIV": "Київської ГЕС"},
    "КИЇВСЬКА ГЕС": {"F-KYIV": "КИЇВСЬКА ГЕС"},
    # the kind in full, in part, before the name
    "Запорізької атомної електростанції": {"F-ZNPP": "Запорізької атомної електростанції"},
    "на Чернобыльской атомной": {"F-CHNPP": "Чернобыльской атомной"},
    "АЕС «Запорізька»": {"F-ZNPP": "АЕС «Запорізька»"},
    "NPP Zaporizhzhia": {"F-ZNPP": "NPP Zaporizhzhia"},
    "Zaporizhzhia's nuclear power plant": {"F-ZNPP": "Zaporizhzhia's nuclear power plant"},
    "Каховська гідроелектростанція": {"F-KAKH": "Каховська гідроелектростанція"},
    "подорвали Каховскую плотину": {"F-KAKH": "Каховскую плотину"},
    "the Nova Kakhovka dam": {"F-KAKH": "Nova Kakhovka dam"},
    "колишньої Каховської ГЕС": {"F-KAKH": "Каховської ГЕС"},
    # initials and words written together
    "ЗАЕС під обстрілом": {"F-ZNPP": "ЗАЕС"},
    "удар по ЗАЭС": {"F-ZNPP": "ЗАЭС"},
    "ЗAEC": {"F-ZNPP": "ЗAEC"},
    "at ZNPP today": {"F-ZNPP": "ZNPP"},
    "ЧАЕС": {"F-CHNPP": "ЧАЕС"},
    "ПУАЕС": {"F-SUNPP": "ПУАЕС"},
    "РАЕС": {"F-RNPP": "РАЕС"},
    "ХАЕС": {"F-KHNPP": "ХАЕС"},
    "у ДніпроГЕС": {"F-DNIPRO": "ДніпроГЕС"},
    "на Дніпрогесі": {"F-DNIPRO": "Дніпрогесі"},
    "возле ДнепроГЭСа": {"F-DNIPRO": "ДнепроГЭСа"},
    "Dnipro HES": {"F-DNIPRO": "Dnipro HES"},
    "DniproHES": {"F-DNIPRO": "DniproHES"},
    "Дніпровської ГЕС": {"F-DNIPRO": "Дніпровської ГЕС"},
    # one name, several forms
    "Южноукраинскую АЭС": {"F-SUNPP": "Южноукраинскую АЭС"},
    "Пивденноукраинская АЭС": {"F-SUNPP": "Пивденноукраинская АЭС"},
    "Пивденно-Украинской АЭС": {"F-SUNPP": "Пивденно-Украинской АЭС"},
    "Південно-Українська АЕС": {"F-SUNPP": "Південно-Українська АЕС"},
    "Pivdennoukrainsk NPP": {"F-SUNPP": "Pivdennoukrainsk NPP"},
    # characters that are not what they look like
    "Запо\u00adрізька\u00a0АЕС": {"F-ZNPP": "Запо\u00adрізька\u00a0АЕС"},
    "Днiстровська ГЕС": {"F-DNISTER": "Днiстровська ГЕС"},
    "Дністровська ГЕС": {"F-DNISTER": "Дністровська ГЕС"},
    "Слав'янськ, ЗАЕС": {"F-ZNPP": "ЗАЕС"},
    # lists that share a kind word
    "На Рівненській, Хмельницькій та Запорізькій АЕС штатно": {
        "F-RNPP": "Рівненській",
        "F-KHNPP": "Хмельницькій",
        "F-ZNPP": "Запорізькій АЕС",
    },
    # neighbours of one name
    "Дністровська ГАЕС": {"G-PSP": "Дністровська ГАЕС"},
    "Dniester pumped-storage hydroelectric power station": {
        "G-PSP": "Dniester pumped-storage hydroelectric power station"
    },
    "Запорізька ТЕС": {"G-TPP": "Запорізька ТЕС"},
    "Середньодніпровська ГЕС": {"G-KAM": "Середньодніпровська ГЕС"},
    "Middle Dnipro HPP": {"G-KAM": "Middle Dnipro HPP"},
    "ДніпроГЕС-2": {"G-D2": "ДніпроГЕС-2"},
    "Київська ТЕЦ-5": {"G-CHP5": "Київська ТЕЦ-5"},
    # misspelt and outdated names of GPPD, by their current names (H17)
    "Вуглегірської ТЕС": {"G-VUH": "Вуглегірської ТЕС"},
    "Кам'янської ГЕС": {"G-KAM": "Кам'янської ГЕС"},
    "Бурштинську ТЕС": {"G-BUR": "Бурштинську ТЕС"},
    # substations, and the yard of a plant
    "горить підстанція «Нивки»": {"S-NYV": "підстанція «Нивки»"},
    "ПС 330 кВ Нивки": {"S-NYV": "ПС 330 кВ Нивки"},
    "підстанцію на Запорізькій АЕС": {"F-ZNPP": "Запорізькій АЕС", "S-YARD": "Запорізькій АЕС"},
    "підстанція Київської ГЕС": {"F-KYIV": "Київської ГЕС"},
    # facilities that have no kind word
    "влучили у міську лікарню №3 Нікополя": {"H-3": "міську лікарню №3 Нікополя"},
    "у порту Південний": {"P-YUZ": "порту Південний"},
}


@pytest.mark.parametrize("text", NAMED)
def test_a_named_facility_is_found_with_its_words(text: str) -> None:
    assert _named(text) == NAMED[text]


NOT_NAMED = (
    # the city, the region, and villages of the name
    "У Запоріжжі влучили у підстанцію",
    "A substation was hit in Zaporizhzhia. Nuclear experts are worried",
    "Запоріжжя: АЕС працює",
    "удар по підстанції в Запорізькій області",
    "ТЕЦ, ТЕС та підстанції у Києві, Київській, Вінницькій та Запорізькій областях",
    "по подстанции в Запорожском (Луганская область)",
    "Запорізький район, АЕС",
    "Dnipro: HES-type drones over Dnipro city",
    "the dam at Kyiv",
    "підстанції Київської області",
    "Президент: АЕС Київ не віддасть",
    # another kind at the same town
    "Кременчуцькій ТЕЦ та НПЗ",
    "Київська ТЕЦ",
    "Київська ТЕЦ-6",
    "Київська станція метро",
    # parts of other words and names
    "ПОЗАЕС", "ЗАЕСівський", "Ново-Дністровська ГЕС", "Lower Dnipro HPP",
    # names that name nothing alone
    "ТЕЦ-5 і котельня", "Vita said that Nikopol was shelled", "Нивки, Поділ",
    "міська лікарня № 4 Нікополя", "порт, південний вітер",
    "",
)  # fmt: skip


@pytest.mark.parametrize("text", NOT_NAMED)
def test_what_names_no_facility_finds_none(text: str) -> None:
    assert INDEX.find(text) == ()


CERTAINTIES = {
    "Запорізька АЕС": Certainty.CERTAIN,
    "Zaporizhya NPP": Certainty.LIKELY,
    "Kakhovka dam": Certainty.CERTAIN,
    "гребля Каховська": Certainty.LIKELY,
    "Канівська гребля": Certainty.LIKELY,
    "Burshtyn power station": Certainty.LIKELY,
    "Ровенская электростанция": Certainty.POSSIBLE,
    "the nuclear power plant in Zaporizhzhia": Certainty.POSSIBLE,
    "Київська підстанція": Certainty.POSSIBLE,
    "підстанція Київська": Certainty.CERTAIN,
    "Nikopol solar plant": Certainty.POSSIBLE,
    "Канівська ГЕС-2": Certainty.LIKELY,
}


@pytest.mark.parametrize("text", CERTAINTIES)
def test_how_sure_a_hit_is(text: str) -> None:
    assert _one(text).certainty is CERTAINTIES[text]


def test_words_that_several_share_name_them_all_and_say_so() -> None:
    hits = INDEX.find("Zaporizhzhia power station")
    assert {hit.facility_id: (hit.certainty, hit.also) for hit in hits} == {
        "F-ZNPP": (Certainty.POSSIBLE, ("G-TPP",)),
        "G-TPP": (Certainty.LIKELY, ("F-ZNPP",)),
    }
    assert "F-ZNPP" in hits[1].sentence


def test_a_dependency_named_is_a_hit_of_its_own_kind() -> None:
    hit = _one('Пошкоджено підстанцію ""Дніпровська"".')
    assert (hit.facility_id, hit.basis, hit.said) == ("F-ZNPP", NameBasis.DEPENDENCY, 'підстанцію ""Дніпровська""')
    assert "on which the facility depends" in hit.sentence


def test_a_facility_has_one_hit_the_surest() -> None:
    hit = _one("Zaporizhzhya's plant: Zaporizhya NPP, тобто ЗАЕС, тобто Запорізька АЕС")
    assert (hit.said, hit.certainty) == ("ЗАЕС", Certainty.CERTAIN)
    assert hit.sentence == "named in the text as “ЗАЕС” (listed as “ЗАЕС”)"


def test_hidden_characters_are_shown_to_the_officer() -> None:
    assert "Запо[U+00AD]різька" in _one("Запо\u00adрізька АЕС").sentence


def test_other_spellings_need_the_key_and_listed_ones_do_not() -> None:
    plain = NameIndex.build(_entries())
    assert plain.find("Zaporizhya NPP") == ()
    assert plain.find("Zaporozhye NPP")[0].facility_id == "F-ZNPP"


def test_names_that_name_nothing_are_told() -> None:
    assert {entry.name for entry in INDEX.unusable} == {"ТЕЦ-5"}
    assert INDEX.find("Котельня") == ()


@given(st.text(max_size=80))
def test_any_text_is_searched_and_every_hit_is_what_it_says(text: str) -> None:
    for hit in INDEX.find(text):
        assert text[hit.start : hit.end] == hit.said


@given(st.text(alphabet="АЕСГЗДапоріжкзька «»\"'-,.5ЦТ", max_size=60), st.text(max_size=40))
def test_any_name_can_be_registered(text: str, name: str) -> None:
    entries = [NameEntry(facility_id="A", language="", name=name, kind=kind) for kind in FACILITY_KINDS]
    index = NameIndex.build([*entries, *_entries()[:3]], spelling=word_skeleton)
    for hit in index.find(text + name):
        assert hit.said


def test_long_hostile_texts_take_linear_time() -> None:
    # Each would take minutes if its time grew with the square of its length.
    pieces = (
        "Запорізькій, ",
        "АЕС «",
        "а",
        "та ",
        "nuclear power ",
        "ЗАЕС ",
        "Київська 750 ",
        "АЕС Запорізька ",
        "ПС-",
    )
    started = time.process_time()
    for piece in pieces:
        INDEX.find(piece * (32_000 // len(piece)))
    assert time.process_time() - started < 60  # a quadratic takes hours


# --- the reports of 2022 ----------------------------------------------------------------------------------------------


def _reports() -> dict[str, tuple[str, str, str]]:
    csv.field_size_limit(1 << 24)
    path = shared_data("viina_infra") / "viina_infra_2022.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return {
            row["event_id_1pd"]: (row["date"], row["asciiname"], row["representative_text"])
            for row in csv.DictReader(file)
        }


NAMED_IN_2022 = {
    "F-ZNPP": {"9620", "10746", "10852", "11172", "11175", "245544", "340584", "340588"},
    "F-CHNPP": {"342494", "342498", "342504", "342507", "347733", "347748"},
    "F-KAKH": {"106050", "106081"},
    "F-DNIPRO": {"11482", "245830", "6348"},
    "F-KYIV": {"22617"},
    "F-KREM": {"41250", "245742"},
}
"""Every report of 2022 that names one of the eleven, found by reading all that say АЕС, АЭС, ГЕС, ГЭС or dam."""


def test_the_reports_of_2022_name_these_and_no_others() -> None:
    found: dict[str, set[str]] = {}
    for event, (_, _, text) in _reports().items():
        for facility in _named(text):
            if facility.startswith("F-"):
                found.setdefault(facility, set()).add(event)
    assert found == NAMED_IN_2022


@pytest.mark.parametrize(("event", "date"), [("10746", "20220927"), ("10852", "20221001"), ("11172", "20221012")])
def test_strikes_at_the_plant_that_were_placed_in_the_city_are_found_by_name(event: str, date: str) -> None:
    when, place, text = _reports()[event]
    assert (when, place) == (date, "Zaporizhzhya")
    assert [hit.certainty for hit in INDEX.find(text) if hit.facility_id == "F-ZNPP"] == [Certainty.CERTAIN]


def test_the_line_that_supplies_the_plant_is_a_dependency_in_both_events_of_one_text() -> None:
    for event in ("11175", "245544"):
        bases = {hit.basis for hit in INDEX.find(_reports()[event][2]) if hit.facility_id == "F-ZNPP"}
        assert bases == {NameBasis.NAME, NameBasis.DEPENDENCY}


def test_a_homonym_in_luhansk_oblast_is_attached_to_nothing() -> None:
    assert INDEX.find(_reports()["306524"][2]) == ()


def test_the_seventy_five_facilities_of_the_reference_find_them_too() -> None:
    kinds = {"nuclear": "NUCLEAR-POWER-PLANT", "dam": "DAM", "hydro": "HYDRO-POWER-PLANT", "solar": "SOLAR-POWER-PLANT"}
    path = shared_data("reference_join") / "facilities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        entries = [
            NameEntry(
                facility_id=row["facility_id"],
                language=language,
                name=row[f"name_{language}"],
                kind=kinds.get(row["kind"], "THERMAL-POWER-PLANT"),
            )
            for row in csv.DictReader(file)
            for language in ("en", "uk", "ru")
            if row[f"name_{language}"]
        ]
    index = NameIndex.build(entries, spelling=word_skeleton)
    found: dict[str, set[str]] = {}
    started = time.process_time()
    for event, (_, _, text) in _reports().items():
        for hit in index.find(text):
            found.setdefault(hit.facility_id, set()).add(event)
    seconds = time.process_time() - started
    assert {facility: events for facility, events in found.items() if facility.startswith("F-")} == NAMED_IN_2022
    # The same plants under the names of GPPD, which says "Zaporozhye", "Kiev" and "Kremenchug".
    assert found["G-21928"] == NAMED_IN_2022["F-ZNPP"]
    assert found["G-21885"] == NAMED_IN_2022["F-KYIV"]
    assert found["G-21889"] == NAMED_IN_2022["F-KREM"]
    assert seconds < 60  # a quadratic takes hours

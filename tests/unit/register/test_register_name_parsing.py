"""A facility's name is taken apart into what a text must say, and its words fold their cases away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.register.name_kinds import PLANTS, Kind
from armslength.register.name_parsing import (
    PROPER_WORDS_MAX,
    adjective_stem,
    is_relational,
    name_keys,
    parse_name,
    text_keys,
)
from armslength.register.vocabularies import FACILITY_KINDS

NAMES = {
    ("Запорізька АЕС", "NUCLEAR-POWER-PLANT"): (("запорізька",), {Kind.NUCLEAR}, ""),
    ("колишня Каховська ГЕС імені П. С. Непорожнього", "DAM"): (("каховська",), {Kind.HYDRO, Kind.DAM}, ""),
    ("Kakhovka HPP and dam", "DAM"): (("kakhovka",), {Kind.HYDRO, Kind.DAM}, ""),
    ("Kiev CHP-5", "THERMAL-POWER-PLANT"): (("kiev",), {Kind.HEAT}, "5"),
    ("Dniester (pumped storage)", "HYDRO-POWER-PLANT"): (("dniester",), {Kind.PUMPED}, ""),
    ("Zaporizhia power station", "THERMAL-POWER-PLANT"): (("zaporizhia",), {Kind.THERMAL, Kind.HEAT}, ""),
    ("Київська - 750", "SUBSTATION"): (("київська",), {Kind.SUBSTATION}, ""),
    ('ПС 330 кВ "Броварська"', "SUBSTATION"): (("броварська",), {Kind.SUBSTATION}, ""),
    ("Burshtynska TES Thermal Power Plant Ukraine", "POWER-PLANT"): (("burshtynska",), {Kind.THERMAL}, ""),
    ("Перово", "SOLAR-POWER-PLANT"): (("перово",), {Kind.SOLAR}, ""),
    ("Ладижин електростанція", "OTHER-FACILITY"): (("ладижин",), set(PLANTS), ""),
    ("Міська лікарня № 3", "HOSPITAL"): (("міська", "лікарня", "3"), set(), ""),
}  # fmt: skip


@pytest.mark.parametrize("given_name", NAMES)
def test_a_name_is_taken_apart(given_name: tuple[str, str]) -> None:
    reading = parse_name(*given_name)[0]
    assert (reading.proper, reading.kinds, reading.number) == NAMES[given_name]


def test_what_stands_in_brackets_is_a_second_name_or_a_states_code() -> None:
    assert [r.proper for r in parse_name("Rivne (Rouno)", "NUCLEAR-POWER-PLANT")] == [("rivne",), ("rouno",)]
    assert [r.proper for r in parse_name("Peru (IN)", "SOLAR-POWER-PLANT")] == [("peru",)]


def test_words_written_together_stand_alone_and_apart() -> None:
    alone, apart = (r for r in parse_name("ДніпроГЕС", "DAM") if r.kinds != {Kind.HYDRO, Kind.DAM})
    assert (alone.proper, alone.kinds) == (("дніпрогес",), frozenset())
    assert (apart.proper, apart.kinds) == (("дніпро",), {Kind.HYDRO})
    assert [r.kinds for r in parse_name("Bridges", "SOLAR-POWER-PLANT")] == [{Kind.SOLAR}]
    assert frozenset() not in {r.kinds for r in parse_name("Hodges", "HYDRO-POWER-PLANT")}


def test_a_substation_with_its_plants_name_is_the_plants_yard() -> None:
    assert parse_name("Запорізька АЕС", "SUBSTATION")[0].switchyard
    assert not parse_name("Запорізька-330", "SUBSTATION")[0].switchyard


@pytest.mark.parametrize(
    "name", ["ТЕЦ-5", "ГЕС", "Сонячна електростанція", "750 кВ", "", "—", "x " * (PROPER_WORDS_MAX + 1)]
)
def test_a_name_without_a_proper_word_has_no_reading(name: str) -> None:
    assert parse_name(name, "THERMAL-POWER-PLANT") == ()


@pytest.mark.parametrize(
    "form",
    ["запорізька", "запорізької", "запорізькій", "запорізьку", "запорізькою", "запорізьких"],
)
def test_the_cases_of_an_adjective_share_its_key(form: str) -> None:
    assert adjective_stem("запорізька") in {key.key for key in text_keys(form, None)}


def test_the_endings_tell_the_gender() -> None:
    assert is_relational("запорожской")
    assert is_relational("хмельницьку")
    assert not is_relational("запорожском")
    assert not is_relational("підстанцій")
    assert not is_relational("zaporizka")


@given(st.text(max_size=60), st.sampled_from(sorted(FACILITY_KINDS)))
def test_any_name_is_taken_apart_and_has_keys(name: str, kind: str) -> None:
    for reading in parse_name(name, kind):
        for row in name_keys(reading, str.upper):
            assert len(row) == len(reading.proper)
            assert all(row)

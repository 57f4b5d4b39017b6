"""Names of one facility meet in any spelling and script, and numbers keep neighbours apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.register.site_keys import name_keys, numbers_of

ALIKE = [
    ("Zaporozhye", "Zaporizhzhia Nuclear Power Plant"),
    ("Zaporozhye", "Запорізька АЕС"),
    ("Zaporozhye", "Запорожская АЭС"),
    ("Dniester", "Днiстровська ГЕС"),  # a Latin i (H33)
    ("Dniester", "Dniester (Dnestrovsk) Hydroelectric Power Plant Ukraine"),
    ("Rivne (Rouno)", "Рівненська АЕС"),
    ("Karkov CHP-5", "Kharkiv CHP-5 Thermal Power Plant Ukraine"),
    ("Kakhovka", "колишня Каховська ГЕС імені П.\u00a0С.\u00a0Непорожнього"),
    ("Kremenchug", "Кременчуцька ГЕС"),
    ("Kiev", "Київська ГЕС"),
    ("Luhanska", "Luganskaya Thermal Power Plant Ukraine"),
    ("Vuglegirska power station", "Vuhlehirska (Uglegorskaya) Thermal Power Plant Ukraine"),
    ("Perovo IV", "Perovo 4"),
]
UNLIKE = [
    ("Kiev CHP-5", "Kiev CHP-6"),
    ("Perovo I", "Perovo II"),
    ("Perovo", "Perovo I"),
    ("Rivne", "Rodnikovoye"),
    ("Dneipro HPP 2", "Dnipro HPP"),
    ("ТЕЦ-5", "ТЕЦ-5"),
    ("ГЕС", "ГЕС"),
]


@pytest.mark.parametrize(("one", "two"), ALIKE)
def test_h17_h33_names_of_one_facility_share_a_key(one: str, two: str) -> None:
    assert name_keys(one) & name_keys(two)


@pytest.mark.parametrize(("one", "two"), UNLIKE)
def test_numbers_part_names_and_a_kind_alone_is_none(one: str, two: str) -> None:
    assert not name_keys(one) & name_keys(two)


def test_the_numbers_of_a_name_in_digits() -> None:
    assert numbers_of("Perovo IV") == ("4",)
    assert numbers_of("Kiev CHP-05") == ("5",)
    assert numbers_of("Kiev") == ()


@given(st.text(max_size=400))
def test_any_text_has_keys_or_none(text: str) -> None:
    assert all(len(bones.replace(" ", "")) >= 2 for bones, _ in name_keys(text))

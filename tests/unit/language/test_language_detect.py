"""The language of a report, as far as its letters tell it."""

from __future__ import annotations

import csv
import gzip
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.language.detect import Detected, detect
from builders.shared_data import shared_data

CASES = {
    "Вибухи біля підстанції у Вишгороді": Detected.UKRAINIAN,
    "Взрывы у подстанции в Вышгороде": Detected.RUSSIAN,
    "Explosions at a substation in Vyshhorod": Detected.ENGLISH,
    "Днiстровська ГЕС": Detected.UKRAINIAN,
    "Удар HIMARS по складу, ранены двое": Detected.RUSSIAN,
    "Удар по складу": Detected.UNKNOWN,
    "ЗАЕС": Detected.UNKNOWN,
    "Вибухи біля підстанції || Взрывы у электроподстанции": Detected.SEVERAL,
    "Голова ОВА: «взрыв» почули мешканці, пошкоджено лінії, є поранені, їх евакуюють": Detected.UKRAINIAN,
    "The plant, called Запорізька АЕС by its staff, lost the last of its power lines": Detected.ENGLISH,
    "Übergänge über den Dnepr": Detected.UNKNOWN,
    "Выбухі ў Мазыры": Detected.UNKNOWN,
    "": Detected.UNKNOWN,
    "12:30, 47.5": Detected.UNKNOWN,
}


@pytest.mark.parametrize("text", CASES)
def test_the_letters_tell(text: str) -> None:
    assert detect(text) is CASES[text]


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    assert detect(text) in Detected


def test_the_reports_of_2022_are_nearly_all_told() -> None:
    path = shared_data("viina_infra") / "viina_infra_2022.csv.gz"
    csv.field_size_limit(1 << 24)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        counts = Counter(detect(row["representative_text"]) for row in csv.DictReader(file))
    print(dict(counts))
    assert counts[Detected.UKRAINIAN] > 1_000
    assert counts[Detected.RUSSIAN] > 400
    assert counts[Detected.ENGLISH] == 0
    assert counts[Detected.SEVERAL] + counts[Detected.UNKNOWN] < 0.15 * counts.total()

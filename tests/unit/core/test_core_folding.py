"""Words are the same for a search when a reader takes them for the same, and the original keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.folding import Joint, fold, fold_words

CASES = {
    "Latin i inside a Cyrillic word": ("Днiстровська", "Дністровська"),
    "Latin letters but one": ("ЗAEC", "ЗАЕС"),
    "one Cyrillic letter in a Latin word": ("Zароrizhzhia", "Zaporizhzhia"),
    "curly apostrophe": ("Слов’янськ", "Слов'янськ"),
    "letter apostrophe": ("Словʼянськ", "Слов'янськ"),
    "soft hyphen": ("Запо\u00adріжжя", "Запоріжжя"),
    "zero-width space in a word": ("Запо\u200bріжжя", "Запоріжжя"),
    "no-break space": ("Запорізька\u00a0АЕС", "Запорізька АЕС"),
    "stress mark": ("Дзержи\u0301нск", "Дзержинск"),
    "decomposed й": ("Южныи\u0306", "Южный"),
    "ё": ("Алёшки", "Алешки"),
    "ґ": ("Ґалаґан", "Галаган"),
    "case": ("ЗАПОРІЖЖЯ", "запоріжжя"),
    "full-width letters": ("ＺＮＰＰ", "ZNPP"),
    "possessive": ("Ukraine's plant", "Ukraine plant"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_reader_takes_for_the_same_folds_alike(case: str) -> None:
    seen, meant = CASES[case]
    assert fold(seen) == fold(meant)


@pytest.mark.parametrize(
    ("one", "other"), [("Дністровська", "Дніпровська"), ("ГЕС", "ГАЕС"), ("Київ", "Киев"), ("й", "и"), ("їх", "іх")]
)
def test_other_words_stay_other(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_word_knows_where_it_stands() -> None:
    text = 'На\u00a0підстанції ""Дні\u00adпровська"" ТЕЦ-5, удар'
    assert [text[w.start : w.end] for w in fold_words(text)] == [
        "На", "підстанції", "Дні\u00adпровська", "ТЕЦ", "5", "удар",
    ]  # fmt: skip
    assert [w.joint for w in fold_words(text)] == [
        Joint.BLANK, Joint.BLANK, Joint.QUOTE, Joint.QUOTE, Joint.HYPHEN, Joint.COMMA,
    ]  # fmt: skip


@pytest.mark.parametrize("gap", [": ", ". ", " - ", " — ", "; ", " (", ", ,", "/", "\u2026"])
def test_another_thought_is_a_break(gap: str) -> None:
    assert fold_words(f"Запоріжжя{gap}АЕС")[1].joint is Joint.BREAK


@given(st.text(max_size=80))
def test_any_text_folds_and_every_span_is_inside_it_in_order(text: str) -> None:
    end = 0
    for word in fold_words(text):
        assert end <= word.start < word.end <= len(text)
        assert word.folded
        end = word.end


@given(st.text(alphabet="абвгіїєАВСabcABC'’-\u00ad ", max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)

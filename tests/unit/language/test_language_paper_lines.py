"""Check digits that find what is misheard, and text that survives being written by hand line by line."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from armslength.core.errors import LocalError
from armslength.core.ids import CHECKED_CHARS_MAX, check_digits
from armslength.core.text import is_invisible
from armslength.language.paper_lines import (
    CHUNK_CHARS_MAX,
    escape,
    from_chunks,
    letters,
    line_digits,
    to_chunks,
    unescape,
)

PLAIN = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=CHECKED_CHARS_MAX)
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from(" \n\t[U+0041]ЖжЇ\u202e\u00a0\u2028")),
    max_size=400,
)


@given(PLAIN)
def test_the_digits_of_plain_numbers_are_those_of_iso_7064(text: str) -> None:
    assert line_digits(text) == check_digits(text)


@pytest.mark.parametrize(
    ("text", "digits"), [("EUCOM 00042", check_digits("EUCOM00042")), ("F EUCOM", "63"), ("T NDMC", "37")]
)
def test_known_digits(text: str, digits: str) -> None:
    assert line_digits(text) == digits


def test_blanks_and_small_letters_are_not_heard() -> None:
    assert line_digits("A 101 04") == line_digits("a 10104")
    assert line_digits("Объект") == line_digits("ОБЪЕКТ")


@given(PLAIN, st.integers(0, CHECKED_CHARS_MAX), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
def test_one_wrong_character_is_always_found(text: str, place: int, char: str) -> None:
    place %= len(text)
    assume(text[place] != char)
    assert line_digits(text[:place] + char + text[place + 1 :]) != line_digits(text)


CYRILLIC = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄ"


@given(st.text(CYRILLIC, min_size=2, max_size=60), st.data())
def test_two_exchanged_cyrillic_letters_are_found_however_far_apart(text: str, data: st.DataObject) -> None:
    one, two = sorted(data.draw(st.lists(st.integers(0, len(text) - 1), min_size=2, max_size=2, unique=True)))
    assume(text[one] != text[two])
    swapped = text[:one] + text[two] + text[one + 1 : two] + text[one] + text[two + 1 :]
    assert line_digits(swapped) != line_digits(text)


def test_every_wrong_cyrillic_letter_is_found_but_one() -> None:
    letters_of_both = CYRILLIC + "Ґ"
    missed = [
        pair for pair in combinations(letters_of_both, 2) if line_digits(f"A{pair[0]}B") == line_digits(f"A{pair[1]}B")
    ]
    assert missed == [("Я", "Ґ")]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain text", "plain text"),
        (" edge ", "[U+0020]edge[U+0020]"),
        ("two  blanks", "two [U+0020]blanks"),
        ("tab\tand\u00a0hard", "tab[U+0009]and[U+00A0]hard"),
        ("turn\u202earound", "turn[U+202E]around"),
        ("[U+0041]", "[U+005B]U+0041]"),
        ("[U", "[U"),
        ("\U000e0041", "[U+E0041]"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, written: str) -> None:
    assert escape(text) == written
    assert unescape(written) == text


@given(TEXTS, st.booleans())
def test_an_escaped_text_comes_back(text: str, blanks: bool) -> None:
    written = escape(text, blanks=blanks)
    assert unescape(written) == text
    assert not any(is_invisible(char) for char in written)
    assert written == written.strip()
    assert not blanks or " " not in written


def test_an_escape_of_no_character_is_refused() -> None:
    with pytest.raises(LocalError, match="PAPER-LINE"):
        unescape("[U+FFFFFF]")


@given(TEXTS)
def test_a_text_cut_into_lines_comes_back(text: str) -> None:
    chunks = list(to_chunks(text))
    assert from_chunks(chunks) == text
    assert all(len(chunk) <= CHUNK_CHARS_MAX for _, chunk in chunks)
    assert all(chunk == chunk.strip() for _, chunk in chunks)


def test_lines_break_at_blanks_and_only_then_within_words() -> None:
    assert list(to_chunks("a" * 50 + " " + "b" * 70)) == [("", "a" * 50), ("+", "b" * 60), ("-", "b" * 10)]


def test_an_escape_is_never_cut() -> None:
    chunks = list(to_chunks("x" * 57 + "\u202e" + "y" * 5))
    assert chunks == [("", "x" * 57), ("-", "[U+202E]yyyyy")]


def test_paragraphs_stay_paragraphs() -> None:
    assert list(to_chunks("one\n\ntwo")) == [("", "one"), ("", ""), ("", "two")]


def test_fields_are_lettered_like_the_columns_of_a_sheet() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701)] == ["A", "Z", "AA", "AZ", "BA", "ZZ"]

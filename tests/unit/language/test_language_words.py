"""Fingerprints in words: what is read aloud in one language comes back as the same bytes, or names the wrong word."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.format_fluent import LOCALES, load_words
from armslength.core.errors import LocalError
from armslength.language.words import FINGERPRINT_BYTES, WORDS, from_words, to_words, word_list

LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}
DIGESTS = st.binary(min_size=FINGERPRINT_BYTES, max_size=FINGERPRINT_BYTES)


def letters_apart(one: str, two: str) -> int:
    """The number of letters to change, leave out or put in to make one word the other (Levenshtein)."""
    row = list(range(len(two) + 1))
    for place, letter in enumerate(one, start=1):
        following = [place]
        for other, char in enumerate(two, start=1):
            following.append(min(row[other] + 1, following[-1] + 1, row[other - 1] + (letter != char)))
        row = following
    return row[-1]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_list_has_256_short_words_in_order(locale: str) -> None:
    words = load_words(locale)
    assert len(set(words)) == WORDS
    assert list(words) == sorted(words)
    assert all(set(word) <= set(LETTERS[locale]) for word in words)
    assert all(3 <= len(word) <= 12 for word in words)


@pytest.mark.parametrize("locale", LOCALES)
def test_one_misheard_letter_makes_no_other_word(locale: str) -> None:
    pairs = combinations(load_words(locale), 2)
    near = [pair for pair in pairs if abs(len(pair[0]) - len(pair[1])) < 2 and letters_apart(*pair) < 2]
    assert near == []


@given(DIGESTS, st.sampled_from(LOCALES))
def test_words_come_back_as_the_same_bytes(digest: bytes, locale: str) -> None:
    spoken = to_words(digest, load_words(locale))
    assert len(spoken) == FINGERPRINT_BYTES
    assert from_words(spoken, load_words(locale)) == digest
    assert from_words([f" {word.title()} " for word in spoken], load_words(locale)) == digest


def test_the_first_and_last_word_are_the_first_and_last_byte() -> None:
    words = load_words("en")
    assert to_words(bytes(10) + b"\xff", words) == (*(words[0],) * 10, words[255])


def test_a_wrong_word_is_named_with_its_place() -> None:
    spoken = [*to_words(bytes(11), load_words("en"))]
    spoken[6] = "submarine"
    with pytest.raises(LocalError, match=r"WORDS-UNKNOWN.*submarine.*place: 7"):
        from_words(spoken, load_words("en"))


def test_words_of_another_language_are_refused() -> None:
    with pytest.raises(LocalError, match=r"WORDS-UNKNOWN.*place: 1"):
        from_words(to_words(bytes(11), load_words("ru")), load_words("en"))


@pytest.mark.parametrize("count", [0, 10, 12])
def test_a_fingerprint_has_eleven_words(count: int) -> None:
    with pytest.raises(LocalError, match="WORDS-COUNT"):
        to_words(bytes(count), load_words("en"))
    with pytest.raises(LocalError, match="WORDS-COUNT"):
        from_words(["acorn"] * count, load_words("en"))


@pytest.mark.parametrize("text", ["", "one two", "word " * 256, " ".join(f"w{n}" for n in range(257))])
def test_a_list_of_another_size_is_refused(text: str) -> None:
    with pytest.raises(LocalError, match="WORDS-LIST"):
        word_list(text)


def test_a_short_list_is_never_indexed() -> None:
    with pytest.raises(LocalError, match="WORDS-LIST"):
        to_words(bytes(11), ("acorn",))
    with pytest.raises(LocalError, match="WORDS-LIST"):
        from_words(["acorn"] * 11, ("acorn",))

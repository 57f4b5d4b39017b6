"""Texts of line checks: whole alphabets, no repeats, and every changed character named."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, Instant, parse_rfc3339
from armslength.language.check_texts import (
    POOL,
    POOL_SIZE,
    TEXT_CHARS_MAX,
    Difference,
    choose,
    compare,
    missing,
    text_of,
)

AT = parse_rfc3339("2023-04-07T00:00:00Z")
SENT = text_of(0, "ru")

UNEASY = re.compile(
    r"\b(?:war|weapons?|arm(?:y|ies)|soldiers?|bombs?|shells?|guns?|bears?|enem(?:y|ies)|attack|fire|kill|death|storm|"
    r"войн\w*|солдат\w*|оружи\w*|бомб\w*|снаряд\w*|медвед\w*|враг\w*|атак\w*|смерт\w*|буря|бури|танк\w*|"
    r"війн\w*|зброя|зброї|солдат\w*|бомб\w*|снаряд\w*|ведмід\w*|ворог\w*|смерт\w*|танк\w*)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", list(POOL))
def test_every_text_has_every_letter_and_every_digit(language: str) -> None:
    texts = POOL[language]
    assert len(texts) == len(set(texts)) >= 60
    assert [missing(text, language) for text in texts] == [""] * len(texts)
    assert max(map(len, texts)) < TEXT_CHARS_MAX / 2
    assert all(text == unicodedata.normalize("NFC", text) and text.isprintable() for text in texts)


@pytest.mark.parametrize("language", list(POOL))
def test_no_text_speaks_of_war_or_of_bears(language: str) -> None:
    # The shell that a museum mosaic shows lies on a beach; nothing else of the list may stand anywhere.
    found = [word for text in POOL[language] for word in UNEASY.findall(text.replace("a dolphin, a shell and", ""))]
    assert found == []


def test_texts_are_of_one_alphabet() -> None:
    assert all(text.isascii() for text in POOL["en"])
    for language in ("ru", "uk"):
        assert not re.search("[a-zA-Z]", "".join(POOL[language]))
    assert not re.search("[ыэёъ]", "".join(POOL["uk"]).lower())
    assert not re.search("[іїєґ]", "".join(POOL["ru"]).lower())


def test_what_is_missing_is_named() -> None:
    assert missing("The quick brown fox 123456789", "en") == "adgjlmpsvyz0"


def test_twice_a_day_no_text_comes_again_within_thirty_days() -> None:
    used: list[tuple[int, Instant]] = []
    for number in range(400):
        at = Instant(AT + number * DAY_US // 2)
        taken = choose(b"seed" + number.to_bytes(2, "big"), used[-POOL_SIZE:], at)
        recent = [one for one, when in used if at - when < 30 * DAY_US]
        assert taken not in recent
        used.append((taken, at))
    assert {number for number, _ in used} == set(range(POOL_SIZE))


def test_the_same_seed_and_history_give_the_same_text_and_another_seed_another_order() -> None:
    history = [(3, AT)]
    assert choose(b"a", history, AT) == choose(b"a", history, AT)
    assert len({choose(bytes([seed]), [], AT) for seed in range(32)}) > 8


def test_where_all_were_used_the_oldest_comes_again() -> None:
    used = [(number, Instant(AT + number)) for number in range(POOL_SIZE)]
    assert choose(b"x", used, Instant(AT + DAY_US)) == 0


def test_an_unknown_text_is_refused() -> None:
    for number, language in ((0, "tlh"), (POOL_SIZE, "en"), (-1, "en")):
        with pytest.raises(LocalError) as refused:
            text_of(number, language)
        assert refused.value.code == "CHECK-TEXT-UNKNOWN"


def test_the_same_text_has_no_differences_in_either_form_of_unicode() -> None:
    assert compare(SENT, unicodedata.normalize("NFD", SENT) + "\n") == ()


def test_a_changed_a_missing_and_an_added_letter_are_named_at_their_place() -> None:
    assert compare("harbour 17", "harbor 17") == (Difference(position=6, expected="u", got=""),)
    assert compare("abc", "abXc") == (Difference(position=3, expected="", got="X"),)
    assert compare("abc", "adc") == (Difference(position=2, expected="b", got="d"),)


def test_a_look_alike_letter_is_named_as_such() -> None:
    (one,) = compare("сосна", "cосна")
    assert (one.position, one.expected, one.got) == (1, "с", "c")
    assert one.note == ("latin small letter c U+0063 in place of cyrillic small letter es U+0441: they look alike")


def test_an_invisible_character_is_named() -> None:
    (one,) = compare("ab", "a\u202eb")
    assert one.note == "invisible character U+202E"


def test_another_text_altogether_is_one_difference_and_costs_no_time() -> None:
    (one,) = compare("x" * 500, "y" * 600)
    assert one.position == 1
    assert len(compare(text_of(0, "en"), "z" * 100_000)) == 1


@given(st.text("абв", max_size=40), st.text("абв", max_size=40))
def test_differences_turn_what_was_sent_into_what_came(sent: str, got: str) -> None:
    found = compare(sent, got)
    assert (found == ()) is (sent == got)
    made, place = [], 0
    for one in found:
        made.append(sent[place : one.position - 1])
        made.append(one.got)
        place = one.position - 1 + len(one.expected)
    made.append(sent[place:])
    assert len(found) == 32 or "".join(made) == got

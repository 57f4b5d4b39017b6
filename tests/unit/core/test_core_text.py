"""Text from outside: nothing invisible reaches a screen, nothing costly reaches normalisation."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from armslength.core import limits
from armslength.core.errors import LocalError, PeerError
from armslength.core.text import (
    BIDI_CONTROLS,
    check_structured,
    check_text,
    csv_safe,
    is_invisible,
    mixed_script_words,
    visible,
    visible_line,
    words_count,
)

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)
NASTY = [
    *(chr(c) for c in sorted(BIDI_CONTROLS)),
    "\0", "\a", "\t", "\r", "\x1b", "\x7f", "\x85", "\x9b",
    "\u00ad", "\u034f", "\u200b", "\u200c", "\u200d", "\u2028", "\u2029", "\u2060", "\u3164", "\ufe0f", "\ufeff",
    "\ue000", "\ufffe", "\U000e0041", "\U000f0000", "\U0001fffe", "\ud800",
]  # fmt: skip


# --- showing ---


def test_the_bidi_spoof_is_seen() -> None:
    assert visible("strike \u202eta TON\u202c 0600") == "strike [U+202E]ta TON[U+202C] 0600"


@pytest.mark.parametrize("char", NASTY, ids=lambda char: f"{ord(char):04X}")
def test_invisible_characters_are_shown_by_number(char: str) -> None:
    assert visible(f"a{char}b") == visible_line(f"a{char}b") == f"a[U+{ord(char):04X}]b"


@pytest.mark.parametrize(
    "text",
    ["strike NOT at 0600", "Запорізька АЕС, Енергодар", "Зв'язок — «так»", "500 м", "µSv/h", "東京", "é", "e\u0301"],
)
def test_honest_text_is_shown_unchanged(text: str) -> None:
    assert visible(text) == visible_line(text) == text


def test_line_feeds_stay_in_text_and_are_shown_on_a_line() -> None:
    assert visible("one\ntwo\r\n") == "one\ntwo[U+000D]\n"
    assert visible_line("one\ntwo") == "one[U+000A]two"


@given(text=ANY_TEXT)
def test_nothing_that_steers_a_terminal_or_hides_is_left(text: str) -> None:
    for char in visible_line(text):
        assert ord(char) not in BIDI_CONTROLS
        assert unicodedata.category(char) not in {"Cc", "Cs", "Co", "Zl", "Zp"}
    assert visible(text).replace("\n", "") == visible_line(text.replace("\n", ""))
    assert visible_line(visible_line(text)) == visible_line(text)


def test_every_format_character_of_unicode_is_invisible_but_the_drawn_ones() -> None:
    # Numbers, verse and measure signs of Arabic, Syriac, Kaithi and Egyptian are format characters that are drawn.
    drawn = {*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
    kept = {c for c in range(0x110000) if unicodedata.category(chr(c)) == "Cf" and not is_invisible(chr(c))}
    assert kept <= drawn


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'  =1+1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("＝1", "'＝1"),
        ("\t=1", "[U+0009]=1"),
        ("\r=1", "[U+000D]=1"),
        ("plain, with comma", "plain, with comma"),
        ("a=b", "a=b"),
        ("one\ntwo", "one[U+000A]two"),
        ("", ""),
    ],
)
def test_csv_cells_run_nothing(text: str, cell: str) -> None:
    assert csv_safe(text) == cell


@given(text=ANY_TEXT)
def test_no_csv_cell_begins_a_formula(text: str) -> None:
    assert not csv_safe(text).lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))


# --- look-alikes ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Зaпopoжьe is calm", ("Зaпopoжьe",)),
        ("Запорожье is calm", ()),
        ("ЕUCOM EUCOM", ("ЕUCOM",)),
        ("ЕUCOM, ЕUCOM", ("ЕUCOM",)),
        ("з\u200ba", ("з\u200ba",)),
        ("з\u0301a", ("з\u0301a",)),
        ("Ａлпha", ("Ａлпha",)),
        ("𝐀лфа", ("𝐀лфа",)),
        ("Αthens", ("Αthens",)),  # a Greek capital Alpha
        ("НАТО-NATO", ()),
        ("Зв'язок Звʼязок", ()),
        ("ВВЭР-1000 VVER1000 Т72 T72", ()),
        ("5 µSv/h, 5 μSv/h, 3 мкЗв", ()),
        ("東京タワー ひらがなカタカナ Tシャツ 한국어", ()),
        ("линия\nline линия\tline линия\u2028line", ()),
        ("", ()),
    ],
)
def test_words_of_mixed_scripts_are_named(text: str, expected: tuple[str, ...]) -> None:
    assert mixed_script_words(text) == expected


@given(text=ANY_TEXT)
@example(text="\ufdfa")
def test_any_text_can_be_looked_through(text: str) -> None:
    assert all(word in text for word in mixed_script_words(text))


# --- refusing ---

REFUSED = [
    ("bytes of ascii", "a" * 101, "TEXT-SIZE"),
    ("bytes of Cyrillic", "ж" * 51, "TEXT-SIZE"),
    ("surrogate", "a\ud800", "TEXT-SURROGATE"),
    ("marks", "a" + "\u0301" * 31, "TEXT-COMBINING"),
    ("alternating marks", "a" + "\u0301\u0323" * 16, "TEXT-COMBINING"),
    ("enclosing marks", "a" + "\u20dd" * 31, "TEXT-COMBINING"),
]


@pytest.mark.parametrize(("text", "code"), [pytest.param(t, c, id=name) for name, t, c in REFUSED])
def test_text_beyond_its_bounds_is_refused_by_who_wrote_it(text: str, code: str) -> None:
    with pytest.raises(LocalError) as local:
        check_text(text, bytes_max=100)
    with pytest.raises(PeerError) as peer:
        check_text(text, bytes_max=100, peer=True)
    assert (local.value.code, peer.value.code) == (code, f"PEER-{code}")


@pytest.mark.parametrize(
    "text", ["", "a" * 100, "ж" * 50, "a" + "\u0301" * 30, "\u0301" * 30 + "a" + "\u0301" * 3, "one\ntwo", "a\u202eb"]
)
def test_text_within_its_bounds_passes_unchanged(text: str) -> None:
    assert check_text(text, bytes_max=100) == text


def test_lines_are_counted() -> None:
    assert check_text("\n" * (limits.LINES_MAX - 1), bytes_max=limits.TEXT_BYTES_MAX)
    with pytest.raises(LocalError, match="TEXT-LINES"):
        check_text("\n" * limits.LINES_MAX, bytes_max=limits.TEXT_BYTES_MAX)


def test_a_megabyte_of_marks_is_refused_before_it_costs_time() -> None:
    bomb = "a" + "\u0301\u0323" * 500_000
    before = time.process_time()
    with pytest.raises(PeerError, match="PEER-TEXT-SIZE"):
        check_text(bomb, bytes_max=limits.TEXT_BYTES_MAX, peer=True)
    with pytest.raises(PeerError, match="PEER-TEXT-COMBINING"):
        check_text(bomb[:8000], bytes_max=limits.TEXT_BYTES_MAX, peer=True)
    assert time.process_time() - before < 0.5


@pytest.mark.parametrize("char", [*NASTY, "\n"], ids=lambda char: f"{ord(char):04X}")
def test_structured_fields_hold_visible_characters_only(char: str) -> None:
    with pytest.raises(LocalError) as caught:
        check_structured(f"ZNPP{char}")
    assert caught.value.code == (
        "TEXT-BIDI" if ord(char) in BIDI_CONTROLS else "TEXT-SURROGATE" if char == "\ud800" else "TEXT-CONTROL"
    )
    with pytest.raises(PeerError):
        check_structured(f"ZNPP{char}", peer=True)


def test_structured_fields_are_bounded() -> None:
    assert check_structured("Запорізька АЕС") == "Запорізька АЕС"
    with pytest.raises(LocalError, match="TEXT-SIZE"):
        check_structured("a" * (limits.STRUCTURED_BYTES_MAX + 1))


@pytest.mark.parametrize(("text", "count"), [("", 0), (" ", 0), ("one", 1), ("one\ttwo\n three\u00a0four", 4)])
def test_words_count(text: str, count: int) -> None:
    assert words_count(text) == count


def test_every_limit_has_its_reason() -> None:
    # A bound without a reason gets lifted by the first person whom it annoys.
    source = Path(limits.__file__).read_text(encoding="utf-8").splitlines()
    names = [line.split(":")[0] for line in source if ": Final = " in line]
    reasons = [source[number + 1] for number, line in enumerate(source) if ": Final = " in line]
    assert len(names) >= 14
    assert [name for name, reason in zip(names, reasons, strict=True) if not reason.startswith('"""')] == []

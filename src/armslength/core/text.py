"""Text from outside, made harmless before it is shown, stored or compared.

Three dangers, three answers. Characters that nobody sees (bidi controls turn "strike NOT at 0600" around on the
screen, abuse case 35; terminal escapes, 37) are shown as ``[U+202E]`` in free text and refused in structured fields.
Look-alike letters ("Зaпopoжьe", 36) are pointed out by word. Texts made to cost time (27) are refused by bytes, lines
and runs of combining marks before anything normalises them.

The invisible characters are a table of this file and not the interpreter's Unicode version, so that two nodes show,
and hash, the same rendered text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NoReturn

from armslength.core.errors import ArmslengthError, LocalError, PeerError
from armslength.core.limits import COMBINING_RUN_MAX, LINES_MAX, STRUCTURED_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

BIDI_CONTROLS: Final = frozenset({0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)})
"""Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX 9, 2)."""

_INVISIBLE_RANGES: Final = (
    (0x0000, 0x001F),  # C0 controls; escape sequences begin here
    (0x007F, 0x009F),  # delete and C1 controls; 9B is an escape sequence in one character
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x115F, 0x1160),  # Hangul fillers, blank letters
    (0x17B4, 0x17B5),  # Khmer inherent vowels, never drawn
    (0x180B, 0x180F),  # Mongolian selectors and vowel separator
    (0x200B, 0x200D),  # zero-width space, non-joiner, joiner
    (0x2028, 0x2029),  # line and paragraph separators, new lines to some readers only
    (0x2060, 0x2065),  # word joiner and invisible operators
    (0x206A, 0x206F),  # deprecated format characters
    (0x2800, 0x2800),  # blank Braille pattern
    (0x3164, 0x3164),  # Hangul filler
    (0xD800, 0xDFFF),  # surrogates, no characters
    (0xE000, 0xF8FF),  # private use: every font draws what it likes
    (0xFDD0, 0xFDEF),  # noncharacters
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark, zero-width
    (0xFFA0, 0xFFA0),  # half-width Hangul filler
    (0xFFF0, 0xFFFB),  # unassigned specials and interlinear annotation
    (0xFFFE, 0xFFFF),  # noncharacters
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical format controls
    (0xE0000, 0xE0FFF),  # tags and further selectors: a hidden second text
    (0xF0000, 0x10FFFF),  # private use planes
)
_INVISIBLE: Final = frozenset(c for low, high in _INVISIBLE_RANGES[:-1] for c in range(low, high + 1)) | BIDI_CONTROLS
_PRIVATE_PLANES_FIRST: Final = _INVISIBLE_RANGES[-1][0]
_NEWLINE: Final = 0x0A


# --- showing ----------------------------------------------------------------------------------------------------------


def is_invisible(char: str) -> bool:
    """Tell whether a character is a control, or draws nothing, or draws whatever the font likes."""
    code = ord(char)
    # The last two characters of every plane are noncharacters (Unicode 23.7).
    return code in _INVISIBLE or code >= _PRIVATE_PLANES_FIRST or code & 0xFFFE == 0xFFFE


class _Shown(dict[int, str]):
    """A table for str.translate that answers for every character and remembers none: a peer cannot make it grow."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        return f"[U+{code:04X}]" if is_invisible(char) else char


_SHOWN_LINE: Final = _Shown()
_SHOWN_TEXT: Final = _Shown({_NEWLINE: "\n"})


def visible(text: str) -> str:
    """Return free text with every invisible character as ``[U+202E]``; line feeds stay, carriage returns do not."""
    return text.translate(_SHOWN_TEXT)


def visible_line(text: str) -> str:
    """Return text for one line (a log, a terminal, a header, a file name): as `visible`, and line feeds shown too."""
    return text.translate(_SHOWN_LINE)


_FORMULA_STARTS: Final = tuple("=+-@＝＋－＠")
"""What a spreadsheet takes for a formula, in both widths (abuse case 37)."""


def csv_safe(text: str) -> str:
    """Return text for one cell of a CSV file: one visible line that no spreadsheet runs as a formula.

    An apostrophe goes before a formula's sign, also where blanks stand before it. Quoting is the CSV writer's duty, and
    numbers are given to it as numbers, so that -5 stays one.
    """
    line = visible_line(text)
    return f"'{line}" if line.lstrip().startswith(_FORMULA_STARTS) else line


# --- look-alike letters -----------------------------------------------------------------------------------------------

_TOGETHER: Final = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
"""Scripts that one word of a living language mixes (UTS 39, 5.2, Highly Restrictive)."""

_MICRO: Final = frozenset("µμ")
"""The micro sign before a unit (µSv/h) is a Greek letter in Latin company, and daily bread at a nuclear plant."""


_NO_SCRIPT: Final = frozenset({"MODIFIER", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"})
"""Letters by category that belong to many scripts; the Ukrainian apostrophe U+02BC is one."""


def mixed_script_words(text: str) -> tuple[str, ...]:
    """Return the words that mix scripts, such as Latin letters inside a Cyrillic name; each once, in order.

    Marks and invisible characters do not end a word, so they cannot hide one. A word written wholly in look-alike
    letters of one script is not found here: known names are compared by their register.
    """
    return tuple(dict.fromkeys(word for word in _words(text) if _is_mixed(word)))


def _words(text: str) -> Iterator[str]:
    word: list[str] = []
    for char in text:
        if unicodedata.category(char)[0] in "LMN" or (word and is_invisible(char) and not char.isspace()):
            word.append(char)
        elif word:
            yield "".join(word)
            word = []
    if word:
        yield "".join(word)


def _is_mixed(word: str) -> bool:
    letters = word[1:] if word[0] in _MICRO else word
    scripts = {script for script in map(_script, letters) if script}
    return len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER)


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """Return a letter's script as the first word of its Unicode name, after compatibility forms are undone."""
    plain = unicodedata.normalize("NFKC", char)[0]
    if unicodedata.category(plain)[0] != "L":
        return ""
    script = unicodedata.name(plain, "").split(" ")[0]
    return "" if script in _NO_SCRIPT else script


# --- refusing ---------------------------------------------------------------------------------------------------------


def check_text(text: str, *, bytes_max: int, combining_run_max: int = COMBINING_RUN_MAX, peer: bool = False) -> str:
    """Return free text unchanged when it is within its bounds; runs in linear time and normalises nothing.

    Args:
        text: the text as it came.
        bytes_max: UTF-8 bytes that it may have.
        combining_run_max: combining marks that one letter may carry.
        peer: whether the peer wrote it; then the error is a PeerError with the code's prefix PEER-.

    Raises:
        LocalError: TEXT-SIZE, TEXT-SURROGATE, TEXT-LINES, TEXT-COMBINING (or the PeerError of it).
    """
    # Characters first: encoding a giant text to learn that it is giant would be the attack.
    if len(text) > bytes_max:
        _refuse("TEXT-SIZE", peer=peer, expected=f"at most {bytes_max} bytes", got=f"{len(text)} characters")
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        _refuse("TEXT-SURROGATE", peer=peer, position=error.start)
    if size > bytes_max:
        _refuse("TEXT-SIZE", peer=peer, expected=f"at most {bytes_max} bytes", got=size)
    if text.count("\n") >= LINES_MAX:
        _refuse("TEXT-LINES", peer=peer, expected=f"at most {LINES_MAX} lines", got=text.count("\n") + 1)
    _check_combining(text, combining_run_max, peer=peer)
    return text


def _check_combining(text: str, run_max: int, *, peer: bool) -> None:
    if text.isascii():
        return
    run = 0
    for position, char in enumerate(text):
        run = run + 1 if unicodedata.category(char)[0] == "M" else 0
        if run > run_max:
            _refuse("TEXT-COMBINING", peer=peer, expected=f"at most {run_max} marks", position=position)


def check_structured(text: str, *, bytes_max: int = STRUCTURED_BYTES_MAX, peer: bool = False) -> str:
    """Return a structured text (name, title, reference) unchanged when it is one line of visible characters.

    Raises:
        LocalError: TEXT-BIDI, TEXT-CONTROL and what `check_text` raises (or the PeerError of it).
    """
    check_text(text, bytes_max=bytes_max, peer=peer)
    if text.isascii() and text.isprintable():
        # Registers of tens of thousands of names are mostly this, and of ASCII nothing printable is invisible.
        return text
    for position, char in enumerate(text):
        if is_invisible(char):
            code = "TEXT-BIDI" if ord(char) in BIDI_CONTROLS else "TEXT-CONTROL"
            _refuse(code, peer=peer, character=f"U+{ord(char):04X}", position=position)
    return text


def _refuse(code: str, *, peer: bool, **details: object) -> NoReturn:
    family: type[ArmslengthError] = PeerError if peer else LocalError
    raise family(f"PEER-{code}" if peer else code, **details)


def words_count(text: str) -> int:
    """Return the number of words, separated by blanks of any kind: the measure of the length guard (B7)."""
    return len(text.split())

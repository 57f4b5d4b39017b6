"""Lines of the paper and voice version: check digits, escapes, and long text cut into lines one can dictate.

A line is ``marker label: value (gloss) /NN``. The check digits cover marker and value, never label or gloss, so that
the sheets of two languages carry the same digits and a Russian reader can check what an English one dictates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.text import is_invisible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHUNK_CHARS_MAX: Final = 60
"""Characters of text in one line: what one says in one breath and writes without asking back."""

CODE_POINT_MAX: Final = 0x10FFFF
"""The last character of Unicode; an escape beyond it names none."""

_MODULUS: Final = 97
_PLAIN: Final = {char: n for n, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", start=1)}
_OTHER_CHARS: Final = 10**7
"""Seven digits hold every code point, and 10^7 has order 96 modulo 97: characters that far apart weigh differently."""
_ESCAPED = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
_ESCAPE_START: Final = "[U+"


def line_digits(text: str) -> str:
    """Return the two check digits of a line's marker and value (ISO/IEC 7064, MOD 97-10).

    For letters A-Z and digits they are those of `core.ids.check_digits`; every other character counts with its code
    point, so that Cyrillic text is covered too. Blanks and the case of letters, which nobody hears, do not count.
    Among the letters of one language every single wrong one is found but one: the Ukrainian letters at code points
    1168 and 1071 stand 97 apart.
    """
    remainder = 0
    for char in text.upper():
        plain = _PLAIN.get(char)
        if plain is not None:
            remainder = (remainder * 100 + plain) % _MODULUS
        elif char != " ":
            remainder = (remainder * _OTHER_CHARS + ord(char)) % _MODULUS
    return f"{_MODULUS + 1 - remainder * 100 % _MODULUS:02}"


# --- escapes ----------------------------------------------------------------------------------------------------------


def escape(text: str, *, blanks: bool = False) -> str:
    """Return text of which every character can be seen on paper; `unescape` gives it back exactly.

    Invisible characters, blanks other than the plain one, plain blanks that begin or end the text or follow another,
    and what looks like an escape itself become ``[U+0020]``.

    Args:
        text: one line of text.
        blanks: escape every blank, so that the result is one word.
    """
    last = len(text) - 1
    out = []
    for place, char in enumerate(text):
        lost = char == " " and (blanks or place in (0, last) or text[place - 1] == " ")
        hidden = is_invisible(char) or (char.isspace() and char != " ")
        starts = char == "[" and text.startswith(_ESCAPE_START, place)
        out.append(f"[U+{ord(char):04X}]" if lost or hidden or starts else char)
    return "".join(out)


def unescape(text: str) -> str:
    """Return the text that `escape` was given.

    Raises:
        LocalError: PAPER-LINE, an escape names no character.
    """
    return _ESCAPED.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    if code > CODE_POINT_MAX:
        raise LocalError("PAPER-LINE", expected="a character of Unicode", got=match.group())
    return chr(code)


# --- long text --------------------------------------------------------------------------------------------------------

PARAGRAPH: Final = ""
AFTER_BLANK: Final = "+"
WITHIN_WORD: Final = "-"
"""How a line joins the one before: as a new paragraph, after a blank, or within a word."""


def to_chunks(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text as lines of at most `CHUNK_CHARS_MAX` characters, each with how it joins the one before."""
    for paragraph in text.split("\n"):
        join, rest = PARAGRAPH, escape(paragraph)
        while len(rest) > CHUNK_CHARS_MAX:
            chunk, rest, following = _cut(rest)
            yield join, chunk
            join = following
        yield join, rest


def _cut(text: str) -> tuple[str, str, str]:
    """Cut after a blank if there is one, else within the word but never within an escape."""
    blank = text.rfind(" ", 1, CHUNK_CHARS_MAX + 1)
    if blank > 0:
        return text[:blank], text[blank + 1 :], AFTER_BLANK
    cut = CHUNK_CHARS_MAX
    for match in _ESCAPED.finditer(text, 0, CHUNK_CHARS_MAX + len("[U+10FFFF]")):
        if match.start() < cut < match.end():
            cut = match.start()
    return text[:cut], text[cut:], WITHIN_WORD


def from_chunks(chunks: Sequence[tuple[str, str]]) -> str:
    """Return the text of lines as `to_chunks` made them.

    Raises:
        LocalError: PAPER-LINE, an escape names no character.
    """
    joints = {PARAGRAPH: "\n", AFTER_BLANK: " ", WITHIN_WORD: ""}
    # Joined before unescaping: a joint can stand beside an escape, never within one.
    joined = "".join(joints[join] + chunk for join, chunk in chunks)
    return unescape(joined.removeprefix("\n"))


def letters(place: int) -> str:
    """Return the marker of the n-th field of the content, from 0: A to Z, then AA to ZZ."""
    first, second = divmod(place, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + second)

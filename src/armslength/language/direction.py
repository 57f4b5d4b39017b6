"""Which way a language is written, and how codes and numbers keep their order inside a line written right to left.

The text that is hashed and receipted never holds a mark of direction: such marks are invisible, and what comes from a
peer has them shown as ``[U+2067]``. A screen or a sheet that shows a right-to-left text sets its direction as a whole
and isolates what must be read left to right, which `isolated` does; taking the marks out gives the hashed text again.
"""

from __future__ import annotations

import re
from typing import Final

LTR: Final = "ltr"
RTL: Final = "rtl"
"""As HTML, CSS and Fluent's users write them."""

_RTL_SCRIPTS: Final = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})
"""Scripts of living languages that are written right to left (Unicode, bidirectional class R and AL)."""

_RTL_LANGUAGES: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "khw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
"""Languages whose usual script is one of these; a tag that names its script is judged by that."""

_SCRIPT_CHARS: Final = 4

ISOLATE: Final = "\u2066"
POP: Final = "\u2069"
"""Left-to-right isolate and its end (UAX 9, 2.4)."""

_MARKS: Final = str.maketrans("", "", ISOLATE + POP)

_LEFT_TO_RIGHT: Final = re.compile(
    r"[+\-]?[0-9A-Za-zÀ-ɏͰ-ԯ](?:[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\n\",;]*[0-9A-Za-zÀ-ɏͰ-ԯ])?"
)
"""From a digit or a letter written left to right to the last one before a right-to-left letter or the line's end.

A date, a time and its Z, a place in degrees and a name in quotation marks are one run each: without isolation, the
bidirectional algorithm would put the time of ``2022-11-20 14:30Z`` before its date.
"""


def direction(locale: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language tag (RFC 5646); a tag that nobody knows is written left to right."""
    primary, *others = locale.lower().replace("_", "-").split("-")
    script = next((part for part in others if len(part) == _SCRIPT_CHARS and part.isalpha()), None)
    right = script in _RTL_SCRIPTS if script is not None else primary in _RTL_LANGUAGES
    return RTL if right else LTR


def isolated(text: str, locale: str) -> str:
    """Return a text for the screen or sheet: in a right-to-left language with every left-to-right run isolated."""
    if direction(locale) == LTR:
        return text
    return _LEFT_TO_RIGHT.sub(lambda match: f"{ISOLATE}{match.group()}{POP}", text)


def unmarked(text: str) -> str:
    """Return what `isolated` was given."""
    return text.translate(_MARKS)

"""The bounds and checks that every text of the register passes before it is held."""

from __future__ import annotations

import re
from typing import Final

from armslength.core.errors import LocalError
from armslength.core.text import check_structured

LINE_BYTES_MAX: Final = 4096
"""UTF-8 bytes of one note, fact or source: two hundred long Cyrillic words, as much as one reads on a card."""

LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
"""A language tag (RFC 5646) as the charter writes it: ``en``, ``uk``, ``ru``, ``uk-Latn``."""

RECORD_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]{0,63}")
"""An identifier that one can still read aloud, without blanks or signs that a shell would read."""


def one_line(text: str, name: str, code: str, *, optional: bool = False) -> str:
    """Return one line of visible text unchanged.

    Args:
        text: the text.
        name: what it is, for the error.
        code: the error code of the record it belongs to.
        optional: whether it may be empty.

    Raises:
        LocalError: `code` when it is empty, or what `check_structured` raises.
    """
    if not text.strip() and not (optional and text == ""):
        raise LocalError(code, field=name, expected="a text", got="nothing")
    return check_structured(text, bytes_max=LINE_BYTES_MAX)


def matching(text: str, pattern: re.Pattern[str], name: str, code: str) -> str:
    """Return a text unchanged that has the form asked for.

    Raises:
        LocalError: `code`.
    """
    if not pattern.fullmatch(text):
        raise LocalError(code, field=name, expected=f"the form {pattern.pattern}", got=text)
    return text


def one_of(text: str, codes: frozenset[str], name: str, code: str) -> str:
    """Return a code unchanged that its vocabulary has.

    Raises:
        LocalError: `code`.
    """
    if text not in codes:
        raise LocalError(code, field=name, expected=", ".join(sorted(codes)), got=text)
    return text

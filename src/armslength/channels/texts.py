"""The bounds and checks that every text of the duty officer's room passes before it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.text import check_structured

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterable

LINE_BYTES_MAX: Final = 4096
"""UTF-8 bytes of one text: two hundred long Cyrillic words, as much as one reads before a call."""


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


def lines_of(texts: Collection[str], most: int, name: str, code: str) -> None:
    """Refuse an empty or invisible text among some, or too many of them.

    Raises:
        LocalError: `code`, or what `check_structured` raises.
    """
    several(texts, most, name, code)
    for one in texts:
        one_line(one, name, code)


def matching(text: str, pattern: re.Pattern[str], name: str, code: str) -> str:
    """Return a text unchanged that has the form asked for.

    Raises:
        LocalError: `code`.
    """
    if not pattern.fullmatch(text):
        raise LocalError(code, field=name, expected=f"the form {pattern.pattern}", got=text)
    return text


def one_of(text: str, codes: Iterable[str], name: str, code: str) -> str:
    """Return a code unchanged that its vocabulary has.

    Raises:
        LocalError: `code`.
    """
    known = list(codes)
    if text not in known:
        raise LocalError(code, field=name, expected=", ".join(known), got=text)
    return text


def several(values: Collection[object], most: int, name: str, code: str) -> None:
    """Refuse more values than anybody reads.

    Raises:
        LocalError: `code`.
    """
    if len(values) > most:
        raise LocalError(code, field=name, expected=f"at most {most}", got=len(values))

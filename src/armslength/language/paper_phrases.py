"""Phrases of the codebook on paper and by voice: numbers are the point, a letter before each argument says its kind.

    (1) 1 f1bff53e /54
    (2) 013; P 47.5122000 N 034.5858000 E 10 M /11

Written and read without looking an entry up, so that a sheet of a version that this node does not have goes on as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import instant_from_cbor
from armslength.language.paper_lines import escape, unescape
from armslength.language.paper_values import read_instant, read_value, write_instant, write_value
from armslength.language.phrases import COUNT_MAX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.core.cbor import CborValue
    from armslength.language.paper_values import Codes

_TRIPLE: Final = 3
_SEPARATOR: Final = "; "
_HEAD = re.compile(r"([0-9]{1,10}) ([^ ]+)")
_NUMBER = re.compile(r"[0-9]{3}")
_ARGUMENT = re.compile(r"([NTPFX]) (.+)")
_WHOLE = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """A field as `paper_values` asks for it, of one kind and without vocabularies."""

    kind: str
    number: int = 0
    name: str = "argument"
    vocabulary: str | None = None
    grades: str | None = None
    unit: str | None = None
    language_in: int | None = None


_PLACE: Final = _Shape(kind="place")
_FACILITY: Final = _Shape(kind="facility")


def write_phrases(value: CborValue, codes: Codes) -> list[str] | None:
    """Return the lines of a value of kind `phrases`, the codebook's version first; None when it does not fit."""
    if not isinstance(value, tuple) or len(value) != _TRIPLE:
        return None
    version, digest, phrases = value
    if type(version) is not int or not isinstance(digest, str) or not digest or not isinstance(phrases, tuple):
        return None
    lines = [f"{version} {escape(digest, blanks=True)}"]
    for phrase in phrases:
        line = _write_phrase(phrase, codes)
        if line is None:
            return None
        lines.append(line)
    return lines


def _write_phrase(phrase: CborValue, codes: Codes) -> str | None:
    if not isinstance(phrase, tuple) or not phrase or type(phrase[0]) is not int or not 0 <= phrase[0] <= 999:
        return None
    arguments = [_write_argument(value, codes) for value in phrase[1:]]
    parts = [f"{phrase[0]:03}", *(argument for argument in arguments if argument is not None)]
    return _SEPARATOR.join(parts) if len(parts) == len(phrase) else None


def _write_argument(value: CborValue, codes: Codes) -> str | None:
    if isinstance(value, str):
        return f"X {_plain(escape(value))}" if value else None
    if type(value) is int:
        return f"N {value}" if 0 <= value <= COUNT_MAX else _write_time(value)
    if not isinstance(value, tuple) or not value:
        return None
    facility = isinstance(value[0], str)
    written = write_value(_FACILITY if facility else _PLACE, value, codes)
    if written is None:
        return None
    return f"F {_plain(written.value)}" if facility else f"P {written.value}"


def _write_time(value: int) -> str | None:
    try:
        return f"T {write_instant(instant_from_cbor(value)).value}"
    except ArmslengthError:
        return None


def _plain(text: str) -> str:
    """A name with what separates arguments written as an escape."""
    return text.replace(";", "[U+003B]")


def read_phrases(lines: Sequence[str], codes: Codes) -> CborValue:
    """Return the value of `write_phrases`.

    Raises:
        LocalError: PAPER-LINE.
    """
    head = _HEAD.fullmatch(lines[0])
    if head is None:
        raise LocalError("PAPER-LINE", expected="version and digest of a codebook", got=lines[0])
    return (int(head.group(1)), unescape(head.group(2)), tuple(_read_phrase(line, codes) for line in lines[1:]))


def _read_phrase(line: str, codes: Codes) -> CborValue:
    number, *arguments = line.split(_SEPARATOR)
    if not _NUMBER.fullmatch(number):
        raise LocalError("PAPER-LINE", expected="three digits of a phrase", got=line)
    return (int(number), *(_read_argument(argument, codes) for argument in arguments))


def _read_argument(text: str, codes: Codes) -> CborValue:
    match = _ARGUMENT.fullmatch(text)
    if match is None:
        raise LocalError("PAPER-LINE", expected="N, T, P, F or X and a value", got=text)
    letter, value = match.groups()
    if letter == "N":
        if not _WHOLE.fullmatch(value):
            raise LocalError("PAPER-LINE", expected="digits", got=text)
        return int(value)
    if letter == "T":
        return read_instant(value)
    if letter == "X":
        return unescape(value)
    return read_value(_FACILITY if letter == "F" else _PLACE, value, codes)

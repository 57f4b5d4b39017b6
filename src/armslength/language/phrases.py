"""Phrases as they cross the line, checked against the codebook's entries; no text is needed for it.

What crosses is ``[version, first digits of the digest, [[number, argument, ...], ...]]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import instant_from_cbor
from armslength.core.places import place_from_cbor
from armslength.core.text import check_structured
from armslength.language.codebook_table import (
    COUNTED,
    DIGEST,
    DIGEST_SHOWN_CHARS,
    ENTRIES,
    VERSION,
    ArgumentKind,
)

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.language.codebook_table import Argument, Entry

COUNT_MAX: Final = 1_000_000_000
"""As in the fields of forms; a larger number is a unit error."""

NAME_BYTES_MAX: Final = 400
"""As a name in the fields of forms."""

_FACILITY, _PHRASES = 3, 3
_WHOLE: Final = COUNTED | {ArgumentKind.NUMBER}


def entry_of(number: CborValue) -> Entry:
    """Return the entry with this number.

    Raises:
        LocalError: CODE-UNKNOWN.
    """
    found = ENTRIES.get(number) if type(number) is int else None
    if found is None:
        raise LocalError("CODE-UNKNOWN", got=number if isinstance(number, int) else type(number).__name__)
    return found


def check_phrase(phrase: CborValue) -> tuple[Entry, tuple[CborValue, ...]]:
    """Return the entry of ``(number, argument, ...)`` and its arguments, each of its kind.

    Raises:
        LocalError: CODE-UNKNOWN, CODE-ARGUMENTS.
    """
    if not isinstance(phrase, tuple) or not phrase:
        raise LocalError("CODE-UNKNOWN", got=type(phrase).__name__)
    entry, given = entry_of(phrase[0]), phrase[1:]
    if len(given) != len(entry.arguments):
        expected = ", ".join(argument.kind.value for argument in entry.arguments) or "no argument"
        raise LocalError("CODE-ARGUMENTS", number=entry.digits, expected=expected, got=len(given))
    for argument, value in zip(entry.arguments, given, strict=True):
        _check_argument(entry, argument, value)
    return entry, given


def require_readable(value: CborValue) -> tuple[tuple[Entry, tuple[CborValue, ...]], ...]:
    """Return the phrases of a message, all of which this version of the codebook can say.

    Raises:
        LocalError: CODEBOOK-UNKNOWN, CODE-UNKNOWN, CODE-ARGUMENTS.
    """
    held = f"{VERSION} {shown_digest(DIGEST)}"
    if not isinstance(value, tuple) or len(value) != _PHRASES:
        raise LocalError("CODEBOOK-UNKNOWN", expected=held, got=type(value).__name__)
    version, digest, phrases = value
    if version != VERSION or digest != shown_digest(DIGEST) or not isinstance(phrases, tuple):
        raise LocalError("CODEBOOK-UNKNOWN", expected=held, got=f"{version!r} {digest!r}")
    return tuple(check_phrase(phrase) for phrase in phrases)


def shown_digest(digest: bytes) -> str:
    """Return the first digits of a digest, as a message carries them."""
    return digest.hex()[:DIGEST_SHOWN_CHARS]


def _check_argument(entry: Entry, argument: Argument, value: CborValue) -> None:
    try:
        fits = _fits(argument.kind, value)
    except ArmslengthError:
        fits = False
    if not fits:
        raise LocalError("CODE-ARGUMENTS", number=entry.digits, argument=argument.name, expected=argument.kind.value)


def _fits(kind: ArgumentKind, value: CborValue) -> bool:
    if kind in _WHOLE:
        return type(value) is int and 0 <= value <= COUNT_MAX
    if kind is ArgumentKind.TIME:
        instant_from_cbor(value)
        return True
    if kind is ArgumentKind.PLACE:
        place_from_cbor(value)
        return True
    if kind is ArgumentKind.FACILITY:
        return isinstance(value, tuple) and len(value) == _FACILITY and all(map(_is_line, value))
    return _is_line(value)


def _is_line(value: CborValue) -> bool:
    if not isinstance(value, str) or not value.strip():
        return False
    check_structured(value, bytes_max=NAME_BYTES_MAX)
    return True

"""Short names and numbers that people write, read aloud and compare: party codes, short hashes, check digits.

Check digits guard a number on its way over a telephone or a sheet of paper (B8). They find a misheard or swapped
character; they prove nothing about who spoke.
"""

from __future__ import annotations

import re
from typing import Final

from armslength.core.errors import LocalError, PeerError

PARTY_CODE_CHARS_MAX: Final = 16
"""A party code stands in every number, prompt and file name of its traffic."""

CHECKED_CHARS_MAX: Final = 40
"""Characters under one pair of check digits: the weights repeat after 48, and longer numbers are read in parts."""

_PARTY_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,14}[A-Z0-9]")
_SHORT_HASH_BYTES: Final = 4
_GROUP_CHARS: Final = 5
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS: Final = 97
_CHECK_CHARS: Final = 2


def party_code(text: str, *, peer: bool = False) -> str:
    """Return a party code unchanged when it has 2 to 16 of A-Z, 0-9 and inner hyphens, such as ``EUCOM``.

    A hyphen neither begins nor ends it, so that it is never taken for an option of a command or run into a number.

    Raises:
        LocalError: PARTY-CODE; with ``peer`` the PeerError PEER-PARTY-CODE.
    """
    if len(text) <= PARTY_CODE_CHARS_MAX and _PARTY_CODE.fullmatch(text):
        return text
    if peer:
        raise PeerError("PEER-PARTY-CODE", got=text)
    raise LocalError("PARTY-CODE", got=text)


def short_hash(digest: bytes) -> str:
    """Return the first four bytes of a hash as ``1f2e 3d4c``: to find it again on a screen, never to prove it equal.

    Raises:
        LocalError: HASH-LENGTH, fewer than four bytes.
    """
    if len(digest) < _SHORT_HASH_BYTES:
        raise LocalError("HASH-LENGTH", expected=f"at least {_SHORT_HASH_BYTES} bytes", got=len(digest))
    text = digest[:_SHORT_HASH_BYTES].hex()
    return f"{text[:4]} {text[4:]}"


# --- check digits -----------------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Blanks and hyphens are how people group a number; case is not heard on a telephone."""
    # ASCII before upper(): small letters elsewhere become one or two capitals of ours.
    if len(text) > 4 * CHECKED_CHARS_MAX or not text.isascii():
        raise LocalError("CHECK-DIGITS-FORM", expected=f"at most {CHECKED_CHARS_MAX} letters A-Z and digits", got=text)
    plain = text.replace(" ", "").replace("-", "").upper()
    if not 1 <= len(plain) <= CHECKED_CHARS_MAX + _CHECK_CHARS or any(c not in _ALPHABET for c in plain):
        raise LocalError("CHECK-DIGITS-FORM", expected=f"1 to {CHECKED_CHARS_MAX} letters A-Z and digits", got=text)
    return plain


def _remainder(plain: str) -> int:
    """The number modulo 97, each character first written as two digits: 0 as 01 to 9 as 10, A as 11 to Z as 36.

    Two digits for every character, unlike in bank numbers, where "B1" and "1B" both become 111; and never 00, so that
    a zero left out at the front is found too.
    """
    remainder = 0
    for char in plain:
        remainder = (remainder * 100 + _ALPHABET.index(char) + 1) % _MODULUS
    return remainder


def check_digits(text: str) -> str:
    """Return the two check digits of a number of letters and digits (ISO/IEC 7064, MOD 97-10).

    They find every single wrong character, every swap of two characters, near or far, and 96 of 97 other mistakes.

    Args:
        text: at most 40 of A-Z, a-z, 0-9; blanks and hyphens are skipped.

    Raises:
        LocalError: CHECK-DIGITS-FORM.
    """
    plain = _plain(text)
    if len(plain) > CHECKED_CHARS_MAX:
        raise LocalError("CHECK-DIGITS-FORM", expected=f"at most {CHECKED_CHARS_MAX} characters", got=len(plain))
    return f"{_MODULUS + 1 - _remainder(plain) * 100 % _MODULUS:02}"


def verify_check_digits(text: str) -> str:
    """Return the number without its check digits, blanks, hyphens and small letters, after they were found to fit.

    Raises:
        LocalError: CHECK-DIGITS-FORM, CHECK-DIGITS-MISMATCH.
    """
    plain = _plain(text)
    body, digits = plain[:-_CHECK_CHARS], plain[-_CHECK_CHARS:]
    if not body or not digits.isdecimal():
        raise LocalError("CHECK-DIGITS-FORM", expected="a number with two check digits at its end", got=text)
    if check_digits(body) != digits:
        raise LocalError("CHECK-DIGITS-MISMATCH", got=text)
    return body


def phone_groups(text: str) -> str:
    """Return a number with its check digits in groups of five for reading aloud, ``EUCOM 00042 17``."""
    plain = _plain(text)
    groups = [plain[at : at + _GROUP_CHARS] for at in range(0, len(plain), _GROUP_CHARS)]
    return " ".join([*groups, check_digits(text)])

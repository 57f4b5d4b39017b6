"""A fingerprint in words: eleven bytes as eleven words of one language, read aloud by both sides.

Each list has 256 short, concrete, neutral nouns in the order of their code points; byte 0 is the first. Any two words
of a list differ in at least two letters, so that one misheard letter makes no other word of the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS: Final = 256
"""One word a byte."""

FINGERPRINT_BYTES: Final = 11
"""88 bits of a fingerprint (docs/spec/manifest.md): more than anyone can search for a second root that matches."""


def word_list(text: str) -> tuple[str, ...]:
    """Return the words of a list file, one a line.

    Raises:
        LocalError: WORDS-LIST, not 256 different words.
    """
    words = tuple(text.split())
    if len(words) != WORDS or len(set(words)) != WORDS:
        raise LocalError("WORDS-LIST", expected=f"{WORDS} different words", got=len(set(words)))
    return words


def to_words(digest: bytes, words: Sequence[str]) -> tuple[str, ...]:
    """Return the eleven words of a fingerprint's eleven bytes.

    Args:
        digest: the first 88 bits of the fingerprint.
        words: the list of one language.

    Raises:
        LocalError: WORDS-COUNT, WORDS-LIST.
    """
    if len(digest) != FINGERPRINT_BYTES:
        raise LocalError("WORDS-COUNT", expected=f"{FINGERPRINT_BYTES} bytes", got=len(digest))
    _require_list(words)
    return tuple(words[byte] for byte in digest)


def from_words(spoken: Sequence[str], words: Sequence[str]) -> bytes:
    """Return the eleven bytes that were read aloud; capitals and blanks around a word do not matter.

    Args:
        spoken: the eleven words, in order.
        words: the list of the same language.

    Raises:
        LocalError: WORDS-COUNT, WORDS-LIST; WORDS-UNKNOWN names the wrong word and its place.
    """
    if len(spoken) != FINGERPRINT_BYTES:
        raise LocalError("WORDS-COUNT", expected=f"{FINGERPRINT_BYTES} words", got=len(spoken))
    _require_list(words)
    numbers = {word: number for number, word in enumerate(words)}
    digest = bytearray()
    for place, word in enumerate(spoken, start=1):
        number = numbers.get(word.strip().lower())
        if number is None:
            raise LocalError("WORDS-UNKNOWN", word=word, place=place)
        digest.append(number)
    return bytes(digest)


def _require_list(words: Sequence[str]) -> None:
    if len(words) != WORDS:
        raise LocalError("WORDS-LIST", expected=WORDS, got=len(words))

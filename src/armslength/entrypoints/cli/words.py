"""The word lists of fingerprints, read straight from the package: `verify` must not load a node for them."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from armslength.language.words import word_list

LANGUAGES: Final = ("en", "ru", "uk")


def word_lists() -> tuple[tuple[str, ...], ...]:
    """Return the list of each language of the package."""
    room = files("armslength.language")
    return tuple(word_list(room.joinpath(f"words_{tag}.txt").read_text(encoding="utf-8")) for tag in LANGUAGES)

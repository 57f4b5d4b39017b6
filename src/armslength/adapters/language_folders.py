"""Languages that a site brings: one folder each below ``languages`` in the node's home, of the package's Fluent files.

    HOME/languages/ar/forms.ftl, vocabulary.ftl, receipts.ftl, phrases.ftl, codebook.ftl

A language that is not whole is not offered, and the fault screen says what it lacks: no text ever falls back to English
inside a sheet of another language. The package's own languages cannot be replaced, since their texts are hashed and
approved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.core.errors import ArmslengthError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER: Final = "languages"
"""Below a node's home."""

LANGUAGES_MAX: Final = 16
"""Languages that one site brings; every one is parsed when the first text is wanted."""

FILE_BYTES_MAX: Final = 1024 * 1024
"""The largest file of the package has some 60 KiB in two-byte letters."""

SHOWN_MAX: Final = 5
"""Problems of one language that the fault screen lists; the rest is counted."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLanguage:
    """One folder.

    Args:
        tag: its name, a language tag.
        resources: file name to text.
        problems: what keeps it from being offered; empty, it is whole.
    """

    tag: str
    resources: Mapping[str, str]
    problems: tuple[str, ...]

    @property
    def said(self) -> str:
        """The problems as one line."""
        more = len(self.problems) - SHOWN_MAX
        return "; ".join(self.problems[:SHOWN_MAX]) + (f"; and {more} more" if more > 0 else "")


def site_languages(folder: Path | None, model: Mapping[str, str], own: tuple[str, ...]) -> tuple[SiteLanguage, ...]:
    """Return every language folder of a site, whole or not, by tag.

    Args:
        folder: ``HOME/languages``; None or absent, there is none.
        model: the package's English files by name, against which each is held.
        own: tags of the package's languages.
    """
    if folder is None or not folder.is_dir():
        return ()
    found = sorted(one for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))
    return tuple(_read(one, model, own, late=place >= LANGUAGES_MAX) for place, one in enumerate(found))


def _read(folder: Path, model: Mapping[str, str], own: tuple[str, ...], *, late: bool) -> SiteLanguage:
    refusal = _refusal(folder.name, own, late=late)
    if refusal:
        return SiteLanguage(tag=folder.name, resources={}, problems=(refusal,))
    resources: dict[str, str] = {}
    problems: list[str] = []
    for name in model:
        try:
            resources[name] = _text(folder / name)
        except (OSError, UnicodeDecodeError, ValueError) as error:
            problems.append(
                f"{name}: {type(error).__name__}" if not isinstance(error, FileNotFoundError) else f"no {name}"
            )
    if not problems:
        problems += _differences(resources, model)
    return SiteLanguage(tag=folder.name, resources=resources, problems=tuple(problems))


def _refusal(tag: str, own: tuple[str, ...], *, late: bool) -> str:
    if late:
        return f"more than {LANGUAGES_MAX} languages"
    if not _TAG.fullmatch(tag):
        return "its name is no language tag"
    return "the package has this language, and its texts are not replaced" if tag.lower() in own else ""


def _text(path: Path) -> str:
    with path.open("rb") as stream:
        data = stream.read(FILE_BYTES_MAX + 1)
    if len(data) > FILE_BYTES_MAX:
        raise ValueError(path.name)
    return data.decode("utf-8")


def _differences(resources: Mapping[str, str], model: Mapping[str, str]) -> tuple[str, ...]:
    from armslength.language.completeness import differences  # noqa: PLC0415 - the parser of Fluent takes 90 ms to load

    try:
        return differences(tuple(resources.values()), tuple(model.values()))
    except (ArmslengthError, RecursionError) as error:
        return (f"cannot be read: {type(error).__name__}",)

"""SpellingUkraine: right and wrong Latin spellings of Ukrainian names, as aliases for facilities.

    id,category,source_uk,correct_en,incorrect_en,related,lat,lon
    zaporizhzhia,City,Запоріжжя,Zaporizhzhia,Zaporizhia|Zaporozhye|Zaporizhzhya,Запорожье|...

A name that the vocabulary has in any spelling gets all of them as aliases of the facility, with the kind of facility
kept: "Zaporizhzhia NPP" is also "Zaporozhye NPP", and never the bare name of the city.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from armslength.adapters.format_table import Layout
from armslength.adapters.sites_reading import Gathering, gather_table, language_of, needed
from armslength.core.folding import fold
from armslength.register.facilities import NAMES_MAX, Facility
from armslength.register.facility_parts import NameSource
from armslength.register.site_kinds import KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.register.importing import ImportRun

SPELLING: Final = "SpellingUkraine (O. Holub), MIT"
"""Source of the spellings."""

COLUMNS: Final = ("id", "category", "source_uk", "correct_en", "incorrect_en", "related")
"""What the table must have."""

SPELLINGS_MAX: Final = 200
"""Spellings of one name: the most in the vocabulary are some twenty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One name: in Ukrainian, in right Latin letters, in wrong ones, and what it is called elsewhere."""

    spelling_id: str
    category: str
    ukrainian: str
    right: str
    wrong: tuple[str, ...]
    related: tuple[str, ...]

    @property
    def latin(self) -> tuple[str, ...]:
        """The Latin spellings, the right one first."""
        return tuple(dict.fromkeys((self.right, *self.wrong, *(one for one in self.related if one.isascii()))))


def read_spelling(file: OpenFile, options: SiteOptions) -> ImportRun[Spelling]:
    """Return the vocabulary's names.

    Raises:
        LocalError: what reading a table raises.
    """
    del options  # Spellings have no place and no time.

    def spelling(row: Row, _gathering: Gathering[Spelling]) -> Spelling:
        return Spelling(
            spelling_id=needed(row, "id"),
            category=needed(row, "category"),
            ukrainian=needed(row, "source_uk"),
            right=needed(row, "correct_en"),
            wrong=_parts(row.clean("incorrect_en")),
            related=_parts(row.clean("related")),
        )

    return gather_table(file, Layout(required=COLUMNS), SPELLING, spelling).run(file.sha256())


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())[:SPELLINGS_MAX]


class Spellings:
    """The vocabulary by every spelling that it has."""

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        self._by_spelling: dict[str, Spelling] = {}
        for one in spellings:
            for name in (one.ukrainian, *one.latin, *one.related):
                self._by_spelling.setdefault(fold(name), one)

    def of(self, name: str) -> Spelling | None:
        """Return what is known of a name in any of its spellings."""
        return self._by_spelling.get(fold(name))

    def with_aliases(self, facility: Facility) -> Facility:
        """Return a facility with the other spellings of its names; each with the words that followed the name."""
        known = {fold(name) for _, name in facility.names}
        aliases: dict[str, None] = {}
        for _, name in facility.names:
            if language_of(name) == "en":
                aliases.update(dict.fromkeys(self._respelt(name, KIND_WORDS.get(facility.kind, ""))))
        new = [name for name in aliases if fold(name) not in known][: NAMES_MAX - len(facility.names)]
        if not new:
            return facility
        return replace(
            facility,
            names=(*facility.names, *(("en", name) for name in new)),
            name_sources=(*facility.name_sources, *(NameSource(name=n, source=SPELLING, as_of=None) for n in new)),
        )

    def _respelt(self, name: str, kind_word: str) -> list[str]:
        words = name.split()
        for count in range(min(len(words), 3), 0, -1):
            spelling = self.of(" ".join(words[:count]))
            if spelling is not None:
                # A bare name is the town's; with the kind of facility behind it, it is the facility's.
                rest = words[count:] or ([kind_word] if kind_word else [])
                return [" ".join((latin, *rest)) for latin in spelling.latin] if rest else []
        return []

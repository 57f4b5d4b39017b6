"""The register made ready for the watch, kept in memory as long as neither it nor the rules' reach changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.desk import register_cache, views, watch_state
from armslength.language.transliteration import latin_spellings, word_skeleton
from armslength.register.facility_parts import Life
from armslength.register.site_names import Site

if TYPE_CHECKING:
    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.register.observing import Watched


class WatchIndex:
    """Gives the register ready to be asked; made again when an entry changed it."""

    def __init__(self, kernel: str = "auto") -> None:
        self._kernel = kernel
        self._made: tuple[int, int, Watched] | None = None

    def get(self, books: Books) -> Watched:
        """Return the register as the books have it now."""
        version = books.unit.get(views.WATCH, views.REGISTER_VERSION)
        version = version if isinstance(version, int) else -1
        reach = watch_state.rules(books.unit).reach_m
        if self._made is None or self._made[:2] != (version, reach):
            # The engine's arrays are loaded when the first report is judged: a node that comes back receives before.
            from armslength.register.observing import Watched  # noqa: PLC0415

            watched = Watched(sites(books), reach, kernel=self._kernel, latin=_latin, spelling=word_skeleton)
            self._made = (version, reach, watched)
        return self._made[2]


def _latin(name: str, language: str) -> tuple[str, ...]:
    return latin_spellings(name, language)


def sites(books: Books) -> list[Site]:
    """Return every site of the register, out of its view; only outlines are read from the journal."""
    cache = register_cache.Cache(books)
    found = []
    for key, row in views.rows(books.unit, views.FACILITIES):
        facility_id = key.decode()
        shaped = cache.facility(facility_id) if row[9] else None
        found.append(
            Site(
                facility_id=facility_id,
                kind=row[8],
                lat_e7=row[4],
                lon_e7=row[5],
                precision_m=row[10],
                site_radius_m=row[6],
                rings_m=row[7],
                names=row[11],
                towns=row[14],
                needs=row[12],
                shape=None if shaped is None else shaped.shape,
                life=tuple(_life(*ends) for ends in row[13]),
            )
        )
    return found


def _life(from_at: Instant | None, until_at: Instant | None) -> Life:
    return Life(from_at=from_at, until_at=until_at, source="register")

"""The register made ready for the watch, kept in memory as long as neither it nor the rules' reach changes.

Making a hundred thousand facilities ready takes a minute. So a few that changed since are made ready by themselves and
laid over the others, and what must be made whole is made outside of any unit where that can be done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.desk import register_cache, views, watch_state
from armslength.language.transliteration import latin_spellings, word_skeleton
from armslength.register.facility_parts import Life
from armslength.register.site_names import Site, site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.register.facility_parts import Shape
    from armslength.register.observations import Observation
    from armslength.register.observing import Watched
    from armslength.register.reports import Report

    Found = tuple["State", "Ready | None", list[Site]]
    Look = Callable[[Callable[[Books], Found]], Found]

OVER_MAX: Final = 256
"""Facilities laid over the others before all are made ready again: so many take a few hundredths of a second."""

ALONE_MAX: Final = 2_000
"""Facilities that are made ready inside the unit that asks: so many take a tenth of a second or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Which register: the entry that changed it last with that entry's leaf, and the reach of the rules.

    The index alone does not do: an entry that was undone leaves its index to another.
    """

    version: int
    leaf: bytes
    reach_m: int


class Ready:
    """The register as it is now: all of it made ready once, and what changed since laid over it.

    Args:
        state: which register.
        base: the sites made ready when all were.
        over: sites of facilities that changed since, ready.
        changed: ids of these facilities.
    """

    def __init__(self, state: State, base: Watched, over: Watched | None, changed: frozenset[str]) -> None:
        self.state = state
        self.engine_version = base.engine_version
        self._base, self._over, self._changed = base, over, changed

    def site(self, facility_id: str) -> Site | None:
        """Return a site by its facility's id, as its last version has it."""
        watched = self._over if facility_id in self._changed else self._base
        return None if watched is None else watched.by_id.get(facility_id)

    def observe(self, reports: Sequence[Report]) -> dict[str, list[Observation]]:
        """Return what each site has to do with some reports (`Watched.observe`)."""
        found = self._base.observe(reports)
        if self._over is None:
            return found
        kept = {facility_id: many for facility_id, many in found.items() if facility_id not in self._changed}
        return {**kept, **self._over.observe(reports)}


class WatchIndex:
    """Gives the register ready to be asked; made again when an entry changed it."""

    def __init__(self, kernel: str = "auto") -> None:
        self._kernel = kernel
        self._base: tuple[State, Watched] | None = None
        self._ready: Ready | None = None

    def get(self, books: Books) -> Ready:
        """Return the register as the books have it now."""
        now = _state(books)
        ready = self._ready
        if ready is None or ready.state != now:
            ready = self._over(books, now) or self._whole(now, list(sites(books)))
        return ready

    def prepare(self, look: Look) -> Ready:
        """Return the register as it is now, made ready outside of the unit that reads it: messages go on meanwhile.

        Args:
            look: reads with the books, in a unit of its own.
        """

        def read(books: Books) -> Found:
            now = _state(books)
            ready = self._ready if self._ready is not None and self._ready.state == now else self._over(books, now)
            return now, ready, [] if ready is not None else list(sites(books))

        now, ready, found = look(read)
        return ready if ready is not None else self._whole(now, found)

    def large(self, books: Books) -> bool:
        """Tell whether the register is not ready and too large to be made ready inside a unit."""
        now, base = _state(books), self._base
        if self._ready is not None and self._ready.state == now:
            return False
        near = base is not None and base[0].reach_m == now.reach_m and _changes(books, base[0]) is not None
        return not near and len(books.unit.scan(views.FACILITIES, limit=ALONE_MAX + 1)) > ALONE_MAX

    def _whole(self, now: State, found: Sequence[Site]) -> Ready:
        base = self._watched(found, now.reach_m)
        base.warm()
        self._base = (now, base)
        self._ready = Ready(now, base, None, frozenset())
        return self._ready

    def _over(self, books: Books, now: State) -> Ready | None:
        """Lay what changed over what was made ready before; None when too much changed."""
        base = self._base
        changed = None if base is None or base[0].reach_m != now.reach_m else _changes(books, base[0])
        if base is None or changed is None:
            return None
        over = self._watched(list(sites(books, changed)), now.reach_m)
        self._ready = Ready(now, base[1], over, frozenset(changed))
        return self._ready

    def _watched(self, found: Sequence[Site], reach_m: int) -> Watched:
        # The engine's arrays are loaded when the first report is judged: a node that comes back receives before.
        from armslength.register.observing import Watched  # noqa: PLC0415

        return Watched(found, reach_m, kernel=self._kernel, latin=_latin, spelling=word_skeleton)


def _latin(name: str, language: str) -> tuple[str, ...]:
    return latin_spellings(name, language)


def _state(books: Books) -> State:
    stored = books.unit.get(views.WATCH, views.REGISTER_VERSION)
    version = stored if isinstance(stored, int) else -1
    leaf = books.unit.leaf(version) if version >= 0 else b""
    return State(version=version, leaf=leaf, reach_m=watch_state.rules(books.unit).reach_m)


def _changes(books: Books, since: State) -> list[str] | None:
    """Return the facilities that entries after a state changed, None when they are too many or it is not ours."""
    if since.version >= books.unit.frontier().size or (
        since.version >= 0 and books.unit.leaf(since.version) != since.leaf
    ):
        return None
    after = since.version.to_bytes(8, "big") if since.version >= 0 else None
    found: dict[str, None] = {}
    for _, ids in books.unit.scan(views.REGISTER_CHANGES, after=after, limit=OVER_MAX + 1):
        if not isinstance(ids, tuple) or len(found) + len(ids) > OVER_MAX:
            return None
        found.update(dict.fromkeys(str(one) for one in ids))
    return list(found)


def sites(books: Books, only: Iterable[str] | None = None) -> Iterator[Site]:
    """Yield the sites of the register, out of its view; outlines and dated versions only are read from the journal.

    Args:
        books: of the unit that is read.
        only: ids of the facilities asked for; None, all.
    """
    cache = register_cache.Cache(books)
    if only is None:
        rows = views.rows(books.unit, views.FACILITIES)
    else:
        held = ((one.encode(), views.row(books.unit, views.FACILITIES, one.encode())) for one in only)
        rows = [(key, row) for key, row in held if row is not None]
    for key, row in rows:
        if row[17]:
            yield from _versions(cache, key.decode())
            continue
        yield Site(
            facility_id=key.decode(),
            kind=row[8],
            lat_e7=row[4],
            lon_e7=row[5],
            precision_m=row[10],
            site_radius_m=row[6],
            rings_m=row[7],
            names=row[11],
            towns=row[14],
            needs=row[12],
            shape=_shape(cache, key.decode()) if row[9] else None,
            life=tuple(_life(*ends) for ends in row[13]),
        )


def _shape(cache: register_cache.Cache, facility_id: str) -> Shape | None:
    known = cache.facility(facility_id)
    return None if known is None else known.shape


def _versions(cache: register_cache.Cache, facility_id: str) -> Iterator[Site]:
    """Yield each version of a facility with the span in which it holds; the first one holds for what was before it."""
    held = {one.applies_from_at: one for one in cache.versions(facility_id)}
    starts = sorted(at for at in held if at is not None)
    if None not in held:
        # Nothing was known of it before, and what happened then is held against what was known first.
        held[None] = held[starts.pop(0)]
    for number, (begin, one) in enumerate(((None, held[None]), *((at, held[at]) for at in starts))):
        yield site_of(one, from_at=begin, until_at=starts[number] if number < len(starts) else None)


def _life(from_at: Instant | None, until_at: Instant | None) -> Life:
    return Life(from_at=from_at, until_at=until_at, source="register")

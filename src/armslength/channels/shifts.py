"""The roster: named watches with their officers, who can be woken, and when the watch changes (domain.md K2, K5).

A roster covers a span of time. Where a newer one covers the same time it holds instead, whole: nobody works out from
two lists who was meant to sit there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from armslength.channels.texts import lines_of, matching, one_line, several
from armslength.core.errors import LocalError
from armslength.core.instants import MINUTE_US, Instant, check_zone, rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CODE: Final = "ROSTER-VALUE"

ROSTER_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")
"""What people call a roster, for example ``2022-11``."""

WATCH_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
"""What people call a watch, for example ``night``."""

WATCHES_MAX: Final = 400
"""Watches of one roster: a quarter of a year at four a day, which still fits one signed record."""

OFFICERS_MAX: Final = 16
"""Officers of one watch."""

WAKES_MAX: Final = 64
"""People who can be woken."""

WATCH_US_MAX: Final = 48 * 60 * MINUTE_US
"""The longest watch, two days; what is longer is a roster that somebody forgot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One watch.

    Args:
        name: its name; the same name comes again on other days.
        from_at: its beginning, at which the one before is relieved.
        until_at: its end.
        officers: pairs of officer and role; the first has the watch.
        supervisor: officer who supervises it; empty for none.
    """

    name: str
    from_at: Instant
    until_at: Instant
    officers: tuple[tuple[str, str], ...]
    supervisor: str = ""

    def __post_init__(self) -> None:
        matching(self.name, WATCH_NAME, "watch", CODE)
        several(self.officers, OFFICERS_MAX, "officers", CODE)
        if not self.officers:
            raise wrong("officers", "at least one", "none")
        for pair in self.officers:
            lines_of(pair, 2, "officers", CODE)
        one_line(self.supervisor, "supervisor", CODE, optional=True)
        if not 0 < self.until_at - self.from_at <= WATCH_US_MAX:
            raise wrong("watch", "a watch of at most two days", f"{rfc3339(self.from_at)} to {rfc3339(self.until_at)}")

    @property
    def people(self) -> frozenset[str]:
        """Everybody on it."""
        return frozenset({*(officer for officer, _ in self.officers), self.supervisor} - {""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wake:
    """Somebody who can be woken.

    Args:
        officer: who.
        how: by which telephone, at which door.
        deputy: whom to wake when that fails.
        note: when he is not to be reached, for what he is to be woken.
    """

    officer: str
    how: str
    deputy: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        one_line(self.officer, "officer", CODE)
        one_line(self.how, "how", CODE)
        one_line(self.deputy, "deputy", CODE, optional=True)
        one_line(self.note, "note", CODE, optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A roster.

    Args:
        roster_id: what people call it.
        time_zone: on whose wall clock its times are shown.
        watches: by their beginning.
        wakes: who can be woken.
    """

    roster_id: str
    time_zone: str
    watches: tuple[Watch, ...]
    wakes: tuple[Wake, ...] = ()

    def __post_init__(self) -> None:
        matching(self.roster_id, ROSTER_ID, "roster", CODE)
        check_zone(self.time_zone)
        several(self.watches, WATCHES_MAX, "watches", CODE)
        several(self.wakes, WAKES_MAX, "wake", CODE)
        if not self.watches:
            raise wrong("watches", "at least one", "none")
        begins = [watch.from_at for watch in self.watches]
        if any(later <= earlier for earlier, later in pairwise(begins)):
            raise wrong("watches", "each beginning after the one before", "two at once, or out of order")

    @property
    def from_at(self) -> Instant:
        """When its first watch begins."""
        return self.watches[0].from_at

    @property
    def until_at(self) -> Instant:
        """When its last watch ends."""
        return max(watch.until_at for watch in self.watches)

    def covers(self, at: Instant) -> bool:
        """Tell whether an instant lies in its span."""
        return self.from_at <= at < self.until_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An instant at which watches end or begin."""

    at: Instant
    leaving: tuple[Watch, ...]
    coming: tuple[Watch, ...]


# --- several rosters --------------------------------------------------------------------------------------------------


def watches_of(rosters: Sequence[Roster]) -> list[Watch]:
    """Return the watches that hold, by their beginning; ``rosters`` with the newest first."""
    found = [
        watch
        for place, roster in enumerate(rosters)
        for watch in roster.watches
        if not any(newer.covers(watch.from_at) for newer in rosters[:place])
    ]
    return sorted(found, key=lambda watch: (watch.from_at, watch.name))


def on_watch(watches: Iterable[Watch], at: Instant) -> list[Watch]:
    """Return the watches of an instant, the one that began last first."""
    found = [watch for watch in watches if watch.from_at <= at < watch.until_at]
    return sorted(found, key=lambda watch: watch.from_at, reverse=True)


def changes(watches: Sequence[Watch], first: Instant, last: Instant) -> list[Change]:
    """Return every change of the watch from ``first`` to ``last``, both included."""
    instants = {at for watch in watches for at in (watch.from_at, watch.until_at) if first <= at <= last}
    return [
        Change(
            at=at,
            leaving=tuple(watch for watch in watches if watch.until_at == at),
            coming=tuple(watch for watch in watches if watch.from_at == at),
        )
        for at in sorted(instants)
    ]


def next_beginning(watches: Iterable[Watch], after: Instant) -> Watch | None:
    """Return the first watch that begins after an instant."""
    return min((watch for watch in watches if watch.from_at > after), key=lambda one: one.from_at, default=None)


def last_beginning(watches: Iterable[Watch], until: Instant) -> Watch | None:
    """Return the last watch that began until an instant."""
    return max((watch for watch in watches if watch.from_at <= until), key=lambda one: one.from_at, default=None)


def wrong(field: str, expected: str, got: object) -> LocalError:
    """Return the error of a field of a roster."""
    return LocalError(CODE, field=field, expected=expected, got=got)

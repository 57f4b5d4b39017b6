"""A third party between two: IAEA with a line to NORTH and one to SOUTH, who have none between them.

The stores are real files. The sources do not say which side's assurance was late in October 2025, so that the two
sides have no names of states here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339
from armslength.desk import clockwork, views
from armslength.desk.alarms import ALARM_KINDS
from builders import stores
from builders.two_nodes import RELEASER, WATCH, Party, Time, TwoNodes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from armslength.desk.books import Books
    from armslength.desk.ports import Store
    from armslength.desk.prepared import Prepared, Signed


@dataclass(kw_only=True)
class ThreeNodes:
    """The three parties; ``pairs`` are IAEA's lines, by the other party's code."""

    iaea: Party
    north: Party
    south: Party
    time: Time
    pairs: dict[str, TwoNodes]

    @property
    def parties(self) -> tuple[Party, Party, Party]:
        """All three."""
        return (self.iaea, self.north, self.south)

    def line(self, code: str) -> bytes:
        """Return IAEA's line to a party."""
        return self.pairs[code].line

    def flush(self) -> None:
        """Deliver whatever waits."""
        for pair in self.pairs.values():
            pair.flush()

    def until(self, text: str) -> None:
        """Let time pass to an instant; every deadline on the way is served when it falls due."""
        at = parse_rfc3339(text)
        assert at >= self.time.at, text
        while True:
            due = [found for party in self.parties if (found := _next(party)) is not None and found <= at]
            if not due:
                break
            self.time.at = Instant(max(self.time.at, min(due)))
            for party in self.parties:
                with party.write() as books:
                    clockwork.tick(books)
        self.time.at = at

    def refused(self) -> list[str]:
        """Return the codes of what any node refused from another."""
        return [code for pair in self.pairs.values() for code in pair.refused]


def _next(party: Party) -> Instant | None:
    with party.read() as books:
        return clockwork.next_due(books.unit)


def by_officer(
    party: Party,
    act: str,
    prepare: Callable[[Books], Prepared],
    submit: Callable[[Books, Signed], object],
    post: str = WATCH,
) -> str:
    """Prepare, sign and submit a local record; return the code of what refused it, or nothing."""
    try:
        with party.write() as books:
            prepared = prepare(books)
            submit(books, party.signed(prepared, act, post))
    except LocalError as error:
        return f"{error.code}: " + ", ".join(f"{name} {value}" for name, value in error.details.items())
    return ""


def alarms_of(party: Party, prefix: str) -> list[tuple[bytes, str, str]]:
    """Return identity, kind and detail of the alarms of some kinds, in the order in which they were raised."""
    with party.read() as books:
        rows = views.rows(books.unit, views.ALARMS)
    # What must be done first is rung first: the table of kinds is in that order.
    rows.sort(key=lambda one: (one[1][6], list(ALARM_KINDS).index(str(one[1][1])), one[0]))
    return [(key, str(row[1]), str(row[5])) for key, row in rows if str(row[1]).startswith(prefix)]


def opened(folder: Path, start: str, codes: tuple[str, str, str] = ("IAEA", "NORTH", "SOUTH")) -> ThreeNodes:
    """Return the three nodes, introduced, with both lines of the first one open."""
    time = Time(at=parse_rfc3339(start))
    iaea, north, south = (Party(code=code, time=time, store=_store(folder, code)) for code in codes)
    for party in (iaea, north, south):
        party.found()
    pairs = {}
    for other in (north, south):
        pair = TwoNodes(eucom=iaea, ndmc=other, time=time)
        iaea.pin(other.introduction())
        other.pin(iaea.introduction())
        pair.line = iaea.open_line(other.code)
        other.open_line(iaea.code)
        for party in (iaea, other):
            time.pass_s(1)
            pair.deliver(party, party.assent(pair.line))
        pairs[other.code] = pair
    return ThreeNodes(iaea=iaea, north=north, south=south, time=time, pairs=pairs)


def _store(folder: Path, code: str) -> Store:
    home = folder / code.lower()
    home.mkdir()
    return stores.make("sqlite", home)


__all__ = ["RELEASER", "WATCH", "ThreeNodes", "alarms_of", "by_officer", "opened"]

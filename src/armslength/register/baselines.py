"""What is usual at one place: its hot spots by day and ring, its cells that burn all the year, from past days only.

A burst is a burst against the place's own past and against its surroundings. Both are counts of earlier reports and of
the same day; nothing looks ahead, so a replay gives what the watch would have seen.

Distances are those of the pixels' centres. A pixel is up to a few kilometres wide; the rings of the rules are wide
enough for the usual one of 375 m to 1 km.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from armslength.core.cbor import CborKey, CborValue
    from armslength.register.rules import Rules

DAYS_KEPT: Final = 120
"""Days of counts that a place keeps: a rule may look back as far."""

CELLS_MAX: Final = 1_024
"""Heat cells of one place; a circle of 6 km has some 120, so more means that a feed's places are wrong."""

CELL_DAYS_MAX: Final = 32
"""Days kept of one cell, the earliest and the latest ones: a rule asks how many and how far apart."""

CELL_LAT_E7: Final = 100_000
"""Height of a heat cell in 1e-7 degree: 1.1 km."""

CELL_LON_E7: Final = 142_857
"""Width of a heat cell in 1e-7 degree: 1.0 km at 50 degrees north, 1.6 km at the equator."""

_ROW: Final = 1 << 16
"""Cells in a row of the numbering; there are 25,201 around the earth."""

_NEIGHBOURS: Final = tuple(row * _ROW + column for row in (-1, 0, 1) for column in (-1, 0, 1))

_CODE: Final = "WATCH-VALUE"
_DAY_MIN, _DAY_MAX = 7_305, 54_786
"""Days since 1970 of the instants that this program takes, 1990 to 2119."""


def heat_cell(lat_e7: int, lon_e7: int) -> int:
    """Return the number of the heat cell of a place; neighbours differ by one, or by a row."""
    return (lat_e7 + 900_000_000) // CELL_LAT_E7 * _ROW + (lon_e7 + 1_800_000_000) // CELL_LON_E7


class Heat(NamedTuple):
    """One hot spot as a place counts it: metres from the site, and its cell."""

    distance_m: int
    cell: int | None


class Counts(NamedTuple):
    """Hot spots of one day that are no static heat, each ring with those inside it; and how many were static."""

    site: int
    core: int
    hood: int
    wide: int
    around: int
    masked: int

    def plus(self, other: Counts) -> Counts:
        """Return the sum of both."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


NOTHING: Final = Counts(0, 0, 0, 0, 0, 0)
"""A day without hot spots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The past of one place.

    Args:
        since_day: the first day that was watched, in days since 1970; None before the first.
        days: day to counts, of the last `DAYS_KEPT` days and of those before the day that was judged last.
        cells: heat cell to the days on which it was seen, ascending.
    """

    since_day: int | None = None
    days: Mapping[int, Counts] = field(default_factory=lambda: MappingProxyType({}))
    cells: Mapping[int, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def watched_days(self, day: int) -> int:
        """Return how many days the place was watched before a day."""
        return 0 if self.since_day is None else max(0, day - self.since_day)

    def past(self, day: int, days: int) -> tuple[Counts, ...]:
        """Return the counts of the days before a day, those without hot spots included."""
        return tuple(self.days.get(one, NOTHING) for one in range(day - days, day))

    def static(self, cell: int | None, day: int, rules: Rules) -> bool:
        """Tell whether a cell is static heat by what was seen in it and beside it before a day."""
        if cell is None or not rules.on("static-heat"):
            return False
        first = day - rules.number("static-heat", "window_days")
        seen = {one for near in _NEIGHBOURS for one in self.cells.get(cell + near, ()) if first <= one < day}
        if len(seen) < rules.number("static-heat", "days_min"):
            return False
        return max(seen) - min(seen) >= rules.number("static-heat", "spread_days")


def count(past: Baseline, day: int, heat: Iterable[Heat], rules: Rules) -> Counts:
    """Return the hot spots of a day by ring, the static ones near the place apart."""
    rings = [rules.number("hot-spot-burst", key) for key in ("site_m", "core_m", "hood_m", "hood_wide_m")]
    around_m, masked_m = rules.number("hot-spot-burst", "around_m"), rules.number("static-heat", "within_m")
    known: dict[int | None, bool] = {}
    inside, around, masked = [0, 0, 0, 0], 0, 0
    for distance, cell in heat:
        if distance <= masked_m:
            if cell not in known:
                known[cell] = past.static(cell, day, rules)
            if known[cell]:
                masked += 1
                continue
        if distance > rings[-1]:
            around += distance <= around_m
        for ring, reach in enumerate(rings):
            inside[ring] += distance <= reach
    return Counts(inside[0], inside[1], inside[2], inside[3], around, masked)


def advance(past: Baseline, watched: Mapping[int, Iterable[Heat]], rules: Rules, until_day: int) -> Baseline:
    """Return the past with more days in it.

    Args:
        past: the past so far.
        watched: day to the hot spots that came to be known of it; a day may come in several parts.
        rules: give the rings and the reach of static heat.
        until_day: the last day that was watched, with hot spots or without.
    """
    days, cells = dict(past.days), dict(past.cells)
    masked_m = rules.number("static-heat", "within_m")
    for day in sorted(watched):
        heat = list(watched[day])
        before = Baseline(since_day=past.since_day, days=days, cells=cells)
        counted = count(before, day, heat, rules)
        if heat:
            days[day] = days.get(day, NOTHING).plus(counted)
        for distance, cell in heat:
            if cell is not None and distance <= masked_m:
                cells[cell] = _with_day(cells.get(cell, ()), day)
    first = min([until_day, *watched, *([] if past.since_day is None else [past.since_day])])
    return Baseline(since_day=first, days=_latest(days, until_day), cells=_bounded(cells, until_day, rules))


def _with_day(days: tuple[int, ...], day: int) -> tuple[int, ...]:
    if day in days:
        return days
    joined = sorted((*days, day))
    # The earliest tells how long it burns, so it is the second one that makes room.
    return tuple(joined) if len(joined) <= CELL_DAYS_MAX else (joined[0], *joined[2:])


def _latest(days: Mapping[int, Counts], until_day: int) -> Mapping[int, Counts]:
    # An old file may come in after a new one: it has its own past, and what was known of the newest days stays.
    newest = max(days, default=until_day)
    return MappingProxyType(
        {
            day: days[day]
            for day in sorted(days)
            if until_day - DAYS_KEPT < day <= until_day or newest - DAYS_KEPT < day <= newest
        }
    )


def _bounded(cells: Mapping[int, tuple[int, ...]], until_day: int, rules: Rules) -> Mapping[int, tuple[int, ...]]:
    first = until_day - rules.number("static-heat", "window_days")
    kept = {cell: seen for cell, days in cells.items() if (seen := tuple(day for day in days if day >= first))}
    if len(kept) > CELLS_MAX:
        newest = sorted(kept, key=lambda cell: (-kept[cell][-1], cell))[:CELLS_MAX]
        kept = {cell: kept[cell] for cell in newest}
    return MappingProxyType(kept)


# --- views ------------------------------------------------------------------------------------------------------------


def baseline_value(past: Baseline) -> dict[CborKey, CborValue]:
    """Return a past as an encodable value: 1 since, 2 rows of a day and its counts, 3 rows of a cell and its days."""
    return {
        1: past.since_day,
        2: tuple((day, *past.days[day]) for day in sorted(past.days)),
        3: tuple((cell, *past.cells[cell]) for cell in sorted(past.cells)),
    }


def baseline_from_value(value: CborValue) -> Baseline:
    """Return a past from `baseline_value`'s result.

    Raises:
        LocalError: WATCH-VALUE.
    """
    read = FieldReader(value, _CODE, LocalError)
    days = _number_rows(read, 2, 2 * DAYS_KEPT, 7)
    cells = _number_rows(read, 3, CELLS_MAX, None)
    return Baseline(
        since_day=read.integer(1, _DAY_MIN, _DAY_MAX) if read.has(1) else None,
        days=MappingProxyType({row[0]: Counts(*row[1:]) for row in days}),
        cells=MappingProxyType({row[0]: row[1:] for row in cells}),
    )


def _number_rows(read: FieldReader, number: int, longest: int, width: int | None) -> list[tuple[int, ...]]:
    rows: list[tuple[int, ...]] = []
    for row in read.array(number, longest):
        right = isinstance(row, tuple) and (len(row) == width if width else 2 <= len(row) <= CELL_DAYS_MAX + 1)
        if not right or not isinstance(row, tuple):
            read.refuse(field=number, expected="rows of numbers", got=type(row).__name__)
        cells = tuple(one for one in row if type(one) is int and one >= 0)
        if len(cells) != len(row):
            read.refuse(field=number, expected="numbers from 0", got="another value")
        rows.append(cells)
    return rows

"""A place's past: counts by ring, heat that burns all the year left out, and nothing that looks ahead."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.register import baselines
from armslength.register.baselines import (
    CELLS_MAX,
    DAYS_KEPT,
    Baseline,
    Counts,
    Heat,
    advance,
    baseline_from_value,
    baseline_value,
    count,
    heat_cell,
)
from armslength.register.rules import DEFAULT_RULES, changed

DAY = 19_000
FURNACE = heat_cell(478_700_000, 351_500_000)


def burning(days: list[int], cell: int = FURNACE, past: Baseline | None = None) -> Baseline:
    known = past or Baseline()
    for day in days:
        known = advance(known, {day: [Heat(4_500, cell)]}, DEFAULT_RULES, day)
    return known


def test_rings_are_cumulative_and_the_ring_around_begins_where_the_widest_ends() -> None:
    heat = [Heat(metres, None) for metres in (0, 1_000, 1_001, 2_000, 3_000, 5_000, 5_001, 30_000, 30_001)]
    assert count(Baseline(), DAY, heat, DEFAULT_RULES) == Counts(2, 4, 5, 6, 2, 0)


def test_a_furnace_is_masked_once_it_has_burnt_long_enough_and_not_before() -> None:
    days = list(range(DAY, DAY + 48, 4))
    young, old = burning(days[:-1]), burning(days)
    assert not young.static(FURNACE, DAY + 48, DEFAULT_RULES)
    assert old.static(FURNACE, DAY + 48, DEFAULT_RULES)
    assert old.static(FURNACE + 1, DAY + 48, DEFAULT_RULES), "a pixel lands in the cell beside"
    assert not old.static(FURNACE + 2, DAY + 48, DEFAULT_RULES)
    assert not old.static(None, DAY + 48, DEFAULT_RULES)


def test_a_fire_of_a_fortnight_is_no_furnace() -> None:
    assert not burning(list(range(DAY, DAY + 15))).static(FURNACE, DAY + 15, DEFAULT_RULES)


def test_a_furnace_gone_cold_for_a_season_counts_again() -> None:
    known = burning(list(range(DAY, DAY + 48, 4)))
    assert not known.static(FURNACE, DAY + 48 + 91, DEFAULT_RULES)


def test_masked_heat_is_counted_apart() -> None:
    known = burning(list(range(DAY, DAY + 48, 4)))
    counted = count(known, DAY + 48, [Heat(4_500, FURNACE), Heat(500, None)], DEFAULT_RULES)
    assert counted == Counts(1, 1, 1, 1, 0, 1)


def test_the_mask_can_be_switched_off() -> None:
    known, off = burning(list(range(DAY, DAY + 48, 4))), changed(DEFAULT_RULES, {"static-heat.days_min": 99})
    assert not known.static(FURNACE, DAY + 48, off)


def test_the_day_itself_never_counts_as_its_own_past() -> None:
    known = advance(Baseline(), {DAY: [Heat(100, None)] * 5}, DEFAULT_RULES, DAY)
    assert known.past(DAY, 28) == (baselines.NOTHING,) * 28
    assert known.past(DAY + 1, 1)[0].site == 5


def test_a_day_that_comes_in_parts_is_the_sum_of_its_parts() -> None:
    whole = advance(Baseline(), {DAY: [Heat(100, None)] * 5}, DEFAULT_RULES, DAY)
    first = advance(Baseline(), {DAY: [Heat(100, None)] * 2}, DEFAULT_RULES, DAY)
    assert advance(first, {DAY: [Heat(100, None)] * 3}, DEFAULT_RULES, DAY) == whole


def test_days_without_hot_spots_count_as_watched() -> None:
    known = advance(Baseline(), {}, DEFAULT_RULES, DAY)
    assert advance(known, {}, DEFAULT_RULES, DAY + 20).watched_days(DAY + 21) == 21
    assert Baseline().watched_days(DAY) == 0


def test_what_is_kept_stays_bounded() -> None:
    known = Baseline()
    for day in range(DAY, DAY + 300, 3):
        heat = [Heat(100, FURNACE + 7 * n + day % 5) for n in range(400)]
        known = advance(known, {day: heat}, DEFAULT_RULES, day)
    assert len(known.cells) <= CELLS_MAX
    assert len(known.days) <= DAYS_KEPT
    assert max(map(len, known.cells.values())) <= baselines.CELL_DAYS_MAX


def test_a_past_is_read_back_as_it_was() -> None:
    known = burning(list(range(DAY, DAY + 48, 4)))
    assert baseline_from_value(cbor.decode(cbor.encode(baseline_value(known)))) == known
    assert baseline_from_value(baseline_value(Baseline())) == Baseline()


@pytest.mark.parametrize(
    "value",
    [
        None,
        {1: 5},
        {1: None, 2: 7, 3: ()},
        {1: None, 2: ((1, 2),), 3: ()},
        {1: None, 2: (), 3: ((1,),)},
        {1: None, 2: (), 3: ((1, -2),)},
        {1: None, 2: (), 3: ((1, "2"),)},
        {1: None, 2: ("x",), 3: ()},
    ],
)
def test_a_value_of_another_form_is_refused(value: object) -> None:
    with pytest.raises(LocalError, match="WATCH-VALUE"):
        baseline_from_value(value)  # type: ignore[arg-type]


def test_neighbouring_cells_differ_by_one_and_by_a_row() -> None:
    here = heat_cell(478_700_000, 351_500_000)
    assert heat_cell(478_700_000, 351_500_000 + baselines.CELL_LON_E7) == here + 1
    assert heat_cell(478_700_000 + baselines.CELL_LAT_E7, 351_500_000) - here == 1 << 16
    assert isinstance(burning([DAY]).cells, MappingProxyType)

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.store_memory import MemoryStore
from armslength.core.precedence import Precedence
from armslength.desk import views

LINE = bytes(range(16))


@given(rows=st.lists(st.tuples(st.sampled_from(Precedence), st.integers(1, 2**40)), min_size=2, unique=True))
def test_an_outbox_sorts_flash_first_and_then_by_number(rows: list[tuple[Precedence, int]]) -> None:
    keys = sorted(views.outbox_key(LINE, precedence, number) for precedence, number in rows)
    wanted = sorted(rows, key=lambda row: (-row[0], row[1]))
    assert keys == [views.outbox_key(LINE, *row) for row in wanted]


@given(numbers=st.lists(st.integers(0, 2**40), min_size=2, unique=True))
def test_numbers_sort_as_numbers(numbers: list[int]) -> None:
    keys = [views.number_key(LINE, views.IN, number) for number in sorted(numbers)]
    assert keys == sorted(keys)
    assert not set(keys) & {views.number_key(LINE, views.OUT, number) for number in numbers}


def test_a_partys_manifests_lie_apart_from_those_of_a_longer_name() -> None:
    assert not views.manifest_key("EUCOM2", 1).startswith(b"EUCOM\x00")
    assert views.manifest_key("EUCOM", 2) < views.manifest_key("EUCOM", 256)


def test_rows_are_maps_of_their_own() -> None:
    store = MemoryStore()
    with store.write() as unit:
        unit.put(views.GAPS, b"a", {1: 2})
        found = views.row(unit, views.GAPS, b"a")
        assert found == {1: 2}
        found[1] = 3
        assert views.row(unit, views.GAPS, b"a") == {1: 2}
        assert views.row(unit, views.GAPS, b"b") is None
        assert views.rows(unit, views.GAPS) == [(b"a", {1: 2})]
        assert views.hash_at(unit, LINE, views.IN, 1) is None

"""A batch gives back the rows that went in, under a root that no other rows have."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.desk import batches
from armslength.journal import tree

UNDER = b"\x01" * 16
VALUES = st.one_of(st.integers(-(2**53), 2**53), st.text(max_size=8), st.binary(max_size=8), st.booleans())
ROWS = st.lists(st.dictionaries(st.integers(20, 40), VALUES, min_size=1, max_size=6), min_size=1, max_size=30)


def bodies(count: int, text: str = "") -> list[dict[int, Any]]:
    return [{20: f"r-{n}", 21: "EVENT", 29: text} for n in range(count)]


def back(made: batches.Batch) -> tuple[dict[int, Any], ...]:
    fields = cbor.decode(cbor.encode(made.fields(UNDER, "NASA FIRMS")))
    return batches.batch_rows(fields)  # type: ignore[arg-type]


@given(ROWS)
def test_rows_come_back_in_their_order(rows: list[dict[int, Any]]) -> None:
    (made,) = batches.batches(rows)
    assert list(back(made)) == rows


def test_what_all_rows_share_is_written_once() -> None:
    (made,) = batches.batches(bodies(100, "x" * 200))
    assert made.common == {21: "EVENT", 29: "x" * 200}
    assert len(made.data) < 100 * 12


def test_a_row_by_itself_says_everything() -> None:
    (made,) = batches.batches(bodies(1))
    assert made.common == {}


def test_no_rows_are_no_batch() -> None:
    assert list(batches.batches([])) == []


def test_a_long_import_is_cut_so_that_no_message_waits_for_it() -> None:
    made = list(batches.batches(bodies(2 * batches.BATCH_ROWS_MAX + 1)))
    assert [one.rows for one in made] == [batches.BATCH_ROWS_MAX, batches.BATCH_ROWS_MAX, 1]
    made = list(batches.batches([{20: str(n), 29: str(n) + "x" * 100_000} for n in range(8)]))
    assert [one.rows for one in made] == [3, 3, 2]
    assert max(len(one.data) for one in made) <= batches.BATCH_BYTES_MAX


def test_a_row_that_fits_no_entry_is_refused() -> None:
    with pytest.raises(LocalError, match="BATCH-SIZE"):
        list(batches.batches([{20: "r", 29: "x" * batches.ROW_BYTES_MAX}]))


@pytest.mark.parametrize("rows", [1, 2, 3, 7, 8, 9, 100])
def test_the_root_is_that_of_the_journal_s_own_tree(rows: int) -> None:
    (made,) = batches.batches([{20: n} for n in range(rows)])
    frontier = tree.Frontier()
    for n in range(rows):
        frontier = tree.append(frontier, tree.leaf_hash(cbor.encode({20: n}))).frontier
    assert made.root == tree.root(frontier)
    assert tree.root_of([]) == tree.EMPTY_ROOT


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        (22, 3, "BATCH-ROOT"),
        (23, b"\x00" * 32, "BATCH-ROOT"),
        (24, {21: "DENIAL"}, None),
        (24, (), "BATCH-SIZE"),
        (25, b"\xff", "BATCH-ROOT"),
        (25, b"", "BATCH-ROOT"),
        (25, "text", "BATCH-SIZE"),
        (26, b"\x00" * 8, "BATCH-ROOT"),
        (26, None, "BATCH-ROOT"),
        (25, b"\x00" * (batches.BATCH_BYTES_MAX + 1), "BATCH-SIZE"),
    ],
)
def test_rows_that_were_changed_are_not_read(field: int, value: Any, code: str | None) -> None:
    (made,) = batches.batches(bodies(2))
    changed = {**made.fields(UNDER, "NASA FIRMS"), field: value}
    if code is None:
        # What rows share stands beside them; the record's own hash over every field protects it.
        assert batches.batch_rows(changed)[0][21] == "DENIAL"
        return
    with pytest.raises(LocalError, match=code):
        batches.batch_rows(changed)


def test_an_import_is_signed_for_its_rows_in_their_order() -> None:
    (first,), (second,) = (tuple(batches.batches([{20: n}])) for n in (1, 2))
    assert batches.rows_hash([first, second]) != batches.rows_hash([second, first])


@given(ROWS)
def test_each_row_is_read_alone_as_it_is_among_all(rows: list[dict[int, Any]]) -> None:
    (made,) = batches.batches(rows)
    fields = made.fields(UNDER, "NASA FIRMS")
    assert [batches.batch_row(fields, number) for number in range(len(rows))] == rows


@pytest.mark.parametrize(
    ("field", "value", "number", "code"),
    [
        (26, None, 0, "BATCH-ROOT"),
        (26, b"\x00\x00\x00\x02", 1, "BATCH-ROOT"),
        (26, b"\x00\x00\x00\xff", 0, "BATCH-ROOT"),
        (22, 2, 2, "BATCH-ROOT"),
        (22, 2, -1, "BATCH-ROOT"),
        (24, None, 0, "BATCH-SIZE"),
        (25, b"\xff" * 10, 0, "BATCH-ROOT"),
        (25, b"\x01" * 40, 0, "BATCH-ROOT"),
        (25, None, 0, "BATCH-SIZE"),
    ],
)
def test_a_row_that_is_not_there_is_not_read(field: int, value: Any, number: int, code: str) -> None:
    (made,) = batches.batches(bodies(2))
    with pytest.raises(LocalError, match=code):
        batches.batch_row({**made.fields(UNDER, "NASA FIRMS"), field: value}, number)


def test_rows_that_are_no_maps_are_refused_though_their_root_is_right() -> None:
    row = cbor.encode(7)
    fields: dict[int, Any] = {22: 1, 23: tree.root_of([tree.leaf_hash(row)]), 24: {}, 25: row, 26: b"\x00\x00\x00\x01"}
    with pytest.raises(LocalError, match="BATCH-ROOT"):
        batches.batch_rows(fields)
    with pytest.raises(LocalError, match="BATCH-ROOT"):
        batches.batch_row(fields, 0)

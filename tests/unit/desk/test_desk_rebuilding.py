"""Rebuilding: equal after a whole conversation, and the first difference is named while nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.desk import views
from armslength.desk.rebuilding import rebuild
from builders import two_nodes

if TYPE_CHECKING:
    from builders.two_nodes import Party


def rows(party: Party) -> list[object]:
    with party.read() as books:
        return list(books.unit.dump_views())


def test_every_view_of_both_sides_is_made_again() -> None:
    two = two_nodes.conversed()
    for party in (two.eucom, two.ndmc):
        before = rows(party)
        with party.write() as books:
            done = rebuild(books)
        assert (done.entries, done.destroyed, done.rows) == (size_of(party), 0, len(before))
        assert rows(party) == before


def size_of(party: Party) -> int:
    with party.read() as books:
        return books.unit.frontier().size


def test_a_row_that_was_tampered_with_is_named_and_stays_as_it_was() -> None:
    two = two_nodes.conversed()
    with two.eucom.write() as books:
        books.unit.put(views.OUTBOX, b"forged", {1: b"x"})
    before = rows(two.eucom)
    with pytest.raises(LocalError, match=r"REBUILD-DIFFERS.*outbox.*only in the live view"), two.eucom.write() as books:
        rebuild(books)
    assert rows(two.eucom) == before


def test_a_row_that_was_lost_is_named() -> None:
    two = two_nodes.conversed()
    with two.eucom.write() as books:
        key, _ = books.unit.scan(views.MESSAGES)[0]
        books.unit.delete(views.MESSAGES, key)
    with (
        pytest.raises(LocalError, match=r"REBUILD-DIFFERS.*messages.*only in the rebuilt view"),
        two.eucom.write() as books,
    ):
        rebuild(books)


def test_a_value_that_was_changed_is_named() -> None:
    two = two_nodes.conversed()
    with two.eucom.write() as books:
        key, row = views.rows(books.unit, views.LINES)[0]
        books.unit.put(views.LINES, key, {**row, 3: False})
    with pytest.raises(LocalError, match=r"REBUILD-DIFFERS.*lines.*another value"), two.eucom.write() as books:
        rebuild(books)

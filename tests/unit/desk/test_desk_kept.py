from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.core.record import encode_item
from armslength.desk.kept import Kept, entries_since
from builders import two_nodes

if TYPE_CHECKING:
    from builders.two_nodes import Party


class Index:
    seen = 0


@pytest.fixture
def party() -> Party:
    made = two_nodes.Party(code="EUCOM", time=two_nodes.Time())
    made.found()
    return made


def note(party: Party, text: str) -> int:
    with party.write() as books:
        return books.note("outbox", "outbox", {20: text})


def test_one_object_of_a_kind_is_kept() -> None:
    kept = Kept()
    kept.of(Index).seen = 7
    assert kept.of(Index).seen == 7
    assert Kept().of(Index).seen == 0


def test_entries_of_some_kinds_are_read_from_an_index_on(party: Party) -> None:
    first, second = note(party, "first"), note(party, "second")
    with party.read() as books:
        found = [
            (index, entry.kind, item.body[20]) for index, entry, item in entries_since(books.unit, 0, TRIES) if item
        ]
        later = [index for index, _, _ in entries_since(books.unit, second, TRIES)]
    assert found == [(first, "outbox", "first"), (second, "outbox", "second")]
    assert later == [second]


def test_a_content_that_was_destroyed_is_nothing(party: Party) -> None:
    index = note(party, "gone")
    with party.write() as books:
        books.unit.destroy(index)
    with party.read() as books:
        assert [item for _, _, item in entries_since(books.unit, 0, TRIES)] == [None]


def test_a_content_that_cannot_be_read_is_a_damaged_store(party: Party) -> None:
    with party.write() as books:
        made = books.make("outbox", b"", {**books.common(None), 20: "x"})
        index = books.enter("outbox", made)
        leaf = books.unit.leaf(index)
        books.unit.append(leaf, bytes(32), encode_item(made.item)[:-1])
    with party.read() as books, pytest.raises(LocalError, match="STORE-DAMAGED"):
        list(entries_since(books.unit, 0, TRIES))


TRIES = frozenset({"outbox"})

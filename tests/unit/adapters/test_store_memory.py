"""What is the memory store's own: a second reader waits for the writer, and nothing is shared between stores."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from armslength.adapters.store_memory import MemoryStore, MemoryUnit


def test_a_reader_waits_for_the_writer_and_sees_all_of_it() -> None:
    store, started, saw = MemoryStore(), Event(), []

    def look() -> None:
        started.set()
        with store.read() as unit:
            saw.append(unit.scan("v"))

    reader = Thread(target=look)
    with store.write() as unit:
        unit.put("v", b"a", 1)
        reader.start()
        started.wait()
        unit.put("v", b"b", 2)
        assert saw == []
    reader.join()
    assert saw == [[(b"a", 1), (b"b", 2)]]


def test_two_stores_share_nothing() -> None:
    one, other = MemoryStore(), MemoryStore()
    with one.write() as unit, other.read() as beside:
        unit.put("v", b"k", 1)
        unit.append(b"leaf", b"", b"")
        assert beside.get("v", b"k") is None
        assert beside.frontier().size == 0


def change_often_and_raise(unit: MemoryUnit) -> None:
    for n in range(1, 50):
        unit.put("v", b"k", n, due=n)
        if n % 7 == 0:
            unit.delete("v", b"k")
    raise ZeroDivisionError


def test_many_small_changes_to_one_row_are_all_undone() -> None:
    store = MemoryStore()
    with store.write() as unit:
        unit.put("v", b"k", 0, due=0)
    with pytest.raises(ZeroDivisionError), store.write() as unit:
        change_often_and_raise(unit)
    with store.read() as unit:
        assert unit.due("v", 100, 10) == [(b"k", 0)]
        assert unit.next_due("v") == 0

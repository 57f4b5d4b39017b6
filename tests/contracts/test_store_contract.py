"""One contract for every store: what the desk relies on holds in memory and on SQLite, whatever connections it has."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.desk.ports import ViewRow
from armslength.journal import tree
from builders.stores import KINDS, SQLITE_KINDS, make
from world.rng import Random

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from armslength.desk.ports import Store, Unit


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    made = make(request.param, tmp_path)
    yield made
    made.close()


def commit(store: Store, change: Callable[[Unit], object]) -> None:
    with store.write() as unit:
        change(unit)


def appended(store: Store, count: int) -> None:
    with store.write() as unit:
        for n in range(count):
            assert unit.append(b"leaf %d" % n, b"blind %d" % n, b"content %d" % n) == n


# --- views ------------------------------------------------------------------------------------------------------------

VALUES = [
    None,
    True,
    0,
    -1,
    2**64 - 1,
    b"",
    b"\x00\xff",
    "",
    "Запорожье",
    (),
    (1, ("a", b"b"), None),
    {},
    {1: "one", "two": (2,), b"3": {4: None}},
    b"x" * 100_000,
]


@pytest.mark.parametrize("value", VALUES, ids=[f"{type(v).__name__}-{n}" for n, v in enumerate(VALUES)])
def test_a_value_comes_back_equal(store: Store, value: Any) -> None:
    with store.write() as unit:
        unit.put("v", b"k", value)
        assert unit.get("v", b"k") == value
    with store.read() as unit:
        assert unit.get("v", b"k") == value
        assert unit.scan("v") == [(b"k", value)]


def test_a_stored_value_does_not_change_with_the_callers_object(store: Store) -> None:
    mine: dict[Any, Any] = {1: [1, 2]}
    with store.write() as unit:
        unit.put("v", b"k", mine)
        mine[1].append(3)
        assert unit.get("v", b"k") == {1: (1, 2)}
        got: Any = unit.get("v", b"k")
        got[9] = 9
        assert unit.get("v", b"k") == {1: (1, 2)}


def test_what_is_not_there_is_none(store: Store) -> None:
    with store.read() as unit:
        assert unit.get("v", b"k") is None
        assert unit.scan("v") == []
        assert unit.due("v", 2**62, 10) == []
        assert unit.next_due("v") is None
        assert unit.setting("s") is None
        assert list(unit.dump_views()) == []
        assert unit.frontier() == tree.Frontier()
        assert list(unit.leaf_hashes(0, 0)) == []


def test_a_row_that_was_read_is_read_again_after_a_change_was_undone(store: Store) -> None:
    with store.write() as unit:
        unit.put("v", b"k", {1: 1})
        unit.put("v", b"gone", {1: 1})
        assert unit.get("v", b"k") == {1: 1}
        with suppress(KeyError), unit.savepoint():
            unit.put("v", b"k", {1: 2})
            unit.delete("v", b"gone")
            unit.put("v", b"new", {1: 3})
            assert [unit.get("v", key) for key in (b"k", b"gone", b"new")] == [{1: 2}, None, {1: 3}]
            raise KeyError
        assert [unit.get("v", key) for key in (b"k", b"gone", b"new")] == [{1: 1}, {1: 1}, None]
        unit.clear_views()
        assert unit.get("v", b"k") is None


def test_a_row_is_replaced_and_removed(store: Store) -> None:
    with store.write() as unit:
        unit.put("v", b"k", 1, due=5)
        unit.put("v", b"k", 2)
        assert unit.get("v", b"k") == 2
        assert unit.next_due("v") is None  # replacing without a due instant takes the old one away
        unit.put("v", b"k", 3, due=7)
        assert unit.due("v", 7, 10) == [(b"k", 3)]
        unit.delete("v", b"k")
        unit.delete("v", b"k")
        assert unit.get("v", b"k") is None
        assert unit.next_due("v") is None


def test_views_do_not_see_each_other(store: Store) -> None:
    with store.write() as unit:
        unit.put("a", b"k", 1, due=1)
        unit.put("ab", b"k", 2, due=2)
        assert unit.scan("a") == [(b"k", 1)]
        assert unit.due("ab", 9, 9) == [(b"k", 2)]
        unit.delete("a", b"k")
        assert unit.get("ab", b"k") == 2


SCAN_KEYS = [
    b"",
    b"\x00",
    b"a",
    b"a\x00",
    b"a\xff",
    b"a\xff\xff",
    b"b",
    b"\xfe\xff",
    b"\xff",
    b"\xff\xff",
    b"\xff\xff\x00",
]
SCANS: list[tuple[dict[str, Any], list[bytes]]] = [
    ({}, sorted(SCAN_KEYS)),
    ({"reverse": True}, sorted(SCAN_KEYS, reverse=True)),
    ({"prefix": b"a"}, [b"a", b"a\x00", b"a\xff", b"a\xff\xff"]),
    ({"prefix": b"a", "reverse": True}, [b"a\xff\xff", b"a\xff", b"a\x00", b"a"]),
    ({"prefix": b"a\xff"}, [b"a\xff", b"a\xff\xff"]),
    ({"prefix": b"\xff"}, [b"\xff", b"\xff\xff", b"\xff\xff\x00"]),
    ({"prefix": b"\xff\xff"}, [b"\xff\xff", b"\xff\xff\x00"]),
    ({"prefix": b"\xff\xff", "reverse": True}, [b"\xff\xff\x00", b"\xff\xff"]),
    ({"prefix": b"\xfe\xff"}, [b"\xfe\xff"]),
    ({"prefix": b"c"}, []),
    ({"after": b""}, sorted(SCAN_KEYS)[1:]),
    ({"prefix": b"a", "after": b"a"}, [b"a\x00", b"a\xff", b"a\xff\xff"]),
    ({"prefix": b"a", "after": b"a\x00"}, [b"a\xff", b"a\xff\xff"]),
    ({"prefix": b"a", "after": b"\x00"}, [b"a", b"a\x00", b"a\xff", b"a\xff\xff"]),
    ({"prefix": b"a", "after": b"b"}, []),
    ({"prefix": b"a", "after": b"a\xff", "reverse": True}, [b"a\x00", b"a"]),
    ({"prefix": b"\xff", "after": b"\xff\xff", "reverse": True}, [b"\xff"]),
    ({"prefix": b"a", "after": b"\xff", "reverse": True}, [b"a\xff\xff", b"a\xff", b"a\x00", b"a"]),
    ({"prefix": b"a", "after": b"", "reverse": True}, []),
    ({"limit": 2}, [b"", b"\x00"]),
    ({"limit": 2, "reverse": True}, [b"\xff\xff\x00", b"\xff\xff"]),
    ({"prefix": b"a", "after": b"a", "limit": 1}, [b"a\x00"]),
    ({"limit": 0}, []),
    ({"limit": -1}, []),
]


@pytest.mark.parametrize(("asked", "keys"), SCANS, ids=[str(asked) for asked, _ in SCANS])
def test_scan_covers_a_prefix_in_order(store: Store, asked: dict[str, Any], keys: list[bytes]) -> None:
    with store.write() as unit:
        for key in SCAN_KEYS:
            unit.put("v", key, key)
        assert unit.scan("v", **asked) == [(key, key) for key in keys]


def test_due_rows_come_earliest_first_then_by_key(store: Store) -> None:
    with store.write() as unit:
        for key, due in [(b"d", 5), (b"c", -3), (b"b", 5), (b"a", 6), (b"e", None), (b"f", 2**62)]:
            unit.put("v", key, key, due=due)
        assert unit.next_due("v") == -3
        assert unit.due("v", -4, 10) == []
        assert unit.due("v", 5, 10) == [(b"c", b"c"), (b"b", b"b"), (b"d", b"d")]
        assert unit.due("v", 5, 2) == [(b"c", b"c"), (b"b", b"b")]
        assert unit.due("v", 5, 0) == []
        unit.put("v", b"c", b"later", due=7)
        assert unit.next_due("v") == 5
        assert [key for key, _ in unit.due("v", 2**62, 10)] == [b"b", b"d", b"a", b"c", b"f"]


def test_dump_is_in_order_of_view_and_key_with_due_instants(store: Store) -> None:
    rows = [
        ViewRow(view, key, value, due)
        for view in ("", "A", "a", "ä", "я")
        for key, value, due in [(b"", 1, None), (b"\x00", (2,), 7), (b"\xff", {3: 4}, -1)]
    ]
    shuffled = Random(3).sample(rows, len(rows))
    commit(store, lambda unit: [unit.put(*row) for row in shuffled])
    with store.read() as unit:
        assert list(unit.dump_views()) == rows


def test_dump_covers_more_rows_than_are_read_at_a_time(store: Store) -> None:
    keys = [n.to_bytes(2, "big") for n in range(1_001)]
    commit(store, lambda unit: [unit.put(view, key, 0) for view in ("a", "b") for key in keys])
    with store.read() as unit:
        assert [(row.view, row.key) for row in unit.dump_views()] == [
            (view, key) for view in ("a", "b") for key in keys
        ]


def test_clearing_views_keeps_journal_and_settings(store: Store) -> None:
    appended(store, 3)
    with store.write() as unit:
        unit.put("v", b"k", 1, due=1)
        unit.set_setting("s", 1)
        unit.clear_views()
        assert list(unit.dump_views()) == []
        assert unit.next_due("v") is None
        unit.put("v", b"new", 2)
    with store.read() as unit:
        assert list(unit.dump_views()) == [ViewRow("v", b"new", 2, None)]
        assert unit.setting("s") == 1
        assert unit.frontier().size == 3


def test_a_value_that_could_not_be_read_back_is_refused_when_it_is_put(store: Store) -> None:
    too_many_pairs = dict.fromkeys(range(1_025))
    too_long = b"x" * (4 * 1024 * 1024)
    with store.write() as unit:
        unit.put("v", b"k", 1)
        for value in (too_many_pairs, too_long, [0] * 70_000):
            with pytest.raises(LocalError, match="STORE-VALUE"):
                unit.put("v", b"k", value)  # type: ignore[arg-type]
            with pytest.raises(LocalError, match="STORE-VALUE"):
                unit.set_setting("s", value)  # type: ignore[arg-type]
        assert unit.get("v", b"k") == 1
        assert unit.setting("s") is None


# --- journal ----------------------------------------------------------------------------------------------------------


def test_the_journal_agrees_with_the_tree(store: Store) -> None:
    frontier, nodes = tree.Frontier(), {}
    for n in range(70):
        leaf = b"leaf %d" % n
        with store.write() as unit:
            assert unit.append(leaf, b"blind", b"content %d" % n) == n
            made = tree.append(frontier, tree.leaf_hash(leaf))
            frontier = made.frontier
            nodes.update({(node.level, node.index): node.hash for node in made.nodes})
            assert unit.frontier() == frontier
    with store.read() as unit:
        assert unit.frontier() == frontier
        assert {place: unit.node(*place) for place in nodes} == nodes
        assert list(unit.leaf_hashes(0, 70)) == [tree.leaf_hash(b"leaf %d" % n) for n in range(70)]
        assert list(unit.leaf_hashes(3, 5)) == [tree.leaf_hash(b"leaf 3"), tree.leaf_hash(b"leaf 4")]
        assert unit.leaf(69) == b"leaf 69"
        assert unit.content(69) == (b"blind", b"content 69")
        path = tree.inclusion_path(13, 70, unit.node)
        tree.verify_inclusion(unit.node(0, 13), 13, 70, path, tree.root(frontier))


@pytest.mark.parametrize(("blind", "content"), [(b"", b""), (b"b", b""), (b"", b"c"), (b"b" * 300, b"c" * 100_000)])
def test_blind_and_content_come_back_apart(store: Store, blind: bytes, content: bytes) -> None:
    with store.write() as unit:
        assert unit.content(unit.append(b"", blind, content)) == (blind, content)
        assert unit.leaf(0) == b""


def test_what_the_journal_does_not_have_is_a_key_error(store: Store) -> None:
    appended(store, 3)
    with store.write() as unit:
        for asked in (
            lambda: unit.leaf(3),
            lambda: unit.leaf(-1),
            lambda: unit.content(3),
            lambda: unit.destroy(3),
            lambda: unit.destroy(-1),
            lambda: unit.node(0, 3),
            lambda: unit.node(1, 1),
            lambda: unit.leaf_hashes(1, 4),
            lambda: unit.leaf_hashes(-1, 1),
        ):
            with pytest.raises(KeyError):
                asked()
        assert list(unit.leaf_hashes(2, 1)) == []


def test_destroying_a_content_keeps_leaf_and_tree(store: Store) -> None:
    appended(store, 3)
    with store.write() as unit:
        before = unit.frontier()
        unit.destroy(1)
        assert unit.content(1) is None
        unit.destroy(1)
    with store.read() as unit:
        assert unit.content(1) is None
        assert unit.leaf(1) == b"leaf 1"
        assert unit.content(0) == (b"blind 0", b"content 0")
        assert unit.content(2) == (b"blind 2", b"content 2")
        assert unit.frontier() == before
    with store.write() as unit:
        assert unit.append(b"leaf 3", b"", b"") == 3


def test_settings_are_replaced_and_are_no_views(store: Store) -> None:
    with store.write() as unit:
        unit.set_setting("name", {1: "one"})
        unit.set_setting("name", (2, None))
        assert unit.setting("name") == (2, None)
        assert list(unit.dump_views()) == []


# --- transactions -----------------------------------------------------------------------------------------------------


class BoomError(Exception):
    """What a handler raises."""


class BoomBase(BaseException):
    """What is no Exception: a cancelled task, a power cut."""


def everything(unit: Unit) -> None:
    """Change every kind of thing that `seeded` put there."""
    unit.put("v", b"old", "changed", due=3)
    unit.delete("v", b"gone")
    unit.put("v", b"new", 1, due=1)
    unit.put("w", b"new", 1)
    unit.set_setting("s", "changed")
    unit.set_setting("t", "new")
    unit.append(b"leaf 3", b"", b"")
    unit.destroy(1)


def change_and_raise(unit: Unit, error: type[BaseException]) -> None:
    everything(unit)
    unit.clear_views()
    raise error


def seeded(store: Store) -> Any:
    appended(store, 3)
    with store.write() as unit:
        unit.put("v", b"old", "old", due=9)
        unit.put("v", b"gone", "here")
        unit.set_setting("s", "old")
    return seen(store)


def seen(store: Store) -> Any:
    with store.read() as unit:
        return seen_by(unit)


def seen_by(unit: Unit) -> Any:
    size = unit.frontier().size
    return (
        list(unit.dump_views()),
        unit.next_due("v"),
        unit.frontier(),
        [(unit.leaf(n), unit.content(n)) for n in range(size)],
        list(unit.leaf_hashes(0, size)),
        [unit.setting(name) for name in "st"],
    )


@pytest.mark.parametrize("error", [BoomError, BoomBase])
def test_an_exception_undoes_the_whole_unit(store: Store, error: type[BaseException]) -> None:
    before = seeded(store)
    with pytest.raises(error), store.write() as unit:
        change_and_raise(unit, error)
    with pytest.raises(LocalError, match="STORE-MISUSE"):
        unit.put("v", b"k", 1)
    assert seen(store) == before
    appended_at = []
    commit(store, lambda unit: appended_at.append(unit.append(b"x", b"", b"")))
    assert appended_at == [3]


@pytest.mark.parametrize("error", [BoomError, BoomBase])
def test_a_savepoint_undoes_its_own_part_only(store: Store, error: type[BaseException]) -> None:
    seeded(store)
    with store.write() as unit:
        unit.put("v", b"outer", 1)
        unit.append(b"outer leaf", b"", b"outer content")
        inside = seen_by(unit)
        with pytest.raises(error), unit.savepoint():
            change_and_raise(unit, error)
        assert seen_by(unit) == inside
        assert unit.append(b"after", b"", b"") == 4
        after = seen_by(unit)
    assert seen(store) == after


def put_within_and_raise(unit: Unit) -> None:
    unit.put("v", b"b", 2)
    with unit.savepoint():
        unit.put("v", b"c", 3)
    raise BoomError


def test_savepoints_nest_and_follow_each_other(store: Store) -> None:
    with store.write() as unit:
        with unit.savepoint():
            unit.put("v", b"a", 1)
            with pytest.raises(BoomError), unit.savepoint():
                put_within_and_raise(unit)
            with unit.savepoint():
                unit.put("v", b"d", 4)
        with pytest.raises(BoomError), unit.savepoint():
            put_within_and_raise(unit)
    with store.read() as unit:
        assert unit.scan("v") == [(b"a", 1), (b"d", 4)]


CHANGES: dict[str, Callable[[Unit], Any]] = {
    "put": lambda unit: unit.put("v", b"k", 1),
    "delete": lambda unit: unit.delete("v", b"k"),
    "clear_views": lambda unit: unit.clear_views(),
    "append": lambda unit: unit.append(b"", b"", b""),
    "destroy": lambda unit: unit.destroy(0),
    "set_setting": lambda unit: unit.set_setting("s", 1),
    "savepoint": lambda unit: unit.savepoint().__enter__(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_reading_unit_refuses_every_change(store: Store, change: str) -> None:
    before = seeded(store)
    with store.read() as unit, pytest.raises(LocalError, match="STORE-MISUSE"):
        CHANGES[change](unit)
    assert seen(store) == before


def test_a_unit_is_refused_once_it_is_closed(store: Store) -> None:
    with store.write() as written:
        pass
    with store.read() as read:
        pass
    for unit in (written, read):
        with pytest.raises(LocalError, match="STORE-MISUSE"):
            unit.get("v", b"k")
    with pytest.raises(LocalError, match="STORE-MISUSE"):
        written.put("v", b"k", 1)


@pytest.mark.parametrize("outer", ["read", "write"])
@pytest.mark.parametrize("inner", ["read", "write"])
def test_a_unit_inside_a_unit_is_refused_and_not_waited_for(store: Store, outer: str, inner: str) -> None:
    with getattr(store, outer)() as unit:
        with pytest.raises(LocalError, match="STORE-MISUSE"), getattr(store, inner)():
            pass
        assert unit.get("v", b"k") is None
    commit(store, lambda unit: unit.put("v", b"k", 1))


def test_a_closed_store_is_refused(store: Store) -> None:
    store.close()
    for opening in (store.read, store.write):
        with pytest.raises(LocalError, match="STORE-MISUSE"), opening():
            pass
    store.close()


def test_a_reader_in_another_thread_never_sees_half_a_unit(store: Store) -> None:
    saw: list[Any] = []

    def look() -> None:
        with store.read() as unit:
            saw.append((unit.get("v", b"a"), unit.get("v", b"b"), unit.frontier().size))

    reader = Thread(target=look)
    with store.write() as unit:
        unit.put("v", b"a", 1)
        unit.append(b"", b"", b"")
        reader.start()
        unit.put("v", b"b", 1)
        unit.append(b"", b"", b"")
    reader.join()
    assert saw[0] in [(None, None, 0), (1, 1, 2)]


def test_writers_in_several_threads_take_turns(store: Store) -> None:
    def add() -> None:
        for _ in range(25):
            with store.write() as unit:
                count: Any = unit.get("v", b"count") or 0
                unit.append(b"", b"", b"")
                unit.put("v", b"count", count + 1)

    threads = [Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as unit:
        assert unit.get("v", b"count") == 100
        assert unit.frontier().size == 100


@pytest.mark.parametrize("kind", SQLITE_KINDS)
def test_reopening_keeps_everything(kind: str, tmp_path: Path) -> None:
    first = make(kind, tmp_path)
    seeded(first)
    commit(first, everything)
    before = seen(first)
    first.close()
    second = make(kind, tmp_path)
    assert seen(second) == before
    commit(second, lambda unit: unit.append(b"leaf 4", b"", b""))
    second.close()

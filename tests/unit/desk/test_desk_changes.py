from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.desk import alarms, changes
from armslength.desk.changes import TOPICS, TOPICS_OF, Change, topics_of
from armslength.journal.entry import ENTRY_KINDS
from builders import two_nodes
from builders.desks import desk_of, simulated

if TYPE_CHECKING:
    from armslength.desk.books import Books


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_every_kind_of_entry_has_a_topic_and_no_other_than_those_that_screens_know(kind: str) -> None:
    assert TOPICS_OF[kind]
    assert TOPICS_OF[kind] <= TOPICS


def test_no_topic_is_of_a_kind_that_does_not_exist() -> None:
    assert TOPICS_OF.keys() == ENTRY_KINDS.keys()


@pytest.mark.parametrize(
    ("kinds", "topics"),
    [
        (set(), set()),
        ({"alarm"}, {"alarms", "journal"}),
        ({"draft", "log"}, {"drafts", "log", "journal"}),
    ],
)
def test_every_entry_is_the_journals_too(kinds: set[str], topics: set[str]) -> None:
    assert topics_of(kinds) == topics


def test_a_commit_tells_its_kinds_and_the_size_and_one_that_enters_nothing_or_is_refused_tells_nothing() -> None:
    two = two_nodes.opened()
    seen: list[Change] = []

    def refused(books: Books) -> None:
        alarms.raise_alarm(books, "GAP", step=9)
        raise LocalError("ALARM-UNKNOWN")

    async def story() -> int:
        desk = desk_of(two.eucom)
        desk.changed.append(seen.append)
        await desk.write(lambda books: books.unit.frontier().size)
        with pytest.raises(LocalError):
            await desk.write(refused)
        await desk.write(lambda books: alarms.raise_alarm(books, "GAP"))
        return desk.read(lambda unit: unit.frontier().size)

    size = simulated(story)
    assert seen == [Change(kinds=frozenset({"alarm"}), size=size)]


def test_whoever_stops_waiting_does_not_keep_a_commit_from_being_told() -> None:
    two = two_nodes.opened()
    seen: list[Change] = []

    async def story() -> None:
        desk = desk_of(two.eucom)
        desk.changed.append(seen.append)
        task = asyncio.ensure_future(desk.write(lambda books: alarms.raise_alarm(books, "GAP")))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        await desk.writer.rest()

    simulated(story)
    assert [one.kinds for one in seen] == [frozenset({"alarm"})]


def test_sessions_of_officers_are_a_topic_though_no_entry_is() -> None:
    assert "sessions" in changes.TOPICS

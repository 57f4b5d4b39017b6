from __future__ import annotations

import asyncio

import pytest

from armslength.desk import alarms, clock_watch, clockwork, rebuilding, views
from armslength.desk.alarm_causes import LOST_AFTER_US
from armslength.line.session import SessionEvent
from builders import two_nodes
from builders.desks import Bell, desk_of, simulated
from builders.two_nodes import SECOND, Party, TwoNodes

KIND = clock_watch.KIND


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def rows(party: Party, kind: str = KIND) -> list[views.Row]:
    with party.read() as books:
        return [row for _, row in views.rows(books.unit, views.ALARMS) if row[1] == kind]


def said(two: TwoNodes, apart_s: int) -> None:
    """Let the peer's node say in its hello that it is so much earlier."""
    two.time.pass_s(-apart_s)
    hello = two.ndmc.hello(two.line)
    two.time.pass_s(apart_s)
    two.deliver(two.ndmc, hello)


@pytest.mark.parametrize(("apart_s", "count"), [(0, 0), (120, 0), (121, 1), (-121, 1), (86_400, 1)])
def test_a_peer_whose_clock_is_beyond_the_charters_tolerance_rings(two: TwoNodes, apart_s: int, count: int) -> None:
    said(two, apart_s)
    said(two, apart_s)
    assert len(rows(two.eucom)) == count


def test_it_ends_when_the_clocks_agree_well_and_not_at_the_border(two: TwoNodes) -> None:
    said(two, 300)
    assert "300 s ahead of what NDMC says" in rows(two.eucom)[0][5]
    said(two, 100)
    assert rows(two.eucom)[0].get(11) is None
    said(two, 60)
    assert rows(two.eucom)[0][11] == two.time.now()
    with two.eucom.write() as books:
        rebuilding.rebuild(books)


def test_a_peer_that_says_now_this_and_now_that_rings_once_until_somebody_accepts(two: TwoNodes) -> None:
    for _ in range(5):
        said(two, 300)
        said(two, 0)
    assert len(rows(two.eucom)) == 1


@pytest.mark.parametrize(("jump_s", "way"), [(120, "forward by 120 s"), (-120, "back by 120 s")])
def test_a_clock_that_was_set_rings_and_ends_when_it_was_steady_for_ten_minutes(
    two: TwoNodes, jump_s: int, way: str
) -> None:
    async def story() -> list[views.Row]:
        desk = desk_of(two.eucom)
        desk.loops.append(lambda: clock_watch.run(desk))
        desk.start()
        await asyncio.sleep(30)
        assert rows(two.eucom) == []
        desk.clock.offset = jump_s * SECOND  # type: ignore[attr-defined]
        await asyncio.sleep(10)
        seen = rows(two.eucom)
        await asyncio.sleep(620)
        await desk.close()
        return [*seen, *rows(two.eucom)]

    before, after = simulated(story)
    assert way in before[5]
    assert (before.get(11), after.get(11) is not None) == (None, True)


# --- a line that is lost ----------------------------------------------------------------------------------------------


def degraded(two: TwoNodes) -> None:
    for event in (SessionEvent.HEARD, SessionEvent.PATH_FAILED):
        with two.eucom.write() as books:
            books.note("session", "session", {20: event.value}, two.line)


def tick(party: Party) -> None:
    with party.write() as books:
        clockwork.tick(books)


def test_a_line_whose_path_stays_down_rings_once_an_outage_and_is_over_when_it_is_heard(two: TwoNodes) -> None:
    degraded(two)
    two.time.pass_s(LOST_AFTER_US / SECOND - 1)
    tick(two.eucom)
    assert rows(two.eucom, "LINE-LOST") == []
    two.time.pass_s(2)
    tick(two.eucom)
    tick(two.eucom)
    [row] = rows(two.eucom, "LINE-LOST")
    assert row[5].startswith("NDMC since ")
    two.time.pass_s(60)
    with two.eucom.write() as books:
        books.note("session", "session", {20: SessionEvent.HEARD.value}, two.line)
        rebuilding.rebuild(books)
    two.time.pass_s(600)
    tick(two.eucom)
    degraded(two)
    two.time.pass_s(LOST_AFTER_US / SECOND)
    tick(two.eucom)
    assert len(rows(two.eucom, "LINE-LOST")) == 2


def test_an_outage_that_rang_for_the_messages_that_wait_does_not_ring_twice(two: TwoNodes) -> None:
    two.eucom.send(two.line)
    degraded(two)
    two.time.pass_s(60)
    tick(two.eucom)
    assert len(rows(two.eucom, "OUTBOX-STUCK")) == 1
    two.time.pass_s(LOST_AFTER_US / SECOND)
    tick(two.eucom)
    assert rows(two.eucom, "LINE-LOST") == []


# --- the journal that cannot be written -------------------------------------------------------------------------------


def test_a_journal_that_cannot_be_written_rings_before_the_node_is_gone(two: TwoNodes) -> None:
    bell = Bell()

    async def story() -> tuple[bool, str]:
        desk = desk_of(two.eucom, bell=bell)
        desk.writer.failed = OSError("disk full")
        with pytest.raises(Exception, match="STORE-FAILED"):
            await desk.write(lambda books: alarms.raise_alarm(books, "GAP"))
        with pytest.raises(Exception, match="STORE-FAILED"):
            await desk.write(lambda books: alarms.raise_alarm(books, "GAP"))
        await desk.close()
        return desk.stopping, desk.failure

    assert simulated(story) == (True, "STORE-FAILED")
    assert [(one["kind"], one["bell"]) for one in bell.rung] == [("JOURNAL-FAILED", "flash")]


def test_a_hook_that_hangs_does_not_keep_a_failed_node_from_stopping(two: TwoNodes) -> None:
    class Hanging(Bell):
        async def notify(self, _alarm: object) -> bool:
            await asyncio.sleep(3_600)
            return True

    async def story() -> float:
        desk = desk_of(two.eucom, bell=Hanging())
        desk.fail()
        await desk.close()
        return asyncio.get_running_loop().time()

    assert simulated(story) == pytest.approx(20.0)

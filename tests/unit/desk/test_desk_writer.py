from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.store_memory import MemoryStore
from armslength.core.errors import LocalError, PeerError
from armslength.desk.writer import BATCH_JOBS_MAX, Writer, inline

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.desk.ports import Unit


def put(key: bytes, value: int = 1) -> Callable[[Unit], bytes]:
    def job(unit: Unit) -> bytes:
        unit.put("reports", key, value)
        return key

    return job


def failing(key: bytes, error: BaseException) -> Callable[[Unit], None]:
    def job(unit: Unit) -> None:
        unit.put("reports", key, 1)
        raise error

    return job


def kept(store: MemoryStore) -> list[bytes]:
    with store.read() as unit:
        return [key for key, _ in unit.scan("reports")]


def test_all_that_wait_share_one_commit() -> None:
    async def story() -> None:
        store = MemoryStore()
        writer = Writer(store)
        keys = [bytes([n]) for n in range(BATCH_JOBS_MAX)]
        assert await asyncio.gather(*(writer.run(put(key)) for key in keys)) == keys
        assert kept(store) == keys
        assert writer.commits == 1

    asyncio.run(story())


def test_what_comes_during_a_commit_shares_the_next() -> None:
    async def story() -> None:
        begun, go = asyncio.Event(), asyncio.Event()

        async def slow(work: Callable[[], None]) -> None:
            begun.set()
            await go.wait()
            work()

        store = MemoryStore()
        writer = Writer(store, slow)
        first = asyncio.ensure_future(writer.run(put(b"first")))
        await begun.wait()
        others = [asyncio.ensure_future(writer.run(put(bytes([n])))) for n in range(20)]
        await asyncio.sleep(0)
        assert not first.done()
        go.set()
        await asyncio.gather(first, *others)
        assert writer.commits == 2

    asyncio.run(story())


def test_one_commit_holds_no_more_than_its_bound() -> None:
    async def story() -> None:
        writer = Writer(MemoryStore())
        await asyncio.gather(*(writer.run(put(n.to_bytes(4, "big"))) for n in range(BATCH_JOBS_MAX + 1)))
        assert writer.commits == 2

    asyncio.run(story())


@pytest.mark.parametrize(
    "error", [PeerError("ITEM-MALFORMED"), LocalError("DRAFT-UNKNOWN"), ValueError("a fault of ours"), KeyError("k")]
)
def test_a_job_that_fails_undoes_only_itself(error: Exception) -> None:
    async def story() -> None:
        store = MemoryStore()
        writer = Writer(store)
        results: list[Any] = await asyncio.gather(
            writer.run(put(b"a")), writer.run(failing(b"b", error)), writer.run(put(b"c")), return_exceptions=True
        )
        assert (results[0], results[1], results[2]) == (b"a", error, b"c")
        assert kept(store) == [b"a", b"c"]
        assert writer.failed is None
        assert await writer.run(put(b"d")) == b"d"

    asyncio.run(story())


def test_a_storage_failure_fails_everybody_and_stops_the_writer_for_good() -> None:
    async def story() -> None:
        store = MemoryStore()
        writer = Writer(store)
        jobs = [put(b"a"), failing(b"b", LocalError("STORE-FAILED")), put(b"c")]
        results: list[Any] = await asyncio.gather(*(writer.run(job) for job in jobs), return_exceptions=True)
        assert {result.code for result in results} == {"STORE-FAILED"}
        assert kept(store) == []
        with pytest.raises(LocalError, match="STORE-FAILED"):
            await writer.run(put(b"d"))
        assert kept(store) == []

    asyncio.run(story())


def test_a_commit_that_fails_tells_nobody_that_it_is_durable() -> None:
    async def story() -> None:
        async def breaks(work: Callable[[], None]) -> None:
            work()
            raise OSError(5, "input/output error")

        writer = Writer(MemoryStore(), breaks)
        results: list[Any] = await asyncio.gather(*(writer.run(put(b"a")) for _ in range(3)), return_exceptions=True)
        assert {result.code for result in results} == {"STORE-FAILED"}

    asyncio.run(story())


def test_whoever_stops_waiting_takes_nobody_along() -> None:
    async def story() -> None:
        store = MemoryStore()
        writer = Writer(store)
        gone = asyncio.ensure_future(writer.run(put(b"gone")))
        stays = asyncio.ensure_future(writer.run(put(b"stays")))
        await asyncio.sleep(0)
        gone.cancel()
        assert await stays == b"stays"
        await writer.rest()
        assert b"stays" in kept(store)

    asyncio.run(story())


def test_a_result_is_told_only_after_the_commit() -> None:
    async def story() -> None:
        order: list[str] = []

        async def watched(work: Callable[[], None]) -> None:
            await inline(work)
            order.append("committed")

        writer = Writer(MemoryStore(), watched)
        await writer.run(put(b"a"))
        order.append("told")
        assert order == ["committed", "told"]

    asyncio.run(story())


def test_a_caller_that_is_cancelled_takes_nobody_along() -> None:
    async def story() -> None:
        begun, go = asyncio.Event(), asyncio.Event()

        async def slow(work: Callable[[], None]) -> None:
            begun.set()
            await go.wait()
            work()

        store = MemoryStore()
        writer = Writer(store, slow)
        first = asyncio.ensure_future(writer.run(put(b"first")))
        await begun.wait()
        never_begun = asyncio.ensure_future(writer.run(put(b"never")))
        last = asyncio.ensure_future(writer.run(put(b"last")))
        await asyncio.sleep(0)
        first.cancel()
        never_begun.cancel()
        await asyncio.gather(first, never_begun, return_exceptions=True)
        go.set()
        # The first was under way and is durable; the second had not begun, so nobody asks for it any more.
        assert await last == b"last"
        await writer.rest()
        assert kept(store) == [b"first", b"last"]
        assert writer.failed is None

    asyncio.run(story())


def test_who_asked_first_does_not_wait_for_those_who_come_after() -> None:
    async def story() -> None:
        writer = Writer(MemoryStore())
        answered: list[bytes] = []

        async def ask(key: bytes) -> None:
            answered.append(await writer.run(put(key)))

        first = asyncio.ensure_future(ask(b"first"))
        others: list[asyncio.Task[None]] = []
        while not first.done():
            # Somebody is always waiting, so the queue is never empty.
            others.append(asyncio.ensure_future(ask(b"other")))
            assert len(others) < 100
            await asyncio.sleep(0)
        await asyncio.gather(*others)

    asyncio.run(story())


def test_what_was_settled_is_told_even_when_nobody_waits() -> None:
    async def story() -> None:
        begun, go = asyncio.Event(), asyncio.Event()
        told: list[str] = []

        async def slow(work: Callable[[], None]) -> None:
            begun.set()
            await go.wait()
            work()
            assert told == []

        writer = Writer(MemoryStore(), slow)
        gone = asyncio.ensure_future(writer.run(put(b"gone"), lambda: told.append("gone")))
        refused = asyncio.ensure_future(writer.run(failing(b"x", KeyError("k")), lambda: told.append("refused")))
        await begun.wait()
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        go.set()
        await asyncio.gather(refused, return_exceptions=True)
        await writer.rest()
        assert told == ["gone"]

    asyncio.run(story())

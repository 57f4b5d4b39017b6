"""The same key gets the same answer, once made; the memory of it is bounded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.api.answering_once import Once

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


def counted(made: list[int], *, fails: bool = False) -> Callable[[], Coroutine[None, None, bytes]]:
    async def make() -> bytes:
        made.append(1)
        if fails:
            raise LocalError("SUBMIT-COUNT")
        return b"answer %d" % len(made)

    return make


def test_the_same_key_and_body_is_answered_once() -> None:
    made: list[int] = []

    async def case() -> list[bytes]:
        once = Once()
        return [await once.answer("a", "key-00001", b"body", counted(made)) for _ in range(3)]

    assert asyncio.run(case()) == [b"answer 1"] * 3
    assert len(made) == 1


def test_two_at_once_are_one() -> None:
    made: list[int] = []

    async def case() -> list[bytes]:
        once = Once()
        asked = [once.answer("a", "key-00001", b"body", counted(made)) for _ in range(5)]
        return list(await asyncio.gather(*asked))

    assert asyncio.run(case()) == [b"answer 1"] * 5


def test_another_body_under_the_same_key_is_refused() -> None:
    async def case() -> None:
        once = Once()
        await once.answer("a", "key-00001", b"body", counted([]))
        with pytest.raises(LocalError, match="IDEMPOTENCY-KEY-REUSED"):
            await once.answer("a", "key-00001", b"other", counted([]))

    asyncio.run(case())


def test_two_officers_may_choose_the_same_key() -> None:
    made: list[int] = []

    async def case() -> list[bytes]:
        once = Once()
        return [await once.answer(officer, "key-00001", b"body", counted(made)) for officer in "ab"]

    assert asyncio.run(case()) == [b"answer 1", b"answer 2"]


def test_what_was_refused_is_not_remembered() -> None:
    async def case() -> tuple[bytes, int]:
        once = Once()
        with pytest.raises(LocalError, match="SUBMIT-COUNT"):
            await once.answer("a", "key-00001", b"body", counted([], fails=True))
        return await once.answer("a", "key-00001", b"other", counted([])), len(once)

    assert asyncio.run(case()) == (b"answer 1", 1)


def test_only_the_last_answers_are_kept() -> None:
    async def case() -> tuple[int, bytes, bytes]:
        once = Once(limit=3)
        for number in range(10):
            await once.answer("a", f"key-{number:05}", b"body", counted([]))
            await asyncio.sleep(0)
        old = await once.answer("a", "key-00000", b"other", counted([1]))
        newest = await once.answer("a", "key-00009", b"body", counted([1]))
        return len(once), old, newest

    assert asyncio.run(case()) == (3, b"answer 2", b"answer 1")


def test_a_caller_who_hangs_up_does_not_stop_what_runs() -> None:
    made: list[int] = []

    async def case() -> bytes:
        once, go = Once(), asyncio.Event()

        async def make() -> bytes:
            await go.wait()
            made.append(1)
            return b"done"

        first = asyncio.ensure_future(once.answer("a", "key-00001", b"body", make))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        go.set()
        return await once.answer("a", "key-00001", b"body", counted(made))

    assert asyncio.run(case()) == b"done"
    assert len(made) == 1

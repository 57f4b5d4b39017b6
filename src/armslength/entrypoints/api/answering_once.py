"""The same request, the same answer: what `Idempotency-Key` promises, as long as the answer is remembered.

Only what became durable is remembered. A refused request changed nothing, so asking again is asking anew. A restart
forgets all of it, which is safe: the desk knows every record by its id and enters none twice.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

ANSWERS_MAX: Final = 512
"""Answers remembered: hours of a busy desk, and well under a mebibyte."""


@dataclass(frozen=True, slots=True)
class _Held:
    digest: bytes
    answer: asyncio.Task[bytes]


class Once:
    """Answers by officer and key, newest last.

    Args:
        limit: how many are remembered.
    """

    def __init__(self, limit: int = ANSWERS_MAX) -> None:
        self._limit = limit
        self._held: OrderedDict[tuple[str, str], _Held] = OrderedDict()

    def __len__(self) -> int:
        """Return how many answers are remembered."""
        return len(self._held)

    async def answer(
        self, officer: str, key: str | None, body: bytes, make: Callable[[], Coroutine[Any, Any, bytes]]
    ) -> bytes:
        """Return the answer made for this key, or make it; a request that still runs is waited for, not run again.

        A caller who hangs up does not stop what runs: its answer waits for whoever asks again.

        Raises:
            LocalError: IDEMPOTENCY-KEY-REUSED for another body under the same key, and what ``make`` raises.
        """
        if key is None:
            return await asyncio.shield(asyncio.ensure_future(make()))
        digest = sha256(body).digest()
        held = self._held.get((officer, key))
        if held is None:
            held = self._begin((officer, key), digest, make)
        elif held.digest != digest:
            raise LocalError("IDEMPOTENCY-KEY-REUSED", key=key)
        return await asyncio.shield(held.answer)

    def _begin(self, name: tuple[str, str], digest: bytes, make: Callable[[], Coroutine[Any, Any, bytes]]) -> _Held:
        held = _Held(digest, asyncio.ensure_future(make()))
        self._held[name] = held
        held.answer.add_done_callback(lambda task: self._settle(name, task))
        return held

    def _settle(self, name: tuple[str, str], task: asyncio.Task[bytes]) -> None:
        if task.cancelled() or task.exception() is not None:
            del self._held[name]
        done = [key for key, held in self._held.items() if held.answer.done()]
        for key in done[: max(0, len(self._held) - self._limit)]:
            del self._held[key]

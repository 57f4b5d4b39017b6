"""The one writer: jobs queue up, one transaction takes all that wait, and nothing is told before it is durable.

Group commit: while one batch is being synced, the next one gathers. Each job runs in a savepoint, so that a refused
one undoes only itself. After any storage failure the writer stops for good: the node recovers by starting again, it
never retries a sync.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Final, Generic, TypeVar

from armslength.core.errors import ArmslengthError, LocalError
from armslength.desk.ports import Store, Unit

BATCH_JOBS_MAX: Final = 32
"""Jobs in one transaction; one job is at most one transport of 64 items. A sync costs as much as a few jobs, so more
would save little, and the first to come would wait for the last."""

T = TypeVar("T")
Job = Callable[[Unit], T]
Executor = Callable[[Callable[[], None]], Awaitable[None]]


async def inline(work: Callable[[], None]) -> None:
    """Run the batch in the loop itself (simulation, tests)."""
    work()


class _Waiting(Generic[T]):
    __slots__ = ("error", "future", "job", "result", "settled")

    def __init__(self, job: Job[T], future: asyncio.Future[T], settled: Callable[[], None] | None) -> None:
        self.job = job
        self.future = future
        self.settled = settled
        self.result: Any = None
        self.error: BaseException | None = None


class Writer:
    """Runs jobs against a store, many to a commit.

    Args:
        store: the node's store.
        execute: where a batch runs - a dedicated thread in production, inline in simulation.
    """

    def __init__(self, store: Store, execute: Executor = inline) -> None:
        self._store = store
        self._execute = execute
        self._queue: deque[_Waiting[Any]] = deque()
        self._drain: asyncio.Task[None] | None = None
        self.failed: BaseException | None = None
        self.commits = 0

    async def run(self, job: Job[T], settled: Callable[[], None] | None = None) -> T:
        """Run one job and return its result after the commit that made it durable.

        Args:
            job: what to do.
            settled: called in the loop right after that commit, also when nobody waits for the result any more.

        Raises:
            ArmslengthError: what the job raised; its changes were undone.
            LocalError: STORE-FAILED.
        """
        if self.failed is not None:
            raise LocalError("STORE-FAILED", because=str(self.failed)) from self.failed
        waiting = _Waiting(job, asyncio.get_running_loop().create_future(), settled)
        self._queue.append(waiting)
        if self._drain is None:
            # A task of its own: nobody who waits - or is cancelled while waiting - carries the others' commits.
            self._drain = asyncio.ensure_future(self._serve())
        return await waiting.future  # type: ignore[no-any-return]  # set by _settle to the job's result

    async def rest(self) -> None:
        """Wait until nothing is being written."""
        if self._drain is not None:
            await asyncio.wait({self._drain})

    async def _serve(self) -> None:
        try:
            while batch := self._batch():
                try:
                    await self._execute(lambda batch=batch: self._commit(batch))  # type: ignore[misc]
                except BaseException as error:
                    self._fail(batch, error)
                    if isinstance(error, asyncio.CancelledError):
                        raise
                    continue
                self.commits += 1
                _settle(batch)
        finally:
            self._drain = None

    def _batch(self) -> list[_Waiting[Any]]:
        """Take the jobs of one transaction; whoever was cancelled before it began asks for nothing any more."""
        batch: list[_Waiting[Any]] = []
        while self._queue and len(batch) < BATCH_JOBS_MAX:
            waiting = self._queue.popleft()
            if not waiting.future.done():
                batch.append(waiting)
        return batch

    def _commit(self, batch: list[_Waiting[Any]]) -> None:
        with self._store.write() as unit:
            for waiting in batch:
                try:
                    with unit.savepoint():
                        waiting.result = waiting.job(unit)
                except Exception as error:
                    if isinstance(error, ArmslengthError) and error.code == "STORE-FAILED":
                        raise
                    waiting.error = error

    def _fail(self, batch: list[_Waiting[Any]], error: BaseException) -> None:
        self.failed = error
        waiting = [*batch, *self._queue]
        self._queue.clear()
        for one in waiting:
            if not one.future.done():
                one.future.set_exception(LocalError("STORE-FAILED", because=str(error)))


def _settle(batch: list[_Waiting[Any]]) -> None:
    for waiting in batch:
        if waiting.settled is not None and waiting.error is None:
            waiting.settled()
        if waiting.future.done():
            continue
        if waiting.error is not None:
            waiting.future.set_exception(waiting.error)
        else:
            waiting.future.set_result(waiting.result)

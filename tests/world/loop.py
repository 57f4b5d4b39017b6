"""A seeded event loop in virtual time: asyncio without a clock, a selector or a thread.

Time stands still while anything is ready and jumps to the next timer when nothing is. What is ready runs in an order
drawn from the seed, since no code may rely on the order in which the system wakes it. Threads do not exist here.
"""

from __future__ import annotations

import asyncio
import heapq
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

SPINS_MAX = 20_000
"""Callbacks at one instant, or readings of a clock: more is a loop that never rests, which no real node survives."""


TURN_S = 1e-6
"""What one turn of the loop takes: no clock stands quite still, or two ways of rounding could wait for each other."""

RESTED_S = 1e-4
"""Whoever waits for so long rests."""


class NeverRests(BaseException):
    """Something goes round without ever waiting; no Exception, so that no handler of the product catches it."""


class NothingLeft(Exception):
    """Nothing is ready and no timer is set: what is awaited will never come."""


class SimLoop(asyncio.BaseEventLoop):
    """The loop.

    Args:
        rng: decides the order of what is ready.
    """

    def __init__(self, rng: Random) -> None:
        super().__init__()
        self._rng = rng
        self._now = 0.0
        self._spins = 0
        self.spins_max: float = SPINS_MAX
        self.after_step: Callable[[], None] = _nothing
        self.wall: Callable[[], int] = int

    def time(self) -> float:
        self.spin()
        return self._now

    @property
    def present(self) -> float:
        """The time, for the world's own eyes: not counted."""
        return self._now

    def spin(self) -> None:
        """Count something that happens at this instant."""
        self._spins += 1
        if self._spins > self.spins_max:
            raise NeverRests(self._now)

    def _run_once(self) -> None:
        while self._scheduled and self._scheduled[0].cancelled():
            heapq.heappop(self._scheduled)._scheduled = False
        if not self._ready:
            if not self._scheduled:
                raise NothingLeft
            waits = self._scheduled[0].when() - self._now
            if waits > RESTED_S:
                self._spins = 0
            self._now += max(waits, 0.0)
        self._now += TURN_S
        while self._scheduled and self._scheduled[0].when() <= self._now:
            handle = heapq.heappop(self._scheduled)
            handle._scheduled = False
            self._ready.append(handle)
        batch = list(self._ready)
        self._ready.clear()
        self._rng.shuffle(batch)
        while batch:
            handle = batch.pop()
            if handle.cancelled():
                continue
            try:
                self.spin()
                handle._run()
                self.after_step()
            except BaseException:
                self._ready.extend(batch)
                raise

    def drain(self) -> None:
        """Let what was cancelled come to its end."""
        self.after_step, self.spins_max = _nothing, float("inf")
        for _ in range(20):
            self.call_soon(self.stop)
            self.run_forever()

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Cancelled timers are dropped when their turn comes."""

    def _write_to_self(self) -> None:
        """Nobody to wake: there is one thread."""

    def _process_events(self, event_list: Any) -> None:
        """No events: there is no selector."""

    def run_in_executor(self, *_arguments: Any) -> NoReturn:
        message = "the simulated world has no threads"
        raise AssertionError(message)


def _nothing() -> None:
    """The world is not watching yet."""

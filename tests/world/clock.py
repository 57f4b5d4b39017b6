"""A node's clock over the loop's time: wrong by an offset, and set forwards or back now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.core.instants import Instant

if TYPE_CHECKING:
    from world.loop import SimLoop

SECOND = 1_000_000
DAY = 86_400 * SECOND


class SimClock:
    """The Clock port of one node.

    Args:
        loop: gives the time that passes.
        epoch: UTC at the loop's time 0, microseconds.
        offset: how far this clock is ahead, microseconds.
    """

    def __init__(self, loop: SimLoop, epoch: Instant, offset: int = 0) -> None:
        self._loop = loop
        self._epoch = epoch
        self.offset = offset
        self.jumped_at = float("-inf")

    def now(self) -> Instant:
        self._loop.spin()
        return self.peek()

    def peek(self) -> Instant:
        """Read the clock without being counted (the world's own eyes)."""
        return Instant(self._epoch + self.offset + round(self._loop.present * SECOND))

    def jump(self, microseconds: int) -> None:
        """Set the clock."""
        self.offset += microseconds
        self.jumped_at = self._loop.present

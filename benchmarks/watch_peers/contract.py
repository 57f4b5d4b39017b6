"""What an engine must do to be measured, and what is measured of it."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watch_peers.world import Indexes, Points, Zones

CHUNK = 131_072
"""Points handed over at once to engines that would otherwise hold every candidate of every point in memory."""


class MissingError(Exception):
    """The engine cannot be measured here; the text says why and what would install it."""


class Peer:
    """An engine that finds the pairs of points and the circles around them.

    It is built once for the circles of a size. `prepare` may put the points where the engine keeps them: that is not
    counted.
    """

    exact: ClassVar[bool] = True
    """Whether it works on the ellipsoid; the pairs of an exact engine must be ours."""

    def build(self, zones: Zones) -> None:
        """Make what the engine needs of the circles."""
        raise NotImplementedError

    def prepare(self, points: Points) -> None:
        """Get ready for these points, uncounted."""

    def blocks(self, points: Points) -> Iterator[tuple[Indexes, Indexes]]:
        """Yield all pairs: indexes of points, indexes of circles. This is the work that is timed."""
        raise NotImplementedError

    def probe(self, lat: float, lon: float) -> int:
        """Return how many circles hold one point. This is timed for one report."""
        raise NotImplementedError

    def cpu_s(self) -> float:
        """Return CPU seconds spent by this process, or by the server that works for it."""
        return time.process_time()

    def index_mib(self) -> float | None:
        """Return the size of what was built when the engine knows it; else the process's growth is taken."""
        return None

    def peak_mib(self) -> float | None:
        """Return the server's peak when another process does the work."""
        return None

    def close(self) -> None:
        """Stop what was started."""


def chunked(points: Points, size: int = CHUNK) -> Iterator[tuple[int, Points]]:
    """Yield the points in parts, each with the index of its first."""
    from watch_peers.world import Points as Part

    for low, high in pairwise([*range(0, len(points), size), len(points)]):
        yield low, Part(points.lat[low:high], points.lon[low:high])


def digest(point: Indexes, zone: Indexes) -> int:
    """Return a number that is equal for equal sets of pairs in whatever order; digests of parts add up."""
    with np.errstate(over="ignore"):
        code = point.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + zone.astype(np.uint64)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            code = (code ^ (code >> np.uint64(shift))) * np.uint64(factor)
        return int((code ^ (code >> np.uint64(31))).sum(dtype=np.uint64))

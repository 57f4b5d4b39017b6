"""Our engine, with either kernel, used as the product uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from watch_peers.contract import MissingError, Peer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watch_peers.world import Indexes, Points, Zones

INSIDE = 2
"""The answer of the arrays that says: inside, edge included."""


class Numpy(Peer):
    """The kernel that needs numpy alone."""

    kernel: ClassVar[str] = "numpy"

    def __init__(self) -> None:
        try:
            from armslength.register import engine, zones
        except ImportError as error:
            raise MissingError(f"the product's engine cannot be imported: {error}") from None
        self._make_engine, self._make_zones = engine.Engine, zones.ZoneSet.circles
        self._engine: Any = None

    def build(self, zones: Zones) -> None:
        """Make the grid."""
        circles = self._make_zones(zones.lat, zones.lon, zones.radius_m)
        self._engine = self._make_engine(circles, kernel=self.kernel)
        if self._engine.kernel != self.kernel:
            raise MissingError(f"the engine took its {self._engine.kernel} kernel when asked for {self.kernel}")

    def blocks(self, points: Points) -> Iterator[tuple[Indexes, Indexes]]:
        """Join as a stream."""
        for block in self._engine.join(points.lat, points.lon):
            # At no uncertainty every pair that is told is inside; were one not, the comparison would find it.
            yield block.point, block.zone

    def probe(self, lat: float, lon: float) -> int:
        """Ask for one point, with distance and bearing of every hit."""
        return sum(hit.answer == INSIDE for hit in self._engine.probe(lat, lon))


class Numba(Numpy):
    """The compiled kernel of the extra `[fast]`."""

    kernel = "numba"

    def __init__(self) -> None:
        try:
            import numba
        except ImportError:
            raise MissingError("numba is not installed: pip install numba") from None
        numba.set_num_threads(1)
        super().__init__()


def csr(count: int, blocks: Iterator[tuple[Indexes, Indexes]]) -> tuple[Indexes, Indexes]:
    """Return the hits of each point in a row: where each point's begin (count + 1), and the circles."""
    parts = list(blocks)
    point = np.concatenate([part[0] for part in parts]) if parts else np.zeros(0, np.int64)
    zone = np.concatenate([part[1] for part in parts]) if parts else np.zeros(0, np.int64)
    order = np.argsort(point, kind="stable")
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(point, minlength=count), out=starts[1:])
    return starts, zone[order].astype(np.int32)

"""The limit: what is left when the hits are known already.

For each point the sines and cosines that any exact engine needs to place it on the ellipsoid, and a copy of its hits to
fresh arrays of the shape that ours yields (int64 point, int64 zone, int8 answer). Nothing is looked up and nothing is
compared. (Where few points have a zone near, an engine may still pass it: it need not place the others.) Compiled by
numba with its usual settings, as our compiled kernel is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from watch_peers import own
from watch_peers.contract import MissingError, Peer, chunked
from watch_peers.world import A_M, E2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from watch_peers.world import Floats, Indexes, Points, Zones

    Out = tuple[Indexes, Indexes, NDArray[np.int8]]

BLOCK = 65_536
"""Points of one block: small enough that its arrays stay warm, which favours the limit."""


def _kernel() -> Callable[..., float]:
    import numba

    @numba.njit
    def copy(lat: Floats, lon: Floats, first: int, starts: Indexes, zones: Indexes, out: Out) -> float:
        point, zone, answer = out
        sink = 0.0
        at = 0
        for i in range(len(lat)):
            phi, lam = np.radians(lat[i]), np.radians(lon[i])
            sin, cos = np.sin(phi), np.cos(phi)
            n = A_M / np.sqrt(1 - E2 * sin * sin)
            sink += n * cos * np.cos(lam) + n * cos * np.sin(lam) + n * (1 - E2) * sin
            for j in range(starts[first + i], starts[first + i + 1]):
                point[at] = first + i
                zone[at] = zones[j]
                answer[at] = 2
                at += 1
        return sink

    return copy


class Limit(Peer):
    """Trigonometry and copy, given the hits."""

    def __init__(self) -> None:
        try:
            self._copy = _kernel()
        except ImportError:
            raise MissingError("numba is not installed: pip install numba") from None
        self._hits: Peer = own.Numpy()
        self.sink = 0.0

    def build(self, zones: Zones) -> None:
        """Nothing is built; the engine that finds the hits beforehand is."""
        self._hits.build(zones)

    def prepare(self, points: Points) -> None:
        """Find the hits, uncounted."""
        self._starts, self._zones = own.csr(len(points), self._hits.blocks(points))

    def blocks(self, points: Points) -> Iterator[tuple[Indexes, Indexes]]:
        """Copy them out."""
        for first, part in chunked(points, BLOCK):
            count = int(self._starts[first + len(part)] - self._starts[first])
            out = (np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int8))
            self.sink += self._copy(part.lat, part.lon, first, self._starts, self._zones, out)
            yield out[0], out[1]

"""The one place where tests name `random`: seeded generators, and the Rng port on one of them."""

from __future__ import annotations

from random import Random

__all__ = ["Random", "SeededRng"]


class SeededRng:
    """The Rng port from a seed (any value that `Random` takes as one)."""

    def __init__(self, seed: int | str = 1) -> None:
        self.bytes = Random(seed).randbytes

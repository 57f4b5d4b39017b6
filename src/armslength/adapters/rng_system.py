"""Real randomness: the operating system's generator."""

from __future__ import annotations

import os


class SystemRng:
    """The Rng port on the operating system's generator; it waits only for the first entropy after a start."""

    def bytes(self, count: int) -> bytes:
        """Return ``count`` random bytes."""
        return os.urandom(count)  # noqa: TID251 - this file is the Rng port that everybody else asks

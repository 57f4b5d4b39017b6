"""The real clock: the one file of the product that reads the time of the machine."""

from __future__ import annotations

import time

from armslength.core.instants import Instant

_NS_PER_US = 1_000


class SystemClock:
    """The Clock port on the machine's clock (UTC, as the operating system keeps it)."""

    def now(self) -> Instant:
        """Return the present instant in microseconds UTC."""
        # Integer nanoseconds, since a float of seconds does not hold every microsecond exactly.
        return Instant(time.time_ns() // _NS_PER_US)

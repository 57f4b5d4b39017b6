"""The clock of the machine, as a port."""

from __future__ import annotations

from datetime import UTC, datetime

from armslength.adapters.clock import SystemClock
from armslength.core.instants import instant


def test_the_clock_gives_microseconds_utc_between_two_readings_of_the_machine() -> None:
    before = datetime.now(UTC)  # noqa: TID251 - the witness of what the port reads
    at = SystemClock().now()
    after = datetime.now(UTC)  # noqa: TID251 - as above
    assert type(at) is int
    assert int(before.timestamp() * 1_000_000) - 1 <= at <= int(after.timestamp() * 1_000_000) + 1
    assert instant(at) == at

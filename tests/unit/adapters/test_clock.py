"""The clock and the generator of the machine, as ports."""

from __future__ import annotations

from datetime import UTC, datetime

from armslength.adapters.clock import SystemClock
from armslength.adapters.rng_system import SystemRng
from armslength.core.instants import instant


def test_the_clock_gives_microseconds_utc_between_two_readings_of_the_machine() -> None:
    before = datetime.now(UTC)  # noqa: TID251 - the witness of what the port reads
    at = SystemClock().now()
    after = datetime.now(UTC)  # noqa: TID251 - as above
    assert type(at) is int
    assert int(before.timestamp() * 1_000_000) - 1 <= at <= int(after.timestamp() * 1_000_000) + 1
    assert instant(at) == at


def test_the_generator_gives_as_many_bytes_as_asked_and_never_the_same() -> None:
    rng = SystemRng()
    assert [len(rng.bytes(count)) for count in (0, 1, 12, 32)] == [0, 1, 12, 32]
    assert len({rng.bytes(16) for _ in range(100)}) == 100

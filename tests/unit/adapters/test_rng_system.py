"""The generator of the machine, as a port."""

from __future__ import annotations

from armslength.adapters.rng_system import SystemRng


def test_the_generator_gives_as_many_bytes_as_asked_and_never_the_same() -> None:
    rng = SystemRng()
    assert [len(rng.bytes(count)) for count in (0, 1, 12, 32)] == [0, 1, 12, 32]
    assert len({rng.bytes(16) for _ in range(100)}) == 100

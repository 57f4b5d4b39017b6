"""Running desks of the two parties, in virtual time, with a net that does as it is told."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random  # noqa: TID251 - the order of a seeded loop
from typing import TYPE_CHECKING, Any, TypeVar

from armslength.core.errors import Unavailable
from armslength.core.instants import Instant
from armslength.desk.desk import Desk
from builders.two_nodes import START
from world.loop import SimLoop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from armslength.desk.ports import Address, Store
    from builders.two_nodes import Party

T = TypeVar("T")


def simulated(story: Callable[[], Coroutine[Any, Any, T]], *, seed: int = 1) -> T:
    """Run a story in virtual time and return what it returns."""
    loop = SimLoop(Random(seed))
    try:
        return loop.run_until_complete(story())
    finally:
        loop.drain()
        loop.close()


class LoopClock:
    """A clock over the running loop's time, wrong by what a test says."""

    def __init__(self) -> None:
        self.offset = 0

    def now(self) -> Instant:
        """Return the present instant."""
        return Instant(START + self.offset + round(asyncio.get_running_loop().time() * 1_000_000))


class Bell:
    """Rings nobody and remembers for whom."""

    def __init__(self, *, works: bool = True) -> None:
        self.rung: list[dict[str, str]] = []
        self.works = works

    async def notify(self, alarm: Mapping[str, str]) -> bool:
        """Take an alarm."""
        self.rung.append(dict(alarm))
        return self.works


@dataclass
class Wire:
    """Carries to another desk, after a delay, unless it is down; remembers when each request left and what it held."""

    to: list[Desk] = field(default_factory=list)
    down: bool = False
    silent: bool = False
    delay_s: float = 0.01
    left_at: list[float] = field(default_factory=list)
    carried: list[int] = field(default_factory=list)

    async def send(self, line_id: bytes, _address: Address, transports: bytes) -> bytes:
        """Carry a request."""
        self.left_at.append(asyncio.get_running_loop().time())
        self.carried.append(len(transports))
        await asyncio.sleep(self.delay_s)
        if self.down or not self.to:
            raise Unavailable("BEARER-UNREACHABLE")
        answer = await self.to[0].receive(line_id, transports)
        return b"" if self.silent else answer


def desk_of(party: Party, wire: Wire | None = None, bell: Bell | None = None, store: Store | None = None) -> Desk:
    """Return a desk over a party's store and keys."""
    return Desk(
        realm=party.realm,
        store=store or party.store,
        keys=party.keys,
        clock=LoopClock(),
        rng=party.rng,
        net=wire or Wire(),
        notifier=bell or Bell(),
    )

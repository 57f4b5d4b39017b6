"""The network of the world: it loses, delays, repeats, reorders, corrupts and cuts, each direction by itself.

A request that timed out at its sender may arrive all the same, after others that left later; an answer may be lost
after the request was committed; whatever went over the wire once may come again minutes later.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from armslength.core.errors import ArmslengthError, Unavailable

if TYPE_CHECKING:
    from random import Random

    from armslength.desk.ports import Address
    from world.node import Life, SimNode
    from world.world import World

TIMEOUT_S = 10.0
"""How long a bearer waits for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """How one direction behaves. Probabilities for each transmission; seconds."""

    loss: float = 0.0
    repeat: float = 0.0
    corrupt: float = 0.0
    delay_s: float = 0.02
    slow: float = 0.0

    def describe(self) -> str:
        return f"loss {self.loss} repeat {self.repeat} corrupt {self.corrupt} delay {self.delay_s} slow {self.slow}"


CALM = Weather()
WEATHERS = (
    CALM,
    Weather(loss=0.1, repeat=0.1, delay_s=0.2),
    Weather(loss=0.3, repeat=0.2, corrupt=0.1, delay_s=0.3, slow=0.1),
    Weather(delay_s=1.0, slow=0.3, repeat=0.1),
    Weather(loss=0.5, corrupt=0.2, delay_s=0.05),
)
SLOW_TIMES = 50
REPEATED_AFTER_S = (0.01, 90.0)
TAPE_MAX = 200
"""Transmissions kept for being played again."""


class Net:
    """All lines of one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.weather: dict[tuple[str, str], Weather] = {}
        self.cut: set[tuple[str, str]] = set()
        self.tape: list[tuple[SimNode, bytes, bytes]] = []

    def heal(self) -> None:
        """Good weather from now on."""
        self.weather.clear()
        self.cut.clear()

    def of(self, sender: SimNode, receiver: SimNode) -> Weather:
        """Return the weather of a direction now."""
        return self.weather.get((sender.name, receiver.name), CALM)

    async def carry(self, sender: SimNode, receiver: SimNode, body: bytes) -> bytes | None:
        """Let bytes travel one way; None when they never arrive."""
        weather, rng = self.of(sender, receiver), self._world.rng
        delay = weather.delay_s * (0.1 + rng.random())
        if rng.random() < weather.slow:
            delay *= rng.uniform(1, SLOW_TIMES)
        await asyncio.sleep(delay)
        if (sender.name, receiver.name) in self.cut or rng.random() < weather.loss:
            return None
        if body and rng.random() < weather.corrupt:
            return spoiled(body, rng)
        return body

    async def request(self, sender: SimNode, receiver: SimNode, line: bytes, body: bytes) -> bytes | None:
        """Carry a request there and its answer back; None when either is lost.

        Raises:
            Unavailable: nobody is there, or the request was refused.
        """
        arrived = await self.carry(sender, receiver, body)
        if arrived is None:
            return None
        self._remember(receiver, line, body)
        answer = await deliver(receiver, line, arrived)
        return await self.carry(receiver, sender, answer)

    def _remember(self, receiver: SimNode, line: bytes, body: bytes) -> None:
        self.tape.append((receiver, line, body))
        del self.tape[:-TAPE_MAX]
        if self._world.rng.random() < self.of(self._world.peer_on(receiver, line), receiver).repeat:
            self._world.spawn(self._again(receiver, line, body))

    async def _again(self, receiver: SimNode, line: bytes, body: bytes) -> None:
        await asyncio.sleep(self._world.rng.uniform(*REPEATED_AFTER_S))
        await self.replay(receiver, line, body)

    async def replay(self, receiver: SimNode, line: bytes, body: bytes) -> None:
        """Deliver bytes that were delivered before; the answer goes to nobody."""
        try:
            await deliver(receiver, line, body)
        except Unavailable:
            return


async def deliver(receiver: SimNode, line: bytes, body: bytes) -> bytes:
    """Hand bytes to a node as its bearer does.

    Raises:
        Unavailable: it is down, or refused the delivery.
    """
    from world.node import NodeDown

    try:
        return await receiver.serve(line, body)
    except NodeDown:
        raise Unavailable("BEARER-UNREACHABLE") from None
    except ArmslengthError as error:
        receiver.world.trace(receiver.name, "refused", error.code)
        raise Unavailable("BEARER-REFUSED", said=error.code) from None


def spoiled(body: bytes, rng: Random) -> bytes:
    """Return bytes with a bit flipped, a piece missing, or rubbish at the end."""
    at = rng.randrange(len(body))
    kind = rng.randrange(3)
    if kind == 0:
        return body[:at] + bytes([body[at] ^ (1 << rng.randrange(8))]) + body[at + 1 :]
    if kind == 1:
        return body[:at]
    return body + rng.randbytes(rng.randrange(1, 9))


class NodeNet:
    """The Net port of one life of a node."""

    def __init__(self, world: World, life: Life) -> None:
        self._world = world
        self._life = life

    async def send(self, line_id: bytes, address: Address, transports: bytes) -> bytes:
        world, sender = self._world, self._life.node
        if not self._life.alive:
            raise asyncio.CancelledError
        receiver = world.at_address(address)
        world.trace(sender.name, "sends", line_id, transports)
        world.invariants.on_the_wire(sender, line_id, transports)
        travel = world.spawn(world.net.request(sender, receiver, line_id, transports))
        done, _ = await asyncio.wait((travel,), timeout=TIMEOUT_S)
        if not done:
            # The sender gives up; the request goes on and may arrive late.
            travel.add_done_callback(_unheard)
            raise Unavailable("BEARER-TIMEOUT")
        answer = travel.result()
        if answer is None:
            await asyncio.sleep(max(0.0, TIMEOUT_S - world.rng.uniform(0, TIMEOUT_S)))
            raise Unavailable("BEARER-TIMEOUT")
        return answer


def _unheard(task: asyncio.Task[bytes | None]) -> None:
    if not task.cancelled():
        task.exception()

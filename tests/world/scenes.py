"""Short fixed conversations, for runs in which one thing at a time goes wrong."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from armslength.core.precedence import Precedence
from armslength.line.receipts import Level
from world.officers import values_of

if TYPE_CHECKING:
    from world.node import SimNode
    from world.world import World

SIDES = ("EUCOM", "NDMC")


def sides(world: World) -> tuple[SimNode, SimNode, bytes]:
    """Return the two nodes and their line."""
    one, other = (world.nodes[code] for code in SIDES)
    return one, other, one.peers[other.name]


async def concern_and_flash(world: World) -> None:
    """A CONCERN with R0 to R4, and a FLASH back with R0 and R1."""
    eucom, ndmc, line = sides(world)
    await concern(world)
    stop = await world.officers.send(ndmc, line, "STOP", Precedence.FLASH, values_of(ndmc, "STOP"))
    await world.until(lambda: stop in eucom.ledger.inn.by_hash)
    await world.officers.receipt(eucom, stop, Level.READ)


async def concern(world: World) -> None:
    """One CONCERN from EUCOM with R0 to R4."""
    eucom, ndmc, line = sides(world)
    sent = await world.officers.send(eucom, line, "CONCERN", Precedence.IMMEDIATE, values_of(eucom, "CONCERN"))
    await world.until(lambda: sent in ndmc.ledger.inn.by_hash)
    for level in (Level.READ, Level.UNDERSTOOD, Level.PASSED, Level.ANSWERED):
        await world.officers.receipt(ndmc, sent, level)


async def stop(world: World) -> None:
    """One STOP from EUCOM, and time for every deadline to pass unanswered."""
    eucom, _, line = sides(world)
    await world.officers.send(eucom, line, "STOP", Precedence.FLASH, values_of(eucom, "STOP"))
    await asyncio.sleep(75)


def crash_later(world: World, code: str, operations: int) -> None:
    """Let a node's power fail so many disk operations from the start of the scene."""
    disk = world.nodes[code].disk
    disk.crash_at(disk.operations + operations)

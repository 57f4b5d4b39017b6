"""A peer that lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from world.world import World


class Liar:
    def __init__(self, world: World) -> None:
        self._world = world

    async def lie(self, count: int) -> None:
        return

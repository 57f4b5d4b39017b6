"""The power fails at every disk operation of a conversation, on either side, with torn writes, and in recovery."""

from __future__ import annotations

import asyncio
from functools import cache, partial
from typing import TYPE_CHECKING

import pytest

from world import scenes
from world.world import Outcome, World

if TYPE_CHECKING:
    from collections.abc import Iterable

SEED = "crash points"
TORN = 3
"""Variants of what survives a cut: torn otherwise, or all, or nothing."""

RECOVERY = 6
"""Operations of a start within which the second power cut strikes; most starts have fewer."""

CHUNKS = 8
QUICK_STRIDE = 41
COUNTED: dict[str, int] = {}
"""Operations of the last run's scene, by node."""


CHECKPOINTED_S = 3.0
"""After the last message the nodes cosign each other's checkpoints; those operations count too."""


async def scene(world: World, code: str, operation: int) -> None:
    before = [node.disk.operations for node in world.nodes.values()]
    if operation:
        scenes.crash_later(world, code, operation)
    await scenes.concern_and_flash(world)
    await asyncio.sleep(CHECKPOINTED_S)
    for node, start in zip(world.nodes.values(), before, strict=True):
        COUNTED[node.name] = node.disk.operations - start


def run(code: str, operation: int, variant: int) -> Outcome:
    """Run the conversation with a power cut; a variant from TORN on is cut again while it recovers."""
    again = None if variant < TORN else 1 + operation % RECOVERY
    world = World(
        seed=SEED,
        scene=partial(scene, code=code, operation=operation),
        disk_seed=f"{code} {operation} {variant}",
        again_after=again,
    )
    return world.run()


@cache
def operations() -> dict[str, int]:
    """Return how many disk operations the undisturbed conversation takes on each side."""
    run(scenes.SIDES[0], 0, 0)
    return dict(COUNTED)


def strike(points: Iterable[tuple[str, int, int]]) -> tuple[int, int]:
    runs = crashes = 0
    for code, operation, variant in points:
        outcome = run(code, operation, variant)
        runs, crashes = runs + 1, crashes + outcome.crashes
    return runs, crashes


def every_point(variants: int) -> list[tuple[str, int, int]]:
    return [
        (code, operation, variant)
        for code, count in operations().items()
        for operation in range(1, count + 1)
        for variant in range(variants)
    ]


def test_the_conversation_survives_power_cuts() -> None:
    points = every_point(TORN + 1)[::QUICK_STRIDE]
    runs, crashes = strike(points)
    print(f"\n{operations()} disk operations; {runs} runs, {crashes} crashes, 0 violations")
    assert crashes >= runs


@pytest.mark.long
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_conversation_survives_a_power_cut_at_every_disk_operation(chunk: int) -> None:
    points = every_point(TORN + 1)[chunk::CHUNKS]
    runs, crashes = strike(points)
    print(f"\n{operations()} disk operations; {runs} runs, {crashes} crashes, 0 violations")
    assert crashes >= runs

"""What the world found that nobody had planted: each as a scene, and the bug put back to show that it is caught."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from armslength.core.precedence import Precedence
from world import planted, scenes
from world.clock import SECOND
from world.invariants import Violation
from world.net import Weather
from world.officers import values_of
from world.world import World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractContextManager


async def flash_before_a_restart(world: World) -> None:
    """A FLASH is released while the line is cut, the node is killed, the line comes back; no officer does anything."""
    eucom, ndmc, line = scenes.sides(world)
    world.net.cut |= {(eucom.name, ndmc.name), (ndmc.name, eucom.name)}
    await world.officers.send(eucom, line, "STOP", Precedence.FLASH, values_of(eucom, "STOP"))
    world.crashed(eucom, "kill", power=False, back_after_s=1.0)
    world.net.heal()
    await asyncio.sleep(5)


async def clock_set_back_in_an_outage(world: World) -> None:
    """While the line is cut and a message waits, the clocks are set back again and again; then the line heals."""
    eucom, ndmc, line = scenes.sides(world)
    world.loop.wall = eucom.clock.peek
    world.net.cut |= {(eucom.name, ndmc.name), (ndmc.name, eucom.name)}
    await world.officers.send(eucom, line, "SERVICE", Precedence.ROUTINE, values_of(eucom, "SERVICE"))
    for _ in range(60):
        await asyncio.sleep(0.5)
        eucom.clock.jump(-600 * SECOND)
        ndmc.clock.jump(-600 * SECOND)


async def slow_flash(world: World) -> None:
    """A FLASH is longer on its way than an item may be before it is sent again."""
    eucom, ndmc, line = scenes.sides(world)
    await asyncio.sleep(2)
    world.net.weather[eucom.name, ndmc.name] = Weather(delay_s=70.0)
    await world.officers.send(eucom, line, "STOP", Precedence.FLASH, values_of(eucom, "STOP"))
    await asyncio.sleep(0.1)
    world.net.heal()  # only the FLASH itself is slow
    await asyncio.sleep(30)


async def stop_behind_a_hook_that_hangs(world: World) -> None:
    """The hook hangs for every alarm; several are raised, and then a STOP arrives."""
    eucom, _, line = scenes.sides(world)
    for _ in range(4):
        await world.officers.send(eucom, line, "SERVICE", Precedence.ROUTINE, values_of(eucom, "SERVICE"))
        await world.officers.send(eucom, line, "STOP", Precedence.FLASH, values_of(eucom, "STOP"))
    world.hook_hangs_s = 3.0
    await asyncio.sleep(12)
    world.hook_hangs_s = 0.0


async def clock_set_back_before_the_bell(world: World) -> None:
    """An alarm is raised, the process ends before it rang, and comes back with its clock a day behind."""
    eucom, ndmc, line = scenes.sides(world)
    world.hook_hangs_s = 2.0
    await world.officers.send(eucom, line, "STOP", Precedence.FLASH, values_of(eucom, "STOP"))
    await world.until(lambda: bool(ndmc.ledger.raised_at))
    world.crashed(ndmc, "kill", power=False, back_after_s=0.5)
    ndmc.clock.jump(-86_400 * SECOND)
    world.hook_hangs_s = 0.0
    await asyncio.sleep(60)


async def stopped_at_once(world: World) -> None:
    """A process ends in the moment in which it started."""
    eucom, _, _ = scenes.sides(world)
    world.crashed(eucom, "kill", power=False, back_after_s=0.0)
    await asyncio.sleep(0.0)
    world.crashed(eucom, "kill", power=False, back_after_s=0.5)
    await asyncio.sleep(3)


FOUND: dict[str, tuple[Callable[[World], Awaitable[None]], Callable[[], AbstractContextManager[None]], str]] = {
    "a FLASH waits over a restart": (flash_before_a_restart, planted.flash_forgotten, "NOT-DELIVERED"),
    "the clock is set back while the path fails": (
        clock_set_back_in_an_outage,
        planted.waits_by_the_wall_clock,
        "NOT-DELIVERED",
    ),
    "a STOP rings beside a hook that hangs": (
        stop_behind_a_hook_that_hangs,
        planted.one_bell_at_a_time,
        "ALARM-NOT-RUNG",
    ),
    "the clock is set back before the bell": (
        clock_set_back_before_the_bell,
        planted.bells_by_the_clock,
        "ALARM-NOT-RUNG",
    ),
    "a FLASH is long on its way": (slow_flash, planted.one_table_of_what_is_carried, "LOOP-FAILED"),
}


def play(scene: Callable[[World], Awaitable[None]]) -> None:
    World(seed=scene.__name__, scene=scene).run()


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_holds(name: str) -> None:
    play(FOUND[name][0])


@pytest.mark.parametrize("name", FOUND)
def test_the_bug_put_back_is_caught(name: str) -> None:
    scene, plant, caught_by = FOUND[name]
    with plant(), pytest.raises(Violation) as caught:
        play(scene)
    assert caught.value.name == caught_by


def test_a_process_that_ends_as_it_starts_leaves_nothing_behind() -> None:
    play(stopped_at_once)

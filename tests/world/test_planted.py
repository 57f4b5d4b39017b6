"""Each planted bug is caught by the invariant meant for it, within a few seeds; none is a bug of the product."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from world import planted
from world.invariants import Violation
from world.node import WorldDisk
from world.world import World, plan_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

SEEDS = 40
"""A bug that hides from so many seeds is not caught."""

BUGS: dict[str, tuple[Callable[[], AbstractContextManager[None]], dict[str, object], set[str]]] = {
    "receipt before commit": (planted.receipt_before_commit, {}, {"R0-NOT-JOURNALLED"}),
    "send before commit": (planted.send_before_commit, {}, {"SENT-NOT-JOURNALLED"}),
    "synchronous=NORMAL": (planted.synchronous_normal, {}, {"NOT-DURABLE"}),
    "timer in memory": (planted.timer_in_memory, {"kills": 3}, {"DEADLINE-LOST"}),
    "double escalation": (planted.double_escalation, {}, {"ALARM-TWICE"}),
    "mark before notify": (planted.mark_before_notify, {}, {"MARKED-NOT-RUNG"}),
    "no gap check": (planted.no_gap_check, {"stormy": True}, {"GAP-IN-SERIES", "SERIES-HASH"}),
    "unsigned control frame": (planted.unsigned_control_frame, {}, {"UNSIGNED-FRAME"}),
    "a bearer's OK taken as proof": (planted.bearer_ok_is_proof, {"stormy": True}, {"OUTBOX"}),
    "another envelope under a number taken": (planted.fork_accepted, {"lies": 20}, {"DUPLICATE"}),
    "a view made from the clock": (planted.view_from_the_clock, {}, {"VIEWS-DIFFER"}),
    "no R0 for a repeated envelope": (planted.no_repeat, {"stormy": True}, {"NOT-DELIVERED"}),
}


def violated(world: World) -> Violation | None:
    """Run a world to its end or to its first violation."""
    try:
        world.run()
    except Violation as violation:
        return violation
    return None


@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_caught(name: str) -> None:
    plant, changes, caught_by = BUGS[name]
    with plant():
        for seed in range(SEEDS):
            violation = violated(World(seed=seed, plan=replace(plan_of(seed), **changes)))  # type: ignore[arg-type]
            if violation is not None:
                print(f"\n{name}: seed {seed}, {violation}")
                assert violation.name in caught_by
                return
    pytest.fail(f"{name} was not caught in {SEEDS} seeds")


def test_unsynced_commits_are_missed_after_a_power_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    # The look at the disk before each transmission catches it at once; without that look, recovery does.
    monkeypatch.setattr(WorldDisk, "unsynced", lambda _: False)
    with planted.synchronous_normal():
        worlds = (World(seed=seed, plan=replace(plan_of(seed), crashes=3, kills=0)) for seed in range(SEEDS))
        first = next(found for world in worlds if (found := violated(world)) is not None)
    assert first.name == "LOST-AFTER-CRASH"

"""The world under many seeds: whatever happens to nodes, disks, clocks and network, every invariant holds.

ARMSLENGTH_WORLD_SEED=7 replays one seed; ARMSLENGTH_WORLD_FIRST and ARMSLENGTH_WORLD_SEEDS choose another range.
"""

from __future__ import annotations

import os
import subprocess
import sys
from ast import literal_eval
from dataclasses import replace
from pathlib import Path

import pytest

from world.world import Outcome, World, plan_of

HERE = Path(__file__).parent
SEEDS_LONG = 500
CHUNK = 25
"""Seeds of one test of the long run, so that parallel workers share them."""

ONE = os.environ.get("ARMSLENGTH_WORLD_SEED")
FIRST = int(os.environ.get("ARMSLENGTH_WORLD_FIRST", "0"))
SEEDS = int(os.environ.get("ARMSLENGTH_WORLD_SEEDS", "20"))
DIGESTED = (3, 13, 24, 32)
"""Seeds whose runs are compared event by event."""


def run(first: int, count: int) -> list[Outcome]:
    outcomes = [World(seed=seed, plan=plan_of(seed)).run() for seed in range(first, first + count)]
    messages, crashes = (sum(getattr(outcome, name) for outcome in outcomes) for name in ("messages", "crashes"))
    refused, hours = sum(o.refused for o in outcomes), sum(o.simulated_s for o in outcomes) / 3600
    print(
        f"\n{count} seeds from {first}, {messages} messages, {crashes} crashes, {refused} frames refused,"
        f" {hours:.1f} simulated hours, 0 violations"
    )
    return outcomes


def recorded() -> list[tuple[int, dict[str, object], str]]:
    rows = []
    for line in (HERE / "regressions.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            seed, changes, found = (part.strip() for part in line.split("|"))
            rows.append((int(seed), literal_eval(changes), found))
    return rows


def test_every_invariant_holds_under_every_seed() -> None:
    if ONE is not None:
        print("\n", plan_of(int(ONE)), run(int(ONE), 1))
        return
    outcomes = run(FIRST, SEEDS)
    assert sum(outcome.messages for outcome in outcomes) >= SEEDS


@pytest.mark.long
@pytest.mark.parametrize("first", range(1_000, 1_000 + SEEDS_LONG, CHUNK))
def test_every_invariant_holds_under_hundreds_of_seeds(first: int) -> None:
    outcomes = run(first, CHUNK)
    assert sum(outcome.crashes for outcome in outcomes) > 0


@pytest.mark.parametrize(("seed", "changes", "found"), recorded())
def test_a_run_that_once_failed_holds(seed: int, changes: dict[str, object], found: str) -> None:
    World(seed=seed, plan=replace(plan_of(seed), **changes)).run()  # type: ignore[arg-type]  # fields of the plan by name


def test_the_same_seed_is_the_same_run_event_by_event() -> None:
    first, second = ([run(seed, 1)[0] for seed in DIGESTED] for _ in range(2))
    assert first == second
    assert len({outcome.digest for outcome in first}) == len(DIGESTED)


@pytest.mark.parametrize("hash_seed", ["1", "4242"])
def test_a_run_does_not_depend_on_the_order_of_sets(hash_seed: str) -> None:
    program = (
        "from world.world import World, plan_of\n"
        f"print(*(World(seed=seed, plan=plan_of(seed)).run().digest for seed in {DIGESTED}))\n"
    )
    paths = os.pathsep.join(str(path) for path in (HERE.parent, HERE.parent.parent / "src"))
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.split() == [World(seed=seed, plan=plan_of(seed)).run().digest for seed in DIGESTED]

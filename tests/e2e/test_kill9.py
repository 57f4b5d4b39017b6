"""kill -9 of real node processes at seeded moments while messages flow both ways.

What a process told before it died is the ledger: `sent` means durable at the sender, `held` means that the receiver's
signed receipt is durable at the sender, `in` means durable at the receiver. After the last restart the two nodes are
left alone until nothing waits; then every leaf is hashed again and both journals are compared.
"""

from __future__ import annotations

import importlib.util
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

Json = dict[str, Any]

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
KILLS = 50
SEED = 1
PAUSE_S = 0.02
"""Between releases on each side: messages flow, and the machine is not busy with officers' signatures alone."""

UNDER_WAY_MAX = 200
"""Messages without receipt on one side: those of two seconds, so that a node that is down does not gather thousands."""

SETTLED_WITHIN_S = 60.0
RESTART_WITHIN_S = 1.0
"""From the start of the process to the first delivery accepted; the median, since others share the machine."""


def _benchmark_module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, module)
    spec.loader.exec_module(module)
    return module


@dataclass
class Told:
    """What one node's processes told, over all their lives."""

    submitted: int = 0
    sent: dict[int, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    took: list[int] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    restarts: list[float] = field(default_factory=list)
    flying: set[str] = field(default_factory=set)
    waits_for_first: bool = False

    def take(self, events: list[Json], started_at: float) -> None:
        for event in events:
            kind = event["ev"]
            if kind == "sent":
                assert event["number"] not in self.sent, "one number given twice"
                self.sent[event["number"]] = event["id"]
                self.flying.add(event["id"])
            elif kind == "held":
                self.held.add(event["id"])
            elif kind == "receipted":
                self.held.update(event["ids"])
            elif kind == "in":
                self.took.extend(event["numbers"])
                if self.waits_for_first:
                    self.restarts.append(event["at"] - started_at)
                    self.waits_for_first = False
            elif kind == "refused":
                self.refused[event["code"]] += 1
            assert kind != "stopped-by-itself"
        self.flying -= self.held


class Flow:
    """Messages both ways between two processes, and the killing of either."""

    def __init__(self, base: Path, seed: int) -> None:
        nodes, pair = _benchmark_module("nodes"), _benchmark_module("pair")
        self.random = random.Random(seed)
        self.nodes = nodes.make_pair(base)
        self.audit = nodes.audit
        self.officers = [pair.Officers(node.home) for node in self.nodes]
        self.told = (Told(), Told())
        for node in self.nodes:
            node.start()

    def drain(self) -> None:
        for node, told in zip(self.nodes, self.told, strict=True):
            told.take(node.drain(), node.started_at)

    def flow(self, seconds: float) -> None:
        """Let officers on both sides release messages for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for node, told, officers in zip(self.nodes, self.told, self.officers, strict=True):
                message = officers.message(told.submitted)
                if len(told.flying) < UNDER_WAY_MAX and node.submit(told.submitted, message):
                    told.submitted += 1
            self.drain()
            pause = min(PAUSE_S, max(0.0, until - time.monotonic()))
            time.sleep(pause)

    def kill(self, which: int) -> None:
        node, told = self.nodes[which], self.told[which]
        told.take(node.kill(), node.started_at)
        told.flying.clear()

    def restart(self, which: int) -> None:
        node, told = self.nodes[which], self.told[which]
        node.start(wait=False)
        told.waits_for_first = True

    def settle(self) -> None:
        """Wait until both sides hold the other's receipts for everything; stop both."""
        until = time.monotonic() + SETTLED_WITHIN_S
        while time.monotonic() < until and any(self.waiting(which) for which in (0, 1)):
            time.sleep(0.1)
            self.drain()
        for node, told in zip(self.nodes, self.told, strict=True):
            told.take(node.stop(), node.started_at)

    def waiting(self, which: int) -> int:
        node = self.nodes[which]
        node.tell({"op": "stats"})
        until = time.monotonic() + 10
        while time.monotonic() < until:
            events = node.drain()
            self.told[which].take(events, node.started_at)
            for event in events:
                if event["ev"] == "stats":
                    return int(event["waiting"])
            time.sleep(0.01)
        raise TimeoutError("no stats")

    def close(self) -> None:
        for node in self.nodes:
            if node.runs:
                node.kill()


@pytest.fixture
def flow(tmp_path: Path) -> Iterator[Flow]:
    made = Flow(tmp_path, SEED)
    try:
        yield made
    finally:
        made.close()


@pytest.mark.long
def test_fifty_kills_lose_repeat_and_reorder_nothing_that_was_receipted(flow: Flow) -> None:
    flow.flow(0.5)
    for round_ in range(KILLS):
        which = round_ % 2
        flow.flow(flow.random.uniform(0.02, 0.35))
        flow.kill(which)
        if round_ % 10 == 9:
            # Now and then both are down at once, and come back in either order.
            flow.kill(1 - which)
            flow.restart(1 - which)
        flow.flow(flow.random.uniform(0.0, 0.3))
        flow.restart(which)
        flow.flow(0.9)
    flow.settle()

    found = flow.audit(*flow.nodes)
    restarts = sorted(flow.told[0].restarts + flow.told[1].restarts)
    median = restarts[len(restarts) // 2]
    print(
        f"kills={KILLS + KILLS // 10} sent={[len(told.sent) for told in flow.told]}"
        f" held={[len(told.held) for told in flow.told]} restart_to_receiving_s:"
        f" p50={median:.3f} max={restarts[-1]:.3f} n={len(restarts)}"
    )
    assert found["differences"] == []
    for told, other, way in zip(flow.told, reversed(flow.told), ("ab", "ba"), strict=True):
        assert len(told.sent) > KILLS
        assert not told.refused, told.refused
        sent, held = found["sent"][way], found["held"][way]
        # Whatever was durable is there under the same number; what was asked at the moment of death may be there too.
        assert {str(number): name for number, name in told.sent.items()}.items() <= sent.items()
        assert sent == held
        assert sorted(map(int, sent)) == list(range(1, len(sent) + 1))
        assert told.held <= set(held.values())
        assert len(other.took) == len(set(other.took)), "accepted twice"
        assert other.took == sorted(other.took), "accepted out of order"
    assert found["entered_in_order"]
    assert median <= RESTART_WITHIN_S

"""A whole world from one seed: two nodes, now and then three, their people, disks, clocks and the network between them.

    outcome = World(seed=7).run()

The same seed gives the same run, event by event; `Outcome.digest` is over all of them. What may go wrong in a run is
drawn from the seed first (`Plan`), so that a failing seed says what it was about.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING, Any

from armslength.core.errors import Unavailable
from world.clock import DAY, SECOND, SimClock
from world.disk import PowerCut
from world.invariants import Invariants, Violation
from world.keys import stand_in_signatures
from world.ledger import Ledger
from world.liar import Liar
from world.loop import SimLoop
from world.net import WEATHERS, Net
from world.node import NodeDown, SimNode, WorldDisk
from world.officers import Officers
from world.parties import EPOCH, SimParty, template

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from armslength.desk.ports import Address
    from world.ledger import Numbered

PARTIES = ("EUCOM", "NDMC", "OCHA")
SETTLED_WITHIN_S = 90
"""A healed line has delivered everything by then: a timeout, a retry, and what was carried without a receipt again."""

BACK_UP_AFTER_S = (0.2, 2.0, 25.0)
RECOVERY_OPERATIONS = 12
"""A second power cut strikes within so many operations of the next start."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a seed is about."""

    parties: tuple[str, ...] = ("EUCOM", "NDMC")
    seconds: float = 60.0
    conversations: int = 2
    stormy: bool = False
    cuts: bool = False
    crashes: int = 0
    kills: int = 0
    jumps: bool = False
    skew_s: int = 0
    lies: int = 0
    lazy: float = 0.0


def plan_of(seed: int) -> Plan:
    """Draw what happens under a seed."""
    rng = Random(f"plan {seed}")
    return Plan(
        parties=PARTIES if rng.random() < 0.15 else PARTIES[:2],
        seconds=rng.uniform(20, 90),
        conversations=rng.randrange(1, 5),
        stormy=rng.random() < 0.7,
        cuts=rng.random() < 0.3,
        crashes=rng.choice((0, 1, 2, 3)),
        kills=rng.choice((0, 0, 1, 2)),
        jumps=rng.random() < 0.15,
        skew_s=rng.choice((0, 0, -50, 50)),
        lies=rng.choice((0, 0, 0, 4)),
        lazy=rng.choice((0.0, 0.3, 0.9)),
    )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one run came to."""

    seed: int | str
    digest: str
    messages: int
    crashes: int
    refused: int
    alarms: int
    simulated_s: float
    operations: tuple[int, ...] = ()


@dataclass
class World:
    """One run.

    Args:
        seed: everything follows from it.
        plan: what happens; drawn from the seed when not given.
        scene: officers' acts instead of the random ones.
    """

    seed: int | str
    plan: Plan = field(default_factory=Plan)
    scene: Any = None
    disk_seed: int | str = ""
    """Decides what survives a cut, where the run before it is to be the same."""

    hook_hangs_s: float = 0.0
    """How long the command that rings our own people takes; 0: as usual."""

    again_after: int | None = None
    """The power fails once more, so many operations into the start after a crash."""

    def __post_init__(self) -> None:
        self.rng = Random(f"world {self.seed}")
        self.loop = SimLoop(Random(f"order {self.seed}"))
        self.loop.after_step = self._after_step
        self.loop.set_exception_handler(self._unhandled)
        self.violations: list[Violation] = []
        self.crashes = 0
        self.refused = 0
        self.ending = False
        self.judged = True
        """Whether a healed line must deliver everything; not after a journal was lost on purpose."""
        self.codes: dict[str, int] = {}
        self._digest = sha256()
        self._looked_at = -1.0
        self._busy: dict[asyncio.Task[Any], None] = {}
        self.invariants = Invariants(self)
        self.net = Net(self)
        self.officers = Officers(self)
        self.officers.lazy = self.plan.lazy
        self.nodes: dict[str, SimNode] = {}

    # --- what the parts tell the world --------------------------------------------------------------------------------

    def violate(self, name: str, **details: object) -> None:
        """Note that an invariant does not hold; the run ends after this step."""
        self.violations.append(Violation(name, seed=self.seed, at=round(self.loop.present, 3), **details))

    def trace(self, *event: object) -> None:
        """Add an event to the digest of the run."""
        self._digest.update(repr((round(self.loop.present, 6), *event)).encode())

    def logged(self, node: SimNode, event: str, fields: Mapping[str, object]) -> None:
        """Count what the desks refused."""
        if event in {"item-refused", "answer-refused"}:
            self.refused += 1
            code = str(fields["code"])
            self.codes[code] = self.codes.get(code, 0) + 1

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run something outside every node."""
        task = self.loop.create_task(work)
        self._busy[task] = None
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._busy.pop(task, None)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, Unavailable):
            self.violate("WORLD-FAILED", said=repr(error))

    async def until(self, holds: Callable[[], bool], within_s: float = 60.0) -> None:
        """Wait until something holds."""
        deadline = self.loop.present + within_s
        while not holds():
            if self.loop.present > deadline:
                self.violate("WAITED-IN-VAIN", scene=getattr(self.scene, "__name__", "?"))
            await asyncio.sleep(0.05)

    def peer_on(self, node: SimNode, line: bytes) -> SimNode:
        """Return the node at the other end of a line."""
        return next(other for other in self.nodes.values() if other is not node and line in other.lines)

    def at_address(self, address: Address) -> SimNode:
        """Return the node that a bearer's address leads to."""
        host = address.address.removeprefix("https://").split(".")[0]
        return self.nodes[host.upper()]

    def arrived(self, node: SimNode, record: Numbered) -> None:
        """Let the watch of a node take up a message that it now holds."""
        if record.type == "message" and self.scene is None and record.envelope_hash not in self.invariants.lied:
            self.spawn(self.officers.receive(node, record))

    def alarm_raised(self, node: SimNode, identity: bytes) -> None:
        """Let somebody accept some of the alarms."""
        if self.scene is None and self.rng.random() < 0.2:
            self.spawn(self.officers.accept_alarm(node, identity))

    def crashed(self, node: SimNode, how: str, *, power: bool = True, back_after_s: float | None = None) -> None:
        """Take a node down, and let it come back."""
        self.crashes += 1
        self.trace(node.name, "crash", how, node.disk.operations)
        node.down(power=power)
        after = self.rng.choice(BACK_UP_AFTER_S) if back_after_s is None else back_after_s
        self.loop.call_later(after, self._back, node)

    def restore(self, node: SimNode, image: Mapping[str, bytes]) -> None:
        """Start a node that is down on an older disk: what it had committed since is forgotten, and was true."""
        node.disk.load(image)
        node.ledger = Ledger()
        node.boot()

    def _back(self, node: SimNode) -> None:
        if node.up:
            return
        if self.again_after is not None:
            node.disk.crash_at(node.disk.operations + self.again_after)
            self.again_after = None
        elif self.plan.crashes and not self.ending and self.rng.random() < 0.3:
            node.disk.crash_at(node.disk.operations + self.rng.randrange(1, RECOVERY_OPERATIONS))
        node.boot()
        self.trace(node.name, "boot", node.up)

    def _after_step(self) -> None:
        for node in self.nodes.values():
            if node.up and node.disk.dark:
                self.crashed(node, "power")
        now = self.loop.present
        if now - self._looked_at >= 1.0:
            self._looked_at = now
            for node in self.nodes.values():
                self.invariants.time_passed(node)
        if self.violations:
            raise self.violations[0]

    def _unhandled(self, _loop: object, context: Mapping[str, Any]) -> None:
        error = context.get("exception")
        # A process that dies leaves futures that nobody asks any more.
        if not isinstance(error, PowerCut | NodeDown) and getattr(error, "code", None) != "STORE-FAILED":
            self.violate("UNHANDLED", said=repr(error or context.get("message")))

    # --- a run --------------------------------------------------------------------------------------------------------

    def run(self) -> Outcome:
        """Run to the end.

        Raises:
            Violation: an invariant did not hold.
        """
        with stand_in_signatures():
            asyncio.set_event_loop(self.loop)
            try:
                self.loop.run_until_complete(self._main())
            finally:
                self._close()
        return self._outcome()

    def _close(self) -> None:
        self.loop.after_step = lambda: None
        for node in self.nodes.values():
            node.down(power=True)
        for task in list(self._busy):
            task.cancel()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.drain()
        for node in self.nodes.values():
            node.disk.close()
        asyncio.set_event_loop(None)
        self.loop.close()

    def _outcome(self) -> Outcome:
        nodes = list(self.nodes.values())
        return Outcome(
            seed=self.seed,
            digest=self._digest.hexdigest(),
            messages=sum(len(node.ledger.out.by_hash) for node in nodes),
            crashes=self.crashes,
            refused=self.refused,
            alarms=sum(len(node.ledger.raised_at) for node in nodes),
            simulated_s=self.loop.present,
            operations=tuple(node.disk.operations for node in nodes),
        )

    def build(self) -> None:
        """Make the nodes from the template of opened lines."""
        opened = template(self.plan.parties)
        for code in self.plan.parties:
            lines = {(b if a == code else a): line for (a, b), line in opened.lines.items() if code in {a, b}}
            disk = WorldDisk(Random(f"disk {self.seed} {code} {self.disk_seed}"), opened.images[code])
            skew = self.rng.randint(-1, 1) * self.plan.skew_s * SECOND
            clock = SimClock(self.loop, EPOCH, skew)
            self.nodes[code] = SimNode(self, SimParty(code=code, time=None), disk, clock, lines)  # type: ignore[arg-type]
        for node in self.nodes.values():
            node.boot()

    async def _main(self) -> None:
        self.build()
        if self.scene is not None:
            await self.scene(self)
        else:
            await self._live()
        self.ending = True
        await self._settle()

    async def _live(self) -> None:
        trouble = [self.spawn(work) for work in self._troubles()]
        talk = [self.spawn(self._talk()) for _ in range(self.plan.conversations)]
        await asyncio.sleep(self.plan.seconds)
        await asyncio.wait(talk, timeout=60.0)
        for task in trouble:
            task.cancel()
        self.trace("quiet")

    def _troubles(self) -> list[Coroutine[Any, Any, None]]:
        plan, found = self.plan, []
        if plan.stormy:
            found.append(self._storm())
        if plan.cuts:
            found.append(self._cut_lines())
        if plan.jumps:
            found.append(self._jump())
        found.extend(self._strike(power=True) for _ in range(plan.crashes))
        found.extend(self._strike(power=False) for _ in range(plan.kills))
        if plan.lies:
            found.append(Liar(self).lie(plan.lies))
        return found

    def _node(self) -> SimNode:
        return self.nodes[self.rng.choice(sorted(self.nodes))]

    async def _talk(self) -> None:
        await asyncio.sleep(self.rng.uniform(0, self.plan.seconds * 0.8))
        node = self._node()
        line = self.rng.choice(node.lines)
        await self.officers.converse(node, line)

    async def _storm(self) -> None:
        while True:
            for one, other in combinations(sorted(self.nodes), 2):
                self.net.weather[one, other] = self.rng.choice(WEATHERS)
                self.net.weather[other, one] = self.rng.choice(WEATHERS)
            await asyncio.sleep(self.rng.uniform(5, 30))

    async def _cut_lines(self) -> None:
        while True:
            await asyncio.sleep(self.rng.uniform(1, 30))
            one, other = self.rng.sample(sorted(self.nodes), 2)
            both = self.rng.random() < 0.5
            self.net.cut |= {(one, other), (other, one)} if both else {(one, other)}
            await asyncio.sleep(self.rng.uniform(1, 30))
            self.net.cut.clear()

    async def _jump(self) -> None:
        await asyncio.sleep(self.rng.uniform(1, self.plan.seconds))
        node, way = self._node(), self.rng.choice((-DAY, DAY, -3600 * SECOND, 100 * SECOND, -100 * SECOND))
        self.trace(node.name, "jump", way)
        node.clock.jump(way)

    async def _strike(self, *, power: bool) -> None:
        await asyncio.sleep(self.rng.uniform(0, self.plan.seconds))
        node = self._node()
        if not node.up:
            return
        if power:
            node.disk.crash_at(node.disk.operations + self.rng.randrange(1, 40))
        else:
            self.crashed(node, "kill", power=False)

    async def _settle(self) -> None:
        self.net.heal()
        for node in self.nodes.values():
            node.disk.crash_at(None)
        deadline = self.loop.present + SETTLED_WITHIN_S
        while self.loop.present < deadline and not self._settled():  # noqa: ASYNC110 - the world's time is its own
            await asyncio.sleep(1.0)
        await asyncio.sleep(2.0)
        if not self.judged:
            return
        for one, other in combinations(self.nodes.values(), 2):
            self.invariants.everything_arrived(one, other, one.peers[other.name])
        for node in self.nodes.values():
            if node.life is None:
                self.violate("NOT-STARTED", node=node.name)
                return
            self.invariants.rebuild_equals(node, node.life.store)  # type: ignore[arg-type]
            self.trace(node.name, "end", node.ledger.roots[-1])

    def _settled(self) -> bool:
        return all(
            node.up and not any(node.ledger.waiting(line) for line in node.lines) for node in self.nodes.values()
        )

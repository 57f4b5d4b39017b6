"""A node of the world: a real desk over the real SQLite store, with a disk, a clock and a network of the world.

A crash takes the process away at once: its tasks, its store, whatever it had not yet sent. The next life starts from
what the disk kept. Ports of a life that is over answer nobody.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from armslength.core.errors import ArmslengthError
from armslength.desk.desk import Desk
from world.disk import PowerCut, SimDisk, _File
from world.keys import SeededRng
from world.ledger import Ledger
from world.loop import NeverRests
from world.net import NodeNet
from world.parties import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Mapping
    from random import Random

    from armslength.adapters.store_sqlite import SqliteStore
    from armslength.desk.books import Books
    from armslength.desk.ports import Unit
    from world.clock import SimClock
    from world.parties import SimParty
    from world.world import World


class NodeDown(Exception):
    """The node went down while somebody waited for it; what was asked may be done or not."""


class WorldDisk(SimDisk):
    """A disk that begins with an image."""

    def __init__(self, rng: Random, image: Mapping[str, bytes]) -> None:
        super().__init__(rng)
        self.load(image)

    def load(self, image: Mapping[str, bytes]) -> None:
        """Begin with an image."""
        self.files = {
            name: _File(seen=bytearray(data), safe=bytearray(data), synced=True) for name, data in image.items()
        }

    @property
    def dark(self) -> bool:
        """Whether the power is gone."""
        return self._dark

    def unsynced(self) -> bool:
        """Tell whether anything written could still be lost."""
        return any(file.undone for file in self.files.values())


class WatchedStore:
    """A store that has each commit judged as soon as it is durable."""

    def __init__(self, store: SqliteStore, committed: Callable[[], None]) -> None:
        self.inner = store
        self._committed = committed

    @contextmanager
    def write(self) -> Iterator[Unit]:
        with self.inner.write() as unit:
            yield unit
        self._committed()

    @contextmanager
    def read(self) -> Iterator[Unit]:
        with self.inner.read() as unit:
            yield unit

    def close(self) -> None:
        self.inner.close()


class Life:
    """One run of the process: everything that a crash takes away. Also its Notifier port."""

    def __init__(self, node: SimNode, number: int) -> None:
        self.node = node
        self.number = number
        self.alive = True
        self.tasks: dict[asyncio.Task[Any], None] = {}
        self.desk: Desk
        self.store: WatchedStore

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run something inside the process."""
        task = self.node.world.loop.create_task(work)
        self.tasks[task] = None
        task.add_done_callback(lambda done: self.tasks.pop(done, None))
        return task

    async def notify(self, alarm: Mapping[str, str]) -> bool:
        return await self.node.ring(self, alarm)

    def log(self, event: str, **fields: object) -> None:
        """Take the desk's log: a loop that failed while the power was on is a defect."""
        if event == "loop-failed" and self.alive and not self.node.disk.dark:
            code = str(fields.get("code"))
            if code not in {"PowerCut", "STORE-FAILED"}:
                self.node.world.violate("LOOP-FAILED", node=self.node.name, code=code)
        self.node.world.trace(self.node.name, event, *(str(value) for value in fields.values()))
        self.node.world.logged(self.node, event, fields)


class SimNode:
    """A party's node and what it runs on."""

    def __init__(
        self, world: World, party: SimParty, disk: WorldDisk, clock: SimClock, lines: Mapping[str, bytes]
    ) -> None:
        self.world = world
        self.name = party.code
        self.party = party
        self.disk = disk
        self.clock = clock
        self.peers = dict(lines)
        self.lines = tuple(self.peers.values())
        self.ledger = Ledger()
        self.rung: dict[bytes, int] = {}
        self.life: Life | None = None
        self.lives = 0
        self.up_since = 0.0
        self.up_again = asyncio.Event()

    @property
    def up(self) -> bool:
        """Whether the process runs."""
        return self.life is not None

    def boot(self) -> None:
        """Start the process on what the disk holds; the power may fail meanwhile."""
        self.disk.reopen()
        self.lives += 1
        life = Life(self, self.lives)
        rng = SeededRng(f"{self.world.seed}/{self.name}/{self.lives}")
        try:
            store = open_store(self.disk, self.party, rng)
            if self.ledger.leaves:
                self.world.invariants.recovered(self, store)
            else:
                self.world.invariants.committed(self, store, settled=True)
            life.store = WatchedStore(store, lambda: self._committed(life))
            life.desk = Desk(
                realm=self.party.realm,
                store=life.store,
                keys=self.party.keys,
                clock=self.clock,
                rng=rng,
                net=NodeNet(self.world, life),
                notifier=life,
                log=life.log,
            )
            self.life = life
            life.desk.start()
        except PowerCut:
            self.life = None
            self.world.crashed(self, "during recovery")
            return
        except ArmslengthError as error:
            self.life = None
            self.world.violate("NOT-STARTED", node=self.name, code=error.code)
            return
        life.tasks.update(dict.fromkeys(life.desk._tasks))
        self.up_since = self.world.loop.present
        self.up_again.set()

    def _committed(self, life: Life) -> None:
        if life.alive:
            self.world.invariants.committed(self, life.store)

    def down(self, *, power: bool) -> None:
        """End the process at once: with the power, or alone (`kill -9`)."""
        life, self.life = self.life, None
        self.up_again.clear()
        if life is not None:
            life.alive = False
            for task in [*life.tasks, *life.desk._tasks]:
                task.cancel()
        (self.disk.power_cut if power else self.disk.kill)()

    # --- what others ask of the process -------------------------------------------------------------------------------

    async def serve(self, line: bytes, body: bytes) -> bytes:
        """Have the process take a delivery; whoever asks is another process and does not take it down by going away.

        Raises:
            NodeDown: the process is not there, or ended meanwhile.
            ArmslengthError: the delivery was refused.
        """
        life = self.life
        if life is None:
            raise NodeDown
        answer: bytes = await self._inside(life, life.desk.receive(line, body))
        if answer and life.alive:
            self.world.invariants.on_the_wire(self, line, answer)
        return answer

    async def act(self, job: Callable[[Books], Any]) -> Any:
        """Have an officer's act done.

        Raises:
            NodeDown: the process is not there, or ended meanwhile.
            ArmslengthError: the act was refused.
        """
        life = self.life
        if life is None:
            raise NodeDown
        return await self._inside(life, life.desk.act(job))

    def look(self, job: Callable[[Books], Any]) -> Any:
        """Look into the committed books."""
        if self.life is None:
            raise NodeDown
        desk = self.life.desk
        try:
            return desk.read(lambda unit: job(desk.books(unit)))
        except PowerCut as error:
            raise NodeDown from error

    async def _inside(self, life: Life, work: Coroutine[Any, Any, Any]) -> Any:
        task = life.spawn(work)
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError:
            task.cancel()
            raise
        if task.cancelled() or not life.alive:
            raise NodeDown
        error = task.exception()
        if error is None:
            return task.result()
        if isinstance(error, PowerCut) or getattr(error, "code", None) == "STORE-FAILED":
            raise NodeDown
        if isinstance(error, ArmslengthError):
            raise error
        self.world.violate("LEAKED", node=self.name, error=repr(error))
        if isinstance(error, NeverRests):
            raise error
        raise NodeDown

    async def ring(self, life: Life, alarm: Mapping[str, str]) -> bool:
        """Ring our own people: slow now and then, and broken now and then."""
        await asyncio.sleep(self.world.hook_hangs_s or self.world.rng.choice((0.0, 0.001, 0.3)))
        if not life.alive:
            raise asyncio.CancelledError
        identity = bytes.fromhex(alarm["id"])
        if identity not in self.ledger.raised_at:
            self.world.violate("RUNG-NOT-JOURNALLED", node=self.name, alarm=alarm["id"])
        self.rung[identity] = self.rung.get(identity, 0) + 1
        self.world.trace(self.name, "rung", identity)
        return self.world.rng.random() > 0.1  # one hook in ten is broken

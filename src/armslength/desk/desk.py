"""The desk at work: one object that holds the ports, the writer and the loops of a running node.

Everything that changes goes through `write`, everything that only looks through `read`. What arrives is committed
before its receipt leaves; what officers submit is committed before it is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.limits import ITEMS_PER_TRANSPORT_MAX
from armslength.desk import cast as who
from armslength.desk import clockwork, inbound, outbox, views
from armslength.desk.alarms import ALARM_KINDS
from armslength.desk.books import Books, key_id_of
from armslength.desk.changes import Change
from armslength.desk.kept import Kept
from armslength.desk.outbox import Courier
from armslength.desk.watch_index import Ready, WatchIndex
from armslength.desk.writer import Executor, Writer, inline
from armslength.journal import tree, witness
from armslength.line import session

if TYPE_CHECKING:
    from armslength.core.realm import Realm
    from armslength.core.record import Item
    from armslength.desk.inbound import Outcome
    from armslength.desk.ports import Clock, Keys, Net, Notifier, Rng, Store, Unit
    from armslength.line.manifest import Manifest

LAST_BELL_S: Final = 20.0
"""The hook's own time; the node does not end before its people were rung."""

T = TypeVar("T")
Log = Callable[..., None]

WHO_AND_WHERE: Final = frozenset({"peer-pin", "manifest", "charter", "charter-assent"})
"""Kinds of entries after which there may be a certificate to trust or a line to serve."""


def _silent(_event: str, **_fields: object) -> None:
    """Log nothing (tests)."""


class Desk:
    """A node's desk.

    Args:
        realm: the realm of this node; there is no other way to it.
        store, keys, clock, rng, net, notifier: the ports.
        execute: where a batch of writes runs (a thread in production, inline in simulation).
        log: structured log, without contents.
    """

    def __init__(
        self,
        *,
        realm: Realm,
        store: Store,
        keys: Keys,
        clock: Clock,
        rng: Rng,
        net: Net,
        notifier: Notifier,
        execute: Executor = inline,
        log: Log = _silent,
    ) -> None:
        self.realm = realm
        self.store = store
        self.keys = keys
        self.clock = clock
        self.rng = rng
        self.net = net
        self.notifier = notifier
        self.log = log
        self.writer = Writer(store, execute)
        self.watch = WatchIndex()
        self.kept = Kept()
        self.couriers: dict[bytes, Courier] = {}
        self.clock_wake = asyncio.Event()
        self.bell_wake = asyncio.Event()
        self.feed_wake = asyncio.Event()
        self.stopping = False
        self.sign_key_id = key_id_of(keys)
        self._party: str | None = None
        self._peers: dict[bytes, Manifest] = {}
        self._tasks: dict[asyncio.Task[None], None] = {}
        self._serving: set[bytes] = set()
        self.stopped = asyncio.Event()
        self.loops: list[Callable[[], Coroutine[Any, Any, None]]] = []
        self.failure = ""
        self._last_bell: asyncio.Future[None] | None = None
        self.changed: list[Callable[[Change], None]] = []
        self.parties_changed: list[Callable[[], None]] = []
        self.after_delivery: list[Callable[[Outcome], None]] = []

    # --- reading and writing ------------------------------------------------------------------------------------------

    def books(self, unit: Unit) -> Books:
        """Return the books of one unit, at the present instant."""
        if self._party is None:
            value = unit.setting(who.OWN)
            if not isinstance(value, str):
                # Only genesis is written without a party; it names it.
                return self._books(unit, "")
            self._party = value
        return self._books(unit, self._party)

    def _books(self, unit: Unit, party: str) -> Books:
        return Books(
            unit=unit,
            realm=self.realm,
            party=party,
            keys=self.keys,
            rng=self.rng,
            now=self.clock.now(),
            watch=self.watch,
            kept=self.kept,
        )

    async def write(self, job: Callable[[Books], T]) -> T:
        """Run a job that may change the books; return its result once it is durable."""
        entered: set[str] = set()

        size = 0

        def work(unit: Unit) -> T:
            nonlocal size
            books = self.books(unit)
            done = job(books)
            entered.update(books.entered)
            size = unit.frontier().size if entered else 0
            return done

        def settled() -> None:
            if entered & WHO_AND_WHERE:
                self._peers.clear()
            self._tell(entered, size)

        try:
            result = await self.writer.run(work, settled)
        except LocalError as error:
            if error.code == "STORE-FAILED":
                self.fail()
            raise
        # A turn later, so that a message leaves before deadlines are looked up.
        for wake in (self.clock_wake, self.bell_wake):
            asyncio.get_running_loop().call_soon(wake.set)
        self._stir_others(entered)
        return result

    def _tell(self, entered: set[str], size: int) -> None:
        """Tell whoever watches what a commit entered, also when nobody waits for its result any more."""
        if entered:
            change = Change(kinds=frozenset(entered), size=size)
            for watcher in self.changed:
                watcher(change)

    def _stir_others(self, entered: set[str]) -> None:
        if "feed" in entered:
            asyncio.get_running_loop().call_soon(self.feed_wake.set)
        if entered & WHO_AND_WHERE:
            for hook in self.parties_changed:
                hook()
            self.serve_lines()
        if "manifest" in entered:
            self._greet()

    def read(self, look: Callable[[Unit], T]) -> T:
        """Look at what is committed."""
        with self.store.read() as unit:
            return look(unit)

    def ready(self) -> Ready:
        """Return the register ready for the watch, made so outside of any unit; messages go on meanwhile."""
        return self.watch.prepare(lambda look: self.read(lambda unit: look(self.books(unit))))

    async def act(self, job: Callable[[Books], T]) -> T:
        """Run an officer's act: a write after which something may have to leave."""
        result = await self.write(job)
        for courier in self.couriers.values():
            self._stir(courier)
        return result

    def _greet(self) -> None:
        """Greet every peer: it then says which of our manifests it holds, and is sent those that it lacks."""
        for courier in self.couriers.values():
            courier.hello_due = True
            courier.wake.set()

    def _stir(self, courier: Courier) -> None:
        courier.wake.set()
        courier.flash.set()
        if courier.cosign_at is None:
            courier.cosign_at = outbox.lapse() + outbox.COSIGN_AFTER_S

    # --- what arrives -------------------------------------------------------------------------------------------------

    async def receive(self, line_id: bytes, body: bytes) -> bytes:
        """Take a delivery and return the answer, made after the commit.

        Raises:
            PeerError: the delivery as a whole was refused; nothing changed.
        """
        outcome, greeting = await self.write(lambda books: _take(books, line_id, body))
        courier = self._after(outcome)
        replies = [*outcome.replies, *greeting]
        if courier is not None and courier.extra:
            extra, courier.extra = courier.extra, []
            replies.extend(extra)
        return self._sealed(line_id, replies)

    async def take_answer(self, courier: Courier, answer: bytes) -> None:
        """Take what the peer answered to a request of ours; what it asks for leaves with the next one."""
        try:
            outcome, greeting = await self.write(lambda books: _take(books, courier.line, answer))
        except ArmslengthError as error:
            if error.code == "STORE-FAILED":
                raise
            self.log("answer-refused", line=courier.line.hex(), code=error.code)
            courier.failed(outbox.lapse(), error.code)
            return
        courier.extra.extend([*outcome.replies, *greeting])
        self._after(outcome)

    async def take_answer_aside(self, courier: Courier, answer: bytes) -> None:
        """Take an answer while the next request is on its way; one at a time, so that receipts keep their order."""
        if courier.taking is not None and not courier.taking.done():
            await asyncio.wait({courier.taking})
        courier.taking = self._begin(partial(self.take_answer, courier, answer))
        # The pump may rest by now; a reply that is owed, or an answer that was refused, sets it another time.
        courier.taking.add_done_callback(lambda _: courier.wake.set() if courier.extra or courier.failures else None)

    def _after(self, outcome: Outcome) -> Courier | None:
        for error in outcome.refused:
            self.log("item-refused", line=outcome.line.hex(), code=error.code)
        for hook in self.after_delivery:
            hook(outcome)
        courier = self.couriers.get(outcome.line)
        if courier is None:
            return None
        courier.forget(outcome.receipted)
        if outcome.hello is not None:
            newest = self.read(lambda unit: self.books(unit).manifest().sequence)
            courier.owes_manifest = 0 < outcome.hello.holds_our_manifest < newest
        if courier.owes_manifest and outcome.receipted:
            # A manifest waits for what was released before it (`opening.manifest_notices`); that may be through now.
            courier.hello_due = True
            courier.wake.set()
        if outcome.opened:
            courier.sign_of_life(outbox.lapse())
        if outcome.grew and courier.cosign_at is None:
            courier.cosign_at = outbox.lapse() + outbox.COSIGN_AFTER_S
            courier.wake.set()
        return courier

    def _sealed(self, line_id: bytes, items: Sequence[Item]) -> bytes:
        if not items:
            return b""
        peer = self.peer_of(line_id)
        pieces = [items[at : at + ITEMS_PER_TRANSPORT_MAX] for at in range(0, len(items), ITEMS_PER_TRANSPORT_MAX)]
        return b"".join(outbox.seal(self, line_id, piece, peer) for piece in pieces)

    async def path_failed(self, courier: Courier) -> None:
        """Note that a path to the peer failed; the line's observed state changes once an outage."""
        self.log("path-failed", line=courier.line.hex(), code=courier.last_error, count=courier.failures)
        state = self.read(lambda unit: session.session_from_value(unit.get(views.SESSIONS, courier.line)))
        if courier.failures == 1 and state.observed is session.Observed.LIVE:
            event = session.SessionEvent.PATH_FAILED
            await self.write(lambda books: books.note("session", "session", {20: event.value}, courier.line))

    def peer_of(self, line_id: bytes) -> Manifest:
        """Return the manifest in force of a line's peer, parsed once until an entry may have changed it."""
        known = self._peers.get(line_id)
        if known is None:
            known = self.read(lambda unit: who.manifest(unit, who.line(unit, line_id, self.realm).peer, self.realm))
            self._peers[line_id] = known
        return known

    # --- running ------------------------------------------------------------------------------------------------------

    def check_standing(self) -> None:
        """Hold our own journal against what peers cosigned of it, before anything is signed.

        Raises:
            LocalError: JOURNAL-ROLLED-BACK, JOURNAL-ALTERED.
        """

        def look(unit: Unit) -> None:
            seen = [witness.WitnessState(size=row[1], root=row[2]) for _, row in views.rows(unit, views.COSIGNED)]
            witness.our_standing(seen, unit.frontier().size, lambda size: tree.root_at(size, unit.node))

        self.read(look)

    def start(self) -> None:
        """Start the loops in the running event loop, with those that others added in `loops`."""
        self.check_standing()
        for loop in (clockwork.run, clockwork.run_bells):
            self._begin(partial(loop, self))
        for further in self.loops:
            self._begin(further)
        self.serve_lines()

    def serve_lines(self) -> None:
        """Start a courier for each line that has none yet (only when the node runs)."""
        if not self._tasks:
            return
        for line in self.read(lambda unit: who.lines(unit, self.realm)):
            if line.line in self.couriers:
                continue
            courier = Courier(line=line.line, wake=asyncio.Event(), heard_at=outbox.lapse())
            courier.flash.set()  # a FLASH may wait from before the restart
            self.couriers[line.line] = courier
            for loop in (outbox.pump, outbox.flash_lane):
                self._begin(partial(loop, self, courier))

    def join(self, loop: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run a loop of a face beside the desk's own; if it fails the node stops, as with theirs."""
        self._begin(loop)

    def _begin(self, loop: Callable[[], Coroutine[Any, Any, None]]) -> asyncio.Task[None]:
        """Run something beside the rest until it ends or the desk is closed."""
        task = asyncio.ensure_future(self._guard(loop))
        self._tasks[task] = None
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled():
            task.exception()  # looked at: `_guard` has told it and stopped the desk

    async def _guard(self, loop: Callable[[], Coroutine[Any, Any, None]]) -> None:
        # The loop is called here and not before: a task that is cancelled before its first step leaves nothing behind.
        try:
            await loop()
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            # Fail-stop: a loop that died quietly would look like silence of the peer.
            self.log("loop-failed", code=getattr(error, "code", type(error).__name__))
            self.stop()
            raise

    def stop(self) -> None:
        """Ask everything to stop."""
        self.stopping = True
        self.stopped.set()

    def fail(self) -> None:
        """Stop because the journal cannot be written; ring our people once, since no alarm can be recorded any more."""
        if self._last_bell is not None:
            return
        kind = "JOURNAL-FAILED"
        told = {"kind": kind, "bell": "flash", "sentence": ALARM_KINDS[kind], "detail": "", "realm": self.realm.value}
        self.failure = "STORE-FAILED"
        self._last_bell = asyncio.ensure_future(self._ring_last(told))
        self.stop()

    async def _ring_last(self, told: dict[str, str]) -> None:
        # Whatever the hook does, the node stops.
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_BELL_S):
                await self.notifier.notify(told)

    async def close(self) -> None:
        """Stop the loops and wait for them, and for the last bell."""
        self.stop()
        if self._last_bell is not None:
            await asyncio.wait({self._last_bell})
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.writer.rest()

    def idle(self) -> bool:
        """Tell whether nothing waits to leave (tests, demonstration)."""
        return self.read(lambda unit: not unit.scan(views.OUTBOX, limit=1))


_TECHNICAL: Final = frozenset({session.Observed.UNKNOWN, session.Observed.DEGRADED})
"""Observed states that say nothing about the persons at the other end."""


def _take(books: Books, line_id: bytes, body: bytes) -> tuple[Outcome, list[Item]]:
    outcome = inbound.receive(books, line_id, body)
    state = session.session_from_value(books.unit.get(views.SESSIONS, line_id))
    # A node that answers ends technical silence; only what a person of theirs sent ends the silence of persons.
    spoken = outcome.accepted > 0 and state.observed is not session.Observed.LIVE
    if spoken or (outcome.opened and state.observed in _TECHNICAL):
        books.note("session", "session", {20: session.SessionEvent.HEARD.value}, line_id)
    return outcome, outbox.answer_to_hello(books, line_id, outcome.hello)

"""The hub of the live channel: one a node. It numbers what happened, keeps the last of it, and tells every tab at once.

A commit sets a flag and nothing more; a task of the hub makes the event, once for all tabs of the same rights, and each
tab's own task sends it. The first event leaves at once; what comes right after it is told together.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from armslength.core.instants import rfc3339
from armslength.desk import changes, service_alarms, service_floor, sound_watch, views
from armslength.desk.outbox import lapse, sleep_until
from armslength.entrypoints.api.access import ACCESS
from armslength.entrypoints.api.asked import json_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from armslength.desk.books import Books
    from armslength.desk.changes import Change
    from armslength.node import Node

Json = dict[str, Any]

EVENTS_KEPT: Final = 1_000
"""A tab that was away for less comes back without loading everything again."""

CLIENTS_MAX: Final = 200
"""Fifty consoles with four tabs each; the next one is told that the node is full."""

LAG_MAX: Final = 200
"""A tab that is further behind is closed; it comes back with its number and gets the rest, or everything."""

TOGETHER_S: Final = 0.05
"""Events leave so far apart at least: a burst is one event, and one message is there at once."""

FLOOR_EVERY_S: Final = 0.5
"""The floor is made again so often at most; it follows in an event of its own."""

FLOOR_MINUTE_S: Final = 30.0
"""What is late becomes so by the clock alone, so the floor is looked at without any entry too."""

ALARMS_SENT: Final = 100
"""Alarms in one event, the most urgent first; ``alarms_more`` says how many more nobody accepted."""

TICK_S: Final = 1.0

SEES_ALARMS: Final = ACCESS["alarms"]
SEES_FLOOR: Final = ACCESS["floor"]


@dataclass(slots=True, kw_only=True, eq=False)
class Event:
    """One event with what each right sees of it; encoded when the first tab of that right is told."""

    seq: int
    common: Json
    alarms: Json | None = None
    floor: Json | None = None
    whole: bool = True
    _encoded: dict[tuple[bool, bool], str] = field(default_factory=dict)

    def text(self, rights: tuple[bool, bool]) -> str:
        """Return the frame for a tab that sees alarms, and the floor, or not."""
        if rights not in self._encoded:
            parts = {
                **self.common,
                **(self.alarms if rights[0] and self.alarms is not None else {}),
                **({"floor": self.floor} if rights[1] and self.floor is not None else {}),
            }
            self._encoded[rights] = json_bytes(parts).decode()
        return self._encoded[rights]


@dataclass(slots=True, kw_only=True, eq=False)
class Tab:
    """One connected tab: how far it was told, and whether it can ring."""

    seq: int
    armed: bool = False
    fault: bool = False
    post: str = ""
    wake: asyncio.Event = field(default_factory=asyncio.Event)


class Hub:
    """The hub of one node; `hub_of` gives it.

    Args:
        node: a running node.
    """

    def __init__(self, node: Node) -> None:
        self.node = node
        self.desk = node.desk
        # A life of the process: numbers of another one mean nothing here.
        self.epoch = self.desk.rng.bytes(8).hex()
        self.seq = 0
        self.tabs: set[Tab] = set()
        self.ended = ""
        self._events: deque[Event] = deque(maxlen=EVENTS_KEPT)
        self._kinds: set[str] = set()
        self._topics: set[str] = set()
        self._size = 0
        self._floor: Json | None = None
        self._taken: int | None = None
        self._sound = sound_watch.SoundWatch()
        self._wake = asyncio.Event()
        self._started = False
        self._floor_wake = asyncio.Event()
        self.desk.changed.append(self._changed)
        self._size = self._look(lambda books: books.unit.frontier().size)
        self._taken = self._look(_taken)

    def start(self) -> None:
        """Start what the hub does by itself, once; it ends with the desk."""
        if not self._started:
            self._started = True
            for loop in (self._tell, self._tell_floor, self._watch, self._end):
                self.desk.join(loop)

    def _look(self, reader: Callable[[Books], Any]) -> Any:  # noqa: ANN401 - whatever is read
        return self.desk.read(lambda unit: reader(self.desk.books(unit)))

    # --- what happened ------------------------------------------------------------------------------------------------

    def _changed(self, change: Change) -> None:
        """Note what a commit entered; called right after it, so nothing is done here that takes time."""
        self._kinds |= change.kinds
        self._size = max(self._size, change.size)
        self._wake.set()

    def touch(self, *topics: str) -> None:
        """Tell that something changed that is no entry of the journal: who is signed in, for example."""
        self._topics |= set(topics)
        self._wake.set()

    async def _tell(self) -> None:
        last = -TOGETHER_S
        while not self.desk.stopping:
            await self._wake.wait()
            await asyncio.sleep(max(0.0, last + TOGETHER_S - lapse()))
            self._wake.clear()
            if self._kinds or self._topics:
                last = lapse()
                with self._faults():
                    self._add_event()
                self._floor_wake.set()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """End every tab when an event cannot be made: they show that they are not live. The line goes on meanwhile."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever a record found in us must not stop the node
            self.desk.log("live-failed", code=getattr(error, "code", type(error).__name__))
            for tab in self.tabs:
                tab.fault = True
            self._wake_tabs()

    def _add_event(self) -> None:
        kinds, topics = self._kinds, self._topics
        self._kinds, self._topics = set(), set()
        topics |= changes.topics_of(kinds)
        rings = "alarms" in topics
        alarms = self._look(read_alarms) if rings and self.tabs else None
        common = {"topics": sorted(topics), "kinds": sorted(kinds), "size": self._size}
        if "shift" in kinds:
            common |= self._watch_taken()
        self._add(common, alarms=alarms, whole=alarms is not None or not rings)

    def _watch_taken(self) -> Json:
        """Return the flag by which whoever took the watch hears whether he can be rung."""
        before, self._taken = self._taken, self._look(_taken)
        return {"watch_taken": True} if self._taken is not None and self._taken != before else {}

    async def _tell_floor(self) -> None:
        while not self.desk.stopping:
            await sleep_until(self._floor_wake, FLOOR_MINUTE_S)
            self._floor_wake.clear()
            with self._faults():
                await self._add_floor()
            await sleep_until(self.desk.stopped, FLOOR_EVERY_S)

    def refresh_floor(self) -> None:
        """Tell the floor once more: a tab came that has not seen it."""
        self._floor = None
        self._floor_wake.set()

    async def _add_floor(self) -> None:
        if not self.tabs:
            self._floor = None
            return
        # Aside: a large floor takes some milliseconds, in which a FLASH must go out.
        floor = await aside(partial(self._look, service_floor.read_floor))
        changed = self._floor is None or _still(floor) != _still(self._floor)
        self._floor = floor
        if changed:
            self._add({"topics": [], "kinds": [], "size": self._size}, floor=floor)

    def _add(self, common: Json, *, alarms: Json | None = None, floor: Json | None = None, whole: bool = True) -> None:
        self.seq += 1
        head = {"t": "event", "seq": self.seq, "at": rfc3339(self.desk.clock.now())}
        event = Event(seq=self.seq, common={**head, **common}, alarms=alarms, floor=floor, whole=whole)
        self._events.append(event)
        self._wake_tabs()

    def _wake_tabs(self) -> None:
        for tab in self.tabs:
            tab.wake.set()

    # --- what tabs ask ------------------------------------------------------------------------------------------------

    def since(self, seq: int) -> list[Event] | None:
        """Return the events after a number; None when they are not all kept, or the number is not of this life."""
        if seq > self.seq or seq < self.seq - len(self._events):
            return None
        missed = [self._events[-back] for back in range(self.seq - seq, 0, -1)]
        # What happened while no tab listened was not looked at for any: whoever missed it begins anew.
        return missed if all(event.whole for event in missed) else None

    def state(self, rights: tuple[bool, bool]) -> Json:
        """Return everything a tab begins with, as of now."""
        found: Json = {"t": "state", "seq": self.seq, "now": rfc3339(self.desk.clock.now()), "size": self._size}
        if rights[0]:
            found |= self._look(read_alarms)
        if rights[1]:
            found["floor"] = self._look(service_floor.read_floor)
        return found

    # --- who can ring -------------------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        while not self.desk.stopping:
            await sleep_until(self.desk.stopped, TICK_S)
            if not self.desk.stopping:
                await self.check_sound()

    async def check_sound(self) -> None:
        """Raise or end the alarm of a floor that cannot be heard."""
        armed = sum(1 for tab in self.tabs if tab.armed)
        held, lasting = self._look(lambda books: (sound_watch.held(books), sound_watch.lasting(books.unit)))
        self._sound, what = sound_watch.step(self._sound, lapse(), armed=armed, held=held, lasting=lasting)
        if what:
            connected = len(self.tabs)
            await self.desk.write(lambda books: sound_watch.enter(books, what, connected))

    async def _end(self) -> None:
        """Tell every tab why nothing comes any more."""
        await self.desk.stopped.wait()
        self.ended = self.desk.failure or "NODE-STOPPING"
        self._wake.set()
        self._floor_wake.set()
        self._wake_tabs()


async def aside(work: Callable[[], Json]) -> Json:
    """Do something in a thread of its own."""
    return await asyncio.to_thread(work)


def read_alarms(books: Books) -> Json:
    """Return what an event and a state say of alarms."""
    found, more = service_alarms.read_ringing(books, ALARMS_SENT)
    return {"alarms": found, "alarms_more": more}


def _taken(books: Books) -> int | None:
    """Return the entry by which the watch was taken last, None when it was handed over first or never taken."""
    row = views.row(books.unit, views.SHIFTS, b"now")
    return None if row is None else int(row[1])


def _still(floor: Json) -> Json:
    """Return a floor without its time, which alone is no change."""
    return {**floor, "now": None, "health": {**floor["health"], "journal": None}}


_HUBS: Final[WeakKeyDictionary[Node, Hub]] = WeakKeyDictionary()


def hub_of(node: Node) -> Hub:
    """Return the hub of a node, made when it is first asked for and started in the running loop."""
    found = _HUBS.get(node)
    if found is None:
        found = _HUBS[node] = Hub(node)
    found.start()
    return found

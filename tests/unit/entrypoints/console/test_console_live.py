from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.desk import alarms, sound_watch, views
from armslength.entrypoints.console import gate, hub
from armslength.entrypoints.console.live import live
from builders import two_nodes
from builders.desks import Bell, desk_of, simulated

if TYPE_CHECKING:
    from armslength.desk.desk import Desk
    from builders.two_nodes import TwoNodes

SEES = frozenset({"watch-officer"})


@dataclass(frozen=True)
class Seat:
    officer: str = "eucom-watch-1"
    roles: frozenset[str] = SEES
    locked: bool = False


@dataclass(eq=False)
class Node:
    """What the live channel needs of a node: its desk, and who sits at it."""

    desk: Desk
    seat: Seat | str = field(default_factory=Seat)
    sockets: list[asyncio.Task[None]] = field(default_factory=list)


def seated(node: Any, _given: Any) -> Any:
    if isinstance(node.seat, str):
        raise LocalError(node.seat)
    return node.seat


@pytest.fixture(autouse=True)
def _seats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "session_of", seated)
    monkeypatch.setattr(gate, "session_again", seated)
    # Virtual time has no threads.
    monkeypatch.setattr(hub, "aside", _here)


async def _here(work: Any) -> Any:
    return work()


class Browser:
    """A tab: what it says, what it got."""

    def __init__(self, node: Node, *, slow: bool = False) -> None:
        self.got: list[dict[str, Any]] = []
        self.closed: int | None = None
        self._said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._said.put_nowait({"type": "websocket.connect"})
        self._held = asyncio.Event()
        if not slow:
            self._held.set()
        self.task = asyncio.ensure_future(live({"type": "websocket"}, self._said.get, self._take, node))  # type: ignore[arg-type]
        node.sockets.append(self.task)

    async def _take(self, message: Any) -> None:
        if message["type"] == "websocket.send":
            await self._held.wait()
            self.got.append(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            self.closed = message["code"]

    def say(self, **said: Any) -> None:
        self.raw(json.dumps(said))

    def raw(self, text: str | None) -> None:
        self._said.put_nowait({"type": "websocket.receive", "text": text})

    def hello(self, epoch: str | None = None, seq: int | None = None) -> None:
        self.say(t="hello", epoch=epoch, seq=seq, console="c1", post="floor-1")

    def leave(self) -> None:
        self._said.put_nowait({"type": "websocket.disconnect", "code": 1001})

    def stall(self) -> None:
        self._held.clear()

    def frames(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.got if one["t"] == kind]

    async def beat(self, seconds: int) -> None:
        for _ in range(seconds):
            self.say(t="beat")
            await asyncio.sleep(1)


def told(story: Any, *, bell: Bell | None = None) -> Any:
    two = two_nodes.opened()

    async def run() -> Any:
        node = Node(desk_of(two.eucom, bell=bell))
        node.desk.start()
        try:
            return await story(node, two)
        finally:
            await node.desk.close()
            for socket in node.sockets:
                socket.cancel()
            await asyncio.gather(*node.sockets, return_exceptions=True)

    return simulated(run)


async def raised(node: Node, kind: str = "GAP", step: int = 0) -> None:
    await node.desk.write(lambda books: alarms.raise_alarm(books, kind, step=step))
    await asyncio.sleep(0.2)


# --- the protocol -----------------------------------------------------------------------------------------------------


def test_a_tab_begins_with_everything_and_hears_each_second_and_of_each_event() -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        tab = Browser(node)
        tab.hello()
        await tab.beat(3)
        await raised(node, "FLASH-RECEIVED")
        await tab.beat(1)
        tab.leave()
        await tab.task
        return tab

    tab = told(story)
    hello, state = tab.got[0], tab.got[1]
    assert (hello["t"], hello["resumed"], hello["heartbeat_s"], hello["officer"], hello["locked"]) == (
        "hello",
        False,
        1,
        "eucom-watch-1",
        False,
    )
    assert (state["t"], state["seq"], state["alarms"], state["floor"]["party"]) == ("state", hello["seq"], [], "EUCOM")
    assert len(tab.frames("beat")) >= 4
    events = tab.frames("event")
    assert [one["seq"] for one in events] == list(range(hello["seq"] + 1, hello["seq"] + 1 + len(events)))
    rang = next(one for one in events if "alarm" in one["kinds"])
    assert {"alarms", "journal"} <= set(rang["topics"])
    assert [(one["kind"], one["bell"], one["state"]) for one in rang["alarms"]] == [
        ("FLASH-RECEIVED", "flash", "unaccepted")
    ]
    assert any(one.get("floor", {}).get("alarms", {}).get("flash") == 1 for one in events)
    assert tab.frames("beat")[-1]["seq"] == events[-1]["seq"]


def test_a_tab_that_was_away_gets_what_it_missed_and_nothing_else() -> None:
    async def story(node: Node, _two: TwoNodes) -> tuple[Browser, Browser, Browser]:
        stays, first = Browser(node), Browser(node)
        for tab in (stays, first):
            tab.hello()
        await asyncio.sleep(1)
        first.leave()
        await first.task
        for step in range(3):
            await raised(node, step=step)
        await asyncio.sleep(1)
        second = Browser(node)
        second.hello(first.got[0]["epoch"], _last(first))
        await asyncio.sleep(0.2)
        return first, second, stays

    first, second, stays = told(story)
    assert second.got[0]["resumed"] is True
    assert second.frames("state") == []
    missed = [one["seq"] for one in second.frames("event")]
    assert missed[0] == _last(first) + 1
    assert missed == [one["seq"] for one in stays.frames("event") if one["seq"] > _last(first)][: len(missed)]
    assert len(second.frames("event")[-2]["kinds"]) <= 2


def _last(tab: Browser) -> int:
    return max(int(one["seq"]) for one in tab.got)


BEGINS_ANEW: dict[str, tuple[Any, Any]] = {
    "another life of the process": ("00" * 8, 0),
    "a number that was never given": (None, 99),
    "a number that is none": (None, "7"),
    "a number below none": (None, -1),
    "true is no number": (None, True),
}


@pytest.mark.parametrize(("epoch", "seq"), BEGINS_ANEW.values(), ids=BEGINS_ANEW)
def test_a_tab_whose_number_means_nothing_here_begins_anew(epoch: str | None, seq: Any) -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        tab = Browser(node)
        tab.hello(epoch or hub.hub_of(node).epoch, seq)  # type: ignore[arg-type]
        await asyncio.sleep(0.2)
        return tab

    tab = told(story)
    assert tab.got[0]["resumed"] is False
    assert len(tab.frames("state")) == 1


def test_a_hole_that_is_longer_than_what_is_kept_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "EVENTS_KEPT", 2)

    async def story(node: Node, _two: TwoNodes) -> Browser:
        stays = Browser(node)
        stays.hello()
        for step in range(4):
            await raised(node, step=step)
        tab = Browser(node)
        tab.hello(stays.got[0]["epoch"], 1)
        await asyncio.sleep(0.1)
        return tab

    assert told(story).got[0]["resumed"] is False


def test_what_happened_while_no_tab_listened_is_told_whole_to_the_next() -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        epoch = hub.hub_of(node).epoch  # type: ignore[arg-type]
        await raised(node)
        tab = Browser(node)
        tab.hello(epoch, 0)
        await asyncio.sleep(0.1)
        return tab

    tab = told(story)
    assert tab.got[0]["resumed"] is False
    assert [one["kind"] for one in tab.frames("state")[0]["alarms"]] == ["GAP"]


def test_a_burst_is_told_together() -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        tab = Browser(node)
        tab.hello()
        await asyncio.sleep(1)
        for step in range(50):
            await node.desk.write(lambda books, step=step: alarms.raise_alarm(books, "GAP", step=step))  # type: ignore[misc]
        await asyncio.sleep(0.5)
        return tab

    tab = told(story)
    rang = [one for one in tab.frames("event") if "alarms" in one]
    assert len(rang) < 10
    assert len(rang[-1]["alarms"]) == 50


def test_a_flood_of_alarms_is_cut_and_never_cuts_a_flash() -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        await raised(node, "FLASH-RECEIVED")
        await node.desk.write(
            lambda books: [alarms.raise_alarm(books, "FORK", step=step) for step in range(hub.ALARMS_SENT + 50)]
        )
        tab = Browser(node)
        tab.hello()
        await asyncio.sleep(0.1)
        return tab

    state = told(story).frames("state")[0]
    assert (len(state["alarms"]), state["alarms_more"]) == (hub.ALARMS_SENT, 51)
    assert state["alarms"][0]["kind"] == "FLASH-RECEIVED"


RIGHTS = {
    "watch officer": ("watch-officer", True, True),
    "linguist": ("linguist", False, True),
    "spokesperson": ("spokesperson", False, False),
}


@pytest.mark.parametrize(("role", "sees_alarms", "sees_floor"), RIGHTS.values(), ids=RIGHTS)
def test_a_tab_is_told_what_its_officer_may_see(role: str, *, sees_alarms: bool, sees_floor: bool) -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        node.seat = Seat(roles=frozenset({role}))
        tab = Browser(node)
        tab.hello()
        await asyncio.sleep(1)
        await raised(node)
        await asyncio.sleep(1)
        return tab

    tab = told(story)
    state, events = tab.frames("state")[0], tab.frames("event")
    assert ("alarms" in state, "floor" in state) == (sees_alarms, sees_floor)
    assert any("alarms" in one for one in events) is sees_alarms
    assert any("floor" in one for one in events) is sees_floor
    assert any("alarms" in one["topics"] for one in events)


# --- who is closed ----------------------------------------------------------------------------------------------------


def test_nobody_without_a_session_gets_in() -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        node.seat = "SESSION-NONE"
        tab = Browser(node)
        await tab.task
        return tab

    tab = told(story)
    assert (tab.got, tab.closed) == ([], 1008)


@pytest.mark.parametrize("code", ["SESSION-NONE", "SESSION-EXPIRED"])
def test_a_session_that_ended_ends_the_tab_and_says_why(code: str) -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        tab = Browser(node)
        tab.hello()
        await tab.beat(2)
        node.seat = code
        await tab.beat(2)
        return tab

    tab = told(story)
    assert tab.got[-1] == {"t": "end", "code": code}
    assert tab.closed == 1000


def test_a_locked_session_goes_on_hearing_and_learns_that_it_is_locked() -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        tab = Browser(node)
        tab.hello()
        await tab.beat(2)
        node.seat = replace(Seat(), locked=True)
        await tab.beat(2)
        await raised(node)
        return tab

    tab = told(story)
    assert [one["locked"] for one in tab.frames("beat")][0::3] == [False, True]
    assert any("alarms" in one for one in tab.frames("event"))


SAID: dict[str, str | None] = {
    "no JSON": "{",
    "no object": "[1]",
    "no text": None,
    "too long": json.dumps({"t": "hello", "post": "x" * 5_000}),
    "no hello": json.dumps({"t": "beat"}),
    "deep": "[" * 4_000,
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_what_is_no_hello_is_closed_with_its_code(said: str | None) -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        tab = Browser(node)
        tab.raw(said)
        await asyncio.wait_for(tab.task, 1)
        return tab

    tab = told(story)
    assert (tab.got, tab.closed) == ([{"t": "end", "code": "LIVE-FRAME"}], 1008)


@pytest.mark.parametrize(("greets", "after_s"), [(False, 5), (True, 17)], ids=["no hello", "no beat"])
def test_a_tab_that_says_nothing_is_closed(after_s: int, *, greets: bool) -> None:
    async def story(node: Node, _two: TwoNodes) -> tuple[Browser, int]:
        tab = Browser(node)
        if greets:
            tab.hello()
        await asyncio.sleep(after_s - 2)
        assert tab.closed is None
        await asyncio.sleep(3)
        return tab, len(hub.hub_of(node).tabs)  # type: ignore[arg-type]

    tab, left = told(story)
    assert (tab.got[-1], tab.closed, left) == ({"t": "end", "code": "LIVE-SILENT"}, 1008, 0)


def test_a_tab_that_says_too_much_is_closed() -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        tab = Browser(node)
        tab.hello()
        await asyncio.sleep(0.1)
        for _ in range(100):
            tab.say(t="sound", armed=True)
        await asyncio.sleep(0.1)
        return tab

    assert told(story).got[-1] == {"t": "end", "code": "LIVE-FRAME"}


def test_a_tab_that_does_not_take_its_frames_holds_nobody_up_and_is_closed() -> None:
    async def story(node: Node, _two: TwoNodes) -> tuple[Browser, Browser, int]:
        slow, quick = Browser(node), Browser(node)
        for tab in (slow, quick):
            tab.hello()
        await asyncio.sleep(1)
        slow.stall()
        for step in range(5):
            await raised(node, step=step)
        seen = len([one for one in quick.frames("event") if "alarms" in one])
        for _ in range(12):
            await quick.beat(1)
        return slow, quick, seen

    slow, quick, seen = told(story)
    assert seen >= 5
    assert (slow.closed, quick.closed) == (1013, None)


def test_a_tab_that_is_too_far_behind_is_closed_and_may_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("armslength.entrypoints.console.live.LAG_MAX", 2)

    async def story(node: Node, _two: TwoNodes) -> tuple[Browser, Browser]:
        stays, slow = Browser(node), Browser(node)
        for tab in (stays, slow):
            tab.hello()
        await asyncio.sleep(1)
        slow.stall()
        for step in range(5):
            await raised(node, step=step)
        slow._held.set()
        await asyncio.sleep(0.2)
        back = Browser(node)
        monkeypatch.setattr("armslength.entrypoints.console.live.LAG_MAX", 200)
        back.hello(slow.got[0]["epoch"], max(one["seq"] for one in slow.got if one["t"] != "end"))
        await asyncio.sleep(0.2)
        return slow, back

    slow, back = told(story)
    assert slow.got[-1] == {"t": "end", "code": "LIVE-SLOW"}
    assert back.got[0]["resumed"] is True


def test_more_tabs_than_a_node_carries_are_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("armslength.entrypoints.console.live.CLIENTS_MAX", 2)

    async def story(node: Node, _two: TwoNodes) -> list[Browser]:
        tabs = [Browser(node) for _ in range(3)]
        for tab in tabs:
            tab.hello()
            await asyncio.sleep(0.1)
        return tabs

    tabs = told(story)
    assert [tab.closed for tab in tabs] == [None, None, 1013]
    assert tabs[2].got == [{"t": "end", "code": "CONSOLES-FULL"}]


@pytest.mark.parametrize(("failed", "code"), [(True, "STORE-FAILED"), (False, "NODE-STOPPING")])
def test_a_node_that_stops_says_why(code: str, *, failed: bool) -> None:
    bell = Bell()

    async def story(node: Node, _two: TwoNodes) -> Browser:
        tab = Browser(node)
        tab.hello()
        await asyncio.sleep(0.5)
        (node.desk.fail if failed else node.desk.stop)()
        await asyncio.sleep(0.1)
        return tab

    assert told(story, bell=bell).got[-1] == {"t": "end", "code": code}
    assert [one["kind"] for one in bell.rung] == (["JOURNAL-FAILED"] if failed else [])


def test_a_floor_that_cannot_be_made_ends_the_tabs_and_not_the_node(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(node: Node, _two: TwoNodes) -> tuple[Browser, bool]:
        tab = Browser(node)
        tab.hello()
        await asyncio.sleep(1)

        def broken(_books: Any) -> Any:
            raise ValueError("a fault of ours")

        monkeypatch.setattr("armslength.desk.service_floor.read_floor", broken)
        await raised(node)
        await asyncio.sleep(1)
        return tab, node.desk.stopping

    tab, stopping = told(story)
    assert (tab.got[-1], tab.closed, stopping) == ({"t": "end", "code": "API-FAULT"}, 1013, False)


# --- taking the watch, and who can ring -------------------------------------------------------------------------------


async def taken(node: Node, what: str = "TAKE") -> None:
    body = {20: what, 21: "form", 22: bytes(32), 23: "night", 24: "", 5: "eucom-watch-1"}
    await node.desk.write(lambda books: books.note("shift", "shift", body))
    await asyncio.sleep(0.2)


def test_taking_the_watch_is_told_so_that_the_sound_is_armed_and_tried() -> None:
    async def story(node: Node, _two: TwoNodes) -> Browser:
        tab = Browser(node)
        tab.hello()
        await asyncio.sleep(1)
        await taken(node)
        await taken(node, "HAND-OVER")
        return tab

    events = [one for one in told(story).frames("event") if "shift" in one["kinds"]]
    assert [one.get("watch_taken", False) for one in events] == [True, False]


def test_a_floor_that_has_the_watch_and_cannot_be_heard_rings_on_the_host_and_ends_when_a_sound_is_armed() -> None:
    bell = Bell()

    async def story(node: Node, _two: TwoNodes) -> list[Any]:
        rows: list[Any] = []

        def standing() -> Any:
            return node.desk.read(
                lambda unit: [r.get(11) for _, r in views.rows(unit, views.ALARMS) if r[1] == sound_watch.KIND]
            )

        tab = Browser(node)
        tab.hello()
        await tab.beat(70)
        rows.append(standing())
        await taken(node)
        tab.say(t="sound", armed=True)
        await tab.beat(70)
        rows.append(standing())
        tab.say(t="sound", armed=False)
        await tab.beat(65)
        rows.append(standing())
        tab.say(t="sound", armed=True)
        await tab.beat(3)
        rows.append([at is not None for at in standing()])
        return rows

    assert told(story, bell=bell) == [[], [], [None], [True]]
    assert [one["kind"] for one in bell.rung] == [sound_watch.KIND]


def test_a_tab_that_went_away_rings_no_more() -> None:
    async def story(node: Node, _two: TwoNodes) -> bool:
        tab = Browser(node)
        tab.hello()
        tab.say(t="sound", armed=True)
        await taken(node)
        tab.leave()
        await asyncio.sleep(70)
        return node.desk.read(sound_watch.lasting)

    assert told(story) is True


# --- a transcript -----------------------------------------------------------------------------------------------------


def test_a_flash_from_the_peers_commit_to_the_screen() -> None:
    async def story(node: Node, two: TwoNodes) -> list[str]:
        tab = Browser(node)
        tab.hello()
        await asyncio.sleep(1.5)
        said = len(tab.got)
        sent = two.ndmc.send(two.line, precedence=Precedence.FLASH)
        await node.desk.receive(two.line, two.ndmc.seal(two.line, two.ndmc.waiting(two.line)))
        await asyncio.sleep(0.04)
        found = []
        for one in tab.got[said:]:
            if one["t"] == "event":
                rings = [(each["kind"], each["opens"]["name"] == sent.hex()) for each in one.get("alarms", [])]
                found.append((sorted(one["kinds"]), rings))
        return found[:1]

    [(kinds, rings)] = told(story)
    assert {"alarm", "message-in", "node-receipt-out"} <= set(kinds)
    assert rings == [("FLASH-RECEIVED", True)]

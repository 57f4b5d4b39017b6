"""The live channel of one tab: a WebSocket with numbers, resumption and a heartbeat; JSON text frames.

The tab says what it saw last and gets what it missed, or everything. It hears from us each second, and we from it; who
is not heard is closed, and comes again. Nothing that a tab says here is an act: it tells that it lives, what its
machine is called, and whether it can ring.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.instants import rfc3339
from armslength.core.text import visible_line
from armslength.desk.outbox import lapse, sleep_until
from armslength.entrypoints.api.asked import json_bytes
from armslength.entrypoints.console import gate
from armslength.entrypoints.console.hub import CLIENTS_MAX, LAG_MAX, SEES_ALARMS, SEES_FLOOR, Hub, Tab, hub_of

if TYPE_CHECKING:
    from armslength.entrypoints.api.gate import AsgiReceive, AsgiSend, Scope
    from armslength.entrypoints.console.seats import Session
    from armslength.node import Node

Json = dict[str, Any]

HEARTBEAT_S: Final = 1.0
FIRST_FRAME_S: Final = 5.0
"""For the tab's hello after the socket opened."""
SILENT_S: Final = 15.0
"""A tab that says nothing for so long is gone: a hidden one still beats, from its worker."""
SEND_S: Final = 10.0
"""For one frame to leave; a machine that slept does not take it."""
FRAME_CHARS_MAX: Final = 4_096
"""A hello has some 150 characters."""
POST_CHARS_MAX: Final = 64
"""The name that people gave to a floor machine, on one line."""
FRAMES_A_SECOND_MAX: Final = 20
"""A tab says one thing a second; what says more is no tab of ours."""

NORMAL, POLICY, TRY_LATER = 1000, 1008, 1013
"""RFC 6455, 7.4.1, and the registry of close codes."""


class _EndError(Exception):
    """The tab is to be closed, with a code that it shows or with none."""

    def __init__(self, code: str = "", close: int = NORMAL) -> None:
        super().__init__(code)
        self.code = code
        self.close = close


async def live(scope: Scope, receive: AsgiReceive, send: AsgiSend, node: Node) -> None:
    """Serve one tab's WebSocket until it goes, its session ends, or the node stops."""
    if (await receive())["type"] != "websocket.connect":
        return
    try:
        session = gate.session_of(node, scope)
    except LocalError:
        # Before it is accepted this is an answer 403; what is wrong the page learns from `GET /sign-in/session`.
        await send({"type": "websocket.close", "code": POLICY})
        return
    await send({"type": "websocket.accept"})
    hub = hub_of(node)
    connection = Connection(hub, session, receive, send)
    try:
        await connection.serve()
    except _EndError as end:
        with suppress(OSError, RuntimeError, TimeoutError):
            if end.code:
                await connection.say({"t": "end", "code": end.code})
            await asyncio.wait_for(send({"type": "websocket.close", "code": end.close}), SEND_S)


class Connection:
    """One tab's socket.

    Args:
        hub: of the node.
        session: whose tab it is, as of its opening.
        receive, send: of the socket.
    """

    def __init__(self, hub: Hub, session: Session, receive: AsgiReceive, send: AsgiSend) -> None:
        self._hub = hub
        self._session = session
        self._receive = receive
        self._send = send
        self._heard_at = lapse()
        self._frames = 0
        self._tab = Tab(seq=hub.seq)

    async def serve(self) -> None:
        """Greet, then listen and tell side by side until either ends."""
        said = await self._hello()
        if len(self._hub.tabs) >= CLIENTS_MAX:
            raise _EndError("CONSOLES-FULL", TRY_LATER)
        self._hub.tabs.add(self._tab)
        try:
            await self._greet(said)
            await self._both()
        finally:
            self._hub.tabs.discard(self._tab)

    async def _both(self) -> None:
        tasks = [asyncio.ensure_future(part()) for part in (self._listen, self._tell)]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for one in done:
                one.result()
        finally:
            for one in tasks:
                one.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    # --- what the tab says --------------------------------------------------------------------------------------------

    async def _hello(self) -> Json:
        try:
            async with asyncio.timeout(FIRST_FRAME_S):
                said = await self._frame()
        except TimeoutError:
            raise _EndError("LIVE-SILENT", POLICY) from None
        if said.get("t") != "hello":
            raise _EndError("LIVE-FRAME", POLICY)
        post = said.get("post")
        self._tab.post = visible_line(post[:POST_CHARS_MAX]) if isinstance(post, str) else ""
        return said

    async def _frame(self) -> Json:
        message = await self._receive()
        if message["type"] != "websocket.receive":
            raise _EndError
        text = message.get("text")
        if not isinstance(text, str) or len(text) > FRAME_CHARS_MAX:
            raise _EndError("LIVE-FRAME", POLICY)
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            raise _EndError("LIVE-FRAME", POLICY) from None
        if not isinstance(said, dict):
            raise _EndError("LIVE-FRAME", POLICY)
        return said

    async def _listen(self) -> None:
        while True:
            said = await self._frame()
            self._heard_at = lapse()
            self._frames += 1
            if self._frames > FRAMES_A_SECOND_MAX:
                raise _EndError("LIVE-FRAME", POLICY)
            if said.get("t") == "sound":
                self._tab.armed = said.get("armed") is True

    # --- what the tab is told -----------------------------------------------------------------------------------------

    @property
    def _rights(self) -> tuple[bool, bool]:
        roles = self._session.roles
        return bool(roles & SEES_ALARMS), bool(roles & SEES_FLOOR)

    async def _greet(self, said: Json) -> None:
        hub, seq = self._hub, said.get("seq")
        known = said.get("epoch") == hub.epoch and type(seq) is int and hub.since(seq) is not None
        # A tab that was away is told what it missed by the same numbers; any other begins with everything.
        self._tab.seq = int(str(seq)) if known else hub.seq
        greeting = {
            "t": "hello",
            "epoch": hub.epoch,
            "seq": hub.seq,
            "resumed": known,
            "heartbeat_s": 1,
            "now": self._now(),
            "officer": self._session.officer,
            "locked": self._session.locked,
        }
        await self.say(greeting)
        hub.refresh_floor()
        if not known:
            state = hub.state(self._rights)
            self._tab.seq = state["seq"]
            await self.say(state)

    async def _tell(self) -> None:
        beat_at = lapse()
        while True:
            self._tab.wake.clear()
            events = self._hub.since(self._tab.seq)
            if events is None or len(events) > LAG_MAX:
                raise _EndError("LIVE-SLOW", TRY_LATER)
            for event in events:
                await self._say_text(event.text(self._rights))
                self._tab.seq = event.seq
            if self._tab.fault:
                raise _EndError("API-FAULT", TRY_LATER)
            if self._hub.ended:
                raise _EndError(self._hub.ended)
            if lapse() >= beat_at:
                beat_at = lapse() + HEARTBEAT_S
                await self._beat()
            await sleep_until(self._tab.wake, max(0.0, beat_at - lapse()))

    async def _beat(self) -> None:
        self._frames = 0
        if lapse() - self._heard_at > SILENT_S:
            raise _EndError("LIVE-SILENT", POLICY)
        try:
            self._session = gate.session_again(self._hub.node, self._session)
        except LocalError as error:
            raise _EndError(error.code) from None
        beat = {"t": "beat", "seq": self._tab.seq, "now": self._now(), "locked": self._session.locked}
        await self.say(beat)

    def _now(self) -> str:
        return rfc3339(self._hub.desk.clock.now())

    async def say(self, value: Json) -> None:
        """Send one frame."""
        await self._say_text(json_bytes(value).decode())

    async def _say_text(self, text: str) -> None:
        try:
            async with asyncio.timeout(SEND_S):
                await self._send({"type": "websocket.send", "text": text})
        except TimeoutError:
            raise _EndError(close=TRY_LATER) from None

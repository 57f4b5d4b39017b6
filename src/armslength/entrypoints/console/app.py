"""The console as one ASGI application: pages, sign-in, the API behind a session, and the live channel.

Before any of them it is judged whether the request was made for this console and by its own pages: the host it names,
and its origin. What goes out carries the same headers whoever answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from armslength.core.errors import LocalError
from armslength.entrypoints.api.app import build_app
from armslength.entrypoints.api.gate import check_host, headers_of, send_problem
from armslength.entrypoints.console.demonstration import KEY_PREFIX, send_key
from armslength.entrypoints.console.gate import ConsoleGate, check_page, hosts_of
from armslength.entrypoints.console.live import live
from armslength.entrypoints.console.pages import Pages, guarded, read_pages
from armslength.entrypoints.console.signing_in import sign_in_routes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from armslength.entrypoints.api.gate import AsgiApp, AsgiReceive, AsgiSend, Message, Scope
    from armslength.node import Node

    Live: TypeAlias = Callable[[Scope, AsgiReceive, AsgiSend, Node], Awaitable[None]]

LIVE_PATH: Final = "/live"
SIGN_IN_PREFIX: Final = "/sign-in/"
API_PREFIX: Final = "/v1/"

POLICY_VIOLATION: Final = 1008
"""RFC 6455, 7.4.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the console is composed of.

    Args:
        pages: the files of the build.
        sign_in: everything below /sign-in/.
        api: everything below /v1/, behind the session.
        live: the WebSocket of a tab.
    """

    pages: AsgiApp
    sign_in: AsgiApp
    api: AsgiApp
    live: Live


class Console:
    """The application.

    Args:
        node: an open node; it knows the console's name and, once served, its origin.
        parts: what it is composed of.
    """

    def __init__(self, node: Node, parts: Parts) -> None:
        self._node = node
        self._parts = parts
        self._tls = node.settings.console_tls
        self._hosts = hosts_of(node)
        self._name = node.settings.console_name.encode()

    async def __call__(self, scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        """Answer a request, or hold a tab's WebSocket."""
        outward = _Outward(guarded(send, tls=self._tls))
        if scope["type"] == "websocket" and scope["path"] != LIVE_PATH:
            await outward({"type": "websocket.close", "code": POLICY_VIOLATION})
        elif scope["type"] == "websocket":
            await self._listen(scope, receive, outward)
        elif scope["type"] == "http":
            await self._answer(scope, receive, outward)

    async def _listen(self, scope: Scope, receive: AsgiReceive, send: _Outward) -> None:
        try:
            check_page(self._node, scope, headers_of(scope))
        except LocalError:
            # Unopened it is an answer 403 to the browser, which says no more to the page anyway.
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        await self._parts.live(scope, receive, send, self._node)

    async def _answer(self, scope: Scope, receive: AsgiReceive, send: _Outward) -> None:
        try:
            await self._pass(scope, receive, send)
        except LocalError as error:
            await send_problem(send, error)
        except Exception as error:
            # A page sees no fault of ours from inside; the log gets its name.
            self._node.log_fault("console-fault", error)
            if send.started:
                raise
            await send_problem(send, LocalError("API-FAULT"))

    async def _pass(self, scope: Scope, receive: AsgiReceive, send: _Outward) -> None:
        headers, path = headers_of(scope), str(scope["path"])
        if path.startswith((API_PREFIX, SIGN_IN_PREFIX)):
            check_page(self._node, scope, headers)
        else:
            check_host(headers, self._hosts)
            if headers[b"host"].lower().partition(b":")[0] != self._name:
                # Passkeys and the cookie belong to the name, so a page opened by an address is led to it.
                await _lead(send, self._node.console_origin.encode() + scope["raw_path"])
                return
        if path.startswith(KEY_PREFIX):
            await send_key(scope, send, self._node)
        else:
            await self._part(path)(scope, receive, send)

    def _part(self, path: str) -> AsgiApp:
        if path.startswith(SIGN_IN_PREFIX):
            return self._parts.sign_in
        return self._parts.api if path.startswith(API_PREFIX) else self._parts.pages


class _Outward:
    """What goes out, and whether it began."""

    def __init__(self, send: AsgiSend) -> None:
        self._send = send
        self.started = False

    async def __call__(self, message: Message) -> None:
        self.started = self.started or message["type"] == "http.response.start"
        await self._send(message)


async def _lead(send: AsgiSend, place: bytes) -> None:
    headers = [
        (b"location", place),
        (b"content-length", b"0"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 307, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def build_console(node: Node) -> Console:
    """Return the console of a node.

    Args:
        node: an open node; it need not be started, and `serve_console` tells it its origin.
    """
    parts = Parts(
        pages=Pages(read_pages()),
        sign_in=sign_in_routes(node),
        api=build_app(node, gate=ConsoleGate),
        live=live,
    )
    return Console(node, parts)

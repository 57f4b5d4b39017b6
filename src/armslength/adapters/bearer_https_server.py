"""The HTTPS bearer's listener: uvicorn's HTTP/1.1 in our own event loop, with the peer's certificate in the scope.

uvicorn does not hand a client's certificate to the application and takes over signals and logging when it runs as a
server; so its protocol class is used with a listener of our own. h11 is chosen over httptools because it bounds the
size of a request's head.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from armslength.adapters.bearer_https_app import PEER_EXTENSION
from armslength.adapters.bearer_https_tls import spki_pin
from armslength.core.errors import LocalError, PeerError

if TYPE_CHECKING:
    import ssl

    from armslength.adapters.bearer_https_app import AsgiApp, AsgiReceive, AsgiSend, Scope

LOOPBACK: Final = "127.0.0.1"
HEAD_BYTES_MAX: Final = 16 * 1024
"""A request's head has some 300 bytes; h11 refuses a longer one unread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLimits:
    """Bounds of the listener; times in seconds.

    Args:
        handshake_s: for TLS: a stranger can hold a connection open this long and no longer.
        head_s: from the first byte of a request, or from the handshake, to the end of its head.
        idle_s: between requests; longer than a client keeps a connection, so that it is the client who closes.
        connections_per_peer: of one pin; twice what our own client opens.
        backlog: connections that wait to be accepted.
        stop_s: for requests that run when the node stops.
    """

    handshake_s: float = 10.0
    head_s: float = 10.0
    idle_s: float = 75.0
    connections_per_peer: int = 8
    backlog: int = 512
    stop_s: float = 10.0


class _Listening(ServerState):
    """uvicorn's state of one listener, with what we count."""

    def __init__(self, limits: ServerLimits) -> None:
        super().__init__()
        self.limits = limits
        self.by_pin: Counter[bytes] = Counter()


class _PeerProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 with the peer's certificate in the scope, a deadline for heads and a cap a peer."""

    server_state: _Listening

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's own arguments, passed on
        super().__init__(*args, **kwargs)
        self._certificate = b""
        self._pin = b""
        self._answering = False
        self._head_deadline: asyncio.TimerHandle | None = None
        self._inner = self.app
        self.app = self._with_peer

    async def _with_peer(self, scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        self._end_head_deadline()
        scope["extensions"] = {PEER_EXTENSION: self._certificate}
        self._answering = True
        try:
            await self._inner(scope, receive, send)
        finally:
            self._answering = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        super().connection_made(transport)
        ssl_object = transport.get_extra_info("ssl_object")
        self._certificate = ssl_object.getpeercert(binary_form=True) or b""
        try:
            self._pin = spki_pin(self._certificate)
        except PeerError:
            self._pin = b""
        counted = self.server_state.by_pin
        counted[self._pin] += 1
        if counted[self._pin] > self.server_state.limits.connections_per_peer:
            transport.abort()
            return
        self._start_head_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_head_deadline()
        counted = self.server_state.by_pin
        counted[self._pin] -= 1
        if counted[self._pin] <= 0:
            del counted[self._pin]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._head_deadline is None and not self._answering:
            self._start_head_deadline()
        super().data_received(data)

    def _start_head_deadline(self) -> None:
        self._head_deadline = self.loop.call_later(self.server_state.limits.head_s, self.transport.abort)

    def _end_head_deadline(self) -> None:
        if self._head_deadline is not None:
            self._head_deadline.cancel()
            self._head_deadline = None


class BearerServer:
    """A running listener; made by `serve_bearer`."""

    def __init__(self, listener: asyncio.Server, state: _Listening) -> None:
        self._listener = listener
        self._state = state
        self.host, self.port = listener.sockets[0].getsockname()[:2]

    async def stop(self) -> None:
        """Take no new request, let those that run end, then close every connection."""
        self._listener.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            await asyncio.wait(set(self._state.tasks), timeout=self._state.limits.stop_s)
        for task in list(self._state.tasks):
            task.cancel()
        for connection in list(self._state.connections):
            connection.transport.abort()
        await self._listener.wait_closed()


async def serve_bearer(
    app: AsgiApp,
    context: ssl.SSLContext,
    *,
    host: str = LOOPBACK,
    port: int = 0,
    limits: ServerLimits | None = None,
) -> BearerServer:
    """Listen in the running event loop; signals and logging stay as they are.

    Args:
        app: the bearer's application.
        context: from `bearer_https_tls.server_context`.
        host: address to listen on; this machine only unless told otherwise.
        port: 0 for any free one; the one taken is the result's `port`.
        limits: see `ServerLimits`.

    Raises:
        LocalError: BEARER-LISTEN, the address is taken or not ours.
    """
    bounds = limits or ServerLimits()
    config = Config(
        app,
        http=_PeerProtocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=int(bounds.idle_s),
        h11_max_incomplete_event_size=HEAD_BYTES_MAX,
    )
    config.load()
    state = _Listening(bounds)
    try:
        listener = await asyncio.get_running_loop().create_server(
            lambda: _PeerProtocol(config, state, {}),
            host,
            port,
            ssl=context,
            backlog=bounds.backlog,
            ssl_handshake_timeout=bounds.handshake_s,
        )
    except OSError as error:
        raise LocalError("BEARER-LISTEN", host=host, port=port, because=error.strerror) from None
    return BearerServer(listener, state)

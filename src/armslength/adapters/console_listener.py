"""The console's listener: uvicorn's HTTP/1.1 and WebSocket in our own event loop, for browsers.

uvicorn hands no client certificate to the application; here it stands in the scope's state, for a request as for a
WebSocket, so that a smart card can say who asks. The handshake has then checked it against the site's authorities.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from armslength.adapters.api_listener import ApiServer
from armslength.core.errors import LocalError

if TYPE_CHECKING:
    import ssl

    from armslength.adapters.bearer_https_app import AsgiApp

CERTIFICATE_STATE: Final = "client_certificate"
"""Where the scope's state holds the browser's certificate (DER, checked in the handshake); absent without one."""

CONNECTIONS_MAX: Final = 512
"""Fifty consoles with nine tabs each; a browser opens six connections to one host beside its WebSockets."""

HEAD_BYTES_MAX: Final = 16 * 1024
"""A browser's head has some 1,500 bytes; h11 refuses a longer one unread."""

HEAD_S: Final = 15.0
"""From the handshake, or a request's first byte, to the end of its head."""

HANDSHAKE_S: Final = 20.0
"""For TLS: a browser may ask its user which card to show, and comes again when it took longer."""

IDLE_S: Final = 60
"""A connection that nobody uses is closed after this; a WebSocket speaks each second."""

MESSAGE_BYTES_MAX: Final = 64 * 1024
"""What a tab sends over its WebSocket has some 200 bytes."""

PING_S: Final = 20.0
"""A WebSocket whose machine went away without a word is found out after twice this."""


class _Protocol(H11Protocol):
    """uvicorn's HTTP/1.1 with the browser's certificate in the state, a deadline for heads and a cap on connections."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's own arguments, passed on
        super().__init__(*args, **kwargs)
        self._deadline: asyncio.TimerHandle | None = None
        self._answering = False
        self._inner = self.app
        self.app = self._answer

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - uvicorn's own values
        self._end_deadline()
        self._answering = True
        try:
            await self._inner(scope, receive, send)
        finally:
            self._answering = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        super().connection_made(transport)
        tls = transport.get_extra_info("ssl_object")
        shown = tls.getpeercert(binary_form=True) if tls is not None else None
        # uvicorn copies this into the scope of every request, and hands it on to the WebSocket that a request becomes.
        self.app_state = {CERTIFICATE_STATE: shown} if shown else {}
        if len(self.connections) > CONNECTIONS_MAX:
            transport.abort()
            return
        self._start_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._deadline is None and not self._answering:
            self._start_deadline()
        super().data_received(data)

    def handle_websocket_upgrade(self, event: Any) -> None:  # noqa: ANN401 - an event of h11
        self._end_deadline()
        super().handle_websocket_upgrade(event)

    def _start_deadline(self) -> None:
        self._deadline = self.loop.call_later(HEAD_S, self.transport.abort)

    def _end_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class ConsoleServer(ApiServer):
    """A running listener; made by `serve_console`. A stop tells every WebSocket so (1012, service restart)."""


async def serve_console(app: AsgiApp, context: ssl.SSLContext | None, *, host: str, port: int) -> ConsoleServer:
    """Listen in the running event loop.

    Args:
        app: the console's application.
        context: from `ConsoleTls.server_context`; None for plain HTTP, which is for `localhost` only.
        host: address to listen on.
        port: 0 for any free one; the one taken is the result's `port`.

    Raises:
        LocalError: CONSOLE-LISTEN, the address is taken or not ours.
    """
    config = Config(
        app,
        http=_Protocol,
        ws="websockets-sansio",
        ws_max_size=MESSAGE_BYTES_MAX,
        ws_ping_interval=PING_S,
        ws_ping_timeout=PING_S,
        ws_per_message_deflate=False,
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=IDLE_S,
        limit_concurrency=CONNECTIONS_MAX,
        h11_max_incomplete_event_size=HEAD_BYTES_MAX,
    )
    config.load()
    state = ServerState()
    tls_options: dict[str, Any] = {} if context is None else {"ssl": context, "ssl_handshake_timeout": HANDSHAKE_S}
    try:
        listener = await asyncio.get_running_loop().create_server(
            lambda: _Protocol(config, state, {}), host, port, **tls_options
        )
    except OSError as error:
        raise LocalError("CONSOLE-LISTEN", host=host, port=port, because=error.strerror) from None
    return ConsoleServer(listener, state)

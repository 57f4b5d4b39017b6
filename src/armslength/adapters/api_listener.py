"""The listener of the API: uvicorn's HTTP/1.1 in our own event loop, without its signals, logging and threads.

It speaks plain HTTP, since it listens on this machine only unless an operator says otherwise, and then behind something
that speaks TLS.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from armslength.adapters.bearer_https_app import AsgiApp

HEAD_BYTES_MAX: Final = 16 * 1024
"""A request's head has some 400 bytes, most of them the token; h11 refuses a longer one unread."""

CONNECTIONS_MAX: Final = 64
"""Programs of this desk at once; a program that opens more is broken, and the rest must still get in."""

IDLE_S: Final = 30
"""A connection that nobody uses is closed after this."""

STOP_S: Final = 5.0
"""For requests that run when the node stops; each is one transaction."""


class ApiServer:
    """A running listener; made by `serve_api`."""

    def __init__(self, listener: asyncio.Server, state: ServerState) -> None:
        self._listener = listener
        self._state = state
        self.host, self.port = listener.sockets[0].getsockname()[:2]

    async def stop(self) -> None:
        """Take no new request, let those that run end, then close every connection."""
        self._listener.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            await asyncio.wait(set(self._state.tasks), timeout=STOP_S)
        for task in list(self._state.tasks):
            task.cancel()
        for connection in list(self._state.connections):
            connection.transport.abort()
        await self._listener.wait_closed()


async def serve_api(app: AsgiApp, *, host: str, port: int) -> ApiServer:
    """Listen in the running event loop.

    Args:
        app: the application.
        host: address to listen on.
        port: 0 for any free one; the one taken is the result's `port`.

    Raises:
        LocalError: API-LISTEN, the address is taken or not ours.
    """
    config = Config(
        app,
        http=H11Protocol,
        ws="none",
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
    try:
        listener = await asyncio.get_running_loop().create_server(lambda: H11Protocol(config, state, {}), host, port)
    except OSError as error:
        raise LocalError("API-LISTEN", host=host, port=port, because=error.strerror) from None
    return ApiServer(listener, state)

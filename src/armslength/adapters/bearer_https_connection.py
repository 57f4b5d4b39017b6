"""One connection of the HTTPS bearer's sending side: HTTP/1.1 by h11 over asyncio's TLS, no more than one POST needs.

h11 is pure protocol and bounds what it takes; it is the same that the receiving side reads requests with. A general
client on top of it costs more than sealing, signing and committing a message together.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import h11

from armslength.adapters.bearer_https_tls import spki_pin
from armslength.core.errors import Unavailable

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    from armslength.adapters.bearer_https_address import Endpoint

HEAD_BYTES_MAX: Final = 16 * 1024
"""An answer's head has some 200 bytes; h11 waits no longer for the end of one."""

INFORMATIONAL_MAX: Final = 4
"""Answers of the 100 class before the one asked for: nobody here asked for any, and something between may send one."""

_READ_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of an answer: status, and the media type as it stands there."""

    status: int
    media_type: str | None


class Connection:
    """An open connection to one peer; carries one exchange at a time.

    Args:
        reader: of a TLS stream.
        writer: of the same.
        endpoint: where it leads.
        host: for the Host header.
    """

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, endpoint: Endpoint, host: str
    ) -> None:
        self._reader, self._writer, self._host = reader, writer, host
        self.endpoint = endpoint
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD_BYTES_MAX)
        self.idle_since = 0.0

    async def ask(self, path: str, headers: Mapping[str, str], body: bytes) -> Head:
        """Send one POST and return the head of its answer.

        Raises:
            OSError, h11.RemoteProtocolError: the connection broke, or something else than HTTP came.
        """
        request = h11.Request(
            method="POST",
            target=path,
            headers=[("Host", self._host), *headers.items(), ("Content-Length", str(len(body)))],
        )
        # One write, so that head and body of a message leave in one packet.
        self._writer.write(self._sent(request) + self._sent(h11.Data(data=body)) + self._sent(h11.EndOfMessage()))
        with suppress(ConnectionError):
            # Whoever refuses a body unread answers and hangs up; the answer is worth reading.
            await self._writer.drain()
        event = await self._next()
        for _ in range(INFORMATIONAL_MAX):
            if isinstance(event, h11.Response):
                break
            event = await self._next()
        if not isinstance(event, h11.Response):
            raise h11.RemoteProtocolError("no answer, only informational ones")
        media_type = dict(event.headers).get(b"content-type")
        return Head(status=event.status_code, media_type=None if media_type is None else media_type.decode("latin-1"))

    async def answer(self, size_max: int) -> bytes:
        """Return the body of the answer, as it was sent, and stop at the first byte too many.

        Raises:
            Unavailable: BEARER-RESPONSE-SIZE.
            OSError, h11.RemoteProtocolError: as for `ask`.
        """
        chunks: list[bytes] = []
        size = 0
        while isinstance(event := await self._next(), h11.Data):
            size += len(event.data)
            if size > size_max:
                raise Unavailable("BEARER-RESPONSE-SIZE", expected=f"at most {size_max} bytes")
            chunks.append(bytes(event.data))
        return b"".join(chunks)

    def renew(self, now: float) -> bool:
        """Make ready for the next exchange; False when there cannot be one on this connection."""
        ended = self._http.our_state is h11.DONE and self._http.their_state is h11.DONE
        # What came beyond the answer would be taken for the answer to the next message.
        if not ended or self._http.trailing_data[0]:
            return False
        self._http.start_next_cycle()
        self.idle_since = now
        return True

    def alive(self) -> bool:
        """Tell whether neither side has ended the connection, as far as is known."""
        return not self._writer.is_closing() and not self._reader.at_eof()

    def abort(self) -> None:
        """End the connection at once."""
        self._writer.transport.abort()

    async def closed(self) -> None:
        """Wait until an ended connection is gone."""
        with suppress(OSError):
            await self._writer.wait_closed()

    def _sent(self, event: h11.Event) -> bytes:
        return self._http.send(event) or b""

    async def _next(self) -> h11.Event:
        while True:
            event = self._http.next_event()
            if event is not h11.NEED_DATA:
                # PAUSED follows only on an answer that was read to its end.
                return event  # type: ignore[return-value]
            self._http.receive_data(await self._reader.read(_READ_BYTES))


async def connect(endpoint: Endpoint, number: str, context: ssl.SSLContext, pin: bytes) -> Connection:
    """Connect to one address of a peer; nothing is sent to anybody whose key is not the pinned one.

    Raises:
        Unavailable: BEARER-PIN.
        OSError: no connection, or no TLS.
    """
    reader, writer = await asyncio.open_connection(number, endpoint.port, ssl=context, limit=_READ_BYTES)
    host = f"[{number}]:{endpoint.port}" if ":" in number else f"{number}:{endpoint.port}"
    connection = Connection(reader, writer, endpoint, host)
    certificate = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    if certificate is None or spki_pin(certificate) != pin:
        # Checked once more, in case a context was ever given an anchor too many.
        connection.abort()
        await connection.closed()
        raise Unavailable("BEARER-PIN", expected=pin)
    return connection

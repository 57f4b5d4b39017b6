"""A server, a client and a hostile client on real sockets of this machine, for the tests of the HTTPS bearer."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from armslength.adapters.bearer_https import ClientLimits, HttpsNet
from armslength.adapters.bearer_https_app import MEDIA_TYPE, PROBLEM_MEDIA_TYPE, BearerLimits, bearer_app
from armslength.adapters.bearer_https_server import ServerLimits, serve_bearer
from armslength.adapters.bearer_https_tls import PeerTrust, client_context, make_identity, server_context
from armslength.core import cbor
from armslength.core.error_table import ERROR_TABLE
from armslength.desk.ports import Address
from world.keys import SeededRng

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from armslength.adapters.bearer_https_app import AsgiApp
    from armslength.adapters.bearer_https_server import BearerServer


RNG = SeededRng("bearer")
EUCOM, NDMC, STRANGER = make_identity(RNG), make_identity(RNG), make_identity(RNG)
LINE = bytes(range(16))
PATH = f"/lines/{LINE.hex()}/envelopes"
KIB = 1024


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a test's coroutine; whatever still runs after 20 s is a failure, not a wait."""

    async def bounded() -> None:
        async with asyncio.timeout(20):
            await coroutine

    asyncio.run(bounded())


@dataclass
class Desk:
    """A stand-in for whoever verifies and commits: remembers what it was given and answers with it reversed."""

    raises: Exception | None = None
    answer: bytes | None = None
    got: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    async def receive(self, line_id: bytes, pin: bytes, body: bytes) -> bytes:
        self.got.append((line_id, pin, body))
        if self.raises is not None:
            raise self.raises
        return body[::-1] if self.answer is None else self.answer


@dataclass
class Rig:
    """A server of NDMC that trusts EUCOM, and the desk behind it."""

    desk: Desk
    server: BearerServer
    trust: PeerTrust

    @property
    def address(self) -> Address:
        return Address("https", f"https://127.0.0.1:{self.server.port}", NDMC.pin)


@asynccontextmanager
async def serving(
    desk: Desk | None = None, limits: BearerLimits | None = None, server: ServerLimits | None = None, **other: Any
) -> AsyncIterator[Rig]:
    desk = desk or Desk()
    trust = PeerTrust()
    trust.add(EUCOM.certificate, EUCOM.pin)
    app = other.get("app") or bearer_app(desk.receive, trust, limits, on_fault=desk.faults.append)
    running = await serve_bearer(app, server_context(other.get("identity", NDMC), trust, RNG), limits=server)
    try:
        yield Rig(desk, running, trust)
    finally:
        await running.stop()


@asynccontextmanager
async def net(identity: Any = EUCOM, **limits: Any) -> AsyncIterator[HttpsNet]:
    trust = PeerTrust()
    trust.add(NDMC.certificate, NDMC.pin)
    client = HttpsNet(identity, trust, RNG, limits=ClientLimits(**limits), loopback=True)
    try:
        yield client
    finally:
        await client.aclose()


async def raw(rig: Rig, *pieces: bytes, identity: Any = EUCOM) -> bytes:
    """Send bytes over TLS as a hostile client would and return everything that comes back until the end."""
    context = client_context(identity, NDMC.certificate, RNG)
    reader, writer = await asyncio.open_connection("127.0.0.1", rig.server.port, ssl=context)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        return await reader.read()
    finally:
        writer.transport.abort()


async def hung_up(answer: Coroutine[Any, Any, bytes]) -> None:
    """Require that a connection ended without a byte of an answer, however its end was told."""
    with suppress(ConnectionError, ssl.SSLError):
        assert await answer == b""


def head(method: str = "POST", path: str = PATH, **headers: str) -> bytes:
    fields = {"Host": "peer", "Content-Type": MEDIA_TYPE, **{k.replace("_", "-"): v for k, v in headers.items()}}
    lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in fields.items() if v), "", ""]
    return "\r\n".join(lines).encode()


def problem(answer: bytes) -> tuple[int, str]:
    """Return status and code of a refusal, having checked that it says no more than the code's sentence."""
    top, _, body = answer.partition(b"\r\n\r\n")
    assert PROBLEM_MEDIA_TYPE.encode() in top
    value = cbor.decode(body)
    assert isinstance(value, dict)
    code = str(value[-1])
    assert value == {-1: code, -2: ERROR_TABLE[code].sentence}
    return int(top.split()[1]), code


def answering(status: int, body: bytes, *headers: tuple[bytes, bytes]) -> AsgiApp:
    async def app(_scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": status, "headers": list(headers)})
        await send({"type": "http.response.body", "body": body})

    return app

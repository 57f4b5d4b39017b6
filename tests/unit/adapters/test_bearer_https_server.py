"""The listener: who gets in, how many, how long, and how it ends."""

from __future__ import annotations

import asyncio

import pytest

from armslength.adapters.bearer_https_app import bearer_app
from armslength.adapters.bearer_https_server import ServerLimits, serve_bearer
from armslength.adapters.bearer_https_tls import PeerTrust, client_context, server_context
from armslength.core.errors import LocalError
from armslength.desk.ports import Address
from world.https_rig import (
    EUCOM,
    KIB,
    LINE,
    NDMC,
    PATH,
    RNG,
    STRANGER,
    answering,
    head,
    hung_up,
    net,
    raw,
    run,
    serving,
)


def test_a_stranger_is_refused_in_the_handshake_and_nothing_is_read() -> None:
    async def case() -> None:
        async with serving() as rig:
            await hung_up(raw(rig, head(Content_Length="1") + b"x", identity=STRANGER))
            assert (rig.desk.got, rig.server._state.total_requests) == ([], 0)

    run(case())


@pytest.mark.parametrize("start", [b"", b"POST ", head()[:-2]], ids=["nothing", "a word", "all but the last line"])
def test_a_head_that_never_ends_is_hung_up_on(start: bytes) -> None:
    async def case() -> None:
        async with serving(server=ServerLimits(head_s=0.05)) as rig:
            await hung_up(raw(rig, start))
            assert rig.desk.got == []

    run(case())


def test_a_head_that_is_too_long_is_not_kept() -> None:
    async def case() -> None:
        async with serving() as rig:
            answer = await raw(rig, b"POST " + PATH.encode() + b" HTTP/1.1\r\nX: ", b"x" * 64 * KIB)
            assert answer.startswith(b"HTTP/1.1 400")
            assert rig.desk.got == []

    run(case())


def test_a_peer_has_so_many_connections_and_no_more() -> None:
    async def case() -> None:
        async with serving(server=ServerLimits(connections_per_peer=2)) as rig:
            context = client_context(EUCOM, NDMC.certificate, RNG)
            kept = [await asyncio.open_connection("127.0.0.1", rig.server.port, ssl=context) for _ in range(2)]
            await hung_up(raw(rig, head(Content_Length="1") + b"x"))
            for _, writer in kept:
                writer.transport.abort()
            assert rig.desk.got == []

    run(case())


def test_a_stop_lets_the_running_request_end() -> None:
    async def case() -> None:
        started, go_on = asyncio.Event(), asyncio.Event()

        async def slow(_line: bytes, _pin: bytes, body: bytes) -> bytes:
            started.set()
            await go_on.wait()
            return body

        trust = PeerTrust()
        trust.add(EUCOM.certificate, EUCOM.pin)
        server = await serve_bearer(bearer_app(slow, trust), server_context(NDMC, trust, RNG))
        async with net() as ours:
            address = Address("https", f"https://127.0.0.1:{server.port}", NDMC.pin)
            sending = asyncio.create_task(ours.send(LINE, address, b"last words"))
            await started.wait()
            stopping = asyncio.create_task(server.stop())
            asyncio.get_running_loop().call_soon(go_on.set)
            await stopping
            assert await sending == b"last words"

    run(case())


def test_an_address_that_is_taken_is_named() -> None:
    async def case() -> None:
        async with serving() as rig:
            context = server_context(NDMC, rig.trust, RNG)
            with pytest.raises(LocalError, match="BEARER-LISTEN"):
                await serve_bearer(answering(200, b""), context, port=rig.server.port)
            assert rig.server.host == "127.0.0.1"

    run(case())

"""One connection of the sending side against servers that answer anything, without TLS, which it does not see."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import h11
import pytest

from armslength.adapters.bearer_https_address import parse_address
from armslength.adapters.bearer_https_connection import HEAD_BYTES_MAX, INFORMATIONAL_MAX, Connection, Head
from armslength.core.errors import Unavailable
from world.https_rig import run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ENDPOINT = parse_address("https://127.0.0.1:7443")
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/cbor-seq\r\nContent-Length: 2\r\n\r\nab"


@asynccontextmanager
async def connected(*answers: bytes) -> AsyncIterator[tuple[Connection, list[bytes]]]:
    """A connection to a server that gives one answer a request, and hangs up after the last."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in answers:
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            asked.append(head + await reader.readexactly(length))
            writer.write(answer)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        connection = Connection(reader, writer, ENDPOINT, "127.0.0.1:7443")
        try:
            yield connection, asked
        finally:
            connection.abort()
            await connection.closed()


def test_two_exchanges_on_one_connection() -> None:
    async def case() -> None:
        async with connected(OK, OK) as (connection, asked):
            for body in (b"one", b""):
                assert await connection.ask("/x", {"A": "b"}, body) == Head(
                    status=200, media_type="application/cbor-seq"
                )
                assert await connection.answer(2) == b"ab"
                assert connection.renew(5.0)
            assert connection.idle_since == 5.0
            head, body = asked[0].split(b"\r\n\r\n")
            assert head.split(b"\r\n") == [b"POST /x HTTP/1.1", b"Host: 127.0.0.1:7443", b"A: b", b"Content-Length: 3"]
            assert body == b"one"

    run(case())


HINT = b"HTTP/1.1 103 Early Hints\r\n\r\n"


def test_an_informational_answer_is_passed_over() -> None:
    async def case() -> None:
        async with connected(HINT * INFORMATIONAL_MAX + OK) as (connection, _):
            assert (await connection.ask("/x", {}, b"")).status == 200

    run(case())


def test_what_follows_an_answer_is_not_taken_for_the_next() -> None:
    async def case() -> None:
        async with connected(OK + OK) as (connection, _):
            await connection.ask("/x", {}, b"")
            assert await connection.answer(2) == b"ab"
            assert not connection.renew(0.0)

    run(case())


@pytest.mark.parametrize(
    "answer",
    [
        b"220 mail.example ESMTP\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * (HEAD_BYTES_MAX // 6 + 1),
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        HINT * (INFORMATIONAL_MAX + 1) + OK,
    ],
    ids=["something else", "nothing", "an endless head", "two lengths", "hints without end"],
)
def test_what_is_no_answer_is_refused(answer: bytes) -> None:
    async def case() -> None:
        async with connected(answer) as (connection, _):
            with pytest.raises(h11.RemoteProtocolError):
                await connection.ask("/x", {}, b"")
            assert not connection.renew(0.0)

    run(case())


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nabc",
    ],
    ids=["with its length", "in chunks", "to the end"],
)
def test_one_byte_too_many_ends_the_reading(answer: bytes) -> None:
    async def case() -> None:
        async with connected(answer) as (connection, _):
            assert (await connection.ask("/x", {}, b"")).media_type is None
            with pytest.raises(Unavailable, match="BEARER-RESPONSE-SIZE"):
                await connection.answer(2)
            assert not connection.renew(0.0)

    run(case())


def test_a_connection_that_the_peer_ends_is_not_used_again() -> None:
    async def case() -> None:
        last = OK.replace(b"Content-Length", b"Connection: close\r\nContent-Length")
        async with connected(last) as (connection, _):
            await connection.ask("/x", {}, b"")
            assert await connection.answer(2) == b"ab"
            assert not connection.renew(0.0)
        assert not connection.alive()

    run(case())

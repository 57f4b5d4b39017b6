"""The API's listener: where it listens, what it refuses unread, how it ends."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from armslength.adapters.api_listener import HEAD_BYTES_MAX, serve_api
from armslength.core.errors import LocalError

HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def app(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def raw(port: int, data: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data)
        await writer.drain()
        return await asyncio.wait_for(reader.read(4_096), 5)
    finally:
        writer.close()


def test_it_answers_and_says_nothing_of_itself() -> None:
    async def case() -> bytes:
        server = await serve_api(app, host="127.0.0.1", port=0)
        try:
            return await raw(server.port, HEAD)
        finally:
            await server.stop()

    answer = asyncio.run(case())
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"server:" not in answer.lower()


def test_a_head_that_is_too_long_is_not_kept() -> None:
    async def case() -> bytes:
        server = await serve_api(app, host="127.0.0.1", port=0)
        try:
            return await raw(server.port, b"GET / HTTP/1.1\r\nX: " + b"x" * (2 * HEAD_BYTES_MAX))
        finally:
            await server.stop()

    assert asyncio.run(case()).startswith(b"HTTP/1.1 400")


def test_a_port_in_use_is_a_typed_error() -> None:
    async def case() -> None:
        server = await serve_api(app, host="127.0.0.1", port=0)
        try:
            with pytest.raises(LocalError) as caught:
                await serve_api(app, host="127.0.0.1", port=server.port)
            assert caught.value.code == "API-LISTEN"
        finally:
            await server.stop()

    asyncio.run(case())


def test_what_runs_may_end_before_it_stops() -> None:
    async def case() -> bytes:
        begun, go = asyncio.Event(), asyncio.Event()

        async def slow(scope: Any, receive: Any, send: Any) -> None:
            begun.set()
            await go.wait()
            await app(scope, receive, send)

        server = await serve_api(slow, host="127.0.0.1", port=0)
        asked = asyncio.ensure_future(raw(server.port, HEAD))
        await begun.wait()
        stopping = asyncio.ensure_future(server.stop())
        await asyncio.sleep(0)
        go.set()
        await stopping
        return await asked

    assert asyncio.run(case()).startswith(b"HTTP/1.1 200")

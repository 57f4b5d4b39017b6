"""The console's listener: requests and WebSockets, who shows a card, what is refused unread, how it ends."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from armslength.adapters import api_listener, console_listener
from armslength.adapters.clock import SystemClock
from armslength.adapters.console_listener import CERTIFICATE_STATE, HEAD_BYTES_MAX, MESSAGE_BYTES_MAX, serve_console
from armslength.adapters.console_tls import ConsoleTls
from armslength.adapters.rng_system import SystemRng
from armslength.core.errors import LocalError
from builders.console_cards import make_card

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from armslength.adapters.console_listener import ConsoleServer

HOST = "127.0.0.1"
HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answer with the length of the certificate that was shown; echo what a WebSocket says after saying the same."""
    shown = str(len(scope["state"].get(CERTIFICATE_STATE, b"")))
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(shown))]})
        await send({"type": "http.response.body", "body": shown.encode()})
        return
    await receive()
    if scope["path"] != "/live":
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": shown})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


@asynccontextmanager
async def serving(application: Any = app, context: ssl.SSLContext | None = None) -> AsyncIterator[ConsoleServer]:
    server = await serve_console(application, context, host=HOST, port=0)
    try:
        yield server
    finally:
        await server.stop()


async def raw(port: int, data: bytes, context: ssl.SSLContext | None = None) -> bytes:
    name = None if context is None else "floor.eucom.example"
    reader, writer = await asyncio.open_connection(HOST, port, ssl=context, server_hostname=name)
    try:
        writer.write(data)
        await writer.drain()
        return await asyncio.wait_for(reader.read(4_096), 5)
    finally:
        writer.close()


def test_it_answers_pages_and_holds_a_tab() -> None:
    async def case() -> tuple[bytes, str | bytes, str | bytes, int]:
        async with serving() as server:
            page = await raw(server.port, HEAD)
            async with connect(f"ws://{HOST}:{server.port}/live", proxy=None) as tab:
                shown = await tab.recv()
                await tab.send("beat")
                echo = await tab.recv()
            with pytest.raises(InvalidStatus) as refused:
                await connect(f"ws://{HOST}:{server.port}/other", proxy=None)
            return page, shown, echo, refused.value.response.status_code

    page, shown, echo, status = asyncio.run(case())
    assert page.startswith(b"HTTP/1.1 200")
    assert b"server:" not in page.lower()
    assert (shown, echo, status) == ("0", "beat", 403)


def test_a_card_reaches_requests_and_tabs(tmp_path: Path) -> None:
    card = make_card(tmp_path, "eucom-watch-1", datetime.fromtimestamp(SystemClock().now() / 1_000_000, UTC))
    files = ConsoleTls(tmp_path, "floor.eucom.example", SystemRng())
    files.ensure(SystemClock().now())
    files.accept_clients(card.authority)
    size = str(len(card.certificate))

    async def asked(server: ConsoleServer, browser: ssl.SSLContext) -> tuple[bytes, str | bytes]:
        page = await raw(server.port, HEAD, browser)
        url = f"wss://{files.name}:{server.port}/live"
        async with connect(url, host=HOST, ssl=browser, server_hostname=files.name, proxy=None) as tab:
            return page.rpartition(b"\r\n")[2], await tab.recv()

    async def case() -> list[tuple[bytes, str | bytes]]:
        without, with_card = (ssl.create_default_context(cafile=str(files.authority_file)) for _ in range(2))
        with_card.load_cert_chain(card.certificate_file, card.key_file)
        async with serving(context=files.server_context()) as server:
            return [await asked(server, without), await asked(server, with_card)]

    assert asyncio.run(case()) == [(b"0", "0"), (size.encode(), size)]


def test_what_is_too_long_is_not_kept() -> None:
    async def case() -> tuple[bytes, int | None]:
        async with serving() as server:
            answer = await raw(server.port, b"GET / HTTP/1.1\r\nX: " + b"x" * (2 * HEAD_BYTES_MAX))
            async with connect(f"ws://{HOST}:{server.port}/live", proxy=None) as tab:
                await tab.recv()
                await tab.send("x" * (MESSAGE_BYTES_MAX + 1))
                with pytest.raises(ConnectionClosed) as closed:
                    await tab.recv()
            return answer, closed.value.rcvd.code if closed.value.rcvd else None

    answer, code = asyncio.run(case())
    assert answer.startswith(b"HTTP/1.1 400")
    assert code == 1009


def test_a_head_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console_listener, "HEAD_S", 0.05)

    async def case() -> bytes:
        async with serving() as server:
            return await raw(server.port, b"GET / HT")

    assert asyncio.run(case()) == b""


def test_more_connections_than_any_floor_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console_listener, "CONNECTIONS_MAX", 2)

    async def case() -> None:
        async with serving() as server:
            url = f"ws://{HOST}:{server.port}/live"
            async with connect(url, proxy=None) as one, connect(url, proxy=None) as two:
                await one.recv(), await two.recv()
                assert await raw(server.port, HEAD) == b""

    asyncio.run(case())


def test_a_port_in_use_is_a_typed_error() -> None:
    async def case() -> None:
        async with serving() as server:
            with pytest.raises(LocalError, match="CONSOLE-LISTEN"):
                await serve_console(app, None, host=HOST, port=server.port)

    asyncio.run(case())


def test_open_tabs_are_told_when_the_node_stops() -> None:
    async def case() -> tuple[float, int | None]:
        server = await serve_console(app, None, host=HOST, port=0)
        async with connect(f"ws://{HOST}:{server.port}/live", proxy=None) as tab:
            await tab.recv()
            loop = asyncio.get_running_loop()
            began = loop.time()
            await server.stop()
            took = loop.time() - began
            with pytest.raises(ConnectionClosed) as closed:
                await tab.recv()
            return took, closed.value.rcvd.code if closed.value.rcvd else None

    took, code = asyncio.run(case())
    assert took < 5
    assert code == 1012


def test_a_tab_that_never_answers_does_not_hold_the_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_listener, "STOP_S", 0.05)
    ended = asyncio.Event()

    async def stubborn(_scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": "here"})
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def case() -> None:
        server = await serve_console(stubborn, None, host=HOST, port=0)
        async with connect(f"ws://{HOST}:{server.port}/live", proxy=None) as tab:
            await tab.recv()
            await asyncio.wait_for(server.stop(), 5)
            await asyncio.wait_for(ended.wait(), 5)

    asyncio.run(case())

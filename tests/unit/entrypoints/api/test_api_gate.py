"""The gate: whose request it is, from where, of what size - before anything of it is read."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.api import gate
from armslength.entrypoints.api.gate import BODY_BYTES_MAX
from builders.live_node import run_live

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from builders.live_node import Live

JSON = {"content-type": "application/json"}


def refused(answer: Any, status: int, code: str) -> None:
    """Hold an answer to be this refusal, as a problem detail that nobody may keep."""
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert set(answer.json()) == {"type", "title", "status", "detail", "code", "next_step", "details"}
    assert answer.json()["status"] == status
    assert answer.json()["type"] == f"urn:armslength:error:{code}"
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer 00",
        "Basic {token}",
        "Bearer {token}0",
        "Bearer {token} {token}",
        "{token}",
        "Bearer é",
    ],
)
def test_nobody_without_a_token_learns_anything(home: Path, authorization: str) -> None:
    async def case(live: Live) -> None:
        said = authorization.format(token=live.tokens["eucom-watch-1"]).encode()
        async with live.client() as client:
            for path in ("/v1/health", "/v1/nothing", "/v1/errors/PIN-SELF"):
                answer = await client.get(path, headers={b"authorization": said})
                refused(answer, 401, "API-TOKEN")
                assert answer.headers["www-authenticate"].startswith("Bearer")

    run_live(home, case)


def test_the_description_is_public(home: Path) -> None:
    async def case(live: Live) -> None:
        async with live.client() as client:
            answer = await client.get("/v1/openapi.json")
        assert answer.json()["openapi"].startswith("3.1")

    run_live(home, case)


@pytest.mark.parametrize(
    ("host", "passes"),
    [
        ("127.0.0.1", True),
        ("127.0.0.1:7480", True),
        ("localhost:1", True),
        ("LOCALHOST", True),
        ("[::1]:7480", True),
        ("[::1]", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.", False),
        ("127.0.0.1:evil", False),
        (":80", False),
        ("", False),
    ],
)
def test_only_names_of_this_machine_are_answered_to(home: Path, host: str, passes: bool) -> None:
    async def case(live: Live) -> None:
        async with live.client("watch-1") as client:
            answer = await client.get("/v1/health", headers={"host": host})
        if passes:
            assert answer.status_code == 200
        else:
            refused(answer, 403, "API-HOST")

    run_live(home, case)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:7480"])
def test_a_page_in_a_browser_is_refused_even_with_a_token(home: Path, origin: str) -> None:
    async def case(live: Live) -> None:
        async with live.client("watch-1") as client:
            refused(await client.get("/v1/health", headers={"origin": origin}), 403, "API-ORIGIN")
            asked = await client.post("/v1/submit", json={}, headers={"origin": origin})
            refused(asked, 403, "API-ORIGIN")

    run_live(home, case)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_that_is_not_json_is_not_read(home: Path, kind: str) -> None:
    async def case(live: Live) -> None:
        async with live.client("watch-1") as client:
            answer = await client.post("/v1/submit", content=b"{}", headers={"content-type": kind})
        refused(answer, 415, "API-MEDIA-TYPE")

    run_live(home, case)


def test_an_announced_size_too_large_is_refused_before_a_byte_of_it_is_read(home: Path) -> None:
    read = []

    async def body() -> AsyncIterator[bytes]:
        read.append(1)
        yield b"x"

    async def case(live: Live) -> None:
        async with live.client("watch-1") as client:
            for size in (str(BODY_BYTES_MAX + 1), "9" * 100_000, "-1", "1e3", "0x10"):
                asked = client.build_request("POST", "/v1/submit", content=body(), headers=JSON)
                asked.headers["content-length"] = size
                del asked.headers["transfer-encoding"]
                refused(await client.send(asked), 413, "API-BODY-SIZE")

    run_live(home, case)
    assert read == []


def test_an_endless_body_costs_no_more_than_the_bound(home: Path) -> None:
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 65_536
            yield b" " * 65_536

    async def case(live: Live) -> None:
        answers = []
        chunks = body()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": await anext(chunks), "more_body": True}

        async def send(message: Any) -> None:
            answers.append(message)

        token = live.headers("watch-1")["Authorization"].encode()
        headers = [(b"host", b"localhost"), (b"authorization", token), (b"transfer-encoding", b"chunked")]
        headers.append((b"content-type", b"application/json"))
        scope = {"type": "http", "method": "POST", "path": "/v1/submit", "headers": headers, "query_string": b""}
        tracemalloc.start()
        try:
            await live.app(scope, receive, send)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert answers[0]["status"] == 413
        assert peak < 4 * BODY_BYTES_MAX

    run_live(home, case)
    assert sent <= BODY_BYTES_MAX + 2 * 65_536


def test_a_body_that_does_not_come_is_not_waited_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "BODY_S_MAX", 0.01)

    async def case(live: Live) -> None:
        import asyncio

        async def body() -> AsyncIterator[bytes]:
            yield b"{"
            await asyncio.Event().wait()

        chunks = body()
        answers = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": await anext(chunks), "more_body": True}

        async def send(message: Any) -> None:
            answers.append(message)

        token = live.headers("watch-1")["Authorization"].encode()
        headers = [(b"host", b"localhost"), (b"authorization", token), (b"content-length", b"9")]
        headers.append((b"content-type", b"application/json"))
        scope = {"type": "http", "method": "POST", "path": "/v1/submit", "headers": headers, "query_string": b""}
        await live.app(scope, receive, send)
        assert answers[0]["status"] == 408

    run_live(home, case)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * BODY_BYTES_MAX,
        b'{"a":' * 80_000,
        b'{"submissions":' + b"1" * 400_000 + b"}",
        b'{"submissions":"' + b"\\ud800" * 60_000 + b'"}',
        b'{"submissions":NaN}',
        b"\xff\xfe{}",
        b"",
        b"null",
    ],
    ids=["lists", "objects", "digits", "surrogates", "nan", "utf-16", "nothing", "null"],
)
def test_what_no_parser_should_be_given_is_refused_and_not_echoed(home: Path, body: bytes) -> None:
    async def case(live: Live) -> None:
        async with live.client("watch-1") as client:
            answer = await client.post("/v1/submit", content=body, headers=JSON)
        refused(answer, 422, "API-REQUEST")
        assert len(answer.content) < 4_096

    run_live(home, case)


def test_a_header_given_twice_is_refused(home: Path) -> None:
    async def case(live: Live) -> None:
        async with live.client() as client:
            mine = live.headers("watch-1")["Authorization"]
            twice = [("authorization", mine), ("authorization", "Bearer 0")]
            refused(await client.get("/v1/health", headers=twice), 422, "API-REQUEST")

    run_live(home, case)


def test_a_fault_from_inside_says_nothing_and_is_logged_by_its_name(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def case(live: Live) -> None:
        said: list[str] = []
        live.node.log_to(said.append)
        monkeypatch.setattr(live.node.metrics, "render", lambda: 1 // 0)
        async with live.client("auditor-1") as client:
            answer = await client.get("/v1/metrics")
        refused(answer, 500, "API-FAULT")
        assert "division" not in answer.text
        assert any('"code":"ZeroDivisionError"' in line for line in said)

    run_live(home, case)


def test_an_officer_whom_the_manifest_no_longer_lists_is_nobody(home: Path) -> None:
    async def case(live: Live) -> None:
        live.node.store_tokens({"eucom-gone-1": "f" * 64})
        with pytest.raises(LocalError, match="API-TOKEN"):
            gate.caller_of(live.node, b"Bearer " + b"f" * 64)

    run_live(home, case)


def test_a_websocket_is_closed_unopened(home: Path) -> None:
    async def case(live: Live) -> None:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> dict[str, Any]:
            return {"type": "websocket.connect"}

        await live.app({"type": "websocket", "path": "/v1/health", "headers": []}, receive, send)
        assert sent == [{"type": "websocket.close", "code": 1008}]

    run_live(home, case)


def test_a_server_that_starts_and_stops_the_application_is_answered(home: Path) -> None:
    async def case(live: Live) -> None:
        said = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
        sent: list[str] = []

        async def receive() -> dict[str, str]:
            return next(said)

        async def send(message: Any) -> None:
            sent.append(message["type"])

        await live.app({"type": "lifespan", "state": {}}, receive, send)
        assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

    run_live(home, case)


def test_a_caller_who_hangs_up_before_the_end_is_answered_by_nobody(home: Path) -> None:
    async def case(live: Live) -> None:
        sent: list[Any] = []

        async def receive() -> dict[str, str]:
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        token = live.headers("watch-1")["Authorization"].encode()
        headers = [(b"host", b"localhost"), (b"authorization", token), (b"content-length", b"9")]
        headers.append((b"content-type", b"application/json"))
        scope = {"type": "http", "method": "POST", "path": "/v1/submit", "headers": headers, "query_string": b""}
        await live.app(scope, receive, send)
        assert sent == []

    run_live(home, case)

"""The console's gate: our own page, a session that stands, and of a locked one a STOP and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.api import access
from armslength.entrypoints.api.app import OPERATIONS
from armslength.entrypoints.console.gate import (
    LOCKED_READS,
    cookie_header,
    cookie_name,
    session_again,
    session_of,
    stop_only,
)
from armslength.line.manifest import ROLES
from builders.console_desk import ORIGIN, console_desk, run, with_every_role
from builders.two_nodes import WATCH

if TYPE_CHECKING:
    from pathlib import Path

    import httpx2


def code_of(answer: httpx2.Response) -> str:
    """Return the code of a refusal."""
    return str(answer.json()["code"])


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("http://localhost:7480", "armslength-7480"),
        ("http://localhost", "armslength-80"),
        ("https://floor.eucom.example:7480", "__Host-armslength-7480"),
        ("https://floor.eucom.example", "__Host-armslength-443"),
    ],
)
def test_the_cookie_is_named_after_the_port_and_bound_to_the_host(origin: str, name: str) -> None:
    assert cookie_name(origin) == name
    assert (b"; Secure" in cookie_header(origin, "ab")) is origin.startswith("https:")


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", "http://localhost:7481", "https://localhost:7480", ORIGIN + "/"]
)
def test_what_another_page_asks_is_refused_though_the_cookie_comes_with_it(tmp_path: Path, origin: str | None) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in()
        browser.origin = origin
        for path in ("/v1/prepare/message", "/v1/submit", "/sign-in/out", "/sign-in/begin", "/sign-in/use"):
            answer = await browser.ask("POST", path, {})
            assert (answer.status_code, code_of(answer)) == (403, "CONSOLE-ORIGIN"), path
        if origin is not None:
            for path in ("/v1/health", "/sign-in/session", "/sign-in/about"):
                assert code_of(await browser.ask("GET", path, origin=origin)) == "CONSOLE-ORIGIN"
        browser.origin = ORIGIN
        assert (await browser.ask("GET", "/sign-in/session")).status_code == 200

    run(desk, story)


@pytest.mark.parametrize(
    ("site", "passes"), [("same-origin", True), ("none", True), ("same-site", False), ("x", False)]
)
def test_another_port_of_this_host_is_another_site(tmp_path: Path, site: str, passes: bool) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in()
        answer = await browser.ask("GET", "/v1/health", **{"sec-fetch-site": site})
        assert (answer.status_code == 200) is passes

    run(desk, story)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "eucom.invalid:7480", ""])
def test_the_console_answers_to_its_own_name_only(tmp_path: Path, host: str) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in()
        for path in ("/v1/health", "/sign-in/about"):
            assert code_of(await browser.ask("GET", path, host=host)) == "API-HOST"

    run(desk, story)


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "armslength-7480=",
        "armslength-7480=00",
        "armslength-7481={token}",
        "__Host-armslength-7480={token}",
        "armslength-7480={token}0",
        "armslength-7480={token}; armslength-7480={token}",
        "armslength-7480=planted; armslength-7480={token}",
        "x" * 5_000 + "; armslength-7480={token}",
        "armslength-7480=é",
    ],
)
def test_no_other_cookie_is_a_session(tmp_path: Path, cookie: str) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in()
        said: Any = cookie.format(token=browser.cookie).encode()
        answer = await desk.browser().ask("GET", "/v1/health", cookie=said)
        assert (answer.status_code, code_of(answer)) == (401, "SESSION-NONE")

    run(desk, story)


def test_a_cookie_of_another_node_or_a_token_of_the_api_opens_nothing(tmp_path: Path) -> None:
    desk, other = console_desk(tmp_path), console_desk(tmp_path)
    other.node.desk.rng.bytes(1_000)

    async def story() -> None:
        theirs = other.browser()
        await theirs.sign_in()
        answer = await desk.browser(cookie=theirs.cookie).ask("GET", "/v1/health")
        assert code_of(answer) == "SESSION-NONE"
        answer = await desk.browser().ask("GET", "/v1/health", authorization="Bearer " + "ab" * 32)
        assert code_of(answer) == "SESSION-NONE"

    run(desk, story)


def test_a_session_lasts_a_watch_and_survives_a_restart(tmp_path: Path) -> None:
    desk = console_desk(tmp_path, console_idle_s=13 * 3600)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in()
        again = desk.restarted().browser(cookie=browser.cookie)
        assert (await again.ask("GET", "/v1/health")).status_code == 200
        desk.pass_s(12 * 3600 - 1)
        assert (await browser.ask("GET", "/v1/health")).status_code == 200
        desk.pass_s(1)
        for path in ("/v1/health", "/sign-in/session"):
            answer = await browser.ask("GET", path)
            assert (answer.status_code, code_of(answer)) == (401, "SESSION-EXPIRED")

    run(desk, story)


def test_use_is_what_a_person_does_and_want_of_it_locks(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in()
        for _ in range(5):
            desk.pass_s(200)
            assert (await browser.ask("POST", "/sign-in/use")).status_code == 200
        desk.pass_s(200)
        # A page that looks by itself uses nothing.
        assert (await browser.ask("GET", "/v1/alarms")).status_code == 200
        desk.pass_s(100)
        answer = await browser.ask("GET", "/v1/messages")
        assert (answer.status_code, code_of(answer)) == (423, "SESSION-LOCKED")
        assert (await browser.ask("GET", "/sign-in/session")).json()["locked"] is True
        assert (await browser.ask("POST", "/sign-in/use")).status_code == 423

    run(desk, story)


def test_a_locked_session_sees_what_rings_and_nothing_else(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in()
        await browser.ask("POST", "/sign-in/lock")
        for operation in OPERATIONS:
            path = operation.path.replace("{", "").replace("}", "")
            answer = await browser.ask(operation.method, path, {} if operation.method == "POST" else None)
            seen = operation.method == "GET" and operation.path in LOCKED_READS
            assert (answer.status_code == 423) is not seen, operation.name
            assert seen or code_of(answer) == "SESSION-LOCKED"

    run(desk, story)


def test_each_officer_gets_in_where_the_list_says_and_nowhere_else(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)
    posts = with_every_role(desk.node.party)
    assert set(posts) == ROLES

    async def story() -> None:
        for role, post in posts.items():
            browser = desk.browser()
            await browser.sign_in(post, "passkey")
            for operation in OPERATIONS:
                if role in access.ACCESS[operation.name]:
                    continue
                path = operation.path.replace("{", "").replace("}", "")
                answer = await browser.ask(operation.method, path, {} if operation.method == "POST" else None)
                assert (answer.status_code, code_of(answer)) == (403, "API-ROLE"), (role, operation.name)

    run(desk, story)


def test_nobody_without_a_session_learns_anything(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        browser = desk.browser()
        for operation in OPERATIONS:
            path = operation.path.replace("{", "").replace("}", "")
            answer = await browser.ask(operation.method, path, {} if operation.method == "POST" else None)
            assert (answer.status_code, code_of(answer)) == (401, "SESSION-NONE"), operation.name

    run(desk, story)


def live_scope(cookie: str, origin: bytes | None = ORIGIN.encode(), host: bytes = b"localhost:7480") -> dict[str, Any]:
    """Return the scope of a WebSocket."""
    headers = [(b"host", host), (b"cookie", f"armslength-7480={cookie}".encode())]
    headers += [] if origin is None else [(b"origin", origin)]
    return {"type": "websocket", "path": "/live", "headers": headers}


def test_a_socket_is_held_by_a_session_of_our_own_page(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)
    node = desk.node.as_node

    def refused(scope: dict[str, Any]) -> str:
        with pytest.raises(LocalError) as caught:
            session_of(node, scope)
        return caught.value.code

    async def story() -> None:
        browser = desk.browser()
        await browser.sign_in()
        found = session_of(node, live_scope(browser.cookie))
        assert (found.officer, found.locked) == (desk.node.party.officer(WATCH), False)
        assert refused(live_scope(browser.cookie, None)) == "CONSOLE-ORIGIN"
        assert refused(live_scope(browser.cookie, b"https://evil.example")) == "CONSOLE-ORIGIN"
        assert refused(live_scope(browser.cookie, host=b"evil.example")) == "API-HOST"
        assert refused(live_scope("00")) == "SESSION-NONE"
        await browser.ask("POST", "/sign-in/lock")
        assert session_of(node, live_scope(browser.cookie)).locked
        # The token changes with unlocking; who holds the socket stays the same.
        given = browser.answer_to(await browser.begin(WATCH), WATCH)
        await browser.ask("POST", "/sign-in/unlock", given)
        assert session_again(node, found).id == found.id
        assert not session_again(node, found).locked
        await browser.ask("POST", "/sign-in/out")
        with pytest.raises(LocalError) as caught:
            session_again(node, found)
        assert caught.value.code == "SESSION-NONE"

    run(desk, story)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/prepare/message", b""),
        ("/v1/prepare/message", b"[]"),
        ("/v1/prepare/message", b'{"form":"TEST","alone":true}'),
        ("/v1/prepare/message", b'{"form":"STOP"}'),
        ("/v1/prepare/message", b'{"form":"STOP","alone":1}'),
        ("/v1/submit", b"{}"),
        ("/v1/submit", b'{"submissions":[]}'),
        ("/v1/submit", b'{"submissions":[{"release":"00","acts":[]}]}'),
        ("/v1/submit", b'{"submissions":[{"prepared":"AAAA","acts":[{"act":"stop"}]}]}'),
        ("/v1/submit", b'{"submissions":[{"prepared":"!","acts":[{"act":"stop"}]}]}'),
        ("/v1/submit", b'{"submissions":[1]}'),
        ("/v1/submit", b"[" * 10_000),
    ],
)
def test_what_is_no_stop_is_not_taken_for_one(path: str, body: bytes) -> None:
    assert not stop_only(path, body)

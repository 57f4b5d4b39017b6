"""The console composed: which part answers, and what is refused before any of them sees it."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.console.app import Console, Parts
from armslength.node import Home, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from armslength.node import Node

ORIGIN = "http://localhost:7481"
TLS = {"console_name": "floor.eucom.example", "console_host": "10.0.0.5"}


def node(tmp_path: Path, *, demonstration: bool = True, **settings: Any) -> Any:
    """A node as the console asks of it."""
    made = Settings(party="EUCOM", realm="EXERCISE", console_port=7481, demonstration=demonstration, **settings)
    home = Home(tmp_path)
    home.officers.mkdir(exist_ok=True)
    home.officer_file("eucom-watch-1").write_bytes(b"locked")
    (tmp_path / "node.key").write_bytes(b"secret")
    faults: list[tuple[str, Exception]] = []
    log = lambda event, error: faults.append((event, error))  # noqa: E731
    return SimpleNamespace(settings=made, home=home, console_origin=made.console_origin(), log_fault=log, faults=faults)


def part(name: str) -> Any:
    async def app(scope: Any, _receive: Any, send: Any) -> None:
        if scope["path"].endswith("/broken"):
            raise KeyError(name)
        if scope["path"].endswith("/refused"):
            raise LocalError("SESSION-NONE")
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-part", name.encode())]})
        await send({"type": "http.response.body", "body": name.encode()})

    return app


async def live(_scope: Any, _receive: Any, send: Any, _node: Any) -> None:
    await send({"type": "websocket.accept"})


def ask(
    of: Any, path: str, method: str = "GET", host: str = "localhost:7481", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    named = [(b"host", host.encode())] if host else []
    asked = [*named, *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items())]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "headers": asked}
    parts = Parts(pages=part("pages"), sign_in=part("sign-in"), api=part("api"), live=live)
    asyncio.run(Console(cast("Node", of), parts)(scope, cast("Any", None), send))
    start, body = sent
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body["body"]


def knock(of: Any, path: str, host: str = "localhost:7481", **headers: str) -> str:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asked = [(b"host", host.encode()), *((name.replace("_", "-").encode(), v.encode()) for name, v in headers.items())]
    parts = Parts(pages=part("pages"), sign_in=part("sign-in"), api=part("api"), live=live)
    scope = {"type": "websocket", "path": path, "headers": asked}
    asyncio.run(Console(cast("Node", of), parts)(scope, cast("Any", None), send))
    return str(sent[0]["type"])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "pages"),
        ("/messages", "pages"),
        ("/v1", "pages"),
        ("/v1/floor", "api"),
        ("/sign-in/about", "sign-in"),
        ("/sign-in", "pages"),
    ],
)
def test_each_path_has_its_part_and_every_answer_its_headers(tmp_path: Path, path: str, name: str) -> None:
    status, headers, body = ask(node(tmp_path), path)
    assert (status, body) == (200, name.encode())
    assert headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/", "/v1/floor", "/sign-in/about"])
@pytest.mark.parametrize("host", ["", "evil.example", "evil.example:7481", "localhost.evil.example", "10.0.0.5:7481"])
def test_another_name_is_refused(tmp_path: Path, path: str, host: str) -> None:
    status, headers, body = ask(node(tmp_path), path, host=host)
    assert (status, b"API-HOST" in body) == (403, True)
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("host", ["127.0.0.1:7481", "[::1]:7481", "127.0.0.1"])
def test_a_page_opened_by_an_address_is_led_to_the_name(tmp_path: Path, host: str) -> None:
    status, headers, _ = ask(node(tmp_path), "/messages", host=host)
    assert (status, headers["location"]) == (307, f"{ORIGIN}/messages")


def test_under_tls_the_name_alone_will_do(tmp_path: Path) -> None:
    served = node(tmp_path, **TLS)
    assert ask(served, "/", host="floor.eucom.example:7481")[1]["strict-transport-security"]
    assert ask(served, "/", host="localhost:7481")[0] == 403


@pytest.mark.parametrize("path", ["/v1/submit", "/sign-in/begin"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": ORIGIN}, 200),
        ({"origin": ORIGIN, "sec_fetch_site": "same-origin"}, 200),
        ({}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://localhost:9999"}, 403),
        ({"origin": "https://localhost:7481"}, 403),
        ({"origin": ORIGIN, "sec_fetch_site": "same-site"}, 403),
    ],
)
def test_what_changes_something_must_come_from_our_page(
    tmp_path: Path, path: str, headers: dict[str, str], status: int
) -> None:
    assert ask(node(tmp_path), path, "POST", **headers)[0] == status


def test_a_page_of_another_port_may_not_even_look(tmp_path: Path) -> None:
    assert ask(node(tmp_path), "/v1/floor", sec_fetch_site="same-site")[0] == 403
    assert ask(node(tmp_path), "/v1/floor", origin="http://localhost:9999")[0] == 403
    # A link from elsewhere may open the page itself, which asks for everything anew.
    assert ask(node(tmp_path), "/", sec_fetch_site="cross-site")[0] == 200


@pytest.mark.parametrize(
    ("path", "headers", "first"),
    [
        ("/live", {"origin": ORIGIN}, "websocket.accept"),
        ("/live", {}, "websocket.close"),
        ("/live", {"origin": "http://localhost:9999"}, "websocket.close"),
        ("/v1/live", {"origin": ORIGIN}, "websocket.close"),
        ("/", {"origin": ORIGIN}, "websocket.close"),
    ],
)
def test_only_our_page_holds_the_live_channel(tmp_path: Path, path: str, headers: dict[str, str], first: str) -> None:
    assert knock(node(tmp_path), path, **headers) == first
    assert knock(node(tmp_path), path, host="evil.example", **headers) == "websocket.close"


def test_a_refusal_is_a_problem_and_a_fault_says_nothing_from_inside(tmp_path: Path) -> None:
    served = node(tmp_path)
    assert ask(served, "/v1/refused")[0] == 401
    status, _, body = ask(served, "/v1/broken")
    assert (status, b"API-FAULT" in body, b"KeyError" in body) == (500, True, False)
    assert [(event, type(error)) for event, error in served.faults] == [("console-fault", KeyError)]


def test_a_demonstration_hands_out_its_key_files_and_no_other_file(tmp_path: Path) -> None:
    path = "/sign-in/demonstration-key/"
    status, headers, body = ask(node(tmp_path), f"{path}eucom-watch-1")
    assert (status, body, headers["cache-control"]) == (200, b"locked", "no-store")
    for name in ("eucom-watch-9", "", "../node", "../../etc/passwd", "eucom-watch-1/"):
        assert ask(node(tmp_path), path + name)[0] == 404, name
    assert ask(node(tmp_path), f"{path}eucom-watch-1", "POST", origin=ORIGIN)[0] == 405
    assert ask(node(tmp_path, demonstration=False), f"{path}eucom-watch-1")[0] == 404

"""The console as a browser meets it: a served node, signed in by a key file, asked, listened to, stopped."""

from __future__ import annotations

import asyncio
import json
import ssl
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from armslength.core.certificates import read_certificate
from armslength.entrypoints.console import certificates
from armslength.entrypoints.console.app import build_console
from armslength.node import Settings, console_tls, init_home, load_officer, open_node, system_now
from builders.console_cards import make_card

if TYPE_CHECKING:
    from pathlib import Path

    from armslength.node import Node

PASSPHRASE = "demonstration"
OFFICER = "eucom-watch-1"
NAME = "floor.eucom.example"


def made(path: Path, **settings: Any) -> Path:
    given = {"listen_port": 0, "api_port": 0, "address": "https://127.0.0.1:7443", "console_port": 0, **settings}
    known = Settings(party="EUCOM", realm="EXERCISE", demonstration=True, **given)
    init_home(path, known, passphrase_for=lambda _who: PASSPHRASE)
    return path


async def signed_in(browser: httpx2.AsyncClient, home: Path, origin: str, method: str) -> dict[str, Any]:
    ours = {"Origin": origin}
    asked = {"officer": OFFICER, "method": method}
    begun = (await browser.post("/sign-in/begin", json=asked, headers=ours)).json()
    answer = {**asked, "nonce": begun["nonce"]}
    if method == "file-key":
        key = load_officer(home, OFFICER, PASSPHRASE)
        signature = key.sign(bytes.fromhex(begun["statement"])).hex()
        answer |= {"key_id": key.public.kid.hex(), "signature": signature}
    done = await browser.post("/sign-in/finish", json=answer, headers=ours)
    assert done.status_code == 200, done.text
    return dict(done.json())


def cookie(browser: httpx2.AsyncClient) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}


async def hello(tab: Any) -> list[str]:
    """Greet as a tab does; return the kinds of the first frames."""
    await tab.send(json.dumps({"t": "hello", "epoch": None, "seq": None, "console": "one", "post": "floor"}))
    return [json.loads(await asyncio.wait_for(tab.recv(), 5))["t"] for _ in range(2)]


async def drained(tab: Any) -> None:
    while True:
        await tab.recv()


async def named(request: Any) -> None:
    """Ask for the name in the handshake, as a browser does that found it in the site's DNS."""
    request.extensions["sni_hostname"] = NAME


async def used(node: Node, method: str, *, context: ssl.SSLContext | None = None) -> None:
    """Sign in, ask and listen, then stop the node under the open tab."""
    home, url = node.home.path, "http://127.0.0.1" if context is None else "https://127.0.0.1"
    origin, port = node.console_origin, node.console_origin.rpartition(":")[2]
    at = f"{url}:{port}"
    async with httpx2.AsyncClient(
        base_url=at,
        verify=context or False,
        headers={"Host": origin.partition("//")[2]},
        trust_env=False,
        event_hooks={"request": [named] if context else []},
    ) as browser:
        first = await browser.get("/v1/health")
        assert (first.status_code, first.json()["code"]) == (401, "SESSION-NONE")
        session = await signed_in(browser, home, origin, method)
        assert (session["officer"], session["method"]) == (OFFICER, method)
        floor = await browser.get("/v1/health", headers=cookie(browser))
        assert floor.status_code == 200, floor.text
        assert floor.headers["content-security-policy"].startswith("default-src 'none'")
        live = f"{'wss' if context else 'ws'}://{origin.partition('//')[2]}/live"
        options: dict[str, Any] = {"host": "127.0.0.1", "port": int(port), "proxy": None}
        if context is not None:
            options |= {"ssl": context, "server_hostname": NAME}
        with pytest.raises(InvalidStatus):
            await connect(live, origin=origin, **options)  # type: ignore[arg-type]
        with pytest.raises(InvalidStatus):
            await connect(live, origin="http://evil.example", additional_headers=cookie(browser), **options)  # type: ignore[arg-type]
        async with connect(live, origin=origin, additional_headers=cookie(browser), **options) as tab:  # type: ignore[arg-type]
            assert await hello(tab) == ["hello", "state"]
            began = asyncio.get_running_loop().time()
            await node.stop()
            assert asyncio.get_running_loop().time() - began < 5
            with pytest.raises(ConnectionClosed):
                await asyncio.wait_for(drained(tab), 5)


async def serving(home: Path, method: str, *, context: ssl.SSLContext | None = None) -> str:
    node = open_node(home)
    try:
        await node.start()
        origin = await node.serve_console(build_console(node))
        await used(node, method, context=context)
    finally:
        node.close()
    return origin


def test_an_officer_signs_in_asks_and_listens_on_this_machine(tmp_path: Path) -> None:
    origin = asyncio.run(serving(made(tmp_path / "eucom"), "file-key"))
    assert origin.startswith("http://localhost:")


def test_an_officer_signs_in_over_the_floor_with_a_smart_card(tmp_path: Path) -> None:
    home = made(tmp_path / "eucom", console_name=NAME)
    now = system_now()
    card = make_card(tmp_path, "watch officer one", datetime.fromtimestamp(now / 1_000_000, UTC))
    tls = console_tls(home)
    tls.ensure(now)
    tls.accept_clients(card.authority)
    certificates.add(home, OFFICER, read_certificate(card.certificate), "fingerprint")
    browser = ssl.create_default_context(cafile=str(home / "console-ca.pem"))
    browser.load_cert_chain(card.certificate_file, card.key_file)
    origin = asyncio.run(serving(home, "certificate", context=browser))
    assert origin.startswith(f"https://{NAME}:")

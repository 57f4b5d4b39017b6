"""The console's pages: files as they were built, under a policy that lets nothing else in."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from armslength.entrypoints.console.pages import (
    CONTENT_SECURITY,
    SECURITY_HEADERS,
    TRANSPORT_SECURITY,
    Pages,
    guarded,
    read_pages,
)

if TYPE_CHECKING:
    from pathlib import Path

INDEX = b"<!doctype html><title>floor</title>"
SCRIPT = b"export const one = 1;\n" * 40


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    folder = tmp_path_factory.mktemp("assets")
    (folder / "assets").mkdir()
    (folder / "index.html").write_bytes(INDEX)
    (folder / "assets" / "app-1a2b.js").write_bytes(SCRIPT)
    (folder / "assets" / "app-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "assets" / "noto.woff2").write_bytes(b"font")
    (folder / "strange.xyz").write_bytes(b"?")
    return Pages(read_pages(folder))


def ask(pages: Any, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(pages({"type": "http", "method": method, "path": path, "headers": asked}, None, send))
    start, body = sent
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body["body"]


@pytest.mark.parametrize("path", ["/", "/messages", "/messages/in:1", "/index.html"])
def test_every_path_without_a_dot_is_the_page(pages: Pages, path: str) -> None:
    status, headers, body = ask(pages, path)
    assert (status, headers["content-type"], body) == (200, "text/html; charset=utf-8", INDEX)
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/favicon.ico", "/assets/gone.js", "/../pages.py", "/assets/../index.html", "/assets/app-1a2b.js.gz"]
)
def test_a_file_that_is_not_in_the_build_is_not_there(pages: Pages, path: str) -> None:
    status, headers, body = ask(pages, path)
    assert (status, headers["content-type"], json.loads(body)["code"]) == (404, "application/problem+json", "API-PATH")


def test_hashed_files_are_kept_for_ever_and_asked_for_once(pages: Pages) -> None:
    status, headers, body = ask(pages, "/assets/app-1a2b.js")
    assert (status, headers["content-type"], body) == (200, "text/javascript; charset=utf-8", SCRIPT)
    assert headers["cache-control"].endswith("immutable")
    assert ask(pages, "/assets/app-1a2b.js", if_none_match=f'W/"x", {headers["etag"]}')[::2] == (304, b"")
    assert ask(pages, "/assets/app-1a2b.js", if_none_match='"other"')[0] == 200


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip, br", True),
        ("br;q=1, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("br", False),
        ("", False),
        ("xgzip", False),
    ],
)
def test_the_packed_file_goes_to_who_takes_it(pages: Pages, accepted: str, packed: bool) -> None:
    _, headers, body = ask(pages, "/assets/app-1a2b.js", accept_encoding=accepted)
    assert (headers.get("content-encoding") == "gzip") is packed
    assert (gzip.decompress(body) if packed else body) == SCRIPT
    assert int(headers["content-length"]) == len(body)


def test_what_has_no_known_ending_is_bytes(pages: Pages) -> None:
    assert ask(pages, "/strange.xyz")[1]["content-type"] == "application/octet-stream"
    assert ask(pages, "/assets/noto.woff2")[1]["content-type"] == "font/woff2"


def test_a_look_at_the_head_has_no_body_and_nothing_else_is_taken(pages: Pages) -> None:
    status, headers, body = ask(pages, "/", "HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(INDEX)), b"")
    assert ask(pages, "/", "POST")[0] == 405


def test_a_package_without_pages_says_what_to_do(tmp_path: Path) -> None:
    status, headers, body = ask(Pages(read_pages(tmp_path / "none")), "/")
    assert (status, headers["content-type"]) == (503, "text/plain; charset=utf-8")
    assert b"make console" in body


@pytest.mark.parametrize("tls", [False, True])
def test_the_same_headers_are_on_everything(pages: Pages, tls: bool) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        async def looser(message: Any) -> None:
            if message["type"] == "http.response.start":
                loose = (b"Content-Security-Policy", b"default-src *")
                message = {**message, "headers": [*message["headers"], loose]}
            await guarded(send, tls=tls)(message)

        await pages(scope, receive, looser)

    for path, method in (("/", "GET"), ("/x.js", "GET"), ("/", "POST")):
        _, headers, _ = ask(app, path, method)
        for name, value in (*SECURITY_HEADERS, *((TRANSPORT_SECURITY,) if tls else ())):
            assert headers[name.decode()] == value.decode()
        assert "Content-Security-Policy" not in headers
        assert (TRANSPORT_SECURITY[0].decode() in headers) is tls


def test_the_policy_lets_in_our_own_files_only() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in CONTENT_SECURITY.split(";"))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == rules["worker-src"] == "'self'"
    assert "unsafe" not in CONTENT_SECURITY
    assert "*" not in CONTENT_SECURITY

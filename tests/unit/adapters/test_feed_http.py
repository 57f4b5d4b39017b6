"""An address is asked for what changed, on its own host only, and gives no more than a bounded file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from armslength.adapters import feed_http
from armslength.adapters.feed_folder import FolderSource
from armslength.adapters.feed_http import HttpSource
from armslength.adapters.feed_where import Sources
from armslength.core.errors import Unavailable
from builders.feeding import at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from armslength.desk.feed_sources import Looked

WHERE = "https://feeds.invalid/active_fire/ukraine%2024h.csv?key=1"


def answering(answer: Callable[[httpx2.Request], httpx2.Response]) -> tuple[HttpSource, list[httpx2.Request]]:
    asked: list[httpx2.Request] = []

    def serve(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return answer(request)

    return HttpSource(transport=httpx2.MockTransport(serve)), asked


def looked(source: HttpSource, known: dict[str, str] | None = None, where: str = WHERE) -> Looked:
    return source.look(where, known or {}, at(0))


def test_it_gives_the_file_with_its_mark_and_asks_next_time_for_a_changed_one_only() -> None:
    source, asked = answering(
        lambda request: httpx2.Response(
            304 if "If-None-Match" in request.headers else 200, headers={"ETag": '"7"'}, content=iter([b"rows"])
        )
    )
    (one,) = looked(source).offered
    assert (one.name, one.data, one.mark) == ("ukraine-24h.csv", b"rows", 'etag "7"')
    assert looked(source, {one.name: one.mark}).offered == ()
    assert asked[1].headers["If-None-Match"] == '"7"'
    assert asked[0].headers["Accept-Encoding"] == "identity"
    assert source.read(WHERE, one) == b"rows"


def test_a_date_does_where_there_is_no_tag() -> None:
    date = "Sun, 20 Nov 2022 11:00:00 GMT"
    source, asked = answering(lambda _: httpx2.Response(200, headers={"Last-Modified": date}, content=iter([b"rows"])))
    (one,) = looked(source).offered
    looked(source, {one.name: one.mark})
    assert asked[1].headers["If-Modified-Since"] == date


def test_a_mark_that_no_header_could_carry_is_not_kept() -> None:
    source, _ = answering(lambda _: httpx2.Response(200, headers={"ETag": '"' + "x" * 500 + '"'}, content=iter([b""])))
    assert looked(source).offered[0].mark == ""


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 429, 500, 503])
def test_any_other_answer_is_unreachable(status: int) -> None:
    source, _ = answering(lambda _: httpx2.Response(status))
    with pytest.raises(Unavailable, match="FEED-UNREACHABLE"):
        looked(source)


@pytest.mark.parametrize(
    ("location", "reached"),
    [
        ("/other/path.csv", True),
        ("https://feeds.invalid/x", True),
        ("https://elsewhere.invalid/x", False),
        ("https://feeds.invalid:444/x", False),
        ("http://feeds.invalid/x", False),
        ("http://127.0.0.1/x", False),
        ("file:///etc/passwd", False),
        ("https://user@feeds.invalid/x", False),
        ("", False),
    ],
)
def test_it_turns_only_within_its_own_host(location: str, reached: bool) -> None:
    source, asked = answering(
        lambda _: (
            httpx2.Response(302, headers={"Location": location})
            if len(asked) == 1
            else httpx2.Response(200, content=iter([b""]))
        )
    )
    if reached or location == "":
        looked(source)
        assert {one.url.host for one in asked} == {"feeds.invalid"}
    else:
        with pytest.raises(Unavailable, match="FEED-UNREACHABLE"):
            looked(source)
        assert len(asked) == 1


def test_turns_without_end_are_ended() -> None:
    source, asked = answering(lambda _: httpx2.Response(302, headers={"Location": "/again"}))
    with pytest.raises(Unavailable, match="turns"):
        looked(source)
    assert len(asked) == feed_http.REDIRECTS_MAX + 1


def test_an_answer_too_large_too_slow_or_packed_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_http, "FILE_BYTES_MAX", 3)
    source, _ = answering(lambda _: httpx2.Response(200, content=iter([b"four"])))
    with pytest.raises(Unavailable, match="more than 3 bytes"):
        looked(source)
    source, _ = answering(lambda _: httpx2.Response(200, headers={"Content-Encoding": "gzip"}, content=iter([b"x"])))
    with pytest.raises(Unavailable, match="compressed"):
        looked(source)
    seconds = iter([0.0, 1_000.0])
    slow = HttpSource(
        transport=httpx2.MockTransport(lambda _: httpx2.Response(200, content=iter([b"one"]))),
        lapse=lambda: next(seconds),
    )
    with pytest.raises(Unavailable, match="too long"):
        looked(slow)


def test_a_connection_that_fails_is_unreachable() -> None:
    def refuse(_request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("refused")

    source, _ = answering(refuse)
    with pytest.raises(Unavailable, match="ConnectError"):
        looked(source)


def test_a_path_is_a_folder_and_anything_else_an_address(tmp_path: Path) -> None:
    asked: list[Any] = []
    web, _ = answering(lambda request: (asked.append(request), httpx2.Response(304))[1])
    sources = Sources(folder=FolderSource(still_s=0), http=web)
    (tmp_path / "a.csv").write_bytes(b"rows")
    (one,) = sources.look(str(tmp_path), {}, at(0)).offered
    assert sources.read(str(tmp_path), one) == b"rows"
    sources.put_away(str(tmp_path), one, accepted=True)
    assert (tmp_path / "done" / "a.csv").exists()
    assert not asked
    sources.look(WHERE, {}, at(0))
    sources.put_away(WHERE, one, accepted=True)
    assert len(asked) == 1

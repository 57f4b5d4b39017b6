"""An address as the source of a feed: one GET, asked only for what changed, bounded in size and time.

The name, the path and the host are those that an officer signed for. An answer that leads to another host is refused,
proxies of the environment are not used, and nothing is asked for compressed, so that no small answer unpacks into a
large one. Without TLS only this very machine is asked.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

from armslength.core.errors import LocalError, Unavailable
from armslength.desk.feed_sources import FILE_BYTES_MAX, MARK_CHARS_MAX, Looked, Offered
from armslength.desk.feeds import check_where

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx2

    from armslength.core.instants import Instant

CONNECT_S: Final = 10.0
READ_S: Final = 30.0
"""Seconds between two pieces of an answer."""

TOTAL_S: Final = 120.0
"""Seconds for a whole answer: 64 MiB at half a megabyte a second."""

REDIRECTS_MAX: Final = 3
"""Turns within one host."""

_HEADERS: Final = {"Accept-Encoding": "identity", "User-Agent": "armslength"}
_OK, _NOT_MODIFIED = 200, 304
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_NAME: Final = re.compile(r"[^\w.-]+")
_NAME_CHARS_MAX: Final = 100
"""Characters of a file's name taken from an address: an officer reads it in one line."""

_ETAG, _DATE = "etag ", "date "


class HttpSource:
    """Reads addresses (`armslength.desk.feed_sources.FeedSources`).

    Args:
        transport: what carries requests; the network without one.
        total_s: as `TOTAL_S`.
        lapse: counts seconds, for the bound on the whole answer.
    """

    def __init__(
        self,
        *,
        transport: httpx2.BaseTransport | None = None,
        total_s: float = TOTAL_S,
        lapse: Callable[[], float] = time.monotonic,  # noqa: TID251 - a lapse, not the time of anything recorded
    ) -> None:
        self._transport = transport
        self._total_s = total_s
        self._lapse = lapse

    def look(self, where: str, known: Mapping[str, str], now: Instant) -> Looked:
        """Ask for what changed, and return it with its bytes.

        Raises:
            Unavailable: FEED-UNREACHABLE.
        """
        del now
        import httpx2  # noqa: PLC0415 - takes 100 ms to start, and nodes without such a feed need none of it

        name = _name_of(where)
        timeout = httpx2.Timeout(READ_S, connect=CONNECT_S)
        try:
            with httpx2.Client(
                trust_env=False, follow_redirects=False, timeout=timeout, transport=self._transport
            ) as client:
                return self._asked(client, where, name, known.get(name, ""))
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise Unavailable("FEED-UNREACHABLE", because=type(error).__name__) from None

    def read(self, where: str, offered: Offered) -> bytes | None:
        """Return the bytes that came with the look."""
        del where
        return offered.data

    def put_away(self, where: str, offered: Offered, *, accepted: bool) -> None:
        """Leave it: nothing is changed at an address."""
        del where, offered, accepted

    def _asked(self, client: httpx2.Client, where: str, name: str, mark: str) -> Looked:
        ends = self._lapse() + self._total_s
        address = where
        for _ in range(REDIRECTS_MAX + 1):
            with client.stream("GET", address, headers={**_HEADERS, **_condition(mark)}) as response:
                if response.status_code in _MOVED:
                    address = _same_host(address, response.headers.get("Location", ""))
                    continue
                if response.status_code == _NOT_MODIFIED:
                    return Looked()
                if response.status_code != _OK:
                    raise Unavailable("FEED-UNREACHABLE", because=f"it answered {response.status_code}")
                if response.headers.get("Content-Encoding", "identity") != "identity":
                    raise Unavailable("FEED-UNREACHABLE", because="it answered compressed, unasked")
                data = self._body(response, ends)
                return Looked(offered=(Offered(name=name, mark=_mark(response), data=data),))
        raise Unavailable("FEED-UNREACHABLE", because=f"more than {REDIRECTS_MAX} turns")

    def _body(self, response: httpx2.Response, ends: float) -> bytes:
        chunks, size = [], 0
        for chunk in response.iter_raw():
            size += len(chunk)
            if size > FILE_BYTES_MAX:
                raise Unavailable("FEED-UNREACHABLE", because=f"it answered more than {FILE_BYTES_MAX} bytes")
            if self._lapse() > ends:
                raise Unavailable("FEED-UNREACHABLE", because="the answer took too long")
            chunks.append(chunk)
        return b"".join(chunks)


def _same_host(address: str, location: str) -> str:
    target = urljoin(address, location)
    try:
        check_where(target)
    except LocalError:
        raise Unavailable("FEED-UNREACHABLE", because="it leads to an address that is not asked") from None
    was, now = urlsplit(address), urlsplit(target)
    if (was.scheme, was.hostname, was.port) != (now.scheme, now.hostname, now.port):
        raise Unavailable("FEED-UNREACHABLE", because=f"it leads to another host, {now.hostname}")
    return target


def _condition(mark: str) -> dict[str, str]:
    """Return what asks for a changed file only."""
    if mark.startswith(_ETAG):
        return {"If-None-Match": mark.removeprefix(_ETAG)}
    return {"If-Modified-Since": mark.removeprefix(_DATE)} if mark.startswith(_DATE) else {}


def _mark(response: httpx2.Response) -> str:
    etag, date = response.headers.get("ETag"), response.headers.get("Last-Modified")
    mark = f"{_ETAG}{etag}" if etag else f"{_DATE}{date}" if date else ""
    return mark if len(mark) <= MARK_CHARS_MAX and mark.isascii() and mark.isprintable() else ""


def _name_of(where: str) -> str:
    """Return a name for what an address gives: its last part, or its host."""
    parts = urlsplit(where)
    last = _NAME.sub("-", unquote(parts.path.rstrip("/").rsplit("/", 1)[-1]))
    return (last or _NAME.sub("-", parts.hostname or "feed"))[-_NAME_CHARS_MAX:]

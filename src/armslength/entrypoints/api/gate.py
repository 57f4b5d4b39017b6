"""The gate before every operation: whose request it is, from where, of what size. A plain ASGI middleware.

Bounds come first and bytes last: host and origin, then the token, then the media type and the body, which is read whole
and once. Whatever goes out says that nobody may keep it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias

from armslength.core.errors import ArmslengthError, LocalError
from armslength.entrypoints.api import access
from armslength.entrypoints.api.problems import MEDIA_TYPE, problem_bytes, status_of

if TYPE_CHECKING:
    from armslength.node import Node

BODY_BYTES_MAX: Final = 512 * 1024
"""Four submissions of 64 KiB in base64 with their signatures, or one introduction; nothing else is as large."""

BODY_S_MAX: Final = 10.0
"""Seconds for a body to arrive: the caller is on this machine."""

FILE_BODY_BYTES_MAX: Final = 96 * 1024 * 1024
"""A file of 64 MiB in base64 with what is said of it."""

FILE_BODY_S_MAX: Final = 60.0
"""Seconds for a file to arrive, which is under 2 MB/s on this machine's own loopback."""

FILE_OPERATIONS: Final = MappingProxyType(
    {
        ("POST", "/v1/dry-run/import"): "dry-run-import",
        ("POST", "/v1/prepare/import"): "prepare-import",
        ("POST", "/v1/imports"): "import-file",
        ("POST", "/v1/map-data"): "map-data",
        ("POST", "/v1/export-checks"): "check-exports",
        ("POST", "/v1/dry-run/notices"): "dry-run-notices",
        ("POST", "/v1/prepare/notice-batch"): "prepare-notice-batch",
        ("POST", "/v1/notice-batches"): "enter-notice-batch",
        ("POST", "/v1/submit/notices"): "submit-notices",
    }
)
"""Method and path -> name of the operations that carry a file: the role is judged before such a body is read, and one
is read at a time, so that memory has one bound."""

TOKEN_CHARS_MAX: Final = 128
"""A token has 64 characters; a longer one is refused before it is hashed."""

LOOPBACK_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names by which programs of this machine call it; any other is a page that had its name point here."""

OPEN_PATHS: Final = frozenset({"/v1/openapi.json"})
"""What a program may read before it has a token: the description of this API, which is public."""

_ONCE: Final = frozenset({b"host", b"origin", b"cookie", b"authorization", b"content-length", b"content-type"})
"""Headers by which something is decided."""

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
AsgiReceive: TypeAlias = Callable[[], Awaitable[Message]]
AsgiSend: TypeAlias = Callable[[Message], Awaitable[None]]
AsgiApp: TypeAlias = Callable[[Scope, AsgiReceive, AsgiSend], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whose token it is, with the roles that the manifest in force gives."""

    officer: str
    roles: frozenset[str]


class _GoneError(Exception):
    """The caller hung up; nobody is left to answer."""


class Gate:
    """The middleware.

    Args:
        app: what lies behind.
        node: knows tokens and roles.
        hosts: names by which this API may be called, without port, in small letters.
    """

    body_bytes_max: ClassVar[int] = BODY_BYTES_MAX
    """Bytes of a body that carries no file."""

    def __init__(self, app: AsgiApp, *, node: Node, hosts: Iterable[str]) -> None:
        self.app = app
        self.node = node
        self.hosts = frozenset(hosts)
        self._files = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        """Let a request pass, or answer why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            # A websocket is closed unopened: there is none in this API.
            await send({"type": "websocket.close", "code": 1008})
            return
        outward = _Outward(send)
        try:
            await self._pass(scope, receive, outward)
        except _GoneError:
            return
        except LocalError as error:
            await send_problem(outward, error)
        except Exception as error:
            # A caller sees no fault of ours from inside; the log gets its name.
            self.node.log_fault("api-fault", error)
            if outward.started:
                raise
            await send_problem(outward, LocalError("API-FAULT"))

    def admit(self, scope: Scope, headers: dict[bytes, bytes]) -> Caller | None:
        """Return whose request it is, by its token; None for what is open to all.

        Raises:
            LocalError: API-HOST, API-ORIGIN, API-TOKEN.
        """
        check_host(headers, self.hosts)
        if b"origin" in headers:
            raise LocalError("API-ORIGIN", got=headers[b"origin"])
        return None if scope["path"] in OPEN_PATHS else caller_of(self.node, headers.get(b"authorization", b""))

    def allow(self, scope: Scope, body: bytes) -> None:
        """Refuse a request by what it asks for; the API leaves that to its operations."""

    async def _pass(self, scope: Scope, receive: AsgiReceive, outward: AsgiSend) -> None:
        headers = headers_of(scope)
        caller = self.admit(scope, headers)
        if caller is not None:
            scope.setdefault("state", {})["caller"] = caller
        operation = FILE_OPERATIONS.get((scope["method"], scope["path"]))
        if operation is None or caller is None:
            body = await _body(headers, receive, self.body_bytes_max, BODY_S_MAX)
            self.allow(scope, body)
            await self.app(scope, _replay(body, receive), outward)
            return
        access.require(caller, operation)
        async with self._files:
            body = await _body(headers, receive, FILE_BODY_BYTES_MAX, FILE_BODY_S_MAX)
            await self.app(scope, _replay(body, receive), outward)


async def _body(headers: dict[bytes, bytes], receive: AsgiReceive, bytes_max: int, seconds: float) -> bytes:
    """Return the body of a request, once its size and its media type are what they may be."""
    size = _announced(headers, bytes_max)
    if size == 0 and b"transfer-encoding" not in headers:
        return b""
    if headers.get(b"content-type", b"").partition(b";")[0].strip().lower() != b"application/json":
        raise LocalError("API-MEDIA-TYPE", expected="application/json")
    return await _read(receive, bytes_max, seconds)


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """Return the headers of a request, each of those that decide anything once.

    Raises:
        LocalError: API-REQUEST.
    """
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in _ONCE and name in found:
            # Two of these are read differently by different programs; nobody sends them by mistake.
            raise LocalError("API-REQUEST", header=name.decode("latin-1"), expected="once")
        found[name] = value
    return found


def check_host(headers: dict[bytes, bytes], hosts: frozenset[str]) -> None:
    """Check that a request calls us by a name of ours: under another one a page had its own name point here.

    Raises:
        LocalError: API-HOST.
    """
    named = headers.get(b"host", b"").decode("latin-1").lower()
    host, _, port = named.rpartition(":") if not named.endswith("]") else (named, "", "")
    name = host if port.isdigit() and host else named
    if name not in hosts:
        raise LocalError("API-HOST", got=named or "none")


def caller_of(node: Node, authorization: bytes) -> Caller:
    """Return whose token this is.

    Raises:
        LocalError: API-TOKEN, also for an officer whom the manifest no longer lists.
    """
    scheme, _, token = authorization.decode("latin-1").partition(" ")
    token = token.strip()
    officer = None
    if scheme.lower() == "bearer" and 0 < len(token) <= TOKEN_CHARS_MAX and token.isascii():
        officer = node.officer_of(token)
    known = None if officer is None else node.service.look(lambda books: books.roster().officers.get(str(officer)))
    if known is None:
        raise LocalError("API-TOKEN")
    return Caller(officer=known.officer, roles=known.roles)


def _announced(headers: dict[bytes, bytes], bytes_max: int) -> int:
    announced = headers.get(b"content-length", b"0")
    # More than 19 digits is no size that anybody has; converting megabytes of digits would cost time.
    if len(announced) > 19 or not announced.isdigit() or int(announced) > bytes_max:
        raise LocalError("API-BODY-SIZE", expected=f"at most {bytes_max} bytes")
    return int(announced)


async def _read(receive: AsgiReceive, bytes_max: int, seconds: float) -> bytes:
    """Read the body, and stop at its first byte too many or its last second."""
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _GoneError
                chunk = message.get("body", b"")
                size += len(chunk)
                if size > bytes_max:
                    raise LocalError("API-BODY-SIZE", expected=f"at most {bytes_max} bytes")
                chunks.append(chunk)
                if not message.get("more_body", False):
                    return b"".join(chunks)
    except TimeoutError:
        raise LocalError("API-BODY-SLOW", expected=f"within {seconds:g} s") from None


def _replay(body: bytes, receive: AsgiReceive) -> AsgiReceive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


class _Outward:
    """What goes out: nobody may keep it, nobody may guess its type."""

    def __init__(self, send: AsgiSend) -> None:
        self._send = send
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            message["headers"] = [
                *message.get("headers", ()),
                (b"cache-control", b"no-store"),
                (b"x-content-type-options", b"nosniff"),
            ]
        await self._send(message)


async def send_problem(send: AsgiSend, error: ArmslengthError) -> None:
    """Answer with a refusal; the connection ends, since a body may lie unread on it."""
    body = problem_bytes(error)
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    if error.code == "API-TOKEN":
        headers.append((b"www-authenticate", b'Bearer realm="armslength"'))
    await send({"type": "http.response.start", "status": status_of(error), "headers": headers})
    await send({"type": "http.response.body", "body": body})

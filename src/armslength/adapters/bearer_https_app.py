"""The HTTPS bearer's receiving side, a plain ASGI application: bounds first, then the bytes to whoever verifies them.

`POST /lines/{line id in hex}/envelopes` with a CBOR sequence of transports (docs/spec/envelope.md). The peer is known
by the pin of its TLS certificate alone, before anything is read. A refusal names its code in a CBOR problem detail
(RFC 9290) and nothing of ours.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from armslength.adapters.bearer_https_tls import spki_pin
from armslength.core.cbor import encode
from armslength.core.error_table import ERROR_TABLE
from armslength.core.errors import PeerError, VerificationError
from armslength.core.limits import TRANSPORT_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Container

MEDIA_TYPE: Final = "application/cbor-seq"
"""RFC 8742, 6."""
PROBLEM_MEDIA_TYPE: Final = "application/concise-problem-details+cbor"
PROBLEM_CODE: Final = -1
"""RFC 9290, 2: the title; ours is the stable code."""
PROBLEM_DETAIL: Final = -2
"""RFC 9290, 2: the detail; ours is the code's sentence."""
PEER_EXTENSION: Final = "armslength.peer"
"""Key in the scope's extensions under which the server puts the peer's certificate (DER)."""

_PATH = re.compile(r"/lines/([0-9a-f]{32})/envelopes", re.ASCII)
_STATUS: Final = {
    "BEARER-UNKNOWN-PIN": 403,
    "BEARER-PATH": 404,
    "BEARER-METHOD": 405,
    "BEARER-BODY-SLOW": 408,
    "BEARER-BODY-SIZE": 413,
    "BEARER-MEDIA-TYPE": 415,
    "BEARER-RATE": 429,
}
_BAD_REQUEST: Final = 400
_UNABLE: Final = 503

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
AsgiReceive: TypeAlias = Callable[[], Awaitable[Message]]
AsgiSend: TypeAlias = Callable[[Message], Awaitable[None]]
AsgiApp: TypeAlias = Callable[[Scope, AsgiReceive, AsgiSend], Awaitable[None]]
Receive: TypeAlias = Callable[[bytes, bytes, bytes], Awaitable[bytes]]
"""Takes line id, pin and body; returns the sequence of transports to answer, made after the commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BearerLimits:
    """Bounds on what one peer may take of us; times in seconds.

    Args:
        body_bytes_max: of one request.
        body_s: from the request's head to the last byte of its body; 4 MiB at 1.2 Mbit/s.
        requests_per_s: sustained, of one peer; twice the most that its outbox sends one by one.
        requests_burst: at once, after a pause: a backlog let go.
    """

    body_bytes_max: int = TRANSPORT_BYTES_MAX
    body_s: float = 30.0
    requests_per_s: float = 1_000.0
    requests_burst: float = 2_000.0


class TokenBucket:
    """A rate with a burst: the cheapest refusal there is, so it comes first.

    Args:
        rate: tokens a second.
        burst: the most that is saved up.
    """

    __slots__ = ("_at", "_burst", "_rate", "_tokens")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst, self._tokens = rate, burst, burst
        self._at: float | None = None

    def take(self, now: float) -> bool:
        """Take one token at a moment of a steady clock (seconds); False when there is none."""
        elapsed = now - self._at if self._at is not None else 0.0
        self._at = now
        self._tokens = min(self._burst, self._tokens + elapsed * self._rate)
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class _GoneError(Exception):
    """The peer hung up in the middle of its request; nobody is left to answer."""


class _BearerApp:
    """One application for all peers; see `bearer_app`."""

    def __init__(
        self,
        receive: Receive,
        peers: Container[bytes],
        limits: BearerLimits,
        on_fault: Callable[[Exception], None],
    ) -> None:
        self._receive = receive
        self._peers = peers
        self._limits = limits
        self._on_fault = on_fault
        self._buckets: dict[bytes, TokenBucket] = {}

    async def __call__(self, scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        if scope["type"] != "http":
            return
        read = False
        try:
            pin = self._admit(scope)
            line_id = self._route(scope)
            body = await self._read(scope, receive)
            read = True
            answer = await self._receive(line_id, pin, body)
        except _GoneError:
            return
        except (PeerError, VerificationError) as error:
            status = _STATUS.get(error.code, _BAD_REQUEST)
            # What was not read would be taken for the next request, or cost us the reading of it.
            await _send_problem(send, status, error.code, close=not read)
        except Exception as error:  # noqa: BLE001 - a peer sees no fault of ours from inside, and the server goes on
            self._on_fault(error)
            await _send_problem(send, _UNABLE, "BEARER-UNABLE", close=True)
        else:
            await _send(send, 200, MEDIA_TYPE, answer, close=False)

    def _admit(self, scope: Scope) -> bytes:
        """Return the pin of a peer of ours that keeps to its rate."""
        certificate = scope.get("extensions", {}).get(PEER_EXTENSION)
        pin = spki_pin(certificate) if certificate else b""
        if pin not in self._peers:
            self._buckets.pop(pin, None)
            raise PeerError("BEARER-UNKNOWN-PIN", got=pin)
        bucket = self._buckets.get(pin)
        if bucket is None:
            bucket = TokenBucket(self._limits.requests_per_s, self._limits.requests_burst)
            self._buckets[pin] = bucket
        if not bucket.take(asyncio.get_running_loop().time()):
            raise PeerError("BEARER-RATE", expected=f"at most {self._limits.requests_per_s:g} a second")
        return pin

    def _route(self, scope: Scope) -> bytes:
        """Return the line id of the path; everything else about the head must be exactly as specified."""
        match = _PATH.fullmatch(scope["path"])
        if match is None or scope.get("query_string"):
            raise PeerError("BEARER-PATH")
        if scope["method"] != "POST":
            raise PeerError("BEARER-METHOD", got=scope["method"])
        headers = dict(scope["headers"])
        if headers.get(b"content-type") != MEDIA_TYPE.encode():
            raise PeerError("BEARER-MEDIA-TYPE", expected=MEDIA_TYPE)
        return bytes.fromhex(match[1])

    async def _read(self, scope: Scope, receive: AsgiReceive) -> bytes:
        """Read the body, and stop at its first byte too many or its last second."""
        size_max = self._limits.body_bytes_max
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        # More than 19 digits is no size that anybody has; converting megabytes of digits would cost time.
        if len(announced) > 19 or not announced.isdigit() or int(announced) > size_max:
            raise PeerError("BEARER-BODY-SIZE", expected=f"at most {size_max} bytes")
        try:
            async with asyncio.timeout(self._limits.body_s):
                return await _read_all(receive, size_max)
        except TimeoutError:
            raise PeerError("BEARER-BODY-SLOW", expected=f"within {self._limits.body_s:g} s") from None


async def _read_all(receive: AsgiReceive, size_max: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _GoneError
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > size_max:
            raise PeerError("BEARER-BODY-SIZE", expected=f"at most {size_max} bytes")
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


async def _send_problem(send: AsgiSend, status: int, code: str, *, close: bool) -> None:
    # The table's sentence only: the details of an error may hold what is ours.
    problem = encode({PROBLEM_CODE: code, PROBLEM_DETAIL: ERROR_TABLE[code].sentence})
    await _send(send, status, PROBLEM_MEDIA_TYPE, problem, close=close)


async def _send(send: AsgiSend, status: int, media_type: str, body: bytes, *, close: bool) -> None:
    headers = [(b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode())]
    if close:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _forget(_error: Exception) -> None:
    """Do nothing: the caller has said that it does not want to hear of faults."""


def bearer_app(
    receive: Receive,
    peers: Container[bytes],
    limits: BearerLimits | None = None,
    *,
    on_fault: Callable[[Exception], None] = _forget,
) -> AsgiApp:
    """Return the ASGI application of the bearer.

    Args:
        receive: verifies, commits and answers; its PeerError and VerificationError become 400 with their code.
        peers: the pins that are let in (a `PeerTrust`); asked at every request.
        limits: see `BearerLimits`.
        on_fault: told of every other error of ``receive``; the peer gets 503 and tries again.
    """
    return _BearerApp(receive, peers, limits or BearerLimits(), on_fault)

"""The HTTPS bearer's sending side: one POST of transports, one answer, over a connection to the pinned peer only.

Nothing of the answer is proof; whatever goes wrong is `Unavailable`, and the outbox sends again
(docs/spec/envelope.md).
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

import httpx2

from armslength.adapters.bearer_https_address import parse_address, resolve
from armslength.adapters.bearer_https_app import MEDIA_TYPE, PROBLEM_CODE, PROBLEM_MEDIA_TYPE
from armslength.adapters.bearer_https_tls import client_context, spki_pin
from armslength.core import cbor
from armslength.core.errors import PeerError, Unavailable
from armslength.core.limits import TRANSPORT_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.adapters.bearer_https_tls import PeerTrust, TlsIdentity
    from armslength.desk.ports import Address, Rng

PROBLEM_BYTES_MAX: Final = 2048
"""A refusal is a code and a sentence."""

_HEADERS: Final = {
    # Nothing is asked for compressed, so that no small answer can unpack into a large one.
    "Accept-Encoding": "identity",
    "Accept": MEDIA_TYPE,
    "Content-Type": MEDIA_TYPE,
    "User-Agent": "armslength",
}
_OK: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientLimits:
    """Bounds of one node's sending side; times in seconds.

    Args:
        connect_s: TCP and TLS to one address; a path that needs longer is one for another bearer.
        total_s: the whole exchange, resolving and the peer's commit included.
        idle_s: how long a connection is kept for the next message; shorter than the server keeps it.
        connections_max: to one peer at once, so that a FLASH need not wait for a batch.
        response_bytes_max: of one answer.
    """

    connect_s: float = 5.0
    total_s: float = 30.0
    idle_s: float = 30.0
    connections_max: int = 4
    response_bytes_max: int = TRANSPORT_BYTES_MAX


class HttpsNet:
    """The Net port over HTTPS with mutual TLS 1.3.

    Args:
        identity: our certificate and key.
        trust: the peers' certificates by pin.
        rng: gives the passwords of short-lived key files.
        limits: see `ClientLimits`.
        loopback: allow peers on this very machine.
    """

    def __init__(
        self,
        identity: TlsIdentity,
        trust: PeerTrust,
        rng: Rng,
        *,
        limits: ClientLimits | None = None,
        loopback: bool = False,
    ) -> None:
        self._identity = identity
        self._trust = trust
        self._rng = rng
        self._limits = limits or ClientLimits()
        self._loopback = loopback
        self._clients: dict[bytes, tuple[bytes, httpx2.AsyncClient]] = {}

    async def send(self, line_id: bytes, address: Address, transports: bytes) -> bytes:
        """Carry a CBOR sequence of transports to the peer and return the sequence that it answered.

        Raises:
            Unavailable: BEARER-ADDRESS, BEARER-UNREACHABLE, BEARER-PIN (nothing was sent), BEARER-REFUSED,
                BEARER-TIMEOUT, BEARER-RESPONSE-SIZE.
        """
        endpoint = parse_address(address.address)
        client = self._client(address.pin)
        try:
            async with asyncio.timeout(self._limits.total_s):
                numbers = await resolve(endpoint, loopback=self._loopback)
                hosts = (f"[{number}]" if ":" in number else number for number in numbers)
                urls = [f"https://{host}:{endpoint.port}/lines/{line_id.hex()}/envelopes" for host in hosts]
                return await self._try_each(client, urls, address.pin, transports)
        except (TimeoutError, httpx2.TimeoutException):
            raise Unavailable("BEARER-TIMEOUT", address=address.address) from None

    async def aclose(self) -> None:
        """Close every connection."""
        clients, self._clients = self._clients, {}
        for _, client in clients.values():
            await client.aclose()

    def _client(self, pin: bytes) -> httpx2.AsyncClient:
        """Return the client whose connections lead to this pin and nobody else; made once."""
        certificate = self._trust.certificate(pin)
        if certificate is None:
            raise Unavailable("BEARER-PIN", because="no peer of ours has this pin", got=pin)
        known = self._clients.get(pin)
        if known is not None and known[0] == certificate:
            return known[1]
        limits = self._limits
        client = httpx2.AsyncClient(
            verify=client_context(self._identity, certificate, self._rng),
            trust_env=False,
            follow_redirects=False,
            headers=_HEADERS,
            timeout=httpx2.Timeout(limits.total_s, connect=limits.connect_s),
            limits=httpx2.Limits(
                max_connections=limits.connections_max,
                max_keepalive_connections=limits.connections_max,
                keepalive_expiry=limits.idle_s,
            ),
        )
        self._clients[pin] = (certificate, client)
        return client

    async def _try_each(self, client: httpx2.AsyncClient, urls: Sequence[str], pin: bytes, body: bytes) -> bytes:
        """Try the peer's addresses one after the other; only a connection that never stood leads to the next."""
        for url in urls:
            try:
                return await self._exchange(client, url, pin, body)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                _refuse_wrong_pin(error)
                if url == urls[-1]:
                    raise Unavailable("BEARER-UNREACHABLE", because=type(error).__name__) from None
            except (httpx2.TransportError, ssl.SSLError) as error:
                _refuse_broken(error)
        raise Unavailable("BEARER-UNREACHABLE", because="the name has no address")

    async def _exchange(self, client: httpx2.AsyncClient, url: str, pin: bytes, body: bytes) -> bytes:
        async with client.stream("POST", url, content=body) as response:
            _require_pin(response, pin)
            if response.status_code != _OK:
                said = await self._problem(response)
                raise Unavailable("BEARER-REFUSED", status=response.status_code, said=said)
            if response.headers.get("Content-Type") != MEDIA_TYPE:
                raise Unavailable("BEARER-REFUSED", expected=MEDIA_TYPE, got=response.headers.get("Content-Type"))
            return await _read(response, self._limits.response_bytes_max)

    async def _problem(self, response: httpx2.Response) -> str:
        """Return the code of a refusal (RFC 9290) as a hint for our own operator."""
        if response.headers.get("Content-Type") != PROBLEM_MEDIA_TYPE:
            return "none given"
        try:
            problem = cbor.decode(await _read(response, PROBLEM_BYTES_MAX))
        except (PeerError, Unavailable):
            return "none readable"
        code = problem.get(PROBLEM_CODE) if isinstance(problem, dict) else None
        return code if isinstance(code, str) else "none readable"


async def _read(response: httpx2.Response, size_max: int) -> bytes:
    """Read a body as it was sent, and stop at the first byte too many."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_raw():
        size += len(chunk)
        if size > size_max:
            raise Unavailable("BEARER-RESPONSE-SIZE", expected=f"at most {size_max} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def _require_pin(response: httpx2.Response, pin: bytes) -> None:
    """Check the key that answered once more, in case a context was ever given an anchor too many."""
    ssl_object = response.extensions["network_stream"].get_extra_info("ssl_object")
    certificate = ssl_object.getpeercert(binary_form=True) if ssl_object is not None else None
    if certificate is None or spki_pin(certificate) != pin:
        raise Unavailable("BEARER-PIN", expected=pin)


def _refuse_wrong_pin(error: BaseException) -> None:
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in _causes(error)):
        raise Unavailable("BEARER-PIN") from None


def _refuse_broken(error: BaseException) -> NoReturn:
    """Refuse a connection that stood and broke.

    In TLS 1.3 a server judges our certificate after our handshake is done, so its refusal arrives as an alert, or
    only as the end of the connection (RFC 8446, 4.4.2.4).
    """
    if any(isinstance(each, ssl.SSLError) for each in _causes(error)):
        raise Unavailable("BEARER-REFUSED", because="the peer's node does not accept our certificate") from None
    because = f"{type(error).__name__}: the connection ended unanswered; perhaps our certificate is not known there"
    raise Unavailable("BEARER-UNREACHABLE", because=because) from None


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        following = following.__cause__ or following.__context__
    return found

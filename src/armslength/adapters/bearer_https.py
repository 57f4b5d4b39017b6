"""The HTTPS bearer's sending side: one POST of transports, one answer, over a connection to the pinned peer only.

Nothing of the answer is proof; whatever goes wrong is `Unavailable`, and the outbox sends again
(docs/spec/envelope.md).
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn

import h11

from armslength.adapters.bearer_https_address import parse_address, resolve
from armslength.adapters.bearer_https_app import MEDIA_TYPE, PROBLEM_CODE, PROBLEM_MEDIA_TYPE
from armslength.adapters.bearer_https_connection import Connection, Head, connect
from armslength.adapters.bearer_https_tls import client_context
from armslength.core import cbor
from armslength.core.errors import PeerError, Unavailable
from armslength.core.limits import TRANSPORT_BYTES_MAX

if TYPE_CHECKING:
    from armslength.adapters.bearer_https_address import Endpoint
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
        self._pools: dict[bytes, _Pool] = {}

    async def send(self, line_id: bytes, address: Address, transports: bytes) -> bytes:
        """Carry a CBOR sequence of transports to the peer and return the sequence that it answered.

        Raises:
            Unavailable: BEARER-ADDRESS, BEARER-UNREACHABLE, BEARER-PIN (nothing was sent), BEARER-REFUSED,
                BEARER-TIMEOUT, BEARER-RESPONSE-SIZE.
        """
        endpoint = parse_address(address.address)
        pool = self._pool(address.pin)
        path = f"/lines/{line_id.hex()}/envelopes"
        try:
            async with asyncio.timeout(self._limits.total_s), pool.slots:
                connection = await self._connection(endpoint, pool, address.pin)
                try:
                    return await self._exchange(connection, path, transports)
                except (OSError, h11.RemoteProtocolError) as error:
                    _refuse_broken(error)
                finally:
                    pool.take_back(connection)
        except TimeoutError:
            raise Unavailable("BEARER-TIMEOUT", address=address.address) from None

    async def aclose(self) -> None:
        """Close every connection."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.aclose()

    def _pool(self, pin: bytes) -> _Pool:
        """Return the connections that lead to this pin and nobody else."""
        certificate = self._trust.certificate(pin)
        if certificate is None:
            raise Unavailable("BEARER-PIN", because="no peer of ours has this pin", got=pin)
        known = self._pools.get(pin)
        if known is not None and known.certificate == certificate:
            return known
        context = client_context(self._identity, certificate, self._rng)
        pool = _Pool(certificate=certificate, context=context, slots=asyncio.Semaphore(self._limits.connections_max))
        self._pools[pin] = pool
        if known is not None:
            known.abort()
        return pool

    async def _connection(self, endpoint: Endpoint, pool: _Pool, pin: bytes) -> Connection:
        """Return a connection that stands, or a new one; only one that never stood leads to the next address."""
        held = pool.held(endpoint, asyncio.get_running_loop().time() - self._limits.idle_s)
        if held is not None:
            return held
        because = "the name has no address"
        for number in await resolve(endpoint, loopback=self._loopback):
            try:
                async with asyncio.timeout(self._limits.connect_s):
                    return await connect(endpoint, number, pool.context, pin)
            except ssl.SSLCertVerificationError:
                raise Unavailable("BEARER-PIN") from None
            except OSError as error:  # TimeoutError is one
                because = type(error).__name__
        raise Unavailable("BEARER-UNREACHABLE", because=because)

    async def _exchange(self, connection: Connection, path: str, body: bytes) -> bytes:
        head = await connection.ask(path, _HEADERS, body)
        if head.status != _OK:
            said = await _problem(connection, head)
            raise Unavailable("BEARER-REFUSED", status=head.status, said=said)
        if head.media_type != MEDIA_TYPE:
            raise Unavailable("BEARER-REFUSED", expected=MEDIA_TYPE, got=head.media_type)
        return await connection.answer(self._limits.response_bytes_max)


@dataclass(slots=True, kw_only=True)
class _Pool:
    """The connections to one peer: those at rest, and how many there may be at once."""

    certificate: bytes
    context: ssl.SSLContext
    slots: asyncio.Semaphore
    resting: list[Connection] = field(default_factory=list)

    def held(self, endpoint: Endpoint, since: float) -> Connection | None:
        """Return a connection that rests since then or later and still stands; end those that do not."""
        while self.resting:
            connection = self.resting.pop()
            if connection.endpoint == endpoint and connection.idle_since >= since and connection.alive():
                return connection
            connection.abort()
        return None

    def take_back(self, connection: Connection) -> None:
        """Keep a connection whose exchange came to its end; end any other."""
        if connection.alive() and connection.renew(asyncio.get_running_loop().time()):
            self.resting.append(connection)
        else:
            connection.abort()

    def abort(self) -> None:
        """End every connection at rest."""
        for connection in self.resting:
            connection.abort()

    async def aclose(self) -> None:
        """End every connection at rest and wait until they are gone."""
        self.abort()
        for connection in self.resting:
            await connection.closed()


async def _problem(connection: Connection, head: Head) -> str:
    """Return the code of a refusal (RFC 9290) as a hint for our own operator."""
    if head.media_type != PROBLEM_MEDIA_TYPE:
        return "none given"
    try:
        problem = cbor.decode(await connection.answer(PROBLEM_BYTES_MAX))
    except (PeerError, Unavailable):
        return "none readable"
    code = problem.get(PROBLEM_CODE) if isinstance(problem, dict) else None
    return code if isinstance(code, str) else "none readable"


def _refuse_broken(error: OSError | h11.RemoteProtocolError) -> NoReturn:
    """Refuse a connection that stood and broke.

    In TLS 1.3 a server judges our certificate after our handshake is done, so its refusal arrives as an alert, or
    only as the end of the connection (RFC 8446, 4.4.2.4).
    """
    if isinstance(error, ssl.SSLError):
        raise Unavailable("BEARER-REFUSED", because="the peer's node does not accept our certificate") from None
    if isinstance(error, TimeoutError):
        raise error
    because = f"{type(error).__name__}: the connection ended unanswered; perhaps our certificate is not known there"
    raise Unavailable("BEARER-UNREACHABLE", because=because) from None

"""Where the HTTPS bearer may connect to: a strict address, resolved and judged before it is used (abuse case 51).

A peer writes its own address into its manifest, so a hostile one may name our own machine, our cloud's metadata service
or a spelling of them that only the resolver understands. The address judged is the address connected to; nothing is
resolved a second time. Private networks (RFC 1918, RFC 4193) stay open: two headquarters often meet on a leased one.
"""

from __future__ import annotations

import asyncio
import re
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, NamedTuple, TypeAlias

from armslength.core.errors import Unavailable

ADDRESSES_MAX: Final = 4
"""Addresses of one name that are tried, so that a name with a thousand does not scan a network through us."""
PORT_MAX: Final = 65_535
"""RFC 9293, 3.1: sixteen bits."""
PORT_DEFAULT: Final = 443

_IP: TypeAlias = IPv4Address | IPv6Address

_URL = re.compile(r"https://(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9.-]{1,253}))(?::([0-9]{1,5}))?/?", re.ASCII)
_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
"""A name that ends in a number is an IPv4 address to some resolvers (0x7f.1, 2130706433), and none to `ipaddress`."""

# Written out, since `ipaddress.is_global` is true for NAT64 and 6to4 forms of 127.0.0.1 and for multicast.
_REFUSED: Final = tuple(
    map(IPv4Network, ("0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "224.0.0.0/4", "240.0.0.0/4"))
) + tuple(map(IPv6Network, ("::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fe80::/10", "fec0::/10", "ff00::/8")))
_LOOPBACK: Final = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
_CARRY_IPV4: Final = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
"""IPv6 forms that lead to the IPv4 address in their last 32 bits (RFC 4291, 2.5.5.2; RFC 6052, 2.1)."""


class Endpoint(NamedTuple):
    """A parsed bearer address: a host as written (name or number), and a port."""

    host: str
    port: int


def parse_address(text: str) -> Endpoint:
    """Read `https://HOST[:PORT]`: no user, no path, no query, no other scheme.

    Raises:
        Unavailable: BEARER-ADDRESS.
    """
    match = _URL.fullmatch(text.lower()) if text.isascii() else None
    if match is None:
        raise Unavailable("BEARER-ADDRESS", expected="https://HOST:PORT", got=text)
    six, host, digits = match.groups()
    port = int(digits) if digits else PORT_DEFAULT
    if not 0 < port <= PORT_MAX or not (_is_ip(six) if six else _is_ip(host) or _is_name(host)):
        raise Unavailable("BEARER-ADDRESS", expected="https://HOST:PORT", got=text)
    return Endpoint(six or host, port)


def require_allowed(ip: _IP, *, loopback: bool) -> None:
    """Refuse an address that no peer of ours can have.

    Args:
        ip: where we are about to connect to.
        loopback: whether this machine itself is allowed, for two nodes on one machine.

    Raises:
        Unavailable: BEARER-ADDRESS.
    """
    if any(ip in network for network in _CARRY_IPV4):
        require_allowed(IPv4Address(int(ip) & 0xFFFFFFFF), loopback=loopback)
        return
    if any(ip in network for network in _LOOPBACK):
        if loopback:
            return
        raise Unavailable("BEARER-ADDRESS", got=ip, because="it is this machine")
    if any(ip in network for network in _REFUSED):
        raise Unavailable("BEARER-ADDRESS", got=ip, because="no peer has such an address")


async def resolve(endpoint: Endpoint, *, loopback: bool) -> tuple[str, ...]:
    """Return the addresses to connect to, as numbers, each of them judged.

    Raises:
        Unavailable: BEARER-UNREACHABLE when the name has no address, BEARER-ADDRESS when one of them is refused.
    """
    if _is_ip(endpoint.host):
        found = [endpoint.host]
    else:
        loop = asyncio.get_running_loop()
        try:
            rows = await loop.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise Unavailable("BEARER-UNREACHABLE", because="the name has no address", got=endpoint.host) from None
        found = list(dict.fromkeys(str(row[4][0]) for row in rows))[:ADDRESSES_MAX]
    for each in found:
        require_allowed(_ip(each), loopback=loopback)
    return tuple(found)


def _ip(text: str) -> _IP:
    try:
        return ip_address(text)
    except ValueError:
        # A scoped address (fe80::1%eth0) is link-local and refused with the rest.
        raise Unavailable("BEARER-ADDRESS", got=text) from None


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_name(host: str) -> bool:
    return _NAME.fullmatch(host) is not None and _NUMBER.fullmatch(host.rpartition(".")[2]) is None

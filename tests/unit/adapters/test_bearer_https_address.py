"""Where the bearer may connect to, and every spelling of where it may not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters import bearer_https_address as addresses
from armslength.core.errors import Unavailable
from world.https_rig import run

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("https://127.0.0.1:8443", ("127.0.0.1", 8443)),
        ("https://line.ndmc.example", ("line.ndmc.example", 443)),
        ("HTTPS://Line.NDMC.example:1/", ("line.ndmc.example", 1)),
        ("https://[2001:db8::1]:65535", ("2001:db8::1", 65535)),
    ],
)
def test_an_address_is_a_host_and_a_port(text: str, endpoint: tuple[str, int]) -> None:
    assert addresses.parse_address(text) == endpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://127.0.0.1:80",
        "https://",
        "https://user@127.0.0.1",
        "https://127.0.0.1:8443/path",
        "https://127.0.0.1?x",
        "https://127.0.0.1#x",
        "https://127.0.0.1:0",
        "https://127.0.0.1:65536",
        "https://0x7f.1",
        "https://0x7f000001",
        "https://2130706433",
        "https://127.1",
        "https://127.0.0.1.",
        "https://①②⑦.⓪.⓪.①",
        "https://a..b",
        "https://-a.example",
        "https://[::1",
        "https://[fe80::1%eth0]",
        "https://[12345::]",
        "https://a.example\n",
        " https://a.example",
    ],
)
def test_every_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(Unavailable, match="BEARER-ADDRESS"):
        addresses.parse_address(text)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "127.255.255.254",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::127.0.0.1",
        "::",
        "0.0.0.1",
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.0.8",
        "fe80::1",
        "ff02::1",
        "2001::1",
    ],
)
def test_no_address_of_our_own_or_of_nobody_is_connected_to(number: str) -> None:
    async def case() -> None:
        with pytest.raises(Unavailable, match="BEARER-ADDRESS"):
            await addresses.resolve(addresses.Endpoint(number, 443), loopback=False)

    run(case())


@pytest.mark.parametrize("number", ["10.0.0.7", "192.168.1.2", "8.8.8.8", "2a00::1", "fd00::1", "64:ff9b::808:808"])
def test_networks_that_parties_use_are_allowed(number: str) -> None:
    async def case() -> None:
        assert await addresses.resolve(addresses.Endpoint(number, 443), loopback=False) == (number,)

    run(case())


def _resolver(*numbers: str) -> Callable[..., Any]:
    async def getaddrinfo(*_args: Any, **_options: Any) -> list[Any]:
        if not numbers:
            raise OSError
        return [(None, None, None, "", (number, 443)) for number in numbers]

    return getaddrinfo


def test_a_name_is_judged_by_what_it_resolves_to(monkeypatch: pytest.MonkeyPatch) -> None:
    async def case() -> None:
        loop, endpoint = asyncio.get_running_loop(), addresses.Endpoint("line.ndmc.example", 443)
        monkeypatch.setattr(loop, "getaddrinfo", _resolver("192.0.2.7", "127.0.0.1"), raising=False)
        with pytest.raises(Unavailable, match="BEARER-ADDRESS"):
            await addresses.resolve(endpoint, loopback=False)
        monkeypatch.setattr(loop, "getaddrinfo", _resolver("192.0.2.7", "192.0.2.7", "192.0.2.8"))
        assert await addresses.resolve(endpoint, loopback=False) == ("192.0.2.7", "192.0.2.8")
        monkeypatch.setattr(loop, "getaddrinfo", _resolver(*(f"192.0.2.{n}" for n in range(100))))
        assert len(await addresses.resolve(endpoint, loopback=False)) == addresses.ADDRESSES_MAX
        monkeypatch.setattr(loop, "getaddrinfo", _resolver())
        with pytest.raises(Unavailable, match="BEARER-UNREACHABLE"):
            await addresses.resolve(endpoint, loopback=False)

    run(case())

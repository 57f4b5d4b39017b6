"""The people of the demonstration: their homes, keys and acts on a node."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, Final

from armslength import node as nodes
from armslength.core.errors import Unavailable
from armslength.desk import service_read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from armslength.node import Node, Signing

Json = dict[str, Any]

PASSPHRASE: Final = "demonstration"  # noqa: S105 - keys marked DEMONSTRATION, refused in the REAL realm
WAIT_S: Final = 20.0
"""Longer than any step of the demonstration takes on a busy machine; then it says what did not happen."""

PARTIES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "EUCOM": ("Europe/Berlin", ("en", "ru")),
    "NDMC": ("Europe/Moscow", ("ru", "en")),
}
"""Party -> time zone and languages, its own first."""


class Player:
    """One party's people at its node, each with a key file of their own."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.party = node.settings.party
        self._keys: dict[str, Signing] = {}

    def officer(self, end: str) -> str:
        """Return an officer's id by its end, for example ``watch-1``."""
        return f"{self.party.lower()}-{end}"

    def signed(self, prepared: Mapping[str, Any]) -> Json:
        """Sign what was prepared, with the key of the officer it is for."""
        officer = str(prepared["officer"])
        if officer not in self._keys:
            self._keys[officer] = nodes.load_officer(self.node.home.path, officer, PASSPHRASE)
        key = self._keys[officer]
        return {
            "act": prepared["act"],
            "role": prepared["role"],
            "officer": officer,
            "key_id": key.public.kid.hex(),
            "signature": key.sign(bytes.fromhex(str(prepared["statement"]))).hex(),
        }

    async def submit(self, *prepared: Mapping[str, Any]) -> list[Json]:
        """Sign and submit acts, all in one transaction."""
        return await self.node.service.submit([self._submission(one) for one in prepared])

    async def submit_import(self, prepared: Mapping[str, Any], data: bytes) -> Json:
        """Sign an import and have the rows of its file entered."""
        return await self.node.service.submit_import(self._submission(prepared), data)

    def _submission(self, one: Mapping[str, Any]) -> Json:
        what = {"release": one["release"]} if "release" in one else {"prepared": one["prepared"]}
        return {**what, "acts": [self.signed(one)]}

    def line(self) -> Json:
        """Return the state of the only line."""
        return self.node.service.look(service_read.read_lines)[0]

    def messages(self) -> list[Json]:
        """Return all messages, both directions."""
        return self.node.service.look(service_read.read_messages)

    def outgoing(self, identity: str) -> Json:
        """Return one message by its id."""
        return next(m for m in self.messages() if m["id"] == identity)

    async def until(self, what: str, holds: Callable[[], bool]) -> None:
        """Wait until something is so, by looking; the nodes' own loops do the work.

        Raises:
            Unavailable: DEMO-STALLED after `WAIT_S`.
        """
        waited = 0.0
        while not holds():
            if waited > WAIT_S:
                raise Unavailable("DEMO-STALLED", party=self.party, waiting_for=what)
            await asyncio.sleep(0.01)
            waited += 0.01


def free_ports(count: int) -> list[int]:
    """Return ports of this machine that nobody listens on."""
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(count)]
    try:
        for one in sockets:
            one.bind((nodes.LOOPBACK, 0))
        return [int(one.getsockname()[1]) for one in sockets]
    finally:
        for one in sockets:
            one.close()


def make_homes(base: Path, officers: Sequence[tuple[str, tuple[str, ...]]] = nodes.DEFAULT_OFFICERS) -> dict[str, Path]:
    """Make both parties' homes with demonstration keys; return them by party.

    Args:
        base: the folder of both.
        officers: of each party: the end of the officer's id, and his roles.
    """
    ports = iter(free_ports(3 * len(PARTIES)))
    homes = {}
    for party, (zone, languages) in PARTIES.items():
        port, api_port, console_port = next(ports), next(ports), next(ports)
        settings = nodes.Settings(
            party=party,
            realm="EXERCISE",
            listen_port=port,
            address=f"https://{nodes.LOOPBACK}:{port}",
            api_port=api_port,
            # Fixed before the manifest is signed: it names the console's origin, under which passkeys sign.
            console_port=console_port,
            time_zone=zone,
            languages=languages,
            demonstration=True,
        )
        homes[party] = base / party.lower()
        nodes.init_home(homes[party], settings, passphrase_for=lambda _who: PASSPHRASE, officers=officers)
    return homes

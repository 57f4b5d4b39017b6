"""Two homes made and opened by the command line itself, EUCOM and NDMC, to be driven by further commands.

What waits in one home's outbox is carried by `Pair.carry`: both nodes run for a moment on loopback, as they would for
hours, until nothing waits any more.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from armslength.desk import service_read
from armslength.entrypoints.cli.main import main
from armslength.node import open_node

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from armslength.node import Node

PASSPHRASE = "demonstration"
CARRY_LOOKS = 2_000
"""Looks at the outboxes before a test says that nothing moves; each is 10 ms."""


class Said(NamedTuple):
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one JSON document."""
        return json.loads(self.out)


def command(*words: str) -> Said:
    """Run one command in this process."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main(list(words))
        except SystemExit as ended:  # argparse, on --help and on wrong options
            status = int(ended.code or 0)
    return Said(status, out.getvalue(), err.getvalue())


def done(*words: str) -> Said:
    """Run one command that must succeed."""
    said = command(*words)
    assert said.status == 0, f"{words}: {said.err}"
    return said


def free_ports(count: int) -> list[int]:
    """Ports of this machine on which nobody listens."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [int(one.getsockname()[1]) for one in held]
    finally:
        for one in held:
            one.close()


@dataclass(frozen=True)
class Pair:
    """Both homes."""

    eucom: Path
    ndmc: Path

    def at(self, home: Path, *words: str) -> Said:
        """Run a command that must succeed, in one home."""
        return done(*words, "--home", str(home))

    def carry(self, holds: Callable[[Node], bool] | None = None) -> None:
        """Run both nodes until both lines are as open as they will be and nothing waits, or ``holds`` of each."""
        asyncio.run(self._carry(holds or _settled))

    async def _carry(self, holds: Callable[[Node], bool]) -> None:
        nodes = [open_node(home) for home in (self.eucom, self.ndmc)]
        try:
            for node in nodes:
                await node.start()
            await _until(lambda: all(holds(node) for node in nodes))
        finally:
            for node in nodes:
                await node.stop()
                node.close()

    def copied(self, base: Path) -> Pair:
        """Return a copy to be changed by one test."""
        for home in (self.eucom, self.ndmc):
            shutil.copytree(home, base / home.name)
        return Pair(base / self.eucom.name, base / self.ndmc.name)


async def _until(holds: Callable[[], bool]) -> None:
    for _ in range(CARRY_LOOKS):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("what waits in an outbox did not leave")


def _settled(node: Node) -> bool:
    lines = node.service.look(service_read.read_lines)
    return node.desk.idle() and all(line["assented_by_them"] for line in lines)


def make(base: Path) -> Pair:
    """Make both homes, introduce them to each other and open the line, by commands only."""
    pair = Pair(base / "eucom", base / "ndmc")
    ports = free_ports(4)
    zones = (("EUCOM", "Europe/Berlin", "en,ru"), ("NDMC", "Europe/Moscow", "ru,en"))
    homes = (pair.eucom, pair.ndmc)
    for home, (party, zone, languages), port, api in zip(homes, zones, ports[:2], ports[2:], strict=True):
        options = ("--time-zone", zone, "--languages", languages, "--api-port", str(api), "--demonstration")
        pair.at(home, "init", "--party", party, "--listen", f"127.0.0.1:{port}", *options)
    for home, other in ((pair.eucom, pair.ndmc), (pair.ndmc, pair.eucom)):
        intro = other / f"{other.name.upper()}.intro"
        pair.at(home, "intro", "import", str(intro), "--compared", "in person", "--yes-i-compared")
        pair.at(home, "line", "open", other.name.upper())
    pair.carry()
    return pair

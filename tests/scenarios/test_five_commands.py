"""From nothing to a first message held, read and answered for: five commands a side, real processes, one machine.

No certificate authority, no name service, no database is set up. The two homes share nothing but the introduction files
that a courier would carry.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from builders.cli_homes import free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMAND = (sys.executable, "-m", "armslength.entrypoints.cli.main")
LOOKS = 40
"""Commands asked in a row before the line counts as stuck; each takes about a second of a busy machine."""

COMMANDS_A_SIDE = 5


class Side:
    """One party at its own screen; every command that it types is counted."""

    def __init__(self, base: Path, party: str, port: int, api_port: int) -> None:
        self.party = party
        self.folder = base / party
        self.folder.mkdir()
        self.port, self.api_port = port, api_port
        self.environment = {
            **os.environ,
            "ARMSLENGTH_HOME": str(self.folder / "home"),
            "ARMSLENGTH_PASSPHRASE": "demonstration",
        }
        self.typed: list[tuple[str, ...]] = []

    def types(self, *words: str) -> Any:
        """Type a command of the five; return its JSON document."""
        self.typed.append(words)
        return self.looks(*words)

    def looks(self, *words: str) -> Any:
        """Run a command with --json that must succeed."""
        ran = subprocess.run(
            [*COMMAND, *words, "--json"],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert ran.returncode == 0, f"{self.party} {words}: {ran.stderr}"
        return json.loads(ran.stdout)

    @contextmanager
    def runs(self) -> Iterator[dict[str, Any]]:
        """Type `run`, give what it says when the node listens, and stop it by the signal of a service manager."""
        self.typed.append(("run",))
        process = subprocess.Popen(
            [*COMMAND, "run", "--json"], env=self.environment, cwd=self.folder, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.send_signal(signal.SIGTERM)
            process.stdout.close()
            assert process.wait(timeout=30) == 0
        assert not (self.folder / "home" / "run.json").exists()

    def until(self, *words: str, holds: Any) -> Any:
        """Look again and again until something is so."""
        said = None
        for _ in range(LOOKS):
            said = self.looks(*words)
            if holds(said):
                return said
        raise AssertionError(f"{self.party} {words}: {said}")


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Side, Side]:
    ports = free_ports(4)
    return Side(tmp_path, "EUCOM", *ports[:2]), Side(tmp_path, "NDMC", *ports[2:])


@pytest.mark.long
def test_five_commands_a_side_from_nothing_to_an_acknowledged_message(sides: tuple[Side, Side]) -> None:
    eucom, ndmc = sides
    words = {}
    for side in sides:
        listen = ("--listen", f"127.0.0.1:{side.port}", "--api-port", str(side.api_port))
        made = side.types("init", "--party", side.party, "--realm", "exercise", "--demonstration", *listen)
        words[side.party] = made["words"]["en"]
        assert made["realm"] == "EXERCISE"
    for side, other in ((eucom, ndmc), (ndmc, eucom)):
        file = f"{other.party}.intro"
        (side.folder / file).write_bytes((other.folder / "home" / file).read_bytes())
        # The words were read aloud: each side types what it heard.
        pinned = side.types("intro", "import", file, "--words", words[other.party])
        assert pinned["party"] == other.party
        assert side.types("line", "open", other.party)["assented_by_us"] is True
    with eucom.runs() as said, ndmc.runs():
        assert said["listen"] == f"127.0.0.1:{eucom.port}"
        eucom.until("line", "show", holds=lambda lines: lines[0]["declared"] == "OPEN")
        sent = eucom.types("message", "draft", "TEST", "--to", "NDMC", "--release")
        assert (sent["number"], sent["delivery"]) == (1, "not delivered yet: do not report as sent")
        held = eucom.until("message", "show", "out:1", holds=lambda message: "R0" in message["receipts"])
        assert held["delivery"] == "held by the other node"
        ndmc.types("message", "receipt", "in:1", "--level", "R1")
        read = eucom.until("message", "show", "out:1", holds=lambda message: "R1" in message["receipts"])
        assert read["receipts"]["R1"]["officer"] == "ndmc-watch-1"
        assert read["receipts"]["R1"]["proof"] == "SIGNED"
    assert [len(side.typed) for side in sides] == [COMMANDS_A_SIDE, COMMANDS_A_SIDE]
    for side in sides:
        assert side.looks("rebuild")["equal"] is True

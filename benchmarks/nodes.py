"""Node processes from outside: start, talk, kill. Used by the benchmarks and by tests/e2e."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

Json = dict[str, Any]

DRIVER = Path(__file__).with_name("nodeproc.py")
READY_WITHIN_S = 20.0
BYTECODE = "bytecode"
"""Folder beside the homes for compiled modules."""


def environment(base: Path) -> dict[str, str]:
    """Return the environment of a node process below a folder.

    An installed package comes with its bytecode. A source tree may forbid writing any, and each start would then be
    measured compiling five hundred modules; so the processes keep theirs beside the homes.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(base / BYTECODE)}


class NodeProcess:
    """One node process; its events arrive in order, also those written just before it was killed.

    Args:
        home: the node's home.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.events: queue.SimpleQueue[Json] = queue.SimpleQueue()
        self.started_at = 0.0
        self.ready = False
        self._process: subprocess.Popen[str] | None = None
        self._reading: threading.Thread | None = None

    def start(self, *, wait: bool = True) -> Json:
        """Start the process; return its `ready` event when asked to wait for it."""
        self.started_at, self.ready = time.monotonic(), False
        self._process = subprocess.Popen(
            [sys.executable, str(DRIVER), "run", str(self.home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env=environment(self.home.parent),
        )
        self._reading = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reading.start()
        return self.wait_for("ready", READY_WITHIN_S) if wait else {}

    def _read(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            if line.endswith("\n"):
                event = json.loads(line)
                self.ready |= event["ev"] == "ready"
                self.events.put(event)
        self.events.put({"ev": "ended", "at": time.monotonic(), "pid": process.pid})

    def tell(self, command: Json) -> bool:
        """Send one command; False when the process is gone or not ready yet."""
        process = self._process
        if process is None or not self.ready:
            return False
        try:
            if process.stdin is not None:
                process.stdin.write(json.dumps(command) + "\n")
                process.stdin.flush()
        except (BrokenPipeError, ValueError):
            return False
        return True

    def submit(self, n: int, one: Json) -> bool:
        """Submit one signed message; False when the process is gone or not ready yet."""
        return self.tell({"op": "submit", "n": n, "one": one})

    def wait_for(self, event: str, seconds: float) -> Json:
        """Return the next event of a kind, dropping others.

        Raises:
            TimeoutError: it did not come.
            RuntimeError: the process ended.
        """
        until = time.monotonic() + seconds
        while True:
            try:
                got = self.events.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"no {event} from {self.home.name} within {seconds} s") from None
            if got["ev"] == event:
                return got
            if got["ev"] == "ended":
                raise RuntimeError(f"{self.home.name} ended before {event}")

    def stats(self) -> Json:
        """Return what the process has used so far; drops events that wait."""
        self.tell({"op": "stats"})
        return self.wait_for("stats", 10.0)

    def drain(self) -> list[Json]:
        """Return the events that are there, without waiting."""
        found = []
        while True:
            try:
                found.append(self.events.get_nowait())
            except queue.Empty:
                return found

    def kill(self) -> list[Json]:
        """Kill the process as a power cut would, and return the events that it had written."""
        process = self._running()
        process.send_signal(signal.SIGKILL)
        return self._ended(process)

    def stop(self) -> list[Json]:
        """Stop the process as an operator would, and return the events that it had written."""
        process = self._running()
        if not self.tell({"op": "stop"}):
            process.send_signal(signal.SIGKILL)
        return self._ended(process)

    def _ended(self, process: subprocess.Popen[str]) -> list[Json]:
        process.wait(30)
        if self._reading is not None:
            self._reading.join(30)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
        self._process = None
        return self.drain()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise RuntimeError(f"{self.home.name} does not run")
        return self._process

    @property
    def runs(self) -> bool:
        """Whether a process was started and neither killed nor stopped."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """The process id."""
        return self._running().pid


def make_pair(base: Path) -> tuple[NodeProcess, NodeProcess]:
    """Make two homes with an open line, in a process of its own, so that this one stays small."""
    done = subprocess.run(
        [sys.executable, str(DRIVER), "pair", str(base)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
        env=environment(base),
    )
    made = json.loads(done.stdout.splitlines()[-1])
    return NodeProcess(Path(made["a"])), NodeProcess(Path(made["b"]))


def audit(a: NodeProcess, b: NodeProcess) -> Json:
    """Compare the journals of two stopped nodes."""
    done = subprocess.run(
        [sys.executable, str(DRIVER), "audit", str(a.home), str(b.home)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=300,
        env=environment(a.home.parent),
    )
    found: Json = json.loads(done.stdout.splitlines()[-1])
    return found

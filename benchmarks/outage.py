"""The peer is killed while messages leave at a steady rate: how many arrive, in order, once, and how soon.

The shape is that of our measurements of other systems: 1,000 messages at 20/s, kill -9 of the receiving node after
10 s, down for 20 s (or `--down 720`), then started again by whatever starts it - nobody does anything else. Prints one
JSON line; exit 1 names in `short` what fell short. `--short`: 200 messages, killed after 2 s, down for 5 s.

Every message is released by an officer's real signature, sealed, carried over mutual TLS on this machine, and counts
as arrived when it is durable at the receiver. `first_s` counts from the start of the receiver's process.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nodes
import pair

Json = dict[str, Any]

FIRST_WITHIN_S = 2.0
SETTLE_S = 1.5
AFTER_S = 120.0
"""Time for the backlog after the peer's return; a thousand messages need a few seconds."""


class Outage:
    """One run.

    Args:
        base: an empty folder.
        count: messages.
        rate: messages a second.
        kill_s: when the receiver is killed, after the first message.
        down_s: for how long it is away.
    """

    def __init__(self, base: Path, *, count: int, rate: float, kill_s: float, down_s: float) -> None:
        self.a, self.b = nodes.make_pair(base)
        self.count, self.rate, self.kill_s, self.down_s = count, rate, kill_s, down_s
        self.arrived: list[tuple[float, int]] = []
        self.held: dict[str, float] = {}
        self.refused: list[Json] = []
        self.sent = 0

    def run(self) -> Json:
        """Send, kill, wait, start again, and see what arrived."""
        officers = pair.Officers(self.a.home)
        messages = officers.messages(self.count)
        self.b.start()
        self.a.start()
        try:
            self._until(time.monotonic() + SETTLE_S)
            began = time.monotonic()
            kill_at, back_at = began + self.kill_s, began + self.kill_s + self.down_s
            killed = returned = 0.0
            for n, message in enumerate(messages):
                while (due := began + n / self.rate) > time.monotonic() or self._changes(killed, kill_at, back_at):
                    killed, returned = self._step(killed, returned, kill_at, back_at, due)
                self.a.submit(n, message)
            while not returned:
                killed, returned = self._step(killed, returned, kill_at, back_at, back_at)
            until = time.monotonic() + AFTER_S
            while len(self.held) < self.count and time.monotonic() < until:
                self._until(time.monotonic() + 0.05)
            done = time.monotonic()
            return self._result(began, killed, returned, done)
        finally:
            for node in (self.a, self.b):
                if node.runs:
                    node.stop()

    def _changes(self, killed: float, kill_at: float, back_at: float) -> bool:
        now = time.monotonic()
        return (not killed and now >= kill_at) or (not self.b.runs and now >= back_at)

    def _step(self, killed: float, returned: float, kill_at: float, back_at: float, due: float) -> tuple[float, float]:
        now = time.monotonic()
        if not killed and now >= kill_at:
            self._take(self.b.kill())
            return now, returned
        if killed and not returned and now >= back_at:
            self.b.start(wait=False)
            return killed, self.b.started_at
        soonest = [at for at in (due, 0 if killed else kill_at, 0 if returned or not killed else back_at) if at > now]
        self._until(min([*soonest, now + 0.05]))
        return killed, returned

    def _until(self, at: float) -> None:
        while (rest := at - time.monotonic()) > 0:
            time.sleep(min(rest, 0.02))
            self._take(self.a.drain())
            self._take(self.b.drain())

    def _take(self, events: list[Json]) -> None:
        for event in events:
            if event["ev"] == "in":
                self.arrived += [(event["at"], number) for number in event["numbers"]]
            elif event["ev"] == "held":
                self.held[event["id"]] = event["at"]
            elif event["ev"] == "sent":
                self.sent += 1
            elif event["ev"] == "refused":
                self.refused.append(event)

    def _result(self, began: float, killed: float, returned: float, done: float) -> Json:
        for node in (self.a, self.b):
            self._take(node.stop())
        told = [number for _, number in self.arrived]
        after = [at for at, _ in self.arrived if at >= returned]
        found = nodes.audit(self.a, self.b)
        held = sorted(int(number) for number in found["held"]["ab"])
        result: Json = {
            "sent": self.sent,
            "arrived": len(held),
            "in_order": told == sorted(told) and found["entered_in_order"],
            "duplicates": len(told) - len(set(told)),
            "receipted": found["receipted"]["ab"],
            "refused": len(self.refused),
            "chains_agree": not found["differences"],
            "killed_s": round(killed - began, 2),
            "down_s": round(returned - killed, 2),
            "first_s": round(min(after) - returned, 3) if after else None,
            "all_s": round(done - returned, 3),
        }
        return {**result, "short": self._short(result, held)}

    def _short(self, result: Json, held: list[int]) -> list[str]:
        short = []
        if result["sent"] != self.count or held != list(range(held[0], held[0] + self.count)):
            short.append("not all arrived")
        if not result["in_order"] or result["duplicates"]:
            short.append("not in order, once")
        if not result["chains_agree"] or result["receipted"] != self.count:
            short.append("the two sides do not hold the same")
        if result["first_s"] is None or result["first_s"] > FIRST_WITHIN_S:
            short.append(f"first later than {FIRST_WITHIN_S} s after the return")
        return short


def main() -> int:
    """Run as the command line says and print one JSON line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--short", action="store_true", help="200 messages, killed after 2 s, down for 5 s")
    parser.add_argument(
        "--down", type=float, default=20.0, help="seconds that the peer is away (720 for the long form)"
    )
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=20.0, help="messages a second")
    given = parser.parse_args()
    shape = {"count": given.count, "rate": given.rate, "kill_s": 10.0, "down_s": given.down}
    if given.short:
        shape = {"count": 200, "rate": 20.0, "kill_s": 2.0, "down_s": 5.0}
    with tempfile.TemporaryDirectory(prefix="armslength-outage-") as base:
        result = Outage(Path(base), **shape).run()
    print(json.dumps(result))
    return 1 if result["short"] else 0


if __name__ == "__main__":
    sys.exit(main())

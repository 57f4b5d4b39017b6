"""The speed of the line: two nodes as two processes on this machine, durable and receipted at both ends.

Prints one JSON object. `release_to_r0_ms`: from the release reaching node A until B's signed receipt is durable at A,
at five messages a second. `messages_per_s`: released, durable at A, durable at B, receipted and the receipt durable at
A, by 64 senders, each of whom waits for the receipt before the next message. `standard`: the senders live in node A's
process, as the limit's do in its own, and is held against the limit; `from_outside`: they live in this process and
reach the node through a pipe, as Prosody's clients reach their server through a socket, and is held against Prosody.
`limit`: the same cryptography and the same durable commits with nothing else, in the
same run (benchmarks/limit.py says what exactly). `wire_bytes_600`: bodies of the one request and the one answer of a
600-byte message, without HTTP and TLS. `peak_mib` and `cpu_ms_per_message` of each node's process. `prosody`: two
Prosody servers in the same shape, one way (benchmarks/peers/prosody.py says what they do not do). `rounds`: the rates
of each turn. `short` names each aim that was missed; exit 1 if there is one.

Every message is released by one officer whose real signature was made beforehand, outside the nodes, as an officer's
own machine would. `--quick` takes seconds and shows that everything runs; its figures mean little.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import limit
import nodes
import pair
from peers import prosody

from armslength.desk.prepared import decode_prepared
from armslength.desk.service import act_value

Json = dict[str, Any]

OUTSTANDING = 64
RATE = 5.0
SETTLE_S = 2.0
"""After the start the nodes greet each other and cosign; none of it belongs to a message."""
ANSWER_WITHIN_S = 30.0
FLOOD_PER_S_MIN = 20.0
"""A machine on which it is slower than this has stopped."""

P50_MS_MAX = 40.0
P50_OF_LIMIT_MAX = 1.6
PER_S_MIN = 500.0
PER_S_OF_LIMIT_MIN = 1 / 3
PEAK_MIB_MAX = 120.0
CPU_MS_MAX = 15.0
MOONSHOT_PER_S = 1_000.0


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How much each part does in one round.

    The three are measured by turns, some rounds of each, and medians are told: what else the machine does then falls on
    all of them.
    """

    rounds: int = 3
    latency: int = 25
    sustained: int = 2_000
    outside: int = 1_000
    warm: int = 100
    limit_s: float = 4.0
    prosody_s: float = 4.0


QUICK = Shape(rounds=1, latency=10, sustained=600, outside=200, warm=64, limit_s=1.0, prosody_s=2.0)


class Line:
    """Two running nodes and an officer at A."""

    def __init__(self, base: Path) -> None:
        self.a, self.b = nodes.make_pair(base)
        self.officers = pair.Officers(self.a.home)
        self.next = 0

    def start(self) -> None:
        """Start both and let them greet each other."""
        self.b.start()
        self.a.start()
        time.sleep(SETTLE_S)

    def stop(self) -> None:
        """Stop what runs."""
        for node in (self.a, self.b):
            if node.runs:
                node.stop()

    def latency(self, count: int, rate: float) -> list[float]:
        """Release messages one by one at a rate; return milliseconds from release to R0."""
        messages = self.officers.messages(count)
        delays = []
        began = time.monotonic()
        for n, message in enumerate(messages):
            time.sleep(max(0.0, began + n / rate - time.monotonic()))
            self.a.submit(n, message)
            delays.append(float(self.a.wait_for("held", ANSWER_WITHIN_S)["ms"]))
        return delays

    def sustained(self, messages: list[Json]) -> float:
        """Have 64 senders at the node send everything; return how many a second were receipted."""
        file = self.a.home / "flood.jsonl"
        file.write_text("".join(json.dumps(message) + "\n" for message in messages))
        self.a.tell({"op": "flood", "file": str(file), "outstanding": OUTSTANDING})
        done = self.a.wait_for("flooded", ANSWER_WITHIN_S + len(messages) / FLOOD_PER_S_MIN)
        if done["count"] != len(messages):
            raise RuntimeError("a message was refused")
        return len(messages) / float(done["seconds"])

    def from_outside(self, messages: list[Json]) -> float:
        """Do the same with the senders in this process; return how many a second were receipted."""
        began = time.monotonic()
        held = following = 0
        last = began
        while held < len(messages):
            while following < len(messages) and following - held < OUTSTANDING:
                self.a.submit(following, messages[following])
                following += 1
            last = self.a.wait_for("held", ANSWER_WITHIN_S)["at"]
            held += 1
        return len(messages) / (last - began)

    def wire_bytes(self) -> Json:
        """Return the bytes of one request and its answer, of a message that travels alone."""
        for _attempt in range(20):
            time.sleep(SETTLE_S)
            before = self.a.stats()["wire"]
            self.a.submit(0, self.officers.message(0))
            self.a.wait_for("held", ANSWER_WITHIN_S)
            after = self.a.stats()["wire"]
            if after["requests"] - before["requests"] == 1:
                request, answer = (after[way] - before[way] for way in ("out_bytes", "in_bytes"))
                return {"request": request, "answer": answer, "total": request + answer}
        raise TimeoutError("no message travelled alone")


class Run:
    """One run of all three.

    Args:
        base: an empty folder.
        shape: how much of each.
    """

    def __init__(self, base: Path, shape: Shape) -> None:
        self.line, self.shape = Line(base), shape
        self.delays: list[float] = []
        self.rates: list[float] = []
        self.outside: list[float] = []
        self.cpu_ms: dict[str, list[float]] = {"a": [], "b": []}
        self.peak_mib = {"a": 0.0, "b": 0.0}
        self.wire: Json = {}
        self.limits: list[Json] = []
        self.prosody: list[Json] = []

    def round(self) -> None:
        """Measure the line, its limit, and Prosody once."""
        self._line()
        self.limits.append(self._limit())
        if not self.prosody or self.prosody[-1]["per_s"] is not None:
            self.prosody.append(measure_prosody(self.shape))

    def _line(self) -> None:
        line, shape = self.line, self.shape
        many, others = line.officers.messages(shape.sustained), line.officers.messages(shape.outside)
        line.start()
        try:
            self.wire = self.wire or line.wire_bytes()
            self.delays += line.latency(shape.latency, RATE)
            line.sustained(line.officers.messages(shape.warm))
            before = (line.a.stats(), line.b.stats())
            self.rates.append(line.sustained(many))
            after = (line.a.stats(), line.b.stats())
            self.outside.append(line.from_outside(others))
        finally:
            line.stop()
        for name, early, late in zip("ab", before, after, strict=True):
            self.cpu_ms[name].append((late["cpu_s"] - early["cpu_s"]) * 1e3 / len(many))
            self.peak_mib[name] = max(self.peak_mib[name], late["peak_mib"])

    def _limit(self) -> Json:
        signed: list[limit.Signed] = []
        for one in self.line.officers.messages(self.shape.latency + self.shape.sustained):
            act = one["acts"][0]
            key_id, signature = bytes.fromhex(act["key_id"]), bytes.fromhex(act["signature"])
            acts = (act_value(act["act"], act["role"], act["officer"], key_id, signature),)
            signed.append((decode_prepared(b64decode(one["prepared"])), acts))
        return limit.measure(
            (self.line.a.home, self.line.b.home),
            signed,
            self.line.officers.public,
            rate=RATE,
            count=self.shape.latency,
            seconds=self.shape.limit_s,
            outstanding=OUTSTANDING,
        )

    def result(self) -> Json:
        """Return medians of the rounds."""
        return {
            "release_to_r0_ms": {
                "p50": round(median(self.delays), 2),
                "p99": round(quantiles(self.delays, n=100)[98], 2),
                "n": len(self.delays),
            },
            "messages_per_s": {
                "standard": round(median(self.rates), 1),
                "from_outside": round(median(self.outside), 1),
                "full": None,
            },
            "limit": _medians(self.limits),
            "wire_bytes_600": self.wire,
            "peak_mib": self.peak_mib,
            "cpu_ms_per_message": {name: round(median(spent), 2) for name, spent in self.cpu_ms.items()},
            "prosody": _medians(self.prosody),
            "rounds": {
                "standard": [round(rate, 1) for rate in self.rates],
                "from_outside": [round(rate, 1) for rate in self.outside],
                "limit": [one["per_s"] for one in self.limits],
                "prosody": [one["per_s"] for one in self.prosody],
            },
        }


def _medians(found: list[Json]) -> Json:
    if found[-1]["per_s"] is None:
        return found[-1]
    return {name: round(median(one[name] for one in found), 2) for name in ("p50_ms", "per_s")}


def measure_prosody(shape: Shape) -> Json:
    """Measure Prosody, or say why not."""
    try:
        return prosody.measure(count=shape.latency, rate=RATE, seconds=shape.prosody_s, outstanding=OUTSTANDING)
    except prosody.UnavailableError as reason:
        return {"p50_ms": None, "per_s": None, "because": str(reason)}


def short(result: Json) -> list[str]:
    """Name each aim that was missed."""
    p50, per_s = result["release_to_r0_ms"]["p50"], result["messages_per_s"]["standard"]
    outside = result["messages_per_s"]["from_outside"]
    most, beside = result["limit"], result["prosody"]["per_s"]
    missed = {
        f"p50 {p50} ms, aim {P50_MS_MAX}": p50 > P50_MS_MAX,
        f"p50 {p50 / most['p50_ms']:.2f} of the limit's, aim {P50_OF_LIMIT_MAX}": p50
        > P50_OF_LIMIT_MAX * most["p50_ms"],
        f"{per_s}/s, aim {PER_S_MIN}": per_s < PER_S_MIN,
        f"{per_s / most['per_s']:.2f} of the limit's rate, aim 0.33": per_s < PER_S_OF_LIMIT_MIN * most["per_s"],
        f"{outside}/s from outside, Prosody {beside}/s": beside is not None and outside < beside,
        f"peak {result['peak_mib']} MiB, aim {PEAK_MIB_MAX}": max(result["peak_mib"].values()) > PEAK_MIB_MAX,
        f"CPU {result['cpu_ms_per_message']} ms, aim {CPU_MS_MAX}": max(result["cpu_ms_per_message"].values())
        > CPU_MS_MAX,
    }
    return [text for text, is_missed in missed.items() if is_missed]


def main() -> int:
    """Measure everything in one run and print one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="seconds instead of minutes; figures mean little")
    shape = QUICK if parser.parse_args().quick else Shape()
    with tempfile.TemporaryDirectory(prefix="armslength-line-") as base:
        run = Run(Path(base), shape)
        for _ in range(shape.rounds):
            run.round()
        result = run.result()
    result["moonshot_1000_per_s"] = result["messages_per_s"]["standard"] >= MOONSHOT_PER_S
    result["notes"] = {
        "full": "the full profile (Ed25519 and ML-DSA-65 on every record) is specified and not built",
        "disk_syncs": "release_to_r0 waits for three, one after the other; Prosody writes its archives",
    }
    result["short"] = short(result)
    print(json.dumps(result))
    return 1 if result["short"] else 0


if __name__ == "__main__":
    sys.exit(main())

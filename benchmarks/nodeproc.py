"""One node as a process of its own, driven by JSON lines: what the benchmarks and the crash tests start and kill.

`nodeproc.py run HOME` opens the home through the product's composition root, starts the node, and takes commands on
standard input, one JSON object a line:

    {"op": "submit", "n": 7, "one": {...}}   a signed act, as the API takes it
    {"op": "flood", "file": ..., "outstanding": 64}   all acts of a file, one JSON a line, by so many senders
    {"op": "stats"}                          CPU seconds, peak memory, messages without receipt
    {"op": "stop"}                           stop as an operator would; the end of the input means the same

It answers with events, one JSON object a line, each with `at`, seconds of the machine's steady clock, which all
processes share: `ready`, `sent` (durable here), `refused`, `held` (the peer's signed receipt is durable here; `ms`
since the submission reached the node), `receipted` (the same for messages that this process did not
submit, or not yet), `in` (numbers accepted, durable here and about to be receipted), `stats`, `flooded`.
`nodeproc.py pair BASE` makes two homes with an open line between them; `nodeproc.py audit A B` compares two journals.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from armslength.desk.inbound import Outcome
    from armslength.desk.ports import Address, Net
    from armslength.node import Node

Json = dict[str, Any]

STARTED = time.monotonic()
"""The first statement of this process that reads a clock."""

LINK_NUMBER = 1
"""The field of a record's link that holds its number (docs/spec/braid.md)."""


def tell(event: str, **fields: object) -> None:
    """Write one event at once: what was written survives the death of this process."""
    sys.stdout.write(json.dumps({"ev": event, "at": time.monotonic(), **fields}) + "\n")
    sys.stdout.flush()


class _Weighed:
    """The bearers, with the bodies of requests and answers weighed."""

    def __init__(self, net: Net, wire: dict[str, int]) -> None:
        self._net, self._wire = net, wire

    async def send(self, line_id: bytes, address: Address, transports: bytes) -> bytes:
        """Carry on, and count."""
        answer = await self._net.send(line_id, address, transports)
        self._wire["requests"] += 1
        self._wire["out_bytes"] += len(transports)
        self._wire["in_bytes"] += len(answer)
        return answer


class Driver:
    """Takes commands for one node and tells what became of them."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.pending: dict[str, tuple[int, float]] = {}
        self.early: dict[str, float] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.flooding: dict[str, asyncio.Event] = {}
        self.wire = {"requests": 0, "out_bytes": 0, "in_bytes": 0}
        # Before the node counts for its own statistics: what is told here is durable already.
        node.desk.after_delivery.insert(0, self.delivered)
        node.desk.net = _Weighed(node.desk.net, self.wire)

    def delivered(self, outcome: Outcome) -> None:
        """Tell what one delivery brought: numbers accepted, envelopes receipted."""
        now = time.monotonic()
        if outcome.to_receipt:
            tell("in", numbers=[verified.item.link[LINK_NUMBER] for verified in outcome.to_receipt])
        names = [envelope_hash.hex() for envelope_hash in outcome.receipted]
        if self.flooding:
            for name in names:
                self.flooding.setdefault(name, asyncio.Event()).set()
            return
        others = [name for name in names if name not in self.pending]
        for name in names:
            if name in self.pending:
                self.tell_held(name, now)
        if others:
            # Of an earlier life - or durable before the coroutine that submitted the message runs again.
            tell("receipted", ids=others)
            self.early.update(dict.fromkeys(others, now))

    def tell_held(self, name: str, at: float) -> None:
        """Tell that the peer holds a message of ours."""
        n, since = self.pending.pop(name)
        tell("held", n=n, id=name, ms=round((at - since) * 1e3, 3))

    async def submit(self, n: int, one: Json) -> None:
        """Submit one signed act as a face of the node does."""
        since = time.monotonic()
        try:
            done = (await self.node.service.submit([one]))[0]
        except Exception as error:  # noqa: BLE001 - every failure is an event of its own
            tell("refused", n=n, code=getattr(error, "code", type(error).__name__), said=str(error))
            return
        name = str(done["id"])
        self.pending[name] = (n, since)
        # What is told here must not hold up the message: it may leave first.
        await asyncio.sleep(0)
        tell("sent", n=n, id=name, number=done["number"])
        if name in self.early:
            self.tell_held(name, self.early.pop(name))

    async def flood(self, file: Path, outstanding: int) -> None:
        """Submit everything in a file: so many senders, each waiting for the peer's receipt before its next message.

        The senders live in this process, as the faces of a node do: nothing between processes is measured.
        """
        count = 0

        async def send(lines: TextIO) -> None:
            nonlocal count
            for line in lines:
                done = await self.node.service.submit([json.loads(line)])
                name = str(done[0]["id"])
                await self.flooding.setdefault(name, asyncio.Event()).wait()
                del self.flooding[name]
                count += 1

        self.flooding["under way"] = asyncio.Event()
        with file.open(encoding="utf-8") as lines:
            began = time.monotonic()
            await asyncio.gather(*(send(lines) for _ in range(outstanding)))
            took = time.monotonic() - began
        self.flooding.clear()
        tell("flooded", count=count, seconds=took)

    def stats(self) -> None:
        """Tell what this process has used so far."""
        import resource

        from armslength.desk import views

        used = resource.getrusage(resource.RUSAGE_SELF)
        desk = self.node.desk
        # Also what an earlier life of this process left, and what is being submitted at this moment.
        waiting = desk.read(lambda unit: len(unit.scan(views.OUTBOX)))
        tell(
            "stats",
            cpu_s=used.ru_utime + used.ru_stime,
            peak_mib=peak_mib(),
            commits=desk.writer.commits,
            wire=self.wire,
            waiting=waiting + len(self.tasks),
        )

    async def serve(self) -> None:
        """Take commands until told to stop or the input ends."""
        reader = asyncio.StreamReader(limit=1 << 22)
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            command = json.loads(line)
            if command["op"] == "stop":
                return
            if command["op"] == "stats":
                self.stats()
                continue
            if command["op"] == "flood":
                work = self.flood(Path(command["file"]), command["outstanding"])
            else:
                work = self.submit(command["n"], command["one"])
            task = loop.create_task(work)
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)


def peak_mib() -> float:
    """Return the peak resident size of this process image (ru_maxrss would count the parent that forked it)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


async def run(home: Path) -> None:
    """Run one node until it is told to stop."""
    from armslength.node import open_node

    node = open_node(home)
    try:
        driver = Driver(node)
        port = await node.start()
        tell("ready", port=port, since_start_s=round(time.monotonic() - STARTED, 4))
        serving = asyncio.ensure_future(driver.serve())
        stopping = asyncio.ensure_future(node.desk.stopped.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stopping.done():
            tell("stopped-by-itself")
        serving.cancel()
        stopping.cancel()
        await node.stop()
    finally:
        node.close()


def main() -> None:
    """Do what the command line says."""
    what = sys.argv[1]
    if what == "run":
        asyncio.run(run(Path(sys.argv[2])))
        return
    sys.path.insert(0, str(Path(__file__).parent))
    import pair

    if what == "pair":
        tell("pair", **pair.make(Path(sys.argv[2])))
    elif what == "audit":
        tell("audit", **pair.audit(Path(sys.argv[2]), Path(sys.argv[3])))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()

"""Plays the demonstration: sets up two nodes, tells the story, verifies the export, leaves the nodes running."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength import node as nodes
from armslength.core.errors import ArmslengthError
from armslength.core.instants import Instant
from armslength.core.realm import Realm
from armslength.desk import service_read
from armslength.desk.exporting import export_line
from armslength.disclosure.comparison import compare_exports
from armslength.disclosure.verify import verify_export
from armslength.entrypoints.demo import consoles, story
from armslength.entrypoints.demo.cast import PARTIES, Player, make_homes
from armslength.line.manifest import manifest_fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Json = dict[str, Any]

BANNER: Final = (
    "EXERCISE - demonstration identities, constructed traffic; the public facts are named with their sources - EXERCISE"
)


class Demonstration:
    """One run.

    Args:
        base: an empty folder for both homes and the exports.
        say: tells one step.
    """

    def __init__(self, base: Path, say: Callable[[str], None]) -> None:
        self.base = base
        self.say = say
        self.players: dict[str, Player] = {}
        self.exports: dict[str, Path] = {}

    async def play(self) -> Json:
        """Play scenario S1 once and return what came of it."""
        homes = await asyncio.to_thread(make_homes, self.base)
        self.players = {party: Player(nodes.open_node(home)) for party, home in homes.items()}
        eucom, ndmc = (self.players[party] for party in PARTIES)
        self._fingerprints()
        await story.introduce(eucom, ndmc, self.say)
        await story.introduce(ndmc, eucom, self.say)
        for player in self.players.values():
            port = await player.node.start()
            self.say(f"Node {player.party} listens on https://{nodes.LOOPBACK}:{port} (this machine only).")
        for player in self.players.values():
            await player.until("both assents", lambda p=player: p.line()["declared"] == "OPEN")  # type: ignore[misc]
        self.say("Both assents of the same charter are in both journals: the line is OPEN.")
        concern_id = await story.watch(eucom, self.say)
        message = await story.convey(eucom, concern_id, self.say)
        shown = await story.receive(ndmc, self.say)
        reply = await story.answer(ndmc, shown, self.say)
        await story.close(eucom, message, reply, self.say)
        return await self._finish(concern_id)

    def _fingerprints(self) -> None:
        for player in self.players.values():
            words = nodes.fingerprint_words(self._digest(player), "en")
            self.say(f"Fingerprint of {player.party}, read aloud at the introduction: {words}")

    def _digest(self, player: Player) -> bytes:
        return player.node.service.look(lambda books: manifest_fingerprint(books.manifest()))

    async def _finish(self, concern_id: str) -> Json:
        eucom, ndmc = (self.players[party] for party in PARTIES)
        for player in (eucom, ndmc):
            await player.until("nothing waiting", player.node.desk.idle)
            # Everything up to the last message is to be cosigned by the other side before the export is made.
            size = player.node.service.look(lambda books: books.unit.frontier().size)
            await player.until(
                "the cosignature of the other side",
                lambda p=player, s=size: p.line()["cosigned_by_peer"] >= s - 2,  # type: ignore[misc]
            )
        concern = next(c for c in eucom.node.service.look(service_read.read_concerns) if c["id"] == concern_id)
        self.say(f"{concern_id} is {concern['status']}: only the other node's R0 made it so.")
        self.say(
            "Each side has cosigned the other's journal: neither can now rewrite what happened without being shown."
        )
        verified = await self._export()
        nodes_json = {party: self._node_json(player) for party, player in self.players.items()}
        uses = {party: entry["substantive_outgoing"] for party, entry in nodes_json.items()}
        self.say(f"Uses counted: {uses['EUCOM']} by EUCOM, {uses['NDMC']} by NDMC (replies are not uses).")
        return {
            "messages": self._messages_json(),
            "nodes": nodes_json,
            "export": {"path": str(self.exports["EUCOM"]), "verified": verified},
        }

    def _node_json(self, player: Player) -> Json:
        service = player.node.service
        count = service.look(lambda books: service_read.read_count(books, Instant(books.now)))
        health = service.look(service_read.read_health)
        return {
            "substantive_outgoing": count["certain"],
            "journal_size": health["journal_size"],
            "checkpoint": (self.exports[player.party] / "checkpoint").read_text(encoding="utf-8"),
            "cosigned_by_peer": player.line()["cosigned_by_peer"] > 0,
            "fingerprint": self._digest(player).hex(),
        }

    def _messages_json(self) -> list[Json]:
        found = []
        for player in self.players.values():
            for message in player.messages():
                if message["direction"] == "out":
                    keys = ("number", "form", "precedence", "from", "to")
                    receipts = {
                        level: {"at": receipt["at"], "by": receipt["by"]}
                        for level, receipt in message["receipts"].items()
                    }
                    found.append({**{key: message[key] for key in keys}, "receipts": receipts})
        return found

    async def _export(self) -> bool:
        accounts = {}
        trust = [self._digest(player).hex() for player in self.players.values()]
        for party, player in self.players.items():
            line = bytes.fromhex(player.line()["line"])
            files = await player.node.desk.write(lambda books, one=line: export_line(books, one))  # type: ignore[misc]
            self.exports[party] = self.base / f"export-{party.lower()}"
            write_files(self.exports[party], files)
            accounts[party] = verify_export(read_files(self.exports[party]), trust=trust, realm=Realm.EXERCISE)
            self.say(f"Export of {party}: {self.exports[party]} - verified offline, {len(files)} files.")
        verdict = compare_exports(accounts["EUCOM"], accounts["NDMC"])
        self.say(f"The two exports compared, number by number: {'they agree' if verdict.agree else 'THEY DIFFER'}.")
        return bool(verdict.agree)

    async def stop(self) -> None:
        """Stop both nodes and release their homes."""
        for player in self.players.values():
            await player.node.stop()
        for player in self.players.values():
            player.node.close()


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write an export's files below a new folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def read_files(folder: Path) -> dict[str, bytes]:
    """Read an export's files."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def run(*, headless: bool, as_json: bool, home: Path | None) -> int:
    """Run the demonstration; return the exit status.

    Args:
        headless: stop the nodes at the end and wait for nobody.
        as_json: print exactly one line of JSON on standard output, and the story on standard error.
        home: folder for the two homes and the exports; a fresh temporary one by default.
    """
    stream = sys.stderr if as_json else sys.stdout
    base = home if home is not None else Path(tempfile.mkdtemp(prefix="armslength-demo-"))
    base.mkdir(parents=True, exist_ok=True)

    def say(text: str) -> None:
        print(text, file=stream, flush=True)

    print(BANNER, file=stream, flush=True)
    try:
        result = asyncio.run(_run(base, say, headless=headless))
    except ArmslengthError as error:
        print(f"{error.code}: {error.sentence}\nNext: {error.next_step}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        result = None
    print(BANNER, file=stream, flush=True)
    if as_json and result is not None:
        print(json.dumps(result, ensure_ascii=False))
    return 0


async def _run(base: Path, say: Callable[[str], None], *, headless: bool) -> Json:
    started = time.perf_counter()
    show = Demonstration(base, say)
    try:
        result = await show.play()
        result["seconds"] = round(time.perf_counter() - started, 3)
        say(f"All of this took {result['seconds']} seconds.")
        if not headless:
            await _leave_running(show, say)
    finally:
        await show.stop()
    return result


async def _leave_running(show: Demonstration, say: Callable[[str], None]) -> None:
    """Serve both nodes' officers until somebody stops the demonstration."""
    from armslength.entrypoints.cli.running import serve_officers  # noqa: PLC0415 - the API is loaded only when served

    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    said = {party: await serve_officers(player.node) for party, player in show.players.items()}
    say(next_commands(show))
    say(consoles.served(show.players.values(), said))
    # A browser that starts may take its time; both nodes go on meanwhile.
    await asyncio.to_thread(consoles.open_browser, [one["console"] for one in said.values() if "console" in one])
    try:
        await asked.wait()
    finally:
        for player in show.players.values():
            (player.node.home.path / "run.json").unlink(missing_ok=True)
    say("Stopped both nodes.")


def next_commands(show: Demonstration) -> str:
    """Return what a visitor may try next, with the homes of this run."""
    eucom, ndmc = (show.players[party].node.home.path for party in PARTIES)
    command = shutil.which("armslength") or ".venv/bin/armslength"
    return "\n".join(
        (
            "",
            "Both nodes go on running here; press Ctrl-C to stop them. In another terminal, for example:",
            "  export ARMSLENGTH_PASSPHRASE=demonstration",
            f"  {command} line show --home {eucom}",
            f"  {command} message list --home {ndmc}",
            f"  {command} message show in:1 --home {ndmc} --locale uk",
            f"  {command} stop UA-ZNPP --home {eucom}",
            f"  {command} alarm list --home {ndmc}",
            f"  {command} verify {show.exports['EUCOM']}",
            f"  {command} doctor --home {eucom}",
        )
    )

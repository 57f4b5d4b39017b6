"""`run`: the node and its API in this process, until it is told to stop."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from armslength.core.errors import LocalError
from armslength.core.instants import rfc3339
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.client import STEP_S, WAIT_S, open_alone, run_file
from armslength.entrypoints.cli.home import home_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from armslength.node import Node

Json = Any


def run(args: Namespace) -> int:
    """Run the node of a home."""
    return asyncio.run(_run(args))


async def _run(args: Namespace) -> int:
    home = home_of(args)
    node = await _opened(home)
    try:
        with _log(args, home) as stream:
            node.log_to(lambda line: _write(stream, line))
            return await _serve(node, args, home)
    finally:
        node.close()


async def _opened(home: Path) -> Node:
    waited = 0.0
    while True:
        try:
            return open_alone(home)
        except LocalError as error:
            # A command at work holds the home for a moment; a running node says so in its file.
            if error.code != "NODE-RUNNING" or run_file(home) is not None or waited >= WAIT_S:
                raise
        await asyncio.sleep(STEP_S)
        waited += STEP_S


async def _serve(node: Node, args: Namespace, home: Path) -> int:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    try:
        await node.start()
        said = await serve_officers(node)
        _say_running(args, said, node)
        await _either(asked, node.desk.stopped)
    finally:
        (home / "run.json").unlink(missing_ok=True)
        await node.stop()
    if not asked.is_set():
        raise LocalError("NODE-STOPPED", log=args.log or str(home / "node.log"))
    if not args.json:
        terminal.say("Stopped. What waits in the outbox leaves after the next start.")
    return 0


async def serve_officers(node: Node) -> Json:
    """Serve the API of a started node, and say in its home where the running node is found."""
    from armslength.entrypoints.api.app import build_app
    from armslength.node import system_now

    host, api_port = await node.serve_api(build_app(node))
    said = {
        "pid": os.getpid(),
        "party": node.settings.party,
        "realm": node.settings.realm,
        "api": f"http://{host}:{api_port}",
        "listen": f"{node.settings.listen_host}:{node.port}",
        "started_at": rfc3339(system_now()),
    }
    if node.settings.console_port is not None:
        said |= await serve_browsers(node)
    write_run_file(node.home.path, said)
    return said


async def serve_browsers(node: Node) -> Json:
    """Serve the console of a started node, or say why it has none: the line matters more, and goes on."""
    from armslength.entrypoints.console.app import build_console
    from armslength.entrypoints.console.hub import hub_of

    try:
        origin = await node.serve_console(build_console(node))
    except LocalError as error:
        node.log_fault("console-not-served", error)
        return {"console_problem": {"code": error.code, "sentence": error.sentence, "next_step": error.next_step}}
    # From now on a held watch wants a console that can ring, also before any is opened.
    hub_of(node)
    return {"console": origin}


async def _either(*events: asyncio.Event) -> None:
    tasks = [asyncio.ensure_future(event.wait()) for event in events]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def write_run_file(home: Path, said: Json) -> None:
    """Say where the node listens, in one step, so that nobody reads half of it."""
    new = home / "run.json.new"
    new.write_text(json.dumps(said) + "\n", encoding="utf-8")
    new.chmod(0o600)
    new.replace(home / "run.json")


def _say_running(args: Namespace, said: Json, node: Node) -> None:
    if args.json:
        terminal.say_json(said)
    else:
        terminal.heading(said["realm"], f"node of {said['party']} runs")
        terminal.pairs(
            [
                ("peers call", f"{node.settings.address} (listening on {said['listen']})"),
                ("console", _console(said)),
                ("API", f"{said['api']}, this machine's officers only"),
                ("log", args.log or str(node.home.path / "node.log")),
                ("stop", f"Ctrl-C, or kill {said['pid']}"),
            ]
        )
        if "console_problem" in said:
            problem = said["console_problem"]
            terminal.say(f"\nTHE CONSOLE IS NOT SERVED. {problem['code']}: {problem['sentence']}")
            terminal.say(f"Next: {problem['next_step']}")
    sys.stdout.flush()


def _console(said: Json) -> str:
    if "console_problem" in said:
        return f"NOT SERVED: {said['console_problem']['code']}"
    return str(said.get("console", "none"))


@contextmanager
def _log(args: Namespace, home: Path) -> Iterator[IO[str]]:
    if args.log == "-":
        yield sys.stderr
        return
    path = Path(args.log) if args.log else home / "node.log"
    try:
        stream = path.open("a", encoding="utf-8")
    except OSError as error:
        raise LocalError("FILE-WRITE", because=str(error)) from error
    with stream:
        yield stream


def _write(stream: IO[str], line: str) -> None:
    stream.write(line if line.endswith("\n") else line + "\n")
    stream.flush()

"""`feed`: what is read by itself, from where, and how it goes; `watch run`: the feeds read in the foreground."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.client import open_alone
from armslength.entrypoints.cli.home import home_of
from armslength.entrypoints.cli.signing import acting
from armslength.entrypoints.cli.values import read_text, split_pairs

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.desk.feed_jobs import FeedJobs, Progress
    from armslength.node import Node

Json = Any

ONCE_ROUNDS: Final = 4
ONCE_WAIT_S: Final = 40.0
"""A file that came just now is taken when it stood still; --once waits so long for it, and for no next time."""

LETTERS_SHOWN: Final = 20


def feed_add(args: Namespace) -> int:
    """Set up a feed, change it, or switch it on or off."""
    options = split_pairs(args.option)
    if args.mapping:
        options = {**options, "mapping": read_text(args.mapping)}
    given = {
        "name": args.name,
        "reader": args.reader,
        "where": _where(args.where),
        "every_s": args.every,
        "late_after_s": args.late_after,
        "rows_per_hour_max": args.rows_per_hour,
        "on": {"on": True, "off": False, None: None}[args.switch],
        "move": args.move,
        "options": options or None,
    }
    with acting(args) as desk:
        if not any(one["name"] == args.name for one in desk.client.read("feeds")):
            given = {**_DEFAULTS, **{key: value for key, value in given.items() if value is not None}}
        done = desk.sign_local("feed", LOCAL_ACTS["feed"][1], given)
        running = desk.client.running
    if args.json:
        terminal.say_json({"name": args.name, **done})
        return 0
    terminal.say(f"{args.name}: entered, journal entry {done['index']}.")
    if not running:
        terminal.say("It is read while the node runs: armslength run, or armslength watch run for the feeds alone.")
    return 0


_DEFAULTS: Final = {"every_s": 600, "late_after_s": 86_400, "rows_per_hour_max": 200_000}
"""Of a new feed: asked every ten minutes, late after a day, a year of a country's hot spots in an hour."""


def _where(text: str | None) -> str | None:
    """Return a folder by its full path, since the node may run in another one; an address as it is."""
    return text if text is None or "://" in text else str(Path(text).expanduser().absolute())


def feed_list(args: Namespace) -> int:
    """List the feeds."""
    with acting(args) as desk:
        found = desk.client.read("feeds")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, "feeds")
    rows = [
        {
            **one,
            "state": ", ".join(part["trouble"] for part in one["troubles"]) or "well" if one["on"] else "off",
        }
        for one in found
    ]
    terminal.table(rows, ("name", "reader", "state", "new_at", "files", "rows_entered", "rows_refused"), empty="none")
    return 0


def feed_show(args: Namespace) -> int:
    """Show one feed with its dead letters."""
    with acting(args) as desk:
        found = next((one for one in desk.client.read("feeds") if one["name"] == args.name), None)
        if found is None:
            raise LocalError("FEED-UNNAMED", asked=args.name)
        letters = desk.client.read("dead-letters", feed=args.name)
        realm = desk.realm.value
    if args.json:
        terminal.say_json({**found, "dead_letters": letters})
        return 0
    terminal.heading(realm, f"feed {found['name']}: {'on' if found['on'] else 'off'}")
    terminal.pairs(
        [
            ("reads", f"{found['reader']} from {found['where']}"),
            ("every", f"{found['every_s']} s; late after {found['late_after_s']} s without anything new"),
            ("at most", f"{found['rows_per_hour_max']} rows an hour"),
            ("afterwards", "files are moved to done or refused" if found["move"] else "files stay where they are"),
            ("set up by", f"{found['officer']} at {found['set_at']}"),
            ("last file", f"{found['last_file'] or 'none yet'} {found['last_file_at'] or ''}".strip()),
            ("something new", found["new_at"] or "never yet"),
            ("rows", f"{found['rows_read']} read, {found['rows_entered']} entered, {found['rows_refused']} refused"),
        ]
    )
    for one in found["troubles"]:
        terminal.say(f"{one['trouble']} since {one['since']}.")
    if letters:
        terminal.say("\nrefused rows, the newest first; row 0 is the whole file:")
        terminal.table(letters[:LETTERS_SHOWN], ("file", "row", "code", "reason"), empty="none")
    return 0


# --- in the foreground ------------------------------------------------------------------------------------------------


def watch_run(args: Namespace) -> int:
    """Read the feeds in this process, once or until it is stopped; a running node reads them itself."""
    return asyncio.run(_run(args))


async def _run(args: Namespace) -> int:
    node = open_alone(home_of(args))
    try:
        jobs = node.feeds
        jobs.told = _tell(json=args.json)
        if args.once:
            await _once(jobs, node)
        else:
            await _until_stopped(jobs, node)
        said = [one for _, one in sorted(jobs.progress.items())]
    finally:
        await node.stop()
        node.close()
    if args.json:
        terminal.say_json([_progress_json(one) for one in said])
    elif not said:
        terminal.say("No feed is on. Set one up with: armslength feed add")
    return 0


async def _once(jobs: FeedJobs, node: Node) -> None:
    await jobs.run_due(every=True)
    for _ in range(ONCE_ROUNDS):
        at = jobs.next_deadline()
        left = None if at is None else (at - node.desk.clock.now()) / 1_000_000
        if left is None or left > ONCE_WAIT_S:
            return
        await asyncio.sleep(max(left, 0.0))
        await jobs.run_due()


async def _until_stopped(jobs: FeedJobs, node: Node) -> None:
    from armslength.desk import clockwork

    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    works = [asyncio.ensure_future(one) for one in (jobs.run(), clockwork.run_bells(node.desk), asked.wait())]
    done, _ = await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
    for one in works:
        one.cancel()
    await asyncio.gather(*works, return_exceptions=True)
    for one in done:
        one.result()


def _tell(*, json: bool) -> Any:  # noqa: ANN401 - a function
    before: dict[str, str] = {}

    def tell(one: Progress) -> None:
        said = _progress_line(one)
        if not json and before.get(one.feed) != said:
            before[one.feed] = said
            terminal.say(said)
            sys.stdout.flush()

    return tell


def _progress_line(one: Progress) -> str:
    file = f" {one.file}: {one.entered} of {one.rows} rows entered, {one.refused} refused" if one.file else ""
    return f"{one.feed}: {one.status}{file}{f' ({one.error})' if one.error else ''}"


def _progress_json(one: Progress) -> Json:
    return {
        "feed": one.feed,
        "status": one.status,
        "file": one.file,
        "rows": one.rows,
        "entered": one.entered,
        "refused": one.refused,
        "error": one.error,
    }

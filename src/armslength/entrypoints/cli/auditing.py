"""`journal export|entries` and `rebuild`: what an auditor does at the node itself."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armslength.core.errors import LocalError
from armslength.disclosure.export_files import NAME
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.client import files_of, open_alone
from armslength.entrypoints.cli.home import home_of
from armslength.entrypoints.cli.signing import acting

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

Json = Any


def export(args: Namespace) -> int:
    """Write an export of one line into a new or empty folder."""
    target = Path(args.out)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise LocalError("FILE-WRITE", folder=args.out, expected="a new or empty folder")
    with acting(args) as desk:
        files = files_of(desk.client.read("export", line=args.line))
        realm = desk.realm.value
    write_export(target, files)
    if args.json:
        terminal.say_json({"path": str(target), "files": len(files), "bytes": sum(map(len, files.values()))})
        return 0
    terminal.heading(realm, f"export of {len(files)} files written to {target}")
    terminal.say(f"Anyone can check it, offline: armslength verify {target} --trust FINGERPRINT FINGERPRINT")
    return 0


def write_export(target: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder.

    Raises:
        LocalError: FILE-WRITE, also for a name that would leave the folder.
    """
    try:
        for name, data in files.items():
            if not NAME.fullmatch(name):
                raise LocalError("FILE-WRITE", file=name)
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise LocalError("FILE-WRITE", because=str(error)) from error


def entries(args: Namespace) -> int:
    """List journal entries."""
    with acting(args) as desk:
        found = desk.client.read("entries", start=args.start, limit=args.limit)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"journal entries from {args.start}")
    rows = [{**one, "line": (one["line"] or "")[:8]} for one in found]
    terminal.table(rows, ("index", "at", "kind", "line", "destroyed"), empty="none")
    return 0


def rebuild(args: Namespace) -> int:
    """Make every view again from the journal."""
    from armslength.desk.rebuilding import rebuild as rebuilding

    node = open_alone(home_of(args))
    try:
        done = asyncio.run(node.desk.write(rebuilding))
    finally:
        node.close()
    if args.json:
        terminal.say_json({"equal": True, "entries": done.entries, "destroyed": done.destroyed, "rows": done.rows})
        return 0
    said = f"{done.entries} entries replayed into {done.rows} rows: equal to the live views."
    terminal.heading(node.settings.realm, said)
    return 0

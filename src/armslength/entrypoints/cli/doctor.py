"""`doctor`: the fault screen for a person who is no expert; each line OK or FAULT, with what to do.

What the books and the process say comes from the node, running or not; what only this machine's files and network can
tell is looked at here.
"""

from __future__ import annotations

import socket
import stat
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from armslength.core.errors import ArmslengthError
from armslength.core.instants import rfc3339
from armslength.desk.service_doctor import finding
from armslength.entrypoints.cli import officers, terminal
from armslength.entrypoints.cli.client import Http, InProcess, connect, run_file
from armslength.entrypoints.cli.home import home_of, settings_of

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from armslength.entrypoints.cli.client import Client

Json = Any

PATH_S: Final = 3.0
"""Seconds that a peer's address may take to answer a knock."""

FAULTS: Final = 2

CERTIFICATE_DAYS: Final = 14
"""A node makes its own certificate anew with under 30 left, at a start; below this nobody did."""

DAY_US: Final = 86_400_000_000

_PRIVATE: Final = stat.S_IRWXG | stat.S_IRWXO


def doctor(args: Namespace) -> int:
    """Look for faults."""
    home = home_of(args)
    settings = settings_of(home)
    rows = [_clock(home), *_files(home)]
    rows += [*_process(home, settings), *_console_certificate(home, settings)]
    try:
        client = connect(home)
        try:
            rows += _node(client)
        finally:
            client.close()
    except ArmslengthError as error:
        rows.append(finding("node", f"{error.code}: {error.sentence}", error.next_step, holds=False))
    return _say(args, settings["realm"], rows)


def _say(args: Namespace, realm: str, rows: list[Json]) -> int:
    faults = [row for row in rows if not row["holds"]]
    if args.json:
        terminal.say_json({"realm": realm, "ok": not faults, "findings": rows})
        return FAULTS if faults else 0
    terminal.heading(realm, f"{terminal.counted(len(faults), 'fault')}, {len(rows) - len(faults)} in order\n")
    width = max(len(row["check"]) for row in rows)
    for row in rows:
        terminal.say(f"{'OK   ' if row['holds'] else 'FAULT'}  {row['check'].ljust(width)}  {row['says']}")
        if not row["holds"]:
            terminal.say(f"{'':7}{'':{width}}  Next: {row['next_step']}")
    return FAULTS if faults else 0


# --- this machine -----------------------------------------------------------------------------------------------------


def _clock(home: Path) -> Json:
    """Judge the clock by what we know to be past: our own manifest was signed before now."""
    from armslength.node import system_now

    now = system_now()
    try:
        after = officers.own_manifest(home).issued_at
    except ArmslengthError as error:
        return finding("clock", f"cannot be judged: {error.code}", error.next_step, holds=False)
    return finding(
        "clock",
        f"{rfc3339(now)}: compare it with a watch",
        f"It is before our manifest was signed ({rfc3339(after)}). Set the clock; late and early marks depend on it.",
        holds=now >= after,
    )


def _files(home: Path) -> list[Json]:
    keys = [home / "node.keys", home / "node.unlock", *sorted((home / "officers").glob("*.key"))]
    missing = [path.name for path in keys[:2] if not path.exists()]
    loose = [path.name for path in keys if path.exists() and path.stat().st_mode & _PRIVATE]
    root = home / "offline" / "root.key"
    demonstration = settings_of(home).get("demonstration") is True
    here = "on this machine, for a demonstration" if demonstration else "on this machine"
    return [
        finding(
            "key files",
            f"missing: {', '.join(missing) or 'none'}; readable by others: {', '.join(loose) or 'none'}",
            "Bring missing files back from the copy; take others' rights away with chmod 600.",
            holds=not missing and not loose,
        ),
        finding(
            "root key",
            here if root.exists() else "not on this machine, as it should be",
            f"Move {root.parent} to a safe place away from this machine; it is needed for the next manifest only.",
            holds=demonstration or not root.exists(),
        ),
    ]


def _process(home: Path, settings: Json) -> list[Json]:
    running = run_file(home)
    if running is None:
        return [finding("node", "does not run: nothing is received", "Start it: armslength run", holds=False)]
    host, _, port = str(running["listen"]).rpartition(":")
    console = [console_finding(running)] if settings.get("console_port") is not None else []
    address = str(settings.get("address", ""))
    return [
        finding("node", f"runs as process {running['pid']} since {running['started_at']}", holds=True),
        _knock("listener", host, int(port), "The node runs but nothing listens: look at the end of its log."),
        _knock(
            "our address",
            urlsplit(address).hostname or "",
            urlsplit(address).port or 443,
            "Peers call this address and it does not answer from here: check the address, name and firewall.",
        ),
        *console,
    ]


def console_finding(running: Json) -> Json:
    """Return the row of the console, as the running node told its home."""
    problem = running.get("console_problem")
    if problem is not None:
        return finding("console", f"{problem['code']}: {problem['sentence']}", problem["next_step"], holds=False)
    if "console" not in running:
        return finding("console", "not served by this process", "Restart the node.", holds=False)
    return finding("console", f"served as {running['console']}", holds=True)


def _console_certificate(home: Path, settings: Json) -> list[Json]:
    from armslength.node import console_tls, system_now

    if settings.get("console_port") is None or settings.get("console_name", "localhost") == "localhost":
        return []
    check, next_step = "console certificate", "armslength console certificate csr, and have your authority answer it."
    try:
        held = console_tls(home).standing()
    except ArmslengthError as error:
        return [finding(check, f"{error.code}: {error.sentence}", error.next_step, holds=False)]
    if held.until is None:
        said = "requested and not installed" if held.requested else "made at the first start"
        return [finding(check, said, "armslength console certificate install FILE", holds=not held.requested)]
    if held.renewed_here:
        next_step = "Restart the node: it makes a new certificate."
    days = (held.until - system_now()) // DAY_US
    return [finding(check, f"{held.issuer.value}, {days} days left", next_step, holds=days >= CERTIFICATE_DAYS)]


def _knock(check: str, host: str, port: int, next_step: str) -> Json:
    try:
        with socket.create_connection((host, port), timeout=PATH_S):
            return finding(check, f"{host}:{port} answers", holds=True)
    except OSError as error:
        return finding(check, f"{host}:{port} does not answer ({error.strerror or error})", next_step, holds=False)


# --- the node ---------------------------------------------------------------------------------------------------------


def _node(client: Client) -> list[Json]:
    rows: list[Json] = list(client.read("doctor"))
    if isinstance(client, InProcess):
        rows += client.node.journal_findings()
        rows += _paths(client)
    elif isinstance(client, Http):
        said = "not hashed again while the node runs; stop it and run the doctor again"
        rows.append(finding("journal", said, holds=True))
    return rows


def _paths(client: InProcess) -> list[Json]:
    """Knock at every peer's address; the running node does this by itself all the time."""
    found = []
    for peer, address in client.node.peer_addresses():
        host, port = urlsplit(address).hostname or "", urlsplit(address).port or 443
        next_step = "Check the network, then call the peer by the next channel."
        found.append(_knock(f"{peer}: address", host, port, next_step))
    return found

"""`console`: the address of the console, and who vouches for its name and for smart cards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.instants import rfc3339
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.client import run_file
from armslength.entrypoints.cli.home import home_of

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.node import ConsoleTls, Settings

Json = dict[str, Any]

FILE_BYTES_MAX: Final = 256 * 1024
"""A chain has some 10 KiB; a site's list of smart card authorities some 100."""

RESTART: Final = "Restart the node: it reads its certificates when it starts."


def _settings(home: Path) -> Settings:
    from armslength.node import Home

    return Home(home).settings()


def _named(args: Namespace) -> tuple[Path, ConsoleTls]:
    """Return the home and the certificate files of its console, which needs a name to have any."""
    from armslength.node import console_tls

    home = home_of(args)
    settings = _settings(home)
    if not settings.console_tls:
        raise LocalError("CONSOLE-NAME", expected="a host name; localhost needs no certificate", got="localhost")
    return home, console_tls(home, settings)


# --- at init ----------------------------------------------------------------------------------------------------------


def prepare(home: Path, settings: Settings, *, request: bool) -> Json:
    """Make the certificate of a new node's console, or the request for one; nothing under `localhost`.

    Raises:
        LocalError: CONSOLE-FILES.
    """
    from armslength.node import console_tls, system_now

    if settings.console_port is None:
        return {}
    if not settings.console_tls:
        return {"console": settings.console_origin()}
    tls = console_tls(home, settings)
    if request:
        tls.request()
    else:
        tls.ensure(system_now())
    made = {"request": str(tls.request_file)} if request else {"authority": str(tls.authority_file)}
    return {"console": settings.console_origin(), **made, "authority_fingerprint": tls.standing().fingerprint}


def say_prepared(settings: Settings, made: Json) -> None:
    """Tell what the operator does about the console next."""
    if settings.console_port is None:
        return
    terminal.say(f"\nConsole, once the node runs: {made['console'] or 'at a free port that `run` prints'}")
    if "request" in made:
        terminal.say(f"Have your authority answer {made['request']}, then: armslength console certificate install FILE")
    elif "authority" in made:
        terminal.say(f"Floor PCs must trust {made['authority']}, which vouches for {settings.console_name} only.")
        terminal.say(f"Its SHA-256, to be compared there: {made['authority_fingerprint']}")


# --- commands ---------------------------------------------------------------------------------------------------------


def url(args: Namespace) -> int:
    """Print the address of the console: the running node's, else the one that its settings give."""
    home = home_of(args)
    settings = _settings(home)
    running = run_file(home) or {}
    if settings.console_port is None:
        raise LocalError("CONSOLE-OFF")
    found = running.get("console") or settings.console_origin()
    problem = running.get("console_problem")
    if args.json:
        terminal.say_json({"console": found, "served": "console" in running, "problem": problem})
        return 0
    terminal.say(found or "any free port; `run` prints it")
    if problem is not None:
        terminal.warn(f"It is not served. {problem['code']}: {problem['sentence']} Next: {problem['next_step']}")
    elif not running:
        terminal.warn("The node does not run: armslength run")
    return 0


def show(args: Namespace) -> int:
    """Show who vouches for the console."""
    _, tls = _named(args)
    held = tls.standing()
    until = None if held.until is None else rfc3339(held.until)
    said = {
        "name": held.name,
        "issuer": held.issuer.value,
        "until": until,
        "fingerprint": held.fingerprint,
        "requested": held.requested,
        "clients": held.clients,
    }
    if args.json:
        terminal.say_json(said)
        return 0
    terminal.pairs(
        [
            ("name", held.name),
            ("vouched for by", held.issuer.value),
            ("until", until or "-"),
            ("to be trusted by browsers", str(tls.authority_file) if held.renewed_here else "the site's authority"),
            ("its SHA-256", held.fingerprint or "-"),
            ("request", f"waits for an answer: {tls.request_file}" if held.requested else "none"),
            ("smart cards", f"asked for; authorities: {held.clients}" if held.clients else "not asked for"),
        ]
    )
    return 0


def csr(args: Namespace) -> int:
    """Write a request for a certificate."""
    _, tls = _named(args)
    data = tls.request()
    target = tls.request_file
    if args.to:
        target = Path(args.to)
        try:
            target.write_bytes(data)
        except OSError as error:
            raise LocalError("FILE-WRITE", because=str(error)) from error
    if args.json:
        terminal.say_json({"name": tls.name, "file": str(target)})
    else:
        terminal.say(f"Request for {tls.name} written to {target}. Next: armslength console certificate install FILE")
    return 0


def install(args: Namespace) -> int:
    """Install the authority's answer."""
    from armslength.node import system_now

    _, tls = _named(args)
    tls.install(_file(args.file), system_now())
    held = tls.standing()
    until = "" if held.until is None else rfc3339(held.until)
    if args.json:
        terminal.say_json({"name": tls.name, "issuer": held.issuer.value, "until": until})
    else:
        terminal.say(f"Installed for {tls.name}, until {until}. {RESTART}")
    return 0


def clients(args: Namespace) -> int:
    """Keep the authorities of smart cards."""
    _, tls = _named(args)
    count = tls.accept_clients(_file(args.file))
    if args.json:
        terminal.say_json({"clients": count, "file": str(tls.clients_file)})
    else:
        terminal.say(f"{count} of them kept; browsers are asked for a card at sign-in. {RESTART}")
    return 0


def _file(name: str) -> bytes:
    try:
        with Path(name).open("rb") as stream:
            data = stream.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        raise LocalError("FILE-READ", because=str(error)) from error
    if len(data) > FILE_BYTES_MAX:
        raise LocalError("FILE-READ", limit=FILE_BYTES_MAX)
    return data

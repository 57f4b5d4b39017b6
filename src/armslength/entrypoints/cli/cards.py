"""`officer certificate`: which smart card's certificate signs in which officer at the console.

A certificate signs in and signs nothing: acts need the officer's key file or passkey. The list is a file of the home,
read at each sign-in, so nothing has to be restarted.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from armslength.core.errors import LocalError
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.home import home_of, settings_of
from armslength.entrypoints.cli.officers import choose

if TYPE_CHECKING:
    from argparse import Namespace

_COLUMNS = ("officer", "by", "fingerprint", "subject")


def add(args: Namespace) -> int:
    """Enter a certificate."""
    from armslength.core.certificates import PEM_BYTES_MAX, read_certificate
    from armslength.entrypoints.console import certificates

    home = home_of(args)
    officer = choose(home, (), args.concerned)
    try:
        with Path(args.file).open("rb") as stream:
            data = stream.read(PEM_BYTES_MAX + 1)
    except OSError as error:
        raise LocalError("FILE-READ", because=str(error)) from error
    by = "subject" if args.by_subject else "fingerprint"
    return _say(args, "entered", asdict(certificates.add(home, officer, read_certificate(data), by)))


def listing(args: Namespace) -> int:
    """List what is entered."""
    from armslength.entrypoints.console import certificates

    home = home_of(args)
    settings_of(home)
    rows = [asdict(one) for one in certificates.read(home)]
    if args.json:
        terminal.say_json(rows)
    else:
        terminal.table(rows, _COLUMNS, empty="No certificate is entered: nobody signs in by card.")
    return 0


def remove(args: Namespace) -> int:
    """Remove a certificate."""
    from armslength.entrypoints.console import certificates

    home = home_of(args)
    settings_of(home)
    return _say(args, "removed", asdict(certificates.remove(home, args.fingerprint)))


def _say(args: Namespace, done: str, row: dict[str, str]) -> int:
    if args.json:
        terminal.say_json(row)
        return 0
    terminal.heading(settings_of(home_of(args))["realm"], f"certificate {done}")
    terminal.pairs([(name, row[name]) for name in _COLUMNS])
    return 0

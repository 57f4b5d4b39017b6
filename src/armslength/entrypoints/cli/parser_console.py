"""The commands of the console: its address and its certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.entrypoints.cli.parser_watch import READ

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from armslength.entrypoints.cli.parser_watch import Commands


def add_console_options(init: ArgumentParser) -> None:
    """Add what `init` is told of the console."""
    init.add_argument(
        "--console-port", metavar="N", default="7481", help="console, default 7481; 0: any, without passkeys; none: off"
    )
    init.add_argument(
        "--console-name",
        metavar="NAME",
        default="localhost",
        help="host name of the console; any but localhost has TLS",
    )
    init.add_argument(
        "--console-host", metavar="ADDRESS", default="127.0.0.1", help="where the console listens, default 127.0.0.1"
    )
    init.add_argument("--csr", action="store_true", help="ask the site's authority for the console's certificate")


def add_console(top: Commands) -> None:
    """Add every command of the console."""
    console = top.group("console", "the console of this node: its address and its certificates")
    console.add("url", "print the console's address", "console:url", shared=READ)
    certificate = console.group("certificate", "who vouches for the console's name, and for smart cards")
    certificate.add("show", "show who vouches for the console, until when", "console:show", shared=READ)
    asking = certificate.add("csr", "write a request for the site's authority", "console:csr", shared=READ)
    asking.add_argument("--to", metavar="FILE", help="also write it here; it stands in the home as console.csr")
    install = certificate.add("install", "install the authority's answer", "console:install", shared=READ)
    install.add_argument("file", metavar="FILE", help="PEM: the certificate first, its chain after it")
    clients = certificate.add("clients", "say whose smart cards officers sign in with", "console:clients", shared=READ)
    clients.add_argument("file", metavar="FILE", help="PEM: the authorities that issue the cards")

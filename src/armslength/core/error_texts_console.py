"""The texts of the console: its address, its certificates, and what its listener refuses."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "CONSOLE-ASSETS": (
        "This installation has no console pages.",
        "Install the package as the README says; from a checkout, 'make console' builds the pages.",
    ),
    "CONSOLE-CERTIFICATE-AWAITED": (
        "The console's certificate was requested and has not been installed.",
        "Have your authority answer console.csr, then run 'armslength console certificate install FILE'.",
    ),
    "CONSOLE-CERTIFICATE-MALFORMED": (
        "This is no certificate that the console can use.",
        "Give a PEM file with the certificate first and its chain after it.",
    ),
    "CONSOLE-CERTIFICATE-REFUSED": (
        "The certificate does not fit this console.",
        "Ask your authority for one that answers the request of 'armslength console certificate csr'.",
    ),
    "CONSOLE-FILES": (
        "The console's key or certificate files cannot be read or written.",
        "Look at console.key and console.pem in the home: they must be whole, and readable by the node alone.",
    ),
    "CONSOLE-LISTEN": (
        "The node cannot listen for browsers at that address and port.",
        "Stop the program that holds the port, or set another console_port and issue a manifest with it; then restart.",
    ),
    "CONSOLE-NAME": (
        "Browsers cannot sign in at a console of that name.",
        "Give the console a host name in small letters with a dot in it, or leave it 'localhost'.",
    ),
    "CONSOLE-OFF": (
        "This node serves no console.",
        "Set console_port in settings.json and restart the node.",
    ),
    "CONSOLE-ORIGIN": (
        "The request comes from a page that is not this console.",
        "Open the console by the address that 'armslength console url' prints; if you did, tell your administrator.",
    ),
    "CONSOLE-PLAIN": (
        "A console under the name 'localhost' speaks without TLS and must stay on this machine.",
        "Set console_host to 127.0.0.1, or give the console a host name.",
    ),
    "CONSOLE-PORT": (
        "That is no port for a console.",
        "Give a number from 1 to 65535, 0 for any free one, or none for no console.",
    ),
}

"""The officers' key files of a demonstration, handed to its own page: nobody has to look for a file on the first day.

A key file is locked by its officer's passphrase, and those of a demonstration are refused in the REAL realm; even so a
node that is none has no such path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.entrypoints.console.pages import BYTES

if TYPE_CHECKING:
    from armslength.entrypoints.api.gate import AsgiSend, Scope
    from armslength.node import Node

KEY_PREFIX: Final = "/sign-in/demonstration-key/"


async def send_key(scope: Scope, send: AsgiSend, node: Node) -> None:
    """Answer with the locked key file of one officer.

    Raises:
        LocalError: API-PATH, no demonstration, or no such officer; API-METHOD.
    """
    officer = str(scope["path"]).removeprefix(KEY_PREFIX)
    # Names are compared with those of the files that are there, so that no name can lead out of their folder.
    held = {path.stem: path for path in node.home.officers.glob("*.key")} if node.settings.demonstration else {}
    if officer not in held:
        raise LocalError("API-PATH")
    if scope["method"] != "GET":
        raise LocalError("API-METHOD")
    body = held[officer].read_bytes()
    headers = [
        (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()),
        (b"content-type", BYTES.encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""`map`: borders, places and waters that the principal or an administrator puts on this node's maps."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting

if TYPE_CHECKING:
    from argparse import Namespace

FILE_BYTES_MAX: Final = 32 * 1024 * 1024
"""As the reader's bound; a larger file is refused before it is read."""


def map_import(args: Namespace) -> int:
    """Put a file on this node's maps: read by the node, then signed for by its hash."""
    path = Path(args.file)
    with acting(args) as desk:
        officer = desk.officer(LOCAL_ACTS["map-layer"][1])
        found = desk.client.ask("map-data", officer, {"file": path.name, "kind": args.kind, "data": _data(path)})
        done = desk.sign_local(
            "map-layer",
            LOCAL_ACTS["map-layer"][1],
            {
                "name": args.name,
                "kind": args.kind,
                "disclaimer": args.disclaimer,
                "sha256": found["sha256"],
                "features": found["features"],
                "file": path.name,
            },
        )
    if args.json:
        terminal.say_json({**found, **done, "name": args.name})
        return 0
    for one in found["refused"]:
        terminal.say(f"  feature {one['feature']} refused: {one['reason']}")
    terminal.say(
        f"{args.name}: {terminal.counted(found['features'], 'feature')} on this node's maps, "
        f"{found['refused_count']} refused; journal entry {done['index']}."
    )
    return 0


def map_list(args: Namespace) -> int:
    """List the layers."""
    with acting(args) as desk:
        found = desk.client.read("map-layers")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.say(f"{terminal.counted(len(found), 'layer')} on the maps of this node, realm {realm}")
    for one in found:
        terminal.say(f"  {one['name']}  {one['kind']}  {one['features']} features  {one['file']}")
        terminal.say(f"    {one['disclaimer']}")
        terminal.say(f"    put there by {one['officer']} at {one['at']}, journal entry {one['entry']}")
    return 0


def map_remove(args: Namespace) -> int:
    """Take a layer off this node's maps."""
    with acting(args) as desk:
        done = desk.sign_local("map-layer", LOCAL_ACTS["map-layer"][1], {"name": args.name, "removed": True})
    if args.json:
        terminal.say_json({"name": args.name, **done})
    else:
        terminal.say(f"{args.name}: taken off this node's maps, journal entry {done['index']}.")
    return 0


def _data(path: Path) -> str:
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            raise LocalError("FILE-TOO-LARGE", file=path.name, expected=f"at most {FILE_BYTES_MAX} bytes")
        return b64encode(path.read_bytes()).decode()
    except OSError as error:
        raise LocalError("FILE-READ", because=str(error)) from error

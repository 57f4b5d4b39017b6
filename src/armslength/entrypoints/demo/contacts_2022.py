"""The example of 2022: a node that knows from the press who spoke to whom, how often, and when it was decided not to.

The records are entered today, by an officer of the node, from press reports; what they tell of is 2022. Nothing here
has a peer, and nothing leaves.
"""

from __future__ import annotations

import asyncio
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from armslength import node as nodes
from armslength.desk.service_book import records_of
from armslength.entrypoints.demo.cast import PASSPHRASE, Player

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]

PARTY: Final = "US"
"""Whose node it is: the channels of the example are those of one side, from a duty desk to a minister."""

REASON: Final = "example of 2022, after press reports"

SIGNS: Final = {"ladder": "release-1", "decision": "release-1"}
"""Kind -> end of the officer's id, where that is not the watch."""

WATCH: Final = "watch-1"


def make(home: Path) -> list[Json]:
    """Make the node and enter its records, each signed by an officer; return what was entered.

    Args:
        home: a folder that holds no node.

    Raises:
        LocalError: NODE-ALREADY-INITIALISED, and the codes of the records.
    """
    settings = nodes.Settings(
        party=PARTY,
        realm="EXERCISE",
        listen_port=7443,
        address=f"https://{nodes.LOOPBACK}:7443",
        api_port=0,
        time_zone="America/New_York",
        languages=("en", "ru"),
        demonstration=True,
    )
    nodes.init_home(home, settings, passphrase_for=lambda _who: PASSPHRASE)
    node = nodes.open_node(home)
    try:
        return asyncio.run(_enter(Player(node)))
    finally:
        node.close()


async def _enter(player: Player) -> list[Json]:
    entered: list[Json] = []
    for kind, given in records():
        officer = player.officer(SIGNS.get(kind, WATCH))
        # One by one: a record is numbered after the one before it.
        entered += await player.submit(player.node.service.prepare_local(officer, kind, given))
    return entered


def records() -> list[tuple[str, Json]]:
    """Return kind and contents of every record, in the order in which they are entered."""
    told = _document("contacts.json")
    return [
        *records_of(_document("channels.json"), REASON),
        *(("contact", one) for one in told["contacts"]),
        *(("decision", one) for one in told["decisions"]),
    ]


def _document(name: str) -> Json:
    folder = files("armslength.entrypoints").joinpath("demo_data", "contacts_2022")
    found: Json = json.loads(folder.joinpath(name).read_text(encoding="utf-8"))
    return found

"""The consoles of the demonstration: where they are, as whom a visitor may sign in, and a browser to begin with."""

from __future__ import annotations

import os
import sys
import webbrowser
from typing import TYPE_CHECKING, Final

from armslength.entrypoints.demo.cast import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from armslength.entrypoints.demo.cast import Json, Player

DOES: Final[Mapping[str, str]] = {
    "watch-officer": "receives and accepts messages and alarms, drafts, assesses concerns, sends STOP",
    "linguist": "checks translations, keeps the codebook and the term base",
    "legal-adviser": "checks the legal basis of a concern before it is released",
    "releasing-officer": "releases messages, answers for the party",
    "principal": "speaks for the party, releases where two must",
    "spokesperson": "agrees the public wording",
    "auditor": "reads everything, verifies and exports",
    "key-custodian": "keeps the parties, keys and officers",
    "administrator": "keeps the node, its rules and its feeds",
}
"""Role -> what its officer does in the console, in a visitor's words."""


def served(players: Iterable[Player], said: Mapping[str, Json]) -> str:
    """Return what a visitor is told of the consoles.

    Args:
        players: both parties.
        said: party -> what its running node says of itself.
    """
    lines = [""]
    for player in players:
        problem = said[player.party].get("console_problem")
        if problem is not None:
            lines.append(f"Console of {player.party}: NOT SERVED. {problem['code']}: {problem['sentence']}")
            lines.append(f"  Next: {problem['next_step']}")
            continue
        lines.append(f"Console of {player.party}: {said[player.party]['console']}  (key files: {_folder(player)})")
        officers = player.node.service.look(lambda books: books.roster().officers)
        width = max(len(officer) for officer in officers)
        for officer, known in sorted(officers.items()):
            does = "; ".join(DOES.get(role, role) for role in sorted(known.roles))
            lines.append(f"  {officer.ljust(width)}  {does}")
    lines.append(f"Sign in as any of them: choose the officer, then the passphrase {PASSPHRASE!r}.")
    return "\n".join(lines)


def _folder(player: Player) -> str:
    return str(player.node.home.officers / "NAME.key")


def has_display() -> bool:
    """Tell whether somebody sits at a screen of this machine; over ssh or in a pipeline nobody does."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_browser(addresses: Iterable[str]) -> None:
    """Open each address in this machine's browser, where there is a screen; without one the printed address is all."""
    if has_display():
        for address in addresses:
            webbrowser.open(address)

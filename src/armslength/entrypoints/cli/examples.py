"""`example`: nodes with something in them to look at, with demonstration keys, in the EXERCISE realm."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.home import home_of

if TYPE_CHECKING:
    from argparse import Namespace


def contacts_2022(args: Namespace) -> int:
    """Make the node of the contacts of 2022."""
    from armslength.entrypoints.demo import contacts_2022 as example
    from armslength.entrypoints.demo.cast import PASSPHRASE

    home = home_of(args)
    entered = example.make(home)
    kinds = Counter(str(one["type"]) for one in entered)
    if args.json:
        terminal.say_json({"home": str(home), "party": example.PARTY, "realm": "EXERCISE", "entered": dict(kinds)})
        return 0
    terminal.heading("EXERCISE", f"node of {example.PARTY} in {home}, with the contacts of 2022 as the press told them")
    terminal.pairs(sorted(kinds.items()))
    terminal.say(f"The passphrase of every officer is {PASSPHRASE}. Nothing of it is a record of any party.")
    terminal.say("Next:")
    for command in (
        "contact count --channel eucom-ndmc --as-of 2022-11-28",
        'contact count --channel eucom-ndmc --as-of 2022-11-28 --subject "halt to strikes"',
        "contact count --channel cjcs-cgs --as-of 2022-11-28",
        "decision list --not-used",
    ):
        terminal.say(f"  armslength --home {home} {command}")
    return 0

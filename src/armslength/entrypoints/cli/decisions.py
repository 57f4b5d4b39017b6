"""`decision`: what was decided, out of which options, why, on what information; channels considered and not used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.channels.decisions import NOT_USED
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.contacts import time_text
from armslength.entrypoints.cli.signing import acting

if TYPE_CHECKING:
    from argparse import Namespace

Json = Any

USE: Final = "use the channel"
"""The other option, when none is named."""


def add(args: Namespace) -> int:
    """Enter a decision."""
    return _enter(args, {"what": args.what, "options": args.option, "chosen": args.chosen})


def not_used(args: Namespace) -> int:
    """Enter that a channel was considered and not used."""
    options = list(dict.fromkeys([*(args.option or [USE]), NOT_USED]))
    what = args.what or f"whether to use {args.channel}"
    return _enter(args, {"what": what, "options": options, "chosen": NOT_USED, "not_used": True})


def _enter(args: Namespace, given: Json) -> int:
    more = {
        "channel": args.channel,
        "reason": args.reason,
        "information": args.information,
        "evidence": args.evidence,
        "subject": args.subject,
        "concern": args.concern,
        "case": args.case,
        "taken_from": args.start,
        "taken_until": args.end,
        "decided_by": args.decided_by,
        "proof": args.proof,
        "sources": args.source,
    }
    with acting(args) as desk:
        roles = LOCAL_ACTS["decision"][1]
        done = desk.sign_local("decision", roles, {**given, **{k: v for k, v in more.items() if v is not None}})
        newest = desk.client.read("decisions", limit=1)
        realm = desk.realm.value
    made = next((one for one in newest if one["entry"] == done["index"]), done)
    if args.json:
        terminal.say_json(made)
    else:
        terminal.heading(realm, f"{made.get('number', 'decision')} entered, journal entry {done['index']}.")
    return 0


def listing(args: Namespace) -> int:
    """List decisions, the last entered first."""
    with acting(args) as desk:
        found = desk.client.read(
            "decisions",
            channel=args.channel,
            case=args.case,
            not_used="true" if args.not_used else None,
            find=args.find,
            limit=args.limit,
        )
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "decision"))
    rows = [{**one, "when": time_text(one)} for one in found]
    terminal.table(rows, ("number", "when", "channel", "what", "chosen", "decided_by", "proof"), empty="none")
    return 0


def show(args: Namespace) -> int:
    """Show one decision."""
    with acting(args) as desk:
        one = desk.client.read("decisions", args.number)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(one)
        return 0
    used = "; CONSIDERED, NOT USED" if one["not_used"] else ""
    terminal.heading(realm, f"decision {one['number'] or 'without a number'}{used}")
    names = (
        *("what", "options", "chosen", "reason", "information", "evidence", "channel", "subject", "concern", "case"),
        *("decided_by", "proof", "sources", "officer", "entered_at", "entry"),
    )
    terminal.pairs([("when (UTC)", time_text(one)), *((name.replace("_", " "), one[name]) for name in names)])
    return 0

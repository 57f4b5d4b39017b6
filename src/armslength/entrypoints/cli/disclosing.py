"""`facility disclose|withdraw` and `lists`: what is told of protected sites, to whom, how precisely, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.drafts import draft_filled, say_draft
from armslength.entrypoints.cli.signing import acting

if TYPE_CHECKING:
    from argparse import Namespace

Json = Any


def disclose(args: Namespace) -> int:
    """Draft a SITE-NOTICE with the facts chosen."""
    tell = [one.strip() for one in args.tell.split(",") if one.strip() and one.strip() != "kind"]
    with acting(args) as desk:
        given = {
            "kind": "site-notice",
            "line": args.to,
            "precedence": args.precedence,
            "facility": args.id,
            "tell": tell,
            "valid_until": args.valid_until,
            "precision_m": args.precision,
            "language": args.language,
            "replaces": None if args.replaces is None else _notice(desk.client.read("disclosures"), args.replaces),
        }
        entered = draft_filled(desk, "SITE-NOTICE", given)
    if not args.json:
        terminal.say("\nThe notice says no more than the text above: name and kind, and what --tell names.")
    return say_draft(args, entered)


def withdraw(args: Namespace) -> int:
    """Draft the withdrawal of a notice of ours; what was read stays read."""
    with acting(args) as desk:
        notice = _notice(desk.client.read("disclosures"), args.notice)
        entered = draft_filled(desk, "SITE-NOTICE", {"kind": "withdrawal", "line": args.to, "notice": notice})
    return say_draft(args, entered)


def _notice(told: list[Json], start: str) -> str:
    fitting = {str(one["notice"]) for one in told if one["notice"].startswith(start.lower())}
    if len(fitting) != 1:
        raise LocalError("DISCLOSE-VALUE", field="notice", expected="the start of one notice's id", got=start)
    return fitting.pop()


# --- lists ------------------------------------------------------------------------------------------------------------


def lists(args: Namespace) -> int:
    """List exchanges of lists."""
    with acting(args) as desk:
        found = desk.client.read("lists")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, "exchanges of lists of protected sites")
    rows = [
        {
            **one,
            "with": one["line"],
            "due": one["due_at"] and one["due_at"][:16] + "Z",
            "our_sites": one["ours"]["count"] if one["ours"] else "recorded" if one["our_list_recorded"] else None,
            "their_sites": one["theirs"]["count"] if one["theirs"] else None,
        }
        for one in found
    ]
    terminal.table(rows, ("year", "with", "due", "status", "our_sites", "their_sites", "mismatch"), empty="none")
    return 0


def list_record(args: Namespace) -> int:
    """Set the date of a year's exchange and, with sites, fix our list for it."""
    given = {"line": args.line, "year": args.year, "due": args.due, "sites": [_site(one) for one in args.site] or None}
    with acting(args) as desk:
        done = desk.sign_local("list", LOCAL_ACTS["list"][1], given)
    if args.json:
        terminal.say_json(done)
        return 0
    terminal.say(f"Recorded, journal entry {done['index']}. Nobody else sees it.")
    if args.site:
        terminal.say(f"Next: armslength lists commit --year {args.year}")
    else:
        terminal.say("Next: the same command with --site FACILITY:METRES for each site of our list.")
    return 0


def _site(text: str) -> Json:
    name, _, metres = text.partition(":")
    if metres and not metres.isdecimal():
        raise LocalError("OPTION-VALUE", option="--site", expected="FACILITY or FACILITY:METRES", got=text)
    return {"facility": name, "precision_m": int(metres) if metres else None}


def list_stage(args: Namespace) -> int:
    """Draft our commitment to our list, or the list itself once both commitments are held."""
    given = {"kind": "list", "line": args.line, "year": args.year, "stage": args.stage}
    with acting(args) as desk:
        entered = draft_filled(desk, "LIST-EXCHANGE", given)
    return say_draft(args, entered)

"""`rules`: what the watch goes by, what a changed file would say, what it would have done, and putting it in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting
from armslength.entrypoints.cli.values import read_text

if TYPE_CHECKING:
    from argparse import Namespace

Json = Any

DAYS_SHOWN: Final = 20
"""Days on which two sets of rules differ, on the screen."""

_READERS: Final = ("watch-officer", "legal-adviser", "releasing-officer", "principal")


def show(args: Namespace) -> int:
    """Show the rules in force, in sentences or as the file that one changes."""
    with acting(args) as desk:
        found = desk.client.read("rules")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    if args.text:
        terminal.say(found["text"].rstrip("\n"))
        return 0
    terminal.heading(realm, f"rules in force: {_named(found)}")
    _say_sentences(found)
    terminal.say("\nTo change one: armslength rules show --text > FILE, then rules check and rules what-if on it.")
    return 0


def _named(found: Json) -> str:
    return f"{found['name']}, version {found['version']}{', as shipped' if found['shipped'] else ''}"


def _say_sentences(found: Json) -> None:
    # The first one names the rules, as the heading does.
    for sentence in found["sentences"][1:]:
        terminal.say(sentence if sentence.startswith(" ") else f"\n{sentence}")


def check(args: Namespace) -> int:
    """Say what a rule file means; nothing changes."""
    text = read_text(args.file)
    with acting(args) as desk:
        found = desk.client.ask("rules/check", desk.officer(_READERS), {"text": text})
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"{args.file} can be used: {_named(found)}")
    _say_sentences(found)
    terminal.say(f"\nNothing was changed. Next: armslength rules what-if {args.file}")
    return 0


def what_if(args: Namespace) -> int:
    """Say what a rule file would have flagged over everything that the watch ever saw."""
    text = read_text(args.file)
    with acting(args) as desk:
        found = desk.client.ask("rules/what-if", desk.officer(_READERS), {"text": text})
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"rules in force, {found['in_force']}, against {args.file}, {found['other']}")
    for sentence in found["sentences"]:
        terminal.say(sentence)
    _say_days("Only the rules in force flag:", found["only_in_force"])
    _say_days(f"Only {args.file} flags:", found["only_other"])
    terminal.say(f'\nNothing was changed. To use it: armslength rules use {args.file} --reason "..."')
    return 0


def _say_days(title: str, days: list[Json]) -> None:
    if not days:
        return
    terminal.say(f"\n{title}")
    for one in days[:DAYS_SHOWN]:
        terminal.say(f"  {one['day']}  {one['facility']}")
    if len(days) > DAYS_SHOWN:
        terminal.say(f"  and {len(days) - DAYS_SHOWN} more; --json shows them all.")


def use(args: Namespace) -> int:
    """Put a rule file in force, with a reason."""
    text = read_text(args.file)
    with acting(args) as desk:
        officer = desk.officer(LOCAL_ACTS["rules"][1])
        desk.client.ask("rules/check", desk.officer(_READERS), {"text": text})
        asked = desk.client.prepare("rules", officer, {"text": text, "reason": args.reason})
        _check(asked, text, args.reason)
        done = desk.submit(officer, desk.sign(asked, officer))[0]
        found = desk.client.read("rules")
        realm = desk.realm.value
    if args.json:
        terminal.say_json({**done, "version": found["version"]})
        return 0
    terminal.heading(realm, f"rules in force from now on: {_named(found)}")
    terminal.say(
        f"Signed by {officer}, journal entry {done['index']}. What was flagged before stays as it was flagged."
    )
    return 0


def _check(asked: Json, text: str, reason: str) -> None:
    from armslength.core.errors import LocalError
    from armslength.entrypoints.cli.signing import read_prepared

    body = read_prepared(asked).body
    if (body.get(20), body.get(21)) != (text, reason):
        raise LocalError("SIGN-MISMATCH", expected="the rules of the file and your reason", got="others")

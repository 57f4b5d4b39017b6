"""`check`: the daily test of every channel: its plan, what came of each call, streaks, texts, calendar."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting
from armslength.entrypoints.cli.values import read_json, read_text

if TYPE_CHECKING:
    from argparse import Namespace

Json = Any


# --- plans ------------------------------------------------------------------------------------------------------------


def plan_set(args: Namespace) -> int:
    """Set the plan of a channel."""
    given = read_json(args.file)
    if not isinstance(given, dict) or not isinstance(given.get("channel"), str):
        raise LocalError("CHECK-PLAN-VALUE", field="channel", expected="a plan with its channel", got="none")
    with acting(args) as desk:
        desk.sign_local("check-plan", LOCAL_ACTS["check-plan"][1], {**given, "reason": args.reason})
        found = desk.client.read("check-plans", given["channel"])
        realm = desk.realm.value
    return _say_plan(args, realm, found)


def plan_list(args: Namespace) -> int:
    """List the plans and how their checks stand."""
    with acting(args) as desk:
        found = desk.client.read("check-plans")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "plan") + " of line checks")
    rows = [
        {
            **one,
            "checks": _cadence(one),
            "next": "-" if one["next"] is None else one["next"]["local"],
            "state": _state(one),
        }
        for one in found
    ]
    terminal.table(rows, ("channel", "checks", "state", "answered", "next"), empty="none: armslength check plan set")
    return 0


def plan_show(args: Namespace) -> int:
    """Show one plan with both calendars."""
    with acting(args) as desk:
        found = desk.client.read("check-plans", args.channel)
        realm = desk.realm.value
    return _say_plan(args, realm, found)


def _cadence(one: Json) -> str:
    if one["times"]:
        return ", ".join(one["times"])
    minutes = one["every_min"]
    return f"every {minutes // 60} h" if minutes % 60 == 0 else f"every {minutes} min"


def _state(one: Json) -> str:
    if one["state"] != "UNANSWERED":
        return str(one["state"])
    return f"UNANSWERED ({one['unanswered']})"


def _say_plan(args: Namespace, realm: str, one: Json) -> int:
    if args.json:
        terminal.say_json(one)
        return 0
    terminal.heading(realm, f"line checks of {one['channel']}: {_state(one)}")
    who = f"{one['turns']}, {one['first']} first" if one["turns"] == "ALTERNATING" else one["turns"]
    terminal.pairs(
        [
            ("checks", f"{_cadence(one)}, {one['zone']}"),
            ("days", f"{one['rule']}, {', '.join(one['on'])}"),
            ("called by", "the nodes themselves, ringing nobody" if one["automatic"] else who),
            ("in time", f"within {one['answer_s'] // 60} min, late for {one['late_s'] // 60} min more"),
            ("texts", one["languages"] if one["with_text"] else "none"),
            ("from", one["from"]),
            ("until", one["until"] or "no end"),
            ("due now", "nothing" if one["due"] is None else _check(one["due"])),
            ("next", "none" if one["next"] is None else _check(one["next"])),
        ]
    )
    for side in ("ours", "theirs"):
        held = one[side]
        days = "; ".join(f"{day} {name}" for day, name in held["holidays"]) or "no holidays"
        terminal.say(f"{side}: {', '.join(held['weekdays'])}; {days}")
    _say_streaks(one)
    return 0


def _check(one: Json) -> str:
    return f"{one['local']}, {'we call' if one['caller'] == 'OURS' else 'they call'}"


def _say_streaks(one: Json) -> None:
    terminal.say(f"Answered in a row: {one['answered']}; the most ever: {one['answered_longest']}.")
    if one["unanswered"]:
        calls = terminal.counted(one["unanswered"], "check")
        days = terminal.counted(one["unanswered_days"], "day")
        terminal.say(f"UNANSWERED: {calls} on {days}, since {one['unanswered_since']}. Keep on calling.")
        if one["state"] != "CUT":
            terminal.say("Nobody has said that the channel is cut: armslength channel state is where a person does.")
    if one["judged"]:
        terminal.say(f"A person says: {one['judged']}, since {one['judged_since']}.")


# --- recording --------------------------------------------------------------------------------------------------------


def log(args: Namespace) -> int:
    """Record what came of a call."""
    if args.received and args.received_file:
        raise LocalError("OPTION-VALUE", option="--received", expected="a text or a file", got="both")
    given = {
        "channel": args.channel,
        "result": args.result,
        "at": args.at,
        "reason": args.reason,
        "received": read_text(args.received_file) if args.received_file else args.received,
        "language": args.language,
        "note": args.note,
        "corrects": True if args.corrects else None,
    }
    with acting(args) as desk:
        done = desk.sign_local("line-check", LOCAL_ACTS["line-check"][1], given)
        listed = desk.client.read("line-checks", channel=args.channel, limit=200)
        found = next((one for one in listed if one["entry"] == done["index"]), {**done, "result": args.result})
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"{args.channel}: {found['result']}, journal entry {done['index']}")
    if found.get("planned"):
        terminal.say(f"Of the check planned for {found['planned']}.")
    else:
        terminal.say("Beside the plan: of no planned check. If it was one, say when you called with --at.")
        if given["received"]:
            terminal.say("What came back is kept and was NOT COMPARED: no text was due.")
    _say_differences(found.get("differences", ()))
    return 0


def _say_differences(differences: Json) -> None:
    for one in differences:
        note = f" ({one['note']})" if one["note"] else ""
        sent, got = one["expected"] or "nothing", one["got"] or "nothing"
        terminal.say(f"  character {one['position']}: sent {sent}, came back {got}{note}")


# --- reading ----------------------------------------------------------------------------------------------------------


def listing(args: Namespace) -> int:
    """List what came of checks."""
    with acting(args) as desk:
        found = desk.client.read("line-checks", channel=args.channel, limit=args.limit, before=args.before)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "check") + ", the newest first; ATTESTED, our own record")
    rows = [{**one, "by": one["officer"] or "the node"} for one in found]
    terminal.table(rows, ("planned", "channel", "result", "reason", "made", "by", "note"), empty="none")
    return 0


def following(args: Namespace) -> int:
    """Show the checks that are due and to come."""
    with acting(args) as desk:
        found = desk.client.read("check-next", channel=args.channel, days=args.days)
        plans = desk.client.read("check-plans")
        realm = desk.realm.value
    due = [one for one in plans if one["due"] is not None and args.channel in {None, one["channel"]}]
    if args.json:
        terminal.say_json({"due": [{"channel": one["channel"], **one["due"]} for one in due], "next": found})
        return 0
    terminal.heading(realm, terminal.counted(len(due), "check") + " due, " + f"{len(found)} to come")
    for one in due:
        terminal.say(f"DUE  {one['channel']}: {_check(one['due'])}. armslength check log {one['channel']} --answered")
    terminal.table(found, ("at", "channel", "caller", "local"), empty="none to come")
    return 0


def strip(args: Namespace) -> int:
    """Show the last days of a channel."""
    with acting(args) as desk:
        found = desk.client.read("check-strip", args.channel, days=args.days)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"{found['channel']}: {_state(found)}")
    for one in found["days"]:
        terminal.say(f"{one['day']} {one['weekday']}  {one['checks']}  {one['none']}".rstrip())
    terminal.say(found["key"])
    _say_streaks(found)
    return 0


def text(args: Namespace) -> int:
    """Show the text for the next check."""
    with acting(args) as desk:
        found = desk.client.read("check-text", args.channel)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    when = "due now" if found["due"] else "next"
    terminal.heading(realm, f"{found['channel']}, {when}: {_check(found['check'])}, text {found['number']}")
    for one in found["texts"]:
        terminal.say(f"\n{one['language']}: {one['text']}")
    return 0


def calendar(args: Namespace) -> int:
    """Write the checks to come as a calendar file."""
    with acting(args) as desk:
        found = desk.client.read("check-calendar", channel=args.channel, days=args.days)
    return _write(args, found, "ics", terminal.counted(found["events"], "check"))


def export(args: Namespace) -> int:
    """Write every check of a channel as CSV."""
    with acting(args) as desk:
        found = desk.client.read("check-export", args.channel)
    return _write(args, found, "csv", terminal.counted(found["rows"], "record"))


def _write(args: Namespace, found: Json, kind: str, what: str) -> int:
    if args.to == "-":
        sys.stdout.write(found[kind])
        return 0
    try:
        # Bytes, since both formats end their lines in a way of their own on every system.
        Path(args.to).write_bytes(found[kind].encode())
    except OSError as error:
        raise LocalError("FILE-WRITE", because=str(error)) from error
    if args.json:
        terminal.say_json({"file": args.to, **{name: value for name, value in found.items() if name != kind}})
    else:
        terminal.say(f"Written: {what} to {args.to}.")
    return 0

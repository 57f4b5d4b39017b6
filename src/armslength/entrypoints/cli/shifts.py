"""`shift`, `drill`: who has the watch, the form by which it is handed over, and drills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting
from armslength.entrypoints.cli.values import read_json, read_text, split_pairs

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.entrypoints.cli.signing import Acting

Json = Any

NEXT: Final = {
    "PLANNED": "armslength drill begin {drill} --reason ... when its time has come",
    "RUNNING": "armslength drill end {drill} --reason ...",
    "STOPPED": "armslength drill call-off {drill} --reason ..., or begin it again once the watch has changed",
    "ENDED": "nothing",
    "CALLED-OFF": "nothing",
}
"""Status of a drill -> what a person may do then."""


# --- the watch --------------------------------------------------------------------------------------------------------


def roster(args: Namespace) -> int:
    """Enter a roster from a file, or show the rosters that are held."""
    with acting(args) as desk:
        if args.file:
            given = {"document": read_json(args.file), "reason": args.reason}
            done = desk.sign_local("roster", LOCAL_ACTS["roster"][1], given)
            return _say_entered(args, done)
        if args.show:
            return _say_roster(args, desk.realm.value, desk.client.read("rosters", args.show))
        found = desk.client.read("rosters")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "roster"))
    rows = [{**one, "from": _minute(one["from"]), "until": _minute(one["until"])} for one in found]
    columns = ("entry", "roster", "from", "until", "officer", "reason")
    terminal.table(rows, columns, empty="none; enter one with armslength shift roster FILE")
    return 0


def _say_entered(args: Namespace, done: Json) -> int:
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say(f"Roster entered, journal entry {done['index']}.")
    return 0


def _say_roster(args: Namespace, realm: str, found: Json) -> int:
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"roster {found['roster']}, entry {found['entry']}")
    rows = [
        {
            **one,
            "from": one["from_local"],
            "until": one["until_local"],
            "officers": [pair["officer"] for pair in one["officers"]],
        }
        for one in found["watches"]
    ]
    terminal.table(rows, ("watch", "from", "until", "officers", "supervisor"), empty="none")
    terminal.say()
    terminal.table(found["wake"], ("officer", "how", "deputy", "note"), empty="nobody can be woken")
    return 0


def show(args: Namespace) -> int:
    """Show who has the watch, or a hand-over with its form."""
    with acting(args) as desk:
        if args.entry:
            return _say_shift(args, desk.client.read("shifts", args.entry))
        found = desk.client.read("watch-now")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    _say_watch(realm, found)
    return 0


def _say_watch(realm: str, found: Json) -> None:
    if found["officer"] is None:
        terminal.heading(realm, "nobody has signed for the watch")
    else:
        terminal.heading(realm, f"{found['officer']} has the watch since {_minute(found['since'])}")
    if found["overdue"]:
        terminal.say("THE WATCH WAS DUE TO BE TAKEN OVER AND NOBODY HAS SIGNED FOR IT.")
    if found["handed_over"] is not None:
        terminal.say(f"Handed over in entry {found['handed_over']} and not taken yet: armslength shift take")
    for one in found["scheduled"]:
        terminal.say(f"Roster now:  {_watch(one)}")
    if found["next"]:
        terminal.say(f"Roster next: {_watch(found['next'])}")
    if not found["scheduled"]:
        terminal.say("The roster has nobody for now: armslength shift roster FILE")


def _watch(one: Json) -> str:
    officers = ", ".join(f"{pair['officer']} ({pair['role']})" for pair in one["officers"])
    return f"{one['watch']}, {_minute(one['from'])} to {_minute(one['until'])}: {officers}"


def _say_shift(args: Namespace, found: Json) -> int:
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.say(found["text"] or f"The form stands in entry {found['took']}.")
    terminal.say(f"{found['step']} by {found['officer']} at {found['at']}; form {found['code']}")
    return 0


def form(args: Namespace) -> int:
    """Show the form as it would be handed over now."""
    with acting(args) as desk:
        found = desk.client.read("handover-form", notes=args.notes)
    if args.json:
        terminal.say_json(found)
    else:
        terminal.say(found["text"])
    return 0


def handover(args: Namespace) -> int:
    """Sign the form of this minute and hand over the watch."""
    with acting(args) as desk:
        held = desk.client.read("watch-now")["officer"]
        given = {"notes": args.notes, "keys": args.keys}
        done = _sign(desk, "shift-handover", "shift", given, held)
        found = desk.client.read("shifts", str(done["index"]))
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"handed over by {found['officer']}; who comes types {found['code']}")
    terminal.say(f"{found['officer']} has the watch until it is taken: armslength shift take --form {found['code']}")
    return 0


def _sign(desk: Acting, kind: str, record: str, given: Json, held: str | None) -> Json:
    """Sign as the officer named; where none is, who has the watch signs for handing it over."""
    if getattr(desk.args, "officer", None) is None and held is not None:
        desk.args.officer = held
    return desk.sign_local(kind, LOCAL_ACTS[record][1], given)


def take(args: Namespace) -> int:
    """Take the watch."""
    with acting(args) as desk:
        waiting = desk.client.read("watch-now")["handed_over"]
        code = args.form or (_read_form(desk, waiting) if waiting is not None else "")
        given = {"form": code, "reason": args.reason}
        desk.sign_local("shift-take", LOCAL_ACTS["shift"][1], given)
        found = desk.client.read("watch-now")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    _say_watch(realm, found)
    return 0


def _read_form(desk: Acting, entry: int) -> str:
    found = desk.client.read("shifts", str(entry))
    terminal.say(found["text"] or "")
    terminal.say(f"Form {found['code']}")
    return terminal.ask("Read it, then type the eight characters at its foot: ")


def who(args: Namespace) -> int:
    """Show who can release now, and who can be woken and how."""
    with acting(args) as desk:
        found = desk.client.read("who")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, "can release now, on the watch:")
    terminal.table(found["release_now"], ("officer", "name", "roles"), empty="nobody; wake one of those below")
    for one in found["delegations"]:
        officers = ", ".join(one["officers"])
        terminal.say(f"Pre-approved until {_minute(one['until'])}: {officers} for {', '.join(one['forms'])}")
    terminal.say()
    terminal.heading(realm, "can be woken:")
    terminal.table(found["wake"], ("officer", "roles", "how", "deputy", "note"), empty="nobody is named in the roster")
    return 0


def listing(args: Namespace) -> int:
    """List hand-overs and takings over."""
    with acting(args) as desk:
        found = desk.client.read("shifts", limit=args.limit)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"{len(found)} hand-overs and takings over, the newest first")
    rows = [{**one, "at": _minute(one["at"])} for one in found]
    terminal.table(rows, ("entry", "at", "step", "officer", "watch", "code", "reason"), empty="none")
    return 0


# --- drills -----------------------------------------------------------------------------------------------------------


def drill_plan(args: Namespace) -> int:
    """Plan a drill."""
    given = {
        "title": args.title,
        "script": read_text(args.script),
        "from": args.start,
        "until": args.end,
        "reason": args.reason,
        "supervisors": [list(pair) for pair in split_pairs(args.supervisor, "--supervisor").items()],
    }
    with acting(args) as desk:
        desk.sign_local("drill-plan", LOCAL_ACTS["drill"][1], given)
        made = desk.client.read("drills", limit=1)[0]["drill"]
        return _say_drill(args, desk.realm.value, desk.client.read("drills", made))


def drill_step(args: Namespace) -> int:
    """Begin, end or call off a drill."""
    given = {"drill": args.id.upper(), "step": args.step, "reason": args.reason}
    with acting(args) as desk:
        desk.sign_local("drill", LOCAL_ACTS["drill"][1], given)
        return _say_drill(args, desk.realm.value, desk.client.read("drills", args.id.upper()))


def drill_list(args: Namespace) -> int:
    """List drills, or show one."""
    with acting(args) as desk:
        if args.id:
            return _say_drill(args, desk.realm.value, desk.client.read("drills", args.id.upper()))
        found = desk.client.read("drills")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "drill"))
    rows = [{**one, "from": _minute(one["from"]), "until": _minute(one["until"])} for one in found]
    terminal.table(rows, ("drill", "status", "from", "until", "title"), empty="none")
    return 0


def _say_drill(args: Namespace, realm: str, one: Json) -> int:
    if args.json:
        terminal.say_json(one)
        return 0
    terminal.heading(realm, f"drill {one['drill']}: {one['title']}: {one['status']}")
    supervisors = [f"{watch}: {officer}" for watch, officer in one["supervisors"]]
    terminal.pairs(
        [
            ("time", f"{_minute(one['from'])} to {_minute(one['until'])}"),
            ("begun", _minute(one["begun"])),
            ("supervisors", supervisors or "none named"),
            ("script", f"{len(one['script'])} characters, SHA-256 {one['script_hash'][:8]}"),
        ]
    )
    rows = [
        {**taken, "at": _minute(taken["at"]), "officer": taken["officer"] or "the node"} for taken in one["history"]
    ]
    terminal.table(rows, ("at", "step", "officer", "note"), empty="none")
    terminal.say("Next: " + NEXT[one["status"]].format(drill=one["drill"]))
    return 0


def _minute(at: str | None) -> str:
    return "-" if at is None else f"{at[:16]}Z"

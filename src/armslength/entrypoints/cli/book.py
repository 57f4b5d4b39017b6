"""`channel`, `ladder`: the book of channels, how they stand, and the runs up their ladders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.instants import SECOND_US, duration_text
from armslength.desk.policy import LOCAL_ACTS
from armslength.desk.service_book import records_of
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting
from armslength.entrypoints.cli.values import read_json, split_pairs

if TYPE_CHECKING:
    from argparse import Namespace

Json = Any

NEXT: Final = {
    "TRYING": "armslength ladder answer {run} answered --reason ... when they answer; the clock proposes the next",
    "PROPOSED": "armslength ladder answer {run} use --says ... --reason ..., or wait, skip, stop",
    "WAITING": "nothing until its time; armslength ladder answer {run} use or stop before it",
    "ANSWERED": "nothing: they answered",
    "STOPPED": "nothing: it was stopped",
}
"""Status of a run -> what a person may do then."""


# --- channels ---------------------------------------------------------------------------------------------------------


def add(args: Namespace) -> int:
    """Enter channels, states and ladders from a file, each signed."""
    document = read_json(args.file)
    if isinstance(document, dict) and "channel" in document:
        document = {"channels": [document]}
    records = records_of(document, args.reason or "")
    if not records:
        raise LocalError("CHANNEL-VALUE", expected="channels, states or ladders", got="none")
    with acting(args) as desk:
        done = [desk.sign_local(kind, LOCAL_ACTS[kind][1], given) for kind, given in records]
    if args.json:
        terminal.say_json(done)
        return 0
    for one in done:
        terminal.say(f"{one['type']} entered, journal entry {one['index']}.")
    terminal.say("Next: armslength channel list")
    return 0


def state(args: Namespace) -> int:
    """State how a channel stands: what a side declared, or what was seen here."""
    given = {
        "channel": args.id,
        "manner": args.manner.upper(),
        "state": args.state.upper(),
        "by": args.by,
        "since": args.since,
        "silence": None if args.silence is None else args.silence.upper(),
        "evidence": args.evidence,
        "reason": args.reason,
    }
    with acting(args) as desk:
        desk.sign_local("channel-state", LOCAL_ACTS["channel-state"][1], given)
        found = desk.client.read("channels", args.id)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"channel {found['channel']}")
    _say_standing(found)
    return 0


def listing(args: Namespace) -> int:
    """List the channels and how they stand."""
    with acting(args) as desk:
        found = desk.client.read("channels")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "channel"))
    rows = [
        {
            **one,
            "declared": _declared(one) or "-",
            "manned": one["within_hours"],
            "last contact": _last_contact(one["last_contact"]),
        }
        for one in found
    ]
    columns = ("channel", "medium", "level", "declared", "observed", "manned", "last contact", "name")
    terminal.table(rows, columns, empty="none; enter one with armslength channel add FILE")
    return 0


def show(args: Namespace) -> int:
    """Show one channel."""
    with acting(args) as desk:
        found = desk.client.read("channels", args.id, at=args.at)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"channel {found['channel']}: {found['name']}")
    last = found["last_contact"]
    terminal.pairs(
        [
            ("medium, level", f"{found['medium']}, {found['level']}"),
            ("languages", found["languages"]),
            ("for", found["purpose"]),
            ("not for", found["exclusions"] or "nothing is excluded"),
            ("may open", found["may_open"] or "not said"),
            ("approves", found["approves"] or "nobody need be asked"),
            ("manned", _hours(found)),
            ("last contact", "none recorded" if last is None else f"{last['contact']}, {_last_contact(last)}"),
            ("costs", found["cost"] or "not said"),
            ("its use says", found["signal_value"] or "not said"),
        ]
    )
    _say_standing(found)
    for end in found["ends"]:
        _say_end(end)
    for sheet in found["address_sheets"]:
        approved = f"approved by {sheet['approved_by']}" if sheet["approved"] else "NOT APPROVED BY THEM"
        terminal.say(f"Address in {sheet['language']} ({approved}): {sheet['opening']} {sheet['titles']}".rstrip())
    _say_accounts("How it came to be", found["establishment"])
    _say_accounts("Told of it", found["facts"])
    terminal.say(f"Records: {len(found['versions'])}, the newest entry {found['versions'][-1]['entry']}.")
    return 0


def _last_contact(last: Json) -> str:
    """Return when it was, or between when, how it ended and how that is known; an interval is no minute."""
    if last is None:
        return "-"
    at, until = minute(last["at"]), minute(last["until"])
    return f"{at if at == until else f'{at} to {until}'}, {last['outcome']}, {last['proof']}"


def _hours(found: Json) -> str:
    if not found["hours"]:
        return "round the clock"
    times = "; ".join(
        f"days {', '.join(map(str, one['days']))} {one['from']} to {one['until']}" for one in found["hours"]
    )
    return f"{times} ({found['time_zone']}); {'now' if found['within_hours'] else 'NOT NOW'}"


def _declared(found: Json) -> str:
    return ", ".join(f"{said['by']}: {said['state']}" for said in found["declared"])


def _say_standing(found: Json) -> None:
    terminal.say(f"Declared: {_declared(found) or 'nothing'}. Observed: {found['observed'] or 'nothing'}.")
    if found["apart"]:
        terminal.say("What is declared and what is seen differ. Both stand; say which one you mean.")
    line = found.get("line")
    if line:
        terminal.say(f"Our line to {line['peer']}: declared {line['declared']}, observed {line['observed']}.")


def _say_end(end: Json) -> None:
    terminal.say()
    terminal.say(f"{end['side']}: {end['party']}, {end['post']}")
    for held in end["holders"]:
        own = f" ({held['own_name']})" if held["own_name"] else ""
        time = f"{_day(held['from'])} to {_day(held['until'])}"
        terminal.say(f"  {held['name']}{own}, {held['title']}, {time} [{held['source']}]")
    for place in end["places"]:
        terminal.say(f"  {_account(place)}")
    for number in end["numbers"]:
        terminal.say(f"  {number['medium']}: {number['value']} {number['note']}".rstrip())


def _say_accounts(heading: str, accounts: list[Json]) -> None:
    if accounts:
        terminal.say()
        terminal.say(f"{heading} (accounts side by side):")
    for one in accounts:
        terminal.say(f"  {_account(one)}")


def _account(one: Json) -> str:
    time = "" if not (one["from"] or one["until"]) else f"{_day(one['from'])} to {_day(one['until'])}: "
    return f"{time}{one['text']} [{one['source']}]"


def _day(at: str | None) -> str:
    return "?" if at is None else at[:10]


def minute(at: str | None) -> str:
    """Return an instant to the minute, a dash for none."""
    return "-" if at is None else f"{at[:16]}Z"


def holders(args: Namespace) -> int:
    """Show who held the ends of a channel at an instant."""
    with acting(args) as desk:
        found = desk.client.read("channel-holders", args.id, at=args.at)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"office-holders of {args.id} {args.at or 'now'}")
    rows = [{**one, "from": _day(one["from"]), "until": _day(one["until"])} for one in found]
    columns = ("side", "party", "name", "own_name", "title", "from", "until", "source")
    terminal.table(rows, columns, empty="nobody is known for that time")
    return 0


# --- ladders ----------------------------------------------------------------------------------------------------------


def ladder_set(args: Namespace) -> int:
    """Set the ladder of a subject."""
    given = {"document": read_json(args.file), "reason": args.reason}
    with acting(args) as desk:
        done = desk.sign_local("ladder", LOCAL_ACTS["ladder"][1], given)
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say(f"Ladder entered, journal entry {done['index']}.")
    return 0


def ladder_list(args: Namespace) -> int:
    """List the ladders."""
    with acting(args) as desk:
        found = desk.client.read("ladders")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "ladder"))
    rows = [
        {
            "subject": one["subject"],
            "rungs": " > ".join(rung["channel"] for rung in one["rungs"]),
            "then": " > ".join(step["kind"] for step in one["plan"]),
        }
        for one in found
    ]
    terminal.table(rows, ("subject", "rungs", "then"), empty="none; set one with armslength ladder set FILE")
    return 0


def ladder_show(args: Namespace) -> int:
    """Show one ladder."""
    with acting(args) as desk:
        found = desk.client.read("ladders", args.subject)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"ladder {found['subject']}, set {minute(found['at'])} by {found['officer']}")
    for place, rung in enumerate(found["rungs"], start=1):
        terminal.say(
            f"{place}. {rung['channel']}: {rung['name']}; wait {_wait(rung['wait_s'])}. {rung['note']}".rstrip()
        )
        terminal.say(f"   its use says: {rung['signal_value'] or 'not said'}; costs: {rung['cost'] or 'not said'}")
    for place, step in enumerate(found["plan"], start=len(found["rungs"]) + 1):
        terminal.say(f"{place}. {step['kind']}: {step['text']}; wait {_wait(step['wait_s'])}.")
    terminal.say(f"Next: armslength ladder begin {found['subject']} --says ... --reason ...")
    return 0


def _wait(seconds: int) -> str:
    return duration_text(seconds * SECOND_US)


def begin(args: Namespace) -> int:
    """Begin a run up a ladder."""
    given = {
        **_use_of(args),
        "subject": args.subject,
        "says": args.says or "",
        "links": [list(pair) for pair in split_pairs(args.links, "--for").items()],
    }
    with acting(args) as desk:
        desk.sign_local("rung-begin", LOCAL_ACTS["rung"][1], given)
        # Runs are listed with the newest first.
        found = desk.client.read("ladder-runs", desk.client.read("ladder-runs", limit=1)[0]["run"])
        realm = desk.realm.value
    return _say_run(args, realm, found)


def answer(args: Namespace) -> int:
    """Answer what the clock proposed, or end a run."""
    given = {
        **_use_of(args),
        "run": args.run,
        "answer": args.answer.upper(),
        "says": args.says,
        "until": args.until,
        "reference": args.reference,
    }
    with acting(args) as desk:
        desk.sign_local("rung", LOCAL_ACTS["rung"][1], given)
        found = desk.client.read("ladder-runs", args.run.upper())
        realm = desk.realm.value
    return _say_run(args, realm, found)


def _use_of(args: Namespace) -> Json:
    return {"rung": args.rung, "reason": args.reason, "since": args.since, "approved_by": args.approved_by}


def runs(args: Namespace) -> int:
    """List runs up ladders, or show one."""
    with acting(args) as desk:
        if args.run:
            one = desk.client.read("ladder-runs", args.run.upper())
            return _say_run(args, desk.realm.value, one)
        found = desk.client.read("ladder-runs", every="true" if args.every else "false", limit=args.limit)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "run") + ("" if args.every else " open"))
    rows = [{**one, "since": minute(one["since"]), "due": minute(one["due"])} for one in found]
    terminal.table(rows, ("run", "subject", "status", "rung", "since", "due", "proposed"), empty="none")
    return 0


def _say_run(args: Namespace, realm: str, one: Json) -> int:
    if args.json:
        terminal.say_json(one)
        return 0
    terminal.heading(realm, f"run {one['run']} up the ladder {one['subject']}: {one['status']}")
    terminal.pairs(
        [
            ("rung tried", f"{one['rung']} since {minute(one['since'])}"),
            ("waited until", minute(one["due"])),
            ("for", [f"{kind} {reference}" for kind, reference in one["links"]] or "not said"),
        ]
    )
    if one["heard"]:
        terminal.say(f"They were reached since: {one['heard']['contact']}. If that is the answer, end the run with it.")
    if one["proposed"]:
        terminal.say(f"PROPOSED: {one['proposed']}. A person decides.")
        terminal.say(f"What does using it itself say? The book: {one['next_signal'] or 'nothing is written down'}")
        if one["next_approves"]:
            terminal.say(f"Needs the approval of: {', '.join(one['next_approves'])}")
    terminal.say()
    rows = [
        {**taken, "at": minute(taken["at"]), "officer": taken["officer"] or "the clock"} for taken in one["history"]
    ]
    terminal.table(rows, ("at", "step", "rung", "officer", "note"), empty="none")
    terminal.say("Next: " + NEXT[one["status"]].format(run=one["run"]))
    return 0

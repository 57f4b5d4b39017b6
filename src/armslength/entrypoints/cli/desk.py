"""`alarm`, `delegation`, `count`: who was rung, who may release alone, how often the lines were used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

Json = Any

HOUR_S: Final = 3600
GIVERS: Final = ("releasing-officer", "principal")


def alarm_list(args: Namespace) -> int:
    """List alarms."""
    with acting(args) as desk:
        found = desk.client.read("alarms", every="true" if args.all else None)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "alarm") + ("" if args.all else " not accepted"))
    for one in found:
        rung = f"rung {one['notified_at']}" if one["rung"] else "NOBODY WAS RUNG"
        accepted = f", {one['state']}, accepted by {one['accepted_by']}" if one["accepted_by"] else ""
        accepted += f", passed to {one['passed_to']}" if one["passed_to"] and not one["accepted_by"] else ""
        accepted += f", on the shelf until {one['shelved_until']}" if one["shelved_until"] else ""
        terminal.say(f"\n{one['id']}  {one['raised_at']}  {one['kind']}  ({rung}{accepted})")
        terminal.say(f"  {one['sentence']}")
        if one["detail"]:
            terminal.say(f"  {one['detail']}")
    return 0


def alarm_accept(args: Namespace) -> int:
    """Accept an alarm."""
    with acting(args) as desk:
        done = desk.sign_local("alarm-accepted", LOCAL_ACTS["alarm-accepted"][1], {"alarm": args.id})
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say("Accepted. The other side is told nothing by this; a message still needs its receipt.")
    return 0


def alarm_pass(args: Namespace) -> int:
    """Pass an alarm on."""
    given = {"alarm": args.id, "to": args.to, "reason": args.reason}
    said = f"Passed on to {args.to}. It rings on until it is accepted; the other side is told nothing."
    return _about_alarm(args, "alarm-passed", given, said)


def alarm_shelve(args: Namespace) -> int:
    """Ask for a shelf, sign for one as the second person, or take an alarm down."""
    step = "shelve" if args.countersign else "end" if args.end else "ask"
    given = {"alarm": args.id, "step": step, "minutes": args.minutes or 0, "reason": args.reason}
    said = {
        "ask": "Asked for. It rings until a second person signs: armslength alarm shelve ID --countersign",
        "shelve": "On the shelf. It comes off by itself and rings again.",
        "end": "Taken down; it rings again.",
    }
    return _about_alarm(args, "alarm-shelved", given, said[step])


def _about_alarm(args: Namespace, kind: str, given: Json, said: str) -> int:
    with acting(args) as desk:
        done = desk.sign_local(kind, LOCAL_ACTS[kind][1], given)
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say(said)
    return 0


def alarm_test(args: Namespace) -> int:
    """Ring a test."""
    with acting(args) as desk:
        done = desk.client.ask("alarm-test", desk.officer(("watch-officer",)), {})
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say(f"Ringing as alarm {done['alarm']}. Whoever hears it accepts it.")
    return 0


def delegation_give(args: Namespace) -> int:
    """Pre-approve forms for officers."""
    given = {
        "kind": "pre-approved",
        "officers": args.to,
        "forms": [form.upper() for form in args.forms],
        "facility": args.facility,
        "valid_s": args.hours * HOUR_S,
        "covers_checks": args.covers_checks,
    }
    return _delegate(args, given, GIVERS)


def delegation_voice(args: Namespace) -> int:
    """Record an authority given by voice."""
    given = {
        "kind": "voice",
        "draft": args.draft,
        "given_by": args.given_by,
        "called_back": args.called_back,
        "covers_checks": args.covers_checks,
    }
    return _delegate(args, given, ("watch-officer",))


def delegation_countersign(args: Namespace) -> int:
    """Sign an authority that was given by voice."""
    with acting(args) as desk:
        fitting = [one for one in desk.client.read("delegations") if one["id"].startswith(args.id.lower())]
        if len(fitting) != 1:
            raise LocalError("DELEGATION-UNKNOWN", asked=args.id, matches=len(fitting))
        if not args.officer:
            # The authority names who gave it; nobody else can sign for it.
            args.officer = fitting[0]["given_by"]
        done = desk.sign_local("delegation", GIVERS, {"kind": "countersign", "delegation": fitting[0]["id"]})
    return _done(args, done, "Countersigned")


def _delegate(args: Namespace, given: Json, roles: Iterable[str]) -> int:
    with acting(args) as desk:
        done = desk.sign_local("delegation", roles, given)
    return _done(args, done, "Recorded")


def _done(args: Namespace, done: Json, word: str) -> int:
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say(f"{word}, journal entry {done['index']}. `armslength delegation list` shows what is owed.")
    return 0


def delegation_list(args: Namespace) -> int:
    """List delegations."""
    with acting(args) as desk:
        found = desk.client.read("delegations")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, "delegations")
    rows = [{**one, "id": one["id"][: terminal.ID_SHOWN_CHARS]} for one in found]
    terminal.table(
        rows, ("id", "kind", "given_by", "officers", "forms", "valid_until", "countersignature_owed"), empty="none"
    )
    return 0


def count(args: Namespace) -> int:
    """Count the uses of the lines."""
    with acting(args) as desk:
        found = desk.client.read("count", as_of=args.as_of, initiated_by=args.by, subject=args.subject)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    certain = terminal.counted(found["certain"], "use")
    terminal.heading(realm, f"{certain} certain, {found['possible']} more possible, as of {found['as_of']}")
    terminal.say(f"Rule: {found['rule']}")
    terminal.table(
        [{**one, "reference": one["reference"][: terminal.ID_SHOWN_CHARS]} for one in found["listed"]],
        ("number", "form", "reference"),
        empty="No use is counted.",
    )
    if found["excluded"]:
        terminal.say("\nNot counted:")
        terminal.table(found["excluded"], ("direction", "number", "form", "because"), empty="none")
    return 0

"""`window`: windows of silence, from the plan to the pillars reported when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.places import parse_place
from armslength.desk.policy import LOCAL_ACTS
from armslength.desk.windowing import STEPS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.drafts import draft_filled, say_draft
from armslength.entrypoints.cli.labels import zone_text
from armslength.entrypoints.cli.signing import acting
from armslength.entrypoints.cli.values import split_pairs
from armslength.register.window_types import EventKind

if TYPE_CHECKING:
    from argparse import Namespace

Json = Any

NEXT: Final = {
    "PROPOSED": "armslength window send {id}; then wait for the assurances",
    "ASSURING": "armslength window green {id} --reason ... once nobody is missing",
    "GREEN": "armslength window status {id} --reason ALL-ASSURANCES-HELD; crews-out when its time begins",
    "ACTIVE": "armslength window crews-out or crews-back {id}; violation {id} if one is seen",
    "TOLD-GREEN": "nothing: crews are the proposer's to release",
    "VIOLATED": "armslength window crews-back {id}, then resume or abort {id}",
    "MISSED": "armslength window reschedule {id}, or close {id}",
    "ENDED": "armslength window crews-back and close {id}",
    "ABORTED": "armslength window crews-back {id} while a crew is out; window status {id} tells the others",
    "CLOSED": "armslength window status {id} --reason WORKS-DONE; window pillars {id} if pillars were reported",
}
"""Status -> what a person may do then."""


def propose(args: Namespace) -> int:
    """Record a window of silence of ours."""
    given = {
        "lines": args.lines,
        "zone": _zone(args),
        "works": args.works,
        "crews": args.crews,
        "parties": args.parties,
        "from": args.start,
        "until": args.end,
        "assure_by": args.assure_by,
        "observers": args.observers,
        "facility": args.facility,
    }
    with acting(args) as desk:
        before = {one["window"] for one in desk.client.read("windows")}
        desk.sign_local("window", LOCAL_ACTS["window"][1], given)
        made = next(one for one in desk.client.read("windows") if one["window"] not in before)
        realm = desk.realm.value
    return _say(args, realm, made)


def _zone(args: Namespace) -> Json:
    if args.circle:
        radius_m = _metres(args.circle[1], "--circle")
        return {"shape": "CIRCLE", "centre": _sharp(args.circle[0], radius_m, "--circle"), "radius_m": radius_m}
    if args.route:
        width_m = _metres(args.route[0], "--route")
        return {
            "shape": "ROUTE",
            "points": [_sharp(one, width_m, "--route") for one in args.route[1:]],
            "width_m": width_m,
        }
    return {"shape": "POLYGON", "points": args.polygon}


def _sharp(text: str, size_m: int, option: str) -> str:
    """Return a place that is known better than the zone is wide: 34.4E may mean eleven kilometres."""
    known_m = parse_place(text).precision_m
    if known_m > size_m:
        expected = f"a place known within {size_m} m: more digits, such as 47.5700N 34.4000E"
        raise LocalError("OPTION-VALUE", option=option, expected=expected, got=f"{text}, known within {known_m} m")
    return text


def _metres(text: str, option: str) -> int:
    if not text.isdecimal():
        raise LocalError("OPTION-VALUE", option=option, expected="metres", got=text)
    return int(text)


# --- messages of a window ---------------------------------------------------------------------------------------------


def send(args: Namespace) -> int:
    """Draft the WINDOW of a window for one line or all of its lines: the proposal, or the other time for it."""
    with acting(args) as desk:
        lines = [args.to] if args.to else desk.client.read("windows", args.id.upper())["lines"]
        drafts = [
            draft_filled(
                desk,
                "WINDOW",
                {"kind": "window", "line": line, "precedence": args.precedence, "window": args.id.upper()},
            )
            for line in lines
        ]
    if args.json:
        terminal.say_json(drafts)
        return 0
    for one in drafts:
        say_draft(args, one)
    return 0


def assure(args: Namespace) -> int:
    """Draft our ASSURANCE for a window that the other side proposed."""
    given = {
        "kind": "assurance",
        "line": args.to,
        "precedence": args.precedence,
        "window": args.id.upper(),
        "said": args.said.upper(),
        "commands": args.commands,
        "from": args.start,
        "until": args.end,
    }
    with acting(args) as desk:
        entered = draft_filled(desk, "ASSURANCE", given)
    return say_draft(args, entered)


def status(args: Namespace) -> int:
    """Tell the lines of a window how it stands; one person releases it at once."""
    with acting(args) as desk:
        lines = [args.to] if args.to else desk.client.read("windows", args.id.upper())["lines"]
        given = {"kind": "window-status", "window": args.id.upper(), "reason": args.reason.upper()}
        sent = [
            {
                "to": line,
                **draft_filled(desk, "WINDOW-STATUS", {**given, "line": line, "precedence": args.precedence}),
            }
            for line in lines
        ]
    if args.json:
        terminal.say_json(sent)
        return 0
    for one in sent:
        terminal.say(f"\nWINDOW-STATUS to {one['to']}, number {one['number']}: {one['delivery']}.")
    return 0


# --- steps of a window ------------------------------------------------------------------------------------------------


def step(args: Namespace) -> int:
    """Take a step on a window, with a reason."""
    return _step(args, {})


def crews(args: Namespace) -> int:
    """Release crews, or have them back; nobody named means all."""
    return _step(args, {"crews": args.crews})


def reschedule(args: Namespace) -> int:
    """Set another time; assurances that do not cover it fall."""
    return _step(args, {"from": args.start, "until": args.end, "assure_by": args.assure_by})


def record(args: Namespace) -> int:
    """Record an assurance that came on paper or by voice."""
    said = {"party": args.party, "said": args.said.upper(), "means": args.means.upper(), "reference": args.reference}
    return _step(args, {**said, "commands": args.commands, "from": args.start, "until": args.end})


def violation(args: Namespace) -> int:
    """Record a violation; without evidence it is kept and not counted."""
    return _step(args, {"at": args.at, "by": args.by, "what": args.what, "evidence": args.evidence})


def close(args: Namespace) -> int:
    """Close a window, with the pillars as they are reported then."""
    return _step(args, {"pillars": [list(pair) for pair in split_pairs(args.pillar, "--pillar").items()]})


def _step(args: Namespace, more: Json) -> int:
    given = {"window": args.id.upper(), "step": args.step, "reason": args.reason, **more}
    with acting(args) as desk:
        # What sends people into a zone takes another officer than what calls them out.
        desk.sign_local("window-step", STEPS[EventKind(args.step)], given)
        after = desk.client.read("windows", args.id.upper())
        realm = desk.realm.value
    return _say(args, realm, after)


def pillars(args: Namespace) -> int:
    """Enter the pillars that were reported on closing into the facility's record."""
    with acting(args) as desk:
        done = desk.sign_local("window-pillars", LOCAL_ACTS["facility"][1], {"window": args.id.upper()})
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say(f"Entered into the facility's record, journal entry {done['index']}.")
    return 0


# --- reading ----------------------------------------------------------------------------------------------------------


def listing(args: Namespace) -> int:
    """List windows of silence."""
    with acting(args) as desk:
        found = desk.client.read("windows")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "window of silence"))
    rows = [{**one, "from": _minute(one["from"]), "until": _minute(one["until"])} for one in found]
    terminal.table(rows, ("window", "status", "from", "until", "facility", "parties", "missing"), empty="none")
    return 0


def show(args: Namespace) -> int:
    """Show one window: plan, assurances, who is missing, violations, steps."""
    with acting(args) as desk:
        found = desk.client.read("windows", args.id.upper())
        realm = desk.realm.value
    return _say(args, realm, found)


def _minute(at: str | None) -> str:
    return "-" if at is None else f"{at[:16]}Z"


def _say(args: Namespace, realm: str, one: Json) -> int:
    if args.json:
        terminal.say_json(one)
        return 0
    terminal.heading(realm, f"window of silence {one['window']}: {one['status']}")
    terminal.pairs(
        [
            ("time", f"{_minute(one['from'])} to {_minute(one['until'])}"),
            ("zone", zone_text(one["zone"])),
            ("works", one["works"]),
            ("for", one["facility"] or "no facility of the register"),
            ("crews", one["crews"]),
            ("crews out", one["crews_out"] or "none"),
            ("observers", one["observers"] or "none"),
            ("lines to", one["lines"]),
            ("assurances by", _minute(one["assure_by"])),
        ]
    )
    for said in one["assurances"]:
        terminal.say(f"  {said['party']}: {_assurance(said)}")
    missing = ", ".join(one["missing"])
    terminal.say(f"MISSING IN WRITING: {missing}. Not green." if missing else "No assurance is missing.")
    if one["told"]:
        terminal.say(f"Last told: {one['told']['status']} at {one['told']['at']}.")
    for seen in one.get("violations", ()):
        counted = "counted" if seen["counted"] else "kept, not counted: no evidence"
        by = f" by {seen['by']}" if seen["by"] else ", nobody named"
        terminal.say(f"Violation at {_minute(seen['at'])}: {seen['what']}{by}; {counted}.")
    if one.get("history"):
        terminal.say()
        steps = [{**taken, "at": _minute(taken["at"])} for taken in one["history"]]
        terminal.table(steps, ("at", "step", "officer", "note"), empty="none")
    terminal.say("Next: " + NEXT.get(one["status"], "armslength window list").format(id=one["window"]))
    return 0


def _assurance(said: Json) -> str:
    if said["said"] == "NONE":
        return "nothing said"
    covers = "covers the whole time" if said["covers"] else "does not count for GREEN"
    time = f"{_minute(said['from'])} to {_minute(said['until'])}"
    return f"{said['said']} by {said['means']} of {', '.join(said['commands'])}, {time}; {covers}"

"""`call` and `print`: calls from the ring to the agreed text, and sheets on paper."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting, show_body, show_message
from armslength.entrypoints.cli.values import read_text, split_pairs

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.entrypoints.cli.signing import Acting

Json = Any

_ROLES: Final = LOCAL_ACTS["call-step"][1]
_RECORDED: Final = {"BY-US": "RECORDED-BY-AUTHOR", "BY-BOTH": "RECORDED-BY-BOTH", "NOBODY": "NOT-RECORDED"}
"""Our flag -> the code of the form; of what only they record, we state nothing to them."""

_UNVERIFIED: Final = (
    "THE CALLER IS UNVERIFIED. Act on nothing, pass nothing on, alert nobody outside.\n"
    "Next: armslength call begin {channel} --calls-back {call}, then armslength call verify {call} --call-back CALL"
)


# --- steps ------------------------------------------------------------------------------------------------------------


def begin(args: Namespace) -> int:
    """Enter a call that was placed or taken."""
    given = {
        "channel": args.channel,
        "direction": args.direction,
        "at": args.at,
        "ours": args.ours,
        "theirs": args.theirs,
        "interpreter": args.interpreter,
        "telephone": args.number,
        "calls_back": args.calls_back,
        "case": args.case,
        "about": args.about,
        "recording": args.recording.upper() if args.recording else None,
    }
    with acting(args) as desk:
        officer = desk.officer(LOCAL_ACTS["call"][1])
        asked = desk.client.prepare("call", officer, given)
        if not args.json:
            show_body(desk.realm, asked)
        desk.submit(officer, desk.sign(asked, officer))
        found = desk.client.read("calls", limit=1)[0]
        found = desk.client.read("calls", found["call"])
        realm = desk.realm.value
    return _say(args, realm, found)


def step(args: Namespace) -> int:
    """Record a step of a call."""
    with acting(args) as desk:
        desk.sign_local("call-step", _ROLES, _given(args))
        found = desk.client.read("calls", args.id.upper())
        realm = desk.realm.value
    return _say(args, realm, found)


def _given(args: Namespace) -> dict[str, Json]:
    given: dict[str, Json] = {"call": args.id.upper(), "step": args.step, "at": args.at}
    given |= {
        name: getattr(args, name)
        for name in ("text", "side", "names", "item", "by", "reference", "language", "important", "place", "sent")
        if getattr(args, name, None)
    }
    if args.step in {"ended", "recording"}:
        given["item"] = str(given["item"]).upper()
    if args.step == "verified":
        given["by"] = "CALL-BACK" if args.reference else "CHALLENGE"
    if getattr(args, "text_file", None):
        given["text"] = read_text(args.text_file).strip()
    if args.step == "read-back":
        given["heard_place" if args.place else "heard"] = args.heard
    return given


def end(args: Namespace) -> int:
    """End a call, and enter the contact that it makes in the same submission."""
    args.item = args.outcome.upper()
    number = args.id.upper()
    with acting(args) as desk:
        officer = desk.officer(_ROLES)
        ended = desk.client.prepare("call-step", officer, _given(args))
        signed = [_signed(args, desk, ended, officer)]
        if not args.no_contact:
            contact = {**desk.client.read("calls", number)["contact"], "outcome": args.item}
            signed.append(_signed(args, desk, desk.client.prepare("contact", officer, contact), officer))
        desk.submit(officer, *signed)
        found = desk.client.read("calls", number)
        realm = desk.realm.value
    return _say(args, realm, found)


def contact(args: Namespace) -> int:
    """Enter the contact of a call that is over."""
    with acting(args) as desk:
        given = desk.client.read("calls", args.id.upper())["contact"]
        if args.corrects:
            _same_call(args.id.upper(), desk.client.read("contacts", args.corrects.upper()))
            given |= {"corrects": args.corrects.upper(), "because": "known better since"}
        done = desk.sign_local("contact", LOCAL_ACTS["contact"][1], given)
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say(f"Entered, journal entry {done['index']}. `armslength contact list` shows it.")
    return 0


def _same_call(call: str, corrected: Json) -> None:
    """Refuse to put a call in the place of a contact that is not its own: that one would count no more."""
    if corrected["call"] != call:
        raise LocalError("CONTACT-LINK", field="corrects", expected=f"a contact of {call}", got=corrected["number"])


def _signed(args: Namespace, desk: Acting, asked: Json, officer: str) -> Json:
    if not args.json:
        show_body(desk.realm, asked)
    return desk.sign(asked, officer)


def agree(args: Namespace) -> int:
    """Enter the agreed text; where the channel is our own line, draft the CALL-RECORD that proposes it."""
    number, text = args.id.upper(), read_text(args.text_file).strip()
    with acting(args) as desk:
        call = desk.client.read("calls", number)
        given = {"call": number, "step": "agreed", "at": args.at, "text": text, "language": args.language}
        peer = args.to or call["line_peer"]
        submissions = []
        officer = desk.officer(_ROLES)
        if peer:
            record = _call_record(call, text)
            asked = desk.client.prepare("message", officer, _message(peer, record))
            show_message(desk, asked, locale=args.locale)
            given["draft"] = asked["body_hash"]
            submissions.append(desk.sign(asked, officer))
        # The step names the draft, so the draft stands first; both are entered or neither.
        step_asked = desk.client.prepare("call-step", officer, given)
        desk.submit(officer, *submissions, _signed(args, desk, step_asked, officer))
        found = desk.client.read("calls", number)
        realm = desk.realm.value
    if not args.json and submissions:
        terminal.say(f"CALL-RECORD drafted for {peer}: `armslength message list`. It is agreed once they confirm it.")
    return _say(args, realm, found)


def _message(peer: str, values: Json) -> dict[str, Json]:
    return {"line": peer, "form": "CALL-RECORD", "precedence": None, "values": values}


def _call_record(call: Json, text: str) -> dict[str, Json]:
    """Return the fields of a CALL-RECORD by name."""
    if call["ended_at"] is None:
        raise LocalError("CALL-OPEN", call=call["call"])
    values: dict[str, Json] = {
        "call-number": call["call"],
        "call-time": [call["began_at"], call["ended_at"]],
        "participants-of-author": call["ours"],
        "participants-of-receiver": call["theirs"] or ["-"],
        "agreed-text": text,
        "call-medium": "TELEPHONE",
    }
    if call["interpreter"]:
        values["interpreters"] = [call["interpreter"]]
    if call["recording"] in _RECORDED:
        values["recording"] = _RECORDED[call["recording"]]
    return values


# --- reading ----------------------------------------------------------------------------------------------------------


def listing(args: Namespace) -> int:
    """List calls, the newest first."""
    with acting(args) as desk:
        live = "true" if args.live else None
        found = desk.client.read("calls", channel=args.channel, live=live, limit=args.limit)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "call"))
    rows = [{**one, "began": _minute(one["began_at"]), "minutes": _minutes(one["duration_s"])} for one in found]
    columns = ("call", "channel", "direction", "began", "minutes", "identity", "outcome", "theirs")
    terminal.table(rows, columns, empty="none")
    return 0


def show(args: Namespace) -> int:
    """Show one call."""
    with acting(args) as desk:
        found = desk.client.read("calls", args.id.upper())
        realm = desk.realm.value
    return _say(args, realm, found)


def _minute(at: str | None) -> str:
    return "-" if at is None else f"{at[:16].replace('T', ' ')}Z"


def _minutes(seconds: int | None) -> str:
    return "-" if seconds is None else str(seconds // 60)


def _say(args: Namespace, realm: str, call: Json) -> int:
    if args.json:
        terminal.say_json(call)
        return 0
    terminal.heading(realm, f"call {call['call']}: {call['direction']}, {call['status']}, {call['identity']}")
    terminal.pairs(
        [
            ("channel", call["channel"]),
            ("number", call["telephone"]),
            ("we", call["ours"]),
            ("they", call["theirs"]),
            ("interpreter", call["interpreter"]),
            ("began", _minute(call["began_at"])),
            ("ended", _minute(call["ended_at"])),
            ("outcome", call["outcome"]),
            ("verified by", call["verified_by"]),
            ("call-backs", [one["call"] for one in call["call_backs"]]),
            ("case", call["case"]),
            ("about", call["about"]),
            ("recorded by", call["recording"]),
        ]
    )
    for taken in call["timeline"]:
        terminal.say(f"  {_after(taken['after_s'])}  {_step_text(taken)}")
    if call["counterfactual"]:
        terminal.say(call["counterfactual"])
    if call["agreed"]:
        terminal.say(f"Agreed text: {call['agreed']['proof']}.")
    if call["identity"] == "UNVERIFIED" and call["direction"] == "IN":
        terminal.say(_UNVERIFIED.format(**call))
    if call["identity"] == "DISOWNED":
        terminal.say("THEY DID NOT CALL. Whoever it was spoke for nobody.")
    return 0


def _after(seconds: int) -> str:
    return f"+{seconds // 60:02}:{seconds % 60:02}"


def _step_text(taken: Json) -> str:
    said = [taken["step"]]
    said += [str(taken[name]) for name in ("side", "item", "by", "reference", "language") if name in taken]
    said += [", ".join(taken["names"])] if "names" in taken else []
    if "sent" in taken:
        apart = f", {taken['distance_m']} m apart" if "distance_m" in taken else ""
        said.append(f"sent {taken['sent']}, read back {taken['heard']}{apart}: {'agrees' if taken['agrees'] else 'NO'}")
    said += [taken["text"]] if "text" in taken else []
    return "  ".join(said)


# --- paper ------------------------------------------------------------------------------------------------------------


def sheet(args: Namespace) -> int:
    """Print the sheet of a call."""
    query = {name: getattr(args, name) for name in ("language", "theirs", "message", "draft", "concern", "line")}
    return _print(args, "call", args.name, query)


def print_sheet(args: Namespace) -> int:
    """Print a sheet of any kind."""
    return _print(args, args.kind, args.name, {"language": args.language, **split_pairs(args.option, "--option")})


def _print(args: Namespace, kind: str, name: str, query: dict[str, str | int | None]) -> int:
    with acting(args) as desk:
        found = desk.client.read("sheets", kind, of=name, **query)
    data = b64decode(found["pdf"])
    try:
        Path(args.to).write_bytes(data)
    except OSError as error:
        raise LocalError("FILE-WRITE", file=args.to, because=str(error)) from error
    if args.json:
        terminal.say_json({"kind": kind, "name": name, "title": found["title"], "file": args.to, "bytes": len(data)})
    else:
        terminal.say(f"{found['title']}: {args.to}, {len(data)} bytes.")
    return 0

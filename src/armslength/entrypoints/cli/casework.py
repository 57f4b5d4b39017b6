"""`case`, `log`, `search`, `brief`, `card`: one subject across channels, what was done, and what is open."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

Json = Any

_STEP: Final = ("reference", "source", "question", "about", "answer", "says", "said_at", "first", "second")


# --- cases ------------------------------------------------------------------------------------------------------------


def case_open(args: Namespace) -> int:
    """Open a case."""
    given = {
        "title": args.title,
        "reason": args.reason,
        "subject": args.subject,
        "facility": args.facility,
        "references": args.join,
    }
    with acting(args) as desk:
        desk.sign_local("case", LOCAL_ACTS["case"][1], given)
        made = desk.client.read("cases", every="true", limit=1)[0]
        found, realm = desk.client.read("cases", made["case"]), desk.realm.value
    return _say_case(args, realm, found)


def case_step(args: Namespace) -> int:
    """Take a step on a case."""
    given = {"case": args.case.upper(), "step": args.step, "reason": getattr(args, "reason", None)}
    given |= {name: getattr(args, name, None) for name in _STEP}
    with acting(args) as desk:
        desk.sign_local("case-step", LOCAL_ACTS["case-step"][1], given)
        found, realm = desk.client.read("cases", args.case.upper()), desk.realm.value
    return _say_case(args, realm, found)


def case_list(args: Namespace) -> int:
    """List cases."""
    with acting(args) as desk:
        found = desk.client.read("cases", every="true" if args.all else None, limit=args.limit)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "case" if args.all else "open case"))
    rows = [{**one, "changed": _minute(one["changed_at"])} for one in found]
    columns = ("case", "status", "title", "joined", "accounts", "contradictions", "unassessed", "changed")
    terminal.table(rows, columns, empty="none" if args.all else "none; --all lists closed ones as well")
    return 0


def case_show(args: Namespace) -> int:
    """Show one case."""
    with acting(args) as desk:
        found, realm = desk.client.read("cases", args.case.upper()), desk.realm.value
    return _say_case(args, realm, found)


def case_timeline(args: Namespace) -> int:
    """Show everything that a case joins, by time."""
    with acting(args) as desk:
        found, realm = desk.client.read("case-timeline", args.case.upper()), desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"{args.case.upper()} by time")
    for one in found:
        terminal.say(_timeline_line(one))
    return 0


def _timeline_line(one: Json) -> str:
    until = f" to {_minute(one['until'])}" if one["until"] else ""
    where = f" on {one['channel']}" + (f" ({one['level_of_channel']})" if one["level_of_channel"] else "")
    proof = " ".join(part for part in (one["proof"], one["level"]) if part)
    name = one["reference"] if len(one["reference"]) <= _HASH_CHARS else one["reference"][: terminal.ID_SHOWN_CHARS]
    return (
        f"{_minute(one['at'])}{until}  {one['kind']} {name}{where if one['channel'] else ''}"
        f"{f' [{proof}]' if proof else ''}\n  {one['title']}"
    )


_HASH_CHARS: Final = 40


def _minute(at: str | None) -> str:
    return "-" if at is None else f"{at[:16]}Z"


def _say_case(args: Namespace, realm: str, one: Json) -> int:
    if args.json:
        terminal.say_json(one)
        return 0
    terminal.heading(realm, f"{one['case']} {one['status']}: {one['title']}")
    terminal.pairs([("subject", one["subject"]), ("facility", one["facility"]), ("opened", _minute(one["opened_at"]))])
    for question in one["questions"]:
        about = f" ({question['about']})" if question["about"] else ""
        terminal.say(f"\n{question['asks']}{about}")
        for told in question["accounts"]:
            answer = f"{told['answer']} - " if told["answer"] else ""
            said = f", {_minute(told['said_at'])}" if told["said_at"] else ""
            terminal.say(f"  account {told['account']}  {told['source']}{said}: {answer}{told['says']}")
    _say_disputes(one["disputes"])
    terminal.say(f"\nJoins {terminal.counted(len(one['joins']), 'record')}:")
    for joined in one["joins"]:
        terminal.say(_timeline_line(joined))
    for gone in one["left"]:
        terminal.say(f"Left {_minute(gone['at'])}: {gone['kind']} {gone['reference']}, {gone['because']}")
    return 0


def _say_disputes(disputes: Sequence[Json]) -> None:
    if disputes:
        terminal.say("\nCANNOT BOTH HOLD; both are kept:")
    for one in disputes:
        terminal.say(f"  {one['state']}  {one['first']} / {one['second']}: {one['what']}")
        if one["assessment"]:
            terminal.say(f"    {one['assessed_by']}: {one['assessment']}")


# --- log and search ---------------------------------------------------------------------------------------------------


def log_add(args: Namespace) -> int:
    """Write one line into the log."""
    given = {"text": args.text, "at": args.at, "tags": args.tag, "references": args.about}
    with acting(args) as desk:
        done = desk.sign_local("log", LOCAL_ACTS["log"][1], given)
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say(f"Written, journal entry {done['index']}.")
    return 0


def log_list(args: Namespace) -> int:
    """List the log, the newest first."""
    with acting(args) as desk:
        found = desk.client.read(
            "log",
            since=args.since,
            until=args.until,
            kind=args.kind,
            case=args.case,
            before=args.before,
            limit=args.limit,
        )
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"the log, the newest first, as of {_minute(found['as_of'])}")
    for one in found["lines"]:
        terminal.say(_line(one))
    if found["before"]:
        terminal.say(f"There is more: --before {found['before']}")
    return 0


def search(args: Namespace) -> int:
    """Search everything here."""
    with acting(args) as desk:
        found = desk.client.read(
            "search",
            q=" ".join(args.text),
            kind=args.kind,
            since=args.since,
            until=args.until,
            case=args.case,
            channel=args.channel,
            limit=args.limit,
        )
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"{terminal.counted(found['found'], 'entry').replace('entrys', 'entries')} found")
    for one in found["hits"]:
        how = "" if one["how"] == "as typed" else f"  ({one['how']})"
        terminal.say(_line(one) + how)
    if found["found"] > len(found["hits"]):
        terminal.say(f"And {found['found'] - len(found['hits'])} more; narrow the question, or raise --limit.")
    return 0


def _line(one: Json) -> str:
    late = f" (entered {_minute(one['entered_at'])})" if one["entered_at"][:16] != one["at"][:16] else ""
    by = f"  {one['officer']}" if one["officer"] else ""
    return f"{_minute(one['at'])}{late}  {one['kind']}{by}  {one['title']}"


# --- brief and card ---------------------------------------------------------------------------------------------------


def brief(args: Namespace) -> int:
    """Show the shift brief, or print it."""
    if args.to:
        return _print(args, "brief", "", {"since": args.since})
    with acting(args) as desk:
        found, realm = desk.client.read("briefs", since=args.since), desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    from armslength.desk.briefs import parts

    terminal.heading(realm, f"shift brief, {_minute(found['since'])} to {_minute(found['as_of'])}")
    _say_parts(parts(found))
    return 0


def _say_parts(parts: Sequence[Json]) -> None:
    from armslength.desk.printing import Heading, Paragraph, Table

    for one in parts:
        if isinstance(one, Heading):
            terminal.say(f"\n{one.text}")
        elif isinstance(one, Paragraph):
            terminal.say(f"  {one.text}")
        elif isinstance(one, Table):
            terminal.table([dict(zip(one.head, row, strict=True)) for row in one.rows], one.head, empty="none")


def card(args: Namespace) -> int:
    """Show the principal's card of a case or message, or print it."""
    if args.to:
        return _print(args, "card", args.name, {})
    with acting(args) as desk:
        found, realm = desk.client.read("cards", args.name), desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    from armslength.desk.cards import NOTHING, PARTS

    terminal.heading(realm, found["title"])
    for key, heading in PARTS:
        terminal.say(f"\n{heading}")
        for line in found[key] or [NOTHING[key]]:
            terminal.say(f"  {line}")
    return 0


def _print(args: Namespace, kind: str, name: str, query: dict[str, str | None]) -> int:
    """Have a sheet set in type and write it into the file that was named.

    Raises:
        LocalError: FILE-WRITE, and the codes of printing.
    """
    with acting(args) as desk:
        found = desk.client.read("sheets", kind, of=name, **query)
    try:
        Path(args.to).write_bytes(b64decode(found["pdf"]))
    except OSError as error:
        raise LocalError("FILE-WRITE", file=args.to, because=str(error)) from error
    if args.json:
        terminal.say_json({"kind": kind, "name": name, "file": args.to, "title": found["title"]})
    else:
        terminal.say(f"Printed into {args.to}.")
    return 0

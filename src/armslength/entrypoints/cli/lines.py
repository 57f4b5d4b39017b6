"""`line`: open, show, suspend and resume a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.precedence import Precedence
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting, read_prepared, show_message

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.entrypoints.cli.signing import Acting

Json = Any

DUTY_DESK: Final = "The duty desk, by the telephone numbers of the channel book"
"""Whom to reach while a line is suspended, when the officer names nobody else."""


def open_line(args: Namespace) -> int:
    """Propose the default charter to a pinned peer and sign our assent to it."""
    with acting(args) as desk:
        officer = desk.officer(LOCAL_ACTS["charter-assent"][1])
        line = desk.client.open_line(officer, args.peer.upper())
        if line["assented_by_us"]:
            return _told(args, line)
        asked = desk.prepare("assent", officer, line=line["line"])
        if not args.json:
            _show_charter(desk, asked)
        desk.submit(officer, desk.sign(asked, officer))
        line = _line(desk, line["line"])
    return _told(args, line)


def _show_charter(desk: Acting, asked: Json) -> None:
    from armslength.line.charter import parse_charter

    data = read_prepared(asked).body.get(21)
    charter = parse_charter(data if isinstance(data, bytes) else b"", desk.realm)
    terminal.heading(desk.realm.value, f"charter between {' and '.join(party for party, _ in charter.parties)}")
    terminal.pairs(
        [
            ("purpose", charter.purpose),
            ("topics", charter.permitted_topics),
            ("excluded", charter.excluded_topics),
            ("languages", charter.languages),
            ("forms", charter.forms),
            ("mode", charter.mode),
            ("suspension", charter.suspension_rule),
        ]
    )
    rows = [
        {
            "precedence": precedence.name,
            **{f"R{level}": _seconds(charter.deadline_s(precedence, level)) for level in range(5)},
        }
        for precedence in sorted(Precedence, reverse=True)
    ]
    terminal.say("\nWhen which receipt is due after release:")
    terminal.table(rows, ("precedence", "R0", "R1", "R2", "R3", "R4"), empty="none")
    terminal.say()


def _seconds(due: int | None) -> str:
    from armslength.core.instants import duration_text

    return "-" if due is None else duration_text(due * 1_000_000)


def _line(desk: Acting, line_id: str) -> Json:
    return next(one for one in desk.client.read("lines") if one["line"] == line_id)


def _told(args: Namespace, line: Json) -> int:
    if args.json:
        terminal.say_json(line)
    elif line["assented_by_them"]:
        terminal.say(f"The line to {line['peer']} is {line['declared']}: both sides assented to the charter.")
    else:
        terminal.say(f"We assented. The line to {line['peer']} opens when {line['peer']} assents to the same charter.")
        terminal.say("It travels by itself while both nodes run. Next: armslength run")
    return 0


def show(args: Namespace) -> int:
    """Show lines."""
    with acting(args) as desk:
        lines = desk.client.read("lines")
        realm = desk.realm.value
    if args.peer:
        wanted = args.peer.lower()
        lines = [one for one in lines if one["peer"].lower() == wanted or one["line"].startswith(wanted)]
    if args.json:
        terminal.say_json(lines)
        return 0
    terminal.heading(realm, terminal.counted(len(lines), "line"))
    for line in lines:
        terminal.say()
        terminal.pairs(_rows(line))
    return 0


def _rows(line: Json) -> list[tuple[str, object]]:
    waiting = line["waiting"]
    return [
        ("peer", line["peer"]),
        ("line", line["line"]),
        ("declared", line["declared"]),
        ("observed", _observed(line)),
        ("assented", f"by us {_yes(line['assented_by_us'])}, by them {_yes(line['assented_by_them'])}"),
        ("last heard", line["last_heard_at"] or "never"),
        ("sent", f"{line['sent']}, waiting {waiting}{': ' + terminal.NOT_DELIVERED if waiting else ''}"),
        ("accepted", f"{line['accepted']}, missing {', '.join(map(str, line['missing'])) or 'none'}"),
        ("journal", f"{line['cosigned_by_peer']} entries of ours cosigned by them"),
        ("frozen", line["frozen"] or "no"),
        ("fingerprint", line["peer_fingerprint"]),
    ]


def _observed(line: Json) -> str:
    silent = line["unanswered"]
    return f"{line['observed']}: {silent} unanswered by persons" if silent else str(line["observed"])


def _yes(value: object) -> str:
    return "yes" if value else "no"


def judge(args: Namespace) -> int:
    """Say what the silence of a line is; software counts it, a person judges it."""
    given = {"line": args.peer, "judged": args.judged, "reason": args.reason}
    with acting(args) as desk:
        desk.sign_local("judgement", LOCAL_ACTS["session"][1], given)
        lines = desk.client.read("lines")
        realm = desk.realm.value
    wanted = (args.peer or "").lower()
    line = next(one for one in lines if not wanted or one["peer"].lower() == wanted or one["line"].startswith(wanted))
    if args.json:
        terminal.say_json(line)
    else:
        terminal.heading(realm, f"line to {line['peer']}: observed {line['observed']}")
        terminal.say("The other side was told nothing.")
    return 0


def suspend(args: Namespace) -> int:
    """Tell the other side that we suspend the line."""
    values: dict[str, Json] = {
        "suspended-from": _since(args),
        "suspension-reason": args.reason.upper(),
        "stays-open": ["STOPS-AND-RECEIPTS", *(["NAMED-AGREEMENTS"] if args.agreement else [])],
        "reach-meanwhile": [args.reach or DUTY_DESK],
    }
    if args.agreement:
        values["agreements-open"] = args.agreement
    return _declare(args, "SUSPEND", values)


def resume(args: Namespace) -> int:
    """Tell the other side that we take the line up again."""
    return _declare(args, "RESUME", {"resumed-from": _since(args)})


def _since(args: Namespace) -> str:
    from armslength.core.instants import rfc3339
    from armslength.node import system_now

    return str(args.since or rfc3339(system_now()))


def _declare(args: Namespace, code: str, values: dict[str, Json]) -> int:
    from armslength.line.forms import form

    if args.text:
        values["free-text"] = args.text
    with acting(args) as desk:
        officer = desk.officer(form(code).releasers)
        asked = desk.prepare(
            "message", officer, line=args.peer, form=code, precedence="PRIORITY", values=values, alone=True
        )
        show_message(desk, asked)
        done = desk.submit(officer, desk.sign(asked, officer))[0]
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say(f"{code}, number {done['number']}: {done['delivery']}.")
    return 0

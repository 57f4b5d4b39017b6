"""`audit report`: who did what at this desk in a period, counts first, details after."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armslength.core.errors import LocalError
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

Json = Any


def report(args: Namespace) -> int:
    """Show the audit report, or write it as JSON, CSV or PDF."""
    query = {"from": getattr(args, "from"), "to": args.to, "as_of": args.as_of}
    with acting(args) as desk:
        if args.pdf:
            _write(args.pdf, b64decode(desk.client.read("sheets", "audit", **query)["pdf"]))
        found, realm = desk.client.read("audit-report", **query), desk.realm.value
    if args.csv:
        from armslength.desk.auditing import report_csv

        _write(args.csv, report_csv(found).encode())
    if args.json:
        terminal.say_json(found)
        return 0
    written = [name for name in (args.pdf, args.csv) if name]
    for name in written:
        terminal.say(f"Written into {name}. SHA-256 of the report: {found['sha256']}")
    if not written:
        _say(realm, found)
    return 0


def _write(name: str, data: bytes) -> None:
    try:
        Path(name).write_bytes(data)
    except OSError as error:
        raise LocalError("FILE-WRITE", file=name, because=str(error)) from error


def _say(realm: str, told: Mapping[str, Json]) -> None:
    from armslength.desk.service_audit import TIMES_HEAD, by_whom, message_name, seconds, shown, span, times_row

    checkpoint = told["checkpoint"]
    terminal.heading(realm, f"audit report of {told['party']}, {span(told)}")
    terminal.pairs(
        [
            ("journal", checkpoint["origin"]),
            ("entries", checkpoint["size"]),
            ("root", checkpoint["root"]),
            ("sha256", told["sha256"]),
        ]
    )
    terminal.say(f"\nHOW MANY OF WHAT: {terminal.counted(told['entries'], 'entry').replace('entrys', 'entries')}")
    rows = [{**one, "of_which": _of_which(one)} for one in told["sections"]]
    terminal.table(rows, ("title", "count", "of_which"), empty="none")
    if told["destroyed"]:
        terminal.say(f"The contents of {told['destroyed']} entries were destroyed and are not told here.")
    terminal.say("")
    terminal.table(told["counts"], ("kind", "count", "means"), empty="no entry")
    alarms = told["alarms"]
    terminal.say(
        f"\nALARMS: {alarms['accepted']} accepted, {alarms['unaccepted']} not; "
        f"median {seconds(alarms['median_s'])}, worst {seconds(alarms['worst_s'])}."
    )
    terminal.say("\nTIMES TO RECEIPTS, by our clock and as both sides state them")
    lines = [dict(zip(TIMES_HEAD, times_row(one), strict=True)) for one in told["times"]]
    terminal.table(lines, TIMES_HEAD, empty="no message")
    for section in told["sections"]:
        terminal.say(f"\n{section['title'].upper()} ({section['count']})")
        for row in section["rows"]:
            terminal.say(f"  {row['index']:>6}  {shown(row['at'])}  {by_whom(row)}  {row['sentence']}")
        if not section["rows"]:
            terminal.say("  none")
    terminal.say("\nMESSAGES AND THEIR RECEIPTS")
    for message in told["messages"]:
        terminal.say(f"  {message['index']:>6}  {shown(message['released_at'])}  {message_name(message)}")
        _say_receipts(message["receipts"])


def _of_which(section: Mapping[str, Json]) -> str:
    return ", ".join(f"{one['what']} {one['count']}" for one in section["by_what"])


def _say_receipts(receipts: list[Mapping[str, Json]]) -> None:
    from armslength.desk.auditing import receipt_text
    from armslength.desk.service_audit import by_whom

    for one in receipts:
        by = f"  {by_whom(one)}" if one["officer"] else ""
        terminal.say(f"          {one['level']} {receipt_text(one)}{by}")

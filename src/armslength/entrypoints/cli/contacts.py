"""`contact`: every attempt to speak to the other side, the count with its list, its certificate, and the ledger."""

from __future__ import annotations

import csv
import json
import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.text import csv_safe
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting
from armslength.entrypoints.cli.values import read_json

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.entrypoints.cli.signing import Acting

Json = Any

COUNT_KEYS: Final = (
    *("channel", "since", "as_of", "initiated_by", "certain", "possible", "count", "rule", "contacts"),
    "completeness",
)
"""What `contact count --json` prints; the certificate is a command of its own."""

LEDGER: Final = (
    *("number", "channel", "from", "until", "purpose", "initiated_by", "outcome", "ours", "theirs", "interpreter"),
    *("subjects", "facilities", "concerns", "case", "call", "level", "proof", "completeness", "certain", "answers"),
    *("corrects", "corrected_by", "because", "sources", "unknown", "notes", "agreed_text", "officer", "entered_at"),
    *("entry", "leaf_hash"),
)
"""Columns of the ledger."""

LEDGER_PAGE: Final = 1_000
SHOWN: Final = 20
"""Rows of a count on the screen; --json has all."""

_NOT_GIVEN: Final = frozenset({"number", "corrected_by", "officer", "entered_at", "entry", "leaf_hash"})
"""What a contact shows that nobody gives it."""

_OPTIONS: Final = {
    "channel": "channel",
    "outcome": "outcome",
    "start": "from",
    "end": "until",
    "purpose": "purpose",
    "initiated_by": "initiated_by",
    "ours": "ours",
    "theirs": "theirs",
    "subject": "subjects",
    "facility": "facilities",
    "concern": "concerns",
    "source": "sources",
    "not_known": "unknown",
    "interpreter": "interpreter",
    "case": "case",
    "notes": "notes",
    "agreed_text": "agreed_text",
    "level": "level",
    "proof": "proof",
    "answers": "answers",
    "of_call": "call",
    "message": "message",
}
"""Option -> field of a contact."""


# --- entering ---------------------------------------------------------------------------------------------------------


def add(args: Namespace) -> int:
    """Enter a contact by options, or those of a file, each signed."""
    many = _from_file(args.file) if args.file else [{}]
    given = [{**one, **_given(args)} for one in many]
    for one in given:
        for name, option in (("channel", "--channel"), ("from", "--from"), ("outcome", "--outcome")):
            if not one.get(name):
                raise LocalError(
                    "OPTION-VALUE", option=option, expected="a value, or a file that has it", got="nothing"
                )
    with acting(args) as desk:
        made = [_enter(desk, one) for one in given]
        realm = desk.realm.value
    return _entered(args, realm, made)


def _from_file(name: str) -> list[Json]:
    found = read_json(name)
    many = found if isinstance(found, list) else [found]
    if not many or not all(isinstance(one, dict) for one in many):
        raise LocalError("FILE-READ", file=name, because="neither a contact nor a list of them")
    return many


def _given(args: Namespace) -> dict[str, Json]:
    given = {field: value for option, field in _OPTIONS.items() if (value := getattr(args, option)) is not None}
    if args.press:
        given["completeness"] = "PRESS"
    if args.uncertain:
        given["certain"] = False
    return given


def _enter(desk: Acting, given: Json) -> Json:
    done = desk.sign_local("contact", LOCAL_ACTS["contact"][1], given)
    recent: list[Json] = desk.client.read("contacts", channel=str(given["channel"]).lower(), limit=LEDGER_PAGE)
    made: Json = next((one for one in recent if one["entry"] == done["index"]), done)
    return made


def _entered(args: Namespace, realm: str, made: list[Json]) -> int:
    if args.json:
        terminal.say_json(made)
        return 0
    for one in made:
        terminal.say(f"{realm}  {one.get('number', 'contact')} entered, journal entry {one.get('entry', '-')}.")
    number = made[-1].get("number", "NUMBER")
    terminal.say(f"Next: armslength contact show {number}; a mistake is put right with armslength contact correct")
    return 0


def correct(args: Namespace) -> int:
    """Enter a contact that corrects another one; what is not given stays as it was."""
    with acting(args) as desk:
        held = desk.client.read("contacts", args.number.upper())
        kept = {name: value for name, value in held.items() if name not in _NOT_GIVEN and value not in ("", [], None)}
        given = {**kept, **_given(args), "corrects": held["number"], "because": args.because}
        if args.start is not None and args.end is None:
            given.pop("until", None)
        made = [_enter(desk, given)]
        realm = desk.realm.value
    return _entered(args, realm, made)


# --- looking ----------------------------------------------------------------------------------------------------------


def _asked(args: Namespace) -> dict[str, str | None]:
    return {
        "channel": ",".join(args.channel) if args.channel else None,
        "since": args.since,
        "until": args.until,
        "subject": args.subject,
        "case": args.case,
        "find": args.find,
    }


def listing(args: Namespace) -> int:
    """List contacts, the newest first."""
    with acting(args) as desk:
        found = desk.client.read("contacts", **_asked(args), limit=args.limit, offset=args.offset)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"{terminal.counted(len(found), 'contact')}, the newest first")
    rows = [{**one, "when": time_text(one), "by": one["initiated_by"] or "not known"} for one in found]
    columns = ("number", "channel", "when", "by", "purpose", "outcome", "proof", "subjects", "corrected_by")
    terminal.table(rows, columns, empty="none")
    return 0


def show(args: Namespace) -> int:
    """Show one contact."""
    with acting(args) as desk:
        one = desk.client.read("contacts", args.number.upper())
        realm = desk.realm.value
    if args.json:
        terminal.say_json(one)
        return 0
    terminal.heading(realm, f"contact {one['number']} on {one['channel']}: {one['outcome']}")
    if one["corrected_by"]:
        terminal.say(f"CORRECTED by {one['corrected_by']}: this record is kept, and does not count.")
    shown = [name for name in LEDGER if name not in {"number", "channel", "outcome", "from", "until", "corrected_by"}]
    terminal.pairs([("when (UTC)", time_text(one)), *((name.replace("_", " "), one[name]) for name in shown)])
    if one["proof"] != "SIGNED":
        terminal.say(f"{one['proof']}: may be stated so, never published as proved.")
    return 0


def time_text(one: Json) -> str:
    """Return when something began: a minute, or the two between which it lies."""
    first, last = str(one["from"]), str(one["until"])
    return f"{first[:16]}Z" if first == last else f"{first[:16]}Z to {last[:16]}Z"


# --- the count --------------------------------------------------------------------------------------------------------


def _question(args: Namespace) -> dict[str, str | None]:
    return {
        "channel": ",".join(args.channel) if args.channel else None,
        "since": args.since,
        "as_of": args.as_of,
        "subject": args.subject,
        "initiated_by": args.initiated_by,
        "unit": args.unit,
        "direction": args.direction,
    }


def count(args: Namespace) -> int:
    """Count the uses of channels."""
    with acting(args) as desk:
        found = desk.client.read("contact-count", **_question(args))
        realm = desk.realm.value
    if args.json:
        terminal.say_json({name: found[name] for name in COUNT_KEYS})
        return 0
    said = found["completeness"]
    proofs = sorted({one["proof"] for one in found["contacts"]})
    known = f" ({', '.join(proofs)})" if proofs else ""
    number = f"{terminal.counted(found['certain'], 'use')} certain, {found['possible']} more possible{known}"
    unknown = "UNKNOWN: " if said["answer"] == "UNKNOWN" else ""
    terminal.heading(realm, f"{unknown}{number}, as of the end of {found['as_of']} UTC")
    terminal.say(said["text"])
    terminal.say(f"Rule: {found['rule']['question']}")
    rows = [
        {**one, "when": time_text(one), "by": one["initiated_by"] or "not known"} for one in found["contacts"][:SHOWN]
    ]
    terminal.table(
        rows, ("number", "channel", "when", "by", "proof", "completeness", "counts", "because"), empty="None counts."
    )
    if len(found["contacts"]) > SHOWN:
        terminal.say(f"... and {len(found['contacts']) - SHOWN} more; --json has all.")
    if found["excluded"]:
        terminal.say("\nNot counted:")
        terminal.table(found["excluded"], ("number", "reason"), empty="none")
    return 0


def certificate(args: Namespace) -> int:
    """Certify a count, or hold a certificate against the journal."""
    if args.verify:
        return _verify(args)
    with acting(args) as desk:
        made = desk.client.read("contact-certificate", **_question(args))
        realm = desk.realm.value
    if args.to:
        _write(args.to, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    if args.json:
        terminal.say_json(made)
        return 0
    terminal.heading(realm, f"certificate: {made['certain']} certain, {made['possible']} more possible")
    terminal.say(f"Rule: {made['rule']['text']}")
    terminal.say(f"Counted from {made['journal_size']} journal entries, root {made['journal_root']}.")
    columns = ("reference", "channel", "proof", "certain", "entry", "leaf_hash")
    terminal.table(made["listed"], columns, empty="None counts.")
    terminal.say(f"Written to {args.to}." if args.to else "--to FILE writes it; --verify FILE counts again by it.")
    return 0


def _verify(args: Namespace) -> int:
    from armslength.channels import count_certificates

    given = count_certificates.from_document(read_json(args.verify))
    with acting(args) as desk:
        again = desk.client.read(
            "contact-certificate",
            channel=",".join(given.channels) or None,
            since=given.since or None,
            as_of=given.as_of,
            subject=given.subject or None,
            initiated_by=given.initiated_by or None,
            unit=given.rule.unit.value,
            direction=given.rule.direction.value,
            size=given.journal_size,
        )
        realm = desk.realm.value
    count_certificates.verify(given, count_certificates.from_document(again))
    if args.json:
        terminal.say_json({"verified": True, "certain": given.certain, "possible": given.possible})
        return 0
    terminal.heading(realm, f"The certificate holds: {given.certain} certain, {given.possible} more possible.")
    terminal.say(f"Counted again from the first {given.journal_size} entries of this journal; the list is the same.")
    return 0


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise LocalError("FILE-WRITE", file=name, because=error.strerror or "") from error


# --- the ledger -------------------------------------------------------------------------------------------------------


def ledger(args: Namespace) -> int:
    """Write the ledger of contacts as CSV, the newest first."""
    found: list[Json] = []
    with acting(args) as desk:
        while True:
            page = desk.client.read("contacts", **_asked(args), limit=LEDGER_PAGE, offset=len(found))
            found += page
            if len(page) < LEDGER_PAGE:
                break
        realm = desk.realm.value
    text = ledger_csv(realm, found)
    if args.to == "-":
        sys.stdout.write(text)
        return 0
    _write(args.to, text)
    if args.json:
        terminal.say_json({"file": args.to, "contacts": len(found)})
    else:
        terminal.heading(realm, f"{terminal.counted(len(found), 'contact')} written to {args.to}.")
    return 0


def ledger_csv(realm: str, rows: list[Json]) -> str:
    """Return contacts as CSV; no cell of it is a formula to a spreadsheet, and every row says its realm."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("realm", *LEDGER))
    for one in rows:
        writer.writerow((realm, *(csv_safe(_cell(one[name])) for name in LEDGER)))
    return out.getvalue()


def _cell(value: Json) -> str:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)

"""`report`, `facility`: what the register and the watch hold, and what is entered by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.concerns import concern_table, short, span
from armslength.entrypoints.cli.signing import acting
from armslength.entrypoints.cli.values import read_json, split_pairs

if TYPE_CHECKING:
    from argparse import Namespace

Json = Any

LISTED_MAX: Final = 50
"""Facilities on the screen when nobody says how many."""

TEXT_CHARS: Final = 60
"""Of a report's text in a list."""

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_GRADE: Final = re.compile(r"([A-F])([1-6])")


def report_add(args: Namespace) -> int:
    """Enter reports, each by itself, so that each may flag a concern."""
    reports = _from_file(args.file) if args.file else [_from_fields(args.field)]
    with acting(args) as desk:
        done = [desk.sign_local("report", LOCAL_ACTS["report"][1], report) for report in reports]
        concerns = desk.client.read("concerns")
        realm = desk.realm.value
    if args.json:
        terminal.say_json([{"report_id": r["report_id"], **d} for r, d in zip(reports, done, strict=True)])
        return 0
    for report, entered in zip(reports, done, strict=True):
        terminal.say(f"{report['report_id']}: entered, journal entry {entered['index']}.")
    open_ones = [one for one in concerns if one["status"] in {"FLAGGED", "CORROBORATED"}]
    if open_ones:
        terminal.heading(realm, "concerns that wait for a person:")
        concern_table(open_ones)
        terminal.say(f"Next: armslength concern show {open_ones[0]['id']}")
    return 0


def _from_file(name: str) -> list[Json]:
    document = read_json(name)
    reports = document.get("reports") if isinstance(document, dict) and "reports" in document else [document]
    if not isinstance(reports, list) or not all(isinstance(one, dict) and "report_id" in one for one in reports):
        raise LocalError("REGISTER-DOCUMENT", expected='{"reports": [...]}, each with a report_id')
    return reports


def _from_fields(pairs: list[str]) -> Json:
    found: Json = split_pairs(pairs)
    if "report_id" not in found:
        raise LocalError("REGISTER-DOCUMENT", expected="a file, or --field report_id=... and the report's other fields")
    if "interval" in found:
        found["interval"] = found["interval"].split("/")
    if "uncertainty_m" in found:
        found["uncertainty_m"] = _whole(found["uncertainty_m"])
    if "grade" in found:
        grade = _GRADE.fullmatch(found["grade"].upper())
        if grade is None:
            raise LocalError("OPTION-VALUE", option="--field grade", expected="A1 to F6", got=found["grade"])
        found["grade"] = {"reliability": grade[1], "credibility": int(grade[2])}
    return found


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise LocalError("OPTION-VALUE", option="--field uncertainty_m", expected="metres", got=text)
    return int(text)


def facility_add(args: Namespace) -> int:
    """Enter a facility from a file."""
    document = read_json(args.file)
    if not isinstance(document, dict):
        raise LocalError("REGISTER-DOCUMENT", expected="an object")
    with acting(args) as desk:
        done = desk.sign_local("facility", LOCAL_ACTS["facility"][1], document)
    if args.json:
        terminal.say_json({"facility_id": document.get("facility_id"), **done})
    else:
        terminal.say(f"{document.get('facility_id')}: entered, journal entry {done['index']}.")
    return 0


def facility_list(args: Namespace) -> int:
    """List facilities, all or those of a kind or name, whatever the script in which it is written."""
    with acting(args) as desk:
        found = desk.client.read("facilities")
        realm = desk.realm.value
    kind = args.kind.upper() if args.kind else None
    fitting = [one for one in found if kind in {None, one["kind"]} and _named_like(one, args.find)]
    if args.json:
        terminal.say_json(fitting)
        return 0
    count = f"{len(fitting)} of {len(found)}" if kind or args.find else str(len(found))
    terminal.heading(realm, f"{count} facilities" if count != "1" else "1 facility")
    rows = [{**one, "id": one["facility_id"], "name": one["names"][0]["name"]} for one in fitting[: args.limit]]
    terminal.table(rows, ("id", "name", "kind", "place", "mgrs", "rings_m"), empty="none")
    if len(fitting) > args.limit:
        terminal.say(f"and {len(fitting) - args.limit} more: --find NAME, --kind KIND or --limit N")
    return 0


def _named_like(one: Json, text: str | None) -> bool:
    if not text:
        return True
    from armslength.language.transliteration import search_keys, skeleton

    if text.upper() == one["facility_id"].upper():
        return True
    wanted = skeleton(text).split()
    return any(
        all(any(key.startswith(word) for key in search_keys(name["name"])) for word in wanted) for name in one["names"]
    )


def facility_show(args: Namespace) -> int:
    """Show a facility, as of a date when one is given."""
    from armslength.entrypoints.cli.facility_card import say_facility

    with acting(args) as desk:
        found = desk.client.read("facilities", args.id, at=_instant(args.at))
        told = desk.client.read("disclosures", facility=found["facility_id"])
        concerns = [one for one in desk.client.read("concerns") if one["facility"] == found["facility_id"]]
        realm = desk.realm.value
    if args.json:
        terminal.say_json({**found, "disclosures": told})
        return 0
    say_facility(realm, found, told, concerns, args.at)
    return 0


def _instant(text: str | None) -> str | None:
    """Return a date as the end of that day: the register of a day is what held when it ended."""
    return f"{text}T23:59:59Z" if text and _DAY.fullmatch(text) else text


def facility_diff(args: Namespace) -> int:
    """Show what each version of a facility changed."""
    with acting(args) as desk:
        found = desk.client.read("facility-versions", args.id)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"{args.id}: {terminal.counted(len(found), 'version')}")
    for one in found:
        since = f"applies from {one['applies_from'][:16]}Z" if one["applies_from"] else "applies from the beginning"
        terminal.say(f"\nversion {one['version']}, {since}{', ' + one['source'] if one['source'] else ''}")
        for change in one["changes"]:
            terminal.say(f"  {change['field']}: {_value(change['before'])} -> {_value(change['after'])}")
        if not one["changes"]:
            terminal.say("  the first one" if one["version"] == 1 else "  nothing changed")
    return 0


def _value(value: object) -> str:
    return short(str(value), 200) if value not in (None, "", []) else "nothing"


def report_list(args: Namespace) -> int:
    """List reports of what happened in an interval; the last day without one."""
    with acting(args) as desk:
        found = desk.client.read("reports", since=args.since, until=args.until, limit=args.limit)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    asked = f"since {args.since}" if args.since else "of the last day"
    terminal.heading(realm, f"{terminal.counted(len(found), 'report')} {asked}, by the time of what happened")
    rows = [
        {**one, "id": one["report_id"], "happened": span(one), "text": short(one["text"], TEXT_CHARS)} for one in found
    ]
    terminal.table(rows, ("happened", "what", "grade", "id", "place", "who_says", "text"), empty="none")
    if len(found) >= args.limit:
        terminal.say(f"No more than {args.limit} are shown: --limit, --since and --until say which.")
    return 0


def report_show(args: Namespace) -> int:
    """Show one report with its three times: happened, received, flagged."""
    with acting(args) as desk:
        found = desk.client.read("reports", args.id)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, f"report {found['report_id']}: {found['kind']}, {found['what']}")
    flagged = [f"{one['id']} at {one['flagged_at']}" for one in found["concerns"]]
    terminal.pairs(
        [
            ("happened", span(found)),
            ("received", found["received_at"]),
            ("flagged", flagged or "in no concern"),
            ("place", f"{found['place']} {found['place_name']}".strip()),
            ("known within", f"{found['uncertainty_m']} m, by {found['located_by']}"),
            ("who says", found["who_says"]),
            ("acknowledged", [one["who"] for one in found["acknowledged_by"]] or "by nobody"),
            ("grade", found["grade"]),
            ("source", found["source"]),
            ("address", found["address"]),
            ("see also", [f"{one['report_id']} ({one['kind']})" for one in found["links"]] or "-"),
            ("journal entry", found["entry"]),
        ]
    )
    terminal.say(f"\nText ({found['language']}):\n  {found['text']}")
    return 0

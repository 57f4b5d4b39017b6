"""`report`, `concern`, `facility`: what the watch enters and what people make of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting
from armslength.entrypoints.cli.values import read_json, split_pairs

if TYPE_CHECKING:
    from argparse import Namespace

Json = Any

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
        _table(open_ones)
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


def concern_list(args: Namespace) -> int:
    """List concerns."""
    with acting(args) as desk:
        found = desk.client.read("concerns")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, "concerns")
    _table(found)
    return 0


def _table(concerns: list[Json]) -> None:
    rows = [{**one, "evidence": len(one["evidence"]), "conveyed": bool(one["conveyed"])} for one in concerns]
    terminal.table(rows, ("id", "facility", "status", "flagged_at", "evidence", "conveyed"), empty="none")


def concern_show(args: Namespace) -> int:
    """Show one concern."""
    with acting(args) as desk:
        found = [one for one in desk.client.read("concerns") if one["id"] == args.id.upper()]
        realm = desk.realm.value
    if not found:
        raise LocalError("CONCERN-UNKNOWN", asked=args.id)
    if args.json:
        terminal.say_json(found[0])
        return 0
    _say(realm, found[0])
    return 0


def _say(realm: str, one: Json) -> None:
    terminal.heading(realm, f"concern {one['id']} about {one['facility']}: {one['status']}")
    terminal.say(f"Evidence: {', '.join(one['evidence'])}")
    terminal.table(one["history"], ("at", "step", "officer", "reason"), empty="no steps")
    for conveyed in one["conveyed"]:
        terminal.say(f"Conveyed by {conveyed['means']} at {conveyed['at']}, reference {conveyed['reference'][:12]}.")
    if not one["conveyed"]:
        terminal.say("Not conveyed: no receipt R0 of a message about it, and no recorded call.")


def concern_step(args: Namespace) -> int:
    """Take a step on a concern, with a reason."""
    given = {"concern": args.id.upper(), "step": args.step, "reason": args.reason}
    with acting(args) as desk:
        desk.sign_local("concern-step", LOCAL_ACTS["concern-step"][1], given)
        after = next(one for one in desk.client.read("concerns") if one["id"] == args.id.upper())
        realm = desk.realm.value
    if args.json:
        terminal.say_json(after)
        return 0
    _say(realm, after)
    if args.step == "pursue":
        terminal.say(f"Next: armslength message draft CONCERN --field case-reference={after['id']} ...")
    return 0


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
    """List facilities."""
    with acting(args) as desk:
        found = desk.client.read("facilities")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, "facilities")
    rows = [{**one, "id": one["facility_id"], "name": one["names"][0]["name"]} for one in found]
    terminal.table(rows, ("id", "name", "kind", "place", "mgrs", "rings_m"), empty="none")
    return 0

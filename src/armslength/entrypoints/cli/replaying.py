"""`watch replay`: what the watch would have flagged over files of reports, without a node."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.instants import DAY_US, Instant, parse_rfc3339, rfc3339
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.values import read_text

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.bulk import Replayed
    from armslength.register.flag_types import Finding

Json = Any

REFUSED_SHOWN: Final = 5
"""Refused rows named on the screen."""


def replay(args: Namespace) -> int:
    """Judge files of reports by the rules, and say what would have been flagged."""
    from armslength import bulk

    found = bulk.replay(
        Path(args.facilities),
        [Path(one) for one in args.reports],
        rules=read_text(args.rules) if args.rules else None,
        since=_instant(args.since, 0),
        until=_instant(args.until, DAY_US),
    )
    if args.json:
        terminal.say_json(_json(found))
        return 0
    _say(found)
    return 0


def _instant(text: str | None, further: int) -> Instant | None:
    """Return the first instant of a date, so much later, or the instant that was given."""
    if text is None:
        return None
    return Instant(parse_rfc3339(f"{text}T00:00:00Z") + further) if "T" not in text else parse_rfc3339(text)


def _day(one: Finding) -> str:
    return rfc3339(Instant(one.day * DAY_US))[:10]


def _json(found: Replayed) -> Json:
    return {
        "rules": found.rules.version,
        "facilities": found.facilities,
        "reports": found.reports,
        "refused": found.refused_count,
        "refused_rows": [{"row": one.row, "code": one.code, "reason": one.reason} for one in found.refused],
        "load": {
            "watches": found.load.watches,
            "flagged": found.load.flagged,
            "median": found.load.median,
            "worst": found.load.worst,
            "worst_at": None if found.worst is None else rfc3339(found.worst[0]),
        },
        "findings": [
            {
                "day": _day(one),
                "facility": one.facility_id,
                "act": one.act.value,
                "rule": one.rule_id,
                "rank": one.rank,
                "certainty": one.certainty,
                "reason": one.reason,
                "against": list(one.counter_evidence),
                "evidence": list(one.evidence),
            }
            for one in found.findings
        ],
        "by_facility": _by_facility(found),
    }


def _by_facility(found: Replayed) -> list[Json]:
    flagged = Counter(one.facility_id for one in found.findings if one.act.value == "FLAG")
    grown = Counter(one.facility_id for one in found.findings if one.act.value == "CORROBORATE")
    names = sorted({*flagged, *grown, *found.held_back}, key=lambda name: (-flagged[name], -grown[name], name))
    return [
        {
            "facility": name,
            "name": found.names[name],
            "flagged": flagged[name],
            "corroborated": grown[name],
            "held_back": found.held_back.get(name, 0),
        }
        for name in names
    ]


def _say(found: Replayed) -> None:
    terminal.say(
        f"REPLAY  {found.reports} reports against {found.facilities} facilities by the rules "
        f"{found.rules.name}, version {found.rules.version}"
    )
    for row in found.refused[:REFUSED_SHOWN]:
        terminal.say(f"  refused, row {row.row}: {row.reason} ({row.code})")
    if found.refused_count > REFUSED_SHOWN:
        terminal.say(f"  and {found.refused_count - REFUSED_SHOWN} more rows refused")
    flags = [one for one in found.findings if one.act.value == "FLAG"]
    terminal.say("\nConcerns, by the day of what was reported:")
    day = ""
    for one in flags:
        head = _day(one) if _day(one) != day else " " * 10
        day = _day(one)
        terminal.say(f"{head}  {one.facility_id}, {found.names[one.facility_id]}: rank {one.rank}, {one.certainty}")
        terminal.say(f"{' ' * 12}[{one.rule_id}] {one.reason}")
    if not flags:
        terminal.say("none")
    terminal.say()
    columns = ("facility", "name", "flagged", "corroborated", "held_back")
    terminal.table(_by_facility(found), columns, empty="No facility was touched by any report.")
    load = found.load
    worst = f", the one from {rfc3339(found.worst[0])[:16]}Z" if found.worst is not None and load.worst else ""
    terminal.say(
        f"\nLoad: {load.flagged} flagged in {load.watches} watches of eight hours; "
        f"{load.median} in the middle one, {load.worst} in the worst{worst}."
    )

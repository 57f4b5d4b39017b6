"""One facility on the screen: what the register says of it, each statement with who says so and as of when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.entrypoints.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Json = Any


def say_facility(realm: str, one: Json, told: Sequence[Json], concerns: Sequence[Json], at: str | None) -> None:
    """Print a facility."""
    as_of = f", as of {at}" if at else ""
    terminal.heading(realm, f"{one['facility_id']}: {one['names'][0]['name']}{as_of}")
    terminal.pairs(
        [
            ("kind", one["kind"]),
            ("also called", [f"{name['name']} ({name['language']})" for name in one["names"][1:]] or "-"),
            ("place", f"{one['place']}, MGRS {one['mgrs']}, known within {one['precision_m']} m"),
            ("site", _site(one)),
            ("watch rings", f"{', '.join(str(ring) for ring in one['rings_m'])} m"),
            ("special sign", one["special_sign"]),
            ("disclosure", one["disclosure"]),
            ("review due", _day(one["review_due"])),
            ("versions", one["versions"]),
            ("needed by", [f"{row['facility_id']} ({row['kind']})" for row in one["needed_by"]] or "-"),
        ]
    )
    for title, key, line in _PARTS:
        if one[key]:
            terminal.say(f"\n{title}:")
            for row in one[key]:
                terminal.say(f"  {line(row)}")
    _say_told(told)
    _say_concerns(concerns)


def _site(one: Json) -> str:
    if one["shape"] is not None:
        return f"{one['shape']['kind'].lower()} of {one['shape']['source']}"
    return f"circle of {one['site_radius_m']} m" if one["site_radius_m"] else "a point"


def _day(text: str | None) -> str:
    return "-" if text is None else text[:10]


def _by(row: Json, when: str = "as_of") -> str:
    since = row.get(when)
    return f" [{row['source']}{', ' + _day(since) if since else ''}]"


def _note(row: Json) -> str:
    return f", {row['note']}" if row["note"] else ""


def _holding(row: Json) -> str:
    return f"{row['who']}{' since ' + _day(row['since']) if row['since'] else ''} [{row['source']}]"


def _range(row: Json) -> str:
    amount = row["low"] if row["low"] == row["high"] else f"{row['low']} to {row['high']}"
    back = f", restored {_day(row['restored_at'])}" if row["restored_at"] else ""
    return f"{row['kind']}: {amount} {row['unit']}{_note(row)}{back}{_by(row)}"


def _fact(row: Json) -> str:
    amount = f": {row['value']} {row['unit'] or ''}".rstrip() if row["value"] else ""
    return f"{row['text']}{amount}{_by(row)}"


def _basis(row: Json) -> str:
    return f"{row['basis']}{' for ' + row['party'] if row['party'] else ''}{_note(row)}"


_PARTS: Final[tuple[tuple[str, str, Callable[[Json], str]], ...]] = (
    ("Positions, by source", "positions", lambda row: f"{row['place']}{_by(row)}"),
    ("Operator by law", "operator_de_jure", _holding),
    ("Controlling force in fact", "controlling_force_de_facto", _holding),
    ("Protection", "protected_status", _basis),
    ("Needs", "dependencies", lambda row: f"{row['on']} for {row['kind']}{_note(row)} [{row['source']}]"),
    ("Hazards", "hazards", lambda row: f"{row['kind']}: {row['value']} {row['unit']}{_note(row)}{_by(row)}"),
    ("Pillars and principles", "pillars", lambda row: f"{row['pillar']}: {row['status']}{_note(row)}{_by(row)}"),
    ("Monitors", "monitors", lambda row: f"{row['who']}: access {row['access']}{_note(row)}{_by(row, 'since')}"),
    ("Consequences, by account", "consequences", _range),
    ("Components", "components", lambda row: f"{row['component_id']}: {row['name']}, {row['kind']} [{row['source']}]"),
    ("Agreements", "agreements", lambda row: f"{row['name']}{_note(row)}{_by(row, 'since')}"),
    ("Stood", "life", lambda row: f"from {_day(row['from'])} until {_day(row['until'])} [{row['source']}]"),
    ("Facts", "facts", _fact),
)


def _say_told(told: Sequence[Json]) -> None:
    terminal.say("\nTold to others:")
    for one in told:
        ended = f", ended {_day(one['ended_at'])} ({one['ended_by']})" if one["ended_at"] else ""
        expired = ", EXPIRED" if one["expired"] and not one["ended_at"] else ""
        precision = f", place within {one['precision_m']} m" if one["precision_m"] else ""
        who = f"to {one['line']}" if one["ours"] else f"by {one['line']}"
        receipts = " ".join(sorted(one["receipts"])) or "no receipt"
        terminal.say(
            f"  {who} on {_day(one['at'])}: {', '.join(one['told'])}{precision}, until {_day(one['valid_until'])}"
            f"{ended}{expired}; {receipts}; notice {one['notice'][: terminal.ID_SHOWN_CHARS]}"
        )
    if not told:
        terminal.say("  nothing")


def _say_concerns(concerns: Sequence[Json]) -> None:
    if concerns:
        said = ", ".join(f"{one['id']} {one['status']}" for one in concerns)
        terminal.say(f"\nConcerns: {said}")

"""Channels to check and what people record of them, at a node that needs no peer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.core.instants import Instant, parse_rfc3339
from armslength.desk import check_changes, clockwork, service_line_checks
from builders.local_acts import record
from builders.three_nodes import alarms_of
from builders.two_nodes import Party, Time

if TYPE_CHECKING:
    from armslength.desk.check_changes import Held

Json = Any


def channel(channel_id: str, **changes: Json) -> Json:
    """Return a channel's document: a telephone between two duty posts."""
    return {
        "channel": channel_id,
        "name": f"Line {channel_id}",
        "medium": "TELEPHONE",
        "level": "DUTY",
        "ends": [
            {"side": "OURS", "party": "EUCOM", "post": "our duty post"},
            {"side": "THEIRS", "party": "NDMC", "post": "their duty post"},
        ],
        "purpose": "constructed, for the test",
        "time_zone": "Asia/Seoul",
        "languages": ["en", "ru"],
        **changes,
    }


def alone(at: str, **more: Json) -> Party:
    """Return a party that never had a peer."""
    party = Party(code="EUCOM", time=Time(parse_rfc3339(at)), **more)
    party.found()
    return party


def planned(party: Party, channel_id: str, **given: Json) -> None:
    """Set a plan: 09:00 and 17:00 unless the test says otherwise."""
    usual = {"channel": channel_id, "times": ["09:00", "17:00"], "reason": "as agreed"}
    if "every_min" in given:
        usual["times"] = []
    record(party, "check-plan", {**usual, **given})


def passes(party: Party, text: str) -> None:
    """Let time pass; every deadline on the way is served when it falls due."""
    at = parse_rfc3339(text)
    while True:
        with party.read() as books:
            due = clockwork.next_due(books.unit)
        if due is None or due > at:
            break
        party.time.at = Instant(max(party.time.at, due))
        ticked(party)
    party.time.at = at


def ticked(party: Party) -> None:
    """Let the clockwork look once."""
    with party.write() as books:
        clockwork.tick(books)


def logged(party: Party, channel_id: str, result: str, **given: Json) -> Json:
    """Record what came of a call; return the record as it is listed."""
    body = record(party, "line-check", {"channel": channel_id, "result": result, **given})
    return next(one for one in listed(party, channel_id) if one["made"] and one["result"] == body[21])


def held(party: Party, channel_id: str) -> Held:
    """Return where a channel's checks stand."""
    with party.read() as books:
        found = check_changes.held(books.unit, channel_id)
    assert found is not None
    return found


def listed(party: Party, channel_id: str, **query: Json) -> list[Json]:
    """Return the records of a channel, the newest first."""
    with party.read() as books:
        return service_line_checks.read_checks(books, {"channel": channel_id, "limit": 200, **query})


def strip(party: Party, channel_id: str, days: int = 7) -> Json:
    """Return the strip of a channel."""
    with party.read() as books:
        return service_line_checks.read_strip(books, channel_id, {"days": days})


def bells(party: Party, kind: str = "CHECK-") -> list[str]:
    """Return alarms that were raised, as kind and detail."""
    return [f"{name}: {detail}" for _, name, detail in alarms_of(party, kind)]

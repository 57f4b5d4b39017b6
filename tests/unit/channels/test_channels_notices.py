"""A notice and how far one party was told of it: every transition, and what a receipt of an older version is worth."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from armslength.channels.notices import (
    TRANSITIONS,
    Doubles,
    Event,
    EventKind,
    Kind,
    Notice,
    Status,
    Told,
    Urgency,
    first_told,
    notice_from_value,
    notice_value,
    step,
    told_from_value,
    told_value,
)
from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339

NOW = parse_rfc3339("2022-11-20T11:00:00Z")
HOUR = 3600 * 1_000_000


def notice(**changes: Any) -> Notice:
    given: dict[str, Any] = {
        "reference": "MV-1",
        "kind": Kind.MOVEMENT,
        "organisation": "Relief Hub",
        "contact": "+41 22 000 00 00",
        "name": "Convoy 1",
        "urgency": Urgency.ROUTINE,
        "from_at": Instant(NOW + 72 * HOUR),
        "until_at": Instant(NOW + 78 * HOUR),
        "valid_until": Instant(NOW + 80 * HOUR),
        "recipients": ("NDMC",),
        "values": {100: "N-1", 108: 3},
        "place": (475_600_000, 344_500_000),
        "form": "MOVE-NOTICE",
    }
    return Notice(**(given | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"reference": ""},
        {"reference": "a b"},
        {"organisation": ""},
        {"contact": " "},
        {"name": ""},
        {"recipients": ()},
        {"recipients": ("NDMC", "NDMC")},
        {"recipients": tuple(f"P{n}" for n in range(33))},
        {"until_at": NOW},
        {"valid_until": Instant(NOW + 77 * HOUR)},
        {"supersedes": "?"},
    ],
)
def test_what_is_no_notice_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(LocalError, match="NOTICE-VALUE"):
        notice(**changes)


def test_a_recipient_is_a_party() -> None:
    with pytest.raises(LocalError):
        notice(recipients=("no party",))


def test_a_notice_survives_its_row_and_a_torn_row_is_refused() -> None:
    value = notice_value(notice())
    assert notice_from_value(cbor.decode(cbor.encode(value))) == notice()  # type: ignore[arg-type]  # a map again
    for number in value:
        torn = {key: one for key, one in value.items() if key != number}
        with pytest.raises(LocalError, match="NOTICE-VALUE"):
            notice_from_value(torn)


@pytest.mark.parametrize(
    ("urgency", "hours", "late"),
    [("ROUTINE", 48, False), ("ROUTINE", 47, True), ("EMERGENCY", 24, False), ("URGENT", 23, True)],
)
def test_late_is_less_than_the_hours_of_its_urgency(urgency: str, hours: int, late: bool) -> None:
    begins = Instant(NOW + hours * HOUR)
    one = notice(
        urgency=Urgency(urgency), from_at=begins, until_at=Instant(begins + HOUR), valid_until=Instant(begins + HOUR)
    )
    assert bool(one.late(NOW)) is late


def test_a_site_is_never_late() -> None:
    assert notice(kind=Kind.SITE, from_at=Instant(NOW - HOUR)).late(NOW) == ""


def told(status: Status) -> Told:
    return Told(status=status, version=2, since=NOW, sent_version=2 if status in {Status.SENT, Status.RECEIPTED} else 1)


EVENTS = {
    EventKind.DRAFT: Event(kind=EventKind.DRAFT, version=2),
    EventKind.RELEASE: Event(kind=EventKind.RELEASE, version=2, message=b"m"),
    EventKind.RECEIPT: Event(kind=EventKind.RECEIPT, version=1, level=1, proof="SIGNED"),
    EventKind.CHANGE: Event(kind=EventKind.CHANGE, version=3),
}


@pytest.mark.parametrize(("status", "kind"), list(product(Status, EventKind)))
def test_what_is_not_in_the_table_is_refused(status: Status, kind: EventKind) -> None:
    if (status, kind) in TRANSITIONS:
        assert step(told(status), EVENTS[kind], NOW).version in {2, 3}
    else:
        with pytest.raises(LocalError, match="NOTICE-TRANSITION"):
            step(told(status), EVENTS[kind], NOW)


@pytest.mark.parametrize("kind", [EventKind.DRAFT, EventKind.RELEASE])
def test_only_the_current_version_is_drafted_and_released(kind: EventKind) -> None:
    with pytest.raises(LocalError, match="NOTICE-TRANSITION"):
        step(told(Status.DRAFTED), replace(EVENTS[kind], version=1), NOW)


def test_the_whole_way_of_two_versions() -> None:
    state = first_told(NOW)
    for event in (
        Event(kind=EventKind.DRAFT, version=1),
        Event(kind=EventKind.RELEASE, version=1, message=b"one"),
        Event(kind=EventKind.RECEIPT, version=1, level=2, proof="SIGNED"),
        Event(kind=EventKind.CHANGE, version=2),
    ):
        state = step(state, event, NOW)
    assert (state.status, state.level, state.held_version, state.owed) == (Status.OWED, -1, 1, True)
    state = step(state, Event(kind=EventKind.RECEIPT, version=1, level=3, proof="SIGNED"), NOW)
    assert (state.status, state.level, state.held_version) == (Status.OWED, -1, 1)
    for event in (
        Event(kind=EventKind.DRAFT, version=2),
        Event(kind=EventKind.RELEASE, version=2, message=b"two"),
        Event(kind=EventKind.RECEIPT, version=2, level=0, proof="SIGNED"),
    ):
        state = step(state, event, NOW)
    assert (state.first_message, state.last_message, state.held_version, state.level) == (b"one", b"two", 2, 0)
    assert state.owed
    state = step(state, Event(kind=EventKind.RECEIPT, version=2, level=1, proof="ATTESTED"), NOW)
    assert (state.owed, state.proof) == (False, "ATTESTED")
    lower = step(state, Event(kind=EventKind.RECEIPT, version=2, level=0, proof="SIGNED"), NOW)
    assert (lower.level, lower.proof) == (1, "ATTESTED")
    assert told_from_value(cbor.decode(cbor.encode(told_value(state)))) == state  # type: ignore[arg-type]  # a map again


@pytest.mark.parametrize("version", [0, 3])
def test_a_receipt_is_of_a_version_that_was_sent(version: int) -> None:
    with pytest.raises(LocalError, match="NOTICE-TRANSITION"):
        step(told(Status.SENT), Event(kind=EventKind.RECEIPT, version=version, level=1), NOW)


def test_a_thing_notified_twice_is_found_by_place_and_by_name() -> None:
    doubles = Doubles()
    assert doubles.of(notice(), "convoy") == ""
    assert doubles.of(notice(reference="MV-2", place=(475_600_100, 344_500_100)), "other") == "MV-1"
    assert doubles.of(notice(reference="MV-3", place=(480_000_000, 344_500_000)), "convoy") == "MV-1"
    later = Instant(NOW + 500 * HOUR)
    apart = notice(
        reference="MV-4",
        from_at=later,
        until_at=Instant(later + HOUR),
        valid_until=Instant(later + HOUR),
        place=(400_000_000, 0),
    )
    assert doubles.of(apart, "convoy") == ""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.desk import alarm_causes, alarms, views
from armslength.desk.alarm_causes import LOST_AFTER_US, lost_at
from armslength.line import fields
from armslength.line.receipts import Level
from armslength.line.session import Declared, Observed, Session
from builders import two_nodes

if TYPE_CHECKING:
    from builders.two_nodes import Party, TwoNodes


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def standing(party: Party, kind: str) -> views.Row:
    with party.read() as books:
        [row] = [row for _, row in views.rows(books.unit, views.ALARMS) if row[1] == kind]
    return row


def met(party: Party, kind: str) -> bool:
    row = standing(party, kind)
    with party.read() as books:
        return alarm_causes.met(books.unit, row)


def test_of_every_kind_it_is_said_how_its_cause_is_met_or_that_nobody_can_tell() -> None:
    known = set(alarm_causes._MET)
    assert known | alarm_causes.NOT_SEEN == alarms.ALARM_KINDS.keys()
    assert not known & alarm_causes.NOT_SEEN


@pytest.mark.parametrize(
    ("form", "precedence", "kind", "level"),
    [
        ("CONCERN", Precedence.FLASH, "FLASH-RECEIVED", Level.READ),
        ("CONCERN", Precedence.IMMEDIATE, "MESSAGE-RECEIVED", Level.READ),
        ("STOP", Precedence.FLASH, "STOP-RECEIVED", Level.PASSED),
    ],
)
def test_a_message_that_arrived_is_met_by_its_receipt_and_not_by_a_click(
    two: TwoNodes, form: str, precedence: Precedence, kind: str, level: Level
) -> None:
    values = two_nodes.CONCERN_VALUES if form == "CONCERN" else {fields.PLACE: two_nodes.SENT_PLACE}
    sent = two.eucom.send(two.line, form, values, precedence)
    two.flush()
    for one in (Level.READ, Level.UNDERSTOOD, Level.PASSED):
        assert met(two.ndmc, kind) is (one > level)
        two.ndmc.receipt(sent, one)
    assert met(two.ndmc, kind)


def test_what_opens_names_the_message(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line)
    two.flush()
    row = standing(two.ndmc, "MESSAGE-RECEIVED")
    assert alarm_causes.opens(row) == {"screen": "messages", "name": sent.hex()}
    with two.ndmc.read() as books:
        assert alarm_causes.precedence(books.unit, row) is Precedence.IMMEDIATE


@pytest.mark.parametrize(
    ("kind", "reference", "line", "expected"),
    [
        ("CONCERN-FLAGGED", b"C-2026-0001:7", b"", {"screen": "concerns", "name": "C-2026-0001"}),
        ("CASE-CONTRADICTION", b"CS-1\x00a\x00b", b"", {"screen": "cases", "name": "CS-1"}),
        ("LINE-LOST", b"\x00" * 8, b"l" * 16, {"screen": "floor", "name": (b"l" * 16).hex()}),
        ("GAP", b"\x00" * 8, b"l" * 16, {"screen": "messages", "name": None}),
        ("WINDOW-READY", "öde".encode(), b"", {"screen": "windows", "name": None}),
        ("FEED-LATE", b"x", b"", {"screen": "register", "name": None}),
        ("SOMETHING-NEW", b"x", b"", {"screen": "messages", "name": None}),
    ],
)
def test_each_kind_opens_the_screen_that_shows_its_cause(
    kind: str, reference: bytes, line: bytes, expected: dict[str, str | None]
) -> None:
    assert alarm_causes.opens({1: kind, 2: line, 3: reference}) == expected


@pytest.mark.parametrize("kind", alarms.ALARM_KINDS)
def test_an_alarm_of_which_nothing_else_is_known_is_read_without_a_fault(two: TwoNodes, kind: str) -> None:
    with two.eucom.read() as books:
        row: views.Row = {1: kind, 2: b"", 3: b"", 4: 1, 5: "", 6: 1, 7: None, 8: None, 9: None}
        assert alarm_causes.met(books.unit, row) is False


LOST = {
    "path down": (Declared.OPEN, Observed.DEGRADED, True),
    "path down on a suspended line, over which STOP must go": (Declared.SUSPENDED_BY_US, Observed.DEGRADED, True),
    "heard": (Declared.OPEN, Observed.LIVE, False),
    "never heard": (Declared.OPEN, Observed.UNKNOWN, False),
    "persons silent": (Declared.OPEN, Observed.UNANSWERED, False),
    "closed": (Declared.CLOSED, Observed.DEGRADED, False),
}


@pytest.mark.parametrize(("declared", "observed", "lost"), LOST.values(), ids=LOST)
def test_when_a_line_counts_as_lost(declared: Declared, observed: Observed, *, lost: bool) -> None:
    at = Instant(7)
    state = Session(declared=declared, observed=observed, observed_at=at)
    assert lost_at(state) == (at + LOST_AFTER_US if lost else None)

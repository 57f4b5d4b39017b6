"""Reads of closed records: what is closed, and one note an officer, record and hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.precedence import Precedence
from armslength.desk import closed_reads, drafting, policy, views
from armslength.entrypoints.api import access
from armslength.line import fields
from builders import two_nodes
from builders.two_nodes import CONCERN_VALUES, WATCH, Party, TwoNodes

if TYPE_CHECKING:
    from armslength.desk.closed_reads import Note

HOUR_S = 3600


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def due(party: Party, operation: str, officer: str = "eucom-auditor-1", **asked: Any) -> Note | None:
    with party.read() as books:
        return closed_reads.due(
            books, operation, asked, officer=officer, roles=frozenset({"auditor"}), face=closed_reads.API
        )


def noted(party: Party, operation: str, officer: str = "eucom-auditor-1", **asked: Any) -> bool:
    note = due(party, operation, officer, **asked)
    if note is None:
        return False
    with party.write() as books:
        return closed_reads.record(books, note) is not None


def test_one_note_an_officer_record_and_hour(two: TwoNodes) -> None:
    assert noted(two.eucom, "entry", index="3")
    assert not noted(two.eucom, "entry", index="3")
    assert noted(two.eucom, "entry", index="4")
    assert noted(two.eucom, "entry", "eucom-auditor-2", index="3")
    two.time.pass_s(HOUR_S)
    assert noted(two.eucom, "entry", index="3")


def test_two_at_once_note_it_once(two: TwoNodes) -> None:
    first, second = due(two.eucom, "entry", index="3"), due(two.eucom, "entry", index="3")
    assert first is not None
    assert second is not None
    with two.eucom.write() as books:
        assert closed_reads.record(books, first) is not None
        assert closed_reads.record(books, second) is None


def test_a_thousand_reads_are_one_entry(two: TwoNodes) -> None:
    with two.eucom.read() as books:
        before = books.unit.frontier().size
    for _ in range(1_000):
        noted(two.eucom, "entry", index="1")
    with two.eucom.read() as books:
        assert books.unit.frontier().size == before + 1


def test_destroyed_contents_are_told_apart(two: TwoNodes) -> None:
    with two.eucom.write() as books:
        books.unit.destroy(3)
    note = due(two.eucom, "entry", index="3")
    assert note is not None
    assert (note.subject, note.why) == ("entry 3", "destroyed")


def test_a_marked_draft_is_closed_and_a_usual_one_is_not(two: TwoNodes) -> None:
    made = []
    for marking in (None, "COMMAND-ONLY"):
        with two.eucom.write() as books:
            prepared = drafting.prepare_message(
                books,
                books.line(two.line),
                two.eucom.officer(WATCH),
                "CONCERN",
                Precedence.IMMEDIATE,
                CONCERN_VALUES,
                handling=marking,
            )
            assert prepared.body[fields.HANDLING] == (marking or policy.PARTIES_ONLY)
            made.append(drafting.submit_draft(books, two.eucom.signed(prepared, "draft", WATCH)).hex())
    assert due(two.eucom, "draft", name=made[0]) is None
    note = due(two.eucom, "draft", name=made[1])
    assert note is not None
    assert note.why == "marked"


@pytest.mark.parametrize(
    ("operation", "asked"),
    [
        ("entry", {"index": "99999"}),
        ("entry", {"index": "x"}),
        ("entry", {}),
        ("case", {"case": "CASE-2022-000001"}),
        ("concern", {"concern": "C-2022-000001"}),
        ("message", {"name": "out:1"}),
        ("draft", {"name": "00"}),
        ("card", {"name": "CASE-2022-000001"}),
        ("sheets", {"kind": "brief"}),
        ("messages", {}),
    ],
)
def test_what_nothing_has_or_is_open_is_not_noted(two: TwoNodes, operation: str, asked: dict[str, str]) -> None:
    assert due(two.eucom, operation, **asked) is None


def test_the_note_says_who_what_why_and_how(two: TwoNodes) -> None:
    assert noted(two.eucom, "export")
    with two.eucom.read() as books:
        index = books.unit.frontier().size - 1
        row = next(row for _, row in views.rows(books.unit, views.CLOSED_READS))
    assert row[2] == index
    note = due(two.eucom, "export", "eucom-auditor-2")
    assert note is not None
    assert closed_reads.note_of(note.fields()) == note
    assert note.subject == "the line with NDMC"


def test_every_closed_operation_is_one_of_the_api() -> None:
    assert set(closed_reads.CLOSED) <= set(access.ACCESS)
    assert access.ACCESS["audit-report"] == {"auditor", "principal"}

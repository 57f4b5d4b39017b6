from __future__ import annotations

from typing import Any

import pytest

from armslength.core.precedence import Precedence
from armslength.desk import drafting, views
from armslength.line import exchange, fields
from armslength.line.receipts import Level
from armslength.register import concerns
from builders import two_nodes
from builders.two_nodes import CONCERN_VALUES, LEGAL, RELEASER, WATCH, TwoNodes


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def draft(two: TwoNodes) -> tuple[bytes, Any]:
    with two.eucom.write() as books:
        officer = two.eucom.officer(WATCH)
        line = books.line(two.line)
        prepared = drafting.prepare_message(books, line, officer, "CONCERN", Precedence.IMMEDIATE, CONCERN_VALUES)
        return drafting.submit_draft(books, two.eucom.signed(prepared, "draft", WATCH)), prepared


def row(two: TwoNodes, view: str, key: bytes) -> views.Row | None:
    with two.eucom.read() as books:
        return views.row(books.unit, view, key)


def test_a_draft_goes_from_drafted_through_its_checks_to_released(two: TwoNodes) -> None:
    key, prepared = draft(two)
    states = [(row(two, views.DRAFTS, key) or {})[5]]
    two.eucom.check(key, "legal", LEGAL, "legal-tick")
    with two.eucom.write() as books:
        sent = drafting.release_draft(books, key, two.eucom.act(prepared, "release", RELEASER))
    after = row(two, views.DRAFTS, key)
    assert after is not None
    states.append(after[5])
    assert states == ["DRAFTED", "RELEASED"]
    assert after[7] == sent
    assert [(check[0], check[1], check[2]) for check in after[6]] == [("legal", "eucom-legal-1", True)]


def test_a_destroyed_message_takes_its_draft_along_and_leaves_the_chain(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line)
    two.flush()
    index = two.eucom.row(sent)[4]
    with two.eucom.read() as books:
        before = books.unit.leaf(index)
    with two.eucom.write() as books:
        books.note("destroyed", "destroyed", {20: index, 21: "retention"})
        books.unit.destroy(index)
        assert views.rows(books.unit, views.DRAFTS) == []
        assert books.unit.content(index) is None
        assert books.unit.leaf(index) == before
    assert two.eucom.row(sent)[3] == 1


def test_a_destroyed_entry_of_something_else_takes_no_draft_along(two: TwoNodes) -> None:
    two.eucom.send(two.line)
    with two.eucom.write() as books:
        books.note("destroyed", "destroyed", {20: 0, 21: "retention"})
        assert len(views.rows(books.unit, views.DRAFTS)) == 1


def test_a_deadline_marks_an_exchange_as_late_and_a_later_one_finds_nothing_more(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line)
    two.time.pass_s(31)
    for _ in range(2):
        with two.eucom.write() as books:
            books.note("deadline", "deadline", {20: "exchange", 21: sent, 22: books.now}, two.line)
            state = exchange.exchange_from_value(books.unit.get(views.EXCHANGES, sent))  # type: ignore[arg-type]
        assert state.overdue == {Level.HELD}


@pytest.mark.parametrize("what", ["exchange", "gap", "delegation", "something"])
def test_a_deadline_of_what_is_no_longer_there_changes_nothing(two: TwoNodes, what: str) -> None:
    with two.eucom.write() as books:
        before = list(books.unit.dump_views())
        books.note("deadline", "deadline", {20: what, 21: bytes(32), 22: books.now})
        assert list(books.unit.dump_views()) == before


def flagged(two: TwoNodes) -> str:
    with two.eucom.write() as books:
        books.note("concern", "concern", {20: "C-2022-0001", 21: "UA-ZNPP", 22: "shelling near", 23: ("R-1",)})
    return "C-2022-0001"


def status(two: TwoNodes) -> concerns.Status:
    with two.eucom.read() as books:
        value: Any = books.unit.get(views.CONCERNS, b"C-2022-0001")
    return concerns.concern_from_value(value).status


def test_a_concern_is_conveyed_by_the_other_nodes_receipt_and_by_nothing_before_it(two: TwoNodes) -> None:
    concern = flagged(two)
    with two.eucom.write() as books:
        books.note("concern-step", "concern-step", {20: concern, 21: "pursue", 22: "two sources", 5: "eucom-watch-1"})
    two.eucom.send(two.line, values={**CONCERN_VALUES, fields.CASE_REFERENCE: concern})
    assert status(two) is concerns.Status.PURSUED
    two.flush()
    assert status(two) is concerns.Status.CONVEYED


def test_a_message_that_cites_a_concern_nobody_pursues_conveys_nothing(two: TwoNodes) -> None:
    concern = flagged(two)
    two.eucom.send(two.line, values={**CONCERN_VALUES, fields.CASE_REFERENCE: concern})
    two.eucom.send(two.line, values={**CONCERN_VALUES, fields.CASE_REFERENCE: "C-2022-0009"})
    two.flush()
    assert status(two) is concerns.Status.FLAGGED

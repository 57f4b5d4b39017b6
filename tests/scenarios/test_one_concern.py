"""One CONCERN from a draft to its answer: what each side holds, and that nothing was refused on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.core.instants import Instant
from armslength.desk import views
from armslength.line import exchange
from armslength.line.receipts import Level
from builders import two_nodes

if TYPE_CHECKING:
    from builders.two_nodes import Party, TwoNodes

LEVELS = (Level.HELD, Level.READ, Level.UNDERSTOOD, Level.PASSED, Level.ANSWERED)


def exchange_of(party: Party, envelope_hash: bytes) -> exchange.Exchange:
    with party.read() as books:
        value = views.row(books.unit, views.EXCHANGES, envelope_hash)
    assert value is not None
    return exchange.exchange_from_value(value)


def test_a_line_is_open_when_both_assents_are_in_both_journals() -> None:
    two = two_nodes.opened()
    assert two.refused == []
    for party in (two.eucom, two.ndmc):
        with party.read() as books:
            assert books.line(two.line).open


def test_one_concern_reaches_its_answer_and_both_sides_hold_the_same() -> None:
    two = two_nodes.opened()
    sent = two.converse()
    assert two.refused == []
    ours, theirs = (exchange_of(party, sent) for party in (two.eucom, two.ndmc))
    assert tuple(r.level for r in ours.reached) == LEVELS
    assert ours == theirs
    assert [r.by for r in ours.reached] == ["NDMC", *["NDMC/watch-officer"] * 4]
    assert {r.officer for r in ours.reached[1:]} == {"ndmc-watch-1"}
    assert [r.at for r in ours.reached] == sorted(r.at for r in ours.reached)
    # "being examined" promises another answer: R4 stays owed, at the time promised.
    assert ours.status is exchange.Status.LIVE
    assert ours.due == {Level.ANSWERED: Instant(ours.reached[-1].at + 3600 * two_nodes.SECOND)}


def test_nothing_waits_once_the_other_node_s_receipt_is_journalled() -> None:
    two = two_nodes.opened()
    sent = two.eucom.send(two.line)
    assert [item.envelope_hash for item in two.eucom.waiting(two.line)] == [sent]
    two.flush()
    assert two.eucom.waiting(two.line) == []
    assert two.ndmc.waiting(two.line) == []


def test_each_side_s_journal_is_cosigned_by_the_other() -> None:
    two = two_nodes.conversed()
    assert two.refused == []
    for party in (two.eucom, two.ndmc):
        with party.read() as books:
            row = views.row(books.unit, views.COSIGNED, two.line)
            assert row is not None
            assert 0 < row[1] <= books.unit.frontier().size


def test_a_repeated_delivery_brings_the_same_receipt_and_changes_nothing() -> None:
    two = two_nodes.opened()
    two.eucom.send(two.line)
    items = two.eucom.waiting(two.line)
    first = two.deliver(two.eucom, items)
    size = size_of(two)
    again = two.deliver(two.eucom, items)
    assert [r.envelope for r in again.replies] == [r.envelope for r in first.replies]
    assert size_of(two) == size


def size_of(two: TwoNodes) -> int:
    with two.ndmc.read() as books:
        return books.unit.frontier().size

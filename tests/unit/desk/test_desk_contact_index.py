"""What readers keep of contacts: line checks counted and never contacts, what was destroyed forgotten, answers kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.instants import DAY_US, Instant
from armslength.desk import contact_counts, service_contacts, views
from armslength.desk.contact_index import ANSWERS_KEPT_MAX, ContactIndex
from armslength.desk.service_contacts import question_of
from builders.contact_desk import alone, channel, contact, count, enter
from builders.two_nodes import START

if TYPE_CHECKING:
    from builders.two_nodes import Party


@pytest.fixture
def party() -> Party:
    found = alone()
    enter(found, "channel", channel())
    enter(found, "contact", contact())
    return found


def checked(party: Party, many: int) -> None:
    """Write rows and entries of line checks as the node does: the key says for when, the entry that there is one."""
    with party.write() as books:
        for number in range(many):
            at = Instant(START - number * DAY_US // 2)
            entry = books.note("line-check", "line-check", {20: "eucom-ndmc", 21: "NO-MESSAGE", 23: at})
            key = b"eucom-ndmc\x00" + at.to_bytes(8, "big") + entry.to_bytes(8, "big")
            books.unit.put(views.LINE_CHECKS, key, {1: at})


def test_line_checks_are_stated_and_never_counted(party: Party) -> None:
    assert "line check" not in count(party)["completeness"]["text"]
    checked(party, 540)
    found = count(party, channel="eucom-ndmc")
    assert (found["certain"], found["completeness"]["line_checks_not_counted"]) == (1, 540)
    assert found["completeness"]["text"].endswith("540 line checks are not counted.")
    of_a_day = count(party, channel="eucom-ndmc", since="2022-11-20", as_of="2022-11-20")
    assert of_a_day["completeness"]["line_checks_not_counted"] == 1
    checked(party, 541)
    assert count(party)["completeness"]["line_checks_not_counted"] == 541


def test_a_contact_whose_content_was_destroyed_is_neither_listed_nor_counted(party: Party) -> None:
    index = ContactIndex()
    with party.read() as books:
        entry = index.update(books).contacts["CT-2022-000001"].entry
        assert len(index.uses(books, "eucom-ndmc")) == 1
    with party.write() as books:
        books.unit.destroy(entry)
        books.note("destroyed", "destroyed", {20: entry})
    with party.read() as books:
        index.update(books)
        assert (index.contacts, index.uses(books, "eucom-ndmc"), index.channels()) == ({}, [], frozenset())
        assert service_contacts.read_contacts(books, {}) == []
    assert count(party)["certain"] == 0


def test_an_answer_is_kept_until_anything_is_entered(party: Party) -> None:
    with party.read() as books:
        question = question_of(books, {"as_of": "2022-11-28"})
        first = contact_counts.counted(books, question)
        assert contact_counts.counted(books, question) is first
        index = books.kept.of(ContactIndex)
        for number in range(ANSWERS_KEPT_MAX):
            index.keep_answer((number,), number)
        assert len(index.answers) <= ANSWERS_KEPT_MAX
    enter(party, "contact", contact("2022-11-19T10:00:00Z"))
    assert count(party)["certain"] == 2


def test_a_correction_that_was_destroyed_leaves_a_doubt_and_neither_once_nor_never(party: Party) -> None:
    entry = enter(party, "contact", contact(corrects="CT-2022-000001", because="it was another day"))
    live = ContactIndex()
    with party.read() as books:
        live.update(books).uses(books, "eucom-ndmc")
    with party.write() as books:
        books.unit.destroy(entry)
        books.note("destroyed", "destroyed", {20: entry})
    with party.read() as books:
        # The index that saw the correction and one that begins after a restart say the same.
        for index in (live, ContactIndex()):
            (use,) = index.update(books).uses(books, "eucom-ndmc")
            assert (use.reference, use.doubt) == ("CT-2022-000001", "its correction was destroyed")
    found = count(party)
    assert (found["certain"], found["possible"], found["completeness"]["answer"]) == (0, 1, "UNKNOWN")

from __future__ import annotations

import pytest

from armslength.core.errors import LocalError
from armslength.desk import alarms, views, watching
from builders import two_nodes
from builders.two_nodes import WATCH, Party


@pytest.fixture
def party() -> Party:
    return two_nodes.opened().eucom


def rows(party: Party) -> list[views.Row]:
    with party.read() as books:
        return [row for _, row in views.rows(books.unit, views.ALARMS)]


def size(party: Party) -> int:
    with party.read() as books:
        return books.unit.frontier().size


def test_the_same_cause_is_the_same_alarm(party: Party) -> None:
    with party.write() as books:
        first = alarms.raise_alarm(books, "GAP", b"l" * 16, b"ref", 1, detail="missing 3")
    before = size(party)
    with party.write() as books:
        assert alarms.raise_alarm(books, "GAP", b"l" * 16, b"ref", 1, detail="missing 3 again") is None
    assert first is not None
    assert size(party) == before
    assert [row[5] for row in rows(party)] == ["missing 3"]


@pytest.mark.parametrize(
    ("kind", "line", "reference", "step"),
    [("FORK", b"l", b"r", 1), ("GAP", b"m", b"r", 1), ("GAP", b"l", b"s", 1), ("GAP", b"l", b"r", 2)],
)
def test_another_cause_is_another_alarm(kind: str, line: bytes, reference: bytes, step: int) -> None:
    assert alarms.alarm_id(kind, line, reference, step) != alarms.alarm_id("GAP", b"l", b"r", 1)


def test_an_alarm_of_no_kind_cannot_be_raised(party: Party) -> None:
    with party.write() as books, pytest.raises(LocalError, match="ALARM-UNKNOWN"):
        alarms.raise_alarm(books, "SOMETHING")


@pytest.mark.parametrize("kind", alarms.ALARM_KINDS)
def test_every_kind_tells_the_officer_a_sentence_and_never_to_acknowledge(kind: str) -> None:
    sentence = alarms.ALARM_KINDS[kind]
    assert sentence.endswith(".")
    assert "acknowledge" not in sentence.lower()


def test_an_alarm_is_marked_as_notified_and_accepted_by_a_person_and_stays(party: Party) -> None:
    with party.write() as books:
        identity = alarms.raise_alarm(books, "GAP")
    assert identity is not None
    party.time.pass_s(5)
    with party.write() as books:
        alarms.mark_notified(books, identity, delivered=False)
        assert alarms.find_alarm(books, identity.hex()[:5]) == identity
    with party.write() as books:
        prepared = watching.prepare_alarm_accepted(books, party.officer(WATCH), identity)
        watching.submit_local(books, party.signed(prepared, "accept-alarm", WATCH))
    row = rows(party)[0]
    assert (row[7], row[8], row[9]) == (party.time.now(), party.time.now(), "eucom-watch-1")


@pytest.mark.parametrize("text", ["", "zz"])
def test_an_alarm_is_named_by_enough_letters(party: Party, text: str) -> None:
    with party.write() as books:
        for step in range(2):
            alarms.raise_alarm(books, "GAP", step=step)
        with pytest.raises(LocalError, match="ALARM-UNKNOWN"):
            alarms.find_alarm(books, text)

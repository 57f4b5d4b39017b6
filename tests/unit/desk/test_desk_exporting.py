"""What an export of one line discloses of a journal, and what it keeps at home."""

from __future__ import annotations

import pytest

from armslength.core.errors import LocalError, PeerError
from armslength.desk import exporting
from armslength.desk.exporting import export_line
from armslength.disclosure.verify import verify_export
from armslength.journal import entry as entries
from builders import two_nodes
from builders.exports import Forger, exported
from builders.two_nodes import Party, TwoNodes


def kinds(party: Party, line: bytes, *, private: bool = False) -> set[str]:
    with party.read() as books:
        pieces = exporting.line_pieces(books, line, include_private=private)
    return {entries.parse_leaf(one.leaf).kind for one in pieces.entries}


def test_what_crossed_and_what_was_agreed_is_shown_and_nothing_else() -> None:
    two = two_nodes.conversed()
    shown = kinds(two.eucom, two.line)
    assert {"genesis", "manifest", "peer-pin", "charter", "charter-assent"} <= shown
    assert {"message-out", "node-receipt-in", "receipt-in", "node-receipt-out", "cosignature-in"} <= shown
    assert shown & {"draft", "check", "alarm", "report", "concern", "decision", "delegation"} == set()


def test_what_stayed_at_home_is_shown_only_when_asked_for() -> None:
    two = two_nodes.conversed()
    assert {"draft", "check"} <= kinds(two.eucom, two.line, private=True)
    account = verify_export(exported(two.eucom, two.line, include_private=True))
    assert "PRIVATE" in {mark.code for mark in account.marks}
    assert len(account.messages) == 1


def test_nothing_of_another_line_or_another_party_is_shown() -> None:
    two = two_nodes.conversed()
    third = Party(code="POLADA", time=two.time)
    third.found()
    two.eucom.pin(third.introduction())
    beside = TwoNodes(eucom=two.eucom, ndmc=third, time=two.time)
    third.pin(two.eucom.introduction())
    beside.line = two.eucom.open_line("POLADA")
    third.open_line("EUCOM")
    for party in (two.eucom, third):
        beside.deliver(party, party.assent(beside.line))
    beside.converse()
    for line, foreign in ((two.line, b"POLADA"), (beside.line, b"NDMC")):
        files = exported(two.eucom, line)
        assert not any(foreign in data for data in files.values())
        assert len(verify_export(files).messages) == 1


def test_manifests_that_came_by_another_line_of_the_same_peer_are_shown() -> None:
    two = two_nodes.conversed()
    other = two.eucom.open_line("NDMC", ordinal=1)
    two.ndmc.open_line("EUCOM", ordinal=1)
    for party in (two.eucom, two.ndmc):
        two.deliver(party, party.assent(other), other)
    two.ndmc.next_manifest(languages=("uk",))
    two.deliver(two.ndmc, two.ndmc.notices(other, 1), other)
    two.ndmc.send(two.line)
    two.flush()
    assert two.refused == []
    account = verify_export(exported(two.eucom, two.line))
    assert account.parties["NDMC"].manifests == 2


def test_a_line_that_is_not_open_yet_exports_too() -> None:
    two = two_nodes.strangers()
    two.eucom.pin(two.ndmc.introduction())
    line = two.eucom.open_line("NDMC")
    account = verify_export(exported(two.eucom, line))
    assert account.messages == ()
    assert account.cosigned_size == 0


def test_exporting_enters_nothing_in_the_journal() -> None:
    two = two_nodes.conversed()
    with two.eucom.read() as books:
        size = books.unit.frontier().size
        first = export_line(books, two.line)
        assert export_line(books, two.line) == first
        assert books.unit.frontier().size == size


def test_the_content_of_a_destroyed_entry_is_absent_and_said_so() -> None:
    two = two_nodes.conversed()
    index = Forger.of(two.eucom, two.line).index("node-receipt-in")
    with two.eucom.store.write() as unit:
        unit.destroy(index)
    account = verify_export(exported(two.eucom, two.line))
    assert [(mark.code, mark.entry) for mark in account.marks if mark.code == "WITHHELD"] == [("WITHHELD", index)]


def test_an_unknown_line_is_refused() -> None:
    two = two_nodes.opened()
    with two.eucom.read() as books, pytest.raises(PeerError) as refused:
        export_line(books, bytes(16))
    assert refused.value.code == "LINE-UNKNOWN"


@pytest.mark.parametrize("bound", ["LEAVES_MAX", "ENTRIES_MAX"])
def test_a_journal_too_large_for_an_export_is_refused(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    two = two_nodes.opened()
    monkeypatch.setattr(exporting, bound, 3)
    with two.eucom.read() as books, pytest.raises(LocalError) as refused:
        export_line(books, two.line)
    assert refused.value.code == "JOURNAL-RANGE"

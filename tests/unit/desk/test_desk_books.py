from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.core.errors import LocalError
from armslength.core.limits import ENTRY_BYTES_MAX
from armslength.core.record import encode_item, parse_item, verify_item
from armslength.desk import views
from armslength.desk.books import key_id_of
from armslength.journal.entry import commitment, parse_leaf
from builders import two_nodes
from builders.two_nodes import WATCH, Party


@pytest.fixture
def party() -> Party:
    return two_nodes.opened().eucom


@pytest.mark.parametrize(
    ("officer", "addressees", "marking", "releasable"),
    [
        (None, (), "OWN-PARTY", ("EUCOM",)),
        ("eucom-watch-1", (), "OWN-PARTY", ("EUCOM",)),
        ("eucom-watch-1", ("NDMC",), "PARTIES-ONLY", ("EUCOM", "NDMC")),
    ],
)
def test_every_record_says_who_when_and_to_whom_it_may_be_passed(
    party: Party, officer: str | None, addressees: tuple[str, ...], marking: str, releasable: tuple[str, ...]
) -> None:
    with party.read() as books:
        first, second = books.common(officer, addressees), books.common(officer, addressees)
    assert (first[2], first[3], first[4]) == (party.time.now(), "EUCOM", addressees)
    assert (first[6], first[7]) == (marking, releasable)
    assert (5 in first) is (officer is not None)
    assert first[1] != second[1]


def test_every_record_in_the_journal_carries_marking_and_releasability() -> None:
    two = two_nodes.conversed()
    for party in (two.eucom, two.ndmc):
        with party.read() as books:
            for index in range(books.unit.frontier().size):
                content = books.unit.content(index)
                assert content is not None
                body = parse_item(content[1]).body
                own = body[3]
                assert own in body[7]  # type: ignore[operator]
                # Genesis is written before the node knows whose it is.
                assert body[6] == ("PARTIES-ONLY" if body[4] else "OWN-PARTY")


def test_what_is_made_verifies_under_the_nodes_key(party: Party) -> None:
    with party.write() as books:
        made = books.make("decision", b"", books.common(None))
        ours = books.manifest().node_keys["sign"].verifier()
        verified = verify_item(
            made.item, realm=party.realm, line=b"", key_of=lambda _: ours, types=frozenset({"decision"})
        )
    assert verified == made
    assert made.header.key_id == key_id_of(party.keys)


def test_an_entry_commits_to_its_content_and_is_projected_in_the_same_unit(party: Party) -> None:
    with party.write() as books:
        made = books.make("decision", b"", {**books.common(None), 20: "wait"})
        index = books.enter("decision", made)
        assert views.row(books.unit, views.DECISIONS, made.item.body[1]) is not None  # type: ignore[arg-type]
        leaf, content = parse_leaf(books.unit.leaf(index)), books.unit.content(index)
    assert content is not None
    assert content[1] == encode_item(made.item)
    assert leaf.commitment == commitment(*content)
    assert (leaf.kind, leaf.line, leaf.at) == ("decision", None, party.time.now())


def test_a_refused_entry_leaves_no_trace(party: Party) -> None:
    with party.read() as books:
        before = books.unit.frontier().size
    with pytest.raises(LocalError, match="JOURNAL-ENTRY"), party.write() as books:
        books.note("order", "decision", {})
    with party.read() as books:
        assert books.unit.frontier().size == before


def test_what_could_not_be_read_back_is_not_written(party: Party) -> None:
    with party.write() as books, pytest.raises(LocalError, match="RECORD-SIZE"):
        books.note("decision", "decision", {20: "x" * ENTRY_BYTES_MAX})


def test_a_party_has_its_own_manifest_by_default(party: Party) -> None:
    with party.read() as books:
        assert books.manifest().party == "EUCOM"
        assert books.manifest("NDMC").party == "NDMC"
        assert party.officer(WATCH) in books.roster().officers
        assert replace(books, party="NDMC").manifest().party == "NDMC"

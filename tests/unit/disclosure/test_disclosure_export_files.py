"""Putting an export together: the tree, the names, the words in it."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.realm import Realm
from armslength.desk import checkpoints
from armslength.disclosure import export_files
from armslength.disclosure.export_files import LeafTree, journal_origin, party_name
from armslength.journal import receipts, tree
from builders import two_nodes
from builders.exports import Forger, exported

TWO = two_nodes.conversed()
FILES = exported(TWO.eucom, TWO.line)


@given(st.integers(0, 70))
def test_the_tree_over_leaves_is_the_journal_s_tree_at_every_size(size: int) -> None:
    hashes = [sha256(bytes([n])).digest() for n in range(size)]
    leaves, frontier = LeafTree(b"".join(hashes)), tree.Frontier()
    assert leaves.root_at(0) == tree.EMPTY_ROOT
    for count, leaf in enumerate(hashes, start=1):
        frontier = tree.append(frontier, leaf).frontier
        assert leaves.root_at(count) == tree.root(frontier)
    assert leaves.size == size


@given(st.integers(2, 40), st.data())
def test_inclusion_is_proven_from_leaves_alone(size: int, data: st.DataObject) -> None:
    hashes = [sha256(bytes([n])).digest() for n in range(size)]
    leaves, index = LeafTree(b"".join(hashes)), data.draw(st.integers(0, size - 1))
    path = tree.inclusion_path(index, size, leaves.read)
    tree.verify_inclusion(hashes[index], index, size, path, leaves.root_at(size))


def test_the_journal_s_name_is_the_node_s_own() -> None:
    with TWO.eucom.read() as books:
        assert journal_origin(books.manifest()) == checkpoints.origin(books.manifest())


def test_a_party_code_that_is_none_makes_no_file_name() -> None:
    for party in ("../X", "eucom", "A", "EUCOM/"):
        with pytest.raises(LocalError):
            party_name(party)


def test_the_same_pieces_give_the_same_bytes() -> None:
    assert Forger.of(TWO.eucom, TWO.line).files() == Forger.of(TWO.eucom, TWO.line).files()


def test_every_receipt_is_one_of_inclusion_in_the_public_form() -> None:
    for name in (name for name in FILES if name.startswith("receipts/")):
        receipt = receipts.parse_receipt(FILES[name])
        assert isinstance(receipt.proof, receipts.InclusionProof)
        assert receipt.proof.index == int(name[9:17])
        assert receipt.issuer == journal_origin(TWO.eucom.first_manifest())


def test_the_readme_of_an_exercise_says_so_first_and_last() -> None:
    lines = FILES["README.txt"].decode().strip().split("\n")
    assert lines[0] == lines[-1] == "EXERCISE - NOT EVIDENCE"
    real = export_files.readme(
        export_files.Head(
            realm=Realm.REAL, party="EUCOM", line=TWO.line, made_at=TWO.time.now(), size=1, charter=bytes(32)
        ),
        ("EUCOM", "NDMC"),
    )
    assert "EXERCISE" not in real
    assert "armslength verify" in real


def test_the_head_names_realm_party_line_time_size_and_charter() -> None:
    head = cbor.decode(FILES["export.cbor"])
    assert isinstance(head, dict)
    assert (head[1], head[2], head[3], head[4]) == (1, "EXERCISE", "EUCOM", TWO.line)
    assert head[8] == "EXERCISE - NOT EVIDENCE"

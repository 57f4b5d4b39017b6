from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError, PeerError
from armslength.desk import checkpoints, views
from armslength.journal import checkpoint as notes
from armslength.journal.checkpoint import Checkpoint
from builders import two_nodes
from builders.hostile import Hostile

if TYPE_CHECKING:
    from builders.two_nodes import TwoNodes


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.conversed()


def codes(outcome: Any) -> list[str]:
    return [error.code for error in outcome.refused]


def note_of(two: TwoNodes, size: int, root: bytes) -> str:
    """A checkpoint that EUCOM's own log key signed, whatever its journal holds."""
    with two.eucom.read() as books:
        made = Checkpoint(origin=checkpoints.origin(books.manifest()), size=size, root=root)
    key = two.eucom.keys.public("log").verifier()
    signature = two.eucom.keys.sign("log", notes.checkpoint_tbs(made, key))
    return notes.assemble_note(notes.checkpoint_body(made), (notes.log_signature(made.origin, key, signature),))


def offered(two: TwoNodes, note: str, since: int, path: tuple[bytes, ...] = ()) -> Any:
    with two.eucom.read() as books:
        body = {**books.common(None, ("NDMC",)), 20: note, 21: since, 22: path, 23: None}
    return two.deliver(two.eucom, [Hostile(two.eucom, two.line).item("cosign", body)])


def cosigned(two: TwoNodes) -> int:
    with two.ndmc.read() as books:
        return checkpoints.witness_state(books, two.line).size


def test_each_side_cosigns_what_the_other_offers(two: TwoNodes) -> None:
    with two.eucom.read() as books:
        ours = checkpoints.cosigned_size(books, two.line)
    assert 0 < ours == cosigned(two)


def test_cosigning_is_idempotent(two: TwoNodes) -> None:
    offer = two.eucom.hello(two.line, ask_cosign=True)[1:]
    first = two.ndmc.receive(two.line, two.eucom.seal(two.line, offer))
    with two.ndmc.read() as books:
        before = books.unit.frontier().size
    again = two.ndmc.receive(two.line, two.eucom.seal(two.line, offer * 2))
    assert again.replies == first.replies * 2
    with two.ndmc.read() as books:
        assert books.unit.frontier().size == before
    assert two.eucom.receive(two.line, two.ndmc.seal(two.line, first.replies)).receipts == 1
    assert two.eucom.receive(two.line, two.ndmc.seal(two.line, again.replies)).receipts == 0


def test_two_roots_for_one_size_are_a_fork_and_are_kept(two: TwoNodes) -> None:
    outcome = offered(two, note_of(two, cosigned(two), sha256(b"another history").digest()), 0)
    assert codes(outcome) == ["CHECKPOINT-FORK"]
    with two.ndmc.read() as books:
        assert len(views.rows(books.unit, views.SUSPECTS, b"conflict")) == 1
        assert books.line(two.line).frozen == "CHECKPOINT-FORK"


def test_a_longer_journal_that_does_not_prove_is_a_fork(two: TwoNodes) -> None:
    note = note_of(two, cosigned(two) + 5, sha256(b"another history").digest())
    assert codes(offered(two, note, cosigned(two), (bytes(32),) * 3)) == ["CHECKPOINT-FORK"]


def test_a_shorter_journal_than_cosigned_is_a_rollback(two: TwoNodes) -> None:
    before = cosigned(two)
    note = note_of(two, before - 1, sha256(b"what we were").digest())
    outcome = offered(two, note, before)
    assert codes(outcome) == ["CHECKPOINT-ROLLBACK"]
    assert cosigned(two) == before


@pytest.mark.parametrize(
    ("case", "note", "code"),
    [
        ("no note", "hello", "RECEIPT-CHECKPOINT"),
        ("no text", "", "RECEIPT-CHECKPOINT"),
        ("signed by another", "theirs", "RECEIPT-CHECKPOINT"),
    ],
)
def test_a_note_that_is_not_the_peers_is_refused(two: TwoNodes, case: str, note: str, code: str) -> None:
    if note == "theirs":
        with two.ndmc.read() as books:
            note = checkpoints.own_note(books)[0]
    assert codes(offered(two, note, 0)) == [code], case


def test_a_cosignature_over_more_than_we_have_shows_our_own_rollback(two: TwoNodes) -> None:
    with two.eucom.read() as books:
        size = books.unit.frontier().size
    text = note_of(two, size + 50, sha256(b"what we lost").digest())
    with two.ndmc.read() as books:
        cosigned_note = checkpoints._cosign(books, notes.parse_note(text))
        body = {**books.common(None, ("EUCOM",)), 20: None, 23: cosigned_note}
    outcome = two.deliver(two.ndmc, [Hostile(two.ndmc, two.line).item("cosign", body)])
    assert codes(outcome) == ["OWN-ROLLBACK"]
    with two.eucom.read() as books:
        assert "OWN-ROLLBACK" in [row[1] for _, row in views.rows(books.unit, views.ALARMS)]


def test_a_cosignature_that_lacks_one_of_its_two_signatures_is_refused(two: TwoNodes) -> None:
    with two.eucom.read() as books:
        text, _ = checkpoints.own_note(books)
    with two.ndmc.read() as books:
        full = notes.parse_note(checkpoints._cosign(books, notes.parse_note(text)))
        half = notes.assemble_note(full.text, full.signatures[:2])
        body = {**books.common(None, ("EUCOM",)), 20: None, 23: half}
    assert codes(two.deliver(two.ndmc, [Hostile(two.ndmc, two.line).item("cosign", body)])) == ["RECEIPT-CHECKPOINT"]


def test_an_r0_whose_checkpoint_does_not_cover_its_entry_is_refused(two: TwoNodes) -> None:
    sent = two.eucom.send(two.line)
    outcome = two.ndmc.receive(two.line, two.eucom.seal(two.line, two.eucom.waiting(two.line)))
    body = {**outcome.replies[0].body, 22: 10**6}
    item = Hostile(two.ndmc, two.line).item("node-receipt", body)
    assert codes(two.deliver(two.ndmc, [item])) == ["RECEIPT-CHECKPOINT"]
    assert len(two.eucom.waiting(two.line)) == 1
    assert sent


def test_an_r0_of_another_history_is_a_fork(two: TwoNodes) -> None:
    two.eucom.send(two.line)
    outcome = two.ndmc.receive(two.line, two.eucom.seal(two.line, two.eucom.waiting(two.line)))
    body = {**outcome.replies[0].body, 26: (bytes(32),) * 4}
    item = Hostile(two.ndmc, two.line).item("node-receipt", body)
    assert codes(two.deliver(two.ndmc, [item])) == ["CHECKPOINT-FORK"]


def test_the_errors_of_a_note_are_the_peers(two: TwoNodes) -> None:
    with two.eucom.read() as books:
        line = books.line(two.line)
        for text in (None, 7, "x" * 20_000):
            with pytest.raises(PeerError, match="RECEIPT-CHECKPOINT"):
                checkpoints.verify_peer_note(books, line, text)  # type: ignore[arg-type]
        with pytest.raises((PeerError, LocalError)):
            checkpoints.verify_peer_note(books, line, "\n\n")

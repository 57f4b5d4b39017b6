from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.core import cose
from armslength.core.errors import ArmslengthError, LocalError, PeerError, VerificationError
from armslength.journal import checkpoint as cp
from armslength.journal import tree, witness

if TYPE_CHECKING:
    from collections.abc import Callable

ORIGIN = "ndmc.example/exercise/journal"


class Journal:
    """A peer's journal in memory."""

    def __init__(self, entries: list[bytes]) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.frontier = tree.Frontier()
        for entry in entries:
            appended = tree.append(self.frontier, tree.leaf_hash(entry))
            self.frontier = appended.frontier
            self.nodes.update({(node.level, node.index): node.hash for node in appended.nodes})

    def read(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]

    def root(self, size: int) -> bytes:
        return tree.root_at(size, self.read)

    def at(self, size: int) -> cp.Checkpoint:
        return cp.Checkpoint(origin=ORIGIN, size=size, root=self.root(size))

    def state(self, size: int) -> witness.WitnessState:
        return witness.WitnessState(size=size, root=self.root(size))

    def proof(self, old: int, new: int) -> tuple[bytes, ...]:
        return tree.consistency_path(old, new, self.read) if old else ()


HONEST = Journal([b"%d" % n for n in range(20)])
FORKED = Journal([b"%d" % n for n in range(9)] + [b"another"] + [b"%d" % n for n in range(10, 20)])


def test_a_first_checkpoint_is_taken_as_it_is() -> None:
    assert witness.accept(witness.UNSEEN, HONEST.at(7), 0, ()) == HONEST.state(7)


def test_a_journal_that_only_grows_is_followed() -> None:
    state = witness.UNSEEN
    for size in (1, 2, 5, 8, 13, 20):
        state = witness.accept(state, HONEST.at(size), state.size, HONEST.proof(state.size, size))
        assert state == HONEST.state(size)


def test_the_same_checkpoint_again_changes_nothing() -> None:
    state = HONEST.state(8)
    assert witness.accept(state, HONEST.at(8), 3, HONEST.proof(3, 8)) is state
    assert witness.accept(witness.UNSEEN, HONEST.at(0), 0, ()) is witness.UNSEEN


def test_a_late_checkpoint_that_is_known_changes_nothing() -> None:
    state = HONEST.state(13)
    assert witness.accept(state, HONEST.at(8), 5, HONEST.proof(5, 8), HONEST.root) is state


def test_without_memory_of_older_roots_a_shorter_journal_is_refused() -> None:
    with pytest.raises(PeerError) as error:
        witness.accept(HONEST.state(13), HONEST.at(8), 5, HONEST.proof(5, 8))
    assert error.value.code == "JOURNAL-ROLLBACK"


def _accept(
    held: int,
    shown: cp.Checkpoint,
    proof_from: int,
    path: tuple[bytes, ...],
    known: Callable[[int], bytes | None] | None = None,
) -> Callable[[], object]:
    state = HONEST.state(held) if held else witness.UNSEEN
    return lambda: witness.accept(state, shown, proof_from, path, known or (lambda _size: None))


REFUSALS: dict[str, tuple[Callable[[], object], type[ArmslengthError], str]] = {
    "same size, another root": (_accept(12, FORKED.at(12), 12, ()), PeerError, "JOURNAL-FORK"),
    "older size, another root than was known": (
        _accept(13, FORKED.at(12), 0, (), HONEST.root),
        PeerError,
        "JOURNAL-FORK",
    ),
    "shorter and not known": (_accept(13, HONEST.at(12), 0, ()), PeerError, "JOURNAL-ROLLBACK"),
    "empty after it had entries": (_accept(13, HONEST.at(0), 0, ()), PeerError, "JOURNAL-ROLLBACK"),
    "proof from another size": (_accept(8, HONEST.at(13), 5, HONEST.proof(5, 13)), PeerError, "WITNESS-SIZE"),
    "proof from nothing though we hold some": (_accept(8, HONEST.at(13), 0, ()), PeerError, "WITNESS-SIZE"),
    "proof with a first checkpoint": (_accept(0, HONEST.at(13), 0, HONEST.proof(5, 13)), PeerError, "WITNESS-SIZE"),
    "grown on a rewritten past": (
        _accept(10, FORKED.at(13), 10, FORKED.proof(10, 13)),
        VerificationError,
        "CONSISTENCY-MISMATCH",
    ),
    "no proof": (_accept(8, HONEST.at(13), 8, ()), VerificationError, "PROOF-LENGTH"),
    "proof too long": (
        _accept(8, HONEST.at(13), 8, (*HONEST.proof(8, 13), bytes(32))),
        VerificationError,
        "PROOF-LENGTH",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(name: str) -> None:
    attempt, family, code = REFUSALS[name]
    with pytest.raises(family) as error:
        attempt()
    assert error.value.code == code


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 20), st.integers(1, 20))
def test_after_a_fork_no_checkpoint_of_the_other_branch_is_ever_accepted(held: int, shown: int) -> None:
    """Abuse case 1: entry 9 differs, so from size 10 on the branches are two journals."""
    if held < 10 or shown < held:
        return
    with pytest.raises(ArmslengthError) as error:
        witness.accept(HONEST.state(held), FORKED.at(shown), held, FORKED.proof(held, shown))
    assert error.value.code in {"JOURNAL-FORK", "CONSISTENCY-MISMATCH"}


def test_our_journal_stands_as_far_as_the_peer_cosigned_it() -> None:
    assert witness.our_standing([], 5, HONEST.root) == 0
    assert witness.our_standing([HONEST.state(8), HONEST.state(13), HONEST.state(5)], 13, HONEST.root) == 13
    assert witness.our_standing([HONEST.state(8)], 20, HONEST.root) == 8


STANDING_REFUSALS = {
    "a copy older than what the peer saw": ([HONEST.state(13)], 12, "JOURNAL-ROLLED-BACK"),
    "rolled back although an older cosignature fits": ([HONEST.state(8), HONEST.state(13)], 12, "JOURNAL-ROLLED-BACK"),
    "an entry changed behind us": ([FORKED.state(13)], 13, "JOURNAL-ALTERED"),
    "an entry changed, more added": ([HONEST.state(8), FORKED.state(10)], 20, "JOURNAL-ALTERED"),
    "empty": ([HONEST.state(1)], 0, "JOURNAL-ROLLED-BACK"),
}


@pytest.mark.parametrize("name", STANDING_REFUSALS)
def test_our_own_journal_does_not_stand(name: str) -> None:
    cosigned, size, code = STANDING_REFUSALS[name]
    with pytest.raises(LocalError) as error:
        witness.our_standing(cosigned, size, HONEST.root)
    assert error.value.code == code


US, PEER, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))


def _public(key: Ed25519PrivateKey) -> cose.VerifyKey:
    return cose.VerifyKey(cose.ED25519, key.public_key().public_bytes_raw())


def _note(point: cp.Checkpoint, log: Ed25519PrivateKey, cosigner: Ed25519PrivateKey) -> cp.SignedNote:
    body = cp.checkpoint_body(point)
    own = cp.log_signature(point.origin, _public(log), log.sign(cp.checkpoint_tbs(point, _public(log))))
    message = cp.cosignature_tbs("peer.example", _public(cosigner), 77, body)
    seen = cp.cosignature("peer.example", _public(cosigner), 77, cosigner.sign(message))
    return cp.parse_note(cp.assemble_note(body, [own, seen]))


def test_a_cosigned_checkpoint_of_ours_counts() -> None:
    got = witness.verify_cosigned(_note(HONEST.at(8), US, PEER), ORIGIN, _public(US), "peer.example", _public(PEER))
    assert got == witness.Cosigned(state=HONEST.state(8), cosigned_s=77)


@pytest.mark.parametrize(("log", "cosigner"), [(STRANGER, PEER), (PEER, PEER), (US, STRANGER), (US, US)])
def test_a_checkpoint_that_we_never_made_or_they_never_cosigned_counts_for_nothing(
    log: Ed25519PrivateKey, cosigner: Ed25519PrivateKey
) -> None:
    """Abuse case 64: the peer must not be able to make us believe that we lost entries."""
    note = _note(HONEST.at(20), log, cosigner)
    with pytest.raises(VerificationError) as error:
        witness.verify_cosigned(note, ORIGIN, _public(US), "peer.example", _public(PEER))
    assert error.value.code == "NOTE-UNSIGNED"

"""Each party witnesses the other's journal: what we hold of the peer's, and what the peer holds of ours.

The peer may add to its journal and nothing else. Of a journal once seen, only the size and root need to be kept: a
later checkpoint comes with a proof that it begins with that tree (C2SP tlog-witness v1.0.0, add-checkpoint). The mirror
tells us when *our own* journal was set back or altered (abuse cases 8 to 11).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError, PeerError
from armslength.journal import checkpoint as checkpoints
from armslength.journal import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from armslength.core import cose


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessState:
    """The largest tree of one journal that was verified: its size and 32-byte root."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigned:
    """A checkpoint of a journal that its witness cosigned.

    Args:
        state: size and root that were cosigned.
        cosigned_s: the witness's time, seconds since 1970 UTC.
    """

    state: WitnessState
    cosigned_s: int


UNSEEN: Final = WitnessState(size=0, root=tree.EMPTY_ROOT)
"""What we hold of a journal before its first checkpoint; the first one is taken as it is (tlog-witness: old size 0)."""


def _nothing_known(_size: int) -> bytes | None:
    return None


def accept(
    state: WitnessState,
    checkpoint: checkpoints.Checkpoint,
    proof_from_size: int,
    path: Sequence[bytes],
    known: Callable[[int], bytes | None] = _nothing_known,
) -> WitnessState:
    """Take a verified checkpoint of the peer's journal and return what we hold afterwards.

    Args:
        state: what we hold of this journal, `UNSEEN` at first.
        checkpoint: a checkpoint whose signature was verified, of this journal.
        proof_from_size: the size from which the peer's proof starts; must be ours.
        path: the consistency proof.
        known: roots of this journal seen at earlier sizes, so that late mail is told from a journal set back.

    Returns:
        The new state; the same one for a checkpoint that says nothing new.

    Raises:
        PeerError: JOURNAL-FORK, two roots for one size; JOURNAL-ROLLBACK, shorter than before and not known from
            then; WITNESS-SIZE, the proof starts from another size (tell the peer ours).
        VerificationError: a PROOF code or CONSISTENCY-MISMATCH, the proof does not hold.
    """
    if checkpoint.size == state.size:
        _require_same_root(state.size, state.root, checkpoint.root)
        return state
    if checkpoint.size < state.size:
        _require_known(state, checkpoint, known(checkpoint.size))
        return state
    _require_consistent(state, checkpoint, proof_from_size, path)
    return WitnessState(size=checkpoint.size, root=checkpoint.root)


def verify_cosigned(
    note: checkpoints.SignedNote,
    origin: str,
    log_key: cose.VerifyKey,
    witness_name: str,
    witness_key: cose.VerifyKey,
) -> Cosigned:
    """Check a checkpoint that bears its journal's signature *and* its witness's cosignature.

    Both are needed: a peer could cosign a checkpoint that we never made, and so make us believe that we lost entries
    (abuse case 64).

    Raises:
        PeerError: CHECKPOINT-FORMAT.
        VerificationError: CHECKPOINT-ORIGIN, NOTE-UNSIGNED, NOTE-SIGNATURE, or the code of a bad signature.
    """
    checkpoint = checkpoints.verify_checkpoint(note, origin, log_key)
    cosigned_s = checkpoints.verify_cosignature(note, witness_name, witness_key)
    return Cosigned(state=WitnessState(size=checkpoint.size, root=checkpoint.root), cosigned_s=cosigned_s)


def our_standing(cosigned: Iterable[WitnessState], size: int, root_at: Callable[[int], bytes]) -> int:
    """Hold our own journal against what the peer cosigned of it, at start-up and before signing.

    Args:
        cosigned: states from `verify_cosigned`, in any order.
        size: our journal's size now.
        root_at: our journal's root at a size up to that (`tree.root_at` over the store).

    Returns:
        The size up to which our journal is proven to the peer; 0 when nothing was cosigned.

    Raises:
        LocalError: JOURNAL-ROLLED-BACK, the peer has seen more of our journal than we have; JOURNAL-ALTERED, our
            journal is not the one that the peer cosigned. The node must not sign anything in either case.
    """
    proven = 0
    for seen in cosigned:
        if seen.size > size:
            raise LocalError("JOURNAL-ROLLED-BACK", cosigned_size=seen.size, size=size)
        if root_at(seen.size) != seen.root:
            raise LocalError("JOURNAL-ALTERED", at_size=seen.size, cosigned_root=seen.root)
        proven = max(proven, seen.size)
    return proven


def _require_same_root(size: int, held: bytes, got: bytes) -> None:
    if held != got:
        raise PeerError("JOURNAL-FORK", size=size, expected=held, got=got)


def _require_known(state: WitnessState, checkpoint: checkpoints.Checkpoint, known_root: bytes | None) -> None:
    """Let a late, already known checkpoint pass; bearers deliver out of order."""
    if known_root is None:
        raise PeerError("JOURNAL-ROLLBACK", expected=f"at least {state.size} entries", got=checkpoint.size)
    _require_same_root(checkpoint.size, known_root, checkpoint.root)


def _require_consistent(
    state: WitnessState, checkpoint: checkpoints.Checkpoint, proof_from_size: int, path: Sequence[bytes]
) -> None:
    if proof_from_size != state.size:
        raise PeerError("WITNESS-SIZE", expected=state.size, got=proof_from_size)
    if state.size > 0:
        tree.verify_consistency(state.size, checkpoint.size, state.root, checkpoint.root, path)
    elif path:
        raise PeerError("WITNESS-SIZE", expected="no proof for a first checkpoint", got=len(path))

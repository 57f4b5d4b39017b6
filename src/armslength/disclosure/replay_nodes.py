"""Replaying what nodes say: R0 and the checkpoints in it, cosignatures in both directions.

The exporter is held to its own tree: a root that it signed once and does not have now is a refusal. A peer that
contradicts itself is shown to the reader instead, since its lie must not spoil the other side's evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.core.errors import ArmslengthError, PeerError, VerificationError
from armslength.core.instants import Instant
from armslength.disclosure.export_files import journal_origin
from armslength.disclosure.replay_state import Cosignature, Statement
from armslength.journal import checkpoint as checkpoints
from armslength.journal import tree
from armslength.journal.note import parse_note
from armslength.line import receipts
from armslength.line.braid import Place
from armslength.line.exchange import Event, EventKind, Reached
from armslength.line.receipts import Level, Proof

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.core.record import Verified
    from armslength.disclosure.export_reading import Shown
    from armslength.disclosure.replay_state import Ledger, Numbered
    from armslength.journal.checkpoint import Checkpoint
    from armslength.line.manifest import Manifest
    from armslength.line.receipts import NodeReceipt


def node_receipt(ledger: Ledger, shown: Shown, author: str, verified: Verified) -> None:
    """Take an R0: it must name a record of the other side that the journal holds, and a checkpoint that covers it."""
    receipt = receipts.parse_node_receipt(verified.item.body)
    target = ledger.numbered.get(receipt.envelope_hash)
    if target is None:
        raise PeerError("RECEIPT-UNKNOWN-ENVELOPE", envelope=receipt.envelope_hash)
    if target.author == author:
        raise PeerError("RECEIPT-LEVEL", because="R0 of a record of its own")
    if any(statement.reached.level is Level.HELD for statement in ledger.stated(target.envelope_hash)):
        raise VerificationError("EXPORT-CHAIN", entry=shown.index, because="a second R0 of one record")
    seen = _signed_note(ledger, author, receipt.checkpoint)
    if seen.size <= receipt.index:
        raise PeerError("RECEIPT-CHECKPOINT", because="the checkpoint does not cover the entry")
    if author == ledger.own:
        _check_own_receipt(ledger, shown, receipt, target, seen)
    else:
        _check_peer_root(ledger, shown, seen, receipt)
        ledger.peer_indexes[target.envelope_hash] = receipt.index
    reached = Reached(level=Level.HELD, at=receipt.received_at, by=author, proof=Proof.SIGNED)
    ledger.step(target.envelope_hash, Event(kind=EventKind.RECEIPT, reached=reached), Instant(shown.entry.at))
    made = Statement(reached=reached, author=author, index=shown.index, envelope_hash=verified.envelope_hash)
    ledger.state(target.envelope_hash, made)


def _signed_note(ledger: Ledger, signer: str, text: str) -> Checkpoint:
    note = parse_note(text)

    def check(known: Manifest) -> Checkpoint:
        return checkpoints.verify_checkpoint(note, journal_origin(known), known.node_keys["log"].verifier())

    return ledger.under_keys_of(signer, check)


def _check_own_receipt(ledger: Ledger, shown: Shown, receipt: NodeReceipt, target: Numbered, seen: Checkpoint) -> None:
    if receipt.index != target.index:
        raise VerificationError("EXPORT-CHAIN", entry=shown.index, expected=target.index, got=receipt.index)
    _check_own_root(ledger, shown, seen)
    missing = target.link.number > ledger.direction(target.author).number
    if (receipt.place == Place.AHEAD) is not missing:
        # The exporter said at the time whether a number before it was missing; the export shows otherwise.
        before = f"numbers of {target.author} before {target.link.number}"
        raise VerificationError("EXPORT-INCOMPLETE", entry=shown.index, missing=before)


def _check_own_root(ledger: Ledger, shown: Shown, seen: Checkpoint) -> None:
    """A checkpoint is made before the entry that carries it, and its root is the tree's at that size."""
    if seen.size > shown.index or ledger.opened.leaves.root_at(seen.size) != seen.root:
        raise VerificationError("EXPORT-ROOT", entry=shown.index, size=seen.size, because="another root was signed")


def _check_peer_root(ledger: Ledger, shown: Shown, seen: Checkpoint, receipt: NodeReceipt | None = None) -> None:
    if ledger.peer_roots.setdefault(seen.size, seen.root) != seen.root:
        ledger.notice("PEER-FORK", shown.index, f"{ledger.peer} at size {seen.size}")
        return
    start = ledger.peer_roots.get(receipt.since) if receipt is not None else None
    if receipt is None or start is None or receipt.since >= seen.size:
        return
    try:
        tree.verify_consistency(receipt.since, seen.size, start, seen.root, receipt.path)
    except ArmslengthError:
        ledger.notice("PEER-FORK", shown.index, f"{ledger.peer} from size {receipt.since} to {seen.size}")


def cosign(ledger: Ledger, shown: Shown, author: str, verified: Verified) -> None:
    """Take a cosign record: the peer's cosignatures on the exporter's journal, or the exporter's on the peer's."""
    made = _cosignature(ledger, ledger.other(author), author, verified.item.body.get(23))
    seen = checkpoints.Checkpoint(origin="", size=made.size, root=made.root)
    if author == ledger.peer:
        _check_own_root(ledger, shown, seen)
        ledger.cosigned = made
    else:
        _check_peer_root(ledger, shown, seen)
        ledger.peer_cosigned = made


def _cosignature(ledger: Ledger, signer: str, witness: str, text: CborValue) -> Cosignature:
    """Check a checkpoint note with its journal's signature and both of the witness's cosignatures."""
    try:
        note = parse_note(text if isinstance(text, str) else "")
        seen = _signed_note(ledger, signer, str(text))

        def check(known: Manifest) -> int:
            name = journal_origin(known)
            keys = (known.node_keys[purpose].verifier() for purpose in ("witness", "witness-pq"))
            return max(checkpoints.verify_cosignature(note, name, key) for key in keys)

        at_s = ledger.under_keys_of(witness, check)
    except ArmslengthError as error:
        raise VerificationError("EXPORT-COSIGNATURE", witness=witness, because=error.code) from error
    return Cosignature(note=str(text), size=seen.size, root=seen.root, at_s=at_s)

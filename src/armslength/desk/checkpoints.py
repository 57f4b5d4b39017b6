"""Our checkpoints and the other side's: signing, offering, cosigning, and noticing a fork or a rollback.

Each party is the other's witness. What was cosigned is remembered durably before it is answered.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from armslength.core.errors import ArmslengthError, LocalError, PeerError
from armslength.core.limits import NOTE_CHARS_MAX
from armslength.core.record import Item, Verified, parse_item
from armslength.desk import views
from armslength.journal import checkpoint as checkpoints
from armslength.journal import tree, witness
from armslength.journal.checkpoint import Checkpoint, SignedNote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.cose import VerifyKey
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView
    from armslength.line.manifest import Manifest

ORIGIN_PREFIX: Final = "armslength"


def origin(manifest: Manifest) -> str:
    """Return the journal name of a party: docs/spec/checkpoint.md."""
    return f"{ORIGIN_PREFIX}/{manifest.party}/{manifest.realm.value}/{manifest.root_key_id.hex()[:16]}"


def own_note(books: Books) -> tuple[str, Checkpoint]:
    """Sign a checkpoint of our journal as it stands in this unit; the root is recomputed from what is stored."""
    frontier = books.unit.frontier()
    checkpoint = Checkpoint(origin=origin(books.manifest()), size=frontier.size, root=tree.root(frontier))
    key = books.keys.public("log").verifier()
    signature = books.keys.sign("log", checkpoints.checkpoint_tbs(checkpoint, key))
    line = checkpoints.log_signature(checkpoint.origin, key, signature)
    return checkpoints.assemble_note(checkpoints.checkpoint_body(checkpoint), (line,)), checkpoint


def cosigned_size(books: Books, line: bytes) -> int:
    """Return the size of our journal that the peer of a line last cosigned, 0 when none."""
    row = views.row(books.unit, views.COSIGNED, line)
    return int(row[1]) if row is not None else 0


def proof_since(books: Books, line: bytes, size: int) -> tuple[int, tuple[bytes, ...]]:
    """Return the size from which we can prove to the peer, and the path to our size."""
    since = cosigned_size(books, line)
    return since, (tree.consistency_path(since, size, books.unit.node) if 0 < since < size else ())


def verify_peer_note(books: Books, line: LineView, text: CborValue) -> Checkpoint:
    """Check a checkpoint note of the peer under its pinned log key.

    Raises:
        PeerError: CHECKPOINT-FORMAT, RECEIPT-CHECKPOINT.
    """
    if not isinstance(text, str) or len(text) > NOTE_CHARS_MAX:
        raise PeerError("RECEIPT-CHECKPOINT", because="no note")
    manifest = books.manifest(line.peer)
    try:
        return _verified_note(text, origin(manifest), manifest.node_keys["log"].verifier())
    except ArmslengthError as error:
        raise PeerError("RECEIPT-CHECKPOINT", because=error.code) from error


@lru_cache(maxsize=16)
def _verified_note(text: str, name: str, key: VerifyKey) -> Checkpoint:
    # All receipts of one transport carry the same note; it is verified once.
    return checkpoints.verify_checkpoint(checkpoints.parse_note(text), name, key)


def check_against_witness(books: Books, line: LineView, seen: Checkpoint, since: int, path: tuple[bytes, ...]) -> None:
    """Hold a checkpoint of the peer against the roots of its journal that we know.

    Raises:
        PeerError: CHECKPOINT-FORK when it contradicts a root that we cosigned.
    """
    history = _history(books, line.line)
    known = history.get(seen.size)
    if known is not None and known != seen.root:
        raise PeerError("CHECKPOINT-FORK", size=seen.size)
    start = history.get(since)
    if start is None or since >= seen.size:
        return
    try:
        _verified_growth(since, seen.size, start, seen.root, path)
    except ArmslengthError as error:
        raise PeerError("CHECKPOINT-FORK", since=since, size=seen.size, because=error.code) from error


@lru_cache(maxsize=16)
def _verified_growth(since: int, size: int, start: bytes, root: bytes, path: tuple[bytes, ...]) -> None:
    # As with the note: the same proof stands in every receipt of a transport.
    tree.verify_consistency(since, size, start, root, path)


def _history(books: Books, line: bytes) -> dict[int, bytes]:
    row = views.row(books.unit, views.WITNESS, line)
    return {} if row is None else dict(cast("Mapping[int, bytes]", row[5]))


def witness_state(books: Books, line: bytes) -> witness.WitnessState:
    """Return what we last cosigned of the peer's journal."""
    row = views.row(books.unit, views.WITNESS, line)
    return witness.UNSEEN if row is None else witness.WitnessState(size=row[1], root=row[2])


def offer(books: Books, line: LineView) -> Verified:
    """Make a cosign record that offers our newest checkpoint; it says nothing that is not already in the journal."""
    note, checkpoint = own_note(books)
    since, path = proof_since(books, line.line, checkpoint.size)
    fields: dict[int, CborValue] = {20: note, 21: since, 22: path, 23: None}
    return books.make("cosign", line.line, {**books.common(None, (line.peer,)), **fields})


def accept_offer(books: Books, line: LineView, body: Mapping[int, CborValue]) -> Item | None:
    """Cosign the checkpoint that the peer offers, if it is consistent with the last one that we cosigned.

    Returns:
        Our cosign record to answer with: a new one, or the last one again when the peer had not seen it.

    Raises:
        PeerError: RECEIPT-CHECKPOINT, CHECKPOINT-FORK, CHECKPOINT-ROLLBACK.
    """
    seen = verify_peer_note(books, line, body.get(20))
    state = witness_state(books, line.line)
    since, path = body.get(21), body.get(22)
    if type(since) is not int or not isinstance(path, tuple) or not all(isinstance(node, bytes) for node in path):
        raise PeerError("RECORD-MALFORMED", part="proof")
    if state.size > 0 and (since != state.size or seen.size == state.size):
        check_against_witness(books, line, seen, since, cast("tuple[bytes, ...]", path))
        return _last_cosign(books, line.line)
    try:
        witness.accept(state, seen, since, cast("tuple[bytes, ...]", path))
    except ArmslengthError as error:
        code = "CHECKPOINT-ROLLBACK" if error.code == "JOURNAL-ROLLBACK" else "CHECKPOINT-FORK"
        raise PeerError(code, since=since, size=seen.size, because=error.code) from error
    note = _cosign(books, checkpoints.parse_note(str(body.get(20))))
    record = books.make("cosign", line.line, {**books.common(None, (line.peer,)), 20: None, 23: note})
    books.enter("peer-checkpoint", record)
    return record.item


def _last_cosign(books: Books, line: bytes) -> Item | None:
    row = views.row(books.unit, views.WITNESS, line)
    content = books.unit.content(row[4]) if row is not None else None
    return parse_item(content[1]) if content is not None else None


def _cosign(books: Books, note: SignedNote) -> str:
    """Return the peer's note with our Ed25519 and ML-DSA-44 cosignatures added."""
    name = origin(books.manifest())
    stamp = int(books.now) // 1_000_000
    lines = []
    for purpose in ("witness", "witness-pq"):
        key = books.keys.public(purpose).verifier()
        signature = books.keys.sign(purpose, checkpoints.cosignature_tbs(name, key, stamp, note.text))
        lines.append(checkpoints.cosignature(name, key, stamp, signature))
    return checkpoints.assemble_note(note.text, (*note.signatures, *lines))


def accept_cosignature(books: Books, line: LineView, verified: Verified) -> bool:
    """Take the peer's cosignatures on one of our checkpoints; True when they are new.

    Raises:
        PeerError: RECEIPT-CHECKPOINT when they do not hold.
        LocalError: OWN-ROLLBACK when the peer cosigned more of our journal than we have, or another one.
    """
    text = verified.item.body.get(23)
    if not isinstance(text, str) or len(text) > NOTE_CHARS_MAX:
        raise PeerError("RECEIPT-CHECKPOINT", because="no note")
    ours, theirs = books.manifest(), books.manifest(line.peer)
    try:
        note = checkpoints.parse_note(text)
        checkpoint = checkpoints.verify_checkpoint(note, origin(ours), ours.node_keys["log"].verifier())
        for purpose in ("witness", "witness-pq"):
            checkpoints.verify_cosignature(note, origin(theirs), theirs.node_keys[purpose].verifier())
    except ArmslengthError as error:
        raise PeerError("RECEIPT-CHECKPOINT", because=error.code) from error
    frontier = books.unit.frontier()
    if checkpoint.size > frontier.size or tree.root_at(checkpoint.size, books.unit.node) != checkpoint.root:
        # Our own log key signed it, so it is we who lost entries (abuse cases 8 and 9).
        raise LocalError("OWN-ROLLBACK", cosigned_size=checkpoint.size, size=frontier.size)
    if checkpoint.size <= cosigned_size(books, line.line):
        return False
    books.enter("cosignature-in", verified)
    return True

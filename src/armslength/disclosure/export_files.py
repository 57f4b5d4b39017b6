"""The files of an export: their names, their bounds, and putting them together from given pieces.

Specified in docs/spec/export.md. Signatures are arguments, so that this room holds no key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from armslength.core import cbor
from armslength.core.ids import party_code
from armslength.core.realm import Realm, domain
from armslength.core.record import PROFILE_VERSION
from armslength.journal import checkpoint as checkpoints
from armslength.journal import receipts, tree
from armslength.journal.note import assemble_note, note_message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from armslength.core.cose import VerifyKey
    from armslength.core.instants import Instant
    from armslength.journal.checkpoint import Checkpoint
    from armslength.line.manifest import Manifest

ENTRIES_MAX: Final = 100_000
"""Entries disclosed: a line that carries ten messages an hour fills them in half a year of journal entries."""

LEAVES_MAX: Final = 2**20
"""Leaves of a journal: a million entries hash in about a second and take 64 MiB with their tree."""

EXPORT_BYTES_MAX: Final = 256 * 1024 * 1024
"""All files together; an auditor's laptop holds them in memory."""

FILES_MAX: Final = 2 * ENTRIES_MAX + 16
"""An entry and its receipt each, and the files named below."""

NAME_CHARS_MAX: Final = 64
"""The longest name of the layout has 32 characters."""

PARTIES: Final = 2
"""A line has two parties, and an export the introductions of both."""

MANIFEST: Final = "MANIFEST"
HEAD: Final = "export.cbor"
CHECKPOINT: Final = "checkpoint"
COSIGNED: Final = "cosigned"
PEER_CHECKPOINT: Final = "peer-checkpoint"
LEAVES: Final = "leaves.cbor"
README: Final = "README.txt"

REQUIRED: Final = frozenset({HEAD, CHECKPOINT, LEAVES, README})
"""Files that every export has, beside MANIFEST and the parties' introductions."""

OPTIONAL: Final = frozenset({COSIGNED, PEER_CHECKPOINT})
"""Files that are missing only as long as nothing was cosigned."""

MARKS: Final[Mapping[Realm, str | None]] = {Realm.EXERCISE: "EXERCISE - NOT EVIDENCE", Realm.REAL: None}
"""Field 8 of the head: what stands in the first and last line of whatever is shown of the export."""

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]|/(?=[A-Za-z0-9]))*")
PARTY_FILE = re.compile(r"parties/([A-Z0-9][A-Z0-9-]{0,14}[A-Z0-9])\.cbor")
ENTRY_FILE = re.compile(r"entries/([0-9]{8})\.cbor")
RECEIPT_FILE = re.compile(r"receipts/([0-9]{8})\.cose")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """One entry shown with its content; ``blind`` and ``content`` are None when the content was destroyed."""

    index: int
    leaf: bytes
    blind: bytes | None
    content: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of an export, `export.cbor`. ``made_at`` is the exporter's clock."""

    realm: Realm
    party: str
    line: bytes
    made_at: Instant
    size: int
    charter: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Everything of which an export is made.

    Args:
        head: realm, exporting party, line, time, journal size and charter hash.
        origin: the journal's name, as `journal_origin` makes it.
        log_key: public half of the key that signs checkpoint, receipts and MANIFEST.
        introductions: party code -> introduction file, of both parties.
        leaf_hashes: of the whole journal, in order.
        entries: those disclosed.
        cosigned: the newest note of this journal with the peer's cosignatures, or None.
        peer_checkpoint: the newest note of the peer's journal with our cosignatures, or None.
    """

    head: Head
    origin: str
    log_key: VerifyKey
    introductions: Mapping[str, bytes]
    leaf_hashes: Sequence[bytes]
    entries: Sequence[Disclosed]
    cosigned: str | None
    peer_checkpoint: str | None


class LeafTree:
    """The Merkle tree over leaf hashes that lie in one byte string; proofs and roots at every size are read from it."""

    __slots__ = ("_levels", "size")

    def __init__(self, leaves: bytes) -> None:
        self.size = len(leaves) // tree.HASH_BYTES
        self._levels = [leaves]
        while len(self._levels[-1]) >= 2 * tree.HASH_BYTES:
            below = self._levels[-1]
            pairs = len(below) // (2 * tree.HASH_BYTES)
            self._levels.append(
                b"".join(tree.node_hash(_at(below, 2 * n), _at(below, 2 * n + 1)) for n in range(pairs))
            )

    def read(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree (`tree.NodeReader`)."""
        return _at(self._levels[level], index)

    def root_at(self, size: int) -> bytes:
        """Return the root that the journal had at a size up to its own."""
        return tree.root_at(size, self.read)


def _at(hashes: bytes, index: int) -> bytes:
    return hashes[index * tree.HASH_BYTES : (index + 1) * tree.HASH_BYTES]


def journal_origin(manifest: Manifest) -> str:
    """Return the name of a party's journal (docs/spec/checkpoint.md)."""
    return f"armslength/{manifest.party}/{manifest.realm.value}/{manifest.root_key_id.hex()[:16]}"


def entry_name(index: int) -> str:
    """Return the file name of a disclosed entry."""
    return f"entries/{index:08}.cbor"


def receipt_name(index: int) -> str:
    """Return the file name of an entry's receipt of inclusion."""
    return f"receipts/{index:08}.cose"


def party_name(party: str) -> str:
    """Return the file name of a party's introduction."""
    return f"parties/{party_code(party)}.cbor"


def build_export(pieces: Pieces, sign_log: Callable[[bytes], bytes]) -> dict[str, bytes]:
    """Put an export together.

    Args:
        pieces: what goes into it.
        sign_log: gives the Ed25519 signature by the journal's key over its argument.

    Returns:
        File names and bytes, MANIFEST among them.
    """
    leaves = LeafTree(b"".join(pieces.leaf_hashes))
    seen = checkpoints.Checkpoint(origin=pieces.origin, size=leaves.size, root=leaves.root_at(leaves.size))
    files = {
        HEAD: encode_head(pieces.head),
        CHECKPOINT: _checkpoint_note(pieces, seen, sign_log).encode(),
        LEAVES: cbor.encode(b"".join(pieces.leaf_hashes)),
        README: readme(pieces.head, tuple(pieces.introductions)).encode(),
        **{party_name(party): data for party, data in pieces.introductions.items()},
    }
    for name, note in ((COSIGNED, pieces.cosigned), (PEER_CHECKPOINT, pieces.peer_checkpoint)):
        if note is not None:
            files[name] = note.encode()
    protected, signature = _inclusion_signer(pieces, seen.root, sign_log)
    for entry in pieces.entries:
        files[entry_name(entry.index)] = cbor.encode((entry.leaf, entry.blind, entry.content))
        path = tree.inclusion_path(entry.index, leaves.size, leaves.read)
        proof = receipts.InclusionProof(size=leaves.size, index=entry.index, path=path)
        files[receipt_name(entry.index)] = receipts.encode_receipt(protected, proof, signature)
    return {**files, MANIFEST: sign_files(files, pieces, sign_log)}


def _inclusion_signer(pieces: Pieces, root: bytes, sign_log: Callable[[bytes], bytes]) -> tuple[bytes, bytes]:
    # RFC 9942 signs the root alone, so one header and one signature serve every receipt at this size.
    protected = receipts.protected_header(pieces.log_key.alg, pieces.log_key.kid, pieces.origin)
    return protected, sign_log(receipts.receipt_tbs(protected, root))


def encode_head(head: Head) -> bytes:
    """Return the bytes of `export.cbor`."""
    return cbor.encode(
        {
            1: PROFILE_VERSION,
            2: head.realm.value,
            3: head.party,
            4: head.line,
            5: head.made_at,
            6: head.size,
            7: head.charter,
            8: MARKS[head.realm],
        }
    )


def _checkpoint_note(pieces: Pieces, seen: Checkpoint, sign_log: Callable[[bytes], bytes]) -> str:
    signature = sign_log(checkpoints.checkpoint_tbs(seen, pieces.log_key))
    line = checkpoints.log_signature(pieces.origin, pieces.log_key, signature)
    return assemble_note(checkpoints.checkpoint_body(seen), (line,))


def sign_files(files: Mapping[str, bytes], pieces: Pieces, sign_log: Callable[[bytes], bytes]) -> bytes:
    """Return the signed MANIFEST over these files."""
    body = manifest_text(files, pieces.head.realm, pieces.origin)
    line = checkpoints.log_signature(pieces.origin, pieces.log_key, sign_log(note_message(body)))
    # The text may be longer than a note of the line is allowed to be, so only the signature lines are a note's.
    tail = assemble_note("-\n", (line,)).removeprefix("-\n")
    return (body + tail).encode()


def manifest_text(files: Mapping[str, bytes], realm: Realm, origin: str) -> str:
    """Return the text of MANIFEST: whose export it is, then one line a file in order of their names.

    The first line has a blank, so the text is never a checkpoint, whose second line is a bare number.
    """
    lines = [f"{domain(realm, 'export').decode()} {origin}"]
    lines += [f"{sha256(files[name]).hexdigest()} {len(files[name])} {name}" for name in sorted(files)]
    return "".join(f"{line}\n" for line in lines)


def readme(head: Head, parties: Sequence[str]) -> str:
    """Return what the export is, in words."""
    first, second = sorted(parties)
    body = f"""This folder is a copy of one line's journal, exported by {head.party}.

The line connects {first} and {second} (line {head.line.hex()}). Every message and receipt in it was signed by its
author when it was made. The folder can be checked on any machine, without a network and without asking anybody:

    armslength verify FOLDER --trust FINGERPRINT-OF-{first} --trust FINGERPRINT-OF-{second}

The fingerprints are the eleven words that the parties read to each other at their introduction. Without them the
check still shows that nothing was changed, but not who the parties are.

MANIFEST          names every file with its hash and length; signed by {head.party}
export.cbor       realm, exporting party, line, time, journal size, charter
parties/          who the parties are: their manifests, signed by their roots
checkpoint        the state of the whole journal of {head.party} at the time of this export
cosigned          the newest state of that journal which the other party has signed too, if there is one
peer-checkpoint   the newest state of the other party's journal which {head.party} holds and signed
leaves.cbor       the hash of every entry of the journal; entries of other lines are not disclosed
entries/          the entries disclosed: leaf, blind and content
receipts/         for each of them, the proof that it stands in the journal (RFC 9942)

A receipt R0 to R4 never means consent, permission or action. What only {head.party} says is marked so in the account.
"""
    mark = MARKS[head.realm]
    return f"{mark}\n\n{body}\n{mark}\n" if mark else body

"""Vectors of the journal: leaves, proofs, checkpoints, cosignatures, what a witness accepts, receipts of inclusion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from armslength.core import cbor, cose
from armslength.journal import checkpoint, entry, note, receipts, tree
from armslength.journal.checkpoint import Checkpoint
from maker.cast import EUCOM, LINE, NDMC, START, drawn_ml_dsa, seed
from maker.vector import OK, Vector

ORIGIN = f"armslength/EUCOM/EXERCISE/{EUCOM.manifest.root_key_id.hex()[:16]}"
WITNESS = f"armslength/NDMC/EXERCISE/{NDMC.manifest.root_key_id.hex()[:16]}"
TIME_S = 1_668_942_060
CONTENT = b"the recorded bytes"
BLIND = seed("blind")


@dataclass(frozen=True)
class Journal:
    """A journal of some entries; ``mark`` makes another one of the same sizes."""

    mark: str = ""

    @cached_property
    def leaves(self) -> tuple[bytes, ...]:
        """Seven leaves."""
        first = entry.Entry(kind="genesis", at=START, line=None, commitment=entry.commitment(BLIND, CONTENT))
        more = [
            entry.Entry(kind="message-out", at=START + n, line=LINE, commitment=seed(f"{self.mark}{n}"))
            for n in range(6)
        ]
        return tuple(entry.encode_leaf(one) for one in (first, *more))

    @cached_property
    def nodes(self) -> dict[tuple[int, int], bytes]:
        """Every complete subtree."""
        found, frontier = {}, tree.Frontier()
        for leaf in self.leaves:
            made = tree.append(frontier, tree.leaf_hash(leaf))
            frontier = made.frontier
            found |= {(node.level, node.index): node.hash for node in made.nodes}
        return found

    def read(self, level: int, index: int) -> bytes:
        """Return a node's hash."""
        return self.nodes[level, index]

    def root(self, size: int) -> bytes:
        """Return the root at a size."""
        return tree.root_at(size, self.read)

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """Return a consistency proof."""
        return tree.consistency_path(old, new, self.read)

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """Return an inclusion proof."""
        return tree.inclusion_path(index, size, self.read)

    def body(self, size: int) -> str:
        """Return the text of a checkpoint."""
        return checkpoint.checkpoint_body(Checkpoint(origin=ORIGIN, size=size, root=self.root(size)))

    def signed(self, size: int) -> bytes:
        """Return a checkpoint signed by EUCOM's log key."""
        return signed_note(self.body(size))


JOURNAL, OTHER = Journal(), Journal("other ")
LOG = EUCOM.public("log")


def signed_note(body: str, purpose: str = "log", name: str = ORIGIN) -> bytes:
    """Return a note with one Ed25519 signature line."""
    key = EUCOM.key(purpose)
    verifier = cose.VerifyKey(alg=key.alg, public=key.public)
    line = checkpoint.log_signature(name, verifier, key.sign(note.note_message(body)))
    return note.assemble_note(body, (line,)).encode()


def cosigned(size: int, purpose: str) -> bytes:
    """Return a checkpoint with NDMC's cosignature added."""
    parsed = note.parse_note(JOURNAL.signed(size))
    key = NDMC.key(purpose)
    verifier = cose.VerifyKey(alg=key.alg, public=key.public)
    message = checkpoint.cosignature_tbs(WITNESS, verifier, TIME_S, parsed.text)
    signature = key.sign(message) if key.alg == cose.ED25519 else drawn_ml_dsa(key, message)
    line = checkpoint.cosignature(WITNESS, verifier, TIME_S, signature)
    return note.assemble_note(parsed.text, (*parsed.signatures, line)).encode()


def _checkpoint(name: str, expect: str, what: str, data: bytes) -> Vector:
    return Vector(
        name=f"checkpoint/{name}",
        expect=expect,
        what=what,
        run="verify-checkpoint",
        values={"origin": ORIGIN},
        octets={"log": LOG.public, "note": data},
        gives={"size": "7", "root": JOURNAL.root(7).hex()} if expect == OK else {},
    )


def _checkpoints() -> list[Vector]:
    good = JOURNAL.signed(7)
    text = good.decode()
    root = note.encode_base64(JOURNAL.root(7))
    first, last = text.rsplit(" ", 1)
    flipped = note.encode_base64(bytes((*note.decode_base64(last.strip())[:-1], 0)))  # type: ignore[index]
    elsewhere = ORIGIN.replace("EUCOM", "OTHER")
    return [
        _checkpoint("good", OK, "A checkpoint of seven entries.", good),
        _checkpoint(
            "good-unknown-signature",
            OK,
            "A line of a key that nobody here knows is passed over.",
            good + "— somebody-else AAAAAAA=\n".encode(),
        ),
        _checkpoint(
            "signature", "COSE-SIGNATURE", "The last byte of the signature is wrong.", f"{first} {flipped}\n".encode()
        ),
        _checkpoint(
            "signature-key",
            "NOTE-UNSIGNED",
            "Signed by the node's sign key, not its log key.",
            signed_note(JOURNAL.body(7), "sign"),
        ),
        _checkpoint(
            "origin",
            "CHECKPOINT-ORIGIN",
            "The checkpoint of another journal.",
            signed_note(JOURNAL.body(7).replace(ORIGIN, elsewhere)),
        ),
        _checkpoint("size-zero-first", "CHECKPOINT-FORMAT", "The size 07.", signed_note(f"{ORIGIN}\n07\n{root}\n")),
        _checkpoint("size-negative", "CHECKPOINT-FORMAT", "The size -7.", signed_note(f"{ORIGIN}\n-7\n{root}\n")),
        _checkpoint("size-large", "CHECKPOINT-FORMAT", "The size 2^63.", signed_note(f"{ORIGIN}\n{2**63}\n{root}\n")),
        _checkpoint(
            "root-short",
            "CHECKPOINT-FORMAT",
            "A root of 31 bytes.",
            signed_note(f"{ORIGIN}\n7\n{note.encode_base64(bytes(31))}\n"),
        ),
        _checkpoint(
            "root-loose",
            "CHECKPOINT-FORMAT",
            "Base64 with loose padding bits.",
            signed_note(f"{ORIGIN}\n7\n{'A' * 42}B=\n"),
        ),
        _checkpoint("two-lines", "CHECKPOINT-FORMAT", "A text of two lines.", signed_note(f"{ORIGIN}\n7\n")),
        _checkpoint("no-signature", "NOTE-FORMAT", "A text and no signature line.", JOURNAL.body(7).encode()),
        _checkpoint("control", "NOTE-FORMAT", "A carriage return.", good.replace(b"\n", b"\r\n")),
        _checkpoint("dash", "NOTE-FORMAT", "A hyphen in place of the dash.", good.replace("—".encode(), b"-")),
        _checkpoint(
            "base64-loose",
            "NOTE-FORMAT",
            "A blank inside the signature.",
            f"{first} {last.strip()[:8]} {last.strip()[8:]}\n".encode(),
        ),
        _checkpoint("signatures-17", "NOTE-SIZE", "Seventeen signature lines.", good + "— a AAAAAAA=\n".encode() * 16),
    ]


def _cosignatures() -> list[Vector]:
    def case(name: str, expect: str, what: str, data: bytes, purpose: str = "witness") -> Vector:
        public = NDMC.public(purpose)
        return Vector(
            name=f"checkpoint/{name}",
            expect=expect,
            what=what,
            run="verify-cosignature",
            values={"witness": WITNESS, "witness-key-alg": str(public.alg)},
            octets={"witness-key": public.public, "note": data},
            gives={"time": str(TIME_S)} if expect == OK else {},
        )

    ed, pq = cosigned(7, "witness"), cosigned(7, "witness-pq")
    later = ed.replace(
        f"\n7\n{note.encode_base64(JOURNAL.root(7))}".encode(), f"\n6\n{note.encode_base64(JOURNAL.root(6))}".encode()
    )
    key_hash = checkpoint.note_key_hash(
        WITNESS, checkpoint.SignatureKind.COSIGNATURE_ED25519, NDMC.public("witness").public
    )
    untimed = f"\u2014 {WITNESS} {note.encode_base64(key_hash + bytes(64))}\n".encode()
    shorter = JOURNAL.signed(7) + untimed
    return [
        case("good-cosignature-ed25519", OK, "cosignature/v1 by the witness key.", ed),
        case(
            "good-cosignature-ml-dsa-44", OK, "ML-DSA-44 by the witness-pq key, as C2SP defines it.", pq, "witness-pq"
        ),
        case("cosignature-missing", "NOTE-UNSIGNED", "The journal's signature alone.", JOURNAL.signed(7)),
        case("cosignature-other-tree", "COSE-SIGNATURE", "Cosigned for seven entries, shown under six.", later),
        case("cosignature-length", "NOTE-SIGNATURE", "A cosignature without its time.", shorter),
        case("cosignature-kind", "NOTE-UNSIGNED", "Cosigned with Ed25519, asked for ML-DSA-44.", ed, "witness-pq"),
    ]


def _witness(
    name: str, expect: str, what: str, held: tuple[int, bytes], data: bytes, since: int, path: tuple[bytes, ...]
) -> Vector:
    return Vector(
        name=f"checkpoint/{name}",
        expect=expect,
        what=what,
        run="witness",
        values={"realm": "EXERCISE", "held-size": str(held[0]), "since": str(since)},
        octets={
            "held-root": held[1],
            "note": data,
            "path": cbor.encode(path),
            "manifest-payload": EUCOM.manifest_payload,
        },
    )


def _witnesses() -> list[Vector]:
    three = (3, JOURNAL.root(3))
    seven = (7, JOURNAL.root(7))
    path = JOURNAL.consistency(3, 7)
    return [
        _witness(
            "good-witness-first",
            OK,
            "The first checkpoint of a journal is taken as it is.",
            (0, tree.EMPTY_ROOT),
            JOURNAL.signed(3),
            0,
            (),
        ),
        _witness("good-witness-grown", OK, "Grown from three entries to seven.", three, JOURNAL.signed(7), 3, path),
        _witness("good-witness-again", OK, "The same checkpoint again.", seven, JOURNAL.signed(7), 7, ()),
        _witness(
            "fork-same-size",
            "CHECKPOINT-FORK",
            "Another root for a size that was cosigned.",
            seven,
            OTHER.signed(7),
            7,
            (),
        ),
        _witness(
            "fork-grown",
            "CHECKPOINT-FORK",
            "Grown from another journal's first three.",
            three,
            OTHER.signed(7),
            3,
            OTHER.consistency(3, 7),
        ),
        _witness("fork-path", "CHECKPOINT-FORK", "The proof lacks a hash.", three, JOURNAL.signed(7), 3, path[:-1]),
        _witness(
            "rollback",
            "CHECKPOINT-ROLLBACK",
            "Three entries after seven were cosigned.",
            seven,
            JOURNAL.signed(3),
            7,
            (),
        ),
        _witness(
            "witness-signature",
            "RECEIPT-CHECKPOINT",
            "Signed by another key than the log key.",
            three,
            signed_note(JOURNAL.body(7), "sign"),
            3,
            path,
        ),
    ]


def _proofs() -> list[Vector]:
    def consistency(
        name: str, expect: str, what: str, old: int, new: int, path: tuple[bytes, ...], old_root: bytes | None = None
    ) -> Vector:
        roots = {"old-root": old_root or JOURNAL.root(old or 1), "new-root": JOURNAL.root(new)}
        return Vector(
            name=f"journal/{name}",
            expect=expect,
            what=what,
            run="verify-consistency",
            values={"old-size": str(old), "new-size": str(new)},
            octets={**roots, "path": cbor.encode(path)},
        )

    def inclusion(name: str, expect: str, what: str, index: int, path: tuple[bytes, ...]) -> Vector:
        leaf = JOURNAL.leaves[5]
        return Vector(
            name=f"journal/{name}",
            expect=expect,
            what=what,
            run="verify-inclusion",
            values={"index": str(index), "size": "7"},
            octets={"leaf": leaf, "root": JOURNAL.root(7), "path": cbor.encode(path)},
        )

    path, grown = JOURNAL.inclusion(5, 7), JOURNAL.consistency(3, 7)
    return [
        consistency("good-consistency", OK, "Seven entries begin with these three.", 3, 7, grown),
        consistency("good-consistency-power", OK, "From a complete tree of four.", 4, 7, JOURNAL.consistency(4, 7)),
        consistency("good-consistency-same", OK, "A size against itself.", 7, 7, ()),
        consistency(
            "consistency-mismatch", "CONSISTENCY-MISMATCH", "Another journal's first three.", 3, 7, grown, OTHER.root(3)
        ),
        consistency("consistency-short", "PROOF-LENGTH", "A hash is missing.", 3, 7, grown[:-1]),
        consistency(
            "consistency-empty-tree", "PROOF-RANGE", "From the empty tree, from which nothing is proven.", 0, 7, ()
        ),
        inclusion("good-inclusion", OK, "Entry 5 of 7.", 5, path),
        inclusion("inclusion-mismatch", "INCLUSION-MISMATCH", "The proof of entry 4.", 4, JOURNAL.inclusion(4, 7)),
        inclusion("inclusion-range", "PROOF-RANGE", "Entry 7 of 7, counted from 0.", 7, path),
        inclusion("inclusion-long", "PROOF-LENGTH", "A hash too many.", 5, (*path, bytes(32))),
        inclusion("inclusion-node", "PROOF-NODE", "A hash of 31 bytes.", 5, (path[0][:31], *path[1:])),
    ]


def _leaves() -> list[Vector]:
    def case(name: str, expect: str, what: str, leaf: bytes, content: bytes = CONTENT) -> Vector:
        gives = {"kind": "genesis", "leaf-hash": tree.leaf_hash(leaf).hex()} if expect == OK else {}
        return Vector(
            name=f"journal/{name}",
            expect=expect,
            what=what,
            run="open-leaf",
            octets={"leaf": leaf, "blind": BLIND, "content": content},
            gives=gives,
        )

    good = JOURNAL.leaves[0]
    fields: Any = cbor.decode(good)
    return [
        case("good-leaf", OK, "A leaf whose content opens its commitment.", good),
        case("leaf-content", "COMMITMENT-MISMATCH", "Another content.", good, b"other bytes"),
        case("leaf-kind", "JOURNAL-ENTRY-KIND", "A kind that no page names.", cbor.encode({**fields, 1: "rumour"})),
        case(
            "leaf-missing",
            "JOURNAL-ENTRY-FORMAT",
            "A leaf of three fields.",
            cbor.encode({n: fields[n] for n in (1, 2, 4)}),
        ),
        case(
            "leaf-commitment",
            "JOURNAL-ENTRY-FORMAT",
            "A commitment of 31 bytes.",
            cbor.encode({**fields, 4: bytes(31)}),
        ),
        case("leaf-line", "JOURNAL-ENTRY-FORMAT", "A line id of no bytes.", cbor.encode({**fields, 3: b""})),
    ]


def _receipts() -> list[Vector]:
    protected = receipts.protected_header(cose.ED25519, LOG.kid, ORIGIN)
    signature = EUCOM.key("log").sign(receipts.receipt_tbs(protected, JOURNAL.root(7)))
    proof = receipts.InclusionProof(size=7, index=5, path=JOURNAL.inclusion(5, 7))
    good = receipts.encode_receipt(protected, proof, signature)
    old = receipts.protected_header(cose.EDDSA, LOG.kid, ORIGIN)
    wrong_tree = cose.encode_protected({1: cose.ED25519, 4: LOG.kid, 15: {1: ORIGIN}, 395: 2})
    two = cbor.encode((7, 5, JOURNAL.inclusion(5, 7)))

    def case(name: str, expect: str, what: str, data: bytes, leaf: bytes = JOURNAL.leaves[5]) -> Vector:
        return Vector(
            name=f"journal/{name}",
            expect=expect,
            what=what,
            run="verify-receipt",
            octets={"log": LOG.public, "leaf": leaf, "receipt": data},
            gives={"root": JOURNAL.root(7).hex()} if expect == OK else {},
        )

    return [
        case("good-receipt", OK, "A receipt of inclusion (RFC 9942) of entry 5 of 7.", good),
        case("receipt-leaf", "COSE-SIGNATURE", "The receipt of another entry.", good, JOURNAL.leaves[4]),
        case(
            "receipt-algorithm",
            "COSE-ALGORITHM-MISMATCH",
            "EdDSA (-8), which RFC 9864 deprecates.",
            receipts.encode_receipt(old, proof, EUCOM.key("log").sign(receipts.receipt_tbs(old, JOURNAL.root(7)))),
        ),
        case(
            "receipt-tree",
            "COSE-RECEIPT-FORMAT",
            "A verifiable data structure that is not RFC 9162.",
            cose.encode_sign1(wrong_tree, None, signature, {396: {-1: [two]}}),
        ),
        case(
            "receipt-two-proofs",
            "COSE-RECEIPT-FORMAT",
            "Two proofs in one receipt.",
            cose.encode_sign1(protected, None, signature, {396: {-1: [two, two]}}),
        ),
        case(
            "receipt-attached",
            "COSE-RECEIPT-FORMAT",
            "The root travels inside.",
            cose.encode_sign1(protected, JOURNAL.root(7), signature, {396: {-1: [two]}}),
        ),
    ]


def _vkeys() -> list[Vector]:
    good = checkpoint.encode_vkey(
        checkpoint.NoteKey(name=ORIGIN, kind=checkpoint.SignatureKind.ED25519, public=LOG.public)
    )
    name, key_id, material = good.split("+", 2)
    wrong = f"{name}+{int(key_id, 16) ^ 1:08x}+{material}"
    return [
        Vector(
            name=f"checkpoint/{label}",
            expect=expect,
            what=what,
            run="parse-vkey",
            octets={"vkey": text.encode()},
            gives=gives,
        )
        for label, expect, what, text, gives in (
            ("good-vkey", OK, "A verifier key as text.", good, {"public": LOG.public.hex()}),
            ("vkey-id", "VKEY-FORMAT", "The key id is not of this name and key.", wrong, {}),
        )
    ]


def vectors() -> list[Vector]:
    """Return the vectors of this area."""
    return [*_checkpoints(), *_cosignatures(), *_witnesses(), *_proofs(), *_leaves(), *_receipts(), *_vkeys()]

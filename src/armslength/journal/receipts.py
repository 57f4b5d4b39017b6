"""COSE receipts (RFC 9942) of inclusion and consistency, for exports and disclosures.

They say in the form of the public standard what our checkpoints and proofs say: a COSE_Sign1 by the journal's key over
a root that does not travel (detached), which the reader computes from the entry and the proof beside it. These are not
the receipts R0 to R4 of the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.core import cbor, cose
from armslength.core.errors import LocalError, PeerError
from armslength.journal import tree

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER_CWT_CLAIMS: Final = 15
"""CWT claims in the protected header (RFC 9597); claim 1 is the issuer (RFC 8392)."""

HEADER_VDS: Final = 395
"""Verifiable data structure (RFC 9942); protected."""

HEADER_VDP: Final = 396
"""Verifiable data proofs (RFC 9942); unprotected, since the signature is over what they compute to."""

VDS_RFC9162_SHA256: Final = 1
"""The tree of `armslength.journal.tree`."""

RECEIPT_BYTES_MAX: Final = 8 * 1024
"""64 hashes of 32 bytes, an ML-DSA-44 signature of 2,420 and the headers stay below."""

_INCLUSION, _CONSISTENCY = -1, -2
_CLAIM_ISSUER: Final = 1
_PARTS: Final = 4
_TAG_SIGN1: Final = 18
_UNDERSTOOD: Final[frozenset[int | str]] = frozenset({cose.HEADER_ALG, cose.HEADER_KID, HEADER_CWT_CLAIMS, HEADER_VDS})
_UNPROTECTED: Final[frozenset[int | str]] = frozenset({HEADER_VDP})
# RFC 9942 binds no further data; realm and journal are told apart by their keys, and records by their own domains.
_NO_AAD: Final = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionProof:
    """That the entry at an index stands in the tree of a size."""

    size: int
    index: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistencyProof:
    """That the tree of the new size begins with the tree of the old size."""

    old_size: int
    new_size: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoseReceipt:
    """A parsed receipt; nothing is verified yet.

    Args:
        message: the COSE_Sign1 with its detached payload.
        proof: the one proof in it.
        issuer: CWT claim 1, the journal's name, or None.
        key_id: COSE header 4, or None.
    """

    message: cose.Sign1
    proof: InclusionProof | ConsistencyProof
    issuer: str | None
    key_id: bytes | None


def protected_header(alg: int, key_id: bytes, issuer: str) -> bytes:
    """Return the protected header of a receipt.

    Args:
        alg: COSE algorithm of the journal's key; -8 in place of -19 for readers that know no RFC 9864 yet.
        key_id: `cose.key_id` of the journal's key.
        issuer: the journal's name.
    """
    return cose.encode_protected(
        {
            cose.HEADER_ALG: alg,
            cose.HEADER_KID: key_id,
            HEADER_CWT_CLAIMS: {_CLAIM_ISSUER: issuer},
            HEADER_VDS: VDS_RFC9162_SHA256,
        }
    )


def receipt_tbs(protected_raw: bytes, root: bytes) -> bytes:
    """Return what the journal's key signs: the Sig_structure over the tree's (newer) root."""
    if len(root) != tree.HASH_BYTES:
        raise LocalError("JOURNAL-HASH", expected=tree.HASH_BYTES, got=len(root))
    return cose.sign1_tbs(protected_raw, _NO_AAD, root)


def encode_receipt(protected_raw: bytes, proof: InclusionProof | ConsistencyProof, signature: bytes) -> bytes:
    """Return a receipt from its header, its proof and the signature over `receipt_tbs`.

    Raises:
        LocalError: JOURNAL-RANGE for an empty path, which RFC 9942 does not allow: a tree of one entry has no inclusion
            proof, and a tree needs none against itself.
    """
    if not proof.path:
        raise LocalError("JOURNAL-RANGE", expected="a tree of two entries or more, or two sizes")
    if isinstance(proof, InclusionProof):
        label, encoded = _INCLUSION, cbor.encode((proof.size, proof.index, proof.path))
    else:
        label, encoded = _CONSISTENCY, cbor.encode((proof.old_size, proof.new_size, proof.path))
    return cose.encode_sign1(protected_raw, None, signature, {HEADER_VDP: {label: [encoded]}})


def parse_receipt(data: bytes) -> CoseReceipt:
    """Read a receipt that came from outside.

    Raises:
        PeerError: COSE-RECEIPT-FORMAT, or a COSE or CBOR code.
    """
    # The algorithm is judged when a key is at hand (`verify_*`), so that a receipt of any algorithm can be shown.
    protected_raw, unprotected_raw, payload, signature = cose.read_tagged(data, _TAG_SIGN1, _PARTS, RECEIPT_BYTES_MAX)
    protected, unprotected = cose.read_headers(protected_raw, unprotected_raw, _UNPROTECTED, _UNDERSTOOD)
    if protected.get(HEADER_VDS) != VDS_RFC9162_SHA256 or payload is not None:
        raise PeerError("COSE-RECEIPT-FORMAT", expected="a tree of RFC 9162 and a detached root")
    message = cose.Sign1(
        protected_raw=cose.as_bytes(protected_raw),
        protected=protected,
        unprotected=unprotected,
        payload=None,
        signature=cose.as_bytes(signature),
    )
    return CoseReceipt(
        message=message,
        proof=_parse_proofs(unprotected.get(HEADER_VDP)),
        issuer=_parse_issuer(protected.get(HEADER_CWT_CLAIMS)),
        key_id=_parse_key_id(protected),
    )


def verify_inclusion_receipt(
    receipt: CoseReceipt, leaf: bytes, key: cose.VerifyKey, *, accept_eddsa: bool = True
) -> bytes:
    """Check that the journal's key states this entry to stand in its tree; return the root.

    Args:
        receipt: a receipt with an inclusion proof.
        leaf: the entry's leaf bytes, see `armslength.journal.entry.encode_leaf`.
        key: the journal's key.
        accept_eddsa: take the older algorithm number -8 for an Ed25519 key.

    Raises:
        PeerError: COSE-RECEIPT-FORMAT, it is a receipt of consistency.
        VerificationError: a PROOF code, or the code of a bad signature.
    """
    proof = receipt.proof
    if not isinstance(proof, InclusionProof):
        raise PeerError("COSE-RECEIPT-FORMAT", expected="a receipt of inclusion")
    root = tree.root_from_inclusion(tree.leaf_hash(leaf), proof.index, proof.size, proof.path)
    cose.verify_sign1(receipt.message, key, _NO_AAD, detached_payload=root, accept_eddsa=accept_eddsa)
    return root


def verify_consistency_receipt(
    receipt: CoseReceipt, old_root: bytes, key: cose.VerifyKey, *, accept_eddsa: bool = True
) -> bytes:
    """Check that the journal's key states its tree to begin with the one of an older root; return the newer root.

    Raises:
        PeerError: COSE-RECEIPT-FORMAT, it is a receipt of inclusion.
        VerificationError: a PROOF code, CONSISTENCY-MISMATCH, or the code of a bad signature.
    """
    proof = receipt.proof
    if not isinstance(proof, ConsistencyProof):
        raise PeerError("COSE-RECEIPT-FORMAT", expected="a receipt of consistency")
    root = tree.root_from_consistency(proof.old_size, proof.new_size, old_root, proof.path)
    cose.verify_sign1(receipt.message, key, _NO_AAD, detached_payload=root, accept_eddsa=accept_eddsa)
    return root


def _parse_proofs(proofs: cbor.CborValue) -> InclusionProof | ConsistencyProof:
    """Read the one proof; RFC 9942 allows several, and then nobody knows which one the signer meant."""
    if not isinstance(proofs, dict) or len(proofs) != 1:
        raise PeerError("COSE-RECEIPT-FORMAT", expected="one kind of proof")
    ((label, encoded),) = proofs.items()
    if label not in (_INCLUSION, _CONSISTENCY) or not isinstance(encoded, tuple) or len(encoded) != 1:
        raise PeerError("COSE-RECEIPT-FORMAT", expected="one proof of inclusion or consistency")
    first, second, path = _parse_proof(encoded[0])
    if label == _INCLUSION:
        return InclusionProof(size=first, index=second, path=path)
    return ConsistencyProof(old_size=first, new_size=second, path=path)


def _parse_proof(encoded: cbor.CborValue) -> tuple[int, int, tuple[bytes, ...]]:
    fields = cbor.decode(cose.as_bytes(encoded), depth_max=2, size_max=RECEIPT_BYTES_MAX)
    match fields:
        case (int(first), int(second), tuple(path)) if not isinstance(first, bool) and not isinstance(second, bool):
            nodes = tuple(node for node in path if isinstance(node, bytes))
            if 1 <= len(path) <= tree.PROOF_NODES_MAX and len(nodes) == len(path):
                return first, second, nodes
    raise PeerError("COSE-RECEIPT-FORMAT", expected="two numbers and a path of hashes")


def _parse_issuer(claims: cbor.CborValue) -> str | None:
    issuer = claims.get(_CLAIM_ISSUER) if isinstance(claims, dict) else None
    return issuer if isinstance(issuer, str) else None


def _parse_key_id(protected: Mapping[cbor.CborKey, cbor.CborValue]) -> bytes | None:
    key_id = protected.get(cose.HEADER_KID)
    return key_id if isinstance(key_id, bytes) else None

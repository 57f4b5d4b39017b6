from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import cbor2
import pytest
import scitt_cose
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.core import cose
from armslength.core.errors import ArmslengthError, LocalError, PeerError, VerificationError
from armslength.journal import receipts, tree

VECTORS = Path(__file__).parents[2] / "vectors" / "cose-receipts"
KEY = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(bytes([8]) * 32)
ISSUER = "eucom.example/exercise/journal"
LEAVES = [f"entry {n}".encode() for n in range(11)]


def public(key: Ed25519PrivateKey) -> cose.VerifyKey:
    return cose.VerifyKey(cose.ED25519, key.public_key().public_bytes_raw())


def nodes() -> dict[tuple[int, int], bytes]:
    found: dict[tuple[int, int], bytes] = {}
    frontier = tree.Frontier()
    for leaf in LEAVES:
        appended = tree.append(frontier, tree.leaf_hash(leaf))
        frontier = appended.frontier
        found.update({(node.level, node.index): node.hash for node in appended.nodes})
    return found


NODES = nodes()


def read(level: int, index: int) -> bytes:
    return NODES[level, index]


def signed(proof: receipts.InclusionProof | receipts.ConsistencyProof, alg: int = cose.ED25519) -> bytes:
    size = proof.size if isinstance(proof, receipts.InclusionProof) else proof.new_size
    header = receipts.protected_header(alg, public(KEY).kid, ISSUER)
    return receipts.encode_receipt(header, proof, KEY.sign(receipts.receipt_tbs(header, tree.root_at(size, read))))


def inclusion(index: int, size: int) -> receipts.InclusionProof:
    return receipts.InclusionProof(size=size, index=index, path=tree.inclusion_path(index, size, read))


def consistency(old: int, new: int) -> receipts.ConsistencyProof:
    return receipts.ConsistencyProof(old_size=old, new_size=new, path=tree.consistency_path(old, new, read))


def pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_pem(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("alg", [cose.ED25519, cose.EDDSA])
def test_receipts_of_inclusion_hold_and_give_the_root(alg: int) -> None:
    for size in range(2, 12):
        for index in range(size):
            receipt = receipts.parse_receipt(signed(inclusion(index, size), alg))
            assert receipt.proof == inclusion(index, size)
            assert (receipt.issuer, receipt.key_id) == (ISSUER, public(KEY).kid)
            root = receipts.verify_inclusion_receipt(receipt, LEAVES[index], public(KEY))
            assert root == tree.root_at(size, read)


def test_receipts_of_consistency_hold_and_give_the_newer_root() -> None:
    for new in range(2, 12):
        for old in range(1, new):
            receipt = receipts.parse_receipt(signed(consistency(old, new)))
            root = receipts.verify_consistency_receipt(receipt, tree.root_at(old, read), public(KEY))
            assert root == tree.root_at(new, read)


def test_an_ml_dsa_44_journal_makes_receipts_too() -> None:
    key = MLDSA44PrivateKey.from_seed_bytes(bytes(32))
    verify_key = cose.VerifyKey(cose.ML_DSA_44, key.public_key().public_bytes_raw())
    header = receipts.protected_header(cose.ML_DSA_44, verify_key.kid, ISSUER)
    signature = key.sign(receipts.receipt_tbs(header, tree.root_at(11, read)))
    receipt = receipts.parse_receipt(receipts.encode_receipt(header, inclusion(4, 11), signature))
    receipts.verify_inclusion_receipt(receipt, LEAVES[4], verify_key)


@pytest.mark.parametrize("size", range(2, 12))
def test_scitt_cose_accepts_ours(size: int) -> None:
    for index in range(size):
        result = scitt_cose.verify_receipt(
            signed(inclusion(index, size), cose.EDDSA),
            leaf_entry_hex=LEAVES[index].hex(),
            log_public_key_pem=public_pem(KEY),
        )
        assert (result.ok, result.errors) == (True, [])
        assert (result.tree_size, result.leaf_index, result.issuer) == (size, index, ISSUER)
        assert result.root == tree.root_at(size, read).hex()


@pytest.mark.parametrize("size", range(2, 12))
def test_we_accept_those_of_scitt_cose(size: int) -> None:
    for index in range(size):
        data = scitt_cose.build_receipt(
            leaf_entry_hex=LEAVES[index].hex(),
            leaf_index=index,
            tree_entries_hex=[leaf.hex() for leaf in LEAVES[:size]],
            alg="EdDSA",
            log_private_key_pem=pem(KEY),
            iss=ISSUER,
            kid=b"key",
        )
        receipt = _read_loosely(data)
        assert (receipt.issuer, receipt.key_id) == (ISSUER, b"key")
        assert receipts.verify_inclusion_receipt(receipt, LEAVES[index], public(KEY)) == tree.root_at(size, read)
        with pytest.raises(VerificationError):
            receipts.verify_inclusion_receipt(receipt, b"another entry", public(KEY))


def _read_loosely(data: bytes) -> receipts.CoseReceipt:
    """Read a receipt whose protected map is not in deterministic order, as a test-only decoder may.

    The header is written again in order for our own parser; the message keeps the bytes that were signed.
    """
    protected_raw, unprotected, payload, signature = cbor2.loads(data).value
    assert payload is None
    protected = {label: _thawed(value) for label, value in cbor2.loads(protected_raw).items()}
    proofs = {label: list(encoded) for label, encoded in unprotected[receipts.HEADER_VDP].items()}
    ordered = cose.encode_sign1(cose.encode_protected(protected), None, signature, {receipts.HEADER_VDP: proofs})
    receipt = receipts.parse_receipt(ordered)
    return replace(receipt, message=replace(receipt.message, protected_raw=protected_raw))


def _thawed(value: Any) -> Any:
    return dict(value) if hasattr(value, "items") else value


def test_scitt_cose_refuses_ours_under_another_key() -> None:
    result = scitt_cose.verify_receipt(
        signed(inclusion(3, 8), cose.EDDSA), leaf_entry_hex=LEAVES[3].hex(), log_public_key_pem=public_pem(OTHER)
    )
    assert (result.ok, result.failed_at) == (False, "signature")


@pytest.mark.parametrize(
    ("name", "sizes", "path"),
    [
        ("inclusion-receipt", (5, 3), ("3d06455d", "33a52117", "4d75742d")),
        ("consistency-receipt", (3, 5), ("3d06455d", "987ba809", "33a52117", "4d75742d")),
    ],
)
def test_the_samples_of_the_standard_are_read(name: str, sizes: tuple[int, int], path: tuple[str, ...]) -> None:
    """Their protected map is not in deterministic order (kid before alg), so it is read by a test-only decoder."""
    data = (VECTORS / f"{name}.cbor").read_bytes()
    with pytest.raises(PeerError) as error:
        receipts.parse_receipt(data)
    assert error.value.code == "CBOR-KEY-ORDER"
    receipt = _read_loosely(data)
    assert (receipt.key_id, receipt.issuer) == (b"test-key-1", "https://transparency-service.example.com")
    proof = receipt.proof
    got = (proof.size, proof.index) if isinstance(proof, receipts.InclusionProof) else (proof.old_size, proof.new_size)
    assert (got, tuple(node.hex()[:8] for node in proof.path)) == (sizes, path)
    with pytest.raises(VerificationError):
        _verify_either(receipt)


def _verify_either(receipt: receipts.CoseReceipt) -> None:
    if isinstance(receipt.proof, receipts.InclusionProof):
        receipts.verify_inclusion_receipt(receipt, LEAVES[3], public(KEY))
    else:
        receipts.verify_consistency_receipt(receipt, tree.root_at(3, read), public(KEY))


def _made(protected: dict[Any, Any], vdp: Any, payload: bytes | None = None) -> bytes:
    return cose.encode_sign1(cose.encode_protected(protected), payload, bytes(64), {396: vdp})


GOOD_HEADER = {1: -19, 395: 1}
ONE = bytes(32)


def _proof(*fields: Any) -> dict[int, list[bytes]]:
    return {-1: [cbor2.dumps(list(fields))]}


MALFORMED = {
    "another tree": _made({1: -19, 395: 2}, _proof(2, 0, [ONE])),
    "no tree named": _made({1: -19}, _proof(2, 0, [ONE])),
    "root attached": _made(GOOD_HEADER, _proof(2, 0, [ONE]), ONE),
    "proofs of another kind": _made(GOOD_HEADER, {-3: [cbor2.dumps([2, 0, [ONE]])]}),
    "two kinds of proof": _made(GOOD_HEADER, {**_proof(2, 0, [ONE]), -2: [cbor2.dumps([1, 2, [ONE]])]}),
    "two proofs": _made(GOOD_HEADER, {-1: _proof(2, 0, [ONE])[-1] * 2}),
    "no proof": _made(GOOD_HEADER, {-1: []}),
    "proofs not a map": _made(GOOD_HEADER, [1]),
    "empty path": _made(GOOD_HEADER, _proof(1, 0, [])),
    "65 hashes": _made(GOOD_HEADER, _proof(2, 0, [ONE] * 65)),
    "a hash of text": _made(GOOD_HEADER, _proof(2, 0, ["x"])),
    "size of True": _made(GOOD_HEADER, _proof(True, 0, [ONE])),
    "two fields": _made(GOOD_HEADER, _proof(2, 0)),
    "path not an array": _made(GOOD_HEADER, _proof(2, 0, ONE)),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_receipts(name: str) -> None:
    with pytest.raises(PeerError) as error:
        receipts.parse_receipt(MALFORMED[name])
    assert error.value.code == "COSE-RECEIPT-FORMAT"


def test_other_malformed_receipts_end_in_the_codes_of_cose_and_cbor() -> None:
    good = signed(inclusion(3, 8))
    for data, code in (
        (good + b"\x00", "CBOR-TRAILING"),
        (good[:-1], "CBOR-LENGTH"),
        (bytes(receipts.RECEIPT_BYTES_MAX + 1), "COSE-SIZE"),
        (cose.encode_sign1(b"", None, b"", {5: b""}), "COSE-HEADER"),
        (_made({**GOOD_HEADER, 2: [99], 99: 1}, _proof(2, 0, [ONE])), "COSE-CRITICAL"),
        (_made(GOOD_HEADER, {-1: [b"\xff"]}), "CBOR-SIMPLE"),
    ):
        with pytest.raises(PeerError) as error:
            receipts.parse_receipt(data)
        assert error.value.code == code


def test_a_receipt_holds_for_its_entry_key_and_kind_only() -> None:
    included = receipts.parse_receipt(signed(inclusion(3, 8)))
    grown = receipts.parse_receipt(signed(consistency(3, 8)))
    with pytest.raises(VerificationError) as error:
        receipts.verify_inclusion_receipt(included, LEAVES[4], public(KEY))
    assert error.value.code == "COSE-SIGNATURE"
    with pytest.raises(VerificationError) as error:
        receipts.verify_inclusion_receipt(included, LEAVES[3], public(OTHER))
    assert error.value.code == "COSE-SIGNATURE"
    with pytest.raises(VerificationError) as error:
        receipts.verify_consistency_receipt(grown, tree.root_at(4, read), public(KEY))
    assert error.value.code == "CONSISTENCY-MISMATCH"
    for wrong_kind in (
        lambda: receipts.verify_inclusion_receipt(grown, LEAVES[3], public(KEY)),
        lambda: receipts.verify_consistency_receipt(included, tree.root_at(3, read), public(KEY)),
    ):
        with pytest.raises(PeerError) as peer_error:
            wrong_kind()
        assert peer_error.value.code == "COSE-RECEIPT-FORMAT"


def test_the_older_algorithm_number_can_be_refused() -> None:
    receipt = receipts.parse_receipt(signed(inclusion(3, 8), cose.EDDSA))
    with pytest.raises(VerificationError) as error:
        receipts.verify_inclusion_receipt(receipt, LEAVES[3], public(KEY), accept_eddsa=False)
    assert error.value.code == "COSE-ALGORITHM-MISMATCH"


def test_an_empty_path_or_a_short_root_is_never_signed() -> None:
    with pytest.raises(LocalError) as error:
        receipts.encode_receipt(b"", receipts.InclusionProof(size=1, index=0, path=()), bytes(64))
    assert error.value.code == "JOURNAL-RANGE"
    with pytest.raises(LocalError) as error:
        receipts.receipt_tbs(b"", b"short")
    assert error.value.code == "JOURNAL-HASH"


RECEIPT = signed(inclusion(6, 11))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(RECEIPT) - 1), st.integers(1, 255))
def test_no_changed_byte_of_a_receipt_passes(place: int, difference: int) -> None:
    raw = bytearray(RECEIPT)
    raw[place] ^= difference
    with pytest.raises(ArmslengthError):
        receipts.verify_inclusion_receipt(receipts.parse_receipt(bytes(raw)), LEAVES[6], public(KEY))

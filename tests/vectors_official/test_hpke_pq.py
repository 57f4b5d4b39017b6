"""Vectors of draft-ietf-hpke-pq: X-Wing keys from seeds and both X-Wing suites; the other KEMs are excluded by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from armslength.adapters.keystore_sealing import sealing_public
from armslength.core.cose_encrypt import HPKE_9_KE, SealingPrivateKey

FILE = Path(__file__).parent.parent / "vectors" / "hpke-pq" / "test-vectors.json"
VECTORS: list[dict[str, Any]] = json.loads(FILE.read_text())
XWING = 0x647A
KDFS = {0x01: KDF.HKDF_SHA256, 0x11: KDF.SHAKE256}

EXCLUDED_KEMS = {
    0x10: "P-256 is not a KEM of ours",
    0x11: "P-384 is not a KEM of ours",
    0x20: "here only with TurboSHAKE, which is not a KDF of ours; X25519 is held by the COSE-HPKE vectors",
    0x21: "X448 is not a KEM of ours",
    0x40: "ML-KEM-512 is not a KEM of ours",
    0x41: "ML-KEM-768 alone is not a KEM of ours",
    0x42: "ML-KEM-1024 is not a KEM of ours",
    0x50: "ML-KEM-768 with P-256 is not a KEM of ours",
    0x51: "ML-KEM-1024 with P-384 is not a KEM of ours",
}


def test_every_kem_is_checked_or_excluded() -> None:
    assert {vector["kem_id"] for vector in VECTORS} == {XWING, *EXCLUDED_KEMS}


@pytest.mark.parametrize("vector", [v for v in VECTORS if v["kem_id"] == XWING], ids=lambda v: f"kdf {v['kdf_id']:#x}")
def test_xwing(vector: dict[str, Any]) -> None:
    seed, public = bytes.fromhex(vector["skRm"]), bytes.fromhex(vector["pkRm"])
    assert sealing_public(HPKE_9_KE, seed) == public
    key = SealingPrivateKey(HPKE_9_KE, seed)
    first = vector["encryptions"][0]
    # The vectors use an aad, which the wire does not and the public interface has not; here alone the inner one serves.
    opened = openssl.hpke._decrypt_with_aad(
        Suite(KEM.MLKEM768_X25519, KDFS[vector["kdf_id"]], AEAD.CHACHA20_POLY1305),
        bytes.fromhex(vector["enc"] + first["ct"]),
        key._key,
        bytes.fromhex(vector["info"]),
        bytes.fromhex(first["aad"]),
    )
    assert opened == bytes.fromhex(first["pt"])

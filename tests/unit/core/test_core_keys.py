from __future__ import annotations

from hashlib import sha256

import pytest

from armslength.core import cbor, cose
from armslength.core.cose_encrypt import HPKE_4_KE, HPKE_9_KE
from armslength.core.errors import VerificationError
from armslength.core.keys import EDDSA, ES256, ESP256, PUBLIC_BYTES, TLS_PIN, PublicKey

SIGNING = {cose.ED25519, EDDSA, cose.ML_DSA_44, cose.ML_DSA_65, cose.ML_DSA_87}
GOOD = bytes([9]) + bytes(30) + bytes([1])


@pytest.mark.parametrize(("alg", "length"), PUBLIC_BYTES.items())
def test_a_key_id_is_the_hash_of_algorithm_and_bytes(alg: int, length: int) -> None:
    public = bytes(length)
    assert PublicKey(alg, public).kid == sha256(cbor.encode((alg, public))).digest()[:16]


@pytest.mark.parametrize("alg", sorted(SIGNING))
def test_a_signature_key_gives_a_verifier(alg: int) -> None:
    public = GOOD if PUBLIC_BYTES[alg] == 32 else bytes(PUBLIC_BYTES[alg])
    assert PublicKey(alg, public).verifier().public == public


def test_both_numbers_of_ed25519_check_the_same_signatures() -> None:
    assert PublicKey(EDDSA, GOOD).verifier() == PublicKey(cose.ED25519, GOOD).verifier()
    assert PublicKey(EDDSA, GOOD).kid != PublicKey(cose.ED25519, GOOD).kid


@pytest.mark.parametrize("alg", [HPKE_4_KE, HPKE_9_KE, TLS_PIN, ES256, ESP256])
def test_a_key_for_something_else_checks_no_cose_signature(alg: int) -> None:
    with pytest.raises(VerificationError, match="COSE-KEY"):
        PublicKey(alg, bytes(PUBLIC_BYTES[alg])).verifier()


@pytest.mark.parametrize("public", [bytes(32), bytes([1]) + bytes(31), bytes(31)])
def test_a_key_of_small_order_or_of_another_length_is_refused(public: bytes) -> None:
    with pytest.raises(VerificationError, match="COSE-KEY"):
        PublicKey(cose.ED25519, public).verifier()

"""Keys from seeds, and sealing to them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.adapters.keystore_sealing import (
    SigningPrivateKey,
    ed25519_public,
    ed25519_sign,
    mldsa_public,
    mldsa_sign,
    seal,
    sealing_public,
)
from armslength.core.cose import ED25519, ML_DSA_44, ML_DSA_65, ML_DSA_87, VerifyKey, raw_verify
from armslength.core.cose_encrypt import HPKE_4_KE, HPKE_9_KE, SealingPrivateKey, open_encrypt, parse_encrypt
from armslength.core.errors import LocalError, PeerError

SEED = bytes(range(32))
KEY, NONCE = bytes(range(32)), bytes(range(12))


def sealed(*recipients: tuple[bytes, int, bytes], text: bytes = b"text", aad: bytes = b"aad") -> bytes:
    return seal(text, recipients, external_aad=aad, info_extra=b"info", content_key=KEY, nonce=NONCE)


def test_ed25519_is_rfc_8032() -> None:
    # RFC 8032, 7.1, test 2.
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    assert ed25519_public(seed).hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert ed25519_sign(seed, b"\x72").hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


@pytest.mark.parametrize(("alg", "size"), [(ML_DSA_44, 1312), (ML_DSA_65, 1952)])
def test_mldsa(alg: int, size: int) -> None:
    public = mldsa_public(alg, SEED)
    assert len(public) == size
    assert mldsa_public(alg, SEED) == public != mldsa_public(alg, bytes(32))
    raw_verify(VerifyKey(alg, public), mldsa_sign(alg, SEED, b"message"), b"message")


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: mldsa_public(ML_DSA_87, SEED), "KEY-ALGORITHM"),
        (lambda: mldsa_public(ED25519, SEED), "KEY-ALGORITHM"),
        (lambda: mldsa_sign(ED25519, SEED, b""), "KEY-ALGORITHM"),
        (lambda: SigningPrivateKey(-7, SEED), "KEY-ALGORITHM"),
        (lambda: sealing_public(46, SEED), "KEY-ALGORITHM"),
        (lambda: sealed((b"a", 46, bytes(32))), "KEY-ALGORITHM"),
        (lambda: ed25519_public(b""), "KEY-LENGTH"),
        (lambda: ed25519_sign(bytes(64), b""), "KEY-LENGTH"),
        (lambda: mldsa_public(ML_DSA_65, bytes(31)), "KEY-LENGTH"),
        (lambda: sealing_public(HPKE_9_KE, bytes(96)), "KEY-LENGTH"),
        (sealed, "SEAL-RECIPIENTS"),
    ],
)
def test_our_own_mistakes(call: Any, code: str) -> None:
    with pytest.raises(LocalError) as refused:
        call()
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("alg", "public"),
    [
        (HPKE_4_KE, b""),
        (HPKE_4_KE, bytes(33)),
        (HPKE_4_KE, bytes(32)),
        (HPKE_9_KE, bytes(32)),
        (HPKE_9_KE, b"\xff" * 1216),
    ],
)
def test_a_public_key_that_is_none(alg: int, public: bytes) -> None:
    with pytest.raises(PeerError) as refused:
        sealed((b"a", alg, public))
    assert refused.value.code == "COSE-SEALING-KEY"


def test_sizes_of_sealing_keys() -> None:
    assert len(sealing_public(HPKE_9_KE, SEED)) == 1184 + 32
    assert len(sealing_public(HPKE_4_KE, SEED)) == 32


def test_sealing_twice_differs_and_both_open() -> None:
    key = SealingPrivateKey(HPKE_9_KE, SEED)
    first, second = (sealed((key.kid, key.alg, key.public)) for _ in range(2))
    assert first != second
    for raw in (first, second):
        assert open_encrypt(parse_encrypt(raw, size_max=4096), key, b"aad", b"info") == b"text"


def test_private_keys_are_not_shown() -> None:
    assert SEED.hex() not in repr(SigningPrivateKey(ED25519, SEED))


@settings(max_examples=30)
@given(st.sampled_from([HPKE_4_KE, HPKE_9_KE]), st.binary(min_size=32, max_size=32), st.binary(max_size=500))
def test_whatever_is_sealed_opens(alg: int, seed: bytes, text: bytes) -> None:
    key = SealingPrivateKey(alg, seed)
    raw = sealed((key.kid, alg, key.public), text=text, aad=seed)
    assert open_encrypt(parse_encrypt(raw, size_max=4096), key, seed, b"info") == text

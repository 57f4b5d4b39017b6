"""Wycheproof's edge cases through the functions that the wire uses: raw_verify, open_content, sealing and opening."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from armslength.adapters.keystore_sealing import seal
from armslength.core.cose import ED25519, ML_DSA_44, ML_DSA_65, VerifyKey, raw_verify
from armslength.core.cose_encrypt import (
    A256GCM,
    CONTENT_KEY_BYTES,
    HPKE_4_KE,
    NONCE_BYTES,
    SealingPrivateKey,
    open_content,
)
from armslength.core.errors import PeerError, VerificationError

ROOT = Path(__file__).parent.parent / "vectors" / "wycheproof"
USED = {
    "aes_gcm_test.json",
    "ed25519_test.json",
    "mldsa_44_verify_test.json.gz",
    "mldsa_65_verify_test.json.gz",
    "x25519_test.json",
}
SIGNATURES = {"ed25519": ED25519, "mldsa_44": ML_DSA_44, "mldsa_65": ML_DSA_65}

# COSE gives ML-DSA no context (RFC 9964, 3), so our verifier has no argument for one.
WITH_CONTEXT = {"mldsa_44": 8, "mldsa_65": 8}


def _load(name: str) -> list[dict[str, Any]]:
    path = ROOT / name
    raw = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    groups: list[dict[str, Any]] = json.loads(raw)["testGroups"]
    return groups


def _signature_cases() -> list[Any]:
    files = {"ed25519": "ed25519_test.json"}
    files |= {name: f"{name}_verify_test.json.gz" for name in ("mldsa_44", "mldsa_65")}
    return [
        pytest.param(name, group["publicKey"], case, id=f"{name}-{case['tcId']}")
        for name, file in files.items()
        for group in _load(file)
        for case in group["tests"]
    ]


SIGNATURE_CASES = _signature_cases()


def test_every_file_is_used() -> None:
    assert {path.name for path in ROOT.iterdir()} - {"LICENSE", "SOURCE.txt"} == USED


def test_exclusions_by_context_are_counted() -> None:
    counts = dict.fromkeys(WITH_CONTEXT, 0)
    for case in SIGNATURE_CASES:
        counts[case.values[0]] = counts.get(case.values[0], 0) + ("ctx" in case.values[2])
    assert counts == {**WITH_CONTEXT, "ed25519": 0}


@pytest.mark.parametrize(("name", "public", "case"), [case for case in SIGNATURE_CASES if "ctx" not in case.values[2]])
def test_signature(name: str, public: Any, case: dict[str, Any]) -> None:
    raw = bytes.fromhex(public["pk"] if isinstance(public, dict) else public)

    def verify() -> None:
        key = VerifyKey(SIGNATURES[name], raw)
        raw_verify(key, bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))

    if case["result"] == "valid":
        verify()
    else:
        with pytest.raises(VerificationError):
            verify()


@pytest.mark.parametrize(
    "case", [case for group in _load("aes_gcm_test.json") for case in group["tests"]], ids=lambda c: str(c["tcId"])
)
def test_aes_gcm(case: dict[str, str]) -> None:
    key, nonce, aad = (bytes.fromhex(case[field]) for field in ("key", "iv", "aad"))
    sealed = bytes.fromhex(case["ct"] + case["tag"])
    ours = len(key) == CONTENT_KEY_BYTES and len(nonce) == NONCE_BYTES
    if ours and case["result"] == "valid":
        assert open_content(A256GCM, key, nonce, sealed, aad) == bytes.fromhex(case["msg"])
    else:
        # Other key and nonce sizes are outside the profile, and refusing them is the promise.
        with pytest.raises(VerificationError, match="COSE-NOT-OPENED"):
            open_content(A256GCM, key, nonce, sealed, aad)


# The shared secret of the other cases cannot be seen behind HPKE; what the wire must do is refuse the public ones.
LOW_ORDER = [
    case for group in _load("x25519_test.json") for case in group["tests"] if "ZeroSharedSecret" in case["flags"]
]


@pytest.mark.parametrize("case", LOW_ORDER, ids=lambda c: str(c["tcId"]))
def test_x25519_of_small_order_is_refused(case: dict[str, str]) -> None:
    point, private = bytes.fromhex(case["public"]), bytes.fromhex(case["private"])
    with pytest.raises(PeerError, match="COSE-SEALING-KEY"):
        seal(
            b"text",
            [(b"kid", HPKE_4_KE, point)],
            external_aad=b"",
            info_extra=b"",
            content_key=bytes(CONTENT_KEY_BYTES),
            nonce=bytes(NONCE_BYTES),
        )
    with pytest.raises(VerificationError, match="COSE-NOT-OPENED"):
        SealingPrivateKey(HPKE_4_KE, private).unwrap(point, bytes(48), b"info")


def test_some_points_of_small_order_are_there() -> None:
    assert len(LOW_ORDER) == 31

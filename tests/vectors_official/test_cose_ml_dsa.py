"""RFC 9964's examples: COSE_Sign1 with ML-DSA-44, -65 and -87 through the strict parser."""

from __future__ import annotations

import json
from pathlib import Path

import cbor2
import pytest

from armslength.adapters.keystore_sealing import mldsa_public
from armslength.core.cose import (
    ML_DSA_44,
    ML_DSA_65,
    ML_DSA_87,
    VerifyKey,
    parse_sign1,
    raw_verify,
    sign1_tbs,
    verify_sign1,
)
from armslength.core.errors import VerificationError

ROOT = Path(__file__).parent.parent / "vectors" / "cose-ml-dsa"
FILES = {"ML_DSA_44": ML_DSA_44, "ML_DSA_65": ML_DSA_65, "ML_DSA_87": ML_DSA_87}
# This program verifies ML-DSA-87 for others' sake and makes no such keys.
SIGNING = {"ML_DSA_44", "ML_DSA_65"}


def test_every_file_is_checked() -> None:
    assert {path.name.removesuffix(".cose.json") for path in ROOT.glob("*.json")} == set(FILES)


@pytest.mark.parametrize("name", sorted(FILES))
def test_sign1(name: str) -> None:
    file = json.loads((ROOT / f"{name}.cose.json").read_text())
    key = VerifyKey(FILES[name], cbor2.loads(bytes.fromhex(file["key"]))[-1])
    assert key.public == bytes.fromhex(file["raw_public_key"])
    message = parse_sign1(bytes.fromhex(file["sign1"]), size_max=8192)
    assert message.payload is not None
    tbs = sign1_tbs(message.protected_raw, b"", message.payload)
    assert tbs == bytes.fromhex(file["raw_to_be_signed"])
    verify_sign1(message, key, b"")
    raw_verify(key, bytes.fromhex(file["raw_signature"]), tbs)
    with pytest.raises(VerificationError, match="COSE-SIGNATURE"):
        verify_sign1(message, key, b"another domain")
    if name in SIGNING:
        assert mldsa_public(FILES[name], bytes.fromhex(file["priv"])) == key.public

"""The COSE working group's examples: every file is a case; what our algorithms do not cover is named with its reason.

Three promises per file: the bytes that are signed or authenticated come out as the file says, whatever the algorithm;
the strict parsers accept the file or refuse it with the code in the table; and where the algorithm is ours, the
signature or ciphertext holds through the functions of the wire.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from armslength.core.cose import (
    ED25519,
    VerifyKey,
    parse_sign,
    parse_sign1,
    sign1_tbs,
    sign_tbs,
    verify_sign,
    verify_sign1,
)
from armslength.core.cose_encrypt import (
    A256GCM,
    CHACHA20_POLY1305,
    enc_structure,
    open_content,
    open_encrypt0,
    parse_encrypt,
    parse_encrypt0,
)
from armslength.core.errors import PeerError, VerificationError
from vectors_official import lax_cose

ROOT = Path(__file__).parent.parent / "vectors" / "cose-wg-examples"
FILES = {str(path.relative_to(ROOT).with_suffix("")): path for path in sorted(ROOT.glob("*/*.json"))}
KINDS = ("sign0", "sign", "encrypted", "enveloped", "mac0", "mac")
KID = frozenset({4})
ACCEPTED = "accepted"


class Case(NamedTuple):
    """What the strict parser says, and the reason when no signature or ciphertext is checked (empty: it is)."""

    parsed: str
    excluded: str = ""


ES = "ECDSA is not an algorithm of ours; the bytes to be signed are checked"
ES_FORM = "ECDSA, and a form that the wire refuses; the bytes to be signed are checked"
A128 = "AES with 128-bit keys is not an algorithm of ours; the additional data is checked"
A192 = "AES with 192-bit keys is not an algorithm of ours; the additional data is checked"
CCM = "AES-CCM is not an algorithm of ours; the additional data is checked"
MAC = "the wire has no MACs: a MAC proves nothing to a third party"
ED448 = "Ed448 is not an algorithm of ours; the bytes to be signed are checked"
CONTEXT = "the file's additional data has the context 'Encrypt1', which RFC 9052 does not have"

CASES = {
    "RFC8152/Appendix_B": Case("CBOR-KEY-ORDER", A128),
    "RFC8152/Appendix_C_1_1": Case("COSE-ALGORITHM", ES),
    "RFC8152/Appendix_C_1_2": Case("COSE-ALGORITHM", ES),
    "RFC8152/Appendix_C_1_3": Case("COSE-HEADER", ES_FORM),
    "RFC8152/Appendix_C_1_4": Case("CBOR-KEY-ORDER", ES_FORM),
    "RFC8152/Appendix_C_2_1": Case("COSE-ALGORITHM", ES),
    "RFC8152/Appendix_C_3_1": Case("CBOR-KEY-ORDER", A128),
    "RFC8152/Appendix_C_3_2": Case("CBOR-KEY-ORDER", CCM),
    "RFC8152/Appendix_C_3_3": Case("CBOR-KEY-ORDER", A128),
    "RFC8152/Appendix_C_3_4": Case("CBOR-KEY-ORDER", A128),
    "RFC8152/Appendix_C_4_1": Case("COSE-ALGORITHM", CCM),
    "RFC8152/Appendix_C_4_2": Case("COSE-HEADER", CCM),
    "RFC8152/Appendix_C_5_1": Case("CBOR-TAG", MAC),
    "RFC8152/Appendix_C_5_2": Case("CBOR-TAG", MAC),
    "RFC8152/Appendix_C_5_3": Case("CBOR-TAG", MAC),
    "RFC8152/Appendix_C_5_4": Case("CBOR-TAG", MAC),
    "RFC8152/Appendix_C_6_1": Case("CBOR-TAG", MAC),
    "aes-gcm-examples/aes-gcm-01": Case("COSE-ALGORITHM", A128),
    "aes-gcm-examples/aes-gcm-02": Case("COSE-ALGORITHM", A192),
    "aes-gcm-examples/aes-gcm-03": Case("COSE-HEADER"),
    "aes-gcm-examples/aes-gcm-04": Case("COSE-ALGORITHM", A128),
    "aes-gcm-examples/aes-gcm-05": Case("COSE-HEADER", A128),
    "aes-gcm-examples/aes-gcm-enc-01": Case("COSE-ALGORITHM", A128),
    "aes-gcm-examples/aes-gcm-enc-02": Case("COSE-ALGORITHM", A192),
    "aes-gcm-examples/aes-gcm-enc-03": Case(ACCEPTED),
    "aes-gcm-examples/aes-gcm-enc-04": Case("COSE-ALGORITHM", A128),
    "chacha-poly-examples/chacha-poly-01": Case("COSE-ALGORITHM"),
    "chacha-poly-examples/chacha-poly-enc-01": Case("COSE-ALGORITHM", CONTEXT),
    "ecdsa-examples/ecdsa-01": Case("COSE-ALGORITHM", ES),
    "ecdsa-examples/ecdsa-02": Case("COSE-ALGORITHM", ES),
    "ecdsa-examples/ecdsa-03": Case("COSE-ALGORITHM", ES),
    "ecdsa-examples/ecdsa-04": Case("COSE-ALGORITHM", ES),
    "ecdsa-examples/ecdsa-sig-01": Case("COSE-ALGORITHM", ES),
    "ecdsa-examples/ecdsa-sig-02": Case("COSE-ALGORITHM", ES),
    "ecdsa-examples/ecdsa-sig-03": Case("COSE-ALGORITHM", ES),
    "ecdsa-examples/ecdsa-sig-04": Case("COSE-ALGORITHM", ES),
    "eddsa-examples/eddsa-01": Case(ACCEPTED),
    "eddsa-examples/eddsa-02": Case(ACCEPTED, ED448),
    "eddsa-examples/eddsa-sig-01": Case(ACCEPTED),
    "eddsa-examples/eddsa-sig-02": Case(ACCEPTED, ED448),
    "encrypted-tests/aes-gcm-01": Case("COSE-ALGORITHM", A128),
    "encrypted-tests/enc-fail-01": Case("CBOR-TAG", A128),
    "encrypted-tests/enc-fail-02": Case("COSE-ALGORITHM", A128),
    "encrypted-tests/enc-fail-03": Case("COSE-ALGORITHM", A128),
    "encrypted-tests/enc-fail-04": Case("COSE-ALGORITHM", A128),
    "encrypted-tests/enc-fail-06": Case("COSE-ALGORITHM", A128),
    "encrypted-tests/enc-fail-07": Case("COSE-ALGORITHM", A128),
    "encrypted-tests/enc-pass-01": Case("COSE-HEADER", A128),
    "encrypted-tests/enc-pass-02": Case("COSE-ALGORITHM", A128),
    "encrypted-tests/enc-pass-03": Case("COSE-FORM", A128),
    "enveloped-tests/aes-gcm-01": Case("COSE-ALGORITHM", A128),
    "enveloped-tests/env-fail-01": Case("CBOR-TAG", A128),
    "enveloped-tests/env-fail-02": Case("COSE-ALGORITHM", A128),
    "enveloped-tests/env-fail-03": Case("COSE-ALGORITHM", A128),
    "enveloped-tests/env-fail-04": Case("COSE-ALGORITHM", A128),
    "enveloped-tests/env-fail-06": Case("COSE-ALGORITHM", A128),
    "enveloped-tests/env-fail-07": Case("COSE-ALGORITHM", A128),
    "enveloped-tests/env-pass-01": Case("COSE-HEADER", A128),
    "enveloped-tests/env-pass-02": Case("COSE-ALGORITHM", A128),
    "enveloped-tests/env-pass-03": Case("COSE-FORM", A128),
    "sign-tests/ecdsa-01": Case("COSE-ALGORITHM", ES),
    "sign-tests/sign-fail-01": Case("CBOR-TAG", ES_FORM),
    "sign-tests/sign-fail-02": Case("COSE-ALGORITHM", ES),
    "sign-tests/sign-fail-03": Case("COSE-ALGORITHM", ES),
    "sign-tests/sign-fail-04": Case("COSE-ALGORITHM", ES),
    "sign-tests/sign-fail-06": Case("COSE-ALGORITHM", ES),
    "sign-tests/sign-fail-07": Case("COSE-HEADER", ES_FORM),
    "sign-tests/sign-pass-01": Case("COSE-HEADER", ES_FORM),
    "sign-tests/sign-pass-02": Case("COSE-ALGORITHM", ES),
    "sign-tests/sign-pass-03": Case("COSE-FORM", ES_FORM),
    "sign1-tests/sign-fail-01": Case("CBOR-TAG", ES_FORM),
    "sign1-tests/sign-fail-02": Case("COSE-ALGORITHM", ES),
    "sign1-tests/sign-fail-03": Case("COSE-ALGORITHM", ES),
    "sign1-tests/sign-fail-04": Case("COSE-ALGORITHM", ES),
    "sign1-tests/sign-fail-06": Case("COSE-ALGORITHM", ES),
    "sign1-tests/sign-fail-07": Case("COSE-ALGORITHM", ES),
    "sign1-tests/sign-pass-01": Case("COSE-HEADER", ES_FORM),
    "sign1-tests/sign-pass-02": Case("COSE-ALGORITHM", ES),
    "sign1-tests/sign-pass-03": Case("COSE-FORM", ES_FORM),
}

# Words of a file's own `alg` or `crv` that must stand in it for its exclusion to be true.
REASON_NEEDS = {
    ES: ("ES256", "ES384", "ES512"),
    ES_FORM: ("ES256", "ES384", "ES512"),
    A128: ("A128GCM",),
    A192: ("A192GCM",),
    CCM: ("AES-CCM-16-128/64",),
    MAC: ("AES-MAC-256/64", "HS256", "AES-MAC-128/64"),
    ED448: ("Ed448",),
    CONTEXT: ("ChaCha-Poly1305",),
}

# In these files the message was changed after its authentication was computed, so the bytes must come out different.
CHANGED = {
    "encrypted-tests/enc-fail-03",
    "encrypted-tests/enc-fail-04",
    "encrypted-tests/enc-fail-06",
    "encrypted-tests/enc-fail-07",
    "enveloped-tests/env-fail-03",
    "enveloped-tests/env-fail-04",
    "enveloped-tests/env-fail-06",
    "enveloped-tests/env-fail-07",
    "sign-tests/sign-fail-03",
    "sign-tests/sign-fail-04",
    "sign-tests/sign-fail-06",
    "sign-tests/sign-fail-07",
    "sign1-tests/sign-fail-02",
    "sign1-tests/sign-fail-03",
    "sign1-tests/sign-fail-04",
    "sign1-tests/sign-fail-06",
    "sign1-tests/sign-fail-07",
    "chacha-poly-examples/chacha-poly-enc-01",
}


def load(name: str) -> tuple[dict[str, Any], str, bytes]:
    file = json.loads(FILES[name].read_text())
    kind = next(kind for kind in KINDS if kind in file["input"])
    return file, kind, bytes.fromhex(file["output"]["cbor"])


def words(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {str(v) for k, v in value.items() if k in {"alg", "crv"}}.union(*(words(v) for v in value.values()))
    return set().union(*(words(v) for v in value)) if isinstance(value, list) else set()


def external(of: dict[str, Any]) -> bytes:
    return bytes.fromhex(of.get("external", ""))


def test_table_names_every_file_and_no_other() -> None:
    assert set(CASES) == set(FILES)
    assert len(FILES) == 79


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.excluded])
def test_exclusion_is_true(name: str) -> None:
    file, _kind, _data = load(name)
    assert words(file["input"]).intersection(REASON_NEEDS[CASES[name].excluded])


@pytest.mark.parametrize("name", sorted(CASES))
def test_strict_parser(name: str) -> None:
    _file, kind, data = load(name)
    parsers = {
        "sign": lambda: parse_sign(data, size_max=4096, allow_unprotected=KID),
        "encrypted": lambda: parse_encrypt0(data, size_max=4096),
        "enveloped": lambda: parse_encrypt(data, size_max=4096),
    }
    parse = parsers.get(kind, lambda: parse_sign1(data, size_max=4096, allow_unprotected=KID))
    if CASES[name].parsed == ACCEPTED:
        parse()
        return
    with pytest.raises(PeerError) as refused:
        parse()
    assert refused.value.code == CASES[name].parsed


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.excluded != MAC])
def test_authenticated_bytes(name: str) -> None:
    file, kind, data = load(name)
    parts, given, want = lax_cose.body(data), file["input"][kind], file["intermediates"]
    if kind == "sign0":
        pairs = [(sign1_tbs(parts[0], external(given), parts[2]), want["ToBeSign_hex"])]
    elif kind == "sign":
        pairs = [
            (sign_tbs(parts[0], row[0], external(signer), parts[2]), expected["ToBeSign_hex"])
            for row, signer, expected in zip(parts[3], given["signers"], want["signers"], strict=True)
        ]
    else:
        context = "Encrypt0" if kind == "encrypted" else "Encrypt"
        pairs = [(enc_structure(context, parts[0], external(given)), want["AAD_hex"])]
    for ours, theirs in pairs:
        assert (ours == bytes.fromhex(theirs)) == (name not in CHANGED)


def ed25519_key(key: dict[str, str]) -> VerifyKey:
    return VerifyKey(ED25519, bytes.fromhex(key["x_hex"]))


def octets(key: dict[str, str]) -> bytes:
    return base64.urlsafe_b64decode(key["k"] + "=" * (-len(key["k"]) % 4))


def test_eddsa_sign1() -> None:
    file, _kind, data = load("eddsa-examples/eddsa-sig-01")
    key = ed25519_key(file["input"]["sign0"]["key"])
    for message in (parse_sign1(data, size_max=4096, allow_unprotected=KID), lax_cose.sign1(data)):
        verify_sign1(message, key, b"", accept_eddsa=True)
        with pytest.raises(VerificationError, match="COSE-ALGORITHM-MISMATCH"):
            verify_sign1(message, key, b"")
        with pytest.raises(VerificationError, match="COSE-SIGNATURE"):
            verify_sign1(message, key, b"another domain", accept_eddsa=True)


def test_eddsa_sign() -> None:
    file, _kind, data = load("eddsa-examples/eddsa-01")
    key = ed25519_key(file["input"]["sign"]["signers"][0]["key"])
    for message in (parse_sign(data, size_max=4096, allow_unprotected=KID), lax_cose.sign(data)):
        verify_sign(message, [key], b"", accept_eddsa=True)
        with pytest.raises(VerificationError, match="COSE-SIGNERS"):
            verify_sign(message, [key], b"")
        with pytest.raises(VerificationError, match="COSE-SIGNATURE"):
            verify_sign(message, [key], b"another domain", accept_eddsa=True)


@pytest.mark.parametrize(
    ("name", "alg", "context"),
    [
        ("aes-gcm-examples/aes-gcm-03", A256GCM, "Encrypt"),
        ("aes-gcm-examples/aes-gcm-enc-03", A256GCM, "Encrypt0"),
        ("chacha-poly-examples/chacha-poly-01", CHACHA20_POLY1305, "Encrypt"),
    ],
)
def test_content_opens(name: str, alg: int, context: str) -> None:
    file, kind, data = load(name)
    key = octets(file["input"][kind]["recipients"][0]["key"])
    protected_raw, unprotected, ciphertext = lax_cose.body(data)[:3]
    aad = enc_structure(context, protected_raw, b"")
    assert open_content(alg, key, unprotected[5], ciphertext, aad) == b"This is the content."
    with pytest.raises(VerificationError, match="COSE-NOT-OPENED"):
        open_content(alg, key, unprotected[5], ciphertext[:-1] + b"\x00", aad)


def test_encrypt0_opens_through_the_strict_parser() -> None:
    file, kind, data = load("aes-gcm-examples/aes-gcm-enc-03")
    message = parse_encrypt0(data, size_max=4096)
    assert open_encrypt0(message, octets(file["input"][kind]["recipients"][0]["key"]), b"") == b"This is the content."


def test_every_file_is_checked_or_excluded() -> None:
    checked = {name for name, case in CASES.items() if not case.excluded}
    assert checked == {
        "aes-gcm-examples/aes-gcm-03",
        "aes-gcm-examples/aes-gcm-enc-03",
        "chacha-poly-examples/chacha-poly-01",
        "eddsa-examples/eddsa-01",
        "eddsa-examples/eddsa-sig-01",
    }

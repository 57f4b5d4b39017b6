"""COSE signatures: what is signed, what is refused, and that several signers must all hold."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.keystore_sealing import ed25519_public, ed25519_sign, mldsa_public, mldsa_sign
from armslength.core.cbor import encode, encode_tagged
from armslength.core.cose import (
    ED25519,
    EDDSA,
    HEADER_ALG,
    HEADER_CRIT,
    HEADER_KID,
    ML_DSA_44,
    ML_DSA_65,
    SIGNERS_MAX,
    VerifyKey,
    encode_protected,
    encode_sign,
    encode_sign1,
    key_id,
    parse_sign,
    parse_sign1,
    raw_verify,
    sign1_tbs,
    sign_tbs,
    verify_sign,
    verify_sign1,
)
from armslength.core.errors import ArmslengthError, PeerError, VerificationError

SEED, OTHER_SEED = bytes(range(32)), bytes(range(1, 33))
KEY = VerifyKey(ED25519, ed25519_public(SEED))
OTHER = VerifyKey(ED25519, ed25519_public(OTHER_SEED))
PQ = VerifyKey(ML_DSA_65, mldsa_public(ML_DSA_65, SEED))
PROTECTED = encode_protected({HEADER_ALG: ED25519})
DOMAIN, PAYLOAD = b"armslength/1/EXERCISE/record", b"the payload"
SIZE = 65_536


def signed(protected: bytes = PROTECTED, payload: bytes = PAYLOAD, aad: bytes = DOMAIN, seed: bytes = SEED) -> bytes:
    return encode_sign1(protected, payload, ed25519_sign(seed, sign1_tbs(protected, aad, payload)))


def row(alg: int, seed: bytes, body: bytes = b"", aad: bytes = DOMAIN, payload: bytes = PAYLOAD) -> tuple[bytes, bytes]:
    protected = encode_protected({HEADER_ALG: alg})
    tbs = sign_tbs(body, protected, aad, payload)
    return protected, ed25519_sign(seed, tbs) if alg in (ED25519, EDDSA) else mldsa_sign(alg, seed, tbs)


def code_of(call: Any) -> str:
    with pytest.raises(ArmslengthError) as refused:
        call()
    return refused.value.code


def test_sign1_round_trip() -> None:
    message = parse_sign1(signed(), size_max=SIZE)
    assert (message.payload, message.protected, message.unprotected) == (PAYLOAD, {HEADER_ALG: ED25519}, {})
    verify_sign1(message, KEY, DOMAIN)


def test_sign1_fails_under_other_domain_key_payload_or_header() -> None:
    message = parse_sign1(signed(), size_max=SIZE)
    assert code_of(lambda: verify_sign1(message, KEY, b"armslength/1/REAL/record")) == "COSE-SIGNATURE"
    assert code_of(lambda: verify_sign1(message, OTHER, DOMAIN)) == "COSE-SIGNATURE"
    signature = message.signature
    other_header = encode_protected({HEADER_ALG: ED25519, HEADER_KID: b"x"})
    for changed in (encode_sign1(PROTECTED, PAYLOAD + b".", signature), encode_sign1(other_header, PAYLOAD, signature)):
        parsed = parse_sign1(changed, size_max=SIZE)
        assert code_of(lambda parsed=parsed: verify_sign1(parsed, KEY, DOMAIN)) == "COSE-SIGNATURE"


def test_algorithm_must_be_the_keys() -> None:
    message = parse_sign1(signed(), size_max=SIZE)
    assert code_of(lambda: verify_sign1(message, PQ, DOMAIN)) == "COSE-ALGORITHM-MISMATCH"
    old = parse_sign1(signed(encode_protected({HEADER_ALG: EDDSA})), size_max=SIZE)
    assert code_of(lambda: verify_sign1(old, KEY, DOMAIN)) == "COSE-ALGORITHM-MISMATCH"
    verify_sign1(old, KEY, DOMAIN, accept_eddsa=True)
    assert code_of(lambda: verify_sign1(old, PQ, DOMAIN, accept_eddsa=True)) == "COSE-ALGORITHM-MISMATCH"


def test_detached_payload() -> None:
    inside = signed()
    detached = encode_sign1(PROTECTED, None, parse_sign1(inside, size_max=SIZE).signature)
    assert code_of(lambda: parse_sign1(detached, size_max=SIZE)) == "COSE-FORM"
    assert code_of(lambda: parse_sign1(inside, size_max=SIZE, detached=True)) == "COSE-FORM"
    message = parse_sign1(detached, size_max=SIZE, detached=True)
    verify_sign1(message, KEY, DOMAIN, detached_payload=PAYLOAD)
    for payload in (None, b"other", b""):
        assert (
            code_of(lambda payload=payload: verify_sign1(message, KEY, DOMAIN, detached_payload=payload))
            == "COSE-SIGNATURE"
        )
    whole = parse_sign1(inside, size_max=SIZE)
    assert code_of(lambda: verify_sign1(whole, KEY, DOMAIN, detached_payload=b"shown to the user")) == "COSE-SIGNATURE"


BAD_SIGN1 = [
    ("untagged", encode([PROTECTED, {}, PAYLOAD, bytes(64)]), "COSE-FORM"),
    ("tag of COSE_Sign", encode_tagged(98, [PROTECTED, {}, PAYLOAD, bytes(64)]), "COSE-FORM"),
    ("three parts", encode_tagged(18, [PROTECTED, {}, PAYLOAD]), "COSE-FORM"),
    ("five parts", encode_tagged(18, [PROTECTED, {}, PAYLOAD, b"", b""]), "COSE-FORM"),
    ("a map", encode_tagged(18, {1: 2}), "COSE-FORM"),
    ("protected not bytes", encode_tagged(18, [{HEADER_ALG: ED25519}, {}, PAYLOAD, b""]), "COSE-FORM"),
    ("protected not a map", encode_tagged(18, [b"\x80", {}, PAYLOAD, b""]), "COSE-FORM"),
    ("protected not CBOR", encode_tagged(18, [b"\xff", {}, PAYLOAD, b""]), "CBOR-SIMPLE"),
    ("protected with a tail", encode_tagged(18, [PROTECTED + b"\x00", {}, PAYLOAD, b""]), "CBOR-TRAILING"),
    ("empty map written out", encode_tagged(18, [b"\xa0", {}, PAYLOAD, b""]), "COSE-HEADER"),
    ("unprotected not a map", encode_tagged(18, [PROTECTED, (), PAYLOAD, b""]), "COSE-FORM"),
    ("unprotected kid", encode_tagged(18, [PROTECTED, {HEADER_KID: b"a"}, PAYLOAD, b""]), "COSE-HEADER"),
    ("payload of text", encode_tagged(18, [PROTECTED, {}, "text", b""]), "COSE-FORM"),
    ("signature of text", encode_tagged(18, [PROTECTED, {}, PAYLOAD, "text"]), "COSE-FORM"),
    ("no algorithm", encode_tagged(18, [b"", {}, PAYLOAD, b""]), "COSE-HEADER"),
    ("algorithm outside", encode_tagged(18, [b"", {HEADER_ALG: ED25519}, PAYLOAD, b""]), "COSE-HEADER"),
    ("ES256", encode_tagged(18, [encode({1: -7}), {}, PAYLOAD, b""]), "COSE-ALGORITHM"),
    ("algorithm true", encode_tagged(18, [encode({1: True}), {}, PAYLOAD, b""]), "COSE-ALGORITHM"),
    ("algorithm by name", encode_tagged(18, [encode({1: "EdDSA"}), {}, PAYLOAD, b""]), "COSE-ALGORITHM"),
    ("algorithm an array", encode_tagged(18, [encode({1: [ED25519]}), {}, PAYLOAD, b""]), "COSE-ALGORITHM"),
    ("label of bytes", encode_tagged(18, [encode({1: ED25519, b"": 0}), {}, PAYLOAD, b""]), "COSE-HEADER"),
    ("too long", bytes(SIZE + 1), "COSE-SIZE"),
]


@pytest.mark.parametrize(("raw", "code"), [case[1:] for case in BAD_SIGN1], ids=[case[0] for case in BAD_SIGN1])
def test_sign1_refused(raw: bytes, code: str) -> None:
    with pytest.raises(PeerError) as refused:
        parse_sign1(raw, size_max=SIZE)
    assert refused.value.code == code


def test_unprotected_labels_only_by_permission_and_never_in_both() -> None:
    raw = encode_sign1(PROTECTED, PAYLOAD, bytes(64), {HEADER_KID: b"a"})
    assert parse_sign1(raw, size_max=SIZE, allow_unprotected=frozenset({HEADER_KID})).unprotected == {4: b"a"}
    both = encode_sign1(encode_protected({1: ED25519, 4: b"a"}), PAYLOAD, bytes(64), {4: b"b"})
    assert code_of(lambda: parse_sign1(both, size_max=SIZE, allow_unprotected=frozenset({4}))) == "COSE-HEADER"


@pytest.mark.parametrize(
    ("crit", "understood", "code"),
    [
        ([99], frozenset({99}), ""),
        ([99, "line"], frozenset({99, "line"}), ""),
        ([99], frozenset(), "COSE-CRITICAL"),
        ([99, "line"], frozenset({99}), "COSE-CRITICAL"),
        ([], frozenset({99}), "COSE-HEADER"),
        ([100], frozenset({100}), "COSE-HEADER"),
        ([True], frozenset({1}), "COSE-HEADER"),
        ([b"x"], frozenset(), "COSE-HEADER"),
        ([99] * 17, frozenset({99}), "COSE-HEADER"),
        (99, frozenset({99}), "COSE-HEADER"),
        (None, frozenset({99}), "COSE-HEADER"),
    ],
)
def test_critical_headers(crit: Any, understood: frozenset[int | str], code: str) -> None:
    raw = signed(encode({HEADER_ALG: ED25519, HEADER_CRIT: crit, 99: 1, "line": 1}))
    if not code:
        verify_sign1(parse_sign1(raw, size_max=SIZE, understood=understood), KEY, DOMAIN)
    else:
        assert code_of(lambda: parse_sign1(raw, size_max=SIZE, understood=understood)) == code


def test_crit_itself_cannot_stand_outside() -> None:
    raw = encode_sign1(PROTECTED, PAYLOAD, bytes(64), {HEADER_CRIT: [1]})
    assert code_of(lambda: parse_sign1(raw, size_max=SIZE)) == "COSE-HEADER"


# --- several signers --------------------------------------------------------------------------------------------------


def both(*rows: tuple[bytes, bytes], body: bytes = b"") -> bytes:
    return encode_sign(body, PAYLOAD, rows)


CLASSIC, QUANTUM = row(ED25519, SEED), row(ML_DSA_65, SEED)


@pytest.mark.parametrize("keys", [[KEY, PQ], [PQ, KEY]])
def test_both_must_verify_and_do(keys: list[VerifyKey]) -> None:
    for rows in ((CLASSIC, QUANTUM), (QUANTUM, CLASSIC)):
        verify_sign(parse_sign(both(*rows), size_max=SIZE), keys, DOMAIN)


FLIPPED = (QUANTUM[0], QUANTUM[1][:-1] + bytes([QUANTUM[1][-1] ^ 1]))

DOWNGRADES = [
    ("post-quantum signature stripped", [CLASSIC], [KEY, PQ], "COSE-SIGNERS"),
    ("classical signature stripped", [QUANTUM], [KEY, PQ], "COSE-SIGNERS"),
    ("post-quantum signature wrong", [CLASSIC, FLIPPED], [KEY, PQ], "COSE-SIGNATURE"),
    ("classical signature wrong", [(CLASSIC[0], bytes(64)), QUANTUM], [KEY, PQ], "COSE-SIGNATURE"),
    ("one signature doubled for the other", [CLASSIC, CLASSIC], [KEY, PQ], "COSE-SIGNERS"),
    ("surplus signature", [CLASSIC, QUANTUM, row(ED25519, OTHER_SEED)], [KEY, PQ], "COSE-SIGNERS"),
    ("same signature twice for two keys", [CLASSIC, CLASSIC], [KEY, OTHER], "COSE-SIGNATURE"),
    ("same key given twice", [CLASSIC, CLASSIC], [KEY, KEY], "COSE-SIGNERS"),
    ("no key", [CLASSIC], [], "COSE-SIGNERS"),
    ("signed by somebody else", [row(ED25519, OTHER_SEED), QUANTUM], [KEY, PQ], "COSE-SIGNATURE"),
    ("labelled as the other algorithm", [(QUANTUM[0], CLASSIC[1]), QUANTUM], [KEY, PQ], "COSE-SIGNERS"),
]


@pytest.mark.parametrize(
    ("rows", "keys", "code"), [case[1:] for case in DOWNGRADES], ids=[case[0] for case in DOWNGRADES]
)
def test_downgrade_is_refused(rows: list[tuple[bytes, bytes]], keys: list[VerifyKey], code: str) -> None:
    message = parse_sign(both(*rows), size_max=SIZE)
    with pytest.raises(VerificationError) as refused:
        verify_sign(message, keys, DOMAIN)
    assert refused.value.code == code


def test_two_signers_of_one_algorithm_in_any_order() -> None:
    rows = (row(ED25519, SEED), row(ED25519, OTHER_SEED))
    for order in (rows, rows[::-1]):
        verify_sign(parse_sign(both(*order), size_max=SIZE), [KEY, OTHER], DOMAIN)


def test_sign_binds_body_header_domain_and_payload() -> None:
    body = encode_protected({"profile": 1})
    good = row(ED25519, SEED, body)
    verify_sign(parse_sign(both(good, body=body), size_max=SIZE), [KEY], DOMAIN)
    assert code_of(lambda: verify_sign(parse_sign(both(good), size_max=SIZE), [KEY], DOMAIN)) == "COSE-SIGNATURE"
    message = parse_sign(both(good, body=body), size_max=SIZE)
    assert code_of(lambda: verify_sign(message, [KEY], b"other")) == "COSE-SIGNATURE"


def test_sign_of_older_writers_and_detached() -> None:
    old = parse_sign(both(row(EDDSA, SEED)), size_max=SIZE)
    assert code_of(lambda: verify_sign(old, [KEY], DOMAIN)) == "COSE-SIGNERS"
    verify_sign(old, [KEY], DOMAIN, accept_eddsa=True)
    detached = parse_sign(encode_sign(b"", None, [CLASSIC]), size_max=SIZE, detached=True)
    verify_sign(detached, [KEY], DOMAIN, detached_payload=PAYLOAD)


BAD_SIGN = [
    ("no signature", encode_tagged(98, [b"", {}, PAYLOAD, ()]), "COSE-FORM"),
    ("signatures not an array", encode_tagged(98, [b"", {}, PAYLOAD, b""]), "COSE-FORM"),
    ("too many", encode_sign(b"", PAYLOAD, [CLASSIC] * (SIGNERS_MAX + 1)), "COSE-FORM"),
    ("signature of two parts", encode_tagged(98, [b"", {}, PAYLOAD, [[PROTECTED, {}]]]), "COSE-FORM"),
    ("signature not an array", encode_tagged(98, [b"", {}, PAYLOAD, [b""]]), "COSE-FORM"),
    ("signer's kid outside", encode_tagged(98, [b"", {}, PAYLOAD, [[PROTECTED, {4: b""}, b""]]]), "COSE-HEADER"),
    ("signer without algorithm", encode_tagged(98, [b"", {}, PAYLOAD, [[b"", {}, b""]]]), "COSE-HEADER"),
    ("tag of Sign1", encode_tagged(18, [b"", {}, PAYLOAD, [[PROTECTED, {}, b""]]]), "COSE-FORM"),
]


@pytest.mark.parametrize(("raw", "code"), [case[1:] for case in BAD_SIGN], ids=[case[0] for case in BAD_SIGN])
def test_sign_refused(raw: bytes, code: str) -> None:
    with pytest.raises(PeerError) as refused:
        parse_sign(raw, size_max=SIZE)
    assert refused.value.code == code


# --- keys -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alg", "public"),
    [(ED25519, bytes(31)), (ED25519, bytes(33)), (ML_DSA_65, bytes(1951)), (EDDSA, bytes(32)), (-7, b"")],
)
def test_no_such_key(alg: int, public: bytes) -> None:
    with pytest.raises(VerificationError) as refused:
        VerifyKey(alg, public)
    assert refused.value.code == "COSE-KEY"


P = 2**255 - 19
ORDER_8 = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")


@pytest.mark.parametrize("sign", [0, 1 << 255])
@pytest.mark.parametrize("y", [0, 1, P - 1, P, P + 1, ORDER_8, P - ORDER_8])
def test_key_of_small_order_whose_owner_could_deny_everything(y: int, sign: int) -> None:
    public = (y | sign).to_bytes(32, "little")
    fits_all = bytes([1]) + bytes(63)
    verified = 0
    for number in range(64):
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(fits_all, b"message %d" % number)
            verified += 1
        except InvalidSignature:
            pass
    # The library really lets one signature hold over many messages; that is why we refuse the key.
    assert verified > 1
    with pytest.raises(VerificationError) as refused:
        VerifyKey(ED25519, public)
    assert refused.value.code == "COSE-KEY"


def test_key_id_is_as_specified() -> None:
    public = ed25519_public(SEED)
    assert key_id(ED25519, public) == hashlib.sha256(b"\x82\x32\x58\x20" + public).digest()[:16]
    assert KEY.kid == key_id(ED25519, public)
    assert len({KEY.kid, OTHER.kid, PQ.kid}) == 3


@pytest.mark.parametrize("length", [0, 1, 63, 65, 128])
def test_signature_of_another_length(length: int) -> None:
    for key in (KEY, PQ):
        with pytest.raises(VerificationError) as refused:
            raw_verify(key, bytes(length), b"message")
        assert refused.value.code == "COSE-SIGNATURE"


@pytest.mark.parametrize("alg", [ML_DSA_44, ML_DSA_65])
def test_mldsa_signs_and_verifies(alg: int) -> None:
    raw_verify(VerifyKey(alg, mldsa_public(alg, SEED)), mldsa_sign(alg, SEED, b"message"), b"message")


# --- properties -------------------------------------------------------------------------------------------------------


@given(st.binary(max_size=200), st.binary(max_size=40), st.dictionaries(st.integers(5, 99) | st.text(), st.binary()))
def test_any_payload_domain_and_header_round_trip(payload: bytes, aad: bytes, headers: dict[Any, bytes]) -> None:
    protected = encode_protected({**headers, HEADER_ALG: ED25519})
    raw = signed(protected, payload, aad)
    message = parse_sign1(raw, size_max=SIZE)
    verify_sign1(message, KEY, aad)
    assert message.payload is not None
    assert encode_sign1(message.protected_raw, message.payload, message.signature) == raw


GOOD1, GOOD2 = signed(), both(CLASSIC, row(ED25519, OTHER_SEED))


@given(st.sampled_from([GOOD1, GOOD2]), st.integers(0, 10_000), st.integers(1, 255))
def test_no_changed_byte_verifies(raw: bytes, at: int, by: int) -> None:
    changed = bytearray(raw)
    changed[at % len(raw)] ^= by
    with pytest.raises((PeerError, VerificationError)):
        verify_sign1(parse_sign1(bytes(changed), size_max=SIZE), KEY, DOMAIN, accept_eddsa=True)
    with pytest.raises((PeerError, VerificationError)):
        verify_sign(parse_sign(bytes(changed), size_max=SIZE), [KEY, OTHER], DOMAIN, accept_eddsa=True)


@given(st.binary(max_size=100))
def test_arbitrary_bytes_raise_peer_errors_only(raw: bytes) -> None:
    for parse in (parse_sign1, parse_sign):
        with pytest.raises(PeerError):
            parse(raw, size_max=SIZE)

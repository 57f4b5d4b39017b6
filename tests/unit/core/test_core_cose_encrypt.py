"""Sealing: what is bound, what is refused, and that nothing opens for another key, line or realm."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.keystore_sealing import seal
from armslength.core.cbor import decode, encode, encode_tagged
from armslength.core.cose import HEADER_ALG, HEADER_CRIT, HEADER_IV, HEADER_KID, key_id
from armslength.core.cose_encrypt import (
    A256GCM,
    CHACHA20_POLY1305,
    HEADER_EK,
    HPKE_4_KE,
    HPKE_9_KE,
    RECIPIENTS_MAX,
    Recipient,
    SealingPrivateKey,
    build_encrypt,
    build_encrypt0,
    enc_structure,
    open_content,
    open_encrypt,
    open_encrypt0,
    parse_encrypt,
    parse_encrypt0,
    recipient_protected,
    recipient_structure,
)
from armslength.core.errors import ArmslengthError, LocalError, PeerError, VerificationError
from armslength.core.realm import Realm, domain

SIZE = 65_536
REAL, EXERCISE = domain(Realm.REAL, "seal"), domain(Realm.EXERCISE, "seal")
PEER = SealingPrivateKey(HPKE_9_KE, bytes(range(32)))
ARCHIVE = SealingPrivateKey(HPKE_4_KE, bytes(range(1, 33)))
STRANGER = SealingPrivateKey(HPKE_9_KE, bytes(range(2, 34)))
KEY, NONCE = bytes(range(32)), bytes(range(12))
TEXT = b"the sealed text"


def sealed(*keys: SealingPrivateKey, aad: bytes = EXERCISE, info: bytes = EXERCISE, **more: Any) -> bytes:
    recipients = [(key.kid, key.alg, key.public) for key in keys]
    return seal(TEXT, recipients, external_aad=aad, info_extra=info, content_key=KEY, nonce=NONCE, **more)


def code_of(call: Any) -> str:
    with pytest.raises(ArmslengthError) as refused:
        call()
    return refused.value.code


def test_every_recipient_opens() -> None:
    message = parse_encrypt(sealed(PEER, ARCHIVE), size_max=SIZE)
    for key in (PEER, ARCHIVE):
        assert open_encrypt(message, key, EXERCISE, EXERCISE) == TEXT
    assert code_of(lambda: open_encrypt(message, STRANGER, EXERCISE, EXERCISE)) == "COSE-RECIPIENT"


@pytest.mark.parametrize("key", [PEER, ARCHIVE])
def test_other_realm_does_not_open_in_either_layer(key: SealingPrivateKey) -> None:
    for aad, info in ((REAL, EXERCISE), (EXERCISE, REAL), (REAL, REAL)):
        message = parse_encrypt(sealed(key, aad=aad, info=info), size_max=SIZE)
        assert code_of(lambda message=message: open_encrypt(message, key, EXERCISE, EXERCISE)) == "COSE-NOT-OPENED"


def test_key_id_alone_does_not_open() -> None:
    impostor = SealingPrivateKey(HPKE_9_KE, bytes(32), kid=PEER.kid)
    message = parse_encrypt(sealed(PEER), size_max=SIZE)
    assert code_of(lambda: open_encrypt(message, impostor, EXERCISE, EXERCISE)) == "COSE-NOT-OPENED"
    other_alg = SealingPrivateKey(HPKE_4_KE, bytes(range(32)), kid=PEER.kid)
    assert code_of(lambda: open_encrypt(message, other_alg, EXERCISE, EXERCISE)) == "COSE-RECIPIENT"


def test_content_key_of_another_length_does_not_open() -> None:
    class Opener:
        alg, kid = PEER.alg, PEER.kid

        def unwrap(self, encapsulated: bytes, wrapped: bytes, info: bytes) -> bytes:
            return bytes(16)

    message = parse_encrypt(sealed(PEER), size_max=SIZE)
    assert code_of(lambda: open_encrypt(message, Opener(), EXERCISE, EXERCISE)) == "COSE-NOT-OPENED"


def test_structures_are_as_specified() -> None:
    assert decode(enc_structure("Encrypt", b"\xa1\x01\x03", b"aad")) == ("Encrypt", b"\xa1\x01\x03", b"aad")
    assert enc_structure("Encrypt0", b"\xa0", b"") == enc_structure("Encrypt0", b"", b"")
    header = recipient_protected(HPKE_9_KE, b"kid")
    assert decode(header) == {HEADER_ALG: 57, HEADER_KID: b"kid"}
    assert decode(recipient_structure(A256GCM, header, b"x")) == ("HPKE Recipient", 3, header, b"x")


def test_private_key_is_derived_and_hidden() -> None:
    assert len(PEER.public) == 1216
    assert len(ARCHIVE.public) == 32
    assert PEER.kid == key_id(HPKE_9_KE, PEER.public)
    assert bytes(range(32)).hex() not in repr(PEER)
    assert code_of(lambda: SealingPrivateKey(HPKE_9_KE, bytes(31))) == "KEY-LENGTH"
    assert code_of(lambda: SealingPrivateKey(35, bytes(32))) == "KEY-ALGORITHM"


def test_line_key() -> None:
    raw = build_encrypt0(TEXT, external_aad=EXERCISE, line_key=KEY, nonce=NONCE, protected={HEADER_KID: b"line"})
    message = parse_encrypt0(raw, size_max=SIZE)
    assert message.protected == {HEADER_ALG: A256GCM, HEADER_KID: b"line"}
    assert open_encrypt0(message, KEY, EXERCISE) == TEXT
    for key, aad in ((KEY, REAL), (bytes(32), EXERCISE), (bytes(16), EXERCISE)):
        assert code_of(lambda key=key, aad=aad: open_encrypt0(message, key, aad)) == "COSE-NOT-OPENED"


def test_short_form_costs_few_bytes() -> None:
    raw = build_encrypt0(TEXT, external_aad=b"", line_key=KEY, nonce=NONCE)
    assert len(raw) - len(TEXT) == 39


def test_one_layer_does_not_pass_for_the_other() -> None:
    raw0 = build_encrypt0(TEXT, external_aad=EXERCISE, line_key=KEY, nonce=NONCE)
    message = parse_encrypt0(raw0, size_max=SIZE)
    aad = enc_structure("Encrypt", message.protected_raw, EXERCISE)
    assert code_of(lambda: open_content(A256GCM, KEY, NONCE, message.ciphertext, aad)) == "COSE-NOT-OPENED"


def test_builder_refuses_what_cannot_be_right() -> None:
    one = Recipient(protected_raw=b"", alg=HPKE_9_KE, kid=b"a", encapsulated=b"", wrapped=b"")
    for recipients in ([], [one, one], [one] * (RECIPIENTS_MAX + 1)):
        with pytest.raises(LocalError) as refused:
            build_encrypt(TEXT, recipients, external_aad=b"", content_key=KEY, nonce=NONCE)
        assert refused.value.code == "SEAL-RECIPIENTS"
    for key, nonce in ((bytes(16), NONCE), (KEY, bytes(11)), (KEY, b"")):
        with pytest.raises(LocalError) as refused:
            build_encrypt(TEXT, [one], external_aad=b"", content_key=key, nonce=nonce)
        assert refused.value.code == "KEY-LENGTH"


def test_further_protected_headers_are_bound_and_critical_ones_understood() -> None:
    raw = sealed(PEER, protected={"profile": 1, HEADER_CRIT: ["profile"]})
    assert code_of(lambda: parse_encrypt(raw, size_max=SIZE)) == "COSE-CRITICAL"
    message = parse_encrypt(raw, size_max=SIZE, understood=frozenset({"profile"}))
    assert open_encrypt(message, PEER, EXERCISE, EXERCISE) == TEXT
    assert message.protected["profile"] == 1


def test_algorithm_cannot_be_overridden_by_a_header() -> None:
    assert parse_encrypt(sealed(PEER, protected={HEADER_ALG: 1}), size_max=SIZE).alg == A256GCM


# --- refused forms ----------------------------------------------------------------------------------------------------

BODY, IV = encode({HEADER_ALG: A256GCM}), {HEADER_IV: NONCE}
WHO = recipient_protected(HPKE_4_KE, b"kid")
EK, WRAPPED = {HEADER_EK: bytes(32)}, bytes(48)
ROW = (WHO, EK, WRAPPED)


def form(body: Any = BODY, outside: Any = IV, ciphertext: Any = bytes(16), rows: Any = (ROW,), tag: int = 96) -> bytes:
    return encode_tagged(tag, (body, outside, ciphertext, rows))


BAD = [
    ("Encrypt0's tag", form(tag=16), "COSE-FORM"),
    ("untagged", encode((BODY, IV, b"", (ROW,))), "COSE-FORM"),
    ("no recipient", form(rows=()), "COSE-FORM"),
    ("recipients null", form(rows=None), "COSE-FORM"),
    ("too many recipients", form(rows=(ROW,) * 17), "COSE-FORM"),
    ("recipient twice", form(rows=(ROW, ROW)), "COSE-FORM"),
    ("detached ciphertext", form(ciphertext=None), "COSE-FORM"),
    ("no nonce", form(outside={}), "COSE-HEADER"),
    ("nonce too long", form(outside={HEADER_IV: bytes(32)}), "COSE-HEADER"),
    ("nonce of text", form(outside={HEADER_IV: "text"}), "COSE-HEADER"),
    ("partial nonce", form(outside={6: NONCE}), "COSE-HEADER"),
    ("no algorithm", form(body=b""), "COSE-HEADER"),
    ("AES-128", form(body=encode({1: 1})), "COSE-ALGORITHM"),
    ("ChaCha20 unless asked for", form(body=encode({1: CHACHA20_POLY1305})), "COSE-ALGORITHM"),
    ("algorithm true", form(body=encode({1: True})), "COSE-ALGORITHM"),
    ("algorithm by name", form(body=encode({1: "A256GCM"})), "COSE-ALGORITHM"),
    ("recipient with recipients", form(rows=((*ROW, ()),)), "COSE-FORM"),
    ("recipient a map", form(rows=({1: 2},)), "COSE-FORM"),
    ("direct key", form(rows=((b"", {1: -6}, b""),)), "COSE-HEADER"),
    ("recipient without kid", form(rows=((encode({1: HPKE_4_KE}), EK, WRAPPED),)), "COSE-HEADER"),
    ("kid of text", form(rows=((encode({1: HPKE_4_KE, 4: "kid"}), EK, WRAPPED),)), "COSE-HEADER"),
    ("pre-shared key", form(rows=((encode({1: HPKE_4_KE, 4: b"kid", -5: b"psk"}), EK, WRAPPED),)), "COSE-HEADER"),
    ("integrated HPKE-4", form(rows=((recipient_protected(42, b"kid"), EK, WRAPPED),)), "COSE-ALGORITHM"),
    ("HPKE-0-KE", form(rows=((recipient_protected(46, b"kid"), EK, WRAPPED),)), "COSE-ALGORITHM"),
    ("no encapsulated key", form(rows=((WHO, {}, WRAPPED),)), "COSE-HEADER"),
    ("encapsulated key too short", form(rows=((WHO, {HEADER_EK: bytes(31)}, WRAPPED),)), "COSE-HEADER"),
    ("X-Wing's with X25519's", form(rows=((WHO, {HEADER_EK: bytes(1120)}, WRAPPED),)), "COSE-HEADER"),
    ("encapsulated key of text", form(rows=((WHO, {HEADER_EK: "text"}, WRAPPED),)), "COSE-HEADER"),
    ("wrapped key too long", form(rows=((WHO, EK, bytes(49)),)), "COSE-FORM"),
    ("wrapped key null", form(rows=((WHO, EK, None),)), "COSE-FORM"),
    ("too long", bytes(SIZE + 1), "COSE-SIZE"),
]


def test_the_form_itself_is_accepted() -> None:
    assert parse_encrypt(form(), size_max=SIZE).recipients[0].kid == b"kid"


@pytest.mark.parametrize(("raw", "code"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_refused(raw: bytes, code: str) -> None:
    with pytest.raises(PeerError) as refused:
        parse_encrypt(raw, size_max=SIZE)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (form(), "COSE-FORM"),
        (encode_tagged(16, (BODY, IV, None)), "COSE-FORM"),
        (encode_tagged(16, (BODY, {}, b"")), "COSE-HEADER"),
        (encode_tagged(16, (encode({1: CHACHA20_POLY1305}), IV, b"")), "COSE-ALGORITHM"),
    ],
)
def test_encrypt0_refused(raw: bytes, code: str) -> None:
    with pytest.raises(PeerError) as refused:
        parse_encrypt0(raw, size_max=SIZE)
    assert refused.value.code == code


# --- properties -------------------------------------------------------------------------------------------------------

GOOD = sealed(PEER, ARCHIVE)
GOOD0 = build_encrypt0(TEXT, external_aad=EXERCISE, line_key=KEY, nonce=NONCE)


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_no_changed_byte_opens_for_both(at: int, by: int) -> None:
    """A change to one recipient's part leaves the other's; a change to the content's part leaves none."""
    changed = bytearray(GOOD)
    changed[at] ^= by
    failed = 0
    for key in (PEER, ARCHIVE):
        try:
            assert open_encrypt(parse_encrypt(bytes(changed), size_max=SIZE), key, EXERCISE, EXERCISE) == TEXT
        except (PeerError, VerificationError):
            failed += 1
    assert failed >= 1


@given(st.integers(0, len(GOOD0) - 1), st.integers(1, 255))
def test_no_changed_byte_opens_under_the_line_key(at: int, by: int) -> None:
    changed = bytearray(GOOD0)
    changed[at] ^= by
    with pytest.raises((PeerError, VerificationError)):
        open_encrypt0(parse_encrypt0(bytes(changed), size_max=SIZE), KEY, EXERCISE)


@given(st.binary(max_size=100))
def test_arbitrary_bytes_raise_peer_errors_only(raw: bytes) -> None:
    for parse in (parse_encrypt, parse_encrypt0):
        with pytest.raises(PeerError):
            parse(raw, size_max=SIZE)


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_line_key_round_trip(text: bytes, aad: bytes) -> None:
    raw = build_encrypt0(text, external_aad=aad, line_key=KEY, nonce=NONCE)
    message = parse_encrypt0(raw, size_max=SIZE)
    assert open_encrypt0(message, KEY, aad) == text

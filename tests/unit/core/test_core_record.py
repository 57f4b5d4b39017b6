from __future__ import annotations

import hmac
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.keystore_sealing import SigningPrivateKey
from armslength.core import cbor, cose
from armslength.core.errors import PeerError
from armslength.core.limits import ATTESTATIONS_MAX, ENTRY_BYTES_MAX, FIELDS_MAX
from armslength.core.realm import Realm, domain
from armslength.core.record import (
    LABEL_PROFILE,
    NO_LINE,
    RECORD_LABELS,
    Item,
    Verified,
    acts_hash,
    body_hash,
    build_item,
    digest_list,
    encode_item,
    field_digest,
    field_salt,
    item_from_value,
    item_value,
    link_hash,
    list_hash,
    parse_item,
    protected_header,
    verify_item,
)

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = SigningPrivateKey(cose.ED25519, sha256(b"node").digest())
OTHER_KEY = SigningPrivateKey(cose.ED25519, sha256(b"another node").digest())
KEY_ID = cose.key_id(cose.ED25519, KEY.public)
LINE = bytes(range(16))
BODY_SEED, LINK_SEED = sha256(b"body").digest(), sha256(b"link").digest()
BODY: dict[int, cbor.CborValue] = {1: bytes(16), 2: 1_668_942_000_000_000, 20: "CONCERN", 100: ("Запорізька АЕС", "uk")}
LINK: dict[int, cbor.CborValue] = {1: 7, 2: bytes(32)}
ACTS: tuple[cbor.CborValue, ...] = ((1, "release", "principal", "eucom-principal-1", bytes(16), (bytes(64),)),)
TYPES = frozenset({"message", "receipt"})


def made(
    realm: Realm = Realm.EXERCISE,
    record_type: str = "message",
    line: bytes = LINE,
    sign: Callable[[bytes], bytes] = KEY.sign,
    **parts: Any,
) -> Verified:
    given_parts: dict[str, Any] = {
        "key_id": KEY_ID,
        "body_seed": BODY_SEED,
        "body": BODY,
        "link_seed": LINK_SEED,
        "link": LINK,
        "acts": ACTS,
        **parts,
    }
    return build_item(realm, record_type, line, sign=sign, **given_parts)


def key_of(key_id: bytes) -> cose.VerifyKey:
    if key_id != KEY_ID:
        raise PeerError("RECORD-KEY")
    return cose.VerifyKey(alg=cose.ED25519, public=KEY.public)


def verified(item: Item, realm: Realm = Realm.EXERCISE, line: bytes = LINE) -> Verified:
    return verify_item(item, realm=realm, line=line, key_of=key_of, types=TYPES)


def refusal(item: Item, realm: Realm = Realm.EXERCISE, line: bytes = LINE) -> str:
    with pytest.raises(PeerError) as caught:
        verified(item, realm, line)
    return caught.value.code


def test_what_was_built_verifies_and_survives_the_wire() -> None:
    record = made()
    assert verified(parse_item(encode_item(record.item))) == record
    assert record.envelope_hash == sha256(record.item.envelope).digest()


def test_an_item_made_from_another_has_bytes_of_its_own() -> None:
    item = made().item
    before = encode_item(item)
    assert encode_item(item) is before
    other = replace(item, acts=(*item.acts, 7))
    assert encode_item(other) == cbor.encode(item_value(other)) != before


@given(
    body=st.dictionaries(st.integers(0, 65_535), st.binary(max_size=20) | st.text(max_size=20), max_size=20),
    link=st.dictionaries(st.integers(0, 65_535), st.integers(0, 2**40), max_size=6),
)
def test_any_fields_survive_the_wire(body: dict[int, cbor.CborValue], link: dict[int, cbor.CborValue]) -> None:
    record = made(body=body, link=link)
    assert verified(parse_item(encode_item(record.item))) == record


# --- every hash mutated is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "changes"),
    [
        ("a field of the body changed", {"body": {**BODY, 20: "STOP"}}),
        ("a field of the body added", {"body": {**BODY, 30: "text"}}),
        ("a field of the body left out", {"body": {n: v for n, v in BODY.items() if n != 100}}),
        ("a field under another number", {"body": {**{n: v for n, v in BODY.items() if n != 100}, 101: BODY[100]}}),
        ("another seed of the body", {"body_seed": LINK_SEED}),
        ("another number", {"link": {**LINK, 1: 8}}),
        ("another predecessor", {"link": {**LINK, 2: bytes([1]) * 32}}),
        ("another seed of the link", {"link_seed": BODY_SEED}),
        ("body and link exchanged", {"body": LINK, "link": BODY, "body_seed": LINK_SEED, "link_seed": BODY_SEED}),
        ("an act left out", {"acts": ()}),
        ("an act twice", {"acts": ACTS * 2}),
        ("another act", {"acts": ((1, "stop", *ACTS[0][2:]),)}),  # type: ignore[index]
    ],
)
def test_what_was_changed_beside_the_envelope_is_refused(case: str, changes: dict[str, Any]) -> None:
    assert refusal(replace(made().item, **changes)) == "RECORD-HASH", case


@pytest.mark.parametrize("part", [0, 1, 2])
def test_each_of_the_three_hashes_is_compared(part: int) -> None:
    protected = protected_header(Realm.EXERCISE, "message", LINE, KEY_ID)
    hashes = [
        body_hash(Realm.EXERCISE, "message", LINE, BODY_SEED, BODY),
        link_hash(Realm.EXERCISE, "message", LINE, LINK_SEED, LINK),
        acts_hash(Realm.EXERCISE, ACTS),
    ]
    hashes[part] = bytes(32)
    payload = cbor.encode(tuple(hashes))
    signature = KEY.sign(cose.sign1_tbs(protected, domain(Realm.EXERCISE, "record"), payload))
    assert refusal(replace(made().item, envelope=cose.encode_sign1(protected, payload, signature))) == "RECORD-HASH"


def test_every_changed_byte_of_an_envelope_is_refused() -> None:
    record = made()
    for at in range(len(record.item.envelope)):
        changed = bytearray(record.item.envelope)
        changed[at] ^= 1
        with pytest.raises(PeerError):
            verified(replace(record.item, envelope=bytes(changed)))


# --- crossed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "record", "code"),
    [
        ("made for the other realm", made(Realm.REAL), "RECORD-REALM"),
        ("made for another line", made(line=bytes(16)), "RECORD-LINE"),
        ("made for no line", made(line=NO_LINE), "RECORD-LINE"),
        ("a type that stays at home", made(record_type="draft"), "RECORD-TYPE"),
        ("a type nobody knows", made(record_type="order"), "RECORD-TYPE"),
        ("another key", made(key_id=cose.key_id(cose.ED25519, OTHER_KEY.public)), "RECORD-KEY"),
        ("signed by another key under our id", made(sign=OTHER_KEY.sign), "RECORD-SIGNATURE"),
        ("no signature", made(sign=lambda _: bytes(64)), "RECORD-SIGNATURE"),
        (
            "signed in the domain of the other realm",
            made(
                sign=lambda tbs: KEY.sign(tbs.replace(domain(Realm.EXERCISE, "record"), domain(Realm.REAL, "record")))
            ),
            "RECORD-SIGNATURE",
        ),
    ],
)
def test_a_record_made_for_elsewhere_is_refused(case: str, record: Verified, code: str) -> None:
    assert refusal(record.item) == code, case


@pytest.mark.parametrize("changed", ["realm", "type", "line"])
def test_a_body_means_another_thing_in_another_realm_type_or_line(changed: str) -> None:
    here = body_hash(Realm.EXERCISE, "message", LINE, BODY_SEED, BODY)
    there = {
        "realm": body_hash(Realm.REAL, "message", LINE, BODY_SEED, BODY),
        "type": body_hash(Realm.EXERCISE, "receipt", LINE, BODY_SEED, BODY),
        "line": body_hash(Realm.EXERCISE, "message", bytes(16), BODY_SEED, BODY),
    }[changed]
    assert here != there
    assert here != link_hash(Realm.EXERCISE, "message", LINE, BODY_SEED, BODY)


def _header(**changes: Any) -> dict[int, Any]:
    decoded: Any = cbor.decode(protected_header(Realm.EXERCISE, "message", LINE, KEY_ID))
    return {**decoded, **{int(number.replace("m", "-")): value for number, value in changes.items()}}


def _signed_under(header: dict[int, Any]) -> Item:
    record = made()
    payload = cose.parse_sign1(record.item.envelope, size_max=9_999, understood=RECORD_LABELS).payload or b""
    protected = cbor.encode(header)
    signature = KEY.sign(cose.sign1_tbs(protected, domain(Realm.EXERCISE, "record"), payload))
    return replace(record.item, envelope=cose.encode_sign1(protected, payload, signature))


@pytest.mark.parametrize(
    ("case", "header", "code"),
    [
        ("a later profile", _header(m70001=2), "RECORD-PROFILE"),
        ("a profile that is text", _header(m70001="1"), "RECORD-PROFILE"),
        ("a realm nobody knows", _header(m70002="TEST"), "RECORD-REALM"),
        ("a realm that is a map", _header(m70002={1: 2}), "RECORD-REALM"),
        ("a line of 15 bytes", _header(m70003=bytes(15)), "RECORD-MALFORMED"),
        ("a line that is text", _header(m70003="line"), "RECORD-MALFORMED"),
        ("a type that is a number", _header(m70004=1), "RECORD-MALFORMED"),
        ("a key id of 8 bytes", {**_header(), 4: bytes(8)}, "RECORD-MALFORMED"),
        ("no label critical", {n: v for n, v in _header().items() if n != 2}, "RECORD-MALFORMED"),
        ("no profile", {n: v for n, v in _header().items() if n != LABEL_PROFILE} | {2: (-70002,)}, "RECORD-MALFORMED"),
        ("one label more", {**_header(), 5: b""}, "RECORD-MALFORMED"),
    ],
)
def test_another_header_is_refused_by_its_reason(case: str, header: dict[int, Any], code: str) -> None:
    assert refusal(_signed_under(header)) == code, case


# --- the shape of an item ---------------------------------------------------------------------------------------------

GOOD = item_value(made().item)


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ("no array", 7),
        ("five parts", GOOD[:5]),
        ("an envelope that is text", ("x", *GOOD[1:])),
        ("a seed of 31 bytes", (GOOD[0], bytes(31), *GOOD[2:])),
        ("a body that is an array", (*GOOD[:2], (), *GOOD[3:])),
        ("a field number that is text", (*GOOD[:2], {"1": 1}, *GOOD[3:])),
        ("a field number below zero", (*GOOD[:2], {-1: 1}, *GOOD[3:])),
        ("a field number over 65535", (*GOOD[:2], {65_536: 1}, *GOOD[3:])),
        ("too many fields", (*GOOD[:2], dict.fromkeys(range(FIELDS_MAX + 1), 1), *GOOD[3:])),
        ("too many acts", (*GOOD[:5], (1,) * (ATTESTATIONS_MAX + 1))),
        ("acts that are a map", (*GOOD[:5], {})),
    ],
)
def test_an_item_of_another_shape_is_refused(case: str, value: Any) -> None:
    with pytest.raises(PeerError, match="ITEM-MALFORMED"):
        item_from_value(value)
    assert case


def test_an_item_larger_than_an_entry_is_refused_unread() -> None:
    with pytest.raises(PeerError, match="ITEM-SIZE"):
        parse_item(bytes(ENTRY_BYTES_MAX + 1))


# --- disclosure -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", sorted(BODY))
def test_one_field_can_be_disclosed_alone_and_proved(number: int) -> None:
    digests = list(digest_list(BODY_SEED, BODY))
    position = sorted(BODY).index(number)
    # What is shown: the list, and of one field its position, number, salt and value. The seed is not.
    digests[position] = field_digest(field_salt(BODY_SEED, number), number, BODY[number])
    assert list_hash(Realm.EXERCISE, "body", "message", LINE, tuple(digests)) == made().body_hash
    digests[position] = field_digest(field_salt(BODY_SEED, number), number, "another value")
    assert list_hash(Realm.EXERCISE, "body", "message", LINE, tuple(digests)) != made().body_hash


def test_a_salt_is_one_block_of_hkdf_and_differs_by_field_and_seed() -> None:
    expanded = hmac.new(BODY_SEED, b"armslength/1/salt" + bytes([0, 0, 0, 100, 1]), "sha256").digest()
    assert field_salt(BODY_SEED, 100) == expanded[:16]
    assert len({field_salt(BODY_SEED, n) for n in range(100)} | {field_salt(LINK_SEED, 1)}) == 101


@given(
    seed=st.binary(min_size=32, max_size=32),
    fields=st.dictionaries(st.integers(0, 65_535), st.binary(max_size=300) | st.text(max_size=40), max_size=8),
)
def test_the_list_is_of_each_fields_own_digest(seed: bytes, fields: dict[int, cbor.CborValue]) -> None:
    expected = tuple(field_digest(field_salt(seed, number), number, fields[number]) for number in sorted(fields))
    assert digest_list(seed, fields) == expected

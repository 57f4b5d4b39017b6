from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from armslength.adapters.keystore_sealing import SigningPrivateKey
from armslength.core import cbor, cose
from armslength.core.attestation import Kind, Officer, OfficerKey
from armslength.core.errors import PeerError
from armslength.core.instants import Instant
from armslength.core.keys import EDDSA, ES256, ESP256, PUBLIC_BYTES, TLS_PIN, PublicKey
from armslength.core.limits import CERTIFICATE_BYTES_MAX
from armslength.core.realm import Realm, domain
from armslength.core.record import LABEL_PROFILE, LABEL_REALM, LABEL_TYPE
from armslength.line import manifest
from armslength.line.manifest import NODE_KEYS, VALIDITY_US_MAX, Bearer, Manifest

NOW = Instant(1_668_942_000_000_000)
REALM = Realm.EXERCISE


def ed25519(seed: str) -> SigningPrivateKey:
    return SigningPrivateKey(cose.ED25519, sha256(seed.encode()).digest())


ROOT = ed25519("root")


def public(seed: str, alg: int = cose.ED25519) -> PublicKey:
    if alg in {cose.ED25519, EDDSA}:
        return PublicKey(alg, ed25519(seed).public)
    return PublicKey(alg, (sha256(seed.encode()).digest() * 100)[: PUBLIC_BYTES[alg]])


def officer(name: str = "eucom-watch-1", **changes: Any) -> Officer:
    keys = (
        OfficerKey(kind=Kind.RAW_KEY, key=public(name)),
        OfficerKey(kind=Kind.WEBAUTHN, key=public(f"{name} passkey", ES256)),
    )
    return replace(
        Officer(officer=name, name="Watch officer", roles=frozenset({"watch-officer"}), keys=keys), **changes
    )


FIRST = Manifest(
    realm=REALM,
    party="EUCOM",
    sequence=1,
    previous=None,
    root=PublicKey(cose.ED25519, ROOT.public),
    issued_at=NOW,
    valid_until=Instant(NOW + VALIDITY_US_MAX),
    node_keys={purpose: public(f"node {purpose}", alg) for purpose, alg in NODE_KEYS.items()},
    officers={"eucom-watch-1": officer()},
    bearers=(Bearer(kind="https", address="https://192.0.2.1:7443", certificate=b"der"),),
    time_zone="Europe/Berlin",
    languages=("en", "uk"),
    software=("armslength", "0.1.0"),
    relying_parties=((bytes(32), "https://desk.eucom.invalid"),),
)


def signed(one: Manifest, root: SigningPrivateKey = ROOT) -> bytes:
    return manifest.sign_manifest(one, root.sign)


def signed_value(value: Any, root: SigningPrivateKey = ROOT, *, realm: Realm = REALM, **header: Any) -> bytes:
    """Sign any payload as the root would."""
    decoded: Any = cbor.decode(cose.parse_sign1(signed(FIRST), size_max=99_999, understood=LABELS).protected_raw)
    protected = cbor.encode({**decoded, **{int(n.replace("m", "-")): v for n, v in header.items()}})
    payload = cbor.encode(value)
    return cose.encode_sign1(
        protected, payload, root.sign(cose.sign1_tbs(protected, domain(realm, "manifest"), payload))
    )


LABELS = frozenset({LABEL_PROFILE, LABEL_REALM, LABEL_TYPE})
VALUE = manifest.manifest_value(FIRST)
SECOND = replace(FIRST, sequence=2, previous=manifest.manifest_hash(signed(FIRST)), issued_at=Instant(NOW + 5))
BEFORE_ITS_TIME = replace(SECOND, issued_at=Instant(NOW - 1), valid_until=Instant(NOW + 9))


def refusal(data: bytes, previous: tuple[Manifest, bytes] | None = None, realm: Realm = REALM) -> str:
    with pytest.raises(PeerError) as caught:
        manifest.verify_manifest(data, realm=realm, previous=previous)
    return caught.value.code


# --- what holds -------------------------------------------------------------------------------------------------------


def test_a_manifest_survives_its_signature() -> None:
    assert manifest.verify_manifest(signed(FIRST), realm=REALM, previous=None) == FIRST


def test_an_introduction_is_the_whole_chain() -> None:
    third = replace(SECOND, sequence=3, previous=manifest.manifest_hash(signed(SECOND)), party="EUCOM")
    pieces = [signed(one) for one in (FIRST, SECOND, third)]
    found, data = manifest.verify_introduction(manifest.encode_introduction(pieces), REALM)
    assert found == (FIRST, SECOND, third)
    assert list(data) == pieces


def test_the_roster_knows_who_may_act_and_which_keys_may_not() -> None:
    roster = FIRST.roster()
    assert roster.officers == FIRST.officers
    assert roster.node_key_ids == {key.kid for key in FIRST.node_keys.values()}
    assert roster.relying_parties == FIRST.relying_parties


@pytest.mark.parametrize("alg", [cose.ED25519, EDDSA, ES256, ESP256])
def test_a_passkey_may_be_of_either_curve(alg: int) -> None:
    keys = (OfficerKey(kind=Kind.WEBAUTHN, key=public("passkey", alg)),)
    one = replace(FIRST, officers={"eucom-watch-1": officer(keys=keys)})
    assert manifest.verify_manifest(signed(one), realm=REALM, previous=None) == one


def test_the_fingerprint_is_of_party_and_root_in_their_realm_and_of_nothing_else() -> None:
    finger = manifest.manifest_fingerprint(FIRST)
    assert len(finger) == 11
    assert manifest.manifest_fingerprint(SECOND) == finger
    others = {
        manifest.fingerprint(Realm.REAL, "EUCOM", FIRST.root),
        manifest.fingerprint(REALM, "NDMC", FIRST.root),
        manifest.fingerprint(REALM, "EUCOM", public("another root")),
    }
    assert finger not in others
    assert len(others) == 3


# --- refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "case", "data", "realm", "after"),
    [
        ("MANIFEST-REALM", "of the other realm", signed(replace(FIRST, realm=Realm.REAL)), REALM, None),
        ("MANIFEST-REALM", "read in the other realm", signed(FIRST), Realm.REAL, None),
        ("MANIFEST-SIGNATURE", "signed by a node key", signed(FIRST, ed25519("node sign")), REALM, None),
        ("MANIFEST-SIGNATURE", "signed in another domain", signed_value(VALUE, realm=Realm.REAL), REALM, None),
        ("MANIFEST-ROOT", "key id of another", signed_value(VALUE, **{"4": bytes(16)}), REALM, None),
        ("MANIFEST-ROOT", "another party", signed(replace(SECOND, party="NDMC")), REALM, FIRST),
        (
            "MANIFEST-ROOT",
            "another root",
            signed(replace(SECOND, root=public("root 2")), ed25519("root 2")),
            REALM,
            FIRST,
        ),
        ("MANIFEST-CHAIN", "begins with the second", signed(SECOND), REALM, None),
        ("MANIFEST-CHAIN", "the first names a previous", signed(replace(FIRST, previous=bytes(32))), REALM, None),
        ("MANIFEST-CHAIN", "the first again", signed(FIRST), REALM, FIRST),
        ("MANIFEST-CHAIN", "one left out", signed(replace(SECOND, sequence=3)), REALM, FIRST),
        ("MANIFEST-CHAIN", "another predecessor", signed(replace(SECOND, previous=bytes(32))), REALM, FIRST),
        (
            "MANIFEST-CHAIN",
            "issued before",
            signed(replace(SECOND, issued_at=Instant(NOW - 1), valid_until=Instant(NOW + 9))),
            REALM,
            FIRST,
        ),
        ("RECORD-PROFILE", "a later profile", signed_value(VALUE, m70001=2), REALM, None),
        ("MANIFEST-MALFORMED", "another type", signed_value(VALUE, m70004="message"), REALM, None),
        ("MANIFEST-MALFORMED", "one header more", signed_value(VALUE, **{"5": b""}), REALM, None),
    ],
)
def test_a_manifest_out_of_its_chain_is_refused_by_its_reason(
    code: str, case: str, data: bytes, realm: Realm, after: Manifest | None
) -> None:
    assert refusal(data, None if after is None else (after, signed(after)), realm) == code, case


def node_keys(**changes: Any) -> tuple[Any, ...]:
    rows = {purpose: (purpose, key.alg, key.public) for purpose, key in FIRST.node_keys.items()}
    return tuple(row for row in {**rows, **changes}.values() if row is not None)


OFFICER_ROW: Any = VALUE[8][0]  # type: ignore[index]
SMALL_ORDER = bytes([1]) + bytes(31)


@pytest.mark.parametrize(
    ("case", "field", "value"),
    [
        ("a party code with small letters", 1, "Eucom"),
        ("a party code of one letter", 1, "E"),
        ("a party code with a line break", 1, "EU\nCOM"),
        ("sequence 0", 2, 0),
        ("a previous hash of 31 bytes", 3, bytes(31)),
        ("a root that is no Ed25519 key", 4, (cose.ML_DSA_44, bytes(1312))),
        ("a root of 31 bytes", 4, (cose.ED25519, bytes(31))),
        ("valid before it is issued", 6, NOW),
        ("valid for longer than 400 days", 6, NOW + VALIDITY_US_MAX + 1),
        ("a node key missing", 7, node_keys(seal=None)),
        ("a node key twice", 7, (*node_keys(), ("sign", cose.ED25519, ed25519("x").public))),
        ("a purpose nobody knows", 7, (*node_keys(), ("spare", cose.ED25519, ed25519("x").public))),
        ("a purpose that is a map", 7, (*node_keys(), ({}, cose.ED25519, ed25519("x").public))),
        ("a sealing key that signs", 7, node_keys(seal=("seal", cose.ED25519, ed25519("x").public))),
        ("a signing key that seals", 7, node_keys(sign=("sign", NODE_KEYS["seal"], bytes(1216)))),
        ("a signing key of small order", 7, node_keys(sign=("sign", cose.ED25519, SMALL_ORDER))),
        ("a key of wrong length", 7, node_keys(tls=("tls", TLS_PIN, bytes(31)))),
        ("an algorithm that is a map", 7, node_keys(tls=("tls", {}, bytes(32)))),
        ("an officer twice", 8, (OFFICER_ROW, OFFICER_ROW)),
        ("an officer without name", 8, (("eucom-x", "", (), ()),)),
        ("an officer id that turns the line round", 8, (("eucom\u202ex", "X", (), ()),)),
        ("an officer id without end", 8, (("x" * 65, "X", (), ()),)),
        ("a role nobody knows", 8, (("eucom-x", "X", ("commander",), ()),)),
        ("a role that is a map", 8, (("eucom-x", "X", ({},), ()),)),
        ("an officer's session key", 8, (("eucom-x", "X", (), ((3, cose.ED25519, bytes(32)),)),)),
        ("an officer's raw key on P-256", 8, (("eucom-x", "X", (), ((1, ES256, bytes(65)),)),)),
        ("an officer's key kind that is a map", 8, (("eucom-x", "X", (), (({}, cose.ED25519, bytes(32)),)),)),
        ("an officer's key of small order", 8, (("eucom-x", "X", (), ((1, cose.ED25519, SMALL_ORDER),)),)),
        ("more keys than an officer has desks", 8, (("eucom-x", "X", (), OFFICER_ROW[3] * 5),)),
        ("a bearer nobody knows", 9, (("pigeon", "loft", b""),)),
        ("a bearer that is a map", 9, (({}, "x", b""),)),
        ("a certificate that is a file", 9, (("https", "https://x", bytes(CERTIFICATE_BYTES_MAX + 1)),)),
        ("an address without end", 9, (("https", "https://" + "x" * 300, b""),)),
        ("an address that steers a terminal", 9, (("https", "https://\x1b[2J", b""),)),
        ("no time zone", 10, ""),
        ("a language that is a number", 11, (1,)),
        ("software without version", 12, ("armslength",)),
        ("a relying party hash of 31 bytes", 13, ((bytes(31), "https://x"),)),
        ("no relying parties at all", 13, None),
    ],
)
def test_a_field_out_of_its_bounds_is_refused(case: str, field: int, value: Any) -> None:
    assert refusal(signed_value({**VALUE, field: value})) == "MANIFEST-MALFORMED", case


@pytest.mark.parametrize("value", [None, 7, b"", (), "manifest"])
def test_a_payload_that_is_no_map_is_refused(value: Any) -> None:
    assert refusal(signed_value(value)) == "MANIFEST-MALFORMED"


@pytest.mark.parametrize(
    ("case", "changes"),
    [
        ("one node key for two purposes", {"node_keys": {**FIRST.node_keys, "log": FIRST.node_keys["sign"]}}),
        ("the root as a node key", {"node_keys": {**FIRST.node_keys, "log": FIRST.root}}),
        (
            "a node key as an officer's",
            {"officers": {"o": officer("o", keys=(OfficerKey(kind=Kind.RAW_KEY, key=FIRST.node_keys["sign"]),))}},
        ),
        (
            "one key for two officers",
            {"officers": {"a": officer("a"), "b": officer("b", keys=officer("a").keys)}},
        ),
        (
            "one key under two algorithm numbers",
            {
                "officers": {
                    "o": officer("o", keys=(OfficerKey(kind=Kind.WEBAUTHN, key=PublicKey(EDDSA, FIRST.root.public)),))
                }
            },
        ),
    ],
)
def test_a_key_serves_one_purpose_or_one_officer(case: str, changes: dict[str, Any]) -> None:
    assert refusal(signed(replace(FIRST, **changes))) == "MANIFEST-KEY-REUSED", case


def test_every_changed_byte_of_a_manifest_is_refused() -> None:
    data = signed(FIRST)
    for at in range(0, len(data), 7):
        changed = bytearray(data)
        changed[at] ^= 1
        with pytest.raises(PeerError):
            manifest.verify_manifest(bytes(changed), realm=REALM, previous=None)


@pytest.mark.parametrize("value", [(), (1,), {1: 2}, "intro", ((b"x",),)])
def test_an_introduction_that_is_no_chain_is_refused(value: Any) -> None:
    with pytest.raises(PeerError, match="MANIFEST-MALFORMED"):
        manifest.verify_introduction(cbor.encode(value), REALM)

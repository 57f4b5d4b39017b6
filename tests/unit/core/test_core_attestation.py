from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.attestation import (
    ACTS,
    CLIENT_DATA_BYTES_MAX,
    SESSION_KEY_SPAN_US,
    Attestation,
    Kind,
    parse_attestation,
    verify_attestation,
)
from armslength.core.cose import ED25519
from armslength.core.errors import PeerError
from armslength.core.instants import Instant
from armslength.core.keys import PublicKey
from armslength.core.realm import Realm
from builders.acts import (
    BODY_HASH,
    NODE,
    OFFICER,
    PASSKEYS,
    PRESENT,
    RAW,
    REALM,
    ROSTER,
    VERIFIED,
    Passkey,
    ed25519,
    passkey_act,
    raw_act,
    said,
    session_act,
)

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue

NOW = Instant(1_668_942_000_000_000)
HOUR = 3_600_000_000
P256 = PASSKEYS["p-256"]
ANY_PASSKEY = pytest.mark.parametrize("passkey", PASSKEYS.values(), ids=PASSKEYS)


def verify(attestation: Attestation, *, level_one: bool = True, stated_at: Instant | None = NOW) -> str:
    return verify_attestation(
        parse_attestation(attestation.value()),
        realm=REALM,
        roster=ROSTER,
        body_hash=BODY_HASH,
        stated_at=stated_at,
        level_one_receipt=level_one,
    ).officer


def refused(attestation: Attestation, *, level_one: bool = True, stated_at: Instant | None = NOW) -> str:
    with pytest.raises(PeerError) as caught:
        verify(attestation, level_one=level_one, stated_at=stated_at)
    return caught.value.code


# --- kind 1 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_raw_key_attests_every_act(act: str) -> None:
    assert verify(raw_act(act)) == OFFICER.officer


@pytest.mark.parametrize(
    ("case", "attestation", "code"),
    [
        ("an officer nobody knows", raw_act(officer="eucom-watch-9"), "ACT-OFFICER-UNKNOWN"),
        ("a role the officer does not have", raw_act(role="principal"), "ACT-ROLE"),
        ("a key of nobody", raw_act(key_id=bytes(16)), "ACT-KEY-UNKNOWN"),
        ("the key of the node", raw_act(key_id=PublicKey(ED25519, NODE.public).kid), "ACT-NODE-KEY"),
        ("a passkey used as a raw key", raw_act(key_id=P256.public.kid), "ACT-KIND"),
        ("a raw key called a passkey", raw_act(kind=Kind.WEBAUTHN), "ACT-KIND"),
        ("a raw key called a session key", raw_act(kind=Kind.SESSION_KEY), "ACT-KIND"),
        ("another body", raw_act(evidence=(RAW.sign(said(body_hash=bytes(32))),)), "ACT-SIGNATURE"),
        ("another act", raw_act(evidence=(RAW.sign(said("release")),)), "ACT-SIGNATURE"),
        ("another role signed", raw_act(evidence=(RAW.sign(said(role="principal")),)), "ACT-SIGNATURE"),
        ("another realm", raw_act(evidence=(RAW.sign(said(realm=Realm.REAL)),)), "ACT-SIGNATURE"),
        ("another key", raw_act(evidence=(ed25519("other").sign(said()),)), "ACT-SIGNATURE"),
        ("a short signature", raw_act(evidence=(RAW.sign(said())[:63],)), "ACT-SIGNATURE"),
        ("no evidence", raw_act(evidence=()), "ACT-MALFORMED"),
        ("evidence that is text", raw_act(evidence=("signed",)), "ACT-MALFORMED"),
    ],
)
def test_a_raw_key_that_does_not_hold_is_refused_by_its_reason(case: str, attestation: Attestation, code: str) -> None:
    assert refused(attestation) == code, case


def test_a_node_key_is_refused_even_when_a_manifest_lists_it_as_an_officers() -> None:
    key = replace(OFFICER.keys[0], key=PublicKey(ED25519, NODE.public))
    roster = replace(ROSTER, officers={OFFICER.officer: replace(OFFICER, keys=(key,))})
    act = raw_act(key_id=key.key_id, evidence=(NODE.sign(said()),))
    with pytest.raises(PeerError, match="ACT-NODE-KEY"):
        verify_attestation(act, realm=REALM, roster=roster, body_hash=BODY_HASH)


# --- kind 2 -----------------------------------------------------------------------------------------------------------


@ANY_PASSKEY
def test_a_passkey_attests(passkey: Passkey) -> None:
    assert verify(passkey_act(passkey, passkey.evidence(said()))) == OFFICER.officer


def _swapped(passkey: Passkey, part: int, value: CborValue) -> tuple[CborValue, ...]:
    evidence = list(passkey.evidence(said()))
    evidence[part] = value
    return tuple(evidence)


@ANY_PASSKEY
@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("wrong origin", "ACT-ORIGIN"),
        ("wrong relying party", "ACT-ORIGIN"),
        ("user not verified", "ACT-USER-NOT-VERIFIED"),
        ("user not present", "ACT-USER-NOT-VERIFIED"),
        ("another challenge", "ACT-SIGNATURE"),
        ("half a surrogate pair as challenge", "ACT-SIGNATURE"),
        ("a creation, not an assertion", "ACT-MALFORMED"),
        ("client data that is no JSON", "ACT-MALFORMED"),
        ("client data that is a list", "ACT-MALFORMED"),
        ("client data without end", "ACT-MALFORMED"),
        ("signature of another key", "ACT-SIGNATURE"),
        ("no signature", "ACT-SIGNATURE"),
        ("flags changed afterwards", "ACT-SIGNATURE"),
        ("authenticator data too short", "ACT-MALFORMED"),
        ("two parts", "ACT-MALFORMED"),
    ],
)
def test_a_passkey_that_does_not_hold_is_refused_by_its_reason(passkey: Passkey, case: str, code: str) -> None:
    data = passkey.evidence(said())[0]
    assert isinstance(data, bytes)
    counted = data[:33] + b"\xff\xff\xff\xff"
    evidence = {
        "wrong origin": lambda: passkey.evidence(said(), origin="https://desk.eucom.example"),
        "wrong relying party": lambda: passkey.evidence(said(), rp_id_hash=bytes(32)),
        "user not verified": lambda: passkey.evidence(said(), flags=PRESENT),
        "user not present": lambda: passkey.evidence(said(), flags=VERIFIED),
        "another challenge": lambda: passkey.evidence(said("release")),
        "half a surrogate pair as challenge": lambda: passkey.evidence(
            said(), client_data=rb'{"type": "webauthn.get", "challenge": "\ud800", "origin": "x"}'
        ),
        "a creation, not an assertion": lambda: passkey.evidence(said(), kind="webauthn.create"),
        "client data that is no JSON": lambda: passkey.evidence(said(), client_data=b"{"),
        "client data that is a list": lambda: passkey.evidence(said(), client_data=b"[1]"),
        "client data without end": lambda: passkey.evidence(said(), client_data=b" " * (CLIENT_DATA_BYTES_MAX + 1)),
        "signature of another key": lambda: _swapped(passkey, 2, Passkey(alg=passkey.alg, seed="other").sign(data)),
        "no signature": lambda: _swapped(passkey, 2, b""),
        "flags changed afterwards": lambda: _swapped(passkey, 0, counted),
        "authenticator data too short": lambda: _swapped(passkey, 0, data[:36]),
        "two parts": lambda: passkey.evidence(said())[:2],
    }[case]()
    assert refused(passkey_act(passkey, evidence)) == code


# --- kind 3 -----------------------------------------------------------------------------------------------------------


@ANY_PASSKEY
@pytest.mark.parametrize(
    ("case", "until", "code"),
    [
        ("just delegated for twelve hours", NOW + SESSION_KEY_SPAN_US, ""),
        ("in the last microsecond", NOW, ""),
        ("after its end", NOW - 1, "ACT-SESSION-KEY"),
        ("delegated for longer than a watch", NOW + SESSION_KEY_SPAN_US + 1, "ACT-SESSION-KEY"),
    ],
)
def test_a_session_key_serves_for_its_hours(passkey: Passkey, case: str, until: int, code: str) -> None:
    act = session_act(passkey, Instant(until))
    if code:
        assert refused(act) == code, case
    else:
        assert verify(act) == OFFICER.officer, case


@pytest.mark.parametrize(
    ("case", "attestation", "level_one", "stated_at", "code"),
    [
        ("a receipt of level 2", session_act(P256, Instant(NOW + HOUR)), False, NOW, "ACT-SESSION-KEY"),
        ("a release", session_act(P256, Instant(NOW + HOUR), act="release"), True, NOW, "ACT-SESSION-KEY"),
        ("a stop", session_act(P256, Instant(NOW + HOUR), act="stop"), False, NOW, "ACT-SESSION-KEY"),
        ("no stated time", session_act(P256, Instant(NOW + HOUR)), True, None, "ACT-SESSION-KEY"),
        (
            "hours longer than the passkey said",
            session_act(P256, Instant(NOW + HOUR), delegated_until=Instant(NOW - HOUR)),
            True,
            NOW,
            "ACT-SIGNATURE",
        ),
        (
            "signed by another than the delegated key",
            session_act(P256, Instant(NOW + HOUR), signer=ed25519("other")),
            True,
            NOW,
            "ACT-SIGNATURE",
        ),
    ],
)
def test_a_session_key_serves_for_receipts_of_level_one_only(
    case: str, attestation: Attestation, level_one: bool, stated_at: Instant | None, code: str
) -> None:
    assert refused(attestation, level_one=level_one, stated_at=stated_at) == code, case


# --- shape ------------------------------------------------------------------------------------------------------------

GOOD = raw_act().value()


@pytest.mark.parametrize(
    ("case", "value", "code"),
    [
        ("no array", b"", "ACT-MALFORMED"),
        ("five parts", GOOD[:5], "ACT-MALFORMED"),
        ("kind 0", (0, *GOOD[1:]), "ACT-KIND"),
        ("kind 4", (4, *GOOD[1:]), "ACT-KIND"),
        ("kind true", (True, *GOOD[1:]), "ACT-KIND"),
        ("kind a map", ({}, *GOOD[1:]), "ACT-KIND"),
        ("an act of no list", (1, "consent", *GOOD[2:]), "ACT-MALFORMED"),
        ("an act that is a map", (1, {1: 2}, *GOOD[2:]), "ACT-MALFORMED"),
        ("a role that is a number", (1, "receipt", 7, *GOOD[3:]), "ACT-MALFORMED"),
        ("a key id of 15 bytes", (*GOOD[:4], bytes(15), GOOD[5]), "ACT-MALFORMED"),
        ("evidence that is no array", (*GOOD[:5], b"x"), "ACT-MALFORMED"),
    ],
)
def test_an_attestation_of_another_shape_is_refused(case: str, value: CborValue, code: str) -> None:
    with pytest.raises(PeerError) as caught:
        parse_attestation(value)
    assert caught.value.code == code, case


WIRE: st.SearchStrategy[CborValue] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**64), 2**64 - 1) | st.binary(max_size=40) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5).map(tuple) | st.dictionaries(st.integers(0, 9), inner, max_size=3),
    max_leaves=8,
)


@given(part=st.integers(0, 5), inner=st.integers(0, 3), value=WIRE, kind=st.sampled_from(["raw", "passkey", "session"]))
def test_no_evidence_leaks_an_untyped_error(part: int, inner: int, value: CborValue, kind: str) -> None:
    made = {
        "raw": raw_act(),
        "passkey": passkey_act(P256, P256.evidence(said())),
        "session": session_act(P256, Instant(NOW + HOUR)),
    }[kind]
    parts = list(made.value())
    if part == 5 and inner < len(made.evidence):
        parts[5] = (*made.evidence[:inner], value, *made.evidence[inner + 1 :])
    else:
        parts[part] = value
    try:
        parsed = parse_attestation(tuple(parts))
        verify_attestation(
            parsed, realm=REALM, roster=ROSTER, body_hash=BODY_HASH, stated_at=NOW, level_one_receipt=True
        )
    except PeerError:
        return
    assert tuple(parts) == made.value()

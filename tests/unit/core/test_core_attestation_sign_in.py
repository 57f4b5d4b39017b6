"""What an officer signs to sign in: checked as an act is, and of no use as one."""

from __future__ import annotations

from hashlib import sha256

import pytest

from armslength.core import cbor
from armslength.core.attestation import Attestation, Kind, sign_in_statement, verify_attestation, verify_sign_in
from armslength.core.errors import PeerError
from armslength.core.realm import Realm, domain
from builders.acts import BODY_HASH, NODE, OFFICER, ORIGIN, PASSKEYS, RAW, REALM, ROSTER, raw_act, said

NONCE = bytes(range(56))
STATEMENT = sign_in_statement(REALM, ORIGIN, OFFICER.officer, NONCE)
RAW_ID = OFFICER.keys[0].key_id


def verify(**changes: object) -> None:
    given: dict[str, object] = {
        "kind": Kind.RAW_KEY,
        "officer": OFFICER.officer,
        "key_id": RAW_ID,
        "evidence": (RAW.sign(STATEMENT),),
        "realm": REALM,
        "roster": ROSTER,
        "origin": ORIGIN,
        "nonce": NONCE,
    }
    verify_sign_in(**(given | changes))  # type: ignore[arg-type]  # named by the test


def test_the_statement_is_as_the_specification_has_it() -> None:
    assert sha256(cbor.encode((domain(REALM, "sign-in"), ORIGIN, OFFICER.officer, NONCE))).digest() == STATEMENT


def test_a_raw_key_and_every_passkey_sign_in() -> None:
    verify()
    for passkey in PASSKEYS.values():
        verify(kind=Kind.WEBAUTHN, key_id=passkey.public.kid, evidence=passkey.evidence(STATEMENT))


P256 = PASSKEYS["p-256"]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("ACT-OFFICER-UNKNOWN", {"officer": "eucom-watch-9"}),
        ("ACT-NODE-KEY", {"key_id": next(iter(ROSTER.node_key_ids)), "evidence": (NODE.sign(STATEMENT),)}),
        ("ACT-KEY-UNKNOWN", {"key_id": bytes(16)}),
        ("ACT-KIND", {"key_id": P256.public.kid}),
        ("ACT-KIND", {"kind": Kind.WEBAUTHN}),
        ("ACT-KEY-UNKNOWN", {"kind": Kind.SESSION_KEY, "key_id": bytes(16)}),
        ("ACT-MALFORMED", {"evidence": ()}),
        ("ACT-SIGNATURE", {"evidence": (bytes(64),)}),
        ("ACT-SIGNATURE", {"nonce": NONCE[:-1] + b"x"}),
        ("ACT-SIGNATURE", {"realm": Realm.REAL}),
        ("ACT-SIGNATURE", {"origin": "https://other.invalid"}),
        ("ACT-SIGNATURE", {"evidence": (RAW.sign(said()),)}),
    ],
)
def test_what_does_not_hold_is_refused(code: str, changes: dict[str, object]) -> None:
    with pytest.raises(PeerError) as caught:
        verify(**changes)
    assert caught.value.code == code


def test_a_session_key_opens_nothing() -> None:
    with pytest.raises(PeerError) as caught:
        verify(kind=Kind.SESSION_KEY, key_id=P256.public.kid)
    assert caught.value.code == "ACT-KIND"


def test_an_assertion_made_at_another_listed_origin_does_not_sign_in_here() -> None:
    other = sign_in_statement(REALM, "https://elsewhere.invalid", OFFICER.officer, NONCE)
    with pytest.raises(PeerError) as caught:
        verify(
            kind=Kind.WEBAUTHN,
            key_id=P256.public.kid,
            evidence=P256.evidence(other),
            origin="https://elsewhere.invalid",
        )
    assert caught.value.code == "ACT-ORIGIN"


def test_a_signature_of_a_sign_in_is_no_act_and_an_act_signs_nobody_in() -> None:
    made: Attestation = raw_act(evidence=(RAW.sign(STATEMENT),))
    with pytest.raises(PeerError) as caught:
        verify_attestation(made, realm=REALM, roster=ROSTER, body_hash=BODY_HASH)
    assert caught.value.code == "ACT-SIGNATURE"
    # Even a nonce that is the hash of a body, and a role in the place of the origin, make another statement.
    for nonce, origin in ((BODY_HASH, ORIGIN), (BODY_HASH, "receipt")):
        with pytest.raises(PeerError):
            verify(nonce=nonce, origin=origin, evidence=raw_act().evidence)

"""Officers with keys of every kind, and the evidence that each of them makes; wrong evidence on request."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from armslength.adapters.keystore_sealing import SigningPrivateKey
from armslength.core.attestation import Attestation, Kind, Officer, OfficerKey, Roster, session_statement, statement
from armslength.core.cose import ED25519
from armslength.core.keys import EDDSA, ES256, ESP256, PublicKey
from armslength.core.realm import Realm

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant

REALM = Realm.EXERCISE
ORIGIN = "https://desk.eucom.invalid"
RP_ID_HASH = sha256(b"desk.eucom.invalid").digest()
PRESENT, VERIFIED = 0x01, 0x04

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def ed25519(seed: str) -> SigningPrivateKey:
    """Return an Ed25519 key of a seed."""
    return SigningPrivateKey(ED25519, sha256(seed.encode()).digest())


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """A passkey of either curve.

    Args:
        alg: the number under which the manifest lists it.
        seed: makes the key.
    """

    alg: int
    seed: str

    @property
    def _p256(self) -> ec.EllipticCurvePrivateKey:
        number = int.from_bytes(sha256(self.seed.encode()).digest(), "big") % (_P256_ORDER - 1) + 1
        return ec.derive_private_key(number, ec.SECP256R1())

    @property
    def public(self) -> PublicKey:
        """The public key as a manifest lists it."""
        if self.alg in {ES256, ESP256}:
            point = self._p256.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            return PublicKey(self.alg, point)
        return PublicKey(self.alg, ed25519(self.seed).public)

    def sign(self, message: bytes) -> bytes:
        """Sign as an authenticator does (WebAuthn, 6.5.5)."""
        if self.alg in {ES256, ESP256}:
            return self._p256.sign(message, ec.ECDSA(SHA256()))
        return ed25519(self.seed).sign(message)

    def evidence(
        self,
        challenge: bytes,
        *,
        origin: str = ORIGIN,
        rp_id_hash: bytes = RP_ID_HASH,
        flags: int = PRESENT | VERIFIED,
        kind: str = "webauthn.get",
        client_data: bytes | None = None,
    ) -> tuple[CborValue, ...]:
        """Return [authenticatorData, clientDataJSON, signature]."""
        text = urlsafe_b64encode(challenge).rstrip(b"=").decode()
        said = client_data or json.dumps({"type": kind, "challenge": text, "origin": origin}).encode()
        authenticator_data = rp_id_hash + bytes((flags,)) + (7).to_bytes(4, "big")
        return (authenticator_data, said, self.sign(authenticator_data + sha256(said).digest()))


PASSKEYS = {"p-256": Passkey(alg=ES256, seed="p"), "p-256 fully specified": Passkey(alg=ESP256, seed="q")} | {
    "ed25519": Passkey(alg=ED25519, seed="e"),
    "ed25519 by its older number": Passkey(alg=EDDSA, seed="f"),
}
RAW = ed25519("raw")
SESSION = ed25519("session")
NODE = ed25519("node")

OFFICER = Officer(
    officer="eucom-watch-1",
    name="Watch",
    roles=frozenset({"watch-officer"}),
    keys=(
        OfficerKey(kind=Kind.RAW_KEY, key=PublicKey(ED25519, RAW.public)),
        *(OfficerKey(kind=Kind.WEBAUTHN, key=passkey.public) for passkey in PASSKEYS.values()),
    ),
)
ROSTER = Roster(
    party="EUCOM",
    officers={OFFICER.officer: OFFICER},
    node_key_ids=frozenset({PublicKey(ED25519, NODE.public).kid}),
    relying_parties=((RP_ID_HASH, ORIGIN),),
)
BODY_HASH = sha256(b"a body").digest()


def said(
    act: str = "receipt", role: str = "watch-officer", body_hash: bytes = BODY_HASH, realm: Realm = REALM
) -> bytes:
    """Return the statement of the officer."""
    return statement(realm, act, role, OFFICER.officer, body_hash)


def raw_act(act: str = "receipt", role: str = "watch-officer", **changes: object) -> Attestation:
    """Return an attestation of kind 1, with these parts changed afterwards."""
    made = Attestation(
        kind=Kind.RAW_KEY,
        act=act,
        role=role,
        officer=OFFICER.officer,
        key_id=PublicKey(ED25519, RAW.public).kid,
        evidence=(RAW.sign(said(act, role)),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # named by the test


def passkey_act(passkey: Passkey, evidence: tuple[CborValue, ...], act: str = "receipt") -> Attestation:
    """Return an attestation of kind 2 around evidence."""
    return Attestation(
        kind=Kind.WEBAUTHN,
        act=act,
        role="watch-officer",
        officer=OFFICER.officer,
        key_id=passkey.public.kid,
        evidence=evidence,
    )


def session_act(
    passkey: Passkey,
    not_after: Instant,
    *,
    act: str = "receipt",
    delegated_until: Instant | None = None,
    signer: SigningPrivateKey = SESSION,
) -> Attestation:
    """Return an attestation of kind 3: a session key that the passkey delegated."""
    until = not_after if delegated_until is None else delegated_until
    delegation = passkey.evidence(session_statement(REALM, OFFICER.officer, SESSION.public, until))
    return Attestation(
        kind=Kind.SESSION_KEY,
        act=act,
        role="watch-officer",
        officer=OFFICER.officer,
        key_id=passkey.public.kid,
        evidence=(SESSION.public, not_after, delegation, signer.sign(said(act))),
    )

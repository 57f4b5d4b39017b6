"""Attestations: what a person signed, under which key, in which capacity.

Specified in docs/spec/attestation.md. Three kinds of evidence: a raw key, a WebAuthn assertion, a session key that a
passkey delegated (receipts of level 1 only). A node key never attests, and no attestation is made here: signatures
are arguments.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from enum import IntEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from armslength.core import cbor, cose
from armslength.core.errors import ArmslengthError, PeerError
from armslength.core.instants import Instant
from armslength.core.keys import ES256, ESP256, PublicKey
from armslength.core.realm import Realm, domain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue

ACTS: Final = frozenset(
    {
        "draft",
        "legal-tick",
        "linguist-check",
        "release",
        "countersign",
        "receipt",
        "assent",
        "introduce",
        "decide",
        "delegate",
        "accept-alarm",
        "stop",
        "assess",
        "record",
    }
)
"""The acts of docs/spec/attestation.md; any other is refused."""

CLIENT_DATA_BYTES_MAX: Final = 4_096
"""Browsers write some 200 bytes; a longer clientDataJSON is not one."""

SESSION_KEY_SPAN_US: Final = 12 * 3600 * 1_000_000
"""A delegated session key serves one watch at the longest."""

_ES256: Final = frozenset({ES256, ESP256})
_FLAG_USER_PRESENT: Final = 0x01
_FLAG_USER_VERIFIED: Final = 0x04
_AUTHENTICATOR_DATA_MIN: Final = 37
"""Hash of the relying party, flags and counter (WebAuthn level 2, 6.1)."""


class Kind(IntEnum):
    """Kinds of evidence."""

    RAW_KEY = 1
    WEBAUTHN = 2
    SESSION_KEY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerKey:
    """One key of an officer: the kind of evidence it makes, its algorithm and public bytes."""

    kind: Kind
    key: PublicKey

    @property
    def key_id(self) -> bytes:
        """Key id as in docs/spec/encoding.md."""
        return self.key.kid


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """An officer as a manifest lists one."""

    officer: str
    name: str
    roles: frozenset[str]
    keys: tuple[OfficerKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Whoever may act for a party at one moment: officers, node keys (which may not), and web origins."""

    party: str
    officers: Mapping[str, Officer]
    node_key_ids: frozenset[bytes]
    relying_parties: tuple[tuple[bytes, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """One act of one person; see docs/spec/attestation.md for the evidence of each kind."""

    kind: Kind
    act: str
    role: str
    officer: str
    key_id: bytes
    evidence: tuple[CborValue, ...]

    def value(self) -> tuple[CborValue, ...]:
        """Return the encodable array."""
        return (int(self.kind), self.act, self.role, self.officer, self.key_id, self.evidence)


def statement(realm: Realm, act: str, role: str, officer: str, body_hash: bytes) -> bytes:
    """Return the 32 bytes that an officer's key signs."""
    return sha256(cbor.encode((domain(realm, "act"), act, role, officer, body_hash))).digest()


def session_statement(realm: Realm, officer: str, public: bytes, not_after: Instant) -> bytes:
    """Return the 32 bytes by which a passkey delegates a session key."""
    return sha256(cbor.encode((domain(realm, "session-key"), officer, public, not_after))).digest()


def sign_in_statement(realm: Realm, origin: str, officer: str, nonce: bytes) -> bytes:
    """Return the 32 bytes by which an officer signs in at our own console; they never cross the wire."""
    return sha256(cbor.encode((domain(realm, "sign-in"), origin, officer, nonce))).digest()


def parse_attestation(value: CborValue) -> Attestation:
    """Check the shape of an attestation.

    Raises:
        PeerError: ACT-MALFORMED or ACT-KIND.
    """
    if not isinstance(value, tuple) or len(value) != 6:
        raise PeerError("ACT-MALFORMED", expected="an array of six")
    kind, act, role, officer, key_id, evidence = value
    if type(kind) is not int or kind not in {1, 2, 3}:
        raise PeerError("ACT-KIND", got=kind)
    if not isinstance(act, str) or act not in ACTS:
        raise PeerError("ACT-MALFORMED", part="act", got=act)
    if not isinstance(role, str) or not isinstance(officer, str):
        raise PeerError("ACT-MALFORMED", part="role or officer")
    if not isinstance(key_id, bytes) or len(key_id) != 16 or not isinstance(evidence, tuple):
        raise PeerError("ACT-MALFORMED", part="key id or evidence")
    return Attestation(kind=Kind(kind), act=act, role=role, officer=officer, key_id=key_id, evidence=evidence)


def verify_attestation(
    attestation: Attestation,
    *,
    realm: Realm,
    roster: Roster,
    body_hash: bytes,
    stated_at: Instant | None = None,
    level_one_receipt: bool = False,
) -> Officer:
    """Verify one attestation and return the officer who made it.

    Args:
        attestation: as parsed.
        realm: the reader's realm.
        roster: the author party's roster in force at the record's journal position.
        body_hash: hash of the record's body, as recomputed by the reader.
        stated_at: the record's stated time (needed for kind 3).
        level_one_receipt: True when the record is a receipt of level 1, the only one that kind 3 may sign.

    Raises:
        PeerError: ACT-... codes.
    """
    officer = roster.officers.get(attestation.officer)
    if officer is None:
        raise PeerError("ACT-OFFICER-UNKNOWN", officer=attestation.officer, party=roster.party)
    if attestation.key_id in roster.node_key_ids:
        raise PeerError("ACT-NODE-KEY", officer=attestation.officer)
    if attestation.role not in officer.roles:
        raise PeerError("ACT-ROLE", officer=attestation.officer, role=attestation.role)
    key = _officer_key(officer, attestation)
    signed = statement(realm, attestation.act, attestation.role, attestation.officer, body_hash)
    if attestation.kind is Kind.RAW_KEY:
        _verify_raw(key, attestation.evidence, signed)
    elif attestation.kind is Kind.WEBAUTHN:
        _verify_webauthn(key, attestation.evidence, signed, roster)
    else:
        if not (level_one_receipt and attestation.act == "receipt" and stated_at is not None):
            raise PeerError("ACT-SESSION-KEY", because="only receipts of level 1")
        _verify_session(key, attestation, signed, roster, realm, stated_at)
    return officer


def verify_sign_in(
    *,
    kind: Kind,
    officer: str,
    key_id: bytes,
    evidence: tuple[CborValue, ...],
    realm: Realm,
    roster: Roster,
    origin: str,
    nonce: bytes,
) -> Officer:
    """Verify what an officer signed to sign in, by the very checks of an act, and return the officer.

    Args:
        kind: 1 or 2; a session key signs receipts and opens nothing.
        officer: who it is said to be.
        key_id: the key that is said to have signed.
        evidence: as of an attestation of this kind.
        realm: the reader's realm.
        roster: our own, in force now.
        origin: our console's; of an assertion no other origin that the manifest lists will do.
        nonce: as it was asked with.

    Raises:
        PeerError: ACT-... codes.
    """
    known = roster.officers.get(officer)
    if known is None:
        raise PeerError("ACT-OFFICER-UNKNOWN", officer=officer, party=roster.party)
    if key_id in roster.node_key_ids:
        raise PeerError("ACT-NODE-KEY", officer=officer)
    key = _key_of(known, kind, key_id)
    signed = sign_in_statement(realm, origin, officer, nonce)
    if kind is Kind.RAW_KEY:
        _verify_raw(key, evidence, signed)
    elif kind is Kind.WEBAUTHN:
        here = replace(roster, relying_parties=tuple(one for one in roster.relying_parties if one[1] == origin))
        _verify_webauthn(key, evidence, signed, here)
    else:
        raise PeerError("ACT-KIND", expected="1 or 2", got=int(kind))
    return known


def _officer_key(officer: Officer, attestation: Attestation) -> OfficerKey:
    wanted = Kind.WEBAUTHN if attestation.kind is Kind.SESSION_KEY else attestation.kind
    return _key_of(officer, wanted, attestation.key_id)


def _key_of(officer: Officer, wanted: Kind, key_id: bytes) -> OfficerKey:
    for key in officer.keys:
        if hmac.compare_digest(key.key_id, key_id):
            if key.kind is not wanted:
                raise PeerError("ACT-KIND", expected=int(key.kind), got=int(wanted))
            return key
    raise PeerError("ACT-KEY-UNKNOWN", officer=officer.officer)


def _verify_raw(key: OfficerKey, evidence: tuple[CborValue, ...], signed: bytes) -> None:
    if len(evidence) != 1 or not isinstance(evidence[0], bytes):
        raise PeerError("ACT-MALFORMED", part="evidence of kind 1")
    _verify_signature(key.key, evidence[0], signed)


def _verify_signature(key: PublicKey, signature: bytes, message: bytes) -> None:
    if key.alg in _ES256:
        _verify_es256(key.public, signature, message)
        return
    try:
        cose.raw_verify(key.verifier(), signature, message)
    except ArmslengthError as error:
        raise PeerError("ACT-SIGNATURE", because=error.code) from error


def _verify_es256(public: bytes, signature: bytes, message: bytes) -> None:
    # WebAuthn section 6.5.5: ES256 signatures are ASN.1 DER over SHA-256 of the signed bytes.
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public).verify(
            signature, message, ec.ECDSA(SHA256())
        )
    except (ValueError, InvalidSignature) as error:
        raise PeerError("ACT-SIGNATURE", because="ES256") from error


def _verify_webauthn(key: OfficerKey, evidence: tuple[CborValue, ...], signed: bytes, roster: Roster) -> None:
    if len(evidence) != 3 or not all(isinstance(part, bytes) for part in evidence):
        raise PeerError("ACT-MALFORMED", part="evidence of kind 2")
    authenticator_data, client_data, signature = (bytes(part) for part in evidence if isinstance(part, bytes))
    origin = _check_client_data(client_data, signed)
    if len(authenticator_data) < _AUTHENTICATOR_DATA_MIN:
        raise PeerError("ACT-MALFORMED", part="authenticatorData")
    if (authenticator_data[:32], origin) not in roster.relying_parties:
        raise PeerError("ACT-ORIGIN", got=origin)
    flags = authenticator_data[32]
    if not flags & _FLAG_USER_PRESENT or not flags & _FLAG_USER_VERIFIED:
        raise PeerError("ACT-USER-NOT-VERIFIED")
    _verify_signature(key.key, signature, authenticator_data + sha256(client_data).digest())


def _check_client_data(client_data: bytes, signed: bytes) -> str:
    if len(client_data) > CLIENT_DATA_BYTES_MAX:
        raise PeerError("ACT-MALFORMED", part="clientDataJSON", limit=CLIENT_DATA_BYTES_MAX)
    try:
        parsed = json.loads(client_data)
    except (ValueError, RecursionError) as error:
        raise PeerError("ACT-MALFORMED", part="clientDataJSON") from error
    if not isinstance(parsed, dict) or parsed.get("type") != "webauthn.get":
        raise PeerError("ACT-MALFORMED", part="clientDataJSON type")
    challenge = urlsafe_b64encode(signed).rstrip(b"=").decode()
    # JSON may hold half of a surrogate pair, which has no bytes in UTF-8.
    if not hmac.compare_digest(str(parsed.get("challenge")).encode(errors="replace"), challenge.encode()):
        raise PeerError("ACT-SIGNATURE", because="another challenge")
    return str(parsed.get("origin"))


def _verify_session(
    key: OfficerKey, attestation: Attestation, signed: bytes, roster: Roster, realm: Realm, stated_at: Instant
) -> None:
    evidence = attestation.evidence
    if len(evidence) != 4:
        raise PeerError("ACT-MALFORMED", part="evidence of kind 3")
    public, not_after, delegation, signature = evidence
    if not isinstance(public, bytes) or not isinstance(signature, bytes) or not isinstance(delegation, tuple):
        raise PeerError("ACT-MALFORMED", part="evidence of kind 3")
    if type(not_after) is not int or not not_after - SESSION_KEY_SPAN_US <= stated_at <= not_after:
        raise PeerError("ACT-SESSION-KEY", because="outside its hours")
    delegated = session_statement(realm, attestation.officer, public, Instant(not_after))
    _verify_webauthn(key, delegation, delegated, roster)
    if len(public) != 32:
        raise PeerError("ACT-MALFORMED", part="session key")
    _verify_signature(PublicKey(cose.ED25519, public), signature, signed)

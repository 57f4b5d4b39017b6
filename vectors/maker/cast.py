"""The two parties of the vectors, made from fixed seeds: EUCOM sends, NDMC receives. Nobody's real keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from armslength.adapters.keystore_sealing import SigningPrivateKey, sealing_public
from armslength.core import cbor, cose, record
from armslength.core.attestation import Attestation, Kind, Officer, OfficerKey, statement
from armslength.core.cose_encrypt import HPKE_9_KE
from armslength.core.instants import Instant
from armslength.core.keys import ES256, TLS_PIN, PublicKey
from armslength.core.realm import Realm
from armslength.line import charter, manifest
from armslength.line.manifest import Bearer, Manifest
from maker.vector import DRAWN_ONCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.record import Verified

START: Final = Instant(1_668_942_000_000_000)
"""20 November 2022, 11:00 UTC."""
SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND

WATCH, RELEASER, PRINCIPAL, LEGAL, KEYS, PASSKEY, PASSKEY_ED = (
    "watch-1",
    "release-1",
    "principal-1",
    "legal-1",
    "keys-1",
    "passkey-1",
    "passkey-2",
)
ROLES: Final = {
    WATCH: ("watch-officer",),
    RELEASER: ("releasing-officer",),
    PRINCIPAL: ("principal",),
    LEGAL: ("legal-adviser",),
    KEYS: ("key-custodian",),
    PASSKEY: ("watch-officer", "releasing-officer"),
    PASSKEY_ED: ("watch-officer",),
}
RP_ID_HASH: Final = sha256(b"console.eucom.invalid").digest()
ORIGIN: Final = "https://console.eucom.invalid"


def seed(*names: str) -> bytes:
    """Return the fixed seed of something."""
    return sha256("/".join(("armslength vectors", *names)).encode()).digest()


def signing(name: str, alg: int = cose.ED25519) -> SigningPrivateKey:
    """Return a private key by name."""
    return SigningPrivateKey(alg, seed(name))


def drawn_ml_dsa(key: SigningPrivateKey, message: bytes) -> bytes:
    """Return a signature that was drawn once; ML-DSA of the library is hedged with randomness."""
    checker = cose.VerifyKey(alg=key.alg, public=key.public)
    return DRAWN_ONCE.once(
        "ml-dsa",
        key.public + message,
        lambda: key.sign(message),
        lambda signature: cose.raw_verify(checker, signature, message),
    )


@dataclass(frozen=True, kw_only=True)
class Party:
    """One party in one realm."""

    code: str
    realm: Realm = Realm.EXERCISE

    def key(self, purpose: str) -> SigningPrivateKey:
        """Return a private key of the node, of the root, or of an officer."""
        return signing(self._name(purpose), cose.ML_DSA_44 if purpose == "witness-pq" else cose.ED25519)

    def seed(self, purpose: str) -> bytes:
        """Return the seed behind a key."""
        return seed(self._name(purpose))

    def _name(self, purpose: str) -> str:
        return f"{self.code}/{self.realm.value}/{purpose}"

    def public(self, purpose: str) -> PublicKey:
        """Return a public key."""
        if purpose == "seal":
            return PublicKey(HPKE_9_KE, sealing_public(HPKE_9_KE, self.seed("seal")))
        if purpose == "tls":
            return PublicKey(TLS_PIN, self.seed("tls"))
        if purpose == PASSKEY:
            return PublicKey(
                ES256, self.passkey.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            )
        key = self.key(purpose)
        return PublicKey(key.alg, key.public)

    @cached_property
    def passkey(self) -> ec.EllipticCurvePrivateKey:
        """The P-256 key of the officer with a passkey."""
        return ec.derive_private_key(int.from_bytes(self.seed(PASSKEY), "big") >> 1, ec.SECP256R1())

    def sign_passkey(self, message: bytes) -> bytes:
        """Return an ES256 signature (ASN.1, as WebAuthn has it), the same every time (RFC 6979)."""
        return self.passkey.sign(message, ec.ECDSA(SHA256(), deterministic_signing=True))

    def officer(self, post: str) -> str:
        """Return an officer id."""
        return f"{self.code.lower()}-{post}"

    @cached_property
    def manifest(self) -> Manifest:
        """The party's first manifest."""
        return Manifest(
            realm=self.realm,
            party=self.code,
            sequence=1,
            previous=None,
            root=self.public("root"),
            issued_at=START,
            valid_until=Instant(START + 365 * DAY),
            node_keys={purpose: self.public(purpose) for purpose in manifest.NODE_PURPOSES},
            officers={self.officer(post): self._listed(post) for post in ROLES},
            bearers=(Bearer(kind="voice", address="+000 demonstration only"),),
            time_zone="Europe/Berlin",
            languages=("en", "ru"),
            software=("a-node", "1.0"),
            relying_parties=((RP_ID_HASH, ORIGIN),),
        )

    def _listed(self, post: str) -> Officer:
        kind = Kind.WEBAUTHN if post in {PASSKEY, PASSKEY_ED} else Kind.RAW_KEY
        return Officer(
            officer=self.officer(post),
            name=self.officer(post).title(),
            roles=frozenset(ROLES[post]),
            keys=(OfficerKey(kind=kind, key=self.public(post)),),
        )

    @cached_property
    def manifest_payload(self) -> bytes:
        """The payload of the first manifest."""
        return cbor.encode(manifest.manifest_value(self.manifest))

    def signed_manifest(self, **changes: object) -> bytes:
        """Return the manifest, changed as named, signed by the root."""
        return manifest.sign_manifest(replace(self.manifest, **changes), self.key("root").sign)  # type: ignore[arg-type]

    def act(self, act: str, post: str, body_hash: bytes, role: str | None = None) -> CborValue:
        """Return an attestation of kind 1."""
        capacity = role or ROLES[post][0]
        signature = self.key(post).sign(statement(self.realm, act, capacity, self.officer(post), body_hash))
        return Attestation(
            kind=Kind.RAW_KEY,
            act=act,
            role=capacity,
            officer=self.officer(post),
            key_id=self.public(post).kid,
            evidence=(signature,),
        ).value()

    def item(
        self,
        record_type: str,
        body: Mapping[int, CborValue],
        *,
        line: bytes,
        link: Mapping[int, CborValue] | None = None,
        acts: tuple[tuple[str, str], ...] = (),
        name: str = "",
    ) -> Verified:
        """Return a record of this party; ``acts`` are (act, post) pairs."""
        body_seed = seed("body", self.code, record_type, name)
        of_body = record.body_hash(self.realm, record_type, line, body_seed, body)
        return record.build_item(
            self.realm,
            record_type,
            line,
            key_id=self.public("sign").kid,
            body_seed=body_seed,
            body=body,
            link_seed=seed("link", self.code, record_type, name),
            link=link or {},
            acts=tuple(self.act(act, post, of_body) for act, post in acts),
            sign=self.key("sign").sign,
        )


EUCOM: Final = Party(code="EUCOM")
NDMC: Final = Party(code="NDMC")
REAL_EUCOM: Final = Party(code="EUCOM", realm=Realm.REAL)
REAL_NDMC: Final = Party(code="NDMC", realm=Realm.REAL)

CHARTER: Final = charter.default_charter(
    Realm.EXERCISE, ("EUCOM", EUCOM.manifest.root_key_id), ("NDMC", NDMC.manifest.root_key_id)
)
CHARTER_BYTES: Final = charter.charter_bytes(CHARTER)
CHARTER_HASH: Final = charter.charter_hash(Realm.EXERCISE, CHARTER_BYTES)
LINE: Final = CHARTER.line_id
OTHER_LINE: Final = charter.line_id(Realm.EXERCISE, EUCOM.manifest.root_key_id, NDMC.manifest.root_key_id, 1)
REAL_LINE: Final = charter.line_id(Realm.REAL, REAL_EUCOM.manifest.root_key_id, REAL_NDMC.manifest.root_key_id, 0)


def common(name: str, post: str | None = None, author: str = "EUCOM", addressee: str = "NDMC") -> dict[int, CborValue]:
    """Return the body fields common to all types."""
    body: dict[int, CborValue] = {1: seed("id", name)[:16], 2: int(START), 3: author, 4: (addressee,)}
    if post is not None:
        body[5] = f"{author.lower()}-{post}"
    return body

"""Software authenticators: what a browser gives for a passkey, made here with keys of seeds (WebAuthn level 3, 6)."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from armslength.core.attestation import Kind, OfficerKey
from armslength.core.cose import ED25519
from armslength.core.keys import ES256
from builders.acts import PRESENT, VERIFIED, Passkey

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue

ALGORITHMS = {"ES256": ES256, "Ed25519": ED25519}
"""The algorithms that officers' passkeys have."""


@dataclass(frozen=True, kw_only=True)
class Authenticator:
    """One passkey, at one relying party.

    Args:
        alg: name of its algorithm.
        seed: makes the key.
        rp_id: the name of the console.
        origin: the console's origin, as the browser writes it into what is signed.
    """

    alg: str
    seed: str
    rp_id: str = "localhost"
    origin: str = "http://localhost:7480"

    @property
    def passkey(self) -> Passkey:
        """The key."""
        return Passkey(alg=ALGORITHMS[self.alg], seed=self.seed)

    @property
    def officer_key(self) -> OfficerKey:
        """The key as a manifest lists it."""
        return OfficerKey(kind=Kind.WEBAUTHN, key=self.passkey.public)

    @property
    def key_id(self) -> str:
        """The key's id in hexadecimal."""
        return self.officer_key.key_id.hex()

    @property
    def relying_party(self) -> tuple[bytes, str]:
        """What the manifest lists of the console."""
        return sha256(self.rp_id.encode()).digest(), self.origin

    def evidence(self, challenge: bytes, *, flags: int = PRESENT | VERIFIED) -> tuple[CborValue, ...]:
        """Return [authenticatorData, clientDataJSON, signature] over a challenge."""
        return self.passkey.evidence(
            challenge, origin=self.origin, rp_id_hash=sha256(self.rp_id.encode()).digest(), flags=flags
        )

    def assertion(self, challenge: bytes, *, flags: int = PRESENT | VERIFIED) -> dict[str, str]:
        """Return an assertion as a page of ours submits it."""
        names = ("authenticator_data", "client_data", "signature")
        parts = self.evidence(challenge, flags=flags)
        return {
            name: b64encode(part).decode() for name, part in zip(names, parts, strict=True) if isinstance(part, bytes)
        }

"""A software authenticator for registrations (WebAuthn level 3, 6.3.2): attestation ``none``, both curves.

What it makes is what a browser hands to the page, as `RegistrationResponseJSON`; each part can be made wrong by name.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from armslength.core import cbor
from armslength.core.keys import ES256
from builders.acts import PRESENT, VERIFIED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborKey, CborValue
    from builders.acts import Passkey

ATTESTED = 0x40
"""The flag that says that a key is in the authenticator's data."""

AAGUID = bytes(16)
"""No maker is named with attestation ``none``."""


def b64url(data: bytes) -> str:
    """Return bytes as browsers write them in JSON."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_b64url(text: str) -> bytes:
    """Return the bytes of such a text."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def credential_id(passkey: Passkey) -> bytes:
    """Return the id that the authenticator gives to a key."""
    return sha256(f"credential {passkey.alg} {passkey.seed}".encode()).digest()


def cose_key(passkey: Passkey) -> bytes:
    """Return the key as a COSE_Key in CTAP2's canonical form."""
    public = passkey.public.public
    value: dict[CborKey, CborValue]
    if passkey.alg == ES256:
        value = {1: 2, 3: passkey.alg, -1: 1, -2: public[1:33], -3: public[33:]}
    else:
        value = {1: 1, 3: passkey.alg, -1: 6, -2: public}
    return cbor.encode(value)


def register(
    passkey: Passkey,
    options: Mapping[str, Any],
    origin: str,
    *,
    rp_id: str | None = None,
    challenge: bytes | None = None,
    flags: int = PRESENT | VERIFIED | ATTESTED,
    kind: str = "webauthn.create",
    key: bytes | None = None,
) -> dict[str, Any]:
    """Return what `navigator.credentials.create` gives for these options, with the named parts changed."""
    asked = from_b64url(options["challenge"]) if challenge is None else challenge
    client_data = json.dumps({"type": kind, "challenge": b64url(asked), "origin": origin, "crossOrigin": False})
    identity = credential_id(passkey)
    held = cose_key(passkey) if key is None else key
    data = sha256((rp_id or options["rp"]["id"]).encode()).digest() + bytes((flags,)) + bytes(4)
    data += AAGUID + len(identity).to_bytes(2, "big") + identity + held
    attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
    return {
        "id": b64url(identity),
        "rawId": b64url(identity),
        "type": "public-key",
        "response": {
            "clientDataJSON": b64url(client_data.encode()),
            "attestationObject": b64url(attestation),
            "transports": ["usb"],
        },
        "clientExtensionResults": {},
    }

"""Registration of a passkey (WebAuthn level 3, 7.1): what the browser is asked, and whether its answer holds.

No attestation is asked for: which maker's key an officer holds is seen when it is handed over. Assertions
are checked by `core.attestation`, as every peer checks them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from webauthn import generate_registration_options, options_to_json, verify_registration_response
from webauthn.helpers import decode_credential_public_key
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.decode_credential_public_key import DecodedEC2PublicKey, DecodedOKPPublicKey
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from armslength.core.errors import LocalError
from armslength.core.keys import EDDSA, ES256, PublicKey
from armslength.desk.officer_enrolment import Registered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.desk.officer_enrolment import Wanted

RESPONSE_CHARS_MAX: Final = 16 * 1024
"""A response with a chain of certificates has some six thousand characters; nothing longer is read."""

ALGORITHMS: Final = (COSEAlgorithmIdentifier.EDDSA, COSEAlgorithmIdentifier.ECDSA_SHA_256)
"""Ed25519 first, then ES256, which every authenticator has; no other can sign an attestation of kind 2."""

TIMEOUT_MS: Final = 120_000
"""To find the key, touch it and type its number."""


class Passkeys:
    """What registers passkeys, by the package `webauthn`."""

    def options(self, wanted: Wanted, excluded: Sequence[bytes]) -> dict[str, Any]:
        """Return PublicKeyCredentialCreationOptions as JSON (WebAuthn level 3, 5.1.9)."""
        made = generate_registration_options(
            rp_id=wanted.rp_id,
            rp_name=wanted.rp_name,
            user_id=wanted.user_handle,
            user_name=wanted.officer,
            user_display_name=wanted.name,
            challenge=wanted.challenge,
            timeout=TIMEOUT_MS,
            attestation=AttestationConveyancePreference.NONE,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in excluded],
            supported_pub_key_algs=list(ALGORITHMS),
        )
        found: dict[str, Any] = json.loads(options_to_json(made))
        return found

    def verify(self, wanted: Wanted, origin: str, response: Mapping[str, Any]) -> Registered:
        """Return the key and the credential id of a registration that holds: challenge, origin, name and user.

        Raises:
            LocalError: OFFICER-REGISTRATION.
        """
        if len(json.dumps(response)) > RESPONSE_CHARS_MAX:
            raise LocalError("OFFICER-REGISTRATION", limit=RESPONSE_CHARS_MAX)
        try:
            held = verify_registration_response(
                credential=dict(response),
                expected_challenge=wanted.challenge,
                expected_rp_id=wanted.rp_id,
                expected_origin=origin,
                require_user_presence=True,
                require_user_verification=True,
                supported_pub_key_algs=list(ALGORITHMS),
            )
            key = _public_key(held.credential_public_key)
        except LocalError:
            raise
        except Exception as error:
            # The package and the CBOR reader below it raise many kinds of error over bytes from outside.
            raise LocalError("OFFICER-REGISTRATION", because=type(error).__name__) from error
        return Registered(key=key, credential_id=held.credential_id)


def _public_key(data: bytes) -> PublicKey:
    """Return a COSE_Key as the manifest lists it (RFC 9053, 7.1 and 7.2)."""
    found = decode_credential_public_key(data)
    if isinstance(found, DecodedOKPPublicKey) and found.alg == EDDSA and found.crv == _ED25519_CURVE:
        return PublicKey(EDDSA, found.x)
    if isinstance(found, DecodedEC2PublicKey) and found.alg == ES256 and found.crv == _P256_CURVE:
        point = b"\x04" + found.x + found.y
        # Raises where the point is not on the curve; nothing could ever be verified with such a key.
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        return PublicKey(ES256, point)
    raise LocalError("OFFICER-REGISTRATION", because="a key that is neither Ed25519 nor P-256")


_P256_CURVE: Final = 1
_ED25519_CURVE: Final = 6

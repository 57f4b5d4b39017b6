"""Public keys by algorithm number, for every purpose: signing, sealing, and the hash that pins a TLS key.

`cose.VerifyKey` is the narrower thing that can check a COSE signature; a manifest also lists keys of other kinds.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from armslength.core import cose
from armslength.core.cose_encrypt import HPKE_4_KE, HPKE_9_KE

TLS_PIN: Final = 0
"""Not an algorithm: the public bytes are SHA-256 of a certificate's SubjectPublicKeyInfo."""
EDDSA: Final = -8
"""Ed25519 by its older number, as most passkeys name it."""
ES256: Final = -7
ESP256: Final = -9
"""ES256 on P-256, by its older and its fully specified number; passkeys only."""

PUBLIC_BYTES: Final = {
    cose.ED25519: 32,
    cose.ML_DSA_44: 1_312,
    cose.ML_DSA_65: 1_952,
    cose.ML_DSA_87: 2_592,
    HPKE_4_KE: 32,
    HPKE_9_KE: 1_216,
    TLS_PIN: 32,
    EDDSA: 32,
    ES256: 65,
    ESP256: 65,
}
"""Length of the public bytes by algorithm; what is not here is refused."""


class PublicKey(NamedTuple):
    """Any public key that a manifest lists."""

    alg: int
    public: bytes

    @property
    def kid(self) -> bytes:
        """Key id as in docs/spec/encoding.md."""
        return cose.key_id(self.alg, self.public)

    def verifier(self) -> cose.VerifyKey:
        """Return the key for checking COSE signatures.

        Raises:
            VerificationError: COSE-KEY when it is no signature key.
        """
        alg = cose.ED25519 if self.alg == EDDSA else self.alg
        return cose.VerifyKey(alg=alg, public=self.public)

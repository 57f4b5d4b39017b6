"""Keys in memory: making them from seeds, signing, and the half of sealing that draws randomness.

Seeds, content keys and nonces are arguments, drawn by the Rng port; only HPKE's encapsulation draws its own, inside
`cryptography`. A private key is loaded once and used often, since loading costs more than using; the seeds themselves
are kept by whoever calls.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA65PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey

from armslength.core.cose import ED25519, ML_DSA_44, ML_DSA_65
from armslength.core.cose_encrypt import (
    A256GCM,
    HPKE_4_KE,
    SEALING_ALGORITHMS,
    SEED_BYTES,
    Recipient,
    SealingPrivateKey,
    build_encrypt,
    recipient_protected,
    recipient_structure,
)
from armslength.core.errors import LocalError, PeerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from armslength.core.cbor import Encodable
    from armslength.core.cose import Label

_MLKEM_PUBLIC_BYTES: Final = 1184

_SigningKey: TypeAlias = Ed25519PrivateKey | MLDSA44PrivateKey | MLDSA65PrivateKey
_SealingPublic: TypeAlias = X25519PublicKey | MLKEM768X25519PublicKey

_LOADERS: Final[dict[int, Callable[[bytes], _SigningKey]]] = {
    ED25519: Ed25519PrivateKey.from_private_bytes,
    ML_DSA_44: MLDSA44PrivateKey.from_seed_bytes,
    ML_DSA_65: MLDSA65PrivateKey.from_seed_bytes,
}


class SigningPrivateKey:
    """A private key that signs; loaded once, signs many times, never shown.

    Args:
        alg: `ED25519`, `ML_DSA_44` or `ML_DSA_65`.
        seed: 32 bytes.

    Raises:
        LocalError: KEY-ALGORITHM, KEY-LENGTH.
    """

    __slots__ = ("_key", "alg", "public")

    def __init__(self, alg: int, seed: bytes) -> None:
        if alg not in _LOADERS:
            raise LocalError("KEY-ALGORITHM", got=alg)
        if len(seed) != SEED_BYTES:
            raise LocalError("KEY-LENGTH", expected=f"{SEED_BYTES} bytes", got=len(seed))
        self._key: _SigningKey = _LOADERS[alg](seed)
        self.alg = alg
        self.public = self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the signature; Ed25519's is the same every time, ML-DSA's is hedged with randomness."""
        return self._key.sign(message)

    def __repr__(self) -> str:
        return f"SigningPrivateKey(alg={self.alg}, public={self.public[:8].hex()}...)"


@lru_cache(maxsize=64)
def _signing(alg: int, seed: bytes) -> SigningPrivateKey:
    """A node signs with a handful of keys, each of them often; they stay in memory until the process ends."""
    return SigningPrivateKey(alg, seed)


def ed25519_public(seed: bytes) -> bytes:
    """Return the 32-byte public key of a seed, or raise LocalError KEY-LENGTH."""
    return _signing(ED25519, seed).public


def ed25519_sign(seed: bytes, message: bytes) -> bytes:
    """Return the 64-byte signature of a message, or raise LocalError KEY-LENGTH."""
    return _signing(ED25519, seed).sign(message)


def mldsa_public(alg: int, seed: bytes) -> bytes:
    """Return the public key of a seed for `ML_DSA_44` or `ML_DSA_65`, or raise LocalError KEY-ALGORITHM, KEY-LENGTH."""
    _require_mldsa(alg)
    return _signing(alg, seed).public


def mldsa_sign(alg: int, seed: bytes, message: bytes) -> bytes:
    """Return a signature with an empty context; errors are those of `mldsa_public`."""
    _require_mldsa(alg)
    return _signing(alg, seed).sign(message)


def sealing_public(alg: int, seed: bytes) -> bytes:
    """Return the public key that others seal to.

    Returns:
        X-Wing's: 1184 bytes of ML-KEM-768 and 32 of X25519 for `HPKE_9_KE`; 32 bytes for `HPKE_4_KE`.

    Raises:
        LocalError: KEY-ALGORITHM, KEY-LENGTH.
    """
    return SealingPrivateKey(alg, seed).public


def seal(
    plaintext: bytes,
    recipients: Sequence[tuple[bytes, int, bytes]],
    *,
    external_aad: bytes,
    info_extra: bytes,
    content_key: bytes,
    nonce: bytes,
    protected: Mapping[Label, Encodable] | None = None,
) -> bytes:
    """Seal to one or more public keys and return a tagged COSE_Encrypt; it differs each time, even for the same input.

    Args:
        plaintext: what is sealed.
        recipients: (key id, algorithm, public key) of each.
        external_aad: bound to the content; holds the realm's domain.
        info_extra: bound to every recipient; holds the realm's domain.
        content_key: 32 bytes from the Rng port, for this message alone.
        nonce: 12 bytes from the Rng port.
        protected: further protected headers of the content.

    Raises:
        LocalError: KEY-ALGORITHM, KEY-LENGTH, SEAL-RECIPIENTS.
        PeerError: COSE-SEALING-KEY, a recipient's public key is none.
    """
    return build_encrypt(
        plaintext,
        [_wrap(kid, alg, public, content_key, info_extra) for kid, alg, public in recipients],
        external_aad=external_aad,
        content_key=content_key,
        nonce=nonce,
        protected=protected,
    )


def _wrap(kid: bytes, alg: int, public: bytes, content_key: bytes, info_extra: bytes) -> Recipient:
    known = SEALING_ALGORITHMS.get(alg)
    if known is None:
        raise LocalError("KEY-ALGORITHM", got=alg)
    protected_raw = recipient_protected(alg, kid)
    info = recipient_structure(A256GCM, protected_raw, info_extra)
    try:
        sealed = known.suite.encrypt(content_key, _sealing_public_key(alg, public), info=info)
    except ValueError:
        # The library refuses points of small order, whose shared secret anybody knows (RFC 7748, 6.1).
        raise PeerError("COSE-SEALING-KEY", key=kid) from None
    return Recipient(
        protected_raw=protected_raw,
        alg=alg,
        kid=kid,
        encapsulated=sealed[: known.encapsulated_bytes],
        wrapped=sealed[known.encapsulated_bytes :],
    )


@lru_cache(maxsize=4096)
def _sealing_public_key(alg: int, public: bytes) -> _SealingPublic:
    """Load a recipient's key once; a hub seals to thousands of peers."""
    if len(public) != SEALING_ALGORITHMS[alg].public_bytes:
        raise PeerError("COSE-SEALING-KEY", expected=f"{SEALING_ALGORITHMS[alg].public_bytes} bytes", got=len(public))
    try:
        if alg == HPKE_4_KE:
            return X25519PublicKey.from_public_bytes(public)
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:]),
        )
    except ValueError:
        raise PeerError("COSE-SEALING-KEY", alg=alg) from None


def _require_mldsa(alg: int) -> None:
    if alg not in (ML_DSA_44, ML_DSA_65):
        raise LocalError("KEY-ALGORITHM", got=alg)

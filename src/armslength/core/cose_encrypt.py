"""COSE sealing (RFC 9052, 5): to public keys by HPKE key encryption, or under a line's shared key (short profile).

The content is encrypted once with AES-256-GCM; its key is encrypted to every recipient with HPKE in key-encryption mode
(draft-ietf-cose-hpke, 3.3). Realm and purpose go into both layers, as external_aad of the content and as extra info of
each recipient, so that a message made for one realm never opens in another. Everything here is pure: sealing takes the
content key and nonce as arguments, and the one step that draws randomness, HPKE's own, is in
`armslength.adapters.keystore_sealing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import shake_256
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

from armslength.core.cbor import CborValue, Encodable, encode, encode_tagged
from armslength.core.cose import (
    HEADER_ALG,
    HEADER_IV,
    HEADER_KID,
    Headers,
    Label,
    as_bytes,
    encode_protected,
    key_id,
    read_headers,
    read_tagged,
)
from armslength.core.errors import LocalError, PeerError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

A256GCM: Final = 3
"""AES-256-GCM (RFC 9053, 4.1): the content of everything we seal."""
CHACHA20_POLY1305: Final = 24
"""ChaCha20-Poly1305 (RFC 9053, 4.3): opened only where a caller asks for it."""
HPKE_4_KE: Final = 50
"""X25519, HKDF-SHA256, ChaCha20-Poly1305, key encryption. Assumed by draft-ietf-cose-hpke-27; not registered yet."""
HPKE_9_KE: Final = 57
"""X-Wing (ML-KEM-768 + X25519), SHAKE256, AES-256-GCM, key encryption. Assumed by draft-ietf-cose-hpke-pq-pqt-01.

If the registry gives these algorithms other numbers, that is a new profile version and both are accepted for a while.
"""
HEADER_EK: Final = -4
"""HPKE's encapsulated key, unprotected in the recipient. Assumed by draft-ietf-cose-hpke-27; not registered yet."""

TAG_ENCRYPT0: Final = 16
TAG_ENCRYPT: Final = 96

SEED_BYTES: Final = 32
"""Every private key of ours is kept as a seed of this size."""
CONTENT_KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
"""RFC 9053, 4.1: 96 bits."""
AEAD_TAG_BYTES: Final = 16
RECIPIENTS_MAX: Final = 16
"""Recipients of one message: the peer, our own archive, and room for keys that overlap while they are rotated."""

_NO_LABELS: Final[frozenset[Label]] = frozenset()
_IV_ONLY: Final[frozenset[Label]] = frozenset({HEADER_IV})
_EK_ONLY: Final[frozenset[Label]] = frozenset({HEADER_EK})
_CONTENT_CIPHERS: Final[dict[int, type[AESGCM | ChaCha20Poly1305]]] = {
    A256GCM: AESGCM,
    CHACHA20_POLY1305: ChaCha20Poly1305,
}
_OWN_CONTENT: Final = frozenset({A256GCM})

_SealingKey: TypeAlias = X25519PrivateKey | MLKEM768X25519PrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingAlgorithm:
    """What is fixed for one way of encrypting a content key to a recipient; sizes in bytes."""

    suite: Suite
    public_bytes: int
    encapsulated_bytes: int


SEALING_ALGORITHMS: Final[dict[int, SealingAlgorithm]] = {
    HPKE_4_KE: SealingAlgorithm(
        suite=Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305), public_bytes=32, encapsulated_bytes=32
    ),
    HPKE_9_KE: SealingAlgorithm(
        suite=Suite(KEM.MLKEM768_X25519, KDF.SHAKE256, AEAD.AES_256_GCM), public_bytes=1216, encapsulated_bytes=1120
    ),
}
"""Only the -KE mode: the library's public interface has no `aad`, which the integrated mode would need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A content key encrypted to one public key.

    Args:
        protected_raw: the recipient's protected header, as `recipient_protected` makes it.
        alg: one of `SEALING_ALGORITHMS`.
        kid: the key it is for.
        encapsulated: HPKE's enc.
        wrapped: HPKE's ciphertext of the content key.
    """

    protected_raw: bytes
    alg: int
    kid: bytes
    encapsulated: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Encrypt:
    """A parsed COSE_Encrypt."""

    protected_raw: bytes
    protected: Headers
    alg: int
    nonce: bytes
    ciphertext: bytes
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encrypt0:
    """A parsed COSE_Encrypt0; which key it is under, the caller knows from `protected` or the line."""

    protected_raw: bytes
    protected: Headers
    alg: int
    nonce: bytes
    ciphertext: bytes


class Opener(Protocol):
    """Whatever can open a content key that was encrypted to it: a key in memory, in a device, or a test's stand-in."""

    @property
    def alg(self) -> int:
        """One of `SEALING_ALGORITHMS`."""

    @property
    def kid(self) -> bytes:
        """Id of the public key."""

    def unwrap(self, encapsulated: bytes, wrapped: bytes, info: bytes) -> bytes:
        """Return the content key, or raise VerificationError COSE-NOT-OPENED."""


class SealingPrivateKey:
    """A private key that opens what was sealed to it; loaded once, opens many times, never shown.

    Args:
        alg: `HPKE_9_KE` or `HPKE_4_KE`.
        seed: 32 bytes; the X25519 scalar, or X-Wing's seed, which SHAKE256 expands to the 64-byte seed of ML-KEM and
            the 32-byte scalar of X25519 (draft-connolly-cfrg-xwing-kem, 5.2).
        kid: the key's id where it is not the profile's own.

    Raises:
        LocalError: KEY-ALGORITHM, KEY-LENGTH.
    """

    __slots__ = ("_key", "alg", "kid", "public")

    def __init__(self, alg: int, seed: bytes, kid: bytes | None = None) -> None:
        if alg not in SEALING_ALGORITHMS:
            raise LocalError("KEY-ALGORITHM", got=alg)
        if len(seed) != SEED_BYTES:
            raise LocalError("KEY-LENGTH", expected=f"{SEED_BYTES} bytes", got=len(seed))
        self._key: _SealingKey
        if alg == HPKE_4_KE:
            self._key = X25519PrivateKey.from_private_bytes(seed)
            self.public = self._key.public_key().public_bytes_raw()
        else:
            self._key, self.public = _xwing(seed)
        self.alg = alg
        self.kid = key_id(alg, self.public) if kid is None else kid

    def unwrap(self, encapsulated: bytes, wrapped: bytes, info: bytes) -> bytes:
        """Return the content key, or raise VerificationError COSE-NOT-OPENED."""
        try:
            return SEALING_ALGORITHMS[self.alg].suite.decrypt(encapsulated + wrapped, self._key, info=info)
        except (InvalidTag, ValueError):
            raise VerificationError("COSE-NOT-OPENED", layer="recipient", key=self.kid) from None

    def __repr__(self) -> str:
        return f"SealingPrivateKey(alg={self.alg}, kid={self.kid.hex()})"


def _xwing(seed: bytes) -> tuple[MLKEM768X25519PrivateKey, bytes]:
    expanded = shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
    x25519 = X25519PrivateKey.from_private_bytes(expanded[64:])
    public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
    return MLKEM768X25519PrivateKey(mlkem, x25519), public


# --- what is bound ----------------------------------------------------------------------------------------------------


def enc_structure(context: str, protected_raw: bytes, external_aad: bytes) -> bytes:
    """Return the additional data of a content layer: Enc_structure (RFC 9052, 5.3).

    Args:
        context: "Encrypt" for COSE_Encrypt, "Encrypt0" for COSE_Encrypt0.
        protected_raw: the layer's protected header; an empty map counts as no bytes.
        external_aad: the domain of realm and purpose, and whatever else both sides bind.
    """
    return encode([context, b"" if protected_raw == b"\xa0" else protected_raw, external_aad])


def recipient_structure(content_alg: int, recipient_protected_raw: bytes, extra_info: bytes) -> bytes:
    """Return HPKE's info for one recipient: Recipient_structure (draft-ietf-cose-hpke, 3.3.1)."""
    return encode(["HPKE Recipient", content_alg, recipient_protected_raw, extra_info])


def recipient_protected(alg: int, kid: bytes) -> bytes:
    """Return the protected header of a recipient: algorithm and key id, both bound by HPKE's info."""
    return encode({HEADER_ALG: alg, HEADER_KID: kid})


# --- sealing ----------------------------------------------------------------------------------------------------------


def build_encrypt(
    plaintext: bytes,
    recipients: Sequence[Recipient],
    *,
    external_aad: bytes,
    content_key: bytes,
    nonce: bytes,
    protected: Mapping[Label, Encodable] | None = None,
) -> bytes:
    """Return a tagged COSE_Encrypt.

    Args:
        plaintext: what is sealed.
        recipients: the same content key, encrypted to each.
        external_aad: bound to the content.
        content_key: 32 bytes, drawn for this message alone.
        nonce: 12 bytes.
        protected: further protected headers beside the algorithm.

    Raises:
        LocalError: KEY-LENGTH, SEAL-RECIPIENTS.
    """
    if not 1 <= len({each.kid for each in recipients}) == len(recipients) <= RECIPIENTS_MAX:
        raise LocalError("SEAL-RECIPIENTS", expected=f"1 to {RECIPIENTS_MAX}, each once", got=len(recipients))
    protected_raw, ciphertext = _sealed(
        "Encrypt", plaintext, external_aad=external_aad, key=content_key, nonce=nonce, protected=protected
    )
    rows: tuple[Encodable, ...] = tuple(
        (each.protected_raw, {HEADER_EK: each.encapsulated}, each.wrapped) for each in recipients
    )
    return encode_tagged(TAG_ENCRYPT, (protected_raw, {HEADER_IV: nonce}, ciphertext, rows))


def build_encrypt0(
    plaintext: bytes,
    *,
    external_aad: bytes,
    line_key: bytes,
    nonce: bytes,
    protected: Mapping[Label, Encodable] | None = None,
) -> bytes:
    """Return a tagged COSE_Encrypt0 under a line's key (short profile); a nonce is never used twice with one key.

    Arguments and errors are those of `build_encrypt`.
    """
    protected_raw, ciphertext = _sealed(
        "Encrypt0", plaintext, external_aad=external_aad, key=line_key, nonce=nonce, protected=protected
    )
    return encode_tagged(TAG_ENCRYPT0, (protected_raw, {HEADER_IV: nonce}, ciphertext))


def _sealed(
    context: str,
    plaintext: bytes,
    *,
    external_aad: bytes,
    key: bytes,
    nonce: bytes,
    protected: Mapping[Label, Encodable] | None,
) -> tuple[bytes, bytes]:
    if len(key) != CONTENT_KEY_BYTES or len(nonce) != NONCE_BYTES:
        raise LocalError("KEY-LENGTH", expected="a key of 32 and a nonce of 12 bytes", got=f"{len(key)}, {len(nonce)}")
    protected_raw = encode_protected({**(protected or {}), HEADER_ALG: A256GCM})
    return protected_raw, AESGCM(key).encrypt(nonce, plaintext, enc_structure(context, protected_raw, external_aad))


# --- opening ----------------------------------------------------------------------------------------------------------


def parse_encrypt(
    data: bytes,
    *,
    size_max: int,
    understood: frozenset[Label] = _NO_LABELS,
    content_algs: frozenset[int] = _OWN_CONTENT,
) -> Encrypt:
    """Read a tagged COSE_Encrypt from bytes of the peer; nothing is opened yet.

    Args:
        data: bytes received.
        size_max: bytes.
        understood: labels the caller acts on, which may therefore be critical.
        content_algs: algorithms the content may be under.

    Raises:
        PeerError: CBOR-... or COSE-SIZE, COSE-FORM, COSE-HEADER, COSE-ALGORITHM, COSE-CRITICAL.
    """
    protected_raw, unprotected, ciphertext, rows = read_tagged(data, TAG_ENCRYPT, 4, size_max)
    protected, alg, nonce = _read_content_headers(protected_raw, unprotected, understood, content_algs)
    if not isinstance(rows, tuple) or not 1 <= len(rows) <= RECIPIENTS_MAX:
        raise PeerError("COSE-FORM", expected=f"1 to {RECIPIENTS_MAX} recipients")
    recipients = tuple(_read_recipient(row) for row in rows)
    if len({each.kid for each in recipients}) != len(recipients):
        raise PeerError("COSE-FORM", expected="each recipient once")
    return Encrypt(
        protected_raw=as_bytes(protected_raw),
        protected=protected,
        alg=alg,
        nonce=nonce,
        ciphertext=as_bytes(ciphertext),
        recipients=recipients,
    )


def open_encrypt(message: Encrypt, opener: Opener, external_aad: bytes, info_extra: bytes) -> bytes:
    """Return the plaintext of a COSE_Encrypt.

    Args:
        message: as parsed.
        opener: our private key.
        external_aad: what the sender bound to the content.
        info_extra: what the sender bound to each recipient.

    Raises:
        PeerError: COSE-RECIPIENT, no recipient is our key.
        VerificationError: COSE-NOT-OPENED.
    """
    for each in message.recipients:
        if each.kid == opener.kid and each.alg == opener.alg:
            info = recipient_structure(message.alg, each.protected_raw, info_extra)
            content_key = opener.unwrap(each.encapsulated, each.wrapped, info)
            aad = enc_structure("Encrypt", message.protected_raw, external_aad)
            return open_content(message.alg, content_key, message.nonce, message.ciphertext, aad)
    raise PeerError("COSE-RECIPIENT", our_key=opener.kid, got=len(message.recipients))


def parse_encrypt0(data: bytes, *, size_max: int, understood: frozenset[Label] = _NO_LABELS) -> Encrypt0:
    """Read a tagged COSE_Encrypt0; arguments and errors are those of `parse_encrypt`."""
    protected_raw, unprotected, ciphertext = read_tagged(data, TAG_ENCRYPT0, 3, size_max)
    protected, alg, nonce = _read_content_headers(protected_raw, unprotected, understood, _OWN_CONTENT)
    return Encrypt0(
        protected_raw=as_bytes(protected_raw),
        protected=protected,
        alg=alg,
        nonce=nonce,
        ciphertext=as_bytes(ciphertext),
    )


def open_encrypt0(message: Encrypt0, line_key: bytes, external_aad: bytes) -> bytes:
    """Return the plaintext of a COSE_Encrypt0 under a line's key, or raise VerificationError COSE-NOT-OPENED."""
    aad = enc_structure("Encrypt0", message.protected_raw, external_aad)
    return open_content(message.alg, line_key, message.nonce, message.ciphertext, aad)


def open_content(alg: int, key: bytes, nonce: bytes, ciphertext: bytes, aad: bytes) -> bytes:
    """Open one content layer.

    Args:
        alg: `A256GCM` or `CHACHA20_POLY1305`.
        key: the content key.
        nonce: 12 bytes.
        ciphertext: with the tag at its end.
        aad: from `enc_structure`.

    Raises:
        VerificationError: COSE-NOT-OPENED, also when key, nonce or ciphertext cannot be of that algorithm.
    """
    try:
        if len(key) == CONTENT_KEY_BYTES and len(nonce) == NONCE_BYTES:
            return _CONTENT_CIPHERS[alg](key).decrypt(nonce, ciphertext, aad)
    except InvalidTag:
        pass
    raise VerificationError("COSE-NOT-OPENED", layer="content")


def _read_content_headers(
    protected_raw: CborValue, unprotected: CborValue, understood: frozenset[Label], content_algs: frozenset[int]
) -> tuple[Headers, int, bytes]:
    protected, outside = read_headers(protected_raw, unprotected, _IV_ONLY, understood)
    alg, nonce = _read_alg(protected), outside.get(HEADER_IV)
    if alg not in content_algs:
        raise PeerError("COSE-ALGORITHM", got=alg)
    if not isinstance(nonce, bytes) or len(nonce) != NONCE_BYTES:
        raise PeerError("COSE-HEADER", expected=f"a nonce of {NONCE_BYTES} bytes")
    return protected, alg, nonce


def _read_alg(protected: Headers) -> int:
    alg = protected.get(HEADER_ALG)
    if alg is None:
        raise PeerError("COSE-HEADER", expected="an algorithm in the protected header")
    if isinstance(alg, bool) or not isinstance(alg, int):
        raise PeerError("COSE-ALGORITHM", got=alg)
    return alg


def _read_recipient(row: CborValue) -> Recipient:
    """Read one COSE_recipient: {alg, kid} protected, {ek} beside it, the content key's ciphertext; nothing more."""
    if not isinstance(row, tuple) or len(row) != 3:
        raise PeerError("COSE-FORM", expected="a recipient of three parts")
    protected, unprotected = read_headers(row[0], row[1], _EK_ONLY, _NO_LABELS)
    alg, kid = _read_alg(protected), protected.get(HEADER_KID)
    if not isinstance(kid, bytes) or len(protected) != 2:
        raise PeerError("COSE-HEADER", expected="a recipient's algorithm and key id")
    known = SEALING_ALGORITHMS.get(alg)
    if known is None:
        raise PeerError("COSE-ALGORITHM", got=alg)
    encapsulated, wrapped = unprotected.get(HEADER_EK), as_bytes(row[2])
    if not isinstance(encapsulated, bytes) or len(encapsulated) != known.encapsulated_bytes:
        raise PeerError("COSE-HEADER", expected=f"an encapsulated key of {known.encapsulated_bytes} bytes")
    if len(wrapped) != CONTENT_KEY_BYTES + AEAD_TAG_BYTES:
        raise PeerError("COSE-FORM", expected="an encrypted content key of 48 bytes", got=len(wrapped))
    return Recipient(protected_raw=as_bytes(row[0]), alg=alg, kid=kid, encapsulated=encapsulated, wrapped=wrapped)

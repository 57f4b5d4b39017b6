"""COSE signatures (RFC 9052, 4) over the wire's CBOR: one signer (COSE_Sign1) or several who must all hold (COSE_Sign).

Strict where COSE is lax: tagged, algorithm in the protected header and equal to the key's, nothing in the unprotected
header unless the caller names it, no critical header that the caller does not understand. A signature is made and
checked over the bytes received, never over a second encoding of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final, Protocol, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey, MLDSA65PublicKey, MLDSA87PublicKey

from armslength.core.cbor import CborKey, CborValue, Encodable, Tagged, decode, encode, encode_tagged
from armslength.core.errors import PeerError, VerificationError

ED25519: Final = -19
"""Ed25519, fully specified (RFC 9864); what we emit."""
EDDSA: Final = -8
"""The older, polymorphic name; taken for an Ed25519 key only where a caller asks for it."""
ML_DSA_44: Final = -48
"""ML-DSA-44 (RFC 9964)."""
ML_DSA_65: Final = -49
"""ML-DSA-65 (RFC 9964)."""
ML_DSA_87: Final = -50
"""ML-DSA-87 (RFC 9964)."""

HEADER_ALG: Final = 1
HEADER_CRIT: Final = 2
HEADER_CONTENT_TYPE: Final = 3
HEADER_KID: Final = 4
HEADER_IV: Final = 5

SIGNERS_MAX: Final = 8
"""Signatures on one COSE_Sign: two for the full profile, more for charters; each may cost a verification."""

CRITICAL_MAX: Final = 16
"""Labels in one `crit` header; the profile has fewer than this in all."""

KEY_ID_BYTES: Final = 16
"""Bytes of a key id: long enough that nobody finds a second key for it (2^128 for a given key)."""

TAG_SIGN1: Final = 18
TAG_SIGN: Final = 98

Label: TypeAlias = int | str
"""A header's label (RFC 9052, 1.4)."""
Headers: TypeAlias = Mapping[CborKey, CborValue]
"""A decoded header map; never changed after parsing."""

_NO_LABELS: Final[frozenset[Label]] = frozenset()

_ED25519_PRIME: Final = 2**255 - 19
_ED25519_ORDER_8_Y: Final = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_ED25519_SMALL_ORDER_Y: Final = frozenset(
    {0, 1, _ED25519_PRIME - 1, _ED25519_ORDER_8_Y, _ED25519_PRIME - _ED25519_ORDER_8_Y}
)
"""The y coordinates of the eight points of small order.

Under such a public key one and the same signature holds over any message, so that whoever publishes it could deny
everything it signed. RFC 8032 leaves them in and the library accepts them; a line whose messages nobody may later deny
cannot.
"""


class _Verifier(Protocol):
    def verify(self, signature: bytes, data: bytes, /) -> None: ...


@dataclass(frozen=True, slots=True)
class _Algorithm:
    """What is fixed for one signature algorithm."""

    public_bytes: int
    load: Callable[[bytes], _Verifier]


_ALGORITHMS: Final[dict[int, _Algorithm]] = {
    ED25519: _Algorithm(32, Ed25519PublicKey.from_public_bytes),
    ML_DSA_44: _Algorithm(1312, MLDSA44PublicKey.from_public_bytes),
    ML_DSA_65: _Algorithm(1952, MLDSA65PublicKey.from_public_bytes),
    ML_DSA_87: _Algorithm(2592, MLDSA87PublicKey.from_public_bytes),
}
SIGNATURE_ALGORITHMS: Final = frozenset(_ALGORITHMS)
"""Algorithms that a key of ours or theirs may have."""


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """A public key that signatures are checked with.

    Args:
        alg: one of `SIGNATURE_ALGORITHMS`.
        public: the raw public key; 32 bytes for Ed25519, as FIPS 204 encodes it for ML-DSA.

    Raises:
        VerificationError: COSE-KEY, not a key of that algorithm, or an Ed25519 key of small order.
    """

    alg: int
    public: bytes

    def __post_init__(self) -> None:
        known = _ALGORITHMS.get(self.alg)
        if known is None:
            raise VerificationError("COSE-KEY", expected="an algorithm of the profile", got=self.alg)
        if len(self.public) != known.public_bytes:
            raise VerificationError("COSE-KEY", expected=f"{known.public_bytes} bytes", got=len(self.public))
        if self.alg == ED25519 and _small_order(self.public):
            raise VerificationError("COSE-KEY", expected="a key of full order", got=self.public)

    @property
    def kid(self) -> bytes:
        """The key's id, as `key_id` makes it."""
        return key_id(self.alg, self.public)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign1:
    """A parsed COSE_Sign1; `protected_raw` is what was signed, `payload` is None when it is detached."""

    protected_raw: bytes
    protected: Headers
    unprotected: Headers
    payload: bytes | None
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One signature of a COSE_Sign."""

    protected_raw: bytes
    protected: Headers
    unprotected: Headers
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A parsed COSE_Sign; its signatures stand in the order received."""

    protected_raw: bytes
    protected: Headers
    unprotected: Headers
    payload: bytes | None
    signers: tuple[Signer, ...]


@lru_cache(maxsize=4096)
def key_id(alg: int, public: bytes) -> bytes:
    """Return a key's id: the first 16 bytes of SHA-256 over CBOR [alg, public]."""
    return sha256(encode([alg, public])).digest()[:KEY_ID_BYTES]


def raw_verify(key: VerifyKey, signature: bytes, message: bytes) -> None:
    """Check one bare signature.

    Raises:
        VerificationError: COSE-SIGNATURE, or COSE-KEY when the key's bytes are no key.
    """
    try:
        _loaded(key.alg, key.public).verify(signature, message)
    except InvalidSignature:
        raise VerificationError("COSE-SIGNATURE", alg=key.alg, key=key.kid) from None


@lru_cache(maxsize=4096)
def _loaded(alg: int, public: bytes) -> _Verifier:
    """Load a key once: a node sees the same few keys of a peer on every message; a hub has thousands of peers."""
    try:
        return _ALGORITHMS[alg].load(public)
    except ValueError:  # pragma: no cover - today any bytes of the right length load, and a bad key fails to verify
        raise VerificationError("COSE-KEY", alg=alg) from None


def _small_order(public: bytes) -> bool:
    y = int.from_bytes(public, "little") & (2**255 - 1)  # the top bit is the sign of x (RFC 8032, 5.1.2)
    return y % _ED25519_PRIME in _ED25519_SMALL_ORDER_Y


# --- one signer -------------------------------------------------------------------------------------------------------


def encode_protected(headers: Mapping[Label, Encodable]) -> bytes:
    """Return the content of a protected header's byte string; no headers are no bytes (RFC 9052, 3)."""
    return encode(headers) if headers else b""


def sign1_tbs(protected_raw: bytes, external_aad: bytes, payload: bytes) -> bytes:
    """Return the bytes that a COSE_Sign1 signs: Sig_structure "Signature1" (RFC 9052, 4.4)."""
    return encode(["Signature1", _signed_header(protected_raw), external_aad, payload])


def encode_sign1(
    protected_raw: bytes,
    payload: bytes | None,
    signature: bytes,
    unprotected: Mapping[Label, Encodable] | None = None,
) -> bytes:
    """Return a tagged COSE_Sign1; `payload` None leaves it detached."""
    return encode_tagged(TAG_SIGN1, (protected_raw, dict(unprotected or {}), payload, signature))


def parse_sign1(
    data: bytes,
    *,
    size_max: int,
    allow_unprotected: frozenset[Label] = _NO_LABELS,
    understood: frozenset[Label] = _NO_LABELS,
    detached: bool = False,
) -> Sign1:
    """Read a tagged COSE_Sign1 from bytes of the peer; nothing is verified yet.

    Args:
        data: bytes received.
        size_max: bytes.
        allow_unprotected: labels that may stand in the unprotected header; none by default.
        understood: labels the caller acts on, which may therefore be critical.
        detached: whether the payload travels elsewhere; then it must be absent here, otherwise it must be present.

    Raises:
        PeerError: CBOR-... or COSE-SIZE, COSE-FORM, COSE-HEADER, COSE-ALGORITHM, COSE-CRITICAL.
    """
    protected_raw, unprotected_raw, payload, signature = read_tagged(data, TAG_SIGN1, 4, size_max)
    protected, unprotected = read_headers(protected_raw, unprotected_raw, allow_unprotected, understood)
    _check_signature_alg(protected)
    return Sign1(
        protected_raw=as_bytes(protected_raw),
        protected=protected,
        unprotected=unprotected,
        payload=_as_payload(payload, detached=detached),
        signature=as_bytes(signature),
    )


def verify_sign1(
    message: Sign1,
    key: VerifyKey,
    external_aad: bytes,
    *,
    detached_payload: bytes | None = None,
    accept_eddsa: bool = False,
) -> None:
    """Check a COSE_Sign1 under one key.

    Args:
        message: as parsed.
        key: the key that must have signed.
        external_aad: the domain of realm and purpose, and whatever else both sides bind.
        detached_payload: the payload when it travelled elsewhere.
        accept_eddsa: take algorithm -8 for an Ed25519 key, for older writers (RFC 9864 deprecates it).

    Raises:
        VerificationError: COSE-ALGORITHM-MISMATCH, COSE-SIGNATURE, COSE-KEY.
    """
    _require_alg(message.protected, key, accept_eddsa=accept_eddsa)
    payload = _payload_of(message.payload, detached_payload)
    raw_verify(key, message.signature, sign1_tbs(message.protected_raw, external_aad, payload))


# --- several signers, all of whom must hold ---------------------------------------------------------------------------


def sign_tbs(body_protected_raw: bytes, signer_protected_raw: bytes, external_aad: bytes, payload: bytes) -> bytes:
    """Return the bytes that one signer of a COSE_Sign signs: Sig_structure "Signature" (RFC 9052, 4.4)."""
    body, signer = _signed_header(body_protected_raw), _signed_header(signer_protected_raw)
    return encode(["Signature", body, signer, external_aad, payload])


def encode_sign(
    protected_raw: bytes,
    payload: bytes | None,
    signers: Sequence[tuple[bytes, bytes]],
    unprotected: Mapping[Label, Encodable] | None = None,
) -> bytes:
    """Return a tagged COSE_Sign; `signers` are pairs of a signer's protected header and signature."""
    rows: tuple[Encodable, ...] = tuple((signer_protected, {}, signature) for signer_protected, signature in signers)
    return encode_tagged(TAG_SIGN, (protected_raw, dict(unprotected or {}), payload, rows))


def parse_sign(
    data: bytes,
    *,
    size_max: int,
    allow_unprotected: frozenset[Label] = _NO_LABELS,
    understood: frozenset[Label] = _NO_LABELS,
    detached: bool = False,
) -> Sign:
    """Read a tagged COSE_Sign; arguments and errors are those of `parse_sign1`."""
    protected_raw, unprotected_raw, payload, rows = read_tagged(data, TAG_SIGN, 4, size_max)
    protected, unprotected = read_headers(protected_raw, unprotected_raw, allow_unprotected, understood)
    if not isinstance(rows, tuple) or not 1 <= len(rows) <= SIGNERS_MAX:
        raise PeerError("COSE-FORM", expected=f"1 to {SIGNERS_MAX} signatures")
    return Sign(
        protected_raw=as_bytes(protected_raw),
        protected=protected,
        unprotected=unprotected,
        payload=_as_payload(payload, detached=detached),
        signers=tuple(_read_signer(row, allow_unprotected, understood) for row in rows),
    )


def verify_sign(
    message: Sign,
    keys: Sequence[VerifyKey],
    external_aad: bytes,
    *,
    detached_payload: bytes | None = None,
    accept_eddsa: bool = False,
) -> None:
    """Check that every given key has signed and that nobody else has.

    A verifier that is content with any one signer lets an attacker strip the other; so the policy "both must verify" is
    here and not with the caller.

    Args:
        message: as parsed.
        keys: one or more different keys, in any order.
        external_aad: as in `verify_sign1`, as are the other arguments.
        detached_payload: the payload when it travelled elsewhere.
        accept_eddsa: take algorithm -8 for an Ed25519 key.

    Raises:
        VerificationError: COSE-SIGNERS when keys and signatures are not one to one, COSE-SIGNATURE when a key's
            signature is there and wrong, COSE-KEY.
    """
    if not keys or len(set(keys)) != len(keys) or len(keys) != len(message.signers):
        raise VerificationError("COSE-SIGNERS", expected=len(set(keys)), got=len(message.signers))
    payload = _payload_of(message.payload, detached_payload)
    left = list(message.signers)
    for key in keys:
        left.remove(_signer_of(message, left, key, payload, external_aad, accept_eddsa=accept_eddsa))


def _signer_of(
    message: Sign, left: Sequence[Signer], key: VerifyKey, payload: bytes, external_aad: bytes, *, accept_eddsa: bool
) -> Signer:
    candidates = [signer for signer in left if _alg_holds(signer.protected, key, accept_eddsa=accept_eddsa)]
    if not candidates:
        raise VerificationError("COSE-SIGNERS", expected=f"a signature of algorithm {key.alg}", key=key.kid)
    for signer in candidates:
        try:
            tbs = sign_tbs(message.protected_raw, signer.protected_raw, external_aad, payload)
            raw_verify(key, signer.signature, tbs)
        except VerificationError as failed:
            if failed.code != "COSE-SIGNATURE":  # pragma: no cover - as in _loaded
                raise
        else:
            return signer
    raise VerificationError("COSE-SIGNATURE", alg=key.alg, key=key.kid)


def _read_signer(row: CborValue, allow_unprotected: frozenset[Label], understood: frozenset[Label]) -> Signer:
    if not isinstance(row, tuple) or len(row) != 3:
        raise PeerError("COSE-FORM", expected="a signature of three parts")
    protected, unprotected = read_headers(row[0], row[1], allow_unprotected, understood)
    _check_signature_alg(protected)
    return Signer(
        protected_raw=as_bytes(row[0]), protected=protected, unprotected=unprotected, signature=as_bytes(row[2])
    )


# --- headers and forms, shared with sealing ---------------------------------------------------------------------------


def read_tagged(data: bytes, tag: int, parts: int, size_max: int) -> tuple[CborValue, ...]:
    """Read a tagged array of a fixed number of parts.

    Raises:
        PeerError: COSE-SIZE, CBOR-..., or COSE-FORM when it is another message.
    """
    if len(data) > size_max:
        raise PeerError("COSE-SIZE", expected=f"at most {size_max} bytes", got=len(data))
    message = decode(data, size_max=size_max)
    if not isinstance(message, Tagged) or message.tag != tag:
        raise PeerError("COSE-FORM", expected=f"tag {tag}")
    if not isinstance(message.value, tuple) or len(message.value) != parts:
        raise PeerError("COSE-FORM", expected=f"{parts} parts")
    return message.value


def read_headers(
    protected_raw: CborValue,
    unprotected: CborValue,
    allow_unprotected: frozenset[Label],
    understood: frozenset[Label],
) -> tuple[Headers, Headers]:
    """Read the two header maps of one layer (RFC 9052, 3) and check `crit` and that no label stands in both.

    Raises:
        PeerError: CBOR-..., COSE-FORM, COSE-HEADER, COSE-CRITICAL.
    """
    raw = as_bytes(protected_raw)
    protected = decode(raw) if raw else {}
    if not isinstance(protected, dict) or not isinstance(unprotected, dict):
        raise PeerError("COSE-FORM", expected="two header maps")
    if raw and not protected:
        raise PeerError("COSE-HEADER", expected="no bytes for no headers")
    for label in (*protected, *unprotected):
        if isinstance(label, bytes):
            raise PeerError("COSE-HEADER", expected="labels of int or text", got=label)
    for label in unprotected:
        if label not in allow_unprotected or label in protected:
            raise PeerError("COSE-HEADER", expected="a protected header", got=label)
    _check_critical(protected, understood)
    return protected, unprotected


def as_bytes(value: CborValue) -> bytes:
    """Return a part that must be a byte string.

    Raises:
        PeerError: COSE-FORM.
    """
    if not isinstance(value, bytes):
        raise PeerError("COSE-FORM", expected="a byte string")
    return value


def _check_critical(protected: Headers, understood: frozenset[Label]) -> None:
    """RFC 9052, 3.1: `crit` is a non-empty array of labels that are present, protected and understood."""
    if HEADER_CRIT not in protected:
        return
    critical = protected[HEADER_CRIT]
    if not isinstance(critical, tuple) or not 1 <= len(critical) <= CRITICAL_MAX:
        raise PeerError("COSE-HEADER", expected=f"1 to {CRITICAL_MAX} critical labels")
    for label in critical:
        if isinstance(label, bool) or not isinstance(label, int | str) or label not in protected:
            raise PeerError("COSE-HEADER", expected="a critical label that is present")
        if label not in understood:
            raise PeerError("COSE-CRITICAL", label=label)


def _check_signature_alg(protected: Headers) -> None:
    alg = protected.get(HEADER_ALG)
    if alg is None:
        raise PeerError("COSE-HEADER", expected="an algorithm in the protected header")
    if isinstance(alg, bool) or not isinstance(alg, int) or alg not in SIGNATURE_ALGORITHMS | {EDDSA}:
        raise PeerError("COSE-ALGORITHM", got=alg)


def _alg_holds(protected: Headers, key: VerifyKey, *, accept_eddsa: bool) -> bool:
    alg = protected.get(HEADER_ALG)
    return alg == key.alg or (accept_eddsa and alg == EDDSA and key.alg == ED25519)


def _require_alg(protected: Headers, key: VerifyKey, *, accept_eddsa: bool) -> None:
    if not _alg_holds(protected, key, accept_eddsa=accept_eddsa):
        raise VerificationError("COSE-ALGORITHM-MISMATCH", expected=key.alg, got=protected.get(HEADER_ALG))


def _as_payload(payload: CborValue, *, detached: bool) -> bytes | None:
    if detached:
        if payload is not None:
            raise PeerError("COSE-FORM", expected="a detached payload")
        return None
    return as_bytes(payload)


def _payload_of(payload: bytes | None, detached_payload: bytes | None) -> bytes:
    """One of the two and never both: a caller who gives a payload must get exactly that one checked."""
    if (payload is None) == (detached_payload is None):
        raise VerificationError("COSE-SIGNATURE", expected="the payload either inside or detached")
    return payload if payload is not None else detached_payload or b""


def _signed_header(protected_raw: bytes) -> bytes:
    """RFC 9052, 4.4: an empty map is signed as no bytes, however it was written."""
    return b"" if protected_raw == b"\xa0" else protected_raw

"""Keys for the simulated world: real Ed25519, and stand-ins where the real thing draws randomness of its own.

The library's ML-DSA signatures and HPKE encapsulations differ on every call, so a run with them cannot be repeated bit
for bit. The stand-ins give nothing away that the world tests: a signature is a keyed digest that anybody could make, a
sealed message opens for whoever knows the *public* key. They hold the same contract (tests/contracts) and the same
sizes, and no code of the product knows of them.
"""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256, shake_256
from typing import TYPE_CHECKING
from unittest.mock import patch

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from armslength.adapters.keystore_file import SIGNING, numbered
from armslength.adapters.keystore_sealing import SigningPrivateKey
from armslength.core import cose
from armslength.core.cose import ED25519, ML_DSA_44, ML_DSA_65
from armslength.core.cose_encrypt import (
    A256GCM,
    HPKE_9_KE,
    SEALING_ALGORITHMS,
    Recipient,
    build_encrypt,
    open_encrypt,
    parse_encrypt,
    recipient_protected,
    recipient_structure,
)
from armslength.core.errors import LocalError, PeerError, VerificationError
from armslength.core.keys import TLS_PIN, PublicKey
from armslength.core.limits import TRANSPORT_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from armslength.core.cbor import CborValue

_PUBLIC_BYTES = {ML_DSA_44: 1312, ML_DSA_65: 1952}
_SIGNATURE_BYTES = {ML_DSA_44: 2420, ML_DSA_65: 3309}


class SeededRng:
    """The Rng port as one stream from a seed: equal seeds and equal calls give equal bytes."""

    def __init__(self, seed: bytes | int | str) -> None:
        self._seed = seed if isinstance(seed, bytes) else str(seed).encode()
        self._calls = 0

    def bytes(self, count: int) -> bytes:
        self._calls += 1
        return shake_256(self._seed + b"/" + str(self._calls).encode()).digest(count)


class SeededKeys:
    """The Keys port from a seed; use inside `stand_in_signatures()`, or nothing verifies its ML-DSA signatures."""

    def __init__(self, seed: bytes | int | str) -> None:
        root = seed if isinstance(seed, bytes) else str(seed).encode()
        self._rng = SeededRng(root + b"/rng")
        self._seeds = {
            purpose: sha256(root + b"/" + purpose.encode()).digest() for purpose in (*SIGNING, "seal", "storage", "tls")
        }
        self.storage_key = self._seeds["storage"]

    def public(self, purpose: str) -> PublicKey:
        if purpose == "seal":
            return PublicKey(HPKE_9_KE, _expand(b"seal", self._seeds["seal"], _sealing_bytes()))
        if purpose == "tls":
            return PublicKey(TLS_PIN, self._seeds["tls"])
        alg = self._alg(purpose)
        if alg == ED25519:
            return PublicKey(alg, SigningPrivateKey(alg, self._seeds[purpose]).public)
        return PublicKey(alg, _expand(b"public", self._seeds[purpose], _PUBLIC_BYTES[alg]))

    def sign(self, purpose: str, message: bytes) -> bytes:
        alg = self._alg(purpose)
        if alg == ED25519:
            return SigningPrivateKey(alg, self._seeds[purpose]).sign(message)
        return _stand_in_signature(alg, self.public(purpose).public, message)

    def seal(self, plaintext: bytes, recipient: PublicKey, header: Mapping[int, CborValue], domain: bytes) -> bytes:
        if recipient.alg != HPKE_9_KE:
            raise LocalError("KEY-ALGORITHM", got=recipient.alg)
        if len(recipient.public) != _sealing_bytes():
            raise PeerError("COSE-SEALING-KEY", alg=recipient.alg)
        content_key, nonce = self._rng.bytes(32), self._rng.bytes(12)
        kid = recipient.kid
        protected_raw = recipient_protected(recipient.alg, kid)
        encapsulated = self._rng.bytes(SEALING_ALGORITHMS[HPKE_9_KE].encapsulated_bytes)
        info = recipient_structure(A256GCM, protected_raw, domain)
        row = Recipient(
            protected_raw=protected_raw,
            alg=recipient.alg,
            kid=kid,
            encapsulated=encapsulated,
            wrapped=_wrapping(recipient.public).encrypt(encapsulated[:12], content_key, encapsulated + info),
        )
        return build_encrypt(
            plaintext, [row], external_aad=domain, content_key=content_key, nonce=nonce, protected=dict(header.items())
        )

    def open(self, transport: bytes, domain: bytes) -> tuple[Mapping[int, CborValue], bytes]:
        message = parse_encrypt(transport, size_max=TRANSPORT_BYTES_MAX)
        return numbered(message.protected), open_encrypt(message, _StandInOpener(self.public("seal")), domain, domain)

    def _alg(self, purpose: str) -> int:
        if purpose not in SIGNING:
            raise LocalError("KEY-PURPOSE", got=purpose)
        return SIGNING[purpose]


@contextmanager
def stand_in_signatures() -> Iterator[None]:
    """Let the product's own verification take the stand-ins of `SeededKeys` for ML-DSA while the context lasts."""
    stand_ins = {
        alg: cose._Algorithm(_PUBLIC_BYTES[alg], lambda public, alg=alg: _StandInVerifier(alg, public))
        for alg in _PUBLIC_BYTES
    }
    cose._loaded.cache_clear()
    with patch.dict(cose._ALGORITHMS, stand_ins):
        yield
    cose._loaded.cache_clear()


class _StandInVerifier:
    def __init__(self, alg: int, public: bytes) -> None:
        self._alg, self._public = alg, public

    def verify(self, signature: bytes, data: bytes, /) -> None:
        if signature != _stand_in_signature(self._alg, self._public, data):
            raise InvalidSignature


class _StandInOpener:
    def __init__(self, key: PublicKey) -> None:
        self.alg, self.kid, self._public = key.alg, key.kid, key.public

    def unwrap(self, encapsulated: bytes, wrapped: bytes, info: bytes) -> bytes:
        try:
            return _wrapping(self._public).decrypt(encapsulated[:12], wrapped, encapsulated + info)
        except InvalidTag:
            raise VerificationError("COSE-NOT-OPENED", layer="recipient", key=self.kid) from None


def _wrapping(public: bytes) -> AESGCM:
    return AESGCM(sha256(b"stand-in sealing" + public).digest())


def _stand_in_signature(alg: int, public: bytes, message: bytes) -> bytes:
    return _expand(b"signature" + public, message, _SIGNATURE_BYTES[alg])


def _sealing_bytes() -> int:
    return SEALING_ALGORITHMS[HPKE_9_KE].public_bytes


def _expand(purpose: bytes, seed: bytes, count: int) -> bytes:
    return shake_256(purpose + b"/" + seed).digest(count)

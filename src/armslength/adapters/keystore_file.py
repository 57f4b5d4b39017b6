"""The node's keystore: one locked file with every key that the node itself uses, opened once when the node starts.

The file is opened by a passphrase that somebody types at each start, or by an unlock file that lies beside it (mode
0600) so that the node comes back by itself after a power cut. The unlock file protects copies and backups of the
keystore that leave it out; it does not protect from whoever can read the node's disk. Which of the two weighs more is
the operator's choice, made at initialisation. Officers' keys are never here (`keystore_officer`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.adapters import keystore_locked as locked
from armslength.adapters import keystore_sealing as sealing
from armslength.adapters.bearer_https_tls import TlsIdentity, make_identity
from armslength.core import cbor
from armslength.core.cose import ED25519, ML_DSA_44
from armslength.core.cose_encrypt import (
    CONTENT_KEY_BYTES,
    HPKE_9_KE,
    NONCE_BYTES,
    SEED_BYTES,
    SealingPrivateKey,
    open_encrypt,
    parse_encrypt,
)
from armslength.core.errors import LocalError, PeerError
from armslength.core.keys import TLS_PIN, PublicKey
from armslength.core.limits import TRANSPORT_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from armslength.core.cbor import CborKey, CborValue
    from armslength.core.realm import Realm
    from armslength.desk.ports import Rng

NODE: Final = "node"
SIGNING: Final = {"sign": ED25519, "log": ED25519, "witness": ED25519, "witness-pq": ML_DSA_44}
"""Purposes that sign, with their algorithm (docs/spec/manifest.md, field 7)."""
SEAL: Final = "seal"
TLS: Final = "tls"
STORAGE: Final = "storage"
"""Key under which the store keeps contents; it never leaves the node and is in no manifest."""
_TLS_CERTIFICATE: Final = "tls-certificate"
_TLS_KEY: Final = "tls-key"
_SEEDS: Final = (*SIGNING, SEAL, STORAGE)

_UNLOCK_WORD: Final = "armslength-unlock-1"


class FileKeys:
    """The Keys port on an opened keystore.

    Args:
        label: party, realm and whether for demonstrations only, as proved by opening the file.
        secrets: purpose to 32-byte seed, and the TLS certificate (DER) and key (PEM).
        rng: gives content keys and nonces of what is sealed.

    Raises:
        LocalError: KEYSTORE-MALFORMED, a key is missing or of the wrong length.
    """

    def __init__(self, label: locked.Label, secrets: Mapping[CborKey, CborValue], rng: Rng) -> None:
        self.label = label
        self._rng = rng
        self._signing = {
            purpose: sealing.SigningPrivateKey(alg, _secret(secrets, purpose, SEED_BYTES))
            for purpose, alg in SIGNING.items()
        }
        self._opener = SealingPrivateKey(HPKE_9_KE, _secret(secrets, SEAL, SEED_BYTES))
        self.storage_key = _secret(secrets, STORAGE, SEED_BYTES)
        self.tls_identity = TlsIdentity(
            certificate=_secret(secrets, _TLS_CERTIFICATE), key_pem=_secret(secrets, _TLS_KEY)
        )

    def __repr__(self) -> str:
        return f"FileKeys({self.label.holder}, {self.label.realm.value})"

    @property
    def realm(self) -> Realm:
        """The only realm these keys are for."""
        return self.label.realm

    def public(self, purpose: str) -> PublicKey:
        """Return the public key of a purpose as the manifest lists it: sign, seal, log, witness, witness-pq, tls.

        Raises:
            LocalError: KEY-PURPOSE.
        """
        if purpose == SEAL:
            return PublicKey(self._opener.alg, self._opener.public)
        if purpose == TLS:
            return PublicKey(TLS_PIN, self.tls_identity.pin)
        key = self._signing_key(purpose)
        return PublicKey(key.alg, key.public)

    def sign(self, purpose: str, message: bytes) -> bytes:
        """Sign with the key of a purpose: sign, log, witness, witness-pq; or raise LocalError KEY-PURPOSE."""
        return self._signing_key(purpose).sign(message)

    def seal(self, plaintext: bytes, recipient: PublicKey, header: Mapping[int, CborValue], domain: bytes) -> bytes:
        """Return a COSE_Encrypt of the plaintext for one receiver, bound to ``domain`` in both layers.

        Raises:
            PeerError: COSE-SEALING-KEY, the receiver's public key is none.
            LocalError: KEY-ALGORITHM, the receiver's key is no sealing key.
        """
        return sealing.seal(
            plaintext,
            [(recipient.kid, recipient.alg, recipient.public)],
            external_aad=domain,
            info_extra=domain,
            content_key=self._rng.bytes(CONTENT_KEY_BYTES),
            nonce=self._rng.bytes(NONCE_BYTES),
            protected=dict(header.items()),
        )

    def open(self, transport: bytes, domain: bytes) -> tuple[Mapping[int, CborValue], bytes]:
        """Return the content layer's protected header and the plaintext of a COSE_Encrypt sealed to this node.

        Raises:
            PeerError: CBOR-... or COSE-..., malformed or not addressed to our key.
            VerificationError: COSE-NOT-OPENED, changed on the way or of another domain.
        """
        message = parse_encrypt(transport, size_max=TRANSPORT_BYTES_MAX)
        plaintext = open_encrypt(message, self._opener, domain, domain)
        return numbered(message.protected), plaintext

    def _signing_key(self, purpose: str) -> sealing.SigningPrivateKey:
        key = self._signing.get(purpose)
        if key is None:
            raise LocalError("KEY-PURPOSE", got=purpose)
        return key


def numbered(header: Mapping[CborKey, CborValue]) -> dict[int, CborValue]:
    """Return a header whose labels are all integers, as the profile has them, or raise PeerError COSE-HEADER."""
    numbers: dict[int, CborValue] = {}
    for label, value in header.items():
        if not isinstance(label, int):
            raise PeerError("COSE-HEADER", expected="labels of integers", got=label)
        numbers[label] = value
    return numbers


def create(
    path: Path,
    party: str,
    secret: locked.Passphrase | locked.UnlockKey,
    rng: Rng,
    *,
    realm: Realm,
    demonstration: bool = False,
) -> FileKeys:
    """Make a node's keystore with new keys for every purpose; its folder is closed to everybody else (0700).

    Args:
        path: the new file, `node.keys`.
        party: the party's code.
        secret: opens the keystore again.
        rng: gives all seeds, salt and nonce.
        realm: the only realm that the keys are for.
        demonstration: mark the file DEMONSTRATION and lock it at a cost that protects nothing; EXERCISE only.

    Raises:
        LocalError: KEYSTORE-EXISTS, KEYSTORE-WRITE, KEYSTORE-DEMONSTRATION, PASSPHRASE-WEAK.
    """
    label = locked.Label(kind=NODE, realm=realm, holder=party, demonstration=demonstration)
    tls = make_identity(rng)
    secrets: dict[CborKey, CborValue] = {purpose: rng.bytes(SEED_BYTES) for purpose in _SEEDS}
    secrets |= {_TLS_CERTIFICATE: tls.certificate, _TLS_KEY: tls.key_pem}
    locked.write_private(path, locked.lock(label, secret, cbor.encode(secrets), rng))
    locked.close_folder(path.parent)
    return FileKeys(label, secrets, rng)


def load(path: Path, secret: locked.Passphrase | locked.UnlockKey, rng: Rng) -> FileKeys:
    """Open a node's keystore.

    Raises:
        LocalError: KEYSTORE-LOCKED, KEYSTORE-MISSING, KEYSTORE-MODE, KEYSTORE-MALFORMED, KEYSTORE-OTHER,
            KEYSTORE-DEMONSTRATION.
    """
    label, plaintext = locked.unlock(locked.read_private(path, owner_only=True), secret, kind=NODE)
    try:
        secrets = cbor.decode(plaintext)
    except PeerError as error:
        raise LocalError("KEYSTORE-MALFORMED", because=error.code) from None
    if not isinstance(secrets, dict):
        raise LocalError("KEYSTORE-MALFORMED", expected="a map of keys")
    return FileKeys(label, secrets, rng)


def create_unlock_file(path: Path, rng: Rng) -> locked.UnlockKey:
    """Make the file that opens a keystore without a person, and return what it holds.

    Raises:
        LocalError: KEYSTORE-EXISTS, KEYSTORE-WRITE.
    """
    material = rng.bytes(locked.UNLOCK_BYTES)
    locked.write_private(path, f"{_UNLOCK_WORD} {material.hex()}\n".encode())
    return locked.UnlockKey(material)


def read_unlock_file(path: Path) -> locked.UnlockKey:
    """Return what an unlock file holds.

    Raises:
        LocalError: KEYSTORE-MISSING, KEYSTORE-MODE, KEYSTORE-MALFORMED.
    """
    data = locked.read_private(path, owner_only=True)
    try:
        word, digits = data.decode("ascii").split()
        material = bytes.fromhex(digits)
    except ValueError:
        raise LocalError("KEYSTORE-MALFORMED", expected="an unlock file", file=path.name) from None
    if word != _UNLOCK_WORD or len(material) != locked.UNLOCK_BYTES:
        raise LocalError("KEYSTORE-MALFORMED", expected="an unlock file", file=path.name)
    return locked.UnlockKey(material)


def _secret(secrets: Mapping[CborKey, CborValue], name: str, length: int | None = None) -> bytes:
    value = secrets.get(name)
    if not isinstance(value, bytes) or (length is not None and len(value) != length):
        raise LocalError("KEYSTORE-MALFORMED", expected=f"the key {name}")
    return value

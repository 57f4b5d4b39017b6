"""Keys of persons: an officer's key and the party's root, each in a file of its own under its holder's passphrase.

These files never lie in the node's keystore, and the node never holds what opens them: a person unlocks the key for one
act, and it is forgotten with the process (docs/spec/attestation.md, kind 1; docs/spec/manifest.md for the root).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from armslength.adapters.keystore_locked import Label, Passphrase, lock, read_private, unlock, write_private
from armslength.adapters.keystore_sealing import SigningPrivateKey
from armslength.core.cose import ED25519
from armslength.core.errors import LocalError
from armslength.core.keys import PublicKey

if TYPE_CHECKING:
    from pathlib import Path

    from armslength.core.realm import Realm
    from armslength.desk.ports import Rng

OFFICER: Final = "officer"
ROOT: Final = "root"

_SEED_BYTES: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerKey:
    """An unlocked key of a person, or of the party root.

    Args:
        officer: officer id, or party code for a root.
        realm: the realm it was made for.
        public: its public key (Ed25519).
        demonstration: whether it is marked as a demonstration's.
    """

    officer: str
    realm: Realm
    public: PublicKey
    demonstration: bool
    _private: SigningPrivateKey = field(repr=False, compare=False)

    def sign(self, statement: bytes) -> bytes:
        """Return the 64-byte signature over a statement."""
        return self._private.sign(statement)


def create_officer_key(
    path: Path, officer_id: str, passphrase: str, rng: Rng, *, realm: Realm, demonstration: bool = False
) -> PublicKey:
    """Make an officer's key file and return the public key for the manifest.

    Args:
        path: the new file.
        officer_id: as the manifest lists the officer.
        passphrase: the officer's own.
        rng: gives seed, salt and nonce.
        realm: the only realm the key is for.
        demonstration: lock at a cost that protects nothing and write DEMONSTRATION into the file; EXERCISE only.

    Raises:
        LocalError: KEYSTORE-EXISTS, KEYSTORE-WRITE, KEYSTORE-DEMONSTRATION, PASSPHRASE-WEAK.
    """
    label = Label(kind=OFFICER, realm=realm, holder=officer_id, demonstration=demonstration)
    return _create(path, label, passphrase, rng)


def load_officer_key(path: Path, passphrase: str) -> OfficerKey:
    """Open an officer's key file.

    Raises:
        LocalError: KEYSTORE-LOCKED, KEYSTORE-MISSING, KEYSTORE-MALFORMED, KEYSTORE-OTHER, KEYSTORE-DEMONSTRATION.
    """
    return _load(path, passphrase, OFFICER)


def create_root_key(
    path: Path, party: str, passphrase: str, rng: Rng, *, realm: Realm, demonstration: bool = False
) -> PublicKey:
    """Make the key file of a party root; arguments and errors are those of `create_officer_key`."""
    label = Label(kind=ROOT, realm=realm, holder=party, demonstration=demonstration)
    return _create(path, label, passphrase, rng)


def load_root_key(path: Path, passphrase: str) -> OfficerKey:
    """Open the key file of a party root; errors are those of `load_officer_key`."""
    return _load(path, passphrase, ROOT)


def _create(path: Path, label: Label, passphrase: str, rng: Rng) -> PublicKey:
    seed = rng.bytes(_SEED_BYTES)
    write_private(path, lock(label, Passphrase(passphrase), seed, rng))
    return PublicKey(ED25519, SigningPrivateKey(ED25519, seed).public)


def _load(path: Path, passphrase: str, kind: str) -> OfficerKey:
    label, seed = unlock(read_private(path, owner_only=False), Passphrase(passphrase), kind=kind)
    if len(seed) != _SEED_BYTES:
        raise LocalError("KEYSTORE-MALFORMED", expected="a seed of 32 bytes", got=len(seed))
    private = SigningPrivateKey(ED25519, seed)
    return OfficerKey(
        officer=label.holder,
        realm=label.realm,
        public=PublicKey(ED25519, private.public),
        demonstration=label.demonstration,
        _private=private,
    )

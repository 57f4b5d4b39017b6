"""Locked files: the one format in which a secret of ours lies on a disk.

A locked file is a CBOR map. In clear stand the kind (node, officer, root), realm and holder, the key derivation and its
cost; all of it is bound as additional data, so that a file renamed to another realm or person does not open. The secret
is under AES-256-GCM with a key from a passphrase (Argon2id, RFC 9106) or from the 32 bytes of an unlock file (HKDF).
A file is written whole or not at all, and readable by its owner only.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from armslength.core import cbor
from armslength.core.errors import LocalError, PeerError
from armslength.core.realm import Realm

if TYPE_CHECKING:
    from pathlib import Path

    from armslength.core.cbor import CborKey, CborValue
    from armslength.desk.ports import Rng

FORMAT: Final = "armslength/locked"
VERSION: Final = 1
DEMONSTRATION: Final = "DEMONSTRATION"
"""The word in the file of a key that is made for a demonstration and locked at a cost that protects nothing."""

FILE_BYTES_MAX: Final = 64 * 1024
"""A node's six seeds, TLS key and certificate need some 2 KiB."""

PASSPHRASE_CHARS_MIN: Final = 12
"""Four short words. Below this, no cost of derivation that a person waits for holds off a search."""
PASSPHRASE_BYTES_MAX: Final = 1024
"""Longer is a file that was pasted by mistake."""
UNLOCK_BYTES: Final = 32
"""An unlock file holds a whole key, so that nothing is gained by stretching it."""

_KIB_PER_LANE_MIN: Final = 8
"""RFC 9106, 3.1."""
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32
_FILE_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o700


class Cost(NamedTuple):
    """The cost of Argon2id: memory in KiB, passes, lanes."""

    memory_kib: int
    passes: int
    lanes: int


COST: Final = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
"""RFC 9106, 4, second recommended option: some 0.2 s once at the start, and 64 MiB for each guess of a thief."""
COST_DEMONSTRATION: Final = Cost(memory_kib=64, passes=1, lanes=1)
"""For files marked DEMONSTRATION only: two nodes with six officers must be set up in a second."""
COST_MAX: Final = Cost(memory_kib=1024 * 1024, passes=16, lanes=16)
"""A file from elsewhere must not take the machine's memory or minutes before its passphrase is found wrong."""


@dataclass(frozen=True, slots=True, repr=False)
class Passphrase:
    """What a person types; compared in Unicode's composed form (NFC), as RFC 8265 has it."""

    text: str

    @property
    def material(self) -> bytes:
        """The bytes that the key is derived from."""
        return unicodedata.normalize("NFC", self.text).encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True, repr=False)
class UnlockKey:
    """The 32 bytes of an unlock file."""

    material: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a locked file says of itself in clear: kind, realm, holder, whether it is for demonstrations only."""

    kind: str
    realm: Realm
    holder: str
    demonstration: bool = False

    def require_usable(self) -> None:
        """Refuse a demonstration key in the real realm, or raise LocalError KEYSTORE-DEMONSTRATION."""
        if self.demonstration and self.realm is not Realm.EXERCISE:
            raise LocalError("KEYSTORE-DEMONSTRATION", holder=self.holder)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """The clear part of a locked file, exactly as it is bound."""

    label: Label
    derivation: str
    cost: Cost
    salt: bytes
    nonce: bytes

    def fields(self) -> dict[CborKey, CborValue]:
        """Return the map's entries but the ciphertext."""
        label = self.label
        return {
            1: FORMAT,
            2: VERSION,
            3: label.kind,
            4: label.realm.value,
            5: label.holder,
            6: DEMONSTRATION if label.demonstration else None,
            7: self.derivation,
            8: tuple(self.cost),
            9: self.salt,
            10: self.nonce,
        }


def lock(label: Label, secret: Passphrase | UnlockKey, plaintext: bytes, rng: Rng) -> bytes:
    """Return the bytes of a locked file.

    Args:
        label: what stands in clear.
        secret: opens the file again.
        plaintext: what is kept.
        rng: gives salt and nonce.

    Raises:
        LocalError: KEYSTORE-DEMONSTRATION, PASSPHRASE-WEAK, KEY-LENGTH.
    """
    label.require_usable()
    _require_strong(secret, demonstration=label.demonstration)
    header = _Header(
        label=label,
        derivation="argon2id" if isinstance(secret, Passphrase) else "hkdf-sha256",
        cost=COST_DEMONSTRATION if label.demonstration else COST,
        salt=rng.bytes(_SALT_BYTES),
        nonce=rng.bytes(_NONCE_BYTES),
    )
    fields = header.fields()
    sealed = AESGCM(_derive(header, secret)).encrypt(header.nonce, plaintext, cbor.encode(fields))
    return cbor.encode({**fields, 11: sealed})


def unlock(data: bytes, secret: Passphrase | UnlockKey, *, kind: str) -> tuple[Label, bytes]:
    """Return what stands in clear in a locked file, and the secret.

    Raises:
        LocalError: KEYSTORE-LOCKED when it does not open, KEYSTORE-MALFORMED, KEYSTORE-OTHER for another kind of file,
            KEYSTORE-DEMONSTRATION.
    """
    header, sealed = _read(data)
    if header.label.kind != kind:
        raise LocalError("KEYSTORE-OTHER", expected=kind, got=header.label.kind)
    header.label.require_usable()
    if header.derivation != ("argon2id" if isinstance(secret, Passphrase) else "hkdf-sha256"):
        raise LocalError("KEYSTORE-LOCKED", locked_with=header.derivation)
    try:
        plaintext = AESGCM(_derive(header, secret)).decrypt(header.nonce, sealed, cbor.encode(header.fields()))
    except InvalidTag:
        raise LocalError("KEYSTORE-LOCKED", holder=header.label.holder) from None
    return header.label, plaintext


def read_label(data: bytes) -> Label:
    """Return what a locked file says of itself, unproved until it is opened, or raise LocalError KEYSTORE-MALFORMED."""
    return _read(data)[0].label


def _require_strong(secret: Passphrase | UnlockKey, *, demonstration: bool) -> None:
    if isinstance(secret, UnlockKey):
        if len(secret.material) != UNLOCK_BYTES:
            raise LocalError("KEY-LENGTH", expected=f"{UNLOCK_BYTES} bytes", got=len(secret.material))
        return
    if len(secret.material) > PASSPHRASE_BYTES_MAX:
        raise LocalError("PASSPHRASE-WEAK", expected=f"at most {PASSPHRASE_BYTES_MAX} bytes")
    if not demonstration and len(unicodedata.normalize("NFC", secret.text)) < PASSPHRASE_CHARS_MIN:
        raise LocalError("PASSPHRASE-WEAK", expected=f"at least {PASSPHRASE_CHARS_MIN} characters")


def _derive(header: _Header, secret: Passphrase | UnlockKey) -> bytes:
    if isinstance(secret, UnlockKey):
        return HKDF(SHA256(), _KEY_BYTES, header.salt, FORMAT.encode()).derive(secret.material)
    cost = header.cost
    return Argon2id(
        salt=header.salt,
        length=_KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(secret.material[:PASSPHRASE_BYTES_MAX])


def _read(data: bytes) -> tuple[_Header, bytes]:
    try:
        value = cbor.decode(data, size_max=FILE_BYTES_MAX)
    except PeerError as error:
        raise LocalError("KEYSTORE-MALFORMED", because=error.code) from None
    if not isinstance(value, dict) or value.get(1) != FORMAT:
        raise LocalError("KEYSTORE-MALFORMED", expected="a locked file")
    if value.get(2) != VERSION:
        raise LocalError("KEYSTORE-MALFORMED", expected=f"version {VERSION}", got=value.get(2))
    kind, realm, holder, derivation = (_text(value, number) for number in (3, 4, 5, 7))
    if realm not in {each.value for each in Realm}:
        raise LocalError("KEYSTORE-MALFORMED", expected="a realm", got=realm)
    label = Label(kind=kind, realm=Realm(realm), holder=holder, demonstration=value.get(6) is not None)
    header = _Header(
        label=label,
        derivation=derivation,
        cost=_cost(value.get(8), demonstration=label.demonstration),
        salt=_bytes(value, 9, _SALT_BYTES),
        nonce=_bytes(value, 10, _NONCE_BYTES),
    )
    return header, _bytes(value, 11, None)


def _cost(value: CborValue, *, demonstration: bool) -> Cost:
    """Take the file's own cost: at least today's unless it is a demonstration's, and never more than we can bear."""
    if not isinstance(value, tuple) or len(value) != len(Cost._fields):
        raise LocalError("KEYSTORE-MALFORMED", expected="memory, passes and lanes")
    memory, passes, lanes = value
    if type(memory) is not int or type(passes) is not int or type(lanes) is not int:
        raise LocalError("KEYSTORE-MALFORMED", expected="memory, passes and lanes")
    floor = COST_DEMONSTRATION if demonstration else COST
    for got, least, most in zip((memory, passes, lanes), floor, COST_MAX, strict=True):
        if not least <= got <= most:
            raise LocalError("KEYSTORE-MALFORMED", expected=f"a cost of {least} to {most}", got=got)
    if memory < _KIB_PER_LANE_MIN * lanes:
        raise LocalError("KEYSTORE-MALFORMED", expected=f"{_KIB_PER_LANE_MIN} KiB for each lane")
    return Cost(memory, passes, lanes)


def _text(value: dict[CborKey, CborValue], number: int) -> str:
    got = value.get(number)
    if not isinstance(got, str):
        raise LocalError("KEYSTORE-MALFORMED", expected=f"text in field {number}")
    return got


def _bytes(value: dict[CborKey, CborValue], number: int, length: int | None) -> bytes:
    got = value.get(number)
    if not isinstance(got, bytes) or (length is not None and len(got) != length):
        raise LocalError("KEYSTORE-MALFORMED", expected=f"bytes in field {number}")
    return got


# --- files ------------------------------------------------------------------------------------------------------------


def write_private(path: Path, data: bytes) -> None:
    """Write a new file that only its owner reads: whole and durable, or not at all.

    Folders that are missing are made with mode 0700; the file has 0600 from its first byte on.

    Raises:
        LocalError: KEYSTORE-EXISTS, a key file is never overwritten; KEYSTORE-WRITE.
    """
    if path.exists():
        raise LocalError("KEYSTORE-EXISTS", file=path.name)
    temporary = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        _write_synced(temporary, data)
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise LocalError("KEYSTORE-WRITE", file=path.name, because=error.strerror) from None


def close_folder(path: Path) -> None:
    """Close a folder to everybody but its owner (0700), or raise LocalError KEYSTORE-WRITE."""
    try:
        path.chmod(_FOLDER_MODE)
    except OSError as error:
        raise LocalError("KEYSTORE-WRITE", file=path.name, because=error.strerror) from None


def read_private(path: Path, *, owner_only: bool) -> bytes:
    """Return the content of a key file.

    Args:
        path: the file.
        owner_only: refuse the file when others may read it; a stick with officers' keys may have no modes at all.

    Raises:
        LocalError: KEYSTORE-MISSING, KEYSTORE-MODE, KEYSTORE-MALFORMED when it is far too long.
    """
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            data = file.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        raise LocalError("KEYSTORE-MISSING", file=path.name, because=error.strerror) from None
    if owner_only and mode & 0o077:
        raise LocalError("KEYSTORE-MODE", file=path.name, expected="600", got=f"{mode:o}")
    if len(data) > FILE_BYTES_MAX:
        raise LocalError("KEYSTORE-MALFORMED", expected=f"at most {FILE_BYTES_MAX} bytes")
    return data


def _write_synced(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """A rename is durable only when the folder that names the file is."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

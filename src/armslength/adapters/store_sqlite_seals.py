"""Encryption at rest of the SQLite store: view rows, settings, and each content under a key of its own.

All keys derive from the storage key, the realm and a salt of the file by HKDF-SHA-256 (RFC 5869); every seal is
AES-256-GCM with a random nonce of 96 bits. NIST SP 800-38D 8.3 bounds such a key to 2^32 seals; a view, under a
key of its own, reaches that after 136 years at one row a second. Keys of rows, names of views and due instants stay in
clear, since SQLite orders by them; all three are authenticated, so that moving a body or a deadline is found.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from armslength.adapters.store_rows import pack, unpack
from armslength.core.errors import LocalError
from armslength.core.realm import domain

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue, Encodable
    from armslength.core.instants import Instant
    from armslength.core.realm import Realm
    from armslength.desk.ports import Rng

KEY_BYTES: Final = 32
"""AES-256."""

SALT_BYTES: Final = 32
"""As long as the hash (RFC 5869 3.1), drawn once for each file."""

_NONCE_BYTES: Final = 12
"""The nonce for which GCM needs no extra hashing (SP 800-38D 5.2.1.1)."""

_DUE: Final = Struct(">?q")
_INDEX: Final = Struct(">q")
_LENGTH: Final = Struct(">I")

_CHECK_TEXT: Final = b"storage key"


class Seals:
    """The keys of one open store.

    Args:
        key: the storage key, 32 bytes.
        salt: the file's salt.
        realm: part of every derivation, so that the same storage key opens nothing across realms.
        rng: nonces and content keys.
    """

    def __init__(self, key: bytes, salt: bytes, realm: Realm, rng: Rng) -> None:
        if len(key) != KEY_BYTES:
            raise LocalError("STORE-KEY", expected=f"{KEY_BYTES} bytes", got=len(key))
        self._key, self._salt, self._realm = key, salt, realm
        self._bytes = rng.bytes
        self._views: dict[str, tuple[AESGCM, bytes]] = {}
        self._settings = self._derived("settings")
        self._wrap = self._derived("contents")
        self._check = self._derived("check")

    def check_value(self) -> bytes:
        """Return a value that only the same storage key opens."""
        nonce = self._bytes(_NONCE_BYTES)
        return nonce + self._check.encrypt(nonce, _CHECK_TEXT, None)

    def require_check(self, value: bytes) -> None:
        """Raise STORE-KEY unless this key made the check value."""
        try:
            self._check.decrypt(value[:_NONCE_BYTES], value[_NONCE_BYTES:], None)
        except (InvalidTag, ValueError):
            raise LocalError("STORE-KEY", got="another storage key") from None

    def close_row(self, view: str, key: bytes, due: Instant | None, body: bytes) -> bytes:
        """Return the sealed body of a view row."""
        cipher, prefix = self._views.get(view) or self._view(view)
        nonce = self._bytes(_NONCE_BYTES)
        return nonce + cipher.encrypt(nonce, body, prefix + _DUE.pack(due is not None, due or 0) + key)

    def open_row(self, view: str, key: bytes, due: Instant | None, sealed: bytes) -> bytes:
        """Return the body of a view row; STORE-DAMAGED when row, place or due instant were changed."""
        cipher, prefix = self._views.get(view) or self._view(view)
        bound = prefix + _DUE.pack(due is not None, due or 0) + key
        return _opened(cipher, sealed, bound, view=view, key=key)

    def close_setting(self, name: str, value: Encodable) -> bytes:
        """Return the sealed body of a setting."""
        nonce = self._bytes(_NONCE_BYTES)
        return nonce + self._settings.encrypt(nonce, pack(value), name.encode())

    def open_setting(self, name: str, body: bytes) -> CborValue:
        """Return the value of a setting; STORE-DAMAGED when it was changed."""
        return unpack(_opened(self._settings, body, name.encode(), setting=name), setting=name)

    def close_content(self, index: int, blind: bytes, content: bytes) -> tuple[bytes, bytes, bytes]:
        """Return wrapped key, nonce and ciphertext of an entry's blind and content, under a fresh key."""
        drawn = self._bytes(KEY_BYTES + 2 * _NONCE_BYTES)
        key, nonce, wrap_nonce = drawn[:KEY_BYTES], drawn[KEY_BYTES:-_NONCE_BYTES], drawn[-_NONCE_BYTES:]
        bound = _INDEX.pack(index)
        ciphertext = AESGCM(key).encrypt(nonce, _LENGTH.pack(len(blind)) + blind + content, bound)
        return wrap_nonce + self._wrap.encrypt(wrap_nonce, key, bound), nonce, ciphertext

    def open_content(self, index: int, wrapped: bytes, nonce: bytes, ciphertext: bytes) -> tuple[bytes, bytes]:
        """Return blind and content of an entry; STORE-DAMAGED when anything of them was changed."""
        bound = _INDEX.pack(index)
        key = _opened(self._wrap, wrapped, bound, index=index)
        plain = _opened(AESGCM(key), nonce + ciphertext, bound, index=index)
        end = _LENGTH.size + _LENGTH.unpack_from(plain)[0]
        return plain[_LENGTH.size : end], plain[end:]

    def _view(self, view: str) -> tuple[AESGCM, bytes]:
        name = view.encode()
        found = self._views[view] = (self._derived(f"view/{view}"), _LENGTH.pack(len(name)) + name)
        return found

    def _derived(self, purpose: str) -> AESGCM:
        info = domain(self._realm, f"store/{purpose}")
        return AESGCM(HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=self._salt, info=info).derive(self._key))


def _opened(cipher: AESGCM, sealed: bytes, bound: bytes, **where: object) -> bytes:
    try:
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):  # ValueError: too few bytes for a nonce or a tag
        raise LocalError("STORE-DAMAGED", **where, got="bytes that its key does not open") from None

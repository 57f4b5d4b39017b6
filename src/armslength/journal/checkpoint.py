"""Checkpoints of a journal as C2SP tlog-checkpoint, and the signatures and cosignatures under them.

Sources: C2SP signed-note v1.0.0, tlog-checkpoint v1.0.0 and tlog-cosignature v1.1.0-rc.1. A checkpoint says "my journal
has this many entries and this root"; the journal's own key signs it, and the peer cosigns it as a witness. The text
form of notes stands in `armslength.journal.note`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from armslength.core import cose
from armslength.core.errors import LocalError, PeerError, VerificationError
from armslength.journal import tree
from armslength.journal.note import (
    KEY_HASH_BYTES,
    NoteSignature,
    SignedNote,
    assemble_note,
    decode_base64,
    encode_base64,
    is_key_name,
    note_message,
    parse_note,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Checkpoint",
    "NoteKey",
    "NoteSignature",
    "SignatureKind",
    "SignedNote",
    "assemble_note",
    "checkpoint_body",
    "checkpoint_tbs",
    "cosignature",
    "cosignature_message",
    "cosignature_tbs",
    "encode_vkey",
    "log_signature",
    "ml_dsa_cosignature_message",
    "note_key_hash",
    "note_message",
    "parse_checkpoint",
    "parse_note",
    "parse_vkey",
    "verify_checkpoint",
    "verify_cosignature",
]

ORIGIN_BYTES_MAX: Final = 255
"""tlog-cosignature: ``opaque log_origin<1..2^8-1>`` and the same for the cosigner's name."""

EXTENSION_LINES_MAX: Final = 8
"""tlog-checkpoint calls them not recommended; ours has none, and a peer has no use for many."""

SIZE_DIGITS_MAX: Final = 19
"""Decimal digits of `tree.SIZE_MAX`; longer numbers are refused before they are converted."""

TIMESTAMP_MAX: Final = 2**63 - 1
"""tlog-cosignature: a timestamp MUST NOT exceed 2^63 - 1 seconds."""

VKEY_CHARS_MAX: Final = 2_100
"""A name of 255 bytes, a key id, and 1,313 bytes of ML-DSA-44 key in base64."""

_TIMESTAMP_BYTES: Final = 8
_FIRST_LINES: Final = 3
_SIGNATURE_BYTES: Final[dict[int, int]] = {cose.ED25519: 64, cose.ML_DSA_44: 2_420}
_PUBLIC_BYTES: Final[dict[int, int]] = {cose.ED25519: 32, cose.ML_DSA_44: 1_312}
_ML_DSA_LABEL: Final = b"subtree/v1\n\x00"


class SignatureKind(IntEnum):
    """The signature type byte of signed-note and tlog-cosignature; other types are refused as unknown."""

    ED25519 = 0x01
    COSIGNATURE_ED25519 = 0x04
    COSIGNATURE_ML_DSA_44 = 0x06


_ALG_OF: Final = {
    SignatureKind.ED25519: cose.ED25519,
    SignatureKind.COSIGNATURE_ED25519: cose.ED25519,
    SignatureKind.COSIGNATURE_ML_DSA_44: cose.ML_DSA_44,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The state of one journal.

    Args:
        origin: the journal's name.
        size: entries in it.
        root: 32 bytes, the root of its tree.
        extensions: the lines after the third; carried and signed with the rest, never interpreted. Ours has none.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteKey:
    """A verifier key: whose it is, what it signs, and its public bytes."""

    name: str
    kind: SignatureKind
    public: bytes


def checkpoint_body(checkpoint: Checkpoint) -> str:
    """Return the note text of a checkpoint, with its final newline.

    Raises:
        LocalError: CHECKPOINT-VALUE when it could not be read back as the same checkpoint.
    """
    lines = (checkpoint.origin, str(checkpoint.size), encode_base64(checkpoint.root), *checkpoint.extensions)
    body = "".join(f"{line}\n" for line in lines)
    try:
        same = parse_checkpoint(body) == checkpoint
    except PeerError:
        same = False
    if not same:
        raise LocalError("CHECKPOINT-VALUE", origin=checkpoint.origin, size=checkpoint.size)
    return body


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a note text as a checkpoint.

    Raises:
        PeerError: CHECKPOINT-FORMAT.
    """
    lines = text.split("\n")
    if lines.pop() != "" or not _FIRST_LINES <= len(lines) <= _FIRST_LINES + EXTENSION_LINES_MAX or not all(lines):
        raise PeerError("CHECKPOINT-FORMAT", expected="three non-empty lines, and a few extensions at most")
    origin, size, root, *extensions = lines
    if not _is_origin(origin) or not all(_is_plain(line) for line in extensions):
        raise PeerError("CHECKPOINT-FORMAT", expected="a journal's name", got=origin)
    return Checkpoint(origin=origin, size=_parse_size(size), root=_parse_root(root), extensions=tuple(extensions))


def checkpoint_tbs(checkpoint: Checkpoint, key: cose.VerifyKey) -> bytes:
    """Return the bytes that a journal's own key signs.

    Ed25519 signs the note itself; ML-DSA-44 signs a cosignature with time 0 under the journal's own name, as
    tlog-checkpoint recommends. `log_signature` makes the signature line.
    """
    body = checkpoint_body(checkpoint)
    if key.alg == cose.ED25519:
        return note_message(body)
    if checkpoint.extensions:
        raise LocalError("CHECKPOINT-VALUE", got="extension lines, which ML-DSA-44 would leave unsigned")
    _cosignature_kind(key.alg)
    return ml_dsa_cosignature_message(checkpoint.origin, 0, checkpoint)


def log_signature(origin: str, key: cose.VerifyKey, signature: bytes) -> NoteSignature:
    """Return the journal's own signature line from the signature over `checkpoint_tbs`."""
    if key.alg == cose.ED25519:
        _require_signature_length(key, signature)
        key_hash = note_key_hash(origin, SignatureKind.ED25519, key.public)
        return NoteSignature(name=origin, key_hash=key_hash, blob=signature)
    return cosignature(origin, key, 0, signature)


def cosignature_message(timestamp_s: int, body: str) -> bytes:
    """Return what an Ed25519 cosigner signs (cosignature/v1): time and whole note text.

    Args:
        timestamp_s: seconds since 1970 UTC.
        body: the note text, extension lines included.
    """
    _require_own_time(timestamp_s)
    return f"cosignature/v1\ntime {timestamp_s}\n{body}".encode()


def ml_dsa_cosignature_message(cosigner: str, timestamp_s: int, checkpoint: Checkpoint) -> bytes:
    """Return what an ML-DSA-44 cosigner signs (subtree/v1): cosigner, time, origin, 0, size and root."""
    _require_own_time(timestamp_s)
    return b"".join(
        (
            _ML_DSA_LABEL,
            _short_opaque(cosigner),
            timestamp_s.to_bytes(8, "big"),
            _short_opaque(checkpoint.origin),
            (0).to_bytes(8, "big"),
            checkpoint.size.to_bytes(8, "big"),
            checkpoint.root,
        )
    )


def cosignature_tbs(cosigner: str, key: cose.VerifyKey, timestamp_s: int, body: str) -> bytes:
    """Return what a cosigner signs for a checkpoint, by its key's algorithm.

    Args:
        cosigner: the cosigner's key name.
        key: Ed25519 or ML-DSA-44.
        timestamp_s: seconds since 1970 UTC; 0 with ML-DSA-44 says nothing about being the latest.
        body: the note text of the checkpoint.

    Raises:
        PeerError: CHECKPOINT-FORMAT, the text is no checkpoint.
        LocalError: CHECKPOINT-VALUE, the name or time is out of range.
    """
    checkpoint = parse_checkpoint(body)
    if _cosignature_kind(key.alg) is SignatureKind.COSIGNATURE_ED25519:
        return cosignature_message(timestamp_s, body)
    return ml_dsa_cosignature_message(cosigner, timestamp_s, checkpoint)


def cosignature(cosigner: str, key: cose.VerifyKey, timestamp_s: int, signature: bytes) -> NoteSignature:
    """Return a cosignature line from the signature over `cosignature_tbs`."""
    _require_own_time(timestamp_s)
    _require_signature_length(key, signature)
    key_hash = note_key_hash(cosigner, _cosignature_kind(key.alg), key.public)
    blob = timestamp_s.to_bytes(_TIMESTAMP_BYTES, "big") + signature
    return NoteSignature(name=cosigner, key_hash=key_hash, blob=blob)


def verify_checkpoint(note: SignedNote, origin: str, log_key: cose.VerifyKey) -> Checkpoint:
    """Check that a note is a checkpoint of this journal signed by its key, and return it.

    Args:
        note: a parsed note; signatures of other keys are ignored, as signed-note demands.
        origin: the journal that is expected.
        log_key: its key, Ed25519 or ML-DSA-44.

    Raises:
        PeerError: CHECKPOINT-FORMAT.
        VerificationError: CHECKPOINT-ORIGIN, NOTE-UNSIGNED, NOTE-SIGNATURE, or the code of a bad signature.
    """
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != origin:
        raise VerificationError("CHECKPOINT-ORIGIN", expected=origin, got=checkpoint.origin)
    if log_key.alg != cose.ED25519:
        # tlog-cosignature leaves extension lines out of subtree/v1, so these would be anybody's words.
        if checkpoint.extensions:
            raise VerificationError("NOTE-SIGNATURE", got="extension lines that the key did not sign")
        verify_cosignature(note, origin, log_key)
        return checkpoint
    key_hash = note_key_hash(origin, SignatureKind.ED25519, log_key.public)
    for blob in _blobs_of(note, origin, key_hash):
        cose.raw_verify(log_key, blob, note_message(note.text))
    return checkpoint


def verify_cosignature(note: SignedNote, name: str, key: cose.VerifyKey) -> int:
    """Check a cosigner's signature under a checkpoint and return its time.

    Args:
        note: a parsed note.
        name: the cosigner's key name.
        key: the cosigner's key, Ed25519 (cosignature/v1) or ML-DSA-44 (subtree/v1).

    Returns:
        The latest time that the cosigner signed for, seconds since 1970 UTC; 0 when it makes no statement about
        having seen no larger tree. The caller, who has a clock, judges whether it is plausible.

    Raises:
        PeerError: CHECKPOINT-FORMAT.
        VerificationError: NOTE-UNSIGNED, NOTE-SIGNATURE, or the code of a bad signature.
    """
    key_hash = note_key_hash(name, _cosignature_kind(key.alg), key.public)
    times = []
    for blob in _blobs_of(note, name, key_hash):
        timestamp_s, signature = _split_timestamped(blob, key.alg)
        cose.raw_verify(key, signature, cosignature_tbs(name, key, timestamp_s, note.text))
        times.append(timestamp_s)
    return max(times)


def note_key_hash(name: str, kind: SignatureKind, public: bytes) -> bytes:
    """Return the 4-byte key id of signed-note: SHA-256(name || newline || type || public key)[:4]."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:KEY_HASH_BYTES]


def encode_vkey(key: NoteKey) -> str:
    """Return a verifier key as text: name, key id in hexadecimal, type and key in base64, joined by plus signs."""
    material = encode_base64(bytes([key.kind]) + key.public)
    return f"{key.name}+{note_key_hash(key.name, key.kind, key.public).hex()}+{material}"


def parse_vkey(text: str) -> NoteKey:
    """Read a verifier key; the key id must be the one of its name, type and key.

    Raises:
        PeerError: VKEY-FORMAT.
    """
    if len(text) > VKEY_CHARS_MAX:
        raise PeerError("VKEY-FORMAT", expected=f"at most {VKEY_CHARS_MAX} characters", got=len(text))
    # A name has no plus sign and base64 may have some, so the first two divide (signed-note, verifier keys).
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    material = decode_base64(encoded)
    if not is_key_name(name) or not material or material[0] not in tuple(SignatureKind):
        raise PeerError("VKEY-FORMAT", got=text)
    key = NoteKey(name=name, kind=SignatureKind(material[0]), public=material[1:])
    if len(key.public) != _PUBLIC_BYTES[_ALG_OF[key.kind]] or encode_vkey(key) != text:
        raise PeerError("VKEY-FORMAT", expected=note_key_hash(name, key.kind, key.public), got=key_id)
    return key


def _blobs_of(note: SignedNote, name: str, key_hash: bytes) -> Iterator[bytes]:
    """Give the signatures of one key; each of them must verify (signed-note: a known key that fails spoils all)."""
    found = [s.blob for s in note.signatures if s.name == name and s.key_hash == key_hash]
    if not found:
        raise VerificationError("NOTE-UNSIGNED", expected=name, key_id=key_hash)
    return iter(found)


def _split_timestamped(blob: bytes, alg: int) -> tuple[int, bytes]:
    if len(blob) != _TIMESTAMP_BYTES + _SIGNATURE_BYTES[alg]:
        raise VerificationError("NOTE-SIGNATURE", expected=_TIMESTAMP_BYTES + _SIGNATURE_BYTES[alg], got=len(blob))
    timestamp_s = int.from_bytes(blob[:_TIMESTAMP_BYTES], "big")
    if timestamp_s > TIMESTAMP_MAX:
        raise VerificationError("NOTE-SIGNATURE", got_time=timestamp_s)
    return timestamp_s, blob[_TIMESTAMP_BYTES:]


def _cosignature_kind(alg: int) -> SignatureKind:
    if alg == cose.ED25519:
        return SignatureKind.COSIGNATURE_ED25519
    if alg == cose.ML_DSA_44:
        return SignatureKind.COSIGNATURE_ML_DSA_44
    raise LocalError("CHECKPOINT-VALUE", expected="an Ed25519 or ML-DSA-44 key", got=alg)


def _require_own_time(timestamp_s: int) -> None:
    if not 0 <= timestamp_s <= TIMESTAMP_MAX:
        raise LocalError("CHECKPOINT-VALUE", time=timestamp_s)


def _require_signature_length(key: cose.VerifyKey, signature: bytes) -> None:
    if len(signature) != _SIGNATURE_BYTES.get(key.alg):
        raise LocalError("CHECKPOINT-VALUE", algorithm=key.alg, signature_bytes=len(signature))


def _short_opaque(text: str) -> bytes:
    raw = text.encode()
    if not 1 <= len(raw) <= ORIGIN_BYTES_MAX:
        raise LocalError("CHECKPOINT-VALUE", name=text)
    return bytes([len(raw)]) + raw


def _is_origin(text: str) -> bool:
    return _is_plain(text) and len(text.encode()) <= ORIGIN_BYTES_MAX


def _is_plain(text: str) -> bool:
    """Whether a line is non-empty, without control characters, and can be encoded at all."""
    return text != "" and all(c >= " " and not "\ud800" <= c <= "\udfff" for c in text)


def _parse_size(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > SIZE_DIGITS_MAX or (text[0] == "0" and text != "0"):
        raise PeerError("CHECKPOINT-FORMAT", expected="a size in decimal", got=text)
    size = int(text)
    if size > tree.SIZE_MAX:
        raise PeerError("CHECKPOINT-FORMAT", at_most=tree.SIZE_MAX, got=size)
    return size


def _parse_root(text: str) -> bytes:
    root = decode_base64(text)
    if root is None or len(root) != tree.HASH_BYTES:
        raise PeerError("CHECKPOINT-FORMAT", expected="32 bytes in strict base64", got=text)
    return root

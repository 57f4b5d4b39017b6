"""Signed notes: a text and signature lines under it, readable by people and strict to the byte.

Source: C2SP signed-note v1.0.0. Nothing here verifies; a note's text means nothing until a signature under it does.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError, PeerError

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTE_SIGNATURES_MAX: Final = 16
"""signed-note: verifiers MUST accept at least 16; a line of two parties and some witnesses needs fewer."""

NOTE_BYTES_MAX: Final = 128 * 1024
"""Sixteen of the largest signatures (nearly 5 kB, says signed-note) in base64, with names and text."""

KEY_NAME_BYTES_MAX: Final = 255
"""tlog-cosignature: ``opaque cosigner_name<1..2^8-1>``."""

KEY_HASH_BYTES: Final = 4
"""signed-note: the key id is 32 bits, a hint that finds the key and never proves it."""

_DASH: Final = "\u2014 "
_CONTROLS: Final = bytes(byte for byte in range(ord(" ")) if byte != ord("\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSignature:
    """One signature line.

    Args:
        name: the key's name.
        key_hash: the 4-byte key id.
        blob: the signature; with its time before it in cosignatures.
    """

    name: str
    key_hash: bytes
    blob: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedNote:
    """A note: its text with the final newline, and its signature lines in their order."""

    text: str
    signatures: tuple[NoteSignature, ...]


def note_message(body: str) -> bytes:
    """Return the bytes that an Ed25519 note signature (type 0x01) is over: the text with its final newline."""
    return body.encode()


def assemble_note(body: str, signatures: Sequence[NoteSignature]) -> str:
    """Return a note as text.

    Raises:
        LocalError: CHECKPOINT-VALUE when it could not be read back as the same note.
    """
    lines = "".join(f"{_DASH}{s.name} {encode_base64(s.key_hash + s.blob)}\n" for s in signatures)
    text = f"{body}\n{lines}"
    try:
        same = parse_note(text) == SignedNote(text=body, signatures=tuple(signatures))
    except PeerError:
        same = False
    if not same:
        raise LocalError("CHECKPOINT-VALUE", signatures=len(signatures))
    return text


def parse_note(raw: str | bytes) -> SignedNote:
    """Read a note that came from outside.

    Raises:
        PeerError: NOTE-SIZE or NOTE-FORMAT.
    """
    note = _checked_text(raw)
    # The text may have empty lines of its own; the last one divides (signed-note, format).
    text, divider, tail = note.rpartition("\n\n")
    if not divider or not tail.endswith("\n"):
        raise PeerError("NOTE-FORMAT", expected="a text, an empty line, signature lines, each ended by a newline")
    lines = tail[:-1].split("\n")
    if len(lines) > NOTE_SIGNATURES_MAX:
        raise PeerError("NOTE-SIZE", signatures_at_most=NOTE_SIGNATURES_MAX, got=len(lines))
    return SignedNote(text=f"{text}\n", signatures=tuple(_parse_line(line) for line in lines))


def is_key_name(name: str) -> bool:
    """Whether a text may name a key: non-empty, bounded, no Unicode space, no control character, no plus sign."""
    if any(c < " " or c == "+" or c.isspace() or "\ud800" <= c <= "\udfff" for c in name):
        return False
    return 1 <= len(name.encode()) <= KEY_NAME_BYTES_MAX


def encode_base64(raw: bytes) -> str:
    """Return standard base64 (RFC 4648 section 4)."""
    return base64.b64encode(raw).decode("ascii")


def decode_base64(text: str) -> bytes | None:
    """Return the bytes of strict standard base64, None for anything that would not be written so.

    Python accepts loose padding bits and text after the padding; writing the bytes again and comparing does not.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return None
    return raw if encode_base64(raw) == text else None


def _checked_text(raw: str | bytes) -> str:
    if len(raw) > NOTE_BYTES_MAX:
        raise PeerError("NOTE-SIZE", bytes_at_most=NOTE_BYTES_MAX, got=len(raw))
    try:
        note = raw.decode() if isinstance(raw, bytes) else raw
        encoded = note.encode()
    except UnicodeError:
        raise PeerError("NOTE-FORMAT", expected="UTF-8") from None
    if len(encoded) > NOTE_BYTES_MAX:
        raise PeerError("NOTE-SIZE", bytes_at_most=NOTE_BYTES_MAX, got=len(encoded))
    if encoded.translate(None, _CONTROLS) != encoded:
        raise PeerError("NOTE-FORMAT", expected="no control characters but newlines")
    return note


def _parse_line(line: str) -> NoteSignature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    raw = decode_base64(encoded)
    if not line.startswith(_DASH) or not is_key_name(name) or raw is None or len(raw) <= KEY_HASH_BYTES:
        raise PeerError("NOTE-FORMAT", expected="a dash, a key name and strict base64", got=line)
    return NoteSignature(name=name, key_hash=raw[:KEY_HASH_BYTES], blob=raw[KEY_HASH_BYTES:])

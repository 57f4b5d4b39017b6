"""What a row is in every store: the bytes of its value, and the range of keys that a scan covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.core.cbor import PAIRS_MAX, SIZE_MAX, decode, encode
from armslength.core.errors import LocalError, PeerError

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue, Encodable

_SURELY_READABLE = 2 * PAIRS_MAX
"""Bytes below which a value cannot exceed what decoding allows: a pair of a map takes two bytes at least."""

_CONTAINERS = frozenset({dict, tuple})


def pack(value: Encodable) -> bytes:
    """Return the bytes of a value.

    Raises:
        LocalError: CBOR-UNENCODABLE, or STORE-VALUE when the value could be written but not be read back.
    """
    body = encode(value)
    if len(body) > _SURELY_READABLE:
        _require_readable(body)
    return body


def unpack(body: bytes, **where: object) -> CborValue:
    """Return the value of stored bytes; ``where`` names the row.

    Raises:
        LocalError: STORE-DAMAGED, the bytes are none that `pack` made.
    """
    try:
        return decode(body)
    except PeerError as error:
        raise LocalError("STORE-DAMAGED", **where, got=error.code) from error


def fresh(value: CborValue | None) -> CborValue | None:
    """Return a value that the asker may change without changing the one remembered: its maps are new."""
    if type(value) is dict:
        return {key: fresh(item) if type(item) in _CONTAINERS else item for key, item in value.items()}
    if type(value) is tuple and any(type(item) in _CONTAINERS for item in value):
        return tuple([fresh(item) for item in value])
    return value


def key_range(prefix: bytes, after: bytes | None, *, reverse: bool) -> tuple[bytes, bytes | None]:
    """Return the half-open range of keys of a scan: from (inclusive), to (exclusive; None: no end).

    Args:
        prefix: every key starts with it.
        after: where the page before ended; exclusive, in the direction of the scan.
        reverse: keys descend.
    """
    low, high = prefix, _end_of(prefix)
    if after is not None and reverse:
        high = after if high is None else min(high, after)
    elif after is not None:
        low = max(low, after + b"\x00")
    return low, high


def _end_of(prefix: bytes) -> bytes | None:
    """Return the first key after all that start with the prefix; None when only 0xff bytes make it up."""
    stem = prefix.rstrip(b"\xff")
    return stem[:-1] + bytes([stem[-1] + 1]) if stem else None


def _require_readable(body: bytes) -> None:
    try:
        decode(body)
    except PeerError as error:
        raise LocalError("STORE-VALUE", expected=f"at most {SIZE_MAX} bytes", got=len(body), why=error.code) from error

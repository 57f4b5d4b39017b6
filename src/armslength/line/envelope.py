"""Transports: what a bearer carries, before sealing and after opening.

Specified in docs/spec/envelope.md. Sealing and opening are the Keys port's; this module gives and checks the
plaintext and the clear header of the content layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core import cbor
from armslength.core.errors import PeerError
from armslength.core.limits import ITEM_BYTES_MAX, ITEMS_PER_TRANSPORT_MAX, TRANSPORT_BYTES_MAX
from armslength.core.record import (
    LABEL_LINE,
    LABEL_PROFILE,
    LABEL_REALM,
    PROFILE_VERSION,
    Item,
    encode_item,
    item_from_value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.core.realm import Realm

TRANSPORTS_MAX: Final = 16
"""Transports in one request or answer: one a kind of sealing and precedence, and room; each costs a decapsulation."""


def transport_header(realm: Realm, line: bytes, sender_key_id: bytes) -> dict[int, CborValue]:
    """Return the content layer's private protected header fields."""
    return {4: sender_key_id, LABEL_PROFILE: PROFILE_VERSION, LABEL_REALM: realm.value, LABEL_LINE: line}


def check_transport_header(
    header: Mapping[int, CborValue], *, realm: Realm, line: bytes, sender_key_ids: frozenset[bytes]
) -> None:
    """Check the clear header of an opened transport against the line's local pin.

    Raises:
        PeerError: RECORD-PROFILE, TRANSPORT-REALM, TRANSPORT-LINE, TRANSPORT-KEY.
    """
    if header.get(LABEL_PROFILE) != PROFILE_VERSION:
        raise PeerError("RECORD-PROFILE", expected=PROFILE_VERSION, got=header.get(LABEL_PROFILE))
    if header.get(LABEL_REALM) != realm.value:
        raise PeerError("TRANSPORT-REALM", expected=realm.value, got=header.get(LABEL_REALM))
    if header.get(LABEL_LINE) != line:
        raise PeerError("TRANSPORT-LINE", expected=line, got=header.get(LABEL_LINE))
    sender = header.get(4)
    if not isinstance(sender, bytes) or sender not in sender_key_ids:
        raise PeerError("TRANSPORT-KEY")


def encode_items(items: Sequence[Item]) -> bytes:
    """Return the plaintext of a transport."""
    return join_items([item.encode() for item in items])


def join_items(encoded: Sequence[bytes]) -> bytes:
    """Return the plaintext of a transport from the bytes of its items, as the journal holds them.

    The encoding of an array is its head and the encodings of its elements (RFC 8949, 3.1).
    """
    return cbor.array_head(len(encoded)) + b"".join(encoded)


def parse_items(plaintext: bytes) -> tuple[CborValue, ...]:
    """Return the items' values of an opened transport; each is checked apart, so that one bad item stops no other.

    Raises:
        PeerError: TRANSPORT-SIZE, TRANSPORT-MALFORMED or a CBOR code.
    """
    if len(plaintext) > TRANSPORT_BYTES_MAX:
        raise PeerError("TRANSPORT-SIZE", limit=TRANSPORT_BYTES_MAX, got=len(plaintext))
    value = cbor.decode(plaintext)
    if not isinstance(value, tuple) or not 1 <= len(value) <= ITEMS_PER_TRANSPORT_MAX:
        raise PeerError("TRANSPORT-MALFORMED", expected=f"1 to {ITEMS_PER_TRANSPORT_MAX} items")
    return value


def check_item(value: CborValue) -> Item:
    """Return one item of a transport.

    Raises:
        PeerError: ITEM-SIZE, ITEM-MALFORMED.
    """
    item = item_from_value(value)
    size = len(encode_item(item))
    if size > ITEM_BYTES_MAX:
        raise PeerError("ITEM-SIZE", limit=ITEM_BYTES_MAX, got=size)
    return item


def split_transports(body: bytes) -> tuple[bytes, ...]:
    """Split a bearer's CBOR sequence into transports, as bytes.

    Raises:
        PeerError: TRANSPORT-SIZE, TRANSPORT-MALFORMED or a CBOR code.
    """
    if len(body) > TRANSPORT_BYTES_MAX:
        raise PeerError("TRANSPORT-SIZE", limit=TRANSPORT_BYTES_MAX, got=len(body))
    if not body:
        return ()
    found = cbor.decode_sequence(body)
    if len(found) > TRANSPORTS_MAX:
        raise PeerError("TRANSPORT-MALFORMED", expected=f"at most {TRANSPORTS_MAX} transports")
    # The subset has one encoding for each value, so encoding again gives the bytes received.
    return tuple(cbor.encode(one) for one in found)

"""The one shape of every record: a COSE_Sign1 over three hashes, and the item that carries its fields beside it.

Specified in docs/spec/record.md. Two field maps stand apart: the *body* is what persons decide and sign, the *link*
is what the node adds at release, so that an officer's signature never depends on a number that is only given later.

This module signs nothing and draws nothing: seeds and signatures are arguments.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Final

from armslength.core import cbor, cose
from armslength.core.cbor import CborValue, Encodable
from armslength.core.errors import ArmslengthError, PeerError
from armslength.core.limits import ATTESTATIONS_MAX, ENTRY_BYTES_MAX, FIELDS_MAX, ITEM_BYTES_MAX
from armslength.core.realm import Realm, domain

PROFILE_VERSION: Final = 1
"""The profile version that this code writes (docs/spec/versions.md)."""

LABEL_PROFILE: Final = -70001
LABEL_REALM: Final = -70002
LABEL_LINE: Final = -70003
LABEL_TYPE: Final = -70004
RECORD_LABELS: Final = frozenset({LABEL_PROFILE, LABEL_REALM, LABEL_LINE, LABEL_TYPE})
"""Critical labels in the protected header of a record."""

SEED_BYTES: Final = 32
NO_LINE: Final = b""
"""Line id of a record that belongs to no line."""

Fields = Mapping[int, CborValue]

_SALT_INFO = b"armslength/1/salt"
_BLOCK_BYTES = 64
_INNER_PAD = bytes(each ^ 0x36 for each in range(256))
_OUTER_PAD = bytes(each ^ 0x5C for each in range(256))
_HEADER_KEYS = frozenset({1, 2, 4, *RECORD_LABELS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands in clear under a record's signature."""

    profile: int
    realm: Realm
    line: bytes
    type: str
    key_id: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A record with everything needed to check it: what travels, what is stored."""

    envelope: bytes
    body_seed: bytes
    body: Fields
    link_seed: bytes
    link: Fields
    acts: tuple[CborValue, ...]
    _encoded: list[bytes] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def envelope_hash(self) -> bytes:
        """SHA-256 of the envelope: the name of this record for ever."""
        return sha256(self.envelope).digest()

    def encode(self) -> bytes:
        """Return the item's bytes; made once, since its size, the journal and the transport all ask for them."""
        if not self._encoded:
            self._encoded.append(cbor.encode(item_value(self)))
        return self._encoded[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """An item whose signature and hashes hold: header, hashes, and the item."""

    header: Header
    item: Item
    envelope_hash: bytes
    body_hash: bytes


def field_salt(seed: bytes, number: int) -> bytes:
    """Return the 16-byte salt of a field: HKDF-Expand(SHA-256) of one block (RFC 5869, 2.3)."""
    return hmac.digest(seed, _SALT_INFO + number.to_bytes(4, "big") + b"\x01", "sha256")[:16]


def field_digest(salt: bytes, number: int, value: CborValue) -> bytes:
    """Return the digest that commits to one field."""
    return sha256(cbor.encode((salt, number, value))).digest()


def digest_list(seed: bytes, fields: Fields) -> tuple[bytes, ...]:
    """Return the digests of a map in ascending order of field number."""
    # `field_digest` of `field_salt`, unrolled: HMAC's two keyed states are made once for the seed, which is shorter
    # than a block, and copied for each field (RFC 2104, 4); an array of three starts with sixteen bytes of salt.
    inner = sha256(seed.translate(_INNER_PAD).ljust(_BLOCK_BYTES, b"\x36"))
    outer = sha256(seed.translate(_OUTER_PAD).ljust(_BLOCK_BYTES, b"\x5c"))
    digests = []
    for number in sorted(fields):
        within, around = inner.copy(), outer.copy()
        within.update(_SALT_INFO + number.to_bytes(4, "big") + b"\x01")
        around.update(within.digest())
        start = b"\x83\x50" + around.digest()[:16]
        value = cbor.encode(fields[number], depth_max=cbor.DEPTH_MAX - 1)
        digests.append(sha256(start + cbor.encode(number) + value).digest())
    return tuple(digests)


def _hash(domain_string: bytes, data: bytes) -> bytes:
    return sha256(domain_string + b"\x00" + data).digest()


def body_hash(realm: Realm, record_type: str, line: bytes, seed: bytes, fields: Fields) -> bytes:
    """Return the hash that persons attest."""
    return list_hash(realm, "body", record_type, line, digest_list(seed, fields))


def link_hash(realm: Realm, record_type: str, line: bytes, seed: bytes, fields: Fields) -> bytes:
    """Return the hash of what the node added."""
    return list_hash(realm, "link", record_type, line, digest_list(seed, fields))


def list_hash(realm: Realm, part: str, record_type: str, line: bytes, digests: tuple[bytes, ...]) -> bytes:
    """Return the hash of one list of digests; ``part`` is ``body`` or ``link``."""
    return _hash(domain(realm, part), cbor.encode((record_type, line, digests)))


def acts_hash(realm: Realm, acts: tuple[CborValue, ...]) -> bytes:
    """Return the hash of the attestations beside a record."""
    return _hash(domain(realm, "acts"), cbor.encode(acts))


@lru_cache(maxsize=256)
def protected_header(realm: Realm, record_type: str, line: bytes, key_id: bytes) -> bytes:
    """Return the encoded protected header; few differ, so they are kept."""
    return cbor.encode(
        {
            1: cose.ED25519,
            2: tuple(sorted(RECORD_LABELS, reverse=True)),
            4: key_id,
            LABEL_PROFILE: PROFILE_VERSION,
            LABEL_REALM: realm.value,
            LABEL_LINE: line,
            LABEL_TYPE: record_type,
        }
    )


def build_item(
    realm: Realm,
    record_type: str,
    line: bytes,
    *,
    key_id: bytes,
    body_seed: bytes,
    body: Fields,
    link_seed: bytes,
    link: Fields,
    acts: tuple[CborValue, ...],
    sign: Callable[[bytes], bytes],
    of_body: bytes | None = None,
) -> Verified:
    """Assemble a record of our own around a signature function.

    Args:
        sign: gives the Ed25519 signature by the key named ``key_id`` over its argument.
        of_body: the body's hash when the caller just computed it over these very fields.
    """
    if of_body is None:
        of_body = body_hash(realm, record_type, line, body_seed, body)
    payload = cbor.encode((of_body, link_hash(realm, record_type, line, link_seed, link), acts_hash(realm, acts)))
    protected = protected_header(realm, record_type, line, key_id)
    envelope = cose.encode_sign1(protected, payload, sign(cose.sign1_tbs(protected, domain(realm, "record"), payload)))
    item = Item(envelope=envelope, body_seed=body_seed, body=body, link_seed=link_seed, link=link, acts=acts)
    header = Header(profile=PROFILE_VERSION, realm=realm, line=line, type=record_type, key_id=key_id)
    return Verified(header=header, item=item, envelope_hash=item.envelope_hash, body_hash=of_body)


def item_value(item: Item) -> tuple[Encodable, ...]:
    """Return the item as an encodable array."""
    return (item.envelope, item.body_seed, item.body, item.link_seed, item.link, item.acts)


def encode_item(item: Item) -> bytes:
    """Return the item's bytes."""
    return item.encode()


def parse_item(data: bytes) -> Item:
    """Parse the bytes of an item as a journal holds it; nothing is verified yet.

    What arrives is bound more tightly, by `armslength.line.envelope.check_item`.

    Raises:
        PeerError: ITEM-SIZE, ITEM-MALFORMED or a CBOR code.
    """
    if len(data) > ENTRY_BYTES_MAX:
        raise PeerError("ITEM-SIZE", limit=ENTRY_BYTES_MAX, got=len(data))
    return item_from_value(cbor.decode(data))


def item_from_value(value: CborValue) -> Item:
    """Check the shape of a decoded item.

    Raises:
        PeerError: ITEM-MALFORMED.
    """
    if not isinstance(value, tuple) or len(value) != 6:
        raise PeerError("ITEM-MALFORMED", expected="an array of six")
    envelope, body_seed, body, link_seed, link, acts = value
    if not isinstance(envelope, bytes) or len(envelope) > ITEM_BYTES_MAX:
        raise PeerError("ITEM-MALFORMED", part="envelope")
    if not isinstance(acts, tuple) or len(acts) > ATTESTATIONS_MAX:
        raise PeerError("ITEM-MALFORMED", part="acts")
    return Item(
        envelope=envelope,
        body_seed=_seed(body_seed),
        body=_fields(body),
        link_seed=_seed(link_seed),
        link=_fields(link),
        acts=acts,
    )


def _seed(value: CborValue) -> bytes:
    if not isinstance(value, bytes) or len(value) != SEED_BYTES:
        raise PeerError("ITEM-MALFORMED", part="seed")
    return value


def _fields(value: CborValue) -> Fields:
    if not isinstance(value, dict) or len(value) > FIELDS_MAX:
        raise PeerError("ITEM-MALFORMED", part="fields")
    for number in value:
        if type(number) is not int or not 0 <= number <= 65_535:
            raise PeerError("ITEM-MALFORMED", part="field number", got=number)
    return value  # type: ignore[return-value]  # every key was just seen to be an int


def parse_header(message: cose.Sign1) -> Header:
    """Check a parsed Sign1's protected header against the profile.

    Raises:
        PeerError: RECORD-MALFORMED, RECORD-PROFILE, RECORD-REALM.
    """
    protected = message.protected
    if set(protected) != _HEADER_KEYS:
        raise PeerError("RECORD-MALFORMED", part="protected header")
    profile, line, record_type, key_id = (protected.get(k) for k in (LABEL_PROFILE, LABEL_LINE, LABEL_TYPE, 4))
    if profile != PROFILE_VERSION:
        raise PeerError("RECORD-PROFILE", expected=PROFILE_VERSION, got=profile)
    if not isinstance(line, bytes) or len(line) not in {0, 16} or not isinstance(record_type, str):
        raise PeerError("RECORD-MALFORMED", part="line or type")
    if not isinstance(key_id, bytes) or len(key_id) != 16:
        raise PeerError("RECORD-MALFORMED", part="key id")
    try:
        realm = Realm(str(protected.get(LABEL_REALM)))
    except ValueError as error:
        raise PeerError("RECORD-REALM", got=protected.get(LABEL_REALM)) from error
    return Header(profile=PROFILE_VERSION, realm=realm, line=line, type=record_type, key_id=key_id)


def verify_item(
    item: Item, *, realm: Realm, line: bytes, key_of: Callable[[bytes], cose.VerifyKey], types: frozenset[str]
) -> Verified:
    """Verify an item: header, realm, line, type, key, signature and the three hashes, in that order.

    Args:
        item: as parsed.
        realm: the realm of the reader; another is refused before any signature is checked.
        line: the line id that must stand in the header.
        key_of: gives the verification key for a key id, or raises a typed error; it answers from the *local* pin.
        types: record types acceptable here.

    Raises:
        PeerError: RECORD-... codes, each naming what did not hold.
    """
    message = cose.parse_sign1(item.envelope, size_max=ITEM_BYTES_MAX, understood=RECORD_LABELS)
    header = parse_header(message)
    if header.realm is not realm:
        raise PeerError("RECORD-REALM", expected=realm.value, got=header.realm.value)
    if header.line != line:
        raise PeerError("RECORD-LINE", expected=line, got=header.line)
    if header.type not in types:
        raise PeerError("RECORD-TYPE", got=header.type)
    try:
        cose.verify_sign1(message, key_of(header.key_id), domain(realm, "record"))
    except ArmslengthError as error:
        if error.code.startswith("RECORD-"):
            raise
        raise PeerError("RECORD-SIGNATURE", because=error.code) from error
    of_body = body_hash(realm, header.type, line, item.body_seed, item.body)
    expected = cbor.encode(
        (of_body, link_hash(realm, header.type, line, item.link_seed, item.link), acts_hash(realm, item.acts))
    )
    if not hmac.compare_digest(expected, message.payload or b""):
        raise PeerError("RECORD-HASH")
    return Verified(header=header, item=item, envelope_hash=item.envelope_hash, body_hash=of_body)

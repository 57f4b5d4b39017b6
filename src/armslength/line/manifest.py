"""Manifests: who a party is, as its offline root signed it.

Specified in docs/spec/manifest.md. A chain of manifests, each naming the one before, all signed by one root. A party's
fingerprint is that of its root, so node keys, officers and bearers change without a new introduction.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeGuard

from armslength.core import cbor, cose
from armslength.core.attestation import Kind, Officer, OfficerKey, Roster
from armslength.core.cose_encrypt import HPKE_9_KE
from armslength.core.errors import ArmslengthError, PeerError
from armslength.core.fieldmap import FieldReader
from armslength.core.ids import party_code
from armslength.core.keys import EDDSA, ES256, ESP256, PUBLIC_BYTES, TLS_PIN, PublicKey
from armslength.core.limits import CERTIFICATE_BYTES_MAX
from armslength.core.realm import Realm, domain
from armslength.core.record import LABEL_PROFILE, LABEL_REALM, LABEL_TYPE, PROFILE_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant

MANIFEST_BYTES_MAX: Final = 48 * 1024
"""Two hundred officers with two keys each need some 40 KiB; a notice of it must still fit one item."""

CHAIN_LENGTH_MAX: Final = 1_000
"""A manifest a day for almost three years; older chains are introduced again."""

VALIDITY_US_MAX: Final = 400 * 86_400 * 1_000_000
"""A manifest lives a year and some weeks at the longest, so that a lost root key ends by itself."""

FINGERPRINT_BYTES: Final = 11
"""88 bits, eleven words: beyond a search for a second root that sounds alike."""

OFFICERS_MAX: Final = 500
"""Everybody who acts for a party on any watch; a larger staff acts through several parties."""

OFFICER_KEYS_MAX: Final = 8
"""A key at each desk and its successor while keys are rotated."""

OFFICER_ID_CHARS_MAX: Final = 64
"""An officer's id stands beside every act on every screen."""

OFFICER_NAME_CHARS_MAX: Final = 200
"""The longest name with rank and post."""

ADDRESS_CHARS_MAX: Final = 300
"""A host name has at most 253 characters; scheme and port are added."""

NODE_KEYS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "sign": cose.ED25519,
        "seal": HPKE_9_KE,
        "log": cose.ED25519,
        "witness": cose.ED25519,
        "witness-pq": cose.ML_DSA_44,
        "tls": TLS_PIN,
    }
)
"""Purpose of a node key -> its algorithm."""

NODE_PURPOSES: Final = tuple(NODE_KEYS)
BEARERS: Final = frozenset({"https", "smtp", "folder", "qr", "voice"})
"""Kinds of bearer that a manifest may name."""

_OFFICER_ALGORITHMS: Final[Mapping[int, frozenset[int]]] = MappingProxyType(
    {
        Kind.RAW_KEY: frozenset({cose.ED25519}),
        Kind.WEBAUTHN: frozenset({cose.ED25519, EDDSA, ES256, ESP256}),
    }
)
ROLES: Final = frozenset(
    {
        "watch-officer",
        "linguist",
        "legal-adviser",
        "releasing-officer",
        "principal",
        "spokesperson",
        "auditor",
        "key-custodian",
        "administrator",
    }
)
"""Roles of an officer (domain.md 8b); least privilege is the desk's table over these."""

_LABELS = frozenset({LABEL_PROFILE, LABEL_REALM, LABEL_TYPE})
_HEADER_KEYS = frozenset({1, 2, 4, *_LABELS})
_CODE = "MANIFEST-MALFORMED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """One way to reach a party's node: kind, address, and the certificate to trust there (DER, empty when none)."""

    kind: str
    address: str
    certificate: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A verified manifest. Times are instants (microseconds UTC)."""

    realm: Realm
    party: str
    sequence: int
    previous: bytes | None
    root: PublicKey
    issued_at: Instant
    valid_until: Instant
    node_keys: dict[str, PublicKey]
    officers: dict[str, Officer]
    bearers: tuple[Bearer, ...]
    time_zone: str
    languages: tuple[str, ...]
    software: tuple[str, str]
    relying_parties: tuple[tuple[bytes, str], ...] = ()

    @property
    def root_key_id(self) -> bytes:
        """Key id of the party root."""
        return self.root.kid

    def node_key_id(self, purpose: str) -> bytes:
        """Return the key id of one node key."""
        return self.node_keys[purpose].kid

    @property
    def tls_pin(self) -> bytes:
        """SHA-256 of the SubjectPublicKeyInfo of the node's TLS certificate."""
        return self.node_keys["tls"].public

    def roster(self) -> Roster:
        """Return who may act for this party."""
        ids = frozenset(key.kid for key in self.node_keys.values())
        return Roster(party=self.party, officers=self.officers, node_key_ids=ids, relying_parties=self.relying_parties)


def manifest_value(manifest: Manifest) -> dict[int, CborValue]:
    """Return the payload map of a manifest."""
    return {
        1: manifest.party,
        2: manifest.sequence,
        3: manifest.previous,
        4: (manifest.root.alg, manifest.root.public),
        5: manifest.issued_at,
        6: manifest.valid_until,
        7: tuple((purpose, key.alg, key.public) for purpose, key in sorted(manifest.node_keys.items())),
        8: tuple(
            (o.officer, o.name, tuple(sorted(o.roles)), tuple((int(k.kind), k.key.alg, k.key.public) for k in o.keys))
            for _, o in sorted(manifest.officers.items())
        ),
        9: tuple((b.kind, b.address, b.certificate) for b in manifest.bearers),
        10: manifest.time_zone,
        11: manifest.languages,
        12: manifest.software,
        13: manifest.relying_parties,
        14: None,
    }


def sign_manifest(manifest: Manifest, sign: Callable[[bytes], bytes]) -> bytes:
    """Return the COSE_Sign1 of a manifest around the root's signature function."""
    payload = cbor.encode(manifest_value(manifest))
    protected = cbor.encode(
        {
            1: cose.ED25519,
            2: tuple(sorted(_LABELS, reverse=True)),
            4: manifest.root_key_id,
            LABEL_PROFILE: PROFILE_VERSION,
            LABEL_REALM: manifest.realm.value,
            LABEL_TYPE: "manifest",
        }
    )
    return cose.encode_sign1(
        protected, payload, sign(cose.sign1_tbs(protected, domain(manifest.realm, "manifest"), payload))
    )


def manifest_hash(data: bytes) -> bytes:
    """Return the hash by which the next manifest names this one."""
    return sha256(data).digest()


def parse_payload(payload: bytes, realm: Realm) -> Manifest:
    """Parse a manifest's payload whose signature was verified when it was accepted.

    Raises:
        PeerError: MANIFEST-MALFORMED, MANIFEST-KEY-REUSED.
    """
    return _parse(cbor.decode(payload), realm)


def fingerprint(realm: Realm, party: str, root: PublicKey) -> bytes:
    """Return the 11 bytes that are read aloud at the introduction."""
    material = cbor.encode((party, (root.alg, root.public)))
    return sha256(domain(realm, "fingerprint") + b"\x00" + material).digest()[:FINGERPRINT_BYTES]


def manifest_fingerprint(manifest: Manifest) -> bytes:
    """Return the fingerprint of the manifest's party."""
    return fingerprint(manifest.realm, manifest.party, manifest.root)


def verify_manifest(data: bytes, *, realm: Realm, previous: tuple[Manifest, bytes] | None) -> Manifest:
    """Verify one manifest, as the first of a chain or as the next after ``previous`` (manifest and its bytes).

    Raises:
        PeerError: MANIFEST-... codes.
    """
    message = cose.parse_sign1(data, size_max=MANIFEST_BYTES_MAX, understood=_LABELS)
    if set(message.protected) != _HEADER_KEYS or message.protected.get(LABEL_TYPE) != "manifest":
        raise PeerError(_CODE, part="protected header")
    if message.protected.get(LABEL_PROFILE) != PROFILE_VERSION:
        raise PeerError("RECORD-PROFILE", expected=PROFILE_VERSION, got=message.protected.get(LABEL_PROFILE))
    if message.protected.get(LABEL_REALM) != realm.value:
        raise PeerError("MANIFEST-REALM", expected=realm.value, got=message.protected.get(LABEL_REALM))
    manifest = parse_payload(message.payload or b"", realm)
    if message.protected.get(4) != manifest.root_key_id:
        raise PeerError("MANIFEST-ROOT", because="key id is not the root's")
    try:
        cose.verify_sign1(message, manifest.root.verifier(), domain(realm, "manifest"))
    except ArmslengthError as error:
        raise PeerError("MANIFEST-SIGNATURE", because=error.code) from error
    _check_chain(manifest, previous)
    return manifest


def _check_chain(manifest: Manifest, previous: tuple[Manifest, bytes] | None) -> None:
    if previous is None:
        if manifest.sequence != 1 or manifest.previous is not None:
            raise PeerError("MANIFEST-CHAIN", expected="sequence 1", got=manifest.sequence)
        return
    before, before_bytes = previous
    if (manifest.party, manifest.root) != (before.party, before.root):
        raise PeerError("MANIFEST-ROOT", because="party or root changed")
    if manifest.sequence != before.sequence + 1 or manifest.previous != manifest_hash(before_bytes):
        raise PeerError("MANIFEST-CHAIN", expected=before.sequence + 1, got=manifest.sequence)
    if manifest.issued_at < before.issued_at:
        raise PeerError("MANIFEST-CHAIN", because="issued before the one before it")


def encode_introduction(chain: Sequence[bytes]) -> bytes:
    """Return the introduction file of a chain of manifest bytes."""
    return cbor.encode(tuple(chain))


def verify_introduction(data: bytes, realm: Realm) -> tuple[tuple[Manifest, ...], tuple[bytes, ...]]:
    """Verify an introduction file; return the manifests and their bytes, oldest first.

    Raises:
        PeerError: MANIFEST-... codes.
    """
    value = cbor.decode(data)
    if not isinstance(value, tuple) or not 1 <= len(value) <= CHAIN_LENGTH_MAX:
        raise PeerError(_CODE, part="introduction", expected="an array of manifests")
    manifests: list[Manifest] = []
    pieces: list[bytes] = []
    for piece in value:
        if not isinstance(piece, bytes):
            raise PeerError(_CODE, part="introduction")
        before = (manifests[-1], pieces[-1]) if manifests else None
        manifests.append(verify_manifest(piece, realm=realm, previous=before))
        pieces.append(piece)
    return tuple(manifests), tuple(pieces)


def _parse(value: CborValue, realm: Realm) -> Manifest:
    read = FieldReader(value, _CODE)
    manifest = Manifest(
        realm=realm,
        party=_party(read),
        sequence=read.integer(2, 1, 2**31),
        previous=read.octets(3, 32) if read.has(3) else None,
        root=_key(read.array(4, 2), read, frozenset({cose.ED25519})),
        issued_at=read.instant(5),
        valid_until=read.instant(6),
        node_keys=_node_keys(read),
        officers=_officers(read),
        bearers=_bearers(read),
        time_zone=read.text(10, 64),
        languages=read.texts(11, 8),
        software=_software(read),
        relying_parties=_relying_parties(read),
    )
    if not manifest.issued_at < manifest.valid_until <= manifest.issued_at + VALIDITY_US_MAX:
        read.refuse(part="validity")
    _check_keys_distinct(manifest)
    return manifest


def _party(read: FieldReader) -> str:
    try:
        return party_code(read.text(1), peer=True)
    except PeerError as error:
        read.refuse(part="party", because=error.code)


def _key(pair: tuple[CborValue, ...], read: FieldReader, algorithms: frozenset[int]) -> PublicKey:
    alg, public = pair if len(pair) == 2 else (None, None)
    if type(alg) is not int or alg not in algorithms:
        read.refuse(part="key", expected="an algorithm of its purpose", got=alg)
    if not isinstance(public, bytes) or PUBLIC_BYTES[alg] != len(public):
        read.refuse(part="key", expected=f"{PUBLIC_BYTES[alg]} bytes")
    key = PublicKey(alg, public)
    if alg in {cose.ED25519, EDDSA}:
        _refuse_small_order(key, read)
    return key


def _refuse_small_order(key: PublicKey, read: FieldReader) -> None:
    try:
        key.verifier()
    except ArmslengthError as error:
        read.refuse(part="key", because=error.code)


def _node_keys(read: FieldReader) -> dict[str, PublicKey]:
    keys: dict[str, PublicKey] = {}
    for entry in read.array(7, 16):
        if not isinstance(entry, tuple) or len(entry) != 3 or not isinstance(entry[0], str):
            read.refuse(part="node key")
        purpose = entry[0]
        if purpose not in NODE_KEYS or purpose in keys:
            read.refuse(part="node key", got=purpose)
        keys[purpose] = _key(entry[1:], read, frozenset({NODE_KEYS[purpose]}))
    if set(keys) != set(NODE_PURPOSES):
        read.refuse(part="node keys", expected=", ".join(NODE_PURPOSES))
    return keys


def _officers(read: FieldReader) -> dict[str, Officer]:
    officers: dict[str, Officer] = {}
    for entry in read.array(8, OFFICERS_MAX):
        if not isinstance(entry, tuple) or len(entry) != 4:
            read.refuse(part="officer")
        officer, name, roles, keys = entry
        if not _is_line(officer, OFFICER_ID_CHARS_MAX) or not _is_line(name, OFFICER_NAME_CHARS_MAX):
            read.refuse(part="officer", got=officer)
        if officer in officers:
            read.refuse(part="officer", because="listed twice", got=officer)
        if not isinstance(roles, tuple) or not all(isinstance(role, str) and role in ROLES for role in roles):
            read.refuse(part="roles", got=roles)
        if not isinstance(keys, tuple) or len(keys) > OFFICER_KEYS_MAX:
            read.refuse(part="officer keys", limit=OFFICER_KEYS_MAX)
        officers[officer] = Officer(
            officer=officer,
            name=name,
            roles=frozenset(str(role) for role in roles),
            keys=tuple(_officer_key(key, read) for key in keys),
        )
    return officers


def _officer_key(value: CborValue, read: FieldReader) -> OfficerKey:
    if not isinstance(value, tuple) or len(value) != 3:
        read.refuse(part="officer key")
    kind = value[0]
    if type(kind) is not int or kind not in _OFFICER_ALGORITHMS:
        read.refuse(part="officer key", expected="kind 1 or 2", got=kind)
    return OfficerKey(kind=Kind(kind), key=_key(value[1:], read, _OFFICER_ALGORITHMS[kind]))


def _is_line(value: CborValue, chars_max: int) -> TypeGuard[str]:
    """Tell whether a value is one line that a person can be shown."""
    return isinstance(value, str) and 1 <= len(value) <= chars_max and value.isprintable()


def _bearers(read: FieldReader) -> tuple[Bearer, ...]:
    bearers = []
    for entry in read.array(9, 16):
        if not isinstance(entry, tuple) or len(entry) != 3:
            read.refuse(part="bearer")
        kind, address, certificate = entry
        if not isinstance(kind, str) or kind not in BEARERS or not isinstance(certificate, bytes):
            read.refuse(part="bearer", expected=", ".join(sorted(BEARERS)), got=kind)
        if not isinstance(address, str) or len(address) > ADDRESS_CHARS_MAX or not address.isprintable():
            read.refuse(part="bearer", limit=ADDRESS_CHARS_MAX)
        if len(certificate) > CERTIFICATE_BYTES_MAX:
            read.refuse(part="bearer", limit=CERTIFICATE_BYTES_MAX)
        bearers.append(Bearer(kind=kind, address=address, certificate=certificate))
    return tuple(bearers)


def _software(read: FieldReader) -> tuple[str, str]:
    pair = read.texts(12, 2)
    if len(pair) != 2:
        read.refuse(part="software")
    return pair[0], pair[1]


def _relying_parties(read: FieldReader) -> tuple[tuple[bytes, str], ...]:
    found = []
    for entry in read.array(13, 8):
        if not isinstance(entry, tuple) or len(entry) != 2:
            read.refuse(part="relying party")
        identifier, origin = entry
        if not isinstance(identifier, bytes) or len(identifier) != 32 or not _is_line(origin, ADDRESS_CHARS_MAX):
            read.refuse(part="relying party")
        found.append((identifier, origin))
    return tuple(found)


def _check_keys_distinct(manifest: Manifest) -> None:
    everyone = [manifest.root, *manifest.node_keys.values()]
    everyone += [key.key for officer in manifest.officers.values() for key in officer.keys]
    if len({key.public for key in everyone}) != len(everyone):
        raise PeerError("MANIFEST-KEY-REUSED", party=manifest.party)

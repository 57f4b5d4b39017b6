"""Our next manifest: made of the one in force and of every approved change, signed by the root, entered.

The root is offline. What it needs is one file: the manifest in force and the payload of the next; what it gives back
is the next manifest. The node takes nothing that does not chain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, Instant
from armslength.core.realm import Realm
from armslength.desk import cast, officer_keys, opening
from armslength.desk.officer_changes import applied
from armslength.line import manifest as manifests

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.core.attestation import Officer
    from armslength.desk.books import Books
    from armslength.line.manifest import Manifest

VALID_DAYS: Final = 365
"""A year; the format allows 400 days (docs/spec/manifest.md, 6)."""

RENEW_WITHIN_US: Final = 30 * DAY_US
"""A manifest that ends within a month is worth the way to the safe by itself."""

REQUEST: Final = "armslength manifest request 1"
REQUEST_BYTES_MAX: Final = 3 * manifests.MANIFEST_BYTES_MAX
"""Two manifests and the numbers of what changed; a larger file is no request and is not read."""

RELYING_PARTIES_MAX: Final = 8
"""Consoles that a party had; the oldest is forgotten, its passkeys are of no use without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the root is asked to sign.

    Args:
        realm: the realm.
        previous: the bytes of the manifest in force.
        before: that manifest.
        next: the next one, unsigned.
        changes: numbers of the changes that it holds.
    """

    realm: Realm
    previous: bytes
    before: Manifest
    next: Manifest
    changes: tuple[str, ...]

    def encode(self) -> bytes:
        """Return the file that is carried to the root."""
        payload = cbor.encode(manifests.manifest_value(self.next))
        return cbor.encode((REQUEST, self.realm.value, self.previous, payload, self.changes))

    @property
    def renewal(self) -> bool:
        """Whether nothing but time is why it is signed."""
        return not self.changes


def next_request(
    books: Books, *, relying_parties: tuple[tuple[bytes, str], ...] = (), software: tuple[str, str] | None = None
) -> Request:
    """Return what the root is to sign now: every approved change, in the order of approval, for a year from now.

    Args:
        books: the books.
        relying_parties: of our console, added where the manifest in force does not list them.
        software: name and version, where they changed.
    """
    before, previous = books.manifest(), cast.manifest_bytes(books.unit, books.party)
    pending = officer_keys.waiting(books.unit)
    listed = tuple(one for one in before.relying_parties if one not in relying_parties)
    issued_at = Instant(max(books.now, before.issued_at))
    made = replace(
        before,
        sequence=before.sequence + 1,
        previous=manifests.manifest_hash(previous),
        issued_at=issued_at,
        valid_until=Instant(issued_at + VALID_DAYS * DAY_US),
        officers=applied(before.officers, [change for _, change in pending]),
        relying_parties=(*listed, *relying_parties)[-RELYING_PARTIES_MAX:],
        software=software or before.software,
    )
    return Request(
        realm=books.realm, previous=previous, before=before, next=made, changes=tuple(number for number, _ in pending)
    )


def read_request(data: bytes) -> Request:
    """Read a request on the machine of the root.

    Raises:
        LocalError: MANIFEST-REQUEST.
        PeerError: MANIFEST-... when a part of it does not hold.
    """
    value = cbor.decode(data, size_max=REQUEST_BYTES_MAX)
    if not isinstance(value, tuple) or len(value) != 5 or value[0] != REQUEST:
        raise LocalError("MANIFEST-REQUEST", expected=REQUEST)
    _, realm_name, previous, payload, numbers = value
    if realm_name not in {one.value for one in Realm} or not isinstance(previous, bytes):
        raise LocalError("MANIFEST-REQUEST", part="realm or manifest")
    if not isinstance(payload, bytes) or not isinstance(numbers, tuple):
        raise LocalError("MANIFEST-REQUEST", part="payload")
    realm = Realm(str(realm_name))
    before, asked = cast.parsed_manifest(previous, realm), manifests.parse_payload(payload, realm)
    return Request(
        realm=realm, previous=previous, before=before, next=asked, changes=tuple(str(one) for one in numbers)
    )


def sign_request(request: Request, root_public: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """Return the next manifest, signed by the root, once it is one that this root may sign.

    Raises:
        LocalError: MANIFEST-REQUEST, it is of another root.
        PeerError: MANIFEST-... when it does not follow the one before.
    """
    if request.before.root.public != root_public or request.next.root != request.before.root:
        raise LocalError("MANIFEST-REQUEST", because="another root", party=request.before.party)
    data = manifests.sign_manifest(request.next, sign)
    if len(data) > manifests.MANIFEST_BYTES_MAX:
        raise LocalError("OFFICER-LIMIT", limit=manifests.MANIFEST_BYTES_MAX, got=len(data))
    manifests.verify_manifest(data, realm=request.realm, previous=(request.before, request.previous))
    return data


def enter(books: Books, data: bytes) -> int:
    """Enter our next manifest; the officers whom it does not list may not act from this entry on. Return its index.

    What was approved after the request for it was made stays blocked here, and waits for the one after it.

    Raises:
        LocalError: MANIFEST-ENTERED, we hold this very one.
        PeerError: MANIFEST-...
    """
    if data == cast.manifest_bytes(books.unit, books.party):
        raise LocalError("MANIFEST-ENTERED", sequence=books.manifest().sequence)
    return opening.submit_manifest(books, data)


def differences(before: Manifest, after: Manifest) -> list[tuple[str, str]]:
    """Return what a person who holds the root must see before signing: pairs of what and how it changes."""
    found = [
        ("party", f"{after.realm.value} {after.party}"),
        ("sequence", f"{before.sequence} -> {after.sequence}"),
    ]
    for name in sorted(before.officers.keys() | after.officers.keys()):
        old, new = before.officers.get(name), after.officers.get(name)
        if old is None and new is not None:
            found.append((name, f"JOINS as {_roles(new)}; keys: {_keys(new)}"))
        elif new is None:
            found.append((name, "LEAVES"))
        elif old is not None and old != new:
            found.append((name, _changed(old, new)))
    if before.node_keys != after.node_keys:
        found.append(("node keys", "CHANGE"))
    if before.bearers != after.bearers:
        found.append(("addresses", ", ".join(one.address for one in after.bearers)))
    if before.relying_parties != after.relying_parties:
        found.append(("consoles", ", ".join(origin for _, origin in after.relying_parties) or "none"))
    return found


def _changed(old: Officer, new: Officer) -> str:
    said = []
    if old.roles != new.roles:
        said.append(f"roles: {_roles(old)} -> {_roles(new)}")
    held, kept = {key.key_id for key in old.keys}, {key.key_id for key in new.keys}
    said += [f"key {key_id.hex()} ADDED" for key_id in sorted(kept - held)]
    said += [f"key {key_id.hex()} REMOVED" for key_id in sorted(held - kept)]
    if old.name != new.name:
        said.append(f"name: {new.name}")
    return "; ".join(said)


def _roles(one: Officer) -> str:
    return ", ".join(sorted(one.roles))


def _keys(one: Officer) -> str:
    return ", ".join(key.key_id.hex() for key in one.keys) or "none"

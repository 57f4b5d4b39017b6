"""The ports: everything that the desk asks of the world, so that the world can be simulated.

Five ports decide the outcome of a run - Clock, Rng, Net, Store, Keys - and one rings bells (Notifier). Production
wires real ones in `armslength.node`; `tests/world` wires a seeded loop, a simulated disk under the real SQLite, and a
simulated network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from armslength.core.cbor import CborValue, Encodable
    from armslength.core.instants import Instant
    from armslength.core.keys import PublicKey
    from armslength.journal.tree import Frontier


class Clock(Protocol):
    """UTC time of this node. Waiting is asyncio's; only the reading of the clock is a port."""

    def now(self) -> Instant:
        """Return the present instant (microseconds UTC)."""
        ...


class Rng(Protocol):
    """Uniform random bytes for seeds, blinds, ids, content keys and nonces."""

    def bytes(self, count: int) -> bytes:
        """Return ``count`` random bytes."""
        ...


class Address(NamedTuple):
    """Where a bearer finds the peer: kind (https, folder ...), address text, and the pinned TLS key hash."""

    kind: str
    address: str
    pin: bytes


class Net(Protocol):
    """The bearers. An answer is a hint plus transports that the peer gave back; proof is only what is signed inside."""

    async def send(self, line_id: bytes, address: Address, transports: bytes) -> bytes:
        """Carry a CBOR sequence of transports to the peer and return the sequence that it answered.

        Raises:
            Unavailable: not carried, or not known whether carried; sending again is right.
        """
        ...


class Keys(Protocol):
    """The node's keys. Officers' keys are never here."""

    def public(self, purpose: str) -> PublicKey:
        """Return the public key of a purpose: sign, seal, log, witness, witness-pq."""
        ...

    def sign(self, purpose: str, message: bytes) -> bytes:
        """Sign with the key of that purpose (sign, log, witness, witness-pq)."""
        ...

    def seal(self, plaintext: bytes, recipient: PublicKey, header: Mapping[int, CborValue], domain: bytes) -> bytes:
        """Return a COSE_Encrypt of the plaintext for one receiver; ``header`` is protected in the content layer."""
        ...

    def open(self, transport: bytes, domain: bytes) -> tuple[Mapping[int, CborValue], bytes]:
        """Return the content layer's protected header and the plaintext of a COSE_Encrypt sealed to this node.

        Raises:
            PeerError: malformed, or not for this node or realm.
        """
        ...


class Notifier(Protocol):
    """Rings our own people: a command hook, mail. Delivery to a person is never assumed from a return value."""

    async def notify(self, alarm: Mapping[str, str]) -> bool | None:
        """Hand the alarm to the hook; False when the hook itself failed, None when there is no hook to ask."""
        ...


class ViewRow(NamedTuple):
    """One row of one view, as dumped for comparison."""

    view: str
    key: bytes
    value: CborValue
    due: Instant | None


class Unit(Protocol):
    """One transaction: state, journal entries and outbox rows become durable together or not at all.

    Views are ordered maps from byte keys to encodable values; ``due`` indexes a row by an instant. A unit of
    `Store.read` refuses every change.
    """

    def get(self, view: str, key: bytes) -> CborValue | None:
        """Return the value, or None."""
        ...

    def put(self, view: str, key: bytes, value: Encodable, due: Instant | None = None) -> None:
        """Insert or replace a row."""
        ...

    def delete(self, view: str, key: bytes) -> None:
        """Remove a row if it is there."""
        ...

    def scan(
        self,
        view: str,
        prefix: bytes = b"",
        *,
        after: bytes | None = None,
        limit: int | None = None,
        reverse: bool = False,
    ) -> list[tuple[bytes, CborValue]]:
        """Return rows whose key starts with ``prefix``, in key order (or reverse), after key ``after`` (exclusive)."""
        ...

    def due(self, view: str, until: Instant, limit: int) -> list[tuple[bytes, CborValue]]:
        """Return rows whose due instant is at or before ``until``, earliest first, then by key."""
        ...

    def next_due(self, view: str) -> Instant | None:
        """Return the earliest due instant of a view, or None."""
        ...

    def frontier(self) -> Frontier:
        """Return the frontier of the journal's tree as of this unit."""
        ...

    def append(self, leaf: bytes, blind: bytes, content: bytes) -> int:
        """Append a leaf with its blind and content, which is encrypted at rest under its own key; return the index."""
        ...

    def leaf(self, index: int) -> bytes:
        """Return the leaf bytes of an entry (KeyError when there is none: a bug of the caller)."""
        ...

    def content(self, index: int) -> tuple[bytes, bytes] | None:
        """Return (blind, content), or None when the content's key was destroyed."""
        ...

    def destroy(self, index: int) -> None:
        """Destroy the key (and bytes) of an entry's content; the leaf stays."""
        ...

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree (level 0 = leaf hashes)."""
        ...

    def leaf_hashes(self, start: int, end: int) -> Sequence[bytes]:
        """Return leaf hashes of entries start (inclusive) to end (exclusive)."""
        ...

    def setting(self, name: str) -> CborValue | None:
        """Return a durable setting that is no view (keys' public halves, own identity, high-water mark)."""
        ...

    def set_setting(self, name: str, value: Encodable) -> None:
        """Store a setting."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what happened inside when an exception leaves it; the outer unit goes on."""
        ...

    def clear_views(self) -> None:
        """Remove every view row (rebuild)."""
        ...

    def dump_views(self) -> Iterator[ViewRow]:
        """Yield every view row, in (view, key) order."""
        ...


class Store(Protocol):
    """One journal and its views. One writer at a time; a commit is durable when `write` leaves without an exception."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open a writing unit; commit durably on leaving, roll back on an exception.

        Raises:
            LocalError: STORE-FAILED after any input/output error: the node stops and recovers, it never retries a sync.
        """
        ...

    def read(self) -> AbstractContextManager[Unit]:
        """Open a reading unit on what is committed."""
        ...

    def close(self) -> None:
        """Release the files."""
        ...

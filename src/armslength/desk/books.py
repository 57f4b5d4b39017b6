"""The books: every record that this node makes or accepts passes here into the journal and the views, in one unit.

`make` builds a record of our own, signed by the node; `enter` appends any verified record and projects it. Nothing else
writes: state, entry and outbox row become durable together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from armslength.core import cose, record
from armslength.core.errors import LocalError
from armslength.core.limits import ENTRY_BYTES_MAX
from armslength.core.record import NO_LINE, Verified
from armslength.desk import cast, officer_keys, policy
from armslength.desk.kept import Kept
from armslength.desk.projection import project
from armslength.desk.watch_index import WatchIndex
from armslength.journal import entry as entries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.attestation import Roster
    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.core.realm import Realm
    from armslength.desk.ports import Keys, Rng, Unit
    from armslength.line.manifest import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One unit's view of the world: the open transaction, who we are, and the time of this unit.

    ``entered`` gathers the kinds of entries made through these books, also of those undone since; ``watch`` keeps the
    register ready for the watch from one unit to the next, ``kept`` what readers alone keep ready.
    """

    unit: Unit
    realm: Realm
    party: str
    keys: Keys
    rng: Rng
    now: Instant
    entered: set[str] = field(default_factory=set)
    watch: WatchIndex = field(default_factory=WatchIndex)
    kept: Kept = field(default_factory=Kept)

    def manifest(self, party: str | None = None) -> Manifest:
        """Return a party's manifest in force, ours by default."""
        return cast.manifest(self.unit, party or self.party, self.realm)

    def roster(self, party: str | None = None) -> Roster:
        """Return who may act for a party now, ours by default and without those who are blocked here."""
        roster = cast.roster(self.unit, party or self.party, self.realm)
        return officer_keys.standing_roster(self.unit, roster) if roster.party == self.party else roster

    def line(self, line_id: bytes) -> cast.LineView:
        """Return a line."""
        return cast.line(self.unit, line_id, self.realm)

    def common(self, officer: str | None, addressees: tuple[str, ...] = ()) -> dict[int, CborValue]:
        """Return the body fields common to all records, for a new record of ours."""
        fields: dict[int, CborValue] = {
            1: self.rng.bytes(16),
            2: self.now,
            3: self.party,
            4: addressees,
            **policy.handling(self.party, addressees),
        }
        if officer is not None:
            fields[5] = officer
        return fields

    def make(
        self,
        record_type: str,
        line: bytes,
        body: Mapping[int, CborValue],
        *,
        body_seed: bytes | None = None,
        link: Mapping[int, CborValue] | None = None,
        acts: tuple[CborValue, ...] = (),
        body_hash: bytes | None = None,
    ) -> Verified:
        """Build and sign a record of our own; ``body_hash`` spares hashing a body whose hash was just attested."""
        return record.build_item(
            self.realm,
            record_type,
            line,
            key_id=self._sign_key_id(),
            body_seed=body_seed if body_seed is not None else self.rng.bytes(record.SEED_BYTES),
            body=body,
            link_seed=self.rng.bytes(record.SEED_BYTES),
            link=link or {},
            acts=acts,
            of_body=body_hash,
            sign=lambda message: self.keys.sign("sign", message),
        )

    def enter(self, kind: str, verified: Verified, line: bytes | None = None) -> int:
        """Append a verified record to the journal, project it, and return its index.

        Raises:
            LocalError: RECORD-SIZE, what could not be read back is not written.
        """
        line_id = line if line is not None else (verified.header.line or None)
        content = record.encode_item(verified.item)
        if len(content) > ENTRY_BYTES_MAX:
            raise LocalError("RECORD-SIZE", limit=ENTRY_BYTES_MAX, got=len(content))
        blind = self.rng.bytes(entries.BLIND_BYTES)
        entry = entries.Entry(kind=kind, at=self.now, line=line_id, commitment=entries.commitment(blind, content))
        index = self.unit.append(entries.encode_leaf(entry), blind, content)
        project(self.unit, index, entry, verified, realm=self.realm, own=self.party)
        self.entered.add(kind)
        return index

    def note(self, kind: str, record_type: str, fields: Mapping[int, CborValue], line: bytes = NO_LINE) -> int:
        """Make and enter a record of the node's own, without any officer."""
        return self.enter(kind, self.make(record_type, line, {**self.common(None), **fields}))

    def _sign_key_id(self) -> bytes:
        return key_id_of(self.keys)


def key_id_of(keys: Keys) -> bytes:
    """Return the key id of the node's record-signing key."""
    public = keys.public("sign")
    return cose.key_id(public.alg, public.public)

"""A peer that signs whatever it likes with its own good keys: real records with any field changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from armslength.core import record
from armslength.core.attestation import Attestation, Kind, statement
from armslength.core.cose import ED25519
from armslength.core.keys import PublicKey
from armslength.core.record import SEED_BYTES, Item
from armslength.desk import checkpoints, drafting, views
from armslength.desk.answering import prepare_receipt
from armslength.line import braid, receipts
from builders.two_nodes import CONCERN_VALUES, PRINCIPAL, RELEASER, ROLE_OF, WATCH, Party

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.core.precedence import Precedence
    from armslength.line.receipts import Level

VALUES: dict[str, Any] = {
    "nothing": None,
    "true": True,
    "minus one": -1,
    "the largest number": 2**64 - 1,
    "the smallest number": -(2**64),
    "no bytes": b"",
    "31 bytes": bytes(31),
    "no text": "",
    "half a line of control characters": "\x1b[2J\n\u202e",
    "long text": "x" * 20_000,
    "an empty array": (),
    "an array of arrays": ((),),
    "an array of a map": ({},),
    "an empty map": {},
    "a map": {1: {}},
}
"""Values that some field does not expect."""


@dataclass
class Hostile:
    """Records of one party, signed as it likes, numbered as its own node would."""

    party: Party
    line: bytes

    def link(self) -> dict[int, CborValue]:
        """Return the link of the next number."""
        with self.party.read() as books:
            out = braid.direction_from_value(books.unit.get(views.DIRECTIONS, self.line + views.OUT))
            received = braid.direction_from_value(books.unit.get(views.DIRECTIONS, self.line + views.IN))
            return braid.Link(
                number=out.number + 1,
                previous=out.hash,
                accepted_number=received.number,
                accepted_hash=received.hash,
                released_at=books.now,
                charter=books.line(self.line).charter_hash,
            ).fields()

    def act(self, record_type: str, seed: bytes, body: Mapping[int, CborValue], act: str, post: str) -> CborValue:
        """Return an officer's act over any body."""
        officer, role = self.party.officer(post), ROLE_OF[post]
        digest = record.body_hash(self.party.realm, record_type, self.line, seed, body)
        private = self.party.officer_keys[officer]
        return Attestation(
            kind=Kind.RAW_KEY,
            act=act,
            role=role,
            officer=officer,
            key_id=PublicKey(ED25519, private.public).kid,
            evidence=(private.sign(statement(self.party.realm, act, role, officer, digest)),),
        ).value()

    def item(
        self,
        record_type: str,
        body: Mapping[int, CborValue],
        *,
        signers: Sequence[tuple[str, str]] = (),
        link: Mapping[int, CborValue] | None = None,
        acts: tuple[CborValue, ...] | None = None,
    ) -> Item:
        """Return a record; ``signers`` are (act, post)."""
        seed = self.party.rng.bytes(SEED_BYTES)
        made = tuple(self.act(record_type, seed, body, act, post) for act, post in signers) if acts is None else acts
        with self.party.read() as books:
            return books.make(record_type, self.line, body, body_seed=seed, link=link or {}, acts=made).item

    # --- one good record of each type ---------------------------------------------------------------------------------

    def concern_body(self, precedence: Precedence, **changes: CborValue) -> dict[int, CborValue]:
        """Return the body of a good CONCERN."""
        with self.party.read() as books:
            return dict(
                drafting.prepare_message(
                    books, books.line(self.line), self.party.officer(WATCH), "CONCERN", precedence, CONCERN_VALUES
                ).body
            ) | {int(number): value for number, value in changes.items()}

    def message(self, body: Mapping[int, CborValue], link: Mapping[int, CborValue] | None = None) -> Item:
        """Return a message drafted and released by two persons."""
        signers = (("draft", WATCH), ("release", RELEASER))
        return self.item("message", body, signers=signers, link=link or self.link())

    def receipt_body(self, message: bytes, level: Level) -> dict[int, CborValue]:
        """Return the body of a good receipt."""
        given: Any = self.party._usual(message, level)
        with self.party.read() as books:
            return dict(prepare_receipt(books, message, self.party.officer(WATCH), level, **given).body)

    def receipt(self, body: Mapping[int, CborValue]) -> Item:
        """Return a receipt of one officer."""
        return self.item("receipt", body, signers=(("receipt", WATCH),), link=self.link())

    def node_receipt_body(self, envelope_hash: bytes) -> dict[int, CborValue]:
        """Return the body of an R0 of a message that this party holds."""
        with self.party.read() as books:
            note, _ = checkpoints.own_note(books)
            row = views.row(books.unit, views.MESSAGES, envelope_hash) or {}
            receipt = receipts.NodeReceipt(
                envelope_hash=envelope_hash,
                index=row.get(4, 0),
                checkpoint=note,
                place="ACCEPTED",
                since=0,
                path=(),
                received_at=books.now,
            )
            return {**books.common(None, (books.line(self.line).peer,)), **receipt.fields()}

    def assent_body(self) -> dict[int, CborValue]:
        """Return the body of an assent to the line's charter."""
        with self.party.read() as books:
            row = views.row(books.unit, views.LINES, self.line) or {}
            officer = self.party.officer(PRINCIPAL)
            return {**books.common(officer, (row[1],)), 20: row[2], 21: row[5], 22: 1}

"""What an export amounts to: for programs as one JSON object, for a tired officer as lines of plain English.

Everything is read from the replayed machines. Words of the other side pass through `shown`, so that they cannot steer a
terminal. A level that only the exporter states is marked so; nothing here claims more than the level and class reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import shown
from armslength.core.instants import INSTANT_MAX, Instant, rfc3339
from armslength.disclosure.export_files import MARKS, LeafTree
from armslength.line.receipts import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.realm import Realm
    from armslength.journal.compare import ChainLink
    from armslength.line.exchange import Exchange

_LEVEL_WORDS: Final = {
    Level.HELD: "R0 held by the node of",
    Level.READ: "R1 read by",
    Level.UNDERSTOOD: "R2 understood and read back by",
    Level.PASSED: "R3 passed to a named command by",
    Level.ANSWERED: "R4 answered by",
}

_MARK_WORDS: Final = {
    "AFTER-COSIGNED": "This and later entries came after the last state that {detail} signed.",
    "NOT-COSIGNED": "{detail} has signed no state of this journal: order and times rest on the exporter's word.",
    "CONFLICT": "A contradiction was recorded at home: {detail}. Both sides' signed records are kept.",
    "DELEGATED": "One person released number {detail} under a delegation, which is not part of this export.",
    "EXPIRED": "The manifest of {detail} had run out when this was recorded.",
    "GAP": "Not received: number {detail}.",
    "LATE": "Number {detail} arrived later than the charter's late mark.",
    "PEER-FORK": "The other side signed two journals that cannot both hold: {detail}.",
    "PRIVATE": "{detail} of the entries shown stayed at home; they are the exporter's word alone.",
    "WITHHELD": "The content of this entry ({detail}) was destroyed or is withheld.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAccount:
    """One party: its 11-byte fingerprint, whether the reader trusts it, and how many manifests its chain has."""

    party: str
    fingerprint: bytes
    trusted: bool
    manifests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptAccount:
    """One level stated of a message.

    Args:
        level: R0 to R4.
        at: when, by the clock of whoever states it.
        by: party for a node, party and role for a person.
        officer: id of the person; None for a node.
        proof: SIGNED; other classes are recorded at home and never cross.
        verb: of an R4.
        doubt: the place read back lies too far from the one sent.
        entry: where the statement stands in the exporting journal.
        only_exporter: nothing that the other side signed shows that it knows of this statement.
    """

    level: Level
    at: Instant
    by: str
    officer: str | None
    proof: str
    verb: str | None
    doubt: bool
    entry: int
    only_exporter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAccount:
    """One message with its exchange as the machine ended; instants in microseconds UTC."""

    number: int
    form: str
    precedence: str
    sender: str
    receiver: str
    released_at: Instant
    recorded_at: Instant
    envelope_hash: bytes
    entry: int
    exchange: Exchange
    receipts: tuple[ReceiptAccount, ...]
    relation: tuple[str, bytes] | None
    only_exporter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that a reader must know: a code, the entry (None for the whole), and a detail."""

    code: str
    entry: int | None
    detail: str

    @property
    def sentence(self) -> str:
        """The mark in words."""
        where = "" if self.entry is None else f"Entry {self.entry}: "
        return where + _MARK_WORDS[self.code].format(detail=shown(self.detail))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One numbered record of one direction: its chain link, when it was released, and the R0 of the other side's node.

    ``peer_index`` is the place in the *other* journal that this R0 names, None without one.
    """

    chain: ChainLink
    released_at: Instant
    entry: int
    peer_index: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A verified export."""

    realm: Realm
    exported_by: str
    made_at: Instant
    line: bytes
    charter: bytes
    parties: Mapping[str, PartyAccount]
    trust_given: bool
    messages: tuple[MessageAccount, ...]
    directions: Mapping[str, tuple[Link, ...]]
    journal: LeafTree
    disclosed: int
    cosigned_size: int
    cosigned_at: Instant | None
    peer_roots: Mapping[int, bytes]
    marks: tuple[Mark, ...]

    @property
    def peer(self) -> str:
        """Party code of the other side."""
        return next(party for party in self.parties if party != self.exported_by)

    @property
    def trusted(self) -> bool:
        """Whether both identities are among those that the reader trusts."""
        return all(party.trusted for party in self.parties.values())

    def as_json(self) -> dict[str, Any]:
        """Return the account as values of JSON."""
        return {
            "verified": True,
            "realm": self.realm.value,
            "mark": MARKS[self.realm],
            "identities": "trusted" if self.trusted else "as-claimed",
            "exported_by": self.exported_by,
            "made_at": _time(self.made_at),
            "line": self.line.hex(),
            "charter": self.charter.hex(),
            "parties": {
                party: {"fingerprint": one.fingerprint.hex(), "trusted": one.trusted, "manifests": one.manifests}
                for party, one in sorted(self.parties.items())
            },
            "messages": [_message_json(message) for message in self.messages],
            "directions": {
                party: {"last": max((link.chain.number for link in links), default=0), "records": len(links)}
                for party, links in sorted(self.directions.items())
            },
            "journal": {
                "size": self.journal.size,
                "root": self.journal.root_at(self.journal.size).hex(),
                "disclosed": self.disclosed,
                "cosigned_size": self.cosigned_size,
                "cosigned_by": self.peer if self.cosigned_size else None,
                "cosigned_at": None if self.cosigned_at is None else _time(self.cosigned_at),
            },
            "marks": [{"code": m.code, "entry": m.entry, "text": m.sentence} for m in self.marks],
        }

    def lines(self) -> tuple[str, ...]:
        """Return the account for a person; an exercise says so in the first and last line."""
        mark = MARKS[self.realm]
        first = f"{self._identities()} This folder holds together: nothing in it was changed."
        return (
            f"{mark}. {first}" if mark else first,
            *self._parties(),
            *self._journal(),
            *(line for message in self.messages for line in _message_lines(message)),
            *(f"Note: {one.sentence}" for one in self.marks),
            "No receipt means consent, permission or action.",
            mark or "End of the account.",
        )

    def _identities(self) -> str:
        if self.trusted:
            return "Both identities are those whose fingerprints were given."
        return "IDENTITIES ARE ONLY AS CLAIMED: no fingerprint was given."

    def _parties(self) -> list[str]:
        said = f"Exported by {self.exported_by} at {_time(self.made_at)} (its own clock), line {self.line.hex()[:8]}."
        known = [
            f"{party}: fingerprint {one.fingerprint.hex(' ', -2)}, {'trusted' if one.trusted else 'as claimed'}."
            for party, one in sorted(self.parties.items())
        ]
        return [said, *known]

    def _journal(self) -> list[str]:
        size = f"Journal of {self.exported_by}: {self.journal.size} entries, {self.disclosed} of them shown here."
        if self.cosigned_at is None:
            return [size]
        seen = f"{self.peer} signed the state of the first {self.cosigned_size} at {_time(self.cosigned_at)}."
        return [f"{size} {seen}"]


def _time(at: Instant) -> str:
    """Return a time as text; a deadline counted from the last moment that the wire can name may lie behind it."""
    return rfc3339(at) if at <= INSTANT_MAX else "after 2119"


def _receipt_json(receipt: ReceiptAccount) -> dict[str, Any]:
    found: dict[str, Any] = {
        "level": receipt.level.short,
        "at": _time(receipt.at),
        "by": receipt.by,
        "officer": receipt.officer,
        "proof": receipt.proof,
        "entry": receipt.entry,
        "only_exporter": receipt.only_exporter,
    }
    if receipt.verb is not None:
        found["verb"] = receipt.verb
    if receipt.doubt:
        found["doubt"] = True
    return found


def _message_json(message: MessageAccount) -> dict[str, Any]:
    first = {r.level.short: _receipt_json(r) for r in reversed(message.receipts)}
    state = message.exchange
    return {
        "number": message.number,
        "form": message.form,
        "precedence": message.precedence,
        "from": message.sender,
        "to": message.receiver,
        "released_at": _time(message.released_at),
        "recorded_at": _time(message.recorded_at),
        "envelope": message.envelope_hash.hex(),
        "entry": message.entry,
        "relation": None if message.relation is None else [message.relation[0], message.relation[1].hex()],
        "receipts": dict(sorted(first.items())),
        "statements": [_receipt_json(receipt) for receipt in message.receipts],
        "status": state.status.value,
        "owed": {level.short: _time(at) for level, at in sorted(state.due.items())},
        "overdue": [level.short for level in sorted(state.overdue)],
        "only_exporter": message.only_exporter,
    }


def _message_lines(message: MessageAccount) -> list[str]:
    alone = f" Only {message.sender} says so." if message.only_exporter else ""
    head = (
        f"{message.sender} to {message.receiver}, number {message.number}: {shown(message.form)}, "
        f"{message.precedence}, released {_time(message.released_at)}.{alone}"
    )
    state = message.exchange
    owed = ", ".join(f"{level.short} by {_time(at)}" for level, at in sorted(state.due.items()))
    late = ", ".join(level.short for level in sorted(state.overdue))
    tail = f"    {state.status.value}. Owed: {owed or 'nothing'}." + (f" Overdue: {late}." if late else "")
    return [head, *(_receipt_line(message, receipt) for receipt in message.receipts), tail]


def _receipt_line(message: MessageAccount, receipt: ReceiptAccount) -> str:
    person = f" ({shown(receipt.officer)})" if receipt.officer else ""
    verb = f', "{shown(receipt.verb)}"' if receipt.verb is not None else ""
    doubt = ", IN DOUBT: the place read back lies elsewhere" if receipt.doubt else ""
    alone = f". Only {message.receiver} says so" if receipt.only_exporter else ""
    by = f"{shown(receipt.by)}{person}{verb}{doubt}"
    return f"    {_LEVEL_WORDS[receipt.level]} {by}, {_time(receipt.at)}, {receipt.proof}{alone}."

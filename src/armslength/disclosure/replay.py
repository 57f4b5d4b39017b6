"""An auditor's replay of one journal's entries: records by the manifest then in force, braid, receipts, exchanges.

The machines are those of the nodes (`line.braid`, `line.exchange`), which know no side. Whatever a node would have
refused on receipt is refused here, with the entry named; the account is read from the machines and from nothing that
the exporter says beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, cast

from armslength.core.errors import ArmslengthError, PeerError, VerificationError
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.core.record import NO_LINE, Verified, parse_item, verify_item
from armslength.disclosure import acts
from armslength.disclosure.export_files import journal_origin
from armslength.journal import checkpoint as checkpoints
from armslength.journal import tree
from armslength.journal.note import parse_note
from armslength.line import braid, charter, exchange, fields, forms, manifest, receipts
from armslength.line.exchange import Event, EventKind, Exchange, Reached
from armslength.line.form_values import validate
from armslength.line.receipts import Level, Proof
from armslength.line.relations import Stands, check_relation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.cose import VerifyKey
    from armslength.disclosure.export_reading import Opened, Shown
    from armslength.line.charter import Charter
    from armslength.line.manifest import Manifest

RECEIPT_FORM: Final = "RECEIPT"
"""Stands in the place of a form code for R1 to R4 (line.exchange)."""

LINK_DELEGATION: Final = 7
"""Link field: kind of delegation under which one person released."""

MICROSECONDS: Final = 1_000_000

_TYPE_OF: Final[Mapping[str, str]] = {
    "manifest": "manifest-notice",
    "message-out": "message",
    "message-in": "message",
    "receipt-out": "receipt",
    "receipt-in": "receipt",
    "node-receipt-out": "node-receipt",
    "node-receipt-in": "node-receipt",
    "peer-checkpoint": "cosign",
    "cosignature-in": "cosign",
}
"""Kind of entry -> type of its record; the other kinds are named like their type."""

OFF_LINE_KINDS: Final = frozenset({"genesis", "manifest", "peer-pin"})
"""Kinds that an export shows although they belong to no line: who the exporter and its peer are."""

LINE_KINDS: Final = frozenset(
    {
        "charter",
        "charter-assent",
        "message-out",
        "message-in",
        "receipt-out",
        "receipt-in",
        "node-receipt-out",
        "node-receipt-in",
        "peer-checkpoint",
        "cosignature-in",
        "conflict",
    }
)
"""Kinds of the line that are always shown: what crossed, and what was agreed. All others are private."""

NUMBERED_KINDS: Final = frozenset({"message-out", "message-in", "receipt-out", "receipt-in"})

_RELATION_EVENTS: Final = {
    "recalls": EventKind.RECALL,
    "updates": EventKind.UPDATE,
    "discontinues": EventKind.DISCONTINUE,
}
_TAKES_BACK: Final = frozenset({"recalls", "discontinues"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A message or a receipt R1 to R4 as the journal holds it."""

    index: int
    recorded_at: Instant
    author: str
    verified: Verified
    link: braid.Link
    form: str
    version: int | None
    precedence: Precedence
    ahead: bool
    target: bytes | None = None

    @property
    def is_message(self) -> bool:
        """Whether people read it as a message."""
        return self.verified.header.type == "message"

    @property
    def relation(self) -> tuple[str, bytes] | None:
        """The relation field where it has the shape of one; a form that nobody here knows may hold anything."""
        match self.verified.item.body.get(fields.RELATION):
            case (str(verb), bytes(target)):
                return verb, target
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One level stated of a message: what the machine took, who signed it in which role, in which entry."""

    reached: Reached
    author: str
    role: str | None
    index: int
    envelope_hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosignature:
    """A checkpoint of one journal with the other side's cosignatures: the note, its size and root, the witness's time."""

    note: str
    size: int
    root: bytes
    at_s: int


@dataclass(slots=True)
class Replay:
    """Everything that the entries so far amount to. Fed by `take` in journal order, closed by `finish`."""

    opened: Opened
    in_force: dict[str, list[Manifest]] = field(default_factory=dict)
    charter: Charter | None = None
    charter_hash: bytes = b""
    assented: set[str] = field(default_factory=set)
    directions: dict[str, braid.Direction] = field(default_factory=dict)
    numbered: dict[bytes, Numbered] = field(default_factory=dict)
    hashes: dict[tuple[str, int], bytes] = field(default_factory=dict)
    record_ids: dict[bytes, bytes] = field(default_factory=dict)
    exchanges: dict[bytes, Exchange] = field(default_factory=dict)
    statements: dict[bytes, list[Statement]] = field(default_factory=dict)
    peer_roots: dict[int, bytes] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    cosigned: Cosignature | None = None
    peer_cosigned: Cosignature | None = None
    withheld: list[tuple[int, str]] = field(default_factory=list)
    private: list[tuple[int, str]] = field(default_factory=list)
    conflicts: list[tuple[int, str]] = field(default_factory=list)
    expired: list[int] = field(default_factory=list)

    @property
    def own(self) -> str:
        """Party code of the exporter."""
        return self.opened.head.party

    @property
    def peer(self) -> str:
        """Party code of the other side."""
        return self.opened.peer

    def other(self, party: str) -> str:
        """Return the counterpart."""
        return self.peer if party == self.own else self.own

    def direction(self, author: str) -> braid.Direction:
        """Return one direction of the line as it stands."""
        return self.directions.get(author, braid.EMPTY)

    def take(self, shown: Shown) -> None:
        """Verify one entry and apply it.

        Raises:
            VerificationError: EXPORT-RECORD, EXPORT-CHAIN, EXPORT-INCOMPLETE, EXPORT-ROOT or EXPORT-COSIGNATURE; the
                entry is named, and the refusal that a node would have given stands in `because`.
        """
        if shown.content is None:
            self._withheld(shown)
            return
        try:
            self._apply(shown, shown.content)
        except ArmslengthError as error:
            if error.code.startswith("EXPORT-"):
                raise
            code = _code_for(error)
            raise VerificationError(
                code, entry=shown.index, kind=shown.entry.kind, because=error.code, detail=error.sentence
            ) from error

    def finish(self) -> None:
        """Check that what an export must show was shown.

        Raises:
            VerificationError: EXPORT-INCOMPLETE, EXPORT-CHAIN, EXPORT-COSIGNATURE.
        """
        for party, introduced in self.opened.parties.items():
            known = self.in_force.get(party, [])
            if not known:
                raise VerificationError("EXPORT-INCOMPLETE", expected=f"the entry by which {party} is known")
            if known[-1].sequence != introduced.newest.sequence:
                raise VerificationError(
                    "EXPORT-CHAIN", party=party, expected=introduced.newest.sequence, got=known[-1].sequence
                )
        if self.charter is None or self.charter_hash != self.opened.head.charter:
            raise VerificationError("EXPORT-INCOMPLETE", expected="the entry of the line's charter")
        for file, text, seen in (
            ("cosigned", self.opened.cosigned, self.cosigned),
            ("peer-checkpoint", self.opened.peer_checkpoint, self.peer_cosigned),
        ):
            if text != (seen.note if seen is not None else None):
                raise VerificationError("EXPORT-COSIGNATURE", file=file, because="not the newest one of the entries")

    # --- one entry ----------------------------------------------------------------------------------------------------

    def _withheld(self, shown: Shown) -> None:
        if shown.entry.kind in NUMBERED_KINDS:
            raise VerificationError("EXPORT-INCOMPLETE", entry=shown.index, kind=shown.entry.kind, missing="content")
        self.withheld.append((shown.index, shown.entry.kind))

    def _apply(self, shown: Shown, content: bytes) -> None:
        kind = shown.entry.kind
        item = parse_item(content)
        if kind in LINE_KINDS and shown.entry.line != self.opened.head.line:
            raise PeerError("RECORD-LINE", expected=self.opened.head.line, got=shown.entry.line or b"")
        author = self._author(kind, item.body.get(3))
        if kind == "manifest":
            self._next_manifest(author, item.body.get(20))
        elif kind == "genesis":
            self._genesis(shown)
        verified = verify_item(
            item,
            realm=self.opened.head.realm,
            line=shown.entry.line or NO_LINE,
            key_of=lambda key_id: self._sign_key(author, key_id),
            types=frozenset({_TYPE_OF.get(kind, kind)}),
        )
        self._check_common(verified, author, crosses=kind in LINE_KINDS - {"charter", "conflict"})
        if shown.entry.at > self.in_force[author][-1].valid_until:
            self.expired.append(shown.index)
        handler = _HANDLERS.get(kind)
        if handler is None:
            acts.verify_acts(verified, realm=self.opened.head.realm, roster=self._roster(author), needed=None)
            self.private.append((shown.index, kind))
            return
        handler(self, shown, author, verified)

    def _author(self, kind: str, said: CborValue) -> str:
        """Return whose record the kind of entry holds; the record itself must say the same."""
        if kind in {"manifest", "charter-assent"}:
            author = self.peer if said == self.peer else self.own
        elif kind.endswith("-in"):
            author = self.peer
        else:
            author = self.own
        if said != author:
            raise PeerError("RECORD-AUTHOR", expected=author, got=said)
        return author

    def _sign_key(self, author: str, key_id: bytes) -> VerifyKey:
        # The one before stays good for what was under way when the keys changed (as on receipt).
        for known in self.in_force.get(author, [])[-2:]:
            if key_id == known.node_key_id("sign"):
                return known.node_keys["sign"].verifier()
        raise PeerError("RECORD-KEY", line=self.opened.head.line, author=author)

    def _roster(self, author: str) -> acts.Roster:
        return self.in_force[author][-1].roster()

    def _check_common(self, verified: Verified, author: str, *, crosses: bool) -> None:
        body = verified.item.body
        record_id, addressees = body.get(1), body.get(4)
        if not isinstance(record_id, bytes) or len(record_id) != _RECORD_ID_BYTES or type(body.get(2)) is not int:
            raise PeerError("RECORD-MALFORMED", part="record id or time")
        if crosses and (not isinstance(addressees, tuple) or self.other(author) not in addressees):
            raise PeerError("RECORD-ADDRESSEE", expected=self.other(author), got=addressees)

    # --- who is who ---------------------------------------------------------------------------------------------------

    def _genesis(self, shown: Shown) -> None:
        if shown.index != 0 or self.in_force:
            raise VerificationError("EXPORT-CHAIN", entry=shown.index, expected="genesis as entry 0 and once")
        # The record of entry 0 is signed before the first manifest is journalled, by the key which that one names.
        self.in_force[self.own] = [self.opened.parties[self.own].manifests[0]]

    def _next_manifest(self, author: str, data: CborValue) -> None:
        introduced = self.opened.parties[author]
        known = self.in_force.get(author, [])
        first_own = author == self.own and len(known) == 1 and known[0].sequence == 1
        position = next((n for n, piece in enumerate(introduced.pieces) if piece == data), None)
        if position is None:
            raise VerificationError("EXPORT-CHAIN", party=author, because="a manifest that the introduction does not hold")
        following = known[-1].sequence if known else 0
        if position != following and not (first_own and position == 0):
            raise VerificationError("EXPORT-CHAIN", party=author, expected=following + 1, got=position + 1)
        if position == following:
            self.in_force.setdefault(author, []).append(introduced.manifests[position])

    def _pin(self, shown: Shown, author: str, verified: Verified) -> None:
        body = verified.item.body
        acts.verify_acts(
            verified, realm=self.opened.head.realm, roster=self._roster(author), needed=acts.INTRODUCE
        )
        introduced = self.opened.parties[self.peer]
        data = body.get(21)
        chain, pieces = manifest.verify_introduction(data if isinstance(data, bytes) else b"", self.opened.head.realm)
        if pieces != introduced.pieces[: len(pieces)] or body.get(23) != manifest.manifest_fingerprint(chain[-1]):
            raise VerificationError("EXPORT-CHAIN", entry=shown.index, party=self.peer, because="another introduction")
        known = self.in_force.setdefault(self.peer, [])
        known.extend(introduced.manifests[len(known) : len(pieces)])

    def _charter(self, _shown: Shown, _author: str, verified: Verified) -> None:
        data = verified.item.body.get(21)
        parsed = charter.parse_charter(data if isinstance(data, bytes) else b"", self.opened.head.realm)
        roots = {party: one.newest.root_key_id for party, one in self.opened.parties.items()}
        if dict(parsed.parties) != roots or parsed.line_id != self.opened.head.line:
            raise PeerError("CHARTER-PARTIES", expected=" and ".join(roots))
        self.charter, self.charter_hash = parsed, charter.charter_hash(self.opened.head.realm, bytes(cast("bytes", data)))

    def _assent(self, _shown: Shown, author: str, verified: Verified) -> None:
        if verified.item.body.get(20) != self.charter_hash:
            raise PeerError("CHARTER-VERSION", expected=self.charter_hash, got=verified.item.body.get(20))
        acts.verify_acts(verified, realm=self.opened.head.realm, roster=self._roster(author), needed=acts.ASSENT)
        self.assented.add(author)

    def _nothing(self, _shown: Shown, _author: str, _verified: Verified) -> None:
        """What these entries say was already checked."""

    def _conflict(self, shown: Shown, _author: str, verified: Verified) -> None:
        self.conflicts.append((shown.index, str(verified.item.body.get(20))))

    # --- numbered records ---------------------------------------------------------------------------------------------

    def _numbered(self, shown: Shown, author: str, verified: Verified) -> None:
        agreed = self.charter
        if agreed is None or self.assented != {self.own, self.peer}:
            raise PeerError("LINE-NOT-OPEN", peer=self.peer)
        link = braid.parse_link(verified.item.link)
        if link.charter != self.charter_hash:
            raise PeerError("CHARTER-VERSION", expected=self.charter_hash, got=link.charter)
        record_id = cast("bytes", verified.item.body[1])
        if self.record_ids.setdefault(record_id, verified.envelope_hash) != verified.envelope_hash:
            raise PeerError("BRAID-RECORD-REUSED", record=record_id)
        one = self._described(shown, author, verified, link)
        target = self._check_receipt(one) if one.form == RECEIPT_FORM else None
        if one.is_message:
            self._check_message(one, agreed)
        one = replace(one, target=target, ahead=self._braid(one, agreed))
        self.numbered[verified.envelope_hash] = one
        self.hashes[author, link.number] = verified.envelope_hash
        self._open_exchange(one, agreed)

    def _described(self, shown: Shown, author: str, verified: Verified, link: braid.Link) -> Numbered:
        body = verified.item.body
        raw, version, code = body.get(fields.PRECEDENCE), body.get(fields.FORM_VERSION), body.get(fields.FORM_CODE)
        if verified.header.type == "receipt":
            raw, code = self._precedence_of(body.get(21)), RECEIPT_FORM
        elif code == RECEIPT_FORM:
            raise PeerError("FORM-FIELD-MALFORMED", field="form")
        if not isinstance(code, str) or type(raw) is not int or not 0 <= raw <= Precedence.FLASH:
            raise PeerError("FORM-FIELD-MALFORMED", field="form or precedence")
        return Numbered(
            index=shown.index,
            recorded_at=Instant(shown.entry.at),
            author=author,
            verified=verified,
            link=link,
            form=code,
            version=version if type(version) is int else None,
            precedence=Precedence(raw),
            ahead=False,
        )

    def _precedence_of(self, target: CborValue) -> int:
        found = self.numbered.get(target) if isinstance(target, bytes) else None
        return int(found.precedence) if found is not None else int(Precedence.PRIORITY)

    def _check_message(self, one: Numbered, agreed: Charter) -> None:
        body = one.verified.item.body
        if forms.known(one.form, one.version):
            if one.form not in agreed.forms:
                raise PeerError("CHARTER-FORM", form=one.form)
            validate(forms.form(one.form), body, one.precedence, family=PeerError)
        target = self.numbered.get(one.relation[1]) if one.relation is not None else None
        back = one.relation is not None and one.relation[0] in _TAKES_BACK
        two = acts.needs_two(
            agreed,
            one.form,
            one.precedence,
            delegated=one.verified.item.link.get(LINK_DELEGATION) is not None,
            takes_back_stop=back and target is not None and target.form == "STOP",
        )
        acts.verify_acts(
            one.verified,
            realm=self.opened.head.realm,
            roster=self._roster(one.author),
            needed=acts.of_message(one.form),
            two_persons=two,
        )
        if one.relation is not None and target is not None and target.is_message:
            check_relation(one.relation[0], _stands(one), _stands(target), family=PeerError)

    def _check_receipt(self, one: Numbered) -> bytes:
        receipt = receipts.parse_receipt(one.verified.item.body)
        target = self.numbered.get(receipt.envelope_hash)
        if target is None:
            raise PeerError("RECEIPT-UNKNOWN-ENVELOPE", envelope=receipt.envelope_hash)
        if target.author == one.author or target.link.number != receipt.number or not target.is_message:
            raise PeerError("RECEIPT-LEVEL", because="of another message than it says")
        acts.verify_acts(
            one.verified,
            realm=self.opened.head.realm,
            roster=self._roster(one.author),
            needed=acts.of_receipt(receipt.level),
        )
        return receipt.envelope_hash

    def _braid(self, one: Numbered, agreed: Charter) -> bool:
        """Judge the record's number and links; return whether it is ahead of its direction."""
        others = self.other(one.author)
        before = self.direction(one.author)
        accepted = one.link.accepted_number
        if accepted and (others, accepted) not in self.hashes:
            raise VerificationError("EXPORT-INCOMPLETE", entry=one.index, missing=f"number {accepted} of {others}")
        if one.author == self.own and accepted > self.direction(others).number:
            raise VerificationError("EXPORT-INCOMPLETE", entry=one.index, missing=f"numbers of {others} before {accepted}")
        judged = braid.judge(
            before,
            one.link,
            one.verified.envelope_hash,
            hash_at=lambda number: self.hashes.get((one.author, number)),
            own_hash_at=lambda number: self.hashes.get((others, number)),
            clock_tolerance_us=agreed.clock_tolerance_s * MICROSECONDS,
        )
        if judged.place is braid.Place.REPEATED:
            raise VerificationError("EXPORT-CHAIN", entry=one.index, because="entered twice")
        if judged.place is braid.Place.AHEAD and one.author == self.own:
            raise VerificationError(
                "EXPORT-INCOMPLETE", entry=one.index, missing=f"number {before.number + 1} of {self.own}"
            )
        self.directions[one.author] = judged.direction
        if one.author == self.peer:
            self.held[self.own] = max(self.held.get(self.own, 0), accepted)
        return judged.place is braid.Place.AHEAD

    def _open_exchange(self, one: Numbered, agreed: Charter) -> None:
        body = one.verified.item.body
        reply_by = body.get(fields.REPLY_BY)
        self.exchanges[one.verified.envelope_hash] = exchange.open_exchange(
            envelope_hash=one.verified.envelope_hash,
            form=one.form,
            precedence=one.precedence,
            released_at=one.link.released_at,
            deadlines_s=tuple(agreed.deadlines[one.precedence]),
            reply_by=Instant(reply_by) if one.is_message and type(reply_by) is int else None,
        )
        if one.target is not None:
            self._reach(one)
        elif one.relation is not None and one.relation[0] in _RELATION_EVENTS:
            event = Event(kind=_RELATION_EVENTS[one.relation[0]])
            self._step(one.relation[1], event, one.recorded_at)

    def _step(self, envelope_hash: bytes, event: Event, now: Instant) -> None:
        state = self.exchanges.get(envelope_hash)
        if state is not None:
            self.exchanges[envelope_hash] = exchange.step(state, event, now).state

    def _reach(self, one: Numbered) -> None:
        body, target = one.verified.item.body, cast("bytes", one.target)
        receipt = receipts.parse_receipt(body)
        reached = Reached(
            level=receipt.level,
            at=Instant(cast("int", body[2])),
            by=f"{one.author}/{body.get(5)}",
            proof=Proof.SIGNED,
            verb=receipt.verb,
            doubt=receipt.doubt,
        )
        self._step(target, Event(kind=EventKind.RECEIPT, reached=reached, answer_by=receipt.answer_by), one.recorded_at)
        role = next((act.role for act in _attestations(one) if act.act == "receipt"), None)
        self._state(target, reached, one.author, role, one)

    def _state(self, target: bytes, reached: Reached, author: str, role: str | None, one: Numbered) -> None:
        made = Statement(
            reached=reached, author=author, role=role, index=one.index, envelope_hash=one.verified.envelope_hash
        )
        self.statements.setdefault(target, []).append(made)

    # --- what nodes say -----------------------------------------------------------------------------------------------

    def _node_receipt(self, shown: Shown, author: str, verified: Verified) -> None:
        receipt = receipts.parse_node_receipt(verified.item.body)
        target = self.numbered.get(receipt.envelope_hash)
        if target is None:
            raise PeerError("RECEIPT-UNKNOWN-ENVELOPE", envelope=receipt.envelope_hash)
        if target.author == author:
            raise PeerError("RECEIPT-LEVEL", because="of a record of its own author")
        if any(s.reached.level is Level.HELD for s in self.statements.get(receipt.envelope_hash, ())):
            raise VerificationError("EXPORT-CHAIN", entry=shown.index, because="a second R0 of one record")
        seen = self._note(author, receipt.checkpoint)
        if seen.size <= receipt.index:
            raise PeerError("RECEIPT-CHECKPOINT", because="the checkpoint does not cover the entry")
        if author == self.own:
            self._check_own_receipt(shown, receipt, target, seen)
        else:
            self._check_peer_root(seen, receipt)
            number = target.link.number
            self.held[self.own] = max(self.held.get(self.own, 0), number if not self._after_gap(number) else 0)
        reached = Reached(level=Level.HELD, at=receipt.received_at, by=author, proof=Proof.SIGNED)
        self._step(receipt.envelope_hash, Event(kind=EventKind.RECEIPT, reached=reached), Instant(shown.entry.at))
        made = Statement(
            reached=reached, author=author, role=None, index=shown.index, envelope_hash=verified.envelope_hash
        )
        self.statements.setdefault(receipt.envelope_hash, []).append(made)

    def _after_gap(self, _number: int) -> bool:
        # An R0 proves its own record and, when that was accepted in order, every one before it; AHEAD proves one only.
        return True

    def _check_own_receipt(
        self, shown: Shown, receipt: receipts.NodeReceipt, target: Numbered, seen: checkpoints.Checkpoint
    ) -> None:
        if receipt.index != target.index or seen.size > shown.index:
            raise VerificationError("EXPORT-CHAIN", entry=shown.index, expected=target.index, got=receipt.index)
        self._check_own_root(shown, seen)
        waits = target.link.number > self.direction(target.author).number
        if (receipt.place == braid.Place.AHEAD) != waits:
            missing = f"numbers of {target.author} before {target.link.number}"
            raise VerificationError("EXPORT-INCOMPLETE", entry=shown.index, missing=missing)

    def _check_own_root(self, shown: Shown, seen: checkpoints.Checkpoint) -> None:
        leaves = self.opened.leaves
        if seen.size > leaves.size or leaves.root_at(seen.size) != seen.root:
            raise VerificationError("EXPORT-ROOT", entry=shown.index, size=seen.size, because="another root was signed")

    def _check_peer_root(self, seen: checkpoints.Checkpoint, receipt: receipts.NodeReceipt | None = None) -> None:
        if self.peer_roots.setdefault(seen.size, seen.root) != seen.root:
            raise PeerError("CHECKPOINT-FORK", size=seen.size)
        start = self.peer_roots.get(receipt.since) if receipt is not None else None
        if receipt is not None and start is not None and receipt.since < seen.size:
            tree.verify_consistency(receipt.since, seen.size, start, seen.root, receipt.path)

    def _note(self, signer: str, text: str) -> checkpoints.Checkpoint:
        """Check a checkpoint note under a journal key that its party had in force."""
        note = parse_note(text)
        return _under_one_of(
            self.in_force[signer],
            lambda known: checkpoints.verify_checkpoint(
                note, journal_origin(known), known.node_keys["log"].verifier()
            ),
        )

    def _cosigned(self, signer: str, witness: str, text: CborValue) -> Cosignature:
        if not isinstance(text, str):
            raise VerificationError("EXPORT-COSIGNATURE", because="no note")
        note = parse_note(text)
        seen = self._note(signer, text)

        def verify(known: Manifest) -> int:
            stamps = [
                checkpoints.verify_cosignature(note, journal_origin(known), known.node_keys[purpose].verifier())
                for purpose in ("witness", "witness-pq")
            ]
            return max(stamps)

        try:
            at_s = _under_one_of(self.in_force[witness], verify)
        except ArmslengthError as error:
            raise VerificationError("EXPORT-COSIGNATURE", witness=witness, because=error.code) from error
        return Cosignature(note=text, size=seen.size, root=seen.root, at_s=at_s)

    def _cosignature(self, shown: Shown, author: str, verified: Verified) -> None:
        cosigned = self._cosigned(self.other(author), author, verified.item.body.get(23))
        seen = checkpoints.Checkpoint(origin="", size=cosigned.size, root=cosigned.root)
        if author == self.peer:
            if cosigned.size > shown.index:
                raise VerificationError("EXPORT-ROOT", entry=shown.index, size=cosigned.size)
            self._check_own_root(shown, seen)
            self.cosigned = cosigned
        else:
            self._check_peer_root(seen)
            self.peer_cosigned = cosigned


_RECORD_ID_BYTES: Final = 16

Handler = "Callable[[Replay, Shown, str, Verified], None]"
_HANDLERS: Final[dict[str, Callable[[Replay, Shown, str, Verified], None]]] = {
    "genesis": Replay._nothing,
    "manifest": Replay._nothing,
}


def _stands(one: Numbered) -> Stands:
    verb = one.relation[0] if one.relation is not None else None
    return Stands(author=one.author, form=one.form, precedence=one.precedence, relation=verb)

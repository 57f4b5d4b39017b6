"""What arrives: opened, verified, judged, committed - and only then receipted.

Each item is handled in a savepoint of its own, so that a bad item stops no other and changes nothing. The order of
the checks is that of docs/spec/envelope.md 5. Nothing here sends: the replies returned may leave only after the
unit's commit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from armslength.core.errors import ArmslengthError, LocalError, PeerError, VerificationError
from armslength.core.fieldmap import FieldReader
from armslength.core.realm import domain
from armslength.core.record import Item, Verified, encode_item, parse_item, verify_item
from armslength.desk import alarms, checkpoints, clock_watch, inbound_messages, line_echo, policy, views
from armslength.desk import cast as who
from armslength.desk.books import Books
from armslength.desk.cast import LineView
from armslength.line import acts, braid, envelope, manifest, receipts
from armslength.line.envelope import split_transports

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.core.cose import VerifyKey
    from armslength.desk.line_echo import Said

CONFLICTS_KEPT_MAX: Final = 16
"""Contradictions kept for one line: one proves the lie, and a liar must not fill the journal with more."""

CONFLICT_CODES: Final = frozenset(
    {"BRAID-FORK", "BRAID-RECORD-REUSED", "CHECKPOINT-FORK", "CHECKPOINT-ROLLBACK", "MANIFEST-FORK"}
)
"""Refusals that are evidence of a lie: both signed accounts are kept."""


HANDLING_CHARS_MAX: Final = 64
"""A handling marking is a word or two, of the other party's own list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """What the peer's hello said, for the outbox; nothing in it is proof."""

    query: bool
    holds_our_assent: bool
    holds_our_manifest: int
    accepted_from_us: int
    versions: tuple[int, ...]
    asked: Said | None = None


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What one delivery came to.

    ``replies`` leave after commit, ``refused`` is for the log, ``receipted`` names our envelopes that the peer holds.
    """

    line: bytes
    replies: list[Item] = field(default_factory=list)
    refused: list[ArmslengthError] = field(default_factory=list)
    to_receipt: list[Verified] = field(default_factory=list)
    receipted: list[bytes] = field(default_factory=list)
    hello: Hello | None = None
    accepted: int = 0
    receipts: int = 0
    stop: bool = False
    opened: bool = False
    grew: bool = False


def receive(books: Books, line_id: bytes, body: bytes) -> Outcome:
    """Take a delivery of one line: a CBOR sequence of transports.

    Raises:
        PeerError: the delivery as a whole is refused (LINE-UNKNOWN, TRANSPORT-..., a CBOR code).
    """
    line = books.line(line_id)
    outcome = Outcome(line=line_id)
    for transport in split_transports(body):
        for value in open_transport(books, line, transport):
            _one(books, line_id, value, outcome)
    _issue_receipts(books, line_id, outcome)
    return outcome


def open_transport(books: Books, line: LineView, transport: bytes) -> tuple[CborValue, ...]:
    """Open one transport and return the values of its items.

    Raises:
        PeerError: TRANSPORT-... codes.
    """
    try:
        header, plaintext = books.keys.open(transport, domain(books.realm, "transport"))
    except VerificationError as error:
        raise PeerError("TRANSPORT-OPEN", because=error.code) from error
    senders = frozenset(key_ids(books, line.peer))
    envelope.check_transport_header(header, realm=books.realm, line=line.line, sender_key_ids=senders)
    return envelope.parse_items(plaintext)


def key_ids(books: Books, party: str) -> tuple[bytes, ...]:
    """Return the sign key ids of a party that are acceptable now: of its manifest in force and the one before."""
    newest = books.manifest(party)
    found = [newest.node_key_id("sign")]
    if newest.sequence > 1:
        before = who.parsed_manifest(who.manifest_bytes(books.unit, party, newest.sequence - 1), books.realm)
        found.append(before.node_key_id("sign"))
    return tuple(found)


def verify(books: Books, line: LineView, item: Item, types: frozenset[str]) -> Verified:
    """Verify an item of the line's peer under its pinned keys.

    Raises:
        PeerError: RECORD-... codes.
    """
    newest = books.manifest(line.peer)

    def key_of(key_id: bytes) -> VerifyKey:
        if key_id == newest.node_key_id("sign"):
            return newest.node_keys["sign"].verifier()
        if newest.sequence > 1:
            earlier = who.manifest_bytes(books.unit, line.peer, newest.sequence - 1)
            before = who.parsed_manifest(earlier, books.realm)
            if key_id == before.node_key_id("sign"):
                return before.node_keys["sign"].verifier()
        raise PeerError("RECORD-KEY", line=line.line)

    return verify_item(item, realm=books.realm, line=line.line, key_of=key_of, types=types)


def _one(books: Books, line_id: bytes, value: CborValue, outcome: Outcome) -> None:
    try:
        with books.unit.savepoint():
            item = envelope.check_item(value)
            _accept(books, books.line(line_id), item, outcome)
    except ArmslengthError as error:
        if error.code.startswith("STORE-"):
            raise
        outcome.refused.append(error)
        if error.code in CONFLICT_CODES:
            _keep_conflict(books, line_id, value, error)
        elif error.code == "OWN-ROLLBACK":
            alarms.raise_alarm(books, "OWN-ROLLBACK", line_id, detail=error.sentence)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # A fault of ours that a hostile record found must not stop the node or the records beside it. The tests hold
        # that nothing known ends here.
        outcome.refused.append(PeerError("ITEM-UNHANDLED", because=type(error).__name__))


def _accept(books: Books, line: LineView, item: Item, outcome: Outcome) -> None:
    known = books.unit.get(views.MESSAGES, item.envelope_hash)
    if known is not None:
        outcome.opened = True
        _repeat(books, item, outcome)
        return
    verified = verify(books, line, item, _TYPES)
    # A signature of the peer is a sign of its life; a transport is none, since whoever has our public key can seal one.
    outcome.opened = True
    _check_common(books, line, verified)
    _HANDLERS[verified.header.type](books, line, verified, outcome)


def _repeat(books: Books, item: Item, outcome: Outcome) -> None:
    # The same R0 again, from the journal; nothing else changes (docs/spec/envelope.md 7).
    index = books.unit.get(views.ISSUED, item.envelope_hash)
    content = books.unit.content(index) if isinstance(index, int) else None
    if content is not None:
        outcome.replies.append(parse_item(content[1]))


def _check_common(books: Books, line: LineView, verified: Verified) -> None:
    body = verified.item.body
    record_id, author, addressees = body.get(1), body.get(3), body.get(4)
    FieldReader(body, "RECORD-MALFORMED").instant(2)
    if not isinstance(record_id, bytes) or len(record_id) != 16:
        raise PeerError("RECORD-MALFORMED", part="record id")
    if author != line.peer:
        raise PeerError("RECORD-AUTHOR", expected=line.peer, got=author)
    if not isinstance(addressees, tuple) or books.party not in addressees:
        raise PeerError("RECORD-ADDRESSEE", expected=books.party, got=addressees)
    _check_persons_and_marking(body)


def _check_persons_and_marking(body: Mapping[int, CborValue]) -> None:
    read = FieldReader(body, "RECORD-MALFORMED")
    read.texts(4, policy.RELEASABLE_MAX)
    if read.has(5):
        read.text(5, manifest.OFFICER_ID_CHARS_MAX)
    if read.has(6):
        read.text(6, HANDLING_CHARS_MAX)
    if read.has(7):
        read.texts(7, policy.RELEASABLE_MAX)


def _numbered(books: Books, line: LineView, verified: Verified, outcome: Outcome) -> None:
    if not line.open:
        raise PeerError("LINE-NOT-OPEN", peer=line.peer)
    inbound_messages.accept(books, line, verified)
    outcome.accepted += 1
    _answer_query(books, line, verified, outcome)
    outcome.stop |= verified.item.body.get(20) == "STOP"
    outcome.to_receipt.append(verified)


def _answer_query(books: Books, line: LineView, verified: Verified, outcome: Outcome) -> None:
    """Give our R0 again when the peer asks by QUERY-RECEIPT; the higher levels are for people to answer."""
    queried = verified.item.body.get(100)
    if verified.item.body.get(20) != "QUERY-RECEIPT" or not isinstance(queried, bytes):
        return
    row = views.row(books.unit, views.MESSAGES, queried)
    index = books.unit.get(views.ISSUED, queried)
    content = books.unit.content(index) if isinstance(index, int) else None
    if row is not None and row[1] == line.line and content is not None:
        outcome.replies.append(parse_item(content[1]))


def _issue_receipts(books: Books, line_id: bytes, outcome: Outcome) -> None:
    """Make one R0 for each record accepted, all naming one checkpoint that covers them."""
    if not outcome.to_receipt:
        return
    line = books.line(line_id)
    note, checkpoint = checkpoints.own_note(books)
    since, path = checkpoints.proof_since(books, line_id, checkpoint.size)
    for verified in outcome.to_receipt:
        row = views.row(books.unit, views.MESSAGES, verified.envelope_hash)
        if row is None:
            continue
        receipt = receipts.NodeReceipt(
            envelope_hash=verified.envelope_hash,
            index=row[4],
            checkpoint=note,
            place=row[11],
            since=since,
            path=path,
            received_at=books.now,
        )
        made = books.make("node-receipt", line_id, {**books.common(None, (line.peer,)), **receipt.fields()})
        books.enter("node-receipt-out", made)
        outcome.replies.append(made.item)
        outcome.grew = True


def _node_receipt(books: Books, line: LineView, verified: Verified, outcome: Outcome) -> None:
    receipt = receipts.parse_node_receipt(verified.item.body)
    row = views.row(books.unit, views.MESSAGES, receipt.envelope_hash)
    if row is None or row[1] != line.line or row[2] != views.OUT:
        raise PeerError("RECEIPT-UNKNOWN-ENVELOPE", envelope=receipt.envelope_hash)
    if books.unit.get(views.OUTBOX, views.outbox_key(line.line, row[7], row[3])) is None:
        return
    seen = checkpoints.verify_peer_note(books, line, receipt.checkpoint)
    if seen.size <= receipt.index:
        raise PeerError("RECEIPT-CHECKPOINT", because="the checkpoint does not cover the entry")
    checkpoints.check_against_witness(books, line, seen, receipt.since, receipt.path)
    books.enter("node-receipt-in", verified)
    outcome.receipted.append(receipt.envelope_hash)
    outcome.receipts += 1
    outcome.grew = True


def _hello(books: Books, line: LineView, verified: Verified, outcome: Outcome) -> None:
    body = verified.item.body
    read = FieldReader(body, "RECORD-MALFORMED")
    accepted, sent = read.integer(25, 0, braid.NUMBER_MAX), read.integer(23, 0, braid.NUMBER_MAX)
    versions = read.array(28)
    _check_hello_numbers(books, line, body, accepted, sent)
    asked = line_echo.read(body, line_echo.ASK)
    line_echo.heard(books, line.line, body)
    clock_watch.heard(books, line, read.instant(2))
    held = body.get(31)
    outcome.hello = Hello(
        query=body.get(32) is True,
        holds_our_assent=body.get(30) is True,
        holds_our_manifest=held if type(held) is int and held > 0 else 0,
        accepted_from_us=accepted,
        versions=tuple(v for v in versions if type(v) is int),
        asked=asked,
    )


def _check_hello_numbers(books: Books, line: LineView, body: Mapping[int, CborValue], accepted: int, sent: int) -> None:
    out_hash = views.hash_at(books.unit, line.line, views.OUT, accepted)
    if accepted > 0 and out_hash is None:
        # Evidence of our own rollback first: we no longer have what the peer says it accepted.
        raise LocalError("OWN-ROLLBACK", accepted_by_peer=accepted)
    if accepted > 0 and out_hash != body.get(26):
        raise PeerError("BRAID-FORK", number=accepted, because="the peer accepted another envelope")
    in_hash = views.hash_at(books.unit, line.line, views.IN, sent)
    if sent > 0 and in_hash is not None and in_hash != body.get(24):
        raise PeerError("BRAID-FORK", number=sent, because="the peer names another envelope as sent")


def _cosign(books: Books, line: LineView, verified: Verified, outcome: Outcome) -> None:
    body = verified.item.body
    if body.get(23) is not None and checkpoints.accept_cosignature(books, line, verified):
        outcome.receipts += 1
    if body.get(20) is not None:
        answer = checkpoints.accept_offer(books, line, body)
        if answer is not None:
            outcome.replies.append(answer)


def _charter_assent(books: Books, line: LineView, verified: Verified, _outcome: Outcome) -> None:
    if verified.item.body.get(20) != line.charter_hash:
        raise PeerError("CHARTER-VERSION", expected=line.charter_hash, got=verified.item.body.get(20))
    acts.verify_acts(verified, realm=books.realm, roster=books.roster(line.peer), needed=acts.ASSENT)
    if not line.assented_by_them:
        books.enter("charter-assent", verified)


def _manifest_notice(books: Books, line: LineView, verified: Verified, _outcome: Outcome) -> None:
    data = verified.item.body.get(20)
    if not isinstance(data, bytes):
        raise PeerError("RECORD-MALFORMED", part="manifest")
    newest = books.manifest(line.peer)
    claimed = who.parsed_manifest(data, books.realm)
    if (claimed.party, claimed.root) != (newest.party, newest.root):
        raise PeerError("MANIFEST-ROOT", because="party or root changed")
    sequence = claimed.sequence
    if sequence <= newest.sequence and data == who.manifest_bytes(books.unit, line.peer, sequence):
        return
    before = min(sequence - 1, newest.sequence)
    previous = who.manifest_bytes(books.unit, line.peer, before) if before else None
    chained = None if previous is None else (who.parsed_manifest(previous, books.realm), previous)
    manifest.verify_manifest(data, realm=books.realm, previous=chained)
    if sequence <= newest.sequence:
        raise PeerError("MANIFEST-FORK", sequence=sequence)
    books.enter("manifest", verified)


def _keep_conflict(books: Books, line_id: bytes, value: CborValue, error: ArmslengthError) -> None:
    """Keep the contradicting record as evidence beside what it contradicts, once, and freeze claims on the line."""
    item = envelope.check_item(value)
    evidence = item.envelope_hash
    identity = alarms.alarm_id("FORK", line_id, evidence, 0)
    kept = sum(row[4] == line_id for _, row in views.rows(books.unit, views.SUSPECTS, b"conflict"))
    if books.unit.get(views.ALARMS, identity) is not None or kept >= CONFLICTS_KEPT_MAX:
        return
    fields: dict[int, CborValue] = {20: error.code, 21: evidence, 22: encode_item(item)}
    books.note("conflict", "conflict", fields, line_id)
    alarms.raise_alarm(books, "FORK", line_id, evidence, detail=error.sentence)


Handler = Callable[[Books, LineView, Verified, Outcome], None]
_HANDLERS: Final[dict[str, Handler]] = {
    "message": _numbered,
    "receipt": _numbered,
    "node-receipt": _node_receipt,
    "hello": _hello,
    "cosign": _cosign,
    "charter-assent": _charter_assent,
    "manifest-notice": _manifest_notice,
}
_TYPES: Final = frozenset(_HANDLERS)

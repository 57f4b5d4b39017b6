"""Views of parties, lines, numbered records, receipts and checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.attestation import parse_attestation
from armslength.core.cbor import CborValue, decode
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.desk import (
    alarm_causes,
    projection_cases,
    projection_notices,
    projection_officers,
    projection_watch,
    views,
)
from armslength.desk import cast as who
from armslength.desk.projection_local import convey_concern, draft_released
from armslength.journal import checkpoint
from armslength.line import braid, exchange, fields, forms, session
from armslength.line import manifest as manifests
from armslength.line.exchange import Event, EventKind, Exchange, Reached
from armslength.line.receipts import Level, Proof
from armslength.line.session import SessionEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.projection import Fact, Projector

    Body = Mapping[int, Any]
    """A body whose fields were checked before it entered the journal."""

RECEIPT_FORM: Final = "RECEIPT"
"""Stands in the place of a form code for R1 to R4 in the views."""

_RELATION_EVENTS: Final = {
    "recalls": EventKind.RECALL,
    "updates": EventKind.UPDATE,
    "discontinues": EventKind.DISCONTINUE,
}
_SUSPENDS, _RESUMES = "SUSPEND", "RESUME"
_SESSION_EVENTS: Final = {
    (_SUSPENDS, True): SessionEvent.SUSPEND_BY_US,
    (_SUSPENDS, False): SessionEvent.SUSPEND_BY_THEM,
    (_RESUMES, True): SessionEvent.RESUME_BY_US,
    (_RESUMES, False): SessionEvent.RESUME_BY_THEM,
}
_OPPOSITE: Final = {_SUSPENDS: _RESUMES, _RESUMES: _SUSPENDS}
_SESSION_CODES: Final = {"LINE-SUSPENDED": _SUSPENDS, "LINE-RESUMED": _RESUMES}
"""The service codes that say the same; a peer may send them instead of the forms."""


def _manifest(fact: Fact) -> None:
    data = cast("bytes", fact.body[20])
    if fact.author == fact.own:
        row = views.row(fact.unit, views.PARTIES, fact.own.encode())
        before = None if row is None else who.manifest(fact.unit, fact.own, fact.realm)
        projection_officers.settle(fact, before, who.parsed_manifest(data, fact.realm))
    _store_manifest(fact, fact.author, data, pinned=None)


def _peer_pin(fact: Fact) -> None:
    pieces = cast("tuple[bytes, ...]", decode(cast("bytes", fact.body[21])))
    for piece in pieces:
        _store_manifest(fact, str(fact.body[20]), piece, pinned=(fact.entry.at, str(fact.body.get(5))))


def _store_manifest(fact: Fact, party: str, data: bytes, pinned: tuple[int, str] | None) -> None:
    parsed = who.parsed_manifest(data, fact.realm)
    fact.unit.put(views.MANIFESTS, views.manifest_key(party, parsed.sequence), data)
    before = views.row(fact.unit, views.PARTIES, party.encode()) or {}
    fact.unit.put(
        views.PARTIES,
        party.encode(),
        {
            1: parsed.sequence,
            2: manifests.manifest_hash(data),
            3: parsed.root_key_id,
            4: pinned[0] if pinned else before.get(4),
            5: pinned[1] if pinned else before.get(5),
            6: party == fact.own,
        },
    )


def _charter(fact: Fact) -> None:
    data = cast("bytes", fact.body[21])
    if fact.unit.get(views.LINES, fact.line) is None:
        fact.unit.put(views.SESSIONS, fact.line, session.session_value(session.Session()))
        for way in (views.OUT, views.IN):
            fact.unit.put(views.DIRECTIONS, fact.line + way, braid.direction_value(braid.EMPTY))
    peer = str(fact.body[23])
    fact.unit.put(
        views.LINES,
        fact.line,
        {1: peer, 2: fact.body[20], 3: False, 4: False, 5: data, 6: fact.entry.at, 7: None},
    )


def _charter_assent(fact: Fact) -> None:
    row = views.row(fact.unit, views.LINES, fact.line)
    if row is None or row[2] != fact.body[20]:
        return
    if fact.author == fact.own:
        row[3], row[8] = True, fact.index
    else:
        row[4] = True
    fact.unit.put(views.LINES, fact.line, row)
    if row[3] and row[4]:
        _session_step(fact, SessionEvent.BOTH_ASSENTED)


def _session_step(fact: Fact, event: SessionEvent) -> None:
    state = session.session_from_value(fact.unit.get(views.SESSIONS, fact.line))
    after = session.step(state, event, Instant(fact.entry.at))
    fact.unit.put(views.SESSIONS, fact.line, session.session_value(after), due=alarm_causes.lost_at(after))


def _session(fact: Fact) -> None:
    _session_step(fact, SessionEvent(str(fact.body[20])))


def _message_out(fact: Fact) -> None:
    link = braid.parse_link(fact.verified.item.link)
    row = _numbered(fact, views.OUT, link, braid.Place.IN_ORDER)
    _advance_out(fact, link)
    fact.unit.put(
        views.OUTBOX,
        views.outbox_key(fact.line, row[7], link.number),
        {1: fact.verified.envelope_hash, 2: fact.index},
    )
    draft_released(fact)


def _message_in(fact: Fact) -> None:
    link = braid.parse_link(fact.verified.item.link)
    line = fact.line
    before = braid.direction_from_value(fact.unit.get(views.DIRECTIONS, line + views.IN))
    judgement = braid.judge(
        before,
        link,
        fact.verified.envelope_hash,
        hash_at=lambda number: views.hash_at(fact.unit, line, views.IN, number),
        own_hash_at=lambda number: views.hash_at(fact.unit, line, views.OUT, number),
        clock_tolerance_us=who.line(fact.unit, line, fact.realm).charter.clock_tolerance_s * 1_000_000,
    )
    fact.unit.put(views.DIRECTIONS, line + views.IN, braid.direction_value(judgement.direction))
    _numbered(fact, views.IN, link, judgement.place)
    for number in judgement.now_in_order[1:]:
        _now_in_order(fact, number)
    _gap(fact, judgement.direction)


def _now_in_order(fact: Fact, number: int) -> None:
    envelope_hash = views.hash_at(fact.unit, fact.line, views.IN, number)
    if envelope_hash is None:
        return
    row = views.row(fact.unit, views.MESSAGES, envelope_hash)
    if row is not None:
        fact.unit.put(views.MESSAGES, envelope_hash, {**row, 11: braid.Place.IN_ORDER.value})


def _gap(fact: Fact, direction: braid.Direction) -> None:
    missing = braid.missing_numbers(direction)
    if not missing:
        fact.unit.delete(views.GAPS, fact.line)
        return
    before = views.row(fact.unit, views.GAPS, fact.line)
    since = before[3] if before is not None and before[1] == missing[0] else fact.entry.at
    alarmed = before is not None and before[1] == missing[0] and before[4]
    due = None if alarmed else Instant(since + GAP_ALARM_AFTER_S * 1_000_000)
    fact.unit.put(views.GAPS, fact.line, {1: missing[0], 2: missing[-1], 3: since, 4: bool(alarmed)}, due=due)


GAP_ALARM_AFTER_S: Final = 10
"""An online bearer fills a gap within its retry steps; a longer gap is for people."""


def _numbered(fact: Fact, way: bytes, link: braid.Link, place: braid.Place) -> views.Row:
    body, unit, envelope_hash = fact.verified.item.body, fact.unit, fact.verified.envelope_hash
    is_receipt = fact.verified.header.type == "receipt"
    target = cast("bytes | None", body.get(21)) if is_receipt else None
    row: views.Row = {
        1: fact.line,
        2: way,
        3: link.number,
        4: fact.index,
        5: fact.verified.header.type,
        6: RECEIPT_FORM if is_receipt else body.get(fields.FORM_CODE),
        7: _precedence_of_receipt(fact, target) if is_receipt else body.get(fields.PRECEDENCE),
        8: body.get(2),
        9: link.released_at,
        10: fact.entry.at,
        11: place.value,
        15: fact.verified.body_hash,
        17: body.get(5),
    }
    if is_receipt:
        row[16] = target
        row[22] = body.get(20)
    else:
        _message_row(row, body)
    if link_delegated := fact.verified.item.link.get(7):
        row[21] = link_delegated
    unit.put(views.NUMBERS, views.number_key(fact.line, way, link.number), envelope_hash)
    unit.put(views.RECORD_IDS, fact.line + cast("bytes", body[1]), envelope_hash)
    unit.put(views.MESSAGES, envelope_hash, row)
    _open_exchange(fact, row, link, body)
    if is_receipt:
        _apply_receipt(fact, target, body)
    else:
        _apply_message(fact, way, body)
    return row


def _message_row(row: views.Row, body: Body) -> None:
    row[12] = body.get(fields.RELATION)
    row[13] = body.get(fields.ANSWERS)
    row[14] = body.get(fields.CASE_REFERENCE)
    row[18] = body.get(fields.FACILITY_ID)
    row[19] = body.get(fields.REPLY_BY)
    code = str(row[6])
    row[20] = bool(code in forms.FORMS and forms.is_use(forms.FORMS[code], body))


def _precedence_of_receipt(fact: Fact, target: bytes | None) -> int:
    # A receipt travels with the precedence of the message that it speaks of.
    row = views.row(fact.unit, views.MESSAGES, target) if target is not None else None
    return int(row[7]) if row is not None else int(Precedence.PRIORITY)


def _open_exchange(fact: Fact, row: views.Row, link: braid.Link, body: Body) -> None:
    line = who.line(fact.unit, fact.line, fact.realm)
    precedence = Precedence(row[7])
    state = exchange.open_exchange(
        envelope_hash=fact.verified.envelope_hash,
        form=str(row[6]),
        precedence=precedence,
        released_at=link.released_at,
        deadlines_s=tuple(line.charter.deadlines[precedence]),
        reply_by=body.get(fields.REPLY_BY) if row[5] == "message" else None,
        answers=row[5] == "message" and fields.ANSWERS in body,
    )
    put_exchange(fact, state)


def put_exchange(fact: Fact, state: Exchange) -> None:
    """Store an exchange, due at its next deadline."""
    fact.unit.put(
        views.EXCHANGES,
        state.envelope_hash,
        cast("CborValue", exchange.exchange_value(state)),
        due=exchange.next_deadline(state),
    )


def step_exchange(fact: Fact, envelope_hash: bytes | None, event: Event) -> None:
    """Apply an event to an exchange that this node knows; unknown ones were refused before entering."""
    value = fact.unit.get(views.EXCHANGES, envelope_hash) if envelope_hash is not None else None
    if isinstance(value, dict):
        state = exchange.exchange_from_value(cast("dict[int, CborValue]", value))
        put_exchange(fact, exchange.step(state, event, Instant(fact.entry.at)).state)


def _role(fact: Fact) -> str:
    """Return the role in which the officer receipted, as the attestation says."""
    return next((a.role for a in map(parse_attestation, fact.verified.item.acts) if a.act == "receipt"), "")


def _apply_receipt(fact: Fact, target: bytes | None, body: Body) -> None:
    reached = Reached(
        level=Level(body[20]),
        at=Instant(body[2]),
        by=f"{fact.author}/{_role(fact)}",
        officer=str(body.get(5)),
        proof=Proof.SIGNED,
        verb=body.get(40),
        doubt=bool(body.get(34)),
    )
    event = Event(kind=EventKind.RECEIPT, reached=reached, answer_by=body.get(42))
    step_exchange(fact, target, event)
    projection_notices.receipted(fact, target, int(reached.level))


def _apply_message(fact: Fact, way: bytes, body: Body) -> None:
    projection_watch.message(fact)
    if way == views.OUT:
        projection_notices.released(fact)
    projection_cases.message(fact, ours=way == views.OUT)
    relation = body.get(fields.RELATION)
    if relation is not None and relation[0] in _RELATION_EVENTS:
        step_exchange(fact, relation[1], Event(kind=_RELATION_EVENTS[relation[0]]))
    state = session.session_from_value(fact.unit.get(views.SESSIONS, fact.line))
    event = _SESSION_EVENTS.get((_declared(fact, body, way, state), way == views.OUT))
    if event is not None and (state.declared, event) in session.DECLARED_TRANSITIONS:
        _session_step(fact, event)


def _declared(fact: Fact, body: Body, way: bytes, state: session.Session) -> str:
    """Return which form's declaration a message makes about the line, empty when it makes none.

    What updates or adds to a declaration declares nothing anew, since the line may have changed its state meanwhile.
    Taking a declaration back undoes it as long as it is the one that stands.
    """
    code, relation = str(body.get(fields.FORM_CODE)), body.get(fields.RELATION)
    if code == "SERVICE":
        return _SESSION_CODES.get(str(body.get(100)), "")
    if code not in _OPPOSITE or relation is None or relation[0] == "relates":
        return code
    target = views.row(fact.unit, views.MESSAGES, relation[1])
    stands = target is not None and (target[2], target[6], target[10]) == (way, code, state.declared_at)
    return _OPPOSITE[code] if relation[0] in {"recalls", "discontinues"} and stands else ""


def _advance_out(fact: Fact, link: braid.Link) -> None:
    direction = braid.Direction(
        number=link.number,
        hash=fact.verified.envelope_hash,
        released_at=link.released_at,
        accepted_number=link.accepted_number,
        ahead={},
    )
    fact.unit.put(views.DIRECTIONS, fact.line + views.OUT, braid.direction_value(direction))


def _node_receipt_in(fact: Fact) -> None:
    target = cast("bytes", fact.body[21])
    row = views.row(fact.unit, views.MESSAGES, target)
    if row is None:
        return
    fact.unit.delete(views.OUTBOX, views.outbox_key(fact.line, row[7], row[3]))
    _reach_held(fact, target)
    projection_notices.receipted(fact, target, int(Level.HELD))
    convey_concern(fact, row)


def _node_receipt_out(fact: Fact) -> None:
    target = cast("bytes", fact.body[21])
    fact.unit.put(views.ISSUED, target, fact.index)
    _reach_held(fact, target)


def _reach_held(fact: Fact, target: bytes) -> None:
    # The statement's own time is the receiving node's clock at its commit.
    reached = Reached(level=Level.HELD, at=Instant(cast("int", fact.body[27])), by=fact.author, proof=Proof.SIGNED)
    step_exchange(fact, target, Event(kind=EventKind.RECEIPT, reached=reached))


def _peer_checkpoint(fact: Fact) -> None:
    # Our own cosign record: what we cosigned of the peer's journal, remembered before it is answered. A few earlier
    # roots are kept, since an offer may start from a cosignature older than the last one.
    seen = _checkpoint_of(fact)
    before = views.row(fact.unit, views.WITNESS, fact.line)
    history = {**(before[5] if before is not None else {}), seen.size: seen.root}
    kept = {size: history[size] for size in sorted(history)[-WITNESS_HISTORY:]}
    fact.unit.put(views.WITNESS, fact.line, {1: seen.size, 2: seen.root, 3: fact.body[23], 4: fact.index, 5: kept})


def _cosignature_in(fact: Fact) -> None:
    seen = _checkpoint_of(fact)
    fact.unit.put(views.COSIGNED, fact.line, {1: seen.size, 2: seen.root, 3: fact.body[23]})


def _checkpoint_of(fact: Fact) -> checkpoint.Checkpoint:
    return checkpoint.parse_checkpoint(checkpoint.parse_note(str(fact.body[23])).text)


WITNESS_HISTORY: Final = 16
"""Roots of the peer's journal kept for proofs that start before the last cosignature."""

PROJECTORS: Final[dict[str, Projector]] = {
    "manifest": _manifest,
    "peer-pin": _peer_pin,
    "charter": _charter,
    "charter-assent": _charter_assent,
    "session": _session,
    "message-out": _message_out,
    "receipt-out": _message_out,
    "message-in": _message_in,
    "receipt-in": _message_in,
    "node-receipt-in": _node_receipt_in,
    "node-receipt-out": _node_receipt_out,
    "peer-checkpoint": _peer_checkpoint,
    "cosignature-in": _cosignature_in,
}

__all__ = ["GAP_ALARM_AFTER_S", "PROJECTORS", "RECEIPT_FORM", "put_exchange", "step_exchange"]

"""Replaying what is numbered: messages and receipts R1 to R4, by the rules of receiving, the braid and the exchange."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from armslength.core.errors import PeerError, VerificationError
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.disclosure.replay_state import RECEIPT_FORM, Numbered, Statement
from armslength.line import acts, braid, exchange, fields, forms, receipts
from armslength.line.exchange import Event, EventKind, Reached
from armslength.line.form_values import takes_back, validate, validate_common
from armslength.line.receipts import Proof
from armslength.line.relations import Stands, check_relation

if TYPE_CHECKING:
    from armslength.core.attestation import Attestation
    from armslength.core.cbor import CborValue
    from armslength.core.record import Verified
    from armslength.disclosure.export_reading import Shown
    from armslength.disclosure.replay_state import Ledger
    from armslength.line.charter import Charter

_RELATION_EVENTS: Final = {
    "recalls": EventKind.RECALL,
    "updates": EventKind.UPDATE,
    "discontinues": EventKind.DISCONTINUE,
}


def numbered(ledger: Ledger, shown: Shown, author: str, verified: Verified) -> None:
    """Judge one message or receipt and apply it."""
    agreed = ledger.charter
    if agreed is None or ledger.assented != {ledger.own, ledger.peer}:
        raise PeerError("LINE-NOT-OPEN", peer=ledger.peer)
    link = braid.parse_link(verified.item.link)
    if link.charter != ledger.charter_hash:
        raise PeerError("CHARTER-VERSION", expected=ledger.charter_hash, got=link.charter)
    record_id = cast("bytes", verified.item.body[1])
    if ledger.record_ids.setdefault(record_id, verified.envelope_hash) != verified.envelope_hash:
        raise PeerError("BRAID-RECORD-REUSED", record=record_id)
    one = _described(ledger, shown, author, verified, link)
    one = replace(one, acts=_check_message(ledger, one, agreed)) if one.is_message else _checked_receipt(ledger, one)
    _braid(ledger, one, agreed)
    ledger.numbered[one.envelope_hash] = one
    ledger.hashes[author, link.number] = one.envelope_hash
    _exchange(ledger, one, agreed)
    _marks(ledger, one, agreed)


def _described(ledger: Ledger, shown: Shown, author: str, verified: Verified, link: braid.Link) -> Numbered:
    body = verified.item.body
    code, version, raw = (body.get(n) for n in (fields.FORM_CODE, fields.FORM_VERSION, fields.PRECEDENCE))
    if verified.header.type == "receipt":
        code, raw = RECEIPT_FORM, _precedence_of(ledger, body.get(21))
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
    )


def _precedence_of(ledger: Ledger, target: CborValue) -> int:
    # A receipt travels with the precedence of the message that it speaks of.
    found = ledger.numbered.get(target) if isinstance(target, bytes) else None
    return int(found.precedence if found is not None else Precedence.PRIORITY)


def _check_message(ledger: Ledger, one: Numbered, agreed: Charter) -> tuple[Attestation, ...]:
    body, relation = one.verified.item.body, one.relation
    if forms.known(one.form, one.version):
        if one.form not in agreed.forms:
            raise PeerError("CHARTER-FORM", form=one.form)
        validate(forms.form(one.form), body, one.precedence, family=PeerError)
    else:
        validate_common(body)
    target = ledger.numbered.get(relation[1]) if relation is not None else None
    if relation is not None and target is not None:
        _check_relation(one, relation[0], target)
    alone = (
        takes_back(body) and target is not None and target.author == one.author and acts.persons_of(target.acts) == 1
    )
    two = agreed.second_person(one.form, one.precedence) and not acts.delegated(one.verified) and not alone
    return acts.verify_acts(
        one.verified,
        realm=ledger.realm,
        roster=ledger.roster(one.author),
        needed=acts.of_message(one.form),
        two_persons=two,
    )


def _check_relation(one: Numbered, verb: str, target: Numbered) -> None:
    if not target.is_message:
        raise PeerError("RELATION-REFUSED", verb=verb, expected="a message of this line")
    check_relation(verb, _stands(one), _stands(target), family=PeerError)


def _stands(one: Numbered) -> Stands:
    verb = one.relation[0] if one.relation is not None else None
    return Stands(author=one.author, form=one.form, precedence=one.precedence, relation=verb)


def _checked_receipt(ledger: Ledger, one: Numbered) -> Numbered:
    receipt = receipts.parse_receipt(one.verified.item.body)
    target = ledger.numbered.get(receipt.envelope_hash)
    if target is None:
        raise PeerError("RECEIPT-UNKNOWN-ENVELOPE", envelope=receipt.envelope_hash)
    if target.author == one.author or target.link.number != receipt.number or not target.is_message:
        raise PeerError("RECEIPT-LEVEL", because="of another message than it says")
    found = acts.verify_acts(
        one.verified,
        realm=ledger.realm,
        roster=ledger.roster(one.author),
        needed=acts.of_receipt(receipt.level),
    )
    return replace(one, acts=found, target=receipt.envelope_hash)


def _braid(ledger: Ledger, one: Numbered, agreed: Charter) -> None:
    """Judge number and links by the nodes' machine; a gap in what the exporter itself sent is never honest."""
    others, accepted = ledger.other(one.author), one.link.accepted_number
    _check_accepted(ledger, one, others)
    before = ledger.direction(one.author)
    judged = braid.judge(
        before,
        one.link,
        one.envelope_hash,
        hash_at=lambda number: ledger.hashes.get((one.author, number)),
        own_hash_at=lambda number: ledger.hashes.get((others, number)),
        clock_tolerance_us=agreed.clock_tolerance_s * 1_000_000,
    )
    if judged.place is braid.Place.REPEATED:
        raise VerificationError("EXPORT-CHAIN", entry=one.index, because="the same record entered twice")
    if judged.place is braid.Place.AHEAD and one.author == ledger.own:
        missing = f"number {before.number + 1} of {ledger.own}"
        raise VerificationError("EXPORT-INCOMPLETE", entry=one.index, missing=missing)
    ledger.directions[one.author] = judged.direction
    if one.author == ledger.peer:
        ledger.accepted_by_peer = max(ledger.accepted_by_peer, accepted)


def _check_accepted(ledger: Ledger, one: Numbered, others: str) -> None:
    accepted = one.link.accepted_number
    shown = not accepted or (others, accepted) in ledger.hashes
    in_order = one.author == ledger.peer or accepted <= ledger.direction(others).number
    if not shown or not in_order:
        missing = f"number {accepted} of {others}" if not shown else f"numbers of {others} before {accepted}"
        raise VerificationError("EXPORT-INCOMPLETE", entry=one.index, missing=missing)


def _exchange(ledger: Ledger, one: Numbered, agreed: Charter) -> None:
    reply_by = one.verified.item.body.get(fields.REPLY_BY)
    ledger.exchanges[one.envelope_hash] = exchange.open_exchange(
        envelope_hash=one.envelope_hash,
        form=one.form,
        precedence=one.precedence,
        released_at=one.link.released_at,
        deadlines_s=tuple(agreed.deadlines[one.precedence]),
        reply_by=Instant(reply_by) if one.is_message and type(reply_by) is int else None,
    )
    if one.target is not None:
        _reach(ledger, one, one.target)
    elif one.relation is not None and one.relation[0] in _RELATION_EVENTS:
        ledger.step(one.relation[1], Event(kind=_RELATION_EVENTS[one.relation[0]]), one.recorded_at)


def _reach(ledger: Ledger, one: Numbered, target: bytes) -> None:
    body = one.verified.item.body
    receipt = receipts.parse_receipt(body)
    role = next((act.role for act in one.acts if act.act == "receipt"), "")
    reached = Reached(
        level=receipt.level,
        at=Instant(cast("int", body[2])),
        by=f"{one.author}/{role}",
        officer=str(body.get(5)),
        proof=Proof.SIGNED,
        verb=receipt.verb,
        doubt=receipt.doubt,
    )
    ledger.step(target, Event(kind=EventKind.RECEIPT, reached=reached, answer_by=receipt.answer_by), one.recorded_at)
    made = Statement(reached=reached, author=one.author, index=one.index, envelope_hash=one.envelope_hash)
    ledger.state(target, made)


def _marks(ledger: Ledger, one: Numbered, agreed: Charter) -> None:
    if acts.delegated(one.verified):
        ledger.notice("DELEGATED", one.index, f"{one.author} {one.link.number}")
    late_us = agreed.late_s[one.precedence] * 1_000_000
    if one.author == ledger.peer and one.is_message and one.recorded_at - one.link.released_at > late_us:
        ledger.notice("LATE", one.index, f"{one.author} {one.link.number}")

"""Numbered records that arrive - messages and receipts R1 to R4: their rules, then the braid, then the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from armslength.core.attestation import Attestation, parse_attestation
from armslength.core.errors import PeerError, shown
from armslength.core.precedence import Precedence
from armslength.core.record import parse_item
from armslength.desk import alarms, list_changes, listing, phrasing, views, window_changes, windowing
from armslength.line import acts, braid, fields, forms, receipts
from armslength.line.form_values import takes_back, validate, validate_common
from armslength.line.receipts import Level
from armslength.line.relations import Stands, check_relation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.record import Verified
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView


def accept(books: Books, line: LineView, verified: Verified) -> None:
    """Judge a numbered record and enter it.

    Raises:
        PeerError: typed by what does not hold; nothing was changed.
    """
    link = braid.parse_link(verified.item.link)
    if link.charter != line.charter_hash:
        raise PeerError("CHARTER-VERSION", expected=line.charter_hash, got=link.charter)
    _check_record_id(books, line, verified)
    if verified.header.type == "receipt":
        _check_receipt(books, line, verified)
    else:
        _check_message(books, line, verified)
    value = books.unit.get(views.DIRECTIONS, line.line + views.IN)
    braid.judge(
        braid.direction_from_value(value),
        link,
        verified.envelope_hash,
        hash_at=lambda number: views.hash_at(books.unit, line.line, views.IN, number),
        own_hash_at=lambda number: views.hash_at(books.unit, line.line, views.OUT, number),
        clock_tolerance_us=line.charter.clock_tolerance_s * 1_000_000,
    )
    spoken = _spoken(books, line, verified)
    moved = window_changes.by_message(books.unit, spoken)
    exchanged = list_changes.by_message(books.unit, spoken, realm=books.realm)
    books.enter("receipt-in" if verified.header.type == "receipt" else "message-in", verified)
    _ring(books, line, verified)
    windowing.ring(books, moved)
    listing.ring(books, exchanged)


def _spoken(books: Books, line: LineView, verified: Verified) -> window_changes.Spoken:
    return window_changes.Spoken(
        line=line.line,
        author=line.peer,
        receiver=books.party,
        own=books.party,
        envelope_hash=verified.envelope_hash,
        at=books.now,
        body=verified.item.body if verified.header.type == "message" else {},
    )


def _check_record_id(books: Books, line: LineView, verified: Verified) -> None:
    held = books.unit.get(views.RECORD_IDS, line.line + cast("bytes", verified.item.body[1]))
    if held is not None and held != verified.envelope_hash:
        raise PeerError("BRAID-RECORD-REUSED", record=verified.item.body[1])


def _check_message(books: Books, line: LineView, verified: Verified) -> None:
    body = verified.item.body
    code, version, raw = (body.get(n) for n in (fields.FORM_CODE, fields.FORM_VERSION, fields.PRECEDENCE))
    if not isinstance(code, str) or type(raw) is not int or not 0 <= raw <= Precedence.FLASH:
        raise PeerError("FORM-FIELD-MALFORMED", field="form or precedence")
    precedence = Precedence(raw)
    if forms.known(code, version):
        if code not in line.charter.forms:
            raise PeerError("CHARTER-FORM", form=code)
        validate(forms.form(code), body, precedence, family=PeerError)
    else:
        validate_common(body)
    delegated = acts.delegated(verified)
    two = line.charter.second_person(code, precedence) and not delegated
    two = two and not _takes_back_with_one(books, line, body)
    roster = books.roster(line.peer)
    acts.verify_acts(verified, realm=books.realm, roster=roster, needed=acts.of_message(code), two_persons=two)
    _check_relation(books, line, verified, code, precedence)


def _takes_back_with_one(books: Books, line: LineView, body: Mapping[int, CborValue]) -> bool:
    # Taking a message back takes no more persons than sending it really took (line.relations). One that overtakes the
    # message it takes back is refused until that one is here, since nobody can tell yet who released it.
    if not takes_back(body):
        return False
    target = related(books, line, body)
    took = None if target is None or target[2] != views.IN else acts_of(books, target)
    return took is not None and acts.persons_of(took) == 1


def related(books: Books, line: LineView, body: Mapping[int, CborValue]) -> views.Row | None:
    """Return the row of the message that a relation names, None when there is no relation or it is not held here."""
    relation = body.get(fields.RELATION)
    if not isinstance(relation, tuple):
        return None
    row = views.row(books.unit, views.MESSAGES, cast("bytes", relation[1]))
    return row if row is not None and row[1] == line.line and row[5] == "message" else None


def acts_of(books: Books, row: views.Row) -> tuple[Attestation, ...] | None:
    """Return the acts on a numbered record, None when its content was destroyed."""
    content = books.unit.content(row[4])
    return None if content is None else tuple(parse_attestation(value) for value in parse_item(content[1]).acts)


def _check_relation(books: Books, line: LineView, verified: Verified, code: str, precedence: Precedence) -> None:
    relation = verified.item.body.get(fields.RELATION)
    if not isinstance(relation, tuple):
        return
    target = related(books, line, verified.item.body)
    verb = str(relation[0])
    if target is None:
        # A message not held here is shown as such; a receipt or another line's message is no target at all.
        if books.unit.get(views.MESSAGES, cast("bytes", relation[1])) is not None:
            raise PeerError("RELATION-REFUSED", verb=verb, expected="a message of this line")
        return
    own = Stands(author=line.peer, form=code, precedence=precedence, relation=verb)
    check_relation(verb, own, stands(books, line, target), family=PeerError)


def stands(books: Books, line: LineView, row: views.Row) -> Stands:
    """Return what a relation is judged by, of a message in the views."""
    relation = row.get(12)
    return Stands(
        author=books.party if row[2] == views.OUT else line.peer,
        form=str(row[6]),
        precedence=Precedence(row[7]),
        relation=str(relation[0]) if relation else None,
    )


def _check_receipt(books: Books, line: LineView, verified: Verified) -> None:
    receipt = receipts.parse_receipt(verified.item.body)
    row = views.row(books.unit, views.MESSAGES, receipt.envelope_hash)
    if row is None or row[1] != line.line or row[2] != views.OUT or row[3] != receipt.number:
        raise PeerError("RECEIPT-UNKNOWN-ENVELOPE", envelope=receipt.envelope_hash)
    if row[5] != "message":
        raise PeerError("RECEIPT-LEVEL", because="receipts are not receipted by people")
    roster = books.roster(line.peer)
    acts.verify_acts(verified, realm=books.realm, roster=roster, needed=acts.of_receipt(receipt.level))


def _ring(books: Books, line: LineView, verified: Verified) -> None:
    body = verified.item.body
    if verified.header.type == "receipt":
        _ring_for_receipt(books, line, verified)
        return
    code, precedence = body.get(fields.FORM_CODE), body.get(fields.PRECEDENCE)
    if not forms.known(str(code), body.get(fields.FORM_VERSION)):
        _ring_for_version(books, line, verified)
    phrasing.ring(books, line.line, verified.envelope_hash, body)
    if code == "STOP":
        kind = "STOP-RECEIVED"
    elif precedence == Precedence.FLASH:
        kind = "FLASH-RECEIVED"
    elif code in {"TEST", "SERVICE"}:
        return  # a line check rings nobody (D4); its receipts are owed all the same
    else:
        kind = "MESSAGE-RECEIVED"
    alarms.raise_alarm(books, kind, line.line, verified.envelope_hash, detail=f"{shown(code)} from {line.peer}")


def _ring_for_version(books: Books, line: LineView, verified: Verified) -> None:
    # Shown as numbered fields and receipted with R0; people must learn what it means (docs/spec/versions.md 5).
    body = verified.item.body
    detail = f"{shown(body.get(fields.FORM_CODE))} version {shown(body.get(fields.FORM_VERSION))} from {line.peer}"
    alarms.raise_alarm(books, "VERSION", line.line, verified.envelope_hash, detail=detail)


def _ring_for_receipt(books: Books, line: LineView, verified: Verified) -> None:
    body = verified.item.body
    if body.get(34) is True:
        alarms.raise_alarm(
            books,
            "READ-BACK-DOUBT",
            line.line,
            verified.envelope_hash,
            detail=f"{shown(body.get(33))} m from the place sent",
        )
    if body.get(20) == Level.ANSWERED:
        alarms.raise_alarm(
            books,
            "ANSWER-RECEIVED",
            line.line,
            verified.envelope_hash,
            detail=f"{shown(body.get(40))} from {line.peer}",
        )

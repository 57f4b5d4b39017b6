"""Numbered records that arrive - messages and receipts R1 to R4: their rules, then the braid, then the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast

from armslength.core.attestation import Attestation, parse_attestation, verify_attestation
from armslength.core.errors import PeerError, shown
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.core.record import parse_item
from armslength.desk import alarms, views
from armslength.line import braid, fields, forms, receipts
from armslength.line.form_values import takes_back, validate, validate_common
from armslength.line.receipts import LEVEL_ROLES, Level
from armslength.line.relations import Stands, check_relation

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.core.record import Verified
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView

LINK_DELEGATION: Final = 7
"""Link field: kind of delegation under which one person released (``pre-approved`` or ``voice``)."""

DELEGATIONS: Final = ("pre-approved", "voice")
"""Kinds of delegation, as field 7 of the link names them."""

_SENDING_ACTS: Final = frozenset({"draft", "release", "stop"})

Needed = Sequence[tuple[str, frozenset[str]]]
"""Acts that must be there: (act, roles of which the officer acted in one)."""


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
    books.enter("receipt-in" if verified.header.type == "receipt" else "message-in", verified)
    _ring(books, line, verified)


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
    delegated = _delegated(verified)
    two = line.charter.second_person(code, precedence) and not delegated
    two = two and not _takes_back_with_one(books, line, body)
    released_by = ("stop", frozenset[str]()) if code == "STOP" else ("release", frozenset[str]())
    verify_acts(books, line.peer, verified, needed=(released_by,), two_persons=two)
    _check_relation(books, line, verified, code, precedence)


def _delegated(verified: Verified) -> bool:
    value = verified.item.link.get(LINK_DELEGATION)
    if value is not None and value not in DELEGATIONS:
        raise PeerError("BRAID-MALFORMED", field=LINK_DELEGATION, got=value)
    return value is not None


def _takes_back_with_one(books: Books, line: LineView, body: Mapping[int, CborValue]) -> bool:
    # Taking a message back takes no more persons than sending it really took (line.relations). One that overtakes the
    # message it takes back is refused until that one is here, since nobody can tell yet who released it.
    if not takes_back(body):
        return False
    target = related(books, line, body)
    acts = None if target is None or target[2] != views.IN else acts_of(books, target)
    return acts is not None and persons_of(acts) == 1


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


def persons_of(acts: Sequence[Attestation]) -> int:
    """Return how many officers it took to send a message."""
    return len({act.officer for act in acts if act.act in _SENDING_ACTS})


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
    verify_acts(
        books,
        line.peer,
        verified,
        needed=(("receipt", LEVEL_ROLES[receipt.level]),),
        two_persons=False,
        level_one=receipt.level is Level.READ,
    )


def verify_acts(
    books: Books,
    party: str,
    verified: Verified,
    *,
    needed: Needed,
    two_persons: bool,
    level_one: bool = False,
) -> tuple[Attestation, ...]:
    """Verify all attestations of a record, and that those needed are there.

    Args:
        party: the author whose roster is asked.
        needed: acts that must be present, each with the roles allowed (none named = any role of the officer).
        two_persons: a ``draft`` by another officer with another key must stand beside the first needed act.
        level_one: the record is a receipt of level 1.

    Raises:
        PeerError: ACT-... codes.
    """
    roster = books.roster(party)
    found = tuple(parse_attestation(value) for value in verified.item.acts)
    stated = verified.item.body.get(2)
    for attestation in found:
        verify_attestation(
            attestation,
            realm=books.realm,
            roster=roster,
            body_hash=verified.body_hash,
            stated_at=Instant(stated) if type(stated) is int else None,
            level_one_receipt=level_one,
        )
    check_needed(found, needed, two_persons=two_persons)
    officer = verified.item.body.get(5)
    if officer is not None and officer not in {attestation.officer for attestation in found}:
        raise PeerError("ACT-MISSING", officer=officer)
    return found


def check_needed(found: Sequence[Attestation], needed: Needed, *, two_persons: bool) -> None:
    """Check that the acts needed are among those found, by different persons where two are needed.

    Raises:
        PeerError: ACT-MISSING, ACT-ROLE, ACT-SECOND-PERSON.
    """
    for act, roles in needed:
        of_act = [attestation for attestation in found if attestation.act == act]
        if not of_act:
            raise PeerError("ACT-MISSING", act=act)
        if roles and not any(attestation.role in roles for attestation in of_act):
            raise PeerError("ACT-ROLE", act=act, expected=", ".join(sorted(roles)))
    if two_persons:
        releasers = [a for a in found if a.act == needed[0][0]]
        drafters = [a for a in found if a.act == "draft"]
        if not any(d.officer != r.officer and d.key_id != r.key_id for d in drafters for r in releasers):
            raise PeerError("ACT-SECOND-PERSON")


def _ring(books: Books, line: LineView, verified: Verified) -> None:
    body = verified.item.body
    if verified.header.type == "receipt":
        _ring_for_receipt(books, line, verified)
        return
    code, precedence = body.get(fields.FORM_CODE), body.get(fields.PRECEDENCE)
    if not forms.known(str(code), body.get(fields.FORM_VERSION)):
        _ring_for_version(books, line, verified)
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

"""Receipts R1 to R4 that our officers give: explicit acts, never the mere opening of a message."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, cast

from armslength.core.errors import LocalError, PeerError
from armslength.core.places import Place, place_from_cbor, read_back
from armslength.core.record import SEED_BYTES, parse_item
from armslength.desk import phrasing, policy, views
from armslength.desk.drafting import require_ready, send_numbered
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.line import exchange, fields, forms
from armslength.line.receipts import LEVEL_ROLES, Level, Receipt, check_receipt, parse_receipt

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.desk.books import Books


def find_message(books: Books, line: bytes, name: str) -> tuple[bytes, views.Row]:
    """Return a message by what a person calls it: ``in:4``, ``out:4``, ``4`` (incoming), or the start of its hash.

    Raises:
        LocalError: MESSAGE-UNKNOWN.
    """
    way, _, number = name.rpartition(":")
    if number.isdigit() and way in {"", "in", "out"}:
        direction = views.OUT if way == "out" else views.IN
        found = views.hash_at(books.unit, line, direction, int(number))
        row = views.row(books.unit, views.MESSAGES, found) if found is not None else None
        if found is not None and row is not None:
            return found, row
    matches = [
        (key, row)
        for key, row in views.rows(books.unit, views.MESSAGES)
        if row[1] == line and key.hex().startswith(name.lower())
    ]
    if len(matches) != 1 or len(name) < 4:
        raise LocalError("MESSAGE-UNKNOWN", asked=name)
    return matches[0]


def message_body(books: Books, row: views.Row) -> dict[int, CborValue]:
    """Return the body of a numbered record from the journal.

    Raises:
        LocalError: CONTENT-DESTROYED.
    """
    content = books.unit.content(row[4])
    if content is None:
        raise LocalError("CONTENT-DESTROYED", index=row[4])
    return dict(parse_item(content[1]).body)


def prepare_receipt(
    books: Books,
    message: bytes,
    officer: str,
    level: Level,
    *,
    language: str | None = None,
    rendered: str | None = None,
    place: Place | None = None,
    command: str | None = None,
    how: str | None = None,
    verb: str | None = None,
    reply_body_hash: bytes | None = None,
    answer_by: Instant | None = None,
) -> Prepared:
    """Return the body of a receipt for a message of the peer.

    Args:
        rendered: the text as it was read, whose hash the receipt carries (R1, R2).
        place: the place as the officer read it back (R2 of a message with a place).

    Raises:
        LocalError: MESSAGE-UNKNOWN, RECEIPT-INCOMPLETE.
    """
    row = views.row(books.unit, views.MESSAGES, message)
    if row is None or row[2] != views.IN or row[5] != "message":
        raise LocalError("MESSAGE-UNKNOWN", asked=message)
    body = message_body(books, row)
    if level is Level.UNDERSTOOD and not forms.known(str(body.get(fields.FORM_CODE)), body.get(fields.FORM_VERSION)):
        # Nobody has understood what this node can only show as numbered fields (docs/spec/versions.md 5).
        raise LocalError("RECEIPT-INCOMPLETE", level="R2", missing="a form and version that this node knows")
    if level is Level.UNDERSTOOD:
        phrasing.require_understandable(body)
    sent = body.get(fields.PLACE)
    distance = None
    doubt = False
    if level is Level.UNDERSTOOD and sent is not None:
        if place is None:
            raise LocalError("RECEIPT-INCOMPLETE", level="R2", missing="the place as you read it")
        result = read_back(place_from_cbor(sent), place)
        distance, doubt = round(result.distance_m), not result.within
    receipt = Receipt(
        level=level,
        envelope_hash=message,
        number=row[3],
        language=language,
        rendered_hash=sha256(rendered.encode()).digest() if rendered is not None else None,
        place=place if distance is not None else None,
        distance_m=distance,
        doubt=doubt,
        read_back_at=books.now if level is Level.UNDERSTOOD else None,
        command=command,
        how=how,
        verb=verb,
        reply_body_hash=reply_body_hash,
        answer_by=answer_by,
    )
    try:
        check_receipt(receipt)
    except PeerError as error:
        raise LocalError("RECEIPT-INCOMPLETE", level=level.short, because=error.sentence) from error
    peer = books.line(row[1]).peer
    made: dict[int, CborValue] = {**books.common(officer, (peer,)), **receipt.fields()}
    return Prepared(type="receipt", line=row[1], seed=books.rng.bytes(SEED_BYTES), body=made)


def submit_receipt(books: Books, signed: Signed) -> bytes:
    """Give a receipt its number and send it; return its envelope hash. Submitted again it is the same one.

    Raises:
        LocalError: MESSAGE-UNKNOWN, RECEIPT-INCOMPLETE, RECEIPT-GIVEN, ACT-..., ROLE-REFUSED, LINE-NOT-READY.
    """
    prepared = signed.prepared
    line = books.line(prepared.line)
    held = books.unit.get(views.RECORD_IDS, line.line + cast("bytes", prepared.body.get(1, b"")))
    if isinstance(held, bytes):
        return held
    acts = check_own_acts(books, prepared, signed.acts)
    try:
        receipt = parse_receipt(prepared.body)
    except PeerError as error:
        raise LocalError("RECEIPT-INCOMPLETE", because=error.sentence) from error
    row = views.row(books.unit, views.MESSAGES, receipt.envelope_hash)
    if row is None or row[1] != line.line or row[2] != views.IN or row[5] != "message" or row[3] != receipt.number:
        raise LocalError("MESSAGE-UNKNOWN", asked=receipt.envelope_hash)
    policy.require(acts[0], "receipt", LEVEL_ROLES[receipt.level], str(prepared.body.get(5)))
    _require_first(books, receipt)
    require_ready(books, line, "RECEIPT")
    return send_numbered(books, line, prepared, signed.acts, "receipt-out")


def _require_first(books: Books, receipt: Receipt) -> None:
    """Refuse a second R1: that it was read is said once, by one officer, though two had it open at the same time.

    Later levels may be said again: a place is read back anew after a doubt, another command told, an answer changed.
    """
    value = books.unit.get(views.EXCHANGES, receipt.envelope_hash)
    if receipt.level is not Level.READ or value is None:
        return
    given = exchange.exchange_from_value(cast("dict[int, CborValue]", value)).first(Level.READ)
    if given is not None:
        raise LocalError("RECEIPT-GIVEN", level=Level.READ.short, by=given.officer)

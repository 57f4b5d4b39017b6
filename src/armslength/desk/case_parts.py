"""What a case joins, looked up: its kind and reference as people write it, what it says, and what can contradict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeVar

from armslength.channels import contacts, decisions
from armslength.channels.cases import CASE_NUMBER, KINDS
from armslength.channels.cases_contradictions import NotUsed, Spoken
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.record import parse_item
from armslength.desk import case_changes, views
from armslength.desk.projection_contacts import CORRECTED_BY
from armslength.journal.entry import parse_leaf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.desk.books import Books

T = TypeVar("T")

_BY_FORM: Final = (
    ("case", CASE_NUMBER),
    ("contact", re.compile(r"CT-[0-9]{4}-[0-9]{4,8}")),
    ("decision", re.compile(r"D-[0-9]{4}-[0-9]{4,8}")),
    ("call", re.compile(r"CL-[0-9]{4}-[0-9]{4,8}")),
    ("concern", re.compile(r"C-[0-9]{4}-[0-9]{4,8}")),
)
"""Kinds whose numbers tell them."""

_HASH_START: Final = re.compile(r"[0-9a-fA-F]{8,64}")
"""The start of an envelope hash that names one message: eight digits, as people read them out."""


def reference_of(books: Books, text: str, *, known: bool = True) -> tuple[str, str]:
    """Return kind and reference of what a person names: a number, the start of a hash, a facility's id, ``log:12``.

    Raises:
        LocalError: CASE-REFERENCE.
    """
    kind, colon, name = text.partition(":")
    found = (kind, name) if colon and kind in {*KINDS, "case"} else _told_by_form(books, text)
    if known:
        require_known(books, *found)
    return found


def _told_by_form(books: Books, text: str) -> tuple[str, str]:
    for kind, pattern in _BY_FORM:
        if pattern.fullmatch(text.upper()):
            return kind, text.upper()
    if books.unit.get(views.FACILITIES, text.encode()) is not None:
        return "facility", text
    if _HASH_START.fullmatch(text):
        fitting = [key for key, _ in books.unit.scan(views.MESSAGES, bytes.fromhex(text[: len(text) // 2 * 2]))]
        matching = [key.hex() for key in fitting if key.hex().startswith(text.lower())]
        if len(matching) == 1:
            return "message", matching[0]
    raise LocalError("CASE-REFERENCE", asked=text, because="nothing here is called so")


def require_known(books: Books, kind: str, reference: str) -> None:
    """Refuse a reference to what the books do not hold.

    Raises:
        LocalError: CASE-REFERENCE.
    """
    is_known = _KNOWN.get(kind)
    if is_known is None or not is_known(books, reference):
        raise LocalError("CASE-REFERENCE", asked=f"{kind} {reference}", because="nothing here is called so")


def _in(view: str) -> Callable[[Books, str], bool]:
    return lambda books, name: books.unit.get(view, name.encode(errors="replace")) is not None


def _is_message(books: Books, name: str) -> bool:
    try:
        return books.unit.get(views.MESSAGES, bytes.fromhex(name)) is not None
    except ValueError:
        return False


def _is_log(books: Books, name: str) -> bool:
    if not name.isascii() or not name.isdecimal():
        return False
    # A line of the log is named by its entry; the view is in the order of time, so the entry itself is asked.
    body = body_of(books, int(name)) if int(name) < books.unit.frontier().size else None
    return body is not None and body[0] == "log"


_KNOWN: Final[Mapping[str, Callable[[Books, str], bool]]] = {
    "case": _in(views.CASES),
    "contact": _in(views.CONTACT_NUMBERS),
    "decision": _in(views.CONTACT_NUMBERS),
    "call": _in(views.CALLS),
    "concern": _in(views.CONCERNS),
    "facility": _in(views.FACILITIES),
    "message": _is_message,
    "log": _is_log,
}
"""Kind -> whether something is held under a reference; nothing is a statement before statements are recorded."""


def body_of(books: Books, index: int) -> tuple[str, dict[int, Any]] | None:
    """Return kind of record and body of an entry, None when its content was destroyed."""
    content = books.unit.content(index)
    if content is None:
        return None
    return parse_leaf(books.unit.leaf(index)).kind, dict(parse_item(content[1]).body)


# --- what can contradict ----------------------------------------------------------------------------------------------


def claims(books: Books, number: str) -> tuple[list[Spoken], list[NotUsed]]:
    """Return the contacts of a case and its decisions not to use a channel, as far as they can contradict something."""
    spoken, unused = [], []
    for link in case_changes.links(books.unit, number):
        if link.left_at is not None:
            continue
        if link.kind == "contact" and (one := _spoken(books, link.reference)) is not None:
            spoken.append(one)
        elif link.kind == "decision" and (other := _not_used(books, link.reference)) is not None:
            unused.append(other)
    return spoken, unused


def contact_of(books: Books, reference: str) -> contacts.Contact | None:
    """Return a contact as its record has it, None when it cannot be read any more."""
    return _read(books, views.CONTACTS, reference, contacts.contact_from_body)


def decision_of(books: Books, reference: str) -> decisions.Decision | None:
    """Return a decision as its record has it, None when it cannot be read any more."""
    return _read(books, views.DECISIONS, reference, decisions.decision_from_body)


def _read(books: Books, view: str, reference: str, reader: Callable[[dict[int, Any]], T]) -> T | None:
    index = entry_of(books, view, reference)
    body = None if index is None else body_of(books, index)
    if body is None:
        return None
    try:
        return reader(body[1])
    except ArmslengthError:
        # A contact of before contacts had numbers holds a text alone.
        return None


def entry_of(books: Books, view: str, number: str) -> int | None:
    """Return the entry of a contact or decision by its number."""
    record_id = books.unit.get(views.CONTACT_NUMBERS, number.encode())
    row = views.row(books.unit, view, record_id) if isinstance(record_id, bytes) else None
    return None if row is None else int(row[0])


def is_corrected(books: Books, reference: str) -> bool:
    """Tell whether a later contact stands in the place of one."""
    record_id = books.unit.get(views.CONTACT_NUMBERS, reference.encode())
    row = views.row(books.unit, views.CONTACTS, record_id) if isinstance(record_id, bytes) else None
    return row is not None and CORRECTED_BY in row


def _spoken(books: Books, reference: str) -> Spoken | None:
    one = contact_of(books, reference)
    if one is None or is_corrected(books, reference) or one.purpose is not contacts.Purpose.SUBSTANTIVE:
        # A test or service call is no use, so that it contradicts no decision not to use the channel.
        return None
    return Spoken(
        reference=one.number,
        channel=one.channel,
        outcome=one.outcome.value,
        initiated_by=one.initiated_by,
        from_at=one.from_at,
        until_at=one.until_at,
    )


def _not_used(books: Books, reference: str) -> NotUsed | None:
    one = decision_of(books, reference)
    if one is None or not one.not_used:
        return None
    return NotUsed(reference=reference, channel=one.channel, from_at=one.began_at, until_at=one.ended_at)

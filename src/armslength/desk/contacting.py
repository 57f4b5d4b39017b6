"""Contacts, their count and decided non-use: what officers record and what the clock does with it.

What comes back signed is held against the books once more: a proof class claims no more than this node holds, a
correction takes the newest record, and what is named is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.channels import contacts, decisions
from armslength.channels.counting import ProofClass
from armslength.core.errors import LocalError
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.desk import booking, named, numbering, policy, service_read, views
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.desk.projection_contacts import CORRECTED_BY
from armslength.line.receipts import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.channels.contacts import Contact
    from armslength.channels.decisions import Decision
    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books

AHEAD_US: Final = 300 * 1_000_000
"""A contact may be entered while it lasts, on a clock that is some minutes off; not before it takes place."""


_CALL: Final = next(number for number, name in contacts.FIELD_NAMES.items() if name == "call")

# --- contacts ---------------------------------------------------------------------------------------------------------


def next_contact(books: Books) -> str:
    """Return the number of the next contact."""
    return numbering.next_number(books, views.CONTACT_NUMBERS, "CT")


def next_decision(books: Books) -> str:
    """Return the number of the next decision."""
    return numbering.next_number(books, views.CONTACT_NUMBERS, "D")


def prepare_contact(books: Books, officer: str, contact: Contact) -> Prepared:
    """Return the body of a contact.

    Raises:
        LocalError: CONTACT-... codes, CHANNEL-UNKNOWN, NUMBER-TAKEN.
    """
    _check_contact(books, contact)
    body = {**books.common(officer), **contacts.contact_body(contact)}
    return Prepared(type="contact", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def _check_contact(books: Books, contact: Contact) -> None:
    booking.channel(books, contact.channel)
    numbering.require_next(books, views.CONTACT_NUMBERS, "CT", contact.number)
    if contact.from_at > books.now + AHEAD_US:
        raise contacts.wrong("from", "a time that has come", service_read.when(contact.from_at))
    _check_links(books, contact)
    if contact.message is not None:
        _check_message(books, contact)


def _check_links(books: Books, contact: Contact) -> None:
    if contact.answers and contact_row(books, contact.answers) is None:
        raise LocalError("CONTACT-LINK", field="answers", got=contact.answers)
    if contact.corrects:
        corrected = contact_row(books, contact.corrects)
        if corrected is None:
            raise LocalError("CONTACT-LINK", field="corrects", got=contact.corrects)
        if CORRECTED_BY in corrected:
            raise LocalError("CONTACT-CORRECTED", contact=contact.corrects, by=corrected[CORRECTED_BY])
        if corrected.get(_CALL) and corrected[_CALL] != contact.call:
            # The record of a call is put right by a record of that call, or a use would be lost from the count.
            raise LocalError(
                "CONTACT-LINK", field="corrects", expected=f"a contact of {corrected[_CALL]}", got=contact.corrects
            )
    for field, view, names in (
        ("call", views.CALLS, (contact.call,)),
        ("case", views.CASES, (contact.case,)),
        ("concerns", views.CONCERNS, contact.concerns),
    ):
        _require_held(books, field, view, names)


def _require_held(books: Books, field: str, view: str, names: tuple[str, ...]) -> None:
    for name in names:
        if name and books.unit.get(view, name.encode()) is None:
            raise LocalError("CONTACT-LINK", field=field, got=name)


def _check_message(books: Books, contact: Contact) -> None:
    """Hold a cited message against the journal; what the peer did not sign proves nothing about the peer."""
    cited = contact.message or b""
    row = views.row(books.unit, views.MESSAGES, cited)
    if row is None:
        raise LocalError("CONTACT-LINK", field="message", got=cited)
    if contact.proof is not ProofClass.SIGNED or row[2] == views.IN:
        return
    state = service_read.exchange_of(books.unit, cited)
    if state is None or not state.has(Level.HELD):
        raise LocalError("CONTACT-PROOF", proof=contact.proof.value, expected="a message or receipt of the peer")


def contact_row(books: Books, number: str) -> views.Row | None:
    """Return the row of a contact, None when there is none."""
    key = books.unit.get(views.CONTACT_NUMBERS, number.upper().encode())
    return views.row(books.unit, views.CONTACTS, key) if isinstance(key, bytes) else None


# --- decisions --------------------------------------------------------------------------------------------------------


def prepare_decision(books: Books, officer: str, decision: Decision) -> Prepared:
    """Return the body of a decision.

    Raises:
        LocalError: DECISION-VALUE, CHANNEL-UNKNOWN, CONTACT-LINK, NUMBER-TAKEN.
    """
    _check_decision(books, decision)
    body = {**books.common(officer), **decisions.decision_body(decision)}
    return Prepared(type="decision", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def _check_decision(books: Books, decision: Decision) -> None:
    decisions.check_whole(decision)
    numbering.require_next(books, views.CONTACT_NUMBERS, "D", decision.number)
    if decision.began_at > books.now + AHEAD_US:
        raise decisions.wrong("taken_from", "a time that has come", service_read.when(decision.began_at))
    if decision.channel:
        booking.channel(books, decision.channel)
    named.require_held(books, decision.evidence)
    _require_held(books, "case", views.CASES, (decision.case,))
    _require_held(books, "concern", views.CONCERNS, (decision.concern,))


def decision_row(books: Books, number: str) -> views.Row | None:
    """Return the row of a decision, None when there is none."""
    key = books.unit.get(views.CONTACT_NUMBERS, number.upper().encode())
    return views.row(books.unit, views.DECISIONS, key) if isinstance(key, bytes) else None


# --- submitting -------------------------------------------------------------------------------------------------------


def submit(books: Books, signed: Signed) -> int:
    """Enter a contact or a decision; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, and the codes of what is prepared.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS[prepared.type], str(prepared.body.get(5)))
    if prepared.type == "contact":
        _check_contact(books, contacts.contact_from_body(prepared.body))
    else:
        _check_decision(books, decisions.decision_from_body(prepared.body))
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter(prepared.type, record)


SUBMITS: Final[Mapping[str, Callable[[Books, Signed], int]]] = {"contact": submit, "decision": submit}
"""Record type -> what enters it, for `Service.submit`."""

ROLES: Final[Mapping[str, Callable[[Mapping[int, CborValue]], frozenset[str]]]] = {}
"""Record type -> roles for that very body, where `policy.LOCAL_ACTS` alone does not say it."""

TICKS: Final[tuple[tuple[str, Callable[[Books, bytes], object]], ...]] = ()
"""View and what is done with a row of it that falls due."""

"""The API of contacts, their count and decided non-use."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Query, Request, Response
from pydantic import Field, WithJsonSchema

from armslength.desk import service_contacts
from armslength.entrypoints.api.answers import Answer, Prepared
from armslength.entrypoints.api.asked import INDEX_DIGITS, IndexQuery, NameQuery, PathName, as_json, caller_of, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import LIST_ITEMS_MAX, Count, Hash, Line, Name, OptionalLine, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.desk.books import Books

CHANNELS_CHARS_MAX: Final = 1_024
"""Thirty ids of channels, with commas between them."""

Names = Annotated[list[Name], Field(max_length=LIST_ITEMS_MAX)]
Lines = Annotated[list[Line], Field(max_length=LIST_ITEMS_MAX)]
ChannelsQuery = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "maxLength": CHANNELS_CHARS_MAX}),
    Query(max_length=CHANNELS_CHARS_MAX, description="Ids of channels with commas between them; all when missing."),
]
SizeQuery = Annotated[
    str | None,
    WithJsonSchema({"type": "string", "pattern": INDEX_DIGITS}),
    Query(pattern=INDEX_DIGITS, description="Count from the first so many entries of the journal only."),
]


class ContactMade(Shape):
    """An attempt to speak to the other side; what is not known is left out."""

    channel: Name = Field(description="A channel of the book.")
    outcome: Name = Field(description="REACHED, NO-ANSWER, REFUSED, BUSY, CUT-OFF, WRONG-PERSON, LEFT-WORD, UNKNOWN.")
    from_: Name = Field(alias="from", description="When it began, or the earliest that it can have begun.")
    until: Name | None = Field(default=None, description="The latest; as `from`, when the time is known.")
    purpose: Name = Field(default="SUBSTANTIVE", description="SUBSTANTIVE, TEST, SERVICE or EXERCISE.")
    initiated_by: OptionalLine = Field(default="", description="Party code; empty when not known.")
    ours: Names = Field(default_factory=list)
    theirs: Names = Field(default_factory=list)
    interpreter: OptionalLine = ""
    subjects: Lines = Field(default_factory=list)
    facilities: Names = Field(default_factory=list)
    concerns: Names = Field(default_factory=list)
    case: OptionalLine = ""
    notes: Text = ""
    agreed_text: Text = ""
    level: Count | None = Field(default=None, description="Receipt level reached, 0 to 4.")
    proof: Name = Field(default="ATTESTED", description="SIGNED by the peer, ATTESTED by our officer, or REPORTED.")
    completeness: Name = Field(default="OWN-RECORD", description="OWN-RECORD or PRESS.")
    certain: bool = True
    answers: OptionalLine = Field(default="", description="Number of the contact that it answers.")
    sources: Lines = Field(default_factory=list)
    call: OptionalLine = ""
    message: Hash | None = Field(default=None, description="Message or receipt that proves it.")
    corrects: OptionalLine = Field(default="", description="Number of the contact that it corrects.")
    because: OptionalLine = Field(default="", description="Why it is corrected.")
    unknown: Lines = Field(default_factory=list, description="What the record does not hold.")


class Contact(Answer):
    """One contact, what corrected it, and where it stands in the journal."""

    number: str
    channel: str
    purpose: str
    initiated_by: str
    from_: str = Field(alias="from")
    until: str
    ours: list[str]
    theirs: list[str]
    interpreter: str
    subjects: list[str]
    facilities: list[str]
    concerns: list[str]
    case: str
    notes: str
    agreed_text: str
    outcome: str
    level: int | None
    proof: str
    completeness: str
    certain: bool
    answers: str
    sources: list[str]
    call: str
    message: str | None
    corrects: str
    because: str
    corrected_by: str
    unknown: list[str]
    officer: str
    entered_at: str
    entry: int
    leaf_hash: str


class CountRule(Answer):
    """The counting rule."""

    unit: str
    direction: str
    excluded_forms: list[str]
    exclude_exercise: bool
    exclude_failed: bool
    text: str


class CountQuestion(CountRule):
    """The counting rule with the question in words."""

    question: str


class CountedUse(Answer):
    """One use behind a number."""

    number: str
    channel: str
    from_: str = Field(alias="from")
    until: str
    initiated_by: str
    proof: str
    completeness: str
    counts: str = Field(description="CERTAINLY or POSSIBLY.")
    because: str = Field(description="Why it is only possible.")
    reference: str
    entry: int
    leaf_hash: str


class Completeness(Answer):
    """What the records behind a number are drawn from, and what is not in them."""

    answer: str = Field(description="KNOWN, AT-LEAST, UNKNOWN or NOTHING-RECORDED.")
    records: list[str]
    unknown: list[str]
    line_checks_not_counted: int
    text: str


class Excluded(Answer):
    """Why contacts were left out, and how many for that."""

    reason: str
    number: int


class ContactCount(Answer):
    """How often channels were used, with everything behind the number."""

    channel: str | list[str] | None
    since: str | None
    as_of: str
    subject: str | None
    initiated_by: str | None
    certain: int
    possible: int
    count: int = Field(description="The certain ones.")
    rule: CountQuestion
    contacts: list[CountedUse]
    completeness: Completeness
    excluded: list[Excluded]


class CertifiedUse(Answer):
    """One use of a certificate with its journal entry."""

    reference: str
    channel: str
    entry: int
    leaf_hash: str
    proof: str
    certain: bool


class CountCertificate(Answer):
    """A count certified from the journal."""

    certificate: str
    version: int
    party: str
    realm: str
    channels: list[str]
    since: str
    as_of: str
    subject: str
    initiated_by: str
    rule: CountRule
    certain: int
    possible: int
    listed: list[CertifiedUse]
    excluded: list[Excluded]
    journal_size: int
    journal_root: str
    checkpoint: str


class DecisionTaken(Answer):
    """One decision."""

    number: str
    what: str
    options: list[str]
    chosen: str
    reason: str
    information: str
    evidence: list[str]
    channel: str
    subject: str
    concern: str
    case: str
    not_used: bool
    from_: str = Field(alias="from")
    until: str
    decided_by: str
    proof: str
    sources: list[str]
    officer: str
    entered_at: str
    entry: int
    leaf_hash: str


async def _look(request: Request, reader: Callable[[Books], Any]) -> Response:
    return as_json(await asyncio.to_thread(node_of(request).service.look, reader))


async def contacts(
    request: Request,
    channel: ChannelsQuery = None,
    since: NameQuery = None,
    until: NameQuery = None,
    subject: NameQuery = None,
    case: NameQuery = None,
    find: NameQuery = None,
    limit: IndexQuery = "100",
    offset: IndexQuery = "0",
) -> Response:
    """Return contacts, the newest first, at most 1,000 at a time; days are whole UTC days."""
    asked = {"channel": channel, "since": since, "until": until, "subject": subject, "case": case, "find": find}
    query = {**asked, "limit": limit, "offset": offset}
    return await _look(request, lambda books: service_contacts.read_contacts(books, query))


async def contact(request: Request, number: PathName) -> Response:
    """Return one contact by its number."""
    return await _look(request, lambda books: service_contacts.read_contact(books, number, {}))


async def contact_count(
    request: Request,
    channel: ChannelsQuery = None,
    since: NameQuery = None,
    as_of: NameQuery = None,
    subject: NameQuery = None,
    initiated_by: NameQuery = None,
    unit: NameQuery = None,
    direction: NameQuery = None,
) -> Response:
    """Count the uses of channels as of the end of a UTC day: certain and possible, the rule, and the list."""
    asked = {"channel": channel, "since": since, "as_of": as_of, "subject": subject, "initiated_by": initiated_by}
    query = {**asked, "unit": unit, "direction": direction}
    return await _look(request, lambda books: service_contacts.read_count(books, query))


async def contact_certificate(
    request: Request,
    channel: ChannelsQuery = None,
    since: NameQuery = None,
    as_of: NameQuery = None,
    subject: NameQuery = None,
    initiated_by: NameQuery = None,
    unit: NameQuery = None,
    direction: NameQuery = None,
    size: SizeQuery = None,
) -> Response:
    """Certify a count: the journal's size and root, and the entry of every use counted."""
    asked = {"channel": channel, "since": since, "as_of": as_of, "subject": subject, "initiated_by": initiated_by}
    query = {**asked, "unit": unit, "direction": direction, "size": size}
    return await _look(request, lambda books: service_contacts.read_certificate(books, query))


async def decisions(
    request: Request,
    channel: NameQuery = None,
    case: NameQuery = None,
    not_used: NameQuery = None,
    find: NameQuery = None,
    limit: IndexQuery = "100",
    offset: IndexQuery = "0",
) -> Response:
    """Return decisions, the last entered first; `not_used=true` for channels considered and not used."""
    query = {"channel": channel, "case": case, "not_used": not_used, "find": find, "limit": limit, "offset": offset}
    return await _look(request, lambda books: service_contacts.read_decisions(books, query))


async def decision(request: Request, number: PathName) -> Response:
    """Return one decision by its number."""
    return await _look(request, lambda books: service_contacts.read_decision(books, number, {}))


async def prepare_contact(request: Request, body: ContactMade) -> Response:
    """Prepare a contact: any attempt to speak to the other side, failed ones too."""
    given = body.model_dump(by_alias=True, exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, "contact", given))


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/contacts", "contacts", contacts, list[Contact]),
    Operation("GET", "/v1/contacts/{number}", "contact", contact, Contact),
    Operation("GET", "/v1/contact-count", "contact-count", contact_count, ContactCount),
    Operation("GET", "/v1/contact-certificate", "contact-certificate", contact_certificate, CountCertificate),
    Operation("GET", "/v1/decisions", "decisions", decisions, list[DecisionTaken]),
    Operation("GET", "/v1/decisions/{number}", "decision", decision, DecisionTaken),
    Operation("POST", "/v1/prepare/contact", "prepare-contact", prepare_contact, Prepared),
)
"""Its operations."""

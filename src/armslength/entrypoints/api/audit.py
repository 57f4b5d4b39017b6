"""The API of the audit report, and the note that is made of every read of a closed record."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import Query, Request, Response
from pydantic import Field

from armslength.desk import auditing, closed_reads, service_sheets
from armslength.entrypoints.api.answers import Answer
from armslength.entrypoints.api.asked import NameQuery, as_json, caller_of, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import NAME_CHARS_MAX

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_FROM: Final = Query(alias="from", max_length=NAME_CHARS_MAX, description="A day or an instant; the first of it.")
_TO: Final = Query(alias="to", max_length=NAME_CHARS_MAX, description="A day, to its end, or an instant before which.")


class AuditCheckpoint(Answer):
    """The state of the journal that a report is made from."""

    origin: str
    size: int
    root: str
    last_at: str


class AuditCount(Answer):
    """How many entries of one kind."""

    kind: str
    count: int
    means: str


class AuditOf(Answer):
    """How many rows of one kind within a section."""

    what: str
    count: int


class AuditRow(Answer):
    """One row: the entry that says so, when, who in which role, and what happened."""

    index: int
    at: str
    what: str
    officer: str
    role: str
    sentence: str


class AuditSection(Answer):
    """One section."""

    section: str
    title: str
    count: int
    by_what: list[AuditOf]
    rows: list[AuditRow]


class AuditAlarms(Answer):
    """How long alarms waited to be accepted, in seconds."""

    accepted: int
    unaccepted: int
    median_s: int | None
    worst_s: int | None


class AuditLevel(Answer):
    """Medians and worst times of one level in one direction; ``worst`` is the entry of that message."""

    direction: str
    level: str
    messages: int
    given: int
    late: int
    median_s: int | None
    worst_s: int | None
    worst: int | None
    median_stated_s: int | None
    worst_stated_s: int | None


class AuditReceipt(Answer):
    """One receipt by both clocks: ``after_s`` by ours alone, ``stated_after_s`` as both sides state their times."""

    level: str
    due_at: str | None
    index: int | None
    officer: str | None
    role: str | None
    entered_at: str | None
    after_s: int | None
    stated_at: str | None
    stated_after_s: int | None
    late: bool | None


class AuditMessage(Answer):
    """One message with its receipts."""

    index: int
    direction: str
    number: int
    peer: str
    form: str
    precedence: str
    officer: str
    released_at: str
    entered_at: str
    receipts: list[AuditReceipt]


class AuditReport(Answer):
    """The audit report of a period; ``sha256`` is that of its canonical form, as docs/audit.md has it."""

    form: str
    party: str
    realm: str
    from_: str | None = Field(alias="from")
    to: str | None
    checkpoint: AuditCheckpoint
    destroyed: int
    entries: int
    counts: list[AuditCount]
    sections: list[AuditSection]
    alarms: AuditAlarms
    times: list[AuditLevel]
    messages: list[AuditMessage]
    sha256: str


async def audit_report(
    request: Request,
    since: Annotated[str | None, _FROM] = None,
    until: Annotated[str | None, _TO] = None,
    as_of: NameQuery = None,
) -> Response:
    """Return the audit report of a period, made from the journal up to a size of its tree."""
    service = node_of(request).service
    query = {"from": since, "to": until, "as_of": as_of}
    return as_json(await asyncio.to_thread(service.look, lambda books: auditing.read_report(books, query)))


def noting(operation: str) -> Callable[[Request], Awaitable[None]]:
    """Return what notes a read of a closed record, durably, before the operation shows it."""

    async def note(request: Request) -> None:
        caller, desk = caller_of(request), node_of(request).service.desk
        asked = {**request.query_params, **request.path_params}
        if operation == "sheets" and not caller.roles & service_sheets.roles(str(asked["kind"])):
            # The operation refuses it by the kind of the sheet: nothing is read.
            return

        def look() -> closed_reads.Note | None:
            return desk.read(
                lambda unit: closed_reads.due(
                    desk.books(unit),
                    operation,
                    asked,
                    officer=caller.officer,
                    roles=caller.roles,
                    face=closed_reads.API,
                )
            )

        due = await asyncio.to_thread(look)
        if due is not None:
            await desk.write(lambda books: closed_reads.record(books, due))

    return note


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/audit-report", "audit-report", audit_report, AuditReport),
)
"""Its operations."""

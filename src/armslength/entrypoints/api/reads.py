"""What may be read: each operation answers what the desk's reader of the same name returns."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final

from fastapi import Request, Response

from armslength.core.error_table import ERROR_TABLE
from armslength.core.errors import LocalError
from armslength.desk import service_local, service_read
from armslength.desk.exporting import export_line
from armslength.desk.form_json import instant_of
from armslength.desk.service_doctor import read_doctor
from armslength.desk.service_forms import read_forms
from armslength.entrypoints.api.asked import (
    PAGE_MAX,
    FlagQuery,
    IndexQuery,
    LineQuery,
    LocaleQuery,
    NameQuery,
    PathIndex,
    PathName,
    as_json,
    node_of,
)

if TYPE_CHECKING:
    from armslength.node import Node

METRICS_TYPE: Final = "text/plain; version=0.0.4"
"""Prometheus' text exposition format."""


async def health(request: Request) -> Response:
    """Return the node's state in one look."""
    return as_json(node_of(request).service.look(service_read.read_health))


async def doctor(request: Request) -> Response:
    """Return the fault screen: what holds, what does not, and what to do about it."""
    node = node_of(request)
    return as_json(node.service.look(read_doctor) + node.own_findings())


async def lines(request: Request) -> Response:
    """Return every line."""
    return as_json(node_of(request).service.look(service_read.read_lines))


async def line(request: Request, line: PathName) -> Response:
    """Return one line, by the peer's party code or the start of its id."""
    service = node_of(request).service
    return as_json(service.look(lambda books: service_read.read_line(books, service.line(books, line))))


async def messages(request: Request, line: LineQuery = None) -> Response:
    """Return the newest messages of one line or all, oldest first, without their contents."""
    service = node_of(request).service
    return as_json(
        service.look(
            lambda books: service_read.read_messages(books, None if line is None else service.line(books, line))
        )
    )


async def message(request: Request, name: PathName, line: LineQuery = None, locale: LocaleQuery = None) -> Response:
    """Return one message with its fields and its text in one language."""
    node = node_of(request)
    return as_json(node.service.message(line, name, locale or _first_language(node)))


async def drafts(request: Request) -> Response:
    """Return every draft and where it stands."""
    return as_json(node_of(request).service.look(service_read.read_drafts))


async def draft(request: Request, name: PathName, locale: LocaleQuery = None) -> Response:
    """Return one draft with its text in one language."""
    node = node_of(request)
    return as_json(node.service.draft(name, locale or _first_language(node)))


async def alarms(request: Request, every: FlagQuery = "false") -> Response:
    """Return the alarms that nobody has accepted, or every one."""
    return as_json(node_of(request).service.look(lambda books: service_read.read_alarms(books, every=every == "true")))


async def delegations(request: Request) -> Response:
    """Return every delegation and voice authority."""
    return as_json(node_of(request).service.look(service_local.read_delegations))


async def count(
    request: Request, as_of: NameQuery = None, initiated_by: NameQuery = None, subject: NameQuery = None
) -> Response:
    """Return the certified count of uses as of an instant (now when missing), with the rule and the list behind it."""
    return as_json(
        node_of(request).service.look(
            lambda books: service_read.read_count(
                books, books.now if as_of is None else instant_of(as_of), initiated_by=initiated_by, subject=subject
            )
        )
    )


async def entries(request: Request, start: IndexQuery = "0", limit: IndexQuery = "200") -> Response:
    """Return journal entries from an index on, at most 1,000, without contents."""
    page = min(int(limit), PAGE_MAX)
    return as_json(node_of(request).service.look(lambda books: service_read.read_entries(books, int(start), page)))


async def entry(request: Request, index: PathIndex) -> Response:
    """Return one journal entry's record with its body."""
    service = node_of(request).service
    size = service.look(lambda books: books.unit.frontier().size)
    if int(index) >= size:
        raise LocalError("ENTRY-UNKNOWN", asked=index, size=size)
    return as_json(service.look(lambda books: service_read.read_record(books, int(index))))


async def export(request: Request, line: LineQuery = None, include_private: FlagQuery = "false") -> Response:
    """Return an export of one line, signed now: each file's name with its bytes in base64."""
    service = node_of(request).service
    private = include_private == "true"
    files = service.look(lambda books: export_line(books, service.line(books, line).line, include_private=private))
    return as_json({"files": {name: b64encode(data).decode() for name, data in files.items()}})


async def forms(request: Request) -> Response:
    """Return the catalogue of message forms: fields, codes, who drafts and releases, which replies are possible."""
    del request
    return as_json(read_forms())


async def error(request: Request, code: PathName) -> Response:
    """Return an error code explained."""
    del request
    text = ERROR_TABLE.get(code.upper())
    if text is None:
        raise LocalError("ERROR-UNKNOWN", asked=code)
    return as_json({"code": code.upper(), **text._asdict()})


async def metrics(request: Request) -> Response:
    """Return counts of this node since its start, for Prometheus; no contents."""
    node = node_of(request)
    seen = node.service.look(service_read.read_health)
    for gauge, key in (
        ("outbox_depth", "outbox"),
        ("journal_size", "journal_size"),
        ("alarms_open", "alarms_unaccepted"),
    ):
        node.metrics.set(gauge, seen[key])
    return Response(node.metrics.render(), media_type=METRICS_TYPE)


def _first_language(node: Node) -> str:
    return node.settings.languages[0]

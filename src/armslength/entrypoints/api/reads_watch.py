"""What may be read of register and watch: each operation answers what the desk's reader of the same name returns.

What may have to look through years of rows is read in a thread, so that messages go on meanwhile.
"""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response

from armslength.desk import service_imports, service_local, service_watch, service_windows
from armslength.desk.form_json import instant_of
from armslength.desk.report_lookup import LISTED_MAX
from armslength.entrypoints.api.asked import IndexQuery, NameQuery, NeededQuery, PathName, as_json, node_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.core.instants import Instant
    from armslength.desk.books import Books


async def _look(request: Request, reader: Callable[[Books], Any]) -> Response:
    return as_json(await asyncio.to_thread(node_of(request).service.look, reader))


def _at(text: str | None) -> Instant | None:
    return None if text is None else instant_of(text)


async def facilities(request: Request) -> Response:
    """Return every facility of the register."""
    return await _look(request, service_local.read_facilities)


async def facility(request: Request, facility: PathName, at: NameQuery = None) -> Response:
    """Return everything that the register says of a facility, as of an instant when one is given."""
    asked = _at(at)
    return await _look(request, lambda books: service_watch.read_facility(books, facility, asked))


async def facility_versions(request: Request, facility: PathName) -> Response:
    """Return what each version of a facility changed against the one before."""
    return await _look(request, lambda books: service_watch.read_versions(books, facility))


async def reports(
    request: Request, since: NameQuery = None, until: NameQuery = None, limit: IndexQuery = "200"
) -> Response:
    """Return reports of what happened in an interval, at most 1,000; the last day without one."""
    begin, end, page = _at(since), _at(until), min(int(limit), LISTED_MAX)
    return await _look(request, lambda books: service_watch.read_reports(books, begin, end, page))


async def report(request: Request, report: PathName) -> Response:
    """Return one report, and the concerns that cite it."""
    return await _look(request, lambda books: service_watch.read_report(books, report))


async def concerns(request: Request) -> Response:
    """Return every concern with what the rules said for and against it, the highest rank first."""
    return await _look(request, service_watch.concerns_json)


async def concern(request: Request, concern: PathName) -> Response:
    """Return one concern: why it is here, on what evidence, and what speaks against it."""
    return await _look(request, lambda books: service_watch.read_concern(books, concern))


async def concern_form(request: Request, concern: PathName) -> Response:
    """Return the fields of a CONCERN that a concern's evidence fills; nothing is drafted by this."""
    return await _look(request, lambda books: service_watch.concern_form(books, concern))


async def findings(request: Request, facility: NeededQuery) -> Response:
    """Return what the watch found of a facility lately, what it held back included: why nobody was told."""
    return await _look(request, lambda books: service_watch.read_findings(books, facility))


async def rules(request: Request) -> Response:
    """Return the rules in force, sentence by sentence."""
    return await _look(request, service_watch.read_rules_in_force)


async def imports(request: Request) -> Response:
    """Return every import with its progress, the newest first."""
    return await _look(request, service_imports.read_imports)


async def windows(request: Request) -> Response:
    """Return every window of silence."""
    return await _look(request, service_windows.read_windows)


async def window(request: Request, window: PathName) -> Response:
    """Return one window of silence with its violations and its history."""
    return await _look(request, lambda books: service_windows.read_window(books, window))


async def lists(request: Request) -> Response:
    """Return every exchange of lists: year, line, date, where it stands; no list and no salt."""
    return await _look(request, service_windows.read_lists)


async def disclosures(request: Request, facility: NameQuery = None) -> Response:
    """Return what was told of a facility, or of all, on each line, with the receipts of each notice."""
    return await _look(request, lambda books: service_windows.read_disclosures(books, facility))

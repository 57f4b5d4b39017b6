"""Reports out of the journal: one by its id, many by time, wherever they were entered, singly or in a batch."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.record import parse_item
from armslength.desk import batches, views
from armslength.desk.importing import ID_HASH_BYTES, id_hash
from armslength.register import reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.register.reports import Report

LISTED_MAX: Final = 1_000
"""Reports of one list; who wants a year reads the file it came from."""

Body = dict[int, Any]


def find(books: Books, report_id: str) -> tuple[Report, int]:
    """Return a report and the journal index of the entry that holds it.

    Raises:
        LocalError: REPORT-UNKNOWN.
    """
    index = books.unit.get(views.REPORT_IDS, report_id.encode())
    if isinstance(index, int):
        body = _body(books, index)
        if body is not None:
            return reports.parse_report(body), index
    wanted = id_hash(report_id)
    for _, row in views.rows(books.unit, views.REPORT_BATCHES):
        if not _holds(row[7], wanted):
            continue
        for body in _rows(books, row[1]):
            if body.get(20) == report_id:
                return reports.parse_report(body), row[1]
    raise LocalError("REPORT-UNKNOWN", asked=report_id)


def _holds(packed: bytes, wanted: bytes) -> bool:
    count = len(packed) // ID_HASH_BYTES
    at = bisect_left(range(count), wanted, key=lambda n: packed[n * ID_HASH_BYTES : (n + 1) * ID_HASH_BYTES])
    return at < count and packed[at * ID_HASH_BYTES : (at + 1) * ID_HASH_BYTES] == wanted


def listed(books: Books, since: Instant, until: Instant, limit: int = LISTED_MAX) -> list[tuple[Report, int]]:
    """Return reports of what happened between two instants, by time, the newest entries first where there are many."""
    found: list[tuple[Report, int]] = []
    for report, index in _newest_first(books, since, until):
        if report.from_at < until and report.until_at >= since:
            found.append((report, index))
            if len(found) >= limit:
                break
    return sorted(found, key=lambda one: (one[0].from_at, one[0].report_id or ""))


def _newest_first(books: Books, since: Instant, until: Instant) -> Iterator[tuple[Report, int]]:
    single: set[str] = set()
    rows = sorted((row for _, row in views.rows(books.unit, views.REPORTS)), key=lambda row: -int(row[1]))
    for row in rows:
        body = _body(books, row[1])
        if body is not None:
            report = reports.parse_report(body)
            single.add(report.report_id or "")
            yield report, row[1]
    for _, row in reversed(views.rows(books.unit, views.REPORT_BATCHES)):
        if row[5] >= until or row[6] < since:
            continue
        for body in _rows(books, row[1]):
            # Cited ones stand singly as well, and are listed once.
            if body.get(20) not in single:
                yield reports.parse_report(body), row[1]


def _body(books: Books, index: int) -> Body | None:
    held = books.unit.content(index)
    return None if held is None else dict(parse_item(held[1]).body)


def _rows(books: Books, index: int) -> tuple[Body, ...]:
    body = _body(books, index)
    return () if body is None else batches.batch_rows(body)

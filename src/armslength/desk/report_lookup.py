"""Reports out of the journal: some by their ids, many by time, wherever they were entered, singly or in a batch."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from hashlib import sha256
from struct import Struct
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.errors import LocalError
from armslength.core.record import parse_item
from armslength.desk import batches, views
from armslength.register import reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.register.reports import Report

LISTED_MAX: Final = 1_000
"""Reports of one list; who wants a year reads the file it came from."""

ID_HASH_BYTES: Final = 8
"""Bytes of the hash by which a report known already is found: a million ids collide once in 37 million runs."""

_NUMBER: Final = Struct(">H")
"""Number of a row in a batch; a batch has fewer than 65,536."""

Body = dict[int, Any]


def id_hash(report_id: str) -> bytes:
    """Return the short hash by which a report's id is looked up."""
    return sha256(report_id.encode(errors="replace")).digest()[:ID_HASH_BYTES]


def report_id_of(body: Mapping[int, CborValue]) -> str:
    """Return the id of a report entered singly: its own, or one made of its record's id."""
    stated = body.get(20)
    return stated if isinstance(stated, str) else f"R-{cast('bytes', body[1]).hex()[:16]}"


def packed_ids(report_ids: Sequence[str]) -> tuple[bytes, bytes]:
    """Return the hashes of a batch's ids in ascending order, and the row of each, for `find_all`."""
    ordered = sorted((id_hash(report_id), number) for number, report_id in enumerate(report_ids))
    return b"".join(key for key, _ in ordered), b"".join(_NUMBER.pack(number) for _, number in ordered)


def find(books: Books, report_id: str) -> tuple[Report, int]:
    """Return a report and the journal index of the entry that holds it.

    Raises:
        LocalError: REPORT-UNKNOWN.
    """
    found = find_all(books, (report_id,)).get(report_id)
    if found is None:
        raise LocalError("REPORT-UNKNOWN", asked=report_id)
    return found


def find_all(books: Books, report_ids: Iterable[str]) -> dict[str, tuple[Report, int]]:
    """Return those of some reports that can be read, each with the journal index of the entry that holds it."""
    found: dict[str, tuple[Report, int]] = {}
    missing: dict[str, bytes] = {}
    for report_id in dict.fromkeys(report_ids):
        index = books.unit.get(views.REPORT_IDS, report_id.encode(errors="replace"))
        body = _body(books, index) if isinstance(index, int) else None
        if body is not None and isinstance(index, int):
            found[report_id] = (_single(body), index)
        else:
            missing[report_id] = id_hash(report_id)
    if missing:
        for _, row in views.rows(books.unit, views.REPORT_BATCHES):
            found.update(_in_batch(books, row, {one: key for one, key in missing.items() if one not in found}))
            if len(found.keys() & missing.keys()) == len(missing):
                break
    return found


def _in_batch(books: Books, row: views.Row, missing: Mapping[str, bytes]) -> dict[str, tuple[Report, int]]:
    wanted = [(report_id, number) for report_id, key in missing.items() for number in _numbers(row[7], row[9], key)]
    batch = _body(books, row[1]) if wanted else None
    if batch is None:
        return {}
    found = {}
    for report_id, number in wanted:
        body = batches.batch_row(batch, number)
        if body.get(20) == report_id:
            found[report_id] = (reports.parse_report(body), int(row[1]))
    return found


def _numbers(packed: bytes, numbers: bytes, wanted: bytes) -> Iterator[int]:
    """Yield the rows of a batch whose id has a hash; two ids may share one."""
    count = len(packed) // ID_HASH_BYTES

    def key(at: int) -> bytes:
        return packed[at * ID_HASH_BYTES : (at + 1) * ID_HASH_BYTES]

    at = bisect_left(range(count), wanted, key=key)
    while at < count and key(at) == wanted:
        yield int(_NUMBER.unpack_from(numbers, at * _NUMBER.size)[0])
        at += 1


def listed(books: Books, since: Instant, until: Instant, limit: int = LISTED_MAX) -> list[tuple[Report, int]]:
    """Return reports of what happened between two instants, by time, the newest entries first where there are many."""
    found: list[tuple[Report, int]] = []
    wanted = max(0, min(limit, LISTED_MAX))
    for report, index in _newest_first(books, since, until) if wanted else ():
        if report.from_at < until and report.until_at >= since:
            found.append((report, index))
            if len(found) >= wanted:
                break
    return sorted(found, key=lambda one: (one[0].from_at, one[0].report_id or ""))


def _newest_first(books: Books, since: Instant, until: Instant) -> Iterator[tuple[Report, int]]:
    rows = sorted((row for _, row in views.rows(books.unit, views.REPORTS)), key=lambda row: -int(row[1]))
    single = {row[4] for row in rows}
    for row in rows:
        body = _body(books, row[1]) if row[5] < until and row[6] >= since else None
        if body is not None:
            yield _single(body), row[1]
    for _, row in reversed(views.rows(books.unit, views.REPORT_BATCHES)):
        if row[5] >= until or row[6] < since:
            continue
        batch = _body(books, row[1])
        for body in () if batch is None else batches.batch_rows(batch):
            # Cited ones stand singly as well, and are listed once.
            if body.get(20) not in single:
                yield reports.parse_report(body), row[1]


def _single(body: Body) -> Report:
    return replace(reports.parse_report(body), report_id=report_id_of(body))


def _body(books: Books, index: int) -> Body | None:
    held = books.unit.content(index)
    return None if held is None else dict(parse_item(held[1]).body)

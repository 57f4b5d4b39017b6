"""The audit report: who did what at this desk in a period, from the journal alone (docs/audit.md).

It is made from the entries up to a size of the tree and names that size with its root, so that two auditors who name
the same size and period get the same bytes, also from a rebuilt node.
"""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, INSTANT_MAX, Instant, rfc3339
from armslength.core.text import csv_safe
from armslength.desk import audit_messages, audit_notes, audit_people, audit_watch, checkpoints
from armslength.desk.audit_ledger import SECTIONS, Ledger, entries
from armslength.desk.audit_messages import median
from armslength.desk.form_json import instant_of
from armslength.journal import tree
from armslength.journal.entry import ENTRY_KINDS, parse_leaf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from armslength.desk.audit_ledger import Row, Seen
    from armslength.desk.books import Books
    from armslength.desk.ports import Unit

Json = dict[str, Any]

FORM: Final = "armslength/audit-report/1"
"""What a report calls its form; another meaning of a field is another form."""

DAY_CHARS: Final = len("2022-11-20")

_PARTS: Final = (audit_people, audit_messages, audit_notes, audit_watch)


def _handlers() -> dict[str, tuple[Callable[[Ledger, Seen], None], ...]]:
    kinds = {kind for part in _PARTS for kind in part.HANDLERS}
    return {kind: tuple(part.HANDLERS[kind] for part in _PARTS if kind in part.HANDLERS) for kind in sorted(kinds)}


HANDLERS: Final = _handlers()
"""Kind of entry -> what each part of the report makes of it; the contents of all others are not even opened."""


# --- what is asked for ------------------------------------------------------------------------------------------------


def period(query: Mapping[str, Any]) -> tuple[Instant, Instant]:
    """Return the period: from an instant or the beginning of a day, to an instant or the end of a day.

    Raises:
        LocalError: AUDIT-PERIOD.
    """
    since = _at(query.get("from"), 0)
    until = _at(query.get("to"), DAY_US)
    first, last = Instant(0) if since is None else since, Instant(INSTANT_MAX) if until is None else until
    if first >= last:
        raise LocalError("AUDIT-PERIOD", expected="a time after --from", got=rfc3339(last))
    return first, last


def _at(asked: object, day_us: int) -> Instant | None:
    text = str(asked or "")
    if not text:
        return None
    try:
        at = instant_of(f"{text}T00:00:00Z" if len(text) == DAY_CHARS and text.count("-") == 2 else text)
    except LocalError as error:
        raise LocalError("AUDIT-PERIOD", expected="2022-11-20 or 2022-11-20T14:05:00Z", got=text) from error
    return Instant(at + day_us) if len(text) == DAY_CHARS else at


def size_of(unit: Unit, query: Mapping[str, Any], until: Instant) -> int:
    """Return the size of the tree that the report is made from.

    Unless a size is named, it ends with the last entry of the period, so that the same period gives the same report
    later on, whatever was entered since - reading this report included.

    Raises:
        LocalError: AUDIT-SIZE.
    """
    whole = unit.frontier().size
    asked = query.get("as_of")
    if asked is not None and asked != "":
        text = str(asked)
        if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= whole:
            raise LocalError("AUDIT-SIZE", expected=f"1 to {whole}", got=text)
        return int(text)
    size = whole
    while size > 1 and parse_leaf(unit.leaf(size - 1)).at >= until:
        size -= 1
    return size


# --- the report -------------------------------------------------------------------------------------------------------


def read_report(books: Books, query: Mapping[str, Any]) -> Json:
    """Return the audit report of a period as plain values, with the SHA-256 of its canonical form.

    Args:
        books: of a reading unit; nothing is changed.
        query: ``from``, ``to`` (a day or an instant), ``as_of`` (a size of the tree).

    Raises:
        LocalError: AUDIT-PERIOD, AUDIT-SIZE, STORE-DAMAGED.
    """
    since, until = period(query)
    size = size_of(books.unit, query, until)
    ledger = gather(books, since, until, size)
    told = audit_messages.times(ledger)
    waited, waiting = audit_watch.waits(ledger)
    report: Json = {
        "form": FORM,
        "party": books.party,
        "realm": books.realm.value,
        "from": rfc3339(since) if query.get("from") else None,
        "to": rfc3339(until) if query.get("to") else None,
        "checkpoint": {
            "origin": checkpoints.origin(books.manifest()),
            "size": size,
            "root": tree.root_at(size, books.unit.node).hex(),
            "last_at": rfc3339(Instant(ledger.last_at)),
        },
        "destroyed": ledger.destroyed,
        "entries": sum(ledger.counts.values()),
        "counts": [
            {"kind": kind, "count": count, "means": ENTRY_KINDS[kind]} for kind, count in sorted(ledger.counts.items())
        ],
        "sections": [_section(name, ledger.rows[name]) for name in SECTIONS],
        "alarms": {
            "accepted": len(waited),
            "unaccepted": waiting,
            "median_s": median(waited),
            "worst_s": max(waited, default=None),
        },
        "times": audit_messages.summary(told),
        "messages": told,
    }
    return {**report, "sha256": digest(report)}


def gather(books: Books, since: Instant, until: Instant, size: int) -> Ledger:
    """Read the journal once and return what it says of a period."""
    ledger = Ledger(realm=books.realm, own=books.party, since=since, until=until)
    for seen in entries(books.unit, size, frozenset(HANDLERS), ledger):
        for handler in HANDLERS[seen.kind]:
            handler(ledger, seen)
    audit_people.finish(ledger)
    audit_watch.finish(ledger)
    return ledger


def _section(name: str, rows: Sequence[Row]) -> Json:
    ordered = sorted(rows, key=lambda row: (row.index, row.at, row.what, row.sentence))
    kinds = sorted({row.what for row in ordered})
    return {
        "section": name,
        "title": SECTIONS[name],
        "count": len(ordered),
        "by_what": [{"what": what, "count": sum(row.what == what for row in ordered)} for what in kinds],
        "rows": [_row(row) for row in ordered],
    }


def _row(row: Row) -> Json:
    return {
        "index": row.index,
        "at": rfc3339(Instant(row.at)),
        "what": row.what,
        "officer": row.officer,
        "role": row.role,
        "sentence": row.sentence,
    }


def canonical(report: Mapping[str, Any]) -> bytes:
    """Return the bytes that are hashed: JSON with sorted keys, no spaces, UTF-8, without the hash itself."""
    told = {key: value for key, value in report.items() if key != "sha256"}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(report: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a report's canonical form, which stands on every form of it."""
    return sha256(canonical(report)).hexdigest()


# --- as rows of a table -----------------------------------------------------------------------------------------------

CSV_HEAD: Final = ("section", "index", "at", "what", "officer", "role", "sentence")


def report_csv(report: Mapping[str, Any]) -> str:
    """Return a report as CSV: what it is made from first, then counts, then every row, then every receipt."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_HEAD)
    for row in _csv_rows(report):
        writer.writerow([csv_safe(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def _csv_rows(report: Mapping[str, Any]) -> list[tuple[object, ...]]:
    checkpoint = report["checkpoint"]
    made = f"{checkpoint['origin']}, {checkpoint['size']} entries, root {checkpoint['root']}"
    rows: list[tuple[object, ...]] = [
        ("report", "", "", "CHECKPOINT", "", "", made),
        ("report", "", "", "SHA-256", "", "", report["sha256"]),
        ("report", "", report["from"] or "", "FROM", "", "", ""),
        ("report", "", report["to"] or "", "TO", "", "", ""),
    ]
    rows += [("counts", "", "", one["kind"], "", "", str(one["count"])) for one in report["counts"]]
    rows += [
        (section["section"], *(row[key] for key in CSV_HEAD[1:]))
        for section in report["sections"]
        for row in section["rows"]
    ]
    rows += [_csv_receipt(message, one) for message in report["messages"] for one in message["receipts"]]
    return rows


def _csv_receipt(message: Mapping[str, Any], one: Mapping[str, Any]) -> tuple[object, ...]:
    said = receipt_text(one)
    name = f"{message['form']} {message['direction']}:{message['number']} {message['peer']}"
    index = message["index"] if one["index"] is None else one["index"]
    at = one["entered_at"] or message["entered_at"]
    return "messages", index, at, one["level"], one["officer"] or "", one["role"] or "", f"{name}: {said}"


def receipt_text(one: Mapping[str, Any]) -> str:
    """Return a receipt's times in words."""
    due = f", due {one['due_at']}" if one["due_at"] else ""
    if one["index"] is None:
        return f"not given{due}"
    late = ", LATE" if one["late"] else ""
    return f"after {one['after_s']} s by our clock, {one['stated_after_s']} s as both state it{due}{late}"

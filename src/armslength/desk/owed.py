"""Receipts that are owed, by whom and until when, and what falls due soon: for the brief and the principal's card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.desk import views
from armslength.desk.service_read import when
from armslength.line import exchange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.line.exchange import Exchange

Json = dict[str, Any]

OWED_MAX: Final = 500
"""Exchanges looked at for one brief: those that fall due first."""

DUE_MAX: Final = 1_000
"""Rows of one view that are counted as due; the brief says "1000 or more"."""

FAR: Final = Instant(2**62)
"""Later than any deadline."""

CLOCKED: Final[Mapping[str, str]] = {
    views.GAPS: "gap in their numbers",
    views.DELEGATIONS: "countersignature owed",
    views.WINDOWS: "window of silence",
    views.LISTS: "exchange of lists",
    views.RUNGS: "answer on a proposed rung",
    views.CHECK_PLANS: "line check",
    views.CALLS: "call-back",
    views.SHIFTS: "change of the watch",
    views.DRILLS: "drill",
    views.NOTICES: "notice that runs out",
}
"""Views whose rows fall due -> what that is, for people. Exchanges are told one by one, as receipts owed."""


def receipts_owed(books: Books) -> list[Json]:
    """Return every receipt that is owed, the earliest first: which, of which message, by whom, until when."""
    found = []
    for key, value in books.unit.due(views.EXCHANGES, FAR, OWED_MAX):
        state = exchange.exchange_from_value(cast("dict[int, CborValue]", value))
        row = views.row(books.unit, views.MESSAGES, key)
        if row is not None and row[5] == "message":
            found += _of(books, state, row)
    return sorted(found, key=lambda one: (str(one["until"]), one["message"]))


def of_message(books: Books, envelope_hash: bytes, row: views.Row) -> list[Json]:
    """Return the receipts that are owed for one message."""
    value = books.unit.get(views.EXCHANGES, envelope_hash)
    if value is None:
        return []
    return _of(books, exchange.exchange_from_value(cast("dict[int, CborValue]", value)), row)


def _of(books: Books, state: Exchange, row: views.Row) -> list[Json]:
    outgoing = row[2] == views.OUT
    peer = books.line(row[1]).peer
    return [
        {
            "receipt": level.short,
            "message": state.envelope_hash.hex(),
            "number": f"{'out' if outgoing else 'in'}:{row[3]}",
            "form": str(row[6]),
            "precedence": Precedence(row[7]).name,
            "owed_by": peer if outgoing else books.party,
            "until": when(at),
            "overdue": level in state.overdue or at <= books.now,
        }
        for level, at in sorted(state.due.items())
        if not state.has(level)
    ]


def soon(books: Books, until: Instant) -> list[Json]:
    """Return what else falls due until an instant: what, how many of it, and when the first does."""
    found = []
    for view, what in CLOCKED.items():
        first = books.unit.next_due(view)
        if first is not None and first <= until:
            rows = books.unit.due(view, until, DUE_MAX)
            names = [name for key, _ in rows[:_NAMED] if (name := _name(key))]
            found.append({"what": what, "count": len(rows), "first_at": when(first), "names": names})
    return sorted(found, key=lambda one: str(one["first_at"]))


_NAMED: Final = 5


def _name(key: bytes) -> str:
    """Return a key that people can read, nothing for a hash."""
    try:
        text = key.decode("ascii")
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() else ""

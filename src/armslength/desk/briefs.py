"""The shift brief: one page for whoever takes over, made from what stands in the journal at this minute.

What does not fit is counted and said. The brief gives no judgement: it says what happened, what is open, who owes what
until when, and what falls due next.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from armslength.channels.plain import span_of
from armslength.core.instants import HOUR_US, Instant
from armslength.desk import case_reading, owed, printing, searching, service_watch
from armslength.desk.search_index import Query
from armslength.desk.service_read import read_alarms, when

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.desk.books import Books

Json = dict[str, Any]

SINCE_H: Final = 12
"""A brief reaches back one watch of twelve hours, unless somebody says since when."""

AHEAD_H: Final = 12
"""Deadlines of the watch that begins."""

CLOSED_CONCERNS: Final = frozenset({"DISMISSED", "CLOSED"})

HAPPENED_MAX: Final = 2_000
"""Lines of the log that are counted; what the page shows is far less."""

ROWS: Final[Mapping[str, int]] = {
    "happened": 8,
    "alarms": 4,
    "receipts": 5,
    "concerns": 4,
    "cases": 4,
    "deadlines": 4,
}
"""Rows that the page has for each part: with all of them full, it is one page of A4."""

LINE_CHARS: Final = 76
"""Characters of a row over the whole width: each row is one line, so that the page is one page."""


def read_brief(books: Books, query: Mapping[str, Any]) -> Json:
    """Return the brief.

    Args:
        books: of a reading unit.
        query: ``since``; twelve hours ago without it.

    Raises:
        LocalError: TIME-... codes.
    """
    asked = query.get("since")
    since = span_of(str(asked))[0] if asked else Instant(books.now - SINCE_H * HOUR_US)
    index, lock = searching.index_of(books)
    with lock:
        index.update(books.unit)
        lines = index.log(None, HAPPENED_MAX, Query(terms=(), since=since))
    concerns = [one for one in service_watch.concerns_json(books) if one["status"] not in CLOSED_CONCERNS]
    return {
        "since": when(since),
        "as_of": when(books.now),
        "counts": dict(sorted(Counter(one.word for one in lines).items())),
        "happened": [searching.said_json(one) for one in lines if one.kind != "alarm"][: 4 * ROWS["happened"]],
        "happened_in_all": sum(one.kind != "alarm" for one in lines),
        "alarms": [
            {key: one[key] for key in ("id", "kind", "sentence", "detail", "raised_at")} for one in read_alarms(books)
        ],
        "receipts": owed.receipts_owed(books),
        "concerns": [
            {key: one[key] for key in ("id", "facility", "status", "rank", "certainty", "flagged_at")}
            for one in concerns
        ],
        "cases": case_reading.read_cases(books, {}),
        "deadlines": owed.soon(books, Instant(books.now + AHEAD_H * HOUR_US)),
        "line_checks": line_checks(books, since),
    }


def line_checks(books: Books, since: Instant) -> list[Json]:
    """Return how the checks of each channel went since an instant: how many of each result, by channel."""
    index, lock = searching.index_of(books)
    with lock:
        found = index.log(None, HAPPENED_MAX, Query(terms=(), word="line-check", since=since))
    by_channel = Counter((one.channel, one.title) for one in found if one.kind == "line-check")
    return [
        {"channel": channel, "result": title.rpartition(": ")[2], "count": count}
        for (channel, title), count in sorted(by_channel.items())
    ]


# --- the sheet --------------------------------------------------------------------------------------------------------


def sheet(books: Books, _name: str, query: Mapping[str, Any]) -> printing.Sheet:
    """Return the brief as one printed page."""
    told = read_brief(books, query)
    return printing.Sheet(
        title="Shift brief",
        subtitle=f"{books.party}: {shown(told['since'])} to {shown(told['as_of'])}",
        realm=books.realm,
        made_at=books.now,
        one_page=True,
        parts=tuple(parts(told)),
    )


def shown(at: object) -> str:
    """Return a time of a brief to the minute."""
    return f"{str(at)[:16]}Z" if at else "-"


def parts(told: Json) -> list[printing.Part]:
    """Return the brief's parts, cut to the page, with what does not fit counted."""
    found: list[printing.Part] = []
    found += _table(
        "Alarms that nobody accepted",
        ("raised", "what", "detail"),
        [(_short(one["raised_at"]), one["kind"], one["detail"]) for one in told["alarms"]],
        ROWS["alarms"],
        (4, 6, 12),
    )
    found += _table(
        "Receipts owed",
        ("until", "receipt", "of", "owed by"),
        [
            (_short(one["until"], one), one["receipt"], f"{one['form']} {one['number']}", one["owed_by"])
            for one in told["receipts"]
        ],
        ROWS["receipts"],
        (5, 2, 8, 4),
    )
    found += _table(
        "Open concerns, the highest rank first",
        ("rank", "concern", "at", "stands"),
        [(str(one["rank"]), one["id"], one["facility"], one["status"]) for one in told["concerns"]],
        ROWS["concerns"],
        (2, 4, 8, 4),
    )
    found += _table(
        "Open cases",
        ("case", "title", "disputed"),
        [(one["case"], one["title"], _disputed(one)) for one in told["cases"]],
        ROWS["cases"],
        (4, 10, 4),
    )
    found += _table(
        "Falls due within twelve hours",
        ("first at", "what", "how many"),
        [(_short(one["first_at"]), one["what"], _count(one)) for one in told["deadlines"]],
        ROWS["deadlines"],
        (3, 6, 9),
    )
    checked = "; ".join(f"{one['channel']}: {one['result']} ({one['count']})" for one in told["line_checks"])
    if checked:
        found += [printing.Heading(text="Line checks"), printing.Paragraph(text=cut(checked, 2 * LINE_CHARS))]
    more = told["happened_in_all"] - len(told["happened"])
    found += _table(
        "What happened, the newest first",
        ("at", "what"),
        [(_short(one["at"]), f"{one['kind']}: {one['title']}") for one in told["happened"]],
        ROWS["happened"],
        (3, 15),
        further=more,
    )
    return found


def _short(at: object, owed_one: Json | None = None) -> str:
    """Return a time of a row without its year, which the sheet says above; with a word when it has passed."""
    late = " OVERDUE" if owed_one is not None and owed_one["overdue"] else ""
    return f"{str(at)[5:16].replace('T', ' ')}Z{late}" if at else "-"


def until(one: Json) -> str:
    """Return until when a receipt is owed, with a word when that has passed."""
    return f"{shown(one['until'])}{' OVERDUE' if one['overdue'] else ''}"


def _disputed(one: Json) -> str:
    return f"{one['contradictions']}, open {one['unassessed']}" if one["contradictions"] else "none"


def _count(one: Json) -> str:
    return f"{one['count']}" + (f": {', '.join(one['names'])}" if one["names"] else "")


def _table(
    heading: str,
    head: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    most: int,
    widths: tuple[int, ...],
    *,
    further: int = 0,
) -> list[printing.Part]:
    """Return a heading with its table, cut to so many rows of one line; the heading counts what was left out."""
    if not rows:
        return [printing.Heading(text=f"{heading}: none")]
    room = [LINE_CHARS * width // sum(widths) for width in widths]
    held = tuple(tuple(cut(cell, chars) for cell, chars in zip(row, room, strict=True)) for row in rows[:most])
    left = len(rows) - len(held) + further
    return [
        printing.Heading(text=heading + (f", and {left} more" if left else "")),
        printing.Table(head=head, rows=held, widths=widths),
    ]


def cut(text: str, most: int) -> str:
    """Return a text that fits; what was cut off is marked."""
    return text if len(text) <= most else f"{text[: most - 1]}…"

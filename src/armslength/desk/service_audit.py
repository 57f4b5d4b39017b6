"""What the faces read of the audit report, and its printed form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.instants import Instant
from armslength.desk import auditing, printing
from armslength.desk.form_json import instant_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from armslength.desk.books import Books

Json = dict[str, Any]

PRINTED_MAX: Final = 400
"""Rows of one section on paper, some twenty pages; what is beyond is counted there and stands in the file."""


def sheet(books: Books, _name: str, query: Mapping[str, Any]) -> printing.Sheet:
    """Return the report as a printed sheet; it is dated by its last entry, so that the same report prints the same.

    Raises:
        LocalError: AUDIT-PERIOD, AUDIT-SIZE.
    """
    told = auditing.read_report(books, query)
    return printing.Sheet(
        title="Audit report",
        subtitle=f"{told['party']}: {span(told)}",
        realm=books.realm,
        made_at=Instant(instant_of(told["checkpoint"]["last_at"])),
        parts=tuple(parts(told)),
    )


def span(told: Mapping[str, Any]) -> str:
    """Return the period in words."""
    return f"{told['from'] or 'the beginning'} to {told['to'] or 'the last entry'}"


def parts(told: Mapping[str, Any]) -> list[printing.Part]:
    """Return the report's parts: what it is made from, counts, then details section by section."""
    checkpoint = told["checkpoint"]
    found: list[printing.Part] = [
        printing.Fields(
            pairs=(
                ("Journal", checkpoint["origin"]),
                ("Entries it is made from", str(checkpoint["size"])),
                ("Root", checkpoint["root"]),
                ("SHA-256 of the report", told["sha256"]),
                ("Entries of the period", str(told["entries"])),
                ("Contents destroyed", str(told["destroyed"])),
            )
        ),
        printing.Heading(text="How many of what"),
        printing.Table(
            head=("section", "rows", "of which"),
            rows=tuple(
                (one["title"], str(one["count"]), ", ".join(f"{by['what']} {by['count']}" for by in one["by_what"]))
                for one in told["sections"]
            ),
            widths=(9, 2, 9),
        ),
        printing.Table(
            head=("kind of entry", "count", "what that is"),
            rows=tuple((one["kind"], str(one["count"]), one["means"]) for one in told["counts"]),
            widths=(5, 2, 13),
        ),
    ]
    found += _times(told)
    for section in told["sections"]:
        found += _section(section)
    return found + _messages(told)


def _times(told: Mapping[str, Any]) -> list[printing.Part]:
    alarms = told["alarms"]
    said = (
        f"Alarms: {alarms['accepted']} accepted, {alarms['unaccepted']} not; "
        f"median {seconds(alarms['median_s'])}, worst {seconds(alarms['worst_s'])}."
    )
    return [
        printing.Heading(text="Times to receipts"),
        printing.Table(head=TIMES_HEAD, rows=tuple(map(times_row, told["times"])), widths=(3, 2, 3, 2, 4, 4, 4, 4)),
        printing.Paragraph(text=said),
    ]


TIMES_HEAD: Final = ("direction", "level", "given", "late", "median", "worst", "median stated", "worst stated")
"""Columns of medians and worst times."""


def times_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    """Return one line of medians and worst times."""
    return (
        "theirs to us" if one["direction"] == "out" else "ours to them",
        one["level"],
        f"{one['given']} of {one['messages']}",
        str(one["late"]),
        seconds(one["median_s"]),
        seconds(one["worst_s"]) + ("" if one["worst"] is None else f" (entry {one['worst']})"),
        seconds(one["median_stated_s"]),
        seconds(one["worst_stated_s"]),
    )


def seconds(value: int | None) -> str:
    """Return seconds as people read them."""
    if value is None:
        return "-"
    minutes, rest = divmod(abs(value), 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if value < 0 else ""
    if hours:
        return f"{sign}{hours} h {minutes:02d} min"
    return f"{sign}{minutes} min {rest:02d} s" if minutes else f"{sign}{rest} s"


def _section(section: Mapping[str, Any]) -> list[printing.Part]:
    rows = [
        (str(one["index"]), shown(one["at"]), by_whom(one), one["sentence"]) for one in section["rows"][:PRINTED_MAX]
    ]
    heading = f"{section['title']} ({section['count']})"
    return _table(heading, ("entry", "at (UTC)", "by", "what"), rows, (2, 4, 4, 12), section["count"])


def _messages(told: Mapping[str, Any]) -> list[printing.Part]:
    rows = [
        (str(message["index"]), message_name(message), one["level"], auditing.receipt_text(one))
        for message in told["messages"]
        for one in message["receipts"]
    ]
    head = ("entry", "message", "level", "by both clocks")
    return _table("Messages and their receipts", head, rows[:PRINTED_MAX], (2, 8, 2, 10), len(rows))


def _table(
    heading: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...], whole: int
) -> list[printing.Part]:
    found: list[printing.Part] = [printing.Heading(text=heading)]
    if not rows:
        return [*found, printing.Paragraph(text="None.")]
    found.append(printing.Table(head=head, rows=tuple(rows), widths=widths))
    if whole > len(rows):
        found.append(printing.Paragraph(text=f"And {whole - len(rows)} more: they stand in the report as a file."))
    return found


def message_name(message: Mapping[str, Any]) -> str:
    """Return a message in a few words."""
    return f"{message['form']} {message['direction']}:{message['number']} {message['peer']} {message['precedence']}"


def by_whom(one: Mapping[str, Any]) -> str:
    """Return who did it, in which role; the node where nobody signed."""
    role = f" ({one['role']})" if one["role"] else ""
    return f"{one['officer']}{role}" if one["officer"] else "the node"


def shown(at: str) -> str:
    """Return an instant to the second, as lists show it."""
    return f"{at[:10]} {at[11:19]}Z"


READS: Final[dict[str, Callable[[Books, Mapping[str, Any]], Any]]] = {"audit-report": auditing.read_report}
"""Word of `Client.read` -> what is read, with the query."""

SHEETS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], printing.Sheet]]] = {"audit": sheet}
"""Kind of printed sheet -> its contents."""

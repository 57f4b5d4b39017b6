"""The contact ledger and the count as printed sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.desk.printing import Fields, Heading, Paragraph, Sheet, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.desk.books import Books

ROWS_MAX: Final = 1_000
"""Rows of one printed ledger, thirty pages; the CSV has all of them."""

Json = dict[str, Any]

NOT_PROVED: Final = (
    "SIGNED is proved by the other side's signature. ATTESTED is our officer's record: it may be stated, never "
    "published as proved. REPORTED is what a source says."
)


def time_text(row: Json) -> str:
    """Return when something was: one minute, or the two between which it lies."""
    first, last = str(row["from"]), str(row["until"])
    start = f"{first[:16]}Z".replace("T", " ")
    return start if first == last else f"between {start} and {last[:16]}Z".replace("T", " ")


def ledger(books: Books, channel: str, rows: Sequence[Json]) -> Sheet:
    """Return the ledger of contacts, the newest first."""
    return Sheet(
        title="Contact ledger",
        subtitle=f"Channel {channel}" if channel else "All channels",
        realm=books.realm,
        made_at=books.now,
        landscape=True,
        parts=(
            Paragraph(text=NOT_PROVED),
            Table(
                head=("Number", "Channel", "When (UTC)", "Begun by", "Purpose", "Outcome", "Subjects", "Known"),
                rows=tuple(_row(one) for one in rows),
                widths=(3, 2, 5, 2, 3, 2, 6, 3),
            ),
            *((Paragraph(text=f"Only the newest {ROWS_MAX} are printed."),) if len(rows) == ROWS_MAX else ()),
        ),
    )


def _row(one: Json) -> tuple[str, ...]:
    corrected = f" (corrected by {one['corrected_by']})" if one["corrected_by"] else ""
    return (
        f"{one['number']}{corrected}",
        str(one["channel"]),
        time_text(one),
        str(one["initiated_by"]) or "not known",
        str(one["purpose"]),
        str(one["outcome"]),
        "; ".join(one["subjects"]) or "not stated",
        f"{one['proof']}, {one['completeness']}",
    )


def count(books: Books, counted: Json, certificate: Json) -> Sheet:
    """Return a count with its rule, its list and the journal it was counted from."""
    said = counted["completeness"]
    channels = counted["channel"]
    # A headline is what is quoted: it says when the answer is no number, and how the number is known.
    unknown = "UNKNOWN: " if said["answer"] == "UNKNOWN" else ""
    proofs = sorted({str(one["proof"]) for one in counted["contacts"]})
    known = f" ({', '.join(proofs)})" if proofs else ""
    named = "all channels" if not channels else channels if isinstance(channels, str) else ", ".join(channels)
    return Sheet(
        title=f"{unknown}{counted['certain']} certain, {counted['possible']} more possible{known}",
        subtitle=f"Uses of {named} as of the end of {counted['as_of']}, UTC",
        realm=books.realm,
        made_at=books.now,
        parts=(
            Paragraph(text=str(said["text"]), strong=said["answer"] != "KNOWN"),
            Paragraph(text=str(counted["rule"]["question"])),
            Heading(text="Counted"),
            Table(
                head=("Number", "When (UTC)", "Begun by", "Known", "Counts", "Entry"),
                rows=tuple(_use_row(one) for one in counted["contacts"][:ROWS_MAX]),
                widths=(4, 5, 2, 4, 4, 2),
            ),
            Heading(text="Not counted"),
            Table(
                head=("Reason", "Number"),
                rows=tuple((str(one["reason"]), str(one["number"])) for one in counted["excluded"]),
                widths=(6, 1),
            ),
            Heading(text="Counted from"),
            Fields(
                pairs=(
                    ("journal of", str(certificate["party"])),
                    ("entries", str(certificate["journal_size"])),
                    ("root", str(certificate["journal_root"])),
                )
            ),
            Paragraph(text=NOT_PROVED),
        ),
    )


def _use_row(one: Json) -> tuple[str, ...]:
    counts = str(one["counts"]).lower()
    return (
        str(one["number"]),
        time_text(one),
        str(one["initiated_by"]) or "not known",
        f"{one['proof']}, {one['completeness']}",
        f"{counts}: {one['because']}" if one["because"] else counts,
        str(one["entry"]),
    )

"""The hand-over form: everything that whoever takes the watch must know, made from the books at one minute (K5).

The form is a text. Who leaves signs it whole; who comes signs its hash after reading it, so that nobody can say later
that something stood there that did not. What does not fit is counted and said.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from armslength.core.instants import HOUR_US, Instant, rfc3339
from armslength.core.text import visible_line
from armslength.desk import channel_book, laddering, owed, service_read, windowing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.desk.books import Books

Json = dict[str, Any]

AHEAD_US: Final = 12 * HOUR_US
"""Deadlines of the watch that begins."""

ROWS: Final = (40, 20, 10, 5)
"""Lines of one part, a page of it or less until the form fits. What is more is counted, and looked up on the screen."""

RUNS_MAX: Final = 1_000
"""Runs up ladders that are counted."""

LINE_CHARS: Final = 160
"""One line of the form."""

CODE_CHARS: Final = 8
"""Characters of the form's hash that who comes types, to show that he has it before him."""

FORM_BYTES_MAX: Final = 48 * 1024
"""The form stays within one signed record of 64 KiB."""

_ENDED_WINDOWS: Final = frozenset({"CLOSED", "ABORTED"})
_ENDED_CONCERNS: Final = frozenset({"CLOSED", "DISMISSED"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the form: its title, its lines, and how many more there are than fit."""

    title: str
    lines: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form as it is signed.

    Args:
        heading: whose form, of which watch, of which minute.
        parts: its parts; an empty one says that there is nothing.
    """

    heading: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The form as one text."""
        found = [self.heading, ""]
        for part in self.parts:
            found.append(f"{part.title.upper()}")
            found += [f"- {line}" for line in part.lines] or ["- none"]
            if part.more:
                found.append(f"- and {part.more} more; look at the screen")
            found.append("")
        return "\n".join(found)


def form_hash(text: str) -> bytes:
    """Return the hash of a form's text."""
    return sha256(text.encode()).digest()


def code_of(digest: bytes) -> str:
    """Return the characters of a form's hash that people type."""
    return digest.hex()[:CODE_CHARS]


def form(books: Books, watch: str, notes: str, keys: Sequence[str]) -> Form:
    """Return the form of this minute.

    Args:
        books: the books.
        watch: the name of the watch that ends.
        notes: what who leaves adds.
        keys: what is handed over by hand: keys, tokens, safes, telephones.
    """
    told: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Alarms that nobody accepted", tuple(map(_alarm, service_read.read_alarms(books)))),
        ("Receipts owed", tuple(map(_receipt, owed.receipts_owed(books)))),
        ("Drafts in the queue", tuple(map(_draft, _waiting(books)))),
        ("Concerns open", tuple(map(_concern, _concerns(books)))),
        ("Due in the next twelve hours", tuple(map(_due, owed.soon(books, Instant(books.now + AHEAD_US))))),
        ("Runs up a ladder", tuple(map(_run, laddering.runs(books, RUNS_MAX)))),
        ("Windows of silence", _windows(books)),
        ("Lines and channels", (*_lines(books), *_channels(books))),
    )
    own = (Part(title="Handed over by hand", lines=tuple(keys)), Part(title="Notes", lines=_wrapped(notes)))
    heading = f"HAND-OVER {books.party} {books.realm.value} {rfc3339(books.now)} watch {watch or 'not in the roster'}"
    forms = (Form(heading=heading, parts=(*(_part(*part, most) for part in told), *own)) for most in ROWS)
    # Notes and keys are short enough that the least of them always fits.
    return next(one for one in forms if len(one.text.encode()) <= FORM_BYTES_MAX)


def _wrapped(notes: str) -> tuple[str, ...]:
    """Return notes in whole, on lines of the form's width: what a person wrote is never cut."""
    return tuple(part for line in notes.splitlines() for part in wrap(visible_line(line), LINE_CHARS))


def _part(title: str, lines: Sequence[str], most: int) -> Part:
    return Part(title=title, lines=tuple(_cut(visible_line(line)) for line in lines[:most]), more=len(lines[most:]))


def _cut(line: str) -> str:
    return line if len(line) <= LINE_CHARS else f"{line[: LINE_CHARS - 3]}..."


def _alarm(one: Json) -> str:
    return f"{_minute(one['raised_at'])} {one['kind']}: {one['detail'] or one['sentence']}"


def _receipt(one: Json) -> str:
    late = " OVERDUE" if one["overdue"] else ""
    return f"{one['receipt']} of {one['form']} {one['number']} by {one['owed_by']}, until {_minute(one['until'])}{late}"


def _waiting(books: Books) -> list[Json]:
    return [one for one in service_read.read_drafts(books) if one["state"] != "RELEASED"]


def _draft(one: Json) -> str:
    needs = ", ".join(one["needs"]) or "nothing"
    return (
        f"{one['form']} {one['precedence']} to {one['peer']}, {one['id'][:CODE_CHARS]}, {one['state']}, needs {needs}"
    )


def _concerns(books: Books) -> list[Json]:
    return [one for one in service_read.read_concerns(books) if one["status"] not in _ENDED_CONCERNS]


def _concern(one: Json) -> str:
    return f"{one['id']} at {one['facility']}: {one['status']}"


def _due(one: Json) -> str:
    names = f" ({', '.join(one['names'])})" if one["names"] else ""
    return f"{_minute(one['first_at'])} first of {one['count']}: {one['what']}{names}"


def _run(one: Any) -> str:  # noqa: ANN401 - a run
    following = f"; proposed: {one.next_rung or 'no rung is left'}" if one.proposed is not None else ""
    return f"{one.number} {one.ladder.subject}: {one.status.value} on {one.rung}{following}"


def _windows(books: Books) -> tuple[str, ...]:
    states = [found.state for found in windowing.every_window(books)]
    return tuple(
        f"{one.plan.window_id}: {one.status.value}, {_minute(rfc3339(one.plan.from_at))} to "
        f"{_minute(rfc3339(one.plan.until_at))}, crews out: {', '.join(one.crews_out) or 'none'}"
        for one in states
        if one.status.value not in _ENDED_WINDOWS
    )


def _lines(books: Books) -> list[str]:
    return [
        f"line to {one['peer']}: declared {one['declared']}, observed {one['observed']}, waiting {one['waiting']}, "
        f"last heard {_minute(one['last_heard_at'])}"
        for one in service_read.read_lines(books)
    ]


def _channels(books: Books) -> list[str]:
    found = []
    for one in channel_book.every_channel(books):
        stands = channel_book.standing(books, one.channel_id)
        declared = ", ".join(f"{said.by} {said.state.value}" for said in stands.declared) or "nothing"
        observed = "nothing" if stands.observed is None else stands.observed.state.value
        found.append(f"channel {one.channel_id}: declared {declared}; observed {observed}")
    return found


def _minute(at: str | None) -> str:
    return "-" if not at else f"{at[:16]}Z"

"""Ladders at the desk: set by who decides, climbed by people, proposed by the clock (domain.md E3, E4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from armslength.channels import ladders
from armslength.channels.ladders import EventKind, Rung
from armslength.channels.ladders_value import ladder_from_value, ladder_value, run_from_value
from armslength.channels.texts import one_line
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import rfc3339
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.desk import alarms, channel_book, ladder_changes, named, numbering, views
from armslength.desk.prepared import Prepared, Signed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.channels.ladders import Ladder, Run, Step
    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.desk.books import Books

PREFIX = "P"
"""Runs are numbered P-2022-000001."""


# --- looking ----------------------------------------------------------------------------------------------------------


def ladder(books: Books, subject: str) -> Ladder:
    """Return the ladder of a subject in force.

    Raises:
        LocalError: LADDER-UNKNOWN.
    """
    found = ladder_changes.ladder(books.unit, subject.lower())
    if found is None:
        raise LocalError("LADDER-UNKNOWN", asked=subject)
    return found


def every_ladder(books: Books) -> list[views.Row]:
    """Return every ladder's row, by subject."""
    return [row for _, row in views.rows(books.unit, views.LADDERS)]


def run(books: Books, number: str) -> Run:
    """Return a run up a ladder.

    Raises:
        LocalError: RUN-UNKNOWN.
    """
    found = ladder_changes.run(books.unit, number.upper())
    if found is None:
        raise LocalError("RUN-UNKNOWN", asked=number)
    return found


def runs(books: Books, most: int, *, every: bool = False) -> list[Run]:
    """Return runs, the newest first, at most so many: those that wait for somebody or something, or all."""
    found: list[Run] = []
    live = {status.value for status in ladders.LIVE}
    after: bytes | None = None
    while len(found) < most:
        page = books.unit.scan(views.RUNGS, after=after, reverse=True, limit=max(most, _PAGE))
        for _, value in page:
            if every or cast("Mapping[int, CborValue]", value)[4] in live:
                found.append(run_from_value(value))
        if len(page) < max(most, _PAGE):
            break
        after = page[-1][0]
    return found[:most]


_PAGE = 256
"""Runs looked at together: a list of open ones does not read those of all the years."""


# --- ladders ----------------------------------------------------------------------------------------------------------


def prepare_ladder(books: Books, officer: str, given: Ladder, reason: str) -> Prepared:
    """Return the body of a ladder, which takes the place of the one before.

    Raises:
        LocalError: LADDER-VALUE; CHANNEL-UNKNOWN, a rung that is not in the book.
    """
    value = cast("CborValue", ladder_value(given))
    body: dict[int, CborValue] = {**books.common(officer), 20: value, 21: reason}
    _checked_ladder(books, body)
    return Prepared(type="ladder", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_ladder(books: Books, signed: Signed) -> int:
    """Enter a ladder; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, LADDER-VALUE, CHANNEL-UNKNOWN.
    """
    return channel_book.enter_local(books, signed, _checked_ladder)


def _checked_ladder(books: Books, body: Mapping[int, CborValue]) -> Ladder:
    read = FieldReader(body, ladders.CODE, LocalError)
    one_line(read.text(21), "reason", ladders.CODE)
    found = ladder_from_value(read.value(20))
    for rung in found.rungs:
        channel_book.channel_row(books, rung.channel)
    return found


# --- runs -------------------------------------------------------------------------------------------------------------


def prepare_begin(
    books: Books,
    officer: str,
    subject: str,
    *,
    rung: str,
    reason: str,
    says: str,
    since_at: Instant | None = None,
    approved_by: str = "",
    links: tuple[tuple[str, str], ...] = (),
) -> Prepared:
    """Return the body by which a run begins: the rung that is tried, and what using it itself says.

    Args:
        subject: whose ladder.
        rung: the channel used, or the kind of a last step; the lowest rung when empty.
        reason: why.
        says: what using this rung itself says (E3).
        since_at: since when it is tried; now when not given.
        approved_by: who approved it, where the channel asks for that.
        links: pairs of kind and reference of what it is for.

    Raises:
        LocalError: LADDER-UNKNOWN, LADDER-VALUE, RUNG-... codes.
    """
    found = ladder(books, subject)
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: EventKind.BEGIN.value,
        21: numbering.next_number(books, views.RUNGS, PREFIX),
        22: rung or found.rungs[0].channel,
        23: books.now if since_at is None else since_at,
        24: reason,
        25: says,
        27: found.subject,
        28: links,
    }
    return _prepared(books, body, approved_by)


def prepare_answer(
    books: Books,
    officer: str,
    number: str,
    answer: str,
    *,
    reason: str,
    rung: str = "",
    says: str = "",
    approved_by: str = "",
    at: Instant | None = None,
    reference: str = "",
) -> Prepared:
    """Return the body of a person's answer to a run: USE, WAIT, SKIP, ANSWERED or STOP.

    Args:
        number: the run.
        answer: what is done.
        reason: why.
        rung: USE: another rung than the one proposed.
        says: USE: what using it itself says.
        approved_by: USE: who approved it.
        at: USE: since when it is tried; WAIT: until when.
        reference: ANSWERED: the contact or message that is the answer.

    Raises:
        LocalError: RUN-UNKNOWN, LADDER-VALUE, RUNG-... codes.
    """
    state = run(books, number)
    body: dict[int, CborValue] = {**books.common(officer), 20: answer, 21: state.number, 24: reason}
    if answer == EventKind.USE:
        chosen = rung or state.next_rung or ladders.name_of(state.ladder.at(state.place + 1))
        body |= {22: chosen, 23: books.now if at is None else at, 25: says}
    elif at is not None:
        body[23] = at
    if reference:
        body[29] = reference
    return _prepared(books, body, approved_by)


def _prepared(books: Books, body: dict[int, CborValue], approved_by: str) -> Prepared:
    if approved_by:
        body[26] = approved_by
    # What was not said is left out of the record; the machine asks for what must be there.
    body = {number: value for number, value in body.items() if value != ""}
    _checked_rung(books, body)
    return Prepared(type="rung", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_rung(books: Books, signed: Signed) -> int:
    """Enter a person's step on a run; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, RUN-UNKNOWN, RUNG-... codes, NUMBER-TAKEN.
    """
    return channel_book.enter_local(books, signed, _checked_rung)


def _checked_rung(books: Books, body: Mapping[int, CborValue]) -> Step:
    if body.get(20) == EventKind.TICK:
        raise LocalError("RUNG-PERSON", event=EventKind.TICK.value)
    found = ladder_changes.by_record(books.unit, body, books.now)
    named.require_held(books, (body.get(29, ""), *(reference for _, reference in found.state.links)))
    begun, used = body[20] == EventKind.BEGIN, body[20] == EventKind.USE
    if begun and body[21] != numbering.next_number(books, views.RUNGS, PREFIX):
        raise LocalError("NUMBER-TAKEN", got=body[21])
    rung = found.state.ladder.at(found.state.place)
    if (begun or used) and isinstance(rung, Rung):
        approvers = channel_book.channel(books, rung.channel).approves
        if approvers and not body.get(26):
            raise LocalError("RUNG-APPROVAL", channel=rung.channel, expected=", ".join(approvers))
    return found


# --- the clock --------------------------------------------------------------------------------------------------------


def tick(books: Books, key: bytes) -> None:
    """Propose the next rung of a run whose rung has had its time, and ring; nothing is used by this."""
    before = ladder_changes.run(books.unit, key.decode())
    if before is None:
        return
    body: dict[int, CborValue] = {20: EventKind.TICK.value, 21: before.number}
    found = ladder_changes.by_record(books.unit, body, books.now)
    if not found.proposed:
        return
    books.note("rung", "rung", body)
    after = found.state
    following = after.next_rung or "no rung is left"
    alarms.raise_alarm(
        books,
        "RUNG-PROPOSED",
        reference=key,
        step=after.proposals,
        detail=f"{after.number}, no answer on {after.rung} since {rfc3339(after.since_at)}; next: {following}",
    )

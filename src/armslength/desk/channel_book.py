"""The channel book at the desk: channels entered and corrected, and statements of how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from armslength.channels import book, book_state, book_value
from armslength.channels.texts import one_line
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.record import NO_LINE, SEED_BYTES, parse_item
from armslength.desk import named, policy, views
from armslength.desk.prepared import Prepared, Signed, check_own_acts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.channels.book import Channel
    from armslength.channels.book_state import Standing, Statement
    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.desk.books import Books


# --- looking ----------------------------------------------------------------------------------------------------------


def channel(books: Books, channel_id: str) -> Channel:
    """Return a channel as its newest record has it.

    Raises:
        LocalError: CHANNEL-UNKNOWN.
    """
    return book_value.channel_from_value(channel_row(books, channel_id)[3])


def channel_row(books: Books, channel_id: str) -> views.Row:
    """Return a channel's row (see projection_book).

    Raises:
        LocalError: CHANNEL-UNKNOWN.
    """
    name = channel_id.lower()
    row = views.row(books.unit, views.CHANNELS, name.encode()) if book.CHANNEL_ID.fullmatch(name) else None
    if row is None:
        raise LocalError("CHANNEL-UNKNOWN", asked=channel_id)
    return row


def every_channel(books: Books) -> list[Channel]:
    """Return every channel of the book, by id."""
    return [book_value.channel_from_value(row[3]) for _, row in views.rows(books.unit, views.CHANNELS)]


def versions(books: Books, channel_id: str) -> list[views.Row]:
    """Return entry, time, officer and reason of every record of a channel, the oldest first."""
    found = views.rows(books.unit, views.CHANNEL_VERSIONS, channel_id.encode() + b"\x00")
    return [row for _, row in found]


def version(books: Books, channel_id: str, at: Instant) -> Channel:
    """Return a channel as the book had it at an instant.

    Raises:
        LocalError: CHANNEL-UNKNOWN, it was not in the book then or its content was destroyed.
    """
    held = [row for row in versions(books, channel_id) if row[2] <= at]
    content = books.unit.content(int(held[-1][1])) if held else None
    if content is None:
        raise LocalError("CHANNEL-UNKNOWN", asked=channel_id, at=at)
    return book_value.channel_from_value(parse_item(content[1]).body[20])


def statements(books: Books, channel_id: str) -> list[Statement]:
    """Return every statement of a channel's state, as entered."""
    return [
        book_state.statement_from_value(row, str(row.get(5) or ""), int(row[1]))
        for _, row in views.rows(books.unit, views.CHANNEL_STATES, channel_id.encode() + b"\x00")
    ]


def standing(books: Books, channel_id: str, at: Instant | None = None) -> Standing:
    """Return how a channel stands, now or at an instant: what was declared and what was seen, apart."""
    return book_state.standing(statements(books, channel_id), books.now if at is None else at)


# --- channels ---------------------------------------------------------------------------------------------------------


def prepare_channel(books: Books, officer: str, given: Channel, reason: str) -> Prepared:
    """Return the body of a whole channel; of one that is in the book already, its correction.

    Raises:
        LocalError: CHANNEL-VALUE.
    """
    value = cast("CborValue", book_value.channel_value(given))
    body: dict[int, CborValue] = {**books.common(officer), 20: value, 21: reason}
    _checked(books, body)
    return Prepared(type="channel", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_channel(books: Books, signed: Signed) -> int:
    """Enter a channel; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, CHANNEL-VALUE.
    """
    return enter_local(books, signed, _checked)


def _checked(books: Books, body: Mapping[int, CborValue]) -> Channel:
    read = FieldReader(body, book.CODE, LocalError)
    found = book_value.channel_from_value(read.value(20))
    reason = "" if read.value(21) == "" else one_line(read.text(21), "reason", book.CODE)
    if not reason and books.unit.get(views.CHANNELS, found.channel_id.encode()) is not None:
        raise book.wrong("reason", "why the channel is changed", "nothing")
    return found


def enter_local(books: Books, signed: Signed, check: Callable[[Books, Mapping[int, CborValue]], object]) -> int:
    """Enter a local record of an officer after its acts, its role and what it says were judged; return its index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, and what ``check`` raises.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS[prepared.type], str(prepared.body.get(5)))
    check(books, prepared.body)
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter(prepared.type, record)


# --- states -----------------------------------------------------------------------------------------------------------


def prepare_state(books: Books, officer: str, given: Statement) -> Prepared:
    """Return the body of a statement of how a channel stands.

    Raises:
        LocalError: CHANNEL-UNKNOWN, CHANNEL-STATE.
    """
    body: dict[int, CborValue] = {**books.common(officer), **book_state.statement_value(given)}
    _checked_state(books, body)
    return Prepared(type="channel-state", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit_state(books: Books, signed: Signed) -> int:
    """Enter a statement of how a channel stands; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, CHANNEL-UNKNOWN, CHANNEL-STATE.
    """
    return enter_local(books, signed, _checked_state)


def observe(books: Books, given: Statement) -> int | None:
    """Note what this node saw of a channel by itself; None when it stands so already.

    Only OPEN, DEGRADED and UNANSWERED are a machine's to note; a person judges the rest.

    Raises:
        LocalError: CHANNEL-UNKNOWN, CHANNEL-STATE.
    """
    seen = standing(books, given.channel_id).observed
    if seen is not None and seen.state is given.state:
        return None
    body = book_state.statement_value(given)
    _checked_state(books, body)
    return books.note("channel-state", "channel-state", body)


def _checked_state(books: Books, body: Mapping[int, CborValue]) -> Statement:
    officer = body.get(5)
    found = book_state.statement_from_value(body, officer if isinstance(officer, str) else "")
    named.require_held(books, found.evidence)
    return book_state.check_against(found, channel(books, found.channel_id), books.now)

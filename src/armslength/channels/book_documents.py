"""A channel as people write it: the JSON document of `docs/channels.md`, read whole and checked name by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from armslength.channels.book import (
    CODE,
    MINUTES_OF_DAY,
    Account,
    AddressSheet,
    Channel,
    End,
    Holder,
    Hours,
    Level,
    Medium,
    Number,
    Side,
    wrong,
)
from armslength.channels.book_value import member
from armslength.channels.plain import Plain, span_of

if TYPE_CHECKING:
    from armslength.core.instants import Instant

NAMES: Final = frozenset(
    {
        *("channel", "name", "medium", "level", "ends", "purpose", "exclusions", "may_open", "approves"),
        *("hours", "time_zone", "languages", "address_sheets", "establishment", "facts"),
        *("cost", "signal_value", "line_peer"),
    }
)
"""Names of a channel's document."""

_END: Final = frozenset({"side", "party", "post", "holders", "places", "numbers"})
_HOLDER: Final = frozenset({"name", "own_name", "title", "from", "until", "source"})
_ACCOUNT: Final = frozenset({"text", "source", "when", "from", "until"})
_NUMBER: Final = frozenset({"medium", "value", "note"})
_HOURS: Final = frozenset({"days", "from", "until"})
_SHEET: Final = frozenset({"language", "opening", "titles", "closing", "approved_by", "approved_at", "reference"})

_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})")


def channel_from_document(given: object) -> Channel:
    """Return the channel that a document states.

    Raises:
        LocalError: CHANNEL-VALUE, and the codes of texts, times, party codes and time zones.
    """
    read = Plain(given, CODE, NAMES, "channel")
    return Channel(
        channel_id=read.text("channel"),
        name=read.text("name"),
        medium=member(Medium, read.text("medium")),
        level=member(Level, read.text("level")),
        ends=tuple(_end(one) for one in read.rows("ends", _END)),
        purpose=read.text("purpose"),
        exclusions=read.texts("exclusions"),
        may_open=read.texts("may_open"),
        approves=read.texts("approves"),
        hours=tuple(_hours(one) for one in read.rows("hours", _HOURS)),
        time_zone=read.text("time_zone") or "UTC",
        languages=read.texts("languages"),
        address_sheets=tuple(_sheet(one) for one in read.rows("address_sheets", _SHEET)),
        establishment=tuple(_account(one) for one in read.rows("establishment", _ACCOUNT)),
        facts=tuple(_account(one) for one in read.rows("facts", _ACCOUNT)),
        cost=read.text("cost"),
        signal_value=read.text("signal_value"),
        line_peer=read.text("line_peer"),
    )


def _end(read: Plain) -> End:
    return End(
        side=member(Side, read.text("side")),
        party=read.text("party"),
        post=read.text("post"),
        holders=tuple(_holder(one) for one in read.rows("holders", _HOLDER)),
        places=tuple(_account(one) for one in read.rows("places", _ACCOUNT)),
        numbers=tuple(_number(one) for one in read.rows("numbers", _NUMBER)),
    )


def _holder(read: Plain) -> Holder:
    return Holder(
        name=read.text("name"),
        own_name=read.text("own_name"),
        title=read.text("title"),
        source=read.text("source"),
        from_at=read.first("from"),
        until_at=read.after("until"),
    )


def _account(read: Plain) -> Account:
    earliest_at, latest_at = read.first("from"), read.last("until")
    if read.has("when"):
        if earliest_at is not None or latest_at is not None:
            read.refuse("when", "either when, or from and until", "both")
        earliest_at, latest_at = span_of(read.text("when"))
    return Account(text=read.text("text"), source=read.text("source"), earliest_at=earliest_at, latest_at=latest_at)


def _number(read: Plain) -> Number:
    return Number(medium=member(Medium, read.text("medium")), value=read.text("value"), note=read.text("note"))


def _hours(read: Plain) -> Hours:
    days = read.items("days")
    if not all(type(day) is int for day in days):
        read.refuse("days", "days of the week, 1 is Monday", "something else")
    return Hours(days=tuple(days), from_min=minute_of(read.text("from")), until_min=minute_of(read.text("until")))


def minute_of(text: str) -> int:
    """Return the minute of the day of ``09:30``; ``24:00`` is its end.

    Raises:
        LocalError: CHANNEL-VALUE.
    """
    match = _CLOCK.fullmatch(text)
    minute = -1 if match is None else int(match[1]) * 60 + int(match[2])
    if match is None or int(match[2]) > 59 or minute > MINUTES_OF_DAY:
        raise wrong("hours", "a time such as 09:30", text)
    return minute


def clock_text(minute: int) -> str:
    """Return a minute of the day as ``09:30``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _sheet(read: Plain) -> AddressSheet:
    approved_at: Instant | None = read.first("approved_at")
    return AddressSheet(
        language=read.text("language"),
        opening=read.text("opening"),
        titles=read.text("titles"),
        closing=read.text("closing"),
        approved_by=read.text("approved_by"),
        approved_at=approved_at,
        reference=read.text("reference"),
    )

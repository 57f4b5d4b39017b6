"""A channel as the book has it: everybody through whom the other side can be spoken to, and how (domain.md E1).

One line is one of several channels: a duty post, chiefs of staff, ministers, an adviser, a relay. Each has ends with
people who change, hours, words that may be used, a price, and something that its use says by itself. How a channel came
to be, and where its ends stand, is told differently by different sources: accounts stand side by side and are never
merged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from armslength.channels.texts import lines_of, matching, one_line, several
from armslength.core.errors import LocalError
from armslength.core.ids import party_code
from armslength.core.instants import check_zone, wall_clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from armslength.core.instants import Instant

CODE: Final = "CHANNEL-VALUE"

CHANNEL_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
"""What people type and read aloud for a channel, for example ``eucom-ndmc``."""

LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
"""A language tag (RFC 5646) as the charter writes it."""

ENDS_MAX: Final = 16
"""Ends of one channel: a relay has three, a working group of many parties a dozen."""

HOLDERS_MAX: Final = 128
"""Office-holders of one end over the years."""

ROWS_MAX: Final = 64
"""Numbers, accounts, exclusions and the like of one channel: more nobody reads before he calls."""

MINUTES_OF_DAY: Final = 24 * 60
"""Minutes of a day; the end of one that lasts to midnight."""

WEEKDAYS: Final = 7
"""Days of a week, Monday is 1 (ISO 8601)."""


class Medium(StrEnum):
    """By what the two sides speak."""

    OUR_LINE = "OUR-LINE"
    TELEPHONE = "TELEPHONE"
    VIDEO = "VIDEO"
    MAIL = "MAIL"
    FAX = "FAX"
    LETTER = "LETTER"
    MEETING = "MEETING"
    RELAY = "RELAY"


class Level(StrEnum):
    """Who speaks: the rung on which a word is said is part of the word."""

    DUTY = "DUTY"
    STAFF = "STAFF"
    COMMAND = "COMMAND"
    CHIEFS_OF_STAFF = "CHIEFS-OF-STAFF"
    MINISTERS = "MINISTERS"
    ADVISERS = "ADVISERS"
    INTELLIGENCE = "INTELLIGENCE"
    PRINCIPALS = "PRINCIPALS"


class Side(StrEnum):
    """Whose an end is."""

    OURS = "OURS"
    THEIRS = "THEIRS"
    THIRD = "THIRD"


class State(StrEnum):
    """Where a channel stands (A2)."""

    OPEN = "OPEN"
    DEGRADED = "DEGRADED"
    UNANSWERED = "UNANSWERED"
    SUSPENDED_BY_US = "SUSPENDED-BY-US"
    SUSPENDED_BY_THEM = "SUSPENDED-BY-THEM"
    CUT = "CUT"
    CLOSED = "CLOSED"


class Manner(StrEnum):
    """How a state is known: said by a side, or seen here. The two are never one (A3)."""

    DECLARED = "DECLARED"
    OBSERVED = "OBSERVED"


class Silence(StrEnum):
    """What a silence is held to be: a broken cable and a broken will are different states (A2)."""

    TECHNICAL = "TECHNICAL"
    POLITICAL = "POLITICAL"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one source says of a thing, and for which time; another source's account stands beside it.

    Args:
        text: what is said, in our own words.
        source: who says it.
        earliest_at: first instant for which it is said; None when the source does not say.
        latest_at: last instant; equal to `earliest_at` when the time is known.
    """

    text: str
    source: str
    earliest_at: Instant | None = None
    latest_at: Instant | None = None

    def __post_init__(self) -> None:
        one_line(self.text, "account", CODE)
        one_line(self.source, "source", CODE)
        _in_order(self.earliest_at, self.latest_at, "account")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person who holds the office at an end.

    Args:
        name: the name in Latin letters.
        title: rank or office.
        source: how it is known.
        own_name: the name in the person's own script, or nothing.
        from_at: since when; None when not known.
        until_at: until when, that instant excluded; None while he holds it or when not known.
    """

    name: str
    title: str
    source: str
    own_name: str = ""
    from_at: Instant | None = None
    until_at: Instant | None = None

    def __post_init__(self) -> None:
        one_line(self.name, "name", CODE)
        one_line(self.title, "title", CODE)
        one_line(self.source, "source", CODE)
        one_line(self.own_name, "own_name", CODE, optional=True)
        _in_order(self.from_at, self.until_at, "holder")

    def holds(self, at: Instant) -> bool:
        """Tell whether he holds the office at an instant, as far as is known."""
        return (self.from_at is None or self.from_at <= at) and (self.until_at is None or at < self.until_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """Where an end is reached: a telephone number, an address.

    Args:
        medium: by what.
        value: the number or address.
        note: for whom to ask, which hours, how it was confirmed.
    """

    medium: Medium
    value: str
    note: str = ""

    def __post_init__(self) -> None:
        one_line(self.value, "number", CODE)
        one_line(self.note, "note", CODE, optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a channel.

    Args:
        side: whose.
        party: party code.
        post: the office or post that answers, independent of who holds it (A5).
        holders: who held it and holds it.
        places: where it stands, one account a source.
        numbers: where it is reached.
    """

    side: Side
    party: str
    post: str
    holders: tuple[Holder, ...] = ()
    places: tuple[Account, ...] = ()
    numbers: tuple[Number, ...] = ()

    def __post_init__(self) -> None:
        party_code(self.party)
        one_line(self.post, "post", CODE)
        several(self.holders, HOLDERS_MAX, "holders", CODE)
        several(self.places, ROWS_MAX, "places", CODE)
        several(self.numbers, ROWS_MAX, "numbers", CODE)

    def holders_at(self, at: Instant) -> tuple[Holder, ...]:
        """Return who holds the office at an instant; several when the sources or the times overlap."""
        return tuple(one for one in self.holders if one.holds(at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When a channel is manned, on the wall clock of its time zone.

    Args:
        days: days of the week on which the time begins, Monday is 1.
        from_min: minute of the day at which it begins.
        until_min: minute at which it ends; not after `from_min` when it ends on the next day.
    """

    days: tuple[int, ...]
    from_min: int
    until_min: int

    def __post_init__(self) -> None:
        if not self.days or len(set(self.days)) != len(self.days) or not set(self.days) <= set(range(1, WEEKDAYS + 1)):
            raise wrong("days", "days of the week, 1 is Monday, each once", ", ".join(map(str, self.days)))
        if not 0 <= self.from_min < MINUTES_OF_DAY or not 0 <= self.until_min <= MINUTES_OF_DAY:
            raise wrong("hours", "00:00 to 24:00", f"minutes {self.from_min} to {self.until_min}")

    def hold(self, weekday: int, minute: int) -> bool:
        """Tell whether a minute of a weekday lies within."""
        yesterday = weekday - 1 or WEEKDAYS
        if self.from_min < self.until_min:
            return weekday in self.days and self.from_min <= minute < self.until_min
        return (weekday in self.days and minute >= self.from_min) or (
            yesterday in self.days and minute < self.until_min
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressSheet:
    """How the other side is addressed, in one language, as it approved it itself (C4).

    Wrong titles cost weeks in 1967; what is approved is used to the letter.

    Args:
        language: language tag.
        opening: the words that open a message or call.
        titles: how the person and the party are named.
        closing: the words that close.
        approved_by: who approved it for the counterpart; empty while nobody did.
        approved_at: when; None while nobody did.
        reference: where the approval stands.
    """

    language: str
    opening: str
    titles: str = ""
    closing: str = ""
    approved_by: str = ""
    approved_at: Instant | None = None
    reference: str = ""

    def __post_init__(self) -> None:
        matching(self.language, LANGUAGE_TAG, "language", CODE)
        one_line(self.opening, "opening", CODE)
        for name in ("titles", "closing", "approved_by", "reference"):
            one_line(getattr(self, name), name, CODE, optional=True)
        if (self.approved_at is None) != (not self.approved_by):
            raise wrong("approval", "who approved it and when, or neither", self.approved_by or "no name")

    @property
    def approved(self) -> bool:
        """Whether the counterpart approved it."""
        return self.approved_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One channel, whole: a correction is a whole new one.

    Args:
        channel_id: what people call it by, for example ``eucom-ndmc``.
        name: its name.
        medium: by what the sides speak.
        level: who speaks.
        ends: ours, theirs, and third parties' of a relay.
        purpose: what it is for.
        exclusions: what is not said on it.
        may_open: who may open it: posts or roles.
        approves: who must approve before it is used; empty when nobody need be asked.
        hours: when it is manned; none means round the clock.
        time_zone: of the hours.
        languages: language tags, the one that is spoken first.
        address_sheets: forms of address, one a language.
        establishment: how it came to be, one account a source.
        facts: what else is told of it, each with its source.
        cost: what its use costs.
        signal_value: what its use says by itself.
        line_peer: party code of the peer of our own line, when that is the medium.
    """

    channel_id: str
    name: str
    medium: Medium
    level: Level
    ends: tuple[End, ...]
    purpose: str
    exclusions: tuple[str, ...] = ()
    may_open: tuple[str, ...] = ()
    approves: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()
    time_zone: str = "UTC"
    languages: tuple[str, ...]
    address_sheets: tuple[AddressSheet, ...] = ()
    establishment: tuple[Account, ...] = ()
    facts: tuple[Account, ...] = ()
    cost: str = ""
    signal_value: str = ""
    line_peer: str = ""

    def __post_init__(self) -> None:
        matching(self.channel_id, CHANNEL_ID, "channel", CODE)
        one_line(self.name, "name", CODE)
        one_line(self.purpose, "purpose", CODE)
        one_line(self.cost, "cost", CODE, optional=True)
        one_line(self.signal_value, "signal_value", CODE, optional=True)
        for name in ("exclusions", "may_open", "approves"):
            lines_of(getattr(self, name), ROWS_MAX, name, CODE)
        for name in ("hours", "address_sheets", "establishment", "facts", "languages"):
            several(getattr(self, name), ROWS_MAX, name, CODE)
        check_zone(self.time_zone)
        _check_languages(self)
        _check_ends(self)

    def end(self, side: Side) -> End:
        """Return the first end of a side that every channel has: ours or theirs."""
        return next(one for one in self.ends if one.side is side)

    @property
    def numbers(self) -> tuple[tuple[End, Number], ...]:
        """Every number and address with its end."""
        return tuple((end, number) for end in self.ends for number in end.numbers)

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties at its ends, each once."""
        return tuple(dict.fromkeys(end.party for end in self.ends))

    def within_hours(self, at: Instant) -> bool:
        """Tell whether it is manned at an instant, by the wall clock of its zone."""
        if not self.hours:
            return True
        local = wall_clock(at, self.time_zone)
        minute = local.hour * 60 + local.minute
        return any(one.hold(local.isoweekday(), minute) for one in self.hours)

    def address_sheet(self, language: str) -> AddressSheet | None:
        """Return the form of address in a language, None when there is none."""
        return next((one for one in self.address_sheets if one.language == language), None)


def _check_languages(channel: Channel) -> None:
    if not channel.languages:
        raise wrong("languages", "at least one language", "none")
    for one in channel.languages:
        matching(one, LANGUAGE_TAG, "language", CODE)
    _each_once(channel.languages, "languages")
    _each_once([one.language for one in channel.address_sheets], "languages of address sheets")


def _check_ends(channel: Channel) -> None:
    several(channel.ends, ENDS_MAX, "ends", CODE)
    sides = {end.side for end in channel.ends}
    if not {Side.OURS, Side.THEIRS} <= sides:
        raise wrong("ends", "one of OURS and one of THEIRS", ", ".join(sorted(sides)) or "none")
    if channel.medium is Medium.RELAY and Side.THIRD not in sides:
        raise wrong("ends", "one of THIRD, who relays", ", ".join(sorted(sides)))
    if (channel.medium is Medium.OUR_LINE) != bool(channel.line_peer):
        raise wrong("line_peer", "the peer of our line when the medium is OUR-LINE, else nothing", channel.line_peer)
    if channel.line_peer:
        party_code(channel.line_peer)


def wrong(field: str, expected: str, got: object) -> LocalError:
    """Return the error of a field of a channel."""
    return LocalError(CODE, field=field, expected=expected, got=got)


def _each_once(values: Iterable[str], field: str) -> None:
    found = list(values)
    if len(set(found)) != len(found):
        raise wrong(field, "each once", ", ".join(found))


def _in_order(first: Instant | None, last: Instant | None, field: str) -> None:
    if first is not None and last is not None and first > last:
        raise wrong(field, "a time that begins before it ends", f"{first} to {last}")

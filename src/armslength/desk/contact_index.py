"""Contacts and decisions ready to be listed and counted: decoded once, put in order once, and only ever added to."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels import contacts, decisions
from armslength.channels.contact_uses import use_of
from armslength.channels.counting import order_key
from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, Instant, rfc3339
from armslength.desk import booking, views
from armslength.desk.kept import entries_since
from armslength.desk.projection_contacts import CORRECTED_BY
from armslength.journal.entry import encode_leaf
from armslength.journal.tree import leaf_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from armslength.channels.book import Channel
    from armslength.channels.contacts import Contact
    from armslength.channels.counting import Use
    from armslength.channels.decisions import Decision
    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.journal.entry import Entry

_KINDS: Final = frozenset({"contact", "decision", "line-check", "channel", "destroyed"})
"""Kinds of entries that change what is kept."""

ANSWERS_KEPT_MAX: Final = 64
"""Counts kept for the state of the journal for which they were made: as many as a screen of channels asks."""


SETTLED_US: Final = 31 * DAY_US
"""A line check is settled within its day, and after an outage within the month; more is read again than needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A contact as it was entered.

    Args:
        contact: the contact.
        entry: index of its entry.
        leaf_hash: leaf hash of that entry.
        at: when it was entered.
        officer: who entered it.
        times: its beginning and end as they are shown: ten thousand of them are not worked out for every count.
        words: everything in it that can be looked for, folded.
    """

    contact: Contact
    entry: int
    leaf_hash: bytes
    at: Instant
    officer: str
    times: tuple[str, str]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDecision:
    """A decision as it was entered; see `Held`."""

    decision: Decision
    entry: int
    leaf_hash: bytes
    at: Instant
    officer: str
    record_id: bytes


class ContactIndex:
    """What readers keep of contacts; used under `Kept.lock` and in reading units alone."""

    def __init__(self) -> None:
        self.contacts: dict[str, Held] = {}
        self.corrected: dict[str, str] = {}
        self.answering: dict[str, str] = {}
        self.decisions: list[HeldDecision] = []
        self.answers: dict[tuple[Any, ...], Any] = {}
        self._seen = 0
        self._destroyed = False
        self._of_entry: dict[int, str] = {}
        self._ordered: list[tuple[int, str]] = []
        self._of_channel: dict[str, list[tuple[int, str]]] = {}
        self._uses: dict[str, list[Use]] = {}
        self._checks: dict[str, list[int]] = {}
        self._checked: dict[str, int] = {}

    # --- keeping up ---------------------------------------------------------------------------------------------------

    def update(self, books: Books) -> ContactIndex:
        """Take in what was entered since."""
        size = books.unit.frontier().size
        if size == self._seen:
            return self
        self.answers.clear()
        for index, entry, item in entries_since(books.unit, self._seen, _KINDS):
            if item is not None:
                self._take(books, index, entry, item.body)
        self._seen = size
        return self

    def _take(self, books: Books, index: int, entry: Entry, body: Mapping[int, CborValue]) -> None:
        if entry.kind == "contact":
            self._take_contact(books, index, entry, body)
        elif entry.kind == "decision":
            self.decisions.append(
                HeldDecision(
                    decision=decisions.decision_from_body(body),
                    entry=index,
                    leaf_hash=leaf_hash(encode_leaf(entry)),
                    at=Instant(entry.at),
                    officer=str(body.get(5) or ""),
                    record_id=cast("bytes", body[1]),
                )
            )
        elif entry.kind == "line-check":
            # The instant that a record of a check names; a person may enter an old one.
            channel, at = str(body.get(20)), cast("int", body.get(22) or body.get(23) or 0)
            self._checked[channel] = min(self._checked.get(channel, at), at)
        elif entry.kind == "channel":
            # Its ends and medium say which way a contact went and what it was.
            self._uses.clear()
        else:
            self._forget(cast("int", body[20]))

    def _take_contact(self, books: Books, index: int, entry: Entry, body: Mapping[int, CborValue]) -> None:
        one = contacts.contact_from_body(body)
        held = Held(
            contact=one,
            entry=index,
            leaf_hash=leaf_hash(encode_leaf(entry)),
            at=Instant(entry.at),
            officer=str(body.get(5) or ""),
            times=(rfc3339(one.from_at), rfc3339(one.until_at)),
            words=_words(one),
        )
        self.contacts[one.number] = held
        self._of_entry[index] = one.number
        place = (int(one.from_at), one.number)
        insort(self._ordered, place)
        insort(self._of_channel.setdefault(one.channel, []), place)
        if one.answers:
            self.answering[one.number] = one.answers
        if one.corrects:
            self.corrected[one.corrects] = one.number
            earlier = self.contacts.get(one.corrects)
            if earlier is not None:
                self._uses.pop(earlier.contact.channel, None)
        ready = self._uses.get(one.channel)
        if ready is not None:
            insort(ready, self._use(books, held, channel_of(books, one.channel)), key=order_key)

    def _forget(self, index: int) -> None:
        """Drop a contact whose content was destroyed; its entry stays in the journal."""
        self._destroyed = True
        number = self._of_entry.pop(index, None)
        self.decisions = [one for one in self.decisions if one.entry != index]
        held = self.contacts.pop(number, None) if number is not None else None
        if held is None or number is None:
            return
        self.answering.pop(number, None)
        self.corrected.pop(held.contact.corrects, None)
        # What it corrected or answered may stand on another channel.
        self._uses.clear()
        place = (int(held.contact.from_at), number)
        self._ordered.remove(place)
        self._of_channel[held.contact.channel].remove(place)

    def keep_answer(self, asked: tuple[Any, ...], answer: object) -> None:
        """Keep an answer until anything is entered."""
        if len(self.answers) >= ANSWERS_KEPT_MAX:
            self.answers.clear()
        self.answers[asked] = answer

    # --- looking ------------------------------------------------------------------------------------------------------

    def newest_first(self, channels: frozenset[str] | None, since: Instant | None, until: Instant | None) -> list[Held]:
        """Return contacts by the time at which they began, the newest first; an interval is in where it overlaps."""
        if channels is not None and len(channels) == 1:
            ordered = self._of_channel.get(next(iter(channels)), [])
        else:
            ordered = self._ordered
        last = len(ordered) if until is None else bisect_left(ordered, (int(until), ""))
        found = (self.contacts[number] for _, number in reversed(ordered[:last]))
        return [
            one
            for one in found
            if (channels is None or one.contact.channel in channels)
            and (since is None or one.contact.until_at >= since)
        ]

    def uses(self, books: Books, channel: str) -> list[Use]:
        """Return the contacts of a channel as uses, in the order in which they are counted."""
        ready = self._uses.get(channel)
        if ready is None:
            held = [self.contacts[number] for _, number in self._of_channel.get(channel, ())]
            of = channel_of(books, channel)
            ready = sorted((self._use(books, one, of) for one in held), key=order_key)
            self._uses[channel] = ready
        return ready

    def _use(self, books: Books, held: Held, channel: Channel | None) -> Use:
        one = held.contact
        later = self.corrected.get(one.number, "")
        use = use_of(one, channel, books.party, later)
        if later or not self._destroyed or not _was_corrected(books, one.number):
            return use
        # It was wrong, and what was right is gone: neither "once" nor "never" may be said of it.
        return replace(use, doubt="; ".join(filter(None, (use.doubt, "its correction was destroyed"))))

    def channels(self) -> frozenset[str]:
        """Return the channels on which there was a contact."""
        return frozenset(channel for channel, ordered in self._of_channel.items() if ordered)

    def last(self, channel: str) -> Held | None:
        """Return the newest contact of a channel that was not corrected since; one that reached nobody is none."""
        for _, number in reversed(self._of_channel.get(channel, ())):
            if number not in self.corrected and self.contacts[number].contact.outcome not in contacts.FAILED:
                return self.contacts[number]
        return None

    def line_checks(self, books: Books, channel: str, first: Instant | None, end: Instant) -> int:
        """Return how many line checks of a channel were planned for a time; they are no contacts and never count."""
        at = self._checks.setdefault(channel, [])
        told = self._checked.pop(channel, None)
        if told is not None:
            # A check may be settled some time after later ones were; what is older than that was read before.
            for found in _check_instants(books, channel, min(told - 1, at[-1] - SETTLED_US) if at else 0):
                place = bisect_left(at, found)
                if at[place : place + 1] != [found]:
                    at.insert(place, found)
        return bisect_left(at, int(end)) - (0 if first is None else bisect_left(at, int(first)))


def _was_corrected(books: Books, number: str) -> bool:
    key = books.unit.get(views.CONTACT_NUMBERS, number.encode())
    return isinstance(key, bytes) and CORRECTED_BY in (views.row(books.unit, views.CONTACTS, key) or {})


def _check_instants(books: Books, channel: str, since: int) -> Iterator[int]:
    """Yield the instants of a channel's line checks from one on, which the keys of their view hold."""
    prefix = channel.encode() + b"\x00"
    after = prefix + max(since, 0).to_bytes(8, "big")
    for key, _ in books.unit.scan(views.LINE_CHECKS, prefix, after=after):
        yield int.from_bytes(key[len(prefix) : len(prefix) + 8], "big")


def channel_of(books: Books, channel: str) -> Channel | None:
    """Return a channel of the book, None when it has none of that id."""
    try:
        return booking.channel(books, channel)
    except LocalError:
        return None


def _words(one: Contact) -> str:
    parts = (
        *(one.number, one.channel, one.initiated_by, *one.ours, *one.theirs, one.interpreter, *one.subjects),
        *(*one.facilities, *one.concerns, one.case, one.notes, one.agreed_text, *one.sources, one.call),
    )
    return "\n".join(parts).casefold()


def index_of(books: Books) -> ContactIndex:
    """Return the index as of this reading unit; the caller holds `books.kept.lock`."""
    return books.kept.of(ContactIndex).update(books)


def warm(books: Books) -> None:
    """Read all contacts into the index, ahead of the first question."""
    with books.kept.lock:
        index_of(books)

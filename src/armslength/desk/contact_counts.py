"""How often channels were used: contacts and messages of the line under one rule, with everything behind the number."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from heapq import merge
from typing import TYPE_CHECKING, Final

from armslength.channels import count_certificates, counting
from armslength.channels.contacts import Completeness
from armslength.channels.counting import CONTACT_RULE
from armslength.core.errors import LocalError, VerificationError
from armslength.core.instants import rfc3339
from armslength.desk import booking, cast, checkpoints, service_read, views
from armslength.desk import contact_answers as answers
from armslength.desk.contact_index import channel_of, index_of
from armslength.desk.form_json import instant_of
from armslength.journal import tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from armslength.channels.counting import Count, CountingRule, Use
    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.desk.contact_index import ContactIndex, Held

UNKNOWN_MAX: Final = 32
"""Sentences on what is not in the records: more of them nobody reads before he speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Args:
        channels: ids of channels; none means all.
        as_of: any instant of the last UTC day that counts.
        since: any instant of the first; None for the beginning.
        subject: subject asked for; empty for any.
        initiated_by: who must have begun; empty for anybody.
        rule: the counting rule.
        size: entries of the journal that are looked at; None for all.
    """

    channels: tuple[str, ...]
    as_of: Instant
    since: Instant | None = None
    subject: str = ""
    initiated_by: str = ""
    rule: CountingRule = CONTACT_RULE
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A count with what the records say of themselves.

    Args:
        question: what was asked.
        count: the number with its list.
        held: contacts of the list by number; messages of the line have none.
        entries: reference of each use of the list -> index and leaf hash of its entry.
        line_checks: line checks in the time asked for, which are no contacts.
        completeness: what the counted records are drawn from.
        unknown: what they say they do not hold.
        stranger: what is to be said of a party asked for that stands at no end of what was counted.
    """

    question: Question
    count: Count
    held: dict[str, Held]
    entries: dict[str, tuple[int, bytes]]
    line_checks: int
    completeness: tuple[Completeness, ...]
    unknown: tuple[str, ...]
    stranger: str = ""


def counted(books: Books, question: Question) -> Counted:
    """Count; only in a reading unit.

    Raises:
        LocalError: CHANNEL-UNKNOWN; OPTION-VALUE for a first day after the last, in which nothing could be counted.
    """
    for channel in question.channels:
        booking.channel(books, channel)
    if question.since is not None and question.since > question.as_of:
        last = day_text(question.as_of)
        raise LocalError("OPTION-VALUE", option="since", expected=f"{last} or before", got=day_text(question.since))
    with books.kept.lock:
        index = index_of(books)
        found = index.answers.get((question,))
        if found is None:
            found = _count(books, index, question)
            index.keep_answer((question,), found)
        result: Counted = found
        return result


def _count(books: Books, index: ContactIndex, question: Question) -> Counted:
    channels = question.channels or _all_channels(books, index)
    lists = [index.uses(books, channel) for channel in channels]
    written = _written(books, channels, every=not question.channels)
    if written:
        lists.append(sorted(written, key=counting.order_key))
    uses: Iterable[Use] = lists[0] if len(lists) == 1 else merge(*lists, key=counting.order_key)
    if question.size is not None:
        uses = _as_held_at(books, index, uses, question.size)
    uses = answers.judged(index, uses, question.size)
    count = counting.count(
        uses,
        question.rule,
        question.as_of,
        since=question.since,
        subject=question.subject or None,
        initiated_by=question.initiated_by or None,
        in_order=True,
    )
    held = {use.reference: index.contacts[use.reference] for use in count.listed if use.reference in index.contacts}
    entries = {number: (one.entry, one.leaf_hash) for number, one in held.items()}
    entries |= {use.reference: _entry_of(books, use.reference) for use in count.listed if use.reference not in held}
    first = None if question.since is None else counting.start_of_day(question.since)
    return Counted(
        question=question,
        count=count,
        held=held,
        entries=entries,
        line_checks=sum(index.line_checks(books, channel, first, count.as_of) for channel in channels),
        completeness=tuple(
            sorted(
                {held[use.reference].contact.completeness if use.reference in held else _OWN for use in count.listed}
            )
        ),
        unknown=tuple(dict.fromkeys(text for one in held.values() for text in one.contact.unknown))[:UNKNOWN_MAX],
        stranger=_stranger(books, channels, question.initiated_by),
    )


def _stranger(books: Books, channels: Iterable[str], asked: str) -> str:
    """Return a sentence on a party that stands at no end of the channels: a slip of the pen would count as "never"."""
    found = [channel for name in channels if (channel := channel_of(books, name)) is not None]
    parties = {books.party} | {party for one in found for party in one.parties}
    parties |= {line.peer for line in cast.lines(books.unit, books.realm)}
    if not asked or asked in parties:
        return ""
    return f"{asked} stands at no end of what is counted; those who do: {', '.join(sorted(parties))}."


_OWN: Final = Completeness.OWN_RECORD


def _all_channels(books: Books, index: ContactIndex) -> tuple[str, ...]:
    return tuple(sorted({one.channel_id for one in booking.every_channel(books)} | index.channels()))


def _written(books: Books, channels: Iterable[str], *, every: bool) -> list[Use]:
    """Return the messages of the lines that some channels are; with ``every``, of lines outside the book as well."""
    peers = {one.line_peer: channel for channel in channels if (one := channel_of(books, channel)) and one.line_peer}
    found: list[Use] = []
    for line in cast.lines(books.unit, books.realm):
        channel = peers.get(line.peer, f"line-{line.peer.lower()}" if every else "")
        if channel:
            found += [replace(use, channel=channel) for use in service_read.uses(books, line)]
    return found


def _entry_of(books: Books, reference: str) -> tuple[int, bytes]:
    row = views.row(books.unit, views.MESSAGES, bytes.fromhex(reference)) or {}
    entry = int(row[4])
    return entry, books.unit.leaf_hashes(entry, entry + 1)[0]


def _as_held_at(books: Books, index: ContactIndex, uses: Iterable[Use], size: int) -> list[Use]:
    """Return the uses as a shorter journal held them: what was entered or corrected later is not seen."""
    found = []
    for use in uses:
        held = index.contacts.get(use.reference)
        if (held.entry if held is not None else _entry_of(books, use.reference)[0]) >= size:
            continue
        later = index.contacts.get(use.corrected_by)
        found.append(replace(use, corrected_by="") if later is not None and later.entry >= size else use)
    return found


# --- the certificate --------------------------------------------------------------------------------------------------


def certificate(books: Books, question: Question) -> count_certificates.Certificate:
    """Return the certificate of a count, over the whole journal or over its first entries; only in a reading unit.

    Raises:
        LocalError: CHANNEL-UNKNOWN; VerificationError: COUNT-CERTIFICATE for more entries than the journal has.
    """
    note, checkpoint = checkpoints.own_note(books)
    size = checkpoint.size if question.size is None else question.size
    if not 0 < size <= checkpoint.size:
        raise VerificationError("COUNT-CERTIFICATE", part="journal_size", expected=f"1 to {checkpoint.size}", got=size)
    found = counted(books, question)
    reasons = Counter(reason for _, reason in found.count.excluded)
    return count_certificates.Certificate(
        party=books.party,
        realm=books.realm.value,
        channels=question.channels,
        since="" if question.since is None else day_text(question.since),
        as_of=day_text(question.as_of),
        subject=question.subject,
        initiated_by=question.initiated_by,
        rule=question.rule,
        certain=found.count.certain,
        possible=found.count.possible,
        listed=tuple(
            _line(found, use, doubt) for use, doubt in zip(found.count.listed, found.count.doubts, strict=True)
        ),
        excluded=tuple(sorted(reasons.items())),
        journal_size=size,
        journal_root=tree.root_at(size, books.unit.node).hex(),
        checkpoint=note if size == checkpoint.size else "",
    )


def _line(found: Counted, use: Use, doubt: str) -> count_certificates.Line:
    entry, leaf = found.entries[use.reference]
    return count_certificates.Line(
        reference=use.reference,
        channel=use.channel,
        entry=entry,
        leaf_hash=leaf.hex(),
        proof=use.proof.value,
        certain=not doubt,
    )


_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(text: str) -> Instant:
    """Return the instant of a day, 2022-11-28, or of a time as `form_json.instant_of` reads it.

    Raises:
        LocalError: TIME-... codes.
    """
    return instant_of(f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text)


def day_text(at: Instant) -> str:
    """Return the UTC day of an instant."""
    return rfc3339(at)[:10]


def question_of(one: count_certificates.Certificate) -> Question:
    """Return the question that a certificate answers, at the size of its journal.

    Raises:
        VerificationError: COUNT-CERTIFICATE, a day that is none.
    """
    try:
        since, as_of = (None if not day else day_of(day) for day in (one.since, one.as_of))
    except LocalError as error:
        raise VerificationError("COUNT-CERTIFICATE", part="day", because=error.code) from error
    if as_of is None:
        raise VerificationError("COUNT-CERTIFICATE", part="as_of", expected="a day", got="")
    return Question(
        channels=one.channels,
        as_of=as_of,
        since=since,
        subject=one.subject,
        initiated_by=one.initiated_by,
        rule=one.rule,
        size=one.journal_size,
    )


def check_certificate(books: Books, document: object) -> count_certificates.Certificate:
    """Count again by a certificate and hold it against the result; only in a reading unit.

    Raises:
        VerificationError: COUNT-CERTIFICATE; LocalError: CHANNEL-UNKNOWN.
    """
    given = count_certificates.from_document(document)
    count_certificates.verify(given, certificate(books, question_of(given)))
    return given

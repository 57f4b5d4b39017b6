"""What of a case cannot both hold: a pure function over its accounts and over what it joins.

It points; it does not choose. Each find is a pair, so that it is rung once and both sides stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from armslength.channels.cases import account_reference, in_order
from armslength.channels.cases_accounts import QUESTIONS, Account, differs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from armslength.core.instants import Instant

FOUND_MAX: Final = 200
"""Pairs shown of one case; whoever has more has one story against another and reads both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A contact of a case, as far as it can contradict something.

    Args:
        reference: its number.
        channel: id of the channel.
        outcome: as its record says.
        initiated_by: party code; empty when not known.
        from_at: earliest instant.
        until_at: latest.
    """

    reference: str
    channel: str
    outcome: str
    initiated_by: str
    from_at: Instant
    until_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUsed:
    """A decision of a case not to use a channel; the channel is empty where it speaks of all of them."""

    reference: str
    channel: str
    from_at: Instant
    until_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Two of a case that cannot both hold.

    Args:
        first: reference of one.
        second: reference of the other.
        sentence: in what, for the officer.
    """

    first: str
    second: str
    sentence: str

    @property
    def pair(self) -> tuple[str, str]:
        """Both sides, in order."""
        return self.first, self.second


def contradictions(
    accounts: Iterable[Account], contacts: Sequence[Spoken] = (), decisions: Sequence[NotUsed] = ()
) -> tuple[Found, ...]:
    """Return the pairs that cannot both hold, in the order in which they were entered, each once."""
    found = [
        *_of_accounts(accounts),
        *_of_contacts(contacts),
        *(one for decision in decisions for contact in contacts if (one := _used_and_not(decision, contact))),
    ]
    return tuple({one.pair: one for one in reversed(found)}.values())[::-1][:FOUND_MAX]


def _of_accounts(accounts: Iterable[Account]) -> list[Found]:
    by_subject: dict[tuple[str, str], list[Account]] = {}
    for account in accounts:
        by_subject.setdefault(account.subject, []).append(account)
    found = []
    for group in by_subject.values():
        for first, second in combinations(group, 2):
            said = differs(first, second)
            if said:
                about = f" ({first.about})" if first.about else ""
                question = QUESTIONS[first.question][1]
                who = f"{first.source} / {second.source}"
                found.append(
                    _pair(account_reference(first), account_reference(second), f"{question}{about} {who}: {said}")
                )
    return found


def _of_contacts(contacts: Sequence[Spoken]) -> list[Found]:
    """Two records of what must be one contact, of which each says that another side began it."""
    found = []
    for first, second in combinations(contacts, 2):
        named = {first.initiated_by, second.initiated_by}
        if first.channel == second.channel and len(named - {""}) == 2 and _at_once(first, second):
            found.append(
                _pair(
                    first.reference,
                    second.reference,
                    f"Who began it? Channel {first.channel}, at the same time: "
                    f"{first.initiated_by} / {second.initiated_by}",
                )
            )
    return found


def _used_and_not(decision: NotUsed, contact: Spoken) -> Found | None:
    if contact.outcome != "REACHED" or decision.channel not in {"", contact.channel} or not _at_once(decision, contact):
        return None
    return _pair(
        decision.reference,
        contact.reference,
        f"Was the channel used? {decision.reference} decided not to use {contact.channel}; "
        f"{contact.reference} reached somebody on it at that time",
    )


def _at_once(first: Spoken | NotUsed, second: Spoken) -> bool:
    return first.from_at <= second.until_at and second.from_at <= first.until_at


def _pair(first: str, second: str, sentence: str) -> Found:
    ordered = in_order(first, second)
    return Found(first=ordered[0], second=ordered[1], sentence=sentence)

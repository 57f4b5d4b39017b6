"""What an answer answers: who calls back after an attempt that reached nobody has opened the matter himself.

By the rule an answer opens nothing, since what it answers is counted. Where that was an attempt by which nobody was
reached, or is not held any more, nothing else would stand for two sides that did speak: a false "never".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from armslength.channels.contacts import DOUBTFUL, FAILED, Outcome, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from armslength.channels.contacts import Contact
    from armslength.channels.counting import Use
    from armslength.desk.contact_index import ContactIndex


def judged(index: ContactIndex, uses: Iterable[Use], size: int | None) -> Iterable[Use]:
    """Return uses, each answer held against what it answers.

    Args:
        index: the contacts.
        uses: what is counted, in order; the order stays.
        size: entries of the journal that are looked at; None for all.
    """
    if not index.answering:
        return uses
    opens: dict[str, str] = {}
    heard: set[str] = set()
    for number, answered in index.answering.items():
        first = _newest(index, answered, size)
        if first is None:
            opens[number] = "what it answers is not held any more"
        elif first.outcome in FAILED:
            opens[number] = ""
        elif first.outcome in DOUBTFUL and _sound(index, number, size):
            heard.add(first.number)
    return [_one(use, opens, heard) for use in uses]


def _one(use: Use, opens: dict[str, str], heard: set[str]) -> Use:
    if use.reference in opens:
        doubt = "; ".join(filter(None, (use.doubt, opens[use.reference])))
        return replace(use, answers_or_relates=False, doubt=doubt)
    # Who was answered was heard: that the line fell silent is no doubt any more.
    return replace(use, doubt="") if use.reference in heard else use


def _newest(index: ContactIndex, number: str, size: int | None) -> Contact | None:
    """Return a contact as it was last corrected within so many entries, None when it is not held."""
    held = index.contacts.get(number)
    while held is not None:
        later = index.contacts.get(index.corrected.get(held.contact.number, ""))
        if later is None or (size is not None and later.entry >= size):
            return held.contact
        held = later
    return None


def _sound(index: ContactIndex, number: str, size: int | None) -> bool:
    held = index.contacts.get(number)
    if held is None or (size is not None and held.entry >= size) or number in index.corrected:
        return False
    one = held.contact
    return one.certain and one.outcome is Outcome.REACHED and one.purpose is Purpose.SUBSTANTIVE

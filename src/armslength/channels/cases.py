"""A case: everything on one subject under one number, across channels, as one table of steps.

A case decides nothing. It joins what was recorded elsewhere, keeps accounts side by side, and says in which they cannot
both hold. What a person makes of that is an assessment; both accounts stay. What is not in the table is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.channels.cases_accounts import (
    CODE,
    Account,
    account_from_value,
    account_value,
    optional_text,
    wrong,
)
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.core.text import check_structured, check_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant

CASE_NUMBER: Final = re.compile(r"CASE-[0-9]{4}-[0-9]{6}")
"""``CASE-2023-000001``."""

REFERENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:/#-]{0,127}")
"""A number of the desk, a hash in hexadecimal digits, or an id of the register."""

KINDS: Final = ("contact", "decision", "call", "message", "concern", "facility", "statement", "log")
"""What a case joins."""

TITLE_BYTES_MAX: Final = 256
"""One line of a list."""

REASON_BYTES_MAX: Final = 4_096
"""A reason or an assessment: half a page."""

ACCOUNTS_MAX: Final = 500
"""Accounts of one case; a case with more is several."""

HISTORY_MAX: Final = 2_000
"""Steps of one case."""


class Status(StrEnum):
    """Where a case stands."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class EventKind(StrEnum):
    """What can happen to a case."""

    OPEN = "open"
    JOIN = "join"
    LEAVE = "leave"
    ACCOUNT = "account"
    CONTRADICTION = "contradiction"
    ASSESS = "assess"
    CLOSE = "close"
    REOPEN = "reopen"
    COMPARE = "compare"


_S, _E = Status, EventKind
TRANSITIONS: Final[Mapping[tuple[Status | None, EventKind], Status]] = MappingProxyType(
    {
        (None, _E.OPEN): _S.OPEN,
        (_S.OPEN, _E.JOIN): _S.OPEN,
        (_S.OPEN, _E.LEAVE): _S.OPEN,
        (_S.OPEN, _E.ACCOUNT): _S.OPEN,
        (_S.OPEN, _E.CONTRADICTION): _S.OPEN,
        (_S.OPEN, _E.ASSESS): _S.OPEN,
        (_S.OPEN, _E.CLOSE): _S.CLOSED,
        (_S.CLOSED, _E.REOPEN): _S.OPEN,
        # What records join by themselves is compared also after a case was closed: it may have to be opened again.
        (_S.OPEN, _E.COMPARE): _S.OPEN,
        (_S.CLOSED, _E.COMPARE): _S.CLOSED,
    }
)
"""(status, event) -> next status; None is a case that does not exist yet. What is not here is refused."""

PERSON_STEPS: Final = frozenset(EventKind) - {_E.COMPARE}
"""Steps that only a person takes, by name and with a reason."""


class Effect(StrEnum):
    """What the desk must do after a step."""

    COMPARE = "compare"
    """Hold what is joined against each other, and ring for what cannot both hold."""


_EFFECTS: Final[Mapping[EventKind, tuple[Effect, ...]]] = MappingProxyType(
    dict.fromkeys((_E.JOIN, _E.ACCOUNT, _E.CONTRADICTION, _E.COMPARE), (Effect.COMPARE,))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A contradiction that a person stated, or accepted from a suggestion.

    Args:
        first: reference of one side: ``account 3``, a contact, a decision.
        second: reference of the other.
        what: in what they cannot both hold.
        officer: who stated it.
        at: when.
        assessment: what a person made of it; empty until then.
        assessed_by: who.
    """

    first: str
    second: str
    what: str
    officer: str
    at: Instant
    assessment: str = ""
    assessed_by: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """Both sides, in order."""
        return in_order(self.first, self.second)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    Args:
        kind: what happens.
        officer: who; empty for what the node does.
        reason: why, what was assessed, or in what two accounts cannot both hold.
        account: for account.
        pair: for contradiction, and for assess of one: both sides.
        number: for open, with title, subject and facility.
        reference: for join and leave: kind and reference.
    """

    kind: EventKind
    officer: str = ""
    reason: str = ""
    account: Account | None = None
    pair: tuple[str, str] | None = None
    number: str = ""
    title: str = ""
    subject: str = ""
    facility: str = ""
    reference: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One step in a case's history."""

    kind: EventKind
    at: Instant
    officer: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """State of one case; what is joined stands in a view of its own."""

    number: str
    title: str
    subject: str
    facility: str
    status: Status
    opened_at: Instant
    changed_at: Instant
    accounts: tuple[Account, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    history: tuple[Taken, ...] = ()

    @property
    def unassessed(self) -> tuple[Contradiction, ...]:
        """Contradictions of which no person has said yet what to make of them."""
        return tuple(one for one in self.contradictions if not one.assessment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step gives: the state afterwards and what must be done, in order."""

    state: Case
    effects: tuple[Effect, ...] = ()


def step(state: Case | None, event: Event, now: Instant) -> Step:
    """Apply one event; None is the state before a case is opened.

    Raises:
        LocalError: CASE-TRANSITION (not in the table), CASE-PERSON (without officer or reason), CASE-UNASSESSED (closed
            over a contradiction that nobody assessed), CASE-VALUE, TEXT-... codes.
    """
    status = None if state is None else state.status
    following = TRANSITIONS.get((status, event.kind))
    if following is None:
        raise LocalError("CASE-TRANSITION", state=status.value if status else "none", event=event.kind.value)
    if event.kind in PERSON_STEPS and not (event.officer.strip() and event.reason.strip()):
        raise LocalError("CASE-PERSON", event=event.kind.value, expected="an officer and a reason")
    check_text(event.reason, bytes_max=REASON_BYTES_MAX)
    after = _opened(event, now) if state is None else _moved(state, event, now)
    if len(after.history) >= HISTORY_MAX:
        raise wrong("history", f"at most {HISTORY_MAX} steps", event.kind.value)
    # The node's own comparing is no step of the story; what it finds rings.
    taken = Taken(kind=event.kind, at=now, officer=event.officer, reason=event.reason)
    history = after.history if event.kind is _E.COMPARE else (*after.history, taken)
    return Step(
        state=replace(after, status=following, changed_at=now, history=history), effects=_EFFECTS.get(event.kind, ())
    )


def _opened(event: Event, now: Instant) -> Case:
    if not CASE_NUMBER.fullmatch(event.number):
        raise wrong("number", CASE_NUMBER.pattern, event.number)
    if not event.title.strip():
        raise wrong("title", "a title", "nothing")
    for text in (event.title, event.subject, event.facility):
        check_structured(text, bytes_max=TITLE_BYTES_MAX)
    return Case(
        number=event.number,
        title=event.title,
        subject=event.subject,
        facility=event.facility,
        status=Status.OPEN,
        opened_at=now,
        changed_at=now,
    )


def _moved(state: Case, event: Event, now: Instant) -> Case:
    if event.kind in {_E.JOIN, _E.LEAVE}:
        check_reference(event.reference)
    elif event.kind is _E.ACCOUNT:
        return _told(state, event, now)
    elif event.kind is _E.CONTRADICTION:
        return _stated(state, event, now)
    elif event.kind is _E.ASSESS and event.pair is not None:
        return _assessed(state, event)
    elif event.kind is _E.CLOSE and state.unassessed:
        open_ones = "; ".join(" / ".join(one.pair) for one in state.unassessed)
        raise LocalError("CASE-UNASSESSED", case=state.number, contradictions=open_ones)
    return state


def check_reference(reference: tuple[str, str] | None) -> tuple[str, str]:
    """Return kind and reference of what is joined.

    Raises:
        LocalError: CASE-VALUE.
    """
    if reference is None or reference[0] not in KINDS or not REFERENCE.fullmatch(reference[1]):
        raise wrong("reference", f"one of {', '.join(KINDS)} and its number", reference)
    return reference


def _told(state: Case, event: Event, now: Instant) -> Case:
    if event.account is None or len(state.accounts) >= ACCOUNTS_MAX:
        raise wrong("account", f"an account, at most {ACCOUNTS_MAX}", "none" if event.account is None else "one more")
    account = replace(event.account, number=len(state.accounts) + 1, officer=event.officer, entered_at=now)
    return replace(state, accounts=(*state.accounts, account))


def _stated(state: Case, event: Event, now: Instant) -> Case:
    first, second = _pair(event)
    stated = Contradiction(first=first, second=second, what=event.reason, officer=event.officer, at=now)
    if any(one.pair == stated.pair for one in state.contradictions):
        raise wrong("contradiction", "one that was not stated before", f"{first} / {second}")
    numbers = {account_reference(one) for one in state.accounts}
    unknown = next((one for one in stated.pair if one.startswith(ACCOUNT_WORD) and one not in numbers), None)
    if unknown is not None:
        raise wrong("contradiction", "accounts of this case", unknown)
    return replace(state, contradictions=(*state.contradictions, stated))


def _pair(event: Event) -> tuple[str, str]:
    if event.pair is None or event.pair[0] == event.pair[1] or not all(event.pair):
        raise wrong("contradiction", "two different references", event.pair)
    for one in event.pair:
        check_structured(one, bytes_max=TITLE_BYTES_MAX)
    return in_order(*event.pair)


def _assessed(state: Case, event: Event) -> Case:
    pair = _pair(event)
    if all(one.pair != pair for one in state.contradictions):
        raise wrong("contradiction", "one that was stated in this case", " / ".join(pair))
    judged = tuple(
        replace(one, assessment=event.reason, assessed_by=event.officer) if one.pair == pair else one
        for one in state.contradictions
    )
    return replace(state, contradictions=judged)


def in_order(first: str, second: str) -> tuple[str, str]:
    """Return two references in the one order in which a pair is named: account 9 before account 10."""
    return (first, second) if _rank(first) <= _rank(second) else (second, first)


def _rank(reference: str) -> tuple[str, int, str]:
    word, _, number = reference.rpartition(" ")
    return (word, int(number), "") if number.isascii() and number.isdecimal() else ("", 0, reference)


ACCOUNT_WORD: Final = "account "


def account_reference(account: Account) -> str:
    """Return how an account is named within its case: ``account 3``."""
    return f"{ACCOUNT_WORD}{account.number}"


# --- values -----------------------------------------------------------------------------------------------------------


def case_value(state: Case) -> CborValue:
    """Return a case as its view has it."""
    return {
        1: state.number,
        2: state.title,
        3: state.subject,
        4: state.facility,
        5: state.status.value,
        6: state.opened_at,
        7: state.changed_at,
        8: tuple(account_value(one) for one in state.accounts),
        9: tuple(
            (one.first, one.second, one.what, one.officer, one.at, one.assessment, one.assessed_by)
            for one in state.contradictions
        ),
        10: tuple((one.kind.value, one.at, one.officer, one.reason) for one in state.history),
    }


def case_from_value(value: CborValue) -> Case:
    """Return a case out of its view.

    Raises:
        LocalError: CASE-VALUE.
    """
    row = FieldReader(value if isinstance(value, dict) else {}, CODE, LocalError)
    return Case(
        number=row.text(1),
        title=row.text(2),
        subject=optional_text(row, 3),
        facility=optional_text(row, 4),
        status=_member(Status, row.text(5)),
        opened_at=row.instant(6),
        changed_at=row.instant(7),
        accounts=tuple(account_from_value(one) for one in row.array(8, ACCOUNTS_MAX)),
        contradictions=tuple(_contradiction(one) for one in row.array(9, HISTORY_MAX)),
        history=tuple(_taken(one) for one in row.array(10, HISTORY_MAX)),
    )


def _cells(value: CborValue) -> FieldReader:
    return FieldReader(dict(enumerate(value)) if isinstance(value, tuple) else {}, CODE, LocalError)


def _contradiction(value: CborValue) -> Contradiction:
    row = _cells(value)
    return Contradiction(
        first=row.text(0),
        second=row.text(1),
        what=row.text(2),
        officer=row.text(3),
        at=row.instant(4),
        assessment=optional_text(row, 5),
        assessed_by=optional_text(row, 6),
    )


def _taken(value: CborValue) -> Taken:
    row = _cells(value)
    return Taken(
        kind=event_kind(row.text(0)), at=row.instant(1), officer=optional_text(row, 2), reason=optional_text(row, 3)
    )


def _member(kind: type[Status], text: str) -> Status:
    try:
        return kind(text)
    except ValueError as error:
        raise wrong("status", ", ".join(kind), text) from error


def event_kind(text: str) -> EventKind:
    """Return a step by its word.

    Raises:
        LocalError: CASE-VALUE.
    """
    try:
        return EventKind(text)
    except ValueError as error:
        raise wrong("step", ", ".join(EventKind), text) from error

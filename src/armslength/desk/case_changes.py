"""What a record makes of a case: the one place that says it, for the officer who prepares, the submit and the views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.channels import cases
from armslength.channels.cases_accounts import CODE, account_from_value, optional_text
from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.desk import views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.channels.cases import Case, Effect, Event
    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.desk.ports import Unit

Reference = tuple[str, str]
"""Kind and reference of what is joined."""

JOINS_MAX: Final = 64
"""References with which a case is opened; more are joined one by one, each with its reason."""

CASE_FIRST: Final = b"c"
"""Begins the keys that go from a case to what it joins."""
REFERENCE_FIRST: Final = b"r"
"""Begins the keys that go from what is joined to its cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One thing that a case joins, or joined until a person took it back."""

    kind: str
    reference: str
    entry: int
    at: Instant
    left_at: Instant | None = None
    left_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A case after a record, what joins it and what leaves it."""

    state: Case
    effects: tuple[Effect, ...] = ()
    joins: tuple[Reference, ...] = ()
    leaves: tuple[Reference, ...] = ()
    reason: str = ""


# --- what stands ------------------------------------------------------------------------------------------------------


def link_key(case: str, kind: str, reference: str) -> bytes:
    """Return the key of a link under its case."""
    return CASE_FIRST + b"\x00".join((case.encode(), kind.encode(), reference.encode()))


def back_key(kind: str, reference: str, case: str) -> bytes:
    """Return the key of a link under what is joined."""
    return REFERENCE_FIRST + b"\x00".join((kind.encode(), reference.encode(), case.encode()))


def held(unit: Unit, number: str) -> Case | None:
    """Return a case, None when there is none."""
    value = unit.get(views.CASES, number.encode(errors="replace"))
    return None if value is None else cases.case_from_value(value)


def links(unit: Unit, number: str) -> list[Link]:
    """Return what a case joins or joined, in the order in which it came."""
    found = []
    for key, row in views.rows(unit, views.CASE_LINKS, link_key(number, "", "")[:-1]):
        _, kind, reference = key[len(CASE_FIRST) :].decode().split("\x00")
        found.append(
            Link(
                kind=kind, reference=reference, entry=row[1], at=row[2], left_at=row.get(4), left_because=row.get(5, "")
            )
        )
    return sorted(found, key=lambda one: (one.entry, one.kind, one.reference))


def joined(unit: Unit, number: str, reference: Reference) -> bool:
    """Tell whether something stands in a case now."""
    row = views.row(unit, views.CASE_LINKS, link_key(number, *reference))
    return row is not None and 3 not in row


def cases_of(unit: Unit, kind: str, reference: str) -> list[str]:
    """Return the numbers of the cases that join something."""
    prefix = back_key(kind, reference, "")
    return [key[len(prefix) :].decode() for key, _ in unit.scan(views.CASE_LINKS, prefix)]


# --- records ----------------------------------------------------------------------------------------------------------


def by_record(unit: Unit, kind: str, body: Mapping[int, CborValue], at: Instant) -> Change:
    """Return what a record `case` or `case-step`, its ``kind``, leaves.

    Raises:
        LocalError: CASE-... codes.
    """
    return _opened(body, at) if kind == "case" else _stepped(unit, body, at)


def _opened(body: Mapping[int, CborValue], at: Instant) -> Change:
    row = FieldReader(body, CODE, LocalError)
    event = cases.Event(
        kind=cases.EventKind.OPEN,
        officer=str(body.get(5) or ""),
        number=row.text(20),
        title=row.text(21),
        subject=optional_text(row, 22),
        facility=optional_text(row, 23),
        reason=row.text(24),
    )
    step = cases.step(None, event, at)
    joins = tuple(dict.fromkeys(_reference(one) for one in row.array(25, JOINS_MAX)))
    return Change(state=step.state, effects=step.effects, joins=joins, reason=event.reason)


def _reference(value: CborValue) -> Reference:
    row = FieldReader(dict(enumerate(value)) if isinstance(value, tuple) else {}, CODE, LocalError)
    return cases.check_reference((row.text(0), row.text(1)))


def _stepped(unit: Unit, body: Mapping[int, CborValue], at: Instant) -> Change:
    event = event_of(body)
    number = str(body.get(20))
    before = held(unit, number)
    if before is None:
        raise LocalError("CASE-UNKNOWN", asked=number)
    reference = event.reference
    leaving = event.kind is cases.EventKind.LEAVE
    if reference is not None and joined(unit, number, reference) is not leaving:
        stands = "what the case does not join" if leaving else "what it joins already"
        raise LocalError("CASE-REFERENCE", asked=f"{reference[0]} {reference[1]}", because=stands)
    step = cases.step(before, event, at)
    moved = () if reference is None else (reference,)
    return Change(
        state=step.state,
        effects=step.effects,
        joins=() if leaving else moved,
        leaves=moved if leaving else (),
        reason=event.reason,
    )


def event_of(body: Mapping[int, CborValue]) -> Event:
    """Return the event of a record `case-step`.

    Raises:
        LocalError: CASE-VALUE.
    """
    row = FieldReader(body, CODE, LocalError)
    kind = cases.event_kind(row.text(21))
    return cases.Event(
        kind=kind,
        officer=str(body.get(5) or ""),
        reason=optional_text(row, 22),
        reference=_reference(body[23]) if body.get(23) is not None else None,
        account=account_from_value(body[24]) if body.get(24) is not None else None,
        pair=_pair(body[25]) if body.get(25) is not None else None,
    )


def _pair(value: CborValue) -> tuple[str, str]:
    row = FieldReader(dict(enumerate(value)) if isinstance(value, tuple) else {}, CODE, LocalError)
    return row.text(0), row.text(1)


def put(unit: Unit, change: Change, entry: int, at: Instant) -> None:
    """Put what a record left into the views; joins of a person are compared by whoever entered them."""
    number = change.state.number
    unit.put(views.CASES, number.encode(), cases.case_value(change.state))
    for reference in change.joins:
        link(unit, number, reference, entry, at)
    for kind, name in change.leaves:
        key = link_key(number, kind, name)
        row = views.row(unit, views.CASE_LINKS, key) or {}
        # That something was once thought to belong here is part of the story: the row stays, marked.
        unit.put(views.CASE_LINKS, key, {**row, 3: entry, 4: at, 5: change.reason})
        unit.delete(views.CASE_LINKS, back_key(kind, name, number))


def link(unit: Unit, number: str, reference: Reference, entry: int, at: Instant) -> bool:
    """Put a link from a case and back; tell whether it is new."""
    if joined(unit, number, reference):
        return False
    unit.put(views.CASE_LINKS, link_key(number, *reference), {1: entry, 2: at})
    unit.put(views.CASE_LINKS, back_key(*reference, number), {1: entry})
    return True

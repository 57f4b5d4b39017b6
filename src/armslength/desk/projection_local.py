"""Views of what stays at home: drafts and checks, deadlines, concerns, delegations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from armslength.core import cbor
from armslength.core.instants import Instant
from armslength.desk import views, watch_state
from armslength.desk.projection_register import watch_day
from armslength.desk.projection_watch import list_deadline, window_deadline
from armslength.line import exchange, fields
from armslength.line.exchange import Event, EventKind
from armslength.register import concerns
from armslength.register.concerns import Conveyance, Means

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.desk.projection import Fact, Projector


_AGAINST_MAX: Final = 32
"""Sentences kept against one concern: more than a screen of them nobody reads."""


def _draft(fact: Fact) -> None:
    body = cast("dict[int, CborValue]", cbor.decode(cast("bytes", fact.body[21])))
    fact.unit.put(
        views.DRAFTS,
        cast("bytes", fact.body[20]),
        {
            1: fact.line,
            2: fact.body[21],
            3: fact.body[22],
            4: fact.body[23],
            5: "DRAFTED",
            6: (),
            7: None,
            8: fact.entry.at,
            9: body.get(fields.FORM_CODE),
            10: body.get(fields.PRECEDENCE),
        },
    )


def _check(fact: Fact) -> None:
    key = cast("bytes", fact.body[20])
    row = views.row(fact.unit, views.DRAFTS, key)
    if row is None:
        return
    check = (fact.body[21], fact.body.get(5), fact.body[22], fact.body.get(23), fact.body.get(24), fact.entry.at)
    row[6] = (*row[6], check)
    row[5] = "DRAFTED" if fact.body[22] else "RETURNED"
    fact.unit.put(views.DRAFTS, key, row)


def draft_released(fact: Fact) -> None:
    """Mark the draft of a message that went out; a form sent by one person has none."""
    row = views.row(fact.unit, views.DRAFTS, fact.verified.body_hash)
    if row is not None:
        row[5], row[7] = "RELEASED", fact.verified.envelope_hash
        fact.unit.put(views.DRAFTS, fact.verified.body_hash, row)


def _deadline(fact: Fact) -> None:
    if fact.body[20] == "line":
        # Said once an outage: the next one has a time of its own.
        fact.unit.put(views.SESSIONS, fact.line, fact.unit.get(views.SESSIONS, fact.line))
    else:
        _deadline_of(fact)


def _deadline_of(fact: Fact) -> None:
    """A deadline passed: of an exchange (21 set), of a gap, a delegation, a window or a list."""
    what, reference = fact.body[20], cast("bytes", fact.body[21])
    if what == "exchange":
        value = fact.unit.get(views.EXCHANGES, reference)
        if isinstance(value, dict):
            state = exchange.exchange_from_value(cast("dict[int, CborValue]", value))
            at = Instant(cast("int", fact.body[22]))
            after = exchange.step(state, Event(kind=EventKind.TICK), at).state
            due = exchange.next_deadline(after)
            fact.unit.put(views.EXCHANGES, reference, cast("CborValue", exchange.exchange_value(after)), due=due)
    elif what == "gap":
        row = views.row(fact.unit, views.GAPS, reference)
        if row is not None:
            fact.unit.put(views.GAPS, reference, {**row, 4: True})
    elif what == "delegation":
        row = views.row(fact.unit, views.DELEGATIONS, reference)
        if row is not None:
            fact.unit.put(views.DELEGATIONS, reference, row)
    elif what == "window":
        window_deadline(fact)
    elif what == "list":
        list_deadline(fact)
    elif what == "watch-day":
        watch_day(fact)


def _concern(fact: Fact) -> None:
    event = concerns.Event(
        kind=concerns.EventKind.FLAG,
        reason=str(fact.body[22]),
        officer=str(fact.body.get(5) or ""),
        report_ids=cast("tuple[str, ...]", fact.body[23]),
        concern_id=str(fact.body[20]),
        facility_id=str(fact.body[21]),
    )
    step_concern(fact, str(fact.body[20]), event)
    watch_state.count_concern(fact.unit, str(fact.body[20]))
    facility_id = str(fact.body[21])
    state = watch_state.facility(fact.unit, facility_id)
    watch_state.put_facility(fact.unit, facility_id, replace(state, concern_id=str(fact.body[20])))
    _detail(fact)


def _detail(fact: Fact) -> None:
    """Keep what the rules said for and against a concern; what people enter says it in the reason."""
    key = str(fact.body[20]).encode()
    row = views.row(fact.unit, views.CONCERN_DETAILS, key) or {1: 0, 2: None, 3: None, 4: (), 5: ()}
    against = cast("tuple[str, ...]", fact.body.get(24) or ())
    reason = str(fact.body.get(22) or "")
    rule = reason[1:].split("]", 1)[0] if reason.startswith("[") else None
    row[1] = max(row[1], cast("int", fact.body.get(25) or 0))
    row[2], row[3] = fact.body.get(26) or row[2], fact.body.get(27) or row[3]
    row[4] = tuple(dict.fromkeys((*row[4], *against)))[:_AGAINST_MAX]
    row[5] = tuple(dict.fromkeys((*row[5], *([rule] if rule else []))))
    fact.unit.put(views.CONCERN_DETAILS, key, row)


def _concern_step(fact: Fact) -> None:
    event = concerns.Event(
        kind=concerns.EventKind(str(fact.body[21])),
        reason=str(fact.body.get(22) or ""),
        officer=str(fact.body.get(5) or ""),
        report_ids=cast("tuple[str, ...]", fact.body.get(23) or ()),
    )
    step_concern(fact, str(fact.body[20]), event)
    if event.kind is concerns.EventKind.CORROBORATE:
        _detail(fact)


def step_concern(fact: Fact, concern_id: str, event: concerns.Event) -> None:
    """Apply an event to a concern in the views."""
    value = fact.unit.get(views.CONCERNS, concern_id.encode())
    state = None if value is None else concerns.concern_from_value(value)
    after = concerns.step(state, event, Instant(fact.entry.at)).state
    fact.unit.put(views.CONCERNS, concern_id.encode(), cast("CborValue", concerns.concern_value(after)))


def convey_concern(fact: Fact, row: views.Row) -> None:
    """Mark the concern that a message cites as conveyed: the peer's R0 of it has just been journalled."""
    concern_id = row.get(14)
    if row[5] != "message" or not isinstance(concern_id, str):
        return
    value = fact.unit.get(views.CONCERNS, concern_id.encode())
    if value is None:
        return
    status = concerns.concern_from_value(value).status
    if (status, concerns.EventKind.CONVEY) not in concerns.TRANSITIONS:
        return
    envelope_hash = cast("bytes", fact.body[21]).hex()
    proof = Conveyance(means=Means.R0, reference=envelope_hash, at=Instant(fact.entry.at))
    step_concern(fact, concern_id, concerns.Event(kind=concerns.EventKind.CONVEY, conveyance=proof))


def _delegation(fact: Fact) -> None:
    key = cast("bytes", fact.body[1])
    if fact.body[20] == "countersign":
        reference = cast("bytes", fact.body[31])
        row = views.row(fact.unit, views.DELEGATIONS, reference)
        if row is not None:
            fact.unit.put(views.DELEGATIONS, reference, {**row, 32: fact.entry.at})
        return
    row = {number: value for number, value in fact.body.items() if number >= 5}
    due = Instant(cast("int", fact.body[25])) if fact.body[20] == "voice" else None
    fact.unit.put(views.DELEGATIONS, key, {**row, 0: fact.index}, due=due)


def _destroyed(fact: Fact) -> None:
    """A content is gone: whatever a view still held of its text goes in the same transaction."""
    index = cast("int", fact.body[20])
    for key, row in views.rows(fact.unit, views.DRAFTS):
        if row[7] is not None and _index_of(fact, row[7]) == index:
            fact.unit.delete(views.DRAFTS, key)


def _index_of(fact: Fact, envelope_hash: bytes) -> int | None:
    row = views.row(fact.unit, views.MESSAGES, envelope_hash)
    return None if row is None else int(row[4])


PROJECTORS: Final[dict[str, Projector]] = {
    "draft": _draft,
    "check": _check,
    "deadline": _deadline,
    "concern": _concern,
    "concern-step": _concern_step,
    "delegation": _delegation,
    "destroyed": _destroyed,
}

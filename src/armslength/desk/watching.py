"""The watch: facilities and reports entered by hand or by batch, concerns flagged by rule and carried by people.

Software may flag and corroborate. Pursuing, holding, dismissing, closing are acts of persons, each with a reason; and
a concern is conveyed only by the other node's R0.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final, cast

from armslength.core import cbor
from armslength.core.errors import LocalError
from armslength.core.record import NO_LINE, SEED_BYTES, parse_item
from armslength.desk import alarms, policy, views
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.register import concerns, facility_body, matching, reports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.register.facilities import Facility
    from armslength.register.reports import Report

CORROBORATE_WITHIN_US: Final = 24 * 3600 * 1_000_000
"""A report on the same facility within a day is about the same concern, until a person says otherwise."""

BATCH_BYTES_MAX: Final = 40_000
"""A batch is one entry; its rows must fit an item."""

_LIVE: Final = frozenset(
    {concerns.Status.FLAGGED, concerns.Status.CORROBORATED, concerns.Status.HELD, concerns.Status.PURSUED}
)


def prepare_facility(books: Books, officer: str, facility: Facility) -> Prepared:
    """Return the body of a facility record."""
    body = {**books.common(officer), **facility_body.facility_body(facility)}
    return Prepared(type="facility", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_report(books: Books, officer: str, report: Report) -> Prepared:
    """Return the body of a report entered by hand."""
    body = {**books.common(officer), **reports.report_body(report)}
    return Prepared(type="report", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_batch(books: Books, officer: str, source: str, rows: Sequence[Report]) -> Prepared:
    """Return the body of one batch of a feed: one entry, a root over its rows, and the rows.

    Raises:
        LocalError: BATCH-SIZE.
    """
    data = cbor.encode(tuple(reports.report_body(row) for row in rows))
    if not rows or len(data) > BATCH_BYTES_MAX:
        raise LocalError("BATCH-SIZE", limit=BATCH_BYTES_MAX, got=len(data))
    body: dict[int, CborValue] = {
        **books.common(officer),
        40: len(rows),
        41: sha256(data).digest(),
        42: source,
        43: data,
    }
    return Prepared(type="report", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_concern_step(books: Books, officer: str, concern_id: str, step: str, reason: str) -> Prepared:
    """Return the body of a person's step on a concern.

    Raises:
        LocalError: CONCERN-UNKNOWN, CONCERN-TRANSITION, CONCERN-PERSON.
    """
    state = concern(books, concern_id)
    try:
        kind = concerns.EventKind(step)
    except ValueError as error:
        raise LocalError("CONCERN-TRANSITION", state=state.status.value, event=step) from error
    if kind not in concerns.PERSON_STEPS:
        raise LocalError("CONCERN-TRANSITION", state=state.status.value, event=step)
    concerns.step(state, concerns.Event(kind=kind, reason=reason, officer=officer), books.now)
    body: dict[int, CborValue] = {**books.common(officer), 20: state.concern_id, 21: kind.value, 22: reason}
    return Prepared(type="concern-step", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def concern(books: Books, concern_id: str) -> concerns.Concern:
    """Return a concern.

    Raises:
        LocalError: CONCERN-UNKNOWN.
    """
    value = books.unit.get(views.CONCERNS, concern_id.upper().encode())
    if value is None:
        raise LocalError("CONCERN-UNKNOWN", asked=concern_id)
    return concerns.concern_from_value(value)


def submit_local(books: Books, signed: Signed) -> int:
    """Enter a local record of an officer; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, RECORD-KIND, and the record's own codes.
    """
    prepared = signed.prepared
    rule = policy.LOCAL_ACTS.get(prepared.type)
    checker = _CHECKS.get(prepared.type)
    if rule is None or checker is None:
        raise LocalError("RECORD-KIND", got=prepared.type)
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *rule, str(prepared.body.get(5)))
    checker(books, prepared.body)
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    index = books.enter(prepared.type, record)
    if prepared.type == "report" and 40 not in prepared.body:
        _flag(books, cast("bytes", prepared.body[1]), reports.parse_report(prepared.body))
    return index


def _check_report(_books: Books, body: Mapping[int, CborValue]) -> None:
    if 40 not in body:
        reports.parse_report(body)
        return
    data = body.get(43)
    if not isinstance(data, bytes) or len(data) > BATCH_BYTES_MAX or sha256(data).digest() != body.get(41):
        raise LocalError("BATCH-SIZE", limit=BATCH_BYTES_MAX)


def _check_facility(_books: Books, body: Mapping[int, CborValue]) -> None:
    facility_body.parse_facility(body)


def _check_concern_step(books: Books, body: Mapping[int, CborValue]) -> None:
    prepare_concern_step(books, str(body.get(5)), str(body.get(20)), str(body.get(21)), str(body.get(22)))


def _check_alarm_accepted(books: Books, body: Mapping[int, CborValue]) -> None:
    if not isinstance(body.get(20), bytes) or books.unit.get(views.ALARMS, cast("bytes", body[20])) is None:
        raise LocalError("ALARM-UNKNOWN", asked=body.get(20))


def _check_text(_books: Books, body: Mapping[int, CborValue]) -> None:
    if not isinstance(body.get(20), str):
        raise LocalError("PREPARED-MALFORMED", part="what was decided or who was contacted")


_CHECKS: Final = {
    "report": _check_report,
    "facility": _check_facility,
    "concern-step": _check_concern_step,
    "alarm-accepted": _check_alarm_accepted,
    "decision": _check_text,
    "contact": _check_text,
}


def prepare_alarm_accepted(books: Books, officer: str, identity: bytes) -> Prepared:
    """Return the body by which an officer accepts an alarm; it tells the peer nothing."""
    body: dict[int, CborValue] = {**books.common(officer), 20: identity}
    return Prepared(type="alarm-accepted", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_decision(
    books: Books,
    officer: str,
    what: str,
    *,
    options: tuple[str, ...],
    chosen: str,
    reason: str,
    information: str,
) -> Prepared:
    """Return the body of a decision: options, the one chosen, why, and on what information at this minute (G2)."""
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: what,
        21: options,
        22: chosen,
        23: reason,
        24: information,
        25: books.now,
    }
    return Prepared(type="decision", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def known_facilities(books: Books) -> list[Facility]:
    """Return every facility of the register, by its newest record."""
    found = []
    for _, row in views.rows(books.unit, views.FACILITIES):
        content = books.unit.content(row[1])
        if content is not None:
            found.append(facility_body.parse_facility(parse_item(content[1]).body))
    return found


def _flag(books: Books, report_key: bytes, report: Report) -> None:
    report_id = report.report_id or f"R-{report_key.hex()[:8]}"
    for facility in known_facilities(books):
        judgement = concerns.judge(matching.match(report, facility), report)
        if judgement.flag:
            _flag_one(books, facility.facility_id, report_id, judgement.reason)


def _flag_one(books: Books, facility_id: str, report_id: str, reason: str) -> None:
    for _, value in books.unit.scan(views.CONCERNS):
        state = concerns.concern_from_value(value)
        recent = state.flagged_at + CORROBORATE_WITHIN_US >= books.now
        if state.facility_id == facility_id and state.status in _LIVE and recent:
            fields: dict[int, CborValue] = {20: state.concern_id, 21: "corroborate", 22: reason, 23: (report_id,)}
            books.note("concern-step", "concern-step", fields)
            return
    year = datetime.fromtimestamp(int(books.now) // 1_000_000, UTC).year
    number = 1 + len(books.unit.scan(views.CONCERNS, f"C-{year}-".encode()))
    concern_id = concerns.concern_id(year, number)
    books.note("concern", "concern", {20: concern_id, 21: facility_id, 22: reason, 23: (report_id,)})
    alarms.raise_alarm(books, "CONCERN-FLAGGED", reference=concern_id.encode(), detail=f"{concern_id}: {reason}")

"""The watch: facilities and reports entered by hand or by batch, concerns flagged by rule and carried by people.

Software may flag and corroborate. Pursuing, holding, dismissing, closing are acts of persons, each with a reason; and
a concern is conveyed only by the other node's R0.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels import decisions
from armslength.core.errors import LocalError
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.desk import policy, register_cache, report_lookup, views, watch_pass
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.desk.translation_records import require_read
from armslength.register import concerns, facility_body, hazards, reports
from armslength.register.facilities import Facility
from armslength.register.rules import read_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.watch_index import Ready
    from armslength.register.observations import Observation
    from armslength.register.reports import Report


def prepare_facility(books: Books, officer: str, facility: Facility) -> Prepared:
    """Return the body of a facility record.

    Raises:
        LocalError: QUANTITY-...: its hazards are not possible, or out of scale with what the register holds.
    """
    _check_amounts(books, facility)
    body = {**books.common(officer), **facility_body.facility_body(facility)}
    return Prepared(type="facility", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_report(books: Books, officer: str, report: Report) -> Prepared:
    """Return the body of a report entered by hand."""
    body = {**books.common(officer), **reports.report_body(report)}
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
    value = books.unit.get(views.CONCERNS, concern_id.upper().encode(errors="replace"))
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
    before = _known_before(books, prepared)
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    index = books.enter(prepared.type, record)
    if prepared.type == "report":
        report = replace(reports.parse_report(prepared.body), report_id=report_lookup.report_id_of(prepared.body))
        _watch(books, report, index)
    elif prepared.type == "facility":
        _watch_pillars(books, before, facility_body.parse_facility(prepared.body), index)
    return index


def _known_before(books: Books, prepared: Prepared) -> Facility | None:
    if prepared.type != "facility":
        return None
    return register_cache.Cache(books).facility(str(prepared.body.get(20)))


def _check_report(_books: Books, body: Mapping[int, CborValue]) -> None:
    reports.parse_report(body)


def _check_facility(books: Books, body: Mapping[int, CborValue]) -> None:
    _check_amounts(books, facility_body.parse_facility(body))


def _check_amounts(books: Books, facility: Facility) -> None:
    """Hold hazards against the record that they would follow: 18 million m3 after 18.2 km3 is refused with the reason.

    An amount that was wrong from the start is left out in one record and entered right in the next.
    """
    held = register_cache.Cache(books).facility(facility.facility_id)
    hazards.check_hazards((*(held.hazards if held is not None else ()), *facility.hazards))


def _check_concern_step(books: Books, body: Mapping[int, CborValue]) -> None:
    prepare_concern_step(books, str(body.get(5)), str(body.get(20)), str(body.get(21)), str(body.get(22)))


def _check_alarm_accepted(books: Books, body: Mapping[int, CborValue]) -> None:
    row = views.row(books.unit, views.ALARMS, cast("bytes", body[20])) if isinstance(body.get(20), bytes) else None
    if row is None:
        raise LocalError("ALARM-UNKNOWN", asked=body.get(20))
    if row[8] is not None and row[9] != body.get(5):
        # Two pressed at once: one of them has taken it on, and the other is to know who. Whoever asks again because the
        # node fell silent after it had his word is told nothing new.
        raise LocalError("ALARM-SETTLED", accepted_by=row[9])
    require_read(row)


def _check_decision(_books: Books, body: Mapping[int, CborValue]) -> None:
    if not isinstance(body.get(20), str):
        raise LocalError("PREPARED-MALFORMED", part="what was decided")
    decisions.decision_from_body(body)


def _check_rules(_books: Books, body: Mapping[int, CborValue]) -> None:
    if not isinstance(body.get(20), str) or not isinstance(body.get(21), str) or not str(body[21]).strip():
        raise LocalError("PREPARED-MALFORMED", part="the rules and why they are used")
    read_rules(str(body[20]))


_CHECKS: Final = {
    "report": _check_report,
    "rules": _check_rules,
    "facility": _check_facility,
    "concern-step": _check_concern_step,
    "alarm-accepted": _check_alarm_accepted,
    "decision": _check_decision,
}


def prepare_alarm_accepted(books: Books, officer: str, identity: bytes) -> Prepared:
    """Return the body by which an officer accepts an alarm; it tells the peer nothing."""
    body: dict[int, CborValue] = {**books.common(officer), 20: identity}
    row = views.row(books.unit, views.ALARMS, identity)
    if row is not None:
        require_read(row)
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
    return list(register_cache.Cache(books).facilities())


def _watch(books: Books, report: Report, entry: int) -> None:
    """Hold a report that an officer entered against the register; where he put it is where he says it was."""
    placed = report.located_by if report.located_by != "UNSTATED" else "SITE"
    watch_pass.run_pass(books, books.watch.get(books), (replace(report, located_by=placed),), entry)


def _watch_pillars(books: Books, before: Facility | None, after: Facility, entry: int) -> None:
    changes = watch_pass.pillar_changes(before, after, f"entry-{entry}")
    if changes:
        watch_pass.run_pass(books, None, (), entry, pillars={after.facility_id: changes})


Seen = tuple["Ready", "dict[str, list[Observation]]"]
"""The register as it was ready, and what it saw in some reports."""


def watch_batch(books: Books, rows: Sequence[Any], entry: int, seen: Seen | None) -> None:
    """Judge a batch just entered: reports by the rules, facilities by the pillars that a newer record changed.

    Args:
        books: of the unit in which the batch was entered.
        rows: reports or facilities.
        entry: journal index of the batch.
        seen: what the register saw in the reports, when it was asked before; asked again if it changed since.
    """
    if seen is not None:
        watched = books.watch.get(books)
        observed = seen[1] if seen[0] is watched else watched.observe(rows)
        watch_pass.run_pass(books, watched, rows, entry, observed=observed)
        return
    stated = [one for one in rows if isinstance(one, Facility) and one.pillars]
    cache = register_cache.Cache(books)
    changes = {}
    for facility in stated:
        before = cache.facility_before(facility.facility_id, entry)
        if found := watch_pass.pillar_changes(before, facility, f"entry-{entry}"):
            changes[facility.facility_id] = found
    if changes:
        watch_pass.run_pass(books, None, (), entry, pillars=changes)

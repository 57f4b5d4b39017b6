"""A pass of the watch: reports just entered are held against the register, judged by the rules, and what follows noted.

A pass is one entry. It keeps what was observed, by which rules, register and engine, and every finding with its reason
and what speaks against it, so that a rebuild gives the same memory and an auditor sees why a concern is there or is
not. Concerns come of it as entries of their own; only a person takes them further.

A ``watch-pass`` body: 20 entry of the reports (null without), 21 rules, 22 register, 23 engine, 24 observations,
25 findings, 26 watched until, 27 facilities judged without any observation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from armslength.core.instants import HOUR_US
from armslength.desk import alarms, register_cache, views, watch_state
from armslength.desk.watch_findings import CITED_MAX, finding_value
from armslength.register import concerns, flagging
from armslength.register.flag_types import Act
from armslength.register.observations import day_of, observations_value
from armslength.register.reports import report_body

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.register.facilities import Facility
    from armslength.register.flag_types import Finding, PillarChange
    from armslength.register.observations import Observation
    from armslength.register.observing import Watched
    from armslength.register.reports import Report
    from armslength.register.rules import Rules

OBSERVATIONS_A_PASS: Final = 5_000
"""Observations of one entry: with their texts they take some 400 KB; a facility's own are never divided."""

SUPPRESSED_MAX: Final = 200
"""Findings that raised nothing, kept in one pass: the highest ranks say why a person was not told."""

FINDINGS_MAX: Final = 600

RING_DAYS: Final = 7
"""Days after what is reported within which a bell is rung for it; older imports are read, not rung."""

WATCH_HOURS: Final = 8
"""Hours of one watch."""

CITED_SINGLY_MAX: Final = 10
"""Reports of a batch entered by themselves when a concern cites them: the telling ones stand first."""


def run_pass(
    books: Books,
    watched: Watched,
    reports: Sequence[Report],
    entry: int | None,
    *,
    observed: Mapping[str, list[Observation]] | None = None,
    pillars: Mapping[str, tuple[PillarChange, ...]] | None = None,
) -> list[Finding]:
    """Judge reports just entered and note what follows; return the findings that were shown.

    Args:
        books: of the writing unit.
        watched: the register made ready.
        reports: the reports.
        entry: journal index of their entry; None for none.
        observed: what `Watched.observe` gave for them, when it was asked outside of the unit.
        pillars: changes of pillars in records just entered, by facility.
    """
    rules = watch_state.rules(books.unit)
    seen: dict[str, list[Observation]] = dict(observed if observed is not None else watched.observe(reports))
    for facility_id in pillars or {}:
        seen.setdefault(facility_id, [])
    shown: list[Finding] = []
    by_id = {report.report_id: report for report in reports}
    for part in _parts(seen):
        shown += _judged(books, watched, part, entry, rules, pillars or {}, by_id)
    dependents = _dependents(books, watched, seen)
    further = flagging.dependent_observations(shown, _flat(seen), dependents, rules) if dependents else ()
    if further:
        by_site: dict[str, list[Observation]] = {}
        for one in further:
            by_site.setdefault(one.facility_id, []).append(one)
        for part in _parts(by_site):
            shown += _judged(books, watched, part, entry, rules, {}, by_id)
    return shown


def _flat(seen: Mapping[str, Iterable[Observation]]) -> list[Observation]:
    return [one for many in seen.values() for one in many]


def _parts(seen: Mapping[str, list[Observation]]) -> Iterator[dict[str, list[Observation]]]:
    part: dict[str, list[Observation]] = {}
    size = 0
    for facility_id in sorted(seen):
        many = seen[facility_id]
        if part and size + len(many) > OBSERVATIONS_A_PASS:
            yield part
            part, size = {}, 0
        # More than a pass holds about one site is one burst: the first are enough to say so.
        part[facility_id] = many[:OBSERVATIONS_A_PASS]
        size += len(part[facility_id])
    if part:
        yield part


def _judged(
    books: Books,
    watched: Watched,
    seen: Mapping[str, list[Observation]],
    entry: int | None,
    rules: Rules,
    pillars: Mapping[str, tuple[PillarChange, ...]],
    by_id: Mapping[str | None, Report],
) -> list[Finding]:
    cache = register_cache.Cache(books)
    found: list[Finding] = []
    counts: dict[tuple[str, int, str], int] = {}
    for facility_id, many in seen.items():
        state = watch_state.facility(books.unit, facility_id)
        counts.update({(facility_id, day, act): number for (day, act), number in state.counts.items()})
        facts = watch_state.facts_of(books, cache, facility_id, state, many, pillars.get(facility_id, ()))
        found += flagging.judge(state.history, many, rules, books.now, facts)
    flagged = watch_state.flagged(books.unit, _watch_of(books, found))
    shown = flagging.cap_and_rank(found, counts, rules, flagged)
    if not shown and not any(seen.values()):
        return []
    _note_pass(books, watched, seen, shown, entry, rules)
    for one in shown:
        if one.act is not Act.SUPPRESS:
            _cite(books, one, by_id, entry)
            _note_concern(books, one)
    return list(shown)


def _watch_of(books: Books, found: Iterable[Finding]) -> int:
    """Return the watch on which findings are counted: this one, or for an old import that of its own days."""
    days = [one.day for one in found]
    if days and day_of(books.now) - max(days) > RING_DAYS:
        return max(days) * (24 // WATCH_HOURS)
    return int(books.now // (WATCH_HOURS * HOUR_US))


def _note_pass(
    books: Books,
    watched: Watched,
    seen: Mapping[str, list[Observation]],
    shown: Sequence[Finding],
    entry: int | None,
    rules: Rules,
) -> None:
    kept = [one for one in shown if one.act is not Act.SUPPRESS]
    kept += [one for one in shown if one.act is Act.SUPPRESS][:SUPPRESSED_MAX]
    fields: dict[int, CborValue] = {
        20: entry,
        21: rules.version,
        22: cast("int", books.unit.get(views.WATCH, views.REGISTER_VERSION) or 0),
        23: watched.engine_version,
        24: cast("CborValue", observations_value(_flat(seen))),
        25: tuple(finding_value(one) for one in kept[:FINDINGS_MAX]),
        26: books.now,
        27: tuple(facility_id for facility_id, many in seen.items() if not many),
        28: _watch_of(books, shown),
    }
    books.note("watch-pass", "watch-pass", fields)


def _cite(books: Books, one: Finding, by_id: Mapping[str | None, Report], entry: int | None) -> None:
    """Enter the telling reports of a batch by themselves, so that each can be shown and proved alone."""
    for report_id in one.evidence[:CITED_SINGLY_MAX]:
        report = by_id.get(report_id)
        if report is not None and entry is not None and books.unit.get(views.REPORT_IDS, report_id.encode()) is None:
            books.note("report", "report", {**report_body(report), 44: entry})


def _note_concern(books: Books, one: Finding) -> None:
    reason = f"[{one.rule_id}] {one.reason}"
    evidence = one.evidence[:CITED_MAX]
    existing = watch_state.newest_concern(books.unit, one.facility_id)
    if one.act is Act.CORROBORATE and existing is not None:
        fields: dict[int, CborValue] = {20: existing, 21: "corroborate", 22: reason, 23: evidence}
        books.note("concern-step", "concern-step", {**fields, 24: one.counter_evidence})
        if _laid_aside(books, existing):
            detail = f"{existing}: more came in after a person laid it aside: {reason}"
            # One bell a day: each further report of that day is in the concern already.
            alarms.raise_alarm(books, "CONCERN-FLAGGED", reference=f"{existing}:{one.day}".encode(), detail=detail)
        return
    year = watch_state.year_of(books.now)
    number = 1 + len(books.unit.scan(views.CONCERNS, f"C-{year}-".encode()))
    concern_id = concerns.concern_id(year, number)
    fields = {20: concern_id, 21: one.facility_id, 22: reason, 23: evidence, 24: one.counter_evidence}
    books.note("concern", "concern", {**fields, 25: one.rank, 26: one.certainty, 27: one.day})
    if day_of(books.now) - one.day <= RING_DAYS:
        alarms.raise_alarm(
            books, "CONCERN-FLAGGED", reference=concern_id.encode(), detail=f"{concern_id}: {one.facility_id}: {reason}"
        )


def _laid_aside(books: Books, concern_id: str) -> bool:
    state = concerns.concern_from_value(books.unit.get(views.CONCERNS, concern_id.encode()))
    return state.status in {concerns.Status.DISMISSED, concerns.Status.CLOSED}


def _dependents(
    books: Books, watched: Watched, seen: Mapping[str, list[Observation]]
) -> dict[str, list[tuple[str, str]]]:
    """Return who needs a facility that was seen: (its id, kind of dependency)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for facility_id in seen:
        rows = watch_state.needed_by(books.unit, facility_id, watched)
        if rows:
            found[facility_id] = rows
    return found


def pillar_changes(before: Facility | None, after: Facility, reference: str) -> tuple[PillarChange, ...]:
    """Return the pillars that a newer record gives another status, by what was stated last of each."""
    from armslength.register.flag_types import PillarChange  # noqa: PLC0415 - one place makes them

    old = {} if before is None else _last(before)
    return tuple(
        PillarChange(
            pillar=pillar,
            before=old.get(pillar, ("NOT-KNOWN", ""))[0],
            after=status,
            source=source,
            report_id=reference,
        )
        for pillar, (status, source) in _last(after).items()
        if old.get(pillar, ("NOT-KNOWN", ""))[0] != status
    )


def _last(facility: Facility) -> dict[str, tuple[str, str]]:
    newest = sorted(facility.pillars, key=lambda one: one.as_of)
    return {one.pillar: (one.status, one.source) for one in newest}

"""A pass of the watch: reports just entered are held against the register, judged by the rules, and what follows noted.

A pass is one entry. It keeps what was observed, by which rules, register and engine, and every finding with its reason
and what speaks against it, so that a rebuild gives the same memory and an auditor sees why a concern is there or is
not. Concerns come of it as entries of their own; only a person takes them further.

A ``watch-pass`` body: 20 entry of the reports (null without), 21 rules, 22 register, 23 engine, 24 observations,
25 findings, 26 watched until, 27 facilities judged without any observation; for 29 to 31 see `watch_campaigns`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from armslength.desk import alarms, views, watch_campaigns, watch_parts, watch_state
from armslength.desk.watch_findings import finding_value
from armslength.register import concerns, flag_rules, flagging, neighbours
from armslength.register.flag_rules import instant_of
from armslength.register.flag_types import Act
from armslength.register.observations import day_of, observations_value
from armslength.register.reports import report_body
from armslength.register.rules import WATCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.watch_index import Ready
    from armslength.register.facilities import Facility
    from armslength.register.flag_types import Facts, Finding, PillarChange
    from armslength.register.observations import Observation
    from armslength.register.reports import Report
    from armslength.register.rules import Rules

CITED_MAX: Final = 40
"""Reports cited by one step of a concern."""

CITED_SINGLY_MAX: Final = 10
"""Reports of a batch entered by themselves when a concern cites them: the telling ones stand first."""


def run_pass(
    books: Books,
    watched: Ready | None,
    reports: Sequence[Report],
    entry: int | None,
    *,
    observed: Mapping[str, list[Observation]] | None = None,
    pillars: Mapping[str, tuple[PillarChange, ...]] | None = None,
    asked: Iterable[str] = (),
) -> list[Finding]:
    """Judge reports just entered and note what follows; return the findings that were shown.

    Args:
        books: of the writing unit.
        watched: the register made ready; None where no report is asked about.
        reports: the reports.
        entry: journal index of their entry; None for none.
        observed: what `Ready.observe` gave for them, when it was asked outside of the unit.
        pillars: changes of pillars in records just entered, by facility.
        asked: facilities judged without a report, by the age of what is known of them.
    """
    rules = watch_state.rules(books.unit)
    seen: dict[str, list[Observation]] = dict(observed or {})
    if observed is None and watched is not None:
        seen = watched.observe(reports)
    aged = frozenset(asked)
    for facility_id in (*(pillars or {}), *sorted(aged)):
        seen.setdefault(facility_id, [])
    by_id = {report.report_id: report for report in reports}
    shown = _judged_all(books, watched, seen, entry, rules, pillars or {}, by_id, aged)
    further = _further(books, seen, shown, rules)
    if further:
        shown += _judged_all(books, watched, further, entry, rules, {}, by_id)
    for grouped in watch_campaigns.judged(books, watched, reports, shown, entry, rules):
        _cite(books, grouped, by_id, entry)
        _note_concern(books, grouped)
        shown.append(grouped)
    return [one for one in shown if one.act is not Act.SUPPRESS]


def _judged_all(
    books: Books,
    watched: Ready | None,
    seen: Mapping[str, list[Observation]],
    entry: int | None,
    rules: Rules,
    pillars: Mapping[str, tuple[PillarChange, ...]],
    by_id: Mapping[str | None, Report],
    aged: frozenset[str] = frozenset(),
) -> list[Finding]:
    shown: list[Finding] = []
    left = dict(pillars)
    for part in watch_parts.parts(seen):
        # What changed in the register is said once, however many parts a facility's days come in.
        changes = {facility_id: left.pop(facility_id) for facility_id in part if facility_id in left}
        shown += _judged(books, watched, part, entry, rules, changes, by_id, aged)
    return shown


def _further(
    books: Books,
    seen: Mapping[str, list[Observation]],
    shown: Sequence[Finding],
    rules: Rules,
) -> dict[str, list[Observation]]:
    """Return what was found to those that depend on whom it was found of, without what they were seen in already."""
    struck = {one.facility_id: one.day for one in shown if one.act is not Act.SUPPRESS or one.told_with}
    dependents = {
        facility_id: rows
        for facility_id, day in struck.items()
        if (rows := watch_state.needed_by(books.unit, facility_id, instant_of(day)))
    }
    if not dependents:
        return {}
    flat = [one for facility_id in dependents for one in seen.get(facility_id, ())]
    known = {(one.facility_id, one.report_id) for many in seen.values() for one in many if one.basis == "DEPENDENCY"}
    further: dict[str, list[Observation]] = {}
    for one in flagging.dependent_observations(shown, flat, dependents, rules):
        if (one.facility_id, one.report_id) not in known:
            known.add((one.facility_id, one.report_id))
            further.setdefault(one.facility_id, []).append(one)
    return further


def _judged(
    books: Books,
    watched: Ready | None,
    seen: dict[str, list[Observation]],
    entry: int | None,
    rules: Rules,
    pillars: Mapping[str, tuple[PillarChange, ...]],
    by_id: Mapping[str | None, Report],
    aged: frozenset[str] = frozenset(),
) -> list[Finding]:
    found: list[Finding] = []
    facts: list[Facts] = []
    counts: dict[tuple[str, int, str], int] = {}
    heard_m = flag_rules.heard_m(rules)
    for facility_id, many in seen.items():
        if not (facility_id in pillars or facility_id in aged or _heard(many, heard_m)):
            continue
        state = watch_state.facility(books.unit, facility_id)
        counts.update({(facility_id, day, act): number for (day, act), number in state.counts.items()})
        changes = pillars.get(facility_id, ())
        facts.append(watch_state.facts_of(books, facility_id, state, many, changes, aged=facility_id in aged))
        found += flagging.judge(state.history, many, rules, books.now, facts[-1])
    found = list(neighbours.told_together(found, facts, rules))
    shown = _capped(books, found, counts, rules)
    if not shown and not any(seen.values()):
        return []
    for part, kept in watch_parts.passes(seen, shown):
        _note_pass(books, watched, part, kept, entry, rules)
    for one in sorted((one for one in shown if one.act is not Act.SUPPRESS), key=_in_time):
        _cite(books, one, by_id, entry)
        _note_concern(books, one)
    return shown


def _heard(many: Iterable[Observation], heard_m: int) -> bool:
    """Tell whether a rule may speak of what was seen; most of a large register sees only what is far off."""
    return any(one.distance_m <= heard_m or one.basis != "PLACE" for one in many)


def _in_time(one: Finding) -> tuple[int, bool, int, str]:
    """Order findings as they are entered: a concern before what adds to it, whatever their ranks."""
    return one.day, one.act is not Act.FLAG, -one.rank, one.facility_id


def _capped(
    books: Books, found: Sequence[Finding], counts: Mapping[tuple[str, int, str], int], rules: Rules
) -> list[Finding]:
    """Hold back what is too much for the watch of whose days it is."""
    by_watch: dict[int, list[Finding]] = {}
    for one in found:
        by_watch.setdefault(watch_state.watch_of(one.day, books.now), []).append(one)
    shown: list[Finding] = []
    for watch, many in by_watch.items():
        shown += flagging.cap_and_rank(many, counts, rules, watch_state.flagged(books.unit, watch))
    return _without_orphans(shown, found, counts, rules)


def _without_orphans(
    shown: Sequence[Finding], found: Sequence[Finding], counts: Mapping[tuple[str, int, str], int], rules: Rules
) -> list[Finding]:
    """Hold back what would add to a concern that was itself held back; what is never held back flags it instead."""
    flagged = {(one.facility_id, one.day) for one in shown if one.act is Act.FLAG}
    flagged |= {(facility_id, day) for facility_id, day, act in counts if act == Act.FLAG}
    missing = {
        (one.facility_id, one.day) for one in found if one.act is Act.FLAG and (one.facility_id, one.day) not in flagged
    }
    if not missing:
        return list(shown)
    begun: dict[str, bool] = {}
    days = sorted(missing | flagged, key=lambda pair: pair[1])
    result: list[Finding] = []
    for one in sorted(shown, key=_in_time):
        while days and days[0][1] <= one.day:
            facility_id, day = days.pop(0)
            begun[facility_id] = (facility_id, day) in flagged
        if one.act is not Act.CORROBORATE or begun.get(one.facility_id, True):
            result.append(one)
        elif one.rank >= rules.number(WATCH, "never_held_rank"):
            begun[one.facility_id] = True
            result.append(replace(one, act=Act.FLAG))
        else:
            said = "Held back with the concern that it would have added to."
            result.append(replace(one, act=Act.SUPPRESS, counter_evidence=(said, *one.counter_evidence)))
    return sorted(result, key=lambda one: (one.act is Act.SUPPRESS, -one.rank, one.day, one.facility_id))


def _note_pass(
    books: Books,
    watched: Ready | None,
    seen: Mapping[str, list[Observation]],
    kept: Sequence[Finding],
    entry: int | None,
    rules: Rules,
) -> None:
    fields: dict[int, CborValue] = {
        20: entry,
        21: rules.version,
        22: cast("int", books.unit.get(views.WATCH, views.REGISTER_VERSION) or 0),
        23: None if watched is None else watched.engine_version,
        24: cast("CborValue", observations_value([one for many in seen.values() for one in many])),
        25: tuple(finding_value(one) for one in kept),
        26: books.now,
        27: tuple(facility_id for facility_id, many in seen.items() if not many),
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
    rings = day_of(books.now) - one.day <= watch_state.RING_DAYS
    existing = watch_state.newest_concern(books.unit, one.facility_id)
    if one.act is Act.CORROBORATE and existing is not None:
        state = concerns.concern_from_value(books.unit.get(views.CONCERNS, existing.encode()))
        fields: dict[int, CborValue] = {20: existing, 21: "corroborate", 22: reason, 23: _with_room(state, evidence)}
        books.note("concern-step", "concern-step", {**fields, 24: one.counter_evidence})
        if rings and state.status in {concerns.Status.DISMISSED, concerns.Status.CLOSED}:
            detail = f"{existing}: more came in after a person laid it aside: {reason}"
            # One bell a day: each further report of that day is in the concern already.
            alarms.raise_alarm(books, "CONCERN-FLAGGED", reference=f"{existing}:{one.day}".encode(), detail=detail)
        return
    concern_id = watch_state.next_concern_id(books.unit, books.now)
    fields = {20: concern_id, 21: one.facility_id, 22: reason, 23: evidence, 24: one.counter_evidence}
    books.note("concern", "concern", {**fields, 25: one.rank, 26: one.certainty, 27: one.day})
    if rings:
        alarms.raise_alarm(
            books, "CONCERN-FLAGGED", reference=concern_id.encode(), detail=f"{concern_id}: {one.facility_id}: {reason}"
        )


def _with_room(state: concerns.Concern, evidence: tuple[str, ...]) -> tuple[str, ...]:
    """Return the reports that a concern still has room for; the pass names what it has not."""
    held = frozenset(state.evidence)
    fresh = [report_id for report_id in evidence if report_id not in held]
    room = frozenset(fresh[: concerns.EVIDENCE_MAX - len(state.evidence)])
    return tuple(one for one in evidence if one in held or one in room) or state.evidence[:1]


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

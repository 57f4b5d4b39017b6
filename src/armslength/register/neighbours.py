"""One event that touches two facilities side by side: one concern that names both, and not two of them.

The Zaporizhzhia plant and the thermal plant beside it stand 3 km apart, and every zone of one covers the other. Where
two of them are flagged on one day and rest on the same reports, the first is shown and says that the other is touched
as well; the other raises nothing and says with which it is told. A concern that is open already goes on by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from armslength.core.places import distance_m
from armslength.register.flag_types import Act, Facts, Finding
from armslength.register.rules import WATCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from armslength.register.rules import Rules

NAMED_MAX: Final = 3
"""Neighbours named in one sentence; a person reads no more of them, and the rest are counted."""


@dataclass(slots=True)
class _Told:
    """A finding that is shown, and the facilities that it is told for besides its own: (facts, metres off)."""

    finding: Finding
    also: list[tuple[Facts, int]]


def told_together(findings: Sequence[Finding], facts: Iterable[Facts], rules: Rules) -> tuple[Finding, ...]:
    """Return findings of a batch with those of neighbours told once, in the order in which they were given.

    Args:
        findings: of all facilities, each facility's in the order of `flagging.judge`.
        facts: of these facilities; one without a place has no neighbours.
        rules: say how near, and how much of what they rest on must be the same.
    """
    known = {one.facility_id: one for one in facts if one.place is not None}
    raised = [one for one in findings if one.act is not Act.SUPPRESS]
    if len({one.facility_id for one in raised} & known.keys()) < 2:
        return tuple(findings)
    told: list[_Told] = []
    by_report: dict[tuple[int, str], list[_Told]] = {}
    result: dict[int, Finding] = {}
    # Whoever ranks highest, and of equals rests on the most, is told first; the others may be told with it.
    for facility_id in sorted({one.facility_id for one in raised}, key=lambda name: _order(name, raised)):
        aside = False
        for one in (found for found in raised if found.facility_id == facility_id):
            other = _shared(one, by_report, known, rules) if one.act is Act.FLAG or aside else None
            if other is not None:
                metres = _apart_m(known[one.facility_id], known[other.finding.facility_id])
                other.also.append((known[one.facility_id], metres))
                result[id(one)] = _aside(one, known[other.finding.facility_id], metres)
                aside = True
                continue
            # What would have added to a finding now told elsewhere has nothing to add to, and is one itself.
            kept = _Told(replace(one, act=Act.FLAG) if aside else one, [])
            aside = False
            told.append(kept)
            result[id(one)] = kept.finding
            for report_id in one.evidence:
                by_report.setdefault((one.day, report_id), []).append(kept)
    named = {id(one.finding): _named(one) for one in told if one.also}
    shown = (result.get(id(one), one) for one in findings)
    return tuple(named.get(id(one), one) for one in shown)


def _order(facility_id: str, raised: Sequence[Finding]) -> tuple[int, int, str]:
    own = [one for one in raised if one.facility_id == facility_id]
    return -max(one.rank for one in own), -max(len(one.evidence) for one in own), facility_id


def _shared(
    one: Finding, by_report: dict[tuple[int, str], list[_Told]], known: dict[str, Facts], rules: Rules
) -> _Told | None:
    """Return what is told of a neighbour that day on the same reports, None when nothing is."""
    here = known.get(one.facility_id)
    if here is None or not one.evidence:
        return None
    counts: dict[int, tuple[int, _Told]] = {}
    for report_id in one.evidence:
        for told in by_report.get((one.day, report_id), ()):
            counts[id(told)] = (counts.get(id(told), (0, told))[0] + 1, told)
    within, percent = rules.number(WATCH, "together_m"), rules.number(WATCH, "together_percent")
    for same, told in sorted(counts.values(), key=lambda pair: -pair[0]):
        there = known.get(told.finding.facility_id)
        if there is None or there is here or same * 100 < len(one.evidence) * percent:
            continue
        if _apart_m(here, there) <= within:
            return told
    return None


def _apart_m(one: Facts, other: Facts) -> int:
    if one.place is None or other.place is None:
        return 0
    return round(distance_m(one.place, other.place))


def _aside(one: Finding, other: Facts, metres: int) -> Finding:
    said = f"Told with {other.name} ({other.facility_id}), {metres / 1000:.1f} km off: it rests on the same reports."
    counter = (said, *one.counter_evidence)
    return replace(one, act=Act.SUPPRESS, counter_evidence=counter, told_with=other.facility_id)


def _named(told: _Told) -> Finding:
    also = list({facts.facility_id: (facts, metres) for facts, metres in told.also}.values())
    names = [f"{facts.name} ({facts.facility_id}), {metres / 1000:.1f} km off" for facts, metres in also[:NAMED_MAX]]
    more = f"; and {len(also) - NAMED_MAX} more" if len(also) > NAMED_MAX else ""
    one = told.finding
    return replace(
        one,
        reason=f"{one.reason} The same reports touch {'; '.join(names)}{more}.",
        counter_evidence=(*one.counter_evidence, "Which of the sites is meant the reports do not say."),
    )

"""Campaigns: strikes on many sites of one system become one grouped concern, about the system itself.

Reports that speak of a system and name no site are sightings of it, beside what the rules found of its sites. Both are
kept for a while, so that a wave told in several files is still one wave. The concern is about ``SYSTEM-energy``; those
of its sites stay, and are named in its reason. A wave that goes on adds to its concern, as often a day as any other.

The note is a ``watch-pass`` with nothing observed of a site, and 29 sightings, 30 findings that count,
31 waves [[system, from, until, day, told, whether it is new]].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.instants import DAY_US, Instant
from armslength.desk import views, watch_state
from armslength.register import campaigns
from armslength.register.campaigns import Campaign, Sighting, System
from armslength.register.duplicates import text_key
from armslength.register.flag_types import Act, Finding
from armslength.register.observations import day_of, observations_value
from armslength.register.rules import WATCH
from armslength.register.vocabularies import HOT_SPOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.ports import Unit
    from armslength.desk.watch_index import Ready
    from armslength.register.reports import Report
    from armslength.register.rules import Rules

ENERGY: Final = "energy"

KINDS: Final = frozenset(
    {
        "NUCLEAR-POWER-PLANT",
        "THERMAL-POWER-PLANT",
        "HYDRO-POWER-PLANT",
        "PUMPED-STORAGE-PLANT",
        "WIND-POWER-PLANT",
        "SOLAR-POWER-PLANT",
        "POWER-PLANT",
        "SUBSTATION",
        "POWER-LINE",
    }
)
"""Kinds of facilities that make up the energy system."""

SYSTEM_PREFIX: Final = "SYSTEM-"

SIGHTINGS_KEPT: Final = 500
"""Sightings kept, the newest by when they came in, whatever days they tell of: some days of a year of strikes."""

FINDINGS_KEPT: Final = 200
WAVES_KEPT: Final = 32
"""Waves kept, so that one that is told of late is not told anew."""

SIGHTINGS_NOTED_MAX: Final = 1_500
"""Sightings of one note, with some 200 bytes each."""

CITED_MAX: Final = 40
"""Reports cited by one campaign, as by one finding."""

EVIDENCE_OF_FINDING_MAX: Final = 5
"""Reports that one finding gives to a campaign: the first of them tell of the strike."""

MEMBERS_NAMED_MAX: Final = 20
"""Facilities named in one sentence; a person reads no more, and the rest are counted."""

_RULE: Final = "campaign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """A campaign that was told of: its time, and how often it was added to on the last day on which it was."""

    from_at: Instant
    until_at: Instant
    day: int
    told: int


def sightings_of(reports: Iterable[Report], rules: Rules) -> list[Sighting]:
    """Return the reports that speak of the energy system, as sightings of it."""
    if not rules.on(_RULE):
        return []
    return [
        Sighting(
            system=ENERGY,
            at=report.from_at,
            report_id=report.report_id or "",
            lat_e7=report.place.lat_e7,
            lon_e7=report.place.lon_e7,
            kind=report.kind.value,
            what=report.what,
            text_key=text_key(report),
        )
        for report in reports
        if _tells(report) and campaigns.speaks_of_system(report.text, rules)
    ]


def _tells(report: Report) -> bool:
    """Tell whether `campaigns.group` counts such a report; a fire and a denial are no strike."""
    return report.what not in {HOT_SPOT, "OTHER-ACTIVITY", "AIR-ALERT"} and report.kind.value != "DENIAL"


def judged(
    books: Books,
    watched: Ready | None,
    reports: Sequence[Report],
    shown: Sequence[Finding],
    entry: int | None,
    rules: Rules,
) -> list[Finding]:
    """Note the sightings of a pass, and return what is found of systems: new waves, and what adds to one.

    Args:
        books: of the writing unit.
        watched: the register made ready, None when it was not asked.
        reports: those of the pass.
        shown: what the pass found of sites.
        entry: journal index of the reports' entry.
        rules: in force.
    """
    seen = sightings_of(reports, rules)
    asked = rules.texts(_RULE, "from_rules") if rules.on(_RULE) else ()
    told_of = [one for one in shown if one.act is not Act.SUPPRESS and one.rule_id in asked]
    if not seen and not told_of:
        return []
    kept, before, waves = remembered(books.unit, ENERGY)
    system = _energy(books.unit, (one.facility_id for one in (*before, *told_of)))
    telling = [one for one in told_of if one.facility_id in system.members]
    if not seen and not telling:
        return []
    fresh = {one.report_id for one in seen} | {report_id for one in telling for report_id in one.evidence}
    found: list[Finding] = []
    changed: list[tuple[Wave, bool]] = []
    for one in campaigns.group([*before, *telling], [system], rules, [*kept, *seen]):
        if fresh.isdisjoint(one.evidence):
            continue
        wave = _same(waves, one, rules)
        told = _told(one, wave, fresh, rules)
        if told is not None:
            found.append(told)
        changed.append((_after(one, wave, told), wave is None))
    for start in range(0, max(1, len(seen)), SIGHTINGS_NOTED_MAX):
        part = seen[start : start + SIGHTINGS_NOTED_MAX]
        last = start + SIGHTINGS_NOTED_MAX >= len(seen)
        _note(books, watched, entry, rules, part, telling if last else [], changed if last else [])
    return found


def _told(one: Campaign, wave: Wave | None, fresh: set[str], rules: Rules) -> Finding | None:
    """Return what is said of a wave; None when it was added to often enough on that day."""
    day = day_of(one.until_at)
    limit = rules.number(WATCH, "corroborations_per_day")
    if wave is not None and wave.day == day and wave.told >= limit:
        return None
    members = ", ".join(one.facility_ids[:MEMBERS_NAMED_MAX])
    more = len(one.facility_ids) - MEMBERS_NAMED_MAX
    named = f" Of its sites by themselves: {members}{f' and {more} more' if more > 0 else ''}." if members else ""
    evidence = one.evidence if wave is None else tuple(report for report in one.evidence if report in fresh)
    return Finding(
        facility_id=SYSTEM_PREFIX + one.system,
        day=day_of(one.from_at) if wave is None else day,
        act=Act.FLAG if wave is None else Act.CORROBORATE,
        rule_id=_RULE,
        reason=one.reason + named,
        evidence=evidence[:CITED_MAX],
        counter_evidence=one.counter_evidence,
        rank=rules.rank(_RULE),
        certainty="LIKELY",
    )


def _same(waves: Iterable[Wave], one: Campaign, rules: Rules) -> Wave | None:
    """Return the wave told of that a campaign is, by their times: what comes the next morning belongs to it."""
    more = rules.number(_RULE, "continues_days") * DAY_US
    return next(
        (wave for wave in waves if one.from_at <= wave.until_at + more and wave.from_at <= one.until_at + more), None
    )


def _after(one: Campaign, wave: Wave | None, told: Finding | None) -> Wave:
    day = day_of(one.until_at)
    if wave is None:
        return Wave(from_at=one.from_at, until_at=one.until_at, day=day, told=0)
    count = wave.told if wave.day == day else 0
    return Wave(
        from_at=min(one.from_at, wave.from_at),
        until_at=max(one.until_at, wave.until_at),
        day=day,
        told=count + (told is not None),
    )


def _energy(unit: Unit, ids: Iterable[str]) -> System:
    """Return the energy system with those of some facilities that belong to it, as the register has them now."""
    members = {}
    for facility_id in set(ids):
        row = views.row(unit, views.FACILITIES, facility_id.encode())
        if row is not None and row[8] in KINDS:
            members[facility_id] = (row[4], row[5])
    return System(system=ENERGY, members=members)


def _note(
    books: Books,
    watched: Ready | None,
    entry: int | None,
    rules: Rules,
    seen: Sequence[Sighting],
    telling: Sequence[Finding],
    changed: Sequence[tuple[Wave, bool]],
) -> None:
    fields: dict[int, CborValue] = {
        20: entry,
        21: rules.version,
        22: cast("int", books.unit.get(views.WATCH, views.REGISTER_VERSION) or 0),
        23: None if watched is None else watched.engine_version,
        24: cast("CborValue", observations_value([])),
        25: (),
        26: books.now,
        27: (),
        29: tuple(_sighting_value(one) for one in seen),
        30: tuple(
            (one.facility_id, one.day, one.rule_id, one.evidence[:EVIDENCE_OF_FINDING_MAX])
            for one in telling[-FINDINGS_KEPT:]
        ),
        31: tuple((ENERGY, one.from_at, one.until_at, one.day, one.told, new) for one, new in changed),
    }
    books.note("watch-pass", "watch-pass", fields)


def _sighting_value(one: Sighting) -> CborValue:
    return (one.at, one.report_id, one.lat_e7, one.lon_e7, one.kind, one.what, one.text_key)


def remembered(unit: Unit, system: str) -> tuple[list[Sighting], list[Finding], list[Wave]]:
    """Return what is kept of a system: sightings, findings, waves told of."""
    row = views.row(unit, views.CAMPAIGNS, system.encode()) or {1: (), 2: (), 3: ()}
    sightings = [
        Sighting(
            system=system,
            at=Instant(at),
            report_id=report_id,
            lat_e7=lat,
            lon_e7=lon,
            kind=kind,
            what=what,
            text_key=key,
        )
        for at, report_id, lat, lon, kind, what, key in row[1]
    ]
    findings = [_finding(*value) for value in row[2]]
    waves = [Wave(from_at=Instant(f), until_at=Instant(u), day=day, told=told) for f, u, day, told in row[3]]
    return sightings, findings, waves


def _finding(facility_id: str, day: int, rule_id: str, evidence: tuple[str, ...]) -> Finding:
    return Finding(
        facility_id=facility_id,
        day=day,
        act=Act.FLAG,
        rule_id=rule_id,
        reason="",
        evidence=evidence,
        counter_evidence=(),
        rank=0,
        certainty="POSSIBLE",
    )


def remember(unit: Unit, body: dict[int, Any]) -> None:
    """Keep what a note says of systems (projection only)."""
    if body.get(29) is None:
        return
    row = views.row(unit, views.CAMPAIGNS, ENERGY.encode()) or {1: (), 2: (), 3: ()}
    waves = list(row[3])
    for _, from_at, until_at, day, told, new in body[31]:
        value = (from_at, until_at, day, told)
        if not new:
            waves = [one for one in waves if not (from_at <= one[0] and one[1] <= until_at)]
        waves.append(value)
    unit.put(
        views.CAMPAIGNS,
        ENERGY.encode(),
        {
            1: (*row[1], *body[29])[-SIGHTINGS_KEPT:],
            2: (*row[2], *body[30])[-FINDINGS_KEPT:],
            3: tuple(waves[-WAVES_KEPT:]),
        },
    )


def state_of(unit: Unit) -> watch_state.FacilityState:
    """Return what the watch remembers of the energy system: its newest concern."""
    return watch_state.facility(unit, SYSTEM_PREFIX + ENERGY)

"""The step of the watch: what is known of a facility, and what came in, gives findings that say why and why not.

    findings = judge(history, observations, rules, now, facts)        one facility, one batch
    history = advance(history, observations, rules)                   afterwards, and for batches with nothing in them
    shown = cap_and_rank(all findings of the batch, already_today, rules)

Days are UTC days of what is reported, not of when it came in. A finding flags a new concern, corroborates the one that
is open, or is suppressed and then says what spoke against it; nothing here sends, dismisses or closes anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.fieldmap import FieldReader
from armslength.register import baselines, flag_rules
from armslength.register.baselines import Baseline, Heat
from armslength.register.flag_types import Act, Facts, Finding, Fired, OpenConcern
from armslength.register.observations import day_of
from armslength.register.rules import WATCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.register.observations import Observation
    from armslength.register.rules import Rules

TEXTS_KEPT: Final = 256
"""Texts that a facility remembers, so that a repetition is known as one."""

TEXT_DAYS_KEPT: Final = 30
"""Days for which they are remembered: news sites repeat an article for a week or two."""

DETECTIONS_KEPT: Final = 512
"""Hot spots near a facility that are remembered singly: the busiest day of 2022 had 72 within 5 km of one."""

DETECTION_DAYS_KEPT: Final = 3
"""Days for which they are: a detection comes again with the corrected file of the next day."""

LOSSES_KEPT: Final = 64
"""Days of lost power that are counted: one plant had eight in its worst year."""

DENIALS_KEPT: Final = 16
"""Denials that are remembered, to be shown beside what they deny."""

DENIAL_DAYS: Final = 7
"""Days around a denial within which it is shown."""

_CODE: Final = "WATCH-VALUE"
_DAY_MIN, _DAY_MAX = 7_305, 54_786


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the watch remembers of one facility, bounded however long it runs.

    Args:
        baseline: its hot spots so far.
        texts: text key to the first day on which it came.
        power_losses: days on which a loss of power was reported, ascending.
        denials: (day, report id) of denials, ascending.
        detections: keys of hot spots near by to their day, so that one told of twice counts once.
    """

    baseline: Baseline = field(default_factory=Baseline)
    texts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    power_losses: tuple[int, ...] = ()
    denials: tuple[tuple[int, str], ...] = ()
    detections: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def to_value(self) -> dict[int, CborValue]:
        """Return the history as an encodable value (views)."""
        return {
            1: baselines.baseline_value(self.baseline),
            2: tuple((key, day) for key, day in self.texts.items()),
            3: self.power_losses,
            4: self.denials,
            5: tuple((key, day) for key, day in self.detections.items()),
        }

    @classmethod
    def from_value(cls, value: CborValue) -> History:
        """Return a history from `to_value`'s result.

        Raises:
            LocalError: WATCH-VALUE.
        """
        read = FieldReader(value, _CODE, LocalError)
        return cls(
            baseline=baselines.baseline_from_value(read.value(1)),
            texts=MappingProxyType(dict(_text_rows(read, 2, TEXTS_KEPT))),
            power_losses=tuple(_day(one) for one in read.array(3, LOSSES_KEPT)),
            denials=tuple((day, key) for key, day in _text_rows(read, 4, DENIALS_KEPT, day_first=True)),
            detections=MappingProxyType(dict(_text_rows(read, 5, DETECTIONS_KEPT))),
        )


def _text_rows(read: FieldReader, number: int, longest: int, *, day_first: bool = False) -> list[tuple[str, int]]:
    rows: list[tuple[str, int]] = []
    for row in read.array(number, longest):
        if not isinstance(row, tuple) or len(row) != 2:
            read.refuse(field=number, expected="rows of a text and a day", got=type(row).__name__)
        key, day = (row[1], row[0]) if day_first else row
        if type(key) is not str:
            read.refuse(field=number, expected="a text", got=type(key).__name__)
        rows.append((key, _day(day)))
    return rows


def _day(value: CborValue) -> int:
    if type(value) is not int or not _DAY_MIN <= value <= _DAY_MAX:
        raise LocalError(_CODE, expected="a day from 1990 to 2119", got=type(value).__name__)
    return value


# --- going on ---------------------------------------------------------------------------------------------------------


def advance(history: History, observations: Sequence[Observation], rules: Rules, now: Instant | None = None) -> History:
    """Return the history with a batch in it.

    Args:
        history: before the batch.
        observations: those of this facility; none at all is a batch in which nothing was seen.
        rules: give the rings of the counts.
        now: until when the place was watched, with reports or without, whatever later days they tell of; without it
            the last day seen.
    """
    seen = [one.day for one in observations]
    if not seen and now is None:
        return history
    until = max(seen) if now is None else day_of(now)
    heat: dict[int, list[Heat]] = {}
    fresh = _fresh(history, observations)
    for one in fresh:
        if flag_rules.is_hot_spot(one):
            heat.setdefault(one.day, []).append(Heat(one.distance_m, one.cell))
    return History(
        baseline=baselines.advance(history.baseline, heat, rules, until),
        texts=_texts(history, observations, until),
        power_losses=_losses(history, observations),
        denials=_denials(history, observations),
        detections=_detections(history, fresh, until),
    )


def _fresh(history: History, observations: Iterable[Observation]) -> list[Observation]:
    """Leave out hot spots that are the same detection as another one, in this batch or before."""
    fresh: list[Observation] = []
    known: set[str] = set()
    for one in observations:
        key = one.text_key
        if flag_rules.is_hot_spot(one) and key:
            if key in known or key in history.detections:
                continue
            known.add(key)
        fresh.append(one)
    return fresh


def _texts(history: History, observations: Sequence[Observation], until: int) -> Mapping[str, int]:
    texts = dict(history.texts)
    for one in observations:
        near = one.basis != "PLACE" or one.distance_m <= flag_rules.NEAR_M
        if one.text_key and near and not flag_rules.is_hot_spot(one):
            texts[one.text_key] = min(one.day, texts.get(one.text_key, one.day))
    return _newest(texts, until - TEXT_DAYS_KEPT, TEXTS_KEPT)


def _detections(history: History, fresh: Sequence[Observation], until: int) -> Mapping[str, int]:
    found = dict(history.detections)
    for one in fresh:
        if one.text_key and flag_rules.is_hot_spot(one) and one.distance_m <= flag_rules.NEAR_M:
            found[one.text_key] = one.day
    return _newest(found, until - DETECTION_DAYS_KEPT, DETECTIONS_KEPT)


def _newest(days: Mapping[str, int], after: int, longest: int) -> Mapping[str, int]:
    kept = sorted(((day, key) for key, day in days.items() if day > after), reverse=True)[:longest]
    return MappingProxyType({key: day for day, key in reversed(kept)})


def _losses(history: History, observations: Sequence[Observation]) -> tuple[int, ...]:
    days = {one.day for one in observations if flag_rules.tells_loss_of_power(one)}
    return tuple(sorted({*history.power_losses, *days})[-LOSSES_KEPT:])


def _denials(history: History, observations: Sequence[Observation]) -> tuple[tuple[int, str], ...]:
    found = {(one.day, one.report_id) for one in observations if one.kind == "DENIAL" and one.basis != "PLACE"}
    return tuple(sorted({*history.denials, *found})[-DENIALS_KEPT:])


# --- judging ----------------------------------------------------------------------------------------------------------


def judge(
    history: History, observations: Sequence[Observation], rules: Rules, now: Instant, facts: Facts
) -> tuple[Finding, ...]:
    """Return the findings about one facility in one batch, by day and then by rank.

    Args:
        history: what was known before the batch.
        observations: those of this facility in the batch.
        rules: the rules.
        now: when they are asked.
        facts: what the register and the open concern say of the facility.
    """
    by_day: dict[int, list[Observation]] = {}
    for one in _fresh(history, observations):
        by_day.setdefault(one.day, []).append(one)
    today = day_of(now)
    findings: list[Finding] = []
    known, concern = history, facts.concern
    for day in sorted({*by_day, today}):
        todays = by_day.get(day, [])
        seen = flag_rules.Seen(
            day=day,
            observations=todays,
            counts=_counts(known, day, todays, rules),
            history=known,
            continues=_continues(concern, day, rules),
        )
        fired = flag_rules.ask(seen, rules, facts)
        if day == today:
            fired += flag_rules.ask_register(seen, rules, now, facts)
        given, concern = _acts(fired, seen, rules, facts, concern)
        findings += given
        if todays:
            known = advance(known, todays, rules)
    return tuple(findings)


def _counts(history: History, day: int, todays: Sequence[Observation], rules: Rules) -> baselines.Counts:
    heat = [Heat(one.distance_m, one.cell) for one in todays if flag_rules.is_hot_spot(one)]
    counted = baselines.count(history.baseline, day, heat, rules)
    return history.baseline.days.get(day, baselines.NOTHING).plus(counted)


def _continues(concern: OpenConcern | None, day: int, rules: Rules) -> bool:
    """Tell whether a day goes on with a concern; reports that come a little late do, those of long ago do not."""
    if concern is None:
        return False
    flagged, last = day_of(concern.flagged_at), day_of(concern.last_at)
    within, renewed = rules.number(WATCH, "continues_days"), rules.number(WATCH, "renewed_days")
    return flagged - within <= day <= min(last + within, flagged + renewed)


def _acts(
    fired: Sequence[Fired], seen: flag_rules.Seen, rules: Rules, facts: Facts, concern: OpenConcern | None
) -> tuple[list[Finding], OpenConcern | None]:
    """Give each rule that fired its act: the first one flags where nothing is open, the others corroborate."""
    added = rules.number(WATCH, "rank_added") if facts.kind in rules.texts(WATCH, "rank_kinds") else 0
    findings: list[Finding] = []
    is_open = seen.continues
    for one in sorted(fired, key=lambda fire: (not fire.holds, -rules.rank(fire.rule_id), fire.rule_id)):
        act = Act.SUPPRESS
        if one.holds and is_open and one.silent_when_open:
            continue
        if one.holds:
            act = Act.CORROBORATE if is_open else Act.FLAG
            is_open = True
        findings.append(
            Finding(
                facility_id=facts.facility_id,
                day=seen.day,
                act=act,
                rule_id=one.rule_id,
                reason=one.reason,
                evidence=one.evidence,
                counter_evidence=one.counter_evidence,
                rank=min(100, rules.rank(one.rule_id) + added),
                certainty=one.certainty,
            )
        )
    at = flag_rules.instant_of(seen.day)
    if any(one.act is Act.FLAG for one in findings):
        concern = OpenConcern(flagged_at=at, last_at=at)
    elif concern is not None and any(one.act is Act.CORROBORATE for one in findings):
        concern = replace(concern, last_at=max(concern.last_at, at))
    return findings, concern


# --- capping ----------------------------------------------------------------------------------------------------------


def cap_and_rank(
    findings: Iterable[Finding], already_today: Mapping[tuple[str, int, str], int], rules: Rules, flagged: int = 0
) -> tuple[Finding, ...]:
    """Return the findings of a batch by rank, the highest first, those over a cap as suppressed ones that say so.

    Each keeps the telling ones of the reports that it rests on.

    Args:
        findings: of all facilities.
        already_today: (facility id, day, act) to how many findings were raised by earlier batches.
        rules: give the caps.
        flagged: concerns that this watch was already given.
    """
    counts = dict(already_today)
    shown: list[Finding] = []
    longest = rules.number(WATCH, "evidence_max")
    for whole in sorted(findings, key=lambda found: (-found.rank, found.day, found.facility_id, found.rule_id)):
        one = replace(whole, evidence=whole.evidence[:longest])
        held = _held_back(one, counts, rules, flagged)
        if held is not None:
            shown.append(replace(one, act=Act.SUPPRESS, counter_evidence=(held, *one.counter_evidence)))
            continue
        key = (one.facility_id, one.day, one.act.value)
        counts[key] = counts.get(key, 0) + 1
        flagged += one.act is Act.FLAG
        shown.append(one)
    return tuple(
        sorted(shown, key=lambda found: (found.act is Act.SUPPRESS, -found.rank, found.day, found.facility_id))
    )


def _held_back(one: Finding, counts: Mapping[tuple[str, int, str], int], rules: Rules, flagged: int) -> str | None:
    if one.act is Act.SUPPRESS:
        return None
    cap = rules.number(WATCH, "flags_per_day" if one.act is Act.FLAG else "corroborations_per_day")
    if counts.get((one.facility_id, one.day, one.act.value), 0) >= cap:
        return f"Held back: the facility already has {cap} of that day."
    watch_cap = rules.number(WATCH, "flags_per_watch")
    if one.act is Act.FLAG and flagged >= watch_cap and one.rank < rules.number(WATCH, "never_held_rank"):
        return f"Held back: the watch already has {watch_cap} concerns of a higher rank."
    return None


def dependent_observations(
    findings: Iterable[Finding],
    observations: Iterable[Observation],
    dependents: Mapping[str, Sequence[tuple[str, str]]],
    rules: Rules,
) -> tuple[Observation, ...]:
    """Return what a facility's findings are to those that depend on it, as observations by DEPENDENCY.

    Args:
        findings: of the batch.
        observations: of the batch; the evidence is taken from them.
        dependents: facility id to (id of a facility that needs it, kind of dependency).
        rules: say which dependencies and which findings count.
    """
    if not rules.on("dependency"):
        return ()
    kinds, asked = rules.texts("dependency", "kinds"), rules.texts("dependency", "from_rules")
    evidence: dict[str, set[str]] = {}
    for found in findings:
        # What is told with a neighbour happened here all the same: a dam told with its power plant is still a dam.
        if (found.act is not Act.SUPPRESS or found.told_with) and found.rule_id in asked:
            evidence.setdefault(found.facility_id, set()).update(found.evidence)
    return tuple(
        replace(one, facility_id=dependent, basis="DEPENDENCY", answer="INSIDE")
        for one in observations
        if one.report_id in evidence.get(one.facility_id, ())
        for dependent, kind in dependents.get(one.facility_id, ())
        if kind in kinds
    )

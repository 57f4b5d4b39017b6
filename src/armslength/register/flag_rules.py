"""The rules of the watch one by one: each looks at one facility's day and says that it fires, or what was missing.

A rule that sees nothing to speak of says nothing. What a person would ask after ("there were hot spots that night, why
was I not told?") is answered by a rule that does not fire and says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.core.instants import DAY_US, Instant
from armslength.core.places import compass_point
from armslength.register.flag_types import Facts, Fired
from armslength.register.observations import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from armslength.register.baselines import Counts
    from armslength.register.flagging import History
    from armslength.register.observations import Observation
    from armslength.register.rules import Rules

NEAR_M: Final = 5_000
"""Metres within which a text is remembered by its place, to know it again."""

NOTICED: Final = 3
"""Hot spots in the neighbourhood from which on a day that does not fire is explained."""

_BURST: Final = "hot-spot-burst"
_PLACED_BADLY: Final = {
    "SETTLEMENT": "the middle of a settlement",
    "DISTRICT": "the middle of a district",
    "REGION": "the middle of a region",
    "COUNTRY": "the middle of a country",
    "UNSTATED": "not said how it was placed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One facility's day: what came in, its counts of hot spots with those of earlier batches, and what was before."""

    day: int
    observations: Sequence[Observation]
    counts: Counts
    history: History
    continues: bool


def instant_of(day: int) -> Instant:
    """Return the last instant of a UTC day."""
    return Instant((day + 1) * DAY_US - 1)


def is_hot_spot(one: Observation) -> bool:
    """Tell whether an observation is a hot pixel by its place."""
    return one.source_kind == "HOT-SPOT" and one.basis == "PLACE"


def tells_loss_of_power(one: Observation) -> bool:
    """Tell whether a report says that the facility itself lost power."""
    return one.basis == "NAME" and one.what == "CUTTING-OF-POWER" and one.kind == "EVENT"


def heard_m(rules: Rules) -> int:
    """Return metres from a site beyond which no report makes a rule speak by its place alone.

    What lies farther off is counted as the surroundings, and speaks for or against what is nearer.
    """
    return max(
        rules.number("text-near", "within_m"), rules.number(_BURST, "hood_m"), rules.number(_BURST, "hood_wide_m")
    )


def ask(seen: Seen, rules: Rules, facts: Facts) -> list[Fired]:
    """Ask every rule about what came in."""
    fired = [one for name, rule in _RULES.items() if rules.on(name) for one in rule(seen, rules, facts)]
    shared = _shared_counter(seen)
    return [_with_counter(one, shared) for one in fired]


def ask_register(seen: Seen, rules: Rules, now: Instant, facts: Facts) -> list[Fired]:
    """Ask the rules about what the register says now: lines left, pillars, silence."""
    fired: list[Fired] = []
    if rules.on("power-lost"):
        fired += _lines_left(seen, rules, facts)
    if rules.on("pillar-changed"):
        fired += _pillars(rules, facts)
    if rules.on("report-age"):
        fired += _report_age(rules, now, facts)
    return fired


def _with_counter(one: Fired, more: tuple[str, ...]) -> Fired:
    return Fired(
        rule_id=one.rule_id,
        holds=one.holds,
        reason=one.reason,
        evidence=one.evidence,
        counter_evidence=(*one.counter_evidence, *more),
        certainty=one.certainty,
        silent_when_open=one.silent_when_open,
    )


def _shared_counter(seen: Seen) -> tuple[str, ...]:
    said: list[str] = []
    near = [day for day, _ in seen.history.denials if 0 <= seen.day - day <= 7]
    if near or any(one.kind == "DENIAL" for one in seen.observations):
        said.append("Somebody denies it, or a like report of these days.")
    if any(one.source_kind == "ALARM" for one in seen.observations):
        said.append("An air-raid alarm was in force: context, and no sign of a strike here.")
    return tuple(said)


# --- texts ------------------------------------------------------------------------------------------------------------


def _refused(one: Observation, acts: Sequence[str]) -> str | None:
    """Return what keeps a text from counting, whatever it names."""
    if one.kind == "DENIAL":
        return "a denial is kept beside what it denies and raises nothing by itself"
    if one.what not in acts:
        return f"{one.what} is not among the activities of the rule"
    if one.grade.startswith("E") or one.grade.endswith("5"):
        return f"the grade {one.grade} says that the source is unreliable or the statement improbable"
    return None


def _texts(seen: Seen, basis: str) -> list[Observation]:
    return [one for one in seen.observations if one.basis == basis and one.source_kind not in {"HOT-SPOT", "ALARM"}]


def _spoken(
    rule_id: str, seen: Seen, good: list[Observation], said: str, certainty: str, counter: list[str]
) -> list[Fired]:
    if not good:
        return []
    first = min(good, key=lambda one: (one.answer != "INSIDE", one.from_at, one.report_id))
    counter += _about_sources(seen, good)
    return [
        Fired(
            rule_id=rule_id,
            holds=True,
            reason=f"{said}: {first.kind} of {first.what}, grade {first.grade}; {_where(first)}.",
            evidence=tuple(dict.fromkeys(one.report_id for one in [first, *good])),
            counter_evidence=tuple(counter),
            certainty=certainty,
        )
    ]


def _where(one: Observation) -> str:
    placed = f"placed {one.distance_m / 1000:.1f} km {compass_point(one.bearing_deg)} of it"
    how = _PLACED_BADLY.get(one.located_by)
    return f"{placed} ({how})" if how else f"{placed}, known within {one.uncertainty_m} m"


def _about_sources(seen: Seen, good: list[Observation]) -> list[str]:
    keys = {one.text_key or one.report_id for one in good}
    said = ["Only one text says so."] if len(keys) == 1 else []
    repeated = [seen.history.texts[key] for key in keys if key in seen.history.texts]
    if repeated and len(repeated) == len(keys):
        ago = seen.day - min(repeated)
        said.append(f"The same text came {ago} days before." if ago else "The same text came earlier that day.")
    if any(one.kind in {"WARNING", "FEARED-ACT"} for one in good):
        said.append("It is announced or feared, and not said to have happened.")
    return said


def _held(rule_id: str, refused: list[tuple[Observation, str]]) -> list[Fired]:
    """Say once for each reason what did not count."""
    reasons: dict[str, list[str]] = {}
    for one, why in refused:
        reasons.setdefault(why, []).append(one.report_id)
    return [
        Fired(rule_id=rule_id, holds=False, reason=f"Not counted: {why}.", evidence=tuple(dict.fromkeys(ids)))
        for why, ids in reasons.items()
    ]


def _sorted_out(
    found: list[Observation], acts: Sequence[str], further: Callable[[Observation], str | None]
) -> tuple[list[Observation], list[tuple[Observation, str]]]:
    good: list[Observation] = []
    refused: list[tuple[Observation, str]] = []
    for one in found:
        why = _refused(one, acts) or further(one)
        if why is None:
            good.append(one)
        else:
            refused.append((one, why))
    return good, refused


def _stale_repeat(one: Observation, seen: Seen) -> str | None:
    """A text known from before goes on with an open concern, and opens no new one."""
    first = seen.history.texts.get(one.text_key) if one.text_key else None
    if first is None or first == seen.day or seen.continues:
        return None
    return f"the same text came {seen.day - first} days before"


def _text_named(seen: Seen, rules: Rules, _facts: Facts) -> list[Fired]:
    acts, near_m = rules.texts("text-named", "acts"), rules.number("text-named", "possible_within_m")

    def further(one: Observation) -> str | None:
        if one.answer != "INSIDE" and one.distance_m > near_m:
            return f"the words may mean another site, and the report is placed {one.distance_m / 1000:.0f} km off"
        return _stale_repeat(one, seen)

    good, refused = _sorted_out(_texts(seen, "NAME"), acts, further)
    sure = any(one.answer == "INSIDE" for one in good)
    counter = ["That a text names it does not say that it was hit."]
    if not sure:
        counter.append("The words that name it may mean another site.")
    far = [one for one in good if one.distance_m > near_m]
    if far and len(far) == len(good):
        counter.append(f"It was placed {min(one.distance_m for one in far) / 1000:.0f} km off; only its words tie it.")
    said = "A text names the facility"
    fired = _spoken("text-named", seen, good, said, "CERTAIN" if sure else "POSSIBLE", counter)
    return fired + _held("text-named", refused)


def _text_settlement(seen: Seen, rules: Rules, _facts: Facts) -> list[Fired]:
    acts = rules.texts("text-settlement", "acts")
    good, refused = _sorted_out(_texts(seen, "SETTLEMENT"), acts, lambda one: _stale_repeat(one, seen))
    counter = ["It names the town built for the facility, and not the facility."] if good else []
    said = "A text names the town built for the facility"
    return _spoken("text-settlement", seen, good, said, "LIKELY", counter) + _held("text-settlement", refused)


def _text_near(seen: Seen, rules: Rules, _facts: Facts) -> list[Fired]:
    within, doubt = rules.number("text-near", "within_m"), rules.number("text-near", "uncertainty_m")
    placed = rules.texts("text-near", "located_by")

    def further(one: Observation) -> str | None:
        if one.located_by not in placed:
            how = _PLACED_BADLY.get(one.located_by, f"by {one.located_by}")
            return f"its place is {how}, which says nothing about a site there"
        if one.uncertainty_m > doubt:
            return f"a place known within {one.uncertainty_m} m says nothing about a ring of {within} m"
        return _stale_repeat(one, seen)

    near = [one for one in _texts(seen, "PLACE") if one.answer != "OUTSIDE" and one.distance_m <= within]
    good, refused = _sorted_out(near, rules.texts("text-near", "acts"), further)
    sure = any(one.distance_m + one.uncertainty_m <= within for one in good)
    counter = [] if sure or not good else [f"The doubt about its place reaches out of the ring of {within} m."]
    said = "A text tells of it near the site"
    fired = _spoken("text-near", seen, good, said, "CERTAIN" if sure else "POSSIBLE", counter)
    return fired + _held("text-near", refused)


def _dependency(seen: Seen, rules: Rules, _facts: Facts) -> list[Fired]:
    acts = rules.texts("text-named", "acts")
    good, refused = _sorted_out(_texts(seen, "DEPENDENCY"), acts, lambda one: _stale_repeat(one, seen))
    counter = ["It is about what the facility depends on, and not about the facility."] if good else []
    said = "What the facility depends on was hit"
    return _spoken("dependency", seen, good, said, "LIKELY", counter) + _held("dependency", refused)


# --- hot spots --------------------------------------------------------------------------------------------------------


def _hood(rules: Rules, facts: Facts, counts: Counts) -> tuple[int, int]:
    """Return the neighbourhood in metres and the hot spots in it, by the facility's kind."""
    if facts.kind in rules.texts(_BURST, "wide_kinds"):
        return rules.number(_BURST, "hood_wide_m"), counts.wide
    return rules.number(_BURST, "hood_m"), counts.hood


def _hot_spots(seen: Seen, rules: Rules, facts: Facts) -> list[Fired]:
    hood_m, hood = _hood(rules, facts, seen.counts)
    now = sorted(
        (one for one in seen.observations if is_hot_spot(one) and one.distance_m <= hood_m),
        key=lambda one: (one.distance_m, one.report_id),
    )
    if not now:
        return []
    evidence = tuple(one.report_id for one in now)
    missing = _missing(seen, rules, facts, hood)
    if missing is None:
        return [_fired(seen, rules, facts, evidence)]
    if seen.continues and hood >= rules.number(_BURST, "continues_count") and _goes_on(seen, rules, facts):
        said = f"It goes on burning: {hood} hot spots within {hood_m / 1000:g} km"
        return [_burst(f"{said}.", evidence, _limits(seen, rules))]
    if hood + seen.counts.masked < NOTICED:
        return []
    return [Fired(rule_id=_BURST, holds=False, reason=f"Not counted: {missing}.", evidence=evidence)]


def _fired(seen: Seen, rules: Rules, facts: Facts, evidence: tuple[str, ...]) -> Fired:
    hood_m, hood = _hood(rules, facts, seen.counts)
    days = seen.history.baseline.past(seen.day, rules.number(_BURST, "past_days"))
    past = [_hood(rules, facts, one)[1] for one in days]
    reason = (
        f"{hood} hot spots within {hood_m / 1000:g} km, {seen.counts.core} of them within "
        f"{rules.number(_BURST, 'core_m') / 1000:g} km; {sum(past)} in the {len(past)} days before, at most "
        f"{max(past, default=0)} on one; {seen.counts.around} in the ring around."
    )
    return _burst(reason, evidence, _limits(seen, rules), on_site=seen.counts.site > 0)


def _burst(reason: str, evidence: tuple[str, ...], counter: tuple[str, ...], *, on_site: bool = False) -> Fired:
    return Fired(
        rule_id=_BURST,
        holds=True,
        reason=reason,
        evidence=evidence,
        counter_evidence=counter,
        certainty="LIKELY" if on_site else "POSSIBLE",
    )


def _missing(seen: Seen, rules: Rules, facts: Facts, hood: int) -> str | None:
    """Return what a burst still lacks, None when it is one."""
    number, counts = rules.number, seen.counts
    baseline = seen.history.baseline
    young = baseline.watched_days(seen.day) < number(_BURST, "young_days")
    rings = _rings_full(rules, counts, hood, number(_BURST, "young_percent") if young else 100)
    if not rings:
        few = "only a few hot spots near by"
        return few if not counts.masked else f"{few}, and {counts.masked} that burn there all the year"
    past = [_hood(rules, facts, one)[1] for one in baseline.past(seen.day, number(_BURST, "past_days"))]
    if hood * len(past) * 100 < sum(past) * number(_BURST, "past_percent"):
        return f"the place had {sum(past)} in the {len(past)} days before"
    if "site" not in rings and hood <= max(past, default=-1):
        return f"the place had as many on one of the {len(past)} days before"
    return _drowned(seen, rules, facts, rings)


def _goes_on(seen: Seen, rules: Rules, facts: Facts) -> bool:
    """Tell whether fires beside an open concern stand out from the surroundings, whatever the place's past."""
    hood = _hood(rules, facts, seen.counts)[1]
    rings = _rings_full(rules, seen.counts, hood, 100) | {"hood"}
    return _drowned(seen, rules, facts, rings) is None


def _rings_full(rules: Rules, counts: Counts, hood: int, percent: int) -> frozenset[str]:
    """Return the rings that have as many hot spots as the rule asks for."""
    found = {"site": counts.site, "core": counts.core, "hood": hood}
    return frozenset(
        ring for ring, count in found.items() if count * 100 >= rules.number(_BURST, f"{ring}_count") * percent
    )


def _drowned(seen: Seen, rules: Rules, facts: Facts, rings: frozenset[str]) -> str | None:
    """Return how the surroundings outdo the neighbourhood, None when no ring that is full is drowned by them."""
    number, counts = rules.number, seen.counts
    if counts.around >= number(_BURST, "widespread_count") and not rings & {"site", "core"}:
        return f"fires are widespread, {counts.around} in the ring around, and none at the site"
    hood_m, hood = _hood(rules, facts, counts)
    full = {
        "site": (number(_BURST, "site_m"), counts.site),
        "core": (number(_BURST, "core_m"), counts.core),
        "hood": (hood_m, hood),
    }
    ring = number(_BURST, "around_m") ** 2 - number(_BURST, "hood_wide_m") ** 2
    asked = counts.around * number(_BURST, "around_percent")
    if any(count * ring * 100 >= asked * metres**2 for metres, count in (full[name] for name in rings)):
        return None
    return f"the ring around burns as thickly, with {counts.around} hot spots"


def _limits(seen: Seen, rules: Rules) -> tuple[str, ...]:
    said = ["A hot spot is a fire, industry or a flare seen from orbit, and no evidence of an attack."]
    counts = seen.counts
    if not counts.site:
        said.append(f"None lies within {rules.number(_BURST, 'site_m') / 1000:g} km of the site.")
    if counts.masked:
        said.append(f"{counts.masked} more are left out: their places burn all the year.")
    if counts.around >= rules.number(_BURST, "widespread_count"):
        said.append(f"Much burns in the surroundings that day: {counts.around} hot spots in the ring around.")
    watched = seen.history.baseline.watched_days(seen.day)
    if watched < rules.number(_BURST, "past_days"):
        said.append(f"The place has been watched for {watched} days only.")
    if not any(one.source_kind == "TEXT" and one.basis != "PLACE" for one in seen.observations):
        said.append("No text tells of it.")
    return tuple(said)


# --- power, pillars, silence ------------------------------------------------------------------------------------------


def _power_lost(seen: Seen, rules: Rules, facts: Facts) -> list[Fired]:
    if facts.kind not in rules.texts("power-lost", "kinds"):
        return []
    told = [one for one in seen.observations if tells_loss_of_power(one) and one.answer == "INSIDE"]
    good, _ = _sorted_out(told, ("CUTTING-OF-POWER",), lambda one: _stale_repeat(one, seen))
    counted = rules.number("power-lost", "counted_days")
    before = sum(0 < seen.day - day <= counted for day in seen.history.power_losses)
    said = f"Power was lost at the plant; days on which that was reported in the {counted} before: {before}"
    return _spoken("power-lost", seen, good, said, "CERTAIN", [])


def _lines_left(seen: Seen, rules: Rules, facts: Facts) -> list[Fired]:
    left = facts.lines_left
    if left is None or facts.kind not in rules.texts("power-lost", "kinds") or left == facts.lines_before:
        return []
    fell = facts.lines_before is None or left < facts.lines_before
    if not fell or left > rules.number("power-lost", "lines_left"):
        return []
    before = "" if facts.lines_before is None else f", {facts.lines_before} before"
    reason = "No line feeds the plant" if left == 0 else f"Lines that still feed the plant: {left}"
    evidence = (facts.lines_report_id or register_record(facts.facility_id),)
    counter = () if seen.observations else ("No report of the day tells of it.",)
    return [_stated("power-lost", f"{reason}{before}.", evidence, counter)]


def _pillars(rules: Rules, facts: Facts) -> list[Fired]:
    statuses = rules.texts("pillar-changed", "statuses")
    return [
        _stated(
            "pillar-changed",
            f"{one.pillar} is {one.after} by {one.source}, {one.before} before.",
            (one.report_id,),
            ("One source says so; the register keeps the other accounts.",),
        )
        for one in facts.pillars
        if one.after in statuses and one.before != one.after
    ]


def _stated(rule_id: str, reason: str, evidence: tuple[str, ...], counter: tuple[str, ...]) -> Fired:
    return Fired(
        rule_id=rule_id, holds=True, reason=reason, evidence=evidence, counter_evidence=counter, certainty="CERTAIN"
    )


def register_record(facility_id: str) -> str:
    """Return what is cited as evidence when the register itself is: ``register:F-ZNPP``."""
    return f"register:{facility_id}"[:64]


def _report_age(rules: Rules, now: Instant, facts: Facts) -> list[Fired]:
    today, again = day_of(now), rules.number("report-age", "again_days")
    fired: list[Fired] = []
    for what, last_at, key in (
        ("The monitor has", facts.monitor_last_at, "monitor_days"),
        ("The register's record has", facts.register_last_at, "register_days"),
    ):
        if last_at is None:
            continue
        silent, allowed = today - day_of(last_at), rules.number("report-age", key)
        # Said on the first day past the limit, and then once in a while.
        if silent > allowed and (silent - allowed - 1) % max(again, 1) == 0:
            fired.append(_aged(f"{what} said nothing for {silent} days; {allowed} are allowed.", facts))
    overdue = 0 if facts.review_due_at is None else today - day_of(facts.review_due_at)
    if overdue > 0 and (overdue - 1) % max(again, 1) == 0:
        ago = "a day" if overdue == 1 else f"{overdue} days"
        fired.append(_aged(f"The register's record was to be reviewed {ago} ago.", facts))
    return fired


def _aged(reason: str, facts: Facts) -> Fired:
    return Fired(
        rule_id="report-age",
        holds=True,
        reason=reason,
        evidence=(register_record(facts.facility_id),),
        counter_evidence=("Silence is no event; a line or a person may have failed.",),
        certainty="CERTAIN",
        silent_when_open=True,
    )


_RULES: Final[dict[str, Callable[[Seen, Rules, Facts], list[Fired]]]] = {
    "power-lost": _power_lost,
    "text-named": _text_named,
    "dependency": _dependency,
    "text-near": _text_near,
    "text-settlement": _text_settlement,
    "hot-spot-burst": _hot_spots,
}
"""The rules about what came in, by their ids."""

"""Strikes on many sites of one system in one window: one grouped concern, and not one for each substation.

A wave of missiles on the energy system is told by texts that name no site ("strikes on substations in Lviv region")
and by findings at single facilities. Both are sightings of the system at a place; when enough places lie far enough
apart within the window, they are one campaign. The concerns of its facilities stay, and are shown under it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from armslength.core.folding import fold, fold_words
from armslength.core.instants import DAY_US, HOUR_US, Instant
from armslength.core.places import E7, Place, distance_m
from armslength.register.flag_rules import instant_of
from armslength.register.flag_types import Act, Finding
from armslength.register.observations import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from armslength.register.rules import Rules

_RULE = "campaign"
_EARTH_M = 6_371_008.8
"""Mean radius of the earth in metres (WGS 84)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One report of an attack on a system at a place.

    Args:
        system: the system.
        at: the earliest instant of it.
        report_id: the report.
        lat_e7: latitude in 1e-7 degree.
        lon_e7: longitude in 1e-7 degree.
        kind: a code of the reports' kinds.
        what: a code of ACTIVITIES.
        facility_id: the facility that it names, empty without one.
        text_key: the same for reports that repeat one text, empty when it is not known.
    """

    system: str
    at: Instant
    report_id: str
    lat_e7: int
    lon_e7: int
    kind: str
    what: str
    facility_id: str = ""
    text_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Facilities that can be struck as one: facility id to (latitude, longitude) in 1e-7 degree."""

    system: str
    members: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One grouped concern.

    Args:
        system: the system.
        from_at: the first sighting.
        until_at: the last one.
        places: how many places far enough apart.
        facility_ids: facilities of the system that have findings of their own in it, sorted.
        evidence: report ids by time.
        reason: one sentence.
        counter_evidence: sentences that limit it.
    """

    system: str
    from_at: Instant
    until_at: Instant
    places: int
    facility_ids: tuple[str, ...]
    evidence: tuple[str, ...]
    reason: str
    counter_evidence: tuple[str, ...]


def speaks_of_system(text: str, rules: Rules) -> bool:
    """Tell whether a text speaks of the energy system, by the words of the rule."""
    stems, phrases, initials = _looked_for(rules.texts(_RULE, "words"), rules.texts(_RULE, "abbreviations"))
    words = [word.folded for word in fold_words(text)]
    if any(word.startswith(stems) or word in initials or _inner(word, stems) for word in words):
        return True
    plain = " ".join(words)
    return any(phrase in plain for phrase in phrases)


@lru_cache(maxsize=8)
def _looked_for(
    words: tuple[str, ...], abbreviations: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    folded = [fold(one) for one in words]
    stems = tuple(one for one in folded if " " not in one)
    return stems, tuple(one for one in folded if " " in one), frozenset(fold(one) for one in abbreviations)


def _inner(word: str, stems: Sequence[str]) -> bool:
    """Find електропідстанція by підстанц: a compound ends with the word that says what it is."""
    return word.startswith(("електро", "электро")) and word[7:].startswith(tuple(stems))


def group(
    findings: Iterable[Finding], systems: Sequence[System], rules: Rules, sightings: Iterable[Sighting] = ()
) -> tuple[Campaign, ...]:
    """Return the campaigns in findings and sightings, by system and time.

    Args:
        findings: of any batches; only those that flag or corroborate count, by the last instant of their day.
        systems: which facilities belong together, and where they are.
        rules: give window, number of places and how far apart they lie.
        sightings: reports of attacks on a system that name no facility; denials do not count.
    """
    if not rules.on(_RULE):
        return ()
    told = [one for one in sightings if one.kind != "DENIAL" and one.what != "OTHER-ACTIVITY"]
    texts = {one.report_id: one.text_key for one in told}
    asked = rules.texts(_RULE, "from_rules")
    tied = [
        sighting
        for found in findings
        if found.act is not Act.SUPPRESS and found.rule_id in asked
        for system in systems
        if found.facility_id in system.members
        for sighting in _of_finding(found, system, texts)
    ]
    # What names a facility is there, wherever it was placed: the city of a plant's name is no second place.
    named = {(one.system, one.report_id) for one in tied}
    seen: dict[str, list[Sighting]] = {}
    for one in (*tied, *(one for one in told if (one.system, one.report_id) not in named)):
        seen.setdefault(one.system, []).append(one)
    return tuple(campaign for system in sorted(seen) for campaign in _of_system(system, _in_time(seen[system]), rules))


def _of_finding(found: Finding, system: System, texts: Mapping[str, str]) -> list[Sighting]:
    lat_e7, lon_e7 = system.members[found.facility_id]
    return [
        Sighting(
            system=system.system,
            at=Instant(instant_of(found.day) - DAY_US + 1),
            report_id=report_id,
            lat_e7=lat_e7,
            lon_e7=lon_e7,
            kind="EVENT",
            what=found.rule_id,
            facility_id=found.facility_id,
            text_key=texts.get(report_id, ""),
        )
        for report_id in found.evidence
    ]


def _in_time(sightings: Iterable[Sighting]) -> list[Sighting]:
    return sorted(sightings, key=lambda one: (one.at, one.report_id, one.facility_id))


def _of_system(system: str, sightings: list[Sighting], rules: Rules) -> list[Campaign]:
    window = rules.number(_RULE, "window_hours") * HOUR_US
    more = rules.number(_RULE, "continues_days")
    campaigns: list[list[Sighting]] = []
    start = 0
    if not _is_wave(sightings, rules):
        # What is no wave in all of the time is none in any part of it: a burst at one site is told at once.
        return []
    for end, last in enumerate(sightings):
        if campaigns and day_of(last.at) - day_of(campaigns[-1][-1].at) <= more:
            # What is told the next morning belongs to the wave; it opens nothing of its own.
            campaigns[-1].append(last)
            start = end + 1
            continue
        while sightings[start].at <= last.at - window:
            start += 1
        if _is_wave(sightings[start : end + 1], rules):
            campaigns.append(sightings[start : end + 1])
    return [_campaign(system, one, rules) for one in campaigns]


def _is_wave(sightings: Sequence[Sighting], rules: Rules) -> bool:
    # One round-up is placed on every town that it names, so that places alone prove one author.
    if _texts(sightings) < rules.number(_RULE, "texts_min"):
        return False
    least = rules.number(_RULE, "places_min")
    return _places(sightings, rules, least) >= least


def _texts(sightings: Iterable[Sighting]) -> int:
    return len({one.text_key or one.report_id for one in sightings})


def _places(sightings: Iterable[Sighting], rules: Rules, enough: int | None = None) -> int:
    """Count the places that lie apart from one another, up to as many as are enough."""
    apart = rules.number(_RULE, "apart_m")
    kept: list[_Spot] = []
    for lat_e7, lon_e7 in {(one.lat_e7, one.lon_e7): None for one in sightings}:
        spot = _spot(lat_e7, lon_e7)
        if all(_apart(spot, other, apart) for other in kept):
            kept.append(spot)
        if len(kept) == enough:
            break
    return len(kept)


class _Spot(NamedTuple):
    place: Place
    x: float
    y: float
    z: float


def _spot(lat_e7: int, lon_e7: int) -> _Spot:
    lat, lon = math.radians(lat_e7 / E7), math.radians(lon_e7 / E7)
    x, y, z = math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)
    return _Spot(Place(lat_e7=lat_e7, lon_e7=lon_e7, precision_m=0), x, y, z)


def _apart(one: _Spot, other: _Spot, metres: int) -> bool:
    """Tell whether two places lie farther apart than so many metres, mostly without a geodesic.

    A sphere is nowhere off the ellipsoid by one part in a hundred, so that only what lies near the limit is measured.
    """
    chord = math.dist(one[1:], other[1:])
    across = 2.0 * _EARTH_M * math.asin(min(1.0, chord / 2.0))
    if abs(across - metres) > metres * 0.01 + 1.0:
        return across > metres
    return distance_m(one.place, other.place) > metres


def _campaign(system: str, sightings: list[Sighting], rules: Rules) -> Campaign:
    places = _places(sightings, rules)
    texts = _texts(sightings)
    members = tuple(sorted({one.facility_id for one in sightings if one.facility_id}))
    hours = rules.number(_RULE, "window_hours")
    counter = [] if members else ["No report names a facility of the register."]
    if texts < places:
        counter.append(f"{texts} different texts tell of {places} places; one text may be placed on several.")
    return Campaign(
        system=system,
        from_at=sightings[0].at,
        until_at=sightings[-1].at,
        places=places,
        facility_ids=members,
        evidence=tuple(dict.fromkeys(one.report_id for one in sightings)),
        reason=f"Strikes on {places} places of the {system} system within {hours} hours, and what was told after.",
        counter_evidence=tuple(counter),
    )

"""Several sources, one facility: what meets by name, kind and distance becomes one record that keeps every account.

Never by coordinates alone: six solar parks of Perovo share one point, and so do, in one register, the Dniester dam and
the pumped-storage plant nine kilometres from it. Nothing is lost in a merge: names, positions, operators and hazards
of all sources stand side by side with their source, and the first source's point stays the one that the register goes
by. Where sources put one facility further apart than its kind allows, a person is asked; which of them is right, no
program knows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from armslength.core.errors import LocalError
from armslength.core.places import distance_m
from armslength.register.facilities import ACCOUNTS_MAX, NAMES_MAX, Facility
from armslength.register.facility_parts import Hazard, NameSource, Position
from armslength.register.hazards import check_hazards
from armslength.register.importing import Disagreement, Merged
from armslength.register.site_keys import name_keys
from armslength.register.site_kinds import differ_limit_m, may_be_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from armslength.register.site_keys import Key

MERGE_M_MAX: Final = 30_000
"""Metres within which one name and kind are one facility: registers are wrong by up to 17 km in the data known to us,
and the nearest two plants of one name and kind stand further apart than this."""

SHARED_POINTS_SHOWN_MAX: Final = 1_000
"""Points that several facilities share and that are listed; the largest world register has 808."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """What came of holding entries of a further source against a register.

    Args:
        facilities: the register's entries, changed or not, and behind them those that met none.
        changed: ids of the register's entries that a further source added to.
        merged: what was taken for one facility, and on what ground.
        disagreements: what a person must look at.
    """

    facilities: tuple[Facility, ...]
    changed: tuple[str, ...]
    merged: tuple[Merged, ...]
    disagreements: tuple[Disagreement, ...]


# --- which entries are one --------------------------------------------------------------------------------------------


def merge(register: Sequence[Facility], further: Sequence[Facility]) -> Merging:
    """Hold the entries of one further source against a register and merge what is one facility.

    Entries of the further source are never merged with each other, and one that could be two of the register's entries
    is merged with neither.

    Args:
        register: entries in their order; of one facility one version.
        further: entries of one source; rows are counted from its first one.
    """
    by_key = _by_key(register)
    kept = {facility.facility_id: facility for facility in register}
    new: list[Facility] = []
    merged: list[Merged] = []
    found: list[Disagreement] = []
    taken: dict[str, str] = {}
    for row, entry in enumerate(further, start=1):
        candidates = _candidates(entry, kept, by_key)
        if not candidates:
            new.append(entry)
            continue
        if len(candidates) > 1 or candidates[0] in taken:
            new.append(entry)
            found.append(_ambiguous(entry, [kept[one] for one in candidates], taken.get(candidates[0])))
            continue
        one = candidates[0]
        taken[one] = entry.facility_id
        if entry == kept[one]:
            # The same file a second time adds nothing, not even a version.
            continue
        combined, trapped = merge_two(kept[one], entry)
        merged.append(Merged(facility_id=one, rows=(row,), ground=_ground(kept[one], entry)))
        kept[one] = combined
        found.extend(trapped)
        found.extend(disagreements_of(combined))
    return Merging(
        facilities=(*kept.values(), *new),
        changed=tuple(one.facility_id for one in merged),
        merged=tuple(merged),
        disagreements=tuple(found),
    )


def _by_key(register: Sequence[Facility]) -> Mapping[Key, list[str]]:
    by_key: dict[Key, list[str]] = defaultdict(list)
    for facility in register:
        for key in _keys(facility):
            by_key[key].append(facility.facility_id)
    return by_key


def _keys(facility: Facility) -> set[Key]:
    return {key for _, name in facility.names for key in name_keys(name)}


def _candidates(entry: Facility, kept: Mapping[str, Facility], by_key: Mapping[Key, list[str]]) -> list[str]:
    """Return the register's entries that the entry may be: one where it is clear which, else all of them."""
    if entry.facility_id in kept:
        return [entry.facility_id]
    found = list(
        dict.fromkeys(one for key in sorted(_keys(entry)) for one in by_key.get(key, ()) if _may_be(kept[one], entry))
    )
    if len(found) < 2:
        return found
    found = [one for one in found if kept[one].kind == entry.kind] or found
    close = [one for one in found if distance_m(kept[one].place, entry.place) <= differ_limit_m(kept[one])]
    return close if len(close) == 1 else found


def _may_be(one: Facility, other: Facility) -> bool:
    return may_be_one(one.kind, other.kind) and distance_m(one.place, other.place) <= MERGE_M_MAX


def _ground(one: Facility, other: Facility) -> str:
    if one.facility_id == other.facility_id:
        return f"the id {one.facility_id}"
    apart = round(distance_m(one.place, other.place))
    return f"name and kind: {one.names[0][1]} and {other.names[0][1]}, {apart} m apart"


def _ambiguous(entry: Facility, candidates: Sequence[Facility], taken_by: str | None) -> Disagreement:
    names = "; ".join(f"{one.facility_id} {one.names[0][1]}" for one in candidates[:5])
    why = f", which {taken_by} was taken for already" if taken_by else ""
    return Disagreement(
        facility_id=entry.facility_id,
        what="WHICH-FACILITY",
        sentence=f"{entry.names[0][1]} ({_source(entry)}) may be {names}{why}; it was kept apart.",
    )


# --- one record of two ------------------------------------------------------------------------------------------------


def merge_two(kept: Facility, other: Facility) -> tuple[Facility, tuple[Disagreement, ...]]:
    """Return one record with every account of both, and what of the second was left out.

    The first one's id, kind, place, rings and status stay. A hazard of the second that is out of scale with the
    first's (18 million m3 beside 18.2 km3) is not entered, and the explanation is returned.
    """
    hazards, trapped = _hazards(kept, other)
    return (
        replace(
            kept,
            names=_joined(kept.names, other.names, NAMES_MAX),
            operator_de_jure=_joined(kept.operator_de_jure, other.operator_de_jure),
            controlling_force_de_facto=_joined(kept.controlling_force_de_facto, other.controlling_force_de_facto),
            protected_status=_joined(kept.protected_status, other.protected_status),
            dependencies=_joined(kept.dependencies, other.dependencies),
            facts=_joined(kept.facts, other.facts),
            positions=_joined(positions_of(kept), positions_of(other)),
            shape=kept.shape or other.shape,
            components=_joined(kept.components, other.components),
            hazards=hazards,
            pillars=_joined(kept.pillars, other.pillars),
            monitors=_joined(kept.monitors, other.monitors),
            consequences=_joined(kept.consequences, other.consequences),
            life=_joined(kept.life, other.life),
            agreements=_joined(kept.agreements, other.agreements),
            name_sources=_joined(_name_sources(kept), _name_sources(other)),
        ),
        trapped,
    )


def _joined(first: Sequence[_T], second: Sequence[_T], most: int = ACCOUNTS_MAX) -> tuple[_T, ...]:
    return tuple(dict.fromkeys((*first, *second)))[:most]


def _source(facility: Facility) -> str:
    return facility.record_source or "the register"


def positions_of(facility: Facility) -> tuple[Position, ...]:
    """Return where each source puts a facility; of a record without such a list, its own point."""
    if facility.positions:
        return facility.positions
    return (Position(place=facility.place, source=_source(facility), as_of=None),)


def _name_sources(facility: Facility) -> tuple[NameSource, ...]:
    if facility.name_sources:
        return facility.name_sources
    return tuple(NameSource(name=name, source=_source(facility), as_of=None) for _, name in facility.names)


def _hazards(kept: Facility, other: Facility) -> tuple[tuple[Hazard, ...], tuple[Disagreement, ...]]:
    hazards = list(kept.hazards)
    trapped: list[Disagreement] = []
    for hazard in other.hazards:
        try:
            check_hazards([*hazards, hazard])
        except LocalError as error:
            trapped.append(
                Disagreement(
                    facility_id=kept.facility_id,
                    what=hazard.kind,
                    sentence=f"{hazard.source}: {error.sentence} {error.next_step}",
                )
            )
        else:
            hazards.append(hazard)
    return _joined(hazards, ()), tuple(trapped)


# --- what a person must look at ---------------------------------------------------------------------------------------


def disagreements_of(facility: Facility) -> tuple[Disagreement, ...]:
    """Return the alarm when a facility's sources put it further apart than its kind allows, else nothing."""
    positions = positions_of(facility)
    if len(positions) < 2:
        return ()
    metres, one, two = max(
        ((distance_m(a.place, b.place), a, b) for n, a in enumerate(positions) for b in positions[n + 1 :]),
        key=lambda pair: pair[0],
    )
    limit = differ_limit_m(facility)
    if metres <= limit:
        return ()
    return (
        Disagreement(
            facility_id=facility.facility_id,
            what="POSITION",
            sentence=(
                f"{facility.names[0][1]}: {one.source} puts it at {one.place.lat_deg} {one.place.lon_deg}, "
                f"{two.source} at {two.place.lat_deg} {two.place.lon_deg}, {metres / 1000:.1f} km away; "
                f"the register goes by {facility.place.lat_deg} {facility.place.lon_deg}. Which is right?"
            ),
            distance_m=round(metres),
            limit_m=limit,
        ),
    )


def shared_points(facilities: Iterable[Facility]) -> tuple[Disagreement, ...]:
    """Return the points that several facilities share: one may be copied from the other, or both be one facility."""
    at: dict[tuple[int, int], list[Facility]] = defaultdict(list)
    for facility in facilities:
        at[facility.place.lat_e7, facility.place.lon_e7].append(facility)
    shared = [group for group in at.values() if len(group) > 1]
    return tuple(
        Disagreement(
            facility_id=group[0].facility_id,
            what="SAME-POINT",
            sentence="At one point, and kept apart: " + "; ".join(one.names[0][1] for one in group[:8]) + ".",
            distance_m=0,
        )
        for group in shared[:SHARED_POINTS_SHOWN_MAX]
    )

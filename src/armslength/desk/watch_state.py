"""What the watch remembers, as views: rules in force, each facility's history, what was raised, its newest concern.

Changed by projection only. A facility's row: 1 history, 2 [[day, act, how many]] of the last days, 3 newest concern's
id, 4 when it was flagged, 5 when it was last corroborated.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.instants import DAY_US, HOUR_US, Instant
from armslength.core.places import Place
from armslength.desk import views
from armslength.register import concerns, flag_rules, flagging
from armslength.register.flag_rules import instant_of
from armslength.register.flag_types import Act, Facts, OpenConcern
from armslength.register.observations import day_of
from armslength.register.rules import DEFAULT_RULES, WATCH, read_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from armslength.desk.books import Books
    from armslength.desk.ports import Unit
    from armslength.register.facilities import Facility
    from armslength.register.flag_types import Finding, PillarChange
    from armslength.register.observations import Observation
    from armslength.register.rules import Rules

COUNTS_KEPT: Final = 64
"""Counts of a day and act that are kept, the newest ones by when they were made, whatever days they are of: a month of
one facility, so that neither an old file nor a date that is wrong by a century lifts a cap."""

RING_DAYS: Final = 7
"""Days after what is reported within which a bell is rung for it; older imports are read, not rung."""

WATCH_HOURS: Final = 8
"""Hours of one watch."""

_WATCH_PREFIX: Final = b"w"
_CONCERNS_PREFIX: Final = b"c"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityState:
    """What the watch remembers of one facility."""

    history: flagging.History = field(default_factory=flagging.History)
    counts: Mapping[tuple[int, str], int] = field(default_factory=dict)
    concern_id: str = ""
    flagged_at: Instant | None = None
    last_at: Instant | None = None


def rules(unit: Unit) -> Rules:
    """Return the rules in force: those that were last entered, the shipped ones when none were."""
    text = unit.get(views.WATCH, views.RULES)
    return _read(text) if isinstance(text, str) else DEFAULT_RULES


_read = lru_cache(maxsize=4)(read_rules)


def facility(unit: Unit, facility_id: str) -> FacilityState:
    """Return what the watch remembers of a facility; nothing of one that it never saw."""
    row = views.row(unit, views.WATCHED, facility_id.encode())
    if row is None:
        return FacilityState()
    return FacilityState(
        history=flagging.History.from_value(row[1]),
        counts={(int(day), str(act)): int(number) for day, act, number in row[2]},
        concern_id=str(row[3] or ""),
        flagged_at=None if row[4] is None else Instant(row[4]),
        last_at=None if row[5] is None else Instant(row[5]),
    )


def put_facility(unit: Unit, facility_id: str, state: FacilityState) -> None:
    """Keep what the watch remembers of a facility (projection only)."""
    counts = tuple((day, act, number) for (day, act), number in state.counts.items())
    row: dict[int, Any] = {
        1: state.history.to_value(),
        2: counts,
        3: state.concern_id or None,
        4: state.flagged_at,
        5: state.last_at,
    }
    unit.put(views.WATCHED, facility_id.encode(), row)


def advanced(
    state: FacilityState,
    observations: Sequence[Observation],
    findings: Iterable[Finding],
    in_force: Rules,
    until: Instant,
) -> FacilityState:
    """Return what is remembered after a pass."""
    counts = dict(state.counts)
    flagged_at, last_at = state.flagged_at, state.last_at
    for one in findings:
        if one.act is Act.SUPPRESS:
            continue
        key = (one.day, one.act.value)
        counts[key] = counts.pop(key, 0) + 1
        at = instant_of(one.day)
        if one.act is Act.FLAG or last_at is None:
            flagged_at, last_at = at, at
        else:
            last_at = max(last_at, at)
    return replace(
        state,
        history=flagging.advance(state.history, observations, in_force, watched_until(observations, until)),
        counts=dict(list(counts.items())[-COUNTS_KEPT:]),
        flagged_at=flagged_at,
        last_at=last_at,
    )


def watched_until(observations: Sequence[Observation], until: Instant) -> Instant:
    """Return until when a place was watched by a pass: until now, or with an old file until the last of its days.

    A year that is read long afterwards is judged by its own past, as if it had come in day by day.
    """
    newest = max((one.day for one in observations if one.day <= day_of(until)), default=day_of(until))
    return until if day_of(until) - newest <= RING_DAYS else instant_of(newest)


def touches(observations: Sequence[Observation]) -> bool:
    """Tell whether a facility's memory has room for any of this: a text of something far off leaves nothing in it."""
    far = flag_rules.NEAR_M
    return not observations or any(
        one.source_kind == "HOT-SPOT" or one.basis != "PLACE" or one.distance_m <= far for one in observations
    )


def newest_concern(unit: Unit, facility_id: str) -> str | None:
    """Return the id of the newest concern about a facility."""
    return facility(unit, facility_id).concern_id or None


def facts_of(
    books: Books,
    facility_id: str,
    state: FacilityState,
    observations: Sequence[Observation],
    pillars: tuple[PillarChange, ...],
    *,
    aged: bool = False,
) -> Facts:
    """Return what register and concerns say of a facility when it is judged; only views are read for it."""
    row = views.row(books.unit, views.FACILITIES, facility_id.encode())
    concern = None
    first = min((one.day for one in observations), default=None)
    if state.flagged_at is not None and state.last_at is not None:
        # Reports from long before it was flagged are no part of it: an old file may come in after a new one.
        within = rules(books.unit).number(WATCH, "continues_days")
        older = first is not None and first < day_of(state.flagged_at) - within
        if not older and not _over(books.unit, state.concern_id, first):
            concern = OpenConcern(flagged_at=state.flagged_at, last_at=state.last_at)
    if row is None:
        return Facts(facility_id=facility_id, name=facility_id, kind="OTHER-FACILITY", concern=concern, pillars=pillars)
    own = books.manifest().languages[0]
    ages = (views.row(books.unit, views.WATCH_AGES, facility_id.encode()) if aged else None) or {}
    return Facts(
        facility_id=facility_id,
        name=next((name for language, name in row[11] if language == own), row[11][0][1]),
        kind=row[8],
        concern=concern,
        pillars=pillars,
        place=Place(lat_e7=row[4], lon_e7=row[5], precision_m=row[10]),
        monitor_last_at=ages.get(1),
        register_last_at=ages.get(2),
        review_due_at=ages.get(3),
    )


def _over(unit: Unit, concern_id: str, day: int | None) -> bool:
    """Tell whether a person laid a concern aside before what is reported now: that is a new one to look at."""
    value = unit.get(views.CONCERNS, concern_id.encode())
    if value is None or day is None:
        return False
    concern = concerns.concern_from_value(value)
    aside = concern.status in {concerns.Status.DISMISSED, concerns.Status.CLOSED}
    return aside and day > day_of(concern.changed_at)


def flagged(unit: Unit, watch: int) -> int:
    """Return how many concerns a watch was given."""
    value = unit.get(views.WATCH, watch_key(watch))
    return value if isinstance(value, int) else 0


def watch_key(watch: int) -> bytes:
    """Return the key of a watch's count."""
    return _WATCH_PREFIX + watch.to_bytes(8, "big")


def watch_of(day: int, until: Instant) -> int:
    """Return the watch to which a finding of a day counts: the present one, or for an old import one of its own day."""
    if day_of(until) - day > RING_DAYS:
        return day * (24 // WATCH_HOURS)
    return int(until) // (WATCH_HOURS * HOUR_US)


def concerns_key(year: int) -> bytes:
    """Return the key under which the newest number of a year's concerns is kept."""
    return _CONCERNS_PREFIX + year.to_bytes(2, "big")


def next_concern_id(unit: Unit, now: Instant) -> str:
    """Return the id of the next concern."""
    year = year_of(now)
    newest = unit.get(views.WATCH, concerns_key(year))
    return concerns.concern_id(year, (newest if isinstance(newest, int) else 0) + 1)


def count_concern(unit: Unit, concern_id: str) -> None:
    """Remember the number of a concern (projection only)."""
    _, year, number = concern_id.split("-")
    newest = unit.get(views.WATCH, concerns_key(int(year)))
    unit.put(views.WATCH, concerns_key(int(year)), max(int(number), newest if isinstance(newest, int) else 0))


def needed_by(unit: Unit, facility_id: str, at: Instant) -> list[tuple[str, str]]:
    """Return the facilities that exist and need one, by its id or one of its names: (id, kind of dependency)."""
    row = views.row(unit, views.FACILITIES, facility_id.encode())
    if row is None:
        return []
    found = _needed(unit, (facility_id, *(name for _, name in row[11])))
    return [(other, kind) for other, kind in found if other != facility_id and _exists(unit, other, at)]


def _exists(unit: Unit, facility_id: str, at: Instant) -> bool:
    row = views.row(unit, views.FACILITIES, facility_id.encode())
    spans = () if row is None else row[13]
    return not spans or any((begin is None or begin <= at) and (end is None or at < end) for begin, end in spans)


def needs_of(unit: Unit, one: Facility) -> list[tuple[str, str]]:
    """Return the facilities that need one, from its record."""
    return _needed(unit, (one.facility_id, *(name for _, name in one.names)))


def _needed(unit: Unit, names: Iterable[str]) -> list[tuple[str, str]]:
    found = []
    for said in dict.fromkeys(names):
        for _, value in unit.scan(views.NEEDS, said.casefold().encode() + b"\x00"):
            found.append(cast("tuple[str, str]", value))
    return sorted(set(found))


def next_day(at: int) -> Instant:
    """Return the first instant of the UTC day after the one of an instant."""
    return Instant((at // DAY_US + 1) * DAY_US)


def year_of(at: Instant) -> int:
    """Return the UTC year of an instant."""
    return datetime.fromtimestamp(int(at) // 1_000_000, UTC).year

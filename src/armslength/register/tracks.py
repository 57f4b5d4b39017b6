"""Tracks: what moves enters, leaves, comes near or approaches a zone; by the time of the fix, not of its arrival.

A track is stepped fix by fix. A late fix is put in its place, the track is looked at again from there, and what that
changes is said by alerts that supersede the earlier ones, so that any order of arrival ends with the same alerts.
How late a fix may be is said by a watermark: the least of the newest times of all sources, less an allowance; a source
that has been silent for too long no longer holds the others back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np

from armslength.core.instants import SECOND_US, Instant
from armslength.register.engine import ENGINE_VERSION, Engine
from armslength.register.geodesy import ecef
from armslength.register.zones import CIRCLE, RADIUS_M_MAX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.register.geodesy import F64, I64
    from armslength.register.zones import ZoneSet

FIXES_MAX: Final = 4_096
"""Fixes kept of one track before the watermark passes them: an hour at one a second; older ones can no longer move."""

_NEVER: Final = Instant(0)

_SPHERE_M: Final = 6_371_008.8
"""Mean radius in metres, for looking ahead: a forecast is worse than the half per cent that a sphere is off."""

_PIECE_M: Final = 5_000.0
"""Metres of a piece of the course ahead: half a metre below the ground in its middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """When a track gives an alert.

    Args:
        near_m: metres beyond a zone's edge that count as near.
        hysteresis_m: metres beyond an edge that a track must be before it has left.
        dwell_s: seconds for which a change must hold before it is said.
        horizon_s: seconds that are looked ahead for an approach.
        late_s: seconds by which a fix may come late while its source goes on.
        idle_s: seconds of silence after which a source holds nothing back any more.
        slow_m_s: metres a second below which nothing approaches: what stands still has no course.
        fast_m_s: metres a second above which two fixes are no course but an error.
    """

    near_m: float = 10_000.0
    hysteresis_m: float = 200.0
    dwell_s: float = 0.0
    horizon_s: float = 900.0
    late_s: float = 300.0
    idle_s: float = 120.0
    slow_m_s: float = 2.0
    fast_m_s: float = 2_500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """Where something was at a moment, degrees and metres."""

    track_id: str
    source: str
    at: Instant
    lat_deg: float
    lon_deg: float
    uncertainty_m: float = 0.0


class Level(IntEnum):
    """How near a track is to a zone."""

    AWAY = 0
    NEAR = 1
    POSSIBLY = 2
    INSIDE = 3


class AlertKind(StrEnum):
    """What an alert says."""

    ENTER = "ENTER"
    EXIT = "EXIT"
    NEAR = "NEAR"
    APPROACH = "APPROACH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert.

    Args:
        track_id: the track.
        zone: number of the zone.
        kind: what happened.
        at: time of the fix that shows it.
        since_at: time of the fix with which it began; earlier than ``at`` where a dwell is asked for.
        level: how near the track is: POSSIBLY where the doubt about the fix leaves open whether it is inside.
        distance_m: metres from the site, 0 inside a polygon.
        bearing_deg: true bearing from the site.
        closest_m: of an approach, metres from the site at the closest.
        closest_at: of an approach, when that will be.
        zone_version: version of the zones that it was judged by.
        engine_version: version of the engine that judged.
        revision: 0, and one more each time that it is superseded.
        withdrawn: a late fix shows that it was not so.
    """

    track_id: str
    zone: int
    kind: AlertKind
    at: Instant
    since_at: Instant
    level: Level
    distance_m: float
    bearing_deg: float
    zone_version: str
    engine_version: str = ENGINE_VERSION
    closest_m: float | None = None
    closest_at: Instant | None = None
    revision: int = 0
    withdrawn: bool = False

    @property
    def key(self) -> tuple[str, int, AlertKind, Instant]:
        """What an alert and those that supersede it have in common."""
        return (self.track_id, self.zone, self.kind, self.at)


# --- the ground -------------------------------------------------------------------------------------------------------


class Sighting(NamedTuple):
    """One zone as seen from a fix.

    Args:
        level: how near it is.
        beyond_m: metres beyond its edge at the least, below zero inside.
        distance_m: metres from its site.
        bearing_deg: true bearing from its site.
        closest: where the course enters it, metres from the site at the closest and seconds until then.
    """

    level: Level
    beyond_m: float
    distance_m: float
    bearing_deg: float
    closest: tuple[float, float] | None = None


_UNSEEN: Final = Sighting(Level.AWAY, math.inf, math.nan, math.nan)
"""A zone ahead that the fix is not near to: how far it is, is worked out when it is said."""


class Ground:
    """Zones made ready for tracks.

    Args:
        zones: the zones.
        version: name of this state of them, carried by every alert.
        settings: when a track gives an alert.
        kernel: as for `Engine`.
        uncertainty_m_max: as for `Engine`.
    """

    def __init__(
        self,
        zones: ZoneSet,
        version: str,
        settings: Settings | None = None,
        kernel: str = "auto",
        uncertainty_m_max: float = 0.0,
    ) -> None:
        self.zones = zones
        self.version = version
        self.settings = settings or Settings()
        self._reach, self._circle = zones.reach_m.tolist(), (zones.kind == CIRCLE).tolist()
        wide = np.minimum(zones.reach_m + self.settings.near_m, RADIUS_M_MAX)
        # One index answers all: a zone that is entered, near, or crossed by the course is a hit of its widened self.
        self._wide = Engine(replace(zones, reach_m=wide), kernel=kernel, uncertainty_m_max=uncertainty_m_max)

    def look(self, fix: Fix, before: Fix | None) -> dict[int, Sighting]:
        """Return the zones that a fix is near to or that its course enters, by number.

        Args:
            fix: the fix.
            before: the fix before it, from which the course is taken.
        """
        hits = self._wide.probe(fix.lat_deg, fix.lon_deg, fix.uncertainty_m)
        seen = {hit.zone: self._seen(hit.zone, fix, hit.distance_m, hit.bearing_deg) for hit in hits}
        course = None if before is None else self._course(before, fix)
        entered = {} if course is None else self._entered(fix, course, seen)
        for zone, closest in entered.items():
            seen[zone] = seen.get(zone, _UNSEEN)._replace(closest=closest)
        return {zone: one for zone, one in seen.items() if one.level or one.closest is not None}

    def sighting(self, zone: int, fix: Fix) -> Sighting:
        """Return one zone as seen from a fix, however far it is, without regard to its course."""
        return self._seen(zone, fix, *self._wide.distance(zone, fix.lat_deg, fix.lon_deg))

    def _seen(self, zone: int, fix: Fix, metres: float, bearing: float) -> Sighting:
        beyond, doubt = metres - self._reach[zone], fix.uncertainty_m
        level = Level.AWAY
        if beyond + doubt <= 0.0:
            level = Level.INSIDE
        elif beyond - doubt <= 0.0:
            level = Level.POSSIBLY
        elif beyond - doubt <= self.settings.near_m:
            level = Level.NEAR
        return Sighting(level, beyond - doubt, metres, bearing)

    def _entered(
        self, fix: Fix, course: tuple[float, float], seen: Mapping[int, Sighting]
    ) -> dict[int, tuple[float, float]]:
        """Return the zones that the course enters, with metres from the site at the closest and seconds until then."""
        metres = course[1] * self.settings.horizon_s
        ahead = _ahead(fix, course[0], np.linspace(0.0, metres, max(2, math.ceil(metres / _PIECE_M) + 1)))
        # Every zone that the course enters is near to one of the places that are looked up.
        every = max(1, math.floor(2.0 * self.settings.near_m / _PIECE_M))
        found = set(seen)
        looked = [*range(every // 2, len(ahead[0]) - 1, every), len(ahead[0]) - 1]
        for block in self._wide.join(ahead[0][looked], ahead[1][looked]):
            found.update(block.zone.tolist())
        # What may be inside already does not approach.
        asked = [zone for zone in found if zone not in seen or seen[zone].level < Level.POSSIBLY]
        circles = [zone for zone in asked if self._circle[zone]]
        entered = self._circles_entered(ahead, np.array(circles, dtype=np.int64))
        for zone in asked:
            if not self._circle[zone] and (closest := self._closest(zone, fix, course)) is not None:
                entered[zone] = closest
        return entered

    def _circles_entered(self, ahead: tuple[F64, F64], zone: I64) -> dict[int, tuple[float, float]]:
        """As `_entered`, of circles: by the chords from their centres to pieces of the course."""
        nodes = np.stack(ecef(*ahead), axis=1)
        start, run = nodes[:-1], np.diff(nodes, axis=0)
        gap = self._centres(zone)[:, None, :] - start
        share = np.clip(np.einsum("zpx,px->zp", gap, run) / np.einsum("px,px->p", run, run), 0.0, 1.0)
        gap -= share[:, :, None] * run
        square = np.einsum("zpx,zpx->zp", gap, gap)
        piece = square.argmin(axis=1)
        row = np.arange(len(zone))
        closest = 2.0 * _SPHERE_M * np.arcsin(np.sqrt(square[row, piece]) / (2.0 * _SPHERE_M))
        seconds = (piece + share[row, piece]) * (self.settings.horizon_s / len(run))
        enters = (closest <= self.zones.reach_m[zone]) & (seconds > 0.0)
        rows = zip(zone[enters].tolist(), closest[enters].tolist(), seconds[enters].tolist(), strict=True)
        return {number: (nearest, later) for number, nearest, later in rows}

    def _centres(self, zone: I64) -> F64:
        return np.stack(ecef(self.zones.lat_deg[zone], self.zones.lon_deg[zone]), axis=1)

    def _course(self, before: Fix, fix: Fix) -> tuple[float, float] | None:
        """Bearing in degrees and metres a second, None for what has no course."""
        seconds = (fix.at - before.at) / SECOND_US
        north = math.radians(fix.lat_deg - before.lat_deg)
        turn = math.radians((fix.lon_deg - before.lon_deg + 540.0) % 360.0 - 180.0)
        east = turn * math.cos(math.radians((fix.lat_deg + before.lat_deg) / 2.0))
        speed = math.hypot(north, east) * _SPHERE_M / seconds if seconds > 0.0 else 0.0
        if not self.settings.slow_m_s <= speed <= self.settings.fast_m_s:
            return None
        return math.degrees(math.atan2(east, north)), speed

    def _closest(self, zone: int, fix: Fix, course: tuple[float, float]) -> tuple[float, float] | None:
        """As `_entered`, of one zone of any form: by looking along the course; None when it does not enter it."""
        low, high = 0.0, course[1] * self.settings.horizon_s
        at = [(self._from(zone, fix, course, high * part / 8.0), high * part / 8.0) for part in range(9)]
        best = min(at)
        low, high = max(0.0, best[1] - high / 8.0), min(high, best[1] + high / 8.0)
        # Thirds: from 40 km to 100 m in fifteen steps.
        for _ in range(15):
            one, two = low + (high - low) / 3.0, high - (high - low) / 3.0
            near_one, near_two = self._from(zone, fix, course, one), self._from(zone, fix, course, two)
            best = min(best, (near_one, one), (near_two, two))
            low, high = (low, two) if near_one <= near_two else (one, high)
        if best[1] <= 0.0 or best[0] > self._reach[zone]:
            return None
        return best[0], best[1] / course[1]

    def _from(self, zone: int, fix: Fix, course: tuple[float, float], metres: float) -> float:
        return self._wide.distance(zone, *moved(fix, course[0], metres))[0]


def moved(fix: Fix, bearing_deg: float, metres: float) -> tuple[float, float]:
    """Return latitude and longitude of the place reached from a fix on a great circle of a sphere."""
    lat, angle, turn = math.radians(fix.lat_deg), metres / _SPHERE_M, math.radians(bearing_deg)
    sine = math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(turn)
    to = math.asin(min(1.0, max(-1.0, sine)))
    east = math.atan2(math.sin(turn) * math.sin(angle) * math.cos(lat), math.cos(angle) - math.sin(lat) * sine)
    return math.degrees(to), (fix.lon_deg + math.degrees(east) + 540.0) % 360.0 - 180.0


def _ahead(fix: Fix, bearing_deg: float, metres: F64) -> tuple[F64, F64]:
    """As `moved`, of many lengths at once."""
    lat, angle, turn = math.radians(fix.lat_deg), metres / _SPHERE_M, math.radians(bearing_deg)
    sine = np.clip(math.sin(lat) * np.cos(angle) + math.cos(lat) * np.sin(angle) * math.cos(turn), -1.0, 1.0)
    east = np.arctan2(math.sin(turn) * math.cos(lat) * np.sin(angle), np.cos(angle) - math.sin(lat) * sine)
    return np.degrees(np.arcsin(sine)), np.mod(fix.lon_deg + np.degrees(east) + 540.0, 360.0) - 180.0


# --- one track --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a track stands to one zone: what was said last, and a change that waits for its dwell."""

    level: Level = Level.AWAY
    waiting: Level | None = None
    waiting_since: Instant = _NEVER
    approaching: bool = False


_FAR: Final = Standing()

Standings: TypeAlias = dict[int, Standing]
"""Zone -> standing; a zone that is not here is far away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A fix of a track, how the track stood after it, and what it gave."""

    fix: Fix
    standings: Mapping[int, Standing]
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """State of one track: its stops by time, the first of which only says how things stood before."""

    stops: tuple[Stop, ...] = ()
    sealed: bool = False
    said: Mapping[tuple[str, int, AlertKind, Instant], Alert] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a fix gives: the state afterwards, the alerts to send in order, and whether it came too late to be used."""

    state: Track
    alerts: tuple[Alert, ...] = ()
    too_late: bool = False


def step(state: Track, fix: Fix, ground: Ground, watermark: Instant) -> Step:
    """Take one fix of a track, in whatever order it comes.

    Args:
        state: the track before.
        fix: the fix; one of the same time and source as an earlier one replaces it.
        ground: the zones.
        watermark: before this no fix is awaited any more (`Clocks.watermark`).
    """
    if state.sealed and fix.at <= state.stops[0].fix.at:
        return Step(state=state, too_late=True)
    last = state.stops[-1] if state.stops else None
    if last is None or (fix.at, fix.source) > (last.fix.at, last.fix.source):
        stop = _stop(last, fix, ground)
        said = {**state.said, **{alert.key: alert for alert in stop.alerts}} if stop.alerts else state.said
        track = Track(stops=(*state.stops, stop), sealed=state.sealed, said=said)
        return Step(state=_sealed(track, watermark), alerts=stop.alerts)
    return _late(state, fix, ground, watermark)


def _late(state: Track, fix: Fix, ground: Ground, watermark: Instant) -> Step:
    """Put a fix in its place and look at the track again from there."""
    key = (fix.at, fix.source)
    stops = [stop for stop in state.stops if (stop.fix.at, stop.fix.source) < key]
    after = [stop.fix for stop in state.stops if (stop.fix.at, stop.fix.source) > key]
    first = len(stops)
    for later in (fix, *after):
        stops.append(_stop(stops[-1] if stops else None, later, ground))
    now = {alert.key: alert for stop in stops[first:] for alert in stop.alerts}
    alerts, said = _changes(state.said, now, {stop.fix.at for stop in stops[first:]})
    return Step(state=_sealed(Track(stops=tuple(stops), sealed=state.sealed, said=said), watermark), alerts=alerts)


def _sealed(track: Track, watermark: Instant) -> Track:
    """Let go of the stops that no late fix can come before; the newest of them says how things stand."""
    passed = sum(stop.fix.at <= watermark for stop in track.stops)
    drop = max(passed - 1, len(track.stops) - FIXES_MAX, 0)
    if drop == 0:
        return track
    stops = track.stops[drop:]
    since = stops[0].fix.at
    said = {key: alert for key, alert in track.said.items() if alert.at >= since}
    return Track(stops=stops, sealed=True, said=said)


def _changes(
    said: Mapping[tuple[str, int, AlertKind, Instant], Alert],
    now: Mapping[tuple[str, int, AlertKind, Instant], Alert],
    again: set[Instant],
) -> tuple[tuple[Alert, ...], dict[tuple[str, int, AlertKind, Instant], Alert]]:
    """Hold what follows from the fixes looked at again against what was said, and say what differs."""
    alerts, kept = [], dict(said)
    for key, before in said.items():
        if key not in now and before.at in again and not before.withdrawn:
            kept[key] = replace(before, revision=before.revision + 1, withdrawn=True)
            alerts.append(kept[key])
    for key, alert in now.items():
        earlier = said.get(key)
        if earlier is None:
            kept[key] = alert
        elif replace(earlier, revision=0) != alert:
            kept[key] = replace(alert, revision=earlier.revision + 1)
        else:
            continue
        alerts.append(kept[key])
    return tuple(sorted(alerts, key=lambda alert: (alert.at, alert.zone, alert.kind.value))), kept


def _stop(before: Stop | None, fix: Fix, ground: Ground) -> Stop:
    seen = ground.look(fix, None if before is None else before.fix)
    old: Mapping[int, Standing] = {} if before is None else before.standings
    standings: Standings = {}
    alerts: list[Alert] = []
    for zone in sorted(old.keys() | seen.keys()):
        standing, sighting = old.get(zone, _FAR), seen.get(zone, _UNSEEN)
        if standing.level is not Level.AWAY and sighting.level is Level.AWAY:
            # Whether it has left, an exact distance says.
            sighting = ground.sighting(zone, fix)._replace(closest=sighting.closest)
        after = _moved(standing, zone, sighting, fix, ground, alerts)
        if after != _FAR:
            standings[zone] = after
    return Stop(fix=fix, standings=standings, alerts=tuple(alerts))


def _level(standing: Standing, sighting: Sighting, settings: Settings) -> Level:
    """The level that a sighting shows, held where it is until the track is well beyond the edge."""
    if sighting.level >= standing.level:
        return sighting.level
    if standing.level >= Level.POSSIBLY and sighting.beyond_m <= settings.hysteresis_m:
        return standing.level
    if sighting.level is Level.AWAY and sighting.beyond_m <= settings.near_m + settings.hysteresis_m:
        return Level.NEAR
    return sighting.level


def _moved(
    standing: Standing, zone: int, sighting: Sighting, fix: Fix, ground: Ground, alerts: list[Alert]
) -> Standing:
    level = _level(standing, sighting, ground.settings)
    approaching = sighting.closest is not None
    if level is standing.level and standing.waiting is None and approaching is standing.approaching:
        return standing
    if sighting.closest is not None and not standing.approaching:
        metres, seconds = sighting.closest
        ahead = Instant(fix.at + round(seconds * SECOND_US))
        alert = _alert(AlertKind.APPROACH, zone, sighting, fix, fix.at, ground)
        alerts.append(replace(alert, closest_m=metres, closest_at=ahead))
    if level is standing.level:
        return Standing(level=level, approaching=approaching)
    since = standing.waiting_since if standing.waiting is level else fix.at
    if fix.at - since < ground.settings.dwell_s * SECOND_US:
        return Standing(level=standing.level, waiting=level, waiting_since=since, approaching=approaching)
    kind = _kind(standing.level, level)
    if kind is not None:
        alerts.append(_alert(kind, zone, sighting, fix, since, ground))
    return Standing(level=level, approaching=approaching)


def _kind(before: Level, after: Level) -> AlertKind | None:
    if after > before:
        return AlertKind.NEAR if after is Level.NEAR else AlertKind.ENTER
    return AlertKind.EXIT if before >= Level.POSSIBLY > after else None


def _alert(kind: AlertKind, zone: int, sighting: Sighting, fix: Fix, since: Instant, ground: Ground) -> Alert:
    if math.isnan(sighting.distance_m):
        sighting = ground.sighting(zone, fix)
    return Alert(
        track_id=fix.track_id,
        zone=zone,
        kind=kind,
        at=fix.at,
        since_at=since,
        level=sighting.level,
        distance_m=sighting.distance_m,
        bearing_deg=sighting.bearing_deg,
        zone_version=ground.version,
    )


# --- sources ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """How far each source has come: source -> time of its newest fix, and our time when it was last heard."""

    newest: Mapping[str, Instant] = field(default_factory=dict)
    heard: Mapping[str, Instant] = field(default_factory=dict)

    def hear(self, fix: Fix, now: Instant) -> Clocks:
        """Return the clocks after a fix; one from the future counts no further than now."""
        newest = max(self.newest.get(fix.source, Instant(0)), min(fix.at, now))
        return Clocks(newest={**self.newest, fix.source: newest}, heard={**self.heard, fix.source: now})

    def watermark(self, now: Instant, settings: Settings) -> Instant:
        """Return the time before which no fix is awaited: of the sources that are not idle, the one furthest back."""
        idle = settings.idle_s * SECOND_US
        awake = [at for source, at in self.newest.items() if now - self.heard[source] <= idle]
        furthest = min(awake) if awake else max(self.newest.values(), default=Instant(0))
        return Instant(max(0, furthest - round(settings.late_s * SECOND_US)))

"""Tracks say what happened, by the time of the fix, and end with the same alerts in whatever order fixes come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.instants import SECOND_US, Instant, parse_rfc3339
from armslength.register.engine import ENGINE_VERSION
from armslength.register.tracks import (
    Alert,
    AlertKind,
    Clocks,
    Fix,
    Ground,
    Level,
    Settings,
    Track,
    moved,
    step,
)
from armslength.register.zones import Circle, Polygon, ZoneSet

START = parse_rfc3339("2022-11-20T10:00:00Z")
PLANT = Circle(lat_deg=47.5, lon_deg=34.6, radius_m=5_000.0)
DAM = Polygon(rings=[[(33.35, 46.76), (33.40, 46.76), (33.40, 46.80), (33.35, 46.80)]], buffer_m=1_000.0)
NEVER = Instant(0)
ENTER, EXIT, NEAR, APPROACH = AlertKind.ENTER, AlertKind.EXIT, AlertKind.NEAR, AlertKind.APPROACH


def ground(settings: Settings | None = None) -> Ground:
    return Ground(ZoneSet.build([PLANT, DAM]), "zones-7", settings, kernel="numpy")


GROUND = ground()


def at(seconds: float) -> Instant:
    return Instant(START + round(seconds * SECOND_US))


def fix(seconds: float, east_m: float, north_m: float = 0.0, doubt_m: float = 0.0, source: str = "radar") -> Fix:
    """A fix so many metres east and north of the plant."""
    origin = Fix(track_id="T1", source=source, at=START, lat_deg=PLANT.lat_deg, lon_deg=PLANT.lon_deg)
    lat, lon = moved(origin, 90.0, east_m)
    lat, lon = moved(replace(origin, lat_deg=lat, lon_deg=lon), 0.0, north_m)
    return Fix(track_id="T1", source=source, at=at(seconds), lat_deg=lat, lon_deg=lon, uncertainty_m=doubt_m)


def run(fixes: list[Fix], over: Ground = GROUND, watermark: Instant = NEVER) -> list[Alert]:
    state, alerts = Track(), []
    for one in fixes:
        done = step(state, one, over, watermark)
        assert not done.too_late
        state = done.state
        alerts += done.alerts
    return alerts


def standing(alerts: list[Alert]) -> set[Alert]:
    """What is still said in the end, without the number of times that it was said."""
    last = {alert.key: alert for alert in alerts}
    return {replace(alert, revision=0) for alert in last.values() if not alert.withdrawn}


def told(alerts: list[Alert]) -> list[tuple[AlertKind, float, Level]]:
    return [(alert.kind, (alert.at - START) / SECOND_US, alert.level) for alert in alerts]


def passing() -> list[Fix]:
    """Through the plant's zone from west to east at 100 m/s, a fix every 30 s."""
    return [fix(30.0 * n, -30_000.0 + 3_000.0 * n) for n in range(21)]


def test_a_passage_approaches_comes_near_enters_and_leaves() -> None:
    alerts = run(passing())
    assert told(alerts) == [
        (APPROACH, 30.0, Level.AWAY),
        (NEAR, 180.0, Level.NEAR),
        (ENTER, 270.0, Level.INSIDE),
        (EXIT, 360.0, Level.NEAR),
    ]
    approach = alerts[0]
    assert approach.closest_m is not None
    assert approach.closest_m < 150.0
    assert approach.closest_at is not None
    assert abs(approach.closest_at - at(300.0)) < 3 * SECOND_US
    assert {(alert.zone, alert.zone_version, alert.engine_version) for alert in alerts} == {
        (0, "zones-7", ENGINE_VERSION)
    }
    entered = alerts[2]
    assert abs(entered.distance_m - 3_000.0) < 15.0
    assert abs(entered.bearing_deg - 270.0) < 0.1


def test_what_passes_by_does_not_approach_and_what_leaves_the_horizon_does_not_either() -> None:
    assert run([fix(30.0 * n, -30_000.0 + 3_000.0 * n, north_m=16_000.0) for n in range(21)]) == []
    # 10 m/s: in a quarter of an hour it comes no nearer than 21 km.
    assert run([fix(30.0 * n, -30_000.0 + 300.0 * n) for n in range(3)]) == []
    assert APPROACH not in [alert.kind for alert in run([fix(0.0, -20_000.0), fix(30.0, -23_000.0)])]


def test_a_jump_gives_no_course() -> None:
    assert run([fix(0.0, -900_000.0), fix(1.0, -30_000.0)]) == []


def test_a_polygon_is_approached_and_entered_too() -> None:
    fixes = [
        Fix(track_id="T2", source="radar", at=at(60.0 * n), lat_deg=46.78, lon_deg=33.0 + 0.05 * n) for n in range(12)
    ]
    alerts = run(fixes)
    assert [(alert.kind, alert.zone) for alert in alerts] == [(APPROACH, 1), (NEAR, 1), (ENTER, 1), (EXIT, 1)]
    assert alerts[2].distance_m == 0.0


def test_doubt_leaves_open_whether_it_entered_and_then_does_not() -> None:
    fixes = [fix(0.0, -8_000.0), fix(600.0, -5_500.0, doubt_m=1_000.0), fix(1_200.0, -4_500.0, doubt_m=100.0)]
    assert told(run(fixes)) == [
        (NEAR, 0.0, Level.NEAR),
        (ENTER, 600.0, Level.POSSIBLY),
        (ENTER, 1_200.0, Level.INSIDE),
    ]


def test_a_track_on_the_edge_does_not_chatter() -> None:
    slow = Settings(slow_m_s=100.0)
    wobble = [fix(60.0 * n, -5_000.0 + (150.0 if n % 2 else -150.0)) for n in range(12)]
    assert [alert.kind for alert in run(wobble, ground(slow))] == [NEAR, ENTER]
    sharp = Settings(slow_m_s=100.0, hysteresis_m=0.0)
    assert len(run(wobble, ground(sharp))) == 12


def test_a_change_must_last_as_long_as_its_dwell() -> None:
    patient = ground(Settings(slow_m_s=100.0, dwell_s=90.0))
    there = [fix(60.0 * n, -4_000.0) for n in range(4)]
    alerts = run(there, patient)
    assert told(alerts) == [(ENTER, 120.0, Level.INSIDE)]
    assert alerts[0].since_at == at(0.0)
    blink = [fix(0.0, -90_000.0), fix(60.0, -4_000.0), fix(120.0, -90_000.0), fix(180.0, -4_000.0)]
    assert run(blink, patient) == []


# --- late fixes -------------------------------------------------------------------------------------------------------


def test_a_late_fix_supersedes_what_it_shows_to_be_wrong() -> None:
    """A spike into the zone between two fixes, and then one that shows that the track left in between."""
    fixes = [fix(0.0, -30_000.0), fix(100.0, -4_000.0), fix(300.0, -3_900.0)]
    slow = ground(Settings(fast_m_s=1.0))
    early = run(fixes, slow)
    assert told(early) == [(ENTER, 100.0, Level.INSIDE)]
    late = run([*fixes, fix(50.0, -4_500.0)], slow)[len(early) :]
    # It was inside fifty seconds before: the alert moves, which is one withdrawn and one new.
    assert [(alert.kind, alert.at, alert.revision, alert.withdrawn) for alert in late] == [
        (ENTER, at(50.0), 0, False),
        (ENTER, at(100.0), 1, True),
    ]


def test_a_late_fix_that_changes_nothing_says_nothing() -> None:
    fixes = passing()
    missing = fixes.pop(3)
    before = run(fixes)
    assert run([*fixes, missing])[len(before) :] == []


def test_a_corrected_fix_of_the_same_moment_replaces_the_first() -> None:
    fixes = [fix(0.0, -30_000.0), fix(600.0, -4_000.0)]
    alerts = run([*fixes, fix(600.0, -60_000.0)])
    assert standing(alerts) == standing(run([fixes[0], fix(600.0, -60_000.0)]))
    assert any(alert.withdrawn for alert in alerts)


walk = st.lists(
    st.tuples(st.integers(0, 40), st.integers(-14, 14), st.integers(-6, 6), st.sampled_from((0.0, 0.0, 700.0))),
    min_size=1,
    max_size=9,
    unique_by=lambda one: one[0],
)


@given(walk, st.data(), st.sampled_from((0.0, 100.0)))
def test_every_order_of_arrival_ends_with_the_same_alerts(
    places: list[tuple[int, int, int, float]], data: st.DataObject, dwell_s: float
) -> None:
    over = DWELLING if dwell_s else GROUND
    fixes = [fix(45.0 * n, 2_000.0 * east, 2_000.0 * north, doubt) for n, east, north, doubt in sorted(places)]
    shuffled = data.draw(st.permutations(fixes))
    assert standing(run(shuffled, over)) == standing(run(fixes, over))


DWELLING = ground(Settings(dwell_s=100.0))


def test_revisions_of_an_alert_count_up() -> None:
    fixes = [fix(0.0, -30_000.0), fix(600.0, -4_000.0), fix(600.0, -60_000.0), fix(600.0, -4_000.0)]
    entered = [alert for alert in run(fixes) if alert.kind is ENTER]
    assert [(alert.revision, alert.withdrawn) for alert in entered] == [(0, False), (1, True), (2, False)]


# --- the watermark ----------------------------------------------------------------------------------------------------


def test_a_fix_before_the_watermark_is_too_late_and_changes_nothing() -> None:
    state = Track()
    for one in passing():
        state = step(state, one, GROUND, at(400.0)).state
    assert len(state.stops) == 8
    done = step(state, fix(200.0, 90_000.0), GROUND, at(400.0))
    assert done.too_late
    assert done.state is state
    # One that is not too late finds the standing of before the watermark: it is still known to have entered and left.
    late = step(state, fix(405.0, 11_000.0), GROUND, at(400.0))
    assert (late.too_late, late.alerts) == (False, ())


def test_the_watermark_is_the_slowest_source_less_the_allowance() -> None:
    settings = Settings(late_s=300.0, idle_s=120.0)
    clocks = Clocks().hear(fix(1_000.0, 0.0), at(1_001.0)).hear(fix(900.0, 0.0, source="post"), at(1_002.0))
    assert clocks.watermark(at(1_010.0), settings) == at(600.0)
    # An older fix takes no clock back.
    assert clocks.hear(fix(10.0, 0.0), at(1_003.0)).watermark(at(1_010.0), settings) == at(600.0)


def test_a_silent_source_holds_nothing_back_and_a_clock_from_the_future_pushes_nothing_on() -> None:
    settings = Settings(late_s=300.0, idle_s=120.0)
    clocks = Clocks().hear(fix(100.0, 0.0, source="post"), at(101.0)).hear(fix(1_000.0, 0.0), at(1_000.0))
    assert clocks.watermark(at(1_000.0), settings) == at(700.0)
    assert clocks.hear(fix(9_999.0, 0.0), at(1_001.0)).watermark(at(1_001.0), settings) == at(701.0)
    # All silent: what is in is all that is awaited.
    assert clocks.watermark(at(5_000.0), settings) == at(700.0)
    assert Clocks().watermark(at(0.0), settings) == NEVER


@pytest.mark.parametrize(("bearing", "lat", "lon"), [(0.0, 0.9, 180.0), (90.0, 0.0, -179.1), (270.0, 0.0, 179.1)])
def test_looking_ahead_crosses_the_antimeridian(bearing: float, lat: float, lon: float) -> None:
    here = Fix(track_id="T", source="s", at=START, lat_deg=0.0, lon_deg=180.0)
    found = moved(here, bearing, 0.9 * 111_195.08)
    assert np.allclose((found[0], found[1] % 360.0), (lat, lon % 360.0), atol=1e-6)

"""A changed rule over the same past: what only one of the two would have flagged, and the load of each."""

from __future__ import annotations

from armslength.core.instants import DAY_US, Instant
from armslength.register.flag_rules import instant_of
from armslength.register.flag_types import Act, Facts
from armslength.register.observations import Observation
from armslength.register.rules import DEFAULT_RULES, changed
from armslength.register.whatif import Batch, replay, what_if

FIRST = 19_000
PLANTS = [Facts(facility_id=f"F-{n}", name=f"Plant {n}", kind="THERMAL-POWER-PLANT") for n in range(3)]


def spot(facility_id: str, day: int, number: int) -> Observation:
    return Observation(
        facility_id=facility_id,
        report_id=f"H-{day}-{number}",
        kind="EVENT",
        what="HOT-SPOT",
        from_at=Instant(day * DAY_US),
        until_at=Instant(day * DAY_US),
        basis="PLACE",
        answer="INSIDE",
        distance_m=2_500,
        bearing_deg=0,
        uncertainty_m=500,
        grade="B3",
        source_kind="HOT-SPOT",
    )


def past(counts: dict[int, dict[str, int]], days: int = 60) -> list[Batch]:
    """Daily batches: day after the first -> facility -> hot spots."""
    return [
        Batch(
            now=instant_of(FIRST + n),
            watch=FIRST + n,
            observations={
                facility: [spot(facility, FIRST + n, number) for number in range(count)]
                for facility, count in counts.get(n, {}).items()
            },
        )
        for n in range(days)
    ]


def test_a_fire_of_three_days_is_one_concern_that_grows() -> None:
    done = replay(DEFAULT_RULES, past({40: {"F-0": 20}, 41: {"F-0": 30}, 42: {"F-0": 5}}), PLANTS)
    assert [(one.day - FIRST, one.act) for one in done.findings] == [
        (40, Act.FLAG),
        (41, Act.CORROBORATE),
        (42, Act.CORROBORATE),
    ]
    assert (done.load.flagged, done.load.worst, done.load.median, done.load.watches) == (1, 1, 0, 60)


def test_a_lower_count_flags_more_and_says_which() -> None:
    batches = past({40: {"F-0": 8, "F-1": 7}, 50: {"F-2": 12}})
    compared = what_if(DEFAULT_RULES, changed(DEFAULT_RULES, {"hot-spot-burst.hood_count": 7}), batches, PLANTS)
    assert compared.only_a == ()
    assert compared.only_b == (("F-1", FIRST + 40),)
    assert compared.both == (("F-0", FIRST + 40), ("F-2", FIRST + 50))
    assert (compared.load_a.flagged, compared.load_b.flagged) == (2, 3)
    assert any(f"only by {compared.version_b}: 1" in said for said in compared.sentences())


def test_a_higher_count_flags_less() -> None:
    batches = past({40: {"F-0": 8}, 50: {"F-2": 12}})
    compared = what_if(DEFAULT_RULES, changed(DEFAULT_RULES, {"hot-spot-burst.hood_count": 9}), batches, PLANTS)
    assert (compared.only_a, compared.only_b) == ((("F-0", FIRST + 40),), ())


def test_the_same_rules_differ_in_nothing_and_the_past_is_not_used_up() -> None:
    batches = past({40: {"F-0": 8}})
    compared = what_if(DEFAULT_RULES, DEFAULT_RULES, batches, PLANTS)
    assert (compared.only_a, compared.only_b, len(compared.both)) == ((), (), 1)


def test_a_watch_of_several_batches_has_one_load() -> None:
    batches = [
        Batch(now=one.now, watch=one.watch // 10, observations=one.observations)
        for one in past({40: {"F-0": 8}, 41: {"F-1": 8}, 55: {"F-2": 8}})
    ]
    load = replay(DEFAULT_RULES, batches, PLANTS).load
    assert (load.flagged, load.worst, load.watches) == (3, 2, 6)


def test_no_past_gives_no_findings() -> None:
    assert replay(DEFAULT_RULES, [], PLANTS).load.watches == 0


def test_silence_of_a_monitor_is_told_in_a_replay_without_reports() -> None:
    silent = [Facts(facility_id="F-0", name="A", kind="NUCLEAR-POWER-PLANT", monitor_last_at=instant_of(FIRST))]
    told = [one.day - FIRST for one in replay(DEFAULT_RULES, past({}, days=10), silent).findings]
    assert told == [4]

"""However much comes in at once, every part and every pass of the watch fits an entry, and nothing raised is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from armslength.core.instants import DAY_US, Instant
from armslength.desk import watch_parts
from armslength.register.flag_types import Act, Finding
from armslength.register.observations import Observation

SEEN = Observation(
    facility_id="F-1",
    report_id="r-0",
    kind="EVENT",
    what="SHELLING",
    from_at=Instant(19_000 * DAY_US),
    until_at=Instant(19_000 * DAY_US),
    basis="PLACE",
    answer="INSIDE",
    distance_m=10,
    bearing_deg=0,
    uncertainty_m=10,
    grade="B2",
    source_kind="TEXT",
)
FOUND = Finding(
    facility_id="F-1",
    day=19_000,
    act=Act.FLAG,
    rule_id="text-near",
    reason="x" * 400,
    evidence=tuple(f"r-{n}" for n in range(40)),
    counter_evidence=("y" * 200,),
    rank=50,
    certainty="LIKELY",
)


def seen(day: int, number: int = 0, facility_id: str = "F-1", id_chars: int = 8) -> Observation:
    at = Instant((19_000 + day) * DAY_US)
    report_id = f"{number:0{id_chars}}"
    return replace(SEEN, facility_id=facility_id, from_at=at, until_at=at, report_id=report_id)


@given(st.dictionaries(st.sampled_from([f"F-{n}" for n in range(5)]), st.lists(st.integers(0, 90), max_size=60)))
def test_every_observation_is_in_one_part_and_a_facility_s_days_keep_their_order(given_days: Any) -> None:
    whole = {name: [seen(day, n, name) for n, day in enumerate(days)] for name, days in given_days.items()}
    parts = list(watch_parts.parts(whole))
    for name, many in whole.items():
        mine = [part[name] for part in parts if name in part]
        assert [one for chunk in mine for one in chunk] == sorted(many, key=lambda one: one.day)
        spans = [(chunk[0].day, chunk[-1].day) for chunk in mine if chunk]
        assert all(before[1] < after[0] for before, after in pairwise(spans))
        assert all(len({one.day for one in chunk}) <= watch_parts.CHUNK_DAYS_MAX for chunk in mine)


def test_a_facility_without_anything_seen_is_judged_all_the_same() -> None:
    assert list(watch_parts.parts({"F-1": []})) == [{"F-1": []}]
    assert list(watch_parts.parts({})) == []


def test_parts_stay_below_their_size() -> None:
    whole = {f"F-{n}": [seen(0, m, f"F-{n}", 64) for m in range(300)] for n in range(40)}
    parts = list(watch_parts.parts(whole))
    assert len(parts) > 1
    assert max(sum(56 + 64 for many in part.values() for _ in many) for part in parts) <= watch_parts.PART_BYTES_MAX


def test_a_burst_of_one_day_is_told_by_its_first_reports() -> None:
    many = [seen(0, n, id_chars=64) for n in range(3_000)]
    ((name, kept),) = next(iter(watch_parts.parts({"F-1": many}))).items()
    assert name == "F-1"
    assert kept == many[: len(kept)]
    assert 1_000 < len(kept) < 3_000


def test_days_are_divided_and_never_one_day() -> None:
    many = [seen(day, n) for day in range(40) for n in range(100)]
    parts = list(watch_parts.parts({"F-1": many}))
    days = [{one.day for one in part["F-1"]} for part in parts]
    assert sum(len(one) for one in days) == 40
    assert not set.intersection(*days)


def test_everything_raised_is_noted_and_what_was_held_back_as_far_as_there_is_room() -> None:
    whole = {f"F-{n:04}": [seen(0, n, f"F-{n:04}")] for n in range(900)}
    raised = [replace(FOUND, facility_id=name) for name in whole]
    held = [replace(FOUND, facility_id=name, act=Act.SUPPRESS) for name in whole]
    noted = list(watch_parts.passes(whole, [*raised, *held]))
    assert len(noted) > 1
    kept = [one for _, many in noted for one in many]
    assert [one for one in kept if one.act is not Act.SUPPRESS] == raised
    assert [one for one in kept if one.act is Act.SUPPRESS] == held[: watch_parts.SUPPRESSED_MAX]
    assert {name: many for part, _ in noted for name, many in part.items()} == whole


def test_what_was_held_back_gives_way_where_a_pass_is_full() -> None:
    large = [replace(FOUND, day=19_000 + n, reason="x" * 5_000) for n in range(70)]
    held = [replace(FOUND, act=Act.SUPPRESS, reason="x" * 5_000) for _ in range(70)]
    ((_, kept),) = watch_parts.passes({"F-1": [seen(0)]}, [*large, *held])
    assert kept[:70] == large
    assert len(kept) < 80

"""The known answers of 2022 over the shared reports, and how much a watch of that year would have had to look at."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from armslength.register.campaigns import group
from armslength.register.flag_types import Act, Finding
from armslength.register.rules import DEFAULT_RULES
from armslength.register.whatif import Replay, replay
from builders.watch_replay import day_number, facilities, replayed, system_of, year_2022

SHOWN = frozenset({Act.FLAG, Act.CORROBORATE})
PLANT, KYIV, KREM = "F-ZNPP", "F-KYIV", "F-KREM"


@lru_cache(maxsize=2)
def some(first: str, last: str, *, hot_spots_only: bool = False) -> Replay:
    year = year_2022(frozenset({PLANT, KYIV, KREM}), first, last)
    batches = year.batches
    if hot_spots_only:
        batches = tuple(
            replace(
                batch,
                observations={
                    facility: [one for one in seen if one.source_kind == "HOT-SPOT"]
                    for facility, seen in batch.observations.items()
                },
            )
            for batch in batches
        )
    return replay(DEFAULT_RULES, batches, year.facts)


def shown(done: Replay, facility_id: str, first: str, last: str) -> list[Finding]:
    days = range(day_number(first), day_number(last) + 1)
    return [one for one in done.findings if one.facility_id == facility_id and one.day in days and one.act in SHOWN]


def test_the_fires_at_the_plant_of_23_to_25_august_are_one_concern_that_grows() -> None:
    days = shown(some("20220720", "20220825", hot_spots_only=True), PLANT, "20220823", "20220825")
    assert [(one.day - day_number("20220823"), one.act) for one in days] == [
        (0, Act.FLAG),
        (1, Act.CORROBORATE),
        (2, Act.CORROBORATE),
    ]
    assert all(one.rule_id == "hot-spot-burst" and len(one.evidence) > 30 for one in days)


def test_with_the_texts_of_that_week_they_add_to_the_concern_of_the_day_before() -> None:
    days = shown(some("20220720", "20220825"), PLANT, "20220822", "20220825")
    assert days[0].act is Act.FLAG
    assert {one.act for one in days[1:]} == {Act.CORROBORATE}
    assert {one.day - day_number("20220822") for one in days} == {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("facility_id", "date"),
    [(PLANT, "20220927"), (PLANT, "20221001"), (PLANT, "20221012"), (KYIV, "20221025"), (KREM, "20221025")],
)
def test_a_strike_told_by_name_is_found_wherever_it_was_placed(facility_id: str, date: str) -> None:
    (first, *_) = shown(some("20220920", "20221025"), facility_id, date, date)
    assert first.rule_id in {"text-named", "power-lost"}
    if facility_id == PLANT:
        assert any(
            "only its words tie it" in said
            for one in shown(some("20220920", "20221025"), PLANT, date, date)
            for said in one.counter_evidence
        )


def test_the_substations_of_25_october_are_flagged() -> None:
    done = some("20220920", "20221025")
    for facility_id in (KYIV, KREM):
        assert [one.act for one in shown(done, facility_id, "20221025", "20221025")] == [Act.FLAG]


@pytest.mark.long
def test_the_day_of_field_burning_flags_at_most_three() -> None:
    assert replayed().flagged_by_watch[day_number("20220323")] <= 3


@pytest.mark.long
def test_the_steelworks_beside_the_dam_flag_at_most_three_in_the_year() -> None:
    by_heat = [
        one
        for one in replayed().findings
        if one.facility_id == "F-DNIPRO" and one.act is Act.FLAG and one.rule_id == "hot-spot-burst"
    ]
    assert len(by_heat) <= 3


@pytest.mark.long
def test_the_load_of_a_watch_stays_within_what_a_person_can_look_at() -> None:
    load = replayed().load
    assert load.watches == 365
    assert load.median <= 5
    assert load.worst <= 20
    assert load.flagged >= 20, "a watch that flags nothing is quiet too"


@pytest.mark.long
def test_every_finding_shown_says_why_on_what_and_what_speaks_against_it() -> None:
    for one in replayed().findings:
        assert one.reason.endswith(".")
        if one.act in SHOWN:
            assert one.evidence
            assert one.counter_evidence


@pytest.mark.long
def test_the_wave_of_23_november_is_one_campaign() -> None:
    campaigns = group(replayed().findings, [system_of(facilities())], DEFAULT_RULES, year_2022().sightings)
    first, last = day_number("20221123"), day_number("20221124")
    of_it = [one for one in campaigns if first <= one.until_at // 86_400_000_000 <= last]
    assert len(of_it) == 1
    assert of_it[0].places >= 5


@pytest.mark.long
def test_the_page_states_the_figures_that_the_benchmark_prints() -> None:
    root = Path(__file__).parents[3]
    spec = importlib.util.spec_from_file_location("watch_labels", root / "benchmarks" / "watch_labels.py")
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    measured = benchmark.measured()
    page = (root / "docs" / "watch.md").read_text(encoding="utf-8")
    stated = {"all": "all", "without_A2": "without A2 (own settlement)"}
    for key, name in stated.items():
        one = measured["even_months"][key]
        labels = sum(one[part] for part in ("right", "false", "missed", "quiet"))
        figures = f"{labels} | {one['right']} | {one['false']} | {one['missed']}"
        assert f"| {name} | {figures} | {one['precision']:.2f} | {one['recall']:.2f} |" in page
    load = measured["load"]
    worst = load["all_of_a_day_in_one_watch"]
    assert f"| flagged in the year | {load['flagged_in_the_year']} (" in page
    assert f"| median {worst['median']}, worst {worst['worst']} |" in page
    assert f"`{measured['rules']}`" in page

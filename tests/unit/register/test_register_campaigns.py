"""Strikes on many sites of one system in one window are one grouped concern.

The wave of 15 November 2022 is told here in our own words: the shared reports have nothing of that day. That of 23
November, which they have, is in test_register_watch_year.py.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.core.instants import HOUR_US, parse_rfc3339
from armslength.register.campaigns import Sighting, System, group, speaks_of_system
from armslength.register.flag_types import Act, Finding
from armslength.register.observations import day_of
from armslength.register.rules import DEFAULT_RULES, read_rules

AT = parse_rfc3339("2022-11-15T13:30:00Z")
CITIES = {
    "Kyiv": (504_500_000, 305_230_000),
    "Lviv": (498_400_000, 240_300_000),
    "Kharkiv": (499_900_000, 362_300_000),
    "Zhytomyr": (502_500_000, 286_600_000),
    "Rivne": (506_200_000, 262_500_000),
}
WAVE = [
    Sighting(
        system="energy",
        at=type(AT)(AT + n * HOUR_US),
        report_id=f"R-{city}",
        lat_e7=lat,
        lon_e7=lon,
        kind="EVENT",
        what="MISSILE-STRIKE",
        text_key=f"text of {city}",
    )
    for n, (city, (lat, lon)) in enumerate(CITIES.items())
]
GRID = System(system="energy", members={"F-RNPP": (513_245_000, 258_974_000), "G-21888": (487_477_000, 375_723_000)})


def named(facility_id: str, *evidence: str, act: Act = Act.FLAG, rule_id: str = "text-named") -> Finding:
    return Finding(
        facility_id=facility_id,
        day=day_of(AT),
        act=act,
        rule_id=rule_id,
        reason="so",
        evidence=evidence,
        counter_evidence=(),
        rank=60,
        certainty="CERTAIN",
    )


def test_the_wave_of_15_november_2022_is_one_grouped_concern() -> None:
    morning = replace(WAVE[0], at=parse_rfc3339("2022-11-16T07:00:00Z"), report_id="R-next", text_key="count of it")
    (one,) = group([named("F-RNPP", "R-Rivne")], [GRID], DEFAULT_RULES, [*WAVE, morning])
    assert (one.system, one.places, one.facility_ids) == ("energy", 5, ("F-RNPP",))
    assert (one.from_at, one.until_at) == (parse_rfc3339("2022-11-15T00:00:00Z"), morning.at)
    assert set(one.evidence) == {sighting.report_id for sighting in [*WAVE, morning]}
    assert "5 places of the energy system" in one.reason


@pytest.mark.parametrize("count", [1, 2])
def test_two_places_may_be_chance(count: int) -> None:
    assert group([], [], DEFAULT_RULES, WAVE[:count]) == ()


def test_three_reports_of_one_place_are_no_campaign() -> None:
    near = [replace(WAVE[0], report_id=f"R-{n}", text_key=f"{n}", lat_e7=504_500_000 + n * 100_000) for n in range(4)]
    assert group([], [], DEFAULT_RULES, near) == ()


def test_one_round_up_placed_on_five_cities_is_no_campaign() -> None:
    assert group([], [], DEFAULT_RULES, [replace(one, text_key="one text") for one in WAVE]) == ()


def test_strikes_days_apart_are_no_campaign() -> None:
    apart = [replace(one, at=type(AT)(AT + n * 30 * HOUR_US)) for n, one in enumerate(WAVE)]
    assert group([], [], DEFAULT_RULES, apart) == ()


@pytest.mark.parametrize("changes", [{"kind": "DENIAL"}, {"what": "OTHER-ACTIVITY"}])
def test_denials_and_talk_do_not_count(changes: dict[str, str]) -> None:
    assert group([], [], DEFAULT_RULES, [replace(one, **changes) for one in WAVE]) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "finding",
    [
        named("F-RNPP", "R-9", act=Act.SUPPRESS),
        named("F-RNPP", "R-9", rule_id="hot-spot-burst"),
        named("F-ELSE", "R-9"),
    ],
)
def test_what_tells_of_no_strike_on_the_system_does_not_count(finding: Finding) -> None:
    assert group([finding], [GRID], DEFAULT_RULES, WAVE[:2]) == ()
    assert len(group([named("F-RNPP", "R-9")], [GRID], DEFAULT_RULES, WAVE[:2])) == 1


def test_the_city_on_which_a_plants_report_was_placed_is_no_second_place() -> None:
    # The report that names the plant was placed on Kharkiv: with it there are two places, and not three.
    seen = [WAVE[0], replace(WAVE[2], report_id="R-9"), replace(WAVE[0], report_id="R-8", text_key="third")]
    assert group([named("F-RNPP", "R-9")], [GRID], DEFAULT_RULES, seen) == ()


def test_two_systems_are_two_campaigns() -> None:
    ports = [replace(one, system="ports") for one in WAVE]
    assert [one.system for one in group([], [], DEFAULT_RULES, [*WAVE, *ports])] == ["energy", "ports"]


def test_the_rule_can_be_switched_off() -> None:
    assert group([], [], read_rules("[rules.campaign]\non = false"), WAVE) == ()


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Удар по підстанції на Львівщині", True),
        ("Ракета влучила в електропідстанцію", True),
        ("Поражена ТЭЦ в городе", True),
        ("A power plant was hit", True),
        ("Пошкоджено об'єкт енергетичної інфраструктури", True),
        ("Удар по аеродрому", False),
        ("Потяг ішов до Тесова", False),
    ],
)
def test_words_say_that_the_energy_system_is_meant(text: str, *, speaks: bool) -> None:
    assert speaks_of_system(text, DEFAULT_RULES) is speaks

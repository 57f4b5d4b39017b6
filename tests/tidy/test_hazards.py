"""Every awkward record of the real data has a test that shows what it asks for, and that test exists."""

from __future__ import annotations

import ast
import json

import pytest

from builders.shared_data import shared_data
from tidy.house import ROOT, tree

_SITES = "tests/unit/adapters/test_sites_shared.py"
_FEEDS = "tests/unit/adapters/test_feeds_shared.py"
_NAMES = "tests/unit/register/test_register_names.py"
_CASES = "tests/unit/register/test_register_hazard_cases.py"
_YEAR = "tests/unit/register/test_register_watch_year.py"
_MERGING = "tests/unit/register/test_register_merging.py"
_FLAGGING = "tests/unit/register/test_register_flagging.py"

SHOWN_BY: dict[str, list[str]] = {
    "H01": [
        f"{_NAMES}::test_strikes_at_the_plant_that_were_placed_in_the_city_are_found_by_name",
        f"{_YEAR}::test_a_strike_told_by_name_is_found_wherever_it_was_placed",
    ],
    "H02": [
        f"{_CASES}::test_h02_one_text_placed_on_two_cities_is_kept_once_with_both_events",
        f"{_FEEDS}::test_h02_one_text_at_two_places_is_one_key_and_both_ids_stay",
    ],
    "H03": [f"{_CASES}::test_h03_a_wrong_name_of_the_place_does_not_hide_the_plant_that_the_text_names"],
    "H04": [
        f"{_CASES}::test_h04_the_middle_of_enerhodar_is_possibly_inside_by_point_and_inside_by_the_outline_of_the_site"
    ],
    "H05": [f"{_CASES}::test_h05_the_middle_of_a_city_is_possibly_near_the_dam_and_raises_nothing_by_that"],
    "H06": [
        f"{_NAMES}::test_a_homonym_in_luhansk_oblast_is_attached_to_nothing",
        f"{_NAMES}::test_the_reports_of_2022_name_these_and_no_others",
    ],
    "H07": [
        f"{_YEAR}::test_the_substations_of_25_october_are_flagged",
        f"{_NAMES}::test_the_reports_of_2022_name_these_and_no_others",
    ],
    "H08": [f"{_YEAR}::test_the_substations_of_25_october_are_flagged"],
    "H09": [
        f"{_CASES}::test_h09_a_denial_that_a_machine_took_for_events_raises_nothing",
        f"{_FEEDS}::test_h09_a_denial_is_no_event",
        f"{_FLAGGING}::test_a_denial_never_raises_and_is_shown_beside_what_it_denies",
    ],
    "H10": [f"{_FEEDS}::test_h10_a_bare_carriage_return_is_content"],
    "H11": [f"{_FEEDS}::test_h11_runs_of_quotes_stay_in_the_text"],
    "H12": [f"{_FEEDS}::test_h12_a_row_without_a_place_is_accepted_and_known_badly"],
    "H13": [
        f"{_FEEDS}::test_h13_a_round_up_in_nine_places_is_one_group",
        "tests/unit/register/test_register_duplicates.py::test_one_text_in_several_places_and_days_is_linked_to_the_first",
    ],
    "H14": [
        f"{_SITES}::test_h14_the_reactors_of_zaporizhzhia_are_one_site_and_3_km_off",
        f"{_MERGING}::test_h14_two_sources_of_one_plant_keep_both_points_and_raise_the_alarm",
    ],
    "H15": [
        f"{_CASES}::test_h15_one_fire_at_two_plants_is_one_concern_that_names_both",
        f"{_SITES}::test_h15_the_plant_and_the_thermal_plant_beside_it_stay_two",
    ],
    "H16": [
        f"{_SITES}::test_h16_shared_points_are_no_ground_to_merge",
        f"{_MERGING}::test_h16_no_merge_by_coordinates_alone",
    ],
    "H17": [f"{_SITES}::test_h17_misspelt_and_renamed_plants_are_found_by_their_present_names"],
    "H18": [
        f"{_SITES}::test_h18_outputs_in_free_text",
        "tests/unit/core/test_core_quantities.py::test_h18_power_in_free_text",
    ],
    "H19": [
        f"{_SITES}::test_h19_the_kakhovka_plant_of_the_map_is_no_more",
        "tests/unit/register/test_register_facility_body.py::test_an_event_after_its_end_is_not_held_against_a_facility",
    ],
    "H20": [f"{_CASES}::test_h20_the_steelworks_beside_the_dam_raise_no_concern_a_day"],
    "H21": [
        f"{_CASES}::test_h21_the_burst_of_august_raises_exactly_there",
        f"{_YEAR}::test_the_fires_at_the_plant_of_23_to_25_august_are_one_concern_that_grows",
    ],
    "H22": [f"{_CASES}::test_h22_a_day_of_field_burning_raises_three_at_most_and_one_a_facility"],
    "H23": [f"{_FEEDS}::test_h23_a_time_that_lost_its_zeros_is_utc_and_may_be_the_next_day_in_kyiv"],
    "H24": [f"{_FEEDS}::test_h24_two_scales_of_confidence_are_one_and_the_original_is_kept"],
    "H25": [f"{_FEEDS}::test_h25_what_is_known_to_a_raion_or_worse_is_never_inside_thirty_kilometres"],
    "H26": [f"{_FEEDS}::test_h26_an_event_of_days_is_an_interval"],
    "H27": [f"{_FEEDS}::test_h27_the_second_header_is_passed_over"],
    "H28": [
        f"{_FEEDS}::test_h28_alarms_are_context_long_swapped_and_nested_ones_too",
        f"{_FLAGGING}::test_an_alarm_is_context_and_raises_nothing",
    ],
    "H29": [
        f"{_CASES}::test_h29_distances_are_those_of_the_ellipsoid_and_a_sphere_would_flip_hundreds",
        "tests/unit/test_bulk.py::test_the_reference_join_is_reproduced",
    ],
    "H30": [
        f"{_CASES}::test_h30_the_base_map_has_crimea_within_ukraine",
        f"{_CASES}::test_h30_no_other_map_of_the_world_is_shipped_or_asked_for",
    ],
    "H31": [
        f"{_SITES}::test_h31_one_code_behind_the_spellings_of_a_region_s_city",
        "tests/unit/register/test_register_admin_names.py::test_every_spelling_has_the_one_key",
    ],
    "H32": [
        f"{_SITES}::test_h32_the_dniester_dam_and_kyiv_chp_5_stand_elsewhere_by_their_own_source",
        f"{_MERGING}::test_h32_a_wrong_point_is_found_by_the_second_source",
    ],
    "H33": [f"{_SITES}::test_h33_look_alike_letters_are_kept_and_folded"],
    "H34": [f"{_FEEDS}::test_h34_apostrophes_and_hidden_characters_hide_nothing"],
    "H35": [
        f"{_FEEDS}::test_h35_the_language_is_told_text_by_text",
        "tests/unit/language/test_language_detect.py::test_the_reports_of_2022_are_nearly_all_told",
    ],
}
"""Case -> the tests that show what it asks for."""


def test_every_case_of_the_data_has_its_row_and_no_row_is_without_a_case() -> None:
    text = (shared_data("hazards") / "hazards.jsonl").read_text(encoding="utf-8")
    cases = [json.loads(line)["case"] for line in text.splitlines() if line.strip()]
    assert len(cases) == len(set(cases)) == 35
    assert sorted(SHOWN_BY) == sorted(cases)


@pytest.mark.parametrize("case", sorted(SHOWN_BY))
def test_the_tests_of_a_case_exist_and_are_collected(case: str) -> None:
    assert SHOWN_BY[case]
    missing = []
    for named in SHOWN_BY[case]:
        path, _, name = named.partition("::")
        file = ROOT / path
        found = file.exists() and any(
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name for node in tree(file).body
        )
        # pytest collects functions at the top of files of this name only.
        if not found or not file.name.startswith("test_") or not name.startswith("test_"):
            missing.append(named)
    assert missing == []


def test_no_test_shows_more_cases_than_a_reader_would_believe() -> None:
    named = [test for tests in SHOWN_BY.values() for test in tests]
    assert max(named.count(test) for test in named) <= 3

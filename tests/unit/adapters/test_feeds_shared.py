"""The awkward real records: each named case of the shared data comes out as it asks.

The texts of VIINA stay where they lie; here are ids, counts and our own words only.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.feeds import read_feed, told_by
from armslength.adapters.sites_reading import UKRAINE
from armslength.core.folding import fold
from armslength.core.instants import DAY_US, local_text, parse_rfc3339, rfc3339
from armslength.register.duplicates import text_key
from armslength.register.matching import answer_for
from armslength.register.reports import ReportKind
from builders.shared_data import shared_data

if TYPE_CHECKING:
    from armslength.register.importing import ImportRun
    from armslength.register.reports import Report

OPTIONS = FeedOptions(received_at=parse_rfc3339("2023-01-01T00:00:00Z"))
VIINA_ROWS, UCDP_ROWS, SIREN_ROWS, FIRMS_ROWS = 2_060, 2_677, 17_493, 133_979


@cache
def run(folder: str, name: str) -> ImportRun[Report]:
    return read_feed(shared_data(folder) / name, OPTIONS)


@cache
def viina() -> dict[str, Report]:
    found = run("viina_infra", "viina_infra_2022.csv.gz")
    return {(report.report_id or "").rpartition(":")[2]: report for report in found.accepted}


@cache
def raw_viina() -> dict[str, dict[str, str]]:
    data = gzip.decompress((shared_data("viina_infra") / "viina_infra_2022.csv.gz").read_bytes()).decode()
    return {row["event_id_1pd"]: row for row in csv.DictReader(io.StringIO(data, newline=""))}


def hazard(case: str) -> dict[str, Any]:
    lines = (shared_data("hazards") / "hazards.jsonl").read_text(encoding="utf-8").splitlines()
    found: dict[str, Any] = next(one for one in map(json.loads, lines) if one["case"] == case)["rec"]
    return found


@pytest.mark.parametrize(
    ("folder", "name", "reader", "rows"),
    [
        ("firms_min", "firms_ua_2022.csv.gz", "firms", FIRMS_ROWS),
        ("firms_full", "MODIS-2021.csv.gz", "firms", 10_796),
        ("viina_infra", "viina_infra_2022.csv.gz", "viina", VIINA_ROWS),
        ("ucdp_ged_ua", "ucdp_ged_ua_open.csv.gz", "ucdp", UCDP_ROWS),
        ("air_raid_sirens", "sirens_official_open.csv.gz", "sirens", SIREN_ROWS),
    ],
)
def test_every_row_of_the_real_files_is_read_and_the_file_tells_its_reader(
    folder: str, name: str, reader: str, rows: int
) -> None:
    found = run(folder, name)
    assert told_by(shared_data(folder) / name, OPTIONS) == reader
    assert (found.rows_read, len(found.accepted), found.refused_count) == (rows, rows, 0)
    assert len({report.report_id for report in found.accepted}) == rows


def test_h02_one_text_at_two_places_is_one_key_and_both_ids_stay() -> None:
    group = [one for one in viina().values() if text_key(one) == text_key(viina()[hazard("H02")["id"]])]
    assert len(group) > 1
    assert len({one.place for one in group}) > 1
    linked = [link for one in group for link in one.links if link[0] == "SAME-TEXT"]
    assert len(linked) == len(group) - 1
    assert len(set(linked)) == 1


def test_h09_a_denial_is_no_event() -> None:
    assert {viina()[one].kind for one in hazard("H09")["ids"]} == {ReportKind.DENIAL}
    # Few of the 35 rows that hold a word of denial deny; a quotation is no denial.
    assert sum(one.kind is ReportKind.DENIAL for one in viina().values()) <= 40


def test_h10_a_bare_carriage_return_is_content() -> None:
    for one in hazard("H10")["ids"]:
        assert "\r" in viina()[one].text
    assert sum("\r" in one.text for one in viina().values()) == 30


def test_h11_runs_of_quotes_stay_in_the_text() -> None:
    for one in hazard("H11")["ids"]:
        assert viina()[one].text == raw_viina()[one]["representative_text"]
        assert re.search('"{4}', viina()[one].text)


def test_h12_a_row_without_a_place_is_accepted_and_known_badly() -> None:
    without = [key for key, one in viina().items() if not one.place_name]
    assert set(hazard("H12")["ids"]) <= set(without)
    assert len(without) == 16
    assert {(viina()[one].located_by, viina()[one].uncertainty_m) for one in without} == {("UNSTATED", 50_000)}


def test_h13_a_round_up_in_nine_places_is_one_group() -> None:
    group = [viina()[one] for one in hazard("H13")["ids"]]
    assert len({one.place for one in group}) == hazard("H13")["places"]
    assert len({text_key(one) for one in group}) == 1
    first = next(one for one in group if not [link for link in one.links if link[0] == "SAME-TEXT"])
    assert all(("SAME-TEXT", first.report_id) in one.links for one in group if one is not first)


def test_h23_a_time_that_lost_its_zeros_is_utc_and_may_be_the_next_day_in_kyiv() -> None:
    data = gzip.decompress((shared_data("firms_full") / "MODIS-2021.csv.gz").read_bytes()).decode()
    lost = re.sub(r"(,[0-9-]{10},)0{1,3}([0-9]+,)", r"\1\2", data)
    assert lost != data
    kept, read = run("firms_full", "MODIS-2021.csv.gz").accepted, read_feed(("lost.csv", lost.encode()), OPTIONS)
    assert [one.from_at for one in read.accepted] == [one.from_at for one in kept]
    assert [one.report_id for one in read.accepted] == [one.report_id for one in kept]
    late = next(one for one in kept if one.from_at % DAY_US >= 22 * 3_600_000_000)
    assert int(local_text(late.from_at, "Europe/Kyiv").split()[0]) != int(rfc3339(late.from_at)[8:10])


def test_h24_two_scales_of_confidence_are_one_and_the_original_is_kept() -> None:
    modis, viirs = (run("firms_full", name).accepted for name in ("MODIS-2021.csv.gz", "VIIRS-2022-nrt.csv.gz"))
    assert {one.grade.credibility for one in modis} == {one.grade.credibility for one in viirs} == {2, 3, 4}
    nought = [one for one in modis if "confidence 0 as FIRMS" in one.text]
    assert nought
    assert {one.grade.credibility for one in nought} == {4}
    assert all(re.search(r"confidence [lnh] as FIRMS states it", one.text) for one in viirs)


def test_static_sources_are_said_and_the_footprint_is_the_uncertainty() -> None:
    modis = run("firms_full", "MODIS-2021.csv.gz").accepted
    assert any("static source" in one.text for one in modis)
    assert (min(one.uncertainty_m for one in modis), max(one.uncertainty_m for one in modis)) == (1_000, 4_800)
    assert {one.located_by for one in modis} == {"PIXEL"}


def test_h25_what_is_known_to_a_raion_or_worse_is_never_inside_thirty_kilometres() -> None:
    coarse = [one for one in run("ucdp_ged_ua", "ucdp_ged_ua_open.csv.gz").accepted if one.located_by != "SETTLEMENT"]
    assert len(coarse) == 15 + 375 + 190 + 2 + 1
    assert all(answer_for(0.0, one.uncertainty_m, 30_000).value != "INSIDE" for one in coarse)
    assert Counter(one.place for one in coarse).most_common(1)[0][1] == 285


def test_h26_an_event_of_days_is_an_interval() -> None:
    days = [
        round((one.until_at - one.from_at) / DAY_US) for one in run("ucdp_ged_ua", "ucdp_ged_ua_open.csv.gz").accepted
    ]
    assert sum(one > 1 for one in days) == 579
    assert sum(one > 8 for one in days) == 71
    assert max(days) == 365


def test_h27_the_second_header_is_passed_over() -> None:
    assert run("ucdp_ged_ua", "ucdp_ged_ua_open.csv.gz").skipped == (("HXL-ROW", 1),)


def test_h28_alarms_are_context_long_swapped_and_nested_ones_too() -> None:
    alarms = run("air_raid_sirens", "sirens_official_open.csv.gz").accepted
    assert {(one.kind, one.what) for one in alarms} == {(ReportKind.WARNING, "AIR-ALERT")}
    (longest,) = (one for one in alarms if "87.9 h" in one.text)
    assert longest.region == "UA-09"
    (swapped,) = (one for one in alarms if "wrong way round" in one.text)
    assert swapped.region == "UA-53"
    assert all(one.uncertainty_m >= 30_000 and not one.links for one in alarms)


def test_h34_apostrophes_and_hidden_characters_hide_nothing() -> None:
    curly = [one for one in viina().values() if "\u2019" in one.text]
    hidden = [one for one in viina().values() if re.search("[\u00a0\u00ad\u200b-\u200d\u2060\ufeff]", one.text)]
    assert curly
    assert hidden
    for one in curly:
        assert fold(one.text) == fold(one.text.replace("\u2019", "'"))
    for one in hidden:
        bare = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", one.text).replace("\u00a0", " ")
        assert fold(one.text) == fold(bare)


def test_h35_the_language_is_told_text_by_text() -> None:
    found = Counter(one.language for one in viina().values())
    assert found["uk"] > 1_300
    assert found["ru"] > 400
    assert found["und"] < 200
    assert set(found) <= {"uk", "ru", "mul", "und", "en"}


def test_places_are_never_measured_and_cities_are_wider_than_villages() -> None:
    assert {one.located_by for one in viina().values()} == {"SETTLEMENT", "UNSTATED"}
    city = next(one for one in viina().values() if one.place_name == "Zaporizhzhya")
    town = next(one for one in viina().values() if one.place_name == "Enerhodar")
    assert (city.uncertainty_m, town.uncertainty_m) == (13_000, 3_000)
    # 5.42 km from the reactors by its middle: not inside 5 km of the point, and not outside either.
    assert answer_for(5_420.0, town.uncertainty_m, 5_000).value == "POSSIBLY"


def test_a_region_refuses_swapped_axes_of_a_real_file() -> None:
    path = shared_data("firms_full") / "VIIRS-2022-nrt.csv.gz"
    data = gzip.decompress(path.read_bytes()).replace(b"latitude,longitude", b"longitude,latitude", 1)
    boxed = FeedOptions(received_at=OPTIONS.received_at, region=UKRAINE)
    found = read_feed(("swapped.csv", data), boxed)
    assert (len(found.accepted), found.refused_count) == (0, found.rows_read)

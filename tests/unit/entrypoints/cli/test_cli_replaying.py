"""The watch over the past, out of files: what it flags, how much a watch gets, what it held back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.cli_homes import command, done

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

REPORTS = "src/armslength/entrypoints/demo_data/firms_znpp_2022-08.csv"
FACILITIES = """facility_id,name_en,name_uk,name_ru,kind,lat,lon,coord_source
F-ZNPP,Zaporizhzhia NPP,Запорізька АЕС,Запорожская АЭС,nuclear,47.5119,34.5863,GPPD
F-KREM,Kremenchuk HPP,Кременчуцька ГЕС,Кременчугская ГЭС,dam,49.0767,33.2511,GPPD
F-BAD,No place,,,coal,,33.2511,GPPD
"""


@pytest.fixture
def words(tmp_path: Path) -> Sequence[str]:
    path = tmp_path / "sites.csv"
    path.write_text(FACILITIES, encoding="utf-8")
    return ("watch", "replay", "--facilities", str(path), "--reports", REPORTS)


def test_a_past_is_judged_by_day_and_by_watch(words: Sequence[str]) -> None:
    out = done(*words).out
    assert out.startswith("REPLAY  58 reports against 2 facilities by the rules default, version ")
    assert "  refused, row 4: " in out
    assert "2022-08-23  F-ZNPP, Zaporizhzhia NPP: rank 60, POSSIBLE\n            [hot-spot-burst] " in out
    assert "1 in the worst, the one from 2022-08-23T16:00Z.\n" in out
    found = done(*words, "--json").json
    assert (found["load"]["flagged"], found["load"]["worst"]) == (1, 1)
    assert found["load"]["watches"] > 3 * 20
    assert found["by_facility"][0]["facility"] == "F-ZNPP"


def test_other_rules_and_other_days_give_other_concerns(words: Sequence[str], tmp_path: Path) -> None:
    assert done(*words, "--until", "2022-08-10", "--json").json["load"]["flagged"] == 0
    assert done(*words, "--since", "2022-08-22", "--json").json["reports"] < 58
    from armslength.register.default_rules import DEFAULT_RULES_TOML

    rules = tmp_path / "rules.toml"
    text = DEFAULT_RULES_TOML.replace("[rules.hot-spot-burst]", "[rules.hot-spot-burst]\non = false")
    rules.write_text(text, encoding="utf-8")
    assert done(*words, "--rules", str(rules), "--json").json["load"]["flagged"] == 0
    said = command(*words, "--since", "yesterday")
    assert said.err.startswith("TIME-")


def test_several_files_are_one_past_and_a_report_in_two_of_them_is_one(words: Sequence[str], tmp_path: Path) -> None:
    further = tmp_path / "further.csv"
    further.write_text("latitude,longitude,acq_date\n47.5119,34.5863,2022-08-24\n", encoding="utf-8")
    assert done(*words, REPORTS, str(further), "--json").json["reports"] == 58 + 1

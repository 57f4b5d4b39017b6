"""The hand-made labels of the watch keep their form, and name reports that exist on the day they say."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from builders.shared_data import shared_data
from tidy.house import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LABELS = ROOT / "tests/labels/watch_2022.csv"
COLUMNS = ["label_id", "facility_id", "date", "stratum", "reports", "label", "reason"]
STRATA = {"K", "A0", "A1", "A2", "B", "C0", "C1", "C2", "C3", "D"}
LABELS_MIN = 200
REPORTS_MAX = 6
REASON = re.compile(r"[a-zA-Z0-9 ,.\-]{8,90}")
REPORT = re.compile(r"\d{1,7}|firms-2022-\d{6}")
FACILITY = re.compile(r"F-[A-Z]+|G-\d{5}")
KNOWN = {
    ("F-ZNPP", "2022-08-23"),
    ("F-ZNPP", "2022-08-24"),
    ("F-ZNPP", "2022-08-25"),
    ("F-ZNPP", "2022-09-27"),
    ("F-ZNPP", "2022-10-01"),
    ("F-ZNPP", "2022-10-12"),
    ("F-KYIV", "2022-10-25"),
    ("F-KREM", "2022-10-25"),
}


@cache
def _rows() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _days_of(path: Path, key: str, day: str) -> dict[str, str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return {row[key]: row[day].replace("-", "") for row in csv.DictReader(lines)}


def _of_form(row: dict[str, str]) -> bool:
    reports = row["reports"].split(" ") if row["reports"] else []
    return (
        FACILITY.fullmatch(row["facility_id"]) is not None
        and dt.date.fromisoformat(row["date"]).isoformat() == row["date"]
        and row["date"].startswith("2022-")
        and row["stratum"] in STRATA
        and row["label"] in {"0", "1"}
        and REASON.fullmatch(row["reason"]) is not None
        and all(REPORT.fullmatch(report) for report in reports)
        and len(reports) == len(set(reports)) <= REPORTS_MAX
        and bool(reports) == (row["stratum"] != "D")
    )


def test_there_are_enough_labels_and_each_is_of_the_form() -> None:
    assert len(_rows()) >= LABELS_MIN
    assert list(_rows()[0]) == COLUMNS
    assert [row for row in _rows() if not _of_form(row)] == []


def test_a_facility_day_is_labelled_once_and_the_table_is_in_order() -> None:
    days = [(row["date"], row["facility_id"]) for row in _rows()]
    assert days == sorted(set(days))
    assert [row["label_id"] for row in _rows()] == [f"L{number:03d}" for number in range(1, len(days) + 1)]


def test_every_month_is_there_and_both_halves_can_be_scored() -> None:
    assert {row["date"][5:7] for row in _rows()} == {f"{month:02d}" for month in range(1, 13)}
    scored = [row for row in _rows() if row["stratum"] != "K"]
    for rest in (0, 1):
        half = [row["label"] for row in scored if int(row["date"][5:7]) % 2 == rest]
        assert half.count("1") >= 20
        assert half.count("0") >= 100


def test_a_known_answer_is_marked_so_and_nothing_else_is() -> None:
    assert {(row["facility_id"], row["date"]) for row in _rows() if row["stratum"] == "K"} == KNOWN
    assert all(row["label"] == "1" for row in _rows() if row["stratum"] in {"K", "A1", "A2"})
    assert all(row["label"] == "0" for row in _rows() if row["stratum"] in {"A0", "C0", "D"})


@pytest.mark.parametrize("stratum", sorted(STRATA))
def test_the_rule_explains_every_stratum(stratum: str) -> None:
    assert f"\n| {stratum} | " in (ROOT / "tests/labels/RULE.md").read_text(encoding="utf-8")


def test_the_licence_of_the_reports_stands_beside_the_labels() -> None:
    source = (ROOT / "tests/labels/SOURCE.md").read_text(encoding="utf-8")
    notice = "Contains information from VIINA 2.0 (Yuri Zhukov and Natalie Ayers), made available under ODbL v1.0"
    assert notice in source
    assert "FIRMS" in source


def test_every_report_exists_on_the_day_of_its_label() -> None:
    days = _days_of(shared_data("viina_infra") / "viina_infra_2022.csv.gz", "event_id_1pd", "date")
    days |= _days_of(shared_data("firms_min") / "firms_ua_2022.csv.gz", "event_id", "ACQ_DATE")
    wrong = [
        (row["label_id"], report, days.get(report))
        for row in _rows()
        for report in row["reports"].split()
        if days.get(report) != row["date"].replace("-", "")
    ]
    assert wrong == []


def test_every_facility_is_of_the_register() -> None:
    path = shared_data("reference_join") / "facilities.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        known = {row["facility_id"] for row in csv.DictReader(lines)}
    assert {row["facility_id"] for row in _rows()} <= known

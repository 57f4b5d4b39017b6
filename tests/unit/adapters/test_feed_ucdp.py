"""UCDP events say how far their place and their days are known, and the reports say it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.feed_ucdp import read_ucdp
from armslength.adapters.format_unpack import open_bytes
from armslength.core.instants import parse_rfc3339, rfc3339

if TYPE_CHECKING:
    from armslength.register.reports import Report

OPTIONS = FeedOptions(received_at=parse_rfc3339("2022-06-01T00:00:00Z"))
NAMES = (
    "id,relid,number_of_sources,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,"
    "latitude,longitude,country,iso3,event_clarity,date_prec,date_start,date_end,side_a,side_b,best,high,low"
)
EVENT = {
    "id": "147997",
    "relid": "UKR-2014-1",
    "number_of_sources": "5",
    "source_headline": "Shelling of a village kills two",
    "source_original": "A ministry",
    "where_prec": "1",
    "where_coordinates": "Selo village",
    "where_description": "near the road",
    "adm_1": "Donetsk oblast",
    "latitude": "48.140000",
    "longitude": "37.740000",
    "country": "Ukraine",
    "iso3": "UKR",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2014-07-11 00:00:00.000",
    "date_end": "2014-07-11 00:00:00.000",
    "side_a": "Government",
    "side_b": "DPR",
    "best": "2",
    "high": "3",
    "low": "2",
}
HXL = "#id,,,,,,#loc+name,,#adm1+name,#geo+lat,#geo+lon,#country+name,#country+code,,,#date+start,#date+end,,,,,"


def read(*rows: str) -> tuple[tuple[Report, ...], tuple[int, ...], dict[str, int]]:
    with open_bytes("\n".join([NAMES, *rows, ""]).encode(), "ged.csv") as file:
        run = read_ucdp(file, OPTIONS)
    return run.accepted, tuple(row.row for row in run.refused), dict(run.skipped)


def row(**cells: str) -> str:
    return ",".join({**EVENT, **cells}[name] for name in NAMES.split(","))


def one(**cells: str) -> Report:
    accepted, refused, _ = read(row(**cells))
    assert refused == ()
    return accepted[0]


def test_an_event_says_all_that_its_row_holds() -> None:
    report = one()
    assert (report.report_id, report.what, report.grade.short) == ("ucdp:147997", "SHELLING", "B2")
    assert (report.who_says, report.stands_for, report.region) == ("A ministry", 5, "UA-14")
    assert report.text == (
        "Shelling of a village kills two. Place as UCDP words it: near the road. Government against DPR. "
        "Deaths: 2, from 2 to 3."
    )


@pytest.mark.parametrize(
    ("where_prec", "located_by", "low", "high"),
    [
        ("1", "SETTLEMENT", 5_000, 5_000),
        ("2", "SETTLEMENT", 25_000, 25_000),
        ("3", "DISTRICT", 30_001, 50_000),
        ("4", "REGION", 140_000, 200_000),
        ("5", "REGION", 100_000, 100_000),
        ("6", "COUNTRY", 200_000, 200_000),
        ("7", "UNSTATED", 200_000, 200_000),
    ],
)
def test_the_code_of_the_place_is_its_uncertainty(where_prec: str, located_by: str, low: int, high: int) -> None:
    report = one(where_prec=where_prec)
    assert report.located_by == located_by
    assert low <= report.uncertainty_m <= high


def test_an_event_of_several_days_is_an_interval_of_local_days() -> None:
    report = one(date_prec="3", date_end="2014-07-17 00:00:00.000")
    assert (rfc3339(report.from_at), rfc3339(report.until_at)) == ("2014-07-10T21:00:00Z", "2014-07-17T20:59:59.999Z")
    abroad = one(country="Syria", iso3="SYR", adm_1="Aleppo")
    assert (rfc3339(abroad.from_at), rfc3339(abroad.until_at)) == ("2014-07-10T10:00:00Z", "2014-07-12T11:59:59.999Z")
    assert abroad.region == ""


def test_the_second_header_is_passed_over() -> None:
    accepted, refused, skipped = read(HXL, row())
    assert (len(accepted), refused, skipped) == (1, (), {"HXL-ROW": 1})


@pytest.mark.parametrize(
    "cells",
    [
        {"where_prec": "8"},
        {"where_prec": ""},
        {"date_prec": "0"},
        {"date_start": "11.07.2014"},
        {"date_end": "2014-07-10 00:00:00.000"},
        {"id": "x"},
        {"latitude": ""},
        {"event_clarity": "3"},
    ],
)
def test_a_wrong_value_refuses_its_row(cells: dict[str, str]) -> None:
    accepted, refused, _ = read(row(**cells), row(id="2"))
    assert (len(accepted), refused) == (1, (2,))


@pytest.mark.parametrize(("count", "stands_for"), [("-1", 1), ("", 1), ("0", 1), ("12", 12), ("9" * 9, 1_000_000)])
def test_a_count_of_sources_that_nobody_made_is_one(count: str, stands_for: int) -> None:
    assert one(number_of_sources=count).stands_for == stands_for

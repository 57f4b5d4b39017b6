"""A FIRMS file becomes reports of hot spots row by row, and says what a hot pixel is not."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.feed_firms import read_firms
from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.format_unpack import open_bytes, open_file
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339, rfc3339
from armslength.core.places import Place, distance_m
from armslength.register.reports import Report, ReportKind

if TYPE_CHECKING:
    from pathlib import Path

    from armslength.register.importing import ImportRun

RECEIVED = parse_rfc3339("2022-08-26T06:00:00Z")
OPTIONS = FeedOptions(received_at=RECEIVED)
FIXTURE = "firms_znpp_2022-08.csv"
PLANT = Place(lat_e7=475122000, lon_e7=345858000, precision_m=0)

# Rows of the native forms, as FIRMS writes them: MODIS archive, MODIS near real time, VIIRS.
ARCHIVE = (
    "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,"
    "daynight,type\n47.0148,34.082,302.6,2.5,1.5,2022-02-24,0923,Terra,MODIS,53,6.03,280.4,25,D,2\n"
)
HEADER = (
    "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,"
    "daynight"
)
MODIS = "47.48954,34.58943,305.32,1,1,2022-08-23,2356,Aqua,MODIS,64,6.1NRT,293.69,5.88,N"
VIIRS = "51.46958,29.55491,299.83,0.41,0.61,2022-09-01,117,N,VIIRS,n,2.0NRT,281.22,1.03,N"
BARE = "latitude,longitude,acq_date"
GOOD = "47.5,34.5,2022-08-23"


def run(text: str | bytes, options: FeedOptions = OPTIONS) -> ImportRun[Report]:
    data = text.encode() if isinstance(text, str) else text
    with open_bytes(data, "firms.csv") as file:
        return read_firms(file, options)


def one(text: str) -> Report:
    found = run(text)
    assert found.refused == ()
    (report,) = found.accepted
    return report


def test_a_detection_becomes_a_report_of_a_hot_spot_and_says_what_it_is_not() -> None:
    report = one(f"{HEADER}\n{MODIS}\n")
    assert (report.kind, report.what, report.located_by) == (ReportKind.EVENT, "HOT-SPOT", "PIXEL")
    assert report.place == Place(lat_e7=474895400, lon_e7=345894300, precision_m=0)
    assert report.uncertainty_m == 1000
    assert (rfc3339(report.from_at), report.until_at - report.from_at) == ("2022-08-23T23:56:00Z", 59_999_999)
    assert report.received_at == RECEIVED
    assert (report.source, report.grade.short) == ("NASA LANCE/FIRMS, MODIS", "B3")
    assert report.text == (
        "Hot pixel seen from orbit; satellite Aqua; confidence 64 as FIRMS states it; radiative power 5.88 MW; "
        "not evidence of shelling."
    )
    assert report.report_id == "firms:Aqua:2022-08-23:2356:47.48954:34.58943"


def test_a_static_source_is_said_to_be_one() -> None:
    assert "FIRMS type 2: static source on land" in one(ARCHIVE).text


def test_a_time_that_lost_its_zeros_is_still_utc_and_the_footprint_is_the_pixels_larger_edge() -> None:
    report = one(f"{HEADER}\n{VIIRS}\n")
    assert rfc3339(report.from_at) == "2022-09-01T01:17:00Z"
    assert report.uncertainty_m == 610
    assert report.report_id == "firms:N:2022-09-01:0117:51.46958:29.55491"


@pytest.mark.parametrize(
    ("header", "row", "uncertainty_m"),
    [
        (BARE, GOOD, 1000),
        (f"{BARE},instrument", f"{GOOD},MODIS", 1000),
        (f"{BARE},instrument", f"{GOOD},VIIRS", 375),
        (f"{BARE},instrument,scan,track", f"{GOOD},MODIS,4.82,2.01", 4820),
        (f"{BARE},instrument,scan,track", f"{GOOD},VIIRS,0.3,0.35", 375),
        ("LATITUDE,LONGITUDE,ACQ_DATE", "-47.5,-134.5,2022-08-23", 1000),
    ],
)
def test_the_pixel_is_the_uncertainty_and_a_date_alone_is_a_day_of_utc(
    header: str, row: str, uncertainty_m: int
) -> None:
    report = one(f"{header}\n{row}\n")
    assert report.uncertainty_m == uncertainty_m
    assert (rfc3339(report.from_at), report.until_at - report.from_at) == ("2022-08-23T00:00:00Z", 86_399_999_999)


@pytest.mark.parametrize(
    ("confidence", "credibility"),
    [("0", 4), ("29", 4), ("30", 3), ("79", 3), ("80", 2), ("100", 2), ("l", 4), ("n", 3), ("h", 2), ("nominal", 3)],
)
def test_both_scales_of_confidence_are_read_and_the_original_is_kept(confidence: str, credibility: int) -> None:
    report = one(f"{BARE},confidence\n{GOOD},{confidence}\n")
    assert report.grade.credibility == credibility
    assert f"confidence {confidence} as FIRMS states it" in report.text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_of_either_kind(end: str) -> None:
    text = ARCHIVE.replace("\n", end)
    assert one(text) == one("\ufeff" + text) == one(text.removesuffix(end))


def test_ids_of_the_file_are_kept_and_the_same_row_again_is_left_out() -> None:
    rows = "e,47.5,34.5,2022-08-23\nf,47.5,34.5,2022-08-23\ne,47.5,34.5,2022-08-23\ne,48,34,2022-08-23\n"
    found = run("event_id,latitude,longitude,acq_date\n" + rows)
    assert [report.report_id for report in found.accepted] == ["e", "f"]
    assert found.skipped == (("the same row again", 1),)
    assert [(row.row, "a second time" in row.reason) for row in found.refused] == [(5, True)]


def test_a_file_with_its_header_only_holds_no_detection() -> None:
    found = run(f"{HEADER}\n")
    assert (found.accepted, found.rows_read, found.refused_count) == ((), 0, 0)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (0, ""),
        (0, "47,5"),
        (0, "90.0001"),
        (0, "nan"),
        (0, "1e1"),
        (0, " 47.5"),
        (0, "４７.5"),
        (1, "180.5"),
        (1, "north"),
        (3, "0"),
        (3, "12"),
        (3, "2,5"),
        (4, "-1"),
        (5, "2022-02-30"),
        (5, "23.08.2022"),
        (5, "1970-01-01"),
        (6, "2460"),
        (6, "12345"),
        (6, "01:17"),
        (7, "Aqua;rm"),
        (8, "LANDSAT"),
        (9, "101"),
        (9, "x"),
        (12, "hot"),
    ],
)
def test_a_wrong_value_refuses_its_row_and_no_other(column: int, value: str) -> None:
    cells = MODIS.split(",")
    cells[column] = f'"{value}"'
    found = run(f"{HEADER}\n{MODIS}\n{','.join(cells)}\n{VIIRS}\n")
    assert [row.row for row in found.refused] == [3]
    assert (len(found.accepted), found.rows_read, found.refused_count) == (2, 3, 1)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{GOOD},x", "ROW-CELLS"),
        ("47.5,34.5", "ROW-CELLS"),
        ("47.5;34.5;2022-08-23", "ROW-CELLS"),
        ("47.5,34.5,2022-08-2", "ROW-VALUE"),
        ("47.5,34.5,2022-08-23\x00", "ROW-TEXT"),
    ],
)
def test_a_broken_row_is_refused_with_its_number_and_a_code(row: str, code: str) -> None:
    found = run(f"{BARE}\n{GOOD}\n{row}\n{GOOD[:-1]}4\n")
    assert [(one.row, one.code) for one in found.refused] == [(3, code)]
    assert len(found.accepted) == 2


@pytest.mark.parametrize(
    "header",
    [
        "",
        "latitude,longitude",
        "latitude,longitude,date",
        "latitude,longitude,acq_date,acq_date",
        "latitude,longitude,acq_date,LATITUDE",
        "latitude,longitude,acq_date,secret",
    ],
)
def test_columns_that_are_not_this_feeds_are_refused(header: str) -> None:
    with pytest.raises(LocalError, match="FEED-HEADER"):
        run(f"{header}\n{GOOD}\n")


def test_a_file_that_is_not_there_gives_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="FILE-READ"):
        open_file(tmp_path / "none.csv")


def test_the_fixture_of_the_demonstration() -> None:
    with as_file(files("armslength.entrypoints").joinpath("demo_data", FIXTURE)) as path:
        with open_file(path) as file:
            found = read_firms(file, OPTIONS)
        note = path.with_name("firms_znpp_2022-08.SOURCE.md").read_text(encoding="utf-8")
    reports = found.accepted
    assert f"**{len(reports)} of 232**" in note
    assert "We acknowledge the use of data from NASA" in note
    assert (len(reports), found.refused_count, len({report.report_id for report in reports})) == (58, 0, 58)
    assert all(distance_m(PLANT, report.place) <= 15_000 for report in reports)
    assert {rfc3339(report.from_at)[:7] for report in reports} == {"2022-08"}


@given(st.text(alphabet='0123456789.-,\n\r"abc:', max_size=60))
def test_whatever_rows_a_file_holds_what_comes_is_a_report_a_refusal_or_a_typed_error(text: str) -> None:
    data = f"event_id,{HEADER}\nx,{MODIS}\n{text}"
    try:
        found = run(data)
    except LocalError as error:
        code = error.code
    else:
        code = ""
        again = found.rows_read - len(found.accepted) - found.refused_count
        assert again == dict(found.skipped).get("the same row again", 0)
    assert code in {"", "FEED-ROW"}

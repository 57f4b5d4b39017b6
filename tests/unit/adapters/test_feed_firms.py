"""A FIRMS file is read whole or refused with the number of its first wrong row."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters import feed_firms
from armslength.adapters.feed_firms import FILE_BYTES_MAX, ROW_CHARS_MAX, parse_firms, read_firms
from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339, rfc3339
from armslength.core.places import Place, distance_m
from armslength.register.concerns import should_flag
from armslength.register.facilities import Facility
from armslength.register.matching import match
from armslength.register.reports import ReportKind

if TYPE_CHECKING:
    from pathlib import Path

RECEIVED = parse_rfc3339("2022-08-26T06:00:00Z")
FIXTURE = "firms_znpp_2022-08.csv"
PLANT = Facility(
    facility_id="UA-ZNPP",
    names=(("en", "ZNPP"),),
    kind="NUCLEAR-POWER-PLANT",
    place=Place(lat_e7=475122000, lon_e7=345858000, precision_m=0),
    site_radius_m=1000,
    rings_m=(5000, 10000, 30000),
)

# Rows of the native forms, as FIRMS writes them: MODIS archive, MODIS near real time, VIIRS.
ARCHIVE = (
    "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,"
    "daynight,type\n47.0148,34.082,302.6,2.5,1.5,2022-02-24,0923,Terra,MODIS,53,6.03,280.4,25,D,0\n"
)
HEADER = (
    "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,"
    "daynight"
)
MODIS = "47.48954,34.58943,305.32,1,1,2022-08-23,2356,Aqua,MODIS,64,6.1NRT,293.69,5.88,N"
VIIRS = "51.46958,29.55491,299.83,0.41,0.61,2022-09-01,117,N,VIIRS,n,2.0NRT,281.22,1.03,N"


def parse(text: str) -> Any:
    return parse_firms(text.encode(), RECEIVED)


def test_a_detection_becomes_a_report_of_a_hot_spot_and_says_what_it_is_not() -> None:
    (report,) = parse(f"{HEADER}\n{MODIS}\n")
    assert (report.kind, report.what) == (ReportKind.EVENT, "HOT-SPOT")
    assert report.place == Place(lat_e7=474895400, lon_e7=345894300, precision_m=0)
    assert report.uncertainty_m == 1000
    assert (rfc3339(report.from_at), report.until_at - report.from_at) == ("2022-08-23T23:56:00Z", 59_999_999)
    assert report.received_at == RECEIVED
    assert report.source == "NASA LANCE/FIRMS, MODIS"
    assert report.grade.short == "B3"
    assert report.text == (
        "Hot pixel seen from orbit; satellite Aqua; confidence 64 as FIRMS states it; radiative power 5.88 MW; "
        "not evidence of shelling."
    )
    assert report.report_id == "firms:Aqua:2022-08-23:2356:47.48954:34.58943"


def test_a_time_that_lost_its_zeros_is_still_utc_and_the_footprint_is_the_pixels_larger_edge() -> None:
    (report,) = parse(f"{HEADER}\n{VIIRS}\n")
    assert rfc3339(report.from_at) == "2022-09-01T01:17:00Z"
    assert report.uncertainty_m == 610
    assert report.report_id == "firms:N:2022-09-01:0117:51.46958:29.55491"


@pytest.mark.parametrize(
    ("header", "row", "uncertainty_m"),
    [
        ("latitude,longitude,acq_date", "47.5,34.5,2022-08-23", 1000),
        ("latitude,longitude,acq_date,instrument", "47.5,34.5,2022-08-23,MODIS", 1000),
        ("latitude,longitude,acq_date,instrument", "47.5,34.5,2022-08-23,VIIRS", 375),
        ("latitude,longitude,acq_date,instrument,scan,track", "47.5,34.5,2022-08-23,MODIS,4.82,2.01", 4820),
        ("latitude,longitude,acq_date,instrument,scan,track", "47.5,34.5,2022-08-23,VIIRS,0.3,0.35", 375),
        ("LATITUDE,LONGITUDE,ACQ_DATE", "-47.5,-134.5,2022-08-23", 1000),
    ],
)
def test_the_pixel_is_the_uncertainty(header: str, row: str, uncertainty_m: int) -> None:
    (report,) = parse(f"{header}\n{row}\n")
    assert report.uncertainty_m == uncertainty_m
    assert report.until_at - report.from_at == 86_399_999_999


@pytest.mark.parametrize(
    ("confidence", "credibility"),
    [("0", 4), ("29", 4), ("30", 3), ("79", 3), ("80", 2), ("100", 2), ("l", 4), ("n", 3), ("h", 2), ("nominal", 3)],
)
def test_both_scales_of_confidence_are_read(confidence: str, credibility: int) -> None:
    (report,) = parse(f"latitude,longitude,acq_date,confidence\n1,2,2022-08-23,{confidence}\n")
    assert report.grade.credibility == credibility


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_of_either_kind(end: str) -> None:
    text = ARCHIVE.replace("\n", end)
    assert parse(text) == parse("\ufeff" + text) == parse(text.removesuffix(end))
    assert len(parse(text)) == 1


def test_a_file_with_its_header_only_holds_no_detection() -> None:
    assert parse(f"{HEADER}\n") == []


BAD = "latitude,longitude,acq_date"
GOOD_ROW = "47.5,34.5,2022-08-23"


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
        (6, ""),
        (7, "Aqua;rm"),
        (8, "LANDSAT"),
        (8, "modis"),
        (9, "101"),
        (9, ""),
        (9, "x"),
        (12, "hot"),
    ],
)
def test_a_wrong_value_is_refused_with_the_number_of_its_row(column: int, value: str) -> None:
    cells = MODIS.split(",")
    cells[column] = f'"{value}"'
    with pytest.raises(LocalError) as refused:
        parse(f"{HEADER}\n{MODIS}\n{','.join(cells)}\n")
    assert refused.value.code == "FEED-ROW"
    assert refused.value.details["row"] == 3


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (f"{BAD}\n{GOOD_ROW}\n\n{GOOD_ROW}\n", 3),
        (f"{BAD}\n{GOOD_ROW}\n{GOOD_ROW},x\n", 3),
        (f"{BAD}\n{GOOD_ROW}\n47.5,34.5\n", 3),
        (f"{BAD}\n{GOOD_ROW}\n47.5;34.5;2022-08-23\n", 3),
        (f'{BAD}\n{GOOD_ROW}\n"47.5,34.5,2022-08-23\n', 3),
        (f"{BAD}\n{GOOD_ROW}\n47.5,34.5,2022-08-23\r47.5,34.5,2022-08-23\n", 3),
        (f"{BAD}\n{GOOD_ROW}\n47.5,34.5,2022-08-2\n", 3),
        (f"{BAD}\n{'x' * (ROW_CHARS_MAX + 1)}\n", 2),
        (f"{BAD}\n{GOOD_ROW}\n47.5,34.5,2022-08-23\x00\n", 3),
    ],
    ids=["blank", "long", "short", "semicolons", "open quote", "bare CR", "cut", "giant", "NUL"],
)
def test_a_broken_row_is_refused_with_its_number(text: str, row: int) -> None:
    with pytest.raises(LocalError) as refused:
        parse(text)
    assert (refused.value.code, refused.value.details["row"]) == ("FEED-ROW", row)


def test_an_id_that_cannot_be_read_aloud_is_refused() -> None:
    with pytest.raises(LocalError, match="FEED-ROW"):
        parse("event_id,latitude,longitude,acq_date\na b,1,2,2022-08-23\n")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "latitude,longitude",
        "latitude,longitude,date",
        "latitude,longitude,acq_date,acq_date",
        "latitude,longitude,acq_date,LATITUDE",
        "latitude,longitude,acq_date,secret",
        "latitude;longitude;acq_date",
    ],
)
def test_columns_that_are_not_this_feeds_are_refused(header: str) -> None:
    with pytest.raises(LocalError, match="FEED-HEADER"):
        parse(f"{header}\n{GOOD_ROW}\n")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"latitude,longitude,acq_date\n\xc3\x28"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(LocalError, match="FEED-UNREADABLE"):
        parse_firms(data, RECEIVED)


def test_an_empty_file_has_no_columns() -> None:
    with pytest.raises(LocalError, match="FEED-HEADER"):
        parse_firms(b"", RECEIVED)


def test_a_file_that_is_too_large_or_has_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_firms, "ROWS_MAX", 2)
    assert len(parse(f"{BAD}\n{GOOD_ROW}\n{GOOD_ROW}\n")) == 2
    with pytest.raises(LocalError, match="FEED-UNREADABLE"):
        parse(f"{BAD}\n{GOOD_ROW}\n{GOOD_ROW}\n{GOOD_ROW}\n")
    monkeypatch.setattr(feed_firms, "FILE_BYTES_MAX", 10)
    with pytest.raises(LocalError, match="FEED-UNREADABLE"):
        parse(f"{BAD}\n{GOOD_ROW}\n")
    assert FILE_BYTES_MAX > 10


def test_a_file_that_is_not_there_gives_a_typed_error(tmp_path: Path) -> None:
    for missing in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(LocalError, match="FEED-UNREADABLE"):
            read_firms(missing, RECEIVED)


def test_the_fixture_of_the_demonstration() -> None:
    with as_file(files("armslength.entrypoints").joinpath("demo_data", FIXTURE)) as path:
        reports = read_firms(path, Instant(RECEIVED))
        note = path.with_name("firms_znpp_2022-08.SOURCE.md").read_text(encoding="utf-8")
    assert f"**{len(reports)} of 232**" in note
    assert "We acknowledge the use of data from NASA" in note
    assert len(reports) == 58
    assert len({report.report_id for report in reports}) == 58
    assert all(distance_m(PLANT.place, report.place) <= 15_000 for report in reports)
    assert {rfc3339(report.from_at)[:7] for report in reports} == {"2022-08"}
    # Context only: not one of them is a concern by itself.
    assert not any(should_flag(match(report, PLANT), report) for report in reports)


def refusal(data: bytes) -> str:
    """Return the code with which the bytes are refused, empty when they are read; any other error fails the test."""
    try:
        parse_firms(data, RECEIVED)
    except LocalError as error:
        return error.code
    return ""


@given(st.binary(max_size=80))
def test_whatever_bytes_a_file_holds_the_error_is_typed(data: bytes) -> None:
    assert refusal(data).startswith("FEED-")
    assert refusal(f"{BAD}\n{GOOD_ROW}\n".encode() + data).partition("-")[0] in {"", "FEED"}


@given(st.text(alphabet='0123456789.-,\n\r"abc:', max_size=60))
def test_whatever_rows_a_file_holds_the_error_is_typed(text: str) -> None:
    assert refusal(f"event_id,{HEADER}\nx,{MODIS}\n{text}".encode()) in {"", "FEED-ROW", "FEED-UNREADABLE"}

"""Rows are gathered or refused; times of a zone and places of a table are read with what they are worth."""

from __future__ import annotations

import pytest

from armslength.adapters import feed_reading
from armslength.adapters.feed_places import area_extent, known_within, region_code, settlement_reach_m, unit_extent
from armslength.adapters.feed_reading import (
    FeedOptions,
    address_of,
    day_local,
    day_utc,
    gather,
    minute_local,
    place_of,
    record_id,
)
from armslength.adapters.format_rows import Row
from armslength.adapters.format_unpack import open_bytes
from armslength.adapters.sites_reading import UKRAINE
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339, rfc3339
from armslength.core.places import distance_m
from armslength.register.admin_names import UNITS
from armslength.register.reports import Grade, Reliability, Report, ReportKind

RECEIVED = parse_rfc3339("2022-11-20T00:00:00Z")
KYIV = "Europe/Kyiv"


def report(row: Row) -> Report | str:
    cells = row.cells
    if cells["text"] == "skip":
        return "left out"
    return Report(
        report_id=cells["id"],
        kind=ReportKind.EVENT,
        from_at=RECEIVED,
        until_at=RECEIVED,
        place=place_of(cells["lat"], cells["lon"]),
        uncertainty_m=10,
        what="SHELLING",
        who_says="x",
        source="x",
        received_at=RECEIVED,
        text=cells["text"],
        language="en",
        grade=Grade(reliability=Reliability.FAIRLY_RELIABLE, credibility=3),
    )


def rows(*cells: tuple[str, str, str, str]) -> list[Row]:
    return [Row(at, dict(zip(("id", "lat", "lon", "text"), each, strict=True))) for at, each in enumerate(cells, 2)]


def test_rows_are_accepted_left_out_or_refused_each_by_itself() -> None:
    given = rows(
        ("a", "47", "34", "one"),
        ("b", "47", "34", "skip"),
        ("c", "91", "34", "x"),
        ("d", "47", "34", ""),
        ("a", "47", "34", "one"),
        ("a", "47", "34", "another"),
    )
    with open_bytes(b"xyz", "file") as file:
        run = gather(file, "source", given, report, FeedOptions(received_at=RECEIVED), {"EMPTY-ROW": 2})
    assert [one.report_id for one in run.accepted] == ["a"]
    assert [(one.row, one.code) for one in run.refused] == [(4, "ROW-VALUE"), (5, "REPORT-VALUE"), (7, "ROW-VALUE")]
    assert run.skipped == (("EMPTY-ROW", 2), ("left out", 1), ("the same row again", 1))
    assert (run.rows_read, run.refused_count) == (6, 3)


def test_a_region_finds_swapped_axes() -> None:
    with open_bytes(b"", "file") as file:
        given = rows(("a", "47.5", "34.5", "x"), ("b", "34.5", "47.5", "x"), ("c", "48.6", "48.6", "x"))
        run = gather(file, "source", given, report, FeedOptions(received_at=RECEIVED, region=UKRAINE))
    assert [one.report_id for one in run.accepted] == ["a"]
    assert [one.row for one in run.refused] == [3, 4]
    assert "swapped" in run.refused[0].reason


def test_more_rows_than_one_file_has_are_refused_and_reasons_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_reading, "REFUSED_SHOWN_MAX", 2)
    with open_bytes(b"", "file") as file:
        run = gather(file, "s", rows(*[("a", "x", "y", "t")] * 5), report, FeedOptions(received_at=RECEIVED))
    assert (len(run.refused), run.refused_count) == (2, 5)
    monkeypatch.setattr(feed_reading, "ROWS_MAX", 3)
    with open_bytes(b"", "file") as file, pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        gather(file, "s", rows(*[("a", "x", "y", "t")] * 4), report, FeedOptions(received_at=RECEIVED))


@pytest.mark.parametrize(
    ("date", "began", "hours"),
    [
        ("2022-02-24", "2022-02-23T22:00:00Z", 24),
        ("20220824", "2022-08-23T21:00:00Z", 24),
        ("2022-03-27", "2022-03-26T22:00:00Z", 23),
        ("2022-10-30", "2022-10-29T21:00:00Z", 25),
    ],
)
def test_a_local_day_has_the_hours_that_its_clocks_give_it(date: str, began: str, hours: int) -> None:
    first, last = day_local(date, KYIV)
    assert rfc3339(first) == began
    assert last - first + 1 == hours * 3_600_000_000


def test_an_hour_that_comes_twice_is_covered_twice() -> None:
    first, last = minute_local("2022-10-30", "03:30", KYIV)
    assert (rfc3339(first), rfc3339(last)) == ("2022-10-30T00:30:00Z", "2022-10-30T01:30:59.999Z")
    assert rfc3339(minute_local("2022-08-23", "10:00", KYIV)[0]) == "2022-08-23T07:00:00Z"


@pytest.mark.parametrize("date", ["", "2022-02-30", "20221301", "22-01-01", "2022-1-1", "２０２２-01-01"])
def test_a_date_that_is_none_is_refused(date: str) -> None:
    for read in (day_utc, lambda text: day_local(text, KYIV)):
        with pytest.raises(LocalError, match="ROW-VALUE"):
            read(date)


def test_addresses_and_identifiers() -> None:
    assert address_of("javascript:alert(1)|https://example.org/a b|https://example.org/c") == "https://example.org/a"
    assert address_of("ftp://x") == address_of("") == ""
    assert record_id("cap", "UA-1", "1") == "cap:UA-1:1"
    assert record_id("cap", "urn:x y", "1").startswith("cap:")
    assert record_id("cap", "a b") != record_id("cap", "a c")
    assert len(record_id("cap", "x" * 500, "20220101T000000")) <= 64


def test_every_unit_has_an_extent_and_the_middle_lies_in_it() -> None:
    assert all(unit_extent(unit).reach_m <= 200_000 for unit in UNITS)
    assert region_code("Zaporizka oblast") == region_code("Запорізька область") == "UA-23"
    assert region_code("Lubenskyi raion") == ""
    assert settlement_reach_m("703448", "PPLC") == 25_000
    assert settlement_reach_m("", "") == 3_000


@pytest.mark.parametrize(
    ("corners", "lon"),
    [
        ([(47.0, 34.0), (47.0, 35.0), (48.0, 34.5)], 34.5),
        ([(10.0, 179.5), (10.0, -179.5), (11.0, 180.0)], -180.0),
    ],
)
def test_an_area_is_its_middle_and_how_far_it_reaches(corners: list[tuple[float, float]], lon: float) -> None:
    extent = area_extent(corners)
    assert abs(abs(extent.middle.lon_deg) - abs(lon)) < 1e-6
    for lat, at in corners:
        assert distance_m(extent.middle, place_of(str(lat), str(at))) <= extent.reach_m


def test_an_area_wider_than_any_report_may_be_uncertain_is_refused() -> None:
    with pytest.raises(LocalError, match="ROW-VALUE"):
        area_extent([(40.0, 20.0), (52.0, 40.0)])
    with pytest.raises(LocalError, match="ROW-VALUE"):
        area_extent([])
    with pytest.raises(LocalError, match="ROW-VALUE"):
        known_within(float("nan"))
    assert known_within(610.0000001) == 610

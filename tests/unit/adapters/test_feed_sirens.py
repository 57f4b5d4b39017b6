"""Alarms are context: of a whole oblast, for a time, and no sign of anything at a place."""

from __future__ import annotations

import pytest

from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.feed_sirens import read_sirens
from armslength.adapters.format_unpack import open_bytes
from armslength.core.instants import parse_rfc3339, rfc3339
from armslength.register.reports import Report, ReportKind

OPTIONS = FeedOptions(received_at=parse_rfc3339("2022-04-01T00:00:00Z"))
HEADER = "oblast,raion,hromada,level,started_at,finished_at,source"


def read(*rows: str) -> tuple[tuple[Report, ...], tuple[int, ...]]:
    with open_bytes("\n".join([HEADER, *rows, ""]).encode(), "sirens.csv") as file:
        run = read_sirens(file, OPTIONS)
    return run.accepted, tuple(row.row for row in run.refused)


def one(row: str) -> Report:
    accepted, refused = read(row)
    assert refused == ()
    return accepted[0]


def test_an_alarm_is_a_warning_of_an_oblast_from_its_middle_to_its_edge() -> None:
    report = one("Zaporizka oblast,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official")
    assert (report.kind, report.what, report.region) == (ReportKind.WARNING, "AIR-ALERT", "UA-23")
    assert (report.located_by, report.uncertainty_m, report.grade.short) == ("REGION", 120_000, "B2")
    assert (rfc3339(report.from_at), rfc3339(report.until_at)) == ("2022-03-15T16:10:34Z", "2022-03-15T16:50:07Z")
    assert report.text == "Air-raid alarm: Zaporizka oblast. In force for 0.7 h."


def test_an_oblast_and_a_raion_the_wrong_way_round_are_put_right_and_said() -> None:
    report = one(
        "Lubenskyi raion,Poltavska oblast,A hromada,hromada,2022-03-15 16:46:43+00:00,2022-03-15 16:58:17+00:00,x"
    )
    assert report.region == "UA-53"
    assert "the wrong way round" in report.text


def test_an_alarm_without_an_end_lasts_until_the_file_came() -> None:
    report = one("Luhanska oblast,,,oblast,2022-03-24 05:00:00+00:00,,official")
    assert report.until_at == OPTIONS.received_at
    assert "No end is stated" in report.text
    later = one("Luhanska oblast,,,oblast,2022-04-04 16:45:00+00:00,,official")
    assert later.until_at == later.from_at


def test_a_long_alarm_is_said_to_be_one() -> None:
    report = one("Luhanska oblast,,,oblast,2022-03-24 05:00:00+00:00,2022-03-27 20:53:33+00:00,official")
    assert "87.9 h. Longer than a day." in report.text


def test_alarms_of_a_raion_within_one_of_its_oblast_are_reports_of_their_own() -> None:
    accepted, _ = read(
        "Zaporizka oblast,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official",
        "Zaporizka oblast,Zaporizkyi raion,,raion,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official",
    )
    assert len({report.report_id for report in accepted}) == 2


@pytest.mark.parametrize(
    "row",
    [
        "Nowhere oblast,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official",
        "Zaporizka oblast,,,oblast,2022-03-15 16:10:34,2022-03-15 16:50:07+00:00,official",
        "Zaporizka oblast,,,oblast,,2022-03-15 16:50:07+00:00,official",
        "Zaporizka oblast,,,oblast,2022-03-15 17:10:34+00:00,2022-03-15 16:50:07+00:00,official",
        "Zaporizka oblast,,,planet,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official",
    ],
)
def test_a_wrong_value_refuses_its_row(row: str) -> None:
    assert read(row) == ((), (2,))

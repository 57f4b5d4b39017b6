"""VIINA's three layouts: what the news said, of which day, and of what the middle of a settlement is worth.

The sentences are our own; only the layout is VIINA's.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.feed_viina import read_viina
from armslength.adapters.format_unpack import open_bytes
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339, rfc3339
from armslength.register.reports import Report, ReportKind

if TYPE_CHECKING:
    from armslength.register.importing import ImportRun

OPTIONS = FeedOptions(received_at=parse_rfc3339("2023-01-01T00:00:00Z"))

TEXTS = (
    "event_id_1pd,date,n_reports,event_ids_matching,sources_matching,source_urls,target_classes,target_terms,"
    "attack_terms,geonameid,asciiname,ADM1_NAME,ADM2_NAME,longitude,latitude,a_ukr_init,a_ukr,a_rus_init,a_rus,"
    "representative_text\n"
)
INFO = (
    "viina_version,event_id,event_id_1pd,date,time,geonameid,feature_code,asciiname,ADM1_NAME,ADM1_CODE,ADM2_NAME,"
    "ADM2_CODE,longitude,latitude,GEO_PRECISION,GEO_API,location,address,report_id,source,url,text,lang\n"
)
ONE_A_DAY = (
    "viina_version,event_id_1pd,date,n_reports,event_ids,sources,geonameid,feature_code,asciiname,ADM1_NAME,ADM1_CODE,"
    "ADM2_NAME,ADM2_CODE,longitude,latitude,GEO_PRECISION,t_mil_b,a_rus_init_b,t_airstrike_b,t_airalert_b,"
    "t_artillery_b,t_property_b\n"
)


def run(data: str | bytes) -> ImportRun[Report]:
    with open_bytes(data.encode() if isinstance(data, str) else data, "viina") as file:
        return read_viina(file, OPTIONS)


def cut(text: str, **cells: str) -> Report:
    """One row of the cut-out with a text, quoted as RFC 4180 has it."""
    named = {"geonameid": "707000", "asciiname": "Selo", "urls": "https://example.org/a|https://example.org/b", **cells}
    quoted = '"' + text.replace('"', '""') + '"'
    row = (
        f"7,20221025,3,1|2,nv|ukrinform,{named['urls']},X,x,y,{named['geonameid']},{named['asciiname']},Zaporizhzhya,R,"
        f"34.656007,47.499825,,0,,1,{quoted}\n"
    )
    found = run(TEXTS + row)
    assert found.refused == ()
    return found.accepted[0]


def info(**cells: str) -> Report:
    return _first(INFO, {"text": "У селі чули вибух.", "source": "nv", "url": "https://example.org/c", **cells})


def _first(header: str, cells: dict[str, str]) -> Report:
    given = {
        "event_id": "11",
        "event_id_1pd": "7",
        "date": "20221025",
        "longitude": "34.65",
        "latitude": "47.49",
        "asciiname": "Selo",
        "geonameid": "707000",
        "ADM1_NAME": "Zaporizhzhya",
        **cells,
    }
    found = run(header + ",".join(f'"{given.get(name, "")}"' for name in header.strip().split(",")) + "\n")
    assert found.refused == ()
    return found.accepted[0]


def test_a_row_of_the_cut_out_says_all_that_it_holds() -> None:
    report = cut("Росіяни обстріляли підстанцію біля села.")
    assert (report.report_id, report.kind, report.what) == ("viina:2022:7", ReportKind.EVENT, "SHELLING")
    assert (report.located_by, report.uncertainty_m, report.place_name) == ("SETTLEMENT", 3_000, "Selo")
    assert (report.region, report.language, report.grade.short) == ("UA-23", "uk", "C3")
    assert report.who_says == "nv, ukrinform (as VIINA names its sources)"
    assert (report.address, report.stands_for) == ("https://example.org/a", 3)
    assert "ODbL" in report.source


def test_a_date_is_the_local_day_also_when_the_clocks_change() -> None:
    report = cut("Вибух.")
    assert (rfc3339(report.from_at), rfc3339(report.until_at)) == ("2022-10-24T21:00:00Z", "2022-10-25T20:59:59.999Z")
    long_day = info(date="20221030")
    assert (long_day.until_at - long_day.from_at + 1) // 3_600_000_000 == 25


@pytest.mark.parametrize(
    ("clock", "until"),
    [
        ("13:45", "2022-10-25T10:45:59.999Z"),
        ("00:00", "2022-10-25T20:59:59.999Z"),
        ("", "2022-10-25T20:59:59.999Z"),
        ("NA", "2022-10-25T20:59:59.999Z"),
    ],
)
def test_a_time_is_that_of_the_report_so_what_it_tells_was_before(clock: str, until: str) -> None:
    report = info(time=clock)
    assert (rfc3339(report.from_at), rfc3339(report.until_at)) == ("2022-10-24T21:00:00Z", until)


@pytest.mark.parametrize(
    ("cells", "located_by", "uncertainty_m"),
    [
        ({"GEO_PRECISION": "STREET"}, "ADDRESS", 1_000),
        ({"GEO_PRECISION": "ADM3"}, "SETTLEMENT", 3_000),
        ({"GEO_PRECISION": "ADM3", "feature_code": "PPLA"}, "SETTLEMENT", 10_000),
        ({"GEO_PRECISION": "ADM3", "geonameid": "687700"}, "SETTLEMENT", 13_000),
        ({"GEO_PRECISION": "ADM2"}, "DISTRICT", 40_000),
        ({"GEO_PRECISION": "ADM0"}, "COUNTRY", 200_000),
        ({"GEO_PRECISION": "", "geonameid": ""}, "UNSTATED", 50_000),
        ({"GEO_PRECISION": "", "geonameid": "NA"}, "UNSTATED", 50_000),
    ],
)
def test_the_middle_of_something_is_worth_what_that_something_is_wide(
    cells: dict[str, str], located_by: str, uncertainty_m: int
) -> None:
    report = info(**cells)
    assert (report.located_by, report.uncertainty_m) == (located_by, uncertainty_m)


def test_a_point_for_an_oblast_is_as_far_off_as_the_oblast_reaches_from_it() -> None:
    report = info(GEO_PRECISION="ADM1")
    assert report.located_by == "REGION"
    assert 120_000 < report.uncertainty_m < 240_000


def test_reports_of_one_event_stay_apart_and_are_linked() -> None:
    rows = "".join(
        f"v,{number},7,20221025,,1,PPL,Selo,Kherson,1,R,2,33.4,46.8,ADM3,Yandex,1,x,9,nv,,Вибух у селі {number},ua\n"
        for number in (11, 12)
    )
    first, second = run(INFO + rows).accepted
    assert (first.report_id, first.links) == ("viina:2022:report:11", ())
    assert second.links == (("SAME-EVENT", "viina:2022:report:11"),)


def test_labels_without_a_text_are_told_in_words_of_ours() -> None:
    report = _first(ONE_A_DAY, {"n_reports": "4", "sources": "nv, unian", "t_mil_b": "1", "t_artillery_b": "1"})
    assert (report.what, report.kind, report.language, report.stands_for) == ("SHELLING", ReportKind.EVENT, "en", 4)
    assert "artillery" in report.text
    assert "texts are not in this file" in report.text
    alarm = _first(ONE_A_DAY, {"t_mil_b": "1", "t_airalert_b": "1"})
    assert (alarm.what, alarm.kind) == ("AIR-ALERT", ReportKind.WARNING)
    assert _first(ONE_A_DAY, {"t_mil_b": "0", "t_airstrike_b": "1"}).what == "OTHER-ACTIVITY"


def test_the_year_is_part_of_the_id_since_each_year_counts_anew() -> None:
    assert info(date="20221025").report_id != info(date="20230325").report_id


def test_a_denial_is_a_denial() -> None:
    report = cut("У міністерстві спростували повідомлення про обстріл станції.")
    assert report.kind is ReportKind.DENIAL


def test_a_bare_carriage_return_and_runs_of_quotes_stay_in_the_text() -> None:
    text = 'Один рядок\rдругий, """"так"""" сказали'
    report = cut(text)
    assert report.text == text


def test_a_packed_file_is_read_as_it_is() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        row = "v,11,7,20221025,,1,PPL,Selo,Kherson,1,R,2,33.4,46.8,ADM3,Yandex,1,x,9,nv,,Вибух у селі,ua\n"
        packed.writestr("event_info_latest_2022.csv", INFO + row)
    assert len(run(held.getvalue()).accepted) == 1


@pytest.mark.parametrize(
    "cells",
    [
        {"date": "20220231"},
        {"date": "2022"},
        {"latitude": "x"},
        {"longitude": "190"},
        {"event_id": ""},
        {"text": " "},
        {"time": "25:00"},
    ],
)
def test_a_wrong_value_refuses_its_row(cells: dict[str, str]) -> None:
    given = {
        "event_id": "11", "event_id_1pd": "7", "date": "20221025", "longitude": "34", "latitude": "47",
        "asciiname": "Selo", "text": "Вибух", **cells,
    }  # fmt: skip
    found = run(INFO + ",".join(given.get(name, "") for name in INFO.strip().split(",")) + "\n")
    assert [(row.row, row.code) for row in found.refused] == [(2, "ROW-VALUE")]


def test_another_table_is_refused() -> None:
    with pytest.raises(LocalError, match="FEED-HEADER"):
        run("event_id_1pd,date,longitude,latitude,asciiname\n1,20220101,1,2,x\n")

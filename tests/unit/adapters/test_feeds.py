"""A file names its reader by its first bytes; the desk's port reads reports and facilities alike."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.feeds import FEEDS, read_feed, told_by
from armslength.adapters.readers import FileReaders
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.desk.importing import FACILITIES, REPORTS, Source
from armslength.register.reports import Report
from properties import broken_feeds as samples

OPTIONS = FeedOptions(received_at=parse_rfc3339("2022-11-20T00:00:00Z"))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (samples.FIRMS, "firms"),
        (b"\xef\xbb\xbfevent_id,LATITUDE,LONGITUDE,ACQ_DATE\r\nf-1,47,37,2022-01-01\r\n", "firms"),
        (samples.VIINA, "viina"),
        (samples.INFO, "viina"),
        (gzip.compress(samples.VIINA, mtime=0), "viina"),
        (samples.UCDP, "ucdp"),
        (samples.SIRENS, "sirens"),
        (samples.CAP, "cap"),
        (samples.COT, "cot"),
        (samples.DOCUMENTS, "documents"),
        (samples.GEOJSON, "geojson"),
    ],
)
def test_a_file_tells_its_reader(data: bytes, name: str) -> None:
    assert told_by(("file", data), OPTIONS) == name


def test_a_file_that_nobody_knows_needs_a_mapping_or_a_name() -> None:
    with pytest.raises(LocalError, match="FEED-UNKNOWN"):
        told_by(("file", samples.TABLE), OPTIONS)
    with pytest.raises(LocalError, match="FEED-UNKNOWN"):
        read_feed(("file", samples.FIRMS), OPTIONS, "rumours")
    assert told_by(("file", samples.TABLE), FeedOptions(received_at=OPTIONS.received_at, mapping="x")) == "table"


def test_every_reader_can_be_loaded_and_has_a_title() -> None:
    for feed in FEEDS.values():
        assert callable(feed.reader())
        assert feed.title


def test_the_guide_names_every_reader() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "feeds.md").read_text(encoding="utf-8")
    assert [name for name in FEEDS if f"`{name}`" not in guide] == []


def source(what: str, data: bytes, reader: str = "", **options: str) -> Source:
    return Source(
        what=what,
        reader=reader,
        name="file",
        data=data,
        received_at=OPTIONS.received_at,
        options=tuple(options.items()),
    )


def test_the_port_reads_reports_and_facilities() -> None:
    readers = FileReaders()
    run = readers.read(source(REPORTS, samples.FIRMS))
    assert (len(run.accepted), run.refused_count) == (2, 0)
    plants = b"name,country,primary_fuel,latitude,longitude,capacity_mw,gppd_idnr\nA,UKR,Nuclear,47.51,34.58,60,WRI1\n"
    assert len(readers.read(source(FACILITIES, plants, region="UA")).accepted) == 1
    assert readers.told(source(FACILITIES, plants)) == "gppd"
    assert readers.told(source(REPORTS, samples.CAP)) == "cap"
    assert readers.told(source(REPORTS, b"", "viina")) == "viina"
    assert readers.names(REPORTS) == tuple(FEEDS)
    assert "osm-power" in readers.names(FACILITIES)


def test_options_are_read_and_unknown_ones_refused() -> None:
    readers = FileReaders()
    boxed = readers.read(source(REPORTS, samples.FIRMS, region="50,20,52,40"))
    assert (len(boxed.accepted), boxed.refused_count) == (1, 1)
    mapped = readers.read(source(REPORTS, samples.TABLE, mapping=samples._MAPPING))
    assert len(mapped.accepted) == 2
    for options in ({"colour": "red"}, {"region": "1,2,3"}, {"region": "9,9,1,1"}, {"region": "a,b,c,d"}):
        with pytest.raises(LocalError, match="IMPORT-OPTION"):
            readers.read(source(REPORTS, samples.FIRMS, **options))
    with pytest.raises(LocalError, match="IMPORT-OPTION"):
        readers.read(source("rumours", samples.FIRMS))


def test_texts_that_repeat_each_other_come_out_linked() -> None:
    rows = samples.VIINA.decode().split("\n")
    again = rows[1].replace("1,20220823", "9,20220824", 1)
    run = read_feed(("file", "\n".join([*rows[:3], again, ""]).encode()), OPTIONS)
    reports = {report.report_id: report for report in run.accepted if isinstance(report, Report)}
    assert ("SAME-TEXT", "viina:2022:1") in reports["viina:2022:9"].links
    assert reports["viina:2022:1"].links == ()

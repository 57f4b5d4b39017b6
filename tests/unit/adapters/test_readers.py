"""The one port to files: every reader behind it, and an option that no reader knows is refused and never left out."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.adapters.feeds import FEEDS
from armslength.adapters.readers import OPTIONS, FileReaders
from armslength.adapters.sites import SITES
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import parse_rfc3339
from armslength.desk.importing import FACILITIES, REPORTS, Source

READERS = FileReaders()
RECEIVED_AT = parse_rfc3339("2022-11-20T00:00:00Z")
SITES_FILE = (
    b"facility_id,name_en,name_uk,name_ru,kind,lat,lon,coord_source\n"
    b"F-KAKH,Kakhovka HPP and dam,,,dam,46.7786,33.3697,GPPD\n"
    b"F-FAR,Far plant,,,solar,10.0,12.5,GPPD\n"
)
FIRMS_FILE = (
    b"latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,"
    b"daynight\n47.5,34.6,330.1,0.4,0.4,2022-08-23,1012,N,VIIRS,n,2.0NRT,290.0,3.1,D\n"
)


def source(what: str, data: bytes, *, reader: str = "", **options: str) -> Source:
    given = tuple(sorted(options.items()))
    return Source(what=what, reader=reader, name="file.csv", data=data, received_at=RECEIVED_AT, options=given)


def test_the_reader_is_told_by_the_bytes_and_reads_them() -> None:
    asked = source(FACILITIES, SITES_FILE)
    name = READERS.told(asked)
    assert name == "reference"
    found = READERS.read(source(FACILITIES, SITES_FILE, reader=name))
    assert [one.facility_id for one in found.accepted] == ["F-KAKH", "F-FAR"]  # type: ignore[union-attr]


def test_a_reader_that_is_named_is_not_guessed() -> None:
    assert READERS.told(source(REPORTS, b"", reader="firms")) == "firms"


def test_reports_are_read_with_the_instant_at_which_they_came() -> None:
    asked = source(REPORTS, FIRMS_FILE)
    found = READERS.read(source(REPORTS, FIRMS_FILE, reader=READERS.told(asked)))
    assert [one.received_at for one in found.accepted] == [RECEIVED_AT]  # type: ignore[union-attr]
    # The same bytes and instant give the same rows, which is what an officer signs for.
    assert READERS.read(source(REPORTS, FIRMS_FILE, reader="firms")).accepted == found.accepted


def test_every_reader_is_named() -> None:
    assert READERS.names(REPORTS) == tuple(FEEDS)
    assert READERS.names(FACILITIES) == tuple(SITES)


def test_a_box_leaves_out_what_lies_outside() -> None:
    found = READERS.read(source(FACILITIES, SITES_FILE, region="UA"))
    assert [one.facility_id for one in found.accepted] == ["F-KAKH"]  # type: ignore[union-attr]
    same = READERS.read(source(FACILITIES, SITES_FILE, region="44,22,53,41"))
    assert same.accepted == found.accepted


@pytest.mark.parametrize(
    "options",
    [
        {"mappings": "x"},
        {"region": "44,22,53"},
        {"region": "nan,22,53,41"},
        {"region": "53,22,44,41"},
        {"region": "44,22,inf,41"},
        {"region": "44,-200,53,41"},
        {"region": "nowhere"},
    ],
)
@pytest.mark.parametrize("what", [FACILITIES, REPORTS])
def test_an_option_that_is_none_is_refused(options: dict[str, str], what: str) -> None:
    data = SITES_FILE if what == FACILITIES else FIRMS_FILE
    with pytest.raises(LocalError, match="IMPORT-OPTION"):
        READERS.read(source(what, data, **options))


@pytest.mark.parametrize(
    ("what", "data", "changed"),
    [
        (FACILITIES, b"", {}),
        (REPORTS, b"", {}),
        (REPORTS, b"\x00" * 100, {}),
        (FACILITIES, b"\xff\xfe\x00", {}),
        (FACILITIES, SITES_FILE, {"reader": "nobody"}),
        (REPORTS, FIRMS_FILE, {"reader": "nobody"}),
        (FACILITIES, SITES_FILE, {"as_of": "yesterday"}),
        (FACILITIES, SITES_FILE, {"reader": "table", "mapping": "not toml ["}),
        (FACILITIES, SITES_FILE, {"reader": "table", "kind": "CASTLE"}),
        ("movements", SITES_FILE, {}),
    ],
)
def test_what_cannot_be_read_is_refused_by_a_code(what: str, data: bytes, changed: dict[str, Any]) -> None:
    with pytest.raises(ArmslengthError):
        READERS.read(source(what, data, **changed))


def test_the_options_are_those_that_the_readers_know() -> None:
    assert sorted(OPTIONS) == ["as_of", "kind", "mapping", "member", "region"]

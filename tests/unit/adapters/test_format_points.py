"""Places and months out of any table, and a row that holds none is refused with its number."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from armslength.adapters.format_points import read_facility_points, read_report_points
from armslength.core.errors import ArmslengthError, LocalError
from armslength.register.importing import REFUSED_SHOWN_MAX

if TYPE_CHECKING:
    from pathlib import Path


def table(folder: Path, *lines: str, name: str = "rows.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_columns_are_told_by_their_names_in_any_case(tmp_path: Path) -> None:
    path = table(tmp_path, "Facility_ID,LAT,Longitude,name", "F-1,46.5,30.25,Odesa", " F-2 ,-1.5,-179.9,x")
    found = read_facility_points(path)
    assert found.names == ("F-1", "F-2")
    assert found.lat_deg.tolist() == [46.5, -1.5]
    assert found.lon_deg.tolist() == [30.25, -179.9]
    assert (found.refused, found.refused_count) == ((), 0)


@pytest.mark.parametrize("date", ["2022-08-05", "20220805", "2022-08-05 23:10", "2022-08-05T23:10:00Z", " 2022-08-05 "])
def test_a_report_s_month_is_that_of_its_own_date(date: str, tmp_path: Path) -> None:
    assert read_report_points(table(tmp_path, "lat,lon,date", f"46,30,{date}")).names == ("2022-08",)


@pytest.mark.parametrize(
    "row",
    [
        "91,30,2022-08-05",
        "46,181,2022-08-05",
        "nan,30,2022-08-05",
        "1e1,30,2022-08-05",
        "46 N,30,2022-08-05",
        ",30,2022-08-05",
        "46,30,",
        "46,30,5 August 2022",
        "46,30,2022-13-05",
        "46,30,2022-08-32",
        "46,30,22-08-05",
    ],
)
def test_a_row_without_place_or_date_is_refused_by_its_number(row: str, tmp_path: Path) -> None:
    found = read_report_points(table(tmp_path, "lat,lon,date", "46,30,2022-08-05", row, "47,31,2022-09-01"))
    assert found.names == ("2022-08", "2022-09")
    assert [(one.row, one.code) for one in found.refused] == [(3, "ROW-VALUE")]
    assert found.refused_count == 1


def test_an_id_given_twice_is_refused_with_the_file(tmp_path: Path) -> None:
    path = table(tmp_path, "id,lat,lon", "F-1,46,30", "F-2,46,30", "F-1,47,30")
    with pytest.raises(LocalError, match="FACILITY-VALUE") as refused:
        read_facility_points(path)
    assert refused.value.details["got"] == "F-1"


def test_a_place_without_an_id_is_refused(tmp_path: Path) -> None:
    assert read_facility_points(table(tmp_path, "id,lat,lon", " ,46,30")).refused_count == 1


@pytest.mark.parametrize("header", ["lat,lon", "a,b,c", "latitude,date", "", "lat;lon;date"])
def test_a_file_without_the_columns_is_refused(header: str, tmp_path: Path) -> None:
    path = table(tmp_path, header, "1,2,2022-01-01")
    if header == "lat;lon;date":
        path.write_text(f"{header}\n1;2;2022-01-01\n")
        assert read_report_points(path).names == ("2022-01",)
        return
    with pytest.raises(ArmslengthError):
        read_report_points(path)


def test_a_compressed_file_is_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(b"latitude,longitude,acq_date\n46,30,2022-03-01\n"))
    assert read_report_points(path).names == ("2022-03",)


def test_refused_rows_are_counted_and_the_first_are_kept(tmp_path: Path) -> None:
    path = table(tmp_path, "lat,lon,date", *["x,30,2022-08-05"] * (REFUSED_SHOWN_MAX + 5))
    found = read_report_points(path)
    assert (len(found.refused), found.refused_count) == (REFUSED_SHOWN_MAX, REFUSED_SHOWN_MAX + 5)
    assert found.names == ()

"""The bulk match counts what the reference counts, out of the files as they are, and refuses what it cannot read."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from armslength import bulk
from armslength.core.errors import LocalError
from armslength.entrypoints.cli.main import main
from builders.shared_data import shared_data

if TYPE_CHECKING:
    from pathlib import Path

RADII = (5000, 10000, 30000)
FACILITIES = "facility_id,lat,lon\nF-1,47.5119,34.5863\nF-2,0,180\n"
REPORTS = "LATITUDE,LONGITUDE,ACQ_DATE\n47.51,34.59,2022-08-23\n47.55,34.60,2022-08-24\n0,-180,2022-09-01\n"


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def counts(path: Path, key: str = "r{}000", **only: str) -> dict[tuple[str, str], tuple[int, ...]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            (row["facility_id"], row["month"]): tuple(int(row[key.format(km)]) for km in (5, 10, 30))
            for row in csv.DictReader(stream)
            if all(row[name] == value for name, value in only.items())
        }


@pytest.mark.parametrize(
    ("dataset", "folder", "name"),
    [
        ("firms_2022", "firms_min", "firms_ua_2022.csv.gz"),
        ("viina_2022", "viina_infra", "viina_infra_2022.csv.gz"),
        ("ucdp_2014_2019", "ucdp_ged_ua", "ucdp_ged_ua_open.csv.gz"),
    ],
)
@pytest.mark.parametrize("kernel", ["numpy", "numba"])
def test_the_reference_join_is_reproduced(dataset: str, folder: str, name: str, kernel: str, tmp_path: Path) -> None:
    reference = shared_data("reference_join")
    matched = bulk.match(reference / "facilities.csv", shared_data(folder) / name, RADII, kernel=kernel)
    bulk.write_counts(tmp_path / "counts.csv", matched, RADII)
    near = {(row["facility_id"], row["date"][:7]) for row in _near(reference, dataset)}
    expected = counts(reference / "counts_point.csv", "r{}", dataset=dataset)
    found = counts(tmp_path / "counts.csv")
    assert found.keys() == expected.keys()
    # Pairs too near to a radius to judge are not judged; there are few, and as it is they agree as well.
    assert {key for key in found if found[key] != expected[key]} <= near
    assert len(near) < len(found) / 2


def _near(reference: Path, dataset: str) -> list[dict[str, str]]:
    with (reference / "near_boundary_50m.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["dataset"] == dataset]


def test_the_command_writes_the_table_and_says_what_it_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "counts.csv"
    files = (written(tmp_path / "f.csv", FACILITIES), written(tmp_path / "r.csv", REPORTS))
    options = ["--facilities", str(files[0]), "--reports", str(files[1]), "--out", str(out)]
    assert main(["match", *options, "--json", "--kernel", "numpy"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["reports"], said["facilities"], said["refused"]) == (2, 3, 2, 0)
    assert out.read_text(encoding="utf-8") == (
        "facility_id,month,r5000,r10000,r30000\nF-1,2022-08,2,2,2\nF-2,2022-09,1,1,1\n"
    )


def test_refused_rows_are_counted_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports = (
        "latitude,longitude,date\n47.51,34.59,20220823\nnorth,34.59,20220823\n95,34.59,20220823\n47,34,yesterday\n"
    )
    files = (written(tmp_path / "f.csv", FACILITIES), written(tmp_path / "r.csv", reports))
    out = str(tmp_path / "c.csv")
    assert main(["match", "--facilities", str(files[0]), "--reports", str(files[1]), "--out", out]) == 0
    said = capsys.readouterr().out
    assert "3 rows were refused" in said
    assert [f"row {number}:" in said for number in (2, 3, 4, 5)] == [False, True, True, True]


def square(name: str, west: float, south: float, size: float) -> dict[str, Any]:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"facility_id": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_a_site_s_outline_takes_the_place_of_its_point(tmp_path: Path) -> None:
    # The outline reaches 0.05 degrees east of the point: a report at its far edge is inside 5 km of the site only.
    zones = {"type": "FeatureCollection", "features": [square("F-1", 34.5863, 47.5, 0.1), square("X", 0, 0, 1)]}
    facilities = written(tmp_path / "f.csv", FACILITIES)
    reports = written(tmp_path / "r.csv", "latitude,longitude,date\n47.55,34.70,2022-08-23\n")
    path = written(tmp_path / "z.geojson", json.dumps(zones))
    by_point = bulk.match(facilities, reports, RADII, kernel="numpy")
    by_site = bulk.match(facilities, reports, RADII, zones=path, kernel="numpy")
    assert by_point.rows == (("F-1", "2022-08", (0, 1, 1)),)
    assert by_site.rows == (("F-1", "2022-08", (1, 1, 1)),)


@pytest.mark.parametrize(
    ("facilities", "reports", "radii", "code"),
    [
        (FACILITIES, REPORTS, (10, 5), "OPTION-VALUE"),
        (FACILITIES, REPORTS, (), "OPTION-VALUE"),
        (FACILITIES, REPORTS, (-1,), "OPTION-VALUE"),
        ("facility_id,lat,lon\nF-1,1,1\nF-1,2,2\n", REPORTS, RADII, "FACILITY-VALUE"),
        ("name,lat,lon\nF-1,1,1\n", REPORTS, RADII, "FEED-HEADER"),
        (FACILITIES, "lat,lon\n1,1\n", RADII, "FEED-HEADER"),
        (FACILITIES, b"\x00\x01\x02", RADII, "FILE-FORMAT|FEED-HEADER"),
    ],
)
def test_what_cannot_be_read_is_a_typed_error(
    facilities: str, reports: str | bytes, radii: tuple[int, ...], code: str, tmp_path: Path
) -> None:
    files = (written(tmp_path / "f.csv", facilities), written(tmp_path / "r.csv", reports))
    with pytest.raises(LocalError, match=code):
        bulk.match(*files, radii, kernel="numpy")


POINT = {
    "type": "Feature",
    "properties": {"facility_id": "F-1"},
    "geometry": {"type": "Point", "coordinates": [1, 1]},
}


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        '{"type": "FeatureCollection", "features": []}',
        json.dumps({"type": "FeatureCollection", "features": [POINT]}),
        "not json",
    ],
)
def test_zones_that_are_no_outlines_are_refused(text: str, tmp_path: Path) -> None:
    files = (written(tmp_path / "f.csv", FACILITIES), written(tmp_path / "r.csv", REPORTS))
    with pytest.raises(LocalError):
        bulk.match(*files, RADII, zones=written(tmp_path / "z.geojson", text), kernel="numpy")


def test_a_table_that_cannot_be_written_is_a_typed_error(tmp_path: Path) -> None:
    files = (written(tmp_path / "f.csv", FACILITIES), written(tmp_path / "r.csv", REPORTS))
    matched = bulk.match(*files, RADII, kernel="numpy")
    with pytest.raises(LocalError, match="FILE-WRITE"):
        bulk.write_counts(tmp_path / "no" / "c.csv", matched, RADII)

"""Files at the command line: a dry run is always shown, nothing enters unasked, and what is refused has its row."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.cli import imports
from builders.cli_homes import command

if TYPE_CHECKING:
    from builders.cli_homes import Pair

DATA = Path("src/armslength/entrypoints/demo_data")
FACILITIES = """facility_id,name_en,name_uk,name_ru,kind,lat,lon,coord_source
F-ZNPP,Zaporizhzhia NPP,Запорізька АЕС,Запорожская АЭС,nuclear,47.5119,34.5863,GPPD
F-KREM,Kremenchuk HPP,Кременчуцька ГЕС,Кременчугская ГЭС,dam,49.0767,33.2511,GPPD
F-BAD,No place,,,coal,,33.2511,GPPD
"""
FIRMS = "latitude,longitude,acq_date\n" + "".join(f"{47.5119 + n / 10_000:.4f},34.5863,2022-08-23\n" for n in range(12))


@pytest.fixture
def sites(tmp_path: Path) -> str:
    path = tmp_path / "sites.csv"
    path.write_text(FACILITIES, encoding="utf-8")
    return str(path)


@pytest.fixture
def fires(tmp_path: Path) -> str:
    path = tmp_path / "fires.csv"
    path.write_text(FIRMS, encoding="utf-8")
    return str(path)


def test_a_dry_run_says_what_would_be_entered_and_enters_nothing(pair: Pair, sites: str) -> None:
    out = pair.at(pair.eucom, "facility", "import", sites, "--dry-run").out
    assert out.startswith("EXERCISE  dry run of sites.csv, read as reference: nothing is entered yet\n")
    assert "  row 4: The row has no place that can be used." in out
    assert "to enter         2 facilities\n" in out
    assert pair.at(pair.eucom, "facility", "list", "--json").json == []
    read = pair.at(pair.eucom, "facility", "import", sites, "--dry-run", "--json").json
    assert (read["rows_read"], read["accepted"], [row["row"] for row in read["refused_rows"]]) == (3, 2, [4])


@pytest.mark.parametrize(("answer", "status"), [("yes\n", 0), ("no\n", 2), ("", 2)])
def test_nothing_enters_before_somebody_says_yes(
    pair: Pair, sites: str, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(answer))
    said = command("facility", "import", sites, "--home", str(pair.eucom))
    assert said.status == status
    held = pair.at(pair.eucom, "facility", "list", "--json").json
    assert {one["facility_id"] for one in held} == ({"F-ZNPP", "F-KREM"} if status == 0 else set())


def test_a_file_enters_once_and_is_listed(pair: Pair, sites: str) -> None:
    out = pair.at(pair.eucom, "facility", "import", sites, "--yes").out
    assert "\nEntered: 2 facilities of sites.csv, import " in out
    again = pair.at(pair.eucom, "facility", "import", sites, "--yes").out
    assert "held already     2, not entered again\n" in again
    assert again.endswith("Nothing is to be entered.\n")
    (held,) = pair.at(pair.eucom, "imports", "list", "--json").json
    assert (held["reader"], held["rows"], held["refused"], held["finished"]) == ("reference", 2, 1, True)
    assert "  yes\n" in pair.at(pair.eucom, "imports", "list").out


def test_reports_are_judged_as_they_enter(pair: Pair, sites: str, fires: str) -> None:
    pair.at(pair.eucom, "facility", "import", sites, "--yes")
    out = pair.at(pair.eucom, "report", "import", fires, "--as", "firms", "--yes").out
    assert "\nEntered: 12 reports of fires.csv, import " in out
    assert "1 concern new or grown, the highest rank first:\n" in out
    (concern,) = pair.at(pair.eucom, "concern", "list", "--json").json
    assert concern["facility"] == "F-ZNPP"
    assert out.endswith(f"Next: armslength concern show {concern['id']}\n")
    told = pair.at(pair.eucom, "report", "import", fires, "--dry-run", "--json").json
    assert (told["known"], told["to_enter"]) == (12, 0)


def test_a_table_of_any_form_is_read_with_a_mapping_file(pair: Pair) -> None:
    words = ("facility", "import", "examples/hospitals.csv", "--mapping", "examples/facility_mapping.toml")
    entered = pair.at(pair.eucom, *words, "--yes", "--json").json
    assert entered["rows"] == entered["import"]["to_enter"] > 0
    assert entered["import"]["reader"] == "table"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("facility", "import", "no-such-file"), "FILE-READ"),
        (("facility", "import", "README.md"), "SITES-FILE"),
        (("facility", "import", "README.md", "--as", "nothing"), "SITES-FILE"),
        (("report", "import", "README.md"), "FEED-UNKNOWN"),
        (("report", "import", str(DATA / "firms_znpp_2022-08.csv"), "--region", "everywhere"), "IMPORT-OPTION"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(pair: Pair, words: tuple[str, ...], code: str) -> None:
    said = command(*words, "--yes", "--home", str(pair.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, code)


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "FILE_BYTES_MAX", 3)
    (tmp_path / "f").write_bytes(b"four")
    with pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        imports._bytes(tmp_path / "f")


def test_what_is_signed_is_the_file_that_was_shown(pair: Pair, sites: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = imports._show

    def lie(desk: object, shown: dict[str, object]) -> None:
        told(desk, shown)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(imports, "_show", lie)
    monkeypatch.setattr(imports, "sha256", lambda _data: __import__("hashlib").sha256(b"another file"))
    said = command("facility", "import", sites, "--yes", "--home", str(pair.eucom))
    assert said.err.startswith("SIGN-MISMATCH")
    assert pair.at(pair.eucom, "facility", "list", "--json").json == []

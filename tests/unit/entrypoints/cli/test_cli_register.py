"""Reports, concerns and facilities by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.cli_homes import command

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair

DATA = "src/armslength/entrypoints/demo_data"


@pytest.fixture
def data(request: pytest.FixtureRequest) -> Path:
    return request.config.rootpath / DATA


@pytest.fixture
def flagged(pair: Pair, data: Path) -> Pair:
    pair.at(pair.eucom, "facility", "add", str(data / "znpp.json"))
    pair.at(pair.eucom, "report", "add", str(data / "iaea_2022-11-20.json"))
    return pair


def test_a_facility_is_shown_whole_before_it_is_signed(pair: Pair, data: Path) -> None:
    out = pair.at(pair.eucom, "facility", "add", str(data / "znpp.json")).out
    assert out.startswith("EXERCISE  facility, to be signed by eucom-watch-1 as watch-officer\n")
    assert "  place                       47.5122N 34.5858E, MGRS 36TXT1940363304, precision 12 m\n" in out
    assert out.count("  operator de jure ") == 2
    listed = pair.at(pair.eucom, "facility", "list").out
    assert listed.splitlines()[2].startswith("UA-ZNPP  Zaporizhzhia Nuclear Power Plant")


def test_reports_flag_a_concern_that_waits_for_a_person(flagged: Pair) -> None:
    (concern,) = flagged.at(flagged.eucom, "concern", "list", "--json").json
    assert (concern["facility"], concern["status"]) == ("UA-ZNPP", "CORROBORATED")
    assert concern["evidence"] == ["IAEA-2022-11-20", "RU-2022-11-20", "UA-2022-11-20"]
    assert concern["id"] in flagged.at(flagged.eucom, "concern", "list").out


def test_a_report_is_entered_from_fields(flagged: Pair) -> None:
    given = {
        "report_id": "HAND-1",
        "kind": "EVENT",
        "interval": "2022-11-20T04:00:00Z/2022-11-20T05:00:00Z",
        "place": "47.5122N 34.5858E",
        "uncertainty_m": "500",
        "what": "SHELLING",
        "who_says": "our post",
        "source": "telephone",
        "text": "Explosions heard.",
        "language": "en",
        "grade": "b3",
    }
    words = [word for name, value in given.items() for word in ("--field", f"{name}={value}")]
    (entered,) = flagged.at(flagged.eucom, "report", "add", *words, "--json").json
    assert entered["report_id"] == "HAND-1"
    (concern,) = flagged.at(flagged.eucom, "concern", "list", "--json").json
    assert concern["evidence"][-1] == "HAND-1"


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ((), "REGISTER-DOCUMENT"),
        (("report_id=X", "uncertainty_m=far"), "OPTION-VALUE"),
        (("report_id=X", "grade=good"), "OPTION-VALUE"),
        (("report_id=X",), "REGISTER-DOCUMENT"),
    ],
    ids=str,
)
def test_a_report_that_lacks_something_is_not_entered(pair: Pair, pairs: tuple[str, ...], code: str) -> None:
    words = [word for one in pairs for word in ("--field", one)]
    said = command("report", "add", *words, "--home", str(pair.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, code)


@pytest.mark.parametrize("text", ["[]", "{", '{"reports": 1}', '{"reports": [{}]}'])
def test_a_file_of_reports_has_its_shape(pair: Pair, tmp_path: Path, text: str) -> None:
    (tmp_path / "f").write_text(text, encoding="utf-8")
    said = command("report", "add", str(tmp_path / "f"), "--home", str(pair.eucom))
    assert said.err.split(":")[0] in {"REGISTER-DOCUMENT", "FILE-READ"}
    said = command("facility", "add", str(tmp_path / "f"), "--home", str(pair.eucom))
    assert said.err.split(":")[0] in {"REGISTER-DOCUMENT", "FILE-READ"}


def test_reports_are_listed_and_shown_with_their_times(flagged: Pair) -> None:
    between = ("--since", "2022-11-19T00:00:00Z", "--until", "2022-11-21T00:00:00Z")
    listed = flagged.at(flagged.eucom, "report", "list", *between, "--json").json
    assert [one["report_id"] for one in listed] == ["IAEA-2022-11-20", "RU-2022-11-20", "UA-2022-11-20"]
    out = flagged.at(flagged.eucom, "report", "list", *between, "--limit", "2").out
    assert "No more than 2 are shown" in out
    (concern,) = flagged.at(flagged.eucom, "concern", "list", "--json").json
    shown = flagged.at(flagged.eucom, "report", "show", "IAEA-2022-11-20").out
    assert "\nreceived       2022-11-20T11:00:00Z\n" in shown
    assert f"\nflagged        {concern['id']} at {concern['flagged_at']}\n" in shown
    assert flagged.at(flagged.eucom, "report", "list", "--json").json == []
    assert command("report", "show", "NONE", "--home", str(flagged.eucom)).err.startswith("REPORT-UNKNOWN")


@pytest.mark.parametrize("text", ["Zaporozhye", "Запорожская", "запорізька", "ua-znpp", "zaporizh"])
def test_a_facility_is_found_in_any_script(flagged: Pair, text: str) -> None:
    (found,) = flagged.at(flagged.eucom, "facility", "list", "--find", text, "--json").json
    assert found["facility_id"] == "UA-ZNPP"


def test_what_fits_nothing_is_said_so(flagged: Pair) -> None:
    assert flagged.at(flagged.eucom, "facility", "list", "--find", "Kremenchuk").out.endswith("facilities\nnone\n")
    assert flagged.at(flagged.eucom, "facility", "list", "--kind", "dam", "--json").json == []
    out = flagged.at(flagged.eucom, "facility", "list", "--limit", "0").out
    assert out.endswith("and 1 more: --find NAME, --kind KIND or --limit N\n")


def test_each_version_says_what_it_changed(flagged: Pair, data: Path, tmp_path: Path) -> None:
    import json

    document = json.loads((data / "znpp.json").read_text(encoding="utf-8"))
    (tmp_path / "f.json").write_text(json.dumps({**document, "special_sign": "NOT-DISPLAYED"}), encoding="utf-8")
    flagged.at(flagged.eucom, "facility", "add", str(tmp_path / "f.json"))
    out = flagged.at(flagged.eucom, "facility", "diff", "UA-ZNPP").out
    assert "\n  special_sign: NOT-KNOWN -> NOT-DISPLAYED\n" in out
    assert len(flagged.at(flagged.eucom, "facility", "diff", "UA-ZNPP", "--json").json) == 2

"""Concerns at the command line: why, on what, what speaks against it, and each step of a person with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from armslength.entrypoints.cli.concerns import short, span
from builders.cli_homes import command

if TYPE_CHECKING:
    from builders.cli_homes import Pair

DATA = Path("src/armslength/entrypoints/demo_data")


@pytest.fixture
def flagged(pair: Pair) -> Pair:
    pair.at(pair.eucom, "facility", "add", str(DATA / "znpp.json"))
    pair.at(pair.eucom, "report", "add", str(DATA / "iaea_2022-11-20.json"))
    return pair


def only(pair: Pair) -> str:
    (concern,) = pair.at(pair.eucom, "concern", "list", "--json").json
    return str(concern["id"])


def test_a_concern_says_why_it_is_there_and_what_speaks_against_it(flagged: Pair) -> None:
    name = only(flagged)
    out = flagged.at(flagged.eucom, "concern", "show", name.lower()).out
    assert f"concern {name} about Zaporizhzhia Nuclear Power Plant (UA-ZNPP): CORROBORATED\n" in out
    for part in ("\nWhy it is here:\n  [text-near] ", "\nWhat speaks against it:\n  ", "\nEvidence, 3 reports:\n"):
        assert part in out
    assert "  IAEA-2022-11-20  2022-11-19T16:00Z to 2022-11-20T10:00Z  UNKNOWN-EXPLOSIONS  A2  says IAEA" in out
    assert "Not conveyed: no receipt R0 of a message about it, and no recorded call.\n" in out
    assert out.endswith(f"Next: armslength concern assess {name} pursue|hold|dismiss --reason ...\n")
    shown = flagged.at(flagged.eucom, "concern", "show", name, "--json").json
    assert [one["report_id"] for one in shown["reports"]] == shown["evidence"]
    assert command("concern", "show", "C-1", "--home", str(flagged.eucom)).err.startswith("CONCERN-UNKNOWN")


def test_each_step_has_its_reason_and_names_the_next(flagged: Pair) -> None:
    name = only(flagged)
    for words, status, following in (
        (("assess", name, "hold"), "HELD", "pursue|dismiss"),
        (("assess", name.lower(), "pursue"), "PURSUED", f"concern draft {name}"),
        (("dismiss", name), "DISMISSED", "reopen"),
    ):
        out = flagged.at(flagged.eucom, "concern", *words, "--reason", f"because {status}").out
        assert f"(UA-ZNPP): {status}\n" in out
        assert following in out.splitlines()[-1]
    assert "because HELD\n" in out
    assert "because PURSUED\n" in out


def test_what_was_laid_aside_is_out_of_the_list_and_in_the_books(flagged: Pair) -> None:
    name = only(flagged)
    assert name in flagged.at(flagged.eucom, "concern", "list").out
    flagged.at(flagged.eucom, "concern", "dismiss", name, "--reason", "seen from orbit only")
    out = flagged.at(flagged.eucom, "concern", "list").out
    assert out.splitlines() == [
        "EXERCISE  0 concerns, the highest rank first",
        "none",
        "1 dismissed or closed: --all shows them.",
    ]
    assert name in flagged.at(flagged.eucom, "concern", "list", "--all").out


def test_a_draft_is_filled_from_the_evidence_and_cites_it(flagged: Pair) -> None:
    name = only(flagged)
    words = ("concern", "draft", name, "--reply-by", "2090-01-01T00:00:00Z", "--text", "We name no party.")
    draft = flagged.at(flagged.eucom, *words, "--field", "activity=SHELLING", "--json").json
    assert (draft["form"], draft["state"]) == ("CONCERN", "DRAFTED")
    fields = draft["fields"]
    assert fields["free-text"] == (
        f"We name no party.\nEvidence held here under {name}: IAEA-2022-11-20, RU-2022-11-20, UA-2022-11-20."
    )
    assert (fields["activity"], fields["attribution"], fields["case-reference"]) == ("SHELLING", "NO-ATTRIBUTION", name)
    out = flagged.at(flagged.eucom, *words).out
    assert f"{name} is CORROBORATED: no person has decided to pursue it yet.\n" in out
    assert "Before its release: legal, linguist, second person.\n" in out


def test_a_draft_says_something_in_ones_own_words(flagged: Pair) -> None:
    words = ("concern", "draft", only(flagged), "--reply-by", "2090-01-01T00:00:00Z", "--home", str(flagged.eucom))
    assert command(*words).status == 2
    assert command(*words, "--text", " ").err.startswith("OPTION-VALUE")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2022-08-23T00:00:00Z", "2022-08-23T23:59:59.999999Z", "2022-08-23"),
        ("2022-08-23T10:00:00Z", "2022-08-23T10:00:59Z", "2022-08-23T10:00Z"),
        ("2022-08-23T10:00:00Z", "2022-08-23T12:00:00Z", "2022-08-23T10:00Z to 12:00Z"),
        ("2022-08-23T10:00:00Z", "2022-08-24T12:00:00Z", "2022-08-23T10:00Z to 2022-08-24T12:00Z"),
    ],
)
def test_a_time_says_no_more_than_is_known(start: str, end: str, said: str) -> None:
    assert span({"from": start, "until": end}) == said


def test_a_long_text_is_cut_and_says_so() -> None:
    assert short("one\n two", 10) == "one two"
    assert short("x" * 11, 10) == "x" * 9 + "…"

"""What is told of sites at the command line: chosen facts at a chosen precision, and the list of a year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders.cli_homes import command

if TYPE_CHECKING:
    from builders.cli_homes import Pair

DATA = Path("src/armslength/entrypoints/demo_data")
UNTIL = ("--valid-until", "2090-01-01T00:00:00Z")


@pytest.fixture
def known(pair: Pair) -> Pair:
    pair.at(pair.eucom, "facility", "add", str(DATA / "znpp.json"))
    return pair


def release(pair: Pair, draft: str) -> None:
    pair.at(pair.eucom, "message", "check", draft, "--legal", "--law", "AP I Art. 56")
    pair.at(pair.eucom, "message", "release", draft)


def test_no_more_is_told_than_was_chosen(known: Pair) -> None:
    words = ("facility", "disclose", "UA-ZNPP", "--to", "NDMC", *UNTIL)
    draft = known.at(known.eucom, *words, "--tell", "kind,place", "--precision", "500", "--json").json
    assert draft["form"] == "SITE-NOTICE"
    assert set(draft["fields"]) >= {"facility", "facility-id", "place", "valid-until"}
    assert "other-names" not in draft["fields"]
    assert 500 <= draft["fields"]["place"]["precision_m"] < 1500
    out = known.at(known.eucom, *words, "--tell", "names").out
    assert "Place:" not in out
    for more in (("--tell", "place"), ("--tell", "all")):
        assert command(*words, *more, "--home", str(known.eucom)).err.startswith("DISCLOSE-VALUE")


def test_what_was_told_is_shown_with_the_facility_and_can_be_taken_back(known: Pair) -> None:
    words = ("facility", "disclose", "UA-ZNPP", "--tell", "names", *UNTIL, "--json")
    release(known, known.at(known.eucom, *words).json["id"])
    known.carry()
    (told,) = known.at(known.eucom, "facility", "show", "UA-ZNPP", "--json").json["disclosures"]
    assert (told["line"], told["ours"], "R0" in told["receipts"]) == ("NDMC", True, True)
    assert f"notice {told['notice'][:12]}" in known.at(known.eucom, "facility", "show", "UA-ZNPP").out
    draft = known.at(known.eucom, "facility", "withdraw", told["notice"][:12], "--json").json
    assert draft["form"] == "SITE-NOTICE"
    assert command("facility", "withdraw", "ffff", "--home", str(known.eucom)).err.startswith("DISCLOSE-VALUE")


def test_a_list_is_fixed_before_its_digest_leaves(known: Pair) -> None:
    due = ("--year", "2090", "--due", "2090-06-01T00:00:00Z")
    out = known.at(known.eucom, "lists", "record", *due, "--site", "UA-ZNPP:1000").out
    assert "  sites   UA-ZNPP; Zaporizhzhia Nuclear Power Plant; en; NUCLEAR-POWER-PLANT; 47.5" in out
    assert "recorded" in known.at(known.eucom, "lists", "list").out
    assert known.at(known.eucom, "lists", "commit", "--year", "2090", "--json").json["form"] == "LIST-EXCHANGE"
    assert command("lists", "reveal", "--year", "2090", "--home", str(known.eucom)).err.startswith("LIST-NOT-COMMITTED")
    said = command("lists", "record", *due, "--site", "UA-ZNPP:far", "--home", str(known.eucom))
    assert said.err.startswith("OPTION-VALUE")


def test_a_date_alone_is_no_list(known: Pair) -> None:
    out = known.at(known.eucom, "lists", "record", "--year", "2091", "--due", "2091-06-01T00:00:00Z").out
    assert "with --site" in out
    (held,) = known.at(known.eucom, "lists", "list", "--json").json
    assert (held["status"], held["our_list_recorded"]) == ("PLANNED", False)

"""Windows of silence at the command line: from the plan over the missing assurance to the pillars on closing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders.cli_homes import command

if TYPE_CHECKING:
    from builders.cli_homes import Pair

DATA = Path("src/armslength/entrypoints/demo_data")
TIMES = ("--from", "2090-11-08T06:00:00Z", "--until", "2090-11-08T16:00:00Z", "--assure-by", "2090-11-07T18:00:00Z")
PLAN = (*("--lines", "NDMC", "--works", "REPAIR-OF-POWER-LINE", "--crews", "Line crew", "--parties", "NDMC"), *TIMES)
CIRCLE = ("--circle", "47.5700N 34.4000E", "1500")
SAID = ("--party", "NDMC", "--said", "given", "--commands", "Joint Grouping", "--reference")


def proposed(pair: Pair, *more: str) -> str:
    return str(pair.at(pair.eucom, "window", "propose", *CIRCLE, *PLAN, *more, "--json").json["window"])


def test_a_plan_is_shown_whole_before_it_is_signed_and_says_who_is_missing(pair: Pair) -> None:
    out = pair.at(pair.eucom, "window", "propose", *CIRCLE, *PLAN).out
    assert out.startswith("EXERCISE  window, to be signed by eucom-watch-1 as watch-officer\n")
    assert "  zone           circle of 1500 m around 47.5700N 34.4000E, MGRS 36TXT0529769458, precision 12 m\n" in out
    assert "  NDMC: nothing said\nMISSING IN WRITING: NDMC. Not green.\n" in out
    assert "PROPOSED" in pair.at(pair.eucom, "window", "list").out


@pytest.mark.parametrize(
    ("zone", "shape"),
    [
        (("--route", "500", "47.5700N 34.4000E", "47.5800N 34.4100E"), "ROUTE"),
        (("--polygon", "47.5700N 34.4000E", "47.5800N 34.4100E", "47.5700N 34.4200E"), "POLYGON"),
    ],
)
def test_a_zone_may_have_any_form_that_messages_have(pair: Pair, zone: tuple[str, ...], shape: str) -> None:
    found = pair.at(pair.eucom, "window", "propose", *zone, *PLAN, "--json").json
    assert found["zone"][0] == shape
    out = pair.at(pair.eucom, "window", "show", found["window"]).out
    assert ("zone           500 m along 47.57" if shape == "ROUTE" else "zone           within 47.57") in out


@pytest.mark.parametrize("zone", [("--circle", "47.57N 34.4E", "1500"), ("--circle", "47.5700N 34.4000E", "near")])
def test_a_zone_that_is_wider_than_it_says_is_not_proposed(pair: Pair, zone: tuple[str, ...]) -> None:
    said = command("window", "propose", *zone, *PLAN, "--home", str(pair.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, "OPTION-VALUE")


def test_a_call_makes_nothing_green_and_a_letter_does(pair: Pair) -> None:
    name = proposed(pair)
    green = ("window", "green", name.lower(), "--reason", "all said yes")
    out = pair.at(pair.eucom, "window", "record", name, "--reason", "call", "--means", "voice", *SAID, "call 3").out
    assert "; does not count for GREEN\n" in out
    assert command(*green, "--home", str(pair.eucom)).err.startswith("WINDOW-NOT-GREEN")
    pair.at(pair.eucom, "window", "record", name, "--reason", "letter", "--means", "paper", *SAID, "letter 7")
    assert "No assurance is missing.\n" in pair.at(pair.eucom, *green).out
    sent = pair.at(pair.eucom, "window", "status", name, "--reason", "all-assurances-held", "--json").json
    assert [(one["to"], one["type"]) for one in sent] == [("NDMC", "message")]
    crews = command("window", "crews-out", name, "--reason", "go", "--home", str(pair.eucom))
    assert crews.err.startswith("WINDOW-TIME")
    out = pair.at(pair.eucom, "window", "abort", name, "--reason", "weather").out
    assert f"window of silence {name}: ABORTED\n" in out
    assert "weather" in out


def test_its_messages_are_drafted_from_it(pair: Pair) -> None:
    name = proposed(pair)
    (draft,) = pair.at(pair.eucom, "window", "send", name, "--json").json
    assert (draft["form"], draft["fields"]["window-id"]) == ("WINDOW", name)
    out = pair.at(pair.eucom, "window", "send", name, "--to", "NDMC").out
    assert "Before its release: legal, second person.\n" in out
    said = command("window", "assure", name, "--said", "given", "--commands", "J3", "--home", str(pair.eucom))
    assert said.err.startswith("WINDOW-")


def test_another_time_a_violation_and_the_close_of_works_that_were_broken_off(pair: Pair) -> None:
    pair.at(pair.eucom, "facility", "add", str(DATA / "znpp.json"))
    name = proposed(pair, "--facility", "UA-ZNPP")
    later = ("--from", "2090-11-09T06:00:00Z", "--until", "2090-11-09T16:00:00Z", "--assure-by", "2090-11-08T18:00:00Z")
    out = pair.at(pair.eucom, "window", "reschedule", name, *later, "--reason", "late assurance").out
    assert "time           2090-11-09T06:00Z to 2090-11-09T16:00Z\n" in out
    early = ("window", "violation", name, "--at", "2090-11-09T07:00:00Z", "--what", "SHELLING", "--reason", "seen")
    assert command(*early, "--home", str(pair.eucom)).err.startswith("WINDOW-")
    pair.at(pair.eucom, "window", "abort", name, "--reason", "the works are put off")
    # Works that were broken off restored nothing, so that no pillar is taken from them.
    closing = ("window", "close", name, "--reason", "done")
    refused = command(*closing, "--pillar", "OFF-SITE-POWER=HELD", "--home", str(pair.eucom))
    assert refused.err.startswith("WINDOW-VALUE")
    assert f"{name}: CLOSED\n" in pair.at(pair.eucom, *closing).out
    assert command("window", "pillars", name, "--home", str(pair.eucom)).err.startswith("WINDOW-VALUE")

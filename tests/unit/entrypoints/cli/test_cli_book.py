"""The channel book at the command line: entered from its file, shown as a tired officer reads it, climbed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.channel_books import BOOK
from builders.cli_homes import command

if TYPE_CHECKING:
    from builders.cli_homes import Pair, Said

SUBJECT = "critical-infrastructure"


@pytest.fixture
def booked(pair: Pair) -> Pair:
    pair.at(pair.eucom, "channel", "add", str(BOOK), "--reason", "the example")
    return pair


def at(pair: Pair, *words: str) -> Said:
    return pair.at(pair.eucom, *words)


def test_the_book_is_listed_and_a_channel_is_shown_with_its_accounts(booked: Pair) -> None:
    out = at(booked, "channel", "list").out
    assert out.startswith("EXERCISE  5 channels\n")
    assert "eucom-ndmc  TELEPHONE  STAFF" in out
    shown = at(booked, "channel", "show", "eucom-ndmc").out
    assert "Declared: EUCOM: OPEN. Observed: OPEN.\n" in shown
    assert "2022-02-01 to 2022-02-28: Set up in February 2022. [press report of 28 November 2022]" in shown
    assert "2022-03-01 to 2022-03-01: Set up on 1 March 2022" in shown
    assert "Address in ru (NOT APPROVED BY THEM): Национальный центр управления обороной" in shown
    holders = at(booked, "channel", "holders", "eucom-ndmc", "--at", "2022-04-01T00:00:00Z").out
    assert "Tod D. Wolters" in holders
    assert "Cavoli" not in holders


def test_a_state_is_said_with_evidence_and_both_stand(booked: Pair) -> None:
    say = ("channel", "state", "eucom-ndmc", "declared", "suspended-by-them", "--by", "NDMC")
    out = at(booked, *say, "--evidence", "broadcast", "--reason", "announced in public").out
    assert "What is declared and what is seen differ." in out
    assert command(*say[:-2], "--evidence", "x", "--reason", "y", "--home", str(booked.eucom)).err.startswith(
        "CHANNEL-STATE"
    )


def test_a_ladder_is_shown_begun_and_answered(booked: Pair) -> None:
    assert SUBJECT in at(booked, "ladder", "list").out
    shown = at(booked, "ladder", "show", SUBJECT).out
    assert "1. eucom-ndmc: US European Command" in shown
    assert "7. PUBLIC: state the concern in public" in shown
    begin = ("ladder", "begin", SUBJECT, "--reason", "shelling near the plant")
    assert command(*begin, "--home", str(booked.eucom)).err.startswith("RUNG-SAYS")
    out = at(booked, *begin, "--says", "a staff matter", "--for", "concern=C-2022-0001").out
    assert ": TRYING\n" in out
    assert "concern C-2022-0001" in out
    run = at(booked, "ladder", "runs", "--json").json[0]["run"]
    use = ("ladder", "answer", run, "use", "--reason", "no answer", "--says", "soldiers take it seriously")
    assert command(*use, "--home", str(booked.eucom)).err.startswith("RUNG-APPROVAL")
    out = at(booked, *use, "--approved-by", "the Chairman").out
    assert "cjcs-cgs since" in out
    out = at(booked, "ladder", "answer", run, "answered", "--reason", "they called", "--reference", "CT-1").out
    assert ": ANSWERED\n" in out
    assert at(booked, "ladder", "runs").out == "EXERCISE  0 runs open\nnone\n"
    assert run in at(booked, "ladder", "runs", "--every").out
    assert at(booked, "ladder", "runs", run, "--json").json["status"] == "ANSWERED"


def test_what_is_signed_is_shown_by_name(pair: Pair) -> None:
    out = at(pair, "channel", "add", str(BOOK), "--reason", "the example").out
    assert "  how it came to be" in out
    assert "  its use says" in out
    assert "field" not in out

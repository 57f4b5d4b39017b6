"""`line`: our assent is signed in one command, and both states are shown apart."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from armslength.desk import cast
from armslength.node import open_node
from builders.cli_homes import command

if TYPE_CHECKING:
    from builders.cli_homes import Pair


def test_an_open_line_is_not_opened_twice(pair: Pair) -> None:
    before = len(pair.at(pair.eucom, "journal", "entries", "--json").json)
    said = pair.at(pair.eucom, "line", "open", "ndmc").out
    assert said == "The line to NDMC is OPEN: both sides assented to the charter.\n"
    assert len(pair.at(pair.eucom, "journal", "entries", "--json").json) == before


def test_both_states_are_shown_apart(opened: Pair) -> None:
    (line,) = opened.at(opened.eucom, "line", "show", "--json").json
    assert (line["declared"], line["observed"]) == ("OPEN", "LIVE")
    out = opened.at(opened.eucom, "line", "show", "NDMC").out
    assert out.startswith("EXERCISE  1 line\n")
    assert "declared     OPEN\nobserved     LIVE\n" in out
    assert opened.at(opened.eucom, "line", "show", "NOBODY", "--json").json == []


@pytest.mark.parametrize(("name", "declared"), [("suspend", "SUSPENDED-BY-US"), ("resume", "OPEN")])
def test_a_line_is_suspended_and_resumed_by_a_message(pair: Pair, name: str, declared: str) -> None:
    said = pair.at(pair.eucom, "line", "suspend").out
    assert said.endswith("SUSPEND, number 1: not delivered yet: do not report as sent.\n")
    if name == "resume":
        assert pair.at(pair.eucom, "line", "resume", "NDMC", "--text", "back", "--json").json["number"] == 2
    assert pair.at(pair.eucom, "line", "show", "--json").json[0]["declared"] == declared


def test_a_suspended_line_carries_stop_and_nothing_else(pair: Pair) -> None:
    pair.at(pair.eucom, "line", "suspend")
    said = command("message", "draft", "TEST", "--release", "--home", str(pair.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, "LINE-NOT-READY")
    assert pair.at(pair.eucom, "stop", "--at", "47.5122N 34.5858E", "--json").json[0]["number"] == 2


def leave_unanswered(pair: Pair) -> None:
    """Count one silence of theirs, as the clockwork does when nobody reads in time."""
    node = open_node(pair.eucom)
    try:
        line = node.desk.read(lambda unit: cast.lines(unit, node.realm))[0].line
        asyncio.run(node.desk.write(lambda books: books.note("session", "session", {20: "unanswered"}, line)))
    finally:
        node.close()


def test_a_silence_is_shown_and_judged_by_a_person(pair: Pair) -> None:
    leave_unanswered(pair)
    assert "observed     UNANSWERED: 1 unanswered by persons\n" in pair.at(pair.eucom, "line", "show").out
    said = pair.at(pair.eucom, "line", "judge", "--as", "cut", "--reason", "no voice since the morning call").out
    assert said.endswith("EXERCISE  line to NDMC: observed CUT\nThe other side was told nothing.\n")
    given = ("line", "judge", "ndmc", "--as", "technical", "--reason", "cable", "--json")
    assert pair.at(pair.eucom, *given).json["observed"] == "DEGRADED"


def test_a_line_that_answers_is_not_judged(opened: Pair) -> None:
    said = command("line", "judge", "--as", "cut", "--reason", "a feeling", "--home", str(opened.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, "SESSION-TRANSITION")

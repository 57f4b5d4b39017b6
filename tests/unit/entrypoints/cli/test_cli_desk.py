"""Alarms, delegations and the count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders.cli_homes import command

if TYPE_CHECKING:
    from builders.cli_homes import Pair


@pytest.fixture
def stopped(pair: Pair) -> Pair:
    pair.at(pair.eucom, "stop", "--at", "47.5122N 34.5858E")
    pair.at(pair.eucom, "message", "draft", "TEST", "--release")
    pair.carry()
    return pair


def test_an_alarm_says_whether_anybody_was_rung_and_is_accepted(stopped: Pair) -> None:
    out = stopped.at(stopped.ndmc, "alarm", "list").out
    assert "STOP-RECEIVED  (NOBODY WAS RUNG)\n  STOP received. Ring the operations post now; then receipt it.\n" in out
    alarms = stopped.at(stopped.ndmc, "alarm", "list", "--json").json
    name = next(one["id"] for one in alarms if one["kind"] == "STOP-RECEIVED")
    said = stopped.at(stopped.ndmc, "alarm", "accept", name[:6]).out
    assert said.endswith("The other side is told nothing by this; a message still needs its receipt.\n")
    assert name not in stopped.at(stopped.ndmc, "alarm", "list").out
    assert "accepted by ndmc-watch-1" in stopped.at(stopped.ndmc, "alarm", "list", "--all").out
    assert command("alarm", "accept", "f" * 64, "--home", str(stopped.ndmc)).err.startswith("ALARM-UNKNOWN")


def test_the_count_shows_its_rule_and_what_it_leaves_out(stopped: Pair) -> None:
    out = stopped.at(stopped.eucom, "count").out
    assert out.startswith("EXERCISE  1 use certain, 0 more possible, as of ")
    assert "Not counted:\nDIRECTION  NUMBER  FORM  BECAUSE\noutgoing   2       TEST  the form TEST" in out
    assert stopped.at(stopped.eucom, "count", "--by", "NDMC", "--json").json["certain"] == 0
    assert stopped.at(stopped.eucom, "count", "--as-of", "2022-11-20T00:00:00Z", "--json").json["certain"] == 0


def draft(pair: Pair) -> Any:
    return pair.at(pair.eucom, "message", "draft", "TEST", "--json").json["id"]


def test_a_delegation_lets_one_officer_release(pair: Pair) -> None:
    out = pair.at(pair.eucom, "delegation", "give", "--to", "eucom-watch-1", "--forms", "test", "--hours", "2").out
    assert "EXERCISE  delegation, to be signed by eucom-release-1 as releasing-officer\n" in out
    assert "Recorded, journal entry " in out
    (one,) = pair.at(pair.eucom, "delegation", "list", "--json").json
    assert (one["kind"], one["forms"], one["countersignature_owed"]) == ("pre-approved", ["TEST"], False)


def test_a_voice_authority_is_countersigned_by_who_gave_it(pair: Pair) -> None:
    words = ("delegation", "voice", draft(pair), "--given-by", "eucom-principal-1")
    assert command(*words, "--home", str(pair.eucom)).err.startswith("VOICE-NOT-CALLED-BACK")
    pair.at(pair.eucom, *words, "--called-back")
    (one,) = pair.at(pair.eucom, "delegation", "list", "--json").json
    assert one["countersignature_owed"]
    wrong = command("delegation", "countersign", one["id"][:6], "--officer", "release-1", "--home", str(pair.eucom))
    assert wrong.err.startswith("ROLE-REFUSED")
    assert pair.at(pair.eucom, "delegation", "countersign", one["id"][:6]).out.endswith("shows what is owed.\n")
    assert pair.at(pair.eucom, "delegation", "list").out.splitlines()[-1].endswith("  no")
    assert command("delegation", "countersign", "ff", "--home", str(pair.eucom)).err.startswith("DELEGATION-UNKNOWN")


def test_an_alarm_is_passed_on_and_shelved_by_two_but_never_a_stop(stopped: Pair) -> None:
    name = stopped.at(stopped.ndmc, "alarm", "test", "--json").json["alarm"]
    said = stopped.at(stopped.ndmc, "alarm", "pass", name, "--to", "principal", "--reason", "his to hear").out
    assert "rings on until it is accepted" in said
    assert "passed to principal" in stopped.at(stopped.ndmc, "alarm", "list").out
    ask = ("alarm", "shelve", name, "--minutes", "5", "--reason", "a test")
    assert "until a second person signs" in stopped.at(stopped.ndmc, *ask).out
    assert (
        "comes off by itself"
        in stopped.at(stopped.ndmc, "alarm", "shelve", name, "--countersign", "--officer", "ndmc-release-1").out
    )
    assert "on the shelf until" in stopped.at(stopped.ndmc, "alarm", "list").out
    assert "rings again" in stopped.at(stopped.ndmc, "alarm", "shelve", name, "--end").out
    alarms = stopped.at(stopped.ndmc, "alarm", "list", "--all", "--json").json
    stop = next(one["id"] for one in alarms if one["kind"] == "STOP-RECEIVED")
    refused = command("alarm", "shelve", stop, "--minutes", "5", "--reason", "noise", "--home", str(stopped.ndmc))
    assert refused.err.startswith(("ALARM-SHELF-NEVER", "ALARM-SETTLED"))

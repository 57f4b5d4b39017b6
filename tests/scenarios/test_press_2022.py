"""The press reports of November 2022 as a test: once, not for Poland, two occasions; what they do not say is unknown.

The example's node is made by its own command and asked by the commands that people type. That tests, exercises and
service calls never move the number is shown on the same records in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.instants import DAY_US, Instant, parse_rfc3339, rfc3339
from armslength.desk import service_contacts
from armslength.entrypoints.demo import contacts_2022
from builders.cli_homes import PASSPHRASE, done
from builders.contact_desk import alone, count, enter, enter_all, enter_in

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = "2022-11-28"
KEYS = [
    *("channel", "since", "as_of", "initiated_by", "certain", "possible", "count", "rule", "contacts", "completeness"),
]
TODAY = parse_rfc3339("2026-01-05T09:00:00Z")
"""The day on which the officer of the example enters what the press told of 2022."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "node"
    made = done("example", "contacts-2022", "--home", str(folder), "--json").json
    assert (made["realm"], made["entered"]["channel"]) == ("EXERCISE", 5)
    return folder


def asked(home: Path, channel: str, *more: str) -> Any:
    words = ("contact", "count", "--channel", channel, "--as-of", AS_OF, *more, "--json")
    return done("--home", str(home), *words).json


def test_the_line_was_used_once_and_the_list_stands_behind_the_number(home: Path) -> None:
    found = asked(home, "eucom-ndmc", "--initiated-by", "US")
    assert list(found) == KEYS
    assert (found["channel"], found["as_of"], found["since"], found["initiated_by"]) == (
        "eucom-ndmc",
        AS_OF,
        None,
        "US",
    )
    assert (found["certain"], found["possible"], found["count"]) == (1, 0, 1)
    [use] = found["contacts"]
    assert (use["from"], use["until"]) == ("2022-03-01T00:00:00Z", "2022-11-28T00:00:00Z")
    assert (use["proof"], use["completeness"], use["initiated_by"]) == ("REPORTED", "PRESS", "US")
    assert found["rule"]["unit"] == "exchange"
    assert {"TEST", "SERVICE"} <= set(found["rule"]["excluded_forms"])
    assert "From the press" in found["completeness"]["text"]
    assert "the date" in found["completeness"]["unknown"]
    assert asked(home, "eucom-ndmc", "--initiated-by", "RU")["count"] == 0


def test_whether_it_was_used_to_urge_a_halt_to_strikes_is_unknown(home: Path) -> None:
    found = asked(home, "eucom-ndmc", "--subject", "halt to strikes")
    assert (found["certain"], found["possible"]) == (0, 1)
    assert found["completeness"]["answer"] == "UNKNOWN"
    said = done("--home", str(home), "contact", "count", "--channel", "eucom-ndmc", "--subject", "halt to strikes").out
    assert "UNKNOWN: 0 uses certain, 1 more possible" in said
    known = asked(
        home, "eucom-ndmc", "--subject", "concern over Russian military operations near critical infrastructure"
    )
    assert (known["certain"], known["possible"]) == (1, 0)


def test_the_chiefs_of_staff_spoke_on_two_occasions_and_failed_attempts_are_kept(home: Path) -> None:
    for unit in ("exchange", "occasion"):
        found = asked(home, "cjcs-cgs", "--unit", unit)
        assert (found["count"], found["possible"]) == (2, 0)
        assert [use["from"][:10] for use in found["contacts"]] == ["2022-05-19", "2022-10-24"]
    listed = done("--home", str(home), "contact", "list", "--channel", "cjcs-cgs", "--json").json
    assert [(one["from"][:10], one["outcome"]) for one in listed] == [
        ("2022-11-15", "NO-ANSWER"),
        ("2022-10-24", "REACHED"),
        ("2022-05-19", "REACHED"),
    ]
    counts = {channel: asked(home, channel)["count"] for channel in ("secdef-mod", "nsa", "dcia")}
    assert counts == {"secdef-mod": 3, "nsa": 1, "dcia": 1}


def test_it_was_not_used_for_poland(home: Path) -> None:
    [decision] = done("--home", str(home), "decision", "list", "--not-used", "--json").json
    assert (decision["channel"], decision["subject"]) == ("eucom-ndmc", "missile at Przewodów")
    assert (decision["from"][:10], decision["proof"]) == ("2022-11-15", "REPORTED")
    of_the_day = asked(home, "eucom-ndmc", "--since", "2022-11-15", "--subject", "missile at Przewodów")
    assert of_the_day["certain"] == 0


def test_the_press_number_is_certified_and_comes_out_again(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "count.json"
    words = ("contact", "certificate", "--channel", "eucom-ndmc", "--as-of", AS_OF, "--to", str(file), "--json")
    made = done("--home", str(home), *words).json
    assert (made["certain"], len(made["listed"]), made["realm"]) == (1, 1, "EXERCISE")
    given = {"channel": "eucom-ndmc", "outcome": "REACHED", "from": "2022-11-27T09:00:00Z"}
    options = [word for name, value in given.items() for word in (f"--{name}", value)]
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    done("--home", str(home), "contact", "add", *options, "--passphrase-file", str(secret), "--uncertain", "--json")
    assert asked(home, "eucom-ndmc")["possible"] == 1
    again = done("--home", str(home), "contact", "certificate", "--verify", str(file), "--json").json
    assert again == {"verified": True, "certain": 1, "possible": 0}


def test_tests_an_exercise_and_service_calls_do_not_move_the_counter() -> None:
    party = alone("US", TODAY)
    for kind, given in contacts_2022.records():
        if kind in {"channel", "contact", "decision"}:
            enter(party, kind, given)
    before = count(party, channel="eucom-ndmc")
    base = {"channel": "eucom-ndmc", "outcome": "REACHED", "initiated_by": "US"}
    first = parse_rfc3339("2022-03-01T08:00:00Z")
    twice_a_day = [rfc3339(Instant(first + number * DAY_US // 2)) for number in range(540)]
    enter_all(
        party,
        "contact",
        [
            *({**base, "purpose": "TEST", "from": at} for at in twice_a_day),
            {**base, "purpose": "EXERCISE", "from": "2022-09-01T10:00:00Z"},
            *({**base, "purpose": "SERVICE", "from": f"2022-10-0{day}T10:00:00Z"} for day in (3, 4, 5)),
        ],
    )
    after = count(party, channel="eucom-ndmc")
    assert (after["certain"], after["contacts"]) == (1, before["contacts"])
    assert {one["reason"]: one["number"] for one in after["excluded"]} == {
        "the form TEST is not counted": 541,
        "the form SERVICE is not counted": 3,
        "an exercise": 1,
    }
    with party.write() as books:
        enter_in(books, party, "contact", {**base, "from": "2022-11-27T10:00:00Z", "subjects": ["grid"]})
    assert count(party, channel="eucom-ndmc")["certain"] == 2
    with party.read() as books:
        found = service_contacts.read_count(books, {"channel": "eucom-ndmc,cjcs-cgs", "as_of": AS_OF})
    assert (found["channel"], found["certain"]) == (["eucom-ndmc", "cjcs-cgs"], 4)

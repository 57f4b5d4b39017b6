"""`contact`, `decision` and `example` as people type them, in a node that never had a peer."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from armslength.entrypoints.cli import contacts
from builders.cli_homes import PASSPHRASE, command, done

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's node, which every test here adds to."""
    home = tmp_path_factory.mktemp("contacts") / "node"
    said = done("example", "contacts-2022", "--home", str(home)).out
    assert "EXERCISE" in said
    assert "contact count --channel eucom-ndmc" in said
    assert command("example", "contacts-2022", "--home", str(home)).err.startswith("NODE-ALREADY-INITIALISED")
    return home


@pytest.fixture
def run(made: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("ARMSLENGTH_PASSPHRASE", PASSPHRASE)
    return lambda *words: done("--home", str(made), *words)


def test_a_contact_is_entered_by_options_shown_and_corrected(run: Any) -> None:
    words = ("--channel", "nsa", "--from", "2022-11-10T10:00:00Z", "--outcome", "busy", "--notes", "Rang once.")
    [entered] = run("contact", "add", *words, "--subject", "grid", "--json").json
    assert (entered["outcome"], entered["subjects"], entered["officer"]) == ("BUSY", ["grid"], "us-watch-1")
    said = run("contact", "correct", entered["number"], "--because", "they did answer", "--outcome", "reached").out
    assert "they did answer" in said
    corrected = run("contact", "show", entered["number"]).out
    assert "CORRECTED by CT-" in corrected
    assert "never published as proved" in corrected
    newest = run("contact", "list", "--channel", "nsa", "--subject", "grid", "--json").json
    assert [(one["outcome"], one["corrects"], one["notes"]) for one in newest] == [
        ("REACHED", entered["number"], "Rang once."),
        ("BUSY", "", "Rang once."),
    ]
    assert "Rang once" not in run("contact", "list", "--channel", "nsa").out


def test_contacts_are_entered_from_a_file(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "contacts.json"
    one = {"channel": "dcia", "from": "2022-11-01T10:00:00Z", "outcome": "REACHED", "purpose": "TEST"}
    file.write_text(json.dumps([one, {**one, "from": "2022-11-02T10:00:00Z"}]), encoding="utf-8")
    assert "Next: armslength contact show CT-" in run("contact", "add", "--file", str(file)).out
    assert len(run("contact", "list", "--channel", "dcia", "--until", "2022-11-02", "--json").json) == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("contact", "add", "--channel", "nsa"), "OPTION-VALUE"),
        (("contact", "add", "--file", "nothing.json"), "FILE-READ"),
        (
            ("contact", "add", "--channel", "x", "--from", "2022-11-01T10:00:00Z", "--outcome", "BUSY"),
            "CHANNEL-UNKNOWN",
        ),
        (("contact", "show", "CT-2020-000001"), "CONTACT-UNKNOWN"),
        (("contact", "count", "--as-of", "yesterday"), "TIME-FORMAT"),
        (("contact", "count", "--channel", "red-telephone"), "CHANNEL-UNKNOWN"),
        (("contact", "certificate", "--verify", "nothing.json"), "FILE-READ"),
        (("contact", "ledger", "--to", "/nonexistent/ledger.csv"), "FILE-WRITE"),
        (("decision", "show", "D-2020-000001"), "DECISION-UNKNOWN"),
    ],
)
def test_what_cannot_be_is_refused(made: Path, words: tuple[str, ...], code: str) -> None:
    said = command("--home", str(made), *words)
    assert (said.status, said.err.split(":")[0]) == (2, code)


def test_the_count_prints_number_rule_list_and_what_is_left_out(run: Any) -> None:
    said = run("contact", "count", "--channel", "cjcs-cgs", "--as-of", "2022-11-28").out
    assert "2 uses certain, 0 more possible (REPORTED), as of the end of 2022-11-28 UTC" in said
    assert "Rule: Counted are matters opened" in said
    assert "nobody was reached: NO-ANSWER" in said
    found = run(
        "contact", "count", "--channel", "cjcs-cgs", "--channel", "dcia", "--as-of", "2022-11-28", "--json"
    ).json
    assert tuple(found) == contacts.COUNT_KEYS
    assert (found["channel"], found["count"]) == (["cjcs-cgs", "dcia"], 3)


def test_a_certificate_is_shown_and_a_changed_one_fails(made: Path, run: Any, tmp_path: Path) -> None:
    file = tmp_path / "certificate.json"
    said = run("contact", "certificate", "--channel", "cjcs-cgs", "--as-of", "2022-11-28", "--to", str(file)).out
    assert "2 certain, 0 more possible" in said
    assert "The certificate holds" in run("contact", "certificate", "--verify", str(file)).out
    changed = json.loads(file.read_text(encoding="utf-8"))
    changed["listed"].pop()
    changed["certain"] = 1
    file.write_text(json.dumps(changed), encoding="utf-8")
    refused = command("--home", str(made), "contact", "certificate", "--verify", str(file))
    assert (refused.status, refused.err.split(":")[0]) == (1, "COUNT-CERTIFICATE")


def test_the_ledger_is_a_table_in_which_no_cell_is_a_formula(run: Any, tmp_path: Path) -> None:
    words = ("--channel", "nsa", "--from", "2022-11-11T10:00:00Z", "--outcome", "BUSY", "--notes", "=1+1")
    run("contact", "add", *words)
    rows = list(csv.DictReader(StringIO(run("contact", "ledger", "--channel", "nsa", "--since", "2022-11-11").out)))
    assert [(row["realm"], row["outcome"], row["certain"]) for row in rows] == [("EXERCISE", "BUSY", "yes")]
    assert not rows[0]["notes"].startswith("=")
    file = tmp_path / "ledger.csv"
    assert "written to" in run("contact", "ledger", "--to", str(file)).out
    assert run("contact", "ledger", "--to", str(file), "--json").json["contacts"] > 10


def test_decisions_are_entered_listed_and_shown(run: Any) -> None:
    why = ("--reason", "it would say too much", "--information", "two accounts")
    unused = run("decision", "not-used", "--channel", "nsa", *why, "--subject", "grid", "--json").json
    assert (unused["not_used"], unused["chosen"], unused["officer"]) == (True, "do not use the channel", "us-watch-1")
    words = ("--what", "when to call", "--option", "now", "--option", "later", "--chosen", "later")
    assert "D-" in run("decision", "add", *words, *why, "--officer", "release-1").out
    listed = run("decision", "list", "--not-used", "--channel", "nsa", "--json").json
    assert [one["number"] for one in listed] == [unused["number"]]
    assert "later" in run("decision", "list").out
    assert "CONSIDERED, NOT USED" in run("decision", "show", unused["number"]).out

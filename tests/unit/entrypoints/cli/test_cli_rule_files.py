"""Rules at the command line: read, tried over the past, put in force by who may, with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.cli.rule_files import _check
from builders.cli_homes import command

if TYPE_CHECKING:
    from builders.cli_homes import Pair

DATA = Path("src/armslength/entrypoints/demo_data")


@pytest.fixture
def changed(pair: Pair, tmp_path: Path) -> str:
    """A file of rules in which bursts of hot spots are asked nothing."""
    text = pair.at(pair.eucom, "rules", "show", "--text").out
    path = tmp_path / "rules.toml"
    path.write_text(text.replace("[rules.hot-spot-burst]", "[rules.hot-spot-burst]\non = false"), encoding="utf-8")
    return str(path)


def test_the_rules_in_force_are_sentences_and_a_file_that_can_be_used(pair: Pair, tmp_path: Path) -> None:
    out = pair.at(pair.eucom, "rules", "show").out
    assert out.startswith("EXERCISE  rules in force: default, version ")
    assert "as shipped" in out.splitlines()[0]
    path = tmp_path / "shipped.toml"
    path.write_text(pair.at(pair.eucom, "rules", "show", "--text").out, encoding="utf-8")
    held = pair.at(pair.eucom, "rules", "show", "--json").json
    checked = pair.at(pair.eucom, "rules", "check", str(path), "--json").json
    assert (checked["version"], checked["shipped"]) == (held["version"], True)


def test_a_change_is_tried_before_it_is_used(pair: Pair, changed: str) -> None:
    pair.at(pair.eucom, "facility", "add", str(DATA / "znpp.json"))
    pair.at(pair.eucom, "report", "import", str(DATA / "firms_znpp_2022-08.csv"), "--yes")
    out = pair.at(pair.eucom, "rules", "check", changed).out
    assert f"{changed} can be used: default, version " in out
    assert out.endswith(f"Nothing was changed. Next: armslength rules what-if {changed}\n")
    out = pair.at(pair.eucom, "rules", "what-if", changed).out
    assert "\nOnly the rules in force flag:\n  2022-08-23  UA-ZNPP\n" in out
    assert pair.at(pair.eucom, "rules", "show", "--json").json["shipped"] is True


def test_rules_come_into_force_by_a_releasing_officer(pair: Pair, changed: str) -> None:
    done = pair.at(pair.eucom, "rules", "use", changed, "--reason", "too many fires").out
    assert "Signed by eucom-release-1, journal entry " in done
    held = pair.at(pair.eucom, "rules", "show", "--json").json
    assert held["shipped"] is False
    assert held["text"] == Path(changed).read_text(encoding="utf-8")
    words = ("rules", "use", changed, "--reason", "r", "--officer", "watch-1", "--home", str(pair.eucom))
    assert command(*words).err.startswith("ROLE-REFUSED")


def test_a_file_that_nobody_can_read_changes_nothing(pair: Pair, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("x = 1", encoding="utf-8")
    for words in (("check",), ("what-if",), ("use", "--reason", "r")):
        said = command("rules", words[0], str(tmp_path / "bad.toml"), *words[1:], "--home", str(pair.eucom))
        assert (said.status, said.err.split(":")[0]) == (2, "RULES-UNKNOWN")
    assert pair.at(pair.eucom, "rules", "show", "--json").json["shipped"] is True


def test_rules_that_the_node_swapped_are_not_signed(pair: Pair) -> None:
    from armslength.entrypoints.cli.client import connect
    from armslength.register.default_rules import DEFAULT_RULES_TOML

    way = connect(pair.eucom)
    try:
        asked = way.prepare("rules", "eucom-release-1", {"text": DEFAULT_RULES_TOML, "reason": "r"})
    finally:
        way.close()
    _check(asked, DEFAULT_RULES_TOML, "r")
    with pytest.raises(LocalError, match="SIGN-MISMATCH"):
        _check(asked, "another", "r")

"""`code` at the command line: found, said while the node is down, signed, approved and sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.cli.codes import span
from builders.cli_homes import command, done

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


def test_a_phrase_is_said_without_any_node(tmp_path: Path) -> None:
    said = done("code", "say", "11", "21", "--home", str(tmp_path))
    assert "011\nen  Passed to the command; answer in 21 minutes.\n" in said.out
    assert "ru  Передано командованию; ответ через 21 минуту.\n" in said.out
    assert "ru for en  Peredano komandovaniyu; otvet cherez 21 minutu." in said.out
    assert done("code", "say", "010", "--json", "--home", str(tmp_path)).json["number"] == "010"
    assert command("code", "say", "11", "--home", str(tmp_path)).err.startswith("CODE-ARGUMENTS")


def test_from_finding_a_phrase_to_signing_approving_and_sending_it(pair: Pair) -> None:
    home = pair.eucom
    assert "010     Cease fire." in pair.at(home, "code", "find", "Прекратите").out
    assert "DRAFT" in pair.at(home, "code", "list", "--group", "030", "--language", "ru").out
    shown = pair.at(home, "code", "show", "010").out
    assert "(Not reviewed by a native linguist)" in shown
    assert "read back: Cease fire. Shelling of a site" in shown
    assert "Expected answer: 011 / 012 / 015" in shown
    assert command("code", "sign", "all", "--language", "en", "--home", str(home)).err.startswith(
        "CODEBOOK-NOT-ADOPTED"
    )
    assert "to be signed by eucom-linguist-1 as linguist" in pair.at(home, "code", "adopt").out
    pair.at(home, "code", "sign", "all", "--language", "en", "--language", "ru")
    pair.at(home, "code", "review", "010", "--language", "ru", "--note", "read with the desk")
    pair.at(home, "code", "withdraw", "020", "--language", "ru", "--note", "to be read again")
    found = pair.at(home, "code", "status", "--json").json
    assert (found["drafts"], found["lines"][0]["approved_by_us"]) == (1, 0)
    refused = command("code", "approve", "all", "--home", str(home))
    assert refused.err.startswith("CODEBOOK-UNSIGNED")
    approved = pair.at(home, "code", "approve", "001-019", "--json").json
    assert (approved["form"], approved["fields"]["last-code"]) == ("CODEBOOK", 19)
    sent = pair.at(home, "code", "send", "010", "011; 15", "--precedence", "immediate", "--json").json
    assert sent["needs"] == ["second person"]
    assert sent["fields"]["draft-phrases"] is True
    out = pair.at(home, "code", "send", "013; 47.51220N 34.58580E").out
    assert "013 Cease fire at once. Your fire is hitting the place 47.51220N 34.58580E." in out
    assert "DRAFT, not approved by the linguists of both parties: yes" in out
    assert "read with the desk" in pair.at(home, "code", "show", "10").out
    assert "digest" in pair.at(home, "code", "status").out


@pytest.mark.parametrize(
    ("text", "first", "last"), [("010", "010", "010"), ("001-039", "001", "039"), ("ALL", "001", "143")]
)
def test_ranges(text: str, first: str, last: str) -> None:
    assert span(text) == (first, last)


@pytest.mark.parametrize("text", ["", "x", "1-x", "-5"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(LocalError, match="OPTION-VALUE"):
        span(text)

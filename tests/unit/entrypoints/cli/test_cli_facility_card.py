"""A facility on the screen: every statement with its source, nothing that the register holds left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.cli_homes import command

if TYPE_CHECKING:
    from builders.cli_homes import Pair


@pytest.fixture
def dam(pair: Pair) -> Pair:
    for name in ("kakhovka_dam", "znpp"):
        pair.at(pair.eucom, "facility", "add", f"examples/register/{name}.json")
    return pair


def test_every_statement_has_its_source(dam: Pair) -> None:
    out = dam.at(dam.eucom, "facility", "show", "UA-KAKH").out
    for line in (
        "needed by     UA-ZNPP (COOLING-WATER)",
        "  46.7778N 33.3703E [Wikipedia, Destruction of the Kakhovka Dam]",
        "  STORED-WATER: 18.2 km3 [Wikipedia, Kakhovka Reservoir]",
        "  width of the gap: 85 m [Wikipedia, Destruction of the Kakhovka Dam, 2023-06-06]",
        "  from - until 2023-06-05 [Wikipedia, Destruction of the Kakhovka Dam]",
        "  nothing",
    ):
        assert line in out.splitlines(), line
    shown = dam.at(dam.eucom, "facility", "show", "UA-ZNPP").out
    for title in ("Pillars and principles", "Monitors", "Components", "Needs", "Agreements", "Operator by law"):
        assert f"\n{title}:\n" in shown


def test_the_factor_of_a_thousand_is_refused_with_its_reason(dam: Pair, tmp_path: object) -> None:
    import json
    from pathlib import Path

    document = json.loads(Path("examples/register/kakhovka_dam.json").read_text(encoding="utf-8"))
    wrong = {"kind": "STORED-WATER", "value": "18", "unit": "hm3", "note": "18 million m3", "source": "press"}
    for hazards in ([*document["hazards"], wrong], [wrong]):
        path = Path(str(tmp_path)) / "wrong.json"
        path.write_text(json.dumps({**document, "hazards": hazards}), encoding="utf-8")
        said = command("facility", "add", str(path), "--home", str(dam.eucom))
        assert (said.status, said.err.split(":")[0]) == (2, "QUANTITY-MAGNITUDE")
        assert "a million taken for a thousand million" in said.err


def test_the_register_is_shown_as_of_a_date(dam: Pair) -> None:
    assert dam.at(dam.eucom, "facility", "show", "UA-KAKH", "--at", "2090-01-01", "--json").json["versions"] == 1
    said = command("facility", "show", "UA-KAKH", "--at", "someday", "--home", str(dam.eucom))
    assert said.err.startswith("TIME-")
    assert command("facility", "show", "NONE", "--home", str(dam.eucom)).err.startswith("FACILITY-UNKNOWN")

"""Every code is explained."""

from __future__ import annotations

import pytest

from armslength.core.error_table import ERROR_TABLE
from builders.cli_homes import command, done


@pytest.mark.parametrize("code", ["LINE-NOT-READY", "line-not-ready", "LINE-NOT-READY:"])
def test_a_code_is_explained_however_it_was_copied(code: str) -> None:
    out = done("explain", code).out
    assert out.startswith("LINE-NOT-READY  (our own side must change something; nothing was changed)\n")
    assert f"Next: {ERROR_TABLE['LINE-NOT-READY'].next_step}\n" in out
    assert done("explain", code, "--json").json["family"] == "local"


def test_all_codes_are_listed() -> None:
    assert [one["code"] for one in done("explain", "--json").json] == sorted(ERROR_TABLE)
    assert len(done("explain").out.splitlines()) == len(ERROR_TABLE) + 1


def test_an_unknown_code_names_its_neighbours() -> None:
    said = command("explain", "LINE-NOT-REDY")
    assert said.status == 2
    assert "LINE-NOT-READY" in said.err

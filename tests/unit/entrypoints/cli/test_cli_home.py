"""Which home is meant, and what its settings must have."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.cli.home import home_of, settings_of


def test_the_option_goes_before_the_environment_before_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARMSLENGTH_HOME", "env")
    assert home_of(Namespace(home="option")) == Path("option")
    assert home_of(Namespace(home=None)) == Path("env")
    monkeypatch.delenv("ARMSLENGTH_HOME")
    assert home_of(Namespace()) == Path.home() / ".armslength"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"party": 1, "realm": "REAL"}', "\x00"])
def test_settings_that_cannot_be_read_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text, encoding="utf-8")
    with pytest.raises(LocalError, match="SETTINGS-MALFORMED"):
        settings_of(tmp_path)


def test_an_empty_home_is_not_initialised(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="NODE-NOT-INITIALISED"):
        settings_of(tmp_path)

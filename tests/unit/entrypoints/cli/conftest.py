"""Fixtures of the command line's tests: the passphrase, and two homes with an open line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import cli_homes

if TYPE_CHECKING:
    from pathlib import Path

    from builders.cli_homes import Pair


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARMSLENGTH_PASSPHRASE", cli_homes.PASSPHRASE)


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARMSLENGTH_PASSPHRASE", cli_homes.PASSPHRASE)
        return cli_homes.make(tmp_path_factory.mktemp("homes"))


@pytest.fixture
def pair(opened: Pair, tmp_path: Path) -> Pair:
    return opened.copied(tmp_path)

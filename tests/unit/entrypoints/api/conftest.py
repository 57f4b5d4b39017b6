"""Two introduced homes, made once a run; each test works on a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.live_node import copy_of, introduced

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def introduced_homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return introduced(tmp_path_factory.mktemp("introduced"))


@pytest.fixture
def home(introduced_homes: Path, tmp_path: Path) -> Path:
    """The home of EUCOM: a line to NDMC is open, and one TEST came in."""
    return copy_of(introduced_homes, tmp_path) / "EUCOM"

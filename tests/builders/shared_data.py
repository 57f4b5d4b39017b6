"""Where the real data lies: beside the repository, never in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "data"
"""The folder of data sets beside the repository; each set has its SOURCE.md."""


def shared_data(name: str) -> Path:
    """The folder of one data set; skips the test when it is not on this machine.

    Args:
        name: a folder's name, such as "firms_min".

    Returns:
        The folder, which exists.
    """
    folder = SHARED / name
    if folder.is_dir():
        return folder
    reason = f"real data is absent: ../shared/data/{name} is not beside the repository"
    if os.environ.get("CI") or os.environ.get("ARMSLENGTH_CI") == "1":
        pytest.fail(f"{reason}, and a CI machine must have it", pytrace=False)
    pytest.skip(reason)

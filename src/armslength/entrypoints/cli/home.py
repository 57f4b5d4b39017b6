"""Which home a command means, and its settings read without starting a node."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from argparse import Namespace

HOME_VARIABLE: Final = "ARMSLENGTH_HOME"
DEFAULT_HOME: Final = ".armslength"


def home_of(args: Namespace) -> Path:
    """Return the home: --home, else $ARMSLENGTH_HOME, else ~/.armslength."""
    named = getattr(args, "home", None) or os.environ.get(HOME_VARIABLE)
    return Path(named) if named else Path.home() / DEFAULT_HOME


def settings_of(home: Path) -> dict[str, Any]:
    """Return the settings of a home as they stand in its file.

    Raises:
        LocalError: NODE-NOT-INITIALISED, SETTINGS-MALFORMED.
    """
    try:
        found = json.loads((home / "settings.json").read_text(encoding="utf-8"))
        if not isinstance(found, dict) or not isinstance(found["party"], str) or not isinstance(found["realm"], str):
            raise LocalError("SETTINGS-MALFORMED", because="party and realm must be there")
    except FileNotFoundError as error:
        raise LocalError("NODE-NOT-INITIALISED", home=str(home)) from error
    except (OSError, ValueError, KeyError) as error:
        raise LocalError("SETTINGS-MALFORMED", because=str(error)) from error
    return found

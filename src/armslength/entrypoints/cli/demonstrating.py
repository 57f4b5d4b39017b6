"""`demo`: hands over to the demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace


def demo(args: Namespace) -> int:
    """Play the demonstration; a home is used only when one is named for it."""
    from armslength.entrypoints.demo.play import run

    named = getattr(args, "home", None)
    return run(headless=args.headless, as_json=args.json, home=Path(named) if named else None)

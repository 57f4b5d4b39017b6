"""The vectors' maker and the conformance suite lie outside the package: they are found by path."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "conformance"), str(ROOT / "vectors")]

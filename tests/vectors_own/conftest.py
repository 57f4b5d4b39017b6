"""The vectors' maker, the conformance suite and the stranger's verifier lie outside the package: found by path."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "conformance"), str(ROOT / "vectors"), str(Path(__file__).parent)]

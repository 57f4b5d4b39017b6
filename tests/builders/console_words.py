"""The console's own English words by their ids, so that a test names a control as the page does and not as it did."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

LOCALES: Final = Path(__file__).parents[2] / "console" / "src" / "locales" / "en"
MESSAGE: Final = re.compile(r"^([a-z][\w-]*) = (.+)$", re.MULTILINE)
PLACEABLE: Final = re.compile(r"\{[^{}]*\}")


@cache
def _messages() -> dict[str, str]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(LOCALES.glob("*.ftl")))
    return {name: said.strip() for text in texts for name, said in MESSAGE.findall(text)}


def word(name: str, **given: object) -> str:
    """Return the text of a message with what is given put in."""
    # The page shows the id of a message that it lacks; another test holds the languages complete.
    said = _messages().get(name, name)
    for one, value in given.items():
        said = re.sub(r"\{\s*\$" + one + r"\s*\}", str(value), said)
    assert "{" not in said, f"{name} needs more: {said}"
    return said


def like(name: str) -> re.Pattern[str]:
    """Return a pattern of a message, whatever is put into it."""
    return re.compile(".*".join(re.escape(part) for part in PLACEABLE.split(_messages().get(name, name))))

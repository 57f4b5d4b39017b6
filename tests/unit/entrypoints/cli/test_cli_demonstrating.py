"""`demo` hands over what was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from armslength.entrypoints.demo import play
from builders.cli_homes import done


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), {"headless": False, "as_json": False, "home": None}),
        (("--headless", "--json", "--home", "x"), {"headless": True, "as_json": True, "home": Path("x")}),
    ],
    ids=["plain", "headless"],
)
def test_the_demonstration_gets_its_options(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], expected: dict[str, Any]
) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(play, "run", lambda **given: asked.append(given) or 0)
    done("demo", *words)
    assert asked == [expected]

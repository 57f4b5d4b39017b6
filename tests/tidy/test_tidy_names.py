"""Programs beside the package (benchmarks, conformance, vectors) ask the package only for names that it has.

Type checking covers `src`; these folders run in the long suites or by hand, so a removed name would be noticed late.
"""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted(
    path.relative_to(ROOT)
    for folder in ("benchmarks", "conformance", "vectors", "tests")
    for path in (ROOT / folder).rglob("*.py")
)


def _asked(tree: ast.AST) -> list[tuple[str, str]]:
    """Every (module, name) that a file asks the package for, wherever in the file the import stands."""
    return [
        (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "armslength"
        for alias in node.names
    ]


def _missing(source: str) -> list[str]:
    missing = []
    for module, name in _asked(ast.parse(source)):
        owner = importlib.import_module(module)
        if not hasattr(owner, name):
            try:
                importlib.import_module(f"{module}.{name}")
            except ModuleNotFoundError:
                missing.append(f"{module}.{name}")
    return missing


@pytest.mark.parametrize("path", PROGRAMS, ids=str)
def test_a_program_asks_only_for_names_that_the_package_has(path: Path) -> None:
    assert _missing((ROOT / path).read_text(encoding="utf-8")) == []


def test_a_name_that_is_gone_is_noticed() -> None:
    assert _missing("def f():\n    from armslength.node import no_such_name") == ["armslength.node.no_such_name"]

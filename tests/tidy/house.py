"""What the tidy tests share: which files belong to the repository, and its settings."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "armslength"

MADE_BY_TOOLS = frozenset({"__pycache__", "build", "dist", "export", "run", "schemathesis-report", "node_modules"})
"""Folders that tools and demonstrations write; none of them is committed."""

MADE_AT_SET_UP = frozenset({"console/src/generated", "src/armslength/entrypoints/console/assets"})
"""The built console and what it is built from beside its sources; none of it is committed either."""

DOT_NAMES_KEPT = frozenset({".ci", ".gitignore"})


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name not in DOT_NAMES_KEPT
        if hidden or path.name in MADE_BY_TOOLS or path.name.endswith(".egg-info"):
            continue
        if path.is_dir() and relative(path) in MADE_AT_SET_UP:
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.suffix != ".pyc" and path.name != "uv.lock":
            yield path


@cache
def repository_files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, committed."""
    return tuple(_walk(ROOT))


def python_files(*folders: str) -> list[Path]:
    """Python files under the named top folders; all of them when none is named."""
    return [
        path
        for path in repository_files()
        if path.suffix == ".py" and (not folders or path.relative_to(ROOT).parts[0] in folders)
    ]


def source_files() -> list[Path]:
    """The product's own modules."""
    return python_files("src")


def relative(path: Path) -> str:
    """A path as it is written in lists and messages."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The parsed source of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def pyproject() -> dict[str, Any]:
    """The settings of the repository."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def import_contract(name: str) -> dict[str, Any]:
    """One of the import-linter contracts, by its id."""
    contracts: list[dict[str, Any]] = pyproject()["tool"]["importlinter"]["contracts"]
    return next(contract for contract in contracts if contract["id"] == name)


def imported_names(path: Path) -> Iterator[str]:
    """Every dotted name that a file imports, inside functions and type-checking blocks too.

    `from a import b` yields `a` and `a.b`, since b may be a module.
    """
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)

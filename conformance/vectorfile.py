"""Reading a golden vector; its format is described in vectors/README.md. Needs nothing but Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Case:
    """One vector: what it expects and says, the request that it makes, what the answer must hold.

    ``bound`` names the input of which no byte may be changed, if there is one.
    """

    name: str
    expect: str
    what: str
    request: dict[str, str]
    gives: dict[str, str]
    bound: str = ""


def read(path: Path, folder: Path) -> Case:
    """Read one file below the folder of all vectors."""
    head, inputs = sections(path.read_text(encoding="utf-8"))
    if "base" in head:
        _, base = sections((folder / head.pop("base")).read_text(encoding="utf-8"))
        for name in head.pop("without", "").split():
            del base[name]
        inputs = {**base, **inputs}
    gives = {name.removeprefix("gives-"): value for name, value in head.items() if name.startswith("gives-")}
    expect, what, command = (head.pop(name) for name in ("expect", "what", "run"))
    bound = head.pop("bound", "")
    values = {name: value for name, value in head.items() if not name.startswith("gives-")}
    name = path.relative_to(folder).with_suffix("").as_posix()
    return Case(name, expect, what, {"command": command, **values, **inputs}, gives, bound)


def sections(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the header, and the byte strings as hexadecimal digits."""
    first, *rest = text.rstrip("\n").split("\n\n")
    head = dict(line.split(": ", 1) if ": " in line else (line.rstrip(":"), "") for line in first.split("\n"))
    inputs = {}
    for part in rest:
        name, *lines = part.split("\n")
        inputs[name.removesuffix(":")] = "".join(lines)
    return head, inputs


def read_all(folder: Path) -> list[Case]:
    """Read every vector, in the order of their names."""
    return [read(path, folder) for path in sorted(folder.glob("*/*.txt"))]

"""What a tired officer sees: plain, short, aligned; an exercise says so; nothing from outside steers the screen."""

from __future__ import annotations

import json
import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.text import visible, visible_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

PASSPHRASE_VARIABLE: Final = "ARMSLENGTH_PASSPHRASE"  # noqa: S105 - the name of a variable
NOT_DELIVERED: Final = "not delivered yet: do not report as sent"
ID_SHOWN_CHARS: Final = 12
"""Enough of a hash for a person to name it again."""


def say(text: str = "") -> None:
    """Print text; what could steer the terminal is made visible."""
    print(visible(text))


def say_json(document: Any) -> None:  # noqa: ANN401 - any value of JSON
    """Print one JSON document on one line."""
    print(json.dumps(document, ensure_ascii=False))


def warn(text: str) -> None:
    """Print a line to standard error."""
    print(visible(text), file=sys.stderr)


def heading(realm: str, text: str) -> None:
    """Print a heading with the realm before it."""
    say(f"{realm}  {text}")


def counted(number: int, noun: str) -> str:
    """Return ``1 alarm``, ``2 alarms``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def table(rows: Sequence[Mapping[str, object]], columns: Sequence[str], *, empty: str) -> None:
    """Print rows under their column names, aligned; ``empty`` where there is none."""
    if not rows:
        say(empty)
        return
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(column), *(len(row[position]) for row in cells)) for position, column in enumerate(columns)]
    for line in ([column.upper().replace("_", " ") for column in columns], *cells):
        say("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: object) -> str:
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_cell(one) for one in value) or "-"
    return visible_line(str(value))


def pairs(rows: Sequence[tuple[str, object]]) -> None:
    """Print names and values, aligned."""
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        say(f"{name.ljust(width)}  {_cell(value)}")


# --- asking -----------------------------------------------------------------------------------------------------------


def ask(question: str) -> str:
    """Return what a person types; nothing is typed where nobody sits.

    Raises:
        LocalError: ANSWER-NEEDED.
    """
    try:
        return input(visible_line(question) + " ").strip()
    except EOFError as error:
        raise LocalError("ANSWER-NEEDED", asked=question) from error


def passphrase(args: Namespace, holder: str, *, new: bool = False) -> str:
    """Return a holder's passphrase: from --passphrase-file, the environment, or typed without echo.

    The file has one passphrase for all, or a line ``holder=passphrase`` for each.

    Raises:
        LocalError: PASSPHRASE-FILE, PASSPHRASE-MISMATCH, ANSWER-NEEDED.
    """
    path = getattr(args, "passphrase_file", None)
    if path:
        return _from_file(Path(path), holder)
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise LocalError("ANSWER-NEEDED", asked=f"passphrase of {holder}")
    typed = getpass(f"Passphrase of {holder}: ")
    if new and getpass(f"Passphrase of {holder} once more: ") != typed:
        raise LocalError("PASSPHRASE-MISMATCH", holder=holder)
    return typed


def _from_file(path: Path, holder: str) -> str:
    try:
        lines = [line.rstrip("\r\n") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise LocalError("PASSPHRASE-FILE", because=str(error)) from error
    for line in lines:
        name, equals, rest = line.partition("=")
        if equals and name.strip() == holder:
            return rest
    if len(lines) == 1:
        return lines[0]
    raise LocalError("PASSPHRASE-FILE", missing=holder)

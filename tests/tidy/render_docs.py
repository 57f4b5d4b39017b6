"""Write docs/errors.md, docs/limits.md and docs/api from the source, so that none can drift from the program.

Run as a program (`make docs`); with `--check` nothing is written and a difference ends with status 1.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from tidy.house import relative, source_files, tree  # noqa: E402 - found only once the path is set

FAMILIES = {
    "local": ("Ours to put right", "Our own officer, setting or command is at fault; nothing was changed."),
    "peer": ("Refused from the other side", "It sent something that its own rules forbid; it changed nothing here."),
    "verification": ("Evidence does not hold", "A signature, proof, chain or export does not verify."),
    "unavailable": ("Try again", "Something outside could not be reached."),
}

LIMIT_NAME = re.compile(r"(^|_)(MAX|MIN|LIMIT)(_|$)")
VALUE_CHARS_MAX = 60
"""A longer value, a table say, is left to the source; a cell is read at a glance."""


class Limit(NamedTuple):
    """A named bound of the source: where it stands, what it is called, its value and why it is what it is."""

    path: str
    name: str
    value: str
    reason: str


def errors_document() -> str:
    """Return docs/errors.md: one table a family, in alphabetical order of codes."""
    from armslength.core.error_table import ERROR_TABLE

    lines = [
        "# Error codes",
        "",
        "Made by `make docs` from `src/armslength/core/error_table.py`; do not edit. `armslength explain CODE` prints",
        "the same text. A code is never renamed or reused.",
    ]
    for family, (title, meaning) in FAMILIES.items():
        rows = {code: text for code, text in sorted(ERROR_TABLE.items()) if text.family == family}
        lines += [
            "",
            f"## {title}",
            "",
            meaning,
            "",
            "| code | what happened | what to do next |",
            "| --- | --- | --- |",
        ]
        lines += [f"| `{code}` | {cell(text.sentence)} | {cell(text.next_step)} |" for code, text in rows.items()]
    return "\n".join(lines) + "\n"


def limits_document() -> str:
    """Return docs/limits.md: every named bound of the source with its reason."""
    lines = [
        "# Limits",
        "",
        "Made by `make docs` from the source; do not edit. Everything that comes from outside meets one of these",
        "before it is worked on; each has a name, a value and a reason.",
        "",
        "| limit | value | reason |",
        "| --- | --- | --- |",
    ]
    for limit in limits():
        where = limit.path.removeprefix("src/armslength/")
        lines.append(f"| `{limit.name}` in `{where}` | {cell(limit.value)} | {cell(limit.reason)} |")
    return "\n".join(lines) + "\n"


def limits() -> list[Limit]:
    """Find every bound named ...MAX, ...MIN or ...LIMIT at the top level of a source file."""
    found = []
    for path in source_files():
        body = tree(path).body
        for position, node in enumerate(body):
            name = _assigned_name(node)
            if name and LIMIT_NAME.search(name):
                reason = _docstring_after(body, position) or _comment_beside(path, node)
                found.append(Limit(relative(path), name.lstrip("_"), _value(node), reason))
    return found


def cell(text: str) -> str:
    """Return text as one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _assigned_name(node: ast.stmt) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return target.id if isinstance(target, ast.Name) else ""


def _docstring_after(body: list[ast.stmt], position: int) -> str:
    following = body[position + 1] if position + 1 < len(body) else None
    if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
        value = following.value.value
        return value if isinstance(value, str) else ""
    return ""


def _comment_beside(path: Path, node: ast.stmt) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    _, hash_sign, trailing = lines[(node.end_lineno or node.lineno) - 1].partition("  # ")
    if hash_sign:
        return trailing
    above: list[str] = []
    at = node.lineno - 2
    while at >= 0 and lines[at].startswith("#"):
        above.insert(0, lines[at].lstrip("# "))
        at -= 1
    return " ".join(above)


def _value(node: ast.stmt) -> str:
    """Show a number as a number, and anything else as it stands in the source, without importing the module."""
    expression = getattr(node, "value", None)
    if expression is None:
        return ""
    plain = all(isinstance(part, ast.Constant | ast.BinOp | ast.operator) for part in ast.walk(expression))
    if not plain:
        shown = ast.unparse(expression)
        return f"`{shown}`" if len(shown) <= VALUE_CHARS_MAX else "see the source"
    value = eval(compile(ast.Expression(expression), "limit", "eval"), {})  # noqa: S307 - constants and operators only
    return f"{value:,}".replace(",", " ") if isinstance(value, int) else str(value)


def main(arguments: list[str]) -> int:
    """Write the documents, or with `--check` say which of them differ."""
    from tidy.api_doc import OPENAPI_FILE, ROLES_FILE, openapi_document, roles_document

    documents = {
        "docs/errors.md": errors_document(),
        "docs/limits.md": limits_document(),
        OPENAPI_FILE: openapi_document(),
        ROLES_FILE: roles_document(),
    }
    if "--check" not in arguments:
        for name, text in documents.items():
            (ROOT / name).write_text(text, encoding="utf-8")
        return 0
    stale = [name for name, text in documents.items() if (ROOT / name).read_text(encoding="utf-8") != text]
    for name in stale:
        print(f"{name} differs from the source: run `make docs`")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

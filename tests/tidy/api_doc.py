"""What docs/api holds, made from the application: the OpenAPI description and the table of roles."""

from __future__ import annotations

import json
from typing import Any

from armslength.entrypoints.api import access
from armslength.entrypoints.api.app import OPERATIONS, describe
from armslength.entrypoints.console import access as console_access

OPENAPI_FILE = "docs/api/openapi.json"
ROLES_FILE = "docs/api/roles.md"


def description() -> dict[str, Any]:
    """Return the OpenAPI description; it is the same for every node of this version."""
    return describe()


def openapi_document() -> str:
    """Return docs/api/openapi.json."""
    return json.dumps(description(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def roles_document() -> str:
    """Return docs/api/roles.md: every operation with the roles that may call it."""
    everybody = access.EVERYBODY
    lines = [
        "# Who may call what",
        "",
        "Made by `make docs` from `src/armslength/entrypoints/api/access.py`; do not edit. The desk judges every act",
        "again, by form, level and record; what is refused here never reaches it. The officer is always the token's.",
        "",
        "| operation | roles |",
        "| --- | --- |",
    ]
    for operation in OPERATIONS:
        roles = access.ACCESS[operation.name]
        said = "every officer" if roles == everybody else ", ".join(sorted(roles))
        lines.append(f"| `{operation.method} {operation.path}` | {said} |")
    lines += [
        "",
        "## The console's own paths",
        "",
        "Made from `src/armslength/entrypoints/console/access.py`. The operations above are the console's too, for the",
        "same roles; there the officer is the session's.",
        "",
        "| path | who |",
        "| --- | --- |",
    ]
    lines += [f"| `{method} {path}` | {row.who} |" for (method, path), row in console_access.ACCESS.items()]
    return "\n".join(lines) + "\n"

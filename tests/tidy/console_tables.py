"""Write `console/src/lib/sign/tables.json`: which acts a record type takes, and what its fields are called.

Run from the repository's top: ``.venv/bin/python tests/tidy/console_tables.py``. The console's officers then sign by
the very tables of the command line; tests/tidy/test_tidy_console_tables.py holds the file against them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from armslength.entrypoints.cli import labels
from armslength.entrypoints.cli.signing import ACT_OF
from armslength.line import forms
from armslength.line.receipt_fields import RECEIPT_FIELDS

PATH = Path(__file__).resolve().parents[2] / "console/src/lib/sign/tables.json"

_MORE = {
    "receipt": {20: "receipt-level", **{field.number: field.name for field in RECEIPT_FIELDS}},
    "check": {20: "draft", 21: "kind", 22: "passed", 23: "law", 24: "notes", 25: "confirmed"},
    "peer-pin": {20: "party", 21: "introduction", 22: "compared", 23: "fingerprint"},
    "charter-assent": {20: "charter-hash", 21: "charter", 22: "version"},
}
"""Types that the command line shows in other ways than by their fields."""


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def tables() -> dict[str, Any]:
    """Return the tables as they are written."""
    names = {**labels.NAMES, **_MORE}
    every = {code: forms.fields_of(form) for code, form in forms.FORMS.items()}
    common = {number: field.name for fields in every.values() for number, field in fields.items() if number < 100}
    return {
        "acts": {kind: sorted(acts) for kind, acts in sorted(ACT_OF.items())},
        "records": {
            kind: {str(n): _slug(name) for n, name in sorted(of.items())} for kind, of in sorted(names.items())
        },
        "inner": {
            f"{kind}/{number}": {str(n): _slug(name) for n, name in sorted(of.items())}
            for (kind, number), of in sorted(labels.INNER.items())
        },
        "message": {str(n): name for n, name in sorted(common.items())},
        "forms": {
            code: {str(n): field.name for n, field in sorted(fields.items()) if n >= 100}
            for code, fields in sorted(every.items())
        },
    }


def text() -> str:
    """Return the file's content."""
    return json.dumps(tables(), ensure_ascii=True, separators=(", ", ": ")) + "\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")

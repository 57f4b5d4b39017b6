"""Error texts of the family *local* for the audit report: code -> (sentence, next step)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "AUDIT-PERIOD": (
        "The period of an audit report is no period.",
        "Name a day such as 2022-11-20 or an instant such as 2022-11-20T14:05:00Z; the end comes after the start.",
    ),
    "AUDIT-SIZE": (
        "The journal has no such size.",
        "Name a number of entries that the journal has or had: the tree size of a checkpoint.",
    ),
}
"""Code -> (sentence, next step)."""

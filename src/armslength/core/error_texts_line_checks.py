"""Error texts of the family *local* for line checks.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "CHECK-PLAN-UNKNOWN": (
        "No plan of line checks is set for that channel.",
        "Set one with `armslength check plan set FILE`; `armslength check plan list` shows those there are.",
    ),
    "CHECK-PLAN-VALUE": (
        "A plan of line checks cannot be kept that way.",
        "Change what is named in the file and set the plan again; the plan before still stands.",
    ),
    "CHECK-TEXT-UNKNOWN": (
        "There is no text to read out for that check.",
        "Look at the plan: texts may be switched off, it may have ended, or it has a language without texts.",
    ),
    "CHECK-TRANSITION": (
        "The checks of that channel do not stand where this is possible.",
        "Look at the plan with `armslength check plan show`, and set it again if it has ended.",
    ),
    "CHECK-VALUE": (
        "What came of a line check cannot be recorded that way.",
        "Change what is named and record it again; nothing was recorded.",
    ),
}

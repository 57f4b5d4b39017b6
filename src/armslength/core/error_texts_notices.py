"""Error texts of the family *local* for notices in bulk.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "NOTICE-CHANGED": (
        "The notice has changed since this was prepared.",
        "Draft it again and release what it says now; nothing was released.",
    ),
    "NOTICE-COUNT": (
        "There are more notices or versions than one sheet or one notice may have.",
        "Divide the sheet, or enter a new notice in the place of an old one; nothing was entered.",
    ),
    "NOTICE-DIFFERS": (
        "A message under a notice's number does not say what the notice says.",
        "Draft the batch again with this program; nothing was entered.",
    ),
    "NOTICE-NOTHING": (
        "This party is owed no sheet of notices.",
        "Look at the grid: it was told already, or has a line by which it is told.",
    ),
    "NOTICE-TRANSITION": (
        "The notice does not stand where this step is possible for that party.",
        "Look at the notice, and take the step that it waits for.",
    ),
    "NOTICE-TWICE": (
        "The sheet has two rows with one organisation's same reference.",
        "Keep one of the two rows; the first was read.",
    ),
    "NOTICE-UNKNOWN": (
        "No such notice, version, party or batch is known here.",
        "Look at the grid of notices for its number.",
    ),
    "NOTICE-VALUE": (
        "A notice cannot be entered as it is written.",
        "Correct the field in the sheet and read it again; nothing of that row was entered.",
    ),
}

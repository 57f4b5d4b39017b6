"""Error texts of the family *local* for alarms passed on and shelved, and for the console's live channel.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "ALARM-PASS": (
        "An alarm is passed on to another officer, or to a role, that may accept it.",
        "Name an officer of our manifest or one of the roles that are named. The alarm is still yours.",
    ),
    "ALARM-SETTLED": (
        "The alarm was accepted already.",
        "Look at armslength alarm list --all; there is nothing to accept, pass on or shelve.",
    ),
    "ALARM-SHELF": (
        "The alarm cannot be put on the shelf, or taken from it, in this way.",
        "Do what is expected; an end within twelve hours, a reason and a second person are needed. Nothing was changed.",
    ),
    "ALARM-SHELF-NEVER": (
        "A STOP, a FLASH and what rings like them are never put on the shelf.",
        "Act on it and accept it.",
    ),
    "ALARM-SHELF-SECOND": (
        "Who asked for the shelf does not sign as the second person.",
        "Have another officer sign.",
    ),
    "ALARM-VALUE": (
        "What was said about an alarm is not of the form that it must have.",
        "Correct the field that is named and try again. Nothing was changed.",
    ),
}

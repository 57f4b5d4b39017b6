"""Error texts of the family *local* for windows of silence, lists of sites and notices of them.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "DISCLOSE-VALUE": (
        "What is to be disclosed cannot be said that way.",
        "Choose fields of the list and a precision in metres; nothing was released.",
    ),
    "LIST-DIFFERS": (
        "This is not the list that this side has committed to.",
        "Use the list recorded for that year and line; nothing was released.",
    ),
    "LIST-NOT-COMMITTED": (
        "A list is not shown before both sides' commitments are held.",
        "Release our commitment, wait for theirs, then reveal.",
    ),
    "LIST-TRANSITION": (
        "The exchange of lists does not stand where this step is possible.",
        "Look at the exchange of that year, and take the step that it waits for.",
    ),
    "LIST-UNKNOWN": (
        "No exchange of lists is known for that year on this line.",
        "Set its date or record our list first.",
    ),
    "LIST-VALUE": (
        "A value of the list or of its exchange is missing or out of range.",
        "Correct the value that is named; nothing was changed.",
    ),
    "WINDOW-CREWS-OUT": (
        "Crews of the window are still out.",
        "Call them back and record it; then take the step again.",
    ),
    "WINDOW-DIFFERS": (
        "The message does not say what the window's record says.",
        "Draft it from the window, or record the change of the window first.",
    ),
    "WINDOW-NOT-GREEN": (
        "The window of silence is not green: no crew may be released.",
        "Get the missing assurances in writing for the whole time, then let a person say GREEN.",
    ),
    "WINDOW-PERSON": (
        "This step on a window is a person's, by name and with a reason.",
        "Give the reason, and sign the step.",
    ),
    "WINDOW-TIME": (
        "That is outside the time of the window.",
        "Wait for the window to begin, or propose another time.",
    ),
    "WINDOW-TRANSITION": (
        "The window does not stand where this step is possible.",
        "Look at the window, and take one of the steps that it allows.",
    ),
    "WINDOW-UNKNOWN": (
        "There is no such window of silence here, or not on this line.",
        "List the windows and name one of them.",
    ),
    "WINDOW-VALUE": (
        "A value of the window is missing or out of range.",
        "Correct the value that is named; nothing was changed.",
    ),
}

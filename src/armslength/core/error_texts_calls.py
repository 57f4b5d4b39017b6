"""Error texts of the family *local* for calls and their sheets.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "CALL-OPEN": (
        "The call is not over; this is entered when it has ended.",
        "Record its end first: `armslength call end` with the number of the call.",
    ),
    "CALL-STEP": (
        "This step does not fit what was recorded of the call.",
        "Look at the call with `armslength call show`. A mistake is corrected by a further note, never by changing one.",
    ),
    "CALL-UNKNOWN": (
        "No call has this number.",
        "Look at `armslength call list`.",
    ),
    "CALL-UNVERIFIED": (
        "The caller is not verified. What he asks for is not passed on and not agreed to.",
        "Call back on the number of the channel book, or pass the challenge, and record that with `call verify`.",
    ),
    "CALL-VALUE": (
        "Something of the call is missing or not as it should be.",
        "Correct what is named and send it again. Nothing was entered.",
    ),
    "PRINT-MISSING": (
        "The part that prints is not installed here.",
        "Install the Python package typst in the node's environment, or write the sheet out by hand from the screen.",
    ),
    "SHEET-TOO-LONG": (
        "The sheet does not fit at a size that can be read.",
        "Ask for less of it: a shorter time, one language, one case. Nothing was printed.",
    ),
    "SHEET-UNKNOWN": (
        "There is no printed sheet of this kind.",
        "Choose one of the kinds that are named here.",
    ),
}

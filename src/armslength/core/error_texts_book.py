"""Error texts of the family *local* for the channel book and the ladders.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "CHANNEL-STATE": (
        "A statement of how a channel stands says something that cannot be said so.",
        "State who declared it or what was seen, with evidence and a reason. Nothing was changed.",
    ),
    "CHANNEL-UNKNOWN": (
        "No channel of that name stands in the book.",
        "Look at armslength channel list; enter a new one with armslength channel add.",
    ),
    "CHANNEL-VALUE": (
        "A channel of the book states something that cannot be.",
        "Correct the field that is named and enter the channel again. Nothing was changed.",
    ),
    "LADDER-UNKNOWN": (
        "There is no ladder for that subject.",
        "Look at armslength ladder list; set one with armslength ladder set.",
    ),
    "LADDER-VALUE": (
        "A ladder, or a step on it, states something that cannot be.",
        "Correct the field that is named and try again. Nothing was changed.",
    ),
    "NUMBER-TAKEN": (
        "Another record was given this number since yours was prepared.",
        "Prepare it again: it gets the next number. Nothing was entered.",
    ),
    "RUN-UNKNOWN": (
        "No run up a ladder has that number.",
        "Look at armslength ladder runs.",
    ),
    "RUNG-APPROVAL": (
        "This channel is used only with approval, and nobody is named who gave it.",
        "Have it approved by one of those named; then say who approved it. Nothing was entered.",
    ),
    "RUNG-PERSON": (
        "A step on a ladder needs an officer and a reason; only the clock proposes, and only a person uses.",
        "Sign it by name and say why. Nothing was entered.",
    ),
    "RUNG-SAYS": (
        "It is not said what using this rung itself says.",
        "Write what the other side will read into this channel being used, before a word is spoken on it.",
    ),
    "RUNG-TRANSITION": (
        "This step cannot follow on where the run stands.",
        "Look at armslength ladder runs, and take a step that fits.",
    ),
}

"""Error texts of the family *local* for the shift: roster, hand-over, drills.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "DRILL-ROSTER": (
        "The roster does not cover the time of the drill, so nobody knows when the watch changes.",
        "Enter the roster first (armslength shift roster), then plan the drill again.",
    ),
    "DRILL-SHIFT": (
        "The drill stands within half an hour of a change of the watch, and no supervisor of both watches is named.",
        "Move it, or name for each of these watches a supervisor who is on it. Nothing was begun.",
    ),
    "DRILL-TRANSITION": (
        "This step cannot follow on where the drill stands.",
        "Look at armslength drill list, and take a step that fits.",
    ),
    "DRILL-UNKNOWN": (
        "No drill has that number.",
        "Look at armslength drill list.",
    ),
    "DRILL-VALUE": (
        "A drill states something that cannot be.",
        "Correct the field that is named and try again. Nothing was changed.",
    ),
    "ROSTER-VALUE": (
        "A roster states something that cannot be.",
        "Correct the field that is named and enter the roster again. Nothing was changed.",
    ),
    "SHIFT-FORM": (
        "This is not the hand-over form that waits to be taken.",
        "Read the form (armslength shift show), and give the characters at its foot.",
    ),
    "SHIFT-FORM-OLD": (
        "The hand-over form was made more than half an hour ago.",
        "Make it again, so that who comes reads how things stand now.",
    ),
    "SHIFT-NOT-YOURS": (
        "Another officer has the watch; only he hands it over.",
        "Let him hand over; where he cannot, take the watch and say why.",
    ),
    "SHIFT-SAME": (
        "Who has the watch cannot take it from himself.",
        "Another officer takes it over.",
    ),
    "SHIFT-VALUE": (
        "A hand-over or a taking over states something that cannot be.",
        "Correct the field that is named and try again. Nothing was changed.",
    ),
}

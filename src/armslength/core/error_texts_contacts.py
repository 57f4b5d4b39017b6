"""Error texts of the family *local* for contacts, their count and decided non-use.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "CONTACT-CORRECTED": (
        "This contact was corrected already.",
        "Correct the newest record of it: `armslength contact show NUMBER` names that.",
    ),
    "CONTACT-LINK": (
        "The contact names something that this node does not hold.",
        "Look it up and name it as it is listed, or leave it out and say it in the notes.",
    ),
    "CONTACT-PROOF": (
        "The record does not bear out the proof class that is claimed for it.",
        "SIGNED needs a message or receipt of the peer, ATTESTED our own record, REPORTED a source. Claim less.",
    ),
    "CONTACT-UNKNOWN": (
        "No contact has this number.",
        "`armslength contact list` shows them.",
    ),
    "CONTACT-VALUE": (
        "A field of the contact cannot be as it was given.",
        "Correct the field that is named; leave out what is not known.",
    ),
    "DECISION-UNKNOWN": (
        "No decision has this number.",
        "`armslength decision list` shows them.",
    ),
    "DECISION-VALUE": (
        "A field of the decision cannot be as it was given.",
        "Correct the field that is named: what was decided, the options, the one chosen, why, on what information.",
    ),
}

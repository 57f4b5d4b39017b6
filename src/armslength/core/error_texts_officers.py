"""Error texts of the family *local* for officers, their keys over time, and our next manifest.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "DRAFTER-GONE": (
        "Who drafted this left since, or lost the key or the role, so the other side would refuse it.",
        "Let an officer who stays draft it again.",
    ),
    "MANIFEST-ENTERED": (
        "This manifest of ours is in force already.",
        "Nothing has to be done; armslength officer changes says what still waits.",
    ),
    "MANIFEST-REQUEST": (
        "This is no request that this root key may sign.",
        "Make it again with armslength officer sign --export FILE on the node, and bring the file and the root together.",
    ),
    "OFFICER-CHANGE": (
        "A change of officers or their keys states something that cannot be.",
        "Correct the field that is named and try again. Nothing was changed.",
    ),
    "OFFICER-CHANGE-DECIDED": (
        "This change was decided already, or its key was not registered yet.",
        "Look at armslength officer changes for how it stands.",
    ),
    "OFFICER-CHANGE-OTHER": (
        "What was to be signed is not the change that was proposed under this number.",
        "Read the change again and sign what it says now. Nothing was changed.",
    ),
    "OFFICER-CHANGE-UNKNOWN": (
        "There is no such change of officers or keys.",
        "Look at armslength officer changes.",
    ),
    "OFFICER-CHANGES-OPEN": (
        "As many changes wait as may wait at one time.",
        "Approve or refuse those that are open, and have the root sign.",
    ),
    "OFFICER-CODE": (
        "This enrolment code is not known, was used, or is over.",
        "Ask an administrator for a new one; a code is good for one key and one day.",
    ),
    "OFFICER-EXISTS": (
        "There is an officer of that id already.",
        "Choose another id; ids are not used again while their officer is listed.",
    ),
    "OFFICER-KEY-MALFORMED": (
        "This is no public key that an officer can sign with.",
        "Use an Ed25519 key file, or a passkey with Ed25519 or P-256.",
    ),
    "OFFICER-KEY-UNKNOWN": (
        "The officer has no key of that id.",
        "Look at armslength officer list for the keys of each officer.",
    ),
    "OFFICER-KEY-USED": (
        "This key is in use already: each key serves one purpose of one person.",
        "Make a key of its own for this officer.",
    ),
    "OFFICER-LAST": (
        "After this change nobody with a key would be administrator.",
        "Name another administrator first, and give him a key.",
    ),
    "OFFICER-LIMIT": (
        "A manifest holds no more officers, keys or bytes than this.",
        "Remove what is not used any more, and try again.",
    ),
    "OFFICER-NO-PASSKEYS": (
        "This node has no console with a fixed name and port, so no passkey can be registered for it.",
        "Set the console's port and name, start the node again, and have the root sign; key files work without.",
    ),
    "OFFICER-REGISTRATION": (
        "What the browser sent of this passkey does not hold.",
        "Begin the registration again in this console; the key must ask for its number or for a finger.",
    ),
    "OFFICER-TICKET": (
        "The registration of this key was begun by somebody else, elsewhere, or more than five minutes ago.",
        "Begin it again.",
    ),
    "OFFICER-TWO-PERSONS": (
        "This needs a second person: another administrator, who neither proposed it nor is the officer concerned.",
        "Let one of the officers named here approve it. Nothing was changed.",
    ),
}

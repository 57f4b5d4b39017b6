"""Error texts of the family *unavailable*: something outside could not be reached.

A row is code -> (sentence, next step), in alphabetical order. Codes are stable: never renamed, never reused.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "BEARER-ADDRESS": (
        "The peer's address is not one that this node connects to.",
        "Check the address in the peer's introduction by another channel; messages wait in the outbox.",
    ),
    "BEARER-PIN": (
        "Whoever answered at the peer's address does not hold the key that the peer's introduction names.",
        "Nothing was sent to it. Ask the other side by another channel whether it changed its key; if not, the path is being interfered with.",
    ),
    "BEARER-REFUSED": (
        "The peer's node answered but did not take the message.",
        "The message waits in the outbox and is tried again. If it repeats, name the status or code shown here to the other side by another channel.",
    ),
    "BEARER-RESPONSE-SIZE": (
        "The peer's node answered with more than this node reads.",
        "The answer was cut off and ignored; the message is tried again. If it repeats, tell the other side by another channel.",
    ),
    "BEARER-TIMEOUT": (
        "The peer's node did not answer in time.",
        "Whether the message arrived is not known; it is tried again. If it repeats, use the next bearer or channel.",
    ),
    "BEARER-UNABLE": (
        "The node cannot take messages just now.",
        "The sender tries again by itself. Run the doctor command on the node that says so.",
    ),
    "BEARER-UNREACHABLE": (
        "The peer's node cannot be reached.",
        "The message waits in the outbox and is tried again. Check the path, then use the next bearer or channel.",
    ),
    "DEMO-STALLED": (
        "A step of the demonstration did not come about in time.",
        "Run it again on a quieter machine; if it repeats, run 'armslength doctor' on its homes.",
    ),
    "FEED-UNREACHABLE": (
        "The source of a feed cannot be reached, or does not give its file.",
        "It is asked again by itself. Check the folder or the address that the feed's record names.",
    ),
    "NODE-NOT-ANSWERING": (
        "The node of this home runs but does not answer.",
        "Look at the end of node.log in the home; stop the node and start it again.",
    ),
}

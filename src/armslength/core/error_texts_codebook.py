"""Error texts of the family *local* for the codebook and for languages.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "CODE-ARGUMENTS": (
        "What stands in the gaps of this phrase does not fit it.",
        "Give the arguments in the order in which `armslength code show` lists them.",
    ),
    "CODE-DRAFT": (
        "These entries of the codebook are drafts on this line, and a real line carries no draft.",
        "Have our linguists sign them and the peer approve them, or send a form with text that a linguist checks.",
    ),
    "CODE-DRAFT-MARK": (
        "Whether these phrases are drafts is not as the message says.",
        "Prepare the message again; it is marked DRAFT where both parties have not approved every phrase.",
    ),
    "CODE-UNKNOWN": (
        "The codebook has no entry with this number.",
        "Look the number up with `armslength code list` or `armslength code find`.",
    ),
    "CODEBOOK-ADOPTED": (
        "This version of the codebook is recorded here already.",
        "Nothing is to be done; sign its entries with `armslength code sign`.",
    ),
    "CODEBOOK-DIGEST": (
        "The phrases of this installation are not those of its version of the codebook; somebody changed a file.",
        "Install the program again from its own package before anybody uses the codebook.",
    ),
    "CODEBOOK-NOT-ADOPTED": (
        "This version of the codebook is not recorded here yet.",
        "A linguist records it first with `armslength code adopt`.",
    ),
    "CODEBOOK-REVIEW": (
        "The record of back-translations does not fit this version of the codebook.",
        "Install the program again from its own package.",
    ),
    "CODEBOOK-UNKNOWN": (
        "These phrases are of a version of the codebook that this node does not have.",
        "Do not confirm them as understood; ask the other side to say it in another form, and compare versions.",
    ),
    "CODEBOOK-UNSIGNED": (
        "Our linguists have not signed all of these entries in all of these languages.",
        "Have them signed with `armslength code sign`, or approve a smaller range.",
    ),
    "CODEBOOK-VALUE": (
        "A value of this record of the codebook is wrong.",
        "Correct the value that is named and prepare the record again.",
    ),
    "PHRASE-FREE-TEXT": (
        "A message of phrases carries no free text: nobody has checked it, and it would need a linguist.",
        "Leave the text out, or send a form with text that a linguist checks.",
    ),
}

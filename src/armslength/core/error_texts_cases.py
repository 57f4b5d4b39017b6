"""Error texts of the family *local* for cases, the running log, search and the brief.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "CASE-PERSON": (
        "A step on a case needs an officer and a reason.",
        "Give the reason with --reason; it is kept with the case.",
    ),
    "CASE-REFERENCE": (
        "The case cannot join or leave this.",
        "Look up the number with armslength search, or look at the case with armslength case show.",
    ),
    "CASE-TRANSITION": (
        "This step is not possible in the state that the case is in.",
        "Look at the case with armslength case show; reopen a closed one with a reason.",
    ),
    "CASE-UNASSESSED": (
        "The case holds a contradiction of which nobody has said what to make of it.",
        "Assess it with armslength case assess CASE FIRST SECOND --reason; both accounts stay.",
    ),
    "CASE-UNKNOWN": ("There is no such case.", "List the cases with armslength case list --all."),
    "CASE-VALUE": (
        "A case cannot hold this value.",
        "Compare the field that is named with what is expected, and give it again.",
    ),
    "LOG-VALUE": (
        "The log cannot hold this line.",
        "Keep it to one short text of something that has happened; the details say what is wrong.",
    ),
    "SEARCH-QUERY": (
        "This cannot be searched for.",
        "Give at least one word; quote words that stand side by side; the details say what is wrong.",
    ),
}

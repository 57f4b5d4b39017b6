"""Error texts of the family *local* for translations, terms and drafting checks.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "MACHINE-FAILED": (
        "The program that translates gave no usable text in its time.",
        "Have a linguist translate it; tell whoever runs the program. Nothing was stored.",
    ),
    "MACHINE-NONE": (
        "No program that translates is set up on this node.",
        "Have a linguist translate it, or set translate_command in the settings to a program of this site.",
    ),
    "NAME-RULE": (
        "That is no rule for names and back-translations.",
        "Name the language whose form of names is used, and a precedence; nothing was changed.",
    ),
    "TERM-FILE": (
        "The file of terms cannot be read as what it claims to be.",
        "Give a CSV file with its header, or a TBX file of the Basic or Core dialect; nothing was entered.",
    ),
    "TERM-UNKNOWN": (
        "No such entry of the term base is known.",
        "Look with armslength term find, in either script.",
    ),
    "TERM-VALUE": (
        "A value of a term is missing or out of range.",
        "Correct the value that is named; nothing was changed.",
    ),
    "TRANSLATION-MACHINE": (
        "This text is still marked as a machine draft. It is no stage of a translation and goes to nobody.",
        "Have a linguist read it against the original, take the marks out, and sign the text as his own.",
    ),
    "TRANSLATION-MEANING": (
        "It must be said whether this version changes the meaning of the one before, and what it changes.",
        "Say yes with what changed, or no; nothing was recorded.",
    ),
    "TRANSLATION-MOVED": (
        "Another version was recorded since this one was begun.",
        "Read the newest version, and record yours against it.",
    ),
    "TRANSLATION-ORDER": (
        "An earlier stage cannot follow a later one.",
        "Record a correction of the stage that stands, or the next one.",
    ),
    "TRANSLATION-SECOND-LINGUIST": (
        "A back-translation is made by a linguist who had no hand in the text.",
        "Give it to another linguist.",
    ),
    "TRANSLATION-SUBJECT-UNKNOWN": (
        "What is to be translated is not known here.",
        "Name a message, a draft, a call or a contact of this node, and give the original where the node has none.",
    ),
    "TRANSLATION-UNKNOWN": (
        "No translation of that into that language is known.",
        "List the translations, or have a linguist record one.",
    ),
    "TRANSLATION-UNREAD": (
        "This alarm ends when the reader that it names has read the new version, not before.",
        "Read it and say so: armslength translate read. Another officer cannot accept it for him.",
    ),
    "TRANSLATION-VALUE": (
        "A value of the translation is missing or out of range.",
        "Correct the value that is named; nothing was changed.",
    ),
}
